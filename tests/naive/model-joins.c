/* SPDX-License-Identifier: MIT */
/*
 * Which operations are not performed, and which are elements of one call. Both
 * are found out before the call is made, from the state before it.
 */
#include "naive.h"

bool model_skips(const struct operation *op)
{
    return model_skips_grant(op) || model_skips_memory(op) ||
           (op->kind == OP_COPY && model_skips_copy(op));
}

static unsigned int free_mappings(unsigned int domain)
{
    unsigned int i, n = 0;

    for ( i = 0; i < MAPPINGS; i++ )
        n += !world.party[domain].mapping[i].used;
    return n;
}

/* What one element changes must not change what the numbers of the next mean. */
bool model_joins(const struct operation *first, unsigned int nr, const struct operation *op)
{
    unsigned int i;

    if ( !(op->flags & FLAG_JOIN) || op->kind != first->kind || op->caller != first->caller )
        return false;
    switch ( op->kind )
    {
    case OP_MAP:
    case OP_PMT_MAP:
        return !world.party[op->caller].pv && free_mappings(op->caller) > nr;
    case OP_TRANSFER:
        return op->gfn < PAGES;
    case OP_MACHPHYS:
        for ( i = 0; i < nr; i++ )
            if ( op->gfn == first[i].gfn || op->gfn == first[i].gfn2 )
                return false;
        return op->gfn < PAGES && op->other == first->other;
    case OP_DONATE:
        for ( i = 0; i < nr; i++ )
            if ( first[i].slot % LOANS == op->slot % LOANS )
                return false;
        return true;
    }
    return true;
}
