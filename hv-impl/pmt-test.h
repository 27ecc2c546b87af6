/* SPDX-License-Identifier: MIT */
/*
 * For ports whose loads are plain ones: a look at some bits of a word is one
 * instruction where a processor has that, which compilers do not make of an atomic
 * load. Elsewhere, and where a sanitizer has to see the load, pmt-lookup.h has two.
 *
 * Gives PMT_TEST_ACQUIRE(p, mask), mask being a constant: whether *p, of 32 bits, has
 * one of these bits. No later load overtakes it: x86 lets none do that.
 */
#ifndef PMT_TEST_H
#define PMT_TEST_H

#ifdef __has_feature
#if __has_feature(thread_sanitizer)
#define PMT_TEST_SEEN 1
#endif
#endif

#if defined(__x86_64__) && !defined(__SANITIZE_THREAD__) && !defined(PMT_TEST_SEEN)
#define PMT_TEST_ACQUIRE(p, mask)                                              \
    ({                                                                         \
        bool set_;                                                             \
                                                                               \
        __asm__ volatile ( "testl %2, %1"                                      \
                           : "=@ccnz" (set_) : "m" (*(p)), "i" (mask) : "memory" ); \
        set_;                                                                  \
    })
#endif

#endif /* PMT_TEST_H */
