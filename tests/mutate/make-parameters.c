/* SPDX-License-Identifier: MIT */
/* Parameters of hypercalls and ops: names and types, which only the stubs show. */
#include <string.h>

#include "names.h"

/* ---- in which functions ------------------------------------------------- */

/* In the function and in the one that fills an entry, 'from' becomes 'to'. */
static void predict_function(struct mutation *mutation, const struct statement *call,
                             int least, const char *from, const char *to)
{
    const char *stub = call->kind == OP ? op_stub_name(call)
                                        : name("hc_%s", text_at(call, call->name));

    for ( int filler = 0; filler < 2; filler++ )
    {
        struct rule *rule = mutation_rule(mutation, RULE_TOKENS);

        rule->files = stubs_of(call);
        rule->least = filler ? 0 : least;
        /* Only a hypercall's function is called by others. */
        rule->scope = filler ? name("void hc_multi_%s(", stub + strlen("hc_"))
                             : name("%s%s(", call->kind == OP ? "" : "long ", stub);
        rule->from = from;
        rule->to = to;
    }
}

static bool belongs_to(const struct statement *op, const struct statement *hypercall)
{
    return op->kind == OP && hypercall_of(op) == hypercall;
}

/* ---- names -------------------------------------------------------------- */

static bool is_parameter(const struct statement *call, size_t word)
{
    return word_at(call, word)->kind == 'w' && is(call, word + 1, ":") &&
           (is(call, word - 1, "(") || is(call, word - 1, ",") || is(call, word - 1, "out"));
}

static void edit_within(struct mutation *mutation, const struct statement *statement,
                        const char *old, const char *new)
{
    for ( size_t i = statement->first; i < statement->end; i++ )
        if ( word_at(statement, i)->kind == 'w' && is(statement, i, old) &&
             i != statement->name && !is(statement, i - 1, "else") &&
             !is(statement, i - 1, ".") )
            mutation_edit(mutation, statement, i, new);
}

/* Clauses of an op may name the parameters of its hypercall, its own members first. */
static void edit_clauses(struct mutation *mutation, struct statement *op, const char *old,
                         const char *new)
{
    for ( size_t i = 0; i < op->body.count && !members_named(op, old); i++ )
        if ( op->body.at[i]->kind == CLAUSE )
            edit_within(mutation, op->body.at[i], old, new);
}

static void parameter_name(struct statement *call, size_t word)
{
    const char *old = text_at(call, word), *new = other(old);
    struct mutation *mutation = mutation_new(KIND_parameter_name, call, word);

    if ( call->kind == HYPERCALL && !strcmp(old, "cmd") )
    {
        mutation_edit(mutation, call, word, new);
        mutation_refused(mutation, "arguments");
        return;
    }
    edit_within(mutation, call, old, new);
    predict_function(mutation, call, call->file->families, old, new);
    /* A member of the entry that has the same name keeps it. */
    mutation_tokens(mutation, stubs_of(call), 0, name("->%s", new), name("->%s", old));
    if ( call->kind != HYPERCALL )
        return;
    /* The functions of its ops have the array's, and the count's. */
    EACH_STATEMENT(op, call->file)
        if ( belongs_to(op, call) )
        {
            edit_clauses(mutation, op, old, new);
            predict_function(mutation, op, 0, old, new);
        }
}

/* ---- types -------------------------------------------------------------- */

static void parameter_type(struct statement *call, size_t word)
{
    const char *old = text_at(call, word + 2), *new = same_width(old);
    const char *parameter = text_at(call, word), *from, *to;
    struct mutation *mutation;

    /* Strict stubs count with a variable of the count's type. */
    if ( !new || !base_c_name(old) || (is_strict(call) && !strcmp(parameter, "count")) )
        return;
    from = name("%s %s", base_c_name(old), parameter);
    to = name("%s %s", base_c_name(new), parameter);
    mutation = mutation_new(KIND_parameter_type, call, word + 2);
    mutation_edit(mutation, call, word + 2, new);
    predict_function(mutation, call, call->file->families, from, to);
    /* The functions of its ops give their own cmd. */
    EACH_STATEMENT(op, call->file)
        if ( call->kind == HYPERCALL && belongs_to(op, call) && strcmp(parameter, "cmd") )
            predict_function(mutation, op, 0, from, to);
}

void make_parameters(void)
{
    EACH_FILE(file)
        EACH_STATEMENT(call, *file)
            for ( size_t i = call->name; i < call->last; i++ )
                if ( (call->kind == OP || call->kind == HYPERCALL) && is_parameter(call, i) )
                {
                    parameter_name(call, i);
                    parameter_type(call, i);
                }
}
