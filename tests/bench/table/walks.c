/* SPDX-License-Identifier: MIT */
/*
 * Trees: three levels of 512 with pointers and without large pages (a PV Linux's own
 * table once), and four of frame numbers with large pages at 2 MiB and 1 GiB (EPT).
 */
#include "design.h"

#define FANOUT  512

/* One pool, so that tables lie in pages of the wanted size. */
static char *pool;
static uint64_t pool_used, pool_size, root_frames;
static uint64_t *root3;

static uint64_t *table_new(void)
{
    uint64_t *table = (uint64_t *)(pool + pool_used);

    pool_used += FANOUT * 8;
    return pool_used <= pool_size ? table : NULL;
}

static bool pool_create(uint64_t frames)
{
    root_frames = frames;
    pool_used = 0;
    pool_size = (frames / FANOUT + frames / FANOUT / FANOUT + 16) * FANOUT * 8;
    pool = memory_reserve(pool_size);
    return pool != NULL;
}

static uint64_t pool_bytes(void)
{
    return pool_used;
}

/* Pointers are kept with bit 0 set, so that 0 is a hole. */
#define below(e) ((uint64_t *)((e) & ~1ull))

static inline uint64_t walk3_lookup(uint64_t gpfn)
{
    uint64_t e = __atomic_load_n(&root3[gpfn >> 18], __ATOMIC_ACQUIRE);

    if ( !e )
        return 0;
    e = __atomic_load_n(&below(e)[gpfn >> 9 & 511], __ATOMIC_ACQUIRE);
    return e ? __atomic_load_n(&below(e)[gpfn & 511], __ATOMIC_ACQUIRE) : 0;
}

/*
 * An entry as EPT has it: rights in bits 0 to 2, none of them for a hole; bit 7 for all
 * that is below; attributes in other bits, and the frame, which a hypervisor finds in its
 * direct map: here that is the pool, and the root is its frame 0.
 */
#define EPT_RIGHTS  7ull
#define EPT_LARGE   0x80ull
#define EPT_FRAME   0xffffffffff000ull

#define ept_slot(direct, e, index) ((uint64_t *)((direct) + ((e) & EPT_FRAME)) + (index))
#define ept_load(direct, e, index) __atomic_load_n(ept_slot(direct, e, index), __ATOMIC_ACQUIRE)

static inline uint64_t walk4_lookup_in(char *direct, uint64_t gpfn)
{
    uint64_t e = ept_load(direct, 0, gpfn >> 27);

    if ( !(e & EPT_RIGHTS) )
        return 0;
    e = ept_load(direct, e, gpfn >> 18 & 511);
    if ( !(e & EPT_RIGHTS) )
        return 0;
    if ( e & EPT_LARGE )
        return e + ((gpfn & 0x3ffff) << 12);
    e = ept_load(direct, e, gpfn >> 9 & 511);
    if ( !(e & EPT_RIGHTS) )
        return 0;
    if ( e & EPT_LARGE )
        return e + ((gpfn & 511) << 12);
    e = ept_load(direct, e, gpfn & 511);
    return e & EPT_RIGHTS ? e : 0;
}
#define walk4_lookup(gpfn) walk4_lookup_in(direct, gpfn)

DESIGN_LOOPS(walk3, walk3_lookup, )
DESIGN_BATCH(walk3, walk3_lookup, )
DESIGN_LOOPS(walk4, walk4_lookup, char *direct = pool)
DESIGN_BATCH(walk4, walk4_lookup, char *direct = pool)

/* The table below an entry, made if there is none. */
static uint64_t *descend(uint64_t *entry)
{
    uint64_t *table = *entry ? below(*entry) : table_new();

    if ( table )
        *entry = (uintptr_t)table | 1;
    return table;
}

static bool walk3_create(uint64_t frames)
{
    root3 = pool_create(frames) ? memory_reserve((frames >> 18) * 8 + 8) : NULL;
    return root3 != NULL;
}

static bool walk3_set_run(uint64_t gpfn, uint64_t mfn, uint64_t frames)
{
    uint64_t *table;

    for ( ; frames; gpfn++, mfn++, frames-- )
    {
        table = descend(&root3[gpfn >> 18]);
        table = table ? descend(&table[gpfn >> 9 & 511]) : NULL;
        if ( !table )
            return false;
        table[gpfn & 511] = ENTRY(mfn);
    }
    return true;
}

static bool walk4_create(uint64_t frames)
{
    return pool_create(frames) && table_new();
}

/* The same as descend(), by frames. */
static uint64_t *ept_descend(uint64_t *entry)
{
    if ( !*entry )
    {
        uint64_t *table = table_new();

        if ( !table )
            return NULL;
        *entry = (uint64_t)((char *)table - pool) | EPT_RIGHTS;
    }
    return ept_slot(pool, *entry, 0);
}

static bool walk4_set_run(uint64_t gpfn, uint64_t mfn, uint64_t frames)
{
    uint64_t *table, step;

    for ( ; frames; gpfn += step, mfn += step, frames -= step )
    {
        table = ept_descend(ept_slot(pool, 0, gpfn >> 27));
        step = 1 << 18;
        if ( table && !((gpfn | mfn) & (step - 1)) && frames >= step )
        {
            table[gpfn >> 18 & 511] = ENTRY(mfn) | EPT_LARGE;
            continue;
        }
        table = table ? ept_descend(&table[gpfn >> 18 & 511]) : NULL;
        step = 1 << 9;
        if ( table && !((gpfn | mfn) & (step - 1)) && frames >= step )
        {
            table[gpfn >> 9 & 511] = ENTRY(mfn) | EPT_LARGE;
            continue;
        }
        table = table ? ept_descend(&table[gpfn >> 9 & 511]) : NULL;
        step = 1;
        if ( !table )
            return false;
        table[gpfn & 511] = ENTRY(mfn);
    }
    return true;
}

const struct design design_walk3 = {
    "walk3", walk3_create, walk3_set_run, NULL, pool_bytes, walk3_dependent, walk3_independent,
    walk3_batch, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
};
const struct design design_walk4 = {
    "walk4", walk4_create, walk4_set_run, NULL, pool_bytes, walk4_dependent, walk4_independent,
    walk4_batch, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
};
