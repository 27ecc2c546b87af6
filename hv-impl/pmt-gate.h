/* SPDX-License-Identifier: MIT */
/*
 * For ports whose loads are plain ones: what the gate says is one look at a word in
 * memory, and the jumps that its sign and zero decide, which compilers do not make of an
 * atomic load. Elsewhere, and where the thread sanitizer has to see it, pmt-lookup.h has
 * a load.
 *
 * Gives PMT_GATE_ACQUIRE(p): above 0 where *p is, as a number with a sign; 0; or below 0.
 * No later load overtakes it: x86 lets none do that.
 */
#ifndef PMT_GATE_H
#define PMT_GATE_H

#ifdef __has_feature
#if __has_feature(thread_sanitizer)
#define PMT_GATE_SEEN 1
#endif
#endif

#if defined(__x86_64__) && !defined(__SANITIZE_THREAD__) && !defined(PMT_GATE_SEEN)
#define PMT_GATE_ACQUIRE(p) pmt_gate_acquire(p)

/* Contiguous guests get there by the first jump. */
static inline __attribute__((__always_inline__)) int32_t pmt_gate_acquire(const uint32_t *gate)
{
    __asm__ goto ( "cmpl $0, %0\n\t"
                   "jg %l[runs]\n\t"
                   "js %l[leaves]"
                   : : "m" (*gate) : "memory", "cc" : runs, leaves );
    return 0;

 runs:
    return 1;

 leaves:
    return -1;
}
#endif

#endif /* PMT_GATE_H */
