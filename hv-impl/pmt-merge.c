/* SPDX-License-Identifier: MIT */
/*
 * Merging, lazily: extents whose leaves have become contiguous need none. Nobody
 * waits for it, and of 64 flips one pays for a look.
 */
#include "pmt-parts.h"
#include "hv-bug.h"

/* The entry of a run that these leaves are, or 0. */
static uint64_t run_of_leaves(const struct pmt *t, uint64_t dir)
{
    uint64_t gpfn = dir << PMT_DIR_SHIFT, first = pmt_leaf_word(t, gpfn), i;
    unsigned int holes = 0;             /* of a planted mistake */

    if ( !pmt_fits(t, first, PMT_DIR_PAGES) )
        return 0;
    for ( i = 1; i < PMT_DIR_PAGES; i++ )
        if ( pmt_leaf_word(t, gpfn + i) != pmt_further(t, first, i) &&
             !(HV_BUG(MERGE) && pmt_leaf_word(t, gpfn + i) == PMTE_absent && !holes++) )
            return 0;
    return first;
}

/* The same for the entries of dir below one of top. */
static uint64_t run_of_dirs(const struct pmt *t, uint64_t top)
{
    uint64_t dir = top * PMT_TOP_DIRS, first = pmt_entry_of(pmt_dir_word(t, dir)), i;

    if ( (pmt_dir_word(t, dir) & PMTD_table) || !pmt_fits(t, first, PMT_TOP_PAGES) )
        return 0;
    for ( i = 1; i < PMT_TOP_DIRS; i++ )
        if ( pmt_dir_word(t, dir + i) != pmt_dir_of(pmt_further(t, first, i << PMT_DIR_SHIFT)) )
            return 0;
    return first;
}

/* One step: an extent, and after the last of a top this as well. */
static unsigned int merge_extent(struct pmt *t, uint64_t gpfn)
{
    uint64_t dir = gpfn >> PMT_DIR_SHIFT, top = gpfn >> PMT_TOP_SHIFT, entry;
    unsigned int merged = 0;

    if ( pmt_dir_word(t, dir) & PMTD_table )
    {
        entry = run_of_leaves(t, dir);
        if ( entry )
        {
            pmt_join_dir(t, dir, entry);
            merged++;
        }
    }
    if ( (dir + 1) % PMT_TOP_DIRS == 0 )
    {
        entry = run_of_dirs(t, top);
        if ( entry )
        {
            pmt_join_top(t, top, entry);
            merged++;
        }
    }
    return merged;
}

/* The next extent in turn, or all that is one run already. */
static unsigned int merge_next(struct pmt *t)
{
    /* To the end of the last entry of top: a part of it makes no run there. */
    uint64_t at, size = (pmt_nr_gpfns(t) + PMT_TOP_PAGES - 1) & ~(PMT_TOP_PAGES - 1);

    if ( t->merge_at >= size )
        t->merge_at = 0;
    if ( !size )
        return 0;
    at = t->merge_at;
    if ( !(pmt_top_word(t, at >> PMT_TOP_SHIFT) & PMTE_table) )
    {
        t->merge_at = (at | (PMT_TOP_PAGES - 1)) + 1;
        return 0;
    }
    t->merge_at = at + PMT_DIR_PAGES;
    return merge_extent(t, at);
}

void pmt_merge_here(struct pmt *t)
{
    uint64_t full = t->full;

    t->full = 0;
    if ( !full )
    {
        t->changes = 0;
        (void)merge_next(t);
    }
    else if ( pmt_top_word(t, (full - 1) / PMT_TOP_DIRS) & PMTE_table )
        (void)merge_extent(t, (full - 1) << PMT_DIR_SHIFT);
}

unsigned int pmt_merge(struct pmt *t, unsigned int steps)
{
    unsigned int merged = 0;

    pmt_lock(t);
    while ( steps-- )
        merged += merge_next(t);
    port_unlock(&t->lock);
    return merged;
}
