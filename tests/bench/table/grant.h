/* SPDX-License-Identifier: MIT */
/*
 * What a grant op does behind its lookup: a reference to the frame, and a look whether
 * the frame is still there where it was found. Both are misses of their own.
 */
#ifndef GRANT_H
#define GRANT_H

#include "design.h"

struct frame_info {
    uint64_t count, owner, type, list;
};

extern struct frame_info *frame_info;
extern uint32_t *frame_gpfn;

/* For frames whose guest frames lookup() tells; false: no memory. */
bool grant_prepare(uint64_t frames, uint64_t (*entry_of)(uint64_t gpfn));

static inline uint64_t grant_step(uint64_t gpfn, uint64_t entry)
{
    uint64_t mfn = ENTRY_MFN(entry), count = __atomic_load_n(&frame_info[mfn].count, __ATOMIC_RELAXED);

    (void)__atomic_compare_exchange_n(&frame_info[mfn].count, &count, count + 1, false,
                                      __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    return frame_gpfn[mfn] == (uint32_t)gpfn;
}

static inline void grant_ahead(uint64_t entry)
{
    uint64_t mfn = ENTRY_MFN(entry);

    __builtin_prefetch(&frame_info[mfn], 1);
    __builtin_prefetch(&frame_gpfn[mfn]);
    /* Or gcc takes this for a function without an effect, and drops it. */
    __asm__ volatile ( "" );
}

#endif
