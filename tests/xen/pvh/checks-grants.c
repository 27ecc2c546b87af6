/* SPDX-License-Identifier: MIT */
/* grant_table_op from a PVH guest; dom0 has granted two pages. */
#include "payload.h"

static void queries(void)
{
    struct gnttab_query_size query = { .dom = DOMID_SELF };
    struct gnttab_query_size unknown = { .dom = NO_DOMAIN };
    struct gnttab_query_size dom0 = { .dom = DOM0 };
    struct gnttab_get_version version = { .dom = DOMID_SELF };
    struct gnttab_set_version set = { .version = 2 };

    succeeds(hc_grant_table_query_size, "3.2", HERE "of the own table",
             status_of(hc_grant_table_query_size(&query, 1), query), EQ, GNTST_okay);
    shows(hc_grant_table_query_size, "3.2", HERE "frames it may have",
          query.max_nr_frames, EQ, 8);
    fails(hc_grant_table_query_size, "9.4 unknown dom", HERE "of no domain",
          status_of(hc_grant_table_query_size(&unknown, 1), unknown),
          EQ, GNTST_bad_domain);
    fails(hc_grant_table_query_size, "9.4 denied", HERE "of dom0",
          status_of(hc_grant_table_query_size(&dom0, 1), dom0),
          EQ, GNTST_permission_denied);
    succeeds(hc_grant_table_get_version, "3.1 get_version", HERE "of the own table",
             hc_grant_table_get_version(&version, 1), EQ, 0);
    shows(hc_grant_table_get_version, "3.1 get_version", HERE "is 1", version.version, EQ, 1);
    fails(hc_grant_table_set_version, "9.4 limit", HERE "2, where 1 is the most",
          hc_grant_table_set_version(&set, 1), EQ, -XEN_ENOSYS);
    set.version = 1;
    succeeds(hc_grant_table_set_version, "9.4 same version", HERE "the one in force",
             hc_grant_table_set_version(&set, 1), EQ, 0);
}

/* The table is no memory of the guest's own: it must be put somewhere first. */
static grant_entry_v1_t *table(void)
{
    xen_pfn_t frame = 0;
    struct gnttab_setup_table setup = { .dom = DOMID_SELF, .nr_frames = 1 };
    struct xen_add_to_physmap add = {
        .domid = DOMID_SELF, .space = XENMAPSPACE_grant_table, .gpfn = PVH_TABLE_GFN,
    };

    succeeds(hc_memory_add_to_physmap, "4.4 grant_table", HERE "the table, at a frame",
             hc_memory_add_to_physmap(&add), EQ, 0);
    set_xen_guest_handle(setup.frame_list, &frame);
    succeeds(hc_grant_table_setup_table, "3.2", HERE "one frame",
             status_of(hc_grant_table_setup_table(&setup, 1), setup), EQ, GNTST_okay);
    shows(hc_grant_table_setup_table, "5.4 gfns", HERE "is where it was put",
          frame, EQ, PVH_TABLE_GFN);
    setup.nr_frames = 9;
    fails(hc_grant_table_setup_table, "9.4 nr_frames", HERE "more than allowed",
          status_of(hc_grant_table_setup_table(&setup, 1), setup), EQ, GNTST_general_error);
    return gfn_at(PVH_TABLE_GFN);
}

static void swap(grant_entry_v1_t *entries)
{
    struct gnttab_swap_grant_ref swap = { .ref_a = 30, .ref_b = 31 };

    entries[30].frame = 77;
    entries[31].frame = 88;
    succeeds(hc_grant_table_swap_grant_ref, "3.1 swap", HERE "two entries",
             status_of(hc_grant_table_swap_grant_ref(&swap, 1), swap), EQ, GNTST_okay);
    shows(hc_grant_table_swap_grant_ref, "3.1 swap", HERE "have changed places",
          entries[30].frame, EQ, 88);
    swap.ref_a = 100000;
    fails(hc_grant_table_swap_grant_ref, "9.4 swap ref bad", HERE "beyond the table",
          status_of(hc_grant_table_swap_grant_ref(&swap, 1), swap), EQ, GNTST_bad_gntref);
}

static struct gnttab_map_grant_ref of_dom0(grant_ref_t ref, uint32_t flags)
{
    return (struct gnttab_map_grant_ref){
        .host_addr = PVH_MAP_GFN * PAGE_SIZE, .flags = flags, .ref = ref, .dom = DOM0,
    };
}

static long map_one(struct gnttab_map_grant_ref *map)
{
    return status_of(hc_grant_table_map_grant_ref(map, 1), *map);
}

static void map(void)
{
    volatile uint32_t *there = gfn_at(PVH_MAP_GFN);
    struct gnttab_map_grant_ref map = of_dom0(PVH_WRITE_REF, GNTMAP_host_map);
    struct gnttab_unmap_grant_ref unmap = { .host_addr = PVH_SPARE_GFN * PAGE_SIZE };

    succeeds(hc_grant_table_map_grant_ref, "3.7 map, x86 HVM", HERE "a page of dom0",
             map_one(&map), EQ, GNTST_okay);
    shows(hc_grant_table_map_grant_ref, "3.7 map, x86 HVM", HERE "its word is there",
          there[0], EQ, PVH_DOM0_WORD);
    there[1] = PVH_OWN_WORD;
    unmap.handle = map.handle;
    fails(hc_grant_table_unmap_grant_ref, "9.3 host_addr wrong", HERE "not where it is",
          status_of(hc_grant_table_unmap_grant_ref(&unmap, 1), unmap),
          EQ, GNTST_general_error);
    unmap.host_addr = map.host_addr;
    succeeds(hc_grant_table_unmap_grant_ref, "3.7 unmap", HERE "where it is",
             status_of(hc_grant_table_unmap_grant_ref(&unmap, 1), unmap), EQ, GNTST_okay);
    fails(hc_grant_table_unmap_grant_ref, "9.3 double unmap", HERE "a second time",
          status_of(hc_grant_table_unmap_grant_ref(&unmap, 1), unmap), EQ, GNTST_bad_handle);
}

static void map_refused(void)
{
    struct gnttab_map_grant_ref map = of_dom0(PVH_READ_REF, GNTMAP_host_map);

    fails(hc_grant_table_map_grant_ref, "9.2 write map of GTF_readonly", HERE "of dom0",
          map_one(&map), EQ, GNTST_general_error);
    map = of_dom0(PVH_WRITE_REF, GNTMAP_host_map | GNTMAP_device_map);
    fails(hc_grant_table_map_grant_ref, "9.2 HVM + device_map", HERE "for devices",
          map_one(&map), EQ, GNTST_general_error);
    map = of_dom0(PVH_WRITE_REF, GNTMAP_host_map | GNTMAP_contains_pte);
    fails(hc_grant_table_map_grant_ref, "9.2 HVM + contains_pte", HERE "by entry",
          map_one(&map), EQ, GNTST_general_error);
    map = of_dom0(100000, GNTMAP_host_map);
    fails(hc_grant_table_map_grant_ref, "9.2 ref >= entries", HERE "beyond the table",
          map_one(&map), EQ, GNTST_bad_gntref);
}

static void copy(void)
{
    volatile uint32_t *there = gfn_at(PVH_COPY_GFN);
    struct gnttab_copy copy = {
        .source = { .u.ref = PVH_READ_REF, .domid = DOM0 },
        .dest = { .u.gmfn = PVH_COPY_GFN, .domid = DOMID_SELF },
        .len = 4, .flags = GNTCOPY_source_gref,
    };

    there[0] = 0;
    succeeds(hc_grant_table_copy, "3.1 copy", HERE "from dom0",
             status_of(hc_grant_table_copy(&copy, 1), copy), EQ, GNTST_okay);
    shows(hc_grant_table_copy, "3.1 copy", HERE "its word is here",
          there[0], EQ, PVH_DOM0_WORD);
    copy.dest.domid = DOM0;
    fails(hc_grant_table_copy, "9.4 gmfn with domid != SELF", HERE "to a frame of dom0",
          status_of(hc_grant_table_copy(&copy, 1), copy), EQ, GNTST_permission_denied);
}

/* Of these, a guest whose physical map is Xen's has no use. */
static void pv_only(void)
{
    struct gnttab_transfer transfer = { .mfn = PVH_SPARE_GFN };
    struct gnttab_unmap_and_replace replace = { .handle = 0 };
    struct gnttab_get_status_frames frames = { .dom = DOMID_SELF };
    struct gnttab_dump_table dump = { .dom = DOMID_SELF };
    struct gnttab_cache_flush flush = { .length = 0 };
    struct gnttab_query_size query = { .dom = DOMID_SELF };

    fails(hc_grant_table_transfer, "9.1 HVM", HERE "not for it",
          hc_grant_table_transfer(&transfer, 1), EQ, -XEN_ENOSYS);
    fails(hc_grant_table_unmap_and_replace, "9.1 HVM", HERE "not for it",
          hc_grant_table_unmap_and_replace(&replace, 1), EQ, -XEN_ENOSYS);
    fails(hc_grant_table_get_status_frames, "9.1 HVM", HERE "not for it",
          hc_grant_table_get_status_frames(&frames, 1), EQ, -XEN_ENOSYS);
    fails(hc_grant_table_dump_table, "9.1 HVM", HERE "not for it",
          hc_grant_table_dump_table(&dump, 1), EQ, -XEN_ENOSYS);
    fails(hc_grant_table_cache_flush, "9.1 HVM", HERE "not for it",
          hc_grant_table_cache_flush(&flush, 1), EQ, -XEN_ENOSYS);
    fails(hc_grant_table_op, "9.1 cmd bits 31..12", HERE "a place to resume from",
          hc_grant_table_op(GNTTABOP_query_size | 1 << 12, &query, 1), EQ, -XEN_ENOSYS);
}

void NAME(grants, HOW)(void)
{
    grant_entry_v1_t *entries;

    queries();
    entries = table();
    swap(entries);
    map();
    map_refused();
    copy();
    pv_only();
}
