/* SPDX-License-Identifier: MIT */
/*
 * Two texts, line by line.  Needs the arena; gives the number of lines that
 * diff would print, by the greedy search for the shortest way from one text to
 * the other: along a diagonal while lines are equal, else one line out or in.
 */
#include <string.h>

#include "diff.h"

struct diff_lines diff_split(struct arena *arena, const char *text)
{
    struct diff_lines lines = { 0 };

    while ( *text )
    {
        size_t length = strcspn(text, "\n");

        *LIST_ADD(arena, &lines) = arena_copy(arena, text, length);
        text += length + (text[length] == '\n');
    }
    return lines;
}

/* From (x, y) as far as both go on in the same way; returns the new x. */
static size_t follow(const struct diff_lines *then, const struct diff_lines *now,
                     size_t x, size_t y)
{
    while ( x < then->count && y < now->count && !strcmp(then->at[x], now->at[y]) )
        x++, y++;
    return x;
}

/* How many steps off a diagonal lead from the one to the other. */
static size_t distance(struct arena *arena, const struct diff_lines *then,
                       const struct diff_lines *now)
{
    long most = (long)(then->count + now->count);
    /* The furthest line of then on each diagonal, from -most - 1 to most + 1. */
    size_t *reached = arena_alloc(arena, (size_t)(2 * most + 3) * sizeof(*reached));

    reached += most + 1;
    for ( long steps = 0; steps <= most; steps++ )
        for ( long diagonal = -steps; diagonal <= steps; diagonal += 2 )
        {
            bool adds = diagonal == -steps ||
                        (diagonal != steps && reached[diagonal - 1] < reached[diagonal + 1]);
            size_t x = adds ? reached[diagonal + 1] : reached[diagonal - 1] + 1;
            size_t y = (size_t)((long)x - diagonal);

            x = follow(then, now, x, y);
            reached[diagonal] = x;
            if ( x >= then->count && (size_t)((long)x - diagonal) >= now->count )
                return (size_t)steps;
        }
    return (size_t)most;
}

struct diff_count diff_count(struct arena *arena, const char *then, const char *now)
{
    struct diff_lines old = diff_split(arena, then), new = diff_split(arena, now);
    size_t steps = distance(arena, &old, &new);

    /* steps is removed + added, and the difference of the two is known. */
    return (struct diff_count){ .removed = (steps + old.count - new.count) / 2,
                                .added = (steps + new.count - old.count) / 2 };
}
