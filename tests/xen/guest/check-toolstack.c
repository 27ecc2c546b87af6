/* SPDX-License-Identifier: MIT */
/*
 * memory_op: what toolstacks use, as far as it needs no other domain, and the
 * ops that this Xen is built without. See check-paused.c and check-pvh.c.
 */
#include "guest.h"

static void sharing_and_paging(void)
{
    struct xen_mem_paging_op paging = { .op = XENMEM_paging_op_nominate };
    struct xen_mem_sharing_op sharing = { .op = XENMEM_sharing_op_audit };
    struct xen_mem_access_op access = { .domid = NO_DOMAIN };

    succeeds(hc_memory_get_sharing_freed_pages, "4.1 get_sharing_freed_pages", "none is freed",
             hc_memory_get_sharing_freed_pages(), EQ, 0);
    succeeds(hc_memory_get_sharing_shared_pages, "4.1 get_sharing_shared_pages",
             "none is shared", hc_memory_get_sharing_shared_pages(), EQ, 0);
    fails(hc_memory_get_sharing_freed_pages, "9.5 start_extent", "a place to resume from",
          hc_memory_op(XENMEM_get_sharing_freed_pages | 1 << 6, NULL), EQ, -XEN_ENOSYS);
    fails(hc_memory_get_sharing_shared_pages, "9.5 start_extent", "a place to resume from",
          hc_memory_op(XENMEM_get_sharing_shared_pages | 1 << 6, NULL), EQ, -XEN_ENOSYS);
    fails(hc_memory_paging_op, "4.1 anything else", "not built into this Xen",
          hc_memory_paging_op(&paging), EQ, -XEN_ENOSYS);
    fails(hc_memory_sharing_op, "4.1 anything else", "not built into this Xen",
          hc_memory_sharing_op(&sharing), EQ, -XEN_ENOSYS);
    fails(hc_memory_access_op, "4.1 access_op", "of no domain",
          hc_memory_access_op(&access), EQ, -XEN_ESRCH);
    access.domid = 0;
    fails(hc_memory_access_op, "4.1 access_op", "on oneself",
          hc_memory_access_op(&access), EQ, -XEN_EPERM);
}

static void device_memory(void)
{
    struct xen_reserved_device_memory entry;
    struct xen_reserved_device_memory_map map = { .flags = XENMEM_RDM_ALL, .nr_entries = 1 };

    set_xen_guest_handle(map.buffer, &entry);
    map.flags = 2;
    fails(hc_memory_reserved_device_memory_map, "4.1 reserved_device_memory_map",
          "a flag that does not exist",
          hc_memory_reserved_device_memory_map(&map), EQ, -XEN_EINVAL);
    map.flags = XENMEM_RDM_ALL;
    succeeds(hc_memory_reserved_device_memory_map, "4.1 reserved_device_memory_map",
             "of all devices", hc_memory_reserved_device_memory_map(&map), EQ, 0);
    shows(hc_memory_reserved_device_memory_map, "4.1 reserved_device_memory_map",
          "without an IOMMU there are none", map.nr_entries, EQ, 0);
}

static long acquire(struct xen_mem_acquire_resource *resource, xen_pfn_t *list)
{
    set_xen_guest_handle(resource->frame_list, list);
    return hc_memory_acquire_resource(resource);
}

static void acquire_resource(void)
{
    xen_pfn_t frame;
    struct xen_mem_acquire_resource resource = {
        .domid = 0, .type = XENMEM_resource_grant_table, .nr_frames = 1,
    };

    fails(hc_memory_acquire_resource, "9.7 own domid", "of oneself",
          acquire(&resource, &frame), EQ, -XEN_EPERM);
    resource.domid = DOMID_SELF;
    fails(hc_memory_acquire_resource, "9.7 DOMID_SELF", "of oneself, by the other name",
          acquire(&resource, &frame), EQ, -XEN_ESRCH);
    resource.domid = NO_DOMAIN;
    fails(hc_memory_acquire_resource, "9.7 unknown", "of no domain",
          acquire(&resource, &frame), EQ, -XEN_ESRCH);
    resource.pad = 1;
    fails(hc_memory_acquire_resource, "9.7 pad != 0", "a reserved field",
          acquire(&resource, &frame), EQ, -XEN_EINVAL);
    resource.pad = 0;
    resource.frame = 1UL << 32;
    fails(hc_memory_acquire_resource, "4.4 frame >> 32", "a frame of 33 bits",
          acquire(&resource, &frame), EQ, -XEN_EINVAL);
}

static void on_oneself(void)
{
    struct xen_memory_reservation claim = { .nr_extents = 1, .domid = NO_DOMAIN };
    struct xen_pod_target target = { .domid = DOMID_SELF };
    struct xen_vnuma_topology_info numa = { .domid = DOMID_SELF };

    fails(hc_memory_claim_pages, "4.4 claim_pages", "of no domain",
          hc_memory_claim_pages(&claim), EQ, -XEN_EINVAL);
    claim.extent_order = 1;
    fails(hc_memory_claim_pages, "4.4 claim_pages", "an order", hc_memory_claim_pages(&claim),
          EQ, -XEN_EINVAL);
    fails(hc_memory_set_pod_target, "4.1 HVM only", "of a PV domain",
          hc_memory_set_pod_target(&target), EQ, -XEN_EINVAL);
    fails(hc_memory_get_pod_target, "4.1 HVM only", "of a PV domain",
          hc_memory_get_pod_target(&target), EQ, -XEN_EINVAL);
    target.domid = NO_DOMAIN;
    fails(hc_memory_set_pod_target, "9.7 unknown", "of no domain",
          hc_memory_set_pod_target(&target), EQ, -XEN_ESRCH);
    fails(hc_memory_get_vnumainfo, "4.4 none", "no NUMA is set",
          hc_memory_get_vnumainfo(&numa), EQ, -XEN_EOPNOTSUPP);
    numa.pad = 1;
    fails(hc_memory_get_vnumainfo, "4.2 pad", "a reserved field",
          hc_memory_get_vnumainfo(&numa), EQ, -XEN_EINVAL);
}

/* A PV guest keeps its own physical map: Xen has nothing to change. */
static void no_physmap(void)
{
    struct xen_add_to_physmap add = { .domid = DOMID_SELF, .space = XENMAPSPACE_shared_info };
    struct xen_add_to_physmap_batch batch = { .domid = DOMID_SELF };
    struct xen_remove_from_physmap remove = { .domid = DOMID_SELF };

    fails(hc_memory_add_to_physmap, "9.7 PV target", "on a PV domain",
          hc_memory_add_to_physmap(&add), EQ, -XEN_EACCES);
    add.space = XENMAPSPACE_gmfn_foreign;
    fails(hc_memory_add_to_physmap, "9.7 gmfn_foreign", "only in a batch",
          hc_memory_add_to_physmap(&add), EQ, -XEN_ENOSYS);
    fails(hc_memory_add_to_physmap_batch, "4.4 translated only", "on a PV domain",
          hc_memory_add_to_physmap_batch(&batch), EQ, -XEN_EACCES);
    batch.space = XENMAPSPACE_gmfn_range;
    fails(hc_memory_add_to_physmap_batch, "9.7 gmfn_range", "not in a batch",
          hc_memory_add_to_physmap_batch(&batch), EQ, -XEN_EOPNOTSUPP);
    fails(hc_memory_add_to_physmap_batch, "4.4 start_extent", "wider than size",
          hc_memory_op(XENMEM_add_to_physmap_batch | 0x10000 << 6, &batch), EQ, -XEN_EDOM);
    fails(hc_memory_remove_from_physmap, "9.7 PV", "on a PV domain",
          hc_memory_remove_from_physmap(&remove), EQ, -XEN_EACCES);
    remove.domid = NO_DOMAIN;
    fails(hc_memory_remove_from_physmap, "9.7 unknown", "of no domain",
          hc_memory_remove_from_physmap(&remove), EQ, -XEN_ESRCH);
}

void check_toolstack(void)
{
    sharing_and_paging();
    device_memory();
    acquire_resource();
    on_oneself();
    no_physmap();
}
