/* SPDX-License-Identifier: MIT */
/*
 * The gate: what it says of a table, and how x86 looks at it.
 */
#include "table.h"

#define TOP  PMT_TOP_PAGES
#define DIR  PMT_DIR_PAGES
#define BASE (UINT64_C(0x40) << PMT_DIR_SHIFT)

/* The gate: runs of top, or else whether more than 15 of 16 extents have leaves. */
void test_gate(void)
{
    uint64_t i, few = PMT_TOP_DIRS / 16;
    struct pmt t;

    table_start(&t, 2 * TOP);
    CHECK(t.state->nr_runs == 0);
    CHECK(!table_run(&t, 0, TOP, ram(BASE)));
    CHECK(t.state->nr_runs == 1);
    for ( i = 0; i < PMT_TOP_DIRS; i++ )
    {
        CHECK(t.state->nr_runs == (!i ? 1 : i * 16 > PMT_TOP_DIRS * 15 ? PMT_GATE_LEAVES : 0));
        CHECK(!table_set(&t, i * DIR + 1, ram(BASE)));
    }
    CHECK(t.state->nr_runs == PMT_GATE_LEAVES);
    CHECK(pmt_lookup(&t, 1) == ram(BASE) && pmt_lookup(&t, DIR) == ram(BASE + DIR));
    CHECK(pmt_lookup(&t, TOP) == 0);

    for ( i = 0; i <= few; i++ )
    {
        CHECK(t.state->nr_runs == (i * 16 < PMT_TOP_DIRS ? PMT_GATE_LEAVES : 0));
        CHECK(!table_run(&t, i * DIR, DIR, ram(BASE)));
    }
    CHECK(t.state->nr_runs == 0);
    CHECK(!table_set(&t, 2, ram(9)));
    CHECK(pmt_lookup(&t, 1) == ram(BASE + 1) && pmt_lookup(&t, 2) == ram(9));

    pmt_lock(&t);
    CHECK(!pmt_grow_locked(&t, 2 * TOP));
    pmt_unlock(&t);
    CHECK(t.state->nr_runs == 1 && pmt_lookup(&t, TOP) == PMTE_absent);
    table_stop(&t);

    /* What is beyond the end of the table does not count, and counts when it is there. */
    table_start(&t, 2 * TOP);
    CHECK(!table_set(&t, 2, ram(9)) && !table_set(&t, DIR, ram(7)));
    CHECK(t.nr_extents == 2 && t.state->nr_runs == PMT_GATE_LEAVES);
    pmt_lock(&t);
    CHECK(!pmt_grow_locked(&t, 2 * DIR));
    CHECK(t.state->nr_runs == PMT_GATE_LEAVES);
    CHECK(!pmt_grow_locked(&t, 2 * DIR + 1));
    CHECK(t.state->nr_runs == 0);
    pmt_unlock(&t);
    table_stop(&t);
}

#undef PMT_GATE_ACQUIRE
#include "pmt-gate.h"
#ifndef PMT_GATE_ACQUIRE
#define PMT_GATE_ACQUIRE(p) ((int32_t)*(p))
#endif

static int sign(int64_t x)
{
    return (x > 0) - (x < 0);
}

void test_gate_signs(void)
{
    static const uint32_t words[] = {
        0, 1, 2, 1024, 0x7fffffff, 0x80000000, 0x80000001, 0xffffffff,
    };
    unsigned int i;

    for ( i = 0; i < sizeof(words) / sizeof(words[0]); i++ )
        CHECK(sign(PMT_GATE_ACQUIRE(&words[i])) == sign((int32_t)words[i]));
}
