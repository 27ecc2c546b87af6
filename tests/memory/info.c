/* SPDX-License-Identifier: MIT */
/*
 * Ops that tell figures and maps, claims, and what this hypervisor is built without.
 */
#include "scene.h"

static long stat_op(unsigned int cmd, enum who caller, domid_t id)
{
    struct xen_memory_domain *op;

    as(caller);
    op = guest(sizeof(*op));
    op->domid = id;
    return hc_memory_op(cmd, op);
}

static void test_figures(void)
{
    scene_what = "info: figures";
    scene_build();
    as(DOMU);
    CHECK_EQUAL(hc_memory_maximum_ram_page(), port_max_mfn());
    CHECK_EQUAL(stat_op(XENMEM_current_reservation, DOMU, DOMID_SELF), PAGES);
    CHECK_EQUAL(stat_op(XENMEM_maximum_reservation, DOMU, DOMID_SELF), PAGES + SPARE);
    CHECK_EQUAL(stat_op(XENMEM_maximum_gpfn, DOMU, DOMID_SELF), PAGES - 1);
    CHECK_EQUAL(stat_op(XENMEM_current_reservation, DOM0, 1), PAGES);
    CHECK_EQUAL(stat_op(XENMEM_current_reservation, DOMU, 0), -EPERM);
    CHECK_EQUAL(stat_op(XENMEM_maximum_reservation, DOMU, 77), -ESRCH);
    CHECK_EQUAL(stat_op(XENMEM_maximum_gpfn, DOMX, 1), -EPERM);
    CHECK_EQUAL(stat_op(XENMEM_maximum_gpfn | 1 << 6, DOMU, DOMID_SELF), -EINVAL);
    scene[DOMU]->max_pages = ~0ul;
    CHECK_EQUAL(stat_op(XENMEM_maximum_reservation, DOMU, DOMID_SELF), ~0ul >> 1);
    scene[DOMU]->max_pages = PAGES;
#ifndef PORT_IA64
    ((struct shared_info *)port_page_address(scene[DOM0]->hv->shared_info))->arch.max_pfn = 4711;
    CHECK_EQUAL(stat_op(XENMEM_maximum_gpfn, DOM0, DOMID_SELF), 4710);
#endif
    scene_end("figures");
}

#ifndef PORT_IA64
static void test_machphys(void)
{
    struct xen_machphys_mfn_list *op;
    struct xen_machphys_mapping *mapping;
    xen_pfn_t *frames;
    unsigned int i;

    scene_what = "info: machphys";
    scene_build();
    as(DOM0);
    op = guest(sizeof(*op));
    frames = guest(100 * sizeof(*frames));
    set_xen_guest_handle(op->extent_start, frames);
    op->max_extents = 0;
    CHECK_EQUAL(hc_memory_machphys_mfn_list(op), 0);
    CHECK_EQUAL(op->nr_extents, 0);
    op->max_extents = 100;
    CHECK_EQUAL(hc_memory_machphys_mfn_list(op), 0);
    CHECK_EQUAL(op->nr_extents, (hv_reverse.bytes + (2 << 20) - 1) / (2 << 20));
    for ( i = 0; i < op->nr_extents; i++ )
        CHECK(frames[i], "piece %u has no frame", i);
    set_xen_guest_handle(op->extent_start, (xen_pfn_t *)0x7000);
    CHECK_EQUAL(hc_memory_machphys_mfn_list(op), -EFAULT);
    CHECK_EQUAL(hc_memory_op(XENMEM_machphys_mfn_list | 1 << 6, op), -ENOSYS);
    CHECK_EQUAL(hc_memory_machphys_compat_mfn_list(op), -EOPNOTSUPP);
    mapping = guest(sizeof(*mapping));
    CHECK_EQUAL(hc_memory_machphys_mapping(mapping), 0);
    CHECK_EQUAL(mapping->max_mfn, port_max_mfn());
    CHECK(mapping->v_start < mapping->v_end, "the mapping is empty");
    as(DOMU);
    CHECK_EQUAL(hc_memory_machphys_mapping(guest(sizeof(*mapping))), -ENOSYS);
    scene_end("machphys");
}

static void test_maps(void)
{
    struct xen_foreign_memory_map *set;
    struct xen_memory_map *get;
    unsigned char *entries, *got;

    scene_what = "info: maps";
    scene_build();
    as(DOMU);
    get = guest(sizeof(*get));
    got = guest(100);
    get->nr_entries = 5;
    set_xen_guest_handle(get->buffer, (void *)got);
    CHECK_EQUAL(hc_memory_memory_map(get), -ENOSYS);

    as(DOM0);
    set = guest(sizeof(*set));
    entries = guest(60);
    memset(entries, 0x5a, 60);
    set->domid = 1;
    set->map.nr_entries = 1025;
    set_xen_guest_handle(set->map.buffer, (void *)entries);
    CHECK_EQUAL(hc_memory_set_memory_map(set), -EINVAL);
    set->map.nr_entries = 3;
    machine_plan.fail_alloc_at = machine_counters.allocs;
    CHECK_EQUAL(hc_memory_set_memory_map(set), -ENOMEM);
    machine_plan_reset();
    CHECK_EQUAL(hc_memory_set_memory_map(set), 0);
    CHECK_EQUAL(hc_memory_set_memory_map(set), 0);
    set->domid = 77;
    CHECK_EQUAL(hc_memory_set_memory_map(set), -ESRCH);
    set->domid = 1;
    set_xen_guest_handle(set->map.buffer, (void *)0x7000);
    CHECK_EQUAL(hc_memory_set_memory_map(set), -EFAULT);

    as(DOMU);
    CHECK_EQUAL(hc_memory_memory_map(get), 0);
    CHECK_EQUAL(get->nr_entries, 3);
    CHECK(!memcmp(got, "ZZZZZZZZZZ", 10) && got[59] == 0x5a && !got[60], "the map is another");
    get->nr_entries = 1;
    memset(got, 0, 60);
    CHECK_EQUAL(hc_memory_memory_map(get), 0);
    CHECK_EQUAL(get->nr_entries, 1);
    CHECK(got[19] == 0x5a && !got[20], "more than there is room for");
    set = guest(sizeof(*set));
    set->domid = 2;
    CHECK_EQUAL(hc_memory_set_memory_map(set), -EPERM);
    CHECK_EQUAL(hc_memory_machine_memory_map(get), -ENOSYS);
    scene_end("maps");
}

static void test_absent(void)
{
    struct xen_mem_sharing_op *sharing;

    scene_what = "info: built without";
    scene_build();
    as(DOM0);
    CHECK_EQUAL(hc_memory_get_sharing_freed_pages(), 0);
    CHECK_EQUAL(hc_memory_get_sharing_shared_pages(), 0);
    sharing = guest(sizeof(*sharing));
    sharing->op = XENMEM_sharing_op_audit;
    CHECK_EQUAL(hc_memory_sharing_op(sharing), -ENOSYS);
    scene_end("built without");
}
#endif

static void test_access(void)
{
    struct xen_mem_access_op *op;

    scene_what = "info: access";
    scene_build();
    as(DOM0);
    op = guest(sizeof(*op));
    op->domid = 1;
    CHECK_EQUAL(hc_memory_access_op(op), -ENOSYS);
    scene_end("access");
}

/* What the machine has: in bytes behind a header on ia64, in entries elsewhere. */
static void test_machine_map(void)
{
    struct xen_memory_map *op;
    unsigned int need;

    scene_what = "info: the machine's map";
    scene_build();
    as(DOM0);
    op = guest(sizeof(*op));
    if ( !IA64 )
    {
        set_xen_guest_handle(op->buffer, (void *)NULL);
        CHECK_EQUAL(hc_memory_machine_memory_map(op), 0);
        CHECK_EQUAL(op->nr_entries, 1);
    }
    need = IA64 ? 24 + 40 : 1;
    set_xen_guest_handle(op->buffer, guest(100));
    op->nr_entries = need - 1;
    CHECK_EQUAL(hc_memory_machine_memory_map(op), -EINVAL);
    op->nr_entries = need;
    CHECK_EQUAL(hc_memory_machine_memory_map(op), 0);
    CHECK_EQUAL(op->nr_entries, need);
    if ( IA64 )
    {
        as(DOMU);
        op = guest(sizeof(*op));
        CHECK_EQUAL(hc_memory_machine_memory_map(op), -EINVAL);
    }
    scene_end("machine's map");
}

static void test_devices(void)
{
    struct xen_reserved_device_memory_map *op;

    scene_what = "info: device memory";
    scene_build();
    as(DOM0);
    op = guest(sizeof(*op));
    CHECK_EQUAL(hc_memory_reserved_device_memory_map(op), 0);
    CHECK_EQUAL(op->nr_entries, 0);
    op->flags = 2;
    CHECK_EQUAL(hc_memory_reserved_device_memory_map(op), -EINVAL);
    scene_end("device memory");
}

/* ---- populate on demand: there is none ------------------------------------------------------- */

static void test_pod(void)
{
    struct xen_pod_target *op;

    scene_what = "info: populate on demand";
    scene_build();
    as(DOM0);
    op = guest(sizeof(*op));
    op->domid = 1;
    CHECK_EQUAL(hc_memory_get_pod_target(op), IA64 ? -EINVAL : 0);
    if ( !IA64 )
    {
        CHECK_EQUAL(op->tot_pages, PAGES);
        CHECK_EQUAL(op->pod_entries, 0);
        op->target_pages = PAGES;
        CHECK_EQUAL(hc_memory_set_pod_target(op), 0);
        op->target_pages = PAGES + SPARE + 1;
        CHECK_EQUAL(hc_memory_set_pod_target(op), -EINVAL);
        as(DOMU);
        op = guest(sizeof(*op));
        op->domid = DOMID_SELF;
        CHECK_EQUAL(hc_memory_get_pod_target(op), -EPERM);
    }
    scene_end("populate on demand");
}

/* ---- claims ------------------------------------------------------------------------------------ */

static long claim(enum who who, domid_t id, uint64_t pages)
{
    struct xen_memory_reservation *op;

    as(who);
    op = guest(sizeof(*op));
    op->domid = id;
    op->nr_extents = pages;
    set_xen_guest_handle(op->extent_start, (xen_pfn_t *)NULL);
    return hc_memory_claim_pages(op);
}

static long populate(enum who who, domid_t id, uint64_t gfn, unsigned int nr)
{
    struct xen_memory_reservation *op;
    xen_pfn_t *frames;
    unsigned int i;

    as(who);
    op = guest(sizeof(*op));
    frames = guest(nr * sizeof(*frames));
    for ( i = 0; i < nr; i++ )
        frames[i] = gfn + i;
    op->domid = id;
    op->nr_extents = nr;
    set_xen_guest_handle(op->extent_start, frames);
    return hc_memory_populate_physmap(op);
}

static void test_claims(void)
{
    struct xen_memory_reservation *op;
    uint64_t mfn;

    scene_what = "info: claims";
    scene_build();
    CHECK_EQUAL(claim(DOMU, DOMID_SELF, PAGES + 4), -EINVAL);
    CHECK_EQUAL(claim(DOMU, 1, PAGES + 4), -EPERM);
    CHECK_EQUAL(claim(DOM0, 77, PAGES + 4), -EINVAL);
    CHECK_EQUAL(claim(DOM0, 1, PAGES), -EINVAL);
    CHECK_EQUAL(claim(DOM0, 1, PAGES + SPARE + 1), -EINVAL);
    CHECK_EQUAL(claim(DOM0, 1, ~0ul), -EINVAL);
    CHECK_EQUAL(claim(DOM0, 1, PAGES + 8), 0);
    CHECK_EQUAL(claim(DOM0, 1, PAGES + 8), -EINVAL);
    CHECK_EQUAL(scene[DOMU]->hv->claimed, 8ul << page_order(DOMU));

    /* The machine has 10 left: 8 of them are not for others. */
    scene[DOMX]->max_pages = 1ul << 40;
    while ( port_free_pages() > 10 )
        if ( port_page_alloc(scene[DOMX], 0, 0, &mfn) )
            break;
    CHECK_EQUAL(populate(DOMX, DOMID_SELF, HOLE, 4), 2);
    CHECK_EQUAL(claim(DOM0, 2, scene[DOMX]->tot_pages + 1), -ENOMEM);
    CHECK_EQUAL(populate(DOMU, DOMID_SELF, HOLE, 3), 3);
    CHECK_EQUAL(scene[DOMU]->hv->claimed, 5);
    CHECK_EQUAL(claim(DOM0, 1, 0), 0);
    CHECK_EQUAL(populate(DOMX, DOMID_SELF, HOLE + 10, 5), 5);

    as(DOM0);
    op = guest(sizeof(*op));
    op->domid = 1;
    op->extent_order = 1;
    CHECK_EQUAL(hc_memory_claim_pages(op), -EINVAL);
    op->extent_order = 0;
    op->mem_flags = 1 << 8;
    CHECK_EQUAL(hc_memory_claim_pages(op), -EINVAL);
    op->mem_flags = 0;
    set_xen_guest_handle(op->extent_start, guest(8));
    CHECK_EQUAL(hc_memory_claim_pages(op), -EINVAL);
    scene_end("claims");
}

/* ---- virtual NUMA --------------------------------------------------------------------------------- */

static void grow_vnuma(const char *name, void *context)
{
    static unsigned int distance[9], nodes[4];
    static struct hv_vnuma_range ranges[3];
    const struct hv_vnuma larger = { 3, 4, 3, distance, nodes, ranges };

    (void)context;
    if ( !strcmp(name, "vnuma-copy") && hv_domain_set_vnuma(scene[DOMU], &larger) )
        abort();
}

static void end_vnuma(const char *name, void *context)
{
    (void)context;
    if ( !strcmp(name, "vnuma-copy") )
        hv_domain_set_vnuma(scene[DOMU], NULL);
}

static void test_vnuma(void)
{
    unsigned int distance[4] = { 10, 20, 20, 10 }, nodes[2] = { 0, 1 };
    struct hv_vnuma_range ranges[2] = { { 0, 1 << 20, 0, 0 }, { 1 << 20, 2 << 20, 0, 1 } };
    const struct hv_vnuma what = { 2, 2, 2, distance, nodes, ranges };
    struct xen_vnuma_topology_info *op;
    unsigned int *got, *vcpus;
    xen_vmemrange_t *memory;

    scene_what = "info: virtual NUMA";
    scene_build();
    as(DOMU);
    op = guest(sizeof(*op));
    got = guest(9 * sizeof(*got));
    vcpus = guest(4 * sizeof(*vcpus));
    memory = guest(3 * sizeof(*memory));
    op->domid = DOMID_SELF;
    set_xen_guest_handle(op->vdistance.h, got);
    set_xen_guest_handle(op->vcpu_to_vnode.h, vcpus);
    set_xen_guest_handle(op->vmemrange.h, memory);
    CHECK_EQUAL(hc_memory_get_vnumainfo(op), -EOPNOTSUPP);
    CHECK_EQUAL(hv_domain_set_vnuma(scene[DOMU], &what), 0);
    CHECK_EQUAL(hc_memory_get_vnumainfo(op), -ENOBUFS);
    CHECK_EQUAL(op->nr_vnodes, 2);
    CHECK_EQUAL(op->nr_vmemranges, 2);
    op->nr_vcpus = 1;
    CHECK_EQUAL(hc_memory_get_vnumainfo(op), -ENOBUFS);
    CHECK_EQUAL(op->nr_vcpus, 2);
    CHECK_EQUAL(hc_memory_get_vnumainfo(op), 0);
    CHECK(!memcmp(got, distance, sizeof(distance)) && vcpus[1] == 1 &&
          memory[1].start == 1 << 20 && memory[1].nid == 1, "told otherwise");
    machine_plan.fail_alloc_at = machine_counters.allocs + 1;
    CHECK_EQUAL(hc_memory_get_vnumainfo(op), -ENOMEM);
    machine_plan_reset();
    machine_plan.at_point = grow_vnuma;
    CHECK_EQUAL(hc_memory_get_vnumainfo(op), -EAGAIN);
    machine_plan_reset();
    op->nr_vnodes = op->nr_vmemranges = 3;
    op->nr_vcpus = 4;
    machine_plan.at_point = end_vnuma;
    CHECK_EQUAL(hc_memory_get_vnumainfo(op), -EOPNOTSUPP);
    machine_plan_reset();
    op->pad = 1;
    CHECK_EQUAL(hc_memory_get_vnumainfo(op), -EINVAL);
    scene_end("virtual NUMA");
}

void test_info(void)
{
    test_figures();
#ifndef PORT_IA64
    test_machphys();
    test_maps();
    test_absent();
#endif
    test_access();
    test_machine_map();
    test_devices();
    test_pod();
    test_claims();
    test_vnuma();
}
