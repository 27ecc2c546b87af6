/* SPDX-License-Identifier: MIT */
/* Who may call, about whom: 'xsm' and 'domain', and what nobody can reach. */
#include <string.h>

#include "checks.h"

static bool names_none(const struct clause *clause)
{
    return !strcmp(clause->names.at[0].text, "none");
}

/* ---- [no-permission] ----------------------------------------------------- */

static bool scope_has(const struct scope *scope, enum clause_kind kind)
{
    LIST_EACH(clause, scope->clauses)
        if ( clause->kind == kind )
            return true;
    return false;
}

void check_has_permission(struct checker *checker, const struct callable *call)
{
    /* An extension can come and go with its condition: it does not count. */
    if ( call->has_ops || scope_has(&call->scopes.at[0], CLAUSE_xsm) )
        return;
    check_error(checker, call->decl->where, "%s '%s' has no xsm clause", call_kind(call),
                call->decl->name);
    check_help(checker, call->decl->where,
               "write 'xsm HOOK(DEFAULT);', or 'xsm none \"why\";'");
}

void check_xsm_form(struct checker *checker, const struct scope *scope,
                    const struct clause *clause)
{
    if ( clause->kind != CLAUSE_xsm || scope->extension )
        return;
    if ( names_none(clause) && !clause->text )
    {
        check_error(checker, clause->where, "'xsm none' does not say why");
        check_help(checker, clause->where, "write 'xsm none \"why\";'");
    }
    else if ( !names_none(clause) && !clause->arguments.count )
    {
        check_error(checker, clause->names.at[0].where, "hook '%s' has no default",
                    clause->names.at[0].text);
        check_help(checker, clause->names.at[0].where, "write 'xsm %s(DEFAULT);' with %s",
                   clause->names.at[0].text, word_all(checker->arena, WORD_XSM_DEFAULT));
    }
}

/* ---- [permission] -------------------------------------------------------- */

static bool path_is(const char *path, const char *name)
{
    size_t length = strcspn(path, "[");

    return !strncmp(path, name, length) && !name[length];
}

/* A domain clause of the scope, or of the hypercall, about this path; any: NULL. */
static bool looked_up(const struct scope *scope, const struct clause *until,
                      const char *path)
{
    const struct clause_list *lists[] = {
        scope->clauses,
        scope != scope->call->scopes.at ? scope->call->scopes.at[0].clauses : NULL,
        scope->call->op ? &scope->call->hypercall->clauses : NULL,
    };

    for ( size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++ )
        for ( size_t j = 0; lists[i] && j < lists[i]->count; j++ )
        {
            const struct clause *clause = &lists[i]->at[j];

            if ( clause == until )
                break;
            if ( clause->kind == CLAUSE_domain &&
                 (!path || path_is(clause->names.at[0].text, path)) )
                return true;
        }
    return false;
}

void check_permission(struct checker *checker, const struct scope *scope,
                      const struct clause *clause)
{
    const struct callable *call = scope->call;
    int xsm_default;

    if ( clause->kind != CLAUSE_xsm || !clause->arguments.count || scope->extension )
        return;
    if ( clause->arguments.count > 1 )
    {
        const struct reference *path = &clause->arguments.at[1];

        if ( path_find(checker, scope, path->text).kind == NAMED_FIELD &&
             !looked_up(scope, clause, path->text) )
        {
            check_error(checker, path->where,
                        "the hook is about '%s', and no 'domain' above looks it up",
                        path->text);
            check_help(checker, path->where, "add above: domain %s: KIND else ERR;",
                       path->text);
        }
        return;
    }
    xsm_default = word_find(WORD_XSM_DEFAULT, clause->arguments.at[0].text);
    if ( xsm_default < 0 || !xsm_default_needs_domain(xsm_default) ||
         call->decl->is_legacy || looked_up(scope, clause, NULL) )
        return;
    check_error(checker, clause->arguments.at[0].where,
                "'%s' is about a domain, and no 'domain' above looks one up",
                clause->arguments.at[0].text);
    check_help(checker, clause->arguments.at[0].where,
               "add above: domain FIELD: KIND else ERR;");
}

/* ---- [domain] ------------------------------------------------------------ */

void check_domain(struct checker *checker, const struct scope *scope,
                  const struct clause *clause)
{
    const struct reference *path, *kind;
    struct named named;

    if ( clause->kind != CLAUSE_domain )
        return;
    path = &clause->names.at[0];
    named = path_find(checker, scope, path->text);
    if ( named.kind == NAMED_FIELD && !named.has_bits && !type_is_domain(named.field->type) )
    {
        check_error(checker, path->where, "'%s' is no " DOMAIN_TYPE ", and numbers no domain",
                    path->text);
        check_note(checker, named.field->where, "'%s' is here", named.field->name);
    }
    else if ( named.kind == NAMED_FIELD && named.field->direction == DIRECTION_OUT )
    {
        diag_error(checker->diag, CHECK_direction, path->where,
                   "the domain is looked up before the op runs, and '%s' is out", path->text);
        check_note(checker, named.field->where, "'%s' is here", named.field->name);
    }
    else if ( named.kind != NAMED_FIELD && named.kind != NAMED_NOTHING )
        check_error(checker, path->where, "'%s' is no field", path->text);
    if ( !clause->arguments.count )
        return;
    kind = &clause->arguments.at[0];
    if ( word_find(WORD_DOMAIN_KIND, kind->text) < 0 )
    {
        const char *near = word_nearest(WORD_DOMAIN_KIND, kind->text);

        check_error(checker, kind->where,
                    near ? "no domain is looked up as '%s'; did you mean '%s'?"
                         : "no domain is looked up as '%s'", kind->text, near);
        check_help(checker, kind->where, "a kind is %s",
                   word_all(checker->arena, WORD_DOMAIN_KIND));
    }
}

static bool hypercall_looks_up(const struct callable *call, const struct field *field)
{
    LIST_EACH(clause, &call->hypercall->clauses)
        if ( clause->kind == CLAUSE_domain &&
             path_is(clause->names.at[0].text, field->path) )
            return true;
    return false;
}

static bool some_scope_looks_up(const struct callable *call, const struct field *field)
{
    LIST_EACH(scope, &call->scopes)
        LIST_EACH(clause, scope->clauses)
        {
            const char *path = clause->names.count ? clause->names.at[0].text : "";

            if ( clause->kind != CLAUSE_domain )
                continue;
            if ( scope->arm && text_starts(field->path, scope->arm->path) &&
                 field->path[strlen(scope->arm->path)] == '.' &&
                 path_is(path, field->path + strlen(scope->arm->path) + 1) )
                return true;
            if ( path_is(path, field->path) )
                return true;
        }
    return false;
}

/* Strict: whoever takes a domain's number looks the domain up. */
void check_domains_looked_up(struct checker *checker, const struct callable *call)
{
    if ( call->decl->is_legacy || call->has_ops || call_clause(call, CLAUSE_stub) )
        return;
    for ( size_t i = 0; i < call->fields.count; i++ )
    {
        const struct field *field = call->fields.at[i];

        if ( !type_is_domain(field->type) || field->behind_handle ||
             field->direction == DIRECTION_OUT ||
             field->type->kind == TYPE_RESERVED ||
             some_scope_looks_up(call, field) ||
             (!field->member && hypercall_looks_up(call, field)) )
            continue;
        check_error(checker, field->where, "'%s' takes a domain's number in '%s', and looks "
                    "no domain up", call->decl->name, field->path);
        check_help(checker, field->where, "add to %s '%s': domain %s: KIND else ERR;",
                   call_kind(call), call->decl->name, field->path);
    }
}

/* ---- [unreachable] ------------------------------------------------------- */

/* What stays true of a stub: nobody is asked, and known faults. */
static bool is_statement(const struct clause *clause)
{
    return (clause->kind == CLAUSE_xsm && names_none(clause)) ||
           clause->kind == CLAUSE_legacy;
}

void check_behind_stub(struct checker *checker, const struct callable *call)
{
    const struct clause *stub = NULL;
    bool is_stub = call_clause(call, CLAUSE_stub) != NULL;

    LIST_EACH(clause, call->scopes.at[0].clauses)
    {
        if ( clause->kind == CLAUSE_stub )
            stub = stub ? stub : clause;
        else if ( clause->kind == CLAUSE_error && is_stub )
        {
            check_error(checker, clause->where, "a stub has no code that could answer %s",
                        clause->names.at[0].text);
            check_note(checker, call_clause(call, CLAUSE_stub)->where, "the stub is here");
        }
        else if ( stub && !is_statement(clause) )
        {
            check_error(checker, clause->where, "nothing gets past the stub to this '%s'",
                        clause_text(clause->kind));
            check_note(checker, stub->where, "the stub is here");
        }
    }
}

/* One way to be a caller: properties that hold together. */
struct way { int at[4]; size_t count; };

static struct way way_of(struct checker *checker, const char *path)
{
    struct way way = { .count = 0 };

    while ( path && way.count < sizeof(way.at) / sizeof(way.at[0]) )
    {
        size_t length = strcspn(path, ".");
        int property = word_find(WORD_PROPERTY,
                                 arena_copy(checker->arena, path, length));

        if ( property >= 0 )
            way.at[way.count++] = property;
        path = path[length] ? path + length + 1 : NULL;
    }
    return way;
}

static bool ways_exclude(const struct way *a, const struct way *b)
{
    for ( size_t i = 0; i < a->count; i++ )
        for ( size_t j = 0; j < b->count; j++ )
            if ( properties_exclude(a->at[i], b->at[j]) )
                return true;
    return false;
}

/* True if some caller of the one is also one of the other. */
static bool callers_meet(struct checker *checker, const struct reference_list *a,
                         const struct reference_list *b)
{
    LIST_EACH(x, a)
        LIST_EACH(y, b)
        {
            struct way one = way_of(checker, x->text), other = way_of(checker, y->text);

            if ( !ways_exclude(&one, &one) && !ways_exclude(&other, &other) &&
                 !ways_exclude(&one, &other) )
                return true;
        }
    return false;
}

static void check_only(struct checker *checker, const struct clause *only,
                       const struct reference_list *others, struct span where)
{
    if ( !check_first_at(checker, only->where) )
        return;
    check_error(checker, only->where, "no caller is left");
    if ( others )
        check_note(checker, where, "the others are excluded here");
}

/* 'interface x for ia64': callers are of ia64. */
static bool architecture_fits(struct checker *checker, const struct interface *interface,
                              const struct clause *only)
{
    LIST_EACH(condition, &interface->conditions)
        if ( condition->kind == CONDITION_FOR &&
             !callers_meet(checker, &only->names, &condition->names) )
            return false;
    return true;
}

void check_callers(struct checker *checker, const struct callable *call)
{
    const struct clause *seen[8];
    size_t count = 0;
    const struct clause_list *lists[] = {
        call->op ? &call->hypercall->clauses : NULL, call->scopes.at[0].clauses,
    };

    for ( size_t i = 0; i < 2; i++ )
        for ( size_t j = 0; lists[i] && j < lists[i]->count; j++ )
        {
            const struct clause *only = &lists[i]->at[j];

            if ( only->kind != CLAUSE_only )
                continue;
            if ( !callers_meet(checker, &only->names, &only->names) )
                check_only(checker, only, NULL, only->where);
            else if ( !architecture_fits(checker, call->decl->interface, only) )
                check_only(checker, only, &only->names, call->decl->interface->where);
            for ( size_t k = 0; k < count; k++ )
                if ( !callers_meet(checker, &only->names, &seen[k]->names) )
                    check_only(checker, only, &only->names, seen[k]->where);
            if ( count < sizeof(seen) / sizeof(seen[0]) )
                seen[count++] = only;
        }
}
