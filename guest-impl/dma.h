/* SPDX-License-Identifier: MIT */
/*
 * Addresses for devices.
 *
 * A device sees machine addresses, so a buffer of several pages is contiguous
 * for it only where machine frames are, and may lie above what it can address.
 * dma_map() gives the address of a buffer that is good as it is, and else that
 * of a bounce buffer, which is copied at dma_map() and dma_unmap(). The pages
 * are pinned in between. A pin holds one's own pages: those that another has lent can be
 * taken back at any time, so a device never gets their addresses, and they bounce.
 *
 * Bounce buffers come from a pool that was made contiguous, and low enough, when
 * it was set up: by PMTOP_exchange, and without Xen by the kernel's allocator.
 */
#ifndef DMA_H
#define DMA_H

#include "guest-p2m.h"
#include "guest-pv.h"

#define DMA_MAX_SLOTS   64

enum dma_direction { DMA_TO_DEVICE = 1, DMA_FROM_DEVICE = 2, DMA_BOTH = 3 };

struct dma {
    struct guest *guest;
    struct guest_p2m *p2m;
    uint64_t pool_pfn;
    uint64_t pool_machine;      /* address of its first byte */
    unsigned int pool_order, pool_bits;
    uint8_t used[DMA_MAX_SLOTS];    /* a slot is a page of the guest's */
    unsigned int nr_slots;
    uint64_t bounced, direct;   /* how many of dma_map() were which */
    struct guest_pv pv;
};

struct dma_buffer {
    uint64_t pfn, pinned;       /* pages of one's own that are held in place */
    uint64_t address, bytes;    /* guest_address() of the first byte */
    uint64_t machine;           /* what a device is told */
    enum dma_direction direction;
    int slot;                   /* first of the bounce buffer's; -1: none */
};

/* A pool of 2^order pages below 2^address_bits; order < 7. Without a right to
 * machine frames there is no DMA: -GUEST_EPERM. */
int dma_start(struct dma *d, struct guest_p2m *p2m, unsigned int order, unsigned int address_bits);
int dma_stop(struct dma *d);

/*
 * bytes of guest-physical memory from offset in pfn on, for a device that can
 * address 2^address_bits (0: all). -GUEST_ENOMEM: it would have to bounce, and
 * there is no room; -GUEST_EINVAL also: device memory, or pages that cannot be written for
 * a device that does; -GUEST_EBUSY, -GUEST_ENOENT.
 */
int dma_map(struct dma *d, struct dma_buffer *b, uint64_t pfn, uint64_t offset,
            uint64_t bytes, unsigned int address_bits, enum dma_direction direction);
/*
 * The same for a mapped page of another domain's, or a part of it: it stays in place by
 * itself until it is unmapped. machine is what Xen told with the mapping: who was told none has
 * no DMA there.
 */
int dma_map_foreign(struct dma *d, struct dma_buffer *b, uint64_t address, uint64_t machine,
                    uint64_t bytes, unsigned int address_bits, enum dma_direction direction);
/* 0; -GUEST_EFAULT: what the device wrote could not be copied to where it belongs. */
int dma_unmap(struct dma *d, struct dma_buffer *b);

/*
 * Make 2^order pages contiguous in the machine, below 2^address_bits. They lose
 * what they hold. Refused while one is pinned.
 */
int dma_make_contiguous(struct dma *d, uint64_t pfn, unsigned int order,
                        unsigned int address_bits);

#endif /* DMA_H */
