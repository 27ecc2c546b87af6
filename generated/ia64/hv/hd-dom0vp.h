/* SPDX-License-Identifier: MIT */
/*
 * Handlers behind the calls of <public/arch-ia64.h>.
 *
 * Whoever writes them includes this. What a clause of the description can see
 * is checked when they are called; what is said here they have to see to.
 * What an op's handles point at is reached by functions, an element at a time,
 * in the caller's own layout; each returns 0 or a negative errno.
 *
 * Generated from idl/dom0vp.idl by "make"; edit that, not this.
 */
#ifndef HD_DOM0VP_H
#define HD_DOM0VP_H

#include "hd.h"

/*
 * Let device memory appear where it is in the machine. Returns mpaddr.
 *
 * Returns the value or a negative errno.
 *
 * What only it can find out:
 *   -EPERM: the range is not the caller's to access
 *   -EINVAL: the firmware says that it is memory
 */
long hv_ia64_dom0vp_ioremap(struct hd_call *call, unsigned long mpaddr,
                            unsigned long size);

/*
 * Machine frame behind a guest frame, or ~0.
 *
 * Returns the value or a negative errno.
 */
long hv_ia64_dom0vp_phystomach(struct hd_call *call, xen_pfn_t gpfn);

/*
 * Guest frame at which a machine frame appears, in whichever domain, or ~0.
 *
 * Returns the value or a negative errno.
 */
long hv_ia64_dom0vp_machtophys(struct hd_call *call, xen_pfn_t mfn);

/*
 * Take away what appears at a guest frame, if anything does.
 *
 * Returns 0 or a negative errno.
 */
long hv_ia64_dom0vp_zap_physmap(struct hd_call *call, xen_pfn_t gpfn,
                                unsigned int extent_order);

/*
 * Let a frame of another domain appear at gpfn. Frames of DOMID_XEN and
 * DOMID_IO are machine frames.
 *
 * Returns 0 or a negative errno.
 *
 * What only it can find out:
 *   -ESRCH: domid does not exist
 *   -EINVAL: mfn is no frame of domid's, or domid is the caller
 */
long hv_ia64_dom0vp_add_physmap(struct hd_call *call, xen_pfn_t gpfn,
                                xen_pfn_t mfn, unsigned long flags,
                                domid_t domid);

/*
 * The same, with the frame named as domid names it.
 *
 * Returns 0 or a negative errno.
 *
 * What only it can find out:
 *   -ESRCH: domid does not exist
 *   -EINVAL: gmfn is no frame of domid's, or domid is the caller
 */
long hv_ia64_dom0vp_add_physmap_with_gmfn(struct hd_call *call, xen_pfn_t gpfn,
                                          xen_pfn_t gmfn, unsigned long flags,
                                          domid_t domid);

/*
 * Let the caller's table appear, read-only, in the caller's own space:
 * entries of conv_start_gpfn and up, from assign_start_gpfn, for expose_size
 * bytes of memory. All bounds are multiples of what one page of the table
 * covers, 2048 pages of 16 KiB. A granule of 0 once made Xen divide by it;
 * ENOSYS is meant.
 *
 * Returns 0 or a negative errno.
 *
 * What only it can find out:
 *   -ENOMEM: the levels above could not be made
 *   -EAGAIN: something appears there already
 */
long hv_ia64_dom0vp_expose_p2m(struct hd_call *call, xen_pfn_t conv_start_gpfn,
                               xen_pfn_t assign_start_gpfn,
                               unsigned long expose_size,
                               unsigned long granule_pfn);

/*
 * Let another domain's table appear, as far as memmap says that there is
 * memory. The map itself is behind memmap, in contiguous guest-physical
 * memory.
 *
 * Returns 0 or a negative errno.
 *
 * What only it can find out:
 *   -EINVAL: domid is the caller or does not exist, or the map is wrong
 *   -EBUSY: it overlaps another table
 *   -ENOMEM: the levels above could not be made
 *   -EAGAIN: something appears there already
 */
long hv_ia64_dom0vp_expose_foreign_p2m(struct hd_call *call,
                                       xen_pfn_t dest_gpfn, domid_t domid,
                                       XEN_GUEST_HANDLE_PARAM(void) memmap,
                                       unsigned long flags);

/*
 * Take it away again.
 *
 * Returns 0 or a negative errno.
 *
 * What only it can find out:
 *   -ENOENT: no table appears there
 *   -EINVAL: it is not domid's
 *   -EBUSY: it is in use
 */
long hv_ia64_dom0vp_unexpose_foreign_p2m(struct hd_call *call,
                                         xen_pfn_t dest_gpfn, domid_t domid);

/*
 * A domain's memory map, as its firmware tells it. Behind buffer there is
 * room for efi_memmap_size bytes of it, in contiguous guest-physical memory.
 *
 * Returns 0 or a negative errno.
 * d: any domain, the caller itself too.
 *
 * What only it can find out:
 *   -ENOMEM: there is no room for a copy
 *   -EFAULT: the domain's own map is wrong
 */
long hv_ia64_dom0vp_get_memmap(struct hd_call *call, domid_t domid,
                               XEN_GUEST_HANDLE_PARAM(void) buffer,
                               struct domain *d);

/*
 * The processor's performance counters, for the profiler. What is at arg lies
 * within a page.
 *
 * Returns 0 or a negative errno.
 */
long hv_ia64_dom0vp_perfmon(struct hd_call *call, unsigned long command,
                            XEN_GUEST_HANDLE_PARAM(void) arg,
                            unsigned long count);

/*
 * Version of the floating point software assist.
 *
 * Returns 0 or a negative errno.
 *
 * What only it can find out:
 *   -ENOSYS: the machine has none
 */
long hv_ia64_dom0vp_fpswa_revision(struct hd_call *call,
                                   XEN_GUEST_HANDLE_PARAM(uint) revision);

/*
 * Add an I/O port space. They come in order; number 0 is there already.
 *
 * Returns 0 or a negative errno.
 *
 * What only it can find out:
 *   -EINVAL: space_number is not the next
 */
long hv_ia64_dom0vp_add_io_space(struct hd_call *call, unsigned long phys_base,
                                 unsigned long sparse,
                                 unsigned long space_number);

/* What the table of hypercalls names; a hypervisor may have declared it. */
#ifndef HD_CALLS_ARE_DECLARED
unsigned long do_ia64_dom0vp_op(unsigned long cmd, unsigned long a0,
                                unsigned long a1, unsigned long a2,
                                unsigned long a3);
#endif

#endif /* HD_DOM0VP_H */
