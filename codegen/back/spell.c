/* SPDX-License-Identifier: MIT */
/* Patterns filled in, and text broken into lines. */
#include <ctype.h>
#include <string.h>

#include "back.h"

const char *spell_pattern(struct arena *arena, const char *pattern,
                          const char *letters, const char *const *texts)
{
    struct text text = { .arena = arena };

    for ( ; *pattern; pattern++ )
    {
        const char *letter = *pattern == '$' && pattern[1] ? strchr(letters, pattern[1]) : NULL;

        if ( letter )
        {
            text_add(&text, texts[letter - letters]);
            pattern++;
        }
        else
            text_add_bytes(&text, pattern, 1);
    }
    return text_string(&text);
}

/* How much of one line fits: up to the last blank before width. */
static size_t fitting(const char *line, size_t length, size_t width)
{
    size_t end = width;

    if ( length <= width )
        return length;
    while ( end > 0 && line[end] != ' ' )
        end--;
    if ( end )
        return end;
    while ( end < length && line[end] != ' ' )
        end++;
    return end;
}

/* Lines that stand as they are: free ones, indented ones, markers of docs/xen-headers. */
static bool is_fixed(const char *line)
{
    return *line == '\n' || !*line || *line == ' ' || *line == '`' || *line == '*';
}

/* The paragraph at *at as one line; moves *at behind it. */
static const char *paragraph(struct arena *arena, const char **at)
{
    struct text text = { .arena = arena };
    bool is_first = true;

    do
    {
        size_t length = strcspn(*at, "\n");

        if ( !is_first )
            text_add(&text, " ");
        text_add_bytes(&text, *at, length);
        is_first = false;
        if ( is_fixed(*at) )
        {
            *at += length + ((*at)[length] == '\n');
            return text_string(&text);
        }
        *at += length + ((*at)[length] == '\n');
    } while ( **at && !is_fixed(*at) );
    return text_string(&text);
}

struct text_list spell_wrap(struct arena *arena, const char *text, size_t width)
{
    struct text_list lines = { 0 };

    while ( text && *text )
    {
        const char *line = paragraph(arena, &text);
        size_t length = strlen(line);

        do
        {
            size_t part = *line == '`' ? length : fitting(line, length, width);

            *LIST_ADD(arena, &lines) = arena_copy(arena, line, part);
            line += part;
            length -= part;
            while ( length && *line == ' ' )
                line++, length--;
        } while ( length );
    }
    return lines;
}

const char *spell_upper(struct arena *arena, const char *name)
{
    char *text = arena_string(arena, name);

    for ( char *at = text; *at; at++ )
        *at = isalnum((unsigned char)*at) ? (char)toupper((unsigned char)*at) : '_';
    return text;
}

const char *spell_own_words(struct arena *arena, const char *doc)
{
    struct text text = { .arena = arena };

    while ( doc && *doc )
    {
        size_t length = strcspn(doc, "\n");

        length += doc[length] == '\n';
        if ( *doc != '`' && (text.length || *doc != '\n') )
            text_add_bytes(&text, doc, length);
        doc += length;
    }
    return text_string(&text);
}
