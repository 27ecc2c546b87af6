/* SPDX-License-Identifier: MIT */
/******************************************************************************
 * grant_table.h
 *
 * Lend page frames to other domains, or give them away.
 *
 * A domain shares a table with Xen. Each entry names a frame, another domain,
 * and what that domain may do with the frame. The index of the entry, the
 * grant reference, is what the two domains tell each other; no machine
 * address ever needs to pass between them.
 *
 * Generated from idl/grant_table.idl by "make"; edit that, not this.
 *
 * Copyright (c) 2004, K A Fraser
 */

#ifndef __XEN_PUBLIC_GRANT_TABLE_H__
#define __XEN_PUBLIC_GRANT_TABLE_H__

#include "xen.h"

/*
 * `incontents 150 gnttab Grant Tables
 */

/*
 * Grant table representation
 * --------------------------
 */

/*
 * Writing an entry: domid and frame first, a write barrier, then flags.
 *
 * Taking one back: read flags, see that neither reading nor writing is set,
 * and compare-and-exchange flags to 0. While one of the two is set the frame
 * is in use, and only the other domain can end that. An accept_transfer entry
 * is free to go until transfer_committed is set; from then on wait for
 * transfer_completed.
 */
typedef uint32_t grant_ref_t;

#if __XEN_INTERFACE_VERSION__ < 0x0003020a
#define grant_entry_v1   grant_entry
#define grant_entry_v1_t grant_entry_t
#endif /* __XEN_INTERFACE_VERSION__ < 0x0003020a */

/* An entry of a version 1 table. */
struct grant_entry_v1 {
    uint16_t flags;
    domid_t domid;
    uint32_t frame; /* Given, or accepted into; then the new one. */
};
typedef struct grant_entry_v1 grant_entry_v1_t;

/* Entries that survive a change of version; the tools fill some in. */
#define GNTTAB_NR_RESERVED_ENTRIES 8
#define GNTTAB_RESERVED_CONSOLE    0
#define GNTTAB_RESERVED_XENSTORE   1

/* Kind and rights of an entry. */
#define GTF_invalid       (0U << 0) /* Grants nothing. */
#define GTF_permit_access (1U << 0) /* domid may map or access frame. */

/* domid may move one of its frames to here. */
#define GTF_accept_transfer (2U << 0)

/* domid may copy through a grant made to this domain. */
#define GTF_transitive (3U << 0)
#define GTF_type_mask  (3U << 0)
#define _GTF_readonly  (2)
#define GTF_readonly   (1U << _GTF_readonly)
#define _GTF_reading   (3)

/* Set by Xen while mapped to read. */
#define GTF_reading  (1U << _GTF_reading)
#define _GTF_writing (4)

/* Set by Xen while mapped to write. */
#define GTF_writing             (1U << _GTF_writing)
#define _GTF_PWT                (5)
#define GTF_PWT                 (1U << _GTF_PWT) /* Cache attributes, x86 only. */
#define _GTF_PCD                (6)
#define GTF_PCD                 (1U << _GTF_PCD)
#define _GTF_PAT                (7)
#define GTF_PAT                 (1U << _GTF_PAT)
#define _GTF_sub_page           (8)
#define GTF_sub_page            (1U << _GTF_sub_page) /* A part of the page; copy only. */
#define _GTF_transfer_committed (2)
#define GTF_transfer_committed \
    (1U << _GTF_transfer_committed) /* Xen is about to write frame. */
#define _GTF_transfer_completed (3)
#define GTF_transfer_completed \
    (1U << _GTF_transfer_completed) /* Xen has written frame. */

#if __XEN_INTERFACE_VERSION__ >= 0x0003020a

/* What the entries of both versions begin with. */
struct grant_entry_header {
    uint16_t flags;
    domid_t domid;
};
typedef struct grant_entry_header grant_entry_header_t;

/* An entry of a version 2 table. A table holds entries of one version only. */
union grant_entry_v2 {
    grant_entry_header_t hdr;
    struct {
        grant_entry_header_t hdr;
        uint32_t pad0;
        uint64_t frame;
    } full_page;
    struct {
        grant_entry_header_t hdr;
        uint16_t page_off;
        uint16_t length;
        uint64_t frame;
    } sub_page;
    struct {
        grant_entry_header_t hdr;
        domid_t trans_domid;
        uint16_t pad0;
        grant_ref_t gref;
    } transitive;
    uint32_t __spacer[4]; /* Keeps the size a power of two. */
};
typedef union grant_entry_v2 grant_entry_v2_t;

/* GTF_reading and GTF_writing of one version 2 entry, in a page of their own. */
typedef uint16_t grant_status_t;
#endif /* __XEN_INTERFACE_VERSION__ >= 0x0003020a */

/*
 * Grant table queries and uses
 * ----------------------------
 */

/*
 * ` enum neg_errnoval
 * ` HYPERVISOR_grant_table_op(enum grant_table_op cmd,
 * `                           void *args,
 * `                           unsigned int count)
 * `
 * Do cmd for each of the count elements at uop.
 */

/* ` enum grant_table_op { // GNTTABOP_* => struct gnttab_* */
#define GNTTABOP_map_grant_ref     0
#define GNTTABOP_unmap_grant_ref   1
#define GNTTABOP_setup_table       2
#define GNTTABOP_dump_table        3
#define GNTTABOP_transfer          4
#define GNTTABOP_copy              5
#define GNTTABOP_query_size        6
#define GNTTABOP_unmap_and_replace 7

#if __XEN_INTERFACE_VERSION__ >= 0x0003020a
#define GNTTABOP_set_version       8
#define GNTTABOP_get_status_frames 9
#define GNTTABOP_get_version       10
#define GNTTABOP_swap_grant_ref    11
#define GNTTABOP_cache_flush       12
#endif /* __XEN_INTERFACE_VERSION__ >= 0x0003020a */
/* ` } */

/* Names one mapping made through a grant. */
typedef uint32_t grant_handle_t;

/*
 * GNTTABOP_map_grant_ref
 *
 * Map frames that other domains have granted.
 *
 * Errors:
 *   GNTST_general_error      a translated caller asks for more than host_map
 *                            and readonly
 *   GNTST_bad_domain         dom does not exist
 *   GNTST_no_space           no tracking handle is left
 *   GNTST_bad_gntref         ref is beyond the table
 *   GNTST_general_error      the entry is not for the caller, or not for this
 *                            access
 *   GNTST_general_error      the entry is mapped too often, 128 times, or
 *                            keeps changing
 *   GNTST_general_error      host_addr has no place for a mapping
 *   GNTST_general_error      the frame cannot be had for writing, or is a
 *                            device's
 *   GNTST_bad_page           the frame is not memory that can be shared
 *   GNTST_eagain             the frame is paged out
 */
struct gnttab_map_grant_ref {
    /* IN */
    /* Where: an address, or that of a PTE (contains_pte). */
    uint64_t host_addr;
    uint32_t flags;
    grant_ref_t ref;
    domid_t dom; /* Who granted it. DOMID_SELF is not understood here. */
    /* OUT */
    int16_t status;
    grant_handle_t handle;
    uint64_t dev_bus_addr; /* For devices; also without device_map. */
};
typedef struct gnttab_map_grant_ref gnttab_map_grant_ref_t;
DEFINE_XEN_GUEST_HANDLE(gnttab_map_grant_ref_t);

/*
 * GNTTABOP_unmap_grant_ref
 *
 * End mappings. No stale translation is left when the batch returns. A handle
 * whose granter is gone crashes the caller.
 *
 * Errors:
 *   GNTST_bad_handle         handle is not in use; before xsm, which is about
 *                            its granter
 *   GNTST_bad_dev_addr       dev_bus_addr is not what handle stands for
 *   GNTST_general_error      host_addr is not what handle stands for, or the
 *                            IOMMU fails
 */
struct gnttab_unmap_grant_ref {
    /* IN */
    uint64_t host_addr;    /* 0 leaves this half mapped. */
    uint64_t dev_bus_addr; /* 0 leaves this half mapped. */
    grant_handle_t handle;
    /* OUT */
    int16_t status;
};
typedef struct gnttab_unmap_grant_ref gnttab_unmap_grant_ref_t;
DEFINE_XEN_GUEST_HANDLE(gnttab_unmap_grant_ref_t);

/*
 * GNTTABOP_setup_table
 *
 * Give a domain a table of at least nr_frames pages, and say where they are.
 *
 * Errors:
 *   GNTST_general_error      nr_frames is more than this domain may have, or
 *                            there is no memory
 *   GNTST_bad_virt_addr      frame_list cannot be written
 */
struct gnttab_setup_table {
    /* IN */
    domid_t dom;
    uint32_t nr_frames;
    /* OUT */
    int16_t status;

#if __XEN_INTERFACE_VERSION__ < 0x00040300
    XEN_GUEST_HANDLE(ulong) frame_list;
#else /* __XEN_INTERFACE_VERSION__ < 0x00040300 */
    XEN_GUEST_HANDLE(xen_pfn_t) frame_list;
#endif /* __XEN_INTERFACE_VERSION__ < 0x00040300 */
};
typedef struct gnttab_setup_table gnttab_setup_table_t;
DEFINE_XEN_GUEST_HANDLE(gnttab_setup_table_t);

/*
 * GNTTABOP_dump_table
 *
 * Print the table to the console.
 *
 * Deprecated: Xen has no code for it any more.
 */
struct gnttab_dump_table {
    /* IN */
    domid_t dom;
    /* OUT */
    int16_t status;
};
typedef struct gnttab_dump_table gnttab_dump_table_t;
DEFINE_XEN_GUEST_HANDLE(gnttab_dump_table_t);

/*
 * GNTTABOP_transfer
 *
 * Give a page to the domain that has an accept_transfer entry for it. The
 * page is gone even on failure, except after bad_page.
 *
 * Errors:
 *   -EOPNOTSUPP              the hypervisor was told to do without
 *                            (gnttab=no-transfer)
 *   GNTST_bad_page           mfn is not the caller's alone; the caller keeps
 *                            it
 *   GNTST_bad_domain         domid does not exist
 *   GNTST_general_error      ref does not accept a page from the caller, or
 *                            domid is full or dying
 *   GNTST_address_too_big    domid cannot address the page, and no lower one
 *                            is free
 */
struct gnttab_transfer {
    /* IN */
    xen_pfn_t mfn;
    domid_t domid;
    grant_ref_t ref;
    /* OUT */
    int16_t status;
};
typedef struct gnttab_transfer gnttab_transfer_t;
DEFINE_XEN_GUEST_HANDLE(gnttab_transfer_t);

/*
 * GNTTABOP_copy
 *
 * Copy bytes between frames, each named by number or by grant.
 *
 * Errors:
 *   GNTST_bad_domain         a domain does not exist; before xsm
 *   GNTST_permission_denied  a frame number that is not DOMID_SELF's; before
 *                            xsm
 *   GNTST_bad_gntref         a reference is beyond its table
 *   GNTST_general_error      the grant does not allow this access, or this
 *                            part of the page
 *   GNTST_bad_page           a frame is not memory
 *   GNTST_general_error      the destination is no plain memory
 *   GNTST_eagain             a frame is paged out
 *   GNTST_bad_copy_arg       a range crosses the end of its page; seen when
 *                            both frames are there
 */

#define _GNTCOPY_source_gref (0)
#define GNTCOPY_source_gref  (1 << _GNTCOPY_source_gref)
#define _GNTCOPY_dest_gref   (1)
#define GNTCOPY_dest_gref    (1 << _GNTCOPY_dest_gref)
struct gnttab_copy {
    /* IN */
    struct gnttab_copy_ptr {
        union {
            grant_ref_t ref;
            xen_pfn_t gmfn;
        } u;
        domid_t domid;
        uint16_t offset;
    } source, dest;
    uint16_t len;
    uint16_t flags;
    /* OUT */
    int16_t status;
};
typedef struct gnttab_copy gnttab_copy_t;
DEFINE_XEN_GUEST_HANDLE(gnttab_copy_t);

/*
 * GNTTABOP_query_size
 *
 * How large a domain's table is, and how large it may become.
 */
struct gnttab_query_size {
    /* IN */
    domid_t dom;
    /* OUT */
    uint32_t nr_frames;
    uint32_t max_nr_frames;
    int16_t status;
};
typedef struct gnttab_query_size gnttab_query_size_t;
DEFINE_XEN_GUEST_HANDLE(gnttab_query_size_t);

/*
 * GNTTABOP_unmap_and_replace
 *
 * End a mapping, and put the one at new_addr in its place.
 *
 * Errors:
 *   GNTST_bad_handle         handle is not in use; before xsm, which is about
 *                            its granter
 *   GNTST_general_error      host_addr or new_addr is not what handle stands
 *                            for
 */
struct gnttab_unmap_and_replace {
    /* IN */
    uint64_t host_addr;
    uint64_t new_addr;
    grant_handle_t handle;
    /* OUT */
    int16_t status;
};
typedef struct gnttab_unmap_and_replace gnttab_unmap_and_replace_t;
DEFINE_XEN_GUEST_HANDLE(gnttab_unmap_and_replace_t);

#if __XEN_INTERFACE_VERSION__ >= 0x0003020a

/*
 * GNTTABOP_set_version
 *
 * Change the table between version 1 and version 2. No grant may be in use,
 * but for the reserved ones. The version in force already: nothing is done.
 *
 * Errors:
 *   -EINVAL                  there is no such version
 *   -ENOSYS                  version 2 is not allowed here
 *   -ENOMEM                  there is no memory for the status words
 *   -EBUSY                   grants are in use, or the status words are mapped
 *                            somewhere
 *   -EAGAIN                  version 2 operations are still going on
 *   -ERANGE                  a reserved entry does not fit into version 1
 */
struct gnttab_set_version {
    /* INOUT */
    uint32_t version; /* Returns the version in force. */
};
typedef struct gnttab_set_version gnttab_set_version_t;
DEFINE_XEN_GUEST_HANDLE(gnttab_set_version_t);

/*
 * GNTTABOP_get_status_frames
 *
 * Where the status words of a version 2 table are.
 *
 * Errors:
 *   GNTST_general_error      nr_frames is more than there are
 *   GNTST_bad_virt_addr      frame_list cannot be written
 */
struct gnttab_get_status_frames {
    /* IN */
    uint32_t nr_frames;
    domid_t dom;
    /* OUT */
    int16_t status;
    XEN_GUEST_HANDLE(uint64_t) frame_list;
};
typedef struct gnttab_get_status_frames gnttab_get_status_frames_t;
DEFINE_XEN_GUEST_HANDLE(gnttab_get_status_frames_t);

/*
 * GNTTABOP_get_version
 *
 * Which version a domain's table has.
 */
struct gnttab_get_version {
    /* IN */
    domid_t dom;
    uint16_t pad;
    /* OUT */
    uint32_t version;
};
typedef struct gnttab_get_version gnttab_get_version_t;
DEFINE_XEN_GUEST_HANDLE(gnttab_get_version_t);

/*
 * GNTTABOP_swap_grant_ref
 *
 * Exchange what two entries say.
 *
 * Errors:
 *   GNTST_bad_gntref         a reference is beyond the table
 *   GNTST_eagain             one of the two is in use
 */
struct gnttab_swap_grant_ref {
    /* IN */
    grant_ref_t ref_a;
    grant_ref_t ref_b;
    /* OUT */
    int16_t status;
};
typedef struct gnttab_swap_grant_ref gnttab_swap_grant_ref_t;
DEFINE_XEN_GUEST_HANDLE(gnttab_swap_grant_ref_t);

/*
 * GNTTABOP_cache_flush
 *
 * Clean or invalidate the data cache for part of a granted page.
 *
 * Errors:
 *   -EILSEQ                  there is a place to go on from, and nothing to do
 *   -EINVAL                  there is no such page, or the caller has not
 *                            mapped it
 *   -EPERM                   the page has no owner
 *   -EOPNOTSUPP              the processor cannot do this, x86 for one INVAL
 *                            alone
 */
struct gnttab_cache_flush {
    /* IN */
    union {
        uint64_t dev_bus_addr;
        grant_ref_t ref;
    } a;
    uint16_t offset;
    uint16_t length;

#define GNTTAB_CACHE_CLEAN       (1u << 0)
#define GNTTAB_CACHE_INVAL       (1u << 1)
#define GNTTAB_CACHE_SOURCE_GREF (1u << 31) /* Refused by every Xen so far. */
    uint32_t op;
};
typedef struct gnttab_cache_flush gnttab_cache_flush_t;
DEFINE_XEN_GUEST_HANDLE(gnttab_cache_flush_t);
#endif /* __XEN_INTERFACE_VERSION__ >= 0x0003020a */

/*
 * Flags and results
 * -----------------
 */

/* How to map a grant. */
#define _GNTMAP_device_map      (0)
#define GNTMAP_device_map       (1 << _GNTMAP_device_map) /* For devices. */
#define _GNTMAP_host_map        (1)
#define GNTMAP_host_map         (1 << _GNTMAP_host_map) /* For the processor. */
#define _GNTMAP_readonly        (2)
#define GNTMAP_readonly         (1 << _GNTMAP_readonly)
#define _GNTMAP_application_map (3)

/* Also for the running application. */
#define GNTMAP_application_map (1 << _GNTMAP_application_map)
#define _GNTMAP_contains_pte   (4)

/* host_addr is the machine address of a PTE. */
#define GNTMAP_contains_pte     (1 << _GNTMAP_contains_pte)
#define _GNTMAP_guest_avail0    (16)
#define GNTMAP_guest_avail_mask ((uint32_t)~0 << _GNTMAP_guest_avail0)

/* What became of one element of a batch. */

/* ` enum grant_status { */
#define GNTST_okay              (0)
#define GNTST_general_error     (-1)
#define GNTST_bad_domain        (-2)
#define GNTST_bad_gntref        (-3)
#define GNTST_bad_handle        (-4)
#define GNTST_bad_virt_addr     (-5)
#define GNTST_bad_dev_addr      (-6)
#define GNTST_no_device_space   (-7)
#define GNTST_permission_denied (-8)
#define GNTST_bad_page          (-9)
#define GNTST_bad_copy_arg      (-10)
#define GNTST_address_too_big   (-11)
#define GNTST_eagain            (-12)
#define GNTST_no_space          (-13)
/* ` } */

#define GNTTABOP_error_msgs { \
    "okay", \
    "undefined error", \
    "unrecognised domain id", \
    "invalid grant reference", \
    "invalid mapping handle", \
    "invalid virtual address", \
    "invalid device address", \
    "no spare translation slot in the I/O MMU", \
    "permission denied", \
    "bad page", \
    "copy arguments cross page boundary", \
    "page address size too large", \
    "operation not done; try again", \
    "out of space", \
}

#endif /* __XEN_PUBLIC_GRANT_TABLE_H__ */

/*
 * Local variables:
 * mode: C
 * c-file-style: "BSD"
 * c-basic-offset: 4
 * tab-width: 4
 * indent-tabs-mode: nil
 * End:
 */
