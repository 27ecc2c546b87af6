/* SPDX-License-Identifier: MIT */
/*
 * Handlers behind the calls of <public/grant_table.h>.
 *
 * Whoever writes them includes this. What a clause of the description can see
 * is checked when they are called; what is said here they have to see to.
 * What an op's handles point at is reached by functions, an element at a time,
 * in the caller's own layout; each returns 0 or a negative errno.
 *
 * Generated from idl/grant_table.idl by "make"; edit that, not this.
 */
#ifndef HD_GRANT_TABLE_H
#define HD_GRANT_TABLE_H

#include "hd.h"

/*
 * Map frames that other domains have granted.
 *
 * Returns 0, with the status in op; a negative errno ends the batch.
 * Asks grant_mapref: GNTST_permission_denied if that is denied.
 *
 * What only it can find out:
 *   GNTST_general_error: a translated caller asks for more than host_map
 *       and readonly
 *   GNTST_bad_domain: dom does not exist
 *   GNTST_no_space: no tracking handle is left
 *   GNTST_bad_gntref: ref is beyond the table
 *   GNTST_general_error: the entry is not for the caller, or not for this
 *       access
 *   GNTST_general_error: the entry is mapped too often, 128 times, or keeps
 *       changing
 *   GNTST_general_error: host_addr has no place for a mapping
 *   GNTST_general_error: the frame cannot be had for writing, or is a
 *       device's
 *   GNTST_bad_page: the frame is not memory that can be shared
 *   GNTST_eagain: the frame is paged out
 */
int hv_grant_table_map_grant_ref(struct hd_call *call,
                                 struct gnttab_map_grant_ref *op);

/*
 * The elements that come next, before the first of them is done: hints, of which
 * nothing was checked yet. It may send for what they will need, and no more.
 */
void hv_grant_table_map_grant_ref_ahead(const struct hd_call *call,
                                        const struct gnttab_map_grant_ref *ops,
                                        unsigned int nr);

/*
 * End mappings. No stale translation is left when the batch returns. A handle
 * whose granter is gone crashes the caller.
 *
 * Returns 0, with the status in op; a negative errno ends the batch.
 * Asks grant_unmapref: GNTST_permission_denied if that is denied.
 *
 * What only it can find out:
 *   GNTST_bad_handle: handle is not in use; before xsm, which is about its
 *       granter
 *   GNTST_bad_dev_addr: dev_bus_addr is not what handle stands for
 *   GNTST_general_error: host_addr is not what handle stands for, or the
 *       IOMMU fails
 */
int hv_grant_table_unmap_grant_ref(struct hd_call *call,
                                   struct gnttab_unmap_grant_ref *op);

/*
 * The elements that come next, before the first of them is done: hints, of which
 * nothing was checked yet. It may send for what they will need, and no more.
 */
void hv_grant_table_unmap_grant_ref_ahead(
    const struct hd_call *call, const struct gnttab_unmap_grant_ref *ops,
    unsigned int nr);

/*
 * Give a domain a table of at least nr_frames pages, and say where they are.
 *
 * Returns 0, with the status in op; a negative errno ends the batch.
 * dom: any domain, the caller itself too.
 *
 * What only it can find out:
 *   GNTST_general_error: nr_frames is more than this domain may have, or
 *       there is no memory
 *   GNTST_bad_virt_addr: frame_list cannot be written
 */
int hv_grant_table_setup_table(struct hd_call *call,
                               struct gnttab_setup_table *op,
                               struct domain *dom);

static inline int
hd_grant_table_setup_table_put_frame_list(const struct hd_call *call,
                                          struct gnttab_setup_table *op,
                                          unsigned long i, xen_pfn_t value)
{
    (void)call;
    if ( __copy_to_guest_offset(op->frame_list, i, &value, 1) )
        return -EFAULT;
    return 0;
}

/*
 * Give a page to the domain that has an accept_transfer entry for it. The
 * page is gone even on failure, except after bad_page.
 *
 * Returns 0, with the status in op; a negative errno ends the batch.
 * Asks grant_transfer: GNTST_permission_denied if that is denied.
 *
 * What only it can find out:
 *   -EOPNOTSUPP: the hypervisor was told to do without (gnttab=no-transfer)
 *   GNTST_bad_page: mfn is not the caller's alone; the caller keeps it
 *   GNTST_bad_domain: domid does not exist
 *   GNTST_general_error: ref does not accept a page from the caller, or
 *       domid is full or dying
 *   GNTST_address_too_big: domid cannot address the page, and no lower one
 *       is free
 */
int hv_grant_table_transfer(struct hd_call *call, struct gnttab_transfer *op);

/*
 * Copy bytes between frames, each named by number or by grant.
 *
 * Returns 0, with the status in op; a negative errno ends the batch.
 * Asks grant_copy: GNTST_permission_denied if that is denied.
 *
 * What only it can find out:
 *   GNTST_bad_domain: a domain does not exist; before xsm
 *   GNTST_permission_denied: a frame number that is not DOMID_SELF's;
 *       before xsm
 *   GNTST_bad_gntref: a reference is beyond its table
 *   GNTST_general_error: the grant does not allow this access, or this part
 *       of the page
 *   GNTST_bad_page: a frame is not memory
 *   GNTST_general_error: the destination is no plain memory
 *   GNTST_eagain: a frame is paged out
 *   GNTST_bad_copy_arg: a range crosses the end of its page; seen when both
 *       frames are there
 */
int hv_grant_table_copy(struct hd_call *call, struct gnttab_copy *op);

/*
 * How large a domain's table is, and how large it may become.
 *
 * Returns 0, with the status in op; a negative errno ends the batch.
 * dom: any domain, the caller itself too.
 */
int hv_grant_table_query_size(struct hd_call *call,
                              struct gnttab_query_size *op, struct domain *dom);

/*
 * End a mapping, and put the one at new_addr in its place.
 *
 * Returns 0, with the status in op; a negative errno ends the batch.
 * Asks grant_unmapref: GNTST_permission_denied if that is denied.
 *
 * What only it can find out:
 *   GNTST_bad_handle: handle is not in use; before xsm, which is about its
 *       granter
 *   GNTST_general_error: host_addr or new_addr is not what handle stands
 *       for
 */
int hv_grant_table_unmap_and_replace(struct hd_call *call,
                                     struct gnttab_unmap_and_replace *op);

/*
 * The elements that come next, before the first of them is done: hints, of which
 * nothing was checked yet. It may send for what they will need, and no more.
 */
void hv_grant_table_unmap_and_replace_ahead(
    const struct hd_call *call, const struct gnttab_unmap_and_replace *ops,
    unsigned int nr);

/*
 * Change the table between version 1 and version 2. No grant may be in use,
 * but for the reserved ones. The version in force already: nothing is done.
 *
 * Returns 0 or a negative errno.
 *
 * What only it can find out:
 *   -EINVAL: there is no such version
 *   -ENOSYS: version 2 is not allowed here
 *   -ENOMEM: there is no memory for the status words
 *   -EBUSY: grants are in use, or the status words are mapped somewhere
 *   -EAGAIN: version 2 operations are still going on
 *   -ERANGE: a reserved entry does not fit into version 1
 */
int hv_grant_table_set_version(struct hd_call *call,
                               struct gnttab_set_version *op);

/*
 * Where the status words of a version 2 table are.
 *
 * Returns 0, with the status in op; a negative errno ends the batch.
 * dom: any domain, the caller itself too.
 *
 * What only it can find out:
 *   GNTST_general_error: nr_frames is more than there are
 *   GNTST_bad_virt_addr: frame_list cannot be written
 */
int hv_grant_table_get_status_frames(struct hd_call *call,
                                     struct gnttab_get_status_frames *op,
                                     struct domain *dom);

static inline int hd_grant_table_get_status_frames_put_frame_list(
    const struct hd_call *call, const struct gnttab_get_status_frames *op,
    unsigned long i, uint64_t value)
{
    (void)call;
    if ( __copy_to_guest_offset(op->frame_list, i, &value, 1) )
        return -EFAULT;
    return 0;
}

/*
 * Which version a domain's table has.
 *
 * Returns 0 or a negative errno.
 * dom: any domain, the caller itself too.
 */
int hv_grant_table_get_version(struct hd_call *call,
                               struct gnttab_get_version *op,
                               struct domain *dom);

/*
 * Exchange what two entries say.
 *
 * Returns 0, with the status in op; a negative errno ends the batch.
 *
 * What only it can find out:
 *   GNTST_bad_gntref: a reference is beyond the table
 *   GNTST_eagain: one of the two is in use
 */
int hv_grant_table_swap_grant_ref(struct hd_call *call,
                                  struct gnttab_swap_grant_ref *op);

/*
 * Clean or invalidate the data cache for part of a granted page.
 *
 * Returns 0 or a negative errno.
 *
 * What only it can find out:
 *   -EILSEQ: there is a place to go on from, and nothing to do
 *   -EINVAL: there is no such page, or the caller has not mapped it
 *   -EPERM: the page has no owner
 *   -EOPNOTSUPP: the processor cannot do this, x86 for one INVAL alone
 */
int hv_grant_table_cache_flush(struct hd_call *call,
                               struct gnttab_cache_flush *op);

/*
 * Whatever the handlers kept for later in this call: flush it, drop it.
 * Called when a batch is left, for whatever reason, and after each group of
 * its elements.
 */
void hv_grant_table_op_end(struct hd_call *call);

/* What the table of hypercalls names; a hypervisor may have declared it. */
#ifndef HD_CALLS_ARE_DECLARED
long do_grant_table_op(unsigned int cmd, XEN_GUEST_HANDLE_PARAM(void) uop,
                       unsigned int count);
#endif

#endif /* HD_GRANT_TABLE_H */
