/* SPDX-License-Identifier: MIT */
/*
 * memory: structures of x86_32 callers that x86_64 lays out in another way.
 *
 * Generated from idl/memory.idl by "make"; edit that, not this.
 */
#ifndef HD_MEMORY_COMPAT_H
#define HD_MEMORY_COMPAT_H

#include "hd-compat.h"

struct x86_32_xen_memory_reservation {
    uint32_t extent_start;
    uint32_t nr_extents;
    unsigned int extent_order;
    unsigned int mem_flags;
    domid_t domid;
};
typedef struct x86_32_xen_memory_reservation x86_32_xen_memory_reservation_t;
DEFINE_XEN_GUEST_HANDLE(x86_32_xen_memory_reservation_t);

static inline void x86_32_get_xen_memory_reservation(
    struct xen_memory_reservation *to,
    const struct x86_32_xen_memory_reservation *from)
{
    memset(to, 0, sizeof(*to));
    set_xen_guest_handle(to->extent_start,
                         (void *)(unsigned long)from->extent_start);
    to->nr_extents = from->nr_extents;
    to->extent_order = from->extent_order;
    to->mem_flags = from->mem_flags;
    to->domid = from->domid;
}

struct x86_32_xen_memory_exchange {
    struct x86_32_xen_memory_reservation in;
    struct x86_32_xen_memory_reservation out;
    uint32_t nr_exchanged;
};
typedef struct x86_32_xen_memory_exchange x86_32_xen_memory_exchange_t;
DEFINE_XEN_GUEST_HANDLE(x86_32_xen_memory_exchange_t);

static inline void
x86_32_get_xen_memory_exchange(struct xen_memory_exchange *to,
                               const struct x86_32_xen_memory_exchange *from)
{
    memset(to, 0, sizeof(*to));
    x86_32_get_xen_memory_reservation(&to->in, &from->in);
    x86_32_get_xen_memory_reservation(&to->out, &from->out);
    to->nr_exchanged = from->nr_exchanged;
}

static inline int
x86_32_put_xen_memory_exchange(struct x86_32_xen_memory_exchange *to,
                               const struct xen_memory_exchange *from)
{
    to->nr_exchanged = from->nr_exchanged;
    if ( to->nr_exchanged != from->nr_exchanged )
        return -ERANGE;

    return 0;
}

struct x86_32_xen_machphys_mfn_list {
    unsigned int max_extents;
    uint32_t extent_start;
    unsigned int nr_extents;
};
typedef struct x86_32_xen_machphys_mfn_list x86_32_xen_machphys_mfn_list_t;
DEFINE_XEN_GUEST_HANDLE(x86_32_xen_machphys_mfn_list_t);

static inline void x86_32_get_xen_machphys_mfn_list(
    struct xen_machphys_mfn_list *to,
    const struct x86_32_xen_machphys_mfn_list *from)
{
    memset(to, 0, sizeof(*to));
    to->max_extents = from->max_extents;
    set_xen_guest_handle(to->extent_start,
                         (void *)(unsigned long)from->extent_start);
    to->nr_extents = from->nr_extents;
}

static inline int
x86_32_put_xen_machphys_mfn_list(struct x86_32_xen_machphys_mfn_list *to,
                                 const struct xen_machphys_mfn_list *from)
{
    to->nr_extents = from->nr_extents;

    return 0;
}

struct x86_32_xen_machphys_mapping {
    uint32_t v_start, v_end;
    uint32_t max_mfn;
};
typedef struct x86_32_xen_machphys_mapping x86_32_xen_machphys_mapping_t;
DEFINE_XEN_GUEST_HANDLE(x86_32_xen_machphys_mapping_t);

static inline void
x86_32_get_xen_machphys_mapping(struct xen_machphys_mapping *to,
                                const struct x86_32_xen_machphys_mapping *from)
{
    to->v_start = from->v_start;
    to->v_end = from->v_end;
    to->max_mfn = from->max_mfn;
}

static inline int
x86_32_put_xen_machphys_mapping(struct x86_32_xen_machphys_mapping *to,
                                const struct xen_machphys_mapping *from)
{
    to->v_start = from->v_start;
    if ( to->v_start != from->v_start )
        return -ERANGE;
    to->v_end = from->v_end;
    if ( to->v_end != from->v_end )
        return -ERANGE;
    to->max_mfn = from->max_mfn;
    if ( to->max_mfn != from->max_mfn )
        return -ERANGE;

    return 0;
}

struct x86_32_xen_add_to_physmap {
    domid_t domid;
    uint16_t size;
    unsigned int space;
    uint32_t idx;
    uint32_t gpfn;
};
typedef struct x86_32_xen_add_to_physmap x86_32_xen_add_to_physmap_t;
DEFINE_XEN_GUEST_HANDLE(x86_32_xen_add_to_physmap_t);

static inline void
x86_32_get_xen_add_to_physmap(struct xen_add_to_physmap *to,
                              const struct x86_32_xen_add_to_physmap *from)
{
    to->domid = from->domid;
    to->size = from->size;
    to->space = from->space;
    to->idx = from->idx;
    to->gpfn = from->gpfn;
}

struct x86_32_xen_add_to_physmap_batch {
    domid_t domid;
    uint16_t space;
    uint16_t size;
    union xen_add_to_physmap_batch_extra u;
    uint32_t idxs;
    uint32_t gpfns;
    uint32_t errs;
};
typedef struct x86_32_xen_add_to_physmap_batch
    x86_32_xen_add_to_physmap_batch_t;
DEFINE_XEN_GUEST_HANDLE(x86_32_xen_add_to_physmap_batch_t);

static inline void x86_32_get_xen_add_to_physmap_batch(
    struct xen_add_to_physmap_batch *to,
    const struct x86_32_xen_add_to_physmap_batch *from)
{
    memset(to, 0, sizeof(*to));
    to->domid = from->domid;
    to->space = from->space;
    to->size = from->size;
    to->u = from->u;
    set_xen_guest_handle(to->idxs, (void *)(unsigned long)from->idxs);
    set_xen_guest_handle(to->gpfns, (void *)(unsigned long)from->gpfns);
    set_xen_guest_handle(to->errs, (void *)(unsigned long)from->errs);
}

struct x86_32_xen_remove_from_physmap {
    domid_t domid;
    uint32_t gpfn;
};
typedef struct x86_32_xen_remove_from_physmap x86_32_xen_remove_from_physmap_t;
DEFINE_XEN_GUEST_HANDLE(x86_32_xen_remove_from_physmap_t);

static inline void x86_32_get_xen_remove_from_physmap(
    struct xen_remove_from_physmap *to,
    const struct x86_32_xen_remove_from_physmap *from)
{
    memset(to, 0, sizeof(*to));
    to->domid = from->domid;
    to->gpfn = from->gpfn;
}

struct x86_32_xen_memory_map {
    unsigned int nr_entries;
    uint32_t buffer;
};
typedef struct x86_32_xen_memory_map x86_32_xen_memory_map_t;
DEFINE_XEN_GUEST_HANDLE(x86_32_xen_memory_map_t);

static inline void
x86_32_get_xen_memory_map(struct xen_memory_map *to,
                          const struct x86_32_xen_memory_map *from)
{
    memset(to, 0, sizeof(*to));
    to->nr_entries = from->nr_entries;
    set_xen_guest_handle(to->buffer, (void *)(unsigned long)from->buffer);
}

static inline int x86_32_put_xen_memory_map(struct x86_32_xen_memory_map *to,
                                            const struct xen_memory_map *from)
{
    to->nr_entries = from->nr_entries;

    return 0;
}

struct x86_32_xen_foreign_memory_map {
    domid_t domid;
    struct x86_32_xen_memory_map map;
};
typedef struct x86_32_xen_foreign_memory_map x86_32_xen_foreign_memory_map_t;
DEFINE_XEN_GUEST_HANDLE(x86_32_xen_foreign_memory_map_t);

static inline void x86_32_get_xen_foreign_memory_map(
    struct xen_foreign_memory_map *to,
    const struct x86_32_xen_foreign_memory_map *from)
{
    memset(to, 0, sizeof(*to));
    to->domid = from->domid;
    x86_32_get_xen_memory_map(&to->map, &from->map);
}

struct x86_32_xen_pod_target {
    x86_32_uint64_t target_pages;
    x86_32_uint64_t tot_pages;
    x86_32_uint64_t pod_cache_pages;
    x86_32_uint64_t pod_entries;
    domid_t domid;
};
typedef struct x86_32_xen_pod_target x86_32_xen_pod_target_t;
DEFINE_XEN_GUEST_HANDLE(x86_32_xen_pod_target_t);

static inline void
x86_32_get_xen_pod_target(struct xen_pod_target *to,
                          const struct x86_32_xen_pod_target *from)
{
    memset(to, 0, sizeof(*to));
    to->target_pages = from->target_pages;
    to->tot_pages = from->tot_pages;
    to->pod_cache_pages = from->pod_cache_pages;
    to->pod_entries = from->pod_entries;
    to->domid = from->domid;
}

static inline int x86_32_put_xen_pod_target(struct x86_32_xen_pod_target *to,
                                            const struct xen_pod_target *from)
{
    to->tot_pages = from->tot_pages;
    to->pod_cache_pages = from->pod_cache_pages;
    to->pod_entries = from->pod_entries;

    return 0;
}

struct x86_32_xen_mem_access_op {
    uint8_t op;
    uint8_t access;
    domid_t domid;
    uint32_t nr;
    uint64_aligned_t pfn;
    uint32_t pfn_list;
    uint32_t access_list;
};
typedef struct x86_32_xen_mem_access_op x86_32_xen_mem_access_op_t;
DEFINE_XEN_GUEST_HANDLE(x86_32_xen_mem_access_op_t);

static inline void
x86_32_get_xen_mem_access_op(struct xen_mem_access_op *to,
                             const struct x86_32_xen_mem_access_op *from)
{
    to->op = from->op;
    to->access = from->access;
    to->domid = from->domid;
    to->nr = from->nr;
    to->pfn = from->pfn;
    set_xen_guest_handle(to->pfn_list, (void *)(unsigned long)from->pfn_list);
    set_xen_guest_handle(to->access_list,
                         (void *)(unsigned long)from->access_list);
}

static inline int
x86_32_put_xen_mem_access_op(struct x86_32_xen_mem_access_op *to,
                             const struct xen_mem_access_op *from)
{
    to->access = from->access;

    return 0;
}

struct x86_32_xen_reserved_device_memory {
    uint32_t start_pfn;
    uint32_t nr_pages;
};
typedef struct x86_32_xen_reserved_device_memory
    x86_32_xen_reserved_device_memory_t;
DEFINE_XEN_GUEST_HANDLE(x86_32_xen_reserved_device_memory_t);

static inline int x86_32_put_xen_reserved_device_memory(
    struct x86_32_xen_reserved_device_memory *to,
    const struct xen_reserved_device_memory *from)
{
    to->start_pfn = from->start_pfn;
    if ( to->start_pfn != from->start_pfn )
        return -ERANGE;
    to->nr_pages = from->nr_pages;
    if ( to->nr_pages != from->nr_pages )
        return -ERANGE;

    return 0;
}

struct x86_32_xen_reserved_device_memory_map {
    uint32_t flags;
    unsigned int nr_entries;
    uint32_t buffer;
    union {
        physdev_pci_device_t pci;
    } dev;
};
typedef struct x86_32_xen_reserved_device_memory_map
    x86_32_xen_reserved_device_memory_map_t;
DEFINE_XEN_GUEST_HANDLE(x86_32_xen_reserved_device_memory_map_t);

static inline void x86_32_get_xen_reserved_device_memory_map(
    struct xen_reserved_device_memory_map *to,
    const struct x86_32_xen_reserved_device_memory_map *from)
{
    memset(to, 0, sizeof(*to));
    to->flags = from->flags;
    to->nr_entries = from->nr_entries;
    set_xen_guest_handle(to->buffer, (void *)(unsigned long)from->buffer);
    memcpy(&to->dev, &from->dev, sizeof(to->dev));
}

static inline int x86_32_put_xen_reserved_device_memory_map(
    struct x86_32_xen_reserved_device_memory_map *to,
    const struct xen_reserved_device_memory_map *from)
{
    to->nr_entries = from->nr_entries;

    return 0;
}

struct x86_32_xen_mem_acquire_resource {
    domid_t domid;
    uint16_t type;
    uint32_t id;
    uint32_t nr_frames;
    uint32_t pad;
    x86_32_uint64_t frame;
    uint32_t frame_list;
};
typedef struct x86_32_xen_mem_acquire_resource
    x86_32_xen_mem_acquire_resource_t;
DEFINE_XEN_GUEST_HANDLE(x86_32_xen_mem_acquire_resource_t);

static inline void x86_32_get_xen_mem_acquire_resource(
    struct xen_mem_acquire_resource *to,
    const struct x86_32_xen_mem_acquire_resource *from)
{
    to->domid = from->domid;
    to->type = from->type;
    to->id = from->id;
    to->nr_frames = from->nr_frames;
    to->pad = from->pad;
    to->frame = from->frame;
    set_xen_guest_handle(to->frame_list,
                         (void *)(unsigned long)from->frame_list);
}

static inline int
x86_32_put_xen_mem_acquire_resource(struct x86_32_xen_mem_acquire_resource *to,
                                    const struct xen_mem_acquire_resource *from)
{
    to->nr_frames = from->nr_frames;

    return 0;
}

struct x86_32_xen_vnuma_topology_info {
    domid_t domid;
    uint16_t pad;
    unsigned int nr_vnodes;
    unsigned int nr_vcpus;
    unsigned int nr_vmemranges;
    union {
        uint32_t h;
        x86_32_uint64_t pad;
    } vdistance;
    union {
        uint32_t h;
        x86_32_uint64_t pad;
    } vcpu_to_vnode;
    union {
        uint32_t h;
        x86_32_uint64_t pad;
    } vmemrange;
};
typedef struct x86_32_xen_vnuma_topology_info x86_32_xen_vnuma_topology_info_t;
DEFINE_XEN_GUEST_HANDLE(x86_32_xen_vnuma_topology_info_t);

static inline void x86_32_get_xen_vnuma_topology_info(
    struct xen_vnuma_topology_info *to,
    const struct x86_32_xen_vnuma_topology_info *from)
{
    memset(to, 0, sizeof(*to));
    to->domid = from->domid;
    to->pad = from->pad;
    to->nr_vnodes = from->nr_vnodes;
    to->nr_vcpus = from->nr_vcpus;
    to->nr_vmemranges = from->nr_vmemranges;
    set_xen_guest_handle(to->vdistance.h,
                         (void *)(unsigned long)from->vdistance.h);
    set_xen_guest_handle(to->vcpu_to_vnode.h,
                         (void *)(unsigned long)from->vcpu_to_vnode.h);
    set_xen_guest_handle(to->vmemrange.h,
                         (void *)(unsigned long)from->vmemrange.h);
}

static inline int
x86_32_put_xen_vnuma_topology_info(struct x86_32_xen_vnuma_topology_info *to,
                                   const struct xen_vnuma_topology_info *from)
{
    to->nr_vnodes = from->nr_vnodes;
    to->nr_vcpus = from->nr_vcpus;
    to->nr_vmemranges = from->nr_vmemranges;

    return 0;
}

#endif /* HD_MEMORY_COMPAT_H */
