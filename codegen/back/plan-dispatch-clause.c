/* SPDX-License-Identifier: MIT */
/*
 * Clauses become statements, in their order; the structure is read before the
 * first that needs it.
 */
#include <string.h>

#include "../model/extend.h"
#include "plan-dispatch.h"

node_t steps_add(struct steps *steps, const char *kind)
{
    node_t node = defs_node(steps->work->dispatch->defs, kind);

    *LIST_ADD(steps->work->dispatch->arena, &steps->list) = node;
    return node;
}

static struct condition_scope scope_of(const struct steps *steps)
{
    return (struct condition_scope){ steps->work, steps->work->dispatch,
                                     steps->work->hypercall, steps->scope };
}

static const char *constant_text(const struct work *work, const char *name)
{
    const struct constant *constant = set_find(work->statuses, name);

    return constant ? model_constant_name(work->dispatch->arena, work->statuses, constant)
                    : NULL;
}

void plan_failure(struct steps *steps, node_t node, const char *name, const char *otherwise)
{
    struct work *work = steps->work;
    struct defs *defs = work->dispatch->defs;
    const char *status = name ? constant_text(work, name) : NULL;
    bool goes_out = steps->is_locked || (work->writes_on_error && steps->is_read);

    if ( status )
    {
        defs_text(defs, node, "status", status);
        defs_text(defs, node, "member",
                  arena_format(work->dispatch->arena, "%s%s", work->access,
                               work->status->name));
    }
    else if ( work->returns == RETURNS_COUNT && !name )
        defs_text(defs, node, "place", "1");
    else
        defs_text(defs, node, "errno", name ? name : otherwise);
    defs_text(defs, node, "hot", work->is_batch ? "1" : "");
    defs_text(defs, node, "out", goes_out ? "1" : "");
    steps->uses_out |= goes_out;
}

/* Fails where it holds: always, never, or when asked. */
void plan_fail_where(struct steps *steps, struct truth truth, const char *name,
                       const char *otherwise)
{
    node_t node;

    if ( truth.is == TRUTH_NO )
        return;
    node = steps_add(steps, truth.is == TRUTH_YES ? "fail" : "fail_if");
    plan_truth(steps->work->dispatch, node, "condition", truth);
    plan_failure(steps, node, name, otherwise);
}

/* ---- reading ------------------------------------------------------------------------------ */

static void read_structure(struct steps *steps)
{
    node_t node;

    if ( steps->is_read || !steps->work->structure )
        return;
    if ( !steps->work->is_batch )
    {
        node = steps_add(steps, work_reads(steps->work) ? "read" : "clear");
        plan_failure(steps, node, NULL, "EFAULT");
    }
    steps->is_read = true;
    plan_checks(steps);
}

static bool needs_field(struct steps *steps, const struct expression *expression)
{
    struct work *work = steps->work;
    struct named named;

    if ( expression->kind == EXPRESSION_BINARY )
        return needs_field(steps, expression->left) || needs_field(steps, expression->right);
    if ( expression->kind == EXPRESSION_BITS )
        return needs_field(steps, expression->left);
    if ( expression->kind != EXPRESSION_NAME )
        return false;
    named = dispatch_find(work->dispatch, steps->scope, work->hypercall, work->op,
                          expression->text);
    return named.path != NULL && named.kind != NAMED_PLACE;
}

/* ---- the place ------------------------------------------------------------------------------ */

void plan_place(const struct condition_scope *scope, node_t node)
{
    struct work *work = scope->work;
    struct dispatch *dispatch = work->dispatch;
    const struct expression *value = work->step ? work->step->value : NULL;
    struct node_list field = { 0 }, first = { 0 }, last = { 0 };

    *LIST_ADD(dispatch->arena, &last) = plan_value(scope, work->preempt->by);
    defs_list(dispatch->defs, node, "last", &last);
    defs_number(dispatch->defs, node, "every",
                work->preempt->every ? work->preempt->every : 1);
    if ( work->place != PLACE_FIELD )
        return;
    *LIST_ADD(dispatch->arena, &field) = plan_value(scope, work->step->target);
    defs_list(dispatch->defs, node, "field", &field);
    /* opaque = first + done: counted from first on, to last. */
    if ( value->kind == EXPRESSION_BINARY )
        *LIST_ADD(dispatch->arena, &first) = plan_value(scope, value->left);
    defs_list(dispatch->defs, node, "first", &first);
}

static bool mentions(const struct expression *expression, const char *name)
{
    if ( expression->kind == EXPRESSION_BINARY )
        return mentions(expression->left, name) || mentions(expression->right, name);
    if ( expression->kind == EXPRESSION_BITS )
        return mentions(expression->left, name);
    return expression->kind == EXPRESSION_NAME && !strcmp(expression->text, name);
}

/* What is required of the place comes first. */
static bool is_asked_later(const struct steps *steps)
{
    const struct work *work = steps->work;

    for ( size_t i = steps->next; steps->clauses && i < steps->clauses->count; i++ )
    {
        const struct clause *clause = &steps->clauses->at[i];

        if ( work->place == PLACE_FIELD && clause->kind == CLAUSE_require &&
             mentions(clause->condition, work->step->target->text) )
            return true;
    }
    return false;
}

/* Where an op goes on that keeps its place in the structure; it may be at the end. */
static void check_at_end(struct steps *steps)
{
    struct work *work = steps->work;
    struct condition_scope scope = scope_of(steps);
    node_t node;

    if ( steps->is_at_end_checked || !work->preempt || !work->preempt->by ||
         steps->scope != work->preempt_scope || is_asked_later(steps) ||
         (work->place != PLACE_FIELD && work->returns != RETURNS_COUNT) )
        return;
    read_structure(steps);
    steps->is_at_end_checked = true;
    node = steps_add(steps, "at_end");
    plan_place(&scope, node);
    /* Nothing was done, and nothing is written. */
    steps->is_read = steps->is_locked;
    plan_failure(steps, node, NULL, "0");
    steps->is_read = true;
}

/* ---- clauses ----------------------------------------------------------------------------------- */

static const char *otherwise(const struct clause *clause)
{
    return clause->otherwise.text;
}

static void plan_domain(struct steps *steps, const struct clause *clause)
{
    struct work *work = steps->work;
    struct dispatch *dispatch = work->dispatch;
    struct named named;
    node_t node;
    const char *name = NULL;

    read_structure(steps);
    check_at_end(steps);
    named = dispatch_find(dispatch, steps->scope, work->hypercall, work->op,
                          clause->names.at[0].text);
    node = steps_add(steps, arena_format(dispatch->arena, "%s_%s",
                                         work->is_strict ? "live" : "domain",
                                         clause->arguments.at[0].text));
    work_has_domain(work, named.path, &name);
    defs_text(dispatch->defs, node, "name", name);
    defs_text(dispatch->defs, node, "field",
              arena_format(dispatch->arena, "%s%s", work->structure ? work->access : "",
                           named.path));
    plan_failure(steps, node, otherwise(clause), "ESRCH");
    steps->is_locked = true;
}

/* The one it names, or the last above it; what an op looks up is above its arms. */
static const struct looked_up *asked_about(const struct steps *steps,
                                           const struct clause *clause)
{
    const struct aggregate *arm = steps->scope == &steps->work->scope
                                  ? NULL : steps->scope->aggregate;
    const struct looked_up *last = NULL;

    LIST_EACH(domain, &steps->work->domains)
    {
        bool is_above = domain->arm != arm ? !domain->arm : domain->clause < clause;

        if ( clause->arguments.count > 1
             ? !strcmp(domain->clause->names.at[0].text, clause->arguments.at[1].text)
             : is_above )
            last = domain;
    }
    return last;
}

static bool reads_late(const struct work *work)
{
    const struct parameter_value *handle = dispatch_handle(work->hypercall);

    LIST_EACH(clause, &work->op->clauses)
        if ( clause->kind == CLAUSE_handles && handle )
            LIST_EACH(name, &clause->names)
                if ( !strcmp(name->text, handle->name) )
                    return true;
    return false;
}

static void plan_xsm(struct steps *steps, const struct clause *clause)
{
    struct dispatch *dispatch = steps->work->dispatch;
    const struct looked_up *domain;
    const char *rule;
    node_t node;

    if ( !clause->arguments.count )
        return;
    if ( !reads_late(steps->work) )
        read_structure(steps);
    domain = asked_about(steps, clause);
    rule = clause->arguments.at[0].text;
    if ( !domain && strcmp(rule, "priv") )
        return;                         /* the handler's to ask */
    node = steps_add(steps, "permission");
    defs_text(dispatch->defs, node, "hook", clause->names.at[0].text);
    defs_text(dispatch->defs, node, "rule", spell_upper(dispatch->arena, rule));
    defs_text(dispatch->defs, node, "domain", domain ? domain->name : "");
    plan_failure(steps, node, extend_refusal(&dispatch->view, steps->work->op, clause), "EPERM");
    if ( extend_refuses(steps->work->op, clause) )
        defs_text(dispatch->defs, node, "cause", cause_text(CAUSE_arch));
}

/* The element's size in the caller's layout decides what is reached. */
static void plan_range(struct steps *steps, struct node_list *terms, const char *path)
{
    struct work *work = steps->work;
    struct dispatch *dispatch = work->dispatch;
    struct list_fields lists = work_lists(work);

    LIST_EACH(list, &lists)
    {
        struct condition_scope scope = { work, dispatch, work->hypercall, list->scope };
        node_t node;
        struct node_list count = { 0 };

        if ( strcmp(list->path, path) )
            continue;
        node = defs_node(dispatch->defs, "range");
        defs_text(dispatch->defs, node, "handle",
                  arena_format(dispatch->arena, "%s%s", work->access, path));
        *LIST_ADD(dispatch->arena, &count) = plan_count(&scope, list->type->length);
        defs_list(dispatch->defs, node, "count", &count);
        defs_text(dispatch->defs, node, "may_be_null", list->type->may_be_null ? "1" : "");
        defs_text(dispatch->defs, node, "rest", work_counts(work, list) ? "1" : "");
        defs_text(dispatch->defs, node, "compat", dispatch->is_compat ? "1" : "");
        defs_text(dispatch->defs, node, "bytes",
                  plan_is_bytes(dispatch, list->type) ? base_type_c_name(BASE_char) : "");
        if ( dispatch->is_compat )
            plan_element(dispatch, node, list->type);
        *LIST_ADD(dispatch->arena, terms) = node;
    }
}

static void plan_handles(struct steps *steps, const struct clause *clause)
{
    struct dispatch *dispatch = steps->work->dispatch;
    const struct parameter_value *handle = dispatch_handle(steps->work->hypercall);
    struct node_list terms = { 0 };
    node_t node;

    read_structure(steps);
    LIST_EACH(name, &clause->names)
        if ( !handle || strcmp(name->text, handle->name) )
            plan_range(steps, &terms, name->text);
    if ( !terms.count )
        return;
    check_at_end(steps);
    for ( size_t i = 0; terms.count > 1 && i < terms.count; i++ )
        defs_text(dispatch->defs, terms.at[i], "among", "1");
    /* What a descriptor describes is found out by using it. */
    if ( strcmp(dispatch->arch->pointers, "virtual") )
        return;
    node = steps_add(steps, "ranges");
    defs_list(dispatch->defs, node, "terms", &terms);
    plan_failure(steps, node, otherwise(clause), "EFAULT");
}

void plan_arm_checks(struct steps *steps)
{
    if ( steps->scope == &steps->work->scope || steps->is_checked )
        return;
    steps->is_checked = true;
    plan_checks(steps);
}

void plan_clause(struct steps *steps, const struct clause *clause)
{
    struct condition_scope scope = scope_of(steps);

    switch ( clause->kind )
    {
    case CLAUSE_require:
        plan_arm_checks(steps);
        if ( needs_field(steps, clause->condition) )
            read_structure(steps);
        plan_fail_where(steps, plan_condition(&scope, clause->condition, true),
                   otherwise(clause), "EINVAL");
        break;
    case CLAUSE_only:
        if ( otherwise(clause) && !strcmp(otherwise(clause), "ENOSYS") )
            break;                      /* for others the number does not exist */
        read_structure(steps);
        plan_fail_where(steps, plan_any(&scope, &clause->names, true), otherwise(clause), "EPERM");
        break;
    case CLAUSE_domain:  plan_domain(steps, clause); break;
    case CLAUSE_xsm:     plan_xsm(steps, clause); break;
    case CLAUSE_handles: plan_handles(steps, clause); break;
    default: break;
    }
}

void plan_list(struct steps *steps, const struct clause_list *clauses, size_t from)
{
    steps->clauses = clauses;
    for ( steps->next = from; steps->next < clauses->count; )
        plan_clause(steps, &clauses->at[steps->next++]);
    if ( steps->work->structure )
        read_structure(steps);
    check_at_end(steps);
}

void plan_clauses(struct steps *steps)
{
    plan_list(steps, &steps->work->op->clauses, 0);
    plan_arms(steps);
}
