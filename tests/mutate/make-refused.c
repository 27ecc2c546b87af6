/* SPDX-License-Identifier: MIT */
/* What the compiler has to refuse, each with its id. */
#include <stdlib.h>
#include <string.h>

#include "names.h"

static struct mutation *refused(enum kind kind, const struct statement *statement,
                                size_t word, const char *new, const char *id)
{
    struct mutation *mutation = mutation_new(kind, statement, word);

    mutation_edit(mutation, statement, word, new);
    mutation_refused(mutation, id);
    return mutation;
}

/* ---- numbers ------------------------------------------------------------ */

static bool is_removed(const struct statement *statement)
{
    return statement->kind == REMOVED_OP || statement->kind == REMOVED_VALUE;
}

/* The number of the one before becomes that of this one too. */
static void op_number_reused(struct statement *op, const struct statement *before)
{
    if ( before && hypercall_of(before) == hypercall_of(op) )
        refused(KIND_number_reused, op, op->equals + 1, text_at(before, before->equals + 1),
                "number-reused");
}

static const char *number_of(const struct statement *value)
{
    return is(value, value->equals + 1, "-") ? name("-%s", text_at(value, value->equals + 2))
                                             : text_at(value, value->equals + 1);
}

static void value_number_reused(struct statement *value, const struct statement *before)
{
    size_t number = value->equals + 1;
    struct mutation *mutation;

    if ( !before || before->parent != value->parent || is(before, before->equals + 2, "..") ||
         is(value, value->equals + 2, "..") || !value->equals )
        return;
    mutation = mutation_new(KIND_number_reused, value, number);
    mutation_words(mutation, value, number, number + is(value, number, "-"),
                   number_of(before));
    mutation_refused(mutation, "number-reused");
    if ( value->parent->kind == BITS )
        mutation_refused(mutation, "bits-overlap");
    /* The text, or the hypercall, has another number then. */
    if ( find_word(value, value->equals, "as") ||
         !strcmp(set_prefix(set_of(value)), "__HYPERVISOR_") )
        mutation_refused(mutation, "spelling");
    if ( find_word(value, value->equals, "when") || find_word(before, before->equals, "when") )
        mutation_drop(mutation);
}

static void numbers_reused(struct description *file)
{
    const struct statement *op = NULL, *value = NULL;

    EACH_STATEMENT(statement, file)
    {
        if ( statement->kind == OP )
            op_number_reused(statement, op);
        if ( statement->kind == OP || statement->kind == REMOVED_OP )
            op = statement;
        if ( statement->kind == VALUE )
            value_number_reused(statement, value);
        if ( statement->kind == VALUE || is_removed(statement) )
            value = statement;
    }
}

/* ---- names -------------------------------------------------------------- */

static void unknown_type(struct statement *member)
{
    size_t type = unwrapped(member, member->colon + 1);

    if ( is(member, type + 1, "<") )
        type = unwrapped(member, type + 2);
    type += is(member, type, "struct") || is(member, type, "union") ||
            is(member, type, "const");
    if ( word_at(member, type)->kind == 'w' && !is(member, type - 1, "union") &&
         !is(member, type, "by") && !is(member, member->last, "{") )
        refused(KIND_unknown, member, type, name("%s_gone", text_at(member, type)),
                "unknown-name");
}

static void unknown_in_clause(struct statement *clause)
{
    size_t otherwise = find_word(clause, clause->first, "else"), word = 0;
    struct mutation *mutation = NULL;

    if ( otherwise )
        word = otherwise + 1;
    else if ( is(clause, clause->first, "error") || is(clause, clause->first, "stub") )
        word = clause->first + 1;
    else if ( is(clause, clause->first, "domain") && clause->colon )
        word = clause->colon + 1;
    else if ( is(clause, clause->first, "legacy") && clause->parent->kind != INTERFACE )
        word = clause->first + 1;
    if ( word && clause->parent && clause->parent->kind != INTERFACE )
        mutation = refused(KIND_unknown, clause, word, name("%s_gone", text_at(clause, word)),
                           "unknown-name");
    if ( mutation && is(clause, clause->first, "domain") && word == clause->colon + 1 )
        mutation_refused(mutation, "domain");
    if ( mutation && is(clause, clause->first, "legacy") )
        mutation_refused(mutation, is(clause, word, "mfn_visible") ? "mfn-leak" : "quirk");
}

static void duplicate_member(struct statement *member, const struct statement *before)
{
    struct statement *owner = owner_of(member);
    struct mutation *mutation;

    if ( !before || before->parent != member->parent || !owner ||
         references_to(owner, member, text_at(member, member->name)).count ||
         find_word(member, member->colon, "since") || find_word(member, member->colon, "before") ||
         find_word(before, before->colon, "since") || find_word(before, before->colon, "before") ||
         find_word(member, member->colon, "for") || find_word(member, member->colon, "except") )
        return;
    mutation = refused(KIND_duplicate, member, member->name, text_at(before, before->name),
                       "duplicate");
    /* Within a group they have a version, and neighbours with versions may be twins. */
    if ( member->parent->kind == GROUP )
        mutation_refused(mutation, "version");
}

static void duplicate_value(struct statement *value, const struct statement *before)
{
    if ( before && before->parent == value->parent && !value_is_named(value) )
        refused(KIND_duplicate, value, value->name, text_at(before, before->name), "duplicate");
}

static void duplicate_op(struct statement *op, const struct statement *before)
{
    if ( before && hypercall_of(before) == hypercall_of(op) )
        refused(KIND_duplicate, op, op->name, text_at(before, before->name), "duplicate");
}

static void duplicates(struct description *file)
{
    const struct statement *last[CLAUSE + 1] = { NULL };

    EACH_STATEMENT(statement, file)
    {
        const struct statement *before = last[statement->kind];

        if ( statement->kind == MEMBER )
            duplicate_member(statement, before);
        else if ( statement->kind == VALUE )
            duplicate_value(statement, before);
        else if ( statement->kind == OP )
            duplicate_op(statement, before);
        last[statement->kind] = statement;
    }
}

/* ---- damage ------------------------------------------------------------- */

static void no_semicolon(struct statement *statement)
{
    struct mutation *mutation;

    if ( !is(statement, statement->last, ";") )
        return;
    mutation = refused(KIND_damaged, statement, statement->last, "", "syntax");
    /* The next statement's keyword reads on as a tail of this one. */
    mutation_refused(mutation, "misplaced");
}

static void no_permission(struct statement *clause)
{
    struct mutation *mutation;

    if ( !is(clause, clause->first, "xsm") || clause->parent->kind == MEMBER ||
         clause->parent->kind == EXTEND )
        return;
    mutation = mutation_new(KIND_damaged, clause, clause->first);
    mutation_words(mutation, clause, clause->first, clause->last, "");
    mutation_refused(mutation, "no-permission");
}

/* An extension asks what the op does. */
static void other_permission(struct statement *clause)
{
    if ( is(clause, clause->first, "xsm") && xsm_is_repeated(clause) )
        refused(KIND_damaged, clause, clause->first + 1,
                name("other_%s", text_at(clause, clause->first + 1)), "permission");
}

static void misplaced(struct statement *member)
{
    refused(KIND_damaged, member, member->first,
            name("section \"here\"; %s", text_at(member, member->first)), "misplaced");
}

static void too_large(struct statement *value)
{
    const struct statement *set = value->parent;
    const char *type = set->kind != VALUE && set->colon ? text_at(set, set->colon + 1) : "";
    bool small = !strcmp(type, "u8") || !strcmp(type, "u16") || !strcmp(type, "u32");

    if ( !small || is(value, value->equals + 2, "..") )
        return;
    refused(KIND_damaged, value, value->equals + 1,
            set->kind == BITS ? "32" : "0x100000000", "number");
}

static void upside_down(struct statement *part)
{
    struct mutation *mutation;
    size_t high = part->equals + 1;

    if ( !is(part, high + 1, "..") )
        return;
    mutation = mutation_new(KIND_damaged, part, high);
    mutation_words(mutation, part, high, high + 2,
                   name("%s..%s", text_at(part, high + 2), text_at(part, high)));
    mutation_refused(mutation, "number");
}

static void not_strict(struct statement *member)
{
    size_t type = member->colon + 1;

    if ( is_strict(member) && owner_of(member) && owner_of(member)->kind == OP &&
         base_c_name(text_at(member, type)) )
        refused(KIND_damaged, member, type, name("unchecked<%s>", text_at(member, type)),
                "strict");
}

static void damages(struct statement *statement)
{
    switch ( statement->kind )
    {
    case MEMBER:
        misplaced(statement);
        not_strict(statement);
        no_semicolon(statement);
        break;
    case VALUE:
        too_large(statement);
        upside_down(statement);
        no_semicolon(statement);
        break;
    case CLAUSE:
        no_permission(statement);
        other_permission(statement);
        no_semicolon(statement);
        break;
    default:
        no_semicolon(statement);
        break;
    }
}

void make_refused(void)
{
    EACH_FILE(file)
    {
        numbers_reused(*file);
        duplicates(*file);
        EACH_STATEMENT(statement, *file)
        {
            if ( statement->kind == MEMBER )
                unknown_type(statement);
            if ( statement->kind == CLAUSE )
                unknown_in_clause(statement);
            damages(statement);
        }
    }
}
