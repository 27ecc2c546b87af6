/* SPDX-License-Identifier: MIT */
/* Flip, transfer, donate: see net.h. */
#include "net-ways.h"

#include "hc-grant_table.h"
#include "hc-memory.h"
#include "hc-pmt.h"

/* ---- flip ------------------------------------------------------------------------ */

/* Pages the page table does not show any more or not yet; it has room for a batch. */
static bool take_unmapped(struct net_back *n, uint64_t pfn)
{
    unsigned int i;

    for ( i = 0; i < n->nr_unmapped; i++ )
        if ( n->unmapped[i] == pfn )
        {
            n->nr_unmapped--;
            n->unmapped[i] = n->unmapped[n->nr_unmapped];
            n->unmapped_mfn[i] = n->unmapped_mfn[n->nr_unmapped];
            return true;
        }
    return false;
}

static void add_unmapped(struct net_back *n, uint64_t pfn, uint64_t mfn)
{
    n->unmapped[n->nr_unmapped] = pfn;
    n->unmapped_mfn[n->nr_unmapped++] = mfn;
}

static void map_fresh(struct net_back *n)
{
    while ( n->nr_unmapped )
    {
        n->nr_unmapped--;
        guest_pv_map(&n->pv, n->unmapped[n->nr_unmapped], n->unmapped_mfn[n->nr_unmapped]);
    }
}

int net_back_show(struct net_back *n)
{
    guest_pv_begin(&n->pv, n->guest);
    map_fresh(n);
    return guest_pv_commit(&n->pv);
}

static void list_flips(struct net_back *n, const struct net_packet packet[], unsigned int nr)
{
    unsigned int i;

    for ( i = 0; i < nr; i++ )
        n->flip[i] = (pmt_flip_t){ .gpfn = packet[i].pfn, .ref = net_posted(n, i)->ref,
                                   .domid = n->domid };
}

/*
 * The page table changes of a PV guest come along: fresh pages of the batch before
 * appear, pages that go disappear. Who goes without ever having been shown costs
 * nothing.
 */
static long flip_pv(struct net_back *n, const struct net_packet packet[], unsigned int nr,
                    uint64_t old[])
{
    multicall_entry_t *call;
    bool hidden[GUEST_BATCH];
    unsigned int i;
    int rc;

    for ( i = 0; i < nr; i++ )
    {
        rc = guest_p2m_frame(n->p2m, packet[i].pfn, &old[i]);
        if ( rc )
            return rc;
    }
    for ( i = 0; i < nr; i++ )
        hidden[i] = take_unmapped(n, packet[i].pfn);
    guest_pv_begin(&n->pv, n->guest);
    map_fresh(n);
    for ( i = 0; i < nr; i++ )
        if ( !hidden[i] )
            guest_pv_unmap(&n->pv, packet[i].pfn);
    call = guest_pv_call(&n->pv);
    hc_multi_pmt_flip(call, n->flip, nr);
    rc = guest_pv_commit(&n->pv);
    return rc ? rc : (long)call->result;
}

int net_flip(struct net_back *n, struct net_packet packet[], unsigned int nr)
{
    uint64_t old[GUEST_BATCH];
    unsigned int i;
    long rc;

    list_flips(n, packet, nr);
    rc = n->guest->translated ? hc_pmt_flip(n->flip, nr) : flip_pv(n, packet, nr, old);
    if ( rc )
        return (int)rc;
    for ( i = 0; i < nr; i++ )
    {
        packet[i].error = guest_pmt_error(n->flip[i].status);
        if ( !n->guest->translated )
            add_unmapped(n, packet[i].pfn,
                         packet[i].error ? old[i] : PMTE_mfn(n->flip[i].entry));
    }
    return 0;
}

/* ---- transfer -------------------------------------------------------------------- */

static void list_transfers(struct net_back *n, unsigned int nr)
{
    unsigned int i;

    for ( i = 0; i < nr; i++ )
    {
        n->transfer[i].domid = n->domid;
        n->transfer[i].ref = net_posted(n, i)->ref;
        n->transfer[i].status = GNTST_general_error;
    }
}

/* Spare frames for a batch; Xen takes care that they are clean. */
static int fill_stock(struct net_back *n, unsigned int nr)
{
    xen_memory_reservation_t r = { .nr_extents = GUEST_BATCH - n->nr_stock,
                                   .domid = DOMID_SELF };
    long got;

    if ( n->nr_stock >= nr )
        return 0;
    set_xen_guest_handle(r.extent_start, n->stock + n->nr_stock);
    got = hc_memory_increase_reservation(&r);
    if ( got < 0 )
        return (int)got;
    n->nr_stock += (unsigned int)got;
    return n->nr_stock >= nr ? 0 : -GUEST_ENOMEM;
}

/*
 * In this order: the page shows a spare frame and no longer its own, Xen is told
 * that the spare one is it, and the old one, to which nothing refers now, goes.
 */
int net_transfer(struct net_back *n, struct net_packet packet[], unsigned int nr)
{
    multicall_entry_t *call;
    unsigned int i;
    int rc = fill_stock(n, nr);

    for ( i = 0; !rc && i < nr; i++ )
    {
        uint64_t old;

        rc = guest_p2m_frame(n->p2m, packet[i].pfn, &old);
        n->transfer[i].mfn = old;
    }
    if ( rc )
        return rc;
    list_transfers(n, nr);
    guest_pv_begin(&n->pv, n->guest);
    for ( i = 0; i < nr; i++ )
    {
        uint64_t spare = n->stock[--n->nr_stock];

        guest_pv_map(&n->pv, packet[i].pfn, spare);
        guest_pv_set_pfn(&n->pv, spare, packet[i].pfn);
    }
    guest_pv_updates(&n->pv);
    call = guest_pv_call(&n->pv);
    hc_multi_grant_table_transfer(call, n->transfer, nr);
    rc = guest_pv_commit(&n->pv);
    rc = rc ? rc : (int)(long)call->result;
    for ( i = 0; !rc && i < nr; i++ )
    {
        packet[i].error = guest_grant_error(n->transfer[i].status);
        /* The one case in which the frame is still ours: a spare one now. */
        if ( n->transfer[i].status == GNTST_bad_page && n->nr_stock < GUEST_BATCH )
            n->stock[n->nr_stock++] = n->transfer[i].mfn;
    }
    return rc;
}

/* ---- donate ---------------------------------------------------------------------- */

int net_donate(struct net_back *n, struct net_packet packet[], unsigned int nr)
{
    unsigned int i;
    long rc;

    for ( i = 0; i < nr; i++ )
        n->donate[i] = (pmt_donate_t){ .gpfn = packet[i].pfn, .domid = n->domid,
                                       .dest_gpfn = net_posted(n, i)->word[0],
                                       .rights = PMTR_read | PMTR_write };
    rc = hc_pmt_donate(n->donate, nr);
    if ( rc )
        return (int)rc;
    for ( i = 0; i < nr; i++ )
    {
        uint32_t id = net_posted(n, i)->id;

        packet[i].error = guest_pmt_error(n->donate[i].status);
        if ( packet[i].error )
            continue;
        n->lent[id] = (struct net_lent){ .loan = n->donate[i].loan, .pfn = packet[i].pfn,
                                         .state = NET_AWAY };
        n->nr_lent++;
    }
    return 0;
}

long net_reclaim(struct net_back *n, unsigned int nr)
{
    return hc_pmt_reclaim(n->reclaim, nr);
}
