/* SPDX-License-Identifier: MIT */
/*
 * The table of hv-impl. Lookups are those of pmt-lookup.h: bounds and the clamp
 * against speculation are the caller's once per number, as with a flat array.
 */
#include "pmt.h"

#include "grant.h"

static struct pmt table;
static struct pmt_reverse_map back;
static uint64_t nr_frames, reserved;

/* ---- the door ---------------------------------------------------------------------- */

void *port_window_create(uint64_t bytes)
{
    reserved += bytes;
    return memory_reserve(bytes);
}

int port_window_commit(void *at, uint64_t bytes)
{
    (void)at;
    (void)bytes;
    return 0;
}

void port_window_drop(void *at, uint64_t bytes)
{
    memset(at, 0, bytes);
}

void port_window_destroy(void *window, uint64_t bytes)
{
    (void)window;
    (void)bytes;
}

uint64_t port_window_frame(const void *at)
{
    return at ? 0 : ~(uint64_t)0;
}

void *port_alloc(size_t bytes) { return calloc(1, bytes); }
void port_free(void *p, size_t bytes) { (void)bytes; free(p); }
void port_lock_init(struct port_lock *l, unsigned int rank, uint64_t order) { (void)l; (void)rank; (void)order; }
void port_lock(struct port_lock *l) { (void)l; }
void port_unlock(struct port_lock *l) { (void)l; }

/* ---- the design --------------------------------------------------------------------- */

/* The bases are in registers, as a caller of many lookups has them. */
PMT_INLINE uint64_t pmt_bench_lookup_in(const struct pmt_view *view, uint64_t gpfn)
{
    return pmt_view_lookup_in(view, gpfn, &table.view);
}
#define pmt_bench_lookup(gpfn) pmt_bench_lookup_in(&view, gpfn)
DESIGN_LOOPS(pmt, pmt_bench_lookup, const struct pmt_view view = table.view)

/* A batch of the stream, and what is behind it. */
static inline uint64_t batch_next(uint64_t gpfn[BATCH], uint64_t entry[BATCH], uint64_t x,
                                  unsigned int shift)
{
    unsigned int i;

    for ( i = 0; i < BATCH; i++ )
    {
        x = STREAM_NEXT(x);
        gpfn[i] = STREAM_FRAME(x, shift);
    }
    pmt_lookup_batch(&table, gpfn, entry, BATCH);
    return x;
}

static uint64_t pmt_batch(uint64_t n, uint64_t x, unsigned int shift)
{
    uint64_t gpfn[BATCH], entry[BATCH], sum = 0;
    unsigned int i;

    for ( ; n >= BATCH; n -= BATCH )
    {
        x = batch_next(gpfn, entry, x, shift);
        for ( i = 0; i < BATCH; i++ )
            sum += entry[i];
    }
    return sum;
}

static bool pmt_bench_create(uint64_t frames)
{
    nr_frames = frames;
    return !pmt_create(&table, 0, frames, PAGE_SHIFT);
}

static bool pmt_bench_set_run(uint64_t gpfn, uint64_t mfn, uint64_t frames)
{
    return !pmt_set_run_locked(&table, gpfn, frames, ENTRY(mfn));
}

/* What the memory-op path does now and then. */
static void pmt_bench_ready(bool with_back)
{
    unsigned int i;

    if ( with_back && !pmt_reverse_create(&back, 0, nr_frames) )
        memset(back.word, 0, back.bytes);
    for ( i = 0; i < 4096; i++ )
        (void)pmt_merge(&table, 512);
}

/* Words in use: what a hypervisor has to back with frames. */
static uint64_t pmt_bench_bytes(void)
{
    uint64_t tops = (nr_frames + PMT_TOP_PAGES - 1) >> PMT_TOP_SHIFT;

    return tops * 8 + table.nr_tables * (PMT_TOP_PAGES / PMT_DIR_PAGES) * 4 +
           table.nr_extents * PMT_DIR_PAGES * 8;
}

static uint64_t pmt_bench_run(uint64_t n, uint64_t x, unsigned int shift, uint64_t cap)
{
    uint64_t sum = 0, entry;

    while ( n-- )
    {
        x = STREAM_NEXT(x);
        sum += pmt_run(&table, STREAM_FRAME(x, shift), cap, &entry);
    }
    return sum;
}

static void pmt_bench_replace(uint64_t n, uint64_t x, unsigned int shift)
{
    while ( n-- )
    {
        x = STREAM_NEXT(x);
        pmt_replace_locked(&table, STREAM_FRAME(x, shift), ENTRY(STREAM_FRAME(x, shift) ^ 1));
    }
}

static void pmt_bench_split(uint64_t n, bool touch)
{
    uint64_t i;

    for ( i = 0; i < n; i++ )
        if ( touch )
            memset(&table.leaf[i * PMT_DIR_PAGES], 0, PMT_DIR_PAGES * 8);
        else
            (void)pmt_prepare_locked(&table, i * PMT_DIR_PAGES, 1);
}

/* What a flip does to the table: a page gets another frame, and the reverse map follows. */
PMT_INLINE void flip_one(uint64_t gpfn, uint64_t entry)
{
    pmt_replace_locked(&table, gpfn, entry);
    pmt_reverse_set(&back, ENTRY_MFN(entry), gpfn);
}

/* Two pages of the table change places. */
static void pmt_bench_flip(uint64_t n, uint64_t x, unsigned int shift)
{
    while ( n-- )
    {
        uint64_t a, b, of_a, of_b;

        x = STREAM_NEXT(x);
        a = STREAM_FRAME(x, shift);
        b = STREAM_FRAME(STREAM_NEXT(x + 1), shift);
        of_a = pmt_word_locked(&table, a);
        of_b = pmt_word_locked(&table, b);
        flip_one(a, of_b);
        flip_one(b, of_a);
    }
}

/* How long after the lookup was asked for it is done. */
#define GRANT_LOOKUP 24

/*
 * n ops of one call, BATCH of them under way: for one its words are sent for, for an
 * earlier one what is behind its entry, and the one before all these is done.
 */
static uint64_t grant_call(uint64_t n, uint64_t *x, unsigned int shift)
{
    const struct pmt_view view = table.view;
    uint64_t gpfn[BATCH], entry[BATCH], sum = 0, i;

    for ( i = 0; i < n + BATCH; i++ )
    {
        unsigned int at = i % BATCH, before = (i - GRANT_LOOKUP) % BATCH;

        if ( i >= BATCH )
            sum += grant_step(gpfn[at], entry[at]);
        if ( i < n )
        {
            *x = STREAM_NEXT(*x);
            gpfn[at] = STREAM_FRAME(*x, shift);
            pmt_view_ahead(&view, gpfn[at]);
        }
        if ( i >= GRANT_LOOKUP && i < n + GRANT_LOOKUP )
        {
            entry[before] = pmt_bench_lookup_in(&view, gpfn[before]);
            grant_ahead(entry[before]);
        }
    }
    return sum;
}

/* Calls of BATCH ops each: at the end of one nothing is under way. */
static uint64_t pmt_bench_grant(uint64_t n, uint64_t x, unsigned int shift)
{
    uint64_t sum = 0;

    for ( ; n >= BATCH; n -= BATCH )
        sum += grant_call(BATCH, &x, shift);
    return sum;
}

/* One long call. */
static uint64_t pmt_bench_grants(uint64_t n, uint64_t x, unsigned int shift)
{
    return grant_call(n, &x, shift);
}

const struct design design_pmt = {
    "pmt", pmt_bench_create, pmt_bench_set_run, pmt_bench_ready, pmt_bench_bytes, pmt_dependent,
    pmt_independent, pmt_batch, pmt_bench_run, pmt_bench_replace, pmt_bench_flip, pmt_bench_grant,
    pmt_bench_grants, NULL, pmt_bench_split,
};
