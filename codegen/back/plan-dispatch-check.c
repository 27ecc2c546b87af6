/* SPDX-License-Identifier: MIT */
/* What is checked on its own: fields that are reserved, bits and values that no set has. */
#include "plan-dispatch.h"

static node_t check_term(struct steps *steps, const char *kind, const char *path)
{
    struct dispatch *dispatch = steps->work->dispatch;
    node_t node = defs_node(dispatch->defs, kind);

    defs_text(dispatch->defs, node, "text",
              arena_format(dispatch->arena, "%s%s%s", steps->work->access,
                           steps->scope->prefix, path));
    return node;
}

static struct truth either(struct steps *steps, struct truth a, node_t node)
{
    return truth_join(steps->work->dispatch, a,
                      (struct truth){ .is = TRUTH_ASK, .node = node }, true);
}

/* A set of bits has others than it knows. */
static node_t check_bits(struct steps *steps, const char *path, const struct set *set)
{
    struct dispatch *dispatch = steps->work->dispatch;
    node_t node = check_term(steps, "other_bits", path);
    struct node_list list = { 0 };
    uint64_t mask = 0;
    bool is_plain = true;

    LIST_EACH(constant, &set->constants)
    {
        node_t name;

        if ( constant->kind == CONSTANT_VALUE )
            mask |= (uint64_t)1 << constant->value;
        else if ( constant->kind == CONSTANT_FIELD )
            mask |= (~(uint64_t)0 >> (63 - constant->high + constant->low)) << constant->low;
        is_plain &= constant->kind != CONSTANT_FIELD || constant->high == constant->low;
        if ( constant->kind != CONSTANT_VALUE && constant->kind != CONSTANT_FIELD )
            continue;
        name = defs_node(dispatch->defs, "name");
        defs_text(dispatch->defs, name, "text",
                  model_constant_name(dispatch->arena, set, constant));
        *LIST_ADD(dispatch->arena, &list) = name;
    }
    if ( is_plain )
        defs_list(dispatch->defs, node, "names", &list);
    defs_text(dispatch->defs, node, "several", list.count > 1 ? "1" : "");
    defs_text(dispatch->defs, node, "mask",
              arena_format(dispatch->arena, "0x%llx", (unsigned long long)mask));
    return node;
}

static bool has_value(const struct set *set, uint64_t value)
{
    LIST_EACH(constant, &set->constants)
        if ( constant->kind == CONSTANT_VALUE && !constant->is_negative &&
             constant->value == value )
            return true;
    return false;
}

/* A value above the last one; or, where some are missing below it, none of them. */
static node_t check_values(struct steps *steps, const char *path, const struct set *set)
{
    struct dispatch *dispatch = steps->work->dispatch;
    struct node_list names = { 0 };
    const char *last = "0";
    uint64_t most = 0;
    bool is_full = true;
    node_t node;

    LIST_EACH(constant, &set->constants)
    {
        node_t name;

        if ( constant->kind != CONSTANT_VALUE )
            continue;
        name = defs_node(dispatch->defs, "name");
        defs_text(dispatch->defs, name, "text",
                  model_constant_name(dispatch->arena, set, constant));
        *LIST_ADD(dispatch->arena, &names) = name;
        if ( constant->is_negative || constant->value >= most )
            last = model_constant_name(dispatch->arena, set, constant);
        most = constant->value > most ? constant->value : most;
    }
    is_full = names.count == most + 1;
    for ( uint64_t value = 0; is_full && value <= most; value++ )
        is_full = has_value(set, value);
    node = check_term(steps, is_full ? "above" : "none_of", path);
    defs_text(dispatch->defs, node, "last", last);
    defs_list(dispatch->defs, node, "names", &names);
    return node;
}

static struct truth check_member(struct steps *steps, const struct member *member,
                                 struct truth truth)
{
    struct arena *arena = steps->work->dispatch->arena;
    const struct type *type = member->type, *element = type;
    uint64_t length = type->kind == TYPE_ARRAY && type->length ? type->length->value : 1;
    const struct reference_list *when = NULL;
    const char *path = arena_format(arena, "%s%s", steps->scope->prefix, member->name);

    if ( type->kind == TYPE_ARRAY )
        element = type->element;
    if ( element->kind == TYPE_RESERVED )
    {
        for ( uint64_t i = 0; i < length; i++ )
            truth = either(steps, truth, check_term(steps, "not_zero",
                type->kind == TYPE_ARRAY ? arena_format(arena, "%s[%llu]", member->name,
                                                        (unsigned long long)i)
                                         : member->name));
        return truth;
    }
    if ( !(work_direction(steps->work, path, member->direction, &when) & DIRECTION_IN) ||
         element->kind == TYPE_UNCHECKED || !model_type_set(element) )
        return truth;
    return either(steps, truth, dispatch_is_bits(element)
                  ? check_bits(steps, member->name, model_type_set(element))
                  : check_values(steps, member->name, model_type_set(element)));
}

void plan_checks(struct steps *steps)
{
    struct dispatch *dispatch = steps->work->dispatch;
    struct truth truth = { .is = TRUTH_NO };
    bool has_own = set_find(steps->work->statuses, "bad_argument") != NULL;

    LIST_EACH(member, &steps->scope->aggregate->members)
        if ( member->name && member->type && view_holds(&dispatch->view, &member->conditions) )
            truth = check_member(steps, member, truth);
    plan_fail_where(steps, truth, has_own ? "bad_argument" : NULL, "EINVAL");
}
