/* SPDX-License-Identifier: MIT */
/* The reference: eight bytes a page in one array, and the same for the way back. */
#include <string.h>

#include "grant.h"

static uint64_t *flat, *back, nr_frames;

#define flat_lookup_at(array, gpfn) __atomic_load_n(&(array)[gpfn], __ATOMIC_ACQUIRE)
#define flat_lookup(gpfn) flat_lookup_at(flat, gpfn)
#define flat_lookup_in(gpfn) flat_lookup_at(base, gpfn)
DESIGN_LOOPS(flat, flat_lookup_in, const uint64_t *const base = flat)
DESIGN_BATCH(flat, flat_lookup_in, const uint64_t *const base = flat)

static bool flat_create(uint64_t frames)
{
    nr_frames = frames;
    flat = memory_reserve(frames * 8);
    return flat != NULL;
}

static bool flat_set_run(uint64_t gpfn, uint64_t mfn, uint64_t frames)
{
    uint64_t i;

    for ( i = 0; i < frames; i++ )
        flat[gpfn + i] = ENTRY(mfn + i);
    return true;
}

static uint64_t flat_bytes(void)
{
    return nr_frames * 8;
}

/* A run has to be looked for. */
static uint64_t flat_run(uint64_t n, uint64_t x, unsigned int shift, uint64_t cap)
{
    uint64_t sum = 0, gpfn, length, e;

    while ( n-- )
    {
        x = STREAM_NEXT(x);
        gpfn = STREAM_FRAME(x, shift);
        e = flat_lookup(gpfn);
        for ( length = 1; length < cap && gpfn + length < nr_frames; length++ )
            if ( flat_lookup(gpfn + length) != e + (length << 12) )
                break;
        sum += length;
    }
    return sum;
}

static void flat_replace(uint64_t n, uint64_t x, unsigned int shift)
{
    while ( n-- )
    {
        x = STREAM_NEXT(x);
        __atomic_store_n(&flat[STREAM_FRAME(x, shift)], ENTRY(STREAM_FRAME(x, shift) ^ 1),
                         __ATOMIC_RELEASE);
    }
}

static void swap_two(uint64_t a, uint64_t b)
{
    uint64_t of_a = flat[a], of_b = flat[b];

    __atomic_store_n(&flat[a], of_b, __ATOMIC_RELEASE);
    __atomic_store_n(&flat[b], of_a, __ATOMIC_RELEASE);
    __atomic_store_n(&back[ENTRY_MFN(of_a)], b, __ATOMIC_RELEASE);
    __atomic_store_n(&back[ENTRY_MFN(of_b)], a, __ATOMIC_RELEASE);
}

static void flat_ready(bool with_back)
{
    if ( !with_back )
        return;
    back = memory_reserve(nr_frames * 8);
    memset(back, 0, nr_frames * 8);
}

static void flat_flip(uint64_t n, uint64_t x, unsigned int shift)
{
    uint64_t a;

    while ( n-- )
    {
        x = STREAM_NEXT(x);
        a = STREAM_FRAME(x, shift);
        swap_two(a, STREAM_FRAME(STREAM_NEXT(x + 1), shift));
    }
}

static uint64_t flat_entry(uint64_t gpfn)
{
    return flat[gpfn];
}

/* A plain loop, which a processor runs ahead in by itself. */
static uint64_t flat_grant(uint64_t n, uint64_t x, unsigned int shift)
{
    uint64_t sum = 0;

    while ( n-- )
    {
        x = STREAM_NEXT(x);
        sum += grant_step(STREAM_FRAME(x, shift), flat_lookup(STREAM_FRAME(x, shift)));
    }
    return sum;
}

const struct design design_flat = {
    "flat", flat_create, flat_set_run, flat_ready, flat_bytes, flat_dependent, flat_independent,
    flat_batch, flat_run, flat_replace, flat_flip, flat_grant, flat_grant, flat_entry, NULL,
};
