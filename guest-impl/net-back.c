/* SPDX-License-Identifier: MIT */
/* The sending side: buffers, answers, and the choice; see net.h. Ways are in net-ways.c. */
#include "net-ways.h"

#include "hc-memory.h"

static enum net_way choose(const struct guest *g, enum net_way way)
{
    /* Xen lets nobody transfer but PV guests, which have to know the fresh frame to map it. */
    if ( way == NET_TRANSFER && g->translated )
        return NET_FLIP;
    if ( way != NET_BEST )
        return way;
    return g->translated || (g->pmt && g->right) ? NET_FLIP : NET_TRANSFER;
}

int net_back_start(struct net_back *n, struct guest_p2m *p2m, struct balloon *b, domid_t domid,
                   uint64_t ring, enum net_way way)
{
    unsigned int i;

    n->guest = p2m->guest;
    n->p2m = p2m;
    n->balloon = b;
    n->domid = domid;
    n->way = choose(n->guest, way);
    n->first_posted = n->nr_posted = 0;
    n->nr_stock = n->nr_unmapped = n->nr_lent = n->nr_back = 0;
    n->delivered = n->pv.carried = 0;
    for ( i = 0; i < RING_SLOTS; i++ )
        n->lent[i].state = NET_HERE;
    ring_start(&n->ring, n->guest, ring, false);
    if ( !n->guest->xen )
        return -GUEST_ENODEV;
    if ( n->way == NET_DONATE ? !n->guest->loans : n->way == NET_FLIP && !n->guest->pmt )
        return -GUEST_ENOSYS;
    return 0;
}

/* ---- what the frontend asks ------------------------------------------------------ */

/* A buffer is posted once until it is answered, and not while a page is lent to it. */
static int post(struct net_back *n, const struct ring_slot *slot)
{
    if ( slot->id >= RING_SLOTS || n->lent[slot->id].state != NET_HERE )
        return -GUEST_EIO;
    n->lent[slot->id].state = NET_QUEUED;
    n->posted[(n->first_posted + n->nr_posted++) % RING_SLOTS] = *slot;
    return 0;
}

/* An id that was not lent, or has been sent back before, is the frontend's mistake. */
static int sent_back(struct net_back *n, uint32_t id)
{
    if ( id >= RING_SLOTS || n->lent[id].state != NET_AWAY )
        return -GUEST_EIO;
    n->lent[id].state = NET_SENT_BACK;
    n->nr_back++;
    return 0;
}

static void answer(struct net_back *n, uint32_t id, int error, uint64_t where,
                   enum net_answer what)
{
    const struct ring_slot slot = { .id = id, .ref = (uint32_t)-error, .word = { where, what } };

    ring_put(&n->ring, &slot);
}

/* 0, or what the ring says when it is of no use any more. */
static int take_requests(struct net_back *n)
{
    struct ring_slot slot;
    int rc = 0;

    while ( n->nr_posted < RING_SLOTS && !(rc = ring_take(&n->ring, &slot)) )
        if ( slot.word[1] == NET_POST ? post(n, &slot) : sent_back(n, slot.id) )
            answer(n, slot.id, -GUEST_EINVAL, 0, NET_RECLAIMED);
    return n->nr_posted == RING_SLOTS || rc == -GUEST_EAGAIN ? 0 : rc;
}

/* ---- packets --------------------------------------------------------------------- */

static void tell(struct net_back *n, struct net_packet packet[], unsigned int nr)
{
    unsigned int i;

    for ( i = 0; i < nr; i++ )
    {
        const struct ring_slot *slot = net_posted(n, i);

        answer(n, slot->id, packet[i].error,
               (uint64_t)packet[i].offset << 32 | packet[i].bytes,
               n->way == NET_DONATE ? NET_STAYS : NET_MOVED);
        n->delivered += !packet[i].error;
        if ( n->lent[slot->id].state == NET_QUEUED )
            n->lent[slot->id].state = NET_HERE;
    }
    n->first_posted = (n->first_posted + nr) % RING_SLOTS;
    n->nr_posted -= nr;
    ring_push(&n->ring);
}

/* A page under I/O ends the batch: what stands behind it goes another time. */
static unsigned int batch_size(struct net_back *n, const struct net_packet packet[],
                               unsigned int nr)
{
    unsigned int i;

    nr = nr < GUEST_BATCH ? nr : GUEST_BATCH;
    nr = nr < n->nr_posted ? nr : n->nr_posted;
    for ( i = 0; i < nr && !guest_p2m_pinned(n->p2m, packet[i].pfn); )
        i++;
    return i;
}

int net_back_deliver(struct net_back *n, struct net_packet packet[], unsigned int nr)
{
    int rc = take_requests(n);

    if ( rc )
        return rc;
    nr = batch_size(n, packet, nr);
    if ( !nr )
        return 0;
    switch ( n->way )
    {
    case NET_FLIP:
        rc = net_flip(n, packet, nr);
        break;
    case NET_DONATE:
        rc = net_donate(n, packet, nr);
        break;
    default:
        rc = net_transfer(n, packet, nr);
        break;
    }
    if ( rc )
        return rc;
    tell(n, packet, nr);
    return (int)nr;
}

/* ---- lent pages ------------------------------------------------------------------ */

static void list_loan(struct net_back *n, unsigned int listed, uint32_t id)
{
    n->reclaim[listed] = (pmt_reclaim_t){ .loan = n->lent[id].loan, .status = PMTST_not_done };
}

/* What became of the loan: true, and the page is here; or it stays lent. */
static bool is_back(struct net_back *n, unsigned int listed, uint32_t id)
{
    if ( n->reclaim[listed].status )
        return false;
    n->nr_back -= n->lent[id].state == NET_SENT_BACK;
    n->nr_lent--;
    n->lent[id].state = NET_HERE;
    return true;
}

int net_back_reclaim(struct net_back *n, uint64_t pfn[], unsigned int nr)
{
    uint32_t id[GUEST_BATCH], i;
    unsigned int listed = 0, back = 0;
    long rc = take_requests(n);

    for ( i = 0; !rc && i < RING_SLOTS && listed < nr && listed < GUEST_BATCH; i++ )
        if ( n->lent[i].state == NET_SENT_BACK )
        {
            list_loan(n, listed, i);
            id[listed++] = i;
        }
    if ( rc || !listed )
        return (int)rc;
    rc = net_reclaim(n, listed);
    for ( i = 0; i < listed; i++ )
        if ( is_back(n, i, id[i]) )
        {
            pfn[back++] = n->lent[id[i]].pfn;
            answer(n, id[i], 0, 0, NET_RECLAIMED);
        }
    ring_push(&n->ring);
    return back ? (int)back : (int)rc;
}

/* Everything that was lent is asked back, sent back or not. What is in use stays lent. */
static int reclaim_all(struct net_back *n)
{
    uint32_t id[RING_SLOTS], i;
    unsigned int listed = 0;
    long rc;

    for ( i = 0; i < RING_SLOTS; i++ )
        if ( n->lent[i].state == NET_AWAY || n->lent[i].state == NET_SENT_BACK )
        {
            list_loan(n, listed, i);
            id[listed++] = i;
        }
        else
            n->lent[i].state = NET_HERE;
    n->nr_posted = 0;
    rc = listed ? net_reclaim(n, listed) : 0;
    for ( i = 0; i < listed; i++ )
        is_back(n, i, id[i]);
    return !n->nr_lent ? 0 : rc ? (int)rc : -GUEST_EBUSY;
}

/* Spare frames go; those that do not, from the end of the list, stay. */
static int empty_stock(struct net_back *n)
{
    xen_memory_reservation_t spare = { .nr_extents = n->nr_stock, .domid = DOMID_SELF };
    unsigned int i;
    long gone;

    if ( !n->nr_stock )
        return 0;
    set_xen_guest_handle(spare.extent_start, n->stock);
    gone = hc_memory_decrease_reservation(&spare);
    if ( gone <= 0 )
        return gone ? (int)gone : -GUEST_EBUSY;
    n->nr_stock -= (unsigned int)gone;
    for ( i = 0; i < n->nr_stock; i++ )
        n->stock[i] = n->stock[i + (unsigned int)gone];
    return n->nr_stock ? -GUEST_EBUSY : 0;
}

int net_back_stop(struct net_back *n)
{
    int rc = reclaim_all(n), shown = net_back_show(n), emptied = empty_stock(n);

    return rc ? rc : shown ? shown : emptied;
}
