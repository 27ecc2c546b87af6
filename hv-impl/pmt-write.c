/* SPDX-License-Identifier: MIT */
/*
 * Changing what stands behind pages. Everything that can fail comes first, and is
 * only about frames and forms: no answer changes until nothing can fail any more.
 */
#include "pmt-parts.h"

static bool in_range(const struct pmt *t, uint64_t gpfn, uint64_t nr)
{
    return gpfn < t->view.limit && nr <= t->view.limit - gpfn;
}

static bool is_table(const struct pmt *t, uint64_t gpfn)
{
    return pmt_top_word(t, gpfn >> PMT_TOP_SHIFT) & PMTE_table;
}

/* ---- pieces: what of a range is of one form ----------------------------------------- */

enum form { IN_TOP, IN_DIR, IN_LEAF };

struct piece {
    uint64_t gpfn, nr, entry;
    enum form form;
};

/* The first piece of nr pages from gpfn on, as the words of a run from entry on. */
static struct piece first_piece(const struct pmt *t, uint64_t gpfn, uint64_t nr, uint64_t entry)
{
    struct piece p = { .gpfn = gpfn, .entry = entry };

    if ( !(gpfn & (PMT_TOP_PAGES - 1)) && nr >= PMT_TOP_PAGES && pmt_fits(t, entry, PMT_TOP_PAGES) )
    {
        p.form = IN_TOP;
        p.nr = PMT_TOP_PAGES;
    }
    else if ( !(gpfn & (PMT_DIR_PAGES - 1)) && nr >= PMT_DIR_PAGES &&
              pmt_fits(t, entry, PMT_DIR_PAGES) )
    {
        p.form = IN_DIR;
        p.nr = PMT_DIR_PAGES;
    }
    else
    {
        p.form = IN_LEAF;
        p.nr = PMT_DIR_PAGES - (gpfn & (PMT_DIR_PAGES - 1));
        if ( p.nr > nr )
            p.nr = nr;
    }
    return p;
}

#define for_each_piece(p, t, gpfn, nr, entry)                                  \
    for ( uint64_t done = 0;                                                   \
          done < (nr) &&                                                       \
          (p = first_piece(t, (gpfn) + done, (nr) - done, pmt_further(t, entry, done)), true); \
          done += p.nr )

/* No entry like this: every extent needs its leaves. */
#define ANY_ENTRY (~(uint64_t)0 & ~PMTE_present)

/* Frames for a piece. */
static int piece_commit(struct pmt *t, const struct piece *p)
{
    int rc = 0;

    if ( p->form != IN_TOP )
        rc = pmt_dir_commit(t, p->gpfn >> PMT_TOP_SHIFT);
    if ( !rc && p->form == IN_LEAF )
        rc = pmt_leaf_commit(t, p->gpfn >> PMT_DIR_SHIFT);
    return rc;
}

/* What was committed for them, as far as nothing came of it. */
static void give_back(struct pmt *t, uint64_t gpfn, uint64_t nr, uint64_t entry)
{
    struct piece p;

    for_each_piece(p, t, gpfn, nr, entry)
    {
        if ( p.form == IN_LEAF )
            pmt_leaf_drop(t, p.gpfn >> PMT_DIR_SHIFT);
        if ( p.form != IN_TOP )
            pmt_dir_drop(t, p.gpfn >> PMT_TOP_SHIFT);
    }
}

/* The table has the pages, and frames for words of these forms. */
static int make_room(struct pmt *t, uint64_t gpfn, uint64_t nr, uint64_t entry)
{
    struct piece p;
    int rc;

    if ( !in_range(t, gpfn, nr) )
        return -EINVAL;
    for_each_piece(p, t, gpfn, nr, entry)
    {
        rc = piece_commit(t, &p);
        if ( rc )
        {
            give_back(t, gpfn, done + p.nr, entry);
            return rc;
        }
    }
    return pmt_grow_locked(t, gpfn + nr);
}

static void piece_split(struct pmt *t, const struct piece *p)
{
    if ( p->form != IN_TOP )
        pmt_split_top(t, p->gpfn >> PMT_TOP_SHIFT);
    if ( p->form == IN_LEAF )
        pmt_split_dir(t, p->gpfn >> PMT_DIR_SHIFT);
}

int pmt_prepare_locked(struct pmt *t, uint64_t gpfn, uint64_t nr)
{
    struct piece p;
    int rc;

    if ( !nr )
        return 0;
    rc = make_room(t, gpfn, nr, ANY_ENTRY);
    if ( rc )
        return rc;
    for_each_piece(p, t, gpfn, nr, ANY_ENTRY)
        piece_split(t, &p);
    return 0;
}

/* ---- one page ------------------------------------------------------------------------- */

static inline void has_changed(struct pmt *t, uint64_t gpfn, uint64_t nr)
{
    if ( __builtin_expect(!!t->changed, 0) )
        t->changed(t, gpfn, nr);
}

static inline uint64_t *prepared(struct pmt *t, uint64_t gpfn)
{
    port_assert(gpfn < t->view.limit && is_table(t, gpfn) &&
                (pmt_dir_word(t, gpfn >> PMT_DIR_SHIFT) & PMTD_table));
    return &t->leaf[gpfn];
}

uint64_t pmt_set_locked(struct pmt *t, uint64_t gpfn, uint64_t entry)
{
    uint64_t old = port_load(prepared(t, gpfn));

    port_assert(entry && !(entry & PMTE_table));
    pmt_put_leaf(t, gpfn, entry);
    if ( pmt_is_nothing(old) != pmt_is_nothing(entry) )
        pmt_put_mapped(t, pmt_is_nothing(old) ? 1 : -1);
    t->changes++;
    if ( (gpfn & (PMT_DIR_PAGES - 1)) == PMT_DIR_PAGES - 1 )
        t->full = (gpfn >> PMT_DIR_SHIFT) + 1;
    has_changed(t, gpfn, 1);
    return old;
}

uint64_t pmt_clear_locked(struct pmt *t, uint64_t gpfn)
{
    return pmt_set_locked(t, gpfn, PMTE_absent);
}

uint64_t pmt_protect_locked(struct pmt *t, uint64_t gpfn, bool writable)
{
    uint64_t old = port_load(prepared(t, gpfn));

    if ( old & PMTE_present )
    {
        pmt_put_leaf(t, gpfn, (old & ~PMTE_writable) | (writable ? PMTE_writable : 0));
        has_changed(t, gpfn, 1);
    }
    return old;
}

void pmt_swap_locked(struct pmt *a, uint64_t ga, struct pmt *b, uint64_t gb)
{
    uint64_t entry = port_load(prepared(a, ga));

    entry = pmt_set_locked(b, gb, entry);
    PORT_POINT("pmt_swap");
    pmt_set_locked(a, ga, entry);
}

/* ---- many pages ---------------------------------------------------------------------- */

static void piece_put(struct pmt *t, const struct piece *p)
{
    uint64_t i;

    switch ( p->form )
    {
    case IN_TOP:
        pmt_join_top(t, p->gpfn >> PMT_TOP_SHIFT, p->entry);
        break;
    case IN_DIR:
        pmt_join_dir(t, p->gpfn >> PMT_DIR_SHIFT, p->entry);
        break;
    case IN_LEAF:
        for ( i = 0; i < p->nr; i++ )
            pmt_put_leaf(t, p->gpfn + i, pmt_further(t, p->entry, i));
        break;
    }
}

int pmt_set_run_locked(struct pmt *t, uint64_t gpfn, uint64_t nr, uint64_t entry)
{
    struct piece p;
    int rc;

    if ( !nr )
        return 0;
    port_assert(entry && !(entry & PMTE_table));
    rc = make_room(t, gpfn, nr, entry);
    if ( rc )
        return rc;
    /* First all splits: what is joined takes down frames that nobody else needs. */
    for_each_piece(p, t, gpfn, nr, entry)
        piece_split(t, &p);
    for_each_piece(p, t, gpfn, nr, entry)
    {
        pmt_put_mapped(t, (pmt_is_nothing(entry) ? 0 : p.nr) - pmt_count(t, p.gpfn, p.nr));
        piece_put(t, &p);
    }
    has_changed(t, gpfn, nr);
    return 0;
}
