/* SPDX-License-Identifier: MIT */
/*
 * "Did you mean": the name that is the fewest slips of a typist away.  A slip
 * is a letter too many, too few, or wrong, or two swapped (Damerau and
 * Levenshtein, without edits inside a swapped pair).  Needs text.h.
 */
#include <ctype.h>
#include <string.h>

#include "text.h"

/* Longer names are never suggested; it keeps the rows on the stack. */
#define LONGEST 255

/* So much that 255 letters in the wrong case cost less than one slip. */
#define SLIP 256

/* A letter and its capital have the same remainder. */
#define NR_LETTERS 32

static unsigned int letter_cost(char a, char b)
{
    if ( a == b )
        return 0;
    return tolower((unsigned char)a) == tolower((unsigned char)b) ? 1 : SLIP;
}

static unsigned int least(unsigned int a, unsigned int b)
{
    return a < b ? a : b;
}

/* The cost of name -> other, or something above limit. */
static unsigned int distance(const char *name, size_t name_length,
                             const char *other, size_t other_length,
                             unsigned int limit)
{
    unsigned int rows[3][LONGEST + 1];
    unsigned int *before = rows[0], *above = rows[1], *row = rows[2], *spare;

    for ( size_t j = 0; j <= other_length; j++ )
        above[j] = (unsigned int)j * SLIP;
    for ( size_t i = 1; i <= name_length; i++ )
    {
        unsigned int best = row[0] = (unsigned int)i * SLIP;

        for ( size_t j = 1; j <= other_length; j++ )
        {
            unsigned int straight = letter_cost(name[i - 1], other[j - 1]);

            row[j] = least(above[j - 1] + straight,
                           least(above[j], row[j - 1]) + SLIP);
            if ( i > 1 && j > 1 && straight >= SLIP )
            {
                unsigned int swap = letter_cost(name[i - 1], other[j - 2]) +
                                    letter_cost(name[i - 2], other[j - 1]);

                if ( swap < SLIP )
                    row[j] = least(row[j], before[j - 2] + SLIP + swap);
            }
            best = least(best, row[j]);
        }
        /* Each row holds at most one slip more than the row above. */
        if ( best > limit )
            return best;
        spare = before;
        before = above;
        above = row;
        row = spare;
    }
    return above[other_length];
}

struct search {
    const char *name, *best;
    size_t length;
    unsigned int limit;         /* a candidate must cost less */
    int letters[NR_LETTERS];
};

/* How many letters of each kind; case does not count, and signs share kinds. */
static void count_letters(const char *name, int step, int letters[NR_LETTERS])
{
    for ( ; *name; name++ )
        letters[(unsigned char)*name % NR_LETTERS] += step;
}

static struct search search_for(const char *name)
{
    size_t length = strlen(name);

    struct search search = {
        .name = name, .length = length,
        .limit = length > LONGEST ? 0 : ((unsigned int)length / 3 + 1) * SLIP,
    };

    count_letters(name, 1, search.letters);
    return search;
}

/* A slip changes a letter: with too many others, no distance need be found. */
static bool is_far(const struct search *search, const char *candidate)
{
    unsigned int more = 0, fewer = 0;
    int left[NR_LETTERS];

    memcpy(left, search->letters, sizeof(left));
    count_letters(candidate, -1, left);
    for ( int i = 0; i < NR_LETTERS; i++ )
    {
        if ( left[i] > 0 )
            more += (unsigned int)left[i];
        else
            fewer += (unsigned int)-left[i];
    }
    return (more > fewer ? more : fewer) * SLIP >= search->limit;
}

static void search_try(struct search *search, const char *candidate)
{
    size_t length = strlen(candidate);
    size_t apart = length > search->length ? length - search->length
                                           : search->length - length;
    unsigned int cost;

    if ( length > LONGEST || !search->limit || apart * SLIP >= search->limit ||
         is_far(search, candidate) )
        return;
    cost = distance(search->name, search->length, candidate, length,
                    search->limit - 1);
    /* Nobody who wrote a name meant the same name. */
    if ( cost && cost < search->limit )
    {
        search->limit = cost;
        search->best = candidate;
    }
}

const char *text_nearest(const char *name, const char *const *candidates,
                         size_t count)
{
    struct search search = search_for(name);

    for ( size_t i = 0; i < count; i++ )
        search_try(&search, candidates[i]);
    return search.best;
}

const char *map_nearest(const struct map *map, const char *name)
{
    struct search search = search_for(name);

    for ( size_t i = 0; i < map->entries.count; i++ )
        search_try(&search, map->entries.at[i].name);
    return search.best;
}
