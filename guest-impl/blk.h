/* SPDX-License-Identifier: MIT */
/*
 * Sectors from a frontend to a disk behind a backend: the frontend grants its
 * pages, the backend maps them, lets the device read or write them at their
 * machine addresses, and unmaps them.
 *
 * A kernel that has the disk itself, with or without a hypervisor, calls
 * blk_local() instead: the same disk, the same addresses from dma.
 */
#ifndef BLK_H
#define BLK_H

#include "dma.h"
#include "grants.h"
#include "ring.h"

/* The device: bytes at a machine address, or at a pointer, to or from sector. 0 or negative. */
struct blk_disk {
    int (*transfer)(struct blk_disk *disk, uint64_t sector, uint64_t machine,
                    uint64_t bytes, bool write);
    /* NULL: it can only DMA. */
    int (*programmed)(struct blk_disk *disk, uint64_t sector, void *at, uint64_t bytes,
                      bool write);
    void *context;
    unsigned int address_bits;      /* what it can address; 0: everything */
};

struct blk_back {
    struct guest *guest;
    struct guest_p2m *p2m;
    struct dma *dma;
    struct blk_disk *disk;
    domid_t domid;
    struct ring ring;
    uint64_t holes;                 /* GUEST_BATCH of them, to map at */
    bool stuck[GUEST_BATCH];        /* something is still mapped there: */
    struct grants_mapping left[GUEST_BATCH];
    struct ring_slot request[GUEST_BATCH];
    int error[GUEST_BATCH];
    unsigned int nr_requests;
    unsigned int index[GUEST_BATCH];    /* of the request behind a mapping */
    unsigned int place[GUEST_BATCH];    /* and of its hole */
    struct grants_foreign of[GUEST_BATCH];
    struct grants_mapping mapping[GUEST_BATCH];
    uint64_t done, failed;
};

int blk_back_start(struct blk_back *b, struct dma *dma, struct blk_disk *disk, domid_t domid,
                   uint64_t ring);
/* Do all requests there are, up to GUEST_BATCH: maps, I/O, unmaps. Returns how many. */
int blk_back_serve(struct blk_back *b);
/* -GUEST_EBUSY: a page cannot be unmapped; its hole stays taken, and it is tried again. */
int blk_back_stop(struct blk_back *b);

struct blk_front {
    struct guest *guest;
    struct grants *grants;
    domid_t domid;
    struct ring ring;
    uint64_t ring_pfn;
    grant_ref_t ring_ref;
    grant_ref_t ref[RING_SLOTS];    /* by id; GRANT_NONE: free */
    bool answered[RING_SLOTS];      /* and the backend still uses the page */
    int error[RING_SLOTS];
    unsigned int nr_answered;
};

int blk_front_start(struct blk_front *f, struct grants *gr, domid_t domid);
/* One page from offset to offset + bytes: whole sectors of 512. */
int blk_front_submit(struct blk_front *f, uint64_t sector, uint64_t pfn, uint32_t offset,
                     uint32_t bytes, bool write, uint32_t *id);
void blk_front_push(struct blk_front *f);
/*
 * 0 and id with what became of it; -GUEST_EAGAIN; -GUEST_EBUSY: there is an answer to
 * something whose page the backend still has mapped, ask again.
 */
int blk_front_reap(struct blk_front *f, uint32_t *id, int *error);
int blk_front_stop(struct blk_front *f);

/* For a kernel that drives the disk itself. */
int blk_local(struct dma *dma, struct blk_disk *disk, uint64_t sector, uint64_t pfn,
              uint64_t offset, uint64_t bytes, bool write);

#endif /* BLK_H */
