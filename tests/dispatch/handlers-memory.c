/* SPDX-License-Identifier: MIT */
/* The handlers of memory_op: they record, and do as they are told. */
#include "hd-memory.h"

#include "harness.h"

/* What is counted. */
#define NUMBER (4242 | (long)script.wide << 40)

#define NO_ARGUMENT(op)                                                                \
    long hv_memory_##op(struct hd_call *call)                                          \
    {                                                                                  \
        return step_end(step_begin(call, NULL, NULL, NULL), call, NULL, NUMBER);       \
    }

#define SIMPLE(op, tag, result)                                                        \
    long hv_memory_##op(struct hd_call *call, struct tag *arg)                         \
    {                                                                                  \
        return step_end(step_begin(call, arg, NULL, NULL), call, arg, result);         \
    }

#define ABOUT(op, tag, result)                                                         \
    long hv_memory_##op(struct hd_call *call, struct tag *arg, struct domain *d)       \
    {                                                                                  \
        return step_end(step_begin(call, arg, d, NULL), call, arg, result);            \
    }

/* Steps: read element call->place of a list, tell it, or both. */
#define STEP(op, tag, read, tell)                                                      \
    long hv_memory_##op(struct hd_call *call, struct tag *arg, struct domain *d)       \
    {                                                                                  \
        struct step *step = step_begin(call, arg, d, NULL);                            \
        xen_pfn_t frame = 0;                                                           \
        long rc = step->result;                                                        \
                                                                                       \
        if ( !rc && read )                                                             \
            rc = hd_memory_##op##_get_extent_start(call, arg, call->place, &frame);    \
        step_add(step, frame);                                                         \
        tell;                                                                          \
        return step_end(step, call, arg, rc ? rc : 1);                                 \
    }

#define TELL(op)                                                                       \
    if ( !rc && !guest_handle_is_null(arg->extent_start) )                              \
        rc = hd_memory_##op##_put_extent_start(call, arg, call->place,                 \
                                               (xen_pfn_t)step_value(step), d)

#define hd_memory_increase_reservation_get_extent_start(call, arg, i, frame) 0
STEP(increase_reservation, xen_memory_reservation, false, TELL(increase_reservation))
STEP(decrease_reservation, xen_memory_reservation, true, (void)0)
STEP(populate_physmap, xen_memory_reservation, true, TELL(populate_physmap))

long hv_memory_exchange(struct hd_call *call, struct xen_memory_exchange *arg, struct domain *d)
{
    struct step *step = step_begin(call, arg, d, NULL);
    long rc = step->result;
    xen_pfn_t in = 0, out = 0;

    if ( !rc )
        rc = hd_memory_exchange_get_in_extent_start(call, arg, call->place, &in);
    if ( !rc )
        rc = hd_memory_exchange_get_out_extent_start(call, arg, call->place, &out);
    step_add(step, in + 3 * out);
    if ( !rc )
        rc = hd_memory_exchange_put_out_extent_start(call, arg, call->place,
                                                     (xen_pfn_t)step_value(step), d);
    return step_end(step, call, arg, rc ? rc : 1);
}

NO_ARGUMENT(maximum_ram_page)
ABOUT(current_reservation, xen_memory_domain, NUMBER)
ABOUT(maximum_reservation, xen_memory_domain, NUMBER)
ABOUT(maximum_gpfn, xen_memory_domain, NUMBER)

long hv_memory_add_to_physmap(struct hd_call *call, struct xen_add_to_physmap *arg,
                              struct domain *d)
{
    struct step *step = step_begin(call, arg, d, NULL);

    return step_end(step, call, arg,
                    arg->space == XENMAPSPACE_gmfn_range && call->place < arg->size);
}

long hv_memory_add_to_physmap_batch(struct hd_call *call, struct xen_add_to_physmap_batch *arg,
                                    struct domain *d)
{
    struct step *step = step_begin(call, arg, d, NULL);
    long rc = step->result;
    xen_ulong_t idx = 0;
    xen_pfn_t gpfn = 0;

    if ( !arg->size )
        return step_end(step, call, arg, 0);
    if ( !rc )
        rc = hd_memory_add_to_physmap_batch_get_idxs(call, arg, call->place, &idx);
    if ( !rc )
        rc = hd_memory_add_to_physmap_batch_get_gpfns(call, arg, call->place, &gpfn);
    step_add(step, idx + 3 * gpfn);
    if ( !rc )
        rc = hd_memory_add_to_physmap_batch_put_errs(call, arg, call->place,
                                                     (int)step_value(step));
    return step_end(step, call, arg, rc ? rc : 1);
}

ABOUT(remove_from_physmap, xen_remove_from_physmap, 0)

/* A memory map: entries of 20 bytes. */
#define MAP_OUT(op)                                                                    \
    long hv_memory_##op(struct hd_call *call, struct xen_memory_map *arg)              \
    {                                                                                  \
        struct step *step = step_begin(call, arg, NULL, NULL);                         \
        unsigned char entry[20];                                                       \
        unsigned int i;                                                                \
        long rc = step->result;                                                        \
                                                                                       \
        for ( i = 0; !rc && i < arg->nr_entries; i++ )                                 \
        {                                                                              \
            memset(entry, 0x40 + (int)i, sizeof(entry));                               \
            rc = hd_memory_##op##_put_buffer(call, arg, i * sizeof(entry), entry,      \
                                             sizeof(entry));                           \
        }                                                                              \
        return step_end(step, call, arg, rc);                                          \
    }

MAP_OUT(machine_memory_map)

ABOUT(set_pod_target, xen_pod_target, 0)
ABOUT(get_pod_target, xen_pod_target, 0)
ABOUT(claim_pages, xen_memory_reservation, 0)

long hv_memory_reserved_device_memory_map(struct hd_call *call,
                                          struct xen_reserved_device_memory_map *arg)
{
    struct step *step = step_begin(call, arg, NULL, NULL);
    struct xen_reserved_device_memory entry = { 7, 8 };
    unsigned int i;
    long rc = step->result;

    for ( i = 0; !rc && i < arg->nr_entries; i++ )
        rc = hd_memory_reserved_device_memory_map_put_buffer(call, arg, i, &entry);
    return step_end(step, call, arg, rc);
}

long hv_memory_acquire_resource(struct hd_call *call, struct xen_mem_acquire_resource *arg,
                                struct domain *d)
{
    struct step *step = step_begin(call, arg, d, NULL);
    xen_pfn_t frame = 0;
    long rc = step->result;

    if ( guest_handle_is_null(arg->frame_list) )
    {
        arg->nr_frames = 9;
        return step_end(step, call, arg, 0);
    }
    if ( !rc && paging_mode_translate(call->caller) )
        rc = hd_memory_acquire_resource_get_frame_list(call, arg, call->place, &frame);
    step_add(step, frame);
    if ( !rc )
        rc = hd_memory_acquire_resource_put_frame_list(call, arg, call->place,
                                                       (xen_pfn_t)step_value(step));
    return step_end(step, call, arg, rc ? rc : 1);
}

long hv_memory_get_vnumainfo(struct hd_call *call, struct xen_vnuma_topology_info *arg,
                             struct domain *d)
{
    struct step *step = step_begin(call, arg, d, NULL);
    struct xen_vmemrange range = { 1, 2, 3, 4 };
    long rc = step->result;
    unsigned int i;

    for ( i = 0; !rc && i < arg->nr_vnodes * arg->nr_vnodes; i++ )
        rc = hd_memory_get_vnumainfo_put_vdistance_h(call, arg, i, 10 + i);
    for ( i = 0; !rc && i < arg->nr_vcpus; i++ )
        rc = hd_memory_get_vnumainfo_put_vcpu_to_vnode_h(call, arg, i, 20 + i);
    for ( i = 0; !rc && i < arg->nr_vmemranges; i++ )
        rc = hd_memory_get_vnumainfo_put_vmemrange_h(call, arg, i, &range);
    return step_end(step, call, arg, rc);
}

long hv_memory_access_op(struct hd_call *call, struct xen_mem_access_op *arg, struct domain *d)
{
    struct step *step = step_begin(call, arg, d, NULL);
    uint64_t pfn = 0;
    uint8_t access = 0;
    long rc = step->result;

    if ( arg->op == XENMEM_access_op_get_access )
    {
        arg->access = 5;
        return step_end(step, call, arg, 0);
    }
    if ( arg->op != XENMEM_access_op_set_access_multi )
        return step_end(step, call, arg, 1);
    if ( !rc )
        rc = hd_memory_access_op_get_pfn_list(call, arg, call->place, &pfn);
    if ( !rc )
        rc = hd_memory_access_op_get_access_list(call, arg, call->place, &access);
    step_add(step, pfn + 3 * access);
    return step_end(step, call, arg, rc ? rc : 1);
}

#ifndef PORT_IA64

#define FRAMES(op)                                                                     \
    long hv_memory_##op(struct hd_call *call, struct xen_machphys_mfn_list *arg)       \
    {                                                                                  \
        struct step *step = step_begin(call, arg, NULL, NULL);                         \
        long rc = step->result;                                                        \
        unsigned int i;                                                                \
                                                                                       \
        for ( i = 0; !rc && i < arg->max_extents; i++ )                                \
            rc = hd_memory_##op##_put_extent_start(call, arg, i, 0x100 + i);           \
        return step_end(step, call, arg, rc);                                          \
    }

FRAMES(machphys_mfn_list)
FRAMES(machphys_compat_mfn_list)
SIMPLE(machphys_mapping, xen_machphys_mapping, 0)
MAP_OUT(memory_map)
NO_ARGUMENT(get_sharing_freed_pages)
NO_ARGUMENT(get_sharing_shared_pages)

long hv_memory_set_memory_map(struct hd_call *call, struct xen_foreign_memory_map *arg,
                              struct domain *d)
{
    struct step *step = step_begin(call, arg, d, NULL);
    unsigned char entry[20] = { 0 };
    unsigned int i;
    long rc = step->result;

    for ( i = 0; !rc && i < arg->map.nr_entries; i++ )
    {
        rc = hd_memory_set_memory_map_get_map_buffer(call, arg, i * sizeof(entry), entry,
                                                     sizeof(entry));
        step_add(step, entry[0] | (uint64_t)entry[19] << 8);
    }
    return step_end(step, call, arg, rc);
}

long hv_memory_paging_op(struct hd_call *call, struct xen_mem_paging_op *arg, struct domain *d)
{
    struct step *step = step_begin(call, arg, d, NULL);
    uint8_t byte = 0;
    unsigned int i;
    long rc = step->result;

    for ( i = 0; !rc && i < 4096; i += 512 )
    {
        rc = hd_memory_paging_op_get_buffer(call, arg, i, &byte);
        step_add(step, byte);
    }
    return step_end(step, call, arg, rc);
}

long hv_memory_sharing_op(struct hd_call *call, struct xen_mem_sharing_op *arg, struct domain *d,
                          struct domain *client)
{
    struct step *step = step_begin(call, arg, d, client);

    if ( !step->result && arg->op == XENMEM_sharing_op_nominate_gfn )
        arg->u.nominate.handle = (uint64_t)step_value(step);
    return step_end(step, call, arg, arg->op == XENMEM_sharing_op_range_share);
}

#endif
