/* SPDX-License-Identifier: MIT */
/* Requests and answers in a shared page: see ring.h. */
#include "ring.h"

_Static_assert(sizeof(struct ring_page) <= 4096, "a ring is in one page of any size");

void ring_start(struct ring *r, struct guest *g, uint64_t address, bool front)
{
    *r = (struct ring){ .guest = g, .address = address, .front = front };
}

static struct ring_page *page_of(const struct ring *r)
{
    return r->guest->kernel->reach(r->guest, r->address, true);
}

/* A frontend may ask for as much as has not been answered; a backend takes no more. */
uint32_t ring_room(const struct ring *r)
{
    return RING_SLOTS - (r->front ? r->produced - r->consumed : r->consumed - r->produced);
}

int ring_put(struct ring *r, const struct ring_slot *slot)
{
    struct ring_page *page = page_of(r);
    struct ring_slot *to;

    if ( !page )
        return -GUEST_EFAULT;
    if ( r->front ? !ring_room(r) : r->produced == r->consumed )
        return -GUEST_EAGAIN;
    to = &(r->front ? page->request : page->answer)[r->produced++ % RING_SLOTS];
    guest_store(&to->id, slot->id);
    guest_store(&to->ref, slot->ref);
    guest_store(&to->word[0], slot->word[0]);
    guest_store(&to->word[1], slot->word[1]);
    return 0;
}

void ring_push(struct ring *r)
{
    struct ring_page *page = page_of(r);

    /* Slots are there before the counter says so; pairs with ring_take(). */
    if ( page )
        guest_store_release(r->front ? &page->requests : &page->answers, r->produced);
}

int ring_take(struct ring *r, struct ring_slot *slot)
{
    struct ring_page *page = page_of(r);
    const struct ring_slot *from;
    uint32_t there;

    if ( !page )
        return -GUEST_EFAULT;
    /* Pairs with the release in ring_push(). */
    there = guest_load_acquire(r->front ? &page->answers : &page->requests);
    if ( there == r->consumed )
        return -GUEST_EAGAIN;
    /* No answer without a request, and no more requests than fit. */
    if ( there - r->consumed > (r->front ? r->produced - r->consumed : ring_room(r)) )
        return -GUEST_EIO;
    from = &(r->front ? page->answer : page->request)[r->consumed++ % RING_SLOTS];
    slot->id = guest_load(&from->id);
    slot->ref = guest_load(&from->ref);
    slot->word[0] = guest_load(&from->word[0]);
    slot->word[1] = guest_load(&from->word[1]);
    return 0;
}
