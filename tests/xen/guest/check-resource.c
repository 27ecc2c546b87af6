/* SPDX-License-Identifier: MIT */
/* memory_op: what dom0 asks and sets for another domain. */
#include "paused.h"

#define NODE_BYTES (PAUSED_PAGES * PAGE_SIZE)

static long acquire(struct xen_mem_acquire_resource *resource, xen_pfn_t *list)
{
    set_xen_guest_handle(resource->frame_list, list);
    return hc_memory_acquire_resource(resource);
}

static void claims(struct paused *paused)
{
    struct xen_memory_reservation claim = {
        .nr_extents = PAUSED_PAGES + 1, .domid = paused->domain,
    };

    succeeds(hc_memory_claim_pages, "4.4 claim_pages", "as many as it may have",
             hc_memory_claim_pages(&claim), EQ, 0);
    claim.nr_extents = 0;
    succeeds(hc_memory_claim_pages, "4.4 claim_pages", "end of the claim",
             hc_memory_claim_pages(&claim), EQ, 0);
    claim.nr_extents = 1UL << 40;
    fails(hc_memory_claim_pages, "4.4 claim_pages", "more than it may have",
          hc_memory_claim_pages(&claim), EQ, -XEN_EINVAL);
    claim.nr_extents = 1;
    claim.mem_flags = 1;
    fails(hc_memory_claim_pages, "4.4 mem_flags 0", "flags",
          hc_memory_claim_pages(&claim), EQ, -XEN_EINVAL);
}

static void resources(struct paused *paused)
{
    xen_pfn_t frame = 0;
    struct xen_mem_acquire_resource resource = {
        .domid = paused->domain, .type = XENMEM_resource_grant_table, .nr_frames = 1,
    };

    succeeds(hc_memory_acquire_resource, "4.4 acquire_resource", "a frame of its grant table",
             acquire(&resource, &frame), EQ, 0);
    shows(hc_memory_acquire_resource, "4.4 PV caller gets MFNs", "that setup_table told, too",
          frame, EQ, (*pte_of(paused->grants) & PTE_FRAME) >> 12);
    shows(hc_memory_acquire_resource, "9.7 nr_frames", "is as it was", resource.nr_frames, EQ, 1);
    fails(hc_memory_acquire_resource, "9.7 start >= nr", "resumed at the end",
          hc_memory_op(XENMEM_acquire_resource | 1 << 6, &resource), EQ, -XEN_EINVAL);
    resource.nr_frames = 0;
    succeeds(hc_memory_acquire_resource, "9.7 nr 0 + NULL", "only how many",
             acquire(&resource, NULL), EQ, 0);
    shows(hc_memory_acquire_resource, "9.7 nr 0 + NULL", "frames it may have",
          resource.nr_frames, EQ, DOMAIN_GRANT_FRAMES);
    resource.nr_frames = 0;
    fails(hc_memory_acquire_resource, "9.7 start >= nr", "no frames",
          acquire(&resource, &frame), EQ, -XEN_EINVAL);
    resource.nr_frames = 1;
    resource.frame = DOMAIN_GRANT_FRAMES;
    fails(hc_memory_acquire_resource, "4.4 frame", "beyond its table",
          acquire(&resource, &frame), EQ, -XEN_EINVAL);
    resource.frame = 0;
    resource.id = XENMEM_resource_grant_table_id_status;
    fails(hc_memory_acquire_resource, "4.2 grant ids", "status frames of version 1",
          acquire(&resource, &frame), EQ, -XEN_EINVAL);
    resource.type = XENMEM_resource_ioreq_server;
    fails(hc_memory_acquire_resource, "4.2 types", "servers of a PV domain",
          acquire(&resource, &frame), EQ, -XEN_EINVAL);
    resource.type = 77;
    fails(hc_memory_acquire_resource, "9.7 unknown type", "no such resource",
          acquire(&resource, &frame), EQ, -XEN_EOPNOTSUPP);
}

void check_resource(struct paused *paused)
{
    claims(paused);
    resources(paused);
}

/* One node of all its memory, and its one vcpu. */
static void set_numa(domid_t domain)
{
    static unsigned int distance = 10, node;
    static xen_vmemrange_t range = { .start = 0, .end = NODE_BYTES };
    struct xen_domctl_vnuma *vnuma = &domctl_arg.u.vnuma;

    domctl_clear();
    vnuma->nr_vnodes = vnuma->nr_vmemranges = vnuma->nr_vcpus = 1;
    set_xen_guest_handle(vnuma->vdistance, &distance);
    set_xen_guest_handle(vnuma->vcpu_to_vnode, &node);
    set_xen_guest_handle(vnuma->vnode_to_pnode, &node);
    set_xen_guest_handle(vnuma->vmemrange, &range);
    must_be("setvnumainfo", domctl(XEN_DOMCTL_setvnumainfo, domain), 0);
}

static void numa(struct paused *paused)
{
    unsigned int distance = 0, node = 77;
    xen_vmemrange_t range = { 0 };
    struct xen_vnuma_topology_info ask = { .domid = paused->domain };

    set_numa(paused->domain);
    fails(hc_memory_get_vnumainfo, "4.4 too small", "no room",
          hc_memory_get_vnumainfo(&ask), EQ, -XEN_ENOBUFS);
    shows(hc_memory_get_vnumainfo, "4.4 required counts", "are told",
          ask.nr_vnodes == 1 && ask.nr_vcpus == 1 && ask.nr_vmemranges == 1, EQ, 1);
    set_xen_guest_handle(ask.vdistance.h, &distance);
    set_xen_guest_handle(ask.vcpu_to_vnode.h, &node);
    set_xen_guest_handle(ask.vmemrange.h, &range);
    succeeds(hc_memory_get_vnumainfo, "4.1 get_vnumainfo", "one of each",
             hc_memory_get_vnumainfo(&ask), EQ, 0);
    shows(hc_memory_get_vnumainfo, "4.2", "the distance", distance, EQ, 10);
    shows(hc_memory_get_vnumainfo, "4.2", "the node", node, EQ, 0);
    shows(hc_memory_get_vnumainfo, "4.2", "the range", range.end, EQ, NODE_BYTES);
    ask.domid = NO_DOMAIN;
    fails(hc_memory_get_vnumainfo, "9.7 unknown", "of no domain",
          hc_memory_get_vnumainfo(&ask), EQ, -XEN_ESRCH);
}

/* Frames are exchanged on the domain's behalf; it gets the new ones. */
static void exchange(struct paused *paused)
{
    xen_pfn_t in = paused->frames[5], out = 5;
    struct xen_memory_exchange exchange = {
        .in = { .nr_extents = 1, .domid = paused->domain },
        .out = { .nr_extents = 1, .domid = paused->domain },
    };

    set_xen_guest_handle(exchange.in.extent_start, &in);
    set_xen_guest_handle(exchange.out.extent_start, &out);
    succeeds(hc_memory_exchange, "4.1 TARGET", "of another domain",
             hc_memory_exchange(&exchange), EQ, 0);
    shows(hc_memory_exchange, "4.4 exchange", "M2P knows the new frame", m2p(out), EQ, 5);
    shows(hc_memory_exchange, "5.5 tot_pages", "it has as many as before",
          domain_pages(paused->domain), EQ, PAUSED_PAGES + 1);
    paused->frames[5] = out;
}

/* What the domain may have, the machine has not. */
static void claim_too_much(struct paused *paused)
{
    struct xen_memory_reservation claim = { .nr_extents = 1 << 22, .domid = paused->domain };

    domctl_clear();
    domctl_arg.u.max_mem.max_memkb = 1UL << 26;
    must_be("max_mem", domctl(XEN_DOMCTL_max_mem, paused->domain), 0);
    fails(hc_memory_claim_pages, "4.4 claim_pages", "more than there are",
          hc_memory_claim_pages(&claim), EQ, -XEN_ENOMEM);
}

void check_paused_toolstack(struct paused *paused)
{
    numa(paused);
    exchange(paused);
    claim_too_much(paused);
}
