/* SPDX-License-Identifier: MIT */
/*
 * What may be inserted into a TLB; and the defects of older code that this has
 * not got.
 */
#include "insert.h"
#include "table.h"

#define TOP  PMT_TOP_PAGES
#define DIR  PMT_DIR_PAGES
#define SIZE PAGE_SIZE
/* Aligned to 256 MiB in the machine. */
#define BASE (UINT64_C(0x10000000) / PAGE_SIZE * 8)

static struct pmt table;

static int insert(uint64_t address, unsigned int shift, struct hv_tlb_entry *e)
{
    struct hv_tlb_request want = {
        .address = address, .shift = (uint8_t)shift, .rights = HV_TLB_RWX, .memory = HV_TLB_WB,
    };

    return hv_tlb_insert(&table, &want, e);
}

/* As large as is wanted, as contiguous as the machine is, as aligned as both are. */
void test_insert_sizes(void)
{
    struct hv_tlb_entry e;
    unsigned int big = PMT_TOP_SHIFT < 13 ? PAGE_SHIFT + 4 : 24;
    uint64_t pages = (UINT64_C(1) << big) / SIZE, at = 5 * SIZE + 17;

    table_start(&table, 2 * TOP > 2 * pages ? 2 * TOP : 2 * pages);
    CHECK(!table_run(&table, 0, pages, ram(BASE)));
    CHECK(!insert(at, big, &e));
    CHECK(e.shift == big && e.guest == 0 && e.address == BASE * SIZE && e.word == ram(BASE));
    CHECK(!insert(at, PAGE_SHIFT, &e));
    CHECK(e.shift == PAGE_SHIFT && e.guest == 5 * SIZE && e.address == (BASE + 5) * SIZE);

    /* One page of another frame, not the one that is asked for: what is left is smaller. */
    CHECK(!table_set(&table, pages - 1, ram(3)));
    CHECK(!insert(at, big, &e));
    CHECK(e.shift < big && e.guest == (at >> e.shift << e.shift));
    CHECK(e.address == BASE * SIZE + e.guest && e.word == ram(BASE + e.guest / SIZE));
    CHECK(!insert((pages - 1) * SIZE + 5, big, &e));
    CHECK(e.shift == PAGE_SHIFT && e.address == 3 * SIZE && e.guest == (pages - 1) * SIZE);

    /* Contiguous, with other rights. */
    CHECK(!table_set(&table, pages - 1, ram(BASE + pages - 1) & ~PMTE_writable));
    CHECK(!insert(at, big, &e) && e.shift < big);

    /* Contiguous, and not aligned. */
    CHECK(!table_run(&table, 0, pages, ram(BASE + 1)));
    CHECK(!insert(at, big, &e) && e.shift == PAGE_SHIFT && e.address == (BASE + 6) * SIZE);

    /* Beyond the end of the table a page cannot reach. */
    CHECK(!table_run(&table, 0, pages, ram(BASE)));
    CHECK(!insert(at, big + 2, &e) && e.shift == big);
    table_stop(&table);
}

void test_insert_rights(void)
{
    static const uint8_t to_read[8] = {
        [HV_TLB_R] = HV_TLB_R, [HV_TLB_RX] = HV_TLB_RX, [HV_TLB_RW] = HV_TLB_R,
        [HV_TLB_RWX] = HV_TLB_RX, [HV_TLB_R_RW] = HV_TLB_R, [HV_TLB_RX_RWX] = HV_TLB_RX,
        [HV_TLB_RWX_RW] = HV_TLB_R, [HV_TLB_X_RX] = HV_TLB_X_RX,
    };
    struct hv_tlb_request want = { .shift = PAGE_SHIFT };
    struct hv_tlb_entry e;
    unsigned int i;

    table_start(&table, TOP);
    CHECK(!table_set(&table, 0, ram(9)));
    CHECK(!table_set(&table, 1, ram(9) & ~PMTE_writable));
    for ( i = 0; i < 8; i++ )
    {
        want.rights = (uint8_t)i;
        want.address = 0;
        CHECK(!hv_tlb_insert(&table, &want, &e) && e.rights == i);
        want.address = SIZE;
        CHECK(!hv_tlb_insert(&table, &want, &e) && e.rights == to_read[i]);
    }
    want.rights = 8;
    CHECK(hv_tlb_insert(&table, &want, &e) == -EINVAL);
    table_stop(&table);
}

/* Memory is cached and devices are not, whatever is wanted; and that is told. */
void test_insert_memory(void)
{
    static const struct { uint8_t wanted, memory, device; } rows[] = {
        { HV_TLB_WB, HV_TLB_WB, HV_TLB_UC }, { HV_TLB_UC, HV_TLB_WB, HV_TLB_UC },
        { HV_TLB_UCE, HV_TLB_WB, HV_TLB_UCE }, { HV_TLB_WC, HV_TLB_WB, HV_TLB_WC },
        { HV_TLB_NAT, HV_TLB_NAT, HV_TLB_NAT },
    };
    struct hv_tlb_request want = { .shift = PAGE_SHIFT };
    struct hv_tlb_entry e;
    unsigned int i;

    table_start(&table, TOP);
    CHECK(!table_set(&table, 0, ram(9)));
    CHECK(!table_set(&table, 1, ram(9) | PMTE_io));
    for ( i = 0; i < 5; i++ )
    {
        want.memory = rows[i].wanted;
        want.address = 0;
        CHECK(!hv_tlb_insert(&table, &want, &e) && e.memory == rows[i].memory);
        CHECK(e.changed == (rows[i].memory != rows[i].wanted));
        want.address = SIZE;
        CHECK(!hv_tlb_insert(&table, &want, &e) && e.memory == rows[i].device);
        CHECK(e.changed == (rows[i].device != rows[i].wanted));
    }
    for ( want.memory = 1; want.memory < 4; want.memory++ )
        CHECK(hv_tlb_insert(&table, &want, &e) == -EINVAL);
    want.memory = 8;
    CHECK(hv_tlb_insert(&table, &want, &e) == -EINVAL);
    table_stop(&table);
}

/* The guest's TLB has smaller pages than its table; and sizes that do not exist. */
void test_insert_small(void)
{
    struct hv_tlb_request want = { .address = 0x13456, .shift = 12 };
    struct hv_tlb_entry e;
    uint64_t page = UINT64_C(1) << 16;

    CHECK(!pmt_create(&table, 1, TOP, 16));
    CHECK(!table_set(&table, 0, ram(0)));
    CHECK(!table_set(&table, 1, ram(BASE)));
    CHECK(!hv_tlb_insert(&table, &want, &e));
    CHECK(e.shift == 12 && e.guest == 0x13000 && e.address == BASE * SIZE + 0x3000);
    CHECK(hv_tlb_recheck(&table, &e));
    want.shift = 14;
    CHECK(!hv_tlb_insert(&table, &want, &e));
    CHECK(e.shift == 14 && e.guest == 0x10000 && e.address == BASE * SIZE);
    want.shift = 18;
    CHECK(!hv_tlb_insert(&table, &want, &e) && e.shift == 16 && e.guest == page);

    want.shift = 17;                            /* no such size */
    CHECK(hv_tlb_insert(&table, &want, &e) == -EINVAL);
    for ( want.shift = 0; want.shift < 12; want.shift++ )
        CHECK(hv_tlb_insert(&table, &want, &e) == -EINVAL);
    want.shift = 255;
    CHECK(hv_tlb_insert(&table, &want, &e) == -EINVAL);
    want.shift = 18;
    want.sizes = 1u << 18;                      /* the only one, and not backed */
    CHECK(hv_tlb_insert(&table, &want, &e) == -EINVAL);
    table_stop(&table);
}

/* ---- the look after the insert --------------------------------------------------- */

static bool there, flushed;             /* a TLB of one entry */
static struct hv_tlb_entry tlb;

/* Takes the page away, and flushes: C2. */
static void take_away(void)
{
    CHECK(!table_set(&table, 2, ram(77)));
    port_fence();                       /* C2: pairs with C1 */
    there = false;
    flushed = true;
}

/* With somebody between any two steps; no look at all is the control. */
static bool stale_after(unsigned int when, bool look)
{
    struct hv_tlb_request want = { .address = 0, .shift = PAGE_SHIFT + 2, .sizes = ~0u };
    unsigned int tries;

    table_start(&table, TOP);
    CHECK(!table_run(&table, 0, DIR, ram(BASE)));
    there = flushed = false;
    for ( tries = 0; tries < 3; tries++ )
    {
        CHECK(!hv_tlb_insert(&table, &want, &tlb));
        if ( when == 0 && !flushed )
            take_away();
        there = true;
        if ( when == 1 && !flushed )
            take_away();
        if ( !look || hv_tlb_recheck(&table, &tlb) )
            break;
        there = false;
    }
    if ( when == 2 && !flushed )
        take_away();
    look = there && !hv_tlb_recheck(&table, &tlb);
    table_stop(&table);
    return look;
}

/*
 *   insert                      take away
 *   looks: a run of four
 *                               another frame in it
 *                               flush: nothing to be found
 *   inserts the run
 *   looks again: no; purge
 */
void test_insert_race(void)
{
    unsigned int when;

    for ( when = 0; when < 3; when++ )
        CHECK(!stale_after(when, true));
    CHECK(stale_after(0, false));
}

/* ---- what older code got wrong ------------------------------------------------------ */

void test_defects(void)
{
    struct hv_tlb_entry e;
    struct pmt other;
    uint64_t entry;

    table_start(&table, TOP);
    CHECK(!table_run(&table, 0, DIR + 1, ram(BASE)));

    /* A frame number equal to the number of frames is beyond the last one. */
    CHECK(pmt_lookup(&table, DIR) == ram(BASE + DIR));
    CHECK(pmt_lookup(&table, DIR + 1) == 0);
    CHECK(pmt_run(&table, DIR + 1, 1, &entry) == 0);
    CHECK(insert((DIR + 1) * SIZE, PAGE_SHIFT, &e) == -ENOENT);

    /* Nothing is not page 0 of the machine, with all rights. */
    CHECK(!table_set(&table, 3, PMTE_absent));
    CHECK(!(pmt_lookup(&table, 3) & (PMTE_present | PMTE_writable)));
    CHECK(insert(3 * SIZE, PAGE_SHIFT, &e) == -ENOENT);
    CHECK(!table_set(&table, 4, PMTE_absent | UINT64_C(1) << 57 | 5 << 12));
    CHECK(insert(4 * SIZE, PAGE_SHIFT, &e) == -EACCES);

    /* A size or a granule of 0 is refused, and nothing is divided by it. */
    CHECK(insert(0, 0, &e) == -EINVAL);
    CHECK(pmt_create(&other, 1, TOP, 0) == -EINVAL);
    CHECK(pmt_run(&table, 0, 0, &entry) == 1);

    /* Success is 0: what failed has changed nothing, what did not has. */
    test_fail_at = test_commits;
    CHECK(table_set(&table, TOP - 1, ram(1)) == -ENOMEM);
    test_fail_at = ~UINT64_C(0);
    CHECK(pmt_nr_gpfns(&table) == DIR + 1);
    CHECK(!table_set(&table, TOP - 1, ram(1)) && pmt_lookup(&table, TOP - 1) == ram(1));

    /* Every page of a range counts, not only the first. */
    CHECK(table_run(&table, 0, TOP + 1, ram(BASE)) == -EINVAL);
    CHECK(pmt_lookup(&table, 3) == PMTE_absent);
    table_stop(&table);
}
