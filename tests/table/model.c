/* SPDX-License-Identifier: MIT */
/*
 * The table beside a plain array: random operations, each compared; frames that
 * do not come; and readers between any two steps.
 */
#include <stdlib.h>

#include "table.h"

#define TOP  PMT_TOP_PAGES
#define DIR  PMT_DIR_PAGES
#define MAX  (3 * TOP + DIR + 1)
#define BASE (UINT64_C(0x40) << PMT_DIR_SHIFT)
#define SMALL (MAX < 4096)
#define ROUNDS (SMALL ? 20000 : 400)

static uint64_t *before, *now;          /* entries; 0: the table has not come so far */
static uint64_t nr_now;
static struct pmt table;

/* ---- the plain array -------------------------------------------------------------- */

static void model_start(void)
{
    uint64_t i;

    before = calloc(MAX, sizeof(*before));
    now = calloc(MAX, sizeof(*now));
    for ( i = 0; i < MAX; i++ )
        before[i] = now[i] = PMTE_absent;
    nr_now = 0;
    table_start(&table, MAX);
}

static void model_stop(void)
{
    table_stop(&table);
    free(before);
    free(now);
}

static uint64_t expected(const uint64_t *array, uint64_t gpfn)
{
    return gpfn < nr_now ? array[gpfn] : 0;
}

/* All pages of a small table, some of a large one. */
static void compare(bool all)
{
    uint64_t i, step = SMALL || all ? 1 : 1 + table_random(997), mapped = 0;

    CHECK(pmt_nr_gpfns(&table) == nr_now);
    for ( i = 0; i < MAX; i += step )
    {
        CHECK(pmt_lookup(&table, i) == expected(now, i));
        CHECK(table_by_leaf(&table, i) == expected(now, i));
        mapped += !pmt_is_nothing(now[i]);
    }
    CHECK(step > 1 || pmt_nr_mapped(&table) == mapped);
    if ( SMALL || all )
    {
        const char *wrong = table_audit(&table);

        if ( wrong )
            table_fail(wrong, __FILE__, __LINE__);
    }
}

/* ---- operations ---------------------------------------------------------------------- */

/* From the first page on, so that neighbours are often contiguous. */
static uint64_t likely_entry(uint64_t gpfn)
{
    switch ( table_random(8) )
    {
    case 0: return PMTE_absent;
    case 1: return ram(table_random(1000));
    case 2: return (ram(BASE + gpfn) & ~PMTE_writable) | (uint64_t)table_random(2) << 52;
    case 3: return PMTE_absent | UINT64_C(1) << 57 | (BASE + gpfn) << 12;
    default: return ram(BASE + gpfn);
    }
}

struct operation {
    uint64_t gpfn, nr, entry, other;
    unsigned int kind;
};

static void choose(struct operation *o)
{
    o->kind = (unsigned int)table_random(6);
    o->gpfn = table_random(MAX);
    o->nr = 1;
    o->other = table_random(MAX);
    if ( o->kind == 1 )
    {
        uint64_t unit = table_random(3) ? table_random(2) ? DIR : TOP : 1;

        o->gpfn -= o->gpfn % unit;
        o->nr = (1 + table_random(unit == 1 ? 2 * DIR : 3)) * unit;
        if ( o->nr > MAX - o->gpfn )
            o->nr = MAX - o->gpfn;
    }
    o->entry = likely_entry(o->gpfn);
    if ( o->kind == 1 && !(o->entry & PMTE_present) )
        o->entry = PMTE_absent;
}

static void model_grow(uint64_t nr)
{
    if ( nr > nr_now )
        nr_now = nr;
}

/* What the array is to be; the same again for the table. */
static void model_do(const struct operation *o)
{
    uint64_t i, entry;

    switch ( o->kind )
    {
    case 0:
    case 1:
        for ( i = 0; i < o->nr; i++ )
            now[o->gpfn + i] = pmt_further(&table, o->entry, i);
        break;
    case 2:
        now[o->gpfn] = PMTE_absent;
        break;
    case 3:
        entry = now[o->gpfn];
        now[o->gpfn] = now[o->other];
        now[o->other] = entry;
        model_grow(o->other + 1);
        break;
    case 4:
        if ( now[o->gpfn] & PMTE_present )
            now[o->gpfn] &= ~PMTE_writable;
        break;
    default:
        return;
    }
    model_grow(o->gpfn + o->nr);
}

static int table_do(const struct operation *o)
{
    int rc;

    if ( o->kind == 5 )
    {
        pmt_merge(&table, (unsigned int)table_random(50));
        return 0;
    }
    pmt_lock(&table);
    if ( o->kind == 1 )
        rc = pmt_set_run_locked(&table, o->gpfn, o->nr, o->entry);
    else
    {
        rc = pmt_prepare_locked(&table, o->gpfn, 1);
        if ( !rc && o->kind == 3 )
            rc = pmt_prepare_locked(&table, o->other, 1);
        if ( !rc && o->kind == 0 )
            pmt_set_locked(&table, o->gpfn, o->entry);
        if ( !rc && o->kind == 2 )
            pmt_clear_locked(&table, o->gpfn);
        if ( !rc && o->kind == 3 )
            pmt_swap_locked(&table, o->gpfn, &table, o->other);
        if ( !rc && o->kind == 4 )
            pmt_protect_locked(&table, o->gpfn, false);
    }
    pmt_unlock(&table);
    return rc;
}

void test_model(void)
{
    struct operation o;
    unsigned int i;

    model_start();
    for ( i = 0; i < ROUNDS && !table_wrong; i++ )
    {
        choose(&o);
        model_do(&o);
        CHECK(!table_do(&o));
        compare(!(i % 100));
    }
    compare(true);
    model_stop();
}

/* Every frame is refused once: no answer changes, no frame is left behind. */
void test_failing(void)
{
    struct operation o;
    unsigned int i, failed = 0;
    uint64_t frames, nr, extents;

    model_start();
    for ( i = 0; i < ROUNDS && !table_wrong; i++ )
    {
        unsigned int n;
        int rc = -ENOMEM;

        choose(&o);
        for ( n = 0; rc && !table_wrong; n++ )
        {
            uint64_t was = nr_now;

            frames = test_frames();
            nr = pmt_nr_gpfns(&table);
            extents = table.nr_extents;
            test_fail_at = test_commits + n;
            rc = table_do(&o);
            test_fail_at = ~UINT64_C(0);
            if ( !rc )
                break;
            failed++;
            CHECK(rc == -ENOMEM);
            if ( o.kind != 3 )          /* two pages, prepared one by one */
                CHECK(test_frames() == frames && table.nr_extents == extents &&
                      pmt_nr_gpfns(&table) == nr);
            nr_now = pmt_nr_gpfns(&table);
            compare(false);
            if ( o.kind != 3 )
                CHECK(nr_now == was);
        }
        model_do(&o);
        compare(!(i % 100));
    }
    CHECK(failed > ROUNDS / 50);
    model_stop();
}

void test_failing_create(void)
{
    struct pmt t;
    unsigned int n;
    int rc = -ENOMEM;

    for ( n = 0; rc; n++ )
    {
        test_fail_at = test_commits + n;
        rc = pmt_create(&t, 1, MAX, PAGE_SHIFT);
        CHECK(!rc || rc == -ENOMEM);
        CHECK(!rc || (!test_frames() && !test_nr_windows()));
    }
    CHECK(n == 7);                      /* four windows, and frames for two of them */
    test_fail_at = ~UINT64_C(0);
    table_stop(&t);
}

/* ---- readers between a writer's steps ------------------------------------------------ */

static unsigned int seen_steps, seen_bad;

static void look(const char *name)
{
    uint64_t i, step = SMALL ? 1 : 1 + table_random(MAX / 64);
    void (*again)(const char *) = test_point;

    (void)name;
    test_point = NULL;
    seen_steps++;
    for ( i = 0; i < MAX; i += step )
    {
        uint64_t word = seen_steps & 1 ? table_by_leaf(&table, i) : pmt_lookup(&table, i);

        if ( word != before[i] && word != now[i] &&
             (word || (i < nr_now && i < pmt_nr_gpfns(&table))) )
            seen_bad++;
    }
    test_point = again;
}

static void steps(unsigned int rounds)
{
    struct operation o;
    unsigned int i;

    seen_steps = seen_bad = 0;
    model_start();
    test_table = &table;
    for ( i = 0; i < rounds; i++ )
    {
        uint64_t j;

        choose(&o);
        model_do(&o);
        test_point = look;
        table_do(&o);
        test_point = NULL;
        for ( j = 0; j < MAX; j++ )
            before[j] = now[j];
        if ( test_control && seen_bad )
            break;
    }
    test_table = NULL;
}

void test_reader_at_each_step(void)
{
    steps(ROUNDS / 4);
    CHECK(seen_steps > ROUNDS / 20);
    CHECK(!seen_bad);
    model_stop();
}

/* The same readers see each mistake in the order of stores. */
void test_controls_by_step(void)
{
    static const enum test_control controls[] = {
        CONTROL_TORN, CONTROL_LATE_LEAF, CONTROL_LATE_DIR,
    };
    unsigned int i;

    for ( i = 0; i < 3; i++ )
    {
        test_control = controls[i];
        steps(ROUNDS / 4);
        test_control = CONTROL_NONE;
        CHECK(seen_bad);
        pmt_destroy(&table);
        free(before);
        free(now);
    }
}

/* Who sets pages one by one need not think of merging: it comes by itself. */
void test_merging_by_itself(void)
{
    struct pmt t;
    uint64_t i;

    table_start(&t, 2 * TOP);
    t.merges = true;
    for ( i = 0; i < 2 * DIR + 1; i++ )
        CHECK(!table_set(&t, i, ram(BASE + i)));
    CHECK(t.nr_extents == 1);
    for ( i = TOP - 1; i < TOP; i-- )           /* from the end: found in turn */
        if ( i >= 2 * DIR + 1 )
            CHECK(!table_set(&t, i, ram(BASE + i)));
    for ( i = 0; i < 4 * PMT_MERGE_EVERY * PMT_TOP_DIRS; i++ )
        CHECK(!table_set(&t, TOP + 1, ram(i)));
    CHECK(t.nr_tables == 1 && t.nr_extents == 1);
    for ( i = 0; i < TOP; i += 1 + TOP / 512 )
        CHECK(pmt_lookup(&t, i) == ram(BASE + i));
    table_stop(&t);
}
