/* SPDX-License-Identifier: MIT */
/*
 * Handlers behind the calls of <public/pmt.h>.
 *
 * Whoever writes them includes this. What a clause of the description can see
 * is checked when they are called; what is said here they have to see to.
 * What an op's handles point at is reached by functions, an element at a time,
 * in the caller's own layout; each returns 0 or a negative errno.
 *
 * Generated from idl/pmt.idl by "make"; edit that, not this.
 */
#ifndef HD_PMT_H
#define HD_PMT_H

#include "hd.h"

/*
 * What a domain's table looks like.
 *
 * Returns 0, with the status in op; a negative errno ends the batch.
 * domid: any domain, the caller itself too.
 */
int hv_pmt_info(struct hd_call *call, struct pmt_info *op,
                struct domain *domid);

/*
 * Let a part of a window appear, read-only: nr pages of it from first on.
 *
 * The caller says where it would like the part, and is told where it is. A
 * translated domain gets it there, at guest-physical address and above; a PV
 * domain asks for 0, and is told where in its address space Xen keeps it.
 * Where the table has nothing a page of 0 shows; what the table gets there
 * later appears by itself. When domid dies its windows show 0 from then on,
 * and stay until they are detached.
 *
 * Does the step at call->place. Returns how many are done, or 0 with the
 * reason as the status in op; -ERESTART comes back here.
 * domid: any domain, the caller itself too.
 *
 * What only it can find out:
 *   PMTST_bad_argument: first and nr reach beyond the window, or PV asks
 *       for an address
 *   PMTST_bad_frame: address is not the start of an empty range
 *   PMTST_busy: the part is attached already
 *   PMTST_no_memory: the range cannot be set up
 */
int hv_pmt_attach(struct hd_call *call, struct pmt_attach *op,
                  struct domain *domid);

/*
 * Take nr pages of a window away again, from address on.
 *
 * Does the step at call->place. Returns how many are done, or 0 with the
 * reason as the status in op; -ERESTART comes back here.
 *
 * What only it can find out:
 *   PMTST_bad_frame: no window is there
 */
int hv_pmt_detach(struct hd_call *call, struct pmt_detach *op);

/*
 * Which machine frame stands behind gpfn, and how far the run goes on: pages
 * with the next guest frame and the next machine frame, and the same bits. A
 * run ends with the 2^18 pages of one entry of top.
 *
 * Returns 0, with the status in op; a negative errno ends the batch.
 * domid: any domain, the caller itself too.
 *
 * What only it can find out:
 *   PMTST_bad_frame: gpfn is beyond the table
 */
int hv_pmt_translate(struct hd_call *call, struct pmt_translate *op,
                     struct domain *domid);

/*
 * At which guest frame a machine frame of the caller's appears. Frames of
 * others are as unknown as those that do not exist.
 *
 * Returns 0, with the status in op; a negative errno ends the batch.
 *
 * What only it can find out:
 *   PMTST_bad_frame: mfn is no frame of the caller's
 */
int hv_pmt_reverse(struct hd_call *call, struct pmt_reverse *op);

/*
 * Map a page that another domain has granted.
 *
 * The caller says where it would like the page, and is told where it is. A
 * domain that has the page in its own space already, because it lent it, or
 * has the right and sees all memory, is told that address, and nothing is
 * mapped a second time; any other gets it where it asked.
 * GNTTABOP_unmap_grant_ref ends it, with address as host_addr.
 *
 * Returns 0, with the status in op; a negative errno ends the batch.
 * domid: the domain of that number.
 *
 * What only it can find out:
 *   PMTST_bad_grant: ref grants nothing to the caller, or not this access
 *   PMTST_bad_frame: address is no place for a page, or the granted frame
 *       is no memory
 *   PMTST_busy: the granted page is on its way elsewhere; try again
 *   PMTST_no_memory: no handle is left, or the table cannot grow
 */
int hv_pmt_map(struct hd_call *call, struct pmt_map *op, struct domain *domid);

/*
 * The elements that come next, before the first of them is done: hints, of which
 * nothing was checked yet. It may send for what they will need, and no more.
 */
void hv_pmt_map_ahead(const struct hd_call *call, const struct pmt_map *ops,
                      unsigned int nr);

/*
 * Put other frames behind 2^order pages: contiguous ones, within an address
 * width. What the pages hold is lost; they come back cleared. All of them are
 * exchanged, or none. Until they are, the caller pays for the old frames
 * alone.
 *
 * Returns 0, with the status in op; a negative errno ends the batch.
 *
 * What only it can find out:
 *   PMTST_bad_frame: gpfn is not aligned to order, or not all of it is the
 *       caller's memory
 *   PMTST_busy: a page is granted, mapped, lent, a page table or under I/O
 *   PMTST_no_memory: no such run of frames is free
 */
int hv_pmt_exchange(struct hd_call *call, struct pmt_exchange *op);

/*
 * Change what the caller may do with nr of its own pages, up to what they
 * were given with. Without read, nothing may be done.
 *
 * Does the step at call->place. Returns how many are done, or 0 with the
 * reason as the status in op; -ERESTART comes back here.
 *
 * What only it can find out:
 *   PMTST_bad_frame: a page is not there, or is not memory; done says which
 *   PMTST_denied: a page was given, or lent, with fewer rights
 *   PMTST_busy: somebody has the page mapped for writing, or does I/O with
 *       it
 *   PMTST_no_memory: the table cannot grow
 */
int hv_pmt_protect(struct hd_call *call, struct pmt_protect *op);

/*
 * Hand a page to the domain that accepts it, and get a fresh one in its
 * place.
 *
 * The fresh page, cleared, is there before the old one goes: whatever fails,
 * nothing was handed over. In domid the page appears at the frame that the
 * entry names, where nothing may be; the entry says transfer_completed, and
 * tells no machine frame, as GNTTABOP_transfer does to PV domains.
 *
 * Returns 0, with the status in op; a negative errno ends the batch.
 * domid: another domain.
 *
 * What only it can find out:
 *   PMTST_bad_frame: gpfn is no memory of the caller's alone
 *   PMTST_busy: the page is granted, mapped, lent, a page table or under
 *       I/O
 *   PMTST_bad_grant: ref accepts no page from the caller, or names a frame
 *       that is taken
 *   PMTST_no_memory: there is no fresh page, or domid may not have another
 */
int hv_pmt_flip(struct hd_call *call, struct pmt_flip *op,
                struct domain *domid);

/*
 * The elements that come next, before the first of them is done: hints, of which
 * nothing was checked yet. It may send for what they will need, and no more.
 */
void hv_pmt_flip_ahead(const struct hd_call *call, const struct pmt_flip *ops,
                       unsigned int nr);

/*
 * Let a page appear at domid's dest_gpfn while it stays the caller's, where
 * it is. Neither side can flip, exchange, protect beyond rights, transfer,
 * give back or lend on a lent page, and domid can grant it to nobody but the
 * caller.
 *
 * If the lender dies, domid keeps the page until it lets it go. If domid
 * dies, the loan ends by itself, and reclaim is okay.
 *
 * Returns 0, with the status in op; a negative errno ends the batch.
 * domid: another domain.
 *
 * What only it can find out:
 *   PMTST_bad_frame: gpfn is no memory of the caller's alone, or is lent
 *       already
 *   PMTST_denied: the caller does not have rights itself
 *   PMTST_busy: there is a page at dest_gpfn already, or gpfn is granted
 *   PMTST_no_memory: no loan is left, or domid's table cannot grow
 */
int hv_pmt_donate(struct hd_call *call, struct pmt_donate *op,
                  struct domain *domid);

/*
 * Take donated pages back, as many as there are. No right is needed: who lent
 * a page and has lost the right since gets it back all the same.
 *
 * Returns 0, with the status in op; a negative errno ends the batch.
 *
 * What only it can find out:
 *   PMTST_bad_loan: loan was never given, or is back already
 *   PMTST_busy: I/O with the page goes on; ask again
 */
int hv_pmt_reclaim(struct hd_call *call, struct pmt_reclaim *op);

/*
 * Whatever the handlers kept for later in this call: flush it, drop it.
 * Called when a batch is left, for whatever reason, and after each group of
 * its elements.
 */
void hv_pmt_op_end(struct hd_call *call);

/* What the table of hypercalls names; a hypervisor may have declared it. */
#ifndef HD_CALLS_ARE_DECLARED
long do_pmt_op(unsigned long cmd, XEN_GUEST_HANDLE_PARAM(void) args,
               unsigned long count);
int compat_pmt_op(unsigned int cmd, XEN_GUEST_HANDLE_PARAM(void) args,
                  unsigned int count);
#endif

/* Between the dispatchers: structures that callers of both widths share. */
int hd_pmt_info(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(void) *uop,
                unsigned int *count);
int hd_pmt_attach(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(void) *uop,
                  unsigned int *count);
int hd_pmt_detach(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(void) *uop,
                  unsigned int *count);
int hd_pmt_translate(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(void) *uop,
                     unsigned int *count);
int hd_pmt_reverse(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(void) *uop,
                   unsigned int *count);
int hd_pmt_map(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(void) *uop,
               unsigned int *count);
int hd_pmt_exchange(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(void) *uop,
                    unsigned int *count);
int hd_pmt_protect(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(void) *uop,
                   unsigned int *count);
int hd_pmt_flip(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(void) *uop,
                unsigned int *count);
int hd_pmt_donate(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(void) *uop,
                  unsigned int *count);
int hd_pmt_reclaim(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(void) *uop,
                   unsigned int *count);

#endif /* HD_PMT_H */
