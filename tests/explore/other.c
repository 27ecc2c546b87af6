/* SPDX-License-Identifier: MIT */
/*
 * Scenarios around the table: the way back from a machine frame, a TLB insert
 * beside a flush, and somebody who goes from page to page.
 */
#include "insert.h"
#include "scenarios.h"
#include "small-port.h"

#define WORD(mfn) (((uint64_t)(mfn) << 12) | PMTE_present | PMTE_writable)

static struct pmt table;

static void prepare_table(void)
{
    small_port_reset();
    explore_require(!pmt_create(&table, 0, 8, PAGE_SHIFT), "no table");
    small_port_dir(table.dir, table.bytes[1]);
    pmt_lock(&table);
    explore_require(!pmt_prepare_locked(&table, 0, 2), "no page");
    (void)pmt_set_locked(&table, 0, WORD(1));
    pmt_unlock(&table);
}

/* ---- the reverse map: who finds gpfn finds the entry there ------------------------- */

static struct pmt_reverse_map back;

static void prepare_reverse(void)
{
    prepare_table();
    explore_require(!pmt_reverse_create(&back, 0, 16), "no reverse map");
    small_port_dir(back.word, back.bytes);
    pmt_reverse_set(&back, 1, 0);
}

static void page_changes(void)
{
    pmt_lock(&table);
    (void)pmt_set_locked(&table, 0, WORD(5));
    pmt_reverse_set(&back, 5, 0);
    pmt_reverse_set(&back, 1, PMT_NO_GPFN);
    pmt_unlock(&table);
}

static void look_back(void)
{
    if ( pmt_reverse_get(&back, 5) != 0 )
        explore_give_up();
    explore_require(pmt_lookup(&table, 0) == WORD(5), "what was there before the frame is found");
}

/* Two pages change places, and somebody comes from the frame of either. */
static unsigned int frame;

static void prepare_flip(void)
{
    prepare_reverse();
    pmt_lock(&table);
    (void)pmt_set_locked(&table, 1, WORD(5));
    pmt_unlock(&table);
    pmt_reverse_set(&back, 5, 1);
    frame = explore_choose(2) ? 5 : 1;
}

static void pages_flip(void)
{
    pmt_lock(&table);
    pmt_replace_locked(&table, 0, WORD(5));
    pmt_replace_locked(&table, 1, WORD(1));
    pmt_reverse_set(&back, 5, 0);
    pmt_reverse_set(&back, 1, 1);
    pmt_unlock(&table);
}

static void look_back_at_either(void)
{
    if ( pmt_reverse_get(&back, frame) != (frame == 1) )
        explore_give_up();
    explore_require(pmt_lookup(&table, frame == 1) == WORD(frame), "what was there before is found");
}

/* ---- an insert beside a flush -------------------------------------------------------- */

static uint64_t tlb;                    /* what is inserted: an address of the machine */
static const struct hv_tlb_request want = { .shift = 12, .rights = HV_TLB_RW };

static void prepare_insert(void)
{
    prepare_table();
    tlb = 0;
}

static void insert(void)
{
    struct hv_tlb_entry entry;

    if ( hv_tlb_insert(&table, &want, &entry) )
        return;
    port_store(&tlb, entry.address);
    if ( !hv_tlb_recheck(&table, &entry) )
        port_store(&tlb, 0);
}

static void take_away(void)
{
    pmt_lock(&table);
    (void)pmt_clear_locked(&table, 0);
    pmt_unlock(&table);
    /* C2: pairs with C1, as port_flush_page() of each port begins */
    port_fence();
    if ( port_load(&tlb) )
        port_store(&tlb, 0);
}

static void nothing_is_left(void)
{
    explore_require(!tlb, "a translation to a page that was taken away is left");
}

/* ---- from page to page ---------------------------------------------------------------- */

static void prepare_next(void)
{
    prepare_table();
    pmt_lock(&table);
    (void)pmt_clear_locked(&table, 0);
    pmt_unlock(&table);
    while ( pmt_merge(&table, 16) )
        ;
}

static void pages_come(void)
{
    pmt_lock(&table);
    explore_require(!pmt_set_run_locked(&table, 0, 2, WORD(16)), "no run");
    explore_require(!pmt_prepare_locked(&table, 5, 1), "no page");
    (void)pmt_set_locked(&table, 5, WORD(7));
    pmt_unlock(&table);
    explore_milestone();
}

static void go_through(void)
{
    unsigned int known = explore_meet();
    uint64_t gpfn = pmt_next(&table, 0);

    if ( known )
        explore_require(gpfn == 0, "the first page is %lu", (unsigned long)gpfn);
    if ( known )
        explore_require(pmt_next(&table, 2) == 5, "page 5 is not found");
    if ( known )
        explore_require(pmt_nr_gpfns(&table) >= 6, "the table is too short");
}

const struct explore_scenario other_scenarios[] = {
    { "reverse", "a page is replaced, and somebody comes from its new frame", prepare_reverse,
      { page_changes, look_back }, NULL, true },
    { "flip+reverse", "two pages change places, and somebody comes from the frame of one", prepare_flip,
      { pages_flip, look_back_at_either }, NULL, true },
    { "insert", "a translation is inserted while its page is taken away", prepare_insert,
      { insert, take_away }, nothing_is_left, false },
    { "next", "pages come, and somebody goes from one to the next", prepare_next,
      { pages_come, go_through }, NULL, true },
};
const unsigned int nr_other_scenarios = sizeof(other_scenarios) / sizeof(other_scenarios[0]);
