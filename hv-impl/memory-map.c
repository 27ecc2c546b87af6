/* SPDX-License-Identifier: MIT */
/*
 * Maps of memory, as firmware tells them, and virtual NUMA.
 *
 * Needs memory.h. Gives a domain's map and the machine's, the addresses that devices
 * keep for themselves, and the nodes that a guest sees. What a domain has of these is
 * copied under its lock, and told without it: it may die, or get another, meanwhile.
 */
#include "memory.h"

/* ---- the machine's map -------------------------------------------------------------- */

#ifdef PORT_IA64
/* As EFI has it, behind a header that says how large it is. */
struct map_header {
    uint64_t map_size, descriptor_size, descriptor_version;
};
struct map_entry {
    uint32_t type, pad;
    uint64_t physical, virtual, pages, attribute;
};
#define MAP_RAM     7u
#define MAP_PAGE    12                  /* EFI's pages */
#else
/* As BIOS call 0x15, 0xE820 has it. */
struct map_entry {
    uint64_t address, size;
    uint32_t type;
} __attribute__((__packed__));
#define MAP_RAM     1u
#endif

/* All RAM in one piece: the machine's frames are told by nothing else. */
static void machine_map(struct map_entry *entry)
{
    uint64_t first = port_min_mfn(), nr = port_max_mfn() - first + 1;

    memset(entry, 0, sizeof(*entry));
    entry->type = MAP_RAM;
#ifdef PORT_IA64
    entry->physical = first << PMT_GRANULE_SHIFT;
    entry->pages = nr << (PMT_GRANULE_SHIFT - MAP_PAGE);
    entry->attribute = 8;               /* write back */
#else
    entry->address = first << PMT_GRANULE_SHIFT;
    entry->size = nr << PMT_GRANULE_SHIFT;
#endif
}

long hv_memory_machine_memory_map(struct hd_call *call,
                                  struct xen_memory_map *op)
{
    struct map_entry entry;
#ifdef PORT_IA64
    const struct map_header header = { sizeof(entry), sizeof(entry), 1 };
    unsigned int need = sizeof(header) + sizeof(entry);
#else
    unsigned int need = 1;
#endif

    if ( guest_handle_is_null(op->buffer) )
    {
        op->nr_entries = need;
        return 0;
    }
    if ( op->nr_entries < need )
        return -EINVAL;
    machine_map(&entry);
    op->nr_entries = need;
#ifdef PORT_IA64
    if ( hd_memory_machine_memory_map_put_buffer(call, op, 0, &header,
                                                 sizeof(header)) )
        return -EFAULT;
    return hd_memory_machine_memory_map_put_buffer(call, op, sizeof(header),
                                                   &entry, sizeof(entry));
#else
    return hd_memory_machine_memory_map_put_buffer(call, op, 0, &entry,
                                                   sizeof(entry));
#endif
}

/* ---- a domain's map ------------------------------------------------------------------- */

#ifndef PORT_IA64
long hv_memory_set_memory_map(struct hd_call *call,
                              struct xen_foreign_memory_map *op,
                              struct domain *domid)
{
    struct hv_domain *hv = domid->hv;
    unsigned int nr = op->map.nr_entries, bytes = nr * sizeof(struct map_entry);
    unsigned int before_bytes;
    void *map = port_alloc(bytes ? bytes : 1), *before;

    if ( !map )
        return -ENOMEM;
    if ( bytes && hd_memory_set_memory_map_get_map_buffer(call, op, 0, map, bytes) )
    {
        port_free(map, bytes);
        return -EFAULT;
    }
    port_lock(&hv->lock);
    if ( domid->is_dying )
    {
        before = map;
        before_bytes = bytes ? bytes : 1;
    }
    else
    {
        before = hv->memory_map;
        before_bytes = hv->memory_map_bytes;
        hv->memory_map = map;
        hv->memory_map_entries = nr;
        hv->memory_map_bytes = bytes ? bytes : 1;
    }
    port_unlock(&hv->lock);
    if ( before )
        port_free(before, before_bytes);
    return 0;
}

/* Copied under the lock: as many entries as there are, and room for. */
static int map_copy(struct hv_domain *hv, unsigned int room, void **copy,
                    unsigned int *nr, unsigned int *bytes)
{
    unsigned int most = room < 1024 ? room : 1024;
    int rc = 0;

    *bytes = most * sizeof(struct map_entry);
    *copy = *bytes ? port_alloc(*bytes) : NULL;
    if ( *bytes && !*copy )
        return -ENOMEM;
    port_lock(&hv->lock);
    *nr = hv->memory_map_entries < most ? hv->memory_map_entries : most;
    if ( !hv->memory_map )
        rc = -ENOSYS;
    else if ( *nr )
        memcpy(*copy, hv->memory_map, *nr * sizeof(struct map_entry));
    port_unlock(&hv->lock);
    return rc;
}

long hv_memory_memory_map(struct hd_call *call, struct xen_memory_map *op)
{
    unsigned int nr = 0, bytes = 0;
    void *copy = NULL;
    int rc = map_copy(call->caller->hv, op->nr_entries, &copy, &nr, &bytes);

    if ( !rc && nr )
        rc = hd_memory_memory_map_put_buffer(call, op, 0, copy,
                                             nr * sizeof(struct map_entry));
    if ( !rc )
        op->nr_entries = nr;
    if ( copy )
        port_free(copy, bytes);
    return rc;
}
#endif

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
