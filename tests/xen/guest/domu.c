/* SPDX-License-Identifier: MIT */
/*
 * The PV domain that dom0 runs: what a domain without privilege gets, and what
 * it is refused. dom0 collects the results; see check-running.c.
 */
#include "domu.h"

#include <xen/sched.h>

#define DOM0 0

static struct meeting *meeting;
static uint64_t *page, *slot;

static long map_from_dom0(grant_ref_t ref, uint32_t flags, void *at, grant_handle_t *handle)
{
    struct gnttab_map_grant_ref map = {
        .host_addr = (unsigned long)at, .flags = flags, .ref = ref, .dom = DOM0,
    };
    long status = grant_map(&map);

    *handle = map.handle;
    return status;
}

static void meet(void)
{
    grant_handle_t handle;

    meeting = page_take();
    succeeds(hc_grant_table_map_grant_ref, "3.7 map", "a page of dom0, in another domain",
             map_from_dom0(MEETING_REF, GNTMAP_host_map, meeting, &handle), EQ, GNTST_okay);
    shows(hc_grant_table_map_grant_ref, "3.7 map", "dom0's word is there",
          meeting->magic, EQ, MEETING_MAGIC);
}

static void grants_of_dom0(void)
{
    struct gnttab_query_size query = { .dom = DOM0 };
    struct gnttab_setup_table setup = { .dom = DOM0 };
    struct gnttab_get_version version = { .dom = DOM0 };
    struct gnttab_set_version set = { .version = 2 };
    struct gnttab_get_status_frames frames = { .dom = DOM0 };
    grant_handle_t handle;

    fails(hc_grant_table_query_size, "9.4 denied", "of dom0",
          status_of(hc_grant_table_query_size(&query, 1), query),
          EQ, GNTST_permission_denied);
    fails(hc_grant_table_setup_table, "9.4 denied", "of dom0",
          status_of(hc_grant_table_setup_table(&setup, 1), setup),
          EQ, GNTST_permission_denied);
    fails(hc_grant_table_get_version, "9.4 denied", "of dom0",
          hc_grant_table_get_version(&version, 1), EQ, -XEN_EPERM);
    fails(hc_grant_table_get_status_frames, "3.6 TARGET", "of dom0",
          status_of(hc_grant_table_get_status_frames(&frames, 1), frames),
          EQ, GNTST_permission_denied);
    fails(hc_grant_table_set_version, "9.4 limit", "2, where 1 is the most",
          hc_grant_table_set_version(&set, 1), EQ, -XEN_ENOSYS);
    fails(hc_grant_table_map_grant_ref, "9.2 write map of GTF_readonly", "of dom0",
          map_from_dom0(READ_REF, GNTMAP_host_map, slot, &handle), EQ, GNTST_general_error);
    succeeds(hc_grant_table_map_grant_ref, "9.2 read-only map of it", "of dom0",
             map_from_dom0(READ_REF, GNTMAP_host_map | GNTMAP_readonly, slot, &handle),
             EQ, GNTST_okay);
    shows(hc_grant_table_map_grant_ref, "3.7 map", "dom0's word is there",
          slot[0], EQ, DOM0_MAGIC);
    must_be("unmap", grant_unmap((unsigned long)slot, handle), GNTST_okay);
    slot_restore(slot);
}

/* As many maps as its one frame of tracking entries has room for. */
static void no_space(void)
{
    static grant_handle_t handles[512];
    const uint32_t flags = GNTMAP_device_map | GNTMAP_readonly;
    struct gnttab_unmap_grant_ref unmap;
    unsigned int i, count = 0;
    long status = GNTST_okay;
    struct gnttab_map_grant_ref map = { .flags = flags, .dom = DOM0 };

    while ( count < 512 && status == GNTST_okay )
    {
        map.ref = count < 128 ? READ_REF : READ_REF_2;
        status = grant_map(&map);
        handles[count] = map.handle;
        count += status == GNTST_okay;
    }
    fails(hc_grant_table_map_grant_ref, "9.2 no maptrack entry", "one too many",
          status, EQ, GNTST_no_space);
    for ( i = 0; i < count; i++ )
    {
        unmap = (struct gnttab_unmap_grant_ref){
            .dev_bus_addr = map.dev_bus_addr, .handle = handles[i],
        };
        hc_grant_table_unmap_grant_ref(&unmap, 1);
    }
    fails(hc_grant_table_unmap_grant_ref, "9.3 already unmapped", "the last of many",
          status_of(hc_grant_table_unmap_grant_ref(&unmap, 1), unmap), EQ, GNTST_bad_handle);
}

static void transfer(void)
{
    uint64_t *gift = page_take();
    struct gnttab_transfer transfer = {
        .mfn = mfn_of(gift), .domid = DOM0, .ref = ACCEPT_REF,
    };

    gift[0] = DOMU_MAGIC;
    must_be("unmap", slot_set(gift, 0), 0);
    succeeds(hc_grant_table_transfer, "3.7 transfer", "a page to dom0",
             status_of(hc_grant_table_transfer(&transfer, 1), transfer), EQ, GNTST_okay);
}

static void memory(void)
{
    struct xen_memory_domain self = { .domid = DOMID_SELF }, dom0 = { .domid = DOM0 };
    struct xen_memory_reservation some = { .nr_extents = 1, .domid = DOM0 };
    struct xen_memory_map map = { .nr_entries = 4 };
    struct xen_foreign_memory_map set = { .domid = DOM0 };
    static char ranges[4 * 20];

    succeeds(hc_memory_maximum_reservation, "4.1 maximum_reservation", "of this domain",
             hc_memory_maximum_reservation(&self), EQ, DOMU_PAGES + DOMU_SPARE);
    fails(hc_memory_current_reservation, "9.7 denied", "of dom0",
          hc_memory_current_reservation(&dom0), EQ, -XEN_EPERM);
    fails(hc_memory_maximum_reservation, "9.7 denied", "of dom0",
          hc_memory_maximum_reservation(&dom0), EQ, -XEN_EPERM);
    fails(hc_memory_maximum_gpfn, "9.7 denied", "of dom0",
          hc_memory_maximum_gpfn(&dom0), EQ, -XEN_EPERM);
    fails(hc_memory_increase_reservation, "9.6 denied", "for dom0",
          hc_memory_increase_reservation(&some), EQ, 0);
    fails(hc_memory_decrease_reservation, "9.6 denied", "of dom0",
          hc_memory_decrease_reservation(&some), EQ, 0);
    fails(hc_memory_populate_physmap, "9.6 denied", "for dom0",
          hc_memory_populate_physmap(&some), EQ, 0);
    some.domid = DOMID_SELF;
    some.extent_order = 10;
    fails(hc_memory_increase_reservation, "4.4 domU 9", "an extent of 4 MiB",
          hc_memory_increase_reservation(&some), EQ, 0);
    some.extent_order = 0;
    some.nr_extents = DOMU_SPARE + 5;
    fails(hc_memory_increase_reservation, "9.6 out of memory at i", "more than it may have",
          hc_memory_increase_reservation(&some), EQ, DOMU_SPARE + 1);

    set_xen_guest_handle(map.buffer, ranges);
    succeeds(hc_memory_memory_map, "4.4 memory_map", "what dom0 set",
             hc_memory_memory_map(&map), EQ, 0);
    shows(hc_memory_memory_map, "4.4 memory_map", "one range", map.nr_entries, EQ, 1);
    fails(hc_memory_set_memory_map, "9.7 denied", "of dom0",
          hc_memory_set_memory_map(&set), EQ, -XEN_EPERM);
    fails(hc_memory_machine_memory_map, "9.7 denied", "of the machine",
          hc_memory_machine_memory_map(&map), EQ, -XEN_EPERM);
}

static void toolstack(void)
{
    xen_pfn_t frame = 0;
    struct xen_memory_reservation claim = { .nr_extents = 1, .domid = DOM0 };
    struct xen_mem_acquire_resource resource = {
        .type = XENMEM_resource_grant_table, .nr_frames = 1,
    };
    struct xen_vnuma_topology_info numa = { .domid = DOM0 };
    struct xen_memory_exchange exchange = {
        .in = { .nr_extents = 1, .domid = DOM0 }, .out = { .nr_extents = 1, .domid = DOM0 },
    };

    set_xen_guest_handle(resource.frame_list, &frame);
    set_xen_guest_handle(exchange.in.extent_start, &frame);
    set_xen_guest_handle(exchange.out.extent_start, &frame);
    fails(hc_memory_claim_pages, "4.1 PRIV", "for dom0",
          hc_memory_claim_pages(&claim), EQ, -XEN_EPERM);
    fails(hc_memory_acquire_resource, "4.1 DM_PRIV", "of dom0",
          hc_memory_acquire_resource(&resource), EQ, -XEN_EPERM);
    fails(hc_memory_get_vnumainfo, "4.1 TARGET", "of dom0",
          hc_memory_get_vnumainfo(&numa), EQ, -XEN_EPERM);
    fails(hc_memory_exchange, "9.7 denied", "of dom0",
          hc_memory_exchange(&exchange), EQ, -XEN_EPERM);
}

static void page_tables(void)
{
    mmuext_op_t op = { .cmd = MMUEXT_FLUSH_CACHE };
    mmu_update_t request = { .ptr = pte_address(slot), .val = pte_make(1, PTE_RW) };

    succeeds(hc_update_va_mapping, "5.3", "a second mapping, in another domain",
             slot_set(slot, pte_make(mfn_of(page), PTE_RW)), EQ, 0);
    fails(hc_update_va_mapping_otherdomain, "5.3 TARGET", "a frame of dom0",
          slot_set_foreign(slot, pte_make(1, PTE_RW), DOM0), EQ, -XEN_EPERM);
    fails(hc_mmu_update, "5.3 TARGET", "a frame of dom0",
          hc_mmu_update(&request, 1, NULL, DOM0), EQ, -XEN_EPERM);
    fails(hc_mmuext_op, "5.3 TARGET", "on dom0",
          hc_mmuext_op(&op, 1, NULL, DOM0), EQ, -XEN_EPERM);
    fails(MMUEXT_FLUSH_CACHE, "5.3", "without a device",
          hc_mmuext_op(&op, 1, NULL, DOMID_SELF), EQ, -XEN_EACCES);
    op.cmd = MMUEXT_FLUSH_CACHE_GLOBAL;
    fails(MMUEXT_FLUSH_CACHE_GLOBAL, "5.3", "without a device",
          hc_mmuext_op(&op, 1, NULL, DOMID_SELF), EQ, -XEN_EINVAL);
    slot_restore(slot);
}

/* Let dom0 look at a page of ours, and see what it wrote there. */
static void show_dom0(void)
{
    volatile struct meeting *there = meeting;

    page[0] = DOMU_MAGIC;
    grant_give(DOMU_REF, DOM0, mfn_of(page), GTF_permit_access);
    there->stage = STAGE_LOOK;
    while ( there->stage != STAGE_END )
        domain_yield();
    shows(hc_grant_table_map_grant_ref, "3.7 map", "dom0 wrote to this domain's page",
          page[1], EQ, DOM0_MAGIC);
}

void domu_main(void)
{
    grants_init();
    page = page_take();
    slot = page_take();
    meet();
    grants_of_dom0();
    no_space();
    transfer();
    memory();
    toolstack();
    page_tables();
    check_domu_physdev();
    check_order_without_rights();
    check_pmt();
    show_dom0();
    domain_shutdown(SHUTDOWN_poweroff);
}
