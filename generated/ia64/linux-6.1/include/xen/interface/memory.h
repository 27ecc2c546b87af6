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

#include <linux/spinlock.h>

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

/* Extents of 2^extent_order pages each. */
struct xen_memory_reservation {
	GUEST_HANDLE(xen_pfn_t) extent_start;
	xen_ulong_t nr_extents;
	unsigned int extent_order;
	unsigned int address_bits;
	domid_t domid;
};
DEFINE_GUEST_HANDLE_STRUCT(xen_memory_reservation);

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
DEFINE_GUEST_HANDLE_STRUCT(xen_memory_exchange);

/*
 * XENMEM_maximum_ram_page
 *
 * The highest frame of RAM in the machine.
 */
#define XENMEM_maximum_ram_page 2

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
	GUEST_HANDLE(xen_pfn_t) extent_start;
	unsigned int nr_extents;
};
DEFINE_GUEST_HANDLE_STRUCT(xen_machphys_mfn_list);

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
DEFINE_GUEST_HANDLE_STRUCT(xen_machphys_mapping);

/*
 * Physical map
 * ------------
 */

/* What can be put into a physical map. */
#define XENMAPSPACE_shared_info  0
#define XENMAPSPACE_grant_table  1
#define XENMAPSPACE_gmfn         2
#define XENMAPSPACE_gmfn_range   3 /* Not in a batch. */
#define XENMAPSPACE_gmfn_foreign 4 /* Only in a batch. */

/* Device memory, mapped as normal memory; arm only. */
#define XENMAPSPACE_dev_mmio 5

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
	xen_ulong_t idx;
	xen_pfn_t gpfn;
};
DEFINE_GUEST_HANDLE_STRUCT(xen_add_to_physmap);

/*
 * XENMEM_add_to_physmap_range
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
#define XENMEM_add_to_physmap_range 23
struct xen_add_to_physmap_range {
	/* IN */
	domid_t domid;
	uint16_t space;
	uint16_t size;
	domid_t foreign_domid;
	GUEST_HANDLE(xen_ulong_t) idxs;
	GUEST_HANDLE(xen_pfn_t) gpfns;
	/* OUT */
	GUEST_HANDLE(int) errs;
};
DEFINE_GUEST_HANDLE_STRUCT(xen_add_to_physmap_range);

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
DEFINE_GUEST_HANDLE_STRUCT(xen_remove_from_physmap);

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
	GUEST_HANDLE(void) buffer;
};
DEFINE_GUEST_HANDLE_STRUCT(xen_memory_map);

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
 * For the toolstack
 * -----------------
 */

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
	uint32_t id; /* The server's or the vcpu's, or one of the two below. */

#define XENMEM_resource_grant_table_id_shared 0
#define XENMEM_resource_grant_table_id_status 1
	uint32_t nr_frames; /* Returns the size if frame_list is NULL. */

#define _XENMEM_rsrc_acq_caller_owned (0)
#define XENMEM_rsrc_acq_caller_owned  (1u << _XENMEM_rsrc_acq_caller_owned)
	/* Bit 0 was an out bit once; never use it for that again. */
	uint32_t flags;
	uint64_t frame; /* The first frame, counted within the resource. */
#define XENMEM_resource_ioreq_server_frame_bufioreq 0
#define XENMEM_resource_ioreq_server_frame_ioreq(n) (1 + (n))
	/* INOUT */
	GUEST_HANDLE(xen_pfn_t) frame_list;
};
DEFINE_GUEST_HANDLE_STRUCT(xen_mem_acquire_resource);

#endif /* __XEN_PUBLIC_MEMORY_H__ */
