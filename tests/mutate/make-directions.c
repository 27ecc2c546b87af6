/* SPDX-License-Identifier: MIT */
/*
 * Directions: no token of C depends on them, 'hcgen dump' shows the change; and
 * clauses that need what goes in, or out, refuse another.
 */
#include <string.h>

#include "names.h"

static bool has_direction(const struct statement *statement)
{
    return is(statement, statement->first, "in") || is(statement, statement->first, "out") ||
           is(statement, statement->first, "inout");
}

/* References of these kinds want the member to go in. */
static bool is_read(const struct references *references)
{
    LIST_EACH(reference, references)
    {
        const struct statement *clause = reference->statement;

        if ( clause->kind == CLAUSE && !is(clause, clause->first, "handles") )
            return true;
        if ( clause->kind == MEMBER || clause->kind == OP )
            return true;
    }
    return false;
}

static bool is_in_line(const struct references *references)
{
    LIST_EACH(reference, references)
        if ( reference->statement->kind == DIRECTION )
            return true;
    return false;
}

static bool is_in_resume(const struct references *references)
{
    LIST_EACH(reference, references)
        if ( find_word(reference->statement, reference->statement->first, "resume") )
            return true;
    return false;
}

static bool has_clause(const struct statement *op, const char *first, const char *second)
{
    for ( size_t i = 0; i < op->body.count; i++ )
        if ( op->body.at[i]->kind == CLAUSE && is(op->body.at[i], op->body.at[i]->first, first) &&
             (!second || is(op->body.at[i], op->body.at[i]->first + 1, second)) )
            return true;
    return false;
}

/* Its type tells a machine frame. */
static bool is_machine(const struct statement *member)
{
    return find_word(member, member->colon, "machine") ||
           find_word(member, member->colon, "pmt_entry");
}

static bool is_allowed(const struct statement *op)
{
    return has_clause(op, "only", "has_pmt") || has_clause(op, "legacy", "mfn_visible");
}

static void predict_dump(struct mutation *mutation, const struct statement *statement,
                         const char *new)
{
    size_t first = statement->first;

    mutation_edit(mutation, statement, first, new);
    mutation->dump_from = name("%s %s", text_at(statement, first),
                               text_at(statement, first + 1));
    mutation->dump_to = name("%s %s", new, text_at(statement, first + 1));
}

/* One that no 'out' excuse covers any more: the quirks of the op would excuse nothing. */
static bool is_excused(const struct statement *op)
{
    return has_clause(op, "legacy", "whole_copyback") ||
           has_clause(op, "legacy", "error_copyback");
}

static void direction(struct statement *member, const char *new)
{
    struct statement *owner = owner_of(member);
    struct references references = references_to(owner, member,
                                                 text_at(member, member->name));
    bool was_in = !is(member, member->first, "out");
    bool becomes_out = strcmp(new, "in") != 0, becomes_in = strcmp(new, "out") != 0;
    struct mutation *mutation = mutation_new(KIND_direction, member, member->first);

    predict_dump(mutation, member, new);
    if ( was_in && !becomes_in && is_read(&references) )
    {
        mutation->kind = KIND_misdirected;
        mutation_refused(mutation, "direction");
        mutation_refused(mutation, "count");
        mutation_refused(mutation, "union-tag");
        mutation_refused(mutation, "domain");
        if ( is_in_resume(&references) )
            mutation_refused(mutation, "preempt");
    }
    else if ( is_in_resume(&references) )
    {
        mutation->kind = KIND_misdirected;
        mutation_refused(mutation, "preempt");
    }
    else if ( becomes_out && is_machine(member) && owner->kind == OP && !is_allowed(owner) )
    {
        mutation->kind = KIND_misdirected;
        mutation_refused(mutation, "mfn-leak");
    }
    /* What lines of direction, quirks and status words make of it is another matter. */
    if ( !mutation->refusals.count &&
         (is_in_line(&references) || (owner->kind == OP && is_excused(owner)) ||
          find_word(member, member->colon, "when") || is(member, member->last, "{") ||
          is(member, member->name, "status") || owner->kind == UNION ||
          (becomes_out && find_word(member, member->colon, "const")) ||
          (is_machine(member) && owner->kind != OP)) )
        mutation_drop(mutation);
}

static void directions(struct statement *member)
{
    static const char *const all[] = { "in", "out", "inout" };
    const struct statement *owner = owner_of(member);

    /* In the arms of a union it depends on the direction around them. */
    if ( !has_direction(member) || !owner ||
         (member->parent != owner && member->parent->kind != GROUP) )
        return;
    for ( size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++ )
        if ( !is(member, member->first, all[i]) )
            direction(member, all[i]);
}

static void direction_line(struct statement *line)
{
    struct mutation *mutation;

    if ( is(line, line->first, "inout") )
        return;
    mutation = mutation_new(KIND_direction_line, line, line->first);
    predict_dump(mutation, line, "inout");
}

void make_directions(void)
{
    EACH_FILE(file)
        EACH_STATEMENT(statement, *file)
        {
            if ( statement->kind == MEMBER )
                directions(statement);
            if ( statement->kind == DIRECTION )
                direction_line(statement);
        }
}
