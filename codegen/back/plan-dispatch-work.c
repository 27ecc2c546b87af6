/* SPDX-License-Identifier: MIT */
/*
 * One op, understood: what it works on, what it returns, where it may be
 * interrupted, whom it looks up.
 */
#include <string.h>

#include "../model/words.h"
#include "plan-dispatch.h"

/* ---- names --------------------------------------------------------------------- */

const char *dispatch_flat(struct dispatch *dispatch, const char *path)
{
    char *flat = arena_copy(dispatch->arena, path, strcspn(path, "["));

    for ( char *at = flat; *at; at++ )
        if ( *at == '.' )
            *at = '_';
    return flat;
}

const char *dispatch_stem(struct dispatch *dispatch, const struct hypercall *hypercall)
{
    const char *name = hypercall->decl->name;

    return text_ends(name, "_op") ? arena_copy(dispatch->arena, name, strlen(name) - 3) : name;
}

const char *work_handler(const struct work *work)
{
    return arena_format(work->dispatch->arena, "hv_%s_%s",
                        dispatch_stem(work->dispatch, work->hypercall), work->decl->name);
}

const char *work_ahead(const struct work *work)
{
    return arena_format(work->dispatch->arena, "%s_ahead", work_handler(work));
}

const char *work_function(const struct work *work)
{
    struct dispatch *dispatch = work->dispatch;

    return arena_format(dispatch->arena, "%s_%s_%s", dispatch->is_compat ? "compat" : "hd",
                        dispatch_stem(dispatch, work->hypercall), work->decl->name);
}

/* ---- the hypercall --------------------------------------------------------------- */

const struct parameter_value *dispatch_handle(const struct hypercall *hypercall)
{
    LIST_EACH(parameter, &hypercall->parameters)
        if ( parameter->type->kind == TYPE_HANDLE &&
             parameter->type->element->kind == TYPE_OP )
            return parameter;
    return NULL;
}

const struct parameter_value *dispatch_count(const struct hypercall *hypercall)
{
    const struct parameter_value *handle = dispatch_handle(hypercall);

    if ( handle && handle->type->length )
        LIST_EACH(parameter, &hypercall->parameters)
            if ( !strcmp(parameter->name, handle->type->length->text) )
                return parameter;
    return NULL;
}

/* ---- whether it is there ----------------------------------------------------------- */

bool work_is_here(struct dispatch *dispatch, const struct decl *decl)
{
    struct condition_scope scope = { .dispatch = dispatch, .hypercall = decl->op->hypercall };

    if ( decl->is_removed || !view_has(&dispatch->view, decl) )
        return false;
    LIST_EACH(clause, &decl->op->clauses)
        if ( clause->kind == CLAUSE_only &&
             plan_any(&scope, &clause->names, false).is == TRUTH_NO )
            return false;
    return true;
}

/* All families have it, whatever callers they have. */
bool work_is_everywhere(struct dispatch *dispatch, const struct decl *decl)
{
    const struct flavour *flavour = dispatch->header.flavour;

    for ( size_t i = 0; i < flavour->families.count; i++ )
    {
        struct arch_list arches = stub_arches(dispatch->header.back, flavour->families.at[i]);
        struct dispatch other = *dispatch;

        if ( !arches.count )
            continue;
        other.arch = arches.at[0];
        other.view = view_latest(other.arch);
        if ( !work_is_here(&other, decl) )
            return false;
    }
    return true;
}

/* ---- directions --------------------------------------------------------------------- */

/* What the lines of the op say; else what was declared. */
enum direction work_direction(const struct work *work, const char *path,
                              enum direction declared, const struct reference_list **when)
{
    enum direction direction = DIRECTION_NONE;

    LIST_EACH(line, &work->op->refinements)
        if ( !strcmp(line->refines.text, path) )
        {
            direction |= line->direction;
            if ( line->direction & DIRECTION_OUT && line->when.count )
                *when = &line->when;
        }
    return direction ? direction : declared;
}

static void find_lists(struct work *work, struct list_fields *list, const struct scope *scope,
                       enum direction around)
{
    struct dispatch *dispatch = work->dispatch;

    LIST_EACH(member, &scope->aggregate->members)
    {
        const struct aggregate *inner = member->type ? model_type_aggregate(member->type) : NULL;
        enum direction direction = !member->direction ? around
                                   : around ? around & member->direction : member->direction;
        const struct reference_list *when = NULL;
        const char *path;

        if ( !member->name || !member->type ||
             !view_holds(&dispatch->view, &member->conditions) )
            continue;
        path = arena_format(dispatch->arena, "%s%s", scope->prefix, member->name);
        if ( member->when.count && !scope->aggregate->is_union )
            when = &member->when;
        direction = work_direction(work, path, direction, &when);
        if ( dispatch_is_handle(member->type) )
            *LIST_ADD(dispatch->arena, list) =
                (struct list_field){ member, dispatch_plain(member->type), path, direction,
                                     when, scope };
        else if ( inner )
        {
            struct scope *inside = arena_alloc(dispatch->arena, sizeof(*inside));

            *inside = (struct scope){ inner, arena_format(dispatch->arena, "%s.", path), scope };
            find_lists(work, list, inside, direction);
        }
    }
}

struct list_fields work_lists(struct work *work)
{
    struct list_fields list = { 0 };

    if ( work->structure )
        find_lists(work, &list, &work->scope, DIRECTION_NONE);
    return list;
}

bool work_reads(const struct work *work)
{
    LIST_EACH(member, &work->structure->members)
    {
        const struct reference_list *when = NULL;

        if ( member->name && member->type &&
             (dispatch_is_handle(member->type) ||
              work_direction(work, member->name, member->direction, &when) != DIRECTION_OUT) )
            return true;
    }
    return false;
}

/* ---- what it looks up, and its arms -------------------------------------------------- */

bool work_has_domain(const struct work *work, const char *path, const char **name)
{
    LIST_EACH(domain, &work->domains)
        if ( !strcmp(domain->path, path) )
        {
            *name = domain->name;
            return true;
        }
    return false;
}

static void find_domains(struct work *work, const struct clause_list *clauses,
                         const struct aggregate *arm, const struct scope *scope)
{
    struct dispatch *dispatch = work->dispatch;

    LIST_EACH(clause, clauses)
        if ( clause->kind == CLAUSE_domain )
        {
            const char *name = clause->names.at[0].text;
            struct named named = dispatch_find(dispatch, scope, work->hypercall, work->op, name);

            *LIST_ADD(dispatch->arena, &work->domains) = (struct looked_up){
                clause, named.path, work->structure ? dispatch_flat(dispatch, name) : "d", arm };
        }
}

static void find_arms(struct work *work)
{
    struct dispatch *dispatch = work->dispatch;

    LIST_EACH(member, &work->structure->members)
    {
        const struct aggregate *parts = member->type ? model_type_aggregate(member->type) : NULL;

        if ( !member->name || !parts || !parts->is_union || !parts->by.count )
            continue;
        LIST_EACH(part, &parts->members)
        {
            const struct aggregate *inner = part->type ? model_type_aggregate(part->type) : NULL;
            struct scope *scope;

            if ( !inner || inner->is_union || !inner->clauses.count )
                continue;
            scope = arena_alloc(dispatch->arena, sizeof(*scope));
            *scope = (struct scope){ inner, arena_format(dispatch->arena, "%s.%s.", member->name,
                                                         part->name), &work->scope };
            *LIST_ADD(dispatch->arena, &work->arms) = (struct arm){
                inner, part, scope,
                dispatch_member(dispatch, work->structure, parts->by.at[0].text) };
            find_domains(work, &inner->clauses, inner, scope);
        }
    }
}

/* ---- how it goes on -------------------------------------------------------------------- */

static const struct resume_step *first_step(const struct resume_list *list)
{
    return list->count ? &list->at[0] : NULL;
}

static bool is_place(const struct resume_step *step)
{
    return step->target->kind == EXPRESSION_BITS &&
           !strcmp(step->target->left->text, OP_ARGUMENT);
}

static void find_place(struct work *work, const struct clause_list *clauses,
                       const struct scope *scope)
{
    LIST_EACH(clause, clauses)
        if ( clause->kind == CLAUSE_preempt && (clause->by || clause->resume.count) )
        {
            work->preempt = clause;
            work->preempt_scope = scope;
            work->step = first_step(&clause->resume);
        }
    if ( !work->preempt || work->place )
        return;
    LIST_EACH(clause, &work->hypercall->clauses)
        if ( clause->kind == CLAUSE_resume && !work->step && !work->is_batch )
            work->step = first_step(&clause->resume);
    if ( work->step )
        work->place = is_place(work->step) ? PLACE_CMD : PLACE_FIELD;
}

/* ---- all of it --------------------------------------------------------------------------- */

static void read_quirk(struct work *work, const char *name)
{
    work->writes_whole |= !strcmp(name, "whole_copyback");
    work->writes_on_error |= !strcmp(name, "error_copyback");
    work->is_count_ignored |= !strcmp(name, "count_ignored");
}

static void read_clauses(struct work *work)
{
    LIST_EACH(clause, &work->op->clauses)
        switch ( clause->kind )
        {
        case CLAUSE_single: work->is_single = true; break;
        case CLAUSE_stub:   work->stub = clause; break;
        case CLAUSE_narrow: work->narrow = clause; break;
        case CLAUSE_ahead:  work->ahead = (unsigned int)clause->ahead; break;
        case CLAUSE_legacy: read_quirk(work, clause->names.at[0].text); break;
        case CLAUSE_preempt:
            if ( work->is_batch && !clause->by && !clause->resume.count )
                work->preempt = clause;
            break;
        default: break;
        }
}

static void find_status(struct work *work)
{
    LIST_EACH(member, &work->structure->members)
        if ( member->name && member->type && member->type->kind == TYPE_NAMED &&
             member->type->name.decl && member->type->name.decl->kind == DECL_status )
        {
            work->status = member;
            work->statuses = member->type->name.decl->set;
        }
}

struct work *work_new(struct dispatch *dispatch, const struct decl *decl)
{
    struct work *work = arena_alloc(dispatch->arena, sizeof(*work));
    const struct op *op = decl->op;

    *work = (struct work){ .dispatch = dispatch, .decl = decl, .op = op,
                           .hypercall = op->hypercall, .structure = model_op_structure(op),
                           .is_strict = !decl->is_legacy };
    work->scope = (struct scope){ work->structure, "", NULL };
    work->is_batch = work->structure && dispatch_count(op->hypercall);
    work->access = work->is_batch ? "op->" : "op.";
    work->returns = !op->result ? RETURNS_ERRNO
                    : op->result->kind == TYPE_COUNT ? RETURNS_COUNT : RETURNS_VALUE;
    read_clauses(work);
    find_domains(work, &op->clauses, NULL, &work->scope);
    find_place(work, &op->clauses, &work->scope);
    if ( !work->structure )
        return work;
    find_status(work);
    find_arms(work);
    LIST_EACH(arm, &work->arms)
        find_place(work, &arm->aggregate->clauses, arm->scope);
    return work;
}

bool work_is_shared(const struct work *work)
{
    return work->is_batch && work->dispatch->compat &&
           compat_is_equal(work->dispatch->compat, work->structure);
}

/* The field that an expression names, as seen from a scope; NULL: none. */
static const char *path_of(struct work *work, const struct scope *scope,
                           const struct expression *expression)
{
    if ( !expression || expression->kind != EXPRESSION_NAME )
        return NULL;
    return dispatch_find(work->dispatch, scope, work->hypercall, work->op,
                         expression->text).path;
}

bool work_counts(struct work *work, const struct list_field *list)
{
    const char *by = work->preempt && work->place
                     ? path_of(work, work->preempt_scope, work->preempt->by) : NULL;
    const char *count = path_of(work, list->scope, list->type->length);

    return by && count && !strcmp(by, count);
}

/* ---- what the op leaves to nobody ------------------------------------------------------ */

static bool is_about_place(const struct expression *expression)
{
    if ( expression->kind == EXPRESSION_BINARY )
        return is_about_place(expression->left) || is_about_place(expression->right);
    return expression->kind == EXPRESSION_BITS &&
           !strcmp(expression->left->text, OP_ARGUMENT);
}

bool work_takes_place(const struct work *work)
{
    LIST_EACH(clause, &work->op->clauses)
        if ( clause->kind == CLAUSE_require && is_about_place(clause->condition) )
            return true;
    return work->place == PLACE_CMD;
}

static bool asks(const struct work *work, const struct clause *clause)
{
    switch ( clause->kind )
    {
    case CLAUSE_require: case CLAUSE_domain:
        return true;
    case CLAUSE_only:
        return !clause->otherwise.text || strcmp(clause->otherwise.text, "ENOSYS");
    case CLAUSE_xsm:
        return clause->arguments.count &&
               (work->domains.count || !strcmp(clause->arguments.at[0].text, "priv"));
    default:
        return false;
    }
}

bool work_is_plain(const struct work *work)
{
    bool is_plain = !work->structure;

    LIST_EACH(clause, &work->op->clauses)
        is_plain &= !asks(work, clause);
    /* What was required of others only, is not. */
    return is_plain;
}
