/* SPDX-License-Identifier: MIT */
/* Places, words and numbers: what scanner and grammar need in plain C. */
#include <stdlib.h>
#include <string.h>

#include "scan.h"

void scan_advance(struct scan *scan, struct span *span, const char *text, int length)
{
    /* Of all tokens only blanks, and pieces of comments, have newlines. */
    bool may_break = *text == '\n' || *text == ' ' || *text == '\t';
    const char *end = text + length, *newline;

    scan->offset += (size_t)length;
    span->source = scan->source;
    span->first = scan->at;
    while ( may_break && (newline = memchr(text, '\n', (size_t)(end - text))) )
    {
        scan->at = (struct point){ scan->at.line + 1, 1 };
        text = newline + 1;
    }
    scan->at.column += (int)(end - text);
    span->last = scan->at;
    if ( scan->fixed )
        *span = *scan->fixed;
}

/* The token whose last byte was the last one read. */
void scan_word(struct scan *scan, const struct span *where, int length)
{
    scan->previous = scan->last;
    scan->last = *where;
    scan->word = scan->text + scan->offset - length;
    scan->word_length = length;
}

void scan_doc(struct scan *scan, const struct span *where, const char *text, int length)
{
    if ( length > 0 && *text == ' ' )
        text++, length--;
    while ( length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t') )
        length--;
    *LIST_ADD(scan->arena, &scan->docs) = (struct doc_line){
        .where = *where,
        .text = arena_copy(scan->arena, text, (size_t)length),
        .is_tail = scan->last.last.line == where->first.line,
    };
}

/* Blanks, and what YAML has no comment with. */
static bool is_blank(char c)
{
    return c == ' ' || ((unsigned char)c < ' ' && c != '\n');
}

/* Each line without the ' * ' in front of it. */
void scan_note(struct scan *scan, const struct span *where)
{
    const char *at = scan->text + scan->inner, *end = scan->text + scan->offset - 2;
    struct text text = { .arena = scan->arena };
    bool is_apart = text_starts(end + 2, "\n\n");

    while ( at < end )
    {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *stop = newline ? newline : end, *last = stop;

        while ( at < stop && is_blank(*at) )
            at++;
        if ( text.length && at < stop && *at == '*' )
            at++;
        /* As YAML's are read: a line of a note begins with what it says. */
        while ( at < stop && is_blank(*at) )
            at++;
        while ( last > at && is_blank(last[-1]) )
            last--;
        if ( last > at )
            text_format(&text, "%s%.*s", text.length ? "\n" : "", (int)(last - at), at);
        at = newline ? newline + 1 : end;
    }
    for ( size_t i = 0; i < text.length; i++ )
        if ( is_blank(text.at[i]) && text.at[i] != '\t' )
            text.at[i] = ' ';
    if ( !scan->nr_first && text.length )
        *LIST_ADD(scan->arena, &scan->tree->notes) =
            (struct note){ *where, text_string(&text), is_apart };
}

struct span span_join(const struct span *part, int n)
{
    struct span whole = { part[n ? 1 : 0].source, part[n ? 1 : 0].first, part[n].last };

    /* Parts that are empty at the front have no place of their own. */
    for ( int i = 1; i <= n; i++ )
    {
        if ( part[i].first.line != part[i].last.line ||
             part[i].first.column != part[i].last.column )
        {
            whole.source = part[i].source;
            whole.first = part[i].first;
            break;
        }
    }
    if ( !n )
        whole.first = whole.last;
    return whole;
}

/* Decimal digits only, at most 64 bits; *end is where they stop. */
static bool decimal_number(const char *text, uint64_t *value, const char **end)
{
    for ( *end = text; **end >= '0' && **end <= '9'; ++*end )
    {
        unsigned int digit = (unsigned int)(**end - '0');

        if ( *value > (UINT64_MAX - digit) / 10 )
            return false;
        *value = *value * 10 + digit;
    }
    return true;
}

static bool hex_number(const char *text, uint64_t *value, const char **end)
{
    char *stop;

    if ( strlen(text) > 16 )
        return false;
    *value = strtoull(text, &stop, 16);
    *end = stop;
    return true;
}

bool tree_number(const char *text, uint64_t *value, bool *negative)
{
    bool inverted = *text == '~', good;
    const char *end;

    *negative = *text == '-';
    if ( inverted || *negative )
        text++;
    *value = 0;
    if ( *text < '0' || *text > '9' )
        return false;
    if ( text[0] == '0' && (text[1] == 'x' || text[1] == 'X') )
        good = hex_number(text + 2, value, &end);
    else
        good = decimal_number(text, value, &end);
    if ( !good || *end || (*negative && *value > (UINT64_C(1) << 63)) )
        return false;
    if ( *negative )
        *value = -*value;
    else if ( inverted )
        *value = ~*value;
    return true;
}
