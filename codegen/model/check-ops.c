/* SPDX-License-Identifier: MIT */
/* The shape of a call: its registers, its result, its errors. */
#include <string.h>

#include "arch.h"
#include "checks.h"

/* Xen has as many registers for arguments, everywhere. */
#define MOST_ARGUMENTS 5

/* ---- [arguments] --------------------------------------------------------- */

static bool exists_on(const struct arch *arch, const struct interface *interface)
{
    LIST_EACH(condition, &interface->conditions)
    {
        bool provided = false;

        LIST_EACH(name, &condition->names)
            provided |= arch_provides(arch, name->text);
        if ( condition->kind == CONDITION_FOR ? !provided
             : condition->kind == CONDITION_EXCEPT && provided )
            return false;
    }
    return true;
}

/* 64 bits take two registers of 32. */
static bool is_wide(const struct type *type)
{
    const struct type *plain = type_plain(type);

    while ( plain && plain->kind == TYPE_NAMED && plain->name.decl &&
            plain->name.decl->set && plain->name.decl->set->width )
        plain = type_plain(plain->name.decl->set->width);
    return plain && plain->kind == TYPE_BASE &&
           (plain->base == BASE_u64 || plain->base == BASE_s64);
}

static unsigned int registers_for(const struct parameter_values *parameters,
                                  unsigned int width)
{
    unsigned int count = 0;

    LIST_EACH(parameter, parameters)
        count += width == 32 && is_wide(parameter->type) ? 2 : 1;
    return count;
}

static void check_registers(struct checker *checker, const struct decl *decl,
                            const struct parameter_values *parameters, unsigned int before)
{
    const struct model *model = checker->model;
    unsigned int count = registers_for(parameters, 64) + before;
    const char *where = "";

    for ( size_t i = 0; count <= MOST_ARGUMENTS && i < model->arches.count; i++ )
        if ( exists_on(model->arches.at[i], decl->interface) )
        {
            count = registers_for(parameters, model->arches.at[i]->registers) + before;
            where = arena_format(checker->arena, " on %s", model->arches.at[i]->name);
        }
    if ( count <= MOST_ARGUMENTS )
        return;
    check_error(checker, decl->where, "'%s' takes %u registers%s, and there are %d",
                decl->name, count, where, MOST_ARGUMENTS);
    check_help(checker, decl->where, "put some into a structure, and take its handle");
}

static const struct parameter_value *argument_named(const struct parameter_values *list,
                                                    const char *name)
{
    LIST_EACH(parameter, list)
        if ( !strcmp(parameter->name, name) )
            return parameter;
    return NULL;
}

static const struct parameter_value *handle_of_ops(const struct hypercall *hypercall)
{
    LIST_EACH(parameter, &hypercall->parameters)
        if ( parameter->type && parameter->type->kind == TYPE_HANDLE &&
             parameter->type->element->kind == TYPE_OP )
            return parameter;
    return NULL;
}

static void check_batch(struct checker *checker, const struct hypercall *hypercall)
{
    const struct parameter_value *array = handle_of_ops(hypercall);
    const struct expression *length = array ? array->type->length : NULL;

    if ( !length || (length->kind == EXPRESSION_NAME &&
                     argument_named(&hypercall->parameters, length->text)) )
        return;
    check_error(checker, length->where, "the number of ops is an argument, and '%s' is none",
                length->kind == EXPRESSION_NAME ? length->text : "this");
    check_help(checker, length->where, "write handle<op>[count], with count: u32 as another "
               "argument");
}

static void check_hypercall(struct checker *checker, const struct decl *decl)
{
    const struct hypercall *hypercall = decl->hypercall;

    check_registers(checker, decl, &hypercall->parameters, 0);
    if ( hypercall->op_prefix && !argument_named(&hypercall->parameters, OP_ARGUMENT) )
    {
        check_error(checker, decl->where, "'%s' has ops, and no argument '" OP_ARGUMENT
                    "' that says which", decl->name);
        check_help(checker, decl->where, "add " OP_ARGUMENT ": u32 to its arguments");
    }
    check_batch(checker, hypercall);
}

static void check_op(struct checker *checker, const struct decl *decl)
{
    const struct op *op = decl->op;
    const struct parameter_value *handle = handle_of_ops(op->hypercall);

    if ( op->parameters.count )
        check_registers(checker, decl, &op->parameters, 1);
    if ( handle && op->parameters.count )
    {
        check_error(checker, op->parameters.at[0].where,
                    "'%s' takes arguments in registers, and '%s' takes the handle of a "
                    "structure", decl->name, op->hypercall->decl->name);
        check_note(checker, handle->where, "here");
    }
    else if ( !handle && model_op_structure(op) )
    {
        check_error(checker, decl->where,
                    "'%s' has a structure, and '%s' takes none", decl->name,
                    op->hypercall->decl->name);
        check_help(checker, op->hypercall->decl->where,
                   "where the structure goes in, an argument is handle<op>");
    }
}

void check_arguments(struct checker *checker, const struct decl *decl)
{
    if ( decl->kind == DECL_hypercall )
        check_hypercall(checker, decl);
    else if ( decl->kind == DECL_op && decl->op->hypercall && !decl->is_removed )
        check_op(checker, decl);
}

/* ---- [status] ------------------------------------------------------------ */

static bool takes_array(const struct callable *call)
{
    const struct parameter_value *handle = handle_of_ops(call->hypercall);

    return handle && handle->type->length;
}

static void check_strict_status(struct checker *checker, const struct field *field,
                                const struct decl *decl)
{
    static const char *const needed[] = { "okay", "bad_argument", "not_done" };

    for ( size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++ )
    {
        const struct constant *constant = set_find(decl->set, needed[i]);

        if ( constant && (i || !constant->value) )
            continue;
        if ( !check_first_at(checker, constant ? constant->where : decl->where) )
            return;
        if ( constant )
            check_error(checker, constant->where, "success is 0: okay = 0");
        else
            check_error(checker, decl->where, "a strict status has a value '%s', and '%s' "
                        "has none", needed[i], decl->name);
        check_note(checker, field->where, "it is the result of a strict op here");
    }
}

void check_status(struct checker *checker, const struct callable *call)
{
    const struct field *first = call->statuses.count ? call->statuses.at[0] : NULL;

    if ( !first || !call->op )
        return;
    for ( size_t i = 1; i < call->statuses.count; i++ )
    {
        const struct field *field = call->statuses.at[i];

        if ( conditions_disjoint(&first->member->conditions, &field->member->conditions) )
            continue;
        check_error(checker, field->where, "an op has one status");
        check_note(checker, first->where, "'%s' is one already", first->name);
    }
    if ( !takes_array(call) )
    {
        check_error(checker, first->where, "a status is the result of one element of a "
                    "batch, and '%s' is none", call->hypercall->decl->name);
        check_help(checker, first->where, "answer with an errno, or write handle<op>[count] "
                   "in the hypercall");
    }
    if ( !call->decl->is_legacy )
        check_strict_status(checker, first, type_plain(first->type)->name.decl);
}

/* ---- [error] ------------------------------------------------------------- */

static bool is_answer(const struct callable *call, const char *name)
{
    return word_find(WORD_ERROR, name) >= 0 || set_find(call->status, name);
}

static bool is_status_value(struct checker *checker, const char *name)
{
    for ( size_t i = 0; i < checker->decls.count; i++ )
        if ( checker->decls.at[i]->kind == DECL_status &&
             set_find(checker->decls.at[i]->set, name) )
            return true;
    return false;
}

static void check_answer(struct checker *checker, const struct callable *call,
                         const struct reference *answer)
{
    /* A name that nobody knows has had its error. */
    if ( !answer->text || call->status || is_answer(call, answer->text) ||
         !is_status_value(checker, answer->text) || !check_first_at(checker, answer->where) )
        return;
    check_error(checker, answer->where, "'%s' is a value of a status, and %s '%s' has none",
                answer->text, call_kind(call), call->decl->name);
    check_help(checker, answer->where, "name an errno: %s",
               word_nearest(WORD_ERROR, answer->text) ? word_nearest(WORD_ERROR, answer->text)
                                                      : "EINVAL, ESRCH, EPERM ...");
}

void check_answers(struct checker *checker, const struct scope *scope,
                   const struct clause *clause)
{
    check_answer(checker, scope->call, &clause->otherwise);
    if ( clause->kind == CLAUSE_stub || clause->kind == CLAUSE_error ||
         clause->kind == CLAUSE_default )
        check_answer(checker, scope->call, &clause->names.at[0]);
}

/* What a clause's 'else' already says: its note, or for a domain the plain fact. */
static const char *reason_of(struct checker *checker, const struct clause *clause)
{
    if ( clause->kind == CLAUSE_domain )
        return arena_format(checker->arena, "%s does not exist", clause->names.at[0].text);
    return clause->doc;
}

static void remember_reason(struct checker *checker, struct map *reasons,
                            const struct clause *clause)
{
    const char *reason;

    if ( clause->kind == CLAUSE_error || !clause->otherwise.text )
        return;
    reason = reason_of(checker, clause);
    if ( reason )
        map_add(reasons, arena_format(checker->arena, "%s %s", clause->otherwise.text,
                                      reason), (void *)clause);
}

static void check_repeated(struct checker *checker, struct map *reasons,
                           const struct clause *clause)
{
    const struct clause *first;
    const char *key;

    if ( clause->kind != CLAUSE_error || !clause->text )
        return;
    key = arena_format(checker->arena, "%s %s", clause->names.at[0].text, clause->text);
    first = map_find(reasons, key);
    if ( first )
    {
        check_error(checker, clause->where, first->kind == CLAUSE_error
                    ? "this error was said already" : "a clause says this already");
        check_note(checker, first->where, "here");
    }
    map_add(reasons, key, (void *)clause);
}

void check_reasons(struct checker *checker, const struct callable *call)
{
    LIST_EACH(scope, &call->scopes)
    {
        struct map reasons = { .arena = checker->arena };

        LIST_EACH(clause, scope->clauses)
            remember_reason(checker, &reasons, clause);
        LIST_EACH(clause, scope->clauses)
            check_repeated(checker, &reasons, clause);
    }
}
