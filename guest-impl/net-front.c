/* SPDX-License-Identifier: MIT */
/* The receiving side: see net.h. */
#include "net.h"

_Static_assert(RING_SLOTS <= GUEST_BATCH, "all buffers are shown by one multicall");

/* How often a page that is on its way is looked for. */
#define TRIES   1000

int net_front_start(struct net_front *n, struct grants *gr, struct balloon *b, domid_t domid)
{
    struct guest *g = gr->guest;
    unsigned int i;
    int rc;

    n->guest = g;
    n->p2m = gr->p2m;
    n->balloon = b;
    n->grants = gr;
    n->domid = domid;
    n->received = 0;
    for ( i = 0; i < RING_SLOTS; i++ )
        n->buffer[i] = (struct net_buffer){ .ref = GRANT_NONE, .frame = GUEST_NO_FRAME };
    guest_pv_begin(&n->pv, g);
    rc = g->kernel->pages_get(g, 0, 0, &n->ring_pfn);
    if ( rc )
        return rc;
    rc = grants_get(gr, &n->ring_ref);
    if ( !rc && (rc = grants_access(gr, n->ring_ref, domid, n->ring_pfn, 0)) )
        grants_put(gr, n->ring_ref);
    if ( rc )
        g->kernel->pages_put(g, 0, n->ring_pfn);
    ring_start(&n->ring, g, guest_address(g, n->ring_pfn), true);
    return rc;
}

/* ---- posting --------------------------------------------------------------------- */

/* Free memory becomes holes, as many as Xen takes. */
static unsigned int make_holes(struct net_front *n, unsigned int nr)
{
    struct guest *g = n->guest;
    struct net_buffer *of[RING_SLOTS];
    uint64_t pfn[RING_SLOTS];
    unsigned int i, listed = 0;
    long gone;

    for ( i = 0; i < RING_SLOTS && listed < nr; i++ )
        if ( n->buffer[i].state == NET_FREE && !g->kernel->pages_get(g, 0, 0, &pfn[listed]) )
            of[listed++] = &n->buffer[i];
    gone = listed ? balloon_decrease(n->balloon, pfn, listed) : 0;
    gone = gone < 0 ? 0 : gone;
    for ( i = 0; i < listed; i++ )
        if ( i < (unsigned int)gone )
            *of[i] = (struct net_buffer){ .pfn = pfn[i], .ref = GRANT_NONE, .state = NET_HOLE,
                                          .frame = GUEST_NO_FRAME };
        else
            g->kernel->pages_put(g, 0, pfn[i]);
    return (unsigned int)gone;
}

static int end_transfer(struct net_front *n, grant_ref_t ref, uint64_t *frame)
{
    unsigned int i;
    int rc;

    for ( i = 0; i < TRIES; i++ )
        if ( (rc = grants_end_transfer(n->grants, ref, frame)) != -GUEST_EAGAIN )
            break;
    return rc;
}

/*
 * Which frame a PV guest has to show. A transfer tells it; a flip tells where the page is, and
 * then the table has it.
 */
static uint64_t frame_that_came(struct net_front *n, const struct net_buffer *b, uint64_t told)
{
    uint64_t frame;

    return told == b->pfn && !guest_p2m_frame(n->p2m, b->pfn, &frame) ? frame : told;
}

/*
 * The entry is taken back, and what came, if anything, is ours: of a PV guest, when
 * net_front_show() has placed it. -GUEST_EAGAIN: the entry stays taken, and so does its number.
 */
static int settle(struct net_front *n, struct net_buffer *b)
{
    uint64_t frame;
    int rc = end_transfer(n, b->ref, &frame);

    if ( rc == -GUEST_EAGAIN )
        return rc;
    grants_put(n->grants, b->ref);
    b->ref = GRANT_NONE;
    b->state = rc ? NET_HOLE : NET_RECEIVED;
    if ( !rc && !n->guest->translated )
        b->frame = frame_that_came(n, b, frame);
    return rc;
}

static int post(struct net_front *n, struct net_buffer *b)
{
    struct ring_slot slot = { .id = (uint32_t)(b - n->buffer), .word = { b->pfn, NET_POST } };
    int rc = grants_get(n->grants, &b->ref);

    if ( rc )
        return rc;
    rc = grants_accept(n->grants, b->ref, n->domid, b->pfn);
    slot.ref = b->ref;
    if ( !rc )
        rc = ring_put(&n->ring, &slot);
    /* Somebody may have tried the number already: then it is as if it was posted. */
    if ( !rc || settle(n, b) == -GUEST_EAGAIN )
        b->state = NET_POSTED;
    /* And if a page came with it, nobody is going to tell of that: it is free memory. */
    if ( b->state == NET_RECEIVED )
    {
        (void)net_front_show(n);
        (void)net_front_done(n, b);     /* what cannot be shown now waits for net_front_stop() */
    }
    return rc;
}

int net_front_post(struct net_front *n, unsigned int nr)
{
    unsigned int i, holes = 0, posted = 0;

    nr = nr < ring_room(&n->ring) ? nr : ring_room(&n->ring);
    for ( i = 0; i < RING_SLOTS; i++ )
        holes += n->buffer[i].state == NET_HOLE;
    if ( holes < nr )
        make_holes(n, nr - holes);
    for ( i = 0; i < RING_SLOTS && posted < nr; i++ )
        if ( n->buffer[i].state == NET_HOLE )
        {
            if ( post(n, &n->buffer[i]) )
                break;
            posted++;
        }
    net_front_push(n);
    return (int)posted;
}

void net_front_push(struct net_front *n)
{
    ring_push(&n->ring);
}

/* ---- receiving ------------------------------------------------------------------- */

/* What came, if anything, counts; what the backend says about it does not. */
static int arrived(struct net_front *n, struct net_buffer *b, const struct ring_slot *slot)
{
    int rc = settle(n, b);

    if ( rc == -GUEST_EAGAIN )
        return -GUEST_EIO;          /* net_front_stop() asks again */
    if ( rc && slot->word[1] == NET_STAYS && !slot->ref && guest_page(n->guest, b->pfn, false) )
        b->state = NET_LENT;
    b->offset = (uint32_t)(slot->word[0] >> 32);
    b->bytes = (uint32_t)slot->word[0];
    if ( b->offset > guest_page_size(n->guest) ||
         b->bytes > guest_page_size(n->guest) - b->offset )
        b->offset = b->bytes = 0;
    return b->state == NET_HOLE ? -GUEST_EIO : 0;
}

int net_front_receive(struct net_front *n, struct net_buffer **buffer)
{
    struct ring_slot slot;
    struct net_buffer *b;
    int rc;

    while ( !(rc = ring_take(&n->ring, &slot)) )
    {
        if ( slot.id >= RING_SLOTS )
            return -GUEST_EIO;
        b = &n->buffer[slot.id];
        if ( b->state == NET_RETURNED )
        {
            /* Taken back; its place is empty. */
            b->state = slot.ref ? NET_LENT : NET_HOLE;
            continue;
        }
        if ( b->state != NET_POSTED )
            return -GUEST_EIO;
        rc = arrived(n, b, &slot);
        if ( rc )
            return rc;
        n->received++;
        *buffer = b;
        return 0;
    }
    return rc;
}

int net_front_show(struct net_front *n)
{
    struct net_buffer *of[RING_SLOTS];
    unsigned int i, nr = 0;
    int rc;

    guest_pv_begin(&n->pv, n->guest);
    for ( i = 0; i < RING_SLOTS; i++ )
        if ( n->buffer[i].frame != GUEST_NO_FRAME )
        {
            of[nr++] = &n->buffer[i];
            guest_pv_map(&n->pv, n->buffer[i].pfn, n->buffer[i].frame);
            guest_pv_set_pfn(&n->pv, n->buffer[i].frame, n->buffer[i].pfn);
        }
    guest_pv_updates(&n->pv);
    rc = guest_pv_commit(&n->pv);
    /* Behind the maps there is one call for what Xen is told. */
    for ( i = 0; i < nr; i++ )
        if ( !guest_pv_result(&n->pv, i) && !guest_pv_result(&n->pv, nr) )
            of[i]->frame = GUEST_NO_FRAME;
    return rc;
}

int net_front_done(struct net_front *n, struct net_buffer *b)
{
    struct ring_slot slot = { .id = (uint32_t)(b - n->buffer), .word = { b->pfn, NET_RETURN } };
    int rc;

    if ( b->frame != GUEST_NO_FRAME )
        return -GUEST_EBUSY;
    if ( b->state == NET_RECEIVED )
    {
        n->guest->kernel->pages_put(n->guest, 0, b->pfn);
        b->state = NET_FREE;
        return 0;
    }
    if ( b->state != NET_LENT )
        return -GUEST_EINVAL;
    rc = ring_put(&n->ring, &slot);
    if ( !rc )
        b->state = NET_RETURNED;
    return rc;
}

/* Holes are filled, and are free memory then; those that are not stay holes. */
static int fill_holes(struct net_front *n)
{
    struct net_buffer *of[RING_SLOTS];
    uint64_t pfn[RING_SLOTS];
    unsigned int i, nr = 0;
    long filled;

    for ( i = 0; i < RING_SLOTS; i++ )
        if ( n->buffer[i].state == NET_HOLE )
        {
            of[nr] = &n->buffer[i];
            pfn[nr++] = n->buffer[i].pfn;
        }
    filled = nr ? balloon_populate(n->balloon, pfn, nr) : 0;
    for ( i = 0; filled > 0 && i < (unsigned int)filled; i++ )
    {
        of[i]->state = NET_FREE;
        n->guest->kernel->pages_put(n->guest, 0, pfn[i]);
    }
    return filled < (long)nr ? -GUEST_ENOMEM : 0;
}

int net_front_stop(struct net_front *n)
{
    unsigned int i;
    int rc;

    for ( i = 0; i < RING_SLOTS; i++ )
    {
        struct net_buffer *b = &n->buffer[i];

        if ( b->state == NET_LENT || b->state == NET_RETURNED )
            return -GUEST_EBUSY;
        if ( b->state == NET_POSTED && settle(n, b) == -GUEST_EAGAIN )
            return -GUEST_EBUSY;
    }
    rc = net_front_show(n);
    for ( i = 0; i < RING_SLOTS; i++ )
        if ( n->buffer[i].state == NET_RECEIVED )
            net_front_done(n, &n->buffer[i]);
    rc = rc ? rc : fill_holes(n);
    if ( !rc )
        rc = grants_end_access(n->grants, n->ring_ref);
    if ( rc )
        return rc;
    grants_put(n->grants, n->ring_ref);
    n->guest->kernel->pages_put(n->guest, 0, n->ring_pfn);
    return 0;
}
