/* SPDX-License-Identifier: MIT */
/* What dom0 does with the pages of another domain: by grant, and by right. */
#include "paused.h"

#define READ_ONLY FIRST_REF
#define WRITABLE (FIRST_REF + 1)
#define TRANSITIVE FIRST_REF            /* In dom0's own table. */

static uint64_t *slot, *page;

/* What lies at the start of a page of the domain. */
static uint64_t peek(struct paused *paused, unsigned int index, unsigned int word)
{
    uint64_t *window = window_open(paused->domain, paused->frames[index]);
    uint64_t value = window[word];

    window_close(window);
    return value;
}

static void poke(struct paused *paused, unsigned int index, uint64_t value)
{
    uint64_t *window = window_open(paused->domain, paused->frames[index]);

    window[0] = value;
    window_close(window);
}

static void map(struct paused *paused)
{
    struct gnttab_map_grant_ref map = {
        .host_addr = (unsigned long)slot, .flags = GNTMAP_host_map, .ref = READ_ONLY,
        .dom = paused->domain,
    };

    poke(paused, 0, 0xfeed);
    fails(hc_grant_table_map_grant_ref, "9.2 write map of GTF_readonly", "of another domain",
          grant_map(&map), EQ, GNTST_general_error);
    map.flags |= GNTMAP_readonly;
    succeeds(hc_grant_table_map_grant_ref, "9.2 read-only map of it", "of another domain",
             grant_map(&map), EQ, GNTST_okay);
    shows(hc_grant_table_map_grant_ref, "3.7 map", "its content is there", slot[0], EQ, 0xfeed);
    shows(hc_grant_table_map_grant_ref, "9.2 read-only map of it", "and cannot be written",
          probe_write(slot, 1), EQ, 1);
    shows(hc_grant_table_map_grant_ref, "9.2 GTF_reading", "its entry says so",
          paused->grants[READ_ONLY].flags, EQ,
          GTF_permit_access | GTF_readonly | GTF_reading);
    succeeds(hc_grant_table_unmap_grant_ref, "3.7 unmap", "of another domain",
             grant_unmap(map.host_addr, map.handle), EQ, GNTST_okay);
    shows(hc_grant_table_unmap_grant_ref, "9.2 GTF bits clear", "its entry is free",
          paused->grants[READ_ONLY].flags, EQ, GTF_permit_access | GTF_readonly);
    slot_restore(slot);
}

static void copy(struct paused *paused)
{
    struct gnttab_copy from = {
        .source = { .u.ref = READ_ONLY, .domid = paused->domain },
        .dest = { .u.gmfn = mfn_of(page), .domid = DOMID_SELF },
        .len = 8, .flags = GNTCOPY_source_gref,
    };
    struct gnttab_copy to = {
        .source = { .u.gmfn = mfn_of(page), .domid = DOMID_SELF },
        .dest = { .u.ref = WRITABLE, .domid = paused->domain, .offset = 8 },
        .len = 8, .flags = GNTCOPY_dest_gref,
    };

    page[0] = 0;
    succeeds(hc_grant_table_copy, "3.1 copy", "from another domain",
             grant_copy(&from), EQ, GNTST_okay);
    shows(hc_grant_table_copy, "3.1 copy", "its content is here", page[0], EQ, 0xfeed);
    page[0] = 0xbeef;
    succeeds(hc_grant_table_copy, "3.1 copy", "to another domain",
             grant_copy(&to), EQ, GNTST_okay);
    shows(hc_grant_table_copy, "3.1 copy", "the content is there",
          peek(paused, 1, 1), EQ, 0xbeef);
    to.dest.u.ref = READ_ONLY;
    fails(hc_grant_table_copy, "9.4 read-only dest", "into what may be read",
          grant_copy(&to), EQ, GNTST_general_error);
}

/* An entry of version 2 that stands for an entry of another domain. */
static void transitive(struct paused *paused)
{
    grant_entry_v2_t *entries = (grant_entry_v2_t *)grants;
    struct gnttab_set_version set = { .version = 2 };
    struct gnttab_copy copy = {
        .source = { .u.ref = TRANSITIVE, .domid = DOMID_SELF },
        .dest = { .u.gmfn = mfn_of(page), .domid = DOMID_SELF },
        .len = 8, .flags = GNTCOPY_source_gref,
    };

    must_be("version 2", hc_grant_table_set_version(&set, 1), 0);
    entries[TRANSITIVE].transitive.trans_domid = paused->domain;
    entries[TRANSITIVE].transitive.gref = READ_ONLY;
    entries[TRANSITIVE].hdr.domid = 0;
    entries[TRANSITIVE].hdr.flags = GTF_transitive;
    page[0] = 0;
    succeeds(hc_grant_table_copy, "3.4 transitive", "through an own entry",
             grant_copy(&copy), EQ, GNTST_okay);
    shows(hc_grant_table_copy, "3.4 transitive", "another domain's content",
          page[0], EQ, 0xfeed);
    entries[TRANSITIVE].transitive.gref = WRITABLE + 1;
    fails(hc_grant_table_copy, "3.4 transitive", "to an empty entry",
          grant_copy(&copy), EQ, GNTST_general_error);
    set.version = 1;
    must_be("version 1", hc_grant_table_set_version(&set, 1), 0);
}

void check_foreign_grants(struct paused *paused)
{
    slot = page_take();
    page = page_take();
    paused_grant(paused, READ_ONLY, paused->frames[0], GTF_permit_access | GTF_readonly);
    paused_grant(paused, WRITABLE, paused->frames[1], GTF_permit_access);
    map(paused);
    copy(paused);
    transitive(paused);
    paused_grant(paused, READ_ONLY, 0, GTF_invalid);
    paused_grant(paused, WRITABLE, 0, GTF_invalid);
}

/* dom0 needs no grant; it says whose frame it is. */
static void by_right(struct paused *paused)
{
    uint64_t pte = pte_make(paused->frames[2], PTE_RW);
    mmu_update_t request = { .ptr = pte_address(slot), .val = pte };

    succeeds(hc_update_va_mapping_otherdomain, "5.3 otherdomain", "a frame of its own",
             slot_set_foreign(slot, pte, paused->domain), EQ, 0);
    shows(hc_update_va_mapping_otherdomain, "5.3 otherdomain", "can be written",
          probe_write(slot, 0x5151), EQ, 0);
    shows(hc_update_va_mapping_otherdomain, "5.3 otherdomain", "and is what it has",
          peek(paused, 2, 0), EQ, 0x5151);
    succeeds(hc_update_va_mapping, "5.3 mod_l1_entry", "the mapping that is there already",
             slot_set(slot, pte), EQ, 0);
    fails(hc_update_va_mapping_otherdomain, "5.3 mod_l1_entry", "a frame of dom0",
          slot_set_foreign(slot, pte_make(mfn_of(page), PTE_RW), paused->domain),
          EQ, -XEN_EBUSY);
    must_be("unmap", slot_set(slot, 0), 0);
    fails(hc_update_va_mapping, "5.3 mod_l1_entry", "without saying whose it is",
          slot_set(slot, pte), EQ, -XEN_EBUSY);

    must_be("unmap", slot_set(slot, 0), 0);
    succeeds(hc_mmu_update, "5.3 foreigndom", "a frame of its own",
             hc_mmu_update(&request, 1, NULL, paused->domain), EQ, 0);
    shows(hc_mmu_update, "5.3 foreigndom", "is there", slot[0], EQ, 0x5151);
    must_be("unmap", slot_set(slot, 0), 0);
    fails(hc_mmu_update, "5.3 foreigndom", "without saying whose it is",
          hc_mmu_update(&request, 1, NULL, DOMID_SELF), EQ, -XEN_EBUSY);
    slot_restore(slot);
}

static void machphys(struct paused *paused)
{
    unsigned long mfn = paused->frames[3];
    mmu_update_t request = { .ptr = mfn * PAGE_SIZE | MMU_MACHPHYS_UPDATE, .val = 9 };

    succeeds(MMU_MACHPHYS_UPDATE, "5.3 MACHPHYS", "of a frame of its own",
             hc_mmu_update(&request, 1, NULL, paused->domain), EQ, 0);
    shows(MMU_MACHPHYS_UPDATE, "5.3 MACHPHYS", "can be read", m2p(mfn), EQ, 9);
    fails(MMU_MACHPHYS_UPDATE, "9.8 unowned mfn", "without saying whose it is",
          hc_mmu_update(&request, 1, NULL, DOMID_SELF), EQ, -XEN_EINVAL);
    fails(MMU_MACHPHYS_UPDATE, "9.8 foreign PT owner", "with its page tables",
          hc_mmu_update(&request, 1, NULL, paused->domain | (paused->domain + 1u) << 16),
          EQ, -XEN_EPERM);
}

static void ext(struct paused *paused)
{
    mmuext_op_t op = { .cmd = MMUEXT_CLEAR_PAGE, .arg1.mfn = paused->frames[2] };

    succeeds(MMUEXT_CLEAR_PAGE, "5.3 CLEAR_PAGE", "of another domain",
             hc_mmuext_op(&op, 1, NULL, paused->domain), EQ, 0);
    shows(MMUEXT_CLEAR_PAGE, "5.3 CLEAR_PAGE", "is clear", peek(paused, 2, 0), EQ, 0);
    fails(MMUEXT_CLEAR_PAGE, "5.3 CLEAR_PAGE", "without saying whose it is",
          hc_mmuext_op(&op, 1, NULL, DOMID_SELF), EQ, -XEN_EINVAL);
    op.cmd = MMUEXT_NEW_BASEPTR;
    fails(MMUEXT_NEW_BASEPTR, "5.3 NEW_BASEPTR", "of another domain",
          hc_mmuext_op(&op, 1, NULL, paused->domain), EQ, -XEN_EPERM);
    op.cmd = MMUEXT_NEW_USER_BASEPTR;
    fails(MMUEXT_NEW_USER_BASEPTR, "5.3 NEW_USER_BASEPTR", "of another domain",
          hc_mmuext_op(&op, 1, NULL, paused->domain), EQ, -XEN_EPERM);
    op.cmd = MMUEXT_SET_LDT;
    fails(MMUEXT_SET_LDT, "5.3 SET_LDT", "of another domain",
          hc_mmuext_op(&op, 1, NULL, paused->domain), EQ, -XEN_EPERM);
}

void check_foreign_pages(struct paused *paused)
{
    by_right(paused);
    machphys(paused);
    ext(paused);
}
