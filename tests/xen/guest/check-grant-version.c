/* SPDX-License-Identifier: MIT */
/* Version 2 of the grant table: entries, status words, and the way back. */
#include "guest.h"

#define OWN_DOMAIN 0
#define REF FIRST_REF

static grant_entry_v2_t *entries;
static volatile grant_status_t *status;
static uint64_t *page, *slot;

static long set_version(uint32_t version)
{
    struct gnttab_set_version set = { .version = version };

    return hc_grant_table_set_version(&set, 1);
}

static void to_version_2(void)
{
    struct gnttab_set_version set = { .version = 3 };
    struct gnttab_get_version get = { .dom = DOMID_SELF };

    fails(hc_grant_table_set_version, "9.4 set_version 3", "no such version",
          hc_grant_table_set_version(&set, 1), EQ, -XEN_EINVAL);
    shows(hc_grant_table_set_version, "9.4 .version = current", "says what it is",
          set.version, EQ, 1);
    succeeds(hc_grant_table_set_version, "9.4 same version", "the one in force",
             set_version(1), EQ, 0);
    succeeds(hc_grant_table_set_version, "3.1 set_version", "2", set_version(2), EQ, 0);
    hc_grant_table_get_version(&get, 1);
    shows(hc_grant_table_get_version, "3.1 get_version", "is 2", get.version, EQ, 2);
}

static long status_frames(domid_t domain, unsigned int frames, uint64_t *list)
{
    struct gnttab_get_status_frames get = { .dom = domain, .nr_frames = frames };

    set_xen_guest_handle(get.frame_list, list);
    return status_of(hc_grant_table_get_status_frames(&get, 1), get);
}

static void get_status_frames(void)
{
    uint64_t frame = 0;
    struct gnttab_get_status_frames two = { .dom = DOMID_SELF };

    succeeds(hc_grant_table_get_status_frames, "3.1 get_status_frames", "the first",
             status_frames(DOMID_SELF, 1, &frame), EQ, GNTST_okay);
    must_be("map status", slot_set((void *)status, pte_make(frame, PTE_RO)), 0);
    fails(hc_grant_table_get_status_frames, "9.1 nr_frames", "more than there are",
          status_frames(DOMID_SELF, 1000, &frame), EQ, GNTST_general_error);
    fails(hc_grant_table_get_status_frames, "9.4 unknown dom", "of no domain",
          status_frames(NO_DOMAIN, 1, &frame), EQ, GNTST_bad_domain);
    fails(hc_grant_table_get_status_frames, "9.4 frame_list fault", "nowhere to write",
          status_frames(DOMID_SELF, 1, NO_ADDRESS), EQ, GNTST_bad_virt_addr);
    fails(hc_grant_table_get_status_frames, "9.1 count", "two at a time",
          hc_grant_table_get_status_frames(&two, 2), EQ, -XEN_EINVAL);
}

static long map(uint32_t flags, grant_handle_t *handle)
{
    struct gnttab_map_grant_ref map = {
        .host_addr = (unsigned long)slot, .flags = flags, .ref = REF, .dom = OWN_DOMAIN,
    };
    long result = grant_map(&map);

    *handle = map.handle;
    return result;
}

static void give_full_page(grant_ref_t ref, unsigned long frame, uint16_t flags)
{
    entries[ref].full_page.frame = frame;
    entries[ref].hdr.domid = OWN_DOMAIN;
    asm volatile("" ::: "memory");
    *(volatile uint16_t *)&entries[ref].hdr.flags = flags;
}

static void full_page(void)
{
    grant_handle_t handle;

    page[0] = 0x4321;
    give_full_page(REF, mfn_of(page), GTF_permit_access);
    succeeds(hc_grant_table_map_grant_ref, "3.4 full_page", "a version 2 entry",
             map(GNTMAP_host_map, &handle), EQ, GNTST_okay);
    shows(hc_grant_table_map_grant_ref, "3.4 full_page", "the content is there",
          slot[0], EQ, 0x4321);
    shows(hc_grant_table_map_grant_ref, "3.4 status array", "reading and writing are here",
          status[REF], EQ, GTF_reading | GTF_writing);
    shows(hc_grant_table_map_grant_ref, "3.4 status array", "and not in flags",
          entries[REF].hdr.flags, EQ, GTF_permit_access);
    must_be("unmap", grant_unmap((unsigned long)slot, handle), GNTST_okay);
    shows(hc_grant_table_unmap_grant_ref, "3.4 status array", "cleared", status[REF], EQ, 0);
    entries[REF].hdr.flags = 0;
}

static void sub_page(void)
{
    grant_handle_t handle;
    struct gnttab_copy copy = {
        .source = { .u.ref = REF, .domid = OWN_DOMAIN, .offset = 64 },
        .dest = { .u.gmfn = mfn_of(slot), .domid = DOMID_SELF },
        .len = 32, .flags = GNTCOPY_source_gref,
    };

    page[8] = 0x8888;
    entries[REF].sub_page.page_off = 64;
    entries[REF].sub_page.length = 32;
    entries[REF].sub_page.frame = mfn_of(page);
    entries[REF].hdr.domid = OWN_DOMAIN;
    entries[REF].hdr.flags = GTF_permit_access | GTF_sub_page;
    slot_restore(slot);
    fails(hc_grant_table_map_grant_ref, "9.2 sub_page", "a part cannot be mapped",
          map(GNTMAP_host_map, &handle), EQ, GNTST_general_error);
    succeeds(hc_grant_table_copy, "3.4 sub_page", "within the part",
             grant_copy(&copy), EQ, GNTST_okay);
    shows(hc_grant_table_copy, "3.4 sub_page", "is copied", slot[0], EQ, 0x8888);
    copy.len = 33;
    fails(hc_grant_table_copy, "9.4 outside sub_page", "one byte too many",
          grant_copy(&copy), EQ, GNTST_general_error);
    entries[REF].hdr.flags = 0;
}

/* A reserved entry that version 1 cannot say holds the table at version 2. */
static void to_version_1(void)
{
    struct gnttab_get_version get = { .dom = DOMID_SELF };

    give_full_page(GNTTAB_NR_RESERVED_ENTRIES - 1, 1UL << 32, GTF_permit_access);
    fails(hc_grant_table_set_version, "3.7 unrepresentable reserved", "a frame of 33 bits",
          set_version(1), EQ, -XEN_ERANGE);
    entries[GNTTAB_NR_RESERVED_ENTRIES - 1].hdr.flags = 0;

    give_full_page(REF, 77, GTF_permit_access);
    must_be("unmap status", slot_set((void *)status, 0), 0);
    succeeds(hc_grant_table_set_version, "3.1 set_version", "back to 1",
             set_version(1), EQ, 0);
    hc_grant_table_get_version(&get, 1);
    shows(hc_grant_table_get_version, "3.1 get_version", "is 1 again", get.version, EQ, 1);
    shows(hc_grant_table_set_version, "3.7 others cleared", "other entries are gone",
          grants[REF * 2].flags, EQ, 0);
}

void check_grant_version(void)
{
    entries = (grant_entry_v2_t *)grants;
    status = page_take();
    page = page_take();
    slot = page_take();
    to_version_2();
    get_status_frames();
    full_page();
    sub_page();
    to_version_1();
    slot_restore((void *)status);
}
