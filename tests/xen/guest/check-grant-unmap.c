/* SPDX-License-Identifier: MIT */
/* unmap_grant_ref and unmap_and_replace, and what a mapping keeps from changing. */
#include "guest.h"

#define OWN_DOMAIN 0
#define REF FIRST_REF
#define BAD_HANDLE 77777

static uint64_t *page, *slot, *other;

static grant_handle_t mapped(uint32_t flags)
{
    struct gnttab_map_grant_ref map = {
        .host_addr = (unsigned long)slot, .flags = flags, .ref = REF, .dom = OWN_DOMAIN,
    };

    grant_give(REF, OWN_DOMAIN, mfn_of(page), GTF_permit_access);
    must_be("map", grant_map(&map), GNTST_okay);
    return map.handle;
}

static long unmap_both(uint64_t host_addr, uint64_t dev_bus_addr, grant_handle_t handle)
{
    struct gnttab_unmap_grant_ref unmap = {
        .host_addr = host_addr, .dev_bus_addr = dev_bus_addr, .handle = handle,
    };

    return status_of(hc_grant_table_unmap_grant_ref(&unmap, 1), unmap);
}

static void handles(void)
{
    grant_handle_t handle = mapped(GNTMAP_host_map);
    unsigned long address = (unsigned long)slot;

    fails(hc_grant_table_unmap_grant_ref, "9.3 handle >= limit", "no such handle",
          grant_unmap(address, BAD_HANDLE), EQ, GNTST_bad_handle);
    fails(hc_grant_table_unmap_grant_ref, "9.3 host_addr wrong", "not where it is mapped",
          grant_unmap((unsigned long)other, handle), EQ, GNTST_general_error);
    shows(hc_grant_table_unmap_grant_ref, "9.3 host_addr wrong", "the mapping stays",
          probe_write(slot, 9), EQ, 0);
    succeeds(hc_grant_table_unmap_grant_ref, "9.3 both addresses 0", "changes nothing",
             grant_unmap(0, handle), EQ, GNTST_okay);
    shows(hc_grant_table_unmap_grant_ref, "9.3 both addresses 0", "the mapping stays",
          probe_write(slot, 9), EQ, 0);
    succeeds(hc_grant_table_unmap_grant_ref, "3.7 unmap", "by its address",
             grant_unmap(address, handle), EQ, GNTST_okay);
    fails(hc_grant_table_unmap_grant_ref, "9.3 double unmap", "a second time",
          grant_unmap(address, handle), EQ, GNTST_bad_handle);
}

static void halves(void)
{
    grant_handle_t handle = mapped(GNTMAP_host_map | GNTMAP_device_map);
    uint64_t machine = mfn_of(page) * PAGE_SIZE;

    fails(hc_grant_table_unmap_grant_ref, "9.3 dev_bus_addr mismatch", "another address",
          unmap_both(0, machine + PAGE_SIZE, handle), EQ, GNTST_bad_dev_addr);
    succeeds(hc_grant_table_unmap_grant_ref, "9.3 only one half", "that of the processor",
             unmap_both((unsigned long)slot, 0, handle), EQ, GNTST_okay);
    shows(hc_grant_table_unmap_grant_ref, "9.3 handle stays valid", "still in use",
          grants[REF].flags, HAS, GTF_reading);
    succeeds(hc_grant_table_unmap_grant_ref, "9.3 only one half", "that of devices",
             unmap_both(0, machine, handle), EQ, GNTST_okay);
    fails(hc_grant_table_unmap_grant_ref, "9.3 never/already unmapped", "neither is left",
          unmap_both(0, machine, handle), EQ, GNTST_bad_handle);
}

/* The page mapped at other moves to where the grant was. */
static void replace(void)
{
    grant_handle_t handle = mapped(GNTMAP_host_map);
    struct gnttab_unmap_and_replace replace = {
        .host_addr = (unsigned long)slot, .new_addr = (unsigned long)other,
        .handle = BAD_HANDLE,
    };

    page[0] = 1;
    other[0] = 0xabc;
    fails(hc_grant_table_unmap_and_replace, "9.3 handle >= limit", "no such handle",
          status_of(hc_grant_table_unmap_and_replace(&replace, 1), replace),
          EQ, GNTST_bad_handle);
    replace.handle = handle;
    replace.new_addr = 0x40000000000;
    fails(hc_grant_table_unmap_and_replace, "3.7 replace", "nothing at new_addr",
          status_of(hc_grant_table_unmap_and_replace(&replace, 1), replace),
          EQ, GNTST_general_error);
    replace.new_addr = (unsigned long)other;
    succeeds(hc_grant_table_unmap_and_replace, "3.7 replace", "with the page at new_addr",
             status_of(hc_grant_table_unmap_and_replace(&replace, 1), replace),
             EQ, GNTST_okay);
    shows(hc_grant_table_unmap_and_replace, "3.7 replace", "it is here", slot[0], EQ, 0xabc);
    shows(hc_grant_table_unmap_and_replace, "3.7 replace", "and no longer there",
          probe_read(other), EQ, 1);
    slot_restore(other);
}

/* Of a grant that is mapped, neither entry nor version can change. */
static void busy(void)
{
    grant_handle_t handle = mapped(GNTMAP_host_map);
    struct gnttab_swap_grant_ref swap = { .ref_a = REF, .ref_b = REF + 1 };
    struct gnttab_set_version set = { .version = 2 };

    fails(hc_grant_table_swap_grant_ref, "9.4 swap pinned", "an entry in use",
          status_of(hc_grant_table_swap_grant_ref(&swap, 1), swap), EQ, GNTST_eagain);
    fails(hc_grant_table_set_version, "9.4 set_version busy", "a grant in use",
          hc_grant_table_set_version(&set, 1), EQ, -XEN_EBUSY);
    shows(hc_grant_table_set_version, "3.7 version written back", "on errors, too",
          set.version, EQ, 1);
    must_be("unmap", grant_unmap((unsigned long)slot, handle), GNTST_okay);
}

void check_grant_unmap(void)
{
    page = page_take();
    slot = page_take();
    other = page_take();
    handles();
    halves();
    replace();
    busy();
    grant_take_back(REF);
    slot_restore(slot);
}
