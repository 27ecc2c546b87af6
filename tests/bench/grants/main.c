/* SPDX-License-Identifier: MIT */
/*
 * How many grants are mapped and unmapped, and how many pages flipped, in a second:
 * by one processor, and by two of two domains that share no entry. All of it goes
 * through stub, dispatcher and handler on the simulated machine, without sanitizers
 * and without the machine's own checks (PORT_QUICK).
 *
 * Prints lines: what, batch, processors, thousands in a second (median), ratio to the
 * first line of the same kind.
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
#define PAGES        1500u              /* granted, and mapped in random order */
#define FIRST_PAGE   40u
#define FIRST_REF    16u
#define GRANT_FRAMES 4u
#define GRANT_GFN    30000u
#define MAP_GFN      8192u
#define TAKE_GFN     20000u

enum { FIRST, GRANTER, MAPPER, SECOND };

static struct domain *domains[4];

static struct domain *build(unsigned int id)
{
    struct machine_domain how = {
        .id = (domid_t)id, .pages = FIRST_PAGE + PAGES, .max_pages = 16384, .layout = LAYOUT_SCATTERED,
        .has_pmt = id == FIRST, .privileged = id == FIRST, .hvm = true, .grant_frames = GRANT_FRAMES,
        .maptrack_frames = 16, .max_gpfns = 65536,
    };

    return machine_domain(&how);
}

/* The shared frames, one after the other at GRANT_GFN; they lie anywhere in the machine. */
static struct grant_entry_v1 *entry_of(struct domain *d, grant_ref_t ref)
{
    uint64_t gpa = ((uint64_t)GRANT_GFN << PAGE_SHIFT) + ref * sizeof(struct grant_entry_v1);

    return machine_at(machine_vcpu(d, 0), gpa, true);
}

static void show_grants(struct domain *d)
{
    unsigned int i;

    machine_run_as(machine_vcpu(d, 0));
    for ( i = 0; i < GRANT_FRAMES; i++ )
    {
        struct xen_add_to_physmap add = { .domid = DOMID_SELF, .space = XENMAPSPACE_grant_table,
                                          .idx = i, .gpfn = GRANT_GFN + i };

        if ( hc_memory_add_to_physmap(&add) )
            exit(1);
    }
}

static void grant(grant_ref_t ref, domid_t domid, uint32_t gfn, uint16_t flags)
{
    struct grant_entry_v1 *e = entry_of(domains[GRANTER], ref);

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

/* ---- map and unmap -------------------------------------------------------------------- */

struct work {
    struct domain *d;
    unsigned int batch, first, nr;      /* its references: nr from first on */
    unsigned int pairs, wrong;
};

static void map_and_unmap(void *argument)
{
    struct work *w = argument;
    struct gnttab_map_grant_ref map[MOST_BATCH];
    struct gnttab_unmap_grant_ref unmap[MOST_BATCH];
    unsigned int done, i;

    for ( done = 0; done < w->pairs; done += w->batch )
    {
        for ( i = 0; i < w->batch; i++ )
            map[i] = (struct gnttab_map_grant_ref){
                .host_addr = (uint64_t)(MAP_GFN + i) << PAGE_SHIFT, .flags = GNTMAP_host_map,
                .ref = FIRST_REF + w->first + (done + i) * 7 % w->nr, .dom = GRANTER };
        w->wrong += hc_grant_table_map_grant_ref(map, w->batch) != 0;
        for ( i = 0; i < w->batch; i++ )
        {
            w->wrong += map[i].status != GNTST_okay;
            unmap[i] = (struct gnttab_unmap_grant_ref){ .host_addr = map[i].host_addr,
                                                        .handle = map[i].handle };
        }
        w->wrong += hc_grant_table_unmap_grant_ref(unmap, w->batch) != 0;
    }
}

/* Thousands of pairs in a second, by so many processors. */
static double pairs_of(unsigned int batch, unsigned int processors)
{
    struct work w[2];
    double begin, seconds;
    unsigned int i;

    for ( i = 0; i < 2; i++ )
        w[i] = (struct work){ .d = domains[MAPPER + i], .batch = batch, .first = i * PAGES / 2,
                              .nr = PAGES / 2, .pairs = 19200 };
    if ( processors == 1 )
    {
        machine_run_as(machine_vcpu(domains[MAPPER], 0));
        begin = now(CLOCK_THREAD_CPUTIME_ID);
        map_and_unmap(&w[0]);
        seconds = now(CLOCK_THREAD_CPUTIME_ID) - begin;
    }
    else
    {
        /* Who waits for a lock spins: that counts. Who waits for a processor does not. */
        begin = now(CLOCK_PROCESS_CPUTIME_ID);
        for ( i = 0; i < 2; i++ )
            machine_thread(machine_vcpu(w[i].d, 0), map_and_unmap, &w[i]);
        for ( i = 0; i < 2; i++ )
            machine_join(machine_vcpu(w[i].d, 0));
        seconds = (now(CLOCK_PROCESS_CPUTIME_ID) - begin) / 2;
    }
    if ( w[0].wrong || w[1].wrong )
    {
        fprintf(stderr, "%u calls or elements failed\n", w[0].wrong + w[1].wrong);
        exit(1);
    }
    return w[0].pairs * processors / seconds / 1000;
}

/* ---- flips ----------------------------------------------------------------------------- */

static void give_all_back(unsigned int nr)
{
    xen_pfn_t frame[MOST_BATCH];
    struct xen_memory_reservation r = { .nr_extents = nr, .domid = DOMID_SELF };
    unsigned int i;

    for ( i = 0; i < nr; i++ )
        frame[i] = TAKE_GFN + i;
    set_xen_guest_handle(r.extent_start, frame);
    machine_run_as(machine_vcpu(domains[GRANTER], 0));
    if ( hc_memory_decrease_reservation(&r) != (long)nr )
        exit(1);
}

/* Only the flips are timed; what the receiver does for them is not. */
static double flips_of(unsigned int batch, unsigned int processors)
{
    struct pmt_flip op[MOST_BATCH];
    double seconds = 0, begin;
    unsigned int done, i, all = 9600;

    (void)processors;
    for ( done = 0; done < all; done += batch )
    {
        for ( i = 0; i < batch; i++ )
        {
            grant(FIRST_REF + PAGES + i, FIRST, TAKE_GFN + i, GTF_accept_transfer);
            op[i] = (struct pmt_flip){ .gpfn = FIRST_PAGE + (done + i) * 7 % PAGES, .domid = GRANTER,
                                       .ref = FIRST_REF + PAGES + i };
        }
        machine_run_as(machine_vcpu(domains[FIRST], 0));
        begin = now(CLOCK_THREAD_CPUTIME_ID);
        if ( hc_pmt_flip(op, batch) )
            exit(1);
        seconds += now(CLOCK_THREAD_CPUTIME_ID) - begin;
        for ( i = 0; i < batch; i++ )
            if ( op[i].status != PMTST_okay )
                exit(1);
        give_all_back(batch);
    }
    return all / seconds / 1000;
}

/* ---- figures ------------------------------------------------------------------------------ */

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static double figure(const char *what, double (*measure)(unsigned int, unsigned int),
                     unsigned int batch, unsigned int processors, double first)
{
    double value[ROUNDS];
    unsigned int i;

    for ( i = 0; i < ROUNDS; i++ )
        value[i] = measure(batch, processors);
    qsort(value, ROUNDS, sizeof(*value), by_size);
    printf("%s\t%u\t%u\t%.0f\t%.2f\n", what, batch, processors, value[ROUNDS / 2],
           first ? value[ROUNDS / 2] / first : 1.0);
    fflush(stdout);
    return value[ROUNDS / 2];
}

int main(void)
{
    static const struct machine_config how = { .frames = 32768 };
    static const unsigned int batch[] = { 1, 32, 64 };
    double first = 0, one;
    unsigned int i;

    machine_start(&how);
    for ( i = 0; i < 4; i++ )
        domains[i] = build(i);
    show_grants(domains[GRANTER]);
    for ( i = 0; i < PAGES; i++ )
        grant(FIRST_REF + i, i < PAGES / 2 ? MAPPER : SECOND, FIRST_PAGE + i, GTF_permit_access);
    printf("what\tbatch\tprocessors\tthousands_per_second\tratio\n");
    for ( i = 0; i < 3; i++ )
    {
        one = figure("map+unmap", pairs_of, batch[i], 1, first);
        if ( !first )
            first = one;
    }
    (void)figure("map+unmap", pairs_of, 32, 2, first);
    first = 0;
    for ( i = 0; i < 3; i++ )
    {
        one = figure("flip", flips_of, batch[i], 1, first);
        if ( !first )
            first = one;
    }
    return 0;
}
