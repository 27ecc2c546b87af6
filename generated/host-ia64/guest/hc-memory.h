/* SPDX-License-Identifier: MIT */
/*
 * The calls of <xen/memory.h>, and entries for several calls in one.
 *
 * Each returns what the hypervisor does: 0 or a number, or a negative error.
 *
 * Generated from idl/memory.idl by "make"; edit that, not this.
 */
#ifndef HC_MEMORY_H
#define HC_MEMORY_H

#include <xen/memory.h>

#include "hc.h"

/*
 * Do cmd with the structure at arg.
 */
extern long hc_memory_op(unsigned long cmd, void *arg);

static inline void hc_multi_memory_op(struct multicall_entry *entry,
                                      unsigned long cmd, void *arg)
{
    entry->op = __HYPERVISOR_memory_op;
    entry->args[0] = cmd;
    entry->args[1] = (unsigned long)arg;
}

/*
 * Add extents, and say which frames they are.
 * Returns how many of nr_extents are done.
 *
 * In:     nr_extents, extent_order, mem_flags, address_bits, domid
 * Out:    extent_start
 */
static inline long
hc_memory_increase_reservation(struct xen_memory_reservation *arg)
{
    return hc_memory_op(XENMEM_increase_reservation, arg);
}

static inline void
hc_multi_memory_increase_reservation(struct multicall_entry *entry,
                                     struct xen_memory_reservation *arg)
{
    hc_multi_memory_op(entry, XENMEM_increase_reservation, arg);
}

/*
 * Give extents back, up to the first that is not the domain's. What was given
 * back of that one stays given back.
 * Returns how many of nr_extents are done.
 *
 * In:     extent_start, nr_extents, extent_order, mem_flags, address_bits,
 *         domid
 */
static inline long
hc_memory_decrease_reservation(struct xen_memory_reservation *arg)
{
    return hc_memory_op(XENMEM_decrease_reservation, arg);
}

static inline void
hc_multi_memory_decrease_reservation(struct multicall_entry *entry,
                                     struct xen_memory_reservation *arg)
{
    hc_multi_memory_op(entry, XENMEM_decrease_reservation, arg);
}

/*
 * Put new extents at given places. max_order does not bind
 * populate_on_demand, which nobody can do to himself.
 * Returns how many of nr_extents are done.
 *
 * In:     extent_start, nr_extents, extent_order, mem_flags, address_bits,
 *         domid
 * Out:    extent_start
 */
static inline long
hc_memory_populate_physmap(struct xen_memory_reservation *arg)
{
    return hc_memory_op(XENMEM_populate_physmap, arg);
}

static inline void
hc_multi_memory_populate_physmap(struct multicall_entry *entry,
                                 struct xen_memory_reservation *arg)
{
    hc_multi_memory_op(entry, XENMEM_populate_physmap, arg);
}

/*
 * Exchange frames for others, to get them contiguous or below an address. The
 * larger of the two extents is one step: all of it is exchanged, or nothing.
 *
 * In:     in, out, nr_exchanged, out.extent_start
 * Out:    nr_exchanged, out.extent_start
 * Errors: EPERM, EINVAL, EFAULT, ESRCH, EOPNOTSUPP, ENOMEM
 */
static inline long hc_memory_exchange(struct xen_memory_exchange *arg)
{
    return hc_memory_op(XENMEM_exchange, arg);
}

static inline void hc_multi_memory_exchange(struct multicall_entry *entry,
                                            struct xen_memory_exchange *arg)
{
    hc_multi_memory_op(entry, XENMEM_exchange, arg);
}

/*
 * The highest frame of RAM in the machine.
 */
static inline long hc_memory_maximum_ram_page(void)
{
    return hc_memory_op(XENMEM_maximum_ram_page, (void *)0);
}

static inline void
hc_multi_memory_maximum_ram_page(struct multicall_entry *entry)
{
    hc_multi_memory_op(entry, XENMEM_maximum_ram_page, (void *)0);
}

/*
 * Pages the domain has.
 *
 * In:     domid
 * Errors: ESRCH, EPERM
 */
static inline long hc_memory_current_reservation(struct xen_memory_domain *arg)
{
    return hc_memory_op(XENMEM_current_reservation, arg);
}

static inline void
hc_multi_memory_current_reservation(struct multicall_entry *entry,
                                    struct xen_memory_domain *arg)
{
    hc_multi_memory_op(entry, XENMEM_current_reservation, arg);
}

/*
 * Pages the domain may have.
 *
 * In:     domid
 * Errors: ESRCH, EPERM
 */
static inline long hc_memory_maximum_reservation(struct xen_memory_domain *arg)
{
    return hc_memory_op(XENMEM_maximum_reservation, arg);
}

static inline void
hc_multi_memory_maximum_reservation(struct multicall_entry *entry,
                                    struct xen_memory_domain *arg)
{
    hc_multi_memory_op(entry, XENMEM_maximum_reservation, arg);
}

/*
 * The highest guest frame the domain uses.
 *
 * In:     domid
 * Errors: ESRCH, EPERM
 */
static inline long hc_memory_maximum_gpfn(struct xen_memory_domain *arg)
{
    return hc_memory_op(XENMEM_maximum_gpfn, arg);
}

static inline void hc_multi_memory_maximum_gpfn(struct multicall_entry *entry,
                                                struct xen_memory_domain *arg)
{
    hc_multi_memory_op(entry, XENMEM_maximum_gpfn, arg);
}

/*
 * Where the table lies in machine memory, in pieces of 2 MiB.
 *
 * In:     max_extents
 * Out:    extent_start, nr_extents
 * Errors: ENOSYS
 */
static inline long
hc_memory_machphys_mfn_list(struct xen_machphys_mfn_list *arg)
{
    return hc_memory_op(XENMEM_machphys_mfn_list, arg);
}

static inline void
hc_multi_memory_machphys_mfn_list(struct multicall_entry *entry,
                                  struct xen_machphys_mfn_list *arg)
{
    hc_multi_memory_op(entry, XENMEM_machphys_mfn_list, arg);
}

/*
 * The same for the table that 32-bit guests see.
 *
 * In:     max_extents
 * Out:    extent_start, nr_extents
 * Errors: ENOSYS, EOPNOTSUPP
 */
static inline long
hc_memory_machphys_compat_mfn_list(struct xen_machphys_mfn_list *arg)
{
    return hc_memory_op(XENMEM_machphys_compat_mfn_list, arg);
}

static inline void
hc_multi_memory_machphys_compat_mfn_list(struct multicall_entry *entry,
                                         struct xen_machphys_mfn_list *arg)
{
    hc_multi_memory_op(entry, XENMEM_machphys_compat_mfn_list, arg);
}

/*
 * Where the table lies in the guest's own address space.
 *
 * Out:    v_start, v_end, max_mfn
 * Errors: ENOSYS
 */
static inline long hc_memory_machphys_mapping(struct xen_machphys_mapping *arg)
{
    return hc_memory_op(XENMEM_machphys_mapping, arg);
}

static inline void
hc_multi_memory_machphys_mapping(struct multicall_entry *entry,
                                 struct xen_machphys_mapping *arg)
{
    hc_multi_memory_op(entry, XENMEM_machphys_mapping, arg);
}

/*
 * Make something appear at a guest frame. What was there is dropped.
 *
 * In:     domid, size, space, idx, gpfn
 * Errors: EDOM, ENOSYS, ESRCH, EACCES, EPERM, EINVAL, EILSEQ, EOVERFLOW,
 *         EXDEV, ENOMEM
 */
static inline long hc_memory_add_to_physmap(struct xen_add_to_physmap *arg)
{
    return hc_memory_op(XENMEM_add_to_physmap, arg);
}

static inline void
hc_multi_memory_add_to_physmap(struct multicall_entry *entry,
                               struct xen_add_to_physmap *arg)
{
    hc_multi_memory_op(entry, XENMEM_add_to_physmap, arg);
}

/*
 * The same for many frames, each with a result of its own, an errno. With
 * gmfn_foreign each frame is looked up in u.foreign_domid, and hook
 * map_gmfn_foreign is asked; what they answer is that frame's result.
 *
 * In:     domid, space, size, foreign_domid, u, idxs, gpfns
 * Out:    errs
 * Errors: EDOM, EOPNOTSUPP, ESRCH, EACCES, EPERM, EILSEQ, EFAULT, EINVAL
 */
static inline long
hc_memory_add_to_physmap_batch(struct xen_add_to_physmap_batch *arg)
{
    return hc_memory_op(XENMEM_add_to_physmap_batch, arg);
}

static inline void
hc_multi_memory_add_to_physmap_batch(struct multicall_entry *entry,
                                     struct xen_add_to_physmap_batch *arg)
{
    hc_multi_memory_op(entry, XENMEM_add_to_physmap_batch, arg);
}

/*
 * Take away what appears at a guest frame.
 *
 * In:     domid, gpfn
 * Errors: ESRCH, EACCES, EPERM, ENOENT
 */
static inline long
hc_memory_remove_from_physmap(struct xen_remove_from_physmap *arg)
{
    return hc_memory_op(XENMEM_remove_from_physmap, arg);
}

static inline void
hc_multi_memory_remove_from_physmap(struct multicall_entry *entry,
                                    struct xen_remove_from_physmap *arg)
{
    hc_multi_memory_op(entry, XENMEM_remove_from_physmap, arg);
}

/*
 * The map that the domain was started with.
 *
 * In:     nr_entries
 * Out:    nr_entries, buffer
 * Errors: ENOSYS
 */
static inline long hc_memory_memory_map(struct xen_memory_map *arg)
{
    return hc_memory_op(XENMEM_memory_map, arg);
}

static inline void hc_multi_memory_memory_map(struct multicall_entry *entry,
                                              struct xen_memory_map *arg)
{
    hc_multi_memory_op(entry, XENMEM_memory_map, arg);
}

/*
 * The map of the machine. With buffer NULL, how much room it needs.
 *
 * In:     nr_entries
 * Out:    nr_entries, buffer
 * Errors: ENOSYS, EINVAL, EFAULT
 */
static inline long hc_memory_machine_memory_map(struct xen_memory_map *arg)
{
    return hc_memory_op(XENMEM_machine_memory_map, arg);
}

static inline void
hc_multi_memory_machine_memory_map(struct multicall_entry *entry,
                                   struct xen_memory_map *arg)
{
    hc_multi_memory_op(entry, XENMEM_machine_memory_map, arg);
}

/*
 * Set what memory_map returns.
 *
 * In:     domid, map, map.buffer
 * Errors: ENOSYS, EINVAL, ESRCH, EPERM, ENOMEM
 */
static inline long hc_memory_set_memory_map(struct xen_foreign_memory_map *arg)
{
    return hc_memory_op(XENMEM_set_memory_map, arg);
}

static inline void
hc_multi_memory_set_memory_map(struct multicall_entry *entry,
                               struct xen_foreign_memory_map *arg)
{
    hc_multi_memory_op(entry, XENMEM_set_memory_map, arg);
}

/*
 * Set how much memory stands behind the domain.
 *
 * In:     target_pages, domid
 * Out:    tot_pages, pod_cache_pages, pod_entries
 * Errors: ENOSYS, ESRCH, EINVAL, EPERM, ENOMEM
 */
static inline long hc_memory_set_pod_target(struct xen_pod_target *arg)
{
    return hc_memory_op(XENMEM_set_pod_target, arg);
}

static inline void hc_multi_memory_set_pod_target(struct multicall_entry *entry,
                                                  struct xen_pod_target *arg)
{
    hc_multi_memory_op(entry, XENMEM_set_pod_target, arg);
}

/*
 * Ask for the same figures.
 *
 * In:     target_pages, domid
 * Out:    tot_pages, pod_cache_pages, pod_entries
 * Errors: ENOSYS, ESRCH, EINVAL, EPERM
 */
static inline long hc_memory_get_pod_target(struct xen_pod_target *arg)
{
    return hc_memory_op(XENMEM_get_pod_target, arg);
}

static inline void hc_multi_memory_get_pod_target(struct multicall_entry *entry,
                                                  struct xen_pod_target *arg)
{
    hc_multi_memory_op(entry, XENMEM_get_pod_target, arg);
}

#if defined(__XEN__) || defined(__XEN_TOOLS__)

/*
 * Pages that sharing has freed.
 *
 * Errors: ENOSYS
 */
static inline long hc_memory_get_sharing_freed_pages(void)
{
    return hc_memory_op(XENMEM_get_sharing_freed_pages, (void *)0);
}

static inline void
hc_multi_memory_get_sharing_freed_pages(struct multicall_entry *entry)
{
    hc_multi_memory_op(entry, XENMEM_get_sharing_freed_pages, (void *)0);
}

/*
 * Pages that are shared.
 *
 * Errors: ENOSYS
 */
static inline long hc_memory_get_sharing_shared_pages(void)
{
    return hc_memory_op(XENMEM_get_sharing_shared_pages, (void *)0);
}

static inline void
hc_multi_memory_get_sharing_shared_pages(struct multicall_entry *entry)
{
    hc_multi_memory_op(entry, XENMEM_get_sharing_shared_pages, (void *)0);
}

/*
 * Move a page of a guest out to a pager, or back.
 *
 * In:     op, domain, buffer, gfn
 * Errors: ENOSYS, ESRCH, EPERM, ENODEV, EINVAL, EBUSY, ENOENT, ENOMEM
 */
static inline long hc_memory_paging_op(struct xen_mem_paging_op *arg)
{
    return hc_memory_op(XENMEM_paging_op, arg);
}

static inline void hc_multi_memory_paging_op(struct multicall_entry *entry,
                                             struct xen_mem_paging_op *arg)
{
    hc_multi_memory_op(entry, XENMEM_paging_op, arg);
}

/*
 * Restrict what a guest may do with its own pages.
 *
 * In:     op, domid, nr, pfn, pfn_list, access_list
 * Out:    access
 * Errors: ESRCH, EPERM, ENOSYS, EINVAL, ENODEV
 */
static inline long hc_memory_access_op(struct xen_mem_access_op *arg)
{
    return hc_memory_op(XENMEM_access_op, arg);
}

static inline void hc_multi_memory_access_op(struct multicall_entry *entry,
                                             struct xen_mem_access_op *arg)
{
    hc_multi_memory_op(entry, XENMEM_access_op, arg);
}

/*
 * Let domains share equal pages, or fork one from another.
 *
 * In:     op, domain, u
 * Out:    u
 * Errors: ENOSYS, EINVAL, ESRCH, EPERM, ENOMEM
 */
static inline long hc_memory_sharing_op(struct xen_mem_sharing_op *arg)
{
    return hc_memory_op(XENMEM_sharing_op, arg);
}

static inline void hc_multi_memory_sharing_op(struct multicall_entry *entry,
                                              struct xen_mem_sharing_op *arg)
{
    hc_multi_memory_op(entry, XENMEM_sharing_op, arg);
}

/*
 * Claim pages for a domain without choosing them. 0 ends a claim.
 *
 * In:     extent_start, nr_extents, extent_order, mem_flags, address_bits,
 *         domid
 * Errors: EINVAL, EPERM, ENOMEM
 */
static inline long hc_memory_claim_pages(struct xen_memory_reservation *arg)
{
    return hc_memory_op(XENMEM_claim_pages, arg);
}

static inline void
hc_multi_memory_claim_pages(struct multicall_entry *entry,
                            struct xen_memory_reservation *arg)
{
    hc_multi_memory_op(entry, XENMEM_claim_pages, arg);
}

/*
 * Guest addresses that devices make unusable for RAM. NULL and 0 ask for the
 * count.
 *
 * In:     flags, nr_entries, dev
 * Out:    nr_entries, buffer
 * Errors: EFAULT, EINVAL, ENOBUFS
 */
static inline long
hc_memory_reserved_device_memory_map(struct xen_reserved_device_memory_map *arg)
{
    return hc_memory_op(XENMEM_reserved_device_memory_map, arg);
}

static inline void hc_multi_memory_reserved_device_memory_map(
    struct multicall_entry *entry, struct xen_reserved_device_memory_map *arg)
{
    hc_multi_memory_op(entry, XENMEM_reserved_device_memory_map, arg);
}
#endif /* defined(__XEN__) || defined(__XEN_TOOLS__) */

/*
 * Map a resource that Xen keeps for another domain.
 *
 * In:     domid, type, id, frame, frame_list
 * Out:    nr_frames, frame_list
 * Errors: EINVAL, ESRCH, EPERM, ERANGE, EACCES, EOPNOTSUPP, ENOENT, ENOMEM,
 *         EIO
 */
static inline long
hc_memory_acquire_resource(struct xen_mem_acquire_resource *arg)
{
    return hc_memory_op(XENMEM_acquire_resource, arg);
}

static inline void
hc_multi_memory_acquire_resource(struct multicall_entry *entry,
                                 struct xen_mem_acquire_resource *arg)
{
    hc_multi_memory_op(entry, XENMEM_acquire_resource, arg);
}

/*
 * Nodes, memory ranges and vcpus of the NUMA machine that the guest sees.
 *
 * In:     domid, nr_vnodes, nr_vcpus, nr_vmemranges
 * Out:    nr_vnodes, nr_vcpus, nr_vmemranges, vdistance, vcpu_to_vnode,
 *         vmemrange
 * Errors: ESRCH, EPERM, EOPNOTSUPP, ENOBUFS, ENOMEM, EAGAIN
 */
static inline long hc_memory_get_vnumainfo(struct xen_vnuma_topology_info *arg)
{
    return hc_memory_op(XENMEM_get_vnumainfo, arg);
}

static inline void
hc_multi_memory_get_vnumainfo(struct multicall_entry *entry,
                              struct xen_vnuma_topology_info *arg)
{
    hc_multi_memory_op(entry, XENMEM_get_vnumainfo, arg);
}

#endif /* HC_MEMORY_H */
