/* SPDX-License-Identifier: MIT */
/* map_grant_ref: dom0 maps pages that it grants to itself. */
#include "guest.h"

#define OWN_DOMAIN 0                    /* A number: DOMID_SELF is not understood. */
#define REF FIRST_REF
#define MAP GNTMAP_host_map

static uint64_t *page, *slot;

static struct gnttab_map_grant_ref element(grant_ref_t ref, uint32_t flags)
{
    return (struct gnttab_map_grant_ref){
        .host_addr = (unsigned long)slot, .flags = flags, .ref = ref, .dom = OWN_DOMAIN,
    };
}

static void read_and_write(void)
{
    struct gnttab_map_grant_ref map = element(REF, MAP), again = map;

    page[0] = 0x1234;
    grant_give(REF, OWN_DOMAIN, mfn_of(page), GTF_permit_access);
    succeeds(hc_grant_table_map_grant_ref, "3.7 map", "by address",
             grant_map(&map), EQ, GNTST_okay);
    shows(hc_grant_table_map_grant_ref, "3.7 dev_bus_addr", "is the machine address",
          map.dev_bus_addr, EQ, mfn_of(page) * PAGE_SIZE);
    shows(hc_grant_table_map_grant_ref, "3.7 map", "the content is there", slot[0], EQ, 0x1234);
    slot[1] = 0x5678;
    shows(hc_grant_table_map_grant_ref, "3.7 map", "and can be written", page[1], EQ, 0x5678);
    shows(hc_grant_table_map_grant_ref, "3.3 GTF", "reading and writing are set",
          grants[REF].flags, EQ, GTF_permit_access | GTF_reading | GTF_writing);

    again.host_addr = 0;
    again.flags = GNTMAP_device_map;
    succeeds(hc_grant_table_map_grant_ref, "9.2 same ref mapped n times", "once more",
             grant_map(&again), EQ, GNTST_okay);
    shows(hc_grant_table_map_grant_ref, "9.2 n distinct handles", "another handle",
          again.handle, NE, map.handle);

    must_be("unmap", grant_unmap(map.host_addr, map.handle), 0);
    shows(hc_grant_table_map_grant_ref, "9.2 GTF bits clear after the last", "not yet",
          grants[REF].flags, HAS, GTF_reading | GTF_writing);
    shows(hc_grant_table_unmap_grant_ref, "3.7 unmap", "the address is unmapped",
          probe_read(slot), EQ, 1);
    {
        struct gnttab_unmap_grant_ref unmap = {
            .dev_bus_addr = again.dev_bus_addr, .handle = again.handle,
        };

        succeeds(hc_grant_table_unmap_grant_ref, "3.7 unmap", "the device half",
                 status_of(hc_grant_table_unmap_grant_ref(&unmap, 1), unmap), EQ, GNTST_okay);
    }
    shows(hc_grant_table_map_grant_ref, "9.2 GTF bits clear after the last", "now",
          grants[REF].flags, EQ, GTF_permit_access);
}

static void read_only(void)
{
    struct gnttab_map_grant_ref map = element(REF, MAP | GNTMAP_readonly);
    struct gnttab_map_grant_ref write = element(REF, MAP);

    grant_give(REF, OWN_DOMAIN, mfn_of(page), GTF_permit_access | GTF_readonly);
    fails(hc_grant_table_map_grant_ref, "9.2 write map of GTF_readonly", "to write",
          grant_map(&write), EQ, GNTST_general_error);
    succeeds(hc_grant_table_map_grant_ref, "9.2 read-only map of it", "to read",
             grant_map(&map), EQ, GNTST_okay);
    shows(hc_grant_table_map_grant_ref, "9.2 GTF_reading", "only reading is set",
          grants[REF].flags, EQ, GTF_permit_access | GTF_readonly | GTF_reading);
    shows(hc_grant_table_map_grant_ref, "9.2 read-only map of it", "it can be read",
          probe_read(slot), EQ, 0);
    shows(hc_grant_table_map_grant_ref, "9.2 read-only map of it", "and not be written",
          probe_write(slot, 1), EQ, 1);
    must_be("unmap", grant_unmap(map.host_addr, map.handle), 0);
    grant_take_back(REF);
}

/* The entry of the page table is named, not the address. */
static void by_entry(void)
{
    struct gnttab_map_grant_ref map = element(REF, MAP | GNTMAP_contains_pte);

    grant_give(REF, OWN_DOMAIN, mfn_of(page), GTF_permit_access);
    map.host_addr = pte_address(slot) + 4;
    fails(hc_grant_table_map_grant_ref, "9.2 misaligned contains_pte", "between two entries",
          grant_map(&map), EQ, GNTST_general_error);
    map.host_addr = pte_address(slot);
    succeeds(hc_grant_table_map_grant_ref, "3.7 contains_pte", "by entry",
             grant_map(&map), EQ, GNTST_okay);
    shows(hc_grant_table_map_grant_ref, "3.7 contains_pte", "the content is there",
          slot[0], EQ, page[0]);
    must_be("unmap", grant_unmap(map.host_addr, map.handle), 0);
    grant_take_back(REF);
}

/* Maps with no address left to map at, and flags that say nothing. */
static void bad_arguments(void)
{
    struct gnttab_map_grant_ref map;

    grant_give(REF, OWN_DOMAIN, mfn_of(page), GTF_permit_access);
    map = element(REF, GNTMAP_readonly);
    fails(hc_grant_table_map_grant_ref, "9.2 neither map flag", "for nobody",
          grant_map(&map), EQ, GNTST_bad_gntref);
    map = element(REF, MAP);
    map.dom = NO_DOMAIN;
    fails(hc_grant_table_map_grant_ref, "9.2 unknown dom", "of no domain",
          grant_map(&map), EQ, GNTST_bad_domain);
    map.dom = DOMID_SELF;
    fails(hc_grant_table_map_grant_ref, "9.2 DOMID_SELF", "is not resolved",
          grant_map(&map), EQ, GNTST_bad_domain);
    map = element(100000, MAP);
    fails(hc_grant_table_map_grant_ref, "9.2 ref >= entries", "beyond the table",
          grant_map(&map), EQ, GNTST_bad_gntref);
    map = element(REF, MAP);
    map.host_addr = 0x40000000000;
    fails(hc_grant_table_map_grant_ref, "9.2 no L1 entry", "where no table is",
          grant_map(&map), EQ, GNTST_general_error);
    shows(hc_grant_table_map_grant_ref, "9.2 failure leaves flags", "as before",
          grants[REF].flags, EQ, GTF_permit_access);
    grant_take_back(REF);
}

static void bad_entries(void)
{
    struct gnttab_map_grant_ref map = element(REF, MAP);

    fails(hc_grant_table_map_grant_ref, "9.2 entry invalid", "an empty entry",
          grant_map(&map), EQ, GNTST_general_error);
    grant_give(REF, NO_DOMAIN, mfn_of(page), GTF_permit_access);
    fails(hc_grant_table_map_grant_ref, "9.2 wrong domid", "for another domain",
          grant_map(&map), EQ, GNTST_general_error);
    grant_give(REF, OWN_DOMAIN, mfn_of(page), GTF_accept_transfer);
    fails(hc_grant_table_map_grant_ref, "9.2 wrong type", "an entry that accepts",
          grant_map(&map), EQ, GNTST_general_error);
    grant_give(REF, OWN_DOMAIN, 0x7ffffff0, GTF_permit_access);
    fails(hc_grant_table_map_grant_ref, "9.2 frame absent", "no such frame",
          grant_map(&map), EQ, GNTST_bad_page);
    grants[REF].flags = 0;
}

/* One bad element does not stop the batch, and is not an error of the call. */
static void batch(void)
{
    struct gnttab_map_grant_ref map[3] = {
        element(REF, GNTMAP_device_map), element(100000, MAP), element(REF, GNTMAP_device_map),
    };
    struct gnttab_unmap_grant_ref unmap[2] = { { 0 } };

    grant_give(REF, OWN_DOMAIN, mfn_of(page), GTF_permit_access);
    succeeds(hc_grant_table_map_grant_ref, "3 return value", "a batch with a bad element",
             hc_grant_table_map_grant_ref(map, 3), EQ, 0);
    shows(hc_grant_table_map_grant_ref, "3 status", "first", map[0].status, EQ, GNTST_okay);
    shows(hc_grant_table_map_grant_ref, "3 status", "bad", map[1].status, EQ, GNTST_bad_gntref);
    shows(hc_grant_table_map_grant_ref, "3 status", "last", map[2].status, EQ, GNTST_okay);

    unmap[0].handle = map[0].handle;
    unmap[1].handle = map[2].handle;
    unmap[0].dev_bus_addr = unmap[1].dev_bus_addr = mfn_of(page) * PAGE_SIZE;
    succeeds(hc_grant_table_unmap_grant_ref, "3 return value", "a batch",
             hc_grant_table_unmap_grant_ref(unmap, 2), EQ, 0);
    shows(hc_grant_table_unmap_grant_ref, "3 status", "last", unmap[1].status, EQ, GNTST_okay);
    grant_take_back(REF);
}

/* Eight bits count the maps of each kind; Xen keeps the highest of them clear. */
static void count_overflow(void)
{
    static grant_handle_t handles[128];
    struct gnttab_map_grant_ref map = element(REF, GNTMAP_device_map | GNTMAP_readonly);
    struct gnttab_unmap_grant_ref unmap;
    unsigned int i, mapped = 0, unmapped = 0;

    grant_give(REF, OWN_DOMAIN, mfn_of(page), GTF_permit_access | GTF_readonly);
    for ( i = 0; i < 128; i++ )
    {
        mapped += !grant_map(&map);
        handles[i] = map.handle;
    }
    shows(hc_grant_table_map_grant_ref, "9.2 pin counter", "maps that fit", mapped, EQ, 128);
    fails(hc_grant_table_map_grant_ref, "9.2 pin counter", "the 129th",
          grant_map(&map), EQ, GNTST_general_error);
    for ( i = 0; i < 128; i++ )
    {
        unmap = (struct gnttab_unmap_grant_ref){
            .dev_bus_addr = mfn_of(page) * PAGE_SIZE, .handle = handles[i],
        };
        unmapped += !status_of(hc_grant_table_unmap_grant_ref(&unmap, 1), unmap);
    }
    shows(hc_grant_table_unmap_grant_ref, "9.2 pin counter", "all go", unmapped, EQ, 128);
    grant_take_back(REF);
}

void check_grant_map(void)
{
    page = page_take();
    slot = page_take();
    read_and_write();
    read_only();
    by_entry();
    bad_arguments();
    bad_entries();
    batch();
    count_overflow();
    slot_restore(slot);
}
