/* SPDX-License-Identifier: MIT */
/*
 * Reservations: how many pages a domain has, and which.
 *
 * Needs memory.h. Gives increase_reservation, decrease_reservation and
 * populate_physmap. One step is one extent. An extent comes as a whole or not at
 * all; one that is given back goes page by page, up to the first that cannot.
 */
#include "loan.h"
#include "memory.h"
#include "window.h"

static uint64_t page_of_extent(const struct domain *d, uint64_t mfn, uint64_t i)
{
    return mfn + memory_granules(d, i);
}

/* Pages that just became the domain's go again; whoever uses one keeps it so long. */
void memory_extent_undo(struct domain *d, uint64_t mfn, uint64_t nr)
{
    uint64_t i;

    for ( i = 0; i < nr; i++ )
        /* Wherever the guest has put it; one that is lent, or not his any more, stays. */
        (void)p2m_discard_machine_frame(d, page_of_extent(d, mfn, i));
}

int memory_extent_assign(struct domain *d, unsigned int order, uint64_t gfn,
                         uint64_t mfn)
{
    uint64_t nr = UINT64_C(1) << order, i;
    int rc = 0;

    for ( i = 0; i < nr; i++ )
    {
        PORT_POINT("extent-page");
        rc = p2m_assign_page(d, page_of_extent(d, mfn, i),
                             gfn == PMT_NO_GPFN ? gfn : gfn + i);
        if ( rc )
            break;
    }
    PORT_POINT("extent-assigned");
    if ( !rc )
        return 0;
    memory_free(d, page_of_extent(d, mfn, i), nr - i);
    memory_extent_undo(d, mfn, i);
    return rc;
}

static int extent_add(struct domain *d, unsigned int order, uint64_t gfn,
                      const struct memory_want *want, uint64_t *mfn)
{
    int rc = memory_alloc(d, order, want, mfn);

    PORT_POINT("memory-allocated");
    return rc ? rc : memory_extent_assign(d, order, gfn, *mfn);
}

long hv_memory_increase_reservation(struct hd_call *call,
                                    struct xen_memory_reservation *op,
                                    struct domain *domid)
{
    struct memory_want want;
    uint64_t mfn;

    if ( memory_want(call, domid, op->mem_flags, &want) ||
         extent_add(domid, op->extent_order, PMT_NO_GPFN, &want, &mfn) )
        return 0;
    if ( !guest_handle_is_null(op->extent_start) &&
         hd_memory_increase_reservation_put_extent_start(call, op, call->place,
                                                         p2m_told(call->caller, mfn), domid) )
    {
        memory_extent_undo(domid, mfn, UINT64_C(1) << op->extent_order);
        return 0;
    }
    return 1;
}

/* All its guest frames are frames, and nothing wraps. */
static bool extent_is_valid(const struct domain *d, uint64_t gfn,
                            unsigned int order)
{
    uint64_t nr = UINT64_C(1) << order;

    return !HV_RULE(WIDTH) ||
           (p2m_gfn_valid(d, gfn) && gfn + nr > gfn && p2m_gfn_valid(d, gfn + nr - 1));
}

/* A look before: an extent that does not come leaves to a pager what it has there. */
static bool extent_is_free(struct domain *d, uint64_t gfn, unsigned int order)
{
    struct pmt *t = &d->hv->pmt;
    uint64_t end = gfn + (UINT64_C(1) << order), at, paged = 0;
    bool is_free = true;

    if ( !order || !d->hv->pager )
        return true;
    pmt_lock(t);
    for ( at = pmt_next(t, gfn); is_free && at < end; at = pmt_next(t, at + 1) )
    {
        is_free = !p2m_entry_holds(pmt_lookup(t, at));
        paged++;
    }
    for ( at = gfn; is_free && paged && at < end; at++ )
        is_free = !window_covers(d, at);
    pmt_unlock(t);
    return is_free;
}

/* Pages that came one by one may be contiguous by now: some are looked at, now and then. */
#define MERGE_EVERY 64
#define MERGE_STEPS 16

long hv_memory_populate_physmap(struct hd_call *call,
                                struct xen_memory_reservation *op,
                                struct domain *domid)
{
    struct memory_want want;
    xen_pfn_t gfn;
    uint64_t mfn;

    if ( hd_memory_populate_physmap_get_extent_start(call, op, call->place, &gfn) )
        return 0;
    if ( op->mem_flags & XENMEMF_populate_on_demand )
        return 0; /* built without: see memory-info.c */
    if ( memory_want(call, domid, op->mem_flags, &want) ||
         !extent_is_valid(domid, gfn, op->extent_order) ||
         !extent_is_free(domid, gfn, op->extent_order) ||
         extent_add(domid, op->extent_order, gfn, &want, &mfn) )
        return 0;
    if ( hd_memory_populate_physmap_put_extent_start(call, op, call->place,
                                                     p2m_told(call->caller, mfn), domid) )
    {
        memory_extent_undo(domid, mfn, UINT64_C(1) << op->extent_order);
        return 0;
    }
    if ( call->place % MERGE_EVERY == MERGE_EVERY - 1 || op->extent_order >= 9 )
        pmt_merge(&domid->hv->pmt, MERGE_STEPS);
    return 1;
}

/* One page, as the domain names it: also one that was lent to it, by who has died. */
static int page_give_back(struct domain *d, uint64_t frame)
{
    int rc;

    if ( !is_pv_domain(d) )
        return p2m_discard(d, frame, P2M_DECREASE);
    rc = p2m_discard_machine_frame(d, frame);
    return rc == -ENOENT ? loan_let_go(d, frame) : rc;
}

long hv_memory_decrease_reservation(struct hd_call *call,
                                    struct xen_memory_reservation *op,
                                    struct domain *domid)
{
    xen_pfn_t frame;
    uint64_t i;

    if ( hd_memory_decrease_reservation_get_extent_start(call, op, call->place,
                                                         &frame) )
        return 0;
    for ( i = 0; i < UINT64_C(1) << op->extent_order; i++ )
        if ( page_give_back(domid, is_pv_domain(domid) ? page_of_extent(domid, frame, i)
                                                       : frame + i) )
            return 0;
    return 1;
}
