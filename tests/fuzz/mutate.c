/* SPDX-License-Identifier: MIT */
/*
 * Half of all new inputs differ by bytes, as always; the others by words and
 * lines, so that many are still read and some are still right.
 */
#include <string.h>

#include "fuzz.h"

size_t LLVMFuzzerMutate(uint8_t *bytes, size_t size, size_t room);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room,
                               unsigned int seed);

struct piece { size_t first, length; };

/* The same numbers for the same seed, on every machine. */
static unsigned int next_random(unsigned int *seed, size_t below)
{
    *seed = *seed * 1103515245u + 12345u;
    return (unsigned int)((*seed >> 8) % below);
}

static bool is_word(uint8_t byte)
{
    return byte == '_' || (byte >= '0' && byte <= '9') ||
           ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
}

/* The line that the byte belongs to, with its end. */
static struct piece line_at(const uint8_t *bytes, size_t size, size_t at)
{
    size_t first = at, last = at;

    while ( first && bytes[first - 1] != '\n' )
        first--;
    while ( last < size && bytes[last] != '\n' )
        last++;
    return (struct piece){ first, (last < size ? last + 1 : last) - first };
}

/* The first word behind the byte; length 0: there is none. */
static struct piece word_behind(const uint8_t *bytes, size_t size, size_t at)
{
    size_t first = at, last;

    while ( first < size && !is_word(bytes[first]) )
        first++;
    for ( last = first; last < size && is_word(bytes[last]); last++ )
        ;
    return (struct piece){ first, last - first };
}

/* The bytes with piece 'old' replaced by a copy of piece 'new'. */
static size_t replace(uint8_t *bytes, size_t size, size_t room, struct piece old,
                      struct piece new)
{
    uint8_t *copy;

    if ( size - old.length + new.length > room )
        return size;
    copy = malloc(new.length + 1);
    EXPECT(copy);
    memcpy(copy, bytes + new.first, new.length);
    memmove(bytes + old.first + new.length, bytes + old.first + old.length,
            size - old.first - old.length);
    memcpy(bytes + old.first, copy, new.length);
    free(copy);
    return size - old.length + new.length;
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room,
                               unsigned int seed)
{
    unsigned int kind = next_random(&seed, 6);
    struct piece here, there;

    if ( kind >= 3 || !size )
        return LLVMFuzzerMutate(bytes, size, room);
    if ( kind == 0 )
    {
        here = word_behind(bytes, size, next_random(&seed, size));
        there = word_behind(bytes, size, next_random(&seed, size));
    }
    else
    {
        here = line_at(bytes, size, next_random(&seed, size));
        there = line_at(bytes, size, next_random(&seed, size));
        if ( kind == 1 )
            here.length = 0;            /* one line more */
        else if ( next_random(&seed, 2) )
            there.length = 0;           /* one line less */
    }
    return replace(bytes, size, room, here, there);
}
