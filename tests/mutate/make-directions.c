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

/* resume NAME = done: it keeps the place, and has to be inout. */
static bool keeps_place(const struct references *references)
{
    LIST_EACH(reference, references)
    {
        const struct statement *statement = reference->statement;
        size_t resume = find_word(statement, statement->first, "resume");

        if ( resume && reference->word > resume && is(statement, reference->word + 1, "=") )
            return true;
    }
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

static bool is_excused(const struct statement *op)
{
    return has_clause(op, "legacy", "whole_copyback") ||
           has_clause(op, "legacy", "error_copyback");
}

/* The structure is in another one, or that of several ops, some of them with quirks. */
static bool is_shared(const struct statement *owner)
{
    const char *tag = tag_of(owner);

    EACH_FILE(file)
        EACH_STATEMENT(statement, *file)
        {
            if ( statement->kind == MEMBER && !is(statement, statement->last, "{") &&
                 holds_structure(statement, tag) )
                return true;
            if ( statement->kind == OP && borrows(statement, tag) && is_excused(statement) )
                return true;
        }
    return owner->kind == OP && is_excused(owner);
}

static bool any_is_in_line(struct statement *owner, struct statement *member)
{
    for ( size_t i = member->name; i < member->colon; i += 2 )
    {
        struct references references = references_to(owner, member, text_at(member, i));

        if ( is_in_line(&references) )
            return true;
    }
    return false;
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
        if ( keeps_place(&references) )
            mutation_refused(mutation, "preempt");
    }
    else if ( keeps_place(&references) )
    {
        mutation->kind = KIND_misdirected;
        mutation_refused(mutation, "preempt");
    }
    else if ( becomes_out && is_machine(member) && owner->kind == OP && !is_allowed(owner) &&
              !find_word(member, member->colon, "has_pmt") )
    {
        mutation->kind = KIND_misdirected;
        mutation_refused(mutation, "mfn-leak");
    }
    /* What lines of direction, quirks and status words make of it is another matter. */
    if ( !mutation->refusals.count &&
         (any_is_in_line(owner, member) || is_shared(owner) ||
          find_word(member, member->colon, "when") || is(member, member->last, "{") ||
          is(member, member->name, "status") || owner->kind == UNION ||
          (becomes_out && find_word(member, member->colon, "const")) ||
          (is_machine(member) &&
           (owner->kind != OP || has_clause(owner, "legacy", "mfn_visible")))) )
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

/* A second line about the same member, or a condition: then it says more. */
static bool says_more(const struct statement *line)
{
    if ( is(line, line->name + 1, ".") || find_word(line, line->name, "when") )
        return true;
    for ( size_t i = 0; i < line->parent->body.count; i++ )
        if ( line->parent->body.at[i] != line && line->parent->body.at[i]->kind == DIRECTION &&
             is(line->parent->body.at[i], line->parent->body.at[i]->name,
                text_at(line, line->name)) )
            return true;
    return false;
}

static bool is_inout_already(const struct statement *line)
{
    if ( says_more(line) )
        return false;
    EACH_STATEMENT(member, line->file)
        if ( member->kind == MEMBER && is(member, member->name, text_at(line, line->name)) &&
             owner_of(member) && (owner_of(member) == line->parent ||
              (tag_of(owner_of(member)) && borrows(line->parent, tag_of(owner_of(member))))) )
            return is(member, member->first, "inout");
    return false;
}

static void direction_line(struct statement *line)
{
    struct mutation *mutation;

    if ( is(line, line->first, "inout") )
        return;
    mutation = mutation_new(KIND_direction_line, line, line->first);
    predict_dump(mutation, line, "inout");
    if ( is_inout_already(line) )
        mutation_refused(mutation, "direction");
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
