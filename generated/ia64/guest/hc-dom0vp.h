/* SPDX-License-Identifier: MIT */
/*
 * The calls of <xen/arch-ia64.h>, and entries for several calls in one.
 *
 * Each returns what the hypervisor does: 0 or a number, or a negative error.
 *
 * Generated from idl/dom0vp.idl by "make"; edit that, not this.
 */
#ifndef HC_DOM0VP_H
#define HC_DOM0VP_H

#include <xen/arch-ia64.h>

#include "hc.h"

/*
 * Do cmd with up to four arguments. A negative errno comes back as an
 * unsigned long.
 *
 * Errors: EPERM
 */
extern unsigned long hc_ia64_dom0vp_op(unsigned long cmd, unsigned long a1,
                                       unsigned long a2, unsigned long a3,
                                       unsigned long a4);

static inline void hc_multi_ia64_dom0vp_op(struct multicall_entry *entry,
                                           unsigned long cmd, unsigned long a1,
                                           unsigned long a2, unsigned long a3,
                                           unsigned long a4)
{
    entry->op = __HYPERVISOR_ia64_dom0vp_op;
    entry->args[0] = cmd;
    entry->args[1] = a1;
    entry->args[2] = a2;
    entry->args[3] = a3;
    entry->args[4] = a4;
}

/*
 * Let device memory appear where it is in the machine. Returns mpaddr.
 *
 * Errors: EPERM, EINVAL
 */
static inline unsigned long hc_ia64_dom0vp_ioremap(unsigned long mpaddr,
                                                   unsigned long size)
{
    return hc_ia64_dom0vp_op(IA64_DOM0VP_ioremap, mpaddr, size, 0, 0);
}

static inline void hc_multi_ia64_dom0vp_ioremap(struct multicall_entry *entry,
                                                unsigned long mpaddr,
                                                unsigned long size)
{
    hc_multi_ia64_dom0vp_op(entry, IA64_DOM0VP_ioremap, mpaddr, size, 0, 0);
}

/*
 * Machine frame behind a guest frame, or ~0.
 * Returns ~0 on failure.
 */
static inline xen_pfn_t hc_ia64_dom0vp_phystomach(xen_pfn_t gpfn)
{
    return hc_ia64_dom0vp_op(IA64_DOM0VP_phystomach, gpfn, 0, 0, 0);
}

static inline void
hc_multi_ia64_dom0vp_phystomach(struct multicall_entry *entry, xen_pfn_t gpfn)
{
    hc_multi_ia64_dom0vp_op(entry, IA64_DOM0VP_phystomach, gpfn, 0, 0, 0);
}

/*
 * Guest frame at which a machine frame appears, in whichever domain, or ~0.
 * Returns ~0 on failure.
 */
static inline xen_pfn_t hc_ia64_dom0vp_machtophys(xen_pfn_t mfn)
{
    return hc_ia64_dom0vp_op(IA64_DOM0VP_machtophys, mfn, 0, 0, 0);
}

static inline void
hc_multi_ia64_dom0vp_machtophys(struct multicall_entry *entry, xen_pfn_t mfn)
{
    hc_multi_ia64_dom0vp_op(entry, IA64_DOM0VP_machtophys, mfn, 0, 0, 0);
}

/*
 * Never had any code behind it.
 *
 * Errors: EPERM
 */
static inline long hc_ia64_dom0vp_iounmap(void)
{
    return hc_ia64_dom0vp_op(IA64_DOM0VP_iounmap, 0, 0, 0, 0);
}

static inline void hc_multi_ia64_dom0vp_iounmap(struct multicall_entry *entry)
{
    hc_multi_ia64_dom0vp_op(entry, IA64_DOM0VP_iounmap, 0, 0, 0, 0);
}

/*
 * Take away what appears at a guest frame, if anything does.
 *
 * Errors: ENOSYS
 */
static inline long hc_ia64_dom0vp_zap_physmap(xen_pfn_t gpfn,
                                              unsigned int extent_order)
{
    return hc_ia64_dom0vp_op(IA64_DOM0VP_zap_physmap, gpfn, extent_order, 0, 0);
}

static inline void
hc_multi_ia64_dom0vp_zap_physmap(struct multicall_entry *entry, xen_pfn_t gpfn,
                                 unsigned int extent_order)
{
    hc_multi_ia64_dom0vp_op(entry, IA64_DOM0VP_zap_physmap, gpfn, extent_order,
                            0, 0);
}

/*
 * Let a frame of another domain appear at gpfn. Frames of DOMID_XEN and
 * DOMID_IO are machine frames.
 *
 * Errors: EPERM, EINVAL, ESRCH
 */
static inline long hc_ia64_dom0vp_add_physmap(xen_pfn_t gpfn, xen_pfn_t mfn,
                                              unsigned long flags,
                                              domid_t domid)
{
    return hc_ia64_dom0vp_op(IA64_DOM0VP_add_physmap, gpfn, mfn, flags, domid);
}

static inline void
hc_multi_ia64_dom0vp_add_physmap(struct multicall_entry *entry, xen_pfn_t gpfn,
                                 xen_pfn_t mfn, unsigned long flags,
                                 domid_t domid)
{
    hc_multi_ia64_dom0vp_op(entry, IA64_DOM0VP_add_physmap, gpfn, mfn, flags,
                            domid);
}

/*
 * The same, with the frame named as domid names it.
 *
 * Errors: EPERM, EINVAL, ESRCH
 */
static inline long hc_ia64_dom0vp_add_physmap_with_gmfn(xen_pfn_t gpfn,
                                                        xen_pfn_t gmfn,
                                                        unsigned long flags,
                                                        domid_t domid)
{
    return hc_ia64_dom0vp_op(IA64_DOM0VP_add_physmap_with_gmfn, gpfn, gmfn,
                             flags, domid);
}

static inline void
hc_multi_ia64_dom0vp_add_physmap_with_gmfn(struct multicall_entry *entry,
                                           xen_pfn_t gpfn, xen_pfn_t gmfn,
                                           unsigned long flags, domid_t domid)
{
    hc_multi_ia64_dom0vp_op(entry, IA64_DOM0VP_add_physmap_with_gmfn, gpfn,
                            gmfn, flags, domid);
}

/*
 * Let the caller's table appear, read-only, in the caller's own space:
 * entries of conv_start_gpfn and up, from assign_start_gpfn, for expose_size
 * bytes of memory. All bounds are multiples of what one page of the table
 * covers, 2048 pages of 16 KiB. A granule of 0 once made Xen divide by it;
 * ENOSYS is meant.
 *
 * Errors: EINVAL, ENOSYS, ENOMEM, EAGAIN
 */
static inline long hc_ia64_dom0vp_expose_p2m(xen_pfn_t conv_start_gpfn,
                                             xen_pfn_t assign_start_gpfn,
                                             unsigned long expose_size,
                                             unsigned long granule_pfn)
{
    return hc_ia64_dom0vp_op(IA64_DOM0VP_expose_p2m, conv_start_gpfn,
                             assign_start_gpfn, expose_size, granule_pfn);
}

static inline void hc_multi_ia64_dom0vp_expose_p2m(
    struct multicall_entry *entry, xen_pfn_t conv_start_gpfn,
    xen_pfn_t assign_start_gpfn, unsigned long expose_size,
    unsigned long granule_pfn)
{
    hc_multi_ia64_dom0vp_op(entry, IA64_DOM0VP_expose_p2m, conv_start_gpfn,
                            assign_start_gpfn, expose_size, granule_pfn);
}

/*
 * Let another domain's table appear, as far as memmap says that there is
 * memory. The map itself is behind memmap, in contiguous guest-physical
 * memory.
 *
 * Errors: EINVAL, EBUSY, ENOMEM, EAGAIN
 */
static inline long
hc_ia64_dom0vp_expose_foreign_p2m(xen_pfn_t dest_gpfn, domid_t domid,
                                  struct xen_ia64_memmap_info *memmap,
                                  unsigned long flags)
{
    return hc_ia64_dom0vp_op(IA64_DOM0VP_expose_foreign_p2m, dest_gpfn, domid,
                             (unsigned long)memmap, flags);
}

static inline void hc_multi_ia64_dom0vp_expose_foreign_p2m(
    struct multicall_entry *entry, xen_pfn_t dest_gpfn, domid_t domid,
    struct xen_ia64_memmap_info *memmap, unsigned long flags)
{
    hc_multi_ia64_dom0vp_op(entry, IA64_DOM0VP_expose_foreign_p2m, dest_gpfn,
                            domid, (unsigned long)memmap, flags);
}

/*
 * Take it away again.
 *
 * Errors: ENOENT, EINVAL, EBUSY
 */
static inline long hc_ia64_dom0vp_unexpose_foreign_p2m(xen_pfn_t dest_gpfn,
                                                       domid_t domid)
{
    return hc_ia64_dom0vp_op(IA64_DOM0VP_unexpose_foreign_p2m, dest_gpfn, domid,
                             0, 0);
}

static inline void
hc_multi_ia64_dom0vp_unexpose_foreign_p2m(struct multicall_entry *entry,
                                          xen_pfn_t dest_gpfn, domid_t domid)
{
    hc_multi_ia64_dom0vp_op(entry, IA64_DOM0VP_unexpose_foreign_p2m, dest_gpfn,
                            domid, 0, 0);
}

/*
 * A domain's memory map, as its firmware tells it. Behind buffer there is
 * room for efi_memmap_size bytes of it, in contiguous guest-physical memory.
 *
 * Errors: ESRCH, EPERM, ENOMEM, EFAULT
 */
static inline long
hc_ia64_dom0vp_get_memmap(domid_t domid, struct xen_ia64_memmap_info *buffer)
{
    return hc_ia64_dom0vp_op(IA64_DOM0VP_get_memmap, domid,
                             (unsigned long)buffer, 0, 0);
}

static inline void
hc_multi_ia64_dom0vp_get_memmap(struct multicall_entry *entry, domid_t domid,
                                struct xen_ia64_memmap_info *buffer)
{
    hc_multi_ia64_dom0vp_op(entry, IA64_DOM0VP_get_memmap, domid,
                            (unsigned long)buffer, 0, 0);
}

/*
 * The processor's performance counters, for the profiler. What is at arg lies
 * within a page.
 */
static inline long hc_ia64_dom0vp_perfmon(unsigned long command, void *arg,
                                          unsigned long count)
{
    return hc_ia64_dom0vp_op(IA64_DOM0VP_perfmon, command, (unsigned long)arg,
                             count, 0);
}

static inline void hc_multi_ia64_dom0vp_perfmon(struct multicall_entry *entry,
                                                unsigned long command,
                                                void *arg, unsigned long count)
{
    hc_multi_ia64_dom0vp_op(entry, IA64_DOM0VP_perfmon, command,
                            (unsigned long)arg, count, 0);
}

/*
 * Version of the floating point software assist.
 *
 * Errors: ENOSYS
 */
static inline long hc_ia64_dom0vp_fpswa_revision(unsigned int *revision)
{
    return hc_ia64_dom0vp_op(IA64_DOM0VP_fpswa_revision,
                             (unsigned long)revision, 0, 0, 0);
}

static inline void
hc_multi_ia64_dom0vp_fpswa_revision(struct multicall_entry *entry,
                                    unsigned int *revision)
{
    hc_multi_ia64_dom0vp_op(entry, IA64_DOM0VP_fpswa_revision,
                            (unsigned long)revision, 0, 0, 0);
}

/*
 * Add an I/O port space. They come in order; number 0 is there already.
 *
 * Errors: EINVAL
 */
static inline long hc_ia64_dom0vp_add_io_space(unsigned long phys_base,
                                               unsigned long sparse,
                                               unsigned long space_number)
{
    return hc_ia64_dom0vp_op(IA64_DOM0VP_add_io_space, phys_base, sparse,
                             space_number, 0);
}

static inline void
hc_multi_ia64_dom0vp_add_io_space(struct multicall_entry *entry,
                                  unsigned long phys_base, unsigned long sparse,
                                  unsigned long space_number)
{
    hc_multi_ia64_dom0vp_op(entry, IA64_DOM0VP_add_io_space, phys_base, sparse,
                            space_number, 0);
}

#endif /* HC_DOM0VP_H */
