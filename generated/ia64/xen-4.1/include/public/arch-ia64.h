/* SPDX-License-Identifier: MIT */
/******************************************************************************
 * arch-ia64.h
 *
 * What xen.h needs to know about Itanium, and the frames of its domains:
 * which they are, and where they appear.
 *
 * Every domain is translated, the first one too: Xen owns the table, and a
 * guest sees machine frames only where it is about devices.
 *
 * Generated from idl/dom0vp.idl by "make"; edit that, not this.
 */

#include "xen.h"

#ifndef __HYPERVISOR_IF_IA64_H__
#define __HYPERVISOR_IF_IA64_H__

/*
 * Guest pointers
 * --------------
 */

#if __XEN_INTERFACE_VERSION__ >= 0x00030201
#define ___DEFINE_XEN_GUEST_HANDLE(name, to) \
    typedef struct {                         \
        to *p;                               \
    } __guest_handle_##name
#else /* __XEN_INTERFACE_VERSION__ >= 0x00030201 */
#define ___DEFINE_XEN_GUEST_HANDLE(name, to) typedef to *__guest_handle_##name
#endif /* __XEN_INTERFACE_VERSION__ >= 0x00030201 */

/* In a structure, and as an argument, a guest pointer is the same. */
#define __DEFINE_XEN_GUEST_HANDLE(name, to) \
    ___DEFINE_XEN_GUEST_HANDLE(name, to);   \
    ___DEFINE_XEN_GUEST_HANDLE(const_##name, const to)
#define DEFINE_XEN_GUEST_HANDLE(name) __DEFINE_XEN_GUEST_HANDLE(name, name)
#define __XEN_GUEST_HANDLE(name)      __guest_handle_##name
#define XEN_GUEST_HANDLE(name)        __XEN_GUEST_HANDLE(name)
#define XEN_GUEST_HANDLE_PARAM(name)  XEN_GUEST_HANDLE(name)
#define XEN_GUEST_HANDLE_64(name)     XEN_GUEST_HANDLE(name)
#define set_xen_guest_handle_raw(hnd, val) \
    do                                     \
    {                                      \
        (hnd).p = val;                     \
    } while ( 0 )
#define set_xen_guest_handle(hnd, val) set_xen_guest_handle_raw(hnd, val)

#if defined(__XEN__) || defined(__XEN_TOOLS__)
#define uint64_aligned_t uint64_t
#endif /* defined(__XEN__) || defined(__XEN_TOOLS__) */

/*
 * Types and limits
 * ----------------
 */
typedef unsigned long xen_pfn_t;
typedef unsigned long xen_ulong_t;
typedef unsigned long xen_callback_t;

#define PRI_xen_pfn   "lx"
#define PRIu_xen_pfn  "lu"
#define PRI_xen_ulong "lx"

#define XEN_HAVE_PV_GUEST_ENTRY 1
#define XEN_HAVE_PV_UPCALL_MASK 1

/* Vcpus with a place in the page of shared state. */
#define XEN_LEGACY_MAX_VCPUS 64

/* The virtual interval timer. */
#define VIRQ_ITC VIRQ_ARCH_0

/* Corrected machine check. */
#define VIRQ_MCA_CMC VIRQ_ARCH_1

/* Corrected platform error. */
#define VIRQ_MCA_CPE VIRQ_ARCH_2

/*
 * Shared state
 * ------------
 */

/* Nothing: what x86 keeps here is in the processor's own registers. */
struct arch_vcpu_info {};
typedef struct arch_vcpu_info arch_vcpu_info_t;

struct arch_shared_info {
    unsigned long start_info_pfn; /* Guest frame of start_info. */
    int evtchn_vector; /* Interrupt that stands for event channels. */
    unsigned int memmap_info_num_pages; /* 1 so far. */
    unsigned long memmap_info_pfn;      /* Guest frame of the memory map. */
    uint64_t pad[31];
};
typedef struct arch_shared_info arch_shared_info_t;

/* Head of the firmware's memory map; the descriptors follow. */
struct xen_ia64_memmap_info {
    uint64_t efi_memmap_size;  /* Of all descriptors together. */
    uint64_t efi_memdesc_size; /* Of each. */
    uint32_t efi_memdesc_version;
    uint32_t pad;
};
typedef struct xen_ia64_memmap_info xen_ia64_memmap_info_t;

/*
 * Physical map
 * ------------
 */
#define __HYPERVISOR_ia64_dom0vp_op __HYPERVISOR_arch_0

/*
 * Do cmd with up to four arguments. A negative errno comes back as an
 * unsigned long.
 */

/* How a page is put into the physical map. */
#define _ASSIGN_readonly  (0)
#define ASSIGN_readonly   (1UL << _ASSIGN_readonly)
#define _ASSIGN_nocache   (1)
#define ASSIGN_nocache    (1UL << _ASSIGN_nocache)
#define _ASSIGN_tlb_track (2)

/* Remember which TLBs have it: a grant. */
#define ASSIGN_tlb_track      (1UL << _ASSIGN_tlb_track)
#define _ASSIGN_pgc_allocated (3)
#define ASSIGN_pgc_allocated  (1UL << _ASSIGN_pgc_allocated)
#define _ASSIGN_io            (4)
#define ASSIGN_io             (1UL << _ASSIGN_io)
#define ASSIGN_writable       (0UL << _ASSIGN_readonly)

/*
 * An entry of the table as the guest sees it: a page table entry of the
 * processor.
 */
#define IA64_P2M_present              (xen_mk_ullong(1) << 0)
#define IA64_P2M_write_back           (xen_mk_ullong(0) << 2)
#define IA64_P2M_uncacheable          (xen_mk_ullong(4) << 2)
#define IA64_P2M_uncacheable_exported (xen_mk_ullong(5) << 2)
#define IA64_P2M_write_coalescing     (xen_mk_ullong(6) << 2)
#define IA64_P2M_nat_page             (xen_mk_ullong(7) << 2)
#define IA64_P2M_accessed             (xen_mk_ullong(1) << 5)
#define IA64_P2M_dirty                (xen_mk_ullong(1) << 6)
#define IA64_P2M_r                    (xen_mk_ullong(0) << 9)
#define IA64_P2M_rx                   (xen_mk_ullong(1) << 9)
#define IA64_P2M_rw                   (xen_mk_ullong(2) << 9)
#define IA64_P2M_rwx                  (xen_mk_ullong(3) << 9)
#define IA64_P2M_exception_deferral   (xen_mk_ullong(1) << 52)
#define IA64_P2M_virtual_dirty        (xen_mk_ullong(1) << 53)
#define IA64_P2M_tlb_tracking         (xen_mk_ullong(1) << 54)
#define IA64_P2M_tlb_inserted         (xen_mk_ullong(1) << 55)
#define IA64_P2M_tlb_inserted_many    (xen_mk_ullong(1) << 56)
#define IA64_P2M_allocated \
    (xen_mk_ullong(1) << 59) /* The slot owns the page. */
#define IA64_P2M_io (xen_mk_ullong(1) << 60)

/*
 * IA64_DOM0VP_ioremap
 *
 * Let device memory appear where it is in the machine. Returns mpaddr.
 *
 * Errors:
 *   -EPERM                   the range is not the caller's to access
 *   -EINVAL                  the firmware says that it is memory
 */
#define IA64_DOM0VP_ioremap 0

/*
 * IA64_DOM0VP_phystomach
 *
 * Machine frame behind a guest frame, or ~0.
 */
#define IA64_DOM0VP_phystomach 1

/*
 * IA64_DOM0VP_machtophys
 *
 * Guest frame at which a machine frame appears, in whichever domain, or ~0.
 */
#define IA64_DOM0VP_machtophys 3

/*
 * IA64_DOM0VP_iounmap
 *
 * Never had any code behind it.
 */
#define IA64_DOM0VP_iounmap 4

/*
 * IA64_DOM0VP_zap_physmap
 *
 * Take away what appears at a guest frame, if anything does.
 */
#define IA64_DOM0VP_zap_physmap 5

/*
 * IA64_DOM0VP_add_physmap
 *
 * Let a frame of another domain appear at gpfn. Frames of DOMID_XEN and
 * DOMID_IO are machine frames.
 *
 * Errors:
 *   -ESRCH                   domid does not exist
 *   -EINVAL                  mfn is no frame of domid's, or domid is the
 *                            caller
 */
#define IA64_DOM0VP_add_physmap 6

/*
 * IA64_DOM0VP_add_physmap_with_gmfn
 *
 * The same, with the frame named as domid names it.
 *
 * Errors:
 *   -ESRCH                   domid does not exist
 *   -EINVAL                  gmfn is no frame of domid's, or domid is the
 *                            caller
 */
#define IA64_DOM0VP_add_physmap_with_gmfn 9

/* 17 was zap_physmap_before_3_0_4: renumbered to 5. */

/* 18 was add_physmap_before_3_0_4: renumbered to 6. */

/*
 * The whole table
 * ---------------
 */

/*
 * IA64_DOM0VP_expose_p2m
 *
 * Let the caller's table appear, read-only, in the caller's own space:
 * entries of conv_start_gpfn and up, from assign_start_gpfn, for expose_size
 * bytes of memory. All bounds are multiples of what one page of the table
 * covers, 2048 pages of 16 KiB. A granule of 0 once made Xen divide by it;
 * ENOSYS is meant.
 *
 * Errors:
 *   -ENOMEM                  the levels above could not be made
 *   -EAGAIN                  something appears there already
 */
#define IA64_DOM0VP_expose_p2m 7

/*
 * IA64_DOM0VP_expose_foreign_p2m
 *
 * Let another domain's table appear, as far as memmap says that there is
 * memory. The map itself is behind memmap, in contiguous guest-physical
 * memory.
 *
 * Errors:
 *   -EINVAL                  domid is the caller or does not exist, or the map
 *                            is wrong
 *   -EBUSY                   it overlaps another table
 *   -ENOMEM                  the levels above could not be made
 *   -EAGAIN                  something appears there already
 */
#define IA64_DOM0VP_expose_foreign_p2m 12

/* Make what is missing of domid's table first. */
#define IA64_DOM0VP_EFP_ALLOC_PTE 0x1

/*
 * IA64_DOM0VP_unexpose_foreign_p2m
 *
 * Take it away again.
 *
 * Errors:
 *   -ENOENT                  no table appears there
 *   -EINVAL                  it is not domid's
 *   -EBUSY                   it is in use
 */
#define IA64_DOM0VP_unexpose_foreign_p2m 13

/*
 * IA64_DOM0VP_get_memmap
 *
 * A domain's memory map, as its firmware tells it. Behind buffer there is
 * room for efi_memmap_size bytes of it, in contiguous guest-physical memory.
 *
 * Errors:
 *   -ENOMEM                  there is no room for a copy
 *   -EFAULT                  the domain's own map is wrong
 */
#define IA64_DOM0VP_get_memmap 14

/*
 * The machine
 * -----------
 */

/*
 * IA64_DOM0VP_perfmon
 *
 * The processor's performance counters, for the profiler. What is at arg lies
 * within a page.
 */
#define IA64_DOM0VP_perfmon 8

/*
 * IA64_DOM0VP_fpswa_revision
 *
 * Version of the floating point software assist.
 *
 * Errors:
 *   -ENOSYS                  the machine has none
 */
#define IA64_DOM0VP_fpswa_revision 10

/*
 * IA64_DOM0VP_add_io_space
 *
 * Add an I/O port space. They come in order; number 0 is there already.
 *
 * Errors:
 *   -EINVAL                  space_number is not the next
 */
#define IA64_DOM0VP_add_io_space 11

#endif /* __HYPERVISOR_IF_IA64_H__ */

/*
 * Local variables:
 * mode: C
 * c-file-style: "BSD"
 * c-basic-offset: 4
 * tab-width: 4
 * indent-tabs-mode: nil
 * End:
 */
