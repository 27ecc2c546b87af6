/* SPDX-License-Identifier: MIT */
/*
 * What a text or a number in a table looks like.  Needs base; gives the last
 * part of yaml-table.h.
 */
#include <ctype.h>
#include <limits.h>
#include <string.h>

#include "yaml-table.h"

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word(const char *text)
{
    if ( !is_letter(*text) )
        return false;
    while ( is_letter(*text) || is_digit(*text) )
        text++;
    return !*text;
}

/* No name begins with '.' or '-': it may be a file's, or an argument. */
static const char *skip_name(const char *text)
{
    if ( !is_letter(*text) && !is_digit(*text) )
        return text;
    while ( is_letter(*text) || is_digit(*text) || *text == '.' ||
            *text == '-' )
        text++;
    return text;
}

static bool is_path(const char *text)
{
    const char *end;

    for ( ; ; text = end + 1 )
    {
        end = skip_name(text);
        if ( end == text )
            return false;
        if ( !*end )
            return true;
        if ( *end != '/' )
            return false;
    }
}

/* 4.17 or 3.2.10: every part but the first has to fit into a byte. */
static bool is_number_with_dots(const char *text)
{
    unsigned int part, parts = 0;

    do
    {
        if ( !is_digit(*text) || ++parts > 3 )
            return false;
        for ( part = 0; is_digit(*text) && part <= UCHAR_MAX; text++ )
            part = part * 10 + (unsigned int)(*text - '0');
        if ( part > UCHAR_MAX )
            return false;
    } while ( *text++ == '.' );
    return !text[-1];
}

static bool is_version(const char *text)
{
    if ( text_starts(text, "since ") )
        return is_number_with_dots(text + strlen("since "));
    if ( text_starts(text, "up to ") )
        return is_number_with_dots(text + strlen("up to "));
    return !strcmp(text, "latest");
}

static bool has_shape(enum shape shape, const char *text)
{
    switch ( shape )
    {
    case SHAPE_LINE:
        return *text;
    case SHAPE_NAME:
        return *text && !*skip_name(text);
    case SHAPE_WORD:
        return is_word(text);
    case SHAPE_PATH:
        return is_path(text);
    case SHAPE_VERSION:
        return is_version(text);
    }
    return false;
}

const char *shape_wrong(struct arena *arena, enum shape shape,
                        const struct node *node)
{
    static const char *const wanted[] = {
        [SHAPE_LINE] = "a text that is not empty",
        [SHAPE_NAME] = "a name of letters, digits, '_', '-' and '.'",
        [SHAPE_WORD] = "a word of letters, digits and '_'",
        [SHAPE_PATH] = "a path of names with '/' between them, below a folder",
        [SHAPE_VERSION] = "'since VERSION', 'up to VERSION' or 'latest'",
    };

    if ( yaml_has_control(node->text, node->length) )
        return "one line without control characters";
    if ( has_shape(shape, node->text) )
        return NULL;
    if ( !*node->text )
        return wanted[shape];
    return arena_format(arena, "%s, not '%s'", wanted[shape], node->text);
}

const char *place_unknown(const char *text, const char *const *places)
{
    while ( (text = strchr(text, '$')) )
    {
        const char *const *place = places;

        while ( place && *place && !text_starts(text, *place) )
            place++;
        if ( !place || !*place )
            return text;
        text += strlen(*place);
    }
    return NULL;
}

bool words_hold(const char *const *words, const char *word)
{
    while ( *words && strcmp(*words, word) )
        words++;
    return *words;
}

size_t words_count(const char *const *words)
{
    size_t count = 0;

    while ( words[count] )
        count++;
    return count;
}

const char *words_list(struct arena *arena, const char *const *words,
                       size_t count, const char *before_last)
{
    struct text list = { .arena = arena };

    for ( size_t i = 0; i < count; i++ )
        text_format(&list, "%s%s",
                    !i ? "" : i == count - 1 ? before_last : ", ", words[i]);
    return text_string(&list);
}

/* Decimal, or hexadecimal with 0x; a number in quotes is a text. */
enum number number_read(const struct node *node, unsigned int *value)
{
    const char *text = node->text;
    bool negative = *text == '-', hex;
    unsigned int base, digit, number = 0;
    bool fits = true;

    if ( !node->is_plain || strlen(text) != node->length )
        return NUMBER_NONE;
    text += negative;
    hex = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
    base = hex ? 16 : 10;
    text += hex ? 2 : 0;
    if ( !*text )
        return NUMBER_NONE;
    for ( const char *at = text; *at; at++ )
    {
        if ( !(hex ? isxdigit((unsigned char)*at) : is_digit(*at)) )
            return NUMBER_NONE;
        digit = is_digit(*at) ? (unsigned int)(*at - '0')
                              : ((unsigned int)*at | 0x20) - 'a' + 10;
        if ( number > (UINT_MAX - digit) / base )
            fits = false;
        else
            number = number * base + digit;
    }
    if ( !hex && text[0] == '0' && text[1] )
        return NUMBER_OCTAL;
    *value = number;
    return fits && !(negative && number) ? NUMBER_RIGHT : NUMBER_TOO_LARGE;
}

bool node_is_nothing(const struct node *node)
{
    static const char *const nothing[] = { "", "~", "null", "Null", "NULL",
                                           NULL };

    return node->kind == NODE_SCALAR && node->is_plain &&
           words_hold(nothing, node->text);
}
