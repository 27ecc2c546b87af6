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
#include "physdev.h"

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

/* The node is one that the guest sees. */
#define XENMEMF_vnode (1 << 18)
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
 * XENMEM_machphys_compat_mfn_list
 *
 * The same for the table that 32-bit guests see.
 *
 * Errors:
 *   -EOPNOTSUPP              32-bit PV guests are switched off; before the
 *                            structure is read
 */
#define XENMEM_machphys_compat_mfn_list 25

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

/* ` enum phys_map_space { */
#define XENMAPSPACE_shared_info  0
#define XENMAPSPACE_grant_table  1
#define XENMAPSPACE_gmfn         2
#define XENMAPSPACE_gmfn_range   3 /* Not in a batch. */
#define XENMAPSPACE_gmfn_foreign 4 /* Only in a batch. */

/* Device memory, mapped as normal memory; arm only. */
#define XENMAPSPACE_dev_mmio 5
/* ` } */

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
    uint16_t size; /* Pages, for gmfn_range. */
    unsigned int space;
#define XENMAPIDX_grant_table_status 0x80000000
    xen_ulong_t idx;
    xen_pfn_t gpfn;
};
typedef struct xen_add_to_physmap xen_add_to_physmap_t;
DEFINE_XEN_GUEST_HANDLE(xen_add_to_physmap_t);

/*
 * XENMEM_add_to_physmap_batch
 *
 * The same for many frames, each with a result of its own, an errno. With
 * gmfn_foreign each frame is looked up in u.foreign_domid, and hook
 * map_gmfn_foreign is asked; what they answer is that frame's result.
 *
 * Errors:
 *   -EACCES                  dev_mmio is for the hardware domain, for itself;
 *                            before xsm
 *   -EOPNOTSUPP              dev_mmio with res0 not 0
 *   -EINVAL                  a gpfn is no frame; this ends the call
 */
#define XENMEM_add_to_physmap_batch 23
struct xen_add_to_physmap_batch {
    /* IN */
    domid_t domid;
    uint16_t space;
    uint16_t size;

#if __XEN_INTERFACE_VERSION__ < 0x00040700
    domid_t foreign_domid;
#else /* __XEN_INTERFACE_VERSION__ < 0x00040700 */
    union xen_add_to_physmap_batch_extra {
        domid_t foreign_domid;
        uint16_t res0;
    } u;
#endif /* __XEN_INTERFACE_VERSION__ < 0x00040700 */
    XEN_GUEST_HANDLE(xen_ulong_t) idxs;
    XEN_GUEST_HANDLE(xen_pfn_t) gpfns;
    /* OUT */
    XEN_GUEST_HANDLE(int) errs;
};
typedef struct xen_add_to_physmap_batch xen_add_to_physmap_batch_t;
DEFINE_XEN_GUEST_HANDLE(xen_add_to_physmap_batch_t);

#if __XEN_INTERFACE_VERSION__ < 0x00040400
#define XENMEM_add_to_physmap_range XENMEM_add_to_physmap_batch
#define xen_add_to_physmap_range    xen_add_to_physmap_batch
typedef struct xen_add_to_physmap_batch xen_add_to_physmap_range_t;
DEFINE_XEN_GUEST_HANDLE(xen_add_to_physmap_range_t);
#endif /* __XEN_INTERFACE_VERSION__ < 0x00040400 */

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

/*
 * XENMEM_paging_op
 *
 * Move a page of a guest out to a pager, or back.
 *
 * Errors:
 *   -ENOSYS                  the hypervisor was built without MEM_PAGING;
 *                            before all else
 *   -ENODEV                  no pager serves the domain
 *   -ENOSYS                  there is no such op
 *   -EINVAL                  gfn is no page that can be moved, or is not where
 *                            the op wants it
 *   -EBUSY                   the page is in use
 *   -ENOENT                  prep: gfn is not paged out
 *   -ENOMEM                  prep: there is no memory for the page
 */
#define XENMEM_paging_op 20

#define XENMEM_paging_op_nominate 0
#define XENMEM_paging_op_evict    1
#define XENMEM_paging_op_prep     2
struct xen_mem_paging_op {
    /* IN */
    uint8_t op;
    domid_t domain;
    /* The page's contents, for prep. */
    XEN_GUEST_HANDLE_64(const_uint8) buffer;
    uint64_aligned_t gfn;
};
typedef struct xen_mem_paging_op xen_mem_paging_op_t;
DEFINE_XEN_GUEST_HANDLE(xen_mem_paging_op_t);

/*
 * XENMEM_access_op
 *
 * Restrict what a guest may do with its own pages.
 *
 * Errors:
 *   -ENOSYS                  the hypervisor was built without MEM_ACCESS;
 *                            before all else
 *   -EINVAL                  the domain's page tables cannot do this; before
 *                            xsm
 *   -ENODEV                  nobody listens to the domain's events
 *   -ENOSYS                  there is no such op, or get_access with a place
 *                            to resume from
 *   -EINVAL                  there is no such access, or pfn and nr reach
 *                            beyond the domain
 *   -ESRCH                   get_access: there is no such page
 */
#define XENMEM_access_op 21

#define XENMEM_access_op_set_access       0
#define XENMEM_access_op_get_access       1
#define XENMEM_access_op_set_access_multi 4

typedef enum {
    XENMEM_access_n,
    XENMEM_access_r,
    XENMEM_access_w,
    XENMEM_access_rw,
    XENMEM_access_x,
    XENMEM_access_rx,
    XENMEM_access_wx,
    XENMEM_access_rwx,
    /* r-x until the first write, then rw-. */
    XENMEM_access_rx2rw,
    /* Nothing until the first access, then rwx, with an event. */
    XENMEM_access_n2rwx,
    /* What the domain has by default. */
    XENMEM_access_default
} xenmem_access_t;
struct xen_mem_access_op {
    /* IN */
    uint8_t op;
    uint8_t access;
    domid_t domid;
    uint32_t nr;
    uint64_aligned_t pfn; /* ~0: the domain's default. */
    XEN_GUEST_HANDLE(const_uint64) pfn_list;
    XEN_GUEST_HANDLE(const_uint8) access_list;
};
typedef struct xen_mem_access_op xen_mem_access_op_t;
DEFINE_XEN_GUEST_HANDLE(xen_mem_access_op_t);

/*
 * XENMEM_sharing_op
 *
 * Let domains share equal pages, or fork one from another.
 *
 * Errors:
 *   -ENOSYS                  the hypervisor was built without MEM_SHARING;
 *                            before all else
 *   -ENOSYS                  there is no such op, debug_mfn among them
 *   -EINVAL                  the domain cannot share, or a page cannot be
 *                            shared
 */
#define XENMEM_sharing_op 22

#define XENMEM_sharing_op_nominate_gfn     0
#define XENMEM_sharing_op_nominate_gref    1
#define XENMEM_sharing_op_share            2
#define XENMEM_sharing_op_debug_gfn        3
#define XENMEM_sharing_op_debug_mfn        4
#define XENMEM_sharing_op_debug_gref       5
#define XENMEM_sharing_op_add_physmap      6
#define XENMEM_sharing_op_audit            7
#define XENMEM_sharing_op_range_share      8
#define XENMEM_sharing_op_fork             9
#define XENMEM_sharing_op_fork_reset       10
#define XENMEM_SHARING_OP_S_HANDLE_INVALID (-10)
#define XENMEM_SHARING_OP_C_HANDLE_INVALID (-9)

/* A gfn field may hold a grant reference, and says so in this bit. */
#define XENMEM_SHARING_OP_FIELD_IS_GREF_FLAG (xen_mk_ullong(1) << 62)
#define XENMEM_SHARING_OP_FIELD_MAKE_GREF(field, val) \
    (field) = (XENMEM_SHARING_OP_FIELD_IS_GREF_FLAG | val)
#define XENMEM_SHARING_OP_FIELD_IS_GREF(field) \
    ((field)&XENMEM_SHARING_OP_FIELD_IS_GREF_FLAG)
#define XENMEM_SHARING_OP_FIELD_GET_GREF(field) \
    ((field) & (~XENMEM_SHARING_OP_FIELD_IS_GREF_FLAG))
struct xen_mem_sharing_op {
    /* IN */
    uint8_t op;
    domid_t domain;
    /* INOUT */
    union {
        struct mem_sharing_op_nominate {
            union {
                uint64_aligned_t gfn;
                uint32_t grant_ref;
            } u;
            uint64_aligned_t handle;
        } nominate;
        struct mem_sharing_op_share {
            uint64_aligned_t source_gfn;
            uint64_aligned_t source_handle;
            uint64_aligned_t client_gfn;
            uint64_aligned_t client_handle;
            domid_t client_domain;
        } share;
        struct mem_sharing_op_range {
            uint64_aligned_t first_gfn;
            uint64_aligned_t last_gfn;
            uint64_aligned_t opaque; /* 0; Xen keeps its place here, a gfn. */
            domid_t client_domain;
            uint16_t _pad[3];
        } range;
        struct mem_sharing_op_debug {
            union {
                uint64_aligned_t gfn;
                uint64_aligned_t mfn;
                uint32_t gref;
            } u;
        } debug;
        struct mem_sharing_op_fork {
            domid_t parent_domain;

/* For forks that live only briefly. */
#define XENMEM_FORK_WITH_IOMMU_ALLOWED (1u << 0)

/* For forks that live only briefly. */
#define XENMEM_FORK_BLOCK_INTERRUPTS (1u << 1)
#define XENMEM_FORK_RESET_STATE      (1u << 2)
#define XENMEM_FORK_RESET_MEMORY     (1u << 3)
            uint16_t flags;
            uint32_t pad;
        } fork;
    } u;
};
typedef struct xen_mem_sharing_op xen_mem_sharing_op_t;
DEFINE_XEN_GUEST_HANDLE(xen_mem_sharing_op_t);
#endif /* defined(__XEN__) || defined(__XEN_TOOLS__) */

/*
 * For the toolstack
 * -----------------
 */

#if defined(__XEN__) || defined(__XEN_TOOLS__)

/*
 * XENMEM_claim_pages
 *
 * Claim pages for a domain without choosing them. 0 ends a claim.
 *
 * Errors:
 *   -EINVAL                  there is a claim already, or the domain has as
 *                            much or may not have as much
 *   -ENOMEM                  there are not so many free pages
 */
#define XENMEM_claim_pages 24

/*
 * XENMEM_reserved_device_memory_map
 *
 * Guest addresses that devices make unusable for RAM. NULL and 0 ask for the
 * count.
 *
 * Errors:
 *   -ENOBUFS                 nr_entries is too small; the first of them are
 *                            written
 */
#define XENMEM_reserved_device_memory_map 27

struct xen_reserved_device_memory {
    /* OUT */
    xen_pfn_t start_pfn;
    xen_ulong_t nr_pages;
};
typedef struct xen_reserved_device_memory xen_reserved_device_memory_t;
DEFINE_XEN_GUEST_HANDLE(xen_reserved_device_memory_t);

/* All of them; dev is not looked at. */
#define XENMEM_RDM_ALL 1
struct xen_reserved_device_memory_map {
    /* IN */
    uint32_t flags;
    /* INOUT */
    unsigned int nr_entries; /* Returns how many there are. */
    /* OUT */
    XEN_GUEST_HANDLE(xen_reserved_device_memory_t) buffer;
    /* IN */
    union {
        physdev_pci_device_t pci;
    } dev;
};
typedef struct xen_reserved_device_memory_map xen_reserved_device_memory_map_t;
DEFINE_XEN_GUEST_HANDLE(xen_reserved_device_memory_map_t);
#endif /* defined(__XEN__) || defined(__XEN_TOOLS__) */

/*
 * XENMEM_acquire_resource
 *
 * Map a resource that Xen keeps for another domain.
 *
 * Errors:
 *   -EACCES                  the caller's physical map is not a plain one;
 *                            before the structure is read
 *   -EINVAL                  there is no such resource, or no such frame of it
 *   -EOPNOTSUPP              there is no such type; 4.17 answers a size query
 *                            for one with nonsense
 *   -ENOENT                  there is no such server or vcpu, or the server
 *                            has no such frame
 *   -EPERM                   the server is not the caller's, or frame_list
 *                            names what cannot be replaced
 *   -ENOMEM                  there is no memory for the server's frames
 *   -EIO                     some of the frames are mapped; the caller undoes
 *                            that
 */
#define XENMEM_acquire_resource 28
struct xen_mem_acquire_resource {
    /* IN */
    domid_t domid;
    uint16_t type;

#define XENMEM_resource_ioreq_server 0
#define XENMEM_resource_grant_table  1
#define XENMEM_resource_vmtrace_buf  2
    uint32_t id; /* The server's or the vcpu's, or one of the two below. */

#define XENMEM_resource_grant_table_id_shared 0
#define XENMEM_resource_grant_table_id_status 1
    uint32_t nr_frames; /* Returns the size if frame_list is NULL. */
    /* Bit 0 was an out bit once; never use it for that again. */
    uint32_t pad;
    uint64_t frame; /* The first frame, counted within the resource. */
#define XENMEM_resource_ioreq_server_frame_bufioreq 0
#define XENMEM_resource_ioreq_server_frame_ioreq(n) (1 + (n))
    /* INOUT */
    XEN_GUEST_HANDLE(xen_pfn_t) frame_list;
};
typedef struct xen_mem_acquire_resource xen_mem_acquire_resource_t;
DEFINE_XEN_GUEST_HANDLE(xen_mem_acquire_resource_t);

/*
 * Virtual NUMA
 * ------------
 */

/*
 * XENMEM_get_vnumainfo
 *
 * Nodes, memory ranges and vcpus of the NUMA machine that the guest sees.
 *
 * Errors:
 *   -EOPNOTSUPP              the guest sees no NUMA
 *   -ENOBUFS                 there is more than there is room for
 *   -ENOMEM                  there is no memory for a copy
 *   -EAGAIN                  it has grown meanwhile
 */
#define XENMEM_get_vnumainfo 26

struct xen_vmemrange {
    /* OUT */
    uint64_t start, end;
    unsigned int flags;
    unsigned int nid;
};
typedef struct xen_vmemrange xen_vmemrange_t;
DEFINE_XEN_GUEST_HANDLE(xen_vmemrange_t);
struct xen_vnuma_topology_info {
    /* IN */
    domid_t domid;
    uint16_t pad;
    /* INOUT */
    /* What there is room for; returns what there is. */
    unsigned int nr_vnodes;
    unsigned int nr_vcpus;
    unsigned int nr_vmemranges;
    /* OUT */
    union {
        XEN_GUEST_HANDLE(uint) h;
        uint64_t pad;
    } vdistance;
    union {
        XEN_GUEST_HANDLE(uint) h;
        uint64_t pad;
    } vcpu_to_vnode;
    union {
        XEN_GUEST_HANDLE(xen_vmemrange_t) h;
        uint64_t pad;
    } vmemrange;
};
typedef struct xen_vnuma_topology_info xen_vnuma_topology_info_t;
DEFINE_XEN_GUEST_HANDLE(xen_vnuma_topology_info_t);

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
