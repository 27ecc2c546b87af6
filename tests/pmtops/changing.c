/* SPDX-License-Identifier: MIT */
/* PMTOP_exchange and protect: the caller's own pages. */
#include "pmtops.h"

#define STEP (1u << (world.page_shift - PAGE_SHIFT))

void test_exchange(void)
{
    struct pmt_exchange x = { .gpfn = 40, .order = 3 };
    uint64_t before[8], charged;
    unsigned int i, j;

    as(DRIVER);
    for ( i = 0; i < 8; i++ )
    {
        *page_of(DRIVER, 40 + i) = 99;
        before[i] = mfn_of(DRIVER, 40 + i);
    }
    charged = world.d[DRIVER]->tot_pages;
    EQUAL(call_exchange(&x), PMTST_okay);
    EQUAL(PMTE_mfn(x.entry), mfn_of(DRIVER, 40));
    EQUAL(PMTE_software(x.entry), 0);
    for ( i = 0; i < 8; i++ )
    {
        EQUAL(mfn_of(DRIVER, 40 + i), mfn_of(DRIVER, 40) + i * STEP);
        EQUAL(*page_of(DRIVER, 40 + i), 0);
        EQUAL(p2m_mfn_to_gfn(mfn_of(DRIVER, 40 + i)), 40 + i);
        for ( j = 0; j < 8; j++ )
            CHECK(before[j] != mfn_of(DRIVER, 40 + i));
        CHECK(port_page_owner(before[i]) != world.d[DRIVER]);
    }
    EQUAL(world.d[DRIVER]->tot_pages, charged);
    AUDIT();

    /* Frames that others have had come cleared, too. */
    for ( j = 0; j < 40; j++ )
    {
        *page_of(DRIVER, 40 + j % 8) = 99;
        row(exchange, PMTST_okay, .gpfn = 40, .order = 3);
        EQUAL(*page_of(DRIVER, 40 + j % 8), 0);
        for ( i = 0; i < 8; i++ )
            *page_of(DRIVER, 40 + i) = 99;
    }

    /* Who has no right can do it, and is told nothing. */
    as(GUEST);
    x = (struct pmt_exchange){ .gpfn = 40, .order = 2 };
    EQUAL(call_exchange(&x), PMTST_okay);
    EQUAL(x.entry, 0);
    /* Rights are given anew. */
    row(protect, PMTST_okay, .gpfn = 41, .nr = 1, .rights = 0);
    row(exchange, PMTST_okay, .gpfn = 40, .order = 2);
    CHECK(word_of(GUEST, 41) & PMTE_writable);
    AUDIT();
}

void test_exchange_refused(void)
{
    uint64_t state;

    grant_access(GUEST, 9, DRIVER, 41, false);
    as(GUEST);
    row(exchange, PMTST_bad_argument, .gpfn = 40, .order = 5);
    row(exchange, PMTST_bad_argument, .gpfn = 40, .order = ~0u);
    row(exchange, PMTST_bad_argument, .gpfn = 40, .address_bits = 12);
    row(exchange, PMTST_bad_argument, .gpfn = 40, .address_bits = 65);
    row(exchange, PMTST_bad_argument, .gpfn = 40, .pad0 = 1);
    row(exchange, PMTST_bad_frame, .gpfn = 41, .order = 1);
    row(exchange, PMTST_bad_frame, .gpfn = PAGES);
    row(exchange, PMTST_bad_frame, .gpfn = PAGES - 8, .order = 4);
    row(exchange, PMTST_bad_frame, .gpfn = ~15ull, .order = 4);
    row(exchange, PMTST_bad_frame, .gpfn = GPFNS);
    row(exchange, PMTST_no_memory, .gpfn = 40, .address_bits = 13);
    AUDIT();

    /* One page of it is mapped by somebody, one lent: none is exchanged. */
    map_for_driver(9, HOLES, true);
    state = world_state();
    as(GUEST);
    row(exchange, PMTST_busy, .gpfn = 40, .order = 2);
    EQUAL(world_state(), state);
    as(DOM0);
    row(donate, PMTST_okay, .gpfn = 51, .dest_gpfn = HOLES, .domid = ID(GUEST), .rights = PMTR_read);
    state = world_state();
    row(exchange, PMTST_busy, .gpfn = 48, .order = 2);
    EQUAL(world_state(), state);
    as(GUEST);
    row(exchange, PMTST_bad_frame, .gpfn = HOLES);
    as(DRIVER);
    row(exchange, PMTST_bad_frame, .gpfn = HOLES);
    EQUAL(world_state(), state);
    AUDIT();
}

void test_exchange_width(void)
{
    uint64_t limit = 1ull << (MACHINE_LOW_BITS - PAGE_SHIFT);

    as(DRIVER);
    row(exchange, PMTST_okay, .gpfn = 40, .order = 2, .address_bits = MACHINE_LOW_BITS);
    CHECK(mfn_of(DRIVER, 43) < limit);
    row(exchange, PMTST_okay, .gpfn = 40, .order = 2, .address_bits = 64);
    AUDIT();
}

/* At its limit, too: the old pages alone are paid for. */
void test_exchange_quota(void)
{
    struct domain *d = world.d[GUEST];

    d->max_pages = d->tot_pages;
    as(GUEST);
    row(exchange, PMTST_okay, .gpfn = 48, .order = 4);
    EQUAL(d->tot_pages, d->max_pages);
    machine_plan_reset();
    machine_plan.fail_page_at = 0;
    row(exchange, PMTST_no_memory, .gpfn = 48, .order = 4);
    machine_plan_reset();
    AUDIT();
}

/* ---- protect ------------------------------------------------------------------------- */

static int try_access(unsigned int who, uint64_t gpfn, bool write)
{
    struct vcpu *v = machine_vcpu(world.d[who], 0);
    uint64_t word = 5;

    return write ? machine_write(v, address_of(who, gpfn), &word, 8)
                 : machine_read(v, address_of(who, gpfn), &word, 8);
}

void test_protect(void)
{
    struct pmt_protect p = { .gpfn = 40, .nr = 20, .rights = PMTR_read };

    as(GUEST);
    EQUAL(try_access(GUEST, 45, true), 0);
    EQUAL(call_protect(&p), PMTST_okay);
    EQUAL(p.done, 20);
    CHECK(try_access(GUEST, 45, true));
    EQUAL(try_access(GUEST, 45, false), 0);
    EQUAL(try_access(GUEST, 60, true), 0);
    row(protect, PMTST_okay, .gpfn = 45, .nr = 1, .rights = 0);
    CHECK(try_access(GUEST, 45, false));
    EQUAL(try_access(GUEST, 44, false), 0);
    AUDIT();
    row(protect, PMTST_okay, .gpfn = 40, .nr = 20, .rights = PMTR_read | PMTR_write);
    EQUAL(try_access(GUEST, 45, true), 0);
    AUDIT();
}

void test_protect_refused(void)
{
    struct pmt_protect p = { .gpfn = PAGES - 3, .nr = 70, .rights = PMTR_read };

    as(GUEST);
    row(protect, PMTST_bad_argument, .gpfn = 40, .nr = 1, .rights = PMTR_write);
    row(protect, PMTST_bad_argument, .gpfn = 40, .nr = 1, .rights = 4);
    row(protect, PMTST_bad_argument, .gpfn = ~0ull, .nr = 2, .rights = PMTR_read);
    row(protect, PMTST_bad_argument, .gpfn = 40, .nr = 1, .done = 2, .rights = PMTR_read);
    row(protect, PMTST_bad_frame, .gpfn = HOLES, .nr = 1, .rights = PMTR_read);
    row(protect, PMTST_bad_frame, .gpfn = ~0ull - 5, .nr = 2, .rights = PMTR_read);
    row(protect, PMTST_okay, .gpfn = HOLES, .nr = 0, .rights = PMTR_read);
    /* done says which. */
    EQUAL(call_protect(&p), PMTST_bad_frame);
    EQUAL(p.done, 3);
    CHECK(!(word_of(GUEST, PAGES - 1) & PMTE_writable));
    if ( world.d[GUEST]->hv->pmt.nr_extents < world.d[GUEST]->hv->pmt.nr_tables * 512 )
        AUDIT();
}

void test_protect_loan(void)
{
    as(DOM0);
    row(donate, PMTST_okay, .gpfn = 40, .dest_gpfn = HOLES, .domid = ID(GUEST), .rights = PMTR_read);
    row(donate, PMTST_okay, .gpfn = 41, .dest_gpfn = HOLES + 1, .domid = ID(GUEST),
        .rights = PMTR_read | PMTR_write);
    as(GUEST);
    row(protect, PMTST_denied, .gpfn = HOLES, .nr = 1, .rights = PMTR_read | PMTR_write);
    row(protect, PMTST_okay, .gpfn = HOLES + 1, .nr = 1, .rights = PMTR_read);
    CHECK(try_access(GUEST, HOLES + 1, true));
    row(protect, PMTST_okay, .gpfn = HOLES + 1, .nr = 1, .rights = PMTR_read | PMTR_write);
    EQUAL(try_access(GUEST, HOLES + 1, true), 0);
    row(protect, PMTST_okay, .gpfn = HOLES, .nr = 1, .rights = 0);
    CHECK(try_access(GUEST, HOLES, false));
    AUDIT();
    /* While the taker may write the lender cannot say that nobody does. */
    as(DOM0);
    row(protect, PMTST_busy, .gpfn = 41, .nr = 1, .rights = PMTR_read);
    row(protect, PMTST_okay, .gpfn = 40, .nr = 1, .rights = PMTR_read);
    AUDIT();
}

void test_protect_busy(void)
{
    struct pmt_protect p = { .gpfn = 38, .nr = 8, .rights = PMTR_read };
    grant_handle_t handle;

    grant_access(GUEST, 9, DRIVER, 40, false);
    handle = map_for_driver(9, HOLES, false);
    as(GUEST);
    EQUAL(call_protect(&p), PMTST_busy);
    EQUAL(p.done, 2);
    EQUAL(try_access(GUEST, 40, true), 0);
    unmap_for_driver(handle, HOLES);
    handle = map_for_driver(9, HOLES, true);
    as(GUEST);
    p.done = 0;
    EQUAL(call_protect(&p), PMTST_okay);
    unmap_for_driver(handle, HOLES);
    /* Protected, it is granted for reading alone. */
    as(DRIVER);
    {
        struct pmt_map m = { .address = address_of(DRIVER, HOLES), .ref = 9, .domid = ID(GUEST) };

        CHECK(call_map(&m) != PMTST_okay);
    }
    AUDIT();
}

/* A run has to be split for one page of it, which takes memory. */
void test_protect_splits(void)
{
    struct machine_domain how = {
        .id = 9, .hvm = PAGE_SHIFT == 12, .page_shift = PAGE_SHIFT, .pages = 4096,
        .max_pages = 4096, .max_gpfns = 8192, .layout = LAYOUT_RUN,
    };
    struct domain *d = machine_domain(&how);
    struct pmt_exchange x = { .order = 9 };
    struct pmt_protect p = { .gpfn = 2100, .nr = 1, .rights = PMTR_read };

    if ( !CHECK(d) )
        return;
    machine_run_as(machine_vcpu(d, 0));
    for ( x.gpfn = 2048; x.gpfn < 4096; x.gpfn += 512 )
        EQUAL(call_exchange(&x), PMTST_okay);
    /* What it has already needs nothing to be split. */
    p.rights = PMTR_read | PMTR_write;
    machine_plan_reset();
    machine_plan.fail_window_at = 0;
    EQUAL(call_protect(&p), PMTST_okay);
    p = (struct pmt_protect){ .gpfn = 2100, .nr = 1, .rights = PMTR_read };
    EQUAL(call_protect(&p), PMTST_no_memory);
    EQUAL(p.done, 0);
    CHECK(pmt_lookup(&d->hv->pmt, 2100) & PMTE_writable);
    machine_plan_reset();
    EQUAL(call_protect(&p), PMTST_okay);
    CHECK(!(pmt_lookup(&d->hv->pmt, 2100) & PMTE_writable));
    CHECK(pmt_lookup(&d->hv->pmt, 2101) & PMTE_writable);
    AUDIT();
}
