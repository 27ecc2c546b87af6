/* SPDX-License-Identifier: MIT */
/******************************************************************************
 * pmt.h
 *
 * The physical to machine table: which machine frame stands behind a guest
 * frame.
 *
 * Xen owns the table of each domain and is the only one to write it. A domain
 * that has the right, has_pmt, may know machine frames: it asks for them, and
 * reads the table without a call, through windows in its own address space.
 * Whoever builds domains gives the right; the first domain has it. Taken
 * back, it takes the windows with it, and answers say 0 where a frame would
 * be.
 *
 * To a domain without the right no op of this interface tells a machine
 * frame. Older interfaces tell some, and their descriptions say which.
 *
 * Generated from idl/pmt.idl by "make"; edit that, not this.
 */

#ifndef __XEN_PUBLIC_PMT_H__
#define __XEN_PUBLIC_PMT_H__

#include <xen/interface/xen.h>
#include <xen/interface/grant_table.h>

/* The number that the architecture gives away; xen.h does not have the name. */
#define __HYPERVISOR_pmt_op __HYPERVISOR_arch_3

/*
 * Do cmd for each of the count elements at args. What went wrong with one
 * element stands in its status, and the others are done all the same.
 *
 * A dying domain is like none. Pages that change hands are flushed from all
 * TLBs, of processors and of devices, before anybody else can have them.
 * Where two tables change, both are locked, that of the lower domid first.
 */

/*
 * Layout of the table
 * -------------------
 */

/*
 * An entry: the leaf of one page, or the top of 2^18 pages.
 *
 * Guest pages are as large as the domain's table says, 4, 16 or 64 KiB; mfn
 * counts granules of the machine. foreign is a page of another domain that a
 * grant let appear here: devices need its frame. software tells readers
 * nothing, holds no domain id, and is 0 in answers.
 */
#define PMTE_present  (1ULL << 0)
#define PMTE_writable (1ULL << 1)
#define PMTE_io       (1ULL << 2) /* Device memory. */

/* Another domain's page, mapped here. */
#define PMTE_foreign (1ULL << 3)
#define PMTE_table   (1ULL << 4) /* Top only: look one level down. */
#define PMTE_order(w) \
	((uint64_t)(w) >> 5 & 0x1fULL) /* Hint: a run of 2^order pages. */

/* Nothing is there, and this is no hole. */
#define PMTE_absent      (1ULL << 11)
#define PMTE_mfn(w)      ((uint64_t)(w) >> 12 & 0xffffffffffULL)
#define PMTE_software(w) ((uint64_t)(w) >> 52 & 0x7ffULL) /* Xen's own. */

/*
 * An entry of the directory: 2^9 pages, one after the other in the machine,
 * or table. Frames beyond 36 bits do not fit, and their pages need a leaf
 * each.
 */
#define PMTD_present  (1u << 0)
#define PMTD_writable (1u << 1)
#define PMTD_io       (1u << 2)
#define PMTD_foreign  (1u << 3)
#define PMTD_table    (1u << 4) /* Look in the leaf. */
#define PMTD_mfn(w)   (((uint64_t)(w) >> 5 & 0x7ffffffULL) << 9)

/*
 * The parts of the table that can be read without a call, by guest frame. A
 * leaf that is not 0 is true. Bit 31 of nr_runs: no runs, and most leaves are
 * not 0.
 *
 * To look up gpfn: while state has runs, read top[gpfn >> 18], unless it says
 * table that is it. Then dir[gpfn >> 9], unless it says table, and then
 * leaf[gpfn]. Each is one load with acquire. An entry of 0 is a hole that is
 * being filled or emptied: look again from the top, a few times, and then ask
 * translate. What was read was true at some time since the lookup began; only
 * pages that are granted, mapped or lent stay where they are.
 */
#define PMTW_top   0 /* pmt_entry, for 2^18 pages. */
#define PMTW_dir   1 /* pmt_dir, for 2^9 pages. */
#define PMTW_leaf  2 /* pmt_entry, for each page. */
#define PMTW_state 3 /* One struct pmt_state. */

/* What the window state shows. */
struct pmt_state {
	uint64_t nr_gpfns; /* One above the last guest frame. */
	/* Entries of top that do not say table; 2^31: none. */
	uint32_t nr_runs;
	uint32_t page_shift; /* Of the guest's pages: 12, 14 or 16. */
};

/* What this hypervisor, for this caller, can do. */
#define PMTF_right   (1u << 0) /* The caller has has_pmt. */
#define PMTF_windows (1u << 1) /* attach works. */
#define PMTF_runs    (1u << 2) /* The table has a top. */
#define PMTF_loans   (1u << 3) /* donate works. */

/* What may be done with a page. */
#define PMTR_read  (1u << 0)
#define PMTR_write (1u << 1)

/* How to map a grant. */
#define PMTM_readonly (1u << 0)
#define PMTM_device   (1u << 1) /* Also for the caller's devices. */

/* What became of one element. */
#define PMTST_okay         (0)
#define PMTST_denied       (-1)
#define PMTST_bad_domain   (-2)
#define PMTST_bad_frame    (-3)
#define PMTST_bad_grant    (-4)
#define PMTST_bad_loan     (-5)
#define PMTST_busy         (-6)
#define PMTST_no_memory    (-7)
#define PMTST_bad_argument (-8)
#define PMTST_not_done     (-9)

/*
 * A donated page that can be asked back. Numbers are the lender's own, and
 * none comes back for another page.
 */
typedef uint64_t pmt_loan_t;

/*
 * Reading
 * -------
 */

/*
 * PMTOP_info
 *
 * What a domain's table looks like.
 */
#define PMTOP_info 0
struct pmt_info {
	/* IN */
	domid_t domid;
	uint16_t pad0;
	/* OUT */
	int32_t status;
	uint64_t nr_gpfns;      /* One above the last guest frame. */
	uint64_t nr_mapped;     /* Guest frames that something stands behind. */
	uint32_t page_shift;    /* Of the guest's pages: 12, 14 or 16. */
	uint32_t granule_shift; /* Of the machine's frames. */
	uint32_t max_order;     /* The largest exchange, for this caller. */
	uint32_t features;
};
DEFINE_GUEST_HANDLE_STRUCT(pmt_info);

/*
 * PMTOP_attach
 *
 * Let a part of a window appear, read-only: nr pages of it from first on.
 *
 * The caller says where it would like the part, and is told where it is. A
 * translated domain gets it there, at guest-physical address and above; a PV
 * domain asks for 0, and is told where in its address space Xen keeps it.
 * Where the table has nothing a page of 0 shows; what the table gets there
 * later appears by itself. When domid dies its windows show 0 from then on,
 * and stay until they are detached.
 *
 * Errors:
 *   PMTST_bad_argument       first and nr reach beyond the window, or PV asks
 *                            for an address
 *   PMTST_bad_frame          address is not the start of an empty range
 *   PMTST_busy               the part is attached already
 *   PMTST_no_memory          the range cannot be set up
 */
#define PMTOP_attach 1
struct pmt_attach {
	/* IN */
	domid_t domid; /* Whose table. */
	uint16_t pad0;
	uint32_t window;
	uint32_t first; /* In pages of the caller. */
	uint32_t nr;
	/* INOUT */
	uint64_t address;
	uint32_t done; /* The caller sets it to 0. */
	/* OUT */
	int32_t status;
};
DEFINE_GUEST_HANDLE_STRUCT(pmt_attach);

/*
 * PMTOP_detach
 *
 * Take nr pages of a window away again, from address on.
 *
 * Errors:
 *   PMTST_bad_frame          no window is there
 */
#define PMTOP_detach 2
struct pmt_detach {
	/* IN */
	uint64_t address; /* As attach has told. */
	uint32_t nr;
	/* INOUT */
	uint32_t done; /* The caller sets it to 0. */
	/* OUT */
	int32_t status;
	/* IN */
	uint32_t pad0;
};
DEFINE_GUEST_HANDLE_STRUCT(pmt_detach);

/*
 * PMTOP_translate
 *
 * Which machine frame stands behind gpfn, and how far the run goes on: pages
 * with the next guest frame and the next machine frame, and the same bits. A
 * run ends with the 2^18 pages of one entry of top.
 *
 * Errors:
 *   PMTST_bad_frame          gpfn is beyond the table
 */
#define PMTOP_translate 3
struct pmt_translate {
	/* IN */
	uint64_t gpfn;
	domid_t domid;
	uint16_t pad0;
	uint32_t limit; /* The longest run of interest, in pages; 0 is 1. */
	/* OUT */
	uint64_t entry; /* Of the page itself; absent, if nothing is there. */
	uint32_t run;
	int32_t status;
};
DEFINE_GUEST_HANDLE_STRUCT(pmt_translate);

/*
 * PMTOP_reverse
 *
 * At which guest frame a machine frame of the caller's appears. Frames of
 * others are as unknown as those that do not exist.
 *
 * Errors:
 *   PMTST_bad_frame          mfn is no frame of the caller's
 */
#define PMTOP_reverse 4
struct pmt_reverse {
	/* IN */
	uint64_t mfn;
	/* OUT */
	uint64_t gpfn;
	int32_t status;
	/* IN */
	uint32_t pad0;
};
DEFINE_GUEST_HANDLE_STRUCT(pmt_reverse);

/*
 * Sharing
 * -------
 */

/*
 * PMTOP_map
 *
 * Map a page that another domain has granted.
 *
 * The caller says where it would like the page, and is told where it is. A
 * domain that has the page in its own space already, because it lent it, or
 * has the right and sees all memory, is told that address, and nothing is
 * mapped a second time; any other gets it where it asked.
 * GNTTABOP_unmap_grant_ref ends it, with address as host_addr.
 *
 * Errors:
 *   PMTST_bad_grant          ref grants nothing to the caller, or not this
 *                            access
 *   PMTST_bad_frame          address is no place for a page, or the granted
 *                            frame is no memory
 *   PMTST_busy               the granted page is on its way elsewhere; try
 *                            again
 *   PMTST_no_memory          no handle is left, or the table cannot grow
 */
#define PMTOP_map 5
struct pmt_map {
	/* INOUT */
	uint64_t address; /* Guest-physical; of a PV domain, virtual. */
	/* IN */
	grant_ref_t ref;
	domid_t domid; /* Who granted it. */
	uint16_t pad0;
	uint32_t flags;
	/* OUT */
	grant_handle_t handle;
	uint64_t entry;
	int32_t status;
	/* IN */
	uint32_t pad1;
};
DEFINE_GUEST_HANDLE_STRUCT(pmt_map);

/*
 * Changing
 * --------
 */

/*
 * PMTOP_exchange
 *
 * Put other frames behind 2^order pages: contiguous ones, within an address
 * width. What the pages hold is lost; they come back cleared. All of them are
 * exchanged, or none. Until they are, the caller pays for the old frames
 * alone.
 *
 * Errors:
 *   PMTST_bad_frame          gpfn is not aligned to order, or not all of it is
 *                            the caller's memory
 *   PMTST_busy               a page is granted, mapped, lent, a page table or
 *                            under I/O
 *   PMTST_no_memory          no such run of frames is free
 */
#define PMTOP_exchange 6
struct pmt_exchange {
	/* IN */
	uint64_t gpfn;
	uint32_t order;
	uint32_t address_bits; /* 0: any. */
	/* OUT */
	uint64_t entry; /* The first of them. */
	int32_t status;
	/* IN */
	uint32_t pad0;
};
DEFINE_GUEST_HANDLE_STRUCT(pmt_exchange);

/*
 * PMTOP_protect
 *
 * Change what the caller may do with nr of its own pages, up to what they
 * were given with. Without read, nothing may be done.
 *
 * Errors:
 *   PMTST_bad_frame          a page is not there, or is not memory; done says
 *                            which
 *   PMTST_denied             a page was given, or lent, with fewer rights
 *   PMTST_busy               somebody has the page mapped for writing, or does
 *                            I/O with it
 *   PMTST_no_memory          the table cannot grow
 */
#define PMTOP_protect 7
struct pmt_protect {
	/* IN */
	uint64_t gpfn;
	uint32_t nr;
	uint32_t rights;
	/* INOUT */
	uint32_t done; /* The caller sets it to 0. */
	/* OUT */
	int32_t status;
};
DEFINE_GUEST_HANDLE_STRUCT(pmt_protect);

/*
 * PMTOP_flip
 *
 * Hand a page to the domain that accepts it, and get a fresh one in its
 * place.
 *
 * The fresh page, cleared, is there before the old one goes: whatever fails,
 * nothing was handed over. In domid the page appears at the frame that the
 * entry names, where nothing may be; the entry says transfer_completed, and
 * tells no machine frame, as GNTTABOP_transfer does to PV domains.
 *
 * Errors:
 *   PMTST_bad_frame          gpfn is no memory of the caller's alone
 *   PMTST_busy               the page is granted, mapped, lent, a page table
 *                            or under I/O
 *   PMTST_bad_grant          ref accepts no page from the caller, or names a
 *                            frame that is taken
 *   PMTST_no_memory          there is no fresh page, or domid may not have
 *                            another
 */
#define PMTOP_flip 8
struct pmt_flip {
	/* IN */
	uint64_t gpfn;
	grant_ref_t ref; /* An accept_transfer entry of domid. */
	domid_t domid;
	uint16_t pad0;
	/* OUT */
	uint64_t entry; /* Of the fresh page. */
	int32_t status;
	/* IN */
	uint32_t pad1;
};
DEFINE_GUEST_HANDLE_STRUCT(pmt_flip);

/*
 * PMTOP_donate
 *
 * Let a page appear at domid's dest_gpfn while it stays the caller's, where
 * it is. Neither side can flip, exchange, protect beyond rights, transfer,
 * give back or lend on a lent page, and domid can grant it to nobody but the
 * caller.
 *
 * If the lender dies, domid keeps the page until it lets it go. If domid
 * dies, the loan ends by itself, and reclaim is okay.
 *
 * Errors:
 *   PMTST_bad_frame          gpfn is no memory of the caller's alone, or is
 *                            lent already
 *   PMTST_denied             the caller does not have rights itself
 *   PMTST_busy               there is a page at dest_gpfn already, or gpfn is
 *                            granted
 *   PMTST_no_memory          no loan is left, or domid's table cannot grow
 */
#define PMTOP_donate 9
struct pmt_donate {
	/* IN */
	uint64_t gpfn;
	uint64_t dest_gpfn;
	/* OUT */
	pmt_loan_t loan;
	/* IN */
	domid_t domid;
	uint16_t pad0;
	uint32_t rights; /* Of domid. */
	/* OUT */
	int32_t status;
	/* IN */
	uint32_t pad1;
};
DEFINE_GUEST_HANDLE_STRUCT(pmt_donate);

/*
 * PMTOP_reclaim
 *
 * Take donated pages back, as many as there are. No right is needed: who lent
 * a page and has lost the right since gets it back all the same.
 *
 * Errors:
 *   PMTST_bad_loan           loan was never given, or is back already
 *   PMTST_busy               I/O with the page goes on; ask again
 */
#define PMTOP_reclaim 10
struct pmt_reclaim {
	/* IN */
	pmt_loan_t loan;
	/* OUT */
	int32_t status;
	/* IN */
	uint32_t pad0;
};
DEFINE_GUEST_HANDLE_STRUCT(pmt_reclaim);

#endif /* __XEN_PUBLIC_PMT_H__ */
