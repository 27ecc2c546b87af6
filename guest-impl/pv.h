/* SPDX-License-Identifier: MIT */
/*
 * Page tables of a PV guest, which Xen writes: several changes, and the call
 * they are made for, in one multicall.
 *
 * A translated guest has its page tables to itself, and nothing to do here:
 * pv_map() and pv_unmap() add nothing then.
 */
#ifndef PV_H
#define PV_H

#include "guest.h"

#include <xen/memory.h>
#include <xen/pmt.h>

#define PV_PTE_PRESENT      ((uint64_t)0x1)
#define PV_PTE_WRITE        ((uint64_t)0x2)
#define PV_PTE_KERNEL       ((uint64_t)0x63)    /* and accessed, dirty */

#define PV_CALLS            (2 * GUEST_BATCH + 4)

struct pv_batch {
    struct guest *guest;
    unsigned int nr_calls, nr_updates;
    unsigned int last_va;       /* the call that flushes; PV_CALLS: none */
    multicall_entry_t call[PV_CALLS];
    mmu_update_t update[GUEST_BATCH];
    uint32_t updated;
};

void pv_begin(struct pv_batch *pv, struct guest *g);

/* Let the kernel's address of pfn show mfn, or nothing. */
void pv_map(struct pv_batch *pv, uint64_t pfn, uint64_t mfn);
void pv_unmap(struct pv_batch *pv, uint64_t pfn);

/* Tell Xen that mfn is pfn from now on. */
void pv_set_pfn(struct pv_batch *pv, uint64_t mfn, uint64_t pfn);

/* The updates so far, as one call. */
void pv_updates(struct pv_batch *pv);

/* A free entry, for a hc_multi_*() stub; NULL: the batch is full. */
multicall_entry_t *pv_call(struct pv_batch *pv);

/*
 * One hypercall, or none if nothing was asked. 0; or an error, that of the first
 * page table call that failed. What other calls say is in their entries.
 */
int pv_commit(struct pv_batch *pv);

#endif /* PV_H */
