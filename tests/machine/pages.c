/* SPDX-License-Identifier: MIT */
/* Frames: owners, references, types, charges, where they are. */
#include "test.h"

static uint64_t fresh(struct domain *d)
{
    uint64_t mfn = HV_INVALID_MFN;

    CHECK(!port_page_alloc(d, page_order_of(d), 0, &mfn));
    return mfn;
}

static unsigned int references(uint64_t mfn)
{
    unsigned int nr, writers;

    port_page_counts(mfn, &nr, &writers);
    return nr;
}

static unsigned int writers(uint64_t mfn)
{
    unsigned int nr, all;

    port_page_counts(mfn, &all, &nr);
    return nr;
}

void test_pages_come_and_go(void)
{
    uint64_t mfn = fresh(domu), before = port_free_pages(), charged = domu->tot_pages, *at;

    CHECK(port_mfn_valid(mfn) && port_page_owner(mfn) == domu && references(mfn) == 1);
    CHECK(machine_marked(mfn) && machine_marked(mfn << PAGE_SHIFT) && machine_marked(p2m_entry_make(mfn, 3)));
    CHECK(!machine_marked(0) && !machine_marked(128) && !machine_marked(~0ul));
    at = port_page_address(mfn);
    at[7] = 7;
    CHECK(port_page_free(mfn));
    CHECK(!port_page_owner(mfn) && port_free_pages() == before + 1 && domu->tot_pages == charged - 1);
    CHECK(fresh(domu) == mfn && !at[7]);
    CHECK(port_page_free(mfn));
    CHECK(!port_mfn_valid(port_max_mfn() + 1) && !port_mfn_valid(0) && !port_page_get(port_max_mfn() + 1, NULL));
}

void test_references(void)
{
    uint64_t mfn = fresh(domu);
    unsigned int all, nr;

    CHECK(port_page_get(mfn, domu) && port_page_get(mfn, NULL) && !port_page_get(mfn, dom0));
    CHECK(references(mfn) == 3);
    CHECK(port_page_counts(mfn, &all, &nr) && port_page_free(mfn) && !port_page_free(mfn));
    CHECK(!port_page_counts(mfn, &all, &nr) && port_page_take(mfn, domu, false) == -EBUSY);
    CHECK(port_page_owner(mfn) == domu && references(mfn) == 2);
    port_page_put(mfn);
    CHECK(port_page_owner(mfn) == domu);
    port_page_put(mfn);
    CHECK(!port_page_owner(mfn) && !port_page_get(mfn, NULL));
}

void test_types(void)
{
    uint64_t mfn = fresh(domu);

    CHECK(port_page_get_type(mfn, true) && port_page_get_type(mfn, true) && writers(mfn) == 2);
    CHECK(port_page_get_type(mfn, false) && writers(mfn) == 2);
    CHECK(!machine_make_table(domu, mfn, true));
    port_page_put_type(mfn, true);
    port_page_put_type(mfn, true);
    CHECK(!writers(mfn) && machine_make_table(domu, mfn, true));
    CHECK(!port_page_get_type(mfn, true) && port_page_take(mfn, domu, false) == -EBUSY);
    CHECK(machine_make_table(domu, mfn, false) && port_page_get_type(mfn, true));
    port_page_put_type(mfn, true);
    CHECK(port_page_free(mfn));
}

void test_changing_hands(void)
{
    uint64_t mfn = fresh(domu), other = HV_INVALID_MFN, had = domu->tot_pages, theirs = dom0->tot_pages;

    CHECK(port_page_take(mfn, domu, false) == -EBUSY);      /* without a reference */
    CHECK(port_page_get(mfn, domu) && port_page_get(mfn, domu) && port_page_take(mfn, domu, false) == -EBUSY);
    CHECK(references(mfn) == 3);
    port_page_put(mfn);
    CHECK(port_page_take(mfn, dom0, false) == -EBUSY);
    CHECK(port_page_get_type(mfn, true) && port_page_take(mfn, domu, false) == -EBUSY);
    port_page_put_type(mfn, true);
    CHECK(!port_page_take(mfn, domu, false) && !port_page_owner(mfn) && domu->tot_pages == had - 1);
    CHECK(!port_page_get(mfn, NULL));
    CHECK(!port_page_assign(mfn, dom0, false) && port_page_owner(mfn) == dom0 &&
          dom0->tot_pages == theirs + 1 && references(mfn) == 1);

    /* The charge is kept for what comes instead. */
    CHECK(port_page_get(mfn, dom0) && !port_page_take(mfn, dom0, true) && dom0->tot_pages == theirs + 1);
    CHECK(!port_page_alloc_loose(dom0, page_order_of(dom0), 0, &other) && !port_page_owner(other));
    CHECK(!port_page_assign(other, dom0, true) && dom0->tot_pages == theirs + 1);
    CHECK(port_page_free(mfn) && port_page_free(other) && dom0->tot_pages == theirs);
}

void test_charges(void)
{
    uint64_t mfn[64], one, nr = 0;

    while ( nr < 64 && !port_page_alloc(domu, 0, 0, &mfn[nr]) )
        nr++;
    CHECK(nr == 160 - 128 && domu->tot_pages == 160);
    CHECK(port_page_alloc(domu, 0, 0, &one) == -ENOSPC);
    CHECK(!port_page_alloc_loose(domu, 0, 0, &one) && port_page_assign(one, domu, false) == -ENOSPC);
    CHECK(!port_page_owner(one) && port_page_free(one));
    hv_rule_off = HV_RULE_QUOTA;
    CHECK(!port_page_alloc(domu, 0, 0, &one));
    hv_rule_off = HV_RULE_NONE;
    FINDS("more pages than it may have");
    CHECK(port_page_free(one));
    while ( nr )
        CHECK(port_page_free(mfn[--nr]));
    machine_dying(domu);
    CHECK(port_page_alloc(domu, 0, 0, &one) == -EINVAL);
    machine_kill(domu);
}

void test_addresses(void)
{
    uint64_t low, any, run, at = 0, nr = 0, taken[MACHINE_LOW_FRAMES / 512 + 1];

    CHECK(!port_page_alloc(dom0, 0, MACHINE_LOW_BITS, &low) && low >> (MACHINE_LOW_BITS - PAGE_SHIFT) == 0);
    CHECK(!port_page_alloc(dom0, 0, 0, &any) && any >> (MACHINE_LOW_BITS - PAGE_SHIFT) != 0);
    CHECK(port_page_alloc(dom0, 0, MACHINE_LOW_BITS - 1, &at) == -ENOMEM);
    CHECK(!port_page_alloc_loose(dom0, 5, 0, &run) && !(run & 31));
    for ( at = 0; at < 32; at++ )
        CHECK(port_page_free(run + at));
    while ( nr < sizeof(taken) / sizeof(*taken) && !port_page_alloc_loose(dom0, 9, MACHINE_LOW_BITS, &taken[nr]) )
        nr++;
    CHECK(nr == MACHINE_LOW_FRAMES / 512 - 1);
    while ( nr-- )
        for ( at = 0; at < 512; at++ )
            CHECK(port_page_free(taken[nr] + at));
    CHECK(port_page_free(low) && port_page_free(any));
}

void test_special_pages(void)
{
    uint64_t mfn = 0, one, charged = domu->tot_pages;

    CHECK(!port_page_adopt(domu, &mfn) && port_page_is_special(mfn) && !port_page_is_io(mfn));
    CHECK(port_page_owner(mfn) == domu && domu->tot_pages == charged);
    CHECK(!port_page_get_type(mfn, true) && port_page_take(mfn, domu, false) == -EBUSY);
    CHECK(port_page_get(mfn, domu) && port_page_free(mfn) && port_page_owner(mfn) == domu);
    port_page_put(mfn);
    CHECK(!port_page_owner(mfn));
    CHECK(port_page_first(domu, &one) && !port_page_is_special(one));
    port_page_put(one);
}

void test_device_memory(void)
{
    CHECK(port_mfn_valid(MACHINE_IO_MFN) && port_page_is_io(MACHINE_IO_MFN) && port_page_is_special(MACHINE_IO_MFN));
    CHECK(!port_mfn_valid(MACHINE_IO_MFN + MACHINE_IO_FRAMES) && !port_page_get(MACHINE_IO_MFN, domu));
    CHECK(port_page_take(MACHINE_IO_MFN, domu, false) == -EBUSY && !machine_marked(MACHINE_IO_MFN));
}

static uint64_t neighbours(const struct machine_domain *how)
{
    struct domain *d = machine_domain(how);
    uint64_t gfn, nr = 0;

    CHECK(d != NULL);
    for ( gfn = 33; d && gfn < how->pages; gfn++ )
        nr += p2m_gfn_to_mfn(d, gfn) == p2m_gfn_to_mfn(d, gfn - 1) + (1u << page_order_of(d));
    CHECK(d && !machine_kill(d));
    return nr;
}

void test_layouts(void)
{
    struct machine_domain how = { .id = 5, .pages = 544 };

    CHECK(neighbours(&how) == 511);
    how.layout = LAYOUT_FRAGMENTS;
    CHECK(neighbours(&how) > 128 && neighbours(&how) < 511);
    how.layout = LAYOUT_SCATTERED;
    CHECK(neighbours(&how) < 32);
    how.page_shift = 16;
    how.pages = 64;
    how.layout = LAYOUT_RUN;
    CHECK(neighbours(&how) == 31);
}
