/* SPDX-License-Identifier: MIT */
/*
 * What a name of a clause is in C: a field, a bit of one, a property.
 *
 * Needs a checked model, in which every name means something.
 */
#include <string.h>

#include "../model/words.h"
#include "plan-dispatch.h"

const struct type *dispatch_plain(const struct type *type)
{
    while ( type && (type->kind == TYPE_RESERVED || type->kind == TYPE_UNCHECKED ||
                     type->kind == TYPE_MACHINE) )
        type = type->element;
    return type;
}

bool dispatch_is_handle(const struct type *type)
{
    type = dispatch_plain(type);
    return type && type->kind == TYPE_HANDLE;
}

/* A handle's own name for what it points at is resolved. */
const struct type *dispatch_element(struct dispatch *dispatch, const struct type *handle)
{
    const struct type *element = dispatch_plain(handle->element);
    const struct decl *decl = element->kind == TYPE_NAMED ? element->name.decl : NULL;
    struct type *type;
    int base;

    if ( !decl || decl->kind != DECL_handle )
        return element;
    if ( decl->type )
        return dispatch_plain(decl->type);
    type = arena_alloc(dispatch->arena, sizeof(*type));
    *type = *element;
    base = base_type_find(element->name.text);
    if ( base >= 0 )
        *type = (struct type){ .kind = TYPE_BASE, .base = (enum base_type)base };
    else
        type->name.decl = map_find(&dispatch->header.back->model->types, element->name.text);
    return type;
}

static const struct type *base_of(const struct type *type)
{
    while ( type && type->kind != TYPE_BASE )
    {
        const struct decl *decl = type->kind == TYPE_NAMED ? type->name.decl : NULL;

        type = decl ? decl->set ? decl->set->width : decl->type : type->element;
    }
    return type;
}

unsigned int dispatch_width(const struct dispatch *dispatch, const struct type *type)
{
    const struct arch *arch = dispatch->is_compat ? dispatch->compat->arch : dispatch->arch;
    const struct type *base = base_of(type);

    /* An enum without a width is an int. */
    return arch_base(arch, base ? base->base : BASE_int).size * 8;
}

const struct member *dispatch_member(struct dispatch *dispatch,
                                     const struct aggregate *aggregate, const char *name)
{
    LIST_EACH(member, &aggregate->members)
        if ( member->name && member->type && !strcmp(member->name, name) &&
             view_holds(&dispatch->view, &member->conditions) )
            return member;
    return NULL;
}

bool dispatch_is_bits(const struct type *type)
{
    const struct decl *decl;

    type = dispatch_plain(type);
    decl = type->kind == TYPE_NAMED ? type->name.decl : NULL;
    return decl && decl->kind == DECL_bits;
}

/* The first name of a path; moves *path behind it and its dot. */
static const char *next_part(struct dispatch *dispatch, const char **path)
{
    size_t length = strcspn(*path, ".[");
    const char *part = arena_copy(dispatch->arena, *path, length);

    *path += length;
    if ( **path == '[' )
        *path += strcspn(*path, "]") + 1;
    *path += **path == '.';
    return part;
}

/* What follows a member: one of its own members, a value, or a property. */
static struct named inside(struct dispatch *dispatch, const struct member *member,
                           const char *path, const char *rest)
{
    struct named named = { .kind = NAMED_FIELD, .path = path };

    while ( *rest )
    {
        const struct aggregate *aggregate = model_type_aggregate(member->type);
        const char *all = rest, *name = next_part(dispatch, &rest);
        const struct member *inner = aggregate ? dispatch_member(dispatch, aggregate, name)
                                               : NULL;

        if ( inner )
        {
            named.path = arena_format(dispatch->arena, "%s.%s", named.path, name);
            member = inner;
            continue;
        }
        named.set = model_type_set(member->type);
        named.is_bits = dispatch_is_bits(member->type);
        named.constant = set_find(named.set, name);
        named.kind = named.constant ? NAMED_TEST
                     : dispatch_is_handle(member->type) ? NAMED_NULL : NAMED_PROPERTY;
        named.text = all;
        break;
    }
    named.type = member->stored_as ? member->stored_as : member->type;
    if ( named.kind == NAMED_FIELD )
        named.set = model_type_set(member->type);
    return named;
}

/* An argument in a register: of the op, or of the hypercall. */
static bool find_parameter(const struct parameter_values *parameters, const char *name,
                           struct named *named)
{
    LIST_EACH(parameter, parameters)
        if ( !strcmp(parameter->name, name) )
        {
            *named = (struct named){ .kind = NAMED_FIELD, .path = parameter->name,
                                     .type = parameter->type,
                                     .set = model_type_set(parameter->type) };
            return true;
        }
    return false;
}

static bool is_extern(struct dispatch *dispatch, const char *name)
{
    const struct decl *decl = map_find(&dispatch->header.back->model->macros, name);

    return decl && decl->is_extern;
}

struct named dispatch_find(struct dispatch *dispatch, const struct scope *scope,
                           const struct hypercall *hypercall, const struct op *op,
                           const char *path)
{
    const char *rest = path, *name = next_part(dispatch, &rest);
    struct named named = { .kind = NAMED_PROPERTY, .text = path };

    for ( ; scope && scope->aggregate; scope = scope->outer )
    {
        const struct member *member = dispatch_member(dispatch, scope->aggregate, name);

        if ( member )
            return inside(dispatch, member,
                          arena_format(dispatch->arena, "%s%s", scope->prefix, name), rest);
    }
    if ( op && find_parameter(&op->parameters, name, &named) && !*rest )
        return named;
    if ( find_parameter(&hypercall->parameters, name, &named) )
    {
        if ( hypercall->op_prefix && !strcmp(name, OP_ARGUMENT) )
            named.kind = NAMED_PLACE;
        return named;
    }
    if ( is_extern(dispatch, name) )
        return (struct named){ .kind = NAMED_EXTERN, .text = name,
                               .type = ((struct decl *)map_find(
                                   &dispatch->header.back->model->macros, name))->type };
    return (struct named){ .kind = NAMED_PROPERTY, .text = path };
}
