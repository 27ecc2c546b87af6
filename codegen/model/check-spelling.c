/* SPDX-License-Identifier: MIT */
/*
 * A number and the C text that stands for it have to agree.
 *
 * Works out texts as C would: literals, operators, casts, macros of one
 * argument that only add a suffix, and names of other constants.  What it
 * cannot work out it says nothing about.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "checks.h"

#define DEEPEST 50

struct reader {
    struct checker *checker;
    const char *at;
    const char *number_name;    /* _NAME: stands for the number */
    uint64_t number;
    bool failed;
    int depth;
};

static uint64_t read_binary(struct reader *reader, int strength);

static void skip_blanks(struct reader *reader)
{
    reader->at += strspn(reader->at, " \t\n");
}

static bool take(struct reader *reader, const char *sign)
{
    skip_blanks(reader);
    if ( !text_starts(reader->at, sign) )
        return false;
    reader->at += strlen(sign);
    return true;
}

static uint64_t fail(struct reader *reader)
{
    reader->failed = true;
    return 0;
}

static uint64_t read_literal(struct reader *reader)
{
    char *end;
    uint64_t value = strtoull(reader->at, &end, 0);

    end += strspn(end, "uUlL");
    if ( isalnum((unsigned char)*end) || *end == '_' || *end == '.' )
        return fail(reader);
    reader->at = end;
    return value;
}

static const char *read_word(struct reader *reader)
{
    size_t length = 0;
    const char *word;

    while ( isalnum((unsigned char)reader->at[length]) || reader->at[length] == '_' )
        length++;
    word = arena_copy(reader->checker->arena, reader->at, length);
    reader->at += length;
    return word;
}

/* 'x', 'x ## UL', or another such macro of x. */
static bool only_adds_suffix(struct reader *reader, const struct decl *macro, int depth)
{
    const char *parameter, *text = macro->text;
    const struct decl *inner;
    size_t length;

    if ( macro->kind != DECL_macro || macro->parameters.count != 1 || !text || depth > 4 )
        return false;
    parameter = macro->parameters.at[0].text;
    length = strlen(parameter);
    if ( text_starts(text, parameter) )
        return !text[length] || (text_starts(text + length, " ## ") &&
                                 !text[length + 4 + strspn(text + length + 4, "uUlL")]);
    length = strcspn(text, "(");
    if ( strcmp(text + length, arena_format(reader->checker->arena, "(%s)", parameter)) )
        return false;
    inner = map_find(&reader->checker->model->macros,
                     arena_copy(reader->checker->arena, text, length));
    return inner && only_adds_suffix(reader, inner, depth + 1);
}

/* The value of a constant of a set, in C. */
static uint64_t constant_value(const struct decl *decl, const struct constant *constant)
{
    return decl->kind == DECL_bits && constant->value < 64 ? UINT64_C(1) << constant->value
                                                           : constant->value;
}

static uint64_t read_name(struct reader *reader)
{
    const char *word = read_word(reader);
    const struct decl *decl = map_find(&reader->checker->model->macros, word);
    uint64_t value;

    if ( reader->number_name && !strcmp(word, reader->number_name) )
        return reader->number;
    if ( !decl )
        return fail(reader);
    if ( take(reader, "(") )
    {
        value = read_binary(reader, 0);
        return take(reader, ")") && only_adds_suffix(reader, decl, 0) ? value : fail(reader);
    }
    if ( decl->kind == DECL_const && !decl->spelling && decl->value_text )
        return decl->value;
    if ( decl->set )
        LIST_EACH(constant, &decl->set->constants)
            if ( constant->kind == CONSTANT_VALUE &&
                 !strcmp(word, arena_format(reader->checker->arena, "%s%s",
                                            decl->set->prefix, constant->name)) )
                return constant_value(decl, constant);
    return fail(reader);
}

/* '(type)': a cast, if the name is a type of C that this file may know. */
static bool take_cast(struct reader *reader)
{
    static const char *const types[] = {
        "(uint8_t)", "(uint16_t)", "(uint32_t)", "(uint64_t)", "(unsigned int)",
        "(unsigned long)", "(int)",
    };

    for ( size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++ )
        if ( take(reader, types[i]) )
            return true;
    return false;
}

static uint64_t read_unary(struct reader *reader)
{
    uint64_t value;

    if ( reader->depth++ > DEEPEST )
        return fail(reader);
    skip_blanks(reader);
    if ( take_cast(reader) )
        value = read_unary(reader);
    else if ( take(reader, "(") )
    {
        value = read_binary(reader, 0);
        if ( !take(reader, ")") )
            fail(reader);
    }
    else if ( take(reader, "~") )
        value = ~read_unary(reader);
    else if ( take(reader, "-") )
        value = -read_unary(reader);
    else if ( isdigit((unsigned char)*reader->at) )
        value = read_literal(reader);
    else if ( isalpha((unsigned char)*reader->at) || *reader->at == '_' )
        value = read_name(reader);
    else
        value = fail(reader);
    reader->depth--;
    return value;
}

/* Operators of C from the weakest to the strongest. */
static const struct { const char *sign; int strength; } operators[] = {
    { "|", 0 }, { "^", 1 }, { "&", 2 }, { "<<", 3 }, { ">>", 3 },
    { "+", 4 }, { "-", 4 }, { "*", 5 },
};

static uint64_t apply(struct reader *reader, const char *sign, uint64_t a, uint64_t b)
{
    switch ( *sign )
    {
    case '|': return a | b;
    case '^': return a ^ b;
    case '&': return a & b;
    case '+': return a + b;
    case '-': return a - b;
    case '*': return a * b;
    case '<': return b < 64 ? a << b : fail(reader);
    default:  return b < 64 ? a >> b : fail(reader);
    }
}

static uint64_t read_binary(struct reader *reader, int strength)
{
    uint64_t value = read_unary(reader);
    size_t i = 0;

    while ( i < sizeof(operators) / sizeof(operators[0]) && !reader->failed )
    {
        if ( operators[i].strength >= strength && take(reader, operators[i].sign) )
        {
            value = apply(reader, operators[i].sign, value,
                          read_binary(reader, operators[i].strength + 1));
            i = 0;
        }
        else
            i++;
    }
    return value;
}

static bool work_out(struct reader *reader, uint64_t *value)
{
    *value = read_binary(reader, 0);
    skip_blanks(reader);
    return !reader->failed && !*reader->at;
}

/* ---- patterns: $N the name, $n the number, $v the value ------------------ */

struct filling { const char *name, *number, *value; };

static const char *fill(struct arena *arena, const char *pattern, struct filling filling)
{
    struct text text = { .arena = arena };

    for ( ; *pattern; pattern++ )
    {
        const char *filled = NULL;

        if ( *pattern == '$' )
            filled = pattern[1] == 'N' ? filling.name
                     : pattern[1] == 'n' ? filling.number
                     : pattern[1] == 'v' ? filling.value : NULL;
        if ( filled )
            text_add(&text, filled), pattern++;
        else
            text_add_bytes(&text, pattern, 1);
    }
    return text_string(&text);
}

static void compare(struct checker *checker, const char *text, struct span where,
                    const char *name, struct reader *reader, uint64_t expected)
{
    uint64_t value;

    reader->checker = checker;
    reader->at = text;
    if ( !work_out(reader, &value) || value == expected )
        return;
    check_error(checker, where, "'%s' is 0x%llx, but its text '%s' is 0x%llx", name,
                (unsigned long long)expected, text, (unsigned long long)value);
    check_help(checker, where, "what fits is: as \"0x%llx\"", (unsigned long long)expected);
}

static void check_constant(struct checker *checker, const struct decl *decl,
                           const struct constant *constant)
{
    const char *pattern = constant->spelling ? constant->spelling : decl->set->spelling;
    const char *name = arena_format(checker->arena, "%s%s", decl->set->prefix,
                                    constant->name);
    struct reader reader = { .number = constant->value,
                             .number_name = arena_format(checker->arena, "_%s", name) };

    if ( pattern )
        compare(checker, fill(checker->arena, pattern,
                              (struct filling){ name, constant->text, constant->text }),
                constant->where, name, &reader, constant_value(decl, constant));
}

static void check_part_value(struct checker *checker, const struct decl *decl,
                             const struct constant *part, const struct constant *value)
{
    const char *pattern = value->spelling ? value->spelling : part->spelling;
    const char *low = arena_format(checker->arena, "%d", part->low);
    const char *name = arena_format(checker->arena, "%s%s", decl->set->prefix, value->name);
    struct reader reader = { .number = value->value };

    /* The set's own pattern is about single bits, unless it asks for the value. */
    if ( !pattern && decl->set->spelling && strstr(decl->set->spelling, "$v") )
        pattern = decl->set->spelling;
    if ( pattern && part->low >= 0 && part->low < 64 )
        compare(checker, fill(checker->arena, pattern,
                              (struct filling){ name, low, value->text }),
                value->where, name, &reader, value->value << part->low);
}

static void check_set(struct checker *checker, const struct decl *decl)
{
    LIST_EACH(constant, &decl->set->constants)
    {
        if ( constant->kind == CONSTANT_VALUE )
            check_constant(checker, decl, constant);
        else if ( constant->kind == CONSTANT_FIELD )
            LIST_EACH(value, &constant->values)
                if ( value->kind == CONSTANT_VALUE )
                    check_part_value(checker, decl, constant, value);
    }
}

/* The number that a macro is, through aliases. */
static bool macro_number(struct checker *checker, const char *name, uint64_t *number,
                         struct span *where)
{
    for ( int i = 0; i < DEEPEST; i++ )
    {
        const struct decl *decl = map_find(&checker->model->macros, name);

        if ( !decl )
            return false;
        *where = decl->where;
        if ( decl->kind == DECL_alias )
        {
            name = decl->target.text;
            continue;
        }
        *number = decl->value;
        if ( !decl->set || !text_starts(name, decl->set->prefix) )
            return decl->kind == DECL_const && decl->value_text;
        LIST_EACH(constant, &decl->set->constants)
            if ( constant->kind == CONSTANT_VALUE &&
                 !strcmp(constant->name, name + strlen(decl->set->prefix)) )
            {
                *number = constant->value;
                *where = constant->where;
                return true;
            }
        return false;
    }
    return false;
}

static void check_hypercall(struct checker *checker, const struct decl *decl)
{
    const char *name = arena_format(checker->arena, HYPERCALL_PREFIX "%s", decl->name);
    struct span where;
    uint64_t number;

    if ( !macro_number(checker, name, &number, &where) ||
         number == decl->hypercall->number )
        return;
    check_error(checker, decl->where, "hypercall '%s' is number %s here, but %s is %llu",
                decl->name, decl->hypercall->number_text, name,
                (unsigned long long)number);
    check_note(checker, where, "it has its number here");
}

void check_spelling(struct checker *checker, const struct decl *decl)
{
    struct reader reader = { .number = decl->value };

    if ( decl->set )
        check_set(checker, decl);
    else if ( decl->kind == DECL_hypercall )
        check_hypercall(checker, decl);
    /* With '$' the text follows the number, whatever it makes of it. */
    else if ( decl->kind == DECL_const && decl->spelling && !strchr(decl->spelling, '$') )
        compare(checker, decl->spelling, decl->where, decl->name, &reader, decl->value);
}
