/* SPDX-License-Identifier: MIT */
/*
 * What a domain is told of memory: devices' own addresses, and virtual NUMA.
 *
 * Needs memory.h; the maps that firmware tells are in memory-map-x86.c and -ia64.c, as
 * each has its own form. What a domain has of these is copied under its lock, and told
 * without it: it may die, or get another, meanwhile.
 */
#include "memory.h"

/* ---- devices' own addresses --------------------------------------------------------------- */

/* No device of this machine keeps any: 0 of them, whatever there is room for. */
long hv_memory_reserved_device_memory_map(struct hd_call *call,
                                          struct xen_reserved_device_memory_map *op)
{
    (void)call;
    op->nr_entries = 0;
    return 0;
}

/* ---- virtual NUMA ------------------------------------------------------------------------- */

/* Sizes under the lock; 0 if they are what was seen before. */
static int vnuma_copy(struct hv_domain *hv, struct hv_vnuma *copy, bool fill)
{
    const struct hv_vnuma *v;
    int rc = 0;

    port_lock(&hv->lock);
    v = hv->vnuma;
    if ( !v )
        rc = -EOPNOTSUPP;
    else if ( !fill )
        *copy = *v;
    else if ( v->nr_nodes != copy->nr_nodes || v->nr_vcpus != copy->nr_vcpus ||
              v->nr_ranges != copy->nr_ranges )
        rc = -EAGAIN;
    else
    {
        memcpy(copy->distance, v->distance,
               sizeof(*v->distance) * v->nr_nodes * v->nr_nodes);
        memcpy(copy->vcpu_node, v->vcpu_node, sizeof(*v->vcpu_node) * v->nr_vcpus);
        memcpy(copy->range, v->range, sizeof(*v->range) * v->nr_ranges);
    }
    port_unlock(&hv->lock);
    return rc;
}

static int vnuma_tell(struct hd_call *call, struct xen_vnuma_topology_info *op,
                      const struct hv_vnuma *v)
{
    unsigned int i;
    int rc = 0;

    for ( i = 0; !rc && i < v->nr_nodes * v->nr_nodes; i++ )
        rc = hd_memory_get_vnumainfo_put_vdistance_h(call, op, i, v->distance[i]);
    for ( i = 0; !rc && i < v->nr_vcpus; i++ )
        rc = hd_memory_get_vnumainfo_put_vcpu_to_vnode_h(call, op, i, v->vcpu_node[i]);
    for ( i = 0; !rc && i < v->nr_ranges; i++ )
    {
        xen_vmemrange_t range;

        memset(&range, 0, sizeof(range));
        range.start = v->range[i].start;
        range.end = v->range[i].end;
        range.flags = v->range[i].flags;
        range.nid = v->range[i].node;
        rc = hd_memory_get_vnumainfo_put_vmemrange_h(call, op, i, &range);
    }
    return rc;
}

long hv_memory_get_vnumainfo(struct hd_call *call,
                             struct xen_vnuma_topology_info *op,
                             struct domain *domid)
{
    unsigned int nodes = op->nr_vnodes, vcpus = op->nr_vcpus;
    unsigned int ranges = op->nr_vmemranges;
    struct hv_vnuma *copy, shape;
    int rc;

    PORT_POINT("vnuma-look");
    rc = vnuma_copy(domid->hv, &shape, false);
    if ( rc )
        return rc;
    op->nr_vnodes = shape.nr_nodes;
    op->nr_vcpus = shape.nr_vcpus;
    op->nr_vmemranges = shape.nr_ranges;
    if ( nodes < shape.nr_nodes || vcpus < shape.nr_vcpus || ranges < shape.nr_ranges )
        return -ENOBUFS;

    copy = hv_vnuma_new(&shape);
    if ( !copy )
        return -ENOMEM;
    PORT_POINT("vnuma-copy");
    rc = vnuma_copy(domid->hv, copy, true);
    if ( !rc )
        rc = vnuma_tell(call, op, copy);
    hv_vnuma_free(copy);
    return rc;
}
