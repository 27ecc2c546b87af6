/* SPDX-License-Identifier: MIT */
/*
 * What the tables of flavours say about descriptions: each path names
 * something, and nothing gets a name that is taken.  An interface that was not
 * read, or was read from another folder, is not looked at.
 */
#include <string.h>

#include "checks.h"
#include "flavour.h"

/* Everything in an interface that a path may name, by kind. */
struct names {
    struct checker *checker;
    struct map all, fields, removed, twice;
};

static void add_name(struct names *names, const char *path)
{
    if ( !map_add(&names->all, path, (void *)path) )
        map_add(&names->twice, path, (void *)path);
}

static void add_constants(struct names *names, const char *set,
                          const struct constant_list *constants)
{
    LIST_EACH(constant, constants)
    {
        const char *path = arena_format(names->checker->arena, "%s.%s", set, constant->name);

        if ( constant->kind == CONSTANT_REMOVED )
            map_add(&names->removed, path, (void *)path);
        else
            add_name(names, path);
        add_constants(names, set, &(const struct constant_list){
            constant->values.at, constant->values.count, constant->values.room });
    }
}

static void add_decl(struct names *names, const struct decl *decl);

/* The tag of a declared structure is its name, and was added as that. */
static void add_members(struct names *names, const char *path,
                        const struct aggregate *aggregate)
{
    path = aggregate->tag ? aggregate->tag : path;
    if ( aggregate->tag && (!aggregate->decl || aggregate->decl->kind == DECL_op) )
        add_name(names, path);
    LIST_EACH(member, &aggregate->members)
    {
        const struct type *type = member->type;
        const char *field;

        if ( member->decl )
            add_decl(names, member->decl);
        if ( !member->name || !type )
            continue;
        field = arena_format(names->checker->arena, "%s.%s", path, member->name);
        add_name(names, field);
        map_add(&names->fields, field, (void *)field);
        while ( type->kind == TYPE_ARRAY )
            type = type->element;
        if ( type->kind == TYPE_AGGREGATE )
            add_members(names, field, type->aggregate);
    }
}

static void add_decl(struct names *names, const struct decl *decl)
{
    if ( decl->name )
        add_name(names, decl->name);
    if ( decl->set )
        add_constants(names, decl->name, &decl->set->constants);
    if ( decl->aggregate )
        add_members(names, decl->name, decl->aggregate);
    if ( decl->kind == DECL_op && decl->op->aggregate )
        add_members(names, decl->name, decl->op->aggregate);
}

static struct names names_of(struct checker *checker, const struct interface *interface)
{
    struct names names = { .checker = checker };

    names.all.arena = names.fields.arena = names.removed.arena = names.twice.arena =
        checker->arena;
    for ( size_t i = 0; i < interface->decls.count; i++ )
        add_decl(&names, interface->decls.at[i]);
    return names;
}

/* ---- [unknown-name] ------------------------------------------------------------------ */

static void check_path(struct names *names, const struct map *map, const char *what,
                       const char *interface, const char *path, struct span where)
{
    const char *near;

    if ( map_find(map, path) )
        return;
    near = map_nearest(map, path);
    check_error(names->checker, where,
                near ? "interface '%s' has %s '%s'; did you mean '%s'?"
                     : "interface '%s' has %s '%s'", interface, what, path, near);
}

static void check_type_name(struct checker *checker, const struct pair *retype)
{
    struct map bases = { .arena = checker->arena };
    const char *near;

    if ( flavour_type(checker->arena, checker->model, retype->value) )
        return;
    for ( int base = 0; base < NR_BASE_TYPES; base++ )
        map_add(&bases, base_type_name((enum base_type)base), (void *)retype);
    near = map_nearest(&bases, retype->value);
    near = near ? near : map_nearest(&checker->model->types, retype->value);
    check_error(checker, retype->value_where,
                near ? "no type '%s'; did you mean '%s'?" : "no type '%s'", retype->value, near);
}

static void check_variant(struct checker *checker, const struct variant *variant,
                          const struct interface *interface)
{
    struct names names = names_of(checker, interface);

    for ( size_t i = 0; i < variant->omit.count; i++ )
        check_path(&names, &names.all, "no", variant->interface, variant->omit.at[i],
                   variant->omit.where[i]);
    for ( size_t i = 0; i < variant->restore.count; i++ )
        check_path(&names, &names.removed, "no removed value", variant->interface,
                   variant->restore.at[i], variant->restore.where[i]);
    LIST_EACH(pair, &variant->rename)
        check_path(&names, &names.all, "no", variant->interface, pair->key, pair->where);
    LIST_EACH(pair, &variant->retype)
    {
        check_path(&names, &names.fields, "no field", variant->interface, pair->key,
                   pair->where);
        check_type_name(checker, pair);
    }
}

/* What the flavour changes has to be something that it has. */
static void check_interface_name(struct checker *checker, const struct flavour *flavour,
                                 const struct variant *variant)
{
    struct map names = { .arena = checker->arena };
    const char *near;

    for ( size_t i = 0; i < flavour->interfaces.count; i++ )
        map_add(&names, flavour->interfaces.at[i], (void *)flavour);
    if ( map_find(&names, variant->interface) )
        return;
    near = map_nearest(&names, variant->interface);
    check_error(checker, variant->where,
                near ? "the flavour has no interface '%s'; did you mean '%s'?"
                     : "the flavour has no interface '%s'", variant->interface, near);
}

/* The length of the folder of a path that is that many levels up. */
static size_t folder_length(const char *path, int levels)
{
    size_t length = strlen(path);

    for ( ; levels; levels-- )
    {
        while ( length && path[length - 1] != '/' )
            length--;
        while ( length && path[length - 1] == '/' )
            length--;
    }
    return length;
}

/* Tables are about the descriptions beside them, FOLDER/x.idl for FOLDER/flavour/f.yaml. */
static bool is_beside(const struct interface *interface, const struct variant *variant)
{
    const char *table = variant->where.source->path;
    size_t length = folder_length(table, 2);

    return folder_length(interface->source->path, 1) == length &&
           !strncmp(interface->source->path, table, length);
}

void check_flavour_names(struct checker *checker)
{
    const struct model *model = checker->model;

    for ( size_t i = 0; i < model->flavours.count; i++ )
        LIST_EACH(variant, &model->flavours.at[i]->variants)
        {
            const struct interface *interface = model_find_interface(model,
                                                                     variant->interface);

            check_interface_name(checker, model->flavours.at[i], variant);
            if ( interface && is_beside(interface, variant) )
                check_variant(checker, variant, interface);
        }
}

/* ---- [duplicate] ---------------------------------------------------------------------- */

/* The path in the flavour's copy; structures have their new names there. */
static const char *new_path(struct checker *checker, const struct variant *variant,
                            const struct pair *rename)
{
    const char *dot = strrchr(rename->key, '.');
    const char *prefix, *other;

    if ( !dot )
        return rename->value;
    prefix = arena_copy(checker->arena, rename->key, (size_t)(dot - rename->key));
    other = pair_value(&variant->rename, prefix);
    return arena_format(checker->arena, "%s.%s", other ? other : prefix, rename->value);
}

static void check_renames(struct checker *checker, const struct flavour *flavour,
                          const struct variant *variant, const struct interface *interface)
{
    struct names names = names_of(checker, flavour_interface(checker->arena, checker->model,
                                                             flavour, interface));

    LIST_EACH(pair, &variant->rename)
    {
        const char *path = new_path(checker, variant, pair);

        if ( map_find(&names.twice, path) )
            check_error(checker, pair->value_where, "interface '%s' has a '%s' already",
                        variant->interface, path);
    }
}

void check_flavour_renames(struct checker *checker)
{
    const struct model *model = checker->model;

    for ( size_t i = 0; i < model->flavours.count; i++ )
        LIST_EACH(variant, &model->flavours.at[i]->variants)
        {
            const struct interface *interface = model_find_interface(model,
                                                                     variant->interface);

            if ( interface && variant->rename.count )
                check_renames(checker, model->flavours.at[i], variant, interface);
        }
}
