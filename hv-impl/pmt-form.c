/* SPDX-License-Identifier: MIT */
/*
 * The forms of a table: splitting runs, joining what is contiguous, and the frames
 * behind the windows. No answer changes here but by pmt_join_*. Needs the lock.
 */
#include "pmt-parts.h"

/* ---- frames --------------------------------------------------------------------- */

/* A frame of leaves is there while one of the extents in it is in use. */
bool pmt_leaf_there(const struct pmt *t, uint64_t dir)
{
    uint64_t i, first = dir & ~(uint64_t)(PMT_DIRS_OF_FRAME - 1);

    for ( i = first; i < first + PMT_DIRS_OF_FRAME && i < pmt_tops(t) * PMT_TOP_DIRS; i++ )
        if ( pmt_dir_word(t, i) & PMTD_table )
            return true;
    return false;
}

bool pmt_dir_there(const struct pmt *t, uint64_t top)
{
    uint64_t i, first = top & ~(uint64_t)(PMT_TOPS_OF_FRAME - 1);

    for ( i = first; i < first + PMT_TOPS_OF_FRAME && i < pmt_tops(t); i++ )
        if ( pmt_top_word(t, i) & PMTE_table )
            return true;
    return false;
}

/* The frames that [at, at + bytes) touches. */
static char *frames_of(const void *at, uint64_t bytes, uint64_t *size)
{
    uintptr_t first = (uintptr_t)at & ~(uintptr_t)(PMT_FRAME - 1);
    uintptr_t end = ((uintptr_t)at + bytes + PMT_FRAME - 1) & ~(uintptr_t)(PMT_FRAME - 1);

    *size = end - first;
    return (char *)first;
}

int pmt_leaf_commit(struct pmt *t, uint64_t dir)
{
    uint64_t size;
    char *at = frames_of(&t->leaf[dir << PMT_DIR_SHIFT], PMT_DIR_PAGES * sizeof(uint64_t), &size);

    return pmt_leaf_there(t, dir) ? 0 : port_window_commit(at, size);
}

int pmt_dir_commit(struct pmt *t, uint64_t top)
{
    uint64_t size;
    char *at = frames_of(&t->dir[top * PMT_TOP_DIRS], PMT_TOP_DIRS * sizeof(uint32_t), &size);

    return pmt_dir_there(t, top) ? 0 : port_window_commit(at, size);
}

void pmt_leaf_drop(struct pmt *t, uint64_t dir)
{
    uint64_t size;
    char *at = frames_of(&t->leaf[dir << PMT_DIR_SHIFT], PMT_DIR_PAGES * sizeof(uint64_t), &size);

    if ( !pmt_leaf_there(t, dir) )
        port_window_drop(at, size);
}

void pmt_dir_drop(struct pmt *t, uint64_t top)
{
    uint64_t size;
    char *at = frames_of(&t->dir[top * PMT_TOP_DIRS], PMT_TOP_DIRS * sizeof(uint32_t), &size);

    if ( !pmt_dir_there(t, top) )
        port_window_drop(at, size);
}

/* ---- splitting: fill, then publish --------------------------------------------- */

void pmt_split_dir(struct pmt *t, uint64_t dir)
{
    uint32_t word = pmt_dir_word(t, dir);
    uint64_t i, entry = pmt_entry_of(word), step = pmt_further(t, entry, 1) - entry;

    if ( word & PMTD_table )
        return;
    for ( i = 0; i < PMT_DIR_PAGES; i++, entry += step )
        pmt_put_leaf(t, (dir << PMT_DIR_SHIFT) + i, entry);
    PORT_POINT("pmt_split_dir");
    pmt_put_dir(t, dir, PMTD_table);
    t->nr_extents++;
    pmt_put_gate(t, 0);
}

void pmt_split_top(struct pmt *t, uint64_t top)
{
    uint64_t i, entry = pmt_top_word(t, top);

    if ( entry & PMTE_table )
        return;
    for ( i = 0; i < PMT_TOP_DIRS; i++ )
        pmt_put_dir(t, top * PMT_TOP_DIRS + i,
                    pmt_dir_of(pmt_further(t, entry, i << PMT_DIR_SHIFT)));
    PORT_POINT("pmt_split_top");
    pmt_put_top(t, top, PMTE_table);
    t->nr_tables++;
    PORT_POINT("pmt_split_top_gate");
    pmt_put_gate(t, -1);
}

/* ---- joining: fill, publish, then take down ---------------------------------- */

/*
 * First each leaf, then the directory, which says the same then; then there are no leaves.
 * So who looks at them first finds what is true, or a hole.
 */
void pmt_join_dir(struct pmt *t, uint64_t dir, uint64_t entry)
{
    uint64_t i, gpfn = dir << PMT_DIR_SHIFT;

    if ( !(pmt_dir_word(t, dir) & PMTD_table) )
    {
        pmt_put_dir(t, dir, pmt_dir_of(entry));
        return;
    }
    for ( i = 0; i < PMT_DIR_PAGES; i++ )
        if ( pmt_leaf_word(t, gpfn + i) != pmt_further(t, entry, i) )
            pmt_put_leaf(t, gpfn + i, pmt_further(t, entry, i));
    PORT_POINT("pmt_join_dir_leaves");
    pmt_put_dir(t, dir, pmt_dir_of(entry));
    t->nr_extents--;
    pmt_put_gate(t, 0);
    PORT_POINT("pmt_join_dir");
    if ( pmt_leaf_there(t, dir) )
        /* The frame stays, for its other extents. No order: 0 only says to look again. */
        for ( i = 0; i < PMT_DIR_PAGES; i++ )
            port_store(&t->leaf[gpfn + i], 0);
    else
        pmt_leaf_drop(t, dir);
}

/*
 * First one directory entry after the other, then the top, which says the same then: so it
 * does not matter which of them a reader sees first. The gate goes up before anything below
 * is taken down.
 */
void pmt_join_top(struct pmt *t, uint64_t top, uint64_t entry)
{
    uint64_t i, dir = top * PMT_TOP_DIRS;

    if ( !(pmt_top_word(t, top) & PMTE_table) )
    {
        pmt_put_top(t, top, entry);
        return;
    }
    for ( i = 0; i < PMT_TOP_DIRS; i++ )
        pmt_join_dir(t, dir + i, pmt_further(t, entry, i << PMT_DIR_SHIFT));
    pmt_put_gate(t, 1);
    PORT_POINT("pmt_join_top_gate");
    pmt_put_top(t, top, entry);
    t->nr_tables--;
    PORT_POINT("pmt_join_top");
    for ( i = 0; i < PMT_TOP_DIRS; i++ )
        /* No order: 0 only says to look again. */
        port_store(&t->dir[dir + i], 0);
    pmt_dir_drop(t, top);
}

/* ---- what there is ---------------------------------------------------------------- */

static uint64_t count_extent(const struct pmt *t, uint64_t gpfn, uint64_t nr)
{
    uint32_t word = pmt_dir_word(t, gpfn >> PMT_DIR_SHIFT);
    uint64_t i, found = 0;

    if ( !(word & PMTD_table) )
        return word & PMTD_present ? nr : 0;
    for ( i = 0; i < nr; i++ )
        found += !pmt_is_nothing(pmt_leaf_word(t, gpfn + i));
    return found;
}

uint64_t pmt_count(const struct pmt *t, uint64_t gpfn, uint64_t nr)
{
    uint64_t end = gpfn + nr, found = 0, next;

    for ( ; gpfn < end; gpfn = next )
    {
        uint64_t top = pmt_top_word(t, gpfn >> PMT_TOP_SHIFT);
        uint64_t shift = top & PMTE_table ? PMT_DIR_SHIFT : PMT_TOP_SHIFT;

        next = ((gpfn >> shift) + 1) << shift;
        if ( next > end )
            next = end;
        if ( top & PMTE_table )
            found += count_extent(t, gpfn, next - gpfn);
        else if ( top & PMTE_present )
            found += next - gpfn;
    }
    return found;
}

