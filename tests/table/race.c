/* SPDX-License-Identifier: MIT */
/*
 * Readers beside a writer. A page's frame says which page it is and how often
 * the page has changed, and its attributes follow from that: so each reader can see
 * whether what it got belongs together, is this page's, and is not older than before.
 */
#include <stdlib.h>
#include <string.h>

#include "table.h"

#define TOP    PMT_TOP_PAGES
#define DIR    PMT_DIR_PAGES
#define PAGES  (2 * TOP)
#define STRIDE (4 * TOP)                /* frames of one version */
#define SMALL  (TOP < 4096)
/* As many as there are frames for, in a word of dir. */
#define VERSIONS ((UINT64_C(1) << (27 + PMT_DIR_SHIFT)) / STRIDE - 2)
/* Pages that are looked at: of a large table those around borders. */
#define NEAR     (SMALL ? TOP : 2 * DIR)
/* A writer goes on until readers have looked so often. */
#define ENOUGH   200000

static struct pmt table, second;
static uint64_t bad, seen, done, grown;
static uint64_t rounds, near;

static uint64_t entry_of(uint64_t gpfn, uint64_t version)
{
    uint64_t e = PMTE_present | (version * STRIDE + gpfn) << 12;

    return e | (version & 1 ? PMTE_writable : 0) | (version & 2 ? PMTE_foreign : 0);
}

/* Its version, or ~0: this is no entry of that page. */
static uint64_t version_of(uint64_t gpfn, uint64_t entry)
{
    uint64_t version = PMTE_mfn(entry) / STRIDE;

    return entry == entry_of(gpfn, version) ? version : ~UINT64_C(0);
}

static uint64_t add(uint64_t *p, uint64_t n)
{
    return __atomic_add_fetch(p, n, __ATOMIC_RELAXED);
}

struct dice {
    uint64_t state;
};

static uint64_t throw(struct dice *d, uint64_t below)
{
    d->state ^= d->state << 13;
    d->state ^= d->state >> 7;
    d->state ^= d->state << 17;
    return (d->state >> 11) % below;
}

/* Near the beginning of either top. */
static uint64_t some_page(struct dice *d)
{
    return throw(d, near) + (throw(d, 2) ? TOP : 0);
}

static uint64_t *last_of(uint64_t *last, uint64_t gpfn)
{
    return &last[gpfn % TOP % NEAR + gpfn / TOP * NEAR];
}

/* Lookups that went on at the same time may be in any order. */
static void check(uint64_t *last, const uint64_t gpfn[], const uint64_t entry[], unsigned int nr)
{
    unsigned int i;

    for ( i = 0; i < nr; i++ )
    {
        uint64_t version = version_of(gpfn[i], entry[i]);

        if ( version == ~UINT64_C(0) || version < *last_of(last, gpfn[i]) )
            add(&bad, 1);
    }
    for ( i = 0; i < nr; i++ )
    {
        uint64_t version = version_of(gpfn[i], entry[i]), *l = last_of(last, gpfn[i]);

        if ( version != ~UINT64_C(0) && version > *l )
            *l = version;
    }
}

static void *reader(void *argument)
{
    struct dice d = { (uintptr_t)argument * 77777 + table_seed };
    uint64_t *last = calloc(2 * NEAR, sizeof(*last)), page[16], entry[16];
    unsigned int i;

    while ( !__atomic_load_n(&done, __ATOMIC_ACQUIRE) )
    {
        for ( i = 0; i < 16; i++ )
            page[i] = some_page(&d);
        for ( i = 0; i < 16; i++ )
        {
            entry[i] = i & 1 ? table_by_leaf(&table, page[i]) : pmt_lookup(&table, page[i]);
            check(last, &page[i], &entry[i], 1);
        }
        pmt_lookup_batch(&table, page, entry, 16);
        check(last, page, entry, 16);
        pmt_run(&table, page[0], 8, entry);
        check(last, page, entry, 1);
        add(&seen, 33);
    }
    free(last);
    return NULL;
}

enum { REPLACE = 1, SPLIT = 2, MERGE = 4, RUN_OF_TOP = 8 };

static void put(uint64_t gpfn, uint64_t nr, uint64_t version)
{
    port_assert(!table_run(&table, gpfn, nr, entry_of(gpfn, version)));
}

/* One change of the table. */
static void change(struct dice *d, unsigned int kinds, uint64_t version)
{
    uint64_t page = some_page(d), dir = page & ~(DIR - 1), i;

    if ( (kinds & RUN_OF_TOP) && !throw(d, SMALL ? 8 : 16) )
        put(page & ~(TOP - 1), TOP, version);
    else if ( (kinds & SPLIT) && throw(d, 2) )
        put(dir, DIR, version);
    else if ( (kinds & MERGE) && throw(d, 2) )
    {
        for ( i = 0; i < DIR; i++ )
            port_assert(!table_set(&table, dir + i, entry_of(dir + i, version)));
        table.merge_at = dir;           /* nobody else merges */
        pmt_merge(&table, (unsigned int)throw(d, PMT_TOP_DIRS) + 1);
    }
    else
        port_assert(!table_set(&table, page, entry_of(page, version)));
}

static void race(unsigned int kinds, uint64_t most)
{
    struct dice d = { table_seed * 99991 + kinds };
    pthread_t thread[2];
    uint64_t i, wrong;

    bad = seen = done = 0;
    near = test_control == CONTROL_TORN ? 4 : NEAR;
    table_start(&table, PAGES);
    table.merges = kinds & MERGE;
    put(0, PAGES, 0);
    if ( kinds == REPLACE )
        for ( i = 0; i < 2 * NEAR; i++ )
            port_assert(!table_set(&table, i % NEAR + i / NEAR * TOP,
                                   entry_of(i % NEAR + i / NEAR * TOP, 0)));
    test_table = &table;
    for ( i = 0; i < 2; i++ )
        pthread_create(&thread[i], NULL, reader, (void *)(uintptr_t)(i + 1));
    while ( !__atomic_load_n(&seen, __ATOMIC_RELAXED) )
        sched_yield();
    for ( i = 1; i < VERSIONS && (i < most || __atomic_load_n(&seen, __ATOMIC_RELAXED) < ENOUGH); i++ )
    {
        change(&d, kinds, i);
        if ( test_control && __atomic_load_n(&bad, __ATOMIC_RELAXED) )
            break;
    }
    rounds = i;
    __atomic_store_n(&done, 1, __ATOMIC_RELEASE);
    for ( i = 0; i < 2; i++ )
        pthread_join(thread[i], NULL);
    test_table = NULL;
    if ( test_control )
    {
        pmt_destroy(&table);
        return;
    }
    CHECK(seen);
    CHECK(!bad);
    if ( bad )
        printf("%lu of %lu answers were wrong\n", (unsigned long)bad, (unsigned long)seen);
    wrong = 0;
    for ( i = 0; i < PAGES; i++ )
        wrong += version_of(i, pmt_lookup(&table, i)) == ~UINT64_C(0);
    CHECK(!wrong);
    table_stop(&table);
}

static uint64_t most(uint64_t few)
{
    uint64_t n = SMALL ? few * 20 : few;

    return n < VERSIONS ? n : VERSIONS;
}

void test_race_replace(void) { race(REPLACE, most(5000)); }
void test_race_split(void)   { race(REPLACE | SPLIT, most(1500)); }
void test_race_merge(void)   { race(REPLACE | SPLIT | MERGE | RUN_OF_TOP, most(300)); }

/* ---- growth ------------------------------------------------------------------------ */

/* What was there before it was said to be there is found. */
static void *growth_reader(void *argument)
{
    struct dice d = { (uintptr_t)argument * 33333 + table_seed };

    while ( !__atomic_load_n(&done, __ATOMIC_ACQUIRE) )
    {
        uint64_t there = __atomic_load_n(&grown, __ATOMIC_ACQUIRE), nr, page;

        if ( there )
        {
            page = throw(&d, there) / 7 * 7;
            if ( pmt_lookup(&table, page) != entry_of(page, 1) )
                add(&bad, 1);
        }
        nr = pmt_nr_gpfns(&table);
        if ( nr && !pmt_lookup(&table, throw(&d, nr)) )
            add(&bad, 1);
        add(&seen, 1);
    }
    return NULL;
}

void test_race_grow(void)
{
    unsigned int again, all = SMALL ? 50 : 1;
    pthread_t thread[2];
    uint64_t i;

    for ( again = 0; again < all; again++ )
    {
        bad = seen = done = grown = 0;
        table_start(&table, PAGES);
        for ( i = 0; i < 2; i++ )
            pthread_create(&thread[i], NULL, growth_reader, (void *)(uintptr_t)(i + 1));
        for ( i = 0; i < PAGES; i += 7 )
        {
            port_assert(!table_set(&table, i, entry_of(i, 1)));
            __atomic_store_n(&grown, i + 1, __ATOMIC_RELEASE);
        }
        __atomic_store_n(&done, 1, __ATOMIC_RELEASE);
        for ( i = 0; i < 2; i++ )
            pthread_join(thread[i], NULL);
        CHECK(!bad);
        table_stop(&table);
    }
}

/* ---- flips between two tables -------------------------------------------------------- */

static void *swap_reader(void *argument)
{
    struct dice d = { (uintptr_t)argument * 55555 + table_seed };

    while ( !__atomic_load_n(&done, __ATOMIC_ACQUIRE) )
    {
        uint64_t page = throw(&d, DIR), word = pmt_lookup(throw(&d, 2) ? &table : &second, page);

        if ( word != entry_of(page, 1) && word != entry_of(page, 2) )
            add(&bad, 1);
        add(&seen, 1);
    }
    return NULL;
}

void test_race_swap(void)
{
    struct dice d = { table_seed };
    pthread_t thread[2];
    uint64_t i, page;

    bad = seen = done = 0;
    table_start(&table, TOP);
    CHECK(!pmt_create(&second, 2, TOP, PAGE_SHIFT));
    CHECK(!table_run(&table, 0, DIR, entry_of(0, 1)) && !table_run(&second, 0, DIR, entry_of(0, 2)));
    for ( i = 0; i < 2; i++ )
        pthread_create(&thread[i], NULL, swap_reader, (void *)(uintptr_t)(i + 1));
    for ( i = 0; i < 20000 || __atomic_load_n(&seen, __ATOMIC_RELAXED) < ENOUGH; i++ )
    {
        struct pmt *a = i & 1 ? &table : &second, *b = i & 1 ? &second : &table;

        page = throw(&d, DIR);
        pmt_lock_pair(a, b);
        port_assert(!pmt_prepare_locked(a, page, 1) && !pmt_prepare_locked(b, page, 1));
        pmt_swap_locked(a, page, b, page);
        pmt_unlock_pair(a, b);
    }
    __atomic_store_n(&done, 1, __ATOMIC_RELEASE);
    for ( i = 0; i < 2; i++ )
        pthread_join(thread[i], NULL);
    CHECK(seen && !bad);
    for ( page = 0; page < DIR; page++ )
        CHECK(version_of(page, pmt_lookup(&table, page)) +
              version_of(page, pmt_lookup(&second, page)) == 3);
    pmt_destroy(&second);
    table_stop(&table);
}

/* The same readers find each mistake that stores and frames can make. */
void test_controls_by_race(void)
{
    static const struct { enum test_control control; unsigned int kinds; } rows[] = {
        { CONTROL_TORN, REPLACE }, { CONTROL_LATE_LEAF, REPLACE | SPLIT },
        { CONTROL_FOREIGN_FRAME, REPLACE | SPLIT | MERGE | RUN_OF_TOP },
        { CONTROL_LATE_DIR, REPLACE | SPLIT | RUN_OF_TOP },
    };
    unsigned int i, tries;

    for ( i = 0; i < 4; i++ )
    {
        test_control = rows[i].control;
        for ( bad = 0, tries = 0; !bad && tries < 200; tries++ )
            race(rows[i].kinds, VERSIONS);
        test_control = CONTROL_NONE;
        if ( !bad )
            printf("control %u: nothing found in %lu changes\n", i, (unsigned long)rounds);
        CHECK(bad);
    }
}
