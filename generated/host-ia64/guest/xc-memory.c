/* SPDX-License-Identifier: MIT */
/*
 * The calls of hc-memory.h that have pointers: each becomes a handle for as
 * long as the call takes, also in structures, and is put back.
 *
 * Generated from idl/memory.idl by "make"; edit that, not this.
 */
#include <xen/memory.h>

#include "hc-memory.h"
#include "xc.h"

static void convert_xen_memory_reservation(struct xencomm *xc, void *element)
{
    struct xen_memory_reservation *s = element;

    xencomm_handle(xc, &s->extent_start, s->nr_extents, sizeof(xen_pfn_t));
}

static void convert_xen_memory_exchange(struct xencomm *xc, void *element)
{
    struct xen_memory_exchange *s = element;

    convert_xen_memory_reservation(xc, &s->in);
    convert_xen_memory_reservation(xc, &s->out);
}

static void convert_xen_machphys_mfn_list(struct xencomm *xc, void *element)
{
    struct xen_machphys_mfn_list *s = element;

    xencomm_handle(xc, &s->extent_start, s->max_extents, sizeof(xen_pfn_t));
}

static void convert_xen_add_to_physmap_batch(struct xencomm *xc, void *element)
{
    struct xen_add_to_physmap_batch *s = element;

    xencomm_handle(xc, &s->idxs, s->size, sizeof(xen_ulong_t));
    xencomm_handle(xc, &s->gpfns, s->size, sizeof(xen_pfn_t));
    xencomm_handle(xc, &s->errs, s->size, sizeof(int));
}

static void convert_xen_memory_map(struct xencomm *xc, void *element)
{
    struct xen_memory_map *s = element;

    xencomm_handle(xc, &s->buffer, s->nr_entries, 1);
}

static void convert_xen_foreign_memory_map(struct xencomm *xc, void *element)
{
    struct xen_foreign_memory_map *s = element;

    convert_xen_memory_map(xc, &s->map);
}

#if defined(__XEN__) || defined(__XEN_TOOLS__)

static void convert_xen_mem_paging_op(struct xencomm *xc, void *element)
{
    struct xen_mem_paging_op *s = element;

    xencomm_handle(xc, &s->buffer, 4096, sizeof(uint8_t));
}

static void convert_xen_mem_access_op(struct xencomm *xc, void *element)
{
    struct xen_mem_access_op *s = element;

    xencomm_handle(xc, &s->pfn_list, s->nr, sizeof(uint64_t));
    xencomm_handle(xc, &s->access_list, s->nr, sizeof(uint8_t));
}

static void convert_xen_reserved_device_memory_map(struct xencomm *xc,
                                                   void *element)
{
    struct xen_reserved_device_memory_map *s = element;

    xencomm_handle(xc, &s->buffer, s->nr_entries,
                   sizeof(struct xen_reserved_device_memory));
}
#endif /* defined(__XEN__) || defined(__XEN_TOOLS__) */

static void convert_xen_mem_acquire_resource(struct xencomm *xc, void *element)
{
    struct xen_mem_acquire_resource *s = element;

    xencomm_handle(xc, &s->frame_list, s->nr_frames, sizeof(xen_pfn_t));
}

static void convert_xen_vnuma_topology_info(struct xencomm *xc, void *element)
{
    struct xen_vnuma_topology_info *s = element;

    xencomm_handle(xc, &s->vdistance.h,
                   (unsigned long)s->nr_vnodes * s->nr_vnodes,
                   sizeof(unsigned int));
    xencomm_handle(xc, &s->vcpu_to_vnode.h, s->nr_vcpus, sizeof(unsigned int));
    xencomm_handle(xc, &s->vmemrange.h, s->nr_vmemranges,
                   sizeof(struct xen_vmemrange));
}

void xc_memory_op(struct xencomm *xc, unsigned long reg[])
{
    switch ( reg[0] & 0x3f )
    {
    case XENMEM_increase_reservation:
    case XENMEM_decrease_reservation:
    case XENMEM_populate_physmap:
        xencomm_elements(xc, &reg[1], 1, sizeof(struct xen_memory_reservation),
                         convert_xen_memory_reservation);
        break;
    case XENMEM_exchange:
        xencomm_elements(xc, &reg[1], 1, sizeof(struct xen_memory_exchange),
                         convert_xen_memory_exchange);
        break;
    case XENMEM_current_reservation:
    case XENMEM_maximum_reservation:
    case XENMEM_maximum_gpfn:
        xencomm_handle(xc, &reg[1], 1, sizeof(struct xen_memory_domain));
        break;
    case XENMEM_machphys_mfn_list:
    case XENMEM_machphys_compat_mfn_list:
        xencomm_elements(xc, &reg[1], 1, sizeof(struct xen_machphys_mfn_list),
                         convert_xen_machphys_mfn_list);
        break;
    case XENMEM_machphys_mapping:
        xencomm_handle(xc, &reg[1], 1, sizeof(struct xen_machphys_mapping));
        break;
    case XENMEM_add_to_physmap:
        xencomm_handle(xc, &reg[1], 1, sizeof(struct xen_add_to_physmap));
        break;
    case XENMEM_add_to_physmap_batch:
        xencomm_elements(xc, &reg[1], 1,
                         sizeof(struct xen_add_to_physmap_batch),
                         convert_xen_add_to_physmap_batch);
        break;
    case XENMEM_remove_from_physmap:
        xencomm_handle(xc, &reg[1], 1, sizeof(struct xen_remove_from_physmap));
        break;
    case XENMEM_memory_map:
    case XENMEM_machine_memory_map:
        xencomm_elements(xc, &reg[1], 1, sizeof(struct xen_memory_map),
                         convert_xen_memory_map);
        break;
    case XENMEM_set_memory_map:
        xencomm_elements(xc, &reg[1], 1, sizeof(struct xen_foreign_memory_map),
                         convert_xen_foreign_memory_map);
        break;
    case XENMEM_set_pod_target:
    case XENMEM_get_pod_target:
        xencomm_handle(xc, &reg[1], 1, sizeof(struct xen_pod_target));
        break;
#if defined(__XEN__) || defined(__XEN_TOOLS__)
    case XENMEM_paging_op:
        xencomm_elements(xc, &reg[1], 1, sizeof(struct xen_mem_paging_op),
                         convert_xen_mem_paging_op);
        break;
    case XENMEM_access_op:
        xencomm_elements(xc, &reg[1], 1, sizeof(struct xen_mem_access_op),
                         convert_xen_mem_access_op);
        break;
    case XENMEM_sharing_op:
        xencomm_handle(xc, &reg[1], 1, sizeof(struct xen_mem_sharing_op));
        break;
    case XENMEM_claim_pages:
        xencomm_elements(xc, &reg[1], 1, sizeof(struct xen_memory_reservation),
                         convert_xen_memory_reservation);
        break;
    case XENMEM_reserved_device_memory_map:
        xencomm_elements(xc, &reg[1], 1,
                         sizeof(struct xen_reserved_device_memory_map),
                         convert_xen_reserved_device_memory_map);
        break;
#endif /* defined(__XEN__) || defined(__XEN_TOOLS__) */
    case XENMEM_acquire_resource:
        xencomm_elements(xc, &reg[1], 1,
                         sizeof(struct xen_mem_acquire_resource),
                         convert_xen_mem_acquire_resource);
        break;
    case XENMEM_get_vnumainfo:
        xencomm_elements(xc, &reg[1], 1, sizeof(struct xen_vnuma_topology_info),
                         convert_xen_vnuma_topology_info);
        break;
    default:
        /* Whatever it points at, nobody looks. */
        xencomm_handle(xc, &reg[1], 0, 1);
        break;
    }
}

long hc_memory_op(unsigned long cmd, void *arg)
{
    unsigned long reg[] = {cmd, (unsigned long)arg};
    struct xencomm xc;
    long rc;

    xencomm_begin(&xc);
    xc_memory_op(&xc, reg);
    rc = xencomm_error(&xc);
    if ( !rc )
        rc = HC_CALL2(__HYPERVISOR_memory_op, reg[0], reg[1]);
    xencomm_end(&xc);
    return rc;
}
