/* SPDX-License-Identifier: MIT */
/*
 * Scalars of YAML: with quotes where they need them.  Needs what yaml-form.h
 * says of other readers; gives the first part of convert.h.
 */
#include <string.h>

#include "convert.h"
#include "front/yaml-form.h"

/* A newline, and what no file of YAML may have as it is. */
static bool has_control(const char *value)
{
    for ( ; *value; value++ )
        if ( (unsigned char)*value < ' ' )
            return true;
    return false;
}

static bool needs_quotes(const char *value, enum scalar kind, bool in_flow)
{
    size_t length = strlen(value);

    if ( !length || value[0] == ' ' || value[length - 1] == ' ' || value[length - 1] == ':' )
        return true;
    if ( strchr(",[]{}#&*!|>'\"%@`?", value[0]) ||
         (strchr("-:", value[0]) && (kind == SCALAR_TEXT || !value[1])) )
        return true;
    if ( strstr(value, ": ") || strstr(value, " #") || has_control(value) )
        return true;
    if ( in_flow && strpbrk(value, ",[]{}:?") )
        return true;
    return kind == SCALAR_TEXT && (form_is_odd_word(value) || form_looks_like_number(value));
}

static void add_escaped(struct text *to, const char *value)
{
    text_add(to, "\"");
    for ( ; *value; value++ )
    {
        const char *escape = *value == '\n' ? "\\n" : *value == '\t' ? "\\t"
                             : *value == '"' ? "\\\"" : *value == '\\' ? "\\\\" : NULL;

        if ( escape )
            text_add(to, escape);
        else if ( (unsigned char)*value < ' ' )
            text_format(to, "\\x%02x", (unsigned char)*value);
        else
            text_add_bytes(to, value, 1);
    }
    text_add(to, "\"");
}

void scalar_add(struct text *to, const char *value, enum scalar kind, bool in_flow)
{
    if ( !needs_quotes(value, kind, in_flow) )
        text_add(to, value);
    else if ( strpbrk(value, "\"\\") && !strchr(value, '\'') && !has_control(value) )
        text_format(to, "'%s'", value);
    else
        add_escaped(to, value);
}

/* A block has no blanks before its first word, and ends with one newline. */
bool scalar_is_block(const char *lines)
{
    size_t length = strlen(lines);

    for ( const char *at = lines; *at; at++ )
        if ( (unsigned char)*at < ' ' && *at != '\n' && *at != '\t' )
            return false;
    return length > 1 && lines[length - 1] == '\n' && lines[length - 2] != '\n' &&
           !strchr(" \t\n", lines[0]);
}

void scalar_add_lines(struct text *to, const char *lines, size_t indent)
{
    if ( !scalar_is_block(lines) )
    {
        add_escaped(to, lines);
        text_add(to, "\n");
        return;
    }
    text_add(to, "|\n");
    while ( *lines )
    {
        size_t length = strcspn(lines, "\n");

        if ( length )
            text_format(to, "%*s", (int)indent, "");
        text_add_bytes(to, lines, length + 1);
        lines += length + 1;
    }
}

const char *scalar_source(struct arena *arena, struct span where)
{
    const struct source *source = where.source;
    size_t at = source->lines.at[where.first.line - 1] + (size_t)where.first.column - 1;
    size_t end = source->lines.at[where.last.line - 1] + (size_t)where.last.column - 1;
    struct text text = { .arena = arena };
    bool blank = false;

    while ( at < end )
    {
        const char *rest = source->text + at;
        size_t skip = strspn(rest, " \t\n");

        if ( text_starts(rest, "/*") )
            skip = strstr(rest, "*/") ? (size_t)(strstr(rest, "*/") - rest) + 2 : end - at;
        else if ( text_starts(rest, "///") )
            skip = strcspn(rest, "\n");
        if ( skip )
        {
            blank = text.length != 0;
            at += skip;
            continue;
        }
        if ( blank )
            text_add(&text, " ");
        blank = false;
        text_add_bytes(&text, rest, 1);
        at++;
    }
    return text_string(&text);
}
