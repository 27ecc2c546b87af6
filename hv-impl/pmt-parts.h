/* SPDX-License-Identifier: MIT */
/*
 * The parts of a table, for the files that write it: words, forms, frames.
 *
 * Needs pmt.h. Gives the stores to shared words, each with its number from pmt.h. Made
 * elsewhere are those of pmt_replace_locked(), in pmt.h; that the table is longer (A9,
 * pmt-build.c); and 0 into words of dir and leaf that go, which needs no order (pmt-form.c).
 * Who calls them holds the lock; so what the lock holder reads needs no order.
 */
#ifndef PMT_PARTS_H
#define PMT_PARTS_H

#include "pmt.h"

#define PMT_TOP_DIRS (PMT_TOP_PAGES / PMT_DIR_PAGES)

/* What windows are filled by: tests make it smaller than a page. */
#ifndef PMT_FRAME
#define PMT_FRAME PAGE_SIZE
#endif

/* Words of a frame. */
#define PMT_LEAF_FRAME (PMT_FRAME / sizeof(uint64_t))
#define PMT_DIR_FRAME  (PMT_FRAME / sizeof(uint32_t))
/* The upper words whose lower parts share a frame: one, if these are as large. */
#define PMT_DIRS_OF_FRAME                                                      \
    (PMT_LEAF_FRAME > PMT_DIR_PAGES ? PMT_LEAF_FRAME / PMT_DIR_PAGES : 1)
#define PMT_TOPS_OF_FRAME                                                      \
    (PMT_DIR_FRAME > PMT_TOP_DIRS ? PMT_DIR_FRAME / PMT_TOP_DIRS : 1)

/* Lookups begin at the leaf where less than one extent in so many has none. */
#define PMT_MOST_OF 16

/* ---- words --------------------------------------------------------------------- */

#define PMT_FRAME_BITS   UINT64_C(0x000ffffffffff000)
#define PMT_ATTRIBUTES   UINT64_C(0xf)
/* An entry that fits into dir: attributes, and a frame of 27 + PMT_DIR_SHIFT bits. */
#define PMT_DIR_FITS     (PMT_ATTRIBUTES | UINT64_C(0x7ffffff) << (12 + PMT_DIR_SHIFT))

static inline uint64_t pmt_top_word(const struct pmt *t, uint64_t i)
{
    return port_load(&t->top[i]);
}

static inline uint32_t pmt_dir_word(const struct pmt *t, uint64_t i)
{
    return port_load(&t->dir[i]);
}

static inline uint64_t pmt_leaf_word(const struct pmt *t, uint64_t gpfn)
{
    return port_load(&t->leaf[gpfn]);
}

/* Slots of top: as many as limit needs. */
static inline uint64_t pmt_tops(const struct pmt *t)
{
    return (t->view.limit + PMT_TOP_PAGES - 1) >> PMT_TOP_SHIFT;
}

/* The entry n pages on in the same run. */
static inline uint64_t pmt_further(const struct pmt *t, uint64_t entry, uint64_t n)
{
    return entry & PMTE_present ? entry + n * t->view.step : entry;
}

/* nr pages (of whole extents) from entry on can be a run in top or dir. */
static inline bool pmt_fits(const struct pmt *t, uint64_t entry, uint64_t nr)
{
    uint64_t last = pmt_further(t, entry, nr - PMT_DIR_PAGES);

    if ( entry == PMTE_absent )
        return true;
    return (entry & PMTE_present) && !((entry | last) & ~PMT_DIR_FITS) && last >= entry;
}

static inline uint32_t pmt_dir_of(uint64_t entry)
{
    if ( entry == PMTE_absent )
        return PMT_DIR_ABSENT;
    return (uint32_t)(entry >> (7 + PMT_DIR_SHIFT) & ~UINT64_C(0x1f)) |
           (uint32_t)(entry & PMT_ATTRIBUTES);
}

/* The first entry of a run in dir. */
static inline uint64_t pmt_entry_of(uint32_t dir)
{
    if ( dir == PMT_DIR_ABSENT )
        return PMTE_absent;
    return (uint64_t)(dir & ~UINT32_C(0x1f)) << (7 + PMT_DIR_SHIFT) | (dir & PMT_ATTRIBUTES);
}

/* ---- stores ---------------------------------------------------------------------- */

static inline void pmt_put_leaf(struct pmt *t, uint64_t gpfn, uint64_t entry)
{
    /* A1: pairs with A2; also where extents are filled, for late readers */
    port_store_release(&t->leaf[gpfn], entry);
}

static inline void pmt_put_dir(struct pmt *t, uint64_t i, uint32_t word)
{
    /* A3: pairs with A4 */
    port_store_release(&t->dir[i], word);
}

static inline void pmt_put_top(struct pmt *t, uint64_t i, uint64_t word)
{
    /* A5: pairs with A6 */
    port_store_release(&t->top[i], word);
}

/* What the gate says of so many runs in top and extents with leaves in so many pages. */
static inline uint32_t pmt_gate_of(uint64_t runs, uint64_t extents, uint64_t nr_gpfns)
{
    uint64_t all = (nr_gpfns + PMT_DIR_PAGES - 1) >> PMT_DIR_SHIFT;

    if ( runs )
        return (uint32_t)runs;
    return extents * PMT_MOST_OF > all * (PMT_MOST_OF - 1) ? PMT_GATE_LEAVES : 0;
}

/* So many more, or fewer, entries of top are runs; 0: of extents, or pages, there are. */
static inline void pmt_put_gate(struct pmt *t, uint64_t runs)
{
    uint32_t old = port_load(&t->state->nr_runs);
    uint32_t gate = pmt_gate_of((old & ~PMT_GATE_LEAVES) + runs, t->nr_extents,
                                port_load(&t->state->nr_gpfns));

    if ( gate != old )
        /* A7: pairs with A8 */
        port_store_release(&t->state->nr_runs, gate);
}

static inline void pmt_put_mapped(struct pmt *t, uint64_t change)
{
    /* no order: a number to look at */
    port_store(&t->nr_mapped, port_load(&t->nr_mapped) + change);
}

/* ---- forms: pmt-form.c ------------------------------------------------------------- */

/* Is a frame behind the leaves of this extent, or behind these entries of dir? */
bool pmt_leaf_there(const struct pmt *t, uint64_t dir);
bool pmt_dir_there(const struct pmt *t, uint64_t top);

/* Frames for it, so that splitting cannot fail: 0 or -ENOMEM. Giving them back. */
int pmt_leaf_commit(struct pmt *t, uint64_t dir);
int pmt_dir_commit(struct pmt *t, uint64_t top);
void pmt_leaf_drop(struct pmt *t, uint64_t dir);
void pmt_dir_drop(struct pmt *t, uint64_t top);

/* A run becomes words of the next level; what is split already stays. */
void pmt_split_top(struct pmt *t, uint64_t top);
void pmt_split_dir(struct pmt *t, uint64_t dir);

/* What is below a word, if anything is, becomes one run; nr_mapped is the caller's. */
void pmt_join_dir(struct pmt *t, uint64_t dir, uint64_t entry);
void pmt_join_top(struct pmt *t, uint64_t top, uint64_t entry);

/* How many of these pages have a word but PMTE_absent. */
uint64_t pmt_count(const struct pmt *t, uint64_t gpfn, uint64_t nr);

/* ---- merging: pmt-merge.c --------------------------------------------------------- */

void pmt_merge_here(struct pmt *t);

/* What pmt_unlock() does beside. */
static inline void pmt_merge_by_the_way(struct pmt *t)
{
    if ( __builtin_expect((t->full || t->changes >= PMT_MERGE_EVERY) && t->merges, 0) )
        pmt_merge_here(t);
}

#endif /* PMT_PARTS_H */
