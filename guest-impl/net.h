/* SPDX-License-Identifier: MIT */
/*
 * Packets from a backend to a frontend, without a copy: the page goes along.
 *
 * How, the backend chooses when it starts, by what it finds:
 *
 *   NET_FLIP      PMTOP_flip: page and grant go in, a fresh page comes back, in one
 *                 hypercall for a batch. A PV guest's page table changes ride in the
 *                 same multicall; fresh pages get mapped by the next one, or net_back_show().
 *   NET_TRANSFER  the classic way of PV guests: a stock of spare frames, and one multicall
 *                 of page tables, frame to pfn, and GNTTABOP_transfer. Xen refuses it to
 *                 translated guests: these flip instead.
 *   NET_DONATE    PMTOP_donate: the page stays the backend's, and appears at the
 *                 frontend. It is sent back when it has been looked at, and many
 *                 are reclaimed by one call.
 *
 * The frontend posts holes: it gives pages back to Xen and accepts others there
 * (NET_DONATE: lets them be lent there). It does not know which way they come.
 */
#ifndef NET_H
#define NET_H

#include "balloon.h"
#include "grants.h"
#include "ring.h"

enum net_way { NET_BEST, NET_FLIP, NET_TRANSFER, NET_DONATE };

/* ---- what the ring says ------------------------------------------------------------ */

/* word[1] of requests: a hole at word[0] with grant ref, or a lent page on its way back. */
enum net_request { NET_POST, NET_RETURN };

/* word[1] of answers; ref is 0 or an errno, word[0] offset << 32 | bytes. */
enum net_answer { NET_MOVED, NET_STAYS, NET_RECLAIMED };

/* ---- backend --------------------------------------------------------------------- */

struct net_packet {
    uint64_t pfn;                   /* of the page that goes; then of the fresh one */
    uint32_t offset, bytes;
    int error;                      /* out: 0, or why it was not delivered */
};

enum net_lent_state { NET_HERE, NET_QUEUED, NET_AWAY, NET_SENT_BACK };

struct net_lent {
    pmt_loan_t loan;
    uint64_t pfn;
    uint32_t state;
};

struct net_back {
    struct guest *guest;
    struct guest_p2m *p2m;
    struct balloon *balloon;
    domid_t domid;                  /* the frontend */
    enum net_way way;
    struct ring ring;
    struct ring_slot posted[RING_SLOTS];    /* buffers to come next, oldest at first_posted */
    unsigned int first_posted, nr_posted;
    struct guest_pv pv;
    pmt_flip_t flip[GUEST_BATCH];
    gnttab_transfer_t transfer[GUEST_BATCH];
    pmt_donate_t donate[GUEST_BATCH];
    pmt_reclaim_t reclaim[GUEST_BATCH];
    xen_pfn_t stock[GUEST_BATCH];   /* spare frames of a PV guest */
    unsigned int nr_stock;
    /* Pages that the page table does not show: those of the batch before, and what failed. */
    uint64_t unmapped[2 * GUEST_BATCH];
    uint64_t unmapped_mfn[2 * GUEST_BATCH];     /* GUEST_NO_FRAME: not told */
    unsigned int nr_unmapped;
    struct net_lent lent[RING_SLOTS];       /* by the id of the buffer */
    unsigned int nr_lent, nr_back;
    uint64_t delivered;
};

/* ring: guest_address() of the page that the frontend granted, mapped. */
int net_back_start(struct net_back *n, struct guest_p2m *p2m, struct balloon *b, domid_t domid,
                   uint64_t ring, enum net_way way);

/*
 * Up to GUEST_BATCH packets, to as many buffers as are posted: returns how many
 * were taken, and each has its error. A packet's pfn has a cleared page again
 * (NET_DONATE: holds the packet until it is reclaimed).
 */
int net_back_deliver(struct net_back *n, struct net_packet packet[], unsigned int nr);

/* NET_DONATE: take back what has been sent back, and tell which pfns; one hypercall. */
int net_back_reclaim(struct net_back *n, uint64_t pfn[], unsigned int nr);

/*
 * Show the fresh pages of a PV guest now rather than with the next batch. What cannot be
 * shown is tried again with the next one. Where the right went while they came, their frames
 * are not known until it is back.
 */
int net_back_show(struct net_back *n);

/*
 * -GUEST_EBUSY: pages that are lent and in use, or spare frames, do not come back, or go.
 * They are not forgotten: it may be called again.
 */
int net_back_stop(struct net_back *n);

/* ---- frontend -------------------------------------------------------------------- */

enum net_buffer_state { NET_FREE, NET_HOLE, NET_POSTED, NET_RECEIVED, NET_LENT, NET_RETURNED };

struct net_buffer {
    uint64_t pfn;
    grant_ref_t ref;
    uint32_t state;
    uint32_t offset, bytes;
    uint64_t frame;                 /* came to a PV guest, and is not shown; or GUEST_NO_FRAME */
};

struct net_front {
    struct guest *guest;
    struct guest_p2m *p2m;
    struct balloon *balloon;
    struct grants *grants;
    domid_t domid;                  /* the backend */
    struct ring ring;
    uint64_t ring_pfn;
    grant_ref_t ring_ref;
    struct net_buffer buffer[RING_SLOTS];
    struct guest_pv pv;
    uint64_t received;
};

/* Grants the ring's page; the backend is told ring_ref by other means. */
int net_front_start(struct net_front *n, struct grants *gr, struct balloon *b, domid_t domid);

/* Post nr buffers: one hypercall gives their pages back. Returns how many. */
int net_front_post(struct net_front *n, unsigned int nr);

/*
 * Take one packet, a buffer that is the caller's until net_front_done().
 * -GUEST_EAGAIN: none is there; -GUEST_EIO: the backend did not keep its word.
 */
int net_front_receive(struct net_front *n, struct net_buffer **buffer);
/* All that were received are in the page table of a PV guest; an error: some are not yet. */
int net_front_show(struct net_front *n);

/* The page is free memory, or, if it was lent, on its way back. -GUEST_EBUSY: not shown yet. */
int net_front_done(struct net_front *n, struct net_buffer *buffer);
void net_front_push(struct net_front *n);

/* An error: some of it is not undone, and it may be called again. */
int net_front_stop(struct net_front *n);

#endif /* NET_H */
