/* SPDX-License-Identifier: MIT */
/* memory_op: the size of a domain, and pages that come and go. */
#include "guest.h"

#define PAGES 4

static char area[PAGES][PAGE_SIZE] __attribute__((aligned(4096)));

static long pages_of(domid_t domain)
{
    struct xen_memory_domain ask = { .domid = domain };

    return hc_memory_current_reservation(&ask);
}

static struct xen_memory_reservation reservation(xen_pfn_t *list, unsigned long count)
{
    struct xen_memory_reservation some = { .nr_extents = count, .domid = DOMID_SELF };

    set_xen_guest_handle(some.extent_start, list);
    return some;
}

static void sizes(void)
{
    struct xen_memory_domain self = { .domid = DOMID_SELF };
    struct xen_memory_domain unknown = { .domid = NO_DOMAIN };

    succeeds(hc_memory_current_reservation, "4.1 current_reservation", "pages of this domain",
             hc_memory_current_reservation(&self), EQ, start_info->nr_pages);
    fails(hc_memory_current_reservation, "9.7 unknown", "of no domain",
          hc_memory_current_reservation(&unknown), EQ, -XEN_ESRCH);
    fails(hc_memory_current_reservation, "9.7 fault", "nothing to read",
          hc_memory_current_reservation(NO_ADDRESS), EQ, -XEN_EFAULT);

    succeeds(hc_memory_maximum_reservation, "4.1 maximum_reservation", "dom0 has no limit",
             hc_memory_maximum_reservation(&self), EQ, 0xffffffff);
    fails(hc_memory_maximum_reservation, "9.7 unknown", "of no domain",
          hc_memory_maximum_reservation(&unknown), EQ, -XEN_ESRCH);

    shared_info->arch.max_pfn = 123;
    succeeds(hc_memory_maximum_gpfn, "4.1 maximum_gpfn", "the last page told in shared_info",
             hc_memory_maximum_gpfn(&self), EQ, 122);
    fails(hc_memory_maximum_gpfn, "9.7 unknown", "of no domain",
          hc_memory_maximum_gpfn(&unknown), EQ, -XEN_ESRCH);

    succeeds(hc_memory_maximum_ram_page, "9.7 never fails", "more than this domain has",
             hc_memory_maximum_ram_page(), GE, start_info->nr_pages);
    fails(hc_memory_maximum_ram_page, "9.5 start_extent", "a place to resume from",
          hc_memory_op(XENMEM_maximum_ram_page | 1 << 6, NULL), EQ, -XEN_EINVAL);
    fails(hc_memory_op, "9.5 unknown op", "no such op", hc_memory_op(0x3f, NULL),
          EQ, -XEN_ENOSYS);
    succeeds(hc_memory_op, "9.5", "an op by number",
             hc_memory_op(XENMEM_current_reservation, &self), EQ, start_info->nr_pages);
}

/* Pages must be unmapped before they can go. */
static void decrease(xen_pfn_t *frames)
{
    struct xen_memory_reservation some = reservation(frames, PAGES);
    struct xen_memory_reservation unknown = reservation(frames, PAGES);
    long before = pages_of(DOMID_SELF);
    unsigned int i;

    for ( i = 0; i < PAGES; i++ )
    {
        frames[i] = mfn_of(area[i]);
        must_be("unmap", slot_set(area[i], 0), 0);
    }
    unknown.domid = NO_DOMAIN;
    fails(hc_memory_decrease_reservation, "9.6 domid unknown", "of no domain",
          hc_memory_decrease_reservation(&unknown), EQ, 0);
    succeeds(hc_memory_decrease_reservation, "4.4 decrease", "all that was asked",
             hc_memory_decrease_reservation(&some), EQ, PAGES);
    shows(hc_memory_decrease_reservation, "4.4 decrease", "the domain is smaller",
          pages_of(DOMID_SELF), EQ, before - PAGES);
    fails(hc_memory_decrease_reservation, "9.6 same gmfn twice", "none is left",
          hc_memory_decrease_reservation(&some), EQ, 0);
    fails(hc_update_va_mapping, "3.7 a freed frame", "cannot be mapped",
          slot_set(area[0], pte_make(frames[0], PTE_RW)), EQ, -XEN_EBUSY);
    shows(hc_memory_decrease_reservation, "3.7 a hole", "faults", probe_write(area[0], 1), EQ, 1);
}

static void populate_errors(xen_pfn_t *frames)
{
    struct xen_memory_reservation some = reservation(frames, PAGES);

    fails(hc_memory_populate_physmap, "9.6 arg unreadable", "nothing to read",
          hc_memory_populate_physmap(NO_ADDRESS), EQ, 0);
    some.domid = NO_DOMAIN;
    fails(hc_memory_populate_physmap, "9.6 domid unknown", "of no domain",
          hc_memory_populate_physmap(&some), EQ, 0);
    some = reservation(frames, 0);
    succeeds(hc_memory_populate_physmap, "9.6 nr_extents 0", "nothing",
             hc_memory_populate_physmap(&some), EQ, 0);
    some = reservation(frames, PAGES);
    some.extent_order = 19;
    fails(hc_memory_populate_physmap, "9.6 extent_order", "an extent of 2 GiB",
          hc_memory_populate_physmap(&some), EQ, 0);
    some = reservation(frames, 67108864);
    fails(hc_memory_populate_physmap, "9.6 nr_extents > 67108863", "too many to count",
          hc_memory_populate_physmap(&some), EQ, 0);
    some = reservation(frames, PAGES);
    some.mem_flags = XENMEMF_address_bits(12);
    fails(hc_memory_populate_physmap, "9.6 address_bits 1..12", "nothing is that low",
          hc_memory_populate_physmap(&some), EQ, 0);
    some.mem_flags = XENMEMF_populate_on_demand;
    fails(hc_memory_populate_physmap, "9.6 populate_on_demand", "not on oneself",
          hc_memory_populate_physmap(&some), EQ, 0);
    some = reservation(NO_ADDRESS, PAGES);
    fails(hc_memory_populate_physmap, "9.6 bad list page", "no list",
          hc_memory_populate_physmap(&some), EQ, 0);
    some = reservation(frames, PAGES);
    fails(hc_memory_populate_physmap, "9.6 start_extent", "an error after 2 are done",
          hc_memory_op(XENMEM_populate_physmap | PAGES << 6, &some), EQ, PAGES);
}

static void populate(void)
{
    xen_pfn_t frames[PAGES];
    struct xen_memory_reservation some = reservation(frames, PAGES);
    unsigned int i, told = 0;

    for ( i = 0; i < PAGES; i++ )
        frames[i] = pfn_of(area[i]);
    succeeds(hc_memory_populate_physmap, "4.4 populate", "all that was asked",
             hc_memory_populate_physmap(&some), EQ, PAGES);
    for ( i = 0; i < PAGES; i++ )
    {
        told += m2p(frames[i]) == pfn_of(area[i]);
        p2m_set(area[i], frames[i]);
        slot_restore(area[i]);
    }
    shows(hc_memory_populate_physmap, "4.4 populate", "M2P knows the new frames",
          told, EQ, PAGES);
    shows(hc_memory_populate_physmap, "4.4 populate", "a page is there again",
          probe_write(area[0], 1), EQ, 0);
}

/* New frames without a place: map one, use it, give them back. */
static void increase(void)
{
    xen_pfn_t frames[2] = { 0 };
    struct xen_memory_reservation some = reservation(frames, 2);
    uint64_t *slot = page_take();

    succeeds(hc_memory_increase_reservation, "4.4 increase", "two pages more",
             hc_memory_increase_reservation(&some), EQ, 2);
    shows(hc_memory_increase_reservation, "4.4 increase", "a frame that can be mapped",
          slot_set(slot, pte_make(frames[1], PTE_RW)), EQ, 0);
    shows(hc_memory_increase_reservation, "4.4 increase", "and written",
          probe_write(slot, 1), EQ, 0);
    slot_restore(slot);
    must_be("give back", hc_memory_decrease_reservation(&some), 2);

    some.domid = NO_DOMAIN;
    fails(hc_memory_increase_reservation, "9.6 domid unknown", "of no domain",
          hc_memory_increase_reservation(&some), EQ, 0);
    some.domid = DOMID_SELF;
    some.extent_order = 19;
    fails(hc_memory_increase_reservation, "4.4 order limit", "an extent of 2 GiB",
          hc_memory_increase_reservation(&some), EQ, 0);
    some = reservation(frames, 1);
    some.extent_order = 13;
    succeeds(hc_memory_increase_reservation, "4.4 order limit", "dom0 may have 32 MiB at once",
             hc_memory_increase_reservation(&some), EQ, 1);
    must_be("give back", hc_memory_decrease_reservation(&some), 1);
}

void check_reservation(void)
{
    xen_pfn_t frames[PAGES];

    sizes();
    decrease(frames);
    populate_errors(frames);
    populate();
    increase();
}
