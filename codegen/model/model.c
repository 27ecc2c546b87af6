/* SPDX-License-Identifier: MIT */
/* Names of what the model's tables list, and small questions about it. */
#include <string.h>

#include "model.h"

static const struct base_row {
    const char *name, *c_name;
    char kind;
    unsigned int bits;
    bool is_legacy;
} bases[] = {
#define BASE(name, c_name, kind, bits, legacy) { #name, c_name, #kind[0], bits, legacy },
#include "base-types.def"
#undef BASE
};

const char *base_type_name(enum base_type base)
{
    return bases[base].name;
}

const char *base_type_c_name(enum base_type base)
{
    return bases[base].c_name;
}

bool base_type_is_legacy(enum base_type base)
{
    return bases[base].is_legacy;
}

bool base_type_is_signed(enum base_type base)
{
    return bases[base].kind == 'S';
}

int base_type_find(const char *name)
{
    for ( int i = 0; name && i < NR_BASE_TYPES; i++ )
        if ( !strcmp(bases[i].name, name) )
            return i;
    return -1;
}

const char *direction_text(enum direction direction)
{
    static const char *const texts[] = { "", "in", "out", "inout" };

    return texts[direction];
}

const char *clause_text(enum clause_kind kind)
{
    static const char *const texts[] = {
#define CLAUSE(name) #name,
#include "clauses.def"
#undef CLAUSE
    };

    return texts[kind];
}

const char *decl_kind_text(enum decl_kind kind)
{
    static const char *const texts[] = {
#define DECL(name) #name,
#include "decls.def"
#undef DECL
    };

    return texts[kind];
}

struct interface *model_find_interface(const struct model *model, const char *name)
{
    for ( size_t i = 0; i < model->interfaces.count; i++ )
        if ( !strcmp(model->interfaces.at[i]->name, name) )
            return model->interfaces.at[i];
    return NULL;
}

const char *interface_file(struct arena *arena, const struct interface *interface)
{
    const char *path = interface->source->path, *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    size_t length = strlen(name);

    if ( text_ends(name, ".idl.yaml") )
        length -= strlen(".yaml");
    return arena_copy(arena, name, length);
}

const char *version_text(struct arena *arena, uint32_t version)
{
    if ( version & 0xff )
        return arena_format(arena, "%u.%u.%u", version >> 16, version >> 8 & 0xff,
                            version & 0xff);
    return arena_format(arena, "%u.%u", version >> 16, version >> 8 & 0xff);
}

const struct aggregate *model_op_structure(const struct op *op)
{
    if ( op->owns_structure )
        return op->aggregate;
    if ( !op->structure.decl )
        return NULL;
    return op->structure.decl->kind == DECL_op ? op->structure.decl->op->aggregate
                                               : op->structure.decl->aggregate;
}

const struct aggregate *model_type_aggregate(const struct type *type)
{
    while ( type )
    {
        switch ( type->kind )
        {
        case TYPE_AGGREGATE:
            return type->aggregate;
        case TYPE_ARRAY:
        case TYPE_RESERVED:
        case TYPE_UNCHECKED:
        case TYPE_MACHINE:
            type = type->element;
            continue;
        case TYPE_NAMED:
            if ( !type->name.decl )
                return NULL;
            if ( type->name.decl->kind == DECL_op )
                return type->name.decl->op->aggregate;
            if ( type->name.decl->kind != DECL_type )
                return type->name.decl->aggregate;
            type = type->name.decl->type;
            continue;
        default:
            return NULL;
        }
    }
    return NULL;
}

const struct set *model_type_set(const struct type *type)
{
    while ( type && (type->kind == TYPE_UNCHECKED || type->kind == TYPE_MACHINE) )
        type = type->element;
    return type && type->kind == TYPE_NAMED && type->name.decl ? type->name.decl->set : NULL;
}

const struct member *model_find_member(const struct aggregate *aggregate, const char *path)
{
    size_t length = strcspn(path, ".");

    if ( !aggregate )
        return NULL;
    LIST_EACH(member, &aggregate->members)
    {
        if ( !member->name || strncmp(member->name, path, length) || member->name[length] )
            continue;
        if ( !path[length] )
            return member;
        return model_find_member(model_type_aggregate(member->type), path + length + 1);
    }
    return NULL;
}

const char *model_constant_name(struct arena *arena, const struct set *set,
                                const struct constant *constant)
{
    if ( constant->kind == CONSTANT_MACRO )
        return constant->name;
    return arena_format(arena, "%s%s", set->prefix, constant->name);
}

const struct constant *set_find_part(const struct set *set, const char *name,
                                     const struct constant **part)
{
    *part = NULL;
    for ( size_t i = 0; set && i < set->constants.count; i++ )
    {
        const struct constant *constant = &set->constants.at[i];

        if ( constant->kind != CONSTANT_MACRO && !strcmp(constant->name, name) )
            return constant;
        LIST_EACH(value, &constant->values)
            if ( value->kind == CONSTANT_VALUE && !strcmp(value->name, name) )
            {
                *part = constant;
                return value;
            }
    }
    return NULL;
}

const struct constant *set_find(const struct set *set, const char *name)
{
    const struct constant *part;

    return set_find_part(set, name, &part);
}
