/* SPDX-License-Identifier: MIT */
/*
 * Structures that say which machine frame is behind a guest frame, measured by the
 * same loops. A design is a row of functions; the loops are compiled once for each,
 * so that its lookup is inlined into them as it would be into its users.
 */
#ifndef DESIGN_H
#define DESIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An entry, whatever the design: bit 0 present, frame from bit 12 on. */
#define ENTRY(mfn)     (((uint64_t)(mfn) << 12) | 3)
#define ENTRY_MFN(e)   ((e) >> 12 & 0xffffffffff)

/* A stream of guest frames: the upper bits of a linear congruence. */
#define STREAM_NEXT(x)         ((x) * 6364136223846793005ull + 1442695040888963407ull)
#define STREAM_FRAME(x, shift) ((x) >> (shift))

struct design {
    const char *name;
    bool (*create)(uint64_t frames);
    bool (*set_run)(uint64_t gpfn, uint64_t mfn, uint64_t frames);   /* contiguous */
    void (*ready)(bool with_back);      /* filled: what is lazy is done now, and the way back is there */
    uint64_t (*bytes)(void);            /* of memory, for all of it */
    /* Each does n lookups of the stream x, frames being 2^(64 - shift), and gives a sum. */
    uint64_t (*dependent)(uint64_t n, uint64_t x, unsigned int shift);
    uint64_t (*independent)(uint64_t n, uint64_t x, unsigned int shift);
    uint64_t (*batch)(uint64_t n, uint64_t x, unsigned int shift);   /* of 64 */
    uint64_t (*run)(uint64_t n, uint64_t x, unsigned int shift, uint64_t cap);  /* or NULL */
    void (*replace)(uint64_t n, uint64_t x, unsigned int shift);     /* or NULL */
    void (*flip)(uint64_t n, uint64_t x, unsigned int shift);        /* two pages change places; or NULL */
    /* What a grant op does, n times: in calls of 64, and in one call. Or NULL. */
    uint64_t (*grant)(uint64_t n, uint64_t x, unsigned int shift);
    uint64_t (*grants)(uint64_t n, uint64_t x, unsigned int shift);
    uint64_t (*entry)(uint64_t gpfn);
    /* The first n runs of 2 MiB become single pages; touch: their frames are there before. Or NULL. */
    void (*split)(uint64_t n, bool touch);
};

#define BATCH 64

/* The loops of a design whose lookup is LOOKUP(gpfn). */
#define DESIGN_LOOPS(NAME, LOOKUP, BASES)                                             \
    static uint64_t NAME##_dependent(uint64_t n, uint64_t x, unsigned int shift) \
    {                                                                          \
        BASES;                                                                 \
        uint64_t e = 0;                                                        \
                                                                               \
        while ( n-- )                                                          \
        {                                                                      \
            /* Bit 63 of an entry is 0, which only the load itself can tell. The  \
               stream does not wait: its multiplication is no part of a lookup. */ \
            x = STREAM_NEXT(x);                                                \
            e = LOOKUP(STREAM_FRAME(x, shift) + (e >> 63));                    \
        }                                                                      \
        return e;                                                              \
    }                                                                          \
    static uint64_t NAME##_independent(uint64_t n, uint64_t x, unsigned int shift) \
    {                                                                          \
        BASES;                                                                 \
        uint64_t sum = 0;                                                      \
                                                                               \
        while ( n-- )                                                          \
        {                                                                      \
            x = STREAM_NEXT(x);                                                \
            sum += LOOKUP(STREAM_FRAME(x, shift));                             \
        }                                                                      \
        return sum;                                                            \
    }
/* A batch that is nothing but a loop. */
#define DESIGN_BATCH(NAME, LOOKUP, BASES)                                      \
    static uint64_t NAME##_batch(uint64_t n, uint64_t x, unsigned int shift)   \
    {                                                                          \
        BASES;                                                                 \
        uint64_t gpfn[BATCH], entry[BATCH], sum = 0;                           \
        unsigned int i;                                                        \
                                                                               \
        for ( ; n >= BATCH; n -= BATCH )                                       \
        {                                                                      \
            for ( i = 0; i < BATCH; i++ )                                      \
            {                                                                  \
                x = STREAM_NEXT(x);                                            \
                gpfn[i] = STREAM_FRAME(x, shift);                              \
            }                                                                  \
            for ( i = 0; i < BATCH; i++ )                                      \
                entry[i] = LOOKUP(gpfn[i]);                                    \
            for ( i = 0; i < BATCH; i++ )                                      \
                sum += entry[i];                                               \
        }                                                                      \
        return sum;                                                            \
    }

extern const struct design design_flat, design_walk3, design_walk4, design_judy, design_lfht,
    design_pmt;

/* Memory of zeros that takes no room until it is written; huge: in pages of 2 MiB. */
void *memory_reserve(uint64_t bytes);
/* How much of what was reserved is in memory, and how much of that in huge pages. */
void memory_resident(uint64_t *bytes, uint64_t *huge);
extern bool memory_huge;

#endif /* DESIGN_H */
