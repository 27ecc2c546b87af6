/* SPDX-License-Identifier: MIT */
/*
 * Is standard input one JSON text (RFC 8259)?  Exit status 0 if it is; else 1,
 * and where it stops to be.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The reader recurses; what it checks is not deeper than this. */
#define DEEPEST 200

static char *text;
static size_t size, at;

static bool is_next(char c)
{
    return at < size && text[at] == c;
}

static bool take(char c)
{
    if ( !is_next(c) )
        return false;
    at++;
    return true;
}

static void skip_blanks(void)
{
    while ( at < size && memchr(" \t\r\n", text[at], 4) )
        at++;
}

static bool digits(void)
{
    size_t first = at;

    while ( at < size && isdigit((unsigned char)text[at]) )
        at++;
    return at > first;
}

static bool number(void)
{
    take('-');
    if ( !take('0') && !digits() )
        return false;
    if ( take('.') && !digits() )
        return false;
    if ( take('e') || take('E') )
    {
        if ( !take('+') )
            take('-');
        return digits();
    }
    return true;
}

static bool escape(void)
{
    if ( at >= size )
        return false;
    if ( text[at] != 'u' )
        return memchr("\"\\/bfnrt", text[at++], 8) != NULL;
    at++;
    for ( int i = 0; i < 4; i++, at++ )
        if ( at >= size || !isxdigit((unsigned char)text[at]) )
            return false;
    return true;
}

/* One character of more than seven bits. */
static bool wide(void)
{
    unsigned char first = (unsigned char)text[at++];
    int more = first >= 0xf0 && first < 0xf5 ? 3 : first >= 0xe0 && first < 0xf0 ? 2
               : first >= 0xc2 && first < 0xe0 ? 1 : -1;

    if ( more < 0 )
        return false;
    for ( ; more; more--, at++ )
        if ( at >= size || ((unsigned char)text[at] & 0xc0) != 0x80 )
            return false;
    return true;
}

static bool string(void)
{
    if ( !take('"') )
        return false;
    while ( at < size && text[at] != '"' )
    {
        if ( (unsigned char)text[at] < ' ' )
            return false;
        if ( (unsigned char)text[at] >= 0x80 )
        {
            if ( !wide() )
                return false;
        }
        else if ( text[at++] == '\\' && !escape() )
            return false;
    }
    return take('"');
}

static bool value(int depth);

static bool list(char end, int depth)
{
    skip_blanks();
    if ( take(end) )
        return true;
    do
    {
        skip_blanks();
        if ( end == '}' )
        {
            if ( !string() )
                return false;
            skip_blanks();
            if ( !take(':') )
                return false;
        }
        if ( !value(depth + 1) )
            return false;
        skip_blanks();
    } while ( take(',') );
    return take(end);
}

static bool word(const char *expected)
{
    size_t length = strlen(expected);

    if ( size - at < length || memcmp(text + at, expected, length) )
        return false;
    at += length;
    return true;
}

static bool value(int depth)
{
    skip_blanks();
    if ( depth > DEEPEST || at >= size )
        return false;
    switch ( text[at] )
    {
    case '{': at++; return list('}', depth);
    case '[': at++; return list(']', depth);
    case '"': return string();
    case 't': return word("true");
    case 'f': return word("false");
    case 'n': return word("null");
    default:  return number();
    }
}

int main(void)
{
    size_t room = 1 << 20, got;
    bool good;

    text = malloc(room);
    while ( text && (got = fread(text + size, 1, room - size, stdin)) )
    {
        size += got;
        if ( size == room )
            text = realloc(text, room *= 2);
    }
    good = text && size && value(0);
    skip_blanks();
    if ( !good || at != size )
    {
        fprintf(stderr, "json: wrong at byte %zu of %zu\n", at, size);
        return 1;
    }
    return 0;
}
