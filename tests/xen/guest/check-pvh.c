/* SPDX-License-Identifier: MIT */
/*
 * dom0's side of the PVH domains; their own tests are in pvh/. The first runs
 * in 32 bits and the second in 64; both are tested the same way from here.
 */
#include "pvh-build.h"

#include <xen/sched.h>

static uint64_t *granted, *readable, *slot;

static void invite(domid_t domain)
{
    granted[0] = readable[0] = PVH_DOM0_WORD;
    grant_give(PVH_WRITE_REF, domain, mfn_of(granted), GTF_permit_access);
    grant_give(PVH_READ_REF, domain, mfn_of(readable), GTF_permit_access | GTF_readonly);
}

static void set_map(domid_t domain)
{
    static struct { uint64_t start, size; uint32_t type; } __attribute__((packed))
        range = { .size = PVH_PAGES * PAGE_SIZE, .type = 1 };
    struct xen_foreign_memory_map map = { .domid = domain, .map.nr_entries = 1 };

    set_xen_guest_handle(map.map.buffer, &range);
    must_be("set_memory_map", hc_memory_set_memory_map(&map), 0);
}

static void pod_targets(domid_t domain)
{
    struct xen_pod_target target = { .domid = domain };

    succeeds(hc_memory_get_pod_target, "4.1 HVM only", "of a PVH domain",
             hc_memory_get_pod_target(&target), EQ, 0);
    shows(hc_memory_get_pod_target, "4.2", "the pages it has", target.tot_pages, EQ, PVH_PAGES);
    target.target_pages = PVH_PAGES;
    succeeds(hc_memory_set_pod_target, "4.1 HVM only", "to what it has",
             hc_memory_set_pod_target(&target), EQ, 0);
    target.target_pages = PVH_MAX_PAGES + 1;
    fails(hc_memory_set_pod_target, "4.1 HVM only", "to more than it may have",
          hc_memory_set_pod_target(&target), EQ, -XEN_EINVAL);
}

/* dom0 changes the physical map of a domain that has one. */
static void physmap(domid_t domain)
{
    struct xen_remove_from_physmap remove = { .domid = domain, .gpfn = PVH_DOM0_GFN };
    struct xen_add_to_physmap add = {
        .domid = domain, .space = XENMAPSPACE_shared_info, .gpfn = PVH_DOM0_GFN,
    };

    succeeds(hc_memory_remove_from_physmap, "4.1 TARGET", "a page of a PVH domain",
             hc_memory_remove_from_physmap(&remove), EQ, 0);
    fails(hc_memory_remove_from_physmap, "9.7 empty gpfn", "a second time",
          hc_memory_remove_from_physmap(&remove), EQ, -XEN_ENOENT);
    succeeds(hc_memory_add_to_physmap, "4.1 TARGET", "shared_info, in its place",
             hc_memory_add_to_physmap(&add), EQ, 0);
    add.gpfn = ~0UL;
    fails(hc_memory_add_to_physmap, "9.7 gpfn ~0", "no frame",
          hc_memory_add_to_physmap(&add), EQ, -XEN_EINVAL);
}

static void toolstack(domid_t domain)
{
    struct xen_mem_access_op access = { .domid = domain, .op = XENMEM_access_op_get_access };
    struct xen_mem_acquire_resource resource = {
        .domid = domain, .type = XENMEM_resource_ioreq_server,
    };
    mmuext_op_t op = { .cmd = MMUEXT_CLEAR_PAGE, .arg1.mfn = PVH_SPARE_GFN };
    xen_pfn_t frame;

    fails(hc_memory_access_op, "4.1 access_op", "with this processor",
          hc_memory_access_op(&access), EQ, -XEN_EINVAL);
    succeeds(hc_memory_acquire_resource, "4.2 types", "pages of an ioreq server",
             hc_memory_acquire_resource(&resource), EQ, 0);
    shows(hc_memory_acquire_resource, "4.2 types", "one and one", resource.nr_frames, EQ, 2);
    resource.nr_frames = 1;
    set_xen_guest_handle(resource.frame_list, &frame);
    fails(hc_memory_acquire_resource, "4.2 types", "of a server that is not there",
          hc_memory_acquire_resource(&resource), EQ, -XEN_ENOENT);
    fails(hc_mmuext_op, "5.3", "on a PVH domain",
          hc_mmuext_op(&op, 1, NULL, domain), EQ, -XEN_EINVAL);
}

static void look(domid_t domain)
{
    struct gnttab_map_grant_ref map = {
        .host_addr = (unsigned long)slot, .flags = GNTMAP_host_map | GNTMAP_readonly,
        .ref = PVH_OWN_REF, .dom = domain,
    };

    succeeds(hc_grant_table_map_grant_ref, "3.7 map", "of a PVH domain that runs",
             grant_map(&map), EQ, GNTST_okay);
    shows(hc_grant_table_map_grant_ref, "3.7 map", "its word is there",
          slot[0], EQ, PVH_OWN_WORD);
    shows(hc_grant_table_map_grant_ref, "3.7 map", "and what it wrote to dom0's page",
          granted[0] >> 32, EQ, PVH_OWN_WORD);
    must_be("unmap", grant_unmap(map.host_addr, map.handle), GNTST_okay);
    slot_restore(slot);
}

/* The payload's table, as it became there, over the one in our copy of the image. */
static void merge(domid_t domain, char *image)
{
    const struct pvh_header *header = (void *)(image + PVH_HEADER);
    uint32_t at, last = header->expectations_end;

    for ( at = header->expectations_first; at < last; at += sizeof(struct expectation) )
    {
        struct expectation *own = (void *)(image + at - PVH_IMAGE);
        char *window = window_open(domain, at / PAGE_SIZE);
        const struct expectation *other = (void *)(window + at % PAGE_SIZE);

        own->got = other->got;
        own->expected = other->expected;
        own->reached = other->reached;
        window_close(window);
    }
}

static void run(char *image, const char *end)
{
    domid_t domain = pvh_build(image, end);
    struct pvh_meeting *meeting;
    unsigned int reason;

    set_map(domain);
    invite(domain);
    pod_targets(domain);
    physmap(domain);
    toolstack(domain);

    meeting = window_open(domain, PVH_MEETING_GFN);
    domctl_clear();
    must_be("unpause", domctl(XEN_DOMCTL_unpausedomain, domain), 0);
    if ( domain_runs_until(domain, &meeting->stage, 1) )
    {
        look(domain);
        meeting->stage = 2;
    }
    reason = domain_run_to_end(domain);
    if ( reason != SHUTDOWN_poweroff )
        print("PVH domain ended in group %lu\n", (unsigned long)meeting->where);
    window_close(meeting);
    shows(domain, "5.4", "its reason to end", reason, EQ, SHUTDOWN_poweroff);
    merge(domain, image);
    domain_destroy(domain);
    grant_take_back(PVH_WRITE_REF);
    grant_take_back(PVH_READ_REF);
}

void check_pvh(void)
{
    granted = page_take();
    readable = page_take();
    slot = page_take();
    run(pvh32, pvh32_end);
    run(pvh64, pvh64_end);
}
