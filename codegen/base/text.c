/* SPDX-License-Identifier: MIT */
/*
 * Text that grows, and maps from names.  Needs arena; gives text.h.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "text.h"

static void text_reserve(struct text *text, size_t more)
{
    size_t room = text->room ? text->room : 64;
    char *at;

    if ( more < text->room - text->length )
        return;
    if ( more > SIZE_MAX / 4 - text->length )
        more = room = SIZE_MAX / 2;     /* the arena says that it is too much */
    while ( room - text->length <= more && room < SIZE_MAX / 2 )
        room *= 2;
    at = arena_alloc(text->arena, room);
    if ( text->length )
        memcpy(at, text->at, text->length);
    text->at = at;
    text->room = room;
}

void text_add_bytes(struct text *text, const char *more, size_t length)
{
    text_reserve(text, length);
    if ( length )
        memcpy(text->at + text->length, more, length);
    text->length += length;
    text->at[text->length] = '\0';
}

void text_add(struct text *text, const char *more)
{
    text_add_bytes(text, more, strlen(more));
}

void text_format(struct text *text, const char *format, ...)
{
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if ( length < 0 )
        return;
    text_reserve(text, (size_t)length);
    va_start(arguments, format);
    vsnprintf(text->at + text->length, (size_t)length + 1, format, arguments);
    va_end(arguments);
    text->length += (size_t)length;
}

const char *text_string(const struct text *text)
{
    return text->at ? text->at : "";
}

bool text_starts(const char *text, const char *with)
{
    return !strncmp(text, with, strlen(with));
}

bool text_ends(const char *text, const char *with)
{
    size_t length = strlen(text), end = strlen(with);

    return length >= end && !memcmp(text + length - end, with, end);
}

size_t text_name_length(const char *text)
{
    return strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
}

static bool follows(unsigned char byte)
{
    return (byte & 0xc0) == 0x80;
}

size_t text_utf8(const char *text, size_t length)
{
    const unsigned char *at = (const unsigned char *)text;

    if ( length >= 1 && at[0] < 0x80 )
        return 1;
    if ( length >= 2 && at[0] >= 0xc2 && at[0] <= 0xdf && follows(at[1]) )
        return 2;
    if ( length >= 3 && (at[0] & 0xf0) == 0xe0 && follows(at[1]) &&
         follows(at[2]) )
    {
        /* No longer than needed, and no half of a UTF-16 pair. */
        if ( (at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xed && at[1] > 0x9f) )
            return 0;
        return 3;
    }
    if ( length >= 4 && at[0] >= 0xf0 && at[0] <= 0xf4 && follows(at[1]) &&
         follows(at[2]) && follows(at[3]) )
    {
        if ( (at[0] == 0xf0 && at[1] < 0x90) || (at[0] == 0xf4 && at[1] > 0x8f) )
            return 0;
        return 4;
    }
    return 0;
}
