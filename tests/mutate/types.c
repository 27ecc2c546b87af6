/* SPDX-License-Identifier: MIT */
/* Types of a description, as C spells them. */
#include <string.h>

#include "mutate.h"

static const struct { const char *type, *c; } base_types[] = {
    { "u8", "uint8_t" }, { "u16", "uint16_t" }, { "u32", "uint32_t" },
    { "u64", "uint64_t" }, { "s8", "int8_t" }, { "s16", "int16_t" },
    { "s32", "int32_t" }, { "s64", "int64_t" }, { "char", "char" },
    { "uchar", "unsigned char" }, { "int", "int" }, { "uint", "unsigned int" },
    { "long", "long" }, { "ulong", "unsigned long" },
    { "u64_aligned", "uint64_aligned_t" }, { "void", "void" },
};

const char *base_c_name(const char *type)
{
    for ( size_t i = 0; i < sizeof(base_types) / sizeof(base_types[0]); i++ )
        if ( !strcmp(base_types[i].type, type) )
            return base_types[i].c;
    return NULL;
}

/* Behind the > that closes the < at this word. */
static size_t behind_angle(const struct statement *statement, size_t at)
{
    int depth = 0;

    do {
        depth += is(statement, at, "<");
        depth -= is(statement, at, ">");
        at++;
    } while ( depth && at < statement->last );
    return at;
}

/* Behind the type that begins with this word, lengths and all. */
size_t type_end(const struct statement *statement, size_t at)
{
    if ( is(statement, at, "struct") || is(statement, at, "union") )
        at++;
    at++;
    if ( is(statement, at, "<") )
        at = behind_angle(statement, at);
    while ( is(statement, at, "[") )
    {
        while ( !is(statement, at, "]") )
            at++;
        at++;
    }
    return at + is(statement, at, "?");
}

static bool is_wrapper(const struct statement *statement, size_t at)
{
    return is(statement, at + 1, "<") &&
           (is(statement, at, "reserved") || is(statement, at, "unchecked") ||
            is(statement, at, "machine"));
}

size_t unwrapped(const struct statement *statement, size_t at)
{
    while ( is_wrapper(statement, at) )
        at += 2;
    return at;
}

/* ---- named types -------------------------------------------------------- */

static bool declares_tag(const struct statement *statement, const char *text)
{
    const char *tag = NULL;

    if ( statement->kind == STRUCT || statement->kind == UNION ||
         statement->kind == TYPEDEF_STRUCT )
        tag = text_at(statement, statement->name);
    else if ( statement->kind == OP )
        tag = tag_of(statement);
    return tag && !strcmp(tag, text);
}

struct statement *find_structure(const char *tag)
{
    EACH_FILE(file)
        EACH_STATEMENT(statement, *file)
            if ( declares_tag(statement, tag) )
                return statement;
    return NULL;
}

struct statement *find_set(const char *set_name)
{
    EACH_FILE(file)
        EACH_STATEMENT(statement, *file)
            if ( (statement->kind == BITS || statement->kind == ENUM ||
                  statement->kind == STATUS || statement->kind == TYPEDEF_ENUM) &&
                 is(statement, statement->name, set_name) )
                return statement;
    return NULL;
}

static const char *named_type(const char *text)
{
    const struct statement *set = find_set(text);

    if ( set && set->kind != TYPEDEF_ENUM )
        return set->colon ? c_type(set, set->colon + 1) : NULL;
    return find_structure(text) ? name("%s_t", text) : text;
}

/* What the handle macros take: "const_uint8". */
static const char *handle_target(const struct statement *statement, size_t at)
{
    bool is_const = is(statement, at, "const");
    const char *target, *base;

    at = unwrapped(statement, at + is_const);
    base = base_c_name(text_at(statement, at));
    if ( base )
        target = strchr(base, ' ') ? text_at(statement, at) : base;
    else if ( is(statement, at, "struct") )
        target = text_at(statement, at + 1);
    else
        target = find_structure(text_at(statement, at))
                 ? name("%s_t", text_at(statement, at)) : text_at(statement, at);
    return is_const ? name("const_%s", target) : target;
}

const char *c_type(const struct statement *statement, size_t at)
{
    bool is_const;

    at = unwrapped(statement, at);
    if ( is(statement, at, "handle") && is(statement, at + 1, "<") )
        return name("XEN_GUEST_HANDLE(%s)", handle_target(statement, at + 2));
    if ( is(statement, at, "handle64") )
        return name("XEN_GUEST_HANDLE_64(%s)", handle_target(statement, at + 2));
    if ( is(statement, at, "pointer") )
    {
        is_const = is(statement, at + 2, "const");
        return name("%s%s *", is_const ? "const " : "",
                    c_type(statement, at + 2 + is_const));
    }
    if ( is(statement, at, "struct") || is(statement, at, "union") )
        return name("%s %s", text_at(statement, at), text_at(statement, at + 1));
    if ( base_c_name(text_at(statement, at)) )
        return base_c_name(text_at(statement, at));
    return named_type(text_at(statement, at));
}

/* As it is stored: with 'as' of that type. */
const char *member_c_type(const struct statement *member)
{
    size_t at = type_end(member, member->colon + 1);

    return is(member, at, "as") ? c_type(member, at + 1) : c_type(member, member->colon + 1);
}
