/* SPDX-License-Identifier: MIT */
/*
 * How many grants are mapped and unmapped, and how many pages flipped, in a second:
 * by one processor, and by two of two domains that share no entry. All of it goes
 * through stub, dispatcher and handler on the simulated machine, without sanitizers
 * and without the machine's own checks (PORT_QUICK).
 *
 * grants hot|cold WORD: hot, 1500 grants, all of whose words are in caches; or cold,
 * a million of 4 GiB of memory, mapped anywhere in 4 GiB of addresses, each of them
 * once in many rounds. WORD goes into each line.
 *
 * Prints lines: what, batch, processors, WORD, thousands in a second (median), ratio to
 * the first line of the same kind.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "machine.h"

#include "hc-grant_table.h"
#include "hc-memory.h"
#include "hc-pmt.h"

#define MOST_BATCH   64u
#define ROUNDS       9
#define FIRST_PAGE   40u
#define FIRST_REF    16u
#define EXTENT       512u               /* pages of the table that have a leaf of their own */

enum { FIRST, GRANTER, MAPPER, SECOND };

static struct domain *domains[4];

/* All numbers of pages; hot, or cold. */
struct scale {
    const char *name;
    unsigned int pages;                 /* granted, and mapped in random order */
    unsigned int extents;               /* where they are mapped; 0: always in the same place */
    unsigned int frames, grant_frames, gfns;
    unsigned int grant_gfn, map_gfn, take_gfn, take_gfns;
};
static const struct scale scales[] = {
    { "hot", 1500, 0, 32768, 4, 65536, 30000, 8192, 20000, MOST_BATCH },
    { "cold", 1u << 20, 2048, 2500000, 2060, 4u << 20, 3u << 20, 1u << 20, 5u << 19, 1u << 18 },
};
static const struct scale *scale;

static struct domain *build(unsigned int id)
{
    struct machine_domain how = {
        .id = (domid_t)id, .pages = FIRST_PAGE + (id < MAPPER ? scale->pages : 1500),
        .max_pages = scale->frames, .layout = LAYOUT_SCATTERED,
        .has_pmt = id == FIRST, .privileged = id == FIRST, .hvm = true,
        .grant_frames = scale->grant_frames, .maptrack_frames = 32, .max_gpfns = scale->gfns,
    };

    return machine_domain(&how);
}

/* The shared frames, one after the other; they lie anywhere in the machine. */
static struct grant_entry_v1 *entry_of(struct domain *d, grant_ref_t ref)
{
    uint64_t gpa = ((uint64_t)scale->grant_gfn << PAGE_SHIFT) + ref * sizeof(struct grant_entry_v1);

    return machine_at(machine_vcpu(d, 0), gpa, true);
}

static void show_grants(struct domain *d)
{
    unsigned int i;

    machine_run_as(machine_vcpu(d, 0));
    for ( i = 0; i < scale->grant_frames; i++ )
    {
        struct xen_add_to_physmap add = { .domid = DOMID_SELF, .space = XENMAPSPACE_grant_table,
                                          .idx = i, .gpfn = scale->grant_gfn + i };

        if ( hc_memory_add_to_physmap(&add) )
            exit(1);
    }
}

static void grant(struct domain *granter, grant_ref_t ref, domid_t domid, uint32_t gfn, uint16_t flags)
{
    struct grant_entry_v1 *e = entry_of(granter, ref);

    e->domid = domid;
    e->frame = gfn;
    __atomic_store_n(&e->flags, flags, __ATOMIC_RELEASE);
}

static double now(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* ---- an order by chance ----------------------------------------------------------------- */

/* All numbers below nr, each once; then again. */
struct order {
    unsigned int *number, nr, at;
};

static struct order order_new(unsigned int nr)
{
    static uint64_t random = 0x9e3779b97f4a7c15ul;
    struct order o = { malloc(nr * sizeof(*o.number)), nr, 0 };
    unsigned int i;

    if ( !o.number )
        exit(1);
    for ( i = 0; i < nr; i++ )
    {
        unsigned int other;

        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        other = (unsigned int)(random % (i + 1));
        o.number[i] = o.number[other];
        o.number[other] = i;
    }
    return o;
}

static unsigned int order_next(struct order *o)
{
    if ( o->at == o->nr )
        o->at = 0;
    return o->number[o->at++];
}

/* ---- map and unmap -------------------------------------------------------------------- */

struct work {
    struct domain *d;
    unsigned int batch, first;          /* of its references */
    struct order refs, places;
    unsigned int pairs, wrong;
} work[2];

/* The last page of each extent is another grant's, or the leaf would come and go. */
static uint64_t place_of(struct work *w, unsigned int i)
{
    unsigned int place = scale->extents ? order_next(&w->places) : i;

    return (uint64_t)(scale->map_gfn + place / (EXTENT - 1) * EXTENT + place % (EXTENT - 1))
           << PAGE_SHIFT;
}

/* By PMTOP_map, as drivers do, in place of GNTTABOP_map_grant_ref. */
static bool by_pmt;

static void map_block(struct work *w, struct gnttab_unmap_grant_ref *unmap)
{
    struct gnttab_map_grant_ref map[MOST_BATCH];
    unsigned int i;

    for ( i = 0; i < w->batch; i++ )
        map[i] = (struct gnttab_map_grant_ref){
            .host_addr = place_of(w, i), .flags = GNTMAP_host_map,
            .ref = w->first + order_next(&w->refs), .dom = GRANTER };
    w->wrong += hc_grant_table_map_grant_ref(map, w->batch) != 0;
    for ( i = 0; i < w->batch; i++ )
    {
        w->wrong += map[i].status != GNTST_okay;
        unmap[i] = (struct gnttab_unmap_grant_ref){ .host_addr = map[i].host_addr,
                                                    .handle = map[i].handle };
    }
}

static void pmt_map_block(struct work *w, struct gnttab_unmap_grant_ref *unmap)
{
    struct pmt_map map[MOST_BATCH];
    unsigned int i;

    for ( i = 0; i < w->batch; i++ )
        map[i] = (struct pmt_map){ .address = place_of(w, i), .domid = GRANTER,
                                   .ref = w->first + order_next(&w->refs) };
    w->wrong += hc_pmt_map(map, w->batch) != 0;
    for ( i = 0; i < w->batch; i++ )
    {
        w->wrong += map[i].status != PMTST_okay;
        unmap[i] = (struct gnttab_unmap_grant_ref){ .host_addr = map[i].address,
                                                    .handle = map[i].handle };
    }
}

static void map_and_unmap(void *argument)
{
    struct work *w = argument;
    struct gnttab_unmap_grant_ref unmap[MOST_BATCH];
    unsigned int done;

    for ( done = 0; done < w->pairs; done += w->batch )
    {
        if ( by_pmt )
            pmt_map_block(w, unmap);
        else
            map_block(w, unmap);
        w->wrong += hc_grant_table_unmap_grant_ref(unmap, w->batch) != 0;
    }
}

static void works_new(void)
{
    unsigned int i, extent;

    for ( i = 0; i < 2; i++ )
    {
        struct work *w = &work[i];

        *w = (struct work){ .d = domains[MAPPER + i], .first = FIRST_REF + i * scale->pages / 2,
                            .refs = order_new(scale->pages / 2), .pairs = 19200 };
        if ( scale->extents )
            w->places = order_new(scale->extents * (EXTENT - 1));
        for ( extent = 0; extent < scale->extents; extent++ )
        {
            grant_ref_t ref = FIRST_REF + scale->pages + extent;
            struct gnttab_map_grant_ref map = {
                .host_addr = (uint64_t)(scale->map_gfn + extent * EXTENT + EXTENT - 1) << PAGE_SHIFT,
                .flags = GNTMAP_host_map, .ref = ref, .dom = GRANTER };

            if ( i )
                map.ref += scale->extents;
            machine_run_as(machine_vcpu(domains[GRANTER], 0));
            grant(domains[GRANTER], map.ref, MAPPER + i, FIRST_PAGE, GTF_permit_access);
            machine_run_as(machine_vcpu(w->d, 0));
            if ( hc_grant_table_map_grant_ref(&map, 1) || map.status != GNTST_okay )
                exit(1);
        }
    }
}

/* Thousands of pairs in a second, by so many processors. */
static double pairs_of(unsigned int batch, unsigned int processors)
{
    struct work *w = work;
    double begin, seconds;
    unsigned int i;

    for ( i = 0; i < 2; i++ )
        w[i].batch = batch;
    if ( processors == 1 )
    {
        machine_run_as(machine_vcpu(domains[MAPPER], 0));
        begin = now(CLOCK_THREAD_CPUTIME_ID);
        map_and_unmap(&w[0]);
        seconds = now(CLOCK_THREAD_CPUTIME_ID) - begin;
    }
    else
    {
        /* Who waits for a lock may sleep, and that counts: so does waiting for a processor. */
        begin = now(CLOCK_MONOTONIC);
        for ( i = 0; i < 2; i++ )
            machine_thread(machine_vcpu(w[i].d, 0), map_and_unmap, &w[i]);
        for ( i = 0; i < 2; i++ )
            machine_join(machine_vcpu(w[i].d, 0));
        seconds = now(CLOCK_MONOTONIC) - begin;
    }
    if ( w[0].wrong || w[1].wrong )
    {
        fprintf(stderr, "%u calls or elements failed\n", w[0].wrong + w[1].wrong);
        exit(1);
    }
    return w[0].pairs * processors / seconds / 1000;
}

/* ---- flips ----------------------------------------------------------------------------- */

/* Two givers, each with a taker of its own. */
static struct flips {
    struct domain *giver, *taker;
    struct order givens, takens;
    unsigned int taken[MOST_BATCH], batch;
    clockid_t clock;
    double seconds;
} flips[2];

#define FLIPS 9600u

static void flips_new(void)
{
    flips[0] = (struct flips){ .giver = domains[FIRST], .taker = domains[GRANTER],
                               .givens = order_new(scale->pages) };
    flips[1] = (struct flips){ .giver = domains[SECOND], .taker = domains[MAPPER],
                               .givens = order_new(1500) };
    flips[0].takens = order_new(scale->take_gfns);
    flips[1].takens = order_new(scale->take_gfns);
}

static void give_all_back(const struct flips *f)
{
    xen_pfn_t frame[MOST_BATCH];
    struct xen_memory_reservation r = { .nr_extents = f->batch, .domid = DOMID_SELF };
    unsigned int i;

    for ( i = 0; i < f->batch; i++ )
        frame[i] = f->taken[i];
    set_xen_guest_handle(r.extent_start, frame);
    machine_run_as(machine_vcpu(f->taker, 0));
    if ( hc_memory_decrease_reservation(&r) != (long)f->batch )
        exit(1);
}

/* Only the flips are timed; what the receiver does for them is not. */
static void flip_all(void *argument)
{
    struct flips *f = argument;
    struct pmt_flip op[MOST_BATCH];
    unsigned int done, i;
    double begin;

    f->seconds = 0;
    for ( done = 0; done < FLIPS; done += f->batch )
    {
        for ( i = 0; i < f->batch; i++ )
        {
            grant_ref_t ref = FIRST_REF + scale->pages + 2 * scale->extents + i;

            f->taken[i] = scale->take_gfn + order_next(&f->takens);
            grant(f->taker, ref, f->giver->domain_id, f->taken[i], GTF_accept_transfer);
            op[i] = (struct pmt_flip){ .gpfn = FIRST_PAGE + order_next(&f->givens),
                                       .domid = f->taker->domain_id, .ref = ref };
        }
        machine_run_as(machine_vcpu(f->giver, 0));
        begin = now(f->clock);
        if ( hc_pmt_flip(op, f->batch) )
            exit(1);
        f->seconds += now(f->clock) - begin;
        for ( i = 0; i < f->batch; i++ )
            if ( op[i].status != PMTST_okay )
                exit(1);
        give_all_back(f);
    }
}

/* Thousands in a second, by so many processors. */
static double flips_of(unsigned int batch, unsigned int processors)
{
    double rate = 0;
    unsigned int i;

    for ( i = 0; i < processors; i++ )
    {
        flips[i].batch = batch;
        flips[i].clock = processors == 1 ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC;
    }
    if ( processors == 1 )
        flip_all(&flips[0]);
    else
    {
        for ( i = 0; i < 2; i++ )
            machine_thread(machine_vcpu(flips[i].giver, 0), flip_all, &flips[i]);
        for ( i = 0; i < 2; i++ )
            machine_join(machine_vcpu(flips[i].giver, 0));
    }
    for ( i = 0; i < processors; i++ )
        rate += FLIPS / flips[i].seconds / 1000;
    return rate;
}

/* ---- figures ------------------------------------------------------------------------------ */

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static const char *word;

static double figure(const char *what, double (*measure)(unsigned int, unsigned int),
                     unsigned int batch, unsigned int processors, double first)
{
    double value[ROUNDS];
    unsigned int i;

    for ( i = 0; i < ROUNDS; i++ )
        value[i] = measure(batch, processors);
    qsort(value, ROUNDS, sizeof(*value), by_size);
    printf("%s %s\t%u\t%u\t%s\t%.0f\t%.2f\n", what, scale->name, batch, processors, word,
           value[ROUNDS / 2], first ? value[ROUNDS / 2] / first : 1.0);
    fflush(stdout);
    return value[ROUNDS / 2];
}

static void build_all(void)
{
    struct machine_config how = { .frames = scale->frames };
    unsigned int i;

    machine_start(&how);
    for ( i = 0; i < 4; i++ )
        if ( !(domains[i] = build(i)) )
            exit(1);
    show_grants(domains[GRANTER]);
    show_grants(domains[MAPPER]);
    for ( i = 0; i < scale->pages; i++ )
        grant(domains[GRANTER], FIRST_REF + i, i < scale->pages / 2 ? MAPPER : SECOND,
              FIRST_PAGE + i, GTF_permit_access);
    works_new();
    flips_new();
}

static void figures(const char *what, double (*measure)(unsigned int, unsigned int),
                    bool by_two)
{
    static const unsigned int batch[] = { 1, 32, 64 };
    double first = 0;
    unsigned int i;

    for ( i = 0; i < 3; i++ )
    {
        double one = figure(what, measure, batch[i], 1, first);

        first = first ? first : one;
    }
    if ( by_two )
        (void)figure(what, measure, 32, 2, first);
}

int main(int argc, char **argv)
{
    if ( argc != 3 )
        return 2;
    scale = &scales[!strcmp(argv[1], "cold")];
    word = argv[2];
    build_all();
    figures("map+unmap", pairs_of, true);
    by_pmt = true;
    figures("PMTOP_map+unmap", pairs_of, false);
    figures("flip", flips_of, !strcmp(scale->name, "hot"));
    return 0;
}
