/* SPDX-License-Identifier: MIT */
/* The few string functions that the compiler calls and the tests use. */
#include "guest.h"

void *memset(void *to, int value, size_t size)
{
    char *byte = to;

    while ( size-- )
        *byte++ = value;
    return to;
}

void *memcpy(void *to, const void *from, size_t size)
{
    char *byte = to;
    const char *source = from;

    while ( size-- )
        *byte++ = *source++;
    return to;
}

int memcmp(const void *a, const void *b, size_t size)
{
    const unsigned char *left = a, *right = b;

    for ( ; size; size--, left++, right++ )
        if ( *left != *right )
            return *left - *right;
    return 0;
}

/* The text after the first word in text, or NULL. */
const char *string_find(const char *text, const char *word)
{
    for ( ; *text; text++ )
    {
        const char *at = text, *want = word;

        while ( *want && *at == *want )
            at++, want++;
        if ( !*want )
            return at;
    }
    return NULL;
}

uint64_t string_number(const char *text)
{
    uint64_t number = 0;

    for ( ; *text >= '0' && *text <= '9'; text++ )
        number = number * 10 + *text - '0';
    return number;
}
