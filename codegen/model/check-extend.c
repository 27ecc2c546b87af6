/* SPDX-License-Identifier: MIT */
/*
 * [permission] in an extension: 'xsm' says there with which error one of the
 * op's own is refused, and can say nothing else.
 */
#include <string.h>

#include "checks.h"
#include "extend.h"

static const char *permission_text(struct arena *arena, const struct clause *xsm)
{
    struct text text = { .arena = arena };

    text_add(&text, xsm->names.at[0].text);
    LIST_EACH(argument, &xsm->arguments)
        text_format(&text, "%s%s", argument == xsm->arguments.at ? "(" : ", ", argument->text);
    text_add(&text, xsm->arguments.count ? ")" : "");
    return text_string(&text);
}

/* ---- which permission ---------------------------------------------------- */

/* What names nothing has had its error. */
static bool is_known(struct checker *checker, const struct scope *scope,
                     const struct clause *xsm)
{
    const struct reference_list *arguments = &xsm->arguments;

    return (arguments->count < 1 || word_find(WORD_XSM_DEFAULT, arguments->at[0].text) >= 0) &&
           (arguments->count < 2 ||
            path_find(checker, scope, arguments->at[1].text).kind != NAMED_NOTHING);
}

/* The one that it repeats; else one of the same hook, of a hook like it, or any. */
static const struct clause *own_permission(struct checker *checker,
                                           const struct callable *call,
                                           const struct clause *xsm)
{
    const char *hook = xsm->names.at[0].text, *near;
    const struct clause *nearest = NULL;
    struct text_list hooks = { 0 };

    LIST_EACH(own, call->scopes.at[0].clauses)
        if ( own->kind == CLAUSE_xsm && own->arguments.count )
        {
            if ( extend_asks_same(own, xsm) )
                return own;
            *LIST_ADD(checker->arena, &hooks) = own->names.at[0].text;
        }
    near = text_nearest(hook, hooks.at, hooks.count);
    LIST_EACH(own, call->scopes.at[0].clauses)
        if ( own->kind == CLAUSE_xsm && own->arguments.count )
        {
            const char *name = own->names.at[0].text;

            if ( !strcmp(name, hook) )
                return own;
            if ( !nearest || (near && !strcmp(name, near)) )
                nearest = own;
        }
    return nearest;
}

static void say_other(struct checker *checker, const struct callable *call,
                      const struct clause *xsm, const struct clause *own)
{
    const char *name = call->decl->name, *text;

    if ( !own )
    {
        check_error(checker, xsm->where, "op '%s' asks for no permission: an extension only "
                    "says how one is refused", name);
        check_note(checker, call->decl->where, "'%s' is here", name);
        check_help(checker, call->decl->where, "what is asked stands in the op itself: "
                   "xsm HOOK(DEFAULT) else ERR;");
        return;
    }
    text = permission_text(checker->arena, own);
    check_error(checker, xsm->where, strcmp(xsm->names.at[0].text, "none")
                ? "op '%s' does not ask '%s': an extension only says how what it asks is refused"
                : "op '%s' asks something, and '%s' is nothing: an extension only says how "
                  "that is refused",
                name, permission_text(checker->arena, xsm));
    check_note(checker, own->where, "it asks '%s'", text);
    check_help(checker, xsm->where, "write 'xsm %s else %s;'", text,
               xsm->otherwise.text ? xsm->otherwise.text : "ERR");
}

/* How the op itself refuses it; one that counts, with what is done so far. */
static const char *own_error(const struct callable *call, const struct clause *own)
{
    bool counts = call->result && call->result->kind == TYPE_COUNT;

    return own->otherwise.text ? own->otherwise.text : counts ? "" : "EPERM";
}

static bool says_another(const struct callable *call, const struct clause *xsm,
                         const struct clause *own)
{
    return xsm->otherwise.text && strcmp(xsm->otherwise.text, own_error(call, own));
}

static void say_same(struct checker *checker, const struct callable *call,
                     const struct clause *xsm, const struct clause *own)
{
    const char *text = permission_text(checker->arena, own);

    if ( xsm->otherwise.text )
    {
        check_error(checker, xsm->otherwise.where, "'%s' is refused with %s anyway", text,
                    own_error(call, own));
        check_note(checker, own->where, "it is asked here");
        return;
    }
    check_error(checker, xsm->where, "this does not say with which error '%s' is refused",
                text);
    check_help(checker, xsm->where, "write 'xsm %s else ERR;'", text);
}

/* ---- where --------------------------------------------------------------- */

/* Of hypervisors, or of callers that have another's. */
static bool is_of(const struct model *model, const char *name, bool of_callers)
{
    for ( size_t i = 0; i < model->arches.count; i++ )
        if ( (model->arches.at[i]->compat_of != NULL) == of_callers &&
             arch_provides(model->arches.at[i], name) )
            return true;
    return false;
}

/* Of a flavour, or of how a hypervisor is built. */
static bool is_view(const struct model *model, const char *name)
{
    for ( size_t i = 0; i < model->flavours.count; i++ )
        if ( pair_value(&model->flavours.at[i]->views, name) )
            return true;
    return text_starts(name, "CONFIG_");
}

static void help_architecture(struct checker *checker, const struct scope *scope)
{
    check_help(checker, scope->extension->where,
               "write 'extend op %s for ARCHITECTURE { ... }', of a hypervisor",
               scope->extension->name);
}

/* What nobody knows has had its error. */
static void say_undecided(struct checker *checker, const struct scope *scope,
                          const struct reference *name)
{
    if ( is_of(checker->model, name->text, true) )
        check_error(checker, name->where, "no hypervisor is of '%s': its callers are refused "
                    "by another's", name->text);
    else if ( is_view(checker->model, name->text) )
        check_error(checker, name->where, "'%s' is no architecture, and nothing else decides "
                    "with which error a hypervisor refuses", name->text);
    else
        return;
    help_architecture(checker, scope);
}

static bool is_decided(struct checker *checker, const struct scope *scope,
                       const struct condition_list *conditions)
{
    LIST_EACH(condition, conditions)
    {
        if ( condition->kind == CONDITION_SINCE || condition->kind == CONDITION_BEFORE )
        {
            check_error(checker, condition->where, "a hypervisor has one version: its "
                        "architecture alone decides with which error it refuses");
            help_architecture(checker, scope);
            return false;
        }
        LIST_EACH(name, &condition->names)
            if ( !is_of(checker->model, name->text, false) )
            {
                say_undecided(checker, scope, name);
                return false;
            }
    }
    return true;
}

static bool is_there(const struct arch *arch, const struct scope *scope,
                     const struct clause *xsm)
{
    struct view view = view_latest(arch);

    return view_has(&view, scope->extension) && view_holds(&view, &xsm->conditions);
}

/* Some architecture, of a hypervisor or of callers alone, has it. */
static bool some_has(const struct model *model, const struct scope *scope,
                     const struct clause *xsm, bool of_callers)
{
    for ( size_t i = 0; i < model->arches.count; i++ )
        if ( (model->arches.at[i]->compat_of != NULL) == of_callers &&
             is_there(model->arches.at[i], scope, xsm) )
            return true;
    return false;
}

static bool check_where(struct checker *checker, const struct scope *scope,
                        const struct clause *xsm)
{
    const struct condition_list *around = &scope->extension->conditions;
    const struct model *model = checker->model;

    if ( !around->count && !xsm->conditions.count )
    {
        check_error(checker, xsm->where, "with which error all architectures refuse is said by "
                    "the op itself");
        help_architecture(checker, scope);
        return false;
    }
    if ( !is_decided(checker, scope, around) ||
         !is_decided(checker, scope, &xsm->conditions) )
        return false;
    if ( some_has(model, scope, xsm, false) || !some_has(model, scope, xsm, true) )
        return true;
    check_error(checker, xsm->where, "no hypervisor is left: these callers are refused by "
                "another's");
    help_architecture(checker, scope);
    return false;
}

/* ---- once ---------------------------------------------------------------- */

/* A hypervisor that has both. */
static bool meet(const struct model *model, const struct scope *a, const struct clause *x,
                 const struct scope *b, const struct clause *y)
{
    for ( size_t i = 0; i < model->arches.count; i++ )
        if ( !model->arches.at[i]->compat_of && is_there(model->arches.at[i], a, x) &&
             is_there(model->arches.at[i], b, y) )
            return true;
    return false;
}

/* What is wrong in itself says nothing. */
static const struct clause *said_before(struct checker *checker, const struct scope *scope,
                                        const struct clause *xsm, const struct clause *own)
{
    LIST_EACH(other, &scope->call->scopes)
        if ( other->extension )
            LIST_EACH(clause, other->clauses)
            {
                if ( clause == xsm )
                    return NULL;
                if ( extend_asks_same(clause, xsm) && says_another(scope->call, clause, own) &&
                     (other->extension->conditions.count || clause->conditions.count) &&
                     meet(checker->model, other, clause, scope, xsm) )
                    return clause;
            }
    return NULL;
}

void check_extension(struct checker *checker, const struct scope *scope,
                     const struct clause *clause)
{
    const struct clause *own, *before;

    if ( !scope->extension || clause->kind != CLAUSE_xsm || !is_known(checker, scope, clause) )
        return;
    own = own_permission(checker, scope->call, clause);
    if ( !own || !extend_asks_same(own, clause) )
    {
        say_other(checker, scope->call, clause, own);
        return;
    }
    if ( !says_another(scope->call, clause, own) )
    {
        say_same(checker, scope->call, clause, own);
        return;
    }
    if ( !check_where(checker, scope, clause) )
        return;
    before = said_before(checker, scope, clause, own);
    if ( !before )
        return;
    check_error(checker, clause->where, "how '%s' is refused here is said already",
                permission_text(checker->arena, own));
    check_note(checker, before->where, "here");
}
