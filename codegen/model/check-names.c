/* SPDX-License-Identifier: MIT */
/*
 * Names in clauses mean something, and what is declared inside a body or an op
 * is declared once.  (What C sees is resolve.c's matter.)
 */
#include <string.h>

#include "checks.h"

/* ---- [unknown-name] ------------------------------------------------------ */

static void say_unknown(struct checker *checker, struct span where,
                        const struct named *named)
{
    if ( !check_first_at(checker, where) )
        return;
    if ( named->near )
        check_error(checker, where, "'%s' is no %s; did you mean '%s'?", named->unknown,
                    named->kind_text, named->near);
    else
        check_error(checker, where, "'%s' is no %s", named->unknown, named->kind_text);
}

static void check_path(struct checker *checker, const struct scope *scope,
                       const struct reference *path)
{
    struct named named = path_find(checker, scope, path->text);

    if ( named.kind == NAMED_NOTHING )
        say_unknown(checker, path->where, &named);
}

static void visit_unknown(struct checker *checker, const struct scope *scope,
                          const struct expression *expression, const struct named *named)
{
    (void)scope;
    if ( named->kind == NAMED_NOTHING )
        say_unknown(checker, expression->where, named);
}

/* The status set of any op that has such a value. */
static bool is_status_of_another(struct checker *checker, const char *name)
{
    for ( size_t i = 0; i < checker->decls.count; i++ )
        if ( checker->decls.at[i]->kind == DECL_status &&
             set_find(checker->decls.at[i]->set, name) )
            return true;
    return false;
}

/* What a call may answer: an errno, or a value of its status. */
static void check_answer(struct checker *checker, const struct callable *call,
                         const struct reference *answer)
{
    struct named named = { .unknown = answer->text };

    if ( !answer->text || set_find(call->status, answer->text) ||
         word_find(WORD_ERROR, answer->text) >= 0 )
        return;
    if ( !call->status && is_status_of_another(checker, answer->text) )
        return;                 /* [error] says so */
    named.kind_text = call->status ? "errno, and no value of the op's status" : "errno";
    if ( call->status )
        named.near = set_nearest(checker, call->status, answer->text);
    if ( !named.near )
        named.near = word_nearest(WORD_ERROR, answer->text);
    say_unknown(checker, answer->where, &named);
}

static void check_properties(struct checker *checker, const struct scope *scope,
                             const struct reference_list *names)
{
    LIST_EACH(name, names)
    {
        struct named named = path_find(checker, scope, name->text);

        if ( named.kind == NAMED_PROPERTY || named.kind == NAMED_BIT )
            continue;
        if ( named.kind != NAMED_NOTHING )
            named = (struct named){ .unknown = name->text };
        named.kind_text = "property";
        named.near = word_nearest(WORD_PROPERTY, named.unknown);
        if ( !named.near )
            named.near = map_nearest(&checker->model->rights, named.unknown);
        say_unknown(checker, name->where, &named);
    }
}

static void check_steps(struct checker *checker, const struct scope *scope,
                        const struct clause *clause)
{
    LIST_EACH(step, &clause->resume)
    {
        path_each(checker, scope, step->target, visit_unknown);
        path_each(checker, scope, step->value, visit_unknown);
    }
}

static void check_xsm_names(struct checker *checker, const struct scope *scope,
                            const struct clause *clause)
{
    for ( size_t i = 0; i < clause->arguments.count; i++ )
    {
        const struct reference *name = &clause->arguments.at[i];
        struct named named = { .unknown = name->text, .kind_text = "default of a hook" };

        if ( i == 1 )
            check_path(checker, scope, name);
        else if ( i == 0 && word_find(WORD_XSM_DEFAULT, name->text) < 0 )
        {
            named.near = word_nearest(WORD_XSM_DEFAULT, name->text);
            say_unknown(checker, name->where, &named);
            check_help(checker, name->where, "a default is %s",
                       word_all(checker->arena, WORD_XSM_DEFAULT));
        }
    }
}

void check_clause_names(struct checker *checker, const struct scope *scope,
                        const struct clause *clause)
{
    check_answer(checker, scope->call, &clause->otherwise);
    switch ( clause->kind )
    {
    case CLAUSE_only:
        check_properties(checker, scope, &clause->names);
        break;
    case CLAUSE_domain:
    case CLAUSE_handles:
        LIST_EACH(name, &clause->names)
            check_path(checker, scope, name);
        break;
    case CLAUSE_xsm:
        check_xsm_names(checker, scope, clause);
        break;
    case CLAUSE_stub:
    case CLAUSE_error:
    case CLAUSE_default:
        check_answer(checker, scope->call, &clause->names.at[0]);
        break;
    default:
        path_each(checker, scope, clause->condition, visit_unknown);
        path_each(checker, scope, clause->by, visit_unknown);
        check_steps(checker, scope, clause);
        break;
    }
}

/* Who sees a member: 'when' outside of unions. */
static void check_field_names(struct checker *checker, const struct callable *call,
                              const struct field *field)
{
    struct scope scope = { call, NULL, field->around, NULL };

    if ( field->member && !(field->member->parent && field->member->parent->is_union) )
        check_properties(checker, &scope, &field->member->when);
    for ( size_t i = 0; i < field->refined.count; i++ )
        check_properties(checker, &scope, &field->refined.at[i]->when);
}

static void check_refinement(struct checker *checker, const struct callable *call,
                             const struct member *line)
{
    struct named named;

    if ( map_find(&call->paths, line->refines.text) )
        return;
    named = path_find(checker, &call->scopes.at[0], line->refines.text);
    if ( named.kind != NAMED_NOTHING )
        named = (struct named){ .unknown = line->refines.text };
    named.kind_text = "field of this op";
    say_unknown(checker, line->refines.where, &named);
}

/* 'out x;' in a structure is about one of its own members. */
void check_direction_lines(struct checker *checker, const struct body *body)
{
    LIST_EACH(line, &body->aggregate->members)
        if ( line->refines.text && !model_find_member(body->aggregate, line->refines.text) )
            check_error(checker, line->refines.where, "'%s' is no member of this structure",
                        line->refines.text);
}

/* '-> T else VALUE': an errno, or the number that is returned in its place. */
static void check_result_else(struct checker *checker, const struct callable *call)
{
    const char *text = call->op ? call->op->result_else.text : NULL;

    if ( text && !strchr("~-0123456789", *text) )
        check_answer(checker, call, &call->op->result_else);
}

void check_call_names(struct checker *checker, const struct callable *call)
{
    for ( size_t i = 0; i < call->fields.count; i++ )
        check_field_names(checker, call, call->fields.at[i]);
    check_result_else(checker, call);
    if ( !call->op )
        return;
    LIST_EACH(line, &call->op->refinements)
        check_refinement(checker, call, line);
}

/* A hypercall has its number from a macro of C. */
void check_hypercall_name(struct checker *checker, const struct decl *decl)
{
    const char *name, *near;

    if ( decl->kind != DECL_hypercall )
        return;
    name = arena_format(checker->arena, HYPERCALL_PREFIX "%s", decl->name);
    if ( map_find(&checker->model->macros, name) )
        return;
    near = map_nearest(&checker->model->macros, name);
    if ( near && text_starts(near, HYPERCALL_PREFIX) )
        check_error(checker, decl->where,
                    "no macro '%s' numbers this hypercall; did you mean '%s'?", name,
                    near + strlen(HYPERCALL_PREFIX));
    else
        check_error(checker, decl->where, "no macro '%s' numbers this hypercall", name);
    check_help(checker, decl->where, "where no set of numbers has it, write 'alias %s = "
               HYPERCALL_PREFIX "...;'", name);
}

/* ---- [duplicate] --------------------------------------------------------- */

static void say_twice(struct checker *checker, struct span where, const char *what,
                      const char *name, struct span first)
{
    check_error(checker, where, "%s '%s' is declared twice", what, name);
    check_note(checker, first, "declared before here");
}

static bool has_versions(const struct condition_list *conditions)
{
    LIST_EACH(condition, conditions)
        if ( condition->kind == CONDITION_SINCE || condition->kind == CONDITION_BEFORE )
            return true;
    return false;
}

/* Members of one name have to be there at different times: [version] for neighbours. */
static bool may_share_name(const struct member *before, const struct member *member)
{
    bool neighbours = before + 1 == member;

    return conditions_disjoint(&before->conditions, &member->conditions) ||
           (neighbours && has_versions(&before->conditions) &&
            has_versions(&member->conditions));
}

void check_fields_once(struct checker *checker, const struct body *body)
{
    struct map names = { .arena = checker->arena };
    struct map latest = { .arena = checker->arena };

    LIST_EACH(member, &body->aggregate->members)
    {
        const struct member **slot, *before;

        if ( !member->name )
            continue;
        slot = map_find(&latest, member->name);
        before = slot ? *slot : map_find(&names, member->name);
        if ( !before )
        {
            map_add(&names, member->name, member);
            continue;
        }
        if ( !may_share_name(before, member) )
            say_twice(checker, member->where, "field", member->name, before->where);
        if ( !slot )
        {
            slot = arena_alloc(checker->arena, sizeof(*slot));
            map_add(&latest, member->name, slot);
        }
        *slot = member;
    }
}

static void arguments_once(struct checker *checker,
                           const struct parameter_values *parameters)
{
    LIST_EACH(parameter, parameters)
        for ( const struct parameter_value *before = parameters->at;
              before != parameter; before++ )
            if ( !strcmp(before->name, parameter->name) )
            {
                say_twice(checker, parameter->where, "argument", parameter->name,
                          before->where);
                break;
            }
}

/* Structures within structures have tags of C too. */
void check_tags_once(struct checker *checker, const struct body *body)
{
    const struct aggregate *aggregate = body->aggregate;
    const struct body *first;
    const struct decl *decl;

    if ( !body->parent || !aggregate->tag )
        return;
    decl = map_find(&checker->model->types, aggregate->tag);
    if ( decl )
        say_twice(checker, aggregate->where, "tag", aggregate->tag, decl->where);
    if ( decl || map_add(&checker->tags, aggregate->tag, (void *)body) )
        return;
    first = map_find(&checker->tags, aggregate->tag);
    if ( !conditions_disjoint(&first->member->conditions, &body->member->conditions) )
        say_twice(checker, aggregate->where, "tag", aggregate->tag,
                  first->aggregate->where);
}

void check_arguments_once(struct checker *checker, const struct decl *decl)
{
    /* Beyond this many, [arguments] has its say. */
    enum { MOST = 100 };
    const struct parameter_values *parameters =
        decl->hypercall ? &decl->hypercall->parameters
        : decl->op ? &decl->op->parameters : NULL;

    if ( parameters && parameters->count < MOST )
        arguments_once(checker, parameters);
}

static bool stands_once(enum clause_kind kind)
{
    return kind == CLAUSE_single || kind == CLAUSE_preempt || kind == CLAUSE_ahead ||
           kind == CLAUSE_narrow || kind == CLAUSE_stub || kind == CLAUSE_default ||
           kind == CLAUSE_resume;
}

/* Of domain, handles and legacy: each name once. */
static bool names_once(enum clause_kind kind)
{
    return kind == CLAUSE_domain || kind == CLAUSE_handles || kind == CLAUSE_legacy;
}

static void clause_again(struct checker *checker, const struct clause *clause,
                         struct span where, const struct clause *first, const char *name)
{
    check_error(checker, where, name ? "'%s %s' stands here twice" : "'%s' stands here twice",
                clause_text(clause->kind), name);
    check_note(checker, first->where, "the first is here");
}

void check_clauses_once(struct checker *checker, const struct callable *call)
{
    LIST_EACH(scope, &call->scopes)
    {
        const struct clause *first[NR_CLAUSES] = { NULL };
        struct map names = { .arena = checker->arena };

        LIST_EACH(clause, scope->clauses)
        {
            if ( stands_once(clause->kind) && first[clause->kind] )
            {
                if ( check_first_at(checker, clause->where) )
                    clause_again(checker, clause, clause->where, first[clause->kind], NULL);
                continue;
            }
            first[clause->kind] = clause;
            for ( size_t i = 0; names_once(clause->kind) && i < clause->names.count; i++ )
            {
                const struct reference *name = &clause->names.at[i];
                const char *key = arena_format(checker->arena, "%d%s", clause->kind,
                                               name->text);

                if ( !map_add(&names, key, clause) && check_first_at(checker, name->where) )
                    clause_again(checker, clause, name->where, map_find(&names, key),
                                 name->text);
            }
        }
    }
}
