/* SPDX-License-Identifier: MIT */
/*
 * Runs the tests of the table: all, or those named. -s SEED repeats a run.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "table.h"

unsigned int table_passed, table_failed;
const char *table_name;
bool table_wrong;
uint64_t table_seed = 1;

static uint64_t state;

void table_fail(const char *what, const char *file, int line)
{
    if ( !table_wrong )
        printf("%s:%d: %s: %s (seed %lu)\n", file, line, table_name, what,
               (unsigned long)table_seed);
    table_wrong = true;
}

uint64_t table_random(uint64_t below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (state >> 11) % below;
}

void table_start(struct pmt *t, uint64_t max)
{
    CHECK(!pmt_create(t, 1, max, PAGE_SHIFT));
    t->merges = false;                  /* only where a test says so */
}

void table_stop(struct pmt *t)
{
    const char *wrong = table_audit(t);

    if ( wrong )
        table_fail(wrong, __FILE__, __LINE__);
    pmt_destroy(t);
    CHECK(!test_frames());
    CHECK(!test_nr_windows());
}

/* What pmt.h says of frames, asked the long way. */
const char *table_frames(const struct pmt *t)
{
    uint64_t i, j, tops = (t->view.limit + PMT_TOP_PAGES - 1) >> PMT_TOP_SHIFT;

    for ( i = 0; i < tops * PMT_TOP_DIRS; i += PMT_DIRS_OF_FRAME )
    {
        bool wanted = false;

        for ( j = i; j < i + PMT_DIRS_OF_FRAME; j++ )
            wanted |= pmt_dir_word(t, j) & PMTD_table;
        if ( wanted != test_committed(&t->leaf[i << PMT_DIR_SHIFT]) )
            return wanted ? "a leaf without a frame" : "a frame without leaves";
    }
    for ( i = 0; i < tops; i += PMT_TOPS_OF_FRAME )
    {
        bool wanted = false;

        for ( j = i; j < i + PMT_TOPS_OF_FRAME; j++ )
            wanted |= !!(pmt_top_word(t, j) & PMTE_table);
        if ( wanted != test_committed(&t->dir[i * PMT_TOP_DIRS]) )
            return wanted ? "a directory without a frame" : "a frame without directories";
    }
    return NULL;
}

const char *table_audit(const struct pmt *t)
{
    uint64_t gpfn;
    const char *wrong = pmt_audit_parts(t, &gpfn);

    if ( !wrong )
        wrong = table_frames(t);
    return wrong ? wrong : test_strays();
}

uint64_t table_by_leaf(const struct pmt *t, uint64_t gpfn)
{
    static const uint32_t leaves = PMT_GATE_LEAVES;
    struct pmt_view view = t->view;

    view.gate = &leaves;
    return gpfn < view.limit ? pmt_view_lookup(&view, gpfn) : 0;
}

int table_set(struct pmt *t, uint64_t gpfn, uint64_t entry)
{
    int rc;

    pmt_lock(t);
    rc = pmt_prepare_locked(t, gpfn, 1);
    if ( !rc )
        pmt_set_locked(t, gpfn, entry);
    pmt_unlock(t);
    return rc;
}

int table_run(struct pmt *t, uint64_t gpfn, uint64_t nr, uint64_t entry)
{
    int rc;

    pmt_lock(t);
    rc = pmt_set_run_locked(t, gpfn, nr, entry);
    pmt_unlock(t);
    return rc;
}

static const struct { const char *name; void (*run)(void); } tests[] = {
#define TABLE_ROW(name) { #name, test_##name },
    TABLE_TEST_LIST(TABLE_ROW)
};

int main(int argc, char *argv[])
{
    unsigned int i, first = 1;

    if ( argc > 2 && !strcmp(argv[1], "-s") )
    {
        table_seed = strtoull(argv[2], NULL, 0);
        first = 3;
    }
    for ( i = 0; i < sizeof(tests) / sizeof(tests[0]); i++ )
    {
        int named = argc <= (int)first, a;

        for ( a = (int)first; a < argc; a++ )
            named |= !strcmp(argv[a], tests[i].name);
        if ( !named )
            continue;
        state = table_seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
        table_wrong = false;
        table_name = tests[i].name;
        test_fail_at = ~UINT64_C(0);
        if ( getenv("VERBOSE") )
            fprintf(stderr, "%s\n", table_name);
        tests[i].run();
        test_load = NULL;
        test_point = NULL;
        test_control = CONTROL_NONE;
        table_failed += table_wrong;
        table_passed += !table_wrong;
    }
    printf("%u passed, %u failed\n", table_passed, table_failed);
    return table_failed ? 1 : 0;
}
