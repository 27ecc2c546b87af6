/* SPDX-License-Identifier: MIT */
/* memory_op from a PVH guest: sizes, pages, maps. The physical map: checks-physmap.c. */
#include "payload.h"

static void sizes(void)
{
    struct xen_memory_domain self = { .domid = DOMID_SELF }, dom0 = { .domid = DOM0 };

    succeeds(hc_memory_maximum_reservation, "4.1 maximum_reservation", HERE "of this domain",
             hc_memory_maximum_reservation(&self), EQ, PVH_MAX_PAGES);
    fails(hc_memory_maximum_reservation, "9.7 denied", HERE "of dom0",
          hc_memory_maximum_reservation(&dom0), EQ, -XEN_EPERM);
    fails(hc_memory_current_reservation, "9.7 denied", HERE "of dom0",
          hc_memory_current_reservation(&dom0), EQ, -XEN_EPERM);
    succeeds(hc_memory_maximum_gpfn, "4.1 maximum_gpfn", HERE "the end of the image",
             hc_memory_maximum_gpfn(&self), EQ, PVH_IMAGE / PAGE_SIZE + PVH_IMAGE_PAGES - 1);
    succeeds(hc_memory_maximum_ram_page, "9.7 never fails", HERE "of the machine",
             hc_memory_maximum_ram_page(), GE, PVH_PAGES);
}

/* The list is not written to: the guest named the frames, and that is all. */
static void come_and_go(void)
{
    xen_pfn_t frame = PVH_SPARE_GFN;
    struct xen_memory_reservation one = { .nr_extents = 1, .domid = DOMID_SELF };
    struct xen_memory_domain self = { .domid = DOMID_SELF };
    long pages = hc_memory_current_reservation(&self);
    volatile uint32_t *there = gfn_at(PVH_SPARE_GFN);

    set_xen_guest_handle(one.extent_start, &frame);
    succeeds(hc_memory_decrease_reservation, "4.4 decrease", HERE "one page",
             hc_memory_decrease_reservation(&one), EQ, 1);
    succeeds(hc_memory_current_reservation, "4.1 current_reservation", HERE "one page less",
             hc_memory_current_reservation(&self), EQ, pages - 1);
    fails(hc_memory_decrease_reservation, "9.6 absent gmfn", HERE "a hole",
          hc_memory_decrease_reservation(&one), EQ, 0);
    succeeds(hc_memory_populate_physmap, "4.4 populate", HERE "the same page",
             hc_memory_populate_physmap(&one), EQ, 1);
    shows(hc_memory_populate_physmap, "9.6 translated", HERE "the list is unchanged",
          frame, EQ, PVH_SPARE_GFN);
    there[0] = 0x77;
    shows(hc_memory_populate_physmap, "4.4 populate", HERE "it is memory", there[0], EQ, 0x77);
    one.domid = NO_DOMAIN;
    fails(hc_memory_populate_physmap, "9.6 domid unknown", HERE "of no domain",
          hc_memory_populate_physmap(&one), EQ, 0);
    fails(hc_memory_increase_reservation, "9.6 domid unknown", HERE "of no domain",
          hc_memory_increase_reservation(&one), EQ, 0);
}

/* A fixed list for all extents must also come through the narrower layout. */
static void lists(void)
{
    xen_pfn_t frames[4];
    struct xen_memory_reservation some = { .nr_extents = 4, .domid = DOMID_SELF };
    unsigned int i;

    for ( i = 0; i < 4; i++ )
        frames[i] = PVH_SPARE_GFN - i % 2 * 4;
    set_xen_guest_handle(some.extent_start, frames);
    fails(hc_memory_decrease_reservation, "9.6 same gmfn twice", HERE "two of four",
          hc_memory_decrease_reservation(&some), EQ, 2);
    some.nr_extents = 2;
    succeeds(hc_memory_populate_physmap, "4.4 populate", HERE "the two again",
             hc_memory_populate_physmap(&some), EQ, 2);
}

static void maps(void)
{
    static char ranges[8 * 20];
    struct xen_memory_map map = { .nr_entries = 8 };
    struct xen_machphys_mapping mapping;
    struct xen_vnuma_topology_info numa = { .domid = DOMID_SELF };
    struct xen_foreign_memory_map set = { .domid = DOM0 };

    set_xen_guest_handle(map.buffer, ranges);
    succeeds(hc_memory_memory_map, "4.4 memory_map", HERE "what dom0 set",
             hc_memory_memory_map(&map), EQ, 0);
    shows(hc_memory_memory_map, "4.4 memory_map", HERE "one range", map.nr_entries, EQ, 1);
    fails(hc_memory_set_memory_map, "9.7 denied", HERE "of dom0",
          hc_memory_set_memory_map(&set), EQ, -XEN_EPERM);
    fails(hc_memory_machine_memory_map, "9.7 HVM", HERE "not for it",
          hc_memory_machine_memory_map(&map), EQ, -XEN_ENOSYS);
    fails(hc_memory_machphys_mapping, "9.7 HVM", HERE "not for it",
          hc_memory_machphys_mapping(&mapping), EQ, -XEN_ENOSYS);
    fails(hc_memory_get_vnumainfo, "4.4 none", HERE "no NUMA is set",
          hc_memory_get_vnumainfo(&numa), EQ, -XEN_EOPNOTSUPP);
}

static void exchange(void)
{
    xen_pfn_t in = PVH_SPARE_GFN, out = PVH_SPARE_GFN;
    struct xen_memory_exchange exchange = {
        .in = { .nr_extents = 1, .domid = DOMID_SELF },
        .out = { .nr_extents = 1, .domid = DOMID_SELF },
    };

    set_xen_guest_handle(exchange.in.extent_start, &in);
    set_xen_guest_handle(exchange.out.extent_start, &out);
    fails(hc_memory_exchange, "9.7 HVM", HERE "not for it",
          hc_memory_exchange(&exchange), EQ, -XEN_EOPNOTSUPP);
}

void NAME(memory, HOW)(void)
{
    sizes();
    come_and_go();
    lists();
    maps();
    exchange();
}
