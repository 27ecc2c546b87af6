/* SPDX-License-Identifier: MIT */
/* Prototypes of the handlers, and what is said above each. */
#include <string.h>

#include "../model/extend.h"
#include "plan-dispatch.h"

/* A line of a reason, behind its indentation in a comment. */
#define REASON_WIDTH 71

/* ---- parameters ----------------------------------------------------------------- */

static const char *handle_name(struct dispatch *dispatch, const struct type *handle)
{
    const struct decl *decl = handle->element->kind == TYPE_NAMED ? handle->element->name.decl
                                                                  : NULL;

    /* Without a handle of its own: the handler knows what it points at. */
    if ( decl && decl->aggregate && decl->form != FORM_FULL )
        return base_type_c_name(BASE_void);
    return plan_handle_name(&dispatch->header, handle->element, handle->is_const);
}

node_t plan_argument(struct dispatch *dispatch, struct node_list *list, const char *kind,
                     const struct type *type, const char *name)
{
    node_t node = defs_node(dispatch->defs, kind);

    if ( type && type->kind == TYPE_HANDLE )
        defs_text(dispatch->defs, node, "handle", handle_name(dispatch, type));
    else if ( type )
        plan_type(&dispatch->header, node, type);
    defs_text(dispatch->defs, node, "name", name);
    *LIST_ADD(dispatch->arena, list) = node;
    return node;
}

static bool is_named_before(const struct work *work, const struct looked_up *domain)
{
    for ( const struct looked_up *at = work->domains.at; at != domain; at++ )
        if ( !strcmp(at->name, domain->name) )
            return true;
    return false;
}

static void plan_parameters(struct dispatch *dispatch, node_t node, const struct work *work)
{
    struct node_list list = { 0 };

    if ( work->structure )
        defs_text(dispatch->defs, plan_argument(dispatch, &list, "structure", NULL, "op"),
                  "tag", work->structure->tag);
    LIST_EACH(parameter, &work->op->parameters)
        if ( parameter->type )
            plan_argument(dispatch, &list, "parameter", parameter->type, parameter->name);
    LIST_EACH(domain, &work->domains)
        if ( !is_named_before(work, domain) )
            plan_argument(dispatch, &list, "domain", NULL, domain->name);
    defs_list(dispatch->defs, node, "parameters", &list);
}

/* ---- what is said above ------------------------------------------------------------ */

/* The first line of a reason stands out. */
static void plan_reason(struct dispatch *dispatch, node_t node, const char *text)
{
    struct text_list lines = spell_wrap(dispatch->arena, text, REASON_WIDTH);
    struct node_list rest = { 0 };

    defs_text(dispatch->defs, node, "reason", lines.at[0]);
    for ( size_t i = 1; i < lines.count; i++ )
    {
        node_t line = defs_node(dispatch->defs, "line");

        defs_text(dispatch->defs, line, "text", lines.at[i]);
        *LIST_ADD(dispatch->arena, &rest) = line;
    }
    defs_list(dispatch->defs, node, "rest", &rest);
}

/* What it may answer by itself, each with its reason. */
static void plan_answers(struct dispatch *dispatch, node_t node, const struct work *work)
{
    struct node_list list = { 0 };
    struct clause_list all = { 0 };

    LIST_EACH(clause, &work->op->clauses)
        *LIST_ADD(dispatch->arena, &all) = *clause;
    LIST_EACH(arm, &work->arms)
        LIST_EACH(clause, &arm->aggregate->clauses)
            *LIST_ADD(dispatch->arena, &all) = *clause;
    LIST_EACH(clause, &all)
        if ( clause->kind == CLAUSE_error )
        {
            node_t answer = defs_node(dispatch->defs, "answer");
            const char *name = clause->names.at[0].text;
            const struct constant *status = set_find(work->statuses, name);

            if ( status )
                name = model_constant_name(dispatch->arena, work->statuses, status);
            plan_reason(dispatch, answer, arena_format(dispatch->arena, "%s%s: %s",
                                                       status ? "" : "-", name, clause->text));
            *LIST_ADD(dispatch->arena, &list) = answer;
        }
    defs_list(dispatch->defs, node, "answers", &list);
}

/* Which domains it is handed. */
static void plan_domains(struct dispatch *dispatch, node_t node, const struct work *work)
{
    struct node_list list = { 0 };

    LIST_EACH(domain, &work->domains)
        if ( !is_named_before(work, domain) )
        {
            node_t one = defs_node(dispatch->defs, arena_format(dispatch->arena, "about_%s",
                                   domain->clause->arguments.at[0].text));

            defs_text(dispatch->defs, one, "name", domain->name);
            defs_text(dispatch->defs, one, "some", domain->arm ? "1" : "");
            *LIST_ADD(dispatch->arena, &list) = one;
        }
    defs_list(dispatch->defs, node, "domains", &list);
}

/* An xsm that nobody else can ask: whom it is about the handler alone knows. */
static void plan_own_permission(struct dispatch *dispatch, node_t node, const struct work *work)
{
    LIST_EACH(clause, &work->op->clauses)
        if ( clause->kind == CLAUSE_xsm && !clause->text && clause->arguments.count == 1 &&
             !work->domains.count && strcmp(clause->arguments.at[0].text, "priv") )
        {
            const char *name = extend_refusal(&dispatch->view, work->op, clause);
            const struct constant *status = set_find(work->statuses, name);

            defs_text(dispatch->defs, node, "hook", clause->names.at[0].text);
            defs_text(dispatch->defs, node, "denied", !name ? "EPERM"
                      : status ? model_constant_name(dispatch->arena, work->statuses, status)
                               : name);
            defs_text(dispatch->defs, node, "hook_cause",
                      extend_refuses(work->op, clause) ? cause_text(CAUSE_arch) : "");
        }
}

static const char *how_it_ends(const struct work *work)
{
    if ( work->preempt && work->preempt->by )
        return work->returns == RETURNS_COUNT ? "counts_steps"
               : work->status ? "steps_with_status" : "steps";
    return work->returns == RETURNS_VALUE ? "value" : work->status ? "status" : "errno";
}

/* What it is told beforehand, below it. */
static void plan_ahead(struct dispatch *dispatch, struct node_list *items,
                       const struct work *work)
{
    node_t node;

    if ( !work->ahead )
        return;
    node = defs_node(dispatch->defs, "ahead");
    defs_text(dispatch->defs, node, "name", work_ahead(work));
    defs_text(dispatch->defs, node, "tag", work->structure->tag);
    plan_cause(dispatch, node, work->decl);
    *LIST_ADD(dispatch->arena, items) = node;
}

void plan_handler(struct dispatch *dispatch, struct node_list *items, struct work *work)
{
    node_t node = defs_node(dispatch->defs, "handler");

    header_doc(&dispatch->header, node, "doc", spell_own_words(dispatch->arena, work->decl->doc));
    plan_answers(dispatch, node, work);
    plan_domains(dispatch, node, work);
    plan_own_permission(dispatch, node, work);
    defs_text(dispatch->defs, node, "ends", how_it_ends(work));
    defs_text(dispatch->defs, node, "name", work_handler(work));
    defs_text(dispatch->defs, node, "type",
              base_type_c_name(work->is_batch ? BASE_int : BASE_long));
    plan_parameters(dispatch, node, work);
    plan_cause(dispatch, node, work->decl);
    *LIST_ADD(dispatch->arena, items) = node;
    plan_ahead(dispatch, items, work);
}

void plan_end(struct dispatch *dispatch, struct node_list *items,
              const struct hypercall *hypercall)
{
    node_t node = defs_node(dispatch->defs, "end");

    defs_text(dispatch->defs, node, "name",
              arena_format(dispatch->arena, "hv_%s_op_end", dispatch_stem(dispatch, hypercall)));
    *LIST_ADD(dispatch->arena, items) = node;
}
