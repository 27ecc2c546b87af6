/* SPDX-License-Identifier: MIT */
/* Names of values of sets, and what refers to them. */
#include <ctype.h>
#include <string.h>

#include "names.h"

/* ---- where a description names a value ---------------------------------- */

static bool is_value_named(const struct statement *statement, const char *text)
{
    return (statement->kind == VALUE || statement->kind == REMOVED_VALUE) &&
           is(statement, statement->name, text);
}

static size_t values_named(const struct description *file, const char *text)
{
    size_t count = 0;

    EACH_STATEMENT(statement, file)
        count += is_value_named(statement, text);
    return count;
}

static bool is_member_named(const char *text)
{
    EACH_FILE(file)
        EACH_STATEMENT(statement, *file)
            if ( statement->kind == MEMBER )
                for ( size_t i = statement->name; i < statement->colon; i += 2 )
                    if ( is(statement, i, text) )
                        return true;
    return false;
}

static bool is_behind_when(const struct statement *statement, size_t word)
{
    size_t when = find_word(statement, statement->first, "when");

    return when && word > when;
}

/* else NAME, error NAME: the status of one element. */
static bool is_status_word(const struct statement *statement, size_t word)
{
    return word > statement->first &&
           (is(statement, word - 1, "else") || is(statement, word - 1, "error") ||
            is(statement, word - 1, "stub"));
}

static bool is_compared(const struct statement *statement, size_t word)
{
    return word > statement->first &&
           (is(statement, word - 1, "==") || is(statement, word - 1, "!="));
}

static bool names_value(const struct statement *statement, size_t word,
                        const struct statement *set)
{
    if ( statement->kind == VALUE || statement->kind == MEMBER )
        if ( is_behind_when(statement, word) )
            return true;
    if ( statement->kind != MEMBER && statement->kind != CLAUSE &&
         statement->kind != DIRECTION && statement->kind != OP )
        return false;
    if ( is_status_word(statement, word) )
        return set->kind == STATUS;
    return is(statement, word - 1, ".") || is_compared(statement, word);
}

/* A status belongs to the ops of its own file; a set there comes before any other. */
static bool is_in_reach(const struct statement *statement, size_t word,
                        const struct statement *value)
{
    return statement->file == value->file ||
           (!is_status_word(statement, word) &&
            !values_named(statement->file, text_at(value, value->name)));
}

static struct references value_references(struct statement *value)
{
    struct references references = { 0 };
    const struct statement *set = set_of(value);

    EACH_FILE(file)
        EACH_STATEMENT(statement, *file)
            for ( size_t i = statement->first + 1; i < statement->last; i++ )
                if ( word_at(statement, i)->kind == 'w' &&
                     is(statement, i, text_at(value, value->name)) &&
                     names_value(statement, i, set) &&
                     is_in_reach(statement, i, value) )
                    *LIST_ADD(arena, &references) = (struct reference){ statement, i };
    return references;
}

bool value_is_named(struct statement *value)
{
    return value_references(value).count > 0;
}

/* ---- names in C --------------------------------------------------------- */

static bool is_identifier_byte(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* The name in C, in macros that are built from it. */
static void edit_macros(struct mutation *mutation, const char *old, const char *new)
{
    size_t length = strlen(old);

    EACH_FILE(file)
        EACH_STATEMENT(statement, *file)
            for ( size_t i = statement->first; i < statement->last; i++ )
            {
                struct word *word = word_at(statement, i);

                if ( statement->kind == ALIAS && i > statement->name && is(statement, i, old) )
                    mutation_edit(mutation, statement, i, new);
                if ( statement->kind != MACRO || word->kind != 's' )
                    continue;
                for ( size_t at = word->at; at + length < word->at + word->length; at++ )
                    if ( !strncmp((*file)->bytes + at, old, length) &&
                         !is_identifier_byte((*file)->bytes[at + length]) &&
                         !is_identifier_byte((*file)->bytes[at - 1]) )
                        mutation_cut(mutation, *file, at, length, new);
            }
}

/* An alias of that name would take its place. */
static bool is_replaced(const char *c_name)
{
    EACH_FILE(file)
        EACH_STATEMENT(statement, *file)
            if ( statement->kind == ALIAS && is(statement, statement->name, c_name) )
                return true;
    return false;
}

static bool is_hypercall(const struct statement *value)
{
    EACH_FILE(file)
        EACH_STATEMENT(statement, *file)
            if ( statement->kind == HYPERCALL &&
                 is(statement, statement->name, text_at(value, value->name)) )
                return !strcmp(set_prefix(value->parent), "__HYPERVISOR_");
    return false;
}

static bool is_obligatory(const struct statement *value)
{
    const char *text = text_at(value, value->name);

    return value->parent->kind == STATUS && is_strict(value) &&
           (!strcmp(text, "okay") || !strcmp(text, "bad_argument") ||
            !strcmp(text, "not_done"));
}

/* A part of a word in a legacy set has no macro of its own. */
static bool has_macro(const struct statement *value)
{
    return is_strict(value) || !is(value, value->equals + 2, "..");
}

static void predict_value_name(struct mutation *mutation, struct statement *value)
{
    const char *old = value_c_name(value), *new = other(text_at(value, value->name));

    new = name("%s%s", set_prefix(set_of(value)), new);
    if ( !has_macro(value) )
    {
        mutation->dump_from = text_at(value, value->name);
        mutation->dump_to = other(mutation->dump_from);
        return;
    }
    edit_macros(mutation, old, new);
    mutation_tokens(mutation, "", value->file->families, old, new);
    if ( !strstr(value_pattern(value), "_$N") )
        return;
    edit_macros(mutation, name("_%s", old), name("_%s", new));
    mutation_tokens(mutation, "", value->file->families, name("_%s", old), name("_%s", new));
}

/* ---- mutations ---------------------------------------------------------- */

static void lost_reference(struct statement *value)
{
    struct mutation *mutation = mutation_new(KIND_reference_lost, value, value->name);

    mutation_edit(mutation, value, value->name, other(text_at(value, value->name)));
    mutation_refused(mutation, "unknown-name");
    mutation_refused(mutation, "union-tag");
}

static void value_name(struct statement *value)
{
    const char *text = text_at(value, value->name);
    struct references references = value_references(value);
    struct mutation *mutation = mutation_new(KIND_value_name, value, value->name);

    mutation_edit(mutation, value, value->name, other(text));
    if ( is_hypercall(value) || is_obligatory(value) )
    {
        mutation_refused(mutation, is_hypercall(value) ? "unknown-name" : "status");
        /* An older name of the same spelling takes its place. */
        if ( is_hypercall(value) && is_replaced(value_c_name(value)) )
            mutation_refused(mutation, "spelling");
        return;
    }
    LIST_EACH(reference, &references)
        mutation_edit(mutation, reference->statement, reference->word, other(text));
    predict_value_name(mutation, value);
    if ( is_replaced(value_c_name(value)) ||
         (references.count && (values_named(value->file, text) > 1 || is_member_named(text))) )
        mutation_drop(mutation);
    else if ( references.count && references.at[0].statement->file == value->file )
        lost_reference(value);
}

void make_values(void)
{
    EACH_FILE(file)
        EACH_STATEMENT(statement, *file)
            if ( statement->kind == VALUE )
                value_name(statement);
}
