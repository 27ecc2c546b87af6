/* SPDX-License-Identifier: MIT */
/*
 * table DESIGN LAYOUT GIB PAGES [REFERENCE]: one design against the flat array, or against
 * another one, in one process.
 *
 * LAYOUT  contiguous, extents (of 2 MiB in random order), mixed (extents, one in a hundred of them
 *         in single pages), half (every other one), random (single pages)
 * PAGES   4k or 2m: what the tables themselves lie in
 *
 * Prints a line for each figure: design, layout, GiB, pages, figure, ratio to the reference,
 * nanoseconds of the design, nanoseconds of the reference. The ratio is the median of pairs,
 * which alternate; times are of the thread's own processor time. With --count N it
 * does N lookups and nothing else, for callgrind; with --count N batch, in batches.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "grant.h"

/* Which of a pair is first changes; grid.sh has the medians of several processes. */
#define PAIRS 7

static const struct design *const designs[] = {
    &design_flat, &design_pmt, &design_walk3, &design_walk4,
#ifdef WITH_PEERS
    &design_judy, &design_lfht,
#endif
};

enum layout { CONTIGUOUS, EXTENTS, MIXED, HALF, RANDOM };
static const char *const layouts[] = { "contiguous", "extents", "mixed", "half", "random" };

static unsigned int shift;
static uint64_t frames;
static const char *row[4];
static const struct design *reference = &design_flat;

static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* A permutation of the numbers below 2^bits that looks like chance. */
static uint64_t shuffle(uint64_t i, unsigned int bits)
{
    uint64_t mask = (1ull << bits) - 1;
    unsigned int round;

    for ( round = 0; round < 4; round++ )
    {
        i = i * 0x9e3779b97f4a7c15ull + 0x7f4a7c15 + round;
        i &= mask;
        i ^= i >> (bits / 2 + 1);
    }
    return i;
}

/* What is measured, and its reference: each run in both before the next, so that neither
   gets the better memory. */
static const struct design *filled[2];

static bool set_run(uint64_t gpfn, uint64_t mfn, uint64_t nr)
{
    return filled[0]->set_run(gpfn, mfn, nr) && (!filled[1] || filled[1]->set_run(gpfn, mfn, nr));
}

static bool fill_extent(uint64_t extent, bool is_fragmented, unsigned int extent_bits)
{
    uint64_t at = shuffle(extent, extent_bits) << 9, i;

    if ( !is_fragmented )
        return set_run(extent << 9, at, 512);
    for ( i = 0; i < 512; i++ )
        if ( !set_run((extent << 9) + i, at + (i * 179 & 511), 1) )
            return false;
    return true;
}

static bool fill(enum layout layout)
{
    unsigned int bits = 64 - shift;
    uint64_t i;

    if ( !filled[0]->create(frames) || (filled[1] && !filled[1]->create(frames)) )
        return false;
    if ( layout == CONTIGUOUS )
        return set_run(0, 0, frames);
    if ( layout == RANDOM )
    {
        for ( i = 0; i < frames; i++ )
            if ( !set_run(i, shuffle(i, bits), 1) )
                return false;
        return true;
    }
    for ( i = 0; i < frames >> 9; i++ )
        if ( !fill_extent(i, layout == HALF ? shuffle(i, 20) & 1 :
                          layout == MIXED ? shuffle(i, 20) % 100 == 0 : false,
                          bits - 9) )
            return false;
    return true;
}

/* ---- figures -------------------------------------------------------------------------- */

typedef uint64_t loop_fn(const struct design *d, uint64_t n, uint64_t x);

static uint64_t loop_dependent(const struct design *d, uint64_t n, uint64_t x) { return d->dependent(n, x, shift); }
static uint64_t loop_independent(const struct design *d, uint64_t n, uint64_t x) { return d->independent(n, x, shift); }
static uint64_t loop_batch(const struct design *d, uint64_t n, uint64_t x) { return d->batch(n, x, shift); }
static uint64_t loop_run_512(const struct design *d, uint64_t n, uint64_t x) { return d->run(n, x, shift, 512); }
static uint64_t loop_run_1g(const struct design *d, uint64_t n, uint64_t x) { return d->run(n, x, shift, 1 << 18); }
static uint64_t loop_replace(const struct design *d, uint64_t n, uint64_t x) { d->replace(n, x, shift); return 0; }
static uint64_t loop_grant(const struct design *d, uint64_t n, uint64_t x) { return d->grant(n, x, shift); }
static uint64_t loop_grants(const struct design *d, uint64_t n, uint64_t x) { return d->grants(n, x, shift); }
static uint64_t loop_flip(const struct design *d, uint64_t n, uint64_t x) { d->flip(n, x, shift); return 0; }

static volatile uint64_t sink;
static uint64_t seed = 88172645463325252ull;

/* Nanoseconds a step; n steps take about as long as wanted. */
static double measure(const struct design *d, loop_fn *loop, uint64_t n)
{
    double begin;

    seed = STREAM_NEXT(seed);
    begin = seconds();
    sink += loop(d, n, seed);
    return (seconds() - begin) * 1e9 / (double)n;
}

static uint64_t steps_for(const struct design *d, loop_fn *loop, double wanted)
{
    uint64_t n = 64;
    double ns;

    while ( (ns = measure(d, loop, n) * (double)n) < wanted * 1e9 / 8 )
        n *= 2;
    return n * 4;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static void print_pairs(const char *name, double ratio[], double mine[], double other[])
{
    qsort(ratio, PAIRS, sizeof(*ratio), by_size);
    qsort(mine, PAIRS, sizeof(*mine), by_size);
    qsort(other, PAIRS, sizeof(*other), by_size);
    printf("%s\t%s\t%s\t%s\t%s\t%.5f\t%.2f\t%.2f\n", row[0], row[1], row[2], row[3], name,
           ratio[PAIRS / 2], mine[PAIRS / 2], other[PAIRS / 2]);
    fflush(stdout);
}

/* One loop of the design against one of the reference. */
static void figure_beside(const char *name, const struct design *d, loop_fn *loop, loop_fn *loop_other)
{
    double ratio[PAIRS], mine[PAIRS], other[PAIRS];
    uint64_t n = steps_for(d, loop, 0.08), n_other = steps_for(reference, loop_other, 0.08);
    unsigned int i;

    for ( i = 0; i < PAIRS; i++ )
    {
        if ( i & 1 )
            other[i] = measure(reference, loop_other, n_other);
        mine[i] = measure(d, loop, n);
        if ( !(i & 1) )
            other[i] = measure(reference, loop_other, n_other);
        ratio[i] = mine[i] / other[i];
    }
    print_pairs(name, ratio, mine, other);
}

static void figure(const char *name, const struct design *d, loop_fn *loop)
{
    figure_beside(name, d, loop, loop);
}

/* Once in a table: what the first change inside a run costs. */
static void figure_split(const struct design *d)
{
    uint64_t n = frames >> 9 < 4096 ? frames >> 9 : 4096;
    double begin, ns;

    d->split(n, true);
    begin = seconds();
    d->split(n, false);
    ns = (seconds() - begin) * 1e9 / (double)n;
    printf("%s\t%s\t%s\t%s\tsplit\t-\t%.2f\t-\n", row[0], row[1], row[2], row[3], ns);
}

/* ---- readers beside a writer ------------------------------------------------------------- */

static atomic_int other_does;           /* 0: counts; 1: flips pages; 2: ends */

static void *other_thread(void *design)
{
    const struct design *d = design;
    uint64_t x = seed ^ 0x5555, i = 0;

    while ( other_does != 2 )
        if ( other_does == 1 )
            d->flip(256, x = STREAM_NEXT(x), shift);
        else
            sink += i++;
    return NULL;
}

/* Nanoseconds of lookups while the other processor does that. */
static double beside(const struct design *d, int does, uint64_t n)
{
    other_does = does;
    return measure(d, loop_independent, n);
}

static pthread_t other_start(const struct design *d)
{
    pthread_t thread;

    other_does = 0;
    if ( pthread_create(&thread, NULL, other_thread, (void *)(uintptr_t)d) )
        exit(1);
    return thread;
}

static void other_stop(pthread_t thread)
{
    other_does = 2;
    pthread_join(thread, NULL);
}

/* What lookups cost beside one who flips, and to what they cost beside one who counts. */
static void figure_readers(const struct design *d)
{
    double ratio[PAIRS], with[PAIRS], without[PAIRS];
    uint64_t n = steps_for(d, loop_independent, 0.08);
    pthread_t thread = other_start(d);
    unsigned int i;

    for ( i = 0; i < PAIRS; i++ )
    {
        with[i] = beside(d, 1, n);
        without[i] = beside(d, 0, n);
        ratio[i] = with[i] / without[i];
    }
    other_stop(thread);
    print_pairs("readers", ratio, with, without);
}

/* All of them in the same 64 pages: how much more it costs than it costs a flat array. */
static void figure_hot(const struct design *d)
{
    double ratio[PAIRS], mine[PAIRS], flat[PAIRS];
    const unsigned int all = shift;
    uint64_t n;
    pthread_t thread;
    unsigned int i;

    shift = 64 - 6;
    n = steps_for(d, loop_independent, 0.08);
    for ( i = 0; i < PAIRS; i++ )
    {
        thread = other_start(d);
        mine[i] = beside(d, 1, n);
        other_stop(thread);
        thread = other_start(&design_flat);
        flat[i] = beside(&design_flat, 1, n);
        other_stop(thread);
        ratio[i] = mine[i] / flat[i];
    }
    shift = all;
    print_pairs("hot", ratio, mine, flat);
}

static void figures(const struct design *d, enum layout layout)
{
    if ( reference != &design_flat )
    {
        char name[32];

        snprintf(name, sizeof(name), "dependent/%s", reference->name);
        figure(name, d, loop_dependent);
        snprintf(name, sizeof(name), "independent/%s", reference->name);
        figure(name, d, loop_independent);
        snprintf(name, sizeof(name), "batch64/%s", reference->name);
        figure_beside(name, d, loop_batch, loop_independent);
        return;
    }
    figure("dependent", d, loop_dependent);
    figure("independent", d, loop_independent);
    figure("batch64", d, loop_batch);
    figure_beside("batch64/loop", d, loop_batch, loop_independent);
    if ( d->run )
        figure("run512", d, loop_run_512);
    if ( d->run && layout == CONTIGUOUS )
        figure("run1g", d, loop_run_1g);
    if ( d->replace && layout == RANDOM )
        figure("replace", d, loop_replace);
    if ( d->flip && layout == RANDOM )
    {
        figure_readers(d);
        figure_hot(d);
    }
    if ( d->flip && layout == RANDOM )
        figure("flip", d, loop_flip);
    /* Three misses an op; with 1 TiB the frames themselves would be 8 GiB. */
    if ( d->grant && (layout == RANDOM || layout == MIXED) && frames <= 1ull << 26 )
    {
        if ( !grant_prepare(frames, design_flat.entry) )
            return;
        figure("grant64", d, loop_grant);
        figure("grants", d, loop_grants);
    }
    printf("%s\t%s\t%s\t%s\tbytes\t%.9f\t%.6f\t8\n", row[0], row[1], row[2], row[3],
           (double)d->bytes() / (8.0 * (double)frames), (double)d->bytes() / (double)frames);
    if ( d->split && layout == EXTENTS )
        figure_split(d);
}

/* Both designs in the pages that the row says, or no row. */
static bool pages_came(void)
{
    uint64_t bytes, huge;

    memory_resident(&bytes, &huge);
    if ( memory_huge ? huge >= bytes - bytes / 10 : !huge )
        return true;
    fprintf(stderr, "%s %s %s: %lu MiB of %lu are in huge pages\n", row[0], row[1], row[2],
            (unsigned long)(huge >> 20), (unsigned long)(bytes >> 20));
    return false;
}

static unsigned int index_of(const char *word, const char *const words[], unsigned int nr)
{
    unsigned int i;

    for ( i = 0; i < nr && strcmp(word, words[i]); i++ )
        ;
    return i;
}

static const struct design *design_of(const char *name)
{
    unsigned int i;

    for ( i = 0; i < sizeof(designs) / sizeof(designs[0]); i++ )
        if ( !strcmp(designs[i]->name, name) )
            return designs[i];
    fprintf(stderr, "%s: no such design, or its library is not installed\n", name);
    return NULL;
}

int main(int argc, char **argv)
{
    const struct design *d = NULL;
    enum layout layout;
    uint64_t gib, count = 0;
    unsigned int i;

    if ( argc > 6 && !strcmp(argv[5], "--count") )
        count = strtoull(argv[6], NULL, 10);
    if ( argc < 5 )
        return 2;
    for ( i = 0; i < 4; i++ )
        row[i] = argv[i + 1];
    d = design_of(argv[1]);
    if ( argc == 6 )
        reference = design_of(argv[5]);
    layout = (enum layout)index_of(argv[2], layouts, RANDOM + 1);
    gib = strtoull(argv[3], NULL, 10);
    memory_huge = !strcmp(argv[4], "2m");
    if ( !d || !reference || layout > RANDOM || !gib || (gib & (gib - 1)) )
        return 2;
    frames = gib << 18;
    shift = (unsigned int)__builtin_clzll(frames) + 1;
    filled[0] = d;
    filled[1] = count || d == reference ? NULL : reference;
    if ( !fill(layout) )
    {
        fprintf(stderr, "%s %s %s: no memory\n", row[0], row[1], row[2]);
        return 1;
    }
    if ( !count && d != reference && reference->ready )
        reference->ready(layout == RANDOM && d->flip);
    if ( d->ready )
        d->ready(!count && layout == RANDOM);
    if ( count )
        return (sink += argc > 7 ? d->batch(count, seed, shift) : d->independent(count, seed, shift)) == 0;
    if ( !pages_came() )
        return 1;
    figures(d, layout);
    return !pages_came();
}
