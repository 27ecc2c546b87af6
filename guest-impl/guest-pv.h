/* SPDX-License-Identifier: MIT */
/*
 * Page tables of a PV guest, which Xen writes: several changes, and the call
 * they are made for, in one multicall.
 *
 * A translated guest has its page tables to itself, and nothing to do here:
 * guest_pv_map() and guest_pv_unmap() add nothing then.
 */
#ifndef GUEST_PV_H
#define GUEST_PV_H

#include "guest.h"

#include <xen/memory.h>
#include <xen/pmt.h>

#define GUEST_PV_PTE_PRESENT      ((uint64_t)0x1)
#define GUEST_PV_PTE_WRITE        ((uint64_t)0x2)
#define GUEST_PV_PTE_KERNEL       ((uint64_t)0x63)    /* and accessed, dirty */

#define GUEST_PV_CALLS            (2 * GUEST_BATCH + 4)

struct guest_pv {
    struct guest *guest;
    unsigned int nr_calls, nr_updates;
    unsigned int last_va;       /* the call that flushes; GUEST_PV_CALLS: none */
    multicall_entry_t call[GUEST_PV_CALLS];
    mmu_update_t update[GUEST_BATCH];
    uint32_t updated;
    bool full;                  /* more was asked for than there is room */
    uint64_t carried;           /* calls in all multicalls so far */
};

void guest_pv_begin(struct guest_pv *pv, struct guest *g);

/* Let the kernel's address of pfn show mfn, or nothing. */
void guest_pv_map(struct guest_pv *pv, uint64_t pfn, uint64_t mfn);
void guest_pv_unmap(struct guest_pv *pv, uint64_t pfn);

/* Tell Xen that mfn is pfn from now on. */
void guest_pv_set_pfn(struct guest_pv *pv, uint64_t mfn, uint64_t pfn);

/* The updates so far, as one call. */
void guest_pv_updates(struct guest_pv *pv);

/* A free entry, for a hc_multi_*() stub; NULL: the batch is full. */
multicall_entry_t *guest_pv_call(struct guest_pv *pv);

/*
 * One hypercall, or none if nothing was asked. 0; or an error: what the multicall said,
 * or else the first page table call that failed. Each entry's result says what became of
 * it, and is negative where it was not made; guest_pv_result() reads it.
 * -GUEST_ENOMEM: there was more than fits, and nothing was done.
 */
int guest_pv_commit(struct guest_pv *pv);

/* After it: what the call at that place, counted from 0, said. */
static inline long guest_pv_result(const struct guest_pv *pv, unsigned int call)
{
    return (long)pv->call[call].result;
}

#endif /* GUEST_PV_H */
