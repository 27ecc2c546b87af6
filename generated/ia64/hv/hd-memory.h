/* SPDX-License-Identifier: MIT */
/*
 * Handlers behind the calls of <public/memory.h>.
 *
 * Whoever writes them includes this. What a clause of the description can see
 * is checked when they are called; what is said here they have to see to.
 * What an op's handles point at is reached by functions, an element at a time,
 * in the caller's own layout; each returns 0 or a negative errno.
 *
 * Generated from idl/memory.idl by "make"; edit that, not this.
 */
#ifndef HD_MEMORY_H
#define HD_MEMORY_H

#include "hd.h"

/*
 * Add extents, and say which frames they are.
 *
 * Does the step at call->place. Returns how many are done, or 0 if it cannot
 * go on; -ERESTART comes back here.
 * domid: any domain, the caller itself too.
 */
long hv_memory_increase_reservation(struct hd_call *call,
                                    struct xen_memory_reservation *op,
                                    struct domain *domid);

static inline int hd_memory_increase_reservation_put_extent_start(
    const struct hd_call *call, const struct xen_memory_reservation *op,
    unsigned long i, xen_pfn_t value, const struct domain *domid)
{
    (void)call;
    (void)op;
    (void)domid;
    (void)i;
    (void)value;
    return 0;
}

/*
 * Give extents back, up to the first that is not the domain's. What was given
 * back of that one stays given back.
 *
 * Does the step at call->place. Returns how many are done, or 0 if it cannot
 * go on; -ERESTART comes back here.
 * domid: any domain, the caller itself too.
 */
long hv_memory_decrease_reservation(struct hd_call *call,
                                    struct xen_memory_reservation *op,
                                    struct domain *domid);

static inline int hd_memory_decrease_reservation_get_extent_start(
    const struct hd_call *call, const struct xen_memory_reservation *op,
    unsigned long i, xen_pfn_t *value)
{
    (void)call;
    if ( __copy_from_guest_offset(value, op->extent_start, i, 1) )
        return -EFAULT;
    return 0;
}

/*
 * Put new extents at given places. max_order does not bind
 * populate_on_demand, which nobody can do to himself.
 *
 * Does the step at call->place. Returns how many are done, or 0 if it cannot
 * go on; -ERESTART comes back here.
 * domid: any domain, the caller itself too.
 */
long hv_memory_populate_physmap(struct hd_call *call,
                                struct xen_memory_reservation *op,
                                struct domain *domid);

static inline int hd_memory_populate_physmap_get_extent_start(
    const struct hd_call *call, const struct xen_memory_reservation *op,
    unsigned long i, xen_pfn_t *value)
{
    (void)call;
    if ( __copy_from_guest_offset(value, op->extent_start, i, 1) )
        return -EFAULT;
    return 0;
}

static inline int hd_memory_populate_physmap_put_extent_start(
    const struct hd_call *call, const struct xen_memory_reservation *op,
    unsigned long i, xen_pfn_t value, const struct domain *domid)
{
    (void)call;
    (void)op;
    (void)domid;
    (void)i;
    (void)value;
    return 0;
}

/*
 * Exchange frames for others, to get them contiguous or below an address. The
 * larger of the two extents is one step: all of it is exchanged, or nothing.
 *
 * Does the step at call->place. Returns how many are done, 0 if nothing is
 * left to do, or a negative errno; -ERESTART comes back here.
 * out_domid: any domain, the caller itself too.
 *
 * What only it can find out:
 *   -EINVAL: out.mem_flags ask for a node the caller may not choose; before
 *       out.domid
 *   -EINVAL: a frame of in is not the domain's, or is in use
 *   -EOPNOTSUPP: the domain has no PV page tables
 *   -ENOMEM: no such memory, or a frame of in is shared; those of in are
 *       returned
 */
long hv_memory_exchange(struct hd_call *call, struct xen_memory_exchange *op,
                        struct domain *out_domid);

static inline int
hd_memory_exchange_get_in_extent_start(const struct hd_call *call,
                                       const struct xen_memory_exchange *op,
                                       unsigned long i, xen_pfn_t *value)
{
    (void)call;
    if ( __copy_from_guest_offset(value, op->in.extent_start, i, 1) )
        return -EFAULT;
    return 0;
}

static inline int
hd_memory_exchange_get_out_extent_start(const struct hd_call *call,
                                        const struct xen_memory_exchange *op,
                                        unsigned long i, xen_pfn_t *value)
{
    (void)call;
    if ( __copy_from_guest_offset(value, op->out.extent_start, i, 1) )
        return -EFAULT;
    return 0;
}

static inline int hd_memory_exchange_put_out_extent_start(
    const struct hd_call *call, const struct xen_memory_exchange *op,
    unsigned long i, xen_pfn_t value, const struct domain *out_domid)
{
    (void)call;
    (void)op;
    (void)out_domid;
    (void)i;
    (void)value;
    return 0;
}

/*
 * The highest frame of RAM in the machine.
 *
 * Returns the value or a negative errno.
 */
long hv_memory_maximum_ram_page(struct hd_call *call);

/*
 * Pages the domain has.
 *
 * Returns the value or a negative errno.
 * domid: any domain, the caller itself too.
 */
long hv_memory_current_reservation(struct hd_call *call,
                                   struct xen_memory_domain *op,
                                   struct domain *domid);

/*
 * Pages the domain may have.
 *
 * Returns the value or a negative errno.
 * domid: any domain, the caller itself too.
 */
long hv_memory_maximum_reservation(struct hd_call *call,
                                   struct xen_memory_domain *op,
                                   struct domain *domid);

/*
 * The highest guest frame the domain uses.
 *
 * Returns the value or a negative errno.
 * domid: any domain, the caller itself too.
 */
long hv_memory_maximum_gpfn(struct hd_call *call, struct xen_memory_domain *op,
                            struct domain *domid);

/*
 * Make something appear at a guest frame. What was there is dropped.
 *
 * Does the step at call->place. Returns how many are done, 0 if nothing is
 * left to do, or a negative errno; -ERESTART comes back here.
 * domid: any domain, the caller itself too.
 *
 * What only it can find out:
 *   -EACCES: dev_mmio is for the hardware domain, for itself; before xsm
 *   -EINVAL: gpfn is no frame, idx names nothing, or space is none
 *   -EILSEQ: gmfn_range: the place to resume from is beyond size
 *   -EOVERFLOW: gmfn_range: idx or gpfn wraps
 *   -EACCES: the page is of a kind that must stay where it is
 *   -EXDEV: the page belongs at another frame
 *   -EPERM: gpfn is taken by a device
 *   -ENOMEM: the page is shared and cannot be made the domain's own
 */
long hv_memory_add_to_physmap(struct hd_call *call,
                              struct xen_add_to_physmap *op,
                              struct domain *domid);

/*
 * The same for many frames, each with a result of its own, an errno. With
 * gmfn_foreign each frame is looked up in u.foreign_domid, and hook
 * map_gmfn_foreign is asked; what they answer is that frame's result.
 *
 * Does the step at call->place. Returns how many are done, 0 if nothing is
 * left to do, or a negative errno; -ERESTART comes back here.
 * domid: any domain, the caller itself too.
 *
 * What only it can find out:
 *   -EACCES: dev_mmio is for the hardware domain, for itself; before xsm
 *   -EOPNOTSUPP: dev_mmio with res0 not 0
 *   -EINVAL: a gpfn is no frame; this ends the call
 */
long hv_memory_add_to_physmap_batch(struct hd_call *call,
                                    struct xen_add_to_physmap_batch *op,
                                    struct domain *domid);

static inline int hd_memory_add_to_physmap_batch_get_idxs(
    const struct hd_call *call, const struct xen_add_to_physmap_batch *op,
    unsigned long i, xen_ulong_t *value)
{
    (void)call;
    if ( __copy_from_guest_offset(value, op->idxs, i, 1) )
        return -EFAULT;
    return 0;
}

static inline int hd_memory_add_to_physmap_batch_get_gpfns(
    const struct hd_call *call, const struct xen_add_to_physmap_batch *op,
    unsigned long i, xen_pfn_t *value)
{
    (void)call;
    if ( __copy_from_guest_offset(value, op->gpfns, i, 1) )
        return -EFAULT;
    return 0;
}

static inline int hd_memory_add_to_physmap_batch_put_errs(
    const struct hd_call *call, const struct xen_add_to_physmap_batch *op,
    unsigned long i, int value)
{
    (void)call;
    if ( __copy_to_guest_offset(op->errs, i, &value, 1) )
        return -EFAULT;
    return 0;
}

/*
 * Take away what appears at a guest frame.
 *
 * Returns 0 or a negative errno.
 * domid: any domain, the caller itself too.
 *
 * What only it can find out:
 *   -ENOENT: nothing is there
 */
long hv_memory_remove_from_physmap(struct hd_call *call,
                                   struct xen_remove_from_physmap *op,
                                   struct domain *domid);

/*
 * The map of the machine. With buffer NULL, how much room it needs.
 *
 * Returns 0 or a negative errno.
 *
 * What only it can find out:
 *   -EINVAL: nr_entries is too small, and nothing is written; before
 *       handles
 */
long hv_memory_machine_memory_map(struct hd_call *call,
                                  struct xen_memory_map *op);

static inline int hd_memory_machine_memory_map_put_buffer(
    const struct hd_call *call, const struct xen_memory_map *op,
    unsigned long offset, const void *from, size_t bytes)
{
    (void)call;
    if ( __copy_to_guest_offset(guest_handle_cast(op->buffer, char), offset,
                                (const char *)from, bytes) )
        return -EFAULT;
    return 0;
}

/*
 * Set how much memory stands behind the domain.
 *
 * Returns 0 or a negative errno.
 * domid: any domain, the caller itself too.
 *
 * What only it can find out:
 *   -EINVAL: the target is more than the domain may have
 *   -ENOMEM: there is not so much memory
 */
long hv_memory_set_pod_target(struct hd_call *call, struct xen_pod_target *op,
                              struct domain *domid);

/*
 * Ask for the same figures.
 *
 * Returns 0 or a negative errno.
 * domid: any domain, the caller itself too.
 */
long hv_memory_get_pod_target(struct hd_call *call, struct xen_pod_target *op,
                              struct domain *domid);

/*
 * Restrict what a guest may do with its own pages.
 *
 * Does the step at call->place. Returns how many are done, 0 if nothing is
 * left to do, or a negative errno; -ERESTART comes back here.
 * domid: another domain, and not a dying one.
 *
 * What only it can find out:
 *   -ENOSYS: the hypervisor was built without MEM_ACCESS; before all else
 *   -EINVAL: the domain's page tables cannot do this; before xsm
 *   -ENODEV: nobody listens to the domain's events
 *   -ENOSYS: there is no such op, or get_access with a place to resume from
 *   -EINVAL: there is no such access, or pfn and nr reach beyond the domain
 *   -ESRCH: get_access: there is no such page
 */
long hv_memory_access_op(struct hd_call *call, struct xen_mem_access_op *op,
                         struct domain *domid);

static inline int
hd_memory_access_op_get_pfn_list(const struct hd_call *call,
                                 const struct xen_mem_access_op *op,
                                 unsigned long i, uint64_t *value)
{
    (void)call;
    if ( copy_from_guest_offset(value, op->pfn_list, i, 1) )
        return -EFAULT;
    return 0;
}

static inline int
hd_memory_access_op_get_access_list(const struct hd_call *call,
                                    const struct xen_mem_access_op *op,
                                    unsigned long i, uint8_t *value)
{
    (void)call;
    if ( copy_from_guest_offset(value, op->access_list, i, 1) )
        return -EFAULT;
    return 0;
}

/*
 * Claim pages for a domain without choosing them. 0 ends a claim.
 *
 * Returns 0 or a negative errno.
 * domid: the domain of that number.
 *
 * What only it can find out:
 *   -EINVAL: there is a claim already, or the domain has as much or may not
 *       have as much
 *   -ENOMEM: there are not so many free pages
 */
long hv_memory_claim_pages(struct hd_call *call,
                           struct xen_memory_reservation *op,
                           struct domain *domid);

static inline int
hd_memory_claim_pages_get_extent_start(const struct hd_call *call,
                                       const struct xen_memory_reservation *op,
                                       unsigned long i, xen_pfn_t *value)
{
    (void)call;
    if ( copy_from_guest_offset(value, op->extent_start, i, 1) )
        return -EFAULT;
    return 0;
}

/*
 * Guest addresses that devices make unusable for RAM. NULL and 0 ask for the
 * count.
 *
 * Returns 0 or a negative errno.
 *
 * What only it can find out:
 *   -ENOBUFS: nr_entries is too small; the first of them are written
 */
long hv_memory_reserved_device_memory_map(
    struct hd_call *call, struct xen_reserved_device_memory_map *op);

static inline int hd_memory_reserved_device_memory_map_put_buffer(
    const struct hd_call *call, const struct xen_reserved_device_memory_map *op,
    unsigned long i, const xen_reserved_device_memory_t *value)
{
    (void)call;
    if ( __copy_to_guest_offset(op->buffer, i, value, 1) )
        return -EFAULT;
    return 0;
}

/*
 * Map a resource that Xen keeps for another domain.
 *
 * Does the step at call->place. Returns how many are done, 0 if nothing is
 * left to do, or a negative errno; -ERESTART comes back here.
 * domid: another domain.
 *
 * What only it can find out:
 *   -EACCES: the caller's physical map is not a plain one; before the
 *       structure is read
 *   -EINVAL: there is no such resource, or no such frame of it
 *   -EOPNOTSUPP: there is no such type; 4.17 answers a size query for one
 *       with nonsense
 *   -ENOENT: there is no such server or vcpu, or the server has no such
 *       frame
 *   -EPERM: the server is not the caller's, or frame_list names what cannot
 *       be replaced
 *   -ENOMEM: there is no memory for the server's frames
 *   -EIO: some of the frames are mapped; the caller undoes that
 */
long hv_memory_acquire_resource(struct hd_call *call,
                                struct xen_mem_acquire_resource *op,
                                struct domain *domid);

static inline int hd_memory_acquire_resource_get_frame_list(
    const struct hd_call *call, const struct xen_mem_acquire_resource *op,
    unsigned long i, xen_pfn_t *value)
{
    (void)call;
    if ( copy_from_guest_offset(value, op->frame_list, i, 1) )
        return -EFAULT;
    return 0;
}

static inline int hd_memory_acquire_resource_put_frame_list(
    const struct hd_call *call, const struct xen_mem_acquire_resource *op,
    unsigned long i, xen_pfn_t value)
{
    (void)call;
    (void)op;
    (void)i;
    (void)value;
    return 0;
}

/*
 * Nodes, memory ranges and vcpus of the NUMA machine that the guest sees.
 *
 * Returns 0 or a negative errno.
 * domid: any domain, the caller itself too.
 *
 * What only it can find out:
 *   -EOPNOTSUPP: the guest sees no NUMA
 *   -ENOBUFS: there is more than there is room for
 *   -ENOMEM: there is no memory for a copy
 *   -EAGAIN: it has grown meanwhile
 */
long hv_memory_get_vnumainfo(struct hd_call *call,
                             struct xen_vnuma_topology_info *op,
                             struct domain *domid);

static inline int hd_memory_get_vnumainfo_put_vdistance_h(
    const struct hd_call *call, const struct xen_vnuma_topology_info *op,
    unsigned long i, unsigned int value)
{
    (void)call;
    if ( copy_to_guest_offset(op->vdistance.h, i, &value, 1) )
        return -EFAULT;
    return 0;
}

static inline int hd_memory_get_vnumainfo_put_vcpu_to_vnode_h(
    const struct hd_call *call, const struct xen_vnuma_topology_info *op,
    unsigned long i, unsigned int value)
{
    (void)call;
    if ( copy_to_guest_offset(op->vcpu_to_vnode.h, i, &value, 1) )
        return -EFAULT;
    return 0;
}

static inline int hd_memory_get_vnumainfo_put_vmemrange_h(
    const struct hd_call *call, const struct xen_vnuma_topology_info *op,
    unsigned long i, const xen_vmemrange_t *value)
{
    (void)call;
    if ( copy_to_guest_offset(op->vmemrange.h, i, value, 1) )
        return -EFAULT;
    return 0;
}

/* What the table of hypercalls names; a hypervisor may have declared it. */
#ifndef HD_CALLS_ARE_DECLARED
long do_memory_op(unsigned long cmd, XEN_GUEST_HANDLE_PARAM(void) arg);
#endif

#endif /* HD_MEMORY_H */
