/* SPDX-License-Identifier: MIT */
/*
 * Pointers in structures: for each structure that has some a function, which
 * makes handles of them.  Structures of structures call each other's.
 *
 * Needs a checked model; gives items of plan-xencomm's file.
 */
#include <string.h>

#include "plan-xencomm.h"

/* The views that every C file has, and none has. */
#define VIEW_OF_C        "c"
#define VIEW_OF_ASSEMBLY "assembly"

/* ---- conditions ------------------------------------------------------------------ */

enum answer { NO, YES, OPEN };

static enum answer ask_view(const struct marshal *marshal, const char *view)
{
    const struct model *model = marshal->stub->header.back->model;

    if ( arch_provides(marshal->arch, view) || !strcmp(view, VIEW_OF_C) )
        return YES;
    if ( !strcmp(view, VIEW_OF_ASSEMBLY) )
        return NO;
    for ( size_t i = 0; i < model->arches.count; i++ )
        if ( arch_provides(model->arches.at[i], view) )
            return NO;
    return OPEN;
}

/* One of the views. */
static enum answer ask_views(const struct marshal *marshal, const struct reference_list *views)
{
    enum answer answer = NO;

    LIST_EACH(view, views)
    {
        enum answer one = ask_view(marshal, view->text);

        if ( one == YES )
            return YES;
        answer = one == OPEN ? OPEN : answer;
    }
    return answer;
}

bool marshal_conditions(const struct marshal *marshal, const struct condition_list *all,
                        struct condition_list *left)
{
    LIST_EACH(condition, all)
    {
        bool is_view = condition->kind == CONDITION_FOR || condition->kind == CONDITION_EXCEPT;
        enum answer answer = is_view ? ask_views(marshal, &condition->names) : OPEN;

        if ( answer == OPEN )
            *LIST_ADD(marshal->stub->header.arena, left) = *condition;
        else if ( (answer == YES) != (condition->kind == CONDITION_FOR) )
            return false;
    }
    return true;
}

/* ---- which have pointers ------------------------------------------------------------ */

static const struct type *plain(const struct type *type)
{
    while ( type->kind == TYPE_RESERVED || type->kind == TYPE_UNCHECKED ||
            type->kind == TYPE_MACHINE )
        type = type->element;
    return type;
}

/* An entry of a multicall: its arguments are those of another call. */
static bool is_entry(const struct marshal *marshal, const struct aggregate *aggregate)
{
    const struct hypercall *multicall = marshal->stub->multicall;

    return multicall &&
           aggregate == model_type_aggregate(multicall->parameters.at[0].type->element);
}

static bool is_here(const struct marshal *marshal, const struct member *member)
{
    struct condition_list left = { 0 };

    return member->name && member->type &&
           marshal_conditions(marshal, &member->conditions, &left);
}

bool marshal_structure_holds(const struct marshal *marshal, const struct aggregate *aggregate)
{
    if ( is_entry(marshal, aggregate) )
        return true;
    LIST_EACH(member, &aggregate->members)
        if ( is_here(marshal, member) && marshal_holds(marshal, member->type) )
            return true;
    return false;
}

bool marshal_holds(const struct marshal *marshal, const struct type *type)
{
    const struct aggregate *aggregate;

    type = plain(type);
    if ( type->kind == TYPE_HANDLE || type->kind == TYPE_POINTER )
        return true;
    if ( type->kind == TYPE_ARRAY )
        return marshal_holds(marshal, type->element);
    aggregate = model_type_aggregate(type);
    return aggregate && marshal_structure_holds(marshal, aggregate);
}

/* ---- units -------------------------------------------------------------------------- */

static void plan_tag(struct marshal *marshal, node_t node, const struct aggregate *aggregate)
{
    struct defs *defs = marshal->stub->header.defs;

    if ( aggregate->tag )
        defs_text(defs, node, "tagged", aggregate->is_union ? "union" : "struct");
    defs_text(defs, node, "type", aggregate->tag ? aggregate->tag : aggregate->decl->name);
}

static const char *function_name(struct marshal *marshal, const struct aggregate *aggregate)
{
    return arena_format(marshal->stub->header.arena, "convert_%s",
                        aggregate->tag ? aggregate->tag : aggregate->decl->name);
}

static void set_unit(struct marshal *marshal, node_t step, node_t unit)
{
    struct node_list list = { 0 };

    *LIST_ADD(marshal->stub->header.arena, &list) = unit;
    defs_list(marshal->stub->header.defs, step, "unit", &list);
}

void marshal_structure_unit(struct marshal *marshal, node_t step,
                            const struct aggregate *aggregate)
{
    node_t unit = defs_node(marshal->stub->header.defs, "unit");

    plan_tag(marshal, unit, aggregate);
    set_unit(marshal, step, unit);
    if ( marshal_structure_holds(marshal, aggregate) )
        defs_text(marshal->stub->header.defs, step, "function",
                  function_name(marshal, aggregate));
}

void marshal_unit(struct marshal *marshal, node_t step, const struct type *element)
{
    const struct aggregate *aggregate;
    node_t unit;

    element = plain(element);
    while ( element->kind == TYPE_NAMED && element->name.decl &&
            element->name.decl->kind == DECL_handle && element->name.decl->type )
        element = plain(element->name.decl->type);
    aggregate = model_type_aggregate(element);
    if ( aggregate )
    {
        marshal_structure_unit(marshal, step, aggregate);
        return;
    }
    /* Bytes have no unit. */
    if ( element->kind == TYPE_BASE && element->base == BASE_void )
        return;
    unit = defs_node(marshal->stub->header.defs, "unit");
    /* A handle may have the name of its type. */
    if ( element->kind == TYPE_NAMED && element->name.decl &&
         element->name.decl->kind == DECL_handle )
        defs_text(marshal->stub->header.defs, unit, "type", element->name.text);
    else
        plan_type(&marshal->stub->header, unit, element);
    set_unit(marshal, step, unit);
}

/* ---- steps ---------------------------------------------------------------------------- */

static void walk(struct marshal *marshal, struct body *body, const struct place *place,
                 const struct condition_list *conditions);

static const char *below(struct marshal *marshal, const struct place *place, const char *name)
{
    return *place->path ? arena_format(marshal->stub->header.arena, "%s.%s", place->path, name)
                        : name;
}

/* A legacy pointer counts what the handle of the same name counts. */
static const struct type *counted(const struct aggregate *aggregate, const struct member *member)
{
    const struct type *type = plain(member->type);

    if ( type->kind == TYPE_POINTER )
        LIST_EACH(other, &aggregate->members)
            if ( other->name && other->type && !strcmp(other->name, member->name) &&
                 other->type->kind == TYPE_HANDLE )
                return other->type;
    return type;
}

static void set_count(struct marshal *marshal, node_t step, node_t count)
{
    struct node_list list = { 0 };

    *LIST_ADD(marshal->stub->header.arena, &list) = count;
    defs_list(marshal->stub->header.defs, step, "count", &list);
}

static void walk_handle(struct marshal *marshal, node_t step, const struct type *type,
                        const struct place *place)
{
    set_count(marshal, step, marshal_count(marshal, type->length, place, NULL));
    marshal_unit(marshal, step, type->element);
}

/* A structure or union that stands where it is used; one with a name has a function. */
static bool is_in_place(const struct type *type)
{
    return type->kind == TYPE_AGGREGATE;
}

static void walk_array(struct marshal *marshal, node_t step, const struct type *type,
                       const struct place *place, const char *path)
{
    static const char *const variables[] = { "i", "j", "k" };
    struct arena *arena = marshal->stub->header.arena;
    const char *variable = variables[place->loops % 3];
    struct body inside = { .header = &marshal->stub->header };
    struct member element = { .name = arena_format(arena, "%s[%s]", path, variable),
                              .type = type->element };
    struct aggregate only = { .members = { .at = &element, .count = 1 } };
    struct place in_array = { .aggregate = &only, .path = "", .around = place,
                              .loops = place->loops + 1 };

    defs_text(marshal->stub->header.defs, step, "variable", variable);
    set_count(marshal, step, marshal_count(marshal, type->length, place, NULL));
    walk(marshal, &inside, &in_array, &(struct condition_list){ 0 });
    body_end(&inside, step, "steps");
}

static void walk_member(struct marshal *marshal, struct body *body, const struct member *member,
                        const struct place *place, const struct condition_list *conditions)
{
    const char *path = below(marshal, place, member->name);
    const struct type *type = counted(place->aggregate, member);
    struct defs *defs = marshal->stub->header.defs;
    node_t step;

    if ( is_in_place(type) )
    {
        struct place inside = { .aggregate = type->aggregate, .path = path, .around = place,
                                .loops = place->loops };

        for ( const struct member *at = member; at->joins_previous; at-- )
            inside.name++;
        walk(marshal, body, &inside, conditions);
        return;
    }
    /* How many there are of a flexible array only the call knows. */
    if ( type->kind == TYPE_ARRAY && !type->length )
        return;
    step = body_add(body, type->kind == TYPE_ARRAY ? "loop"
                          : type->kind == TYPE_NAMED ? "nested" : "handle", conditions);
    defs_text(defs, step, "path", path);
    if ( type->kind == TYPE_ARRAY )
        walk_array(marshal, step, type, place, path);
    else if ( type->kind == TYPE_NAMED )
        defs_text(defs, step, "function", function_name(marshal, model_type_aggregate(type)));
    else
        walk_handle(marshal, step, type, place);
}

/* One member of a union: under a condition if there is a tag. */
static void walk_arm(struct marshal *marshal, struct body *body, const struct member *member,
                     const struct place *place, const struct condition_list *conditions)
{
    struct defs *defs = marshal->stub->header.defs;
    struct body inside = { .header = &marshal->stub->header };
    node_t step = body_add(body, "arm", conditions);

    if ( marshal_when(marshal, step, place->aggregate, member, place) )
        defs_text(defs, step, "tests", "1");
    walk_member(marshal, &inside, member, place, &(struct condition_list){ 0 });
    body_end(&inside, step, "steps");
}

static void walk(struct marshal *marshal, struct body *body, const struct place *place,
                 const struct condition_list *conditions)
{
    const struct aggregate *aggregate = place->aggregate;
    const struct member *first = NULL;

    LIST_EACH(member, &aggregate->members)
    {
        struct condition_list all;

        if ( !is_here(marshal, member) )
            continue;
        first = first ? first : member;
        if ( !marshal_holds(marshal, member->type) )
            continue;
        all = (struct condition_list){ 0 };
        marshal_conditions(marshal, &member->conditions, &all);
        all = header_join(&marshal->stub->header, conditions, &all);
        if ( aggregate->is_union && aggregate->by.count )
            walk_arm(marshal, body, member, place, &all);
        /* Without a tag the first member counts. */
        else if ( !aggregate->is_union || member == first ||
                  !strcmp(member->name, first->name) )
            walk_member(marshal, body, member, place, &all);
    }
}

/* ---- functions ------------------------------------------------------------------------- */

/* The structures with a name that a type leads to, whose functions come before. */
static void need(struct marshal *marshal, const struct type *type)
{
    const struct aggregate *aggregate = model_type_aggregate(type);

    type = plain(type);
    if ( type->kind == TYPE_HANDLE || type->kind == TYPE_POINTER || type->kind == TYPE_ARRAY )
        need(marshal, type->element);
    else if ( aggregate && is_in_place(type) )
    {
        LIST_EACH(member, &aggregate->members)
            if ( is_here(marshal, member) )
                need(marshal, member->type);
    }
    else if ( aggregate )
        marshal_structure(marshal, aggregate);
}

/* Those of the declaration, and of what it stands in. */
static struct condition_list conditions_of(struct marshal *marshal, const struct decl *decl)
{
    struct condition_list left = { 0 };

    for ( ; decl; decl = decl->owner )
        marshal_conditions(marshal, &decl->conditions, &left);
    return left;
}

void marshal_structure(struct marshal *marshal, const struct aggregate *aggregate)
{
    struct defs *defs = marshal->stub->header.defs;
    struct body body = { .header = &marshal->stub->header };
    struct place place = { .aggregate = aggregate, .path = "" };
    struct condition_list conditions;
    node_t node;

    if ( !marshal_structure_holds(marshal, aggregate) )
        return;
    LIST_EACH(done, &marshal->done)
        if ( *done == aggregate )
            return;
    *LIST_ADD(marshal->stub->header.arena, &marshal->done) = aggregate;
    LIST_EACH(member, &aggregate->members)
        if ( is_here(marshal, member) )
            need(marshal, member->type);
    conditions = conditions_of(marshal, aggregate->decl);
    node = body_add(marshal->file, "structure", &conditions);
    defs_text(defs, node, "name", function_name(marshal, aggregate));
    plan_tag(marshal, node, aggregate);
    if ( is_entry(marshal, aggregate) )
        stub_entry(marshal->stub, node);
    else
        walk(marshal, &body, &place, &(struct condition_list){ 0 });
    body_end(&body, node, "steps");
}
