/* SPDX-License-Identifier: MIT */
/*
 * The calls of <xen/pmt.h>, and entries for several calls in one.
 *
 * Each returns what the hypervisor does: 0 or a number, or a negative error.
 *
 * Generated from idl/pmt.idl by "make"; edit that, not this.
 */
#ifndef HC_PMT_H
#define HC_PMT_H

#include <xen/pmt.h>

#include "hc.h"

/*
 * Do cmd for each of the count elements at args. What went wrong with one
 * element stands in its status, and the others are done all the same.
 *
 * A dying domain is like none. Pages that change hands are flushed from all
 * TLBs, of processors and of devices, before anybody else can have them.
 * Where two tables change, both are locked, that of the lower domid first.
 *
 * Errors: EINVAL, EFAULT
 */
extern long hc_pmt_op(uint32_t cmd, void *args, uint32_t count);

static inline void hc_multi_pmt_op(struct multicall_entry *entry, uint32_t cmd,
                                   void *args, uint32_t count)
{
    entry->op = __HYPERVISOR_pmt_op;
    entry->args[0] = cmd;
    entry->args[1] = (unsigned long)args;
    entry->args[2] = count;
}

/*
 * What a domain's table looks like.
 *
 * In:     domid
 * Out:    status, nr_gpfns, nr_mapped, page_shift, granule_shift,
 *         max_order, features
 * Status: PMTST_bad_domain, PMTST_denied
 */
static inline long hc_pmt_info(struct pmt_info *args, uint32_t count)
{
    uint32_t i;

    for ( i = 0; i < count; i++ )
        args[i].status = PMTST_not_done;
    return hc_pmt_op(PMTOP_info, args, count);
}

static inline void hc_multi_pmt_info(struct multicall_entry *entry,
                                     struct pmt_info *args, uint32_t count)
{
    uint32_t i;

    for ( i = 0; i < count; i++ )
        args[i].status = PMTST_not_done;
    hc_multi_pmt_op(entry, PMTOP_info, args, count);
}

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
 * In:     domid, window, first, nr, address, done
 * Out:    address, done, status
 * Status: PMTST_denied, PMTST_bad_argument, PMTST_bad_domain,
 *         PMTST_bad_frame, PMTST_busy, PMTST_no_memory
 */
static inline long hc_pmt_attach(struct pmt_attach *args, uint32_t count)
{
    uint32_t i;

    for ( i = 0; i < count; i++ )
        args[i].status = PMTST_not_done;
    return hc_pmt_op(PMTOP_attach, args, count);
}

static inline void hc_multi_pmt_attach(struct multicall_entry *entry,
                                       struct pmt_attach *args, uint32_t count)
{
    uint32_t i;

    for ( i = 0; i < count; i++ )
        args[i].status = PMTST_not_done;
    hc_multi_pmt_op(entry, PMTOP_attach, args, count);
}

/*
 * Take nr pages of a window away again, from address on.
 *
 * In:     address, nr, done
 * Out:    done, status
 * Status: PMTST_bad_argument, PMTST_bad_frame
 */
static inline long hc_pmt_detach(struct pmt_detach *args, uint32_t count)
{
    uint32_t i;

    for ( i = 0; i < count; i++ )
        args[i].status = PMTST_not_done;
    return hc_pmt_op(PMTOP_detach, args, count);
}

static inline void hc_multi_pmt_detach(struct multicall_entry *entry,
                                       struct pmt_detach *args, uint32_t count)
{
    uint32_t i;

    for ( i = 0; i < count; i++ )
        args[i].status = PMTST_not_done;
    hc_multi_pmt_op(entry, PMTOP_detach, args, count);
}

/*
 * Which machine frame stands behind gpfn, and how far the run goes on: pages
 * with the next guest frame and the next machine frame, and the same bits. A
 * run ends with the 2^18 pages of one entry of top.
 *
 * In:     gpfn, domid, limit
 * Out:    entry, run, status
 * Status: PMTST_denied, PMTST_bad_domain, PMTST_bad_frame
 */
static inline long hc_pmt_translate(struct pmt_translate *args, uint32_t count)
{
    uint32_t i;

    for ( i = 0; i < count; i++ )
        args[i].status = PMTST_not_done;
    return hc_pmt_op(PMTOP_translate, args, count);
}

static inline void hc_multi_pmt_translate(struct multicall_entry *entry,
                                          struct pmt_translate *args,
                                          uint32_t count)
{
    uint32_t i;

    for ( i = 0; i < count; i++ )
        args[i].status = PMTST_not_done;
    hc_multi_pmt_op(entry, PMTOP_translate, args, count);
}

/*
 * At which guest frame a machine frame of the caller's appears. Frames of
 * others are as unknown as those that do not exist.
 *
 * In:     mfn
 * Out:    gpfn, status
 * Status: PMTST_denied, PMTST_bad_frame
 */
static inline long hc_pmt_reverse(struct pmt_reverse *args, uint32_t count)
{
    uint32_t i;

    for ( i = 0; i < count; i++ )
        args[i].status = PMTST_not_done;
    return hc_pmt_op(PMTOP_reverse, args, count);
}

static inline void hc_multi_pmt_reverse(struct multicall_entry *entry,
                                        struct pmt_reverse *args,
                                        uint32_t count)
{
    uint32_t i;

    for ( i = 0; i < count; i++ )
        args[i].status = PMTST_not_done;
    hc_multi_pmt_op(entry, PMTOP_reverse, args, count);
}

/*
 * Map a page that another domain has granted.
 *
 * The caller says where it would like the page, and is told where it is. A
 * domain that has the page in its own space already, because it lent it, or
 * has the right and sees all memory, is told that address, and nothing is
 * mapped a second time; any other gets it where it asked.
 * GNTTABOP_unmap_grant_ref ends it, with address as host_addr.
 *
 * In:     address, ref, domid, flags
 * Out:    address, handle, entry, status
 * Status: PMTST_bad_domain, PMTST_denied, PMTST_bad_grant, PMTST_bad_frame,
 *         PMTST_busy, PMTST_no_memory
 */
static inline long hc_pmt_map(struct pmt_map *args, uint32_t count)
{
    uint32_t i;

    for ( i = 0; i < count; i++ )
        args[i].status = PMTST_not_done;
    return hc_pmt_op(PMTOP_map, args, count);
}

static inline void hc_multi_pmt_map(struct multicall_entry *entry,
                                    struct pmt_map *args, uint32_t count)
{
    uint32_t i;

    for ( i = 0; i < count; i++ )
        args[i].status = PMTST_not_done;
    hc_multi_pmt_op(entry, PMTOP_map, args, count);
}

/*
 * Put other frames behind 2^order pages: contiguous ones, within an address
 * width. What the pages hold is lost; they come back cleared. All of them are
 * exchanged, or none. Until they are, the caller pays for the old frames
 * alone.
 *
 * In:     gpfn, order, address_bits
 * Out:    entry, status
 * Status: PMTST_bad_argument, PMTST_bad_frame, PMTST_busy, PMTST_no_memory
 */
static inline long hc_pmt_exchange(struct pmt_exchange *args, uint32_t count)
{
    uint32_t i;

    for ( i = 0; i < count; i++ )
        args[i].status = PMTST_not_done;
    return hc_pmt_op(PMTOP_exchange, args, count);
}

static inline void hc_multi_pmt_exchange(struct multicall_entry *entry,
                                         struct pmt_exchange *args,
                                         uint32_t count)
{
    uint32_t i;

    for ( i = 0; i < count; i++ )
        args[i].status = PMTST_not_done;
    hc_multi_pmt_op(entry, PMTOP_exchange, args, count);
}

/*
 * Change what the caller may do with nr of its own pages, up to what they
 * were given with. Without read, nothing may be done.
 *
 * In:     gpfn, nr, rights, done
 * Out:    done, status
 * Status: PMTST_bad_argument, PMTST_bad_frame, PMTST_denied, PMTST_busy,
 *         PMTST_no_memory
 */
static inline long hc_pmt_protect(struct pmt_protect *args, uint32_t count)
{
    uint32_t i;

    for ( i = 0; i < count; i++ )
        args[i].status = PMTST_not_done;
    return hc_pmt_op(PMTOP_protect, args, count);
}

static inline void hc_multi_pmt_protect(struct multicall_entry *entry,
                                        struct pmt_protect *args,
                                        uint32_t count)
{
    uint32_t i;

    for ( i = 0; i < count; i++ )
        args[i].status = PMTST_not_done;
    hc_multi_pmt_op(entry, PMTOP_protect, args, count);
}

/*
 * Hand a page to the domain that accepts it, and get a fresh one in its
 * place.
 *
 * The fresh page, cleared, is there before the old one goes: whatever fails,
 * nothing was handed over. In domid the page appears at the frame that the
 * entry names, where nothing may be; the entry says transfer_completed, and
 * tells no machine frame, as GNTTABOP_transfer does to PV domains.
 *
 * In:     gpfn, ref, domid
 * Out:    entry, status
 * Status: PMTST_bad_domain, PMTST_denied, PMTST_bad_frame, PMTST_busy,
 *         PMTST_bad_grant, PMTST_no_memory
 */
static inline long hc_pmt_flip(struct pmt_flip *args, uint32_t count)
{
    uint32_t i;

    for ( i = 0; i < count; i++ )
        args[i].status = PMTST_not_done;
    return hc_pmt_op(PMTOP_flip, args, count);
}

static inline void hc_multi_pmt_flip(struct multicall_entry *entry,
                                     struct pmt_flip *args, uint32_t count)
{
    uint32_t i;

    for ( i = 0; i < count; i++ )
        args[i].status = PMTST_not_done;
    hc_multi_pmt_op(entry, PMTOP_flip, args, count);
}

/*
 * Let a page appear at domid's dest_gpfn while it stays the caller's, where
 * it is. Neither side can flip, exchange, protect beyond rights, transfer,
 * give back or lend on a lent page, and domid can grant it to nobody but the
 * caller.
 *
 * If the lender dies, domid keeps the page until it lets it go. If domid
 * dies, the loan ends by itself, and reclaim is okay.
 *
 * In:     gpfn, dest_gpfn, domid, rights
 * Out:    loan, status
 * Status: PMTST_bad_argument, PMTST_bad_domain, PMTST_denied,
 *         PMTST_bad_frame, PMTST_busy, PMTST_no_memory
 */
static inline long hc_pmt_donate(struct pmt_donate *args, uint32_t count)
{
    uint32_t i;

    for ( i = 0; i < count; i++ )
        args[i].status = PMTST_not_done;
    return hc_pmt_op(PMTOP_donate, args, count);
}

static inline void hc_multi_pmt_donate(struct multicall_entry *entry,
                                       struct pmt_donate *args, uint32_t count)
{
    uint32_t i;

    for ( i = 0; i < count; i++ )
        args[i].status = PMTST_not_done;
    hc_multi_pmt_op(entry, PMTOP_donate, args, count);
}

/*
 * Take donated pages back, as many as there are. No right is needed: who lent
 * a page and has lost the right since gets it back all the same.
 *
 * In:     loan
 * Out:    status
 * Status: PMTST_bad_loan, PMTST_busy
 */
static inline long hc_pmt_reclaim(struct pmt_reclaim *args, uint32_t count)
{
    uint32_t i;

    for ( i = 0; i < count; i++ )
        args[i].status = PMTST_not_done;
    return hc_pmt_op(PMTOP_reclaim, args, count);
}

static inline void hc_multi_pmt_reclaim(struct multicall_entry *entry,
                                        struct pmt_reclaim *args,
                                        uint32_t count)
{
    uint32_t i;

    for ( i = 0; i < count; i++ )
        args[i].status = PMTST_not_done;
    hc_multi_pmt_op(entry, PMTOP_reclaim, args, count);
}

#endif /* HC_PMT_H */
