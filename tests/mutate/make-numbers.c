/* SPDX-License-Identifier: MIT */
/* Numbers: of ops, hypercalls, values, bits, parts of words, constants. */
#include <stdlib.h>
#include <string.h>

#include "mutate.h"

#define LAYOUT "/check/layout.c"

/* ---- helpers ------------------------------------------------------------ */

static long long number_at(const struct statement *statement, size_t word)
{
    bool negative = is(statement, word, "-");
    long long number = strtoll(text_at(statement, word + negative), NULL, 0);

    return negative ? -number : number;
}

/* #define NAME OLD becomes #define NAME NEW. */
static void predict_define(struct mutation *mutation, const struct statement *statement,
                           const char *c_name, const char *old, const char *new)
{
    mutation_tokens(mutation, header_of(statement), statement->file->families,
                    name("#define %s %s\n", c_name, old),
                    name("#define %s %s\n", c_name, new));
}

static const char *row(const char *c_name, long long number, bool is_unsigned)
{
    if ( is_unsigned && number < 0 )
        return name("VALUE(%s, %lluu)", c_name, (unsigned long long)number);
    return name("VALUE(%s, %lld)", c_name, number);
}

static void predict_row(struct mutation *mutation, const char *c_name, long long old,
                        long long new, int least)
{
    mutation_tokens(mutation, LAYOUT, least, row(c_name, old, false),
                    row(c_name, new, old >= 0));
}

/* In how many layout.c what the statement declares has a row: those of the latest version. */
static int rows_of(const struct statement *statement)
{
    for ( ; statement; statement = statement->parent )
        if ( find_word(statement, statement->first, "before") ||
             find_word(statement, statement->first, "except") )
            return 0;
    return 1;
}

/* ---- ops and hypercalls ------------------------------------------------- */

static bool op_number_taken(const struct statement *hypercall, long long number)
{
    bool within = false;

    EACH_STATEMENT(statement, hypercall->file)
    {
        if ( statement->kind == HYPERCALL )
            within = statement == hypercall;
        if ( within && (statement->kind == OP || statement->kind == REMOVED_OP) &&
             number_at(statement, statement->equals + 1) == number )
            return true;
    }
    return false;
}

/* What is legacy is so by its number: the range has to hold the new one too. */
static void widen_legacy(struct mutation *mutation, const struct statement *op)
{
    const struct statement *head = op->file->statements.at[0];

    for ( size_t i = 0; i < head->body.count; i++ )
        if ( is(head->body.at[i], head->body.at[i]->first, "legacy") )
            mutation_edit(mutation, head->body.at[i], head->body.at[i]->first + 4, "63");
}

static void op_number(struct statement *op)
{
    const struct statement *hypercall = hypercall_of(op);
    long long old = number_at(op, op->equals + 1), new = 13 + old;
    struct mutation *mutation = mutation_new(KIND_op_number, op, op->equals + 1);

    while ( op_number_taken(hypercall, new) || new > 63 )
        new = new > 63 ? 13 : new + 1;
    mutation_edit(mutation, op, op->equals + 1, name("%lld", new));
    widen_legacy(mutation, op);
    predict_define(mutation, op, op_c_name(op), text_at(op, op->equals + 1),
                   name("%lld", new));
    predict_row(mutation, op_c_name(op), old, new, rows_of(op) * op->file->families);
}

/* ---- values ------------------------------------------------------------- */

static bool value_taken(const struct statement *holder, long long number)
{
    for ( size_t i = 0; i < holder->body.count; i++ )
    {
        const struct statement *other = holder->body.at[i];

        if ( (other->kind == VALUE || other->kind == REMOVED_VALUE) &&
             number_at(other, other->equals + 1) == number )
            return true;
    }
    return false;
}

static bool is_part(const struct statement *value)
{
    return is(value, value->equals + 2, "..");
}

/* The values are bits, not numbers. */
static bool is_bit(struct statement *value)
{
    return value->parent->kind == BITS;
}

static const char *number_text(const struct statement *value)
{
    size_t number = value->equals + 1;

    return is(value, number, "-") ? name("-%s", text_at(value, number + 1))
                                  : text_at(value, number);
}

/* Above all that are there, in the direction that the numbers have. */
static long long free_number(const struct statement *value)
{
    long long step = number_at(value, value->equals + 1) < 0 ? -1 : 1;
    long long number = number_at(value, value->equals + 1) + step;

    while ( value_taken(value->parent, number) )
        number += step;
    return number;
}

static bool bit_taken(struct statement *set, long long bit)
{
    for ( size_t i = 0; i < set->body.count; i++ )
    {
        const struct statement *other = set->body.at[i];
        long long high, low;

        if ( other->kind != VALUE && other->kind != REMOVED_VALUE )
            continue;
        high = low = number_at(other, other->equals + 1);
        if ( is_part(other) )
            low = number_at(other, other->equals + 3);
        if ( bit <= high && bit >= low )
            return true;
    }
    return false;
}

static int set_bits(const struct statement *set)
{
    const char *type = text_at(set, set->colon + 1);

    return !strcmp(type, "u8") ? 8 : !strcmp(type, "u16") ? 16
           : !strcmp(type, "u64") || !strcmp(type, "u64_aligned") ? 64 : 32;
}

/* A bit that nothing names; -1: there is none. */
static long long free_bit(struct statement *set)
{
    for ( long long bit = set_bits(set) - 1; bit >= 0; bit-- )
        if ( !bit_taken(set, bit) )
            return bit;
    return -1;
}

/* A C enum has a number only where the count is broken. */
static void predict_enumerator(struct mutation *mutation, struct statement *value,
                               long long new)
{
    const struct statement *set = value->parent;
    const char *c_name = value_c_name(value);

    mutation_tokens(mutation, header_of(value), value->file->families,
                    name("%s", c_name), name("%s = %lld", c_name, new));
    for ( size_t i = 0; i + 1 < set->body.count; i++ )
        if ( set->body.at[i] == value )
        {
            struct statement *next = set->body.at[i + 1];

            mutation_tokens(mutation, header_of(value), value->file->families,
                            value_c_name(next),
                            name("%s = %s", value_c_name(next), number_text(next)));
        }
}

static void predict_value(struct mutation *mutation, struct statement *value,
                          const char *old, const char *new)
{
    const char *pattern = value_pattern(value), *c_name = value_c_name(value);

    if ( strstr(pattern, "_$N") )
        predict_define(mutation, value, name("_%s", c_name), name("(%s)", old),
                       name("(%s)", new));
    /* The number stands in the macro of its own, and the text below refers to it. */
    if ( !strstr(pattern, "_$N") )
        predict_define(mutation, value, c_name, value_spelled(value, old),
                       value_spelled(value, new));
}

static long long shifted(const struct statement *value, long long number)
{
    if ( value->parent->kind == VALUE )
        return (long long)((unsigned long long)number
                           << number_at(value->parent, value->parent->equals + 3));
    return value->parent->kind == BITS ? (long long)(1ull << number) : number;
}

static void row_of_value(struct mutation *mutation, struct statement *value, long long old,
                         long long new)
{
    long long was = shifted(value, old), is_now = shifted(value, new);

    if ( was < 0 && old > 0 )
        mutation_drop(mutation);
    else
        predict_row(mutation, value_c_name(value), was, is_now,
                    rows_of(value) * value->file->families);
}

static size_t version_of(const struct statement *statement)
{
    size_t since = find_word(statement, statement->first, "since");

    return since ? since : find_word(statement, statement->first, "before");
}

static struct statement *hypercall_of_macro(const char *c_name)
{
    EACH_FILE(file)
        EACH_STATEMENT(statement, *file)
            if ( statement->kind == HYPERCALL &&
                 !strcmp(c_name, name("__HYPERVISOR_%s", text_at(statement, statement->name))) )
                return statement;
    return NULL;
}

/* The hypercall whose number this is, by its own name or by an alias. */
static struct statement *hypercall_named(struct statement *value)
{
    const char *c_name = value_c_name(value);

    EACH_FILE(file)
        EACH_STATEMENT(alias, *file)
            if ( alias->kind == ALIAS && is(alias, alias->equals + 1, c_name) &&
                 hypercall_of_macro(text_at(alias, alias->name)) && !version_of(alias) )
                return hypercall_of_macro(text_at(alias, alias->name));
    return hypercall_of_macro(c_name);
}

/* 0 is what it has to be. */
static bool is_success(const struct statement *value)
{
    return value->parent->kind == STATUS && is_strict(value) && is(value, value->name, "okay");
}

static void enum_number(struct statement *value, bool both)
{
    long long old = number_at(value, value->equals + 1), new = free_number(value);
    struct statement *hypercall = hypercall_named(value);
    struct mutation *mutation = mutation_new(both ? KIND_hypercall_number : KIND_value_number,
                                             value, value->equals + 1);
    size_t last = value->equals + 1 + is(value, value->equals + 1, "-");

    mutation_words(mutation, value, value->equals + 1, last, name("%lld", new));
    if ( both )
        mutation_edit(mutation, hypercall, hypercall->equals + 1, name("%lld", new));
    else if ( hypercall || is_success(value) )
    {
        mutation_refused(mutation, hypercall ? "spelling" : "status");
        return;
    }
    if ( value->parent->kind == TYPEDEF_ENUM )
        predict_enumerator(mutation, value, new);
    else
        predict_value(mutation, value, number_text(value), name("%lld", new));
    row_of_value(mutation, value, old, new);
}

static void enum_numbers(struct statement *value)
{
    enum_number(value, false);
    if ( hypercall_named(value) )
        enum_number(value, true);
}

static void bit_number(struct statement *value)
{
    long long old = number_at(value, value->equals + 1), new = free_bit(value->parent);
    struct mutation *mutation = mutation_new(KIND_bit_number, value, value->equals + 1);

    mutation_edit(mutation, value, value->equals + 1, name("%lld", new));
    predict_value(mutation, value, number_text(value), name("%lld", new));
    if ( new < 0 )
        mutation_drop(mutation);
    else if ( !strchr(value_pattern(value), '$') )
        mutation_refused(mutation, "spelling");
    else
        row_of_value(mutation, value, old, new);
}

static void part_value(struct statement *value)
{
    const struct statement *part = value->parent;
    long long old = number_at(value, value->equals + 1), new = free_number(value);
    int bits = (int)(number_at(part, part->equals + 1) - number_at(part, part->equals + 3)) + 1;
    struct mutation *mutation = mutation_new(KIND_part_value, value, value->equals + 1);

    mutation_edit(mutation, value, value->equals + 1, name("%lld", new));
    predict_value(mutation, value, number_text(value), name("%lld", new));
    if ( bits < 62 && new >= 1ll << bits )
        mutation_drop(mutation);
    else
        row_of_value(mutation, value, old, new);
}

static const char *wide_number(unsigned long long number)
{
    const char *pattern = flavour_spelling("wide");

    return spell(pattern ? pattern : "$v", "", "", name("0x%llx", number));
}

/* A strict part has an accessor, which says where it is and how wide. */
static const char *accessor(struct statement *part, long long high, long long low)
{
    struct statement *set = part->parent;
    size_t shift = part->equals + 4;
    unsigned long long mask = (2ull << (high - low)) - 1;
    const char *c_name = value_c_name(part), *shifted_by = "", *text;
    bool wide = set_bits(set) == 64;

    if ( is(part, shift, "<<") )
    {
        shifted_by = name(" << %s", text_at(part, shift + 1));
        wide = true;
    }
    text = wide ? name("((uint64_t)(w) >> %lld & %s)", low, wide_number(mask))
                : name("((w) >> %lld & 0x%llx)", low, mask);
    if ( *shifted_by )
        text = name("(%s%s)", text, shifted_by);
    return name("#define %s(w) %s\n", c_name, text);
}

static void part_range(struct statement *part)
{
    long long high = number_at(part, part->equals + 1);
    long long low = number_at(part, part->equals + 3);
    struct mutation *mutation;

    for ( int which = 0; which < 2; which++ )
    {
        size_t word = part->equals + (which ? 3 : 1);
        long long new_high = high - !which, new_low = low + which;

        if ( new_high < new_low )
            continue;
        mutation = mutation_new(KIND_part_range, part, word);
        mutation_edit(mutation, part, word, name("%lld", which ? new_low : new_high));
        mutation_tokens(mutation, header_of(part), part->file->families,
                        accessor(part, high, low), accessor(part, new_high, new_low));
    }
}

/* ---- constants ---------------------------------------------------------- */

static bool is_length(const char *text)
{
    EACH_FILE(file)
        LIST_EACH(word, &(*file)->words)
            if ( word > (*file)->words.at && !strcmp(word[0].text, text) &&
                 !strcmp(word[-1].text, "[") )
                return true;
    return false;
}

static void const_number(struct statement *constant)
{
    size_t word = constant->equals + 1;
    long long old = number_at(constant, word), new = old < 0 ? old - 5 : old + 5;
    size_t as = find_word(constant, word, "as");
    const char *pattern = as ? text_at(constant, as + 1) : "$n";
    const char *c_name = text_at(constant, constant->name);
    struct mutation *mutation = mutation_new(KIND_const_number, constant, word);
    const char *text = name("%lld", new);

    mutation_words(mutation, constant, word, word + is(constant, word, "-"), text);
    predict_define(mutation, constant, c_name, spell(pattern, "", number_text(constant), ""),
                   spell(pattern, "", text, ""));
    predict_row(mutation, c_name, old, new, rows_of(constant) * constant->file->families);
    if ( is_length(c_name) )
        mutation_drop(mutation);
}

void make_numbers(void)
{
    EACH_FILE(file)
        EACH_STATEMENT(statement, *file)
        {
            if ( statement->kind == OP )
                op_number(statement);
            else if ( statement->kind == CONST )
                const_number(statement);
            else if ( statement->kind != VALUE || !statement->equals )
                continue;
            else if ( is_part(statement) && is_strict(statement) )
                part_range(statement);
            else if ( is_part(statement) )
                continue;
            else if ( statement->parent->kind == VALUE )
                part_value(statement);
            else if ( is_bit(statement) )
                bit_number(statement);
            else
                enum_numbers(statement);
        }
}
