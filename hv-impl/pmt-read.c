/* SPDX-License-Identifier: MIT */
/*
 * Reading more than one page at a time. Takes no lock; see pmt.h for what holds.
 */
#include "pmt-parts.h"
#include "hv-bug.h"

/* ---- batches: the gate is looked at once ------------------------------------------ */

/* What a batch has found so far: all are there, and the top bit if one is beyond the table. */
struct batch {
    uint64_t present, beyond;
};

static inline uint64_t batch_page(struct batch *b, uint64_t limit, uint64_t gpfn)
{
    b->beyond |= gpfn | (limit - 1 - gpfn);
    return array_index_nospec(gpfn, limit);
}

static void batch_runs(const struct pmt_view *v, const uint64_t gpfn[], uint64_t entry[],
                       unsigned int nr, struct batch *b)
{
    unsigned int i;

    for ( i = 0; i < nr; i++ )
    {
        uint64_t page = batch_page(b, v->limit, gpfn[i]);
        /* A6: pairs with A5 */
        uint64_t top = port_load_acquire(&v->top[page >> PMT_TOP_SHIFT]);

        entry[i] = top & PMTE_table ? pmt_view_below(v, page) : pmt_of_top(v, top, page);
        b->present &= entry[i];
    }
}

#define BATCH_MOST 64

/*
 * Where the words are, first, and they are on their way; then they are read. A run finds
 * its word in entry[] itself. The one guess is that most pages are as the first one is:
 * single pages are sent for together with their directories, which may be far away.
 */
static void batch_below(const struct pmt_view *v, const uint64_t gpfn[], uint64_t entry[],
                        unsigned int nr, struct batch *b)
{
    const uint64_t *slot[BATCH_MOST];
    unsigned int i;

    /* A guess, and no order. */
    if ( PMT_LOAD(&v->dir[array_index_nospec(gpfn[0], v->limit) >> PMT_DIR_SHIFT]) & PMTD_table )
        for ( i = 0; i < nr; i++ )
        {
            uint64_t page = array_index_nospec(gpfn[i], v->limit);

            PMT_ASK(&v->leaf[page]);
            PMT_ASK(&v->dir[page >> PMT_DIR_SHIFT]);
        }
    for ( i = 0; i < nr; i++ )
    {
        uint64_t page = batch_page(b, v->limit, gpfn[i]);
        /* A4: pairs with A3 */
        uint32_t word = port_load_acquire(&v->dir[page >> PMT_DIR_SHIFT]);

        entry[i] = pmt_of_dir(v, word, page);
        slot[i] = word & PMTD_table ? &v->leaf[page] : &entry[i];
        PMT_KEEP(slot[i]);
        PMT_ASK(slot[i]);
    }
    for ( i = 0; i < nr; i++ )
    {
        /* A2: pairs with A1 */
        entry[i] = port_load_acquire(slot[i]);
        b->present &= entry[i];
    }
}

void pmt_lookup_batch(const struct pmt *t, const uint64_t gpfn[], uint64_t entry[],
                      unsigned int nr)
{
    const struct pmt_view v = t->view;
    /* A8: pairs with A7; a number for all parts, which is less than a jump for each */
    int32_t gate = (int32_t)port_load_acquire(v.gate);
    struct batch b = { .present = PMTE_present };
    unsigned int i, part;

    for ( i = 0; i < nr; i += part )
    {
        part = nr - i < BATCH_MOST ? nr - i : BATCH_MOST;
        if ( gate > 0 )
            batch_runs(&v, gpfn + i, entry + i, part, &b);
        else
            batch_below(&v, gpfn + i, entry + i, part, &b);
    }
    if ( __builtin_expect(b.present && !(b.beyond >> 63), 1) )
        return;
    for ( i = 0; i < nr; i++ )
        if ( gpfn[i] >= v.limit || !(entry[i] & PMTE_present) )
            entry[i] = pmt_view_again(&t->view, gpfn[i]);
}

/* How many of the leaves from gpfn on go on from entry. */
static uint64_t run_in_leaf(const struct pmt *t, uint64_t gpfn, uint64_t most, uint64_t entry)
{
    uint64_t i;

    for ( i = 0; i < most; i++ )
        /* A2: pairs with A1 */
        if ( port_load_acquire(&t->leaf[gpfn + i]) != pmt_further(t, entry, i) )
            break;
    return i;
}

/*
 * The directory says run from page gpfn on, with this entry, as far as most; it is
 * read as it is met: each page's word was true meanwhile.
 */
static uint64_t run_below(const struct pmt *t, uint64_t gpfn, uint64_t most, uint64_t entry)
{
    uint64_t done = 0;

    while ( done < most )
    {
        uint64_t at = gpfn + done, inside = at & (PMT_DIR_PAGES - 1), part = PMT_DIR_PAGES - inside;
        uint64_t wanted = pmt_further(t, entry, done), found = 0;
        uint64_t first = wanted & PMTE_present ? wanted - inside * t->view.step : wanted;
        /* A4: pairs with A3 */
        uint32_t dir = port_load_acquire(&t->dir[at >> PMT_DIR_SHIFT]);

        if ( part > most - done )
            part = most - done;
        if ( dir & PMTD_table )
            found = run_in_leaf(t, at, part, wanted);
        else if ( pmt_fits(t, first, PMT_DIR_PAGES) && dir == pmt_dir_of(first) )
            found = part;
        done += found;
        if ( found < part )
            break;
    }
    return done;
}

/* Where the first page has no entry that is present: what it has, and how far. */
static __attribute__((noinline)) uint64_t
run_of_others(const struct pmt *t, uint64_t gpfn, uint64_t limit, uint64_t *entry)
{
    uint64_t size = pmt_nr_gpfns(t), top, run;

    *entry = pmt_lookup(t, gpfn);
    if ( !*entry )
        return 0;
    gpfn = array_index_nospec(gpfn, t->view.limit);
    /* It may be growing: what was looked up is there, whatever its size was. */
    if ( gpfn >= size )
        return 1;
    if ( limit > size - gpfn )
        limit = size - gpfn;
    /* A6: pairs with A5 */
    top = port_load_acquire(&t->top[gpfn >> PMT_TOP_SHIFT]);
    if ( !(top & PMTE_table) )
        return pmt_further(t, top, gpfn & (PMT_TOP_PAGES - 1)) == *entry ? limit : 1;
    run = run_below(t, gpfn, limit, *entry);
    return run ? run : 1;
}

/* Pages that are present are followed by words up to the end of top, wherever it is. */
uint64_t pmt_run_far(const struct pmt *t, uint64_t gpfn, uint64_t limit, uint64_t *entry)
{
    const struct pmt_view *v = &t->view;
    uint64_t most = PMT_TOP_PAGES - (gpfn & (PMT_TOP_PAGES - 1)), part, word, run;
    uint32_t dir;

    if ( most > limit )
        most = limit ? limit : 1;
    *entry = 0;
    if ( __builtin_expect(gpfn >= v->limit, 0) )
        return 0;
    gpfn = array_index_nospec(gpfn, v->limit);

    /* A8: pairs with A7 */
    if ( port_load_acquire(v->gate) )
    {
        /* A6: pairs with A5 */
        word = port_load_acquire(&v->top[gpfn >> PMT_TOP_SHIFT]);
        if ( !(word & PMTE_table) )
        {
            if ( !(word & PMTE_present) )
                return run_of_others(t, gpfn, most, entry);
            *entry = pmt_of_top(v, word, gpfn);
            return most;
        }
    }
    /* A4: pairs with A3 */
    dir = port_load_acquire(&v->dir[gpfn >> PMT_DIR_SHIFT]);
    /* A2: pairs with A1 */
    word = dir & PMTD_table ? port_load_acquire(&v->leaf[gpfn]) : pmt_of_dir(v, dir, gpfn);
    if ( __builtin_expect(!(word & PMTE_present), 0) )
        return run_of_others(t, gpfn, most, entry);

    *entry = word;
    part = PMT_DIR_PAGES - (gpfn & (PMT_DIR_PAGES - 1));
    if ( part > most )
        part = most;
    run = part;
    if ( dir & PMTD_table )
        for ( run = 1; run < part; run++ )
        {
            /* A2: pairs with A1 */
            uint64_t next = port_load_acquire(&v->leaf[gpfn + run]);

            if ( next != word + run * v->step && !(HV_BUG(MERGE) && next == PMTE_absent) )
                return run;
        }
    if ( run < most )
        run += run_below(t, gpfn + run, most - run, word + run * v->step);
    return run;
}

#define NEXT_STEPS 1024

uint64_t pmt_next(const struct pmt *t, uint64_t gpfn)
{
    uint64_t size = pmt_nr_gpfns(t);
    unsigned int steps;

    for ( steps = 0; gpfn < size && steps < NEXT_STEPS; steps++ )
    {
        /* No order: what may be there is looked up. */
        uint64_t top = port_load(&t->top[gpfn >> PMT_TOP_SHIFT]);
        uint32_t dir;

        if ( top == PMTE_absent )
        {
            gpfn = (gpfn | (PMT_TOP_PAGES - 1)) + 1;
            continue;
        }
        dir = port_load(&t->dir[gpfn >> PMT_DIR_SHIFT]);
        if ( (top & PMTE_table) && dir == PMT_DIR_ABSENT )
        {
            gpfn = (gpfn | (PMT_DIR_PAGES - 1)) + 1;
            continue;
        }
        if ( !pmt_is_nothing(pmt_lookup(t, gpfn)) )
            return gpfn;
        gpfn++;
    }
    return gpfn < size ? gpfn : PMT_NO_GPFN;
}

uint64_t pmt_nr_gpfns(const struct pmt *t)
{
    /* A10: pairs with A9 */
    return port_load_acquire(&t->state->nr_gpfns);
}

uint64_t pmt_nr_mapped(const struct pmt *t)
{
    /* no order: a number to look at */
    return port_load(&t->nr_mapped);
}

const void *pmt_window_base(const struct pmt *t, unsigned int window, uint64_t *bytes)
{
    const void *base[] = {
        [PMTW_top] = t->top, [PMTW_dir] = t->dir, [PMTW_leaf] = t->leaf, [PMTW_state] = t->state,
    };

    if ( window >= sizeof(base) / sizeof(base[0]) )
        return NULL;
    window = array_index_nospec(window, sizeof(base) / sizeof(base[0]));
    *bytes = t->bytes[window];
    return base[window];
}
