/* SPDX-License-Identifier: MIT */
/*
 * What a block of maps or flips is going to need, sent for before the first of them is done:
 * hints, in passes, as in grant-ahead.c. The fresh pages are the allocator's business.
 */
#include "op.h"
#include "grant.h"

/* ---- flip --------------------------------------------------------------------------- */

/* The page that goes, where it is noted to be, and the frame that waits for it. */
static void flip_ahead(const struct domain *giver, const struct domain *taker,
                       const struct pmt_flip *op)
{
    uint64_t entry = pmt_lookup(&giver->hv->pmt, op->gpfn);

    if ( p2m_entry_holds(entry) )
    {
        (void)port_page_owner(p2m_entry_mfn(entry));
        pmt_reverse_ahead(&hv_reverse, p2m_entry_mfn(entry));
    }
    if ( taker && taker->hv )
        pmt_ahead(&taker->hv->pmt,
                  grant_ahead_frame(taker, op->ref, giver, GTF_accept_transfer));
}

void hv_pmt_flip_ahead(const struct hd_call *call, const struct pmt_flip *ops,
                       unsigned int nr)
{
    const struct domain *giver = call->caller;
    unsigned int i, first, next;

    for ( i = 0; i < nr; i++ )
        pmt_ahead(&giver->hv->pmt, ops[i].gpfn);
    for ( first = 0; first < nr; first = next )
    {
        struct domain *taker = rcu_lock_domain_by_id(ops[first].domid);

        for ( next = first; next < nr && ops[next].domid == ops[first].domid; next++ )
            if ( taker )
                grant_ahead(taker, ops[next].ref);
        for ( i = first; i < next; i++ )
            flip_ahead(giver, taker, &ops[i]);
        if ( taker )
            rcu_unlock_domain(taker);
    }
}

/* ---- map ---------------------------------------------------------------------------- */

void hv_pmt_map_ahead(const struct hd_call *call, const struct pmt_map *ops, unsigned int nr)
{
    struct grant_ahead_map map[AHEAD_MOST];
    unsigned int i;

    if ( nr > AHEAD_MOST )
        nr = AHEAD_MOST;
    for ( i = 0; i < nr; i++ )
        map[i] = (struct grant_ahead_map){ ops[i].address, ops[i].ref, ops[i].domid };
    grant_ahead_maps(call->caller, map, nr);
}
