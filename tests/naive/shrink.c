/* SPDX-License-Identifier: MIT */
/*
 * Delta debugging: parts of a list are left out, large ones first, as long as it
 * fails without them; then numbers are made smaller in the same way.
 */
#include <stdlib.h>
#include <string.h>

#include "run.h"

static bool fails(struct operation *list, unsigned int nr, const struct plan *plan,
                  struct finding *found)
{
    struct finding now;

    run_apart(list, nr, plan, &now);
    if ( now.failed )
        *found = now;
    return now.failed;
}

/* Without [at, at + part). */
static bool without(struct operation *list, unsigned int *nr, unsigned int at, unsigned int part,
                    const struct plan *plan, struct finding *found)
{
    struct operation *shorter = malloc((*nr + 1) * sizeof(*shorter));
    unsigned int left = *nr - part;
    bool so;

    memcpy(shorter, list, at * sizeof(*list));
    memcpy(shorter + at, list + at + part, (left - at) * sizeof(*list));
    so = fails(shorter, left, plan, found);
    if ( so )
    {
        memcpy(list, shorter, left * sizeof(*list));
        *nr = left;
        if ( found->at + 1 < *nr )
            *nr = found->at + 1;
    }
    free(shorter);
    return so;
}

static bool delete_parts(struct operation *list, unsigned int *nr, unsigned int part,
                         const struct plan *plan, struct finding *found)
{
    unsigned int at = *nr;
    bool any = false;

    /* From the end, where what matters is the least likely to be needed first. */
    while ( at > 0 )
    {
        unsigned int here = at < part ? at : part;

        at -= here;
        if ( at + here <= *nr )
            any |= without(list, nr, at, here, plan, found);
    }
    return any;
}

/* A list without joined elements and flags is read more easily. */
static void simplify(struct operation *list, unsigned int nr, const struct plan *plan,
                     struct finding *found)
{
    unsigned int i, bit;

    for ( i = 0; i < nr; i++ )
        for ( bit = 1; bit < 16; bit <<= 1 )
        {
            struct operation before = list[i];

            list[i].flags &= ~bit;
            if ( list[i].flags != before.flags && !fails(list, nr, plan, found) )
                list[i] = before;
        }
}

unsigned int shrink(struct operation *list, unsigned int nr, const struct plan *plan,
                    struct finding *found)
{
    struct plan often = *plan;
    unsigned int part;

    often.interval = 1;
    often.draw = false;
    often.quiet = true;
    if ( found->at + 1 < nr )
        nr = found->at + 1;
    /* Looking more often may find it earlier; if it is not found at all, as before. */
    if ( !fails(list, nr, &often, found) )
        often.interval = plan->interval;
    else if ( found->at + 1 < nr )
        nr = found->at + 1;
    for ( part = nr / 2; part > 0; part /= 2 )
        delete_parts(list, &nr, part, &often, found);
    while ( delete_parts(list, &nr, 1, &often, found) )
        ;
    simplify(list, nr, &often, found);
    return nr;
}
