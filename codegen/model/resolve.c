/* SPDX-License-Identifier: MIT */
/*
 * Names are bound.
 *
 * Needs all interfaces, as the front end made them.  Gives every reference its
 * declaration, says which names are unknown or declared twice, and whether the
 * interfaces' use of each other leads in a circle.
 */
#include <string.h>

#include "model.h"

struct resolve {
    struct model *model;
    struct interface *interface;        /* the one being looked at */
};

/* ---- declared names --------------------------------------------------------- */

/* Two declarations of one name that never exist together. */
static bool is_alternative(const struct decl *a, const struct decl *b)
{
    if ( a->is_extern != b->is_extern || a->is_fallback || b->is_fallback )
        return true;
    if ( a->kind == DECL_alias || b->kind == DECL_alias )
        return true;
    return conditions_disjoint(&a->conditions, &b->conditions);
}

static void declare(struct resolve *resolve, struct map *map, const char *name,
                    struct decl *decl, struct span where)
{
    struct decl *first;

    if ( !name || map_add(map, name, decl) )
        return;
    first = map_find(map, name);
    if ( first->is_extern )
        first->target = (struct reference){ decl->name, decl->where, decl };
    if ( first == decl || is_alternative(first, decl) )
        return;
    diag_error(resolve->model->diag, CHECK_duplicate, where,
               "'%s' is declared twice", name);
    diag_note(resolve->model->diag, first->where, "declared before here");
}

/* A part of a legacy word may have a macro that is named like it, to reach it. */
static bool is_part_and_macro(const struct constant *a, const struct constant *b)
{
    return a->kind == CONSTANT_FIELD && b->kind == CONSTANT_MACRO;
}

/* seen: what the set has said so far, by the names in C. */
static void declare_constants(struct resolve *resolve, struct decl *decl,
                              const struct constant_list *list, struct map *seen)
{
    struct model *model = resolve->model;

    LIST_EACH(constant, list)
    {
        const char *name = model_constant_name(model->arena, decl->set, constant);
        const struct constant *first = map_find(seen, name);

        if ( constant->kind == CONSTANT_VALUE || constant->kind == CONSTANT_MACRO )
            declare(resolve, &model->macros, name, decl, constant->where);
        if ( constant->kind != CONSTANT_REMOVED )
        {
            map_add(seen, name, constant);
            if ( first && !is_part_and_macro(first, constant) &&
                 !conditions_disjoint(&first->conditions, &constant->conditions) )
            {
                diag_error(model->diag, CHECK_duplicate, constant->where,
                           "'%s' is in this set twice", constant->name);
                diag_note(model->diag, first->where, "here before");
            }
        }
        declare_constants(resolve, decl,
                          &(const struct constant_list){ constant->values.at,
                                                         constant->values.count,
                                                         constant->values.room }, seen);
    }
}

static bool is_right(const struct decl *decl)
{
    return decl->is_extern && decl->type && decl->type->kind == TYPE_NAMED &&
           !strcmp(decl->type->name.text, "right");
}

static void declare_decl(struct resolve *resolve, struct decl *decl);

static void declare_members(struct resolve *resolve, const struct aggregate *aggregate)
{
    if ( !aggregate )
        return;
    LIST_EACH(member, &aggregate->members)
    {
        if ( member->decl )
            declare_decl(resolve, member->decl);
        else if ( member->type && member->type->kind == TYPE_AGGREGATE )
            declare_members(resolve, member->type->aggregate);
    }
}

static void declare_op(struct resolve *resolve, struct decl *decl)
{
    struct model *model = resolve->model;
    struct op *op = decl->op;

    if ( op->hypercall && !decl->is_removed )
        declare(resolve, &model->macros,
                arena_format(model->arena, "%s%s", op->hypercall->op_prefix, decl->name),
                decl, decl->where);
    if ( op->owns_structure )
        declare(resolve, &model->types, op->aggregate->tag, decl, decl->where);
    declare_members(resolve, op->aggregate);
}

static void declare_decl(struct resolve *resolve, struct decl *decl)
{
    struct model *model = resolve->model;
    struct map seen = { .arena = model->arena };

    switch ( decl->kind )
    {
    case DECL_const:
        if ( is_right(decl) )
            declare(resolve, &model->rights, decl->name, decl, decl->where);
        else
            declare(resolve, &model->macros, decl->name, decl, decl->where);
        break;
    case DECL_macro:
    case DECL_alias:
        declare(resolve, &model->macros, decl->name, decl, decl->where);
        break;
    case DECL_handle:
        declare(resolve, &model->handles, decl->name, decl, decl->where);
        break;
    case DECL_bits:
    case DECL_enum:
    case DECL_status:
        declare(resolve, &model->types, decl->name, decl, decl->where);
        declare_constants(resolve, decl, &decl->set->constants, &seen);
        break;
    case DECL_struct:
    case DECL_union:
    case DECL_type:
        declare(resolve, &model->types, decl->name, decl, decl->where);
        declare_members(resolve, decl->aggregate);
        break;
    case DECL_op:
        declare_op(resolve, decl);
        break;
    default:
        break;
    }
}

/* ---- references --------------------------------------------------------------- */

/* What 'from' uses, directly or through others, and itself. */
static void collect_uses(const struct model *model, struct map *all,
                         const struct interface *from)
{
    if ( !map_add(all, from->name, (void *)from) )
        return;
    LIST_EACH(name, &from->uses)
    {
        const struct interface *next = model_find_interface(model, name->text);

        if ( next )
            collect_uses(model, all, next);
    }
}

static bool interface_uses(const struct interface *from, const struct interface *to)
{
    return map_find(&from->reaches, to->name) != NULL;
}

/* 'x', or 'x_t' where x is a structure that has a typedef. */
static struct decl *find_type(struct model *model, const char *name)
{
    struct decl *decl = map_find(&model->types, name);

    if ( !decl && text_ends(name, "_t") )
    {
        decl = map_find(&model->types,
                        arena_copy(model->arena, name, strlen(name) - 2));
        if ( decl && (decl->kind == DECL_type || decl->set) )
            decl = NULL;
    }
    return decl;
}

static void bind_type_name(struct resolve *resolve, struct reference *name, bool in_handle)
{
    struct model *model = resolve->model;
    const char *near;

    if ( !name->text || name->decl || !strcmp(name->text, "right") )
        return;
    if ( in_handle && (name->decl = map_find(&model->handles, name->text)) )
        return;
    name->decl = find_type(model, name->text);
    if ( !name->decl )
    {
        near = diag_is_full(model->diag) ? NULL : map_nearest(&model->types, name->text);
        diag_error(model->diag, CHECK_unknown_name, name->where,
                   near ? "no type '%s'; did you mean '%s'?" : "no type '%s'",
                   name->text, near);
    }
    else if ( !interface_uses(resolve->interface, name->decl->interface) &&
              !interface_uses(name->decl->interface, resolve->interface) )
    {
        diag_error(model->diag, CHECK_unknown_name, name->where,
                   "'%s' is declared in interface '%s', which this one does not use",
                   name->text, name->decl->interface->name);
        diag_help(model->diag, resolve->interface->where, "add here: uses %s;",
                  name->decl->interface->name);
    }
}

static void bind_members(struct resolve *resolve, const struct aggregate *aggregate);

static void bind_type(struct resolve *resolve, const struct type *type, bool in_handle)
{
    for ( ; type; type = type->element )
    {
        if ( type->kind == TYPE_NAMED )
            bind_type_name(resolve, (struct reference *)&type->name, in_handle);
        else if ( type->kind == TYPE_AGGREGATE )
            bind_members(resolve, type->aggregate);
        in_handle |= type->kind == TYPE_HANDLE;
    }
}

static void bind_decl(struct resolve *resolve, struct decl *decl);

static void bind_members(struct resolve *resolve, const struct aggregate *aggregate)
{
    const struct type *before = NULL;

    if ( !aggregate )
        return;
    LIST_EACH(member, &aggregate->members)
    {
        if ( member->decl )
            bind_decl(resolve, member->decl);
        else if ( member->type != before )
        {
            bind_type(resolve, member->type, false);
            bind_type(resolve, member->stored_as, false);
            before = member->type;
        }
    }
}

static void bind_constants(struct resolve *resolve, const struct constant_list *list)
{
    LIST_EACH(constant, list)
    {
        bind_type(resolve, constant->type, false);
        bind_constants(resolve, &(const struct constant_list){ constant->values.at,
                                                               constant->values.count,
                                                               constant->values.room });
    }
}

static void bind_alias(struct resolve *resolve, struct decl *decl)
{
    struct model *model = resolve->model;
    struct reference *target = &decl->target;

    target->decl = map_find(&model->macros, target->text);
    if ( !target->decl )
        target->decl = find_type(model, target->text);
}

static void bind_extend(struct resolve *resolve, struct decl *decl)
{
    struct model *model = resolve->model;
    struct reference *target = &decl->target;
    struct map names = { .arena = model->arena };
    const char *near;

    for ( size_t i = 0; decl->op->hypercall && i < decl->op->hypercall->ops.count; i++ )
        map_add(&names, decl->op->hypercall->ops.at[i]->name,
                decl->op->hypercall->ops.at[i]);
    target->decl = map_find(&names, target->text);
    if ( target->decl )
    {
        *LIST_ADD(model->arena, &target->decl->op->extensions) = decl;
        return;
    }
    near = diag_is_full(model->diag) ? NULL : map_nearest(&names, target->text);
    diag_error(model->diag, CHECK_unknown_name, target->where,
               near ? "no op '%s'; did you mean '%s'?" : "no op '%s'", target->text, near);
}

static void bind_decl(struct resolve *resolve, struct decl *decl)
{
    bind_type(resolve, decl->type, decl->kind == DECL_handle);
    bind_members(resolve, decl->aggregate);
    if ( decl->set )
    {
        bind_type(resolve, decl->set->width, false);
        bind_constants(resolve, &decl->set->constants);
    }
    if ( decl->op )
    {
        bind_type_name(resolve, &decl->op->structure, false);
        bind_members(resolve, decl->op->aggregate);
        bind_type(resolve, decl->op->result, false);
        LIST_EACH(parameter, &decl->op->parameters)
            bind_type(resolve, parameter->type, false);
    }
    if ( decl->hypercall )
    {
        bind_type(resolve, decl->hypercall->result, false);
        LIST_EACH(parameter, &decl->hypercall->parameters)
            bind_type(resolve, parameter->type, false);
    }
    if ( decl->kind == DECL_alias )
        bind_alias(resolve, decl);
    else if ( decl->kind == DECL_extend )
        bind_extend(resolve, decl);
}

/* ---- who uses whom ----------------------------------------------------------------- */

static void bind_uses(struct model *model, struct interface *interface)
{
    struct map names = { .arena = model->arena };

    for ( size_t i = 0; i < model->interfaces.count; i++ )
        map_add(&names, model->interfaces.at[i]->name, model->interfaces.at[i]);
    for ( size_t i = 0; i < interface->uses.count; i++ )
    {
        const struct reference *name = &interface->uses.at[i];
        const struct interface *other = map_find(&names, name->text);
        const char *near = map_nearest(&names, name->text);

        if ( !other )
            diag_error(model->diag, CHECK_unknown_name, name->where,
                       near ? "no interface '%s'; did you mean '%s'?" : "no interface '%s'",
                       name->text, near);
        else if ( i >= interface->uses_before_guard &&
                  interface_uses(other, interface) )
        {
            diag_error(model->diag, CHECK_cycle, name->where,
                       "'%s' uses '%s', which leads back to it",
                       interface->name, other->name);
            diag_note(model->diag, other->where, "the way leads through here");
        }
    }
}

/* ---- the pass ------------------------------------------------------------------------ */

/* One interface in two files would declare everything twice: say it once. */
static bool interfaces_differ(const struct model *model)
{
    struct map names = { .arena = model->arena };
    unsigned int errors = model->diag->errors;

    for ( size_t i = 0; i < model->interfaces.count; i++ )
    {
        struct interface *interface = model->interfaces.at[i], *first;

        if ( map_add(&names, interface->name, interface) )
            continue;
        first = map_find(&names, interface->name);
        diag_error(model->diag, CHECK_duplicate, interface->where,
                   "interface '%s' is declared twice", interface->name);
        diag_note(model->diag, first->where, "declared before here");
    }
    return model->diag->errors == errors;
}

static void declare_all(struct resolve *resolve, bool externs)
{
    struct interface_list *all = &resolve->model->interfaces;

    for ( size_t i = 0; i < all->count; i++ )
        for ( size_t j = 0; j < all->at[i]->decls.count; j++ )
            if ( all->at[i]->decls.at[j]->is_extern == externs )
                declare_decl(resolve, all->at[i]->decls.at[j]);
}

void resolve_model(struct model *model)
{
    struct resolve resolve = { .model = model };

    if ( !interfaces_differ(model) )
        return;
    for ( size_t i = 0; i < model->interfaces.count; i++ )
    {
        resolve.interface = model->interfaces.at[i];
        resolve.interface->reaches.arena = model->arena;
        collect_uses(model, &resolve.interface->reaches, resolve.interface);
    }
    /* An extern stands for whatever architecture's interface completes it. */
    declare_all(&resolve, true);
    declare_all(&resolve, false);
    for ( size_t i = 0; i < model->interfaces.count; i++ )
    {
        resolve.interface = model->interfaces.at[i];
        bind_uses(model, resolve.interface);
        for ( size_t j = 0; j < resolve.interface->decls.count; j++ )
            bind_decl(&resolve, resolve.interface->decls.at[j]);
    }
    legacy_mark(model);
}
