/* SPDX-License-Identifier: MIT */
/*
 * The functions of one op: what is done with one element, the loop over the
 * caller's array, or all of it where there is one structure.
 */
#include <string.h>

#include "plan-dispatch.h"

static struct condition_scope scope_of(struct work *work)
{
    return (struct condition_scope){ work, work->dispatch, work->hypercall, &work->scope };
}

static node_t item(struct work *work, struct node_list *items, const char *kind)
{
    node_t node = defs_node(work->dispatch->defs, kind);

    *LIST_ADD(work->dispatch->arena, items) = node;
    plan_cause(work->dispatch, node, work->decl);
    return node;
}

/* ---- names that the templates of both kinds need ------------------------------------- */

static bool is_translated(const struct work *work)
{
    const struct dispatch *dispatch = work->dispatch;

    return dispatch->is_compat && work->structure &&
           !compat_is_equal(dispatch->compat, work->structure);
}

static void plan_structure_names(struct work *work, node_t node)
{
    struct dispatch *dispatch = work->dispatch;
    const char *tag = work->structure ? work->structure->tag : "";
    const char *read = tag;

    if ( is_translated(work) )
    {
        read = arena_format(dispatch->arena, "%s%s", dispatch->compat->prefix, tag);
        defs_text(dispatch->defs, node, "compat_tag", read);
        defs_text(dispatch->defs, node, "compat_get",
                  arena_format(dispatch->arena, "%sget_%s", dispatch->compat->prefix, tag));
        defs_text(dispatch->defs, node, "compat_put",
                  arena_format(dispatch->arena, "%sput_%s", dispatch->compat->prefix, tag));
    }
    defs_text(dispatch->defs, node, "tag", tag);
    defs_text(dispatch->defs, node, "handle",
              header_spell(&dispatch->header, "typedef-name", "", read));
    defs_text(dispatch->defs, node, "buffer", is_translated(work) ? "op32" : "op");
}

static void plan_handler_call(struct work *work, node_t node)
{
    struct dispatch *dispatch = work->dispatch;
    struct node_list arguments = { 0 };

    LIST_EACH(parameter, &work->op->parameters)
        if ( parameter->type )
            plan_argument(dispatch, &arguments, "argument", NULL, parameter->name);
    LIST_EACH(domain, &work->domains)
    {
        bool seen = false;

        for ( const struct looked_up *at = work->domains.at; at != domain; at++ )
            seen |= !strcmp(at->name, domain->name);
        if ( !seen )
            plan_argument(dispatch, &arguments, "argument", NULL, domain->name);
    }
    defs_text(dispatch->defs, node, "handler", work_handler(work));
    defs_list(dispatch->defs, node, "arguments", &arguments);
}

/* ---- steps inside an op ------------------------------------------------------------------ */

static void plan_run(struct work *work, node_t node)
{
    struct dispatch *dispatch = work->dispatch;
    struct condition_scope scope = scope_of(work);
    bool has_steps = work->preempt && work->preempt->by;

    plan_handler_call(work, node);
    defs_text(dispatch->defs, node, "steps", has_steps ? "1" : "");
    if ( !has_steps )
        return;
    scope.scope = work->preempt_scope;
    plan_place(&scope, node);
    defs_text(dispatch->defs, node, "place_in_field",
              work->place == PLACE_FIELD ? "1" : "");
}

/* 'cmd[..6] = done[..6]': the place is there as it is, without its lowest bits. */
static void plan_unshifted(struct work *work, node_t node)
{
    const struct resume_step *step = work->step;

    if ( step && work->place == PLACE_CMD && step->value->kind == EXPRESSION_BITS )
        defs_number(work->dispatch->defs, node, "unshifted",
                    (uint64_t)step->target->low);
}

/* ---- domains --------------------------------------------------------------------------------- */

/* One that may not be there yet when it is let go is NULL until then. */
static void plan_domains(struct work *work, const struct steps *steps, node_t node)
{
    struct dispatch *dispatch = work->dispatch;
    struct node_list list = { 0 };

    LIST_EACH(domain, &work->domains)
    {
        bool is_sure = domain == work->domains.at && !work->writes_on_error && !domain->arm;
        bool seen = false;
        node_t one;

        for ( const struct looked_up *at = work->domains.at; at != domain; at++ )
            seen |= !strcmp(at->name, domain->name);
        if ( seen )
            continue;
        one = defs_node(dispatch->defs, "domain");
        defs_text(dispatch->defs, one, "name", domain->name);
        defs_text(dispatch->defs, one, "sure", is_sure ? "1" : "");
        /* The last one is let go first. */
        *LIST_ADD(dispatch->arena, &list) = one;
    }
    defs_list(dispatch->defs, node, "domains", &list);
    defs_text(dispatch->defs, node, "uses_out", steps->uses_out ? "1" : "");
    if ( steps->uses_out || list.count || (work->preempt && work->preempt->by) )
        defs_text(dispatch->defs, node, "needs_rc", "1");
}

/* ---- writing back ------------------------------------------------------------------------------ */

/* What Xen writes of the structure itself: no handles. */
static node_t plan_field(struct work *work, const struct member *member,
                         const struct reference_list *when)
{
    struct dispatch *dispatch = work->dispatch;
    struct condition_scope scope = scope_of(work);
    node_t node = defs_node(dispatch->defs, "field");

    defs_text(dispatch->defs, node, "name", member->name);
    if ( when )
        plan_truth(dispatch, node, "when", plan_any(&scope, when, false));
    return node;
}

static bool has_handle(const struct member *member)
{
    const struct aggregate *inner = model_type_aggregate(member->type);

    if ( dispatch_is_handle(member->type) )
        return true;
    if ( inner )
        LIST_EACH(part, &inner->members)
            if ( part->type && has_handle(part) )
                return true;
    return false;
}

static void plan_masked(struct work *work, struct node_list *list, const struct member *member)
{
    struct dispatch *dispatch = work->dispatch;
    struct condition_scope scope = scope_of(work);
    node_t node = defs_node(dispatch->defs, "masked");
    struct node_list term = { 0 };

    defs_text(dispatch->defs, node, "name", member->name);
    *LIST_ADD(dispatch->arena, &term) = plan_any(&scope, &member->when, true).node;
    defs_list(dispatch->defs, node, "unless", &term);
    *LIST_ADD(dispatch->arena, list) = node;
}

static void plan_written(struct work *work, node_t node)
{
    struct dispatch *dispatch = work->dispatch;
    struct node_list fields = { 0 }, zeroed = { 0 }, masked = { 0 };
    const struct member *first = NULL, *last = NULL;
    size_t members = 0;

    LIST_EACH(member, &work->structure->members)
    {
        const struct reference_list *when = NULL;
        enum direction direction;

        if ( !member->name || !member->type ||
             !view_holds(&dispatch->view, &member->conditions) )
            continue;
        members++;
        direction = work_direction(work, member->name, member->direction, &when);
        if ( !(direction & DIRECTION_OUT) || has_handle(member) )
            continue;
        first = first ? first : member;
        last = member;
        *LIST_ADD(dispatch->arena, &fields) = plan_field(work, member, when);
        if ( direction == DIRECTION_OUT && member != work->status )
            *LIST_ADD(dispatch->arena, &zeroed) = plan_field(work, member, NULL);
        if ( direction == DIRECTION_OUT && work->is_strict && member->when.count )
            plan_masked(work, &masked, member);
    }
    if ( work->writes_whole || (!work->is_batch && fields.count == members) )
        defs_text(dispatch->defs, node, "whole", "1");
    else if ( work->is_strict && first )
    {
        defs_text(dispatch->defs, node, "first", first->name);
        defs_text(dispatch->defs, node, "last", last->name);
        defs_text(dispatch->defs, node, "is_span", "1");
        defs_text(dispatch->defs, node, "is_one", first == last ? "1" : "");
    }
    else
        defs_list(dispatch->defs, node, "fields", &fields);
    if ( !fields.count && !work->writes_whole )
        return;
    defs_text(dispatch->defs, node, "writes", "1");
    defs_text(dispatch->defs, node, "unread", work_reads(work) ? "" : "1");
    if ( !work->is_batch )
        defs_text(dispatch->defs, node, "needs_rc", "1");
    if ( work->is_strict )
        defs_list(dispatch->defs, node, "zeroed", &zeroed);
    defs_list(dispatch->defs, node, "masked", &masked);
    defs_text(dispatch->defs, node, "on_error", work->writes_on_error ? "1" : "");
    defs_text(dispatch->defs, node, "on_restart", work->place == PLACE_FIELD ? "1" : "");
}

static node_t plan_part(struct work *work, struct node_list *list, const char *first)
{
    node_t node = defs_node(work->dispatch->defs, "part");

    defs_text(work->dispatch->defs, node, "first", first);
    *LIST_ADD(work->dispatch->arena, list) = node;
    return node;
}

/*
 * A whole structure in parts: what was read in runs, and what was filled in
 * field by field, so that no wide load meets narrow stores that just happened.
 */
static void plan_parts(struct work *work, node_t node)
{
    struct dispatch *dispatch = work->dispatch;
    struct node_list parts = { 0 };
    const char *first = NULL;
    node_t part = 0;

    LIST_EACH(member, &work->structure->members)
    {
        const struct reference_list *when = NULL;

        if ( !member->name || !member->type ||
             !view_holds(&dispatch->view, &member->conditions) )
            continue;
        if ( work_direction(work, member->name, member->direction, &when) & DIRECTION_OUT )
        {
            plan_part(work, &parts, member->name);
            first = NULL;
            continue;
        }
        if ( !first )
            part = plan_part(work, &parts, first = member->name);
        else
            defs_text(dispatch->defs, part, "last", member->name);
    }
    defs_list(dispatch->defs, node, "parts", &parts);
}

static void plan_status(struct work *work, node_t node)
{
    struct dispatch *dispatch = work->dispatch;
    const struct constant *okay = set_find(work->statuses, "okay");
    const struct constant *not_done = set_find(work->statuses, "not_done");

    if ( !work->status || !okay )
        return;
    defs_text(dispatch->defs, node, "status", work->status->name);
    defs_text(dispatch->defs, node, "okay",
              model_constant_name(dispatch->arena, work->statuses, okay));
    if ( not_done )
        defs_text(dispatch->defs, node, "not_done",
                  model_constant_name(dispatch->arena, work->statuses, not_done));
}

/* ---- one element of an array ----------------------------------------------------------------------- */

/* False: the handler has to be called, and that is all. */
static bool plan_one(struct work *work, struct node_list *items)
{
    struct dispatch *dispatch = work->dispatch;
    struct steps steps = { .work = work, .scope = &work->scope };
    node_t node;

    plan_clauses(&steps);
    if ( !steps.list.count && !(work->preempt && work->preempt->by) )
        return false;
    node = item(work, items, "element");
    plan_structure_names(work, node);
    defs_text(dispatch->defs, node, "name", work->decl->name);
    defs_list(dispatch->defs, node, "steps_before", &steps.list);
    plan_domains(work, &steps, node);
    plan_run(work, node);
    plan_status(work, node);
    return true;
}

/* Who has other structures is translated one by one. */
static void plan_ahead(struct work *work, node_t node)
{
    struct dispatch *dispatch = work->dispatch;

    if ( !work->ahead || is_translated(work) )
        return;
    defs_text(dispatch->defs, node, "ahead", work_ahead(work));
    defs_number(dispatch->defs, node, "block", work->ahead);
}

static void plan_batch(struct work *work, struct node_list *items, bool has_element)
{
    struct dispatch *dispatch = work->dispatch;
    bool is_alone = work->is_single || work->is_count_ignored;
    node_t node = item(work, items, is_alone ? "alone" : "batch");
    const struct clause *single = NULL;

    LIST_EACH(clause, &work->op->clauses)
        if ( clause->kind == CLAUSE_single )
            single = clause;
    plan_structure_names(work, node);
    defs_text(dispatch->defs, node, "name", work->decl->name);
    defs_text(dispatch->defs, node, "function", work_function(work));
    defs_text(dispatch->defs, node, "static",
              dispatch->is_compat || !work_is_shared(work) ? "1" : "");
    defs_text(dispatch->defs, node, "count_must_be_one",
              single ? single->otherwise.text ? single->otherwise.text : "EINVAL" : "");
    plan_handler_call(work, node);
    defs_text(dispatch->defs, node, "element", has_element ? "1" : "");
    defs_text(dispatch->defs, node, "inner", work->preempt && work->preempt->by ? "1" : "");
    defs_number(dispatch->defs, node, "every", work->preempt ? work->preempt->every : 0);
    defs_text(dispatch->defs, node, "grouped",
              work->preempt && work->preempt->every > 1 && !work->preempt->by ? "1" : "");
    defs_text(dispatch->defs, node, "preempted", work->preempt ? "1" : "");
    defs_text(dispatch->defs, node, "okay_checked",
              !strcmp(dispatch->arch->pointers, "virtual") ? "1" : "");
    defs_text(dispatch->defs, node, "end", arena_format(dispatch->arena, "hv_%s_op_end",
                                                        dispatch_stem(dispatch, work->hypercall)));
    plan_ahead(work, node);
    plan_unshifted(work, node);
    plan_written(work, node);
    if ( work->writes_whole && !is_alone )
        plan_parts(work, node);
    plan_status(work, node);
}

/* ---- one structure, or arguments in registers ---------------------------------------------------------- */

static void plan_call(struct work *work, struct node_list *items)
{
    struct dispatch *dispatch = work->dispatch;
    struct steps steps = { .work = work, .scope = &work->scope };
    struct node_list parameters = { 0 };
    bool has_parameters = false;
    node_t node;

    if ( work_is_plain(work) )
        return;
    plan_clauses(&steps);
    LIST_EACH(parameter, &work->op->parameters)
        if ( parameter->type )
        {
            plan_argument(dispatch, &parameters, "parameter", parameter->type, parameter->name);
            has_parameters = true;
        }
    node = item(work, items, "call");
    plan_structure_names(work, node);
    defs_text(dispatch->defs, node, "function", work_function(work));
    defs_text(dispatch->defs, node, "has_parameters", has_parameters ? "1" : "");
    defs_list(dispatch->defs, node, "parameters", &parameters);
    defs_list(dispatch->defs, node, "steps_before", &steps.list);
    plan_domains(work, &steps, node);
    plan_run(work, node);
    plan_unshifted(work, node);
    if ( work->structure && work->returns == RETURNS_ERRNO )
        plan_written(work, node);
    defs_text(dispatch->defs, node, "counts", work->returns == RETURNS_COUNT ? "1" : "");
}

void plan_op(struct dispatch *dispatch, struct node_list *items, struct work *work)
{
    (void)dispatch;
    if ( work->is_batch )
        plan_batch(work, items, plan_one(work, items));
    else
        plan_call(work, items);
}
