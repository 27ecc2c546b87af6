/* SPDX-License-Identifier: MIT */
/*
 * A table's beginning, growth and end, and its lock.
 */
#include "pmt-parts.h"
#include "locks.h"
#include "rules.h"

static uint64_t round_up(uint64_t bytes)
{
    return (bytes + PMT_WINDOW_ALIGN - 1) & ~(PMT_WINDOW_ALIGN - 1);
}

static void *window(struct pmt *t, unsigned int which, uint64_t bytes)
{
    t->bytes[which] = round_up(bytes);
    return port_window_create(t->bytes[which]);
}

static uint64_t whole_frames(uint64_t bytes)
{
    return (bytes + PMT_FRAME - 1) & ~(uint64_t)(PMT_FRAME - 1);
}

void pmt_destroy(struct pmt *t)
{
    if ( t->top )
        port_window_destroy(t->top, t->bytes[PMTW_top]);
    if ( t->dir )
        port_window_destroy(t->dir, t->bytes[PMTW_dir]);
    if ( t->leaf )
        port_window_destroy(t->leaf, t->bytes[PMTW_leaf]);
    if ( t->state )
        port_window_destroy(t->state, t->bytes[PMTW_state]);
    t->top = NULL;
    t->dir = NULL;
    t->leaf = NULL;
    t->state = NULL;
    t->view = (struct pmt_view){ .step = 0 };
}

int pmt_create(struct pmt *t, unsigned int id, uint64_t nr_gpfns_max,
               unsigned int page_shift)
{
    uint64_t slots = (nr_gpfns_max + PMT_TOP_PAGES - 1) & ~(PMT_TOP_PAGES - 1);
    uint64_t tops = slots >> PMT_TOP_SHIFT;

    *t = (struct pmt){ .id = id, .page_shift = page_shift };
    if ( !nr_gpfns_max || nr_gpfns_max > PMT_GPFNS_MAX || page_shift < PMT_GRANULE_SHIFT ||
         (page_shift != 12 && page_shift != 14 && page_shift != 16) )
        return -EINVAL;

    t->top = window(t, PMTW_top, tops * sizeof(*t->top));
    t->dir = window(t, PMTW_dir, tops * PMT_TOP_DIRS * sizeof(*t->dir));
    t->leaf = window(t, PMTW_leaf, slots * sizeof(*t->leaf));
    t->state = window(t, PMTW_state, sizeof(*t->state));
    if ( !t->top || !t->dir || !t->leaf || !t->state ||
         port_window_commit(t->top, whole_frames(tops * sizeof(*t->top))) ||
         port_window_commit(t->state, whole_frames(sizeof(*t->state))) )
    {
        pmt_destroy(t);
        return -ENOMEM;
    }

    t->state->page_shift = page_shift;
    t->view = (struct pmt_view){
        .top = t->top, .dir = t->dir, .leaf = t->leaf, .gate = &t->state->nr_runs,
        .state = t->state, .limit = nr_gpfns_max,
        .step = UINT64_C(1) << (12 + page_shift - PMT_GRANULE_SHIFT),
    };
    t->merges = PMT_MERGES;
    port_lock_init(&t->lock, HV_RANK_P2M, id);
    return 0;
}

/* Nothing is there yet: that needs no frames. */
int pmt_grow_locked(struct pmt *t, uint64_t nr_gpfns)
{
    uint64_t old = port_load(&t->state->nr_gpfns), i;
    uint64_t first = (old + PMT_TOP_PAGES - 1) >> PMT_TOP_SHIFT;
    uint64_t end = (nr_gpfns + PMT_TOP_PAGES - 1) >> PMT_TOP_SHIFT;

    if ( nr_gpfns > t->view.limit )
        return -EINVAL;
    if ( nr_gpfns <= old )
        return 0;

    for ( i = first; i < end; i++ )
        pmt_put_top(t, i, PMTE_absent);
    /* First what is new is a run of the top; then its size counts for the leaves. */
    pmt_put_gate(t, end - first);
    PORT_POINT("pmt_grow");
    /* A9: pairs with A10 */
    port_store_release(&t->state->nr_gpfns, nr_gpfns);
    pmt_put_gate(t, 0);
    return 0;
}

/* ---- the lock ----------------------------------------------------------------------- */

void pmt_lock(struct pmt *t)
{
    port_lock(&t->lock);
}

void pmt_unlock(struct pmt *t)
{
    pmt_merge_by_the_way(t);
    port_unlock(&t->lock);
}

void pmt_lock_pair(struct pmt *a, struct pmt *b)
{
    struct pmt *first = (a->id <= b->id) == HV_RULE(ORDER) ? a : b;
    struct pmt *second = first == a ? b : a;

    port_lock(&first->lock);
    if ( second != first )
        port_lock(&second->lock);
}

void pmt_unlock_pair(struct pmt *a, struct pmt *b)
{
    if ( a != b )
        pmt_unlock(b);
    pmt_unlock(a);
}
