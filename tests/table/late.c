/* SPDX-License-Identifier: MIT */
/*
 * Late readers: a lookup stands still between two of its loads, for as long as
 * writers like. The loads are counted, and at the one that is asked for somebody
 * else runs.
 */
#include "table.h"

#define TOP  PMT_TOP_PAGES
#define DIR  PMT_DIR_PAGES
#define BASE (UINT64_C(0x40) << PMT_DIR_SHIFT)

static struct pmt table;

/* Up to three things happen, each before a load of its own. */
static struct {
    unsigned int at;
    void (*run)(void);
} happens[3];
static unsigned int nr_happens, loads;
static uint64_t true_words[8];
static unsigned int nr_true;
static uint64_t page;

static void load(void)
{
    unsigned int i, nr = loads++;

    test_load = NULL;
    for ( i = 0; i < nr_happens; i++ )
        if ( happens[i].at == nr )
        {
            happens[i].run();
            true_words[nr_true++] = pmt_lookup(&table, page);
        }
    test_load = load;
}

/* A lookup to which this happens; was what it found true since it began? */
static bool late_lookup(uint64_t gpfn, uint64_t *word)
{
    unsigned int i;

    page = gpfn;
    nr_true = 0;
    loads = 0;
    true_words[nr_true++] = pmt_lookup(&table, gpfn);
    test_load = load;
    *word = pmt_lookup(&table, gpfn);
    test_load = NULL;
    for ( i = 0; i < nr_true; i++ )
        if ( true_words[i] == *word )
            return true;
    return false;
}

static void split(void)
{
    CHECK(!table_set(&table, 1, ram(1)));
    CHECK(!table_set(&table, 1, ram(BASE + 1)));
}

static void merge(void)
{
    pmt_merge(&table, (unsigned int)(2 * PMT_TOP_DIRS));
}

static void other_run(void) { CHECK(!table_run(&table, 0, DIR, ram(4 * BASE))); }
static void other_top(void) { CHECK(!table_run(&table, 0, TOP, ram(8 * BASE))); }
static void one_page(void) { CHECK(!table_set(&table, 2, ram(77))); }
static void nothing(void) { CHECK(!table_run(&table, 0, TOP, PMTE_absent)); }

/* The directory says table, and no run of top is there: gate, dir, leaf. */
static void start_in_leaf(void)
{
    table_start(&table, TOP);
    pmt_lock(&table);
    CHECK(!pmt_grow_locked(&table, TOP));
    pmt_unlock(&table);
    CHECK(!table_run(&table, 0, DIR, ram(BASE)));
    CHECK(!table_set(&table, 1, ram(1)));
    CHECK(!table_set(&table, 1, ram(BASE + 1)));
    nr_happens = 0;
}

static void happen(unsigned int at, void (*run)(void))
{
    happens[nr_happens].at = at;
    happens[nr_happens++].run = run;
}

/*
 *   reader                      writer
 *   dir[0] says table
 *                               merges: dir[0] is a run, the frame goes
 *                               puts other frames there, in one store
 *                               splits: fills the leaf with them
 *   leaf[3]: the new one
 */
void test_late_reader_of_leaf(void)
{
    uint64_t word;

    start_in_leaf();
    happen(2, merge);
    happen(2, other_run);
    happen(2, one_page);
    CHECK(late_lookup(3, &word) && word == ram(4 * BASE + 3));
    table_stop(&table);

    start_in_leaf();
    happen(2, one_page);
    CHECK(late_lookup(2, &word) && word == ram(77));
    table_stop(&table);
}

/*
 *   reader                      writer
 *   the gate is 0
 *                               top[0] becomes a run, dir[0..] holes
 *                               top[0] becomes another run
 *   dir[5 >> 9] is a hole
 *   looks again: the other run
 */
void test_late_reader_of_dir(void)
{
    uint64_t word;

    start_in_leaf();
    happen(1, other_top);
    CHECK(late_lookup(5, &word) && word == ram(8 * BASE + 5));
    table_stop(&table);

    start_in_leaf();
    happen(1, other_top);
    happen(1, split);
    CHECK(late_lookup(5, &word) && word == ram(8 * BASE + 5));
    table_stop(&table);
}

/*
 *   reader                      writer
 *   dir[0] says table
 *                               merges, and the frame of the leaf goes
 *   leaf[3] is a hole
 *   looks again: the run
 *
 * Were the frame another page's by then, and shown here, the reader would find
 * that: the control does it.
 */
void test_late_reader_of_nothing(void)
{
    uint64_t word;

    start_in_leaf();
    happen(2, merge);
    CHECK(late_lookup(3, &word) && word == ram(BASE + 3));
    CHECK(loads > 3);
    table_stop(&table);

    test_control = CONTROL_FOREIGN_FRAME;
    start_in_leaf();
    happen(2, merge);
    CHECK(!late_lookup(3, &word));
    test_control = CONTROL_NONE;
    pmt_destroy(&table);
}

/*
 *   reader                      writer
 *   the gate says leaves
 *                               a run over some, or over all of them
 *   leaf[3] is a hole
 *   looks again: the run
 */
static void start_in_leaves(void)
{
    table_start(&table, TOP);
    CHECK(!table_run(&table, 0, TOP, ram(BASE)));
    pmt_lock(&table);
    CHECK(!pmt_prepare_locked(&table, 0, TOP));
    pmt_unlock(&table);
    CHECK(table.state->nr_runs == PMT_GATE_LEAVES);
    nr_happens = 0;
}

void test_late_reader_by_leaf(void)
{
    uint64_t word;

    start_in_leaves();
    CHECK(late_lookup(3, &word) && word == ram(BASE + 3) && loads == 2);
    happen(1, one_page);
    CHECK(late_lookup(2, &word) && word == ram(77) && loads == 2);
    table_stop(&table);

    start_in_leaves();
    happen(1, other_run);
    CHECK(late_lookup(3, &word) && word == ram(4 * BASE + 3) && loads > 2);
    table_stop(&table);

    start_in_leaves();
    happen(1, other_top);
    CHECK(late_lookup(5, &word) && word == ram(8 * BASE + 5) && loads > 2);
    table_stop(&table);
}

/*
 *   reader                      writer
 *   asks for a run beyond the end, and reads the size
 *                               the table grows by what was asked for, and no more
 *   looks up its first page
 */
static void grow_there(void)
{
    pmt_lock(&table);
    CHECK(!pmt_grow_locked(&table, DIR + 1));
    pmt_unlock(&table);
}

void test_late_run(void)
{
    uint64_t entry;

    table_start(&table, TOP);
    pmt_lock(&table);
    CHECK(!pmt_grow_locked(&table, DIR));
    pmt_unlock(&table);
    nr_happens = 0;
    happen(1, grow_there);
    page = DIR;
    nr_true = 0;
    loads = 0;
    test_load = load;
    CHECK(pmt_run(&table, DIR, 16, &entry) == 1 && entry == PMTE_absent);
    test_load = NULL;
    CHECK(pmt_nr_gpfns(&table) == DIR + 1);
    table_stop(&table);
}

/* Any three things before any three loads, of pages in each form. */
void test_reader_at_each_load(void)
{
    static void (*const things[])(void) = {
        split, merge, other_run, other_top, one_page, nothing,
    };
    static const uint64_t pages[] = { 1, 2, DIR - 1, DIR, TOP - 1 };
    unsigned int n, i, j, p, bad = 0, looks = 0, all = 2 * 6 * 6 * 6;
    uint64_t word;

    for ( n = 0; n < all; n++ )
        for ( i = 0; i < 5; i++ )
            for ( j = i; j < 5; j++ )
                for ( p = 0; p < 5; p++ )
                {
                    /* A large table is slow to fill: some of them. */
                    if ( TOP > 4096 && table_random(100) )
                        continue;
                    n & 1 ? start_in_leaves() : start_in_leaf();
                    happen(i, things[n / 2 % 6]);
                    happen(j, things[n / 12 % 6]);
                    happen(j, things[n / 72]);
                    bad += !late_lookup(pages[p], &word);
                    bad += !word;
                    looks++;
                    table_stop(&table);
                }
    CHECK(looks);
    CHECK(!bad);
}
