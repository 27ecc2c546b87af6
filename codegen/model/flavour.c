/* SPDX-License-Identifier: MIT */
/*
 * Copies of interfaces, as flavours have them.  Needs a resolved model; gives
 * flavour.h.  Paths are STRUCTURE.field and SET.value, by the names of the
 * description; a structure within another goes by its tag, or by its field.
 */
#include <string.h>

#include "flavour.h"

struct copy {
    struct arena *arena;
    const struct model *model;
    const struct flavour *flavour;
    const struct variant *variant;
};

const struct flavour *flavour_reference(const struct model *model)
{
    for ( size_t i = 0; i < model->flavours.count; i++ )
        if ( model->flavours.at[i]->is_reference )
            return model->flavours.at[i];
    return NULL;
}

const struct variant *flavour_variant(const struct flavour *flavour,
                                      const struct interface *interface)
{
    static const struct variant nothing;

    LIST_EACH(variant, &flavour->variants)
        if ( !strcmp(variant->interface, interface->name) )
            return variant;
    return &nothing;
}

static bool has(const struct text_list *list, const char *path)
{
    for ( size_t i = 0; path && i < list->count; i++ )
        if ( !strcmp(list->at[i], path) )
            return true;
    return false;
}

static const char *renamed(const struct variant *variant, const char *path, const char *name)
{
    const char *other = path ? pair_value(&variant->rename, path) : NULL;

    return other ? other : name;
}

const char *flavour_name(const struct flavour *flavour, const struct decl *decl,
                         const char *name)
{
    return renamed(flavour_variant(flavour, decl->interface), name, name);
}

static const struct type *named_type(struct arena *arena, const struct model *model,
                                     const char *text)
{
    struct type *type = arena_alloc(arena, sizeof(*type));
    int base = base_type_find(text);

    type->kind = base >= 0 ? TYPE_BASE : TYPE_NAMED;
    type->base = base >= 0 ? (enum base_type)base : 0;
    type->name.text = text;
    type->name.decl = map_find(&model->types, text);
    return base >= 0 || type->name.decl ? type : NULL;
}

const struct type *flavour_type(struct arena *arena, const struct model *model,
                                const char *text)
{
    static const char handle[] = "handle<";
    struct type *type;

    if ( !text_starts(text, handle) || !text_ends(text, ">") )
        return named_type(arena, model, text);
    text += sizeof(handle) - 1;
    type = arena_alloc(arena, sizeof(*type));
    type->kind = TYPE_HANDLE;
    type->element = named_type(arena, model, arena_copy(arena, text, strlen(text) - 1));
    return type->element ? type : NULL;
}

/* ---- conditions ------------------------------------------------------------------ */

enum truth { NEVER, SOMETIMES, ALWAYS };

static enum truth version_truth(const struct flavour *flavour,
                                const struct condition *condition)
{
    bool is_since = condition->kind == CONDITION_SINCE;

    if ( flavour->resolve_versions || condition->version <= flavour->since )
        return is_since ? ALWAYS : NEVER;
    if ( condition->version > flavour->until )
        return is_since ? NEVER : ALWAYS;
    return SOMETIMES;
}

static enum truth view_truth(const struct flavour *flavour, const char *name)
{
    const char *text = pair_value(&flavour->views, name);

    if ( text && !strcmp(text, "false") )
        return NEVER;
    return text && !strcmp(text, "true") ? ALWAYS : SOMETIMES;
}

/* The condition without the views that are settled. */
static enum truth reduce(const struct copy *copy, struct condition *condition)
{
    bool is_for = condition->kind == CONDITION_FOR;
    struct reference_list names = { 0 };

    if ( condition->kind == CONDITION_SINCE || condition->kind == CONDITION_BEFORE )
        return version_truth(copy->flavour, condition);
    LIST_EACH(name, &condition->names)
    {
        enum truth truth = view_truth(copy->flavour, name->text);

        if ( truth == ALWAYS )
            return is_for ? ALWAYS : NEVER;
        if ( truth == SOMETIMES )
            *LIST_ADD(copy->arena, &names) = *name;
    }
    condition->names = names;
    if ( names.count )
        return SOMETIMES;
    return is_for ? NEVER : ALWAYS;
}

/* False where the flavour never has what stands under the conditions. */
static bool copy_conditions(const struct copy *copy, struct condition_list *conditions)
{
    struct condition_list left = { 0 };

    LIST_EACH(condition, conditions)
    {
        struct condition reduced = *condition;
        enum truth truth = reduce(copy, &reduced);

        if ( truth == NEVER )
            return false;
        if ( truth == SOMETIMES )
            *LIST_ADD(copy->arena, &left) = reduced;
    }
    *conditions = left;
    return true;
}

/* ---- sets ------------------------------------------------------------------------- */

static struct constant_list copy_constants(const struct copy *copy, const char *set,
                                           const struct constant_list *constants)
{
    struct constant_list list = { 0 };

    LIST_EACH(constant, constants)
    {
        const char *path = arena_format(copy->arena, "%s.%s", set, constant->name);
        struct constant other = *constant;

        if ( has(&copy->variant->omit, path) || !copy_conditions(copy, &other.conditions) )
            continue;
        other.name = renamed(copy->variant, path, other.name);
        if ( other.kind == CONSTANT_REMOVED && has(&copy->variant->restore, path) )
            other.kind = CONSTANT_VALUE;
        if ( other.kind == CONSTANT_FIELD )
        {
            struct constant_list values = copy_constants(copy, set,
                &(const struct constant_list){ other.values.at, other.values.count,
                                               other.values.room });

            other.values.at = values.at;
            other.values.count = values.count;
            other.values.room = values.room;
        }
        *LIST_ADD(copy->arena, &list) = other;
    }
    return list;
}

static struct set *copy_set(const struct copy *copy, const struct decl *decl)
{
    struct set *set = arena_alloc(copy->arena, sizeof(*set));

    *set = *decl->set;
    set->constants = copy_constants(copy, decl->name, &decl->set->constants);
    return set;
}

/* ---- structures --------------------------------------------------------------------- */

static struct decl *copy_decl(const struct copy *copy, const struct decl *decl);
static struct aggregate *copy_aggregate(const struct copy *copy, const char *path,
                                        const struct aggregate *aggregate);

static const struct type *copy_type(const struct copy *copy, const char *path,
                                    const struct type *type)
{
    const char *text = pair_value(&copy->variant->retype, path);
    const struct type *other = text ? flavour_type(copy->arena, copy->model, text) : NULL;
    struct type *own;

    if ( other || !type )
        return other;
    if ( type->kind != TYPE_ARRAY && type->kind != TYPE_AGGREGATE )
        return type;
    own = arena_alloc(copy->arena, sizeof(*own));
    *own = *type;
    if ( type->kind == TYPE_ARRAY )
        own->element = copy_type(copy, path, type->element);
    else
        own->aggregate = copy_aggregate(copy, type->aggregate->tag ? type->aggregate->tag : path,
                                        type->aggregate);
    return own;
}

/* False where the flavour does not have the member. */
static bool copy_member(const struct copy *copy, const char *path, struct member *member)
{
    if ( !copy_conditions(copy, &member->conditions) )
        return false;
    if ( member->decl )
    {
        member->decl = copy_decl(copy, member->decl);
        return member->decl != NULL;
    }
    if ( !member->name )
        return true;
    path = arena_format(copy->arena, "%s.%s", path, member->name);
    if ( has(&copy->variant->omit, path) )
        return false;
    if ( pair_value(&copy->variant->retype, path) )
        member->stored_as = NULL;
    member->type = copy_type(copy, path, member->type);
    member->name = renamed(copy->variant, path, member->name);
    return true;
}

static struct aggregate *copy_aggregate(const struct copy *copy, const char *path,
                                        const struct aggregate *aggregate)
{
    struct aggregate *other = arena_alloc(copy->arena, sizeof(*other));
    bool may_join = false;

    path = path ? path : "";
    *other = *aggregate;
    other->members = (struct member_list){ 0 };
    LIST_EACH(member, &aggregate->members)
    {
        struct member own = *member;
        bool is_retyped;

        if ( !copy_member(copy, path, &own) )
        {
            may_join &= own.joins_previous;
            continue;
        }
        /* What is declared together has one type. */
        is_retyped = member->name && pair_value(&copy->variant->retype,
                                                arena_format(copy->arena, "%s.%s", path,
                                                             member->name));
        own.joins_previous &= may_join && !is_retyped;
        may_join = !is_retyped;
        *LIST_ADD(copy->arena, &other->members) = own;
    }
    other->tag = renamed(copy->variant, aggregate->tag, aggregate->tag);
    return other;
}

/* ---- declarations ---------------------------------------------------------------------- */

static bool is_omitted_answer(const struct copy *copy, const struct clause *clause,
                              const struct aggregate *structure)
{
    if ( clause->kind != CLAUSE_error || !structure || !clause->names.count )
        return false;
    LIST_EACH(member, &structure->members)
    {
        const struct set *set = member->type ? model_type_set(member->type) : NULL;

        if ( set && member->type->name.text &&
             has(&copy->variant->omit, arena_format(copy->arena, "%s.%s",
                 member->type->name.text, clause->names.at[0].text)) )
            return true;
    }
    return false;
}

static struct op *copy_op(const struct copy *copy, const struct decl *decl)
{
    struct op *op = arena_alloc(copy->arena, sizeof(*op));

    *op = *decl->op;
    if ( op->aggregate )
        op->aggregate = copy_aggregate(copy, op->aggregate->tag, op->aggregate);
    op->clauses = (struct clause_list){ 0 };
    LIST_EACH(clause, &decl->op->clauses)
        if ( !is_omitted_answer(copy, clause, model_op_structure(decl->op)) )
            *LIST_ADD(copy->arena, &op->clauses) = *clause;
    return op;
}

static struct decl *copy_decl(const struct copy *copy, const struct decl *decl)
{
    struct decl *other;

    if ( has(&copy->variant->omit, decl->name) )
        return NULL;
    other = arena_alloc(copy->arena, sizeof(*other));
    *other = *decl;
    if ( !copy_conditions(copy, &other->conditions) )
        return NULL;
    other->name = renamed(copy->variant, decl->name, decl->name);
    if ( decl->set )
        other->set = copy_set(copy, decl);
    if ( decl->aggregate )
        other->aggregate = copy_aggregate(copy, decl->name, decl->aggregate);
    if ( decl->op && decl->kind == DECL_op )
        other->op = copy_op(copy, decl);
    return other;
}

static struct hypercall *copy_hypercall(const struct copy *copy,
                                        const struct hypercall *hypercall)
{
    struct hypercall *other = arena_alloc(copy->arena, sizeof(*other));

    *other = *hypercall;
    other->ops.at = NULL;
    other->ops.count = other->ops.room = 0;
    for ( size_t i = 0; i < hypercall->ops.count; i++ )
    {
        struct decl *op = copy_decl(copy, hypercall->ops.at[i]);

        if ( op )
            *LIST_ADD(copy->arena, &other->ops) = op;
    }
    return other;
}

static void drop_section(struct decl_list *decls)
{
    if ( decls->count && decls->at[decls->count - 1]->kind == DECL_section )
        decls->count--;
}

/* A section that lost all it had is no section. */
static void copy_decls(const struct copy *copy, const struct decl_list *decls,
                       struct decl_list *to)
{
    bool has_lost = false;

    for ( size_t i = 0; i < decls->count; i++ )
    {
        struct decl *decl = copy_decl(copy, decls->at[i]);

        if ( decls->at[i]->kind == DECL_section && has_lost )
            drop_section(to);
        has_lost = decl ? has_lost && decl->kind != DECL_section : true;
        if ( decl )
            *LIST_ADD(copy->arena, to) = decl;
    }
    if ( has_lost )
        drop_section(to);
}

const struct interface *flavour_interface(struct arena *arena, const struct model *model,
                                          const struct flavour *flavour,
                                          const struct interface *interface)
{
    struct copy copy = { arena, model, flavour, flavour_variant(flavour, interface) };
    struct interface *other = arena_alloc(arena, sizeof(*other));

    *other = *interface;
    other->decls = (struct decl_list){ 0 };
    other->hypercalls.at = NULL;
    other->hypercalls.count = other->hypercalls.room = 0;
    copy_decls(&copy, &interface->decls, &other->decls);
    for ( size_t i = 0; i < interface->hypercalls.count; i++ )
        *LIST_ADD(arena, &other->hypercalls) =
            copy_hypercall(&copy, interface->hypercalls.at[i]);
    return other;
}
