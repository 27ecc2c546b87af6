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

/* The frame that a flip did not tell, as the right had just gone: the table has it, for who may ask. */
static int find_frame(struct net_back *n, unsigned int i)
{
    uint64_t frame;
    int rc;

    if ( n->unmapped_mfn[i] != GUEST_NO_FRAME )
        return 0;
    rc = guest_p2m_frame(n->p2m, n->unmapped[i], &frame);
    if ( !rc )
        n->unmapped_mfn[i] = frame;
    return rc;
}

/* The first calls of a multicall, in this order. What has no known frame shows nothing. */
static int map_unmapped(struct net_back *n)
{
    unsigned int i;
    int rc = 0, one;

    guest_pv_begin(&n->pv, n->guest);
    for ( i = 0; i < n->nr_unmapped; i++ )
    {
        one = find_frame(n, i);
        if ( one )
            guest_pv_unmap(&n->pv, n->unmapped[i]);
        else
            guest_pv_map(&n->pv, n->unmapped[i], n->unmapped_mfn[i]);
        rc = rc ? rc : one;
    }
    return rc;
}

/* It was made: what could not be shown stays in the list. */
static void keep_unmapped(struct net_back *n)
{
    unsigned int i, kept = 0;

    for ( i = 0; i < n->nr_unmapped; i++ )
        if ( guest_pv_result(&n->pv, i) || n->unmapped_mfn[i] == GUEST_NO_FRAME )
        {
            n->unmapped[kept] = n->unmapped[i];
            n->unmapped_mfn[kept++] = n->unmapped_mfn[i];
        }
    n->nr_unmapped = kept;
}

int net_back_show(struct net_back *n)
{
    int unknown = map_unmapped(n), rc = guest_pv_commit(&n->pv);

    keep_unmapped(n);
    return rc ? rc : unknown;
}

static void list_flips(struct net_back *n, const struct net_packet packet[], unsigned int nr)
{
    unsigned int i;

    for ( i = 0; i < nr; i++ )
        n->flip[i] = (pmt_flip_t){ .gpfn = packet[i].pfn, .ref = net_posted(n, i)->ref,
                                   .domid = n->domid, .status = PMTST_not_done };
}

/* An entry of 0 tells nothing: PMTE_present is not in it. */
static uint64_t fresh_frame(const pmt_flip_t *flip)
{
    return flip->entry & PMTE_present ? PMTE_mfn(flip->entry) : GUEST_NO_FRAME;
}

/*
 * The page table changes of a PV guest come along: fresh pages of the batch before
 * appear, pages that go disappear. Who goes without ever having been shown costs
 * nothing. Afterwards none of them is shown: neither what came, nor what did not go, even
 * where it never went from the page table; it is shown once more then.
 */
static long flip_pv(struct net_back *n, const struct net_packet packet[], unsigned int nr)
{
    uint64_t old[GUEST_BATCH];
    multicall_entry_t *call;
    bool hidden[GUEST_BATCH];
    unsigned int i;
    int rc = 0;

    /* Room for this batch. */
    if ( n->nr_unmapped > GUEST_BATCH )
        rc = net_back_show(n);
    if ( n->nr_unmapped > GUEST_BATCH )
        return rc;
    for ( i = 0; i < nr; i++ )
    {
        rc = guest_p2m_frame(n->p2m, packet[i].pfn, &old[i]);
        if ( rc )
            return rc;
    }
    for ( i = 0; i < nr; i++ )
        hidden[i] = take_unmapped(n, packet[i].pfn);
    (void)map_unmapped(n);      /* what is not known is asked for again */
    for ( i = 0; i < nr; i++ )
        if ( !hidden[i] )
            guest_pv_unmap(&n->pv, packet[i].pfn);
    call = guest_pv_call(&n->pv);
    hc_multi_pmt_flip(call, n->flip, nr);
    rc = guest_pv_commit(&n->pv);
    keep_unmapped(n);
    for ( i = 0; i < nr; i++ )
        add_unmapped(n, packet[i].pfn,
                     n->flip[i].status ? old[i] : fresh_frame(&n->flip[i]));
    return rc ? rc : (long)call->result;
}

/* Whatever failed beside it, or broke off behind it: a flip that was done is answered. */
int net_flip(struct net_back *n, struct net_packet packet[], unsigned int nr)
{
    bool any = false;
    unsigned int i;
    long rc;

    list_flips(n, packet, nr);
    rc = n->guest->translated ? hc_pmt_flip(n->flip, nr) : flip_pv(n, packet, nr);
    for ( i = 0; i < nr; i++ )
    {
        packet[i].error = guest_pmt_error(n->flip[i].status);
        any |= n->flip[i].status != PMTST_not_done;
    }
    return any ? 0 : (int)rc;
}

/* ---- transfer -------------------------------------------------------------------- */

/* No status that Xen has: nobody has looked at it. */
#define NOT_ASKED 1

static void list_transfers(struct net_back *n, unsigned int nr)
{
    unsigned int i;

    for ( i = 0; i < nr; i++ )
    {
        n->transfer[i].domid = n->domid;
        n->transfer[i].ref = net_posted(n, i)->ref;
        n->transfer[i].status = NOT_ASKED;
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
static int swap_and_transfer(struct net_back *n, const struct net_packet packet[],
                             unsigned int nr, const uint64_t spare[])
{
    multicall_entry_t *call;
    unsigned int i;
    int rc;

    guest_pv_begin(&n->pv, n->guest);
    for ( i = 0; i < nr; i++ )
    {
        guest_pv_map(&n->pv, packet[i].pfn, spare[i]);
        guest_pv_set_pfn(&n->pv, spare[i], packet[i].pfn);
    }
    guest_pv_updates(&n->pv);
    call = guest_pv_call(&n->pv);
    hc_multi_grant_table_transfer(call, n->transfer, nr);
    rc = guest_pv_commit(&n->pv);
    return rc ? rc : (int)(long)call->result;
}

/* Part of it failed: Xen is told once more which frame each page shows. */
static void tell_again(struct net_back *n, const struct net_packet packet[], unsigned int nr,
                       const uint64_t spare[], const bool shown[])
{
    unsigned int i;

    guest_pv_begin(&n->pv, n->guest);
    for ( i = 0; i < nr; i++ )
        guest_pv_set_pfn(&n->pv, shown[i] ? spare[i] : n->transfer[i].mfn, packet[i].pfn);
    guest_pv_updates(&n->pv);
    guest_pv_commit(&n->pv);
}

int net_transfer(struct net_back *n, struct net_packet packet[], unsigned int nr)
{
    uint64_t spare[GUEST_BATCH];
    bool shown[GUEST_BATCH], any = false;
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
    for ( i = 0; i < nr; i++ )
        spare[i] = n->stock[--n->nr_stock];
    rc = swap_and_transfer(n, packet, nr, spare);
    for ( i = 0; i < nr; i++ )
    {
        const int16_t status = n->transfer[i].status;

        shown[i] = !guest_pv_result(&n->pv, i);
        any |= shown[i] || status != NOT_ASKED;
        packet[i].error = guest_grant_error(status);
        /* A frame that is still ours and behind no page: a spare one. */
        if ( !shown[i] )
            n->stock[n->nr_stock++] = spare[i];
        else if ( (status == GNTST_bad_page || status == NOT_ASKED) && n->nr_stock < GUEST_BATCH )
            n->stock[n->nr_stock++] = n->transfer[i].mfn;
    }
    if ( rc )
        tell_again(n, packet, nr, spare, shown);
    return any ? 0 : rc;
}

/* ---- donate ---------------------------------------------------------------------- */

int net_donate(struct net_back *n, struct net_packet packet[], unsigned int nr)
{
    bool any = false;
    unsigned int i;
    long rc;

    for ( i = 0; i < nr; i++ )
        n->donate[i] = (pmt_donate_t){ .gpfn = packet[i].pfn, .domid = n->domid,
                                       .dest_gpfn = net_posted(n, i)->word[0],
                                       .rights = PMTR_read | PMTR_write,
                                       .status = PMTST_not_done };
    rc = hc_pmt_donate(n->donate, nr);
    for ( i = 0; i < nr; i++ )
    {
        uint32_t id = net_posted(n, i)->id;

        any |= n->donate[i].status != PMTST_not_done;
        packet[i].error = guest_pmt_error(n->donate[i].status);
        if ( packet[i].error )
            continue;
        n->lent[id] = (struct net_lent){ .loan = n->donate[i].loan, .pfn = packet[i].pfn,
                                         .state = NET_AWAY };
        n->nr_lent++;
    }
    return any ? 0 : (int)rc;
}

long net_reclaim(struct net_back *n, unsigned int nr)
{
    return hc_pmt_reclaim(n->reclaim, nr);
}
