/* SPDX-License-Identifier: MIT */
/* Arms of a tagged union that act as ops: what all of them ask, and what each does. */
#include <string.h>

#include "plan-dispatch.h"

static void plan_arm(struct steps *steps, const struct arm *arm, size_t common,
                     struct node_list *arms)
{
    struct work *work = steps->work;
    struct dispatch *dispatch = work->dispatch;
    struct steps inside = { .work = work, .scope = arm->scope, .is_read = true,
                            .is_locked = steps->is_locked };
    const struct set *set = model_type_set(arm->tag->type);
    node_t node = defs_node(dispatch->defs, "arm");
    struct node_list values = { 0 };

    plan_list(&inside, &arm->aggregate->clauses, common);
    plan_arm_checks(&inside);
    LIST_EACH(value, &arm->member->when)
    {
        node_t name = defs_node(dispatch->defs, "name");

        defs_text(dispatch->defs, name, "text",
                  model_constant_name(dispatch->arena, set,
                                      set_find(set, value->text)));
        *LIST_ADD(dispatch->arena, &values) = name;
    }
    defs_list(dispatch->defs, node, "values", &values);
    defs_list(dispatch->defs, node, "steps", &inside.list);
    steps->uses_out |= inside.uses_out;
    if ( inside.list.count )
        *LIST_ADD(dispatch->arena, arms) = node;
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? !strcmp(a, b) : a == b;
}

static bool same_names(const struct reference_list *a, const struct reference_list *b)
{
    bool same = a->count == b->count;

    for ( size_t i = 0; same && i < a->count; i++ )
        same = same_text(a->at[i].text, b->at[i].text);
    return same;
}

/* What a domain clause names is one field of the op, not one of each arm. */
static bool same_field(const struct work *work, const struct arm *arm,
                       const struct clause *other, const struct clause *clause)
{
    const struct arm *first = &work->arms.at[0];

    if ( clause->kind != CLAUSE_domain )
        return true;
    return same_text(dispatch_find(work->dispatch, arm->scope, work->hypercall, work->op,
                                   other->names.at[0].text).path,
                     dispatch_find(work->dispatch, first->scope, work->hypercall, work->op,
                                   clause->names.at[0].text).path);
}

/* How many clauses all arms begin with: who it is about, and whether one may. */
static size_t common_clauses(const struct work *work)
{
    const struct clause_list *first = &work->arms.at[0].aggregate->clauses;
    size_t common = 0;

    for ( ; common < first->count; common++ )
    {
        const struct clause *clause = &first->at[common];

        if ( clause->kind != CLAUSE_domain && clause->kind != CLAUSE_xsm )
            return common;
        LIST_EACH(arm, &work->arms)
        {
            const struct clause *other = common < arm->aggregate->clauses.count
                                         ? &arm->aggregate->clauses.at[common] : NULL;

            if ( !other || other->kind != clause->kind ||
                 !same_names(&other->names, &clause->names) ||
                 !same_names(&other->arguments, &clause->arguments) ||
                 !same_field(work, arm, other, clause) ||
                 !same_text(other->otherwise.text, clause->otherwise.text) )
                return common;
        }
    }
    return common;
}

static bool has_arm(const struct work *work, const char *value)
{
    LIST_EACH(arm, &work->arms)
        LIST_EACH(name, &arm->member->when)
            if ( !strcmp(name->text, value) )
                return true;
    return false;
}

/* Asked once for all arms, and for values that the set has not; not for its others. */
static void plan_common(struct steps *steps, size_t common)
{
    struct work *work = steps->work;
    struct dispatch *dispatch = work->dispatch;
    const struct arm *first = &work->arms.at[0];
    struct steps inside = { .work = work, .scope = first->scope, .is_read = true,
                            .is_locked = steps->is_locked, .is_at_end_checked = true };
    const struct set *set = model_type_set(first->tag->type);
    struct node_list spared = { 0 };
    node_t node;

    if ( !common )
        return;
    for ( size_t i = 0; i < common; i++ )
        plan_clause(&inside, &first->aggregate->clauses.at[i]);
    LIST_EACH(constant, &set->constants)
        if ( constant->kind == CONSTANT_VALUE && !has_arm(work, constant->name) )
        {
            node_t name = defs_node(dispatch->defs, "name");

            defs_text(dispatch->defs, name, "text",
                      model_constant_name(dispatch->arena, set, constant));
            *LIST_ADD(dispatch->arena, &spared) = name;
        }
    node = steps_add(steps, "common");
    defs_text(dispatch->defs, node, "tag",
              arena_format(dispatch->arena, "%s%s", work->access, first->tag->name));
    defs_list(dispatch->defs, node, "spared", &spared);
    defs_list(dispatch->defs, node, "steps", &inside.list);
    steps->uses_out |= inside.uses_out;
    steps->is_locked |= inside.is_locked;
}

void plan_arms(struct steps *steps)
{
    struct work *work = steps->work;
    struct dispatch *dispatch = work->dispatch;
    struct node_list arms = { 0 };
    size_t common;
    node_t node;

    if ( !work->arms.count )
        return;
    common = common_clauses(work);
    plan_common(steps, common);
    LIST_EACH(arm, &work->arms)
        plan_arm(steps, arm, common, &arms);
    if ( !arms.count )
        return;
    node = steps_add(steps, "arms");
    defs_text(dispatch->defs, node, "tag",
              arena_format(dispatch->arena, "%s%s", work->access, work->arms.at[0].tag->name));
    defs_list(dispatch->defs, node, "arms", &arms);
}
