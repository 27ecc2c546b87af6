/* SPDX-License-Identifier: MIT */
/* memory_op: the machine to physical table, and the maps of memory. */
#include "guest.h"

/* As the BIOS call returns it. */
struct range
{
    uint64_t start, size;
    uint32_t type;
} __attribute__((packed));

#define RANGES 64
static struct range ranges[RANGES];

static void machphys(void)
{
    xen_pfn_t frames[4] = { 0 };
    struct xen_machphys_mfn_list list = { .max_extents = 4 };
    struct xen_machphys_mapping mapping;

    succeeds(hc_memory_machphys_mapping, "5.1 M2P", "where it is",
             hc_memory_machphys_mapping(&mapping), EQ, 0);
    shows(hc_memory_machphys_mapping, "5.1 M2P", "the address for 64 bits",
          mapping.v_start, EQ, 0xffff800000000000);
    shows(hc_memory_machphys_mapping, "5.1 M2P", "the last frame of the machine",
          mapping.max_mfn, EQ, hc_memory_maximum_ram_page() - 1);
    fails(hc_memory_machphys_mapping, "9.7 fault", "nowhere to write",
          hc_memory_machphys_mapping(NO_ADDRESS), EQ, -XEN_EFAULT);

    set_xen_guest_handle(list.extent_start, frames);
    succeeds(hc_memory_machphys_mfn_list, "5.1 M2P", "its frames",
             hc_memory_machphys_mfn_list(&list), EQ, 0);
    shows(hc_memory_machphys_mfn_list, "5.1 2 MiB chunks", "one is enough for 512 MiB",
          list.nr_extents, EQ, 1);
    shows(hc_memory_machphys_mfn_list, "5.1 2 MiB chunks", "it is told", frames[0], NE, 0);
    set_xen_guest_handle(list.extent_start, NO_ADDRESS);
    fails(hc_memory_machphys_mfn_list, "9.7 fault", "nowhere to write",
          hc_memory_machphys_mfn_list(&list), EQ, -XEN_EFAULT);
    fails(hc_memory_machphys_compat_mfn_list, "4.1 needs pv32", "there is no 32-bit table",
          hc_memory_machphys_compat_mfn_list(&list), EQ, -XEN_EOPNOTSUPP);
}

static void machine_memory_map(void)
{
    struct xen_memory_map map = { .nr_entries = RANGES };

    set_xen_guest_handle(map.buffer, ranges);
    succeeds(hc_memory_machine_memory_map, "4.4 machine_memory_map", "all ranges",
             hc_memory_machine_memory_map(&map), EQ, 0);
    shows(hc_memory_machine_memory_map, "4.4 machine_memory_map", "the first starts at 0",
          map.nr_entries && ranges[0].start == 0 && ranges[0].type == 1, EQ, 1);
    map.nr_entries = 1;
    fails(hc_memory_machine_memory_map, "4.4 too small", "room for one",
          hc_memory_machine_memory_map(&map), EQ, -XEN_EINVAL);
    set_xen_guest_handle(map.buffer, NULL);
    succeeds(hc_memory_machine_memory_map, "4.4 buffer NULL", "only how many",
             hc_memory_machine_memory_map(&map), EQ, 0);
    shows(hc_memory_machine_memory_map, "4.4 buffer NULL", "more than one",
          map.nr_entries, GE, 2);
}

/* What was set comes back; before that there is nothing. */
static void memory_map(void)
{
    struct xen_memory_map map = { .nr_entries = RANGES };
    struct xen_foreign_memory_map set = { .domid = DOMID_SELF, .map.nr_entries = 1 };

    set_xen_guest_handle(map.buffer, ranges);
    fails(hc_memory_memory_map, "9.7 memory_map unset", "none was set",
          hc_memory_memory_map(&map), EQ, -XEN_ENOSYS);

    ranges[0] = (struct range){ .start = 0, .size = 0x123000, .type = 1 };
    set_xen_guest_handle(set.map.buffer, ranges);
    succeeds(hc_memory_set_memory_map, "4.4 set_memory_map", "one range",
             hc_memory_set_memory_map(&set), EQ, 0);
    ranges[0].size = 0;
    succeeds(hc_memory_memory_map, "4.4 memory_map", "it comes back",
             hc_memory_memory_map(&map), EQ, 0);
    shows(hc_memory_memory_map, "4.4 memory_map", "as it was set",
          map.nr_entries == 1 && ranges[0].size == 0x123000, EQ, 1);

    set.domid = NO_DOMAIN;
    fails(hc_memory_set_memory_map, "9.7 unknown", "of no domain",
          hc_memory_set_memory_map(&set), EQ, -XEN_ESRCH);
    set.map.nr_entries = 100000;
    fails(hc_memory_set_memory_map, "4.4 nr_entries > E820MAX", "too many",
          hc_memory_set_memory_map(&set), EQ, -XEN_EINVAL);
}

void check_machine(void)
{
    machphys();
    machine_memory_map();
    memory_map();
}
