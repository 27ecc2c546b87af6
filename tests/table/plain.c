/* SPDX-License-Identifier: MIT */
/*
 * Each operation by itself, at whatever fan-out this was compiled for.
 */
#include <string.h>

#include "table.h"

#define TOP PMT_TOP_PAGES
#define DIR PMT_DIR_PAGES

/* Frames that fit a run in dir: aligned. */
#define BASE (UINT64_C(0x40) << PMT_DIR_SHIFT)

/* What is set is found, there and nowhere else. */
void test_words(void)
{
    struct pmt t;
    uint64_t i;

    table_start(&t, 2 * TOP);
    CHECK(pmt_lookup(&t, 0) == 0);              /* it has no pages yet */
    CHECK(!table_set(&t, 3, ram(0x77)));
    CHECK(pmt_nr_gpfns(&t) == 4);
    CHECK(pmt_lookup(&t, 3) == ram(0x77));
    for ( i = 0; i < 4; i++ )
        CHECK(i == 3 || pmt_lookup(&t, i) == PMTE_absent);
    CHECK(pmt_lookup(&t, 4) == 0);
    CHECK(pmt_nr_mapped(&t) == 1);

    pmt_lock(&t);
    CHECK(!pmt_prepare_locked(&t, 3, 1));
    CHECK(pmt_protect_locked(&t, 3, false) == ram(0x77));
    CHECK(pmt_lookup(&t, 3) == (ram(0x77) & ~PMTE_writable));
    CHECK(pmt_protect_locked(&t, 3, true) == (ram(0x77) & ~PMTE_writable));
    CHECK(pmt_clear_locked(&t, 3) == ram(0x77));
    CHECK(pmt_clear_locked(&t, 3) == PMTE_absent);
    pmt_protect_locked(&t, 3, true);
    pmt_unlock(&t);
    CHECK(pmt_lookup(&t, 3) == PMTE_absent);
    CHECK(pmt_nr_mapped(&t) == 0);
    table_stop(&t);
}

/* The frame of the next page is so many granules on: 4K, 16K, 64K. */
void test_sizes_of_pages(void)
{
    static const unsigned int shifts[] = { 12, 14, 16 };
    unsigned int i;
    struct pmt t;

    for ( i = 0; i < 3; i++ )
    {
        uint64_t step, page, entry;

        if ( shifts[i] < PAGE_SHIFT )
        {
            CHECK(pmt_create(&t, 1, TOP, shifts[i]) == -EINVAL);
            continue;
        }
        step = UINT64_C(1) << (shifts[i] - PAGE_SHIFT);
        CHECK(!pmt_create(&t, 1, 2 * TOP, shifts[i]));
        CHECK(t.state->page_shift == shifts[i]);
        CHECK(!table_run(&t, 0, 2 * TOP, ram(BASE)));
        CHECK(t.nr_tables == 0);
        for ( page = 0; page < 2 * TOP; page += 1 + table_random(TOP / 16 + 1) )
            CHECK(pmt_lookup(&t, page) == ram(BASE + page * step));
        CHECK(!table_set(&t, 1, ram(BASE + step)));
        CHECK(t.nr_tables == 1 && t.nr_extents == 1);
        for ( page = 0; page < 2 * TOP; page += 1 + table_random(TOP / 16 + 1) )
            CHECK(pmt_lookup(&t, page) == ram(BASE + page * step));
        CHECK(pmt_run(&t, 1, 2 * TOP, &entry) == TOP - 1 && entry == ram(BASE + step));
        table_stop(&t);
    }
    CHECK(pmt_create(&t, 1, TOP, 13) == -EINVAL);
    CHECK(pmt_create(&t, 1, TOP, 18) == -EINVAL);
}

/* Beyond what there can be nothing is set, and nothing found. */
void test_limits(void)
{
    uint64_t entry, gpfn[2], found[2];
    struct pmt t;

    CHECK(pmt_create(&t, 1, 0, PAGE_SHIFT) == -EINVAL);
    CHECK(pmt_create(&t, 1, PMT_GPFNS_MAX + 1, PAGE_SHIFT) == -EINVAL);
    table_start(&t, TOP + 5);
    CHECK(table_set(&t, TOP + 5, ram(1)) == -EINVAL);
    CHECK(table_set(&t, ~UINT64_C(0), ram(1)) == -EINVAL);
    CHECK(table_run(&t, TOP, 6, ram(1)) == -EINVAL);
    CHECK(table_run(&t, 1, ~UINT64_C(0), ram(1)) == -EINVAL);
    CHECK(pmt_nr_gpfns(&t) == 0);
    CHECK(!table_set(&t, TOP + 4, ram(1)));
    CHECK(pmt_lookup(&t, TOP + 4) == ram(1));
    CHECK(pmt_lookup(&t, TOP + 5) == 0);
    CHECK(pmt_lookup(&t, ~UINT64_C(0)) == 0);
    CHECK(pmt_run(&t, TOP + 4, 100, &entry) == 1 && entry == ram(1));
    CHECK(pmt_run(&t, TOP + 5, 100, &entry) == 0 && entry == 0);
    CHECK(pmt_run(&t, ~UINT64_C(0), 100, &entry) == 0);
    gpfn[0] = TOP + 5;
    gpfn[1] = TOP + 4;
    pmt_lookup_batch(&t, gpfn, found, 2);
    CHECK(found[0] == 0 && found[1] == ram(1));
    pmt_lock(&t);
    CHECK(pmt_prepare_locked(&t, 0, 0) == 0);
    CHECK(pmt_set_run_locked(&t, 0, 0, ram(1)) == 0);
    CHECK(pmt_grow_locked(&t, TOP + 6) == -EINVAL);
    pmt_unlock(&t);
    table_stop(&t);
}

/* How far it goes on: over the borders of leaf and directory, not of top. */
void test_runs(void)
{
    struct pmt t;
    uint64_t entry;

    table_start(&t, 3 * TOP);
    CHECK(!table_run(&t, 0, 3 * TOP, ram(BASE)));
    CHECK(pmt_run(&t, 5, ~UINT64_C(0), &entry) == TOP - 5 && entry == ram(BASE + 5));
    CHECK(pmt_run(&t, 5, 0, &entry) == 1);
    CHECK(pmt_run(&t, 5, 3, &entry) == 3);

    CHECK(!table_set(&t, DIR, ram(BASE + DIR)));        /* a leaf, contiguous all the same */
    CHECK(pmt_run(&t, 0, TOP, &entry) == TOP);
    CHECK(!table_set(&t, DIR + 2, ram(7)));
    CHECK(pmt_run(&t, 0, TOP, &entry) == DIR + 2);
    CHECK(pmt_run(&t, DIR + 2, TOP, &entry) == 1 && entry == ram(7));
    CHECK(pmt_run(&t, DIR + 3, TOP, &entry) == TOP - DIR - 3);
    CHECK(!table_set(&t, 2 * DIR, ram(BASE + 2 * DIR) & ~PMTE_writable));
    CHECK(pmt_run(&t, DIR + 3, TOP, &entry) == DIR - 3);
    CHECK(!table_set(&t, 2 * DIR, ram(BASE + 2 * DIR)));
    CHECK(!table_run(&t, 3 * DIR, DIR, ram(BASE + 3 * DIR) | PMTE_io));
    CHECK(pmt_run(&t, DIR + 3, TOP, &entry) == 2 * DIR - 3);
    CHECK(pmt_run(&t, 3 * DIR, TOP, &entry) == DIR);
    table_stop(&t);
}

/* Where nothing is, the run says how far; no run goes over a hole. */
void test_holes(void)
{
    struct pmt t;
    uint64_t entry;

    table_start(&t, 2 * TOP);
    CHECK(!table_run(&t, 0, DIR + 2, ram(BASE)));
    CHECK(!table_set(&t, 2 * TOP - 1, ram(9)));
    CHECK(pmt_run(&t, 0, TOP, &entry) == DIR + 2);
    CHECK(pmt_run(&t, DIR + 2, TOP, &entry) == TOP - DIR - 2 && entry == PMTE_absent);
    CHECK(pmt_run(&t, TOP, TOP, &entry) == TOP - 1 && entry == PMTE_absent);
    CHECK(!table_set(&t, 3, PMTE_absent));
    CHECK(pmt_run(&t, 0, TOP, &entry) == 3);
    CHECK(pmt_run(&t, 3, TOP, &entry) == 1 && entry == PMTE_absent);
    CHECK(pmt_run(&t, 4, TOP, &entry) == DIR - 2);
    CHECK(pmt_merge(&t, 64) == 0);

    hv_bug = HV_BUG_MERGE;                      /* planted: over one hole */
    CHECK(pmt_run(&t, 0, TOP, &entry) > 3);
    t.merge_at = 0;
    CHECK(pmt_merge(&t, 1) == 1);
    CHECK(pmt_lookup(&t, 3) == ram(BASE + 3));
    CHECK(table_audit(&t));
    hv_bug = HV_BUG_NONE;
    CHECK(!table_set(&t, 3, PMTE_absent));
    t.nr_mapped++;                              /* the page that was never there */
    CHECK(!table_run(&t, 0, 2 * TOP, PMTE_absent));
    CHECK(t.nr_tables == 0 && pmt_nr_mapped(&t) == 0);
    CHECK(pmt_run(&t, 1, 2 * TOP, &entry) == TOP - 1);
    table_stop(&t);
}

void test_next(void)
{
    struct pmt t;
    uint64_t at, calls = 0;

    table_start(&t, 4 * TOP);
    CHECK(pmt_next(&t, 0) == PMT_NO_GPFN);
    CHECK(!table_set(&t, 2 * TOP + 3, PMTE_absent | UINT64_C(1) << 57 | 5 << 12));
    CHECK(!table_run(&t, 3 * TOP, DIR, ram(BASE)));
    CHECK(!table_set(&t, 4 * TOP - 1, ram(4)));
    for ( at = 0; (at = pmt_next(&t, at)) != 2 * TOP + 3 && calls < TOP; calls++ )
        ;
    CHECK(at == 2 * TOP + 3 && calls <= 1 + DIR / 512);
    CHECK(pmt_lookup(&t, at) == (PMTE_absent | UINT64_C(1) << 57 | 5 << 12));
    for ( at++; pmt_is_nothing(pmt_lookup(&t, at = pmt_next(&t, at))); )
        ;
    CHECK(at == 3 * TOP);
    for ( at += DIR; pmt_is_nothing(pmt_lookup(&t, at = pmt_next(&t, at))); )
        ;
    CHECK(at == 4 * TOP - 1);
    CHECK(pmt_next(&t, 4 * TOP) == PMT_NO_GPFN);
    CHECK(pmt_nr_mapped(&t) == DIR + 2);
    table_stop(&t);
}

/* In use, up to all there can be; what it had it keeps, and frames come with use. */
void test_growth(void)
{
    struct pmt t;
    uint64_t last = PMT_GPFNS_MAX - 1;

    table_start(&t, PMT_GPFNS_MAX);
    CHECK(!table_run(&t, 0, TOP, ram(BASE)));
    CHECK(t.nr_tables == 0);
    pmt_lock(&t);
    CHECK(!pmt_grow_locked(&t, TOP + 1));
    CHECK(!pmt_grow_locked(&t, TOP));           /* it never shrinks */
    pmt_unlock(&t);
    CHECK(pmt_nr_gpfns(&t) == TOP + 1);
    CHECK(pmt_lookup(&t, TOP) == PMTE_absent && pmt_lookup(&t, TOP + 1) == 0);
    CHECK(!table_set(&t, last, ram(3)));
    CHECK(pmt_nr_gpfns(&t) == PMT_GPFNS_MAX);
    CHECK(pmt_lookup(&t, 7) == ram(BASE + 7));
    CHECK(pmt_lookup(&t, last) == ram(3));
    CHECK(pmt_lookup(&t, last - 1) == PMTE_absent);
    CHECK(pmt_lookup(&t, TOP + 9) == PMTE_absent);
    CHECK(t.nr_tables == 1 && t.nr_extents == 1);
    CHECK(pmt_nr_mapped(&t) == TOP + 1);
    CHECK(t.state->nr_runs == (PMT_GPFNS_MAX >> PMT_TOP_SHIFT) - 1);
    table_stop(&t);
}

/* First the runs of top become words of dir, then all pages get leaves. */
static int batch_split(struct pmt *t, unsigned int how)
{
    int rc;

    pmt_lock(t);
    rc = pmt_prepare_locked(t, how == 1 ? 2 * TOP : 0, how == 1 ? 1 : 3 * TOP);
    rc = rc ? rc : pmt_prepare_locked(t, 0, 1);
    pmt_unlock(t);
    CHECK(t->state->nr_runs == (how == 1 ? 0 : PMT_GATE_LEAVES));
    return rc;
}

void test_batch(void)
{
    uint64_t gpfn[100], entry[100];
    unsigned int i, round;
    struct pmt t;

    table_start(&t, 3 * TOP);
    CHECK(!table_run(&t, 0, TOP, ram(BASE)));
    CHECK(!table_run(&t, TOP, DIR * 2, ram(BASE)));
    for ( i = 0; i < 20; i++ )
        CHECK(!table_set(&t, TOP + table_random(TOP), ram(i)));
    /* The gate: runs, none, and none but that nearly each page has a leaf. */
    for ( round = 0; round < 150; round++ )
    {
        if ( round % 50 == 0 && round )
            CHECK(!batch_split(&t, round / 50));
        for ( i = 0; i < 100; i++ )
        {
            gpfn[i] = table_random(3 * TOP + (round & 1));
            pmt_lookup_ahead(&t, round == 2 ? ~gpfn[i] : gpfn[i]);
        }
        pmt_lookup_batch(&t, gpfn, entry, 100);
        for ( i = 0; i < 100; i++ )
            CHECK(entry[i] == pmt_lookup(&t, gpfn[i]));
    }
    table_stop(&t);
}

/* Every attribute goes through every form and back. */
void test_attributes_split(void)
{
    static const uint64_t attributes[] = {
        0, PMTE_writable, PMTE_io, PMTE_foreign, PMTE_writable | PMTE_io | PMTE_foreign,
    };
    unsigned int i;
    struct pmt t;

    for ( i = 0; i < 5; i++ )
    {
        uint64_t entry = PMTE_present | attributes[i] | BASE << 12;

        table_start(&t, 2 * TOP);
        CHECK(!table_run(&t, 0, TOP, entry));
        CHECK(t.nr_tables == 0 && pmt_lookup(&t, 3) == entry + (3 << 12));
        CHECK(!table_set(&t, 1, ram(1)));
        CHECK(pmt_lookup(&t, 3) == entry + (3 << 12));
        CHECK(pmt_lookup(&t, DIR + 3) == entry + ((DIR + 3) << 12));
        CHECK(!table_set(&t, 1, entry + (1 << 12)));
        CHECK(pmt_merge(&t, (unsigned int)(2 * PMT_TOP_DIRS)) == 2);
        CHECK(t.nr_tables == 0 && pmt_lookup(&t, 3) == entry + (3 << 12));
        table_stop(&t);
    }
}

/* Frames too far up for 32 bits, or not aligned, or with bits of Xen's own: leaves. */
void test_forms(void)
{
    uint64_t high = UINT64_C(1) << (27 + PMT_DIR_SHIFT), entry;
    struct pmt t;

    table_start(&t, 2 * TOP);
    CHECK(!table_run(&t, 0, DIR, ram(high)));
    CHECK(t.nr_extents == 1 && pmt_lookup(&t, DIR - 1) == ram(high + DIR - 1));
    CHECK(!table_run(&t, 0, DIR, ram(high - DIR)));
    CHECK(t.nr_extents == 0 && pmt_lookup(&t, DIR - 1) == ram(high - 1));
    CHECK(!table_run(&t, 0, TOP, ram(high - DIR)));             /* its end is too far up */
    CHECK(t.nr_tables == 1 && pmt_lookup(&t, TOP - 1) == ram(high - DIR + TOP - 1));
    CHECK(pmt_run(&t, 0, TOP, &entry) == TOP);
    CHECK(!table_run(&t, 0, DIR, ram(BASE + 1)));
    CHECK(t.nr_extents == PMT_TOP_DIRS && pmt_lookup(&t, 2) == ram(BASE + 3));
    CHECK(!table_run(&t, 0, TOP, ram(BASE) | UINT64_C(3) << 52));
    CHECK(t.nr_extents == PMT_TOP_DIRS);
    CHECK(pmt_lookup(&t, 9) == (ram(BASE + 9) | UINT64_C(3) << 52));
    CHECK(pmt_merge(&t, 100) == 0);
    CHECK(!table_run(&t, 0, TOP, ram(BASE)));
    CHECK(t.nr_extents == 0 && t.nr_tables == 0);
    table_stop(&t);
}

/* Steps are few and come round; what cannot be a run stays. */
void test_merges(void)
{
    unsigned int all = (unsigned int)(2 * PMT_TOP_DIRS), i;
    uint64_t gpfn;
    struct pmt t;

    table_start(&t, 2 * TOP);
    for ( gpfn = 0; gpfn < 2 * DIR; gpfn++ )
        CHECK(!table_set(&t, gpfn, ram(BASE + gpfn)));
    CHECK(!table_set(&t, TOP, ram(5)));
    CHECK(t.nr_extents == 3);
    CHECK(pmt_merge(&t, 1) == 1 && t.nr_extents == 2);
    CHECK(pmt_merge(&t, 1) == 1 && t.nr_extents == 1);
    CHECK(pmt_merge(&t, all) == 0);
    CHECK(pmt_lookup(&t, 2 * DIR - 1) == ram(BASE + 2 * DIR - 1));
    CHECK(!table_set(&t, TOP, PMTE_absent));
    for ( i = 0; i < all; i++ )
        pmt_merge(&t, 1);
    CHECK(t.nr_tables == 1 && t.nr_extents == 0);
    CHECK(!table_run(&t, 2 * DIR, TOP - 2 * DIR, ram(BASE + 2 * DIR)));
    CHECK(pmt_merge(&t, all) == 1 && t.nr_tables == 0);
    CHECK(pmt_merge(&t, all) == 0);
    table_stop(&t);
}

void test_sixty_four_k(void)
{
    uint64_t step = UINT64_C(1) << (16 - PAGE_SHIFT), entry, i;
    struct pmt t;

    CHECK(!pmt_create(&t, 1, 2 * TOP, 16));
    t.merges = false;
    for ( i = 0; i < DIR; i++ )
        CHECK(!table_set(&t, i, ram(BASE + i * step)));
    CHECK(pmt_merge(&t, 1) == 1);
    CHECK(pmt_run(&t, 0, TOP, &entry) == DIR);
    CHECK(!table_set(&t, 2, ram(BASE + 2)));    /* the next granule is not the next page */
    CHECK(pmt_run(&t, 0, TOP, &entry) == 2);
    CHECK(pmt_lookup(&t, DIR - 1) == ram(BASE + (DIR - 1) * step));
    table_stop(&t);
}

/* Windows are where guests can have them, and show what lookups read. */
void test_windows(void)
{
    unsigned int i;
    uint64_t bytes;
    struct pmt t;

    table_start(&t, 2 * TOP);
    CHECK(!table_run(&t, 0, TOP, ram(BASE)));
    for ( i = 0; i < 4; i++ )
    {
        const char *base = pmt_window_base(&t, i, &bytes);

        CHECK(base && bytes && !(bytes % PMT_WINDOW_ALIGN));
        CHECK(!base[bytes - 1]);
    }
    CHECK(!pmt_window_base(&t, 4, &bytes));
    CHECK(*(const uint64_t *)pmt_window_base(&t, PMTW_top, &bytes) == ram(BASE));
    CHECK(((const struct pmt_state *)pmt_window_base(&t, PMTW_state, &bytes))->nr_runs == 1);
    table_stop(&t);
}

void test_reverse(void)
{
    struct pmt_reverse_map r;
    unsigned int n;

    CHECK(!pmt_reverse_create(&r, 100, 50));
    CHECK(pmt_reverse_get(&r, 100) == PMT_NO_GPFN);
    pmt_reverse_set(&r, 100, 0);
    pmt_reverse_set(&r, 149, PMT_GPFNS_MAX - 1);
    pmt_reverse_set(&r, 150, 5);                /* no frame of the machine's */
    pmt_reverse_set(&r, 99, 5);
    CHECK(pmt_reverse_get(&r, 100) == 0);
    CHECK(pmt_reverse_get(&r, 149) == PMT_GPFNS_MAX - 1);
    CHECK(pmt_reverse_get(&r, 150) == PMT_NO_GPFN);
    CHECK(pmt_reverse_get(&r, 99) == PMT_NO_GPFN);
    CHECK(pmt_reverse_get(&r, PMT_NO_GPFN) == PMT_NO_GPFN);
    pmt_reverse_set(&r, 100, PMT_NO_GPFN);
    CHECK(pmt_reverse_get(&r, 100) == PMT_NO_GPFN);
    pmt_reverse_destroy(&r);
    for ( n = 0; n < 2; n++ )
    {
        test_fail_at = test_commits + n;
        CHECK(pmt_reverse_create(&r, 0, 10) == -ENOMEM);
    }
    CHECK(!test_nr_windows());
}

static uint64_t told_first, told_nr;

static void told(struct pmt *t, uint64_t gpfn, uint64_t nr)
{
    (void)t;
    told_first = gpfn;
    told_nr = nr;
}

/* Who asked for it hears of each change, and not where only the form changes. */
void test_told(void)
{
    struct pmt t;

    table_start(&t, 2 * TOP);
    t.changed = told;
#define TOLD(first, nr, what)                                                  \
    told_nr = ~UINT64_C(0);                                                    \
    what;                                                                      \
    CHECK(told_nr == (nr) && (told_nr == ~UINT64_C(0) || told_first == (first)))
    TOLD(0, DIR + 1, CHECK(!table_run(&t, 0, DIR + 1, ram(BASE))));
    pmt_lock(&t);
    TOLD(0, ~UINT64_C(0), CHECK(!pmt_prepare_locked(&t, 5, 1)));
    TOLD(5, 1, pmt_set_locked(&t, 5, ram(1)));
    TOLD(5, 1, pmt_replace_locked(&t, 5, ram(2)));
    CHECK(pmt_lookup(&t, 5) == ram(2));
    TOLD(5, 1, pmt_protect_locked(&t, 5, false));
    TOLD(5, 1, pmt_clear_locked(&t, 5));
    TOLD(0, ~UINT64_C(0), pmt_protect_locked(&t, 5, false));
    TOLD(0, ~UINT64_C(0), CHECK(!pmt_grow_locked(&t, 2 * TOP)));
    pmt_unlock(&t);
    TOLD(0, ~UINT64_C(0), pmt_merge(&t, 100));
    TOLD(0, 2 * TOP, CHECK(!table_run(&t, 0, 2 * TOP, PMTE_absent)));
    table_stop(&t);
}

/* Replacing is no more than a store: counts stay, and nothing is to be merged. */
void test_flips(void)
{
    struct pmt t;
    uint64_t gpfn;

    table_start(&t, TOP);
    CHECK(!table_run(&t, 0, DIR, ram(BASE)));
    pmt_lock(&t);
    CHECK(!pmt_prepare_locked(&t, DIR - 1, 1));
    t.full = t.changes = 0;
    pmt_replace_locked(&t, DIR - 1, ram(BASE + 99));
    CHECK(pmt_nr_mapped(&t) == DIR && !t.changes && !t.full);
    CHECK(!pmt_audit_parts(&t, &gpfn));
    pmt_unlock(&t);
    CHECK(pmt_lookup(&t, DIR - 1) == ram(BASE + 99));
    table_stop(&t);
}
