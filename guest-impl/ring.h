/* SPDX-License-Identifier: MIT */
/*
 * Requests one way and answers the other, in a page that two domains share.
 *
 * Producers count up and are written with release after the slots they cover;
 * the other side reads them with acquire. Each side keeps its own counters to
 * itself and believes the other's only as far as the ring is long; a slot is
 * copied once before it is looked at.
 */
#ifndef RING_H
#define RING_H

#include "guest.h"

#define RING_SLOTS  64u

struct ring_slot {
    uint32_t id;
    uint32_t ref;
    uint64_t word[2];
};

/* The page, for both; less than 4 KiB. */
struct ring_page {
    uint32_t requests, answers;     /* producers */
    uint64_t pad;
    struct ring_slot request[RING_SLOTS];
    struct ring_slot answer[RING_SLOTS];
};

/* One side's view. */
struct ring {
    struct guest *guest;
    uint64_t address;               /* guest_address() of the page */
    uint32_t produced, consumed;
    bool front;                     /* produces requests, consumes answers */
};

void ring_start(struct ring *r, struct guest *g, uint64_t address, bool front);

/* -GUEST_EAGAIN: full; -GUEST_EFAULT: the page is gone. Seen after ring_push(). */
int ring_put(struct ring *r, const struct ring_slot *slot);
void ring_push(struct ring *r);

/* -GUEST_EAGAIN: nothing there; -GUEST_EIO: the other side's counter is not possible. */
int ring_take(struct ring *r, struct ring_slot *slot);

/* How many more requests may be put before answers are taken. */
uint32_t ring_room(const struct ring *r);

#endif /* RING_H */
