/* SPDX-License-Identifier: MIT */
/******************************************************************************
 * memory.h
 *
 * How much memory a domain has, which frames they are, and where they appear.
 *
 * Generated from idl/memory.idl by "make"; edit that, not this.
 *
 * Copyright (c) 2005, Keir Fraser <keir@xensource.com>
 */

#ifndef __XEN_PUBLIC_MEMORY_H__
#define __XEN_PUBLIC_MEMORY_H__

#include "xen.h"

/*
 * Do cmd with the structure at arg.
 */

/*
 * Size of a domain
 * ----------------
 */

/*
 * XENMEM_increase_reservation
 *
 * Add extents, and say which frames they are.
 */
#define XENMEM_increase_reservation 0

/*
 * XENMEM_decrease_reservation
 *
 * Give extents back, up to the first that is not the domain's. What was given
 * back of that one stays given back.
 */
#define XENMEM_decrease_reservation 1

/*
 * XENMEM_populate_physmap
 *
 * Put new extents at given places. max_order does not bind
 * populate_on_demand, which nobody can do to himself.
 */
#define XENMEM_populate_physmap 6

#if __XEN_INTERFACE_VERSION__ >= 0x00030209

/* What kind of memory is wanted. */
#define XENMEMF_address_bits(x)     (x)
#define XENMEMF_get_address_bits(x) ((x)&0xffu)
#define XENMEMF_node(x)             (((x) + 1) << 8)
#define XENMEMF_get_node(x)         ((((x) >> 8) - 1) & 0xffu)
#define XENMEMF_populate_on_demand  (1 << 16)
#define XENMEMF_exact_node_request  (1 << 17) /* This node or nothing. */
#define XENMEMF_exact_node(n)       (XENMEMF_node(n) | XENMEMF_exact_node_request)
#endif /* __XEN_INTERFACE_VERSION__ >= 0x00030209 */

/* Extents of 2^extent_order pages each. */
struct xen_memory_reservation {
    XEN_GUEST_HANDLE(xen_pfn_t) extent_start;
    xen_ulong_t nr_extents;
    unsigned int extent_order;

#if __XEN_INTERFACE_VERSION__ >= 0x00030209
    unsigned int mem_flags;
#else /* __XEN_INTERFACE_VERSION__ >= 0x00030209 */
    unsigned int address_bits;
#endif /* __XEN_INTERFACE_VERSION__ >= 0x00030209 */
    domid_t domid;
};
typedef struct xen_memory_reservation xen_memory_reservation_t;
DEFINE_XEN_GUEST_HANDLE(xen_memory_reservation_t);

/*
 * XENMEM_exchange
 *
 * Exchange frames for others, to get them contiguous or below an address. The
 * larger of the two extents is one step: all of it is exchanged, or nothing.
 *
 * Errors:
 *   -EINVAL                  out.mem_flags ask for a node the caller may not
 *                            choose; before out.domid
 *   -EINVAL                  a frame of in is not the domain's, or is in use
 *   -EOPNOTSUPP              the domain has no PV page tables
 *   -ENOMEM                  no such memory, or a frame of in is shared; those
 *                            of in are returned
 */
#define XENMEM_exchange 11
struct xen_memory_exchange {
    /* IN */
    struct xen_memory_reservation in;
    struct xen_memory_reservation out;
    /* INOUT */
    xen_ulong_t nr_exchanged; /* In extents of in. The caller sets it to 0. */
};
typedef struct xen_memory_exchange xen_memory_exchange_t;
DEFINE_XEN_GUEST_HANDLE(xen_memory_exchange_t);

/*
 * XENMEM_maximum_ram_page
 *
 * The highest frame of RAM in the machine.
 */
#define XENMEM_maximum_ram_page 2

struct xen_memory_domain {
    domid_t domid;
};

/*
 * XENMEM_current_reservation
 *
 * Pages the domain has.
 */
#define XENMEM_current_reservation 3

/*
 * XENMEM_maximum_reservation
 *
 * Pages the domain may have.
 */
#define XENMEM_maximum_reservation 4

/*
 * XENMEM_maximum_gpfn
 *
 * The highest guest frame the domain uses.
 */
#define XENMEM_maximum_gpfn 14

/*
 * Machine to physical table
 * -------------------------
 */

/*
 * XENMEM_machphys_mfn_list
 *
 * Where the table lies in machine memory, in pieces of 2 MiB.
 */
#define XENMEM_machphys_mfn_list 5
struct xen_machphys_mfn_list {
    /* IN */
    unsigned int max_extents;
    /* OUT */
    XEN_GUEST_HANDLE(xen_pfn_t) extent_start;
    unsigned int nr_extents;
};
typedef struct xen_machphys_mfn_list xen_machphys_mfn_list_t;
DEFINE_XEN_GUEST_HANDLE(xen_machphys_mfn_list_t);

/*
 * XENMEM_machphys_mapping
 *
 * Where the table lies in the guest's own address space.
 */
#define XENMEM_machphys_mapping 12
struct xen_machphys_mapping {
    /* OUT */
    xen_ulong_t v_start, v_end;
    xen_ulong_t max_mfn;
};
typedef struct xen_machphys_mapping xen_machphys_mapping_t;
DEFINE_XEN_GUEST_HANDLE(xen_machphys_mapping_t);

/*
 * Physical map
 * ------------
 */

/* What can be put into a physical map. */
#define XENMAPSPACE_shared_info 0
#define XENMAPSPACE_grant_table 1
#define XENMAPSPACE_gmfn        2

/*
 * XENMEM_add_to_physmap
 *
 * Make something appear at a guest frame. What was there is dropped.
 *
 * Errors:
 *   -EACCES                  dev_mmio is for the hardware domain, for itself;
 *                            before xsm
 *   -EINVAL                  gpfn is no frame, idx names nothing, or space is
 *                            none
 *   -EILSEQ                  gmfn_range: the place to resume from is beyond
 *                            size
 *   -EOVERFLOW               gmfn_range: idx or gpfn wraps
 *   -EACCES                  the page is of a kind that must stay where it is
 *   -EXDEV                   the page belongs at another frame
 *   -EPERM                   gpfn is taken by a device
 *   -ENOMEM                  the page is shared and cannot be made the
 *                            domain's own
 */
#define XENMEM_add_to_physmap 7
struct xen_add_to_physmap {
    /* IN */
    domid_t domid;
    unsigned int space;
#define XENMAPIDX_grant_table_status 0x80000000
    xen_ulong_t idx;
    xen_pfn_t gpfn;
};
typedef struct xen_add_to_physmap xen_add_to_physmap_t;
DEFINE_XEN_GUEST_HANDLE(xen_add_to_physmap_t);

/*
 * XENMEM_remove_from_physmap
 *
 * Take away what appears at a guest frame.
 *
 * Errors:
 *   -ENOENT                  nothing is there
 */
#define XENMEM_remove_from_physmap 15
struct xen_remove_from_physmap {
    /* IN */
    domid_t domid;
    xen_pfn_t gpfn;
};
typedef struct xen_remove_from_physmap xen_remove_from_physmap_t;
DEFINE_XEN_GUEST_HANDLE(xen_remove_from_physmap_t);

/* 8 was translate_gpfn_list: 2009-01, it had no user left. */

/*
 * Memory map
 * ----------
 */

/*
 * XENMEM_memory_map
 *
 * The map that the domain was started with.
 *
 * Errors:
 *   -ENOSYS                  no map was set
 */
#define XENMEM_memory_map 9
struct xen_memory_map {
    /* INOUT */
    /* Room in buffer; returns how many were written. */
    unsigned int nr_entries;
    /* OUT */
    /*
     * As BIOS call 0x15, 0xE820 returns it, and on ia64 EFI: then nr_entries are
     * bytes, and a header of 24 of them comes first.
     */
    XEN_GUEST_HANDLE(void) buffer;
};
typedef struct xen_memory_map xen_memory_map_t;
DEFINE_XEN_GUEST_HANDLE(xen_memory_map_t);

/*
 * XENMEM_machine_memory_map
 *
 * The map of the machine. With buffer NULL, how much room it needs.
 *
 * Errors:
 *   -EINVAL                  nr_entries is too small, and nothing is written;
 *                            before handles
 */
#define XENMEM_machine_memory_map 10

/*
 * XENMEM_set_memory_map
 *
 * Set what memory_map returns.
 *
 * Errors:
 *   -ENOMEM                  there is no memory for a copy of the map
 */
#define XENMEM_set_memory_map 13
struct xen_foreign_memory_map {
    /* IN */
    domid_t domid;
    struct xen_memory_map map;
};
typedef struct xen_foreign_memory_map xen_foreign_memory_map_t;
DEFINE_XEN_GUEST_HANDLE(xen_foreign_memory_map_t);

/*
 * Populate on demand
 * ------------------
 */

/*
 * XENMEM_set_pod_target
 *
 * Set how much memory stands behind the domain.
 *
 * Errors:
 *   -EINVAL                  the target is more than the domain may have
 *   -ENOMEM                  there is not so much memory
 */
#define XENMEM_set_pod_target 16

/*
 * XENMEM_get_pod_target
 *
 * Ask for the same figures.
 */
#define XENMEM_get_pod_target 17

struct xen_pod_target {
    uint64_t target_pages;
    uint64_t tot_pages;
    uint64_t pod_cache_pages;
    uint64_t pod_entries;
    domid_t domid;
};
typedef struct xen_pod_target xen_pod_target_t;

/*
 * Paging, access and sharing
 * --------------------------
 */

#if defined(__XEN__) || defined(__XEN_TOOLS__)
#ifndef uint64_aligned_t
#define uint64_aligned_t uint64_t
#endif

/*
 * XENMEM_get_sharing_freed_pages
 *
 * Pages that sharing has freed.
 */
#define XENMEM_get_sharing_freed_pages 18

/*
 * XENMEM_get_sharing_shared_pages
 *
 * Pages that are shared.
 */
#define XENMEM_get_sharing_shared_pages 19
#endif /* defined(__XEN__) || defined(__XEN_TOOLS__) */

#endif /* __XEN_PUBLIC_MEMORY_H__ */

/*
 * Local variables:
 * mode: C
 * c-file-style: "BSD"
 * c-basic-offset: 4
 * tab-width: 4
 * indent-tabs-mode: nil
 * End:
 */
