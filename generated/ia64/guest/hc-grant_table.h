/* SPDX-License-Identifier: MIT */
/*
 * The calls of <xen/grant_table.h>, and entries for several calls in one.
 *
 * Each returns what the hypervisor does: 0 or a number, or a negative error.
 *
 * Generated from idl/grant_table.idl by "make"; edit that, not this.
 */
#ifndef HC_GRANT_TABLE_H
#define HC_GRANT_TABLE_H

#include <xen/grant_table.h>

#include "hc.h"

/*
 * Do cmd for each of the count elements at uop.
 *
 * Errors: ENOSYS, EINVAL, EFAULT
 */
extern long hc_grant_table_op(uint32_t cmd, void *uop, uint32_t count);

static inline void hc_multi_grant_table_op(struct multicall_entry *entry,
                                           uint32_t cmd, void *uop,
                                           uint32_t count)
{
    entry->op = __HYPERVISOR_grant_table_op;
    entry->args[0] = cmd;
    entry->args[1] = (unsigned long)uop;
    entry->args[2] = count;
}

/*
 * Map frames that other domains have granted.
 *
 * In:     host_addr, flags, ref, dom
 * Out:    status, handle, dev_bus_addr
 * Status: GNTST_bad_gntref, GNTST_permission_denied, GNTST_general_error,
 *         GNTST_bad_domain, GNTST_no_space, GNTST_bad_page, GNTST_eagain
 */
static inline long
hc_grant_table_map_grant_ref(struct gnttab_map_grant_ref *uop, uint32_t count)
{
    return hc_grant_table_op(GNTTABOP_map_grant_ref, uop, count);
}

static inline void
hc_multi_grant_table_map_grant_ref(struct multicall_entry *entry,
                                   struct gnttab_map_grant_ref *uop,
                                   uint32_t count)
{
    hc_multi_grant_table_op(entry, GNTTABOP_map_grant_ref, uop, count);
}

/*
 * End mappings. No stale translation is left when the batch returns. A handle
 * whose granter is gone crashes the caller.
 *
 * In:     host_addr, dev_bus_addr, handle
 * Out:    status
 * Status: GNTST_permission_denied, GNTST_bad_handle, GNTST_bad_dev_addr,
 *         GNTST_general_error
 */
static inline long
hc_grant_table_unmap_grant_ref(struct gnttab_unmap_grant_ref *uop,
                               uint32_t count)
{
    return hc_grant_table_op(GNTTABOP_unmap_grant_ref, uop, count);
}

static inline void
hc_multi_grant_table_unmap_grant_ref(struct multicall_entry *entry,
                                     struct gnttab_unmap_grant_ref *uop,
                                     uint32_t count)
{
    hc_multi_grant_table_op(entry, GNTTABOP_unmap_grant_ref, uop, count);
}

/*
 * Give a domain a table of at least nr_frames pages, and say where they are.
 *
 * In:     dom, nr_frames
 * Out:    status, frame_list
 * Status: GNTST_bad_domain, GNTST_permission_denied, GNTST_address_too_big,
 *         GNTST_general_error, GNTST_bad_virt_addr
 * Errors: EINVAL, EFAULT
 */
static inline long hc_grant_table_setup_table(struct gnttab_setup_table *uop,
                                              uint32_t count)
{
    return hc_grant_table_op(GNTTABOP_setup_table, uop, count);
}

static inline void
hc_multi_grant_table_setup_table(struct multicall_entry *entry,
                                 struct gnttab_setup_table *uop, uint32_t count)
{
    hc_multi_grant_table_op(entry, GNTTABOP_setup_table, uop, count);
}

/*
 * Print the table to the console.
 *
 * In:     dom
 * Out:    status
 * Errors: ENOSYS
 */
static inline long hc_grant_table_dump_table(struct gnttab_dump_table *uop,
                                             uint32_t count)
{
    return hc_grant_table_op(GNTTABOP_dump_table, uop, count);
}

static inline void
hc_multi_grant_table_dump_table(struct multicall_entry *entry,
                                struct gnttab_dump_table *uop, uint32_t count)
{
    hc_multi_grant_table_op(entry, GNTTABOP_dump_table, uop, count);
}

/*
 * Give a page to the domain that has an accept_transfer entry for it. The
 * page is gone even on failure, except after bad_page.
 *
 * In:     mfn, domid, ref
 * Out:    status
 * Status: GNTST_permission_denied, GNTST_bad_page, GNTST_bad_domain,
 *         GNTST_general_error, GNTST_address_too_big
 * Errors: ENOSYS, EOPNOTSUPP
 */
static inline long hc_grant_table_transfer(struct gnttab_transfer *uop,
                                           uint32_t count)
{
    return hc_grant_table_op(GNTTABOP_transfer, uop, count);
}

static inline void hc_multi_grant_table_transfer(struct multicall_entry *entry,
                                                 struct gnttab_transfer *uop,
                                                 uint32_t count)
{
    hc_multi_grant_table_op(entry, GNTTABOP_transfer, uop, count);
}

/*
 * Copy bytes between frames, each named by number or by grant.
 *
 * In:     source, dest, len, flags
 * Out:    status
 * Status: GNTST_permission_denied, GNTST_bad_domain, GNTST_bad_gntref,
 *         GNTST_general_error, GNTST_bad_page, GNTST_eagain,
 *         GNTST_bad_copy_arg
 */
static inline long hc_grant_table_copy(struct gnttab_copy *uop, uint32_t count)
{
    return hc_grant_table_op(GNTTABOP_copy, uop, count);
}

static inline void hc_multi_grant_table_copy(struct multicall_entry *entry,
                                             struct gnttab_copy *uop,
                                             uint32_t count)
{
    hc_multi_grant_table_op(entry, GNTTABOP_copy, uop, count);
}

/*
 * How large a domain's table is, and how large it may become.
 *
 * In:     dom
 * Out:    nr_frames, max_nr_frames, status
 * Status: GNTST_bad_domain, GNTST_permission_denied
 * Errors: EINVAL
 */
static inline long hc_grant_table_query_size(struct gnttab_query_size *uop,
                                             uint32_t count)
{
    return hc_grant_table_op(GNTTABOP_query_size, uop, count);
}

static inline void
hc_multi_grant_table_query_size(struct multicall_entry *entry,
                                struct gnttab_query_size *uop, uint32_t count)
{
    hc_multi_grant_table_op(entry, GNTTABOP_query_size, uop, count);
}

/*
 * End a mapping, and put the one at new_addr in its place.
 *
 * In:     host_addr, new_addr, handle
 * Out:    status
 * Status: GNTST_permission_denied, GNTST_bad_handle, GNTST_general_error
 * Errors: ENOSYS
 */
static inline long
hc_grant_table_unmap_and_replace(struct gnttab_unmap_and_replace *uop,
                                 uint32_t count)
{
    return hc_grant_table_op(GNTTABOP_unmap_and_replace, uop, count);
}

static inline void
hc_multi_grant_table_unmap_and_replace(struct multicall_entry *entry,
                                       struct gnttab_unmap_and_replace *uop,
                                       uint32_t count)
{
    hc_multi_grant_table_op(entry, GNTTABOP_unmap_and_replace, uop, count);
}

#if __XEN_INTERFACE_VERSION__ >= 0x0003020a

/*
 * Change the table between version 1 and version 2. No grant may be in use,
 * but for the reserved ones. The version in force already: nothing is done.
 *
 * In:     version
 * Out:    version
 * Errors: EINVAL, ENOSYS, ENOMEM, EBUSY, EAGAIN, ERANGE
 */
static inline long hc_grant_table_set_version(struct gnttab_set_version *uop,
                                              uint32_t count)
{
    return hc_grant_table_op(GNTTABOP_set_version, uop, count);
}

static inline void
hc_multi_grant_table_set_version(struct multicall_entry *entry,
                                 struct gnttab_set_version *uop, uint32_t count)
{
    hc_multi_grant_table_op(entry, GNTTABOP_set_version, uop, count);
}

/*
 * Where the status words of a version 2 table are.
 *
 * In:     nr_frames, dom
 * Out:    status, frame_list
 * Status: GNTST_bad_domain, GNTST_permission_denied, GNTST_general_error,
 *         GNTST_bad_virt_addr
 * Errors: ENOSYS, EINVAL, EFAULT
 */
static inline long
hc_grant_table_get_status_frames(struct gnttab_get_status_frames *uop,
                                 uint32_t count)
{
    return hc_grant_table_op(GNTTABOP_get_status_frames, uop, count);
}

static inline void
hc_multi_grant_table_get_status_frames(struct multicall_entry *entry,
                                       struct gnttab_get_status_frames *uop,
                                       uint32_t count)
{
    hc_multi_grant_table_op(entry, GNTTABOP_get_status_frames, uop, count);
}

/*
 * Which version a domain's table has.
 *
 * In:     dom, pad
 * Out:    version
 * Errors: ESRCH, EPERM
 */
static inline long hc_grant_table_get_version(struct gnttab_get_version *uop,
                                              uint32_t count)
{
    return hc_grant_table_op(GNTTABOP_get_version, uop, count);
}

static inline void
hc_multi_grant_table_get_version(struct multicall_entry *entry,
                                 struct gnttab_get_version *uop, uint32_t count)
{
    hc_multi_grant_table_op(entry, GNTTABOP_get_version, uop, count);
}

/*
 * Exchange what two entries say.
 *
 * In:     ref_a, ref_b
 * Out:    status
 * Status: GNTST_bad_gntref, GNTST_eagain
 */
static inline long
hc_grant_table_swap_grant_ref(struct gnttab_swap_grant_ref *uop, uint32_t count)
{
    return hc_grant_table_op(GNTTABOP_swap_grant_ref, uop, count);
}

static inline void
hc_multi_grant_table_swap_grant_ref(struct multicall_entry *entry,
                                    struct gnttab_swap_grant_ref *uop,
                                    uint32_t count)
{
    hc_multi_grant_table_op(entry, GNTTABOP_swap_grant_ref, uop, count);
}

/*
 * Clean or invalidate the data cache for part of a granted page.
 *
 * In:     a, offset, length, op
 * Errors: ENOSYS, EINVAL, EILSEQ, EPERM, EOPNOTSUPP
 */
static inline long hc_grant_table_cache_flush(struct gnttab_cache_flush *uop,
                                              uint32_t count)
{
    return hc_grant_table_op(GNTTABOP_cache_flush, uop, count);
}

static inline void
hc_multi_grant_table_cache_flush(struct multicall_entry *entry,
                                 struct gnttab_cache_flush *uop, uint32_t count)
{
    hc_multi_grant_table_op(entry, GNTTABOP_cache_flush, uop, count);
}
#endif /* __XEN_INTERFACE_VERSION__ >= 0x0003020a */

#endif /* HC_GRANT_TABLE_H */
