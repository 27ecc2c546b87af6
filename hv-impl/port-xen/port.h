/* SPDX-License-Identifier: MIT */
/*
 * What generated dispatchers and their handlers take from the hypervisor, in the
 * tree of Xen 4.17: nearly all of it is there under the name they use. Needs
 * Xen's own flags and include folders; gives what is missing: bytes of a
 * structure to the guest, permission hooks with the arguments that each wants,
 * and what a domain has no field for yet.
 *
 * Xen's own headers declare the entry points, but for new ones.
 */
#ifndef PORT_H
#define PORT_H

#define HD_CALLS_ARE_DECLARED

#include <xen/errno.h>
#include <xen/event.h>
#include <xen/guest_access.h>
#include <xen/lib.h>
#include <xen/nospec.h>
#include <xen/sched.h>
#include <xen/string.h>
#include <xen/types.h>
#include <asm/current.h>
#include <asm/paging.h>
#include <public/grant_table.h>
#include <public/memory.h>
#include <public/pmt.h>
#include <public/xen.h>
#include <xsm/xsm.h>

/* As the types of handles are called. */
typedef unsigned int uint;
typedef unsigned long ulong;

/* ---- domains ------------------------------------------------------------------ */

/* common/memory.c has this as max_order(); it has to be seen from outside. */
unsigned int hd_max_order(const struct domain *d);

/* Who may hold pages by mapping: for domain creation to say. */
bool domain_has_pmt(const struct domain *d);

/* ---- guest memory -------------------------------------------------------------- */

/* Bytes offset and up of element i; the handle has been checked. */
#define hd_copy_part_to_guest_offset(h, i, ptr, offset, bytes)                 \
    ((void)((h).p == (ptr)),                                                   \
     __raw_copy_to_guest((char *)((h).p + (i)) + (offset),                     \
                         (const char *)(ptr) + (offset), bytes))
#define hd_copy_field_to_guest_offset(h, i, ptr, field)                        \
    hd_copy_part_to_guest_offset(                                              \
        h, i, ptr,                                                             \
        (unsigned long)((const char *)&(ptr)->field - (const char *)(ptr)),    \
        sizeof((ptr)->field))

/* As compat_handle_okay() does, for an address that has no handle's type. */
#define hd_compat_okay(address, n, size)                                       \
    (paging_mode_external(current->domain) ||                                  \
     compat_array_access_ok((void *)(unsigned long)(address), n, size))

/* ---- permission ------------------------------------------------------------------ */

/*
 * hook: without xsm_; rule: HOOK, TARGET, DM_PRIV or PRIV; d: whom it is about.
 * Each hook of Xen's takes some of these.
 */
#define hd_xsm(hook, rule, caller, d, ...)                                     \
    ((void)(caller), (void)(d), hd_xsm_##hook(XSM_##rule, caller, d))

/* For reading and writing: a handler may know that it is less, and ask itself. */
#define hd_xsm_grant_mapref(rule, caller, d)                                   \
    xsm_grant_mapref(rule, caller, d, 0)
#define hd_xsm_grant_unmapref(rule, caller, d)                                 \
    xsm_grant_unmapref(rule, caller, d)
#define hd_xsm_grant_setup(rule, caller, d)                                    \
    xsm_grant_setup(rule, caller, d)
#define hd_xsm_grant_transfer(rule, caller, d)                                 \
    xsm_grant_transfer(rule, caller, d)
#define hd_xsm_grant_query_size(rule, caller, d)                               \
    xsm_grant_query_size(rule, caller, d)

#define hd_xsm_memory_exchange(rule, caller, d)                                \
    xsm_memory_exchange(rule, d)
#define hd_xsm_memory_adjust_reservation(rule, caller, d)                      \
    xsm_memory_adjust_reservation(rule, caller, d)
#define hd_xsm_memory_stat_reservation(rule, caller, d)                        \
    xsm_memory_stat_reservation(rule, caller, d)
#define hd_xsm_add_to_physmap(rule, caller, d)                                 \
    xsm_add_to_physmap(rule, caller, d)
#define hd_xsm_remove_from_physmap(rule, caller, d)                            \
    xsm_remove_from_physmap(rule, caller, d)
#define hd_xsm_claim_pages(rule, caller, d) xsm_claim_pages(rule, d)
#define hd_xsm_get_vnumainfo(rule, caller, d) xsm_get_vnumainfo(rule, d)
#define hd_xsm_set_pod_target(rule, caller, d) xsm_set_pod_target(rule, d)
#define hd_xsm_get_pod_target(rule, caller, d) xsm_get_pod_target(rule, d)
#define hd_xsm_domain_memory_map(rule, caller, d)                              \
    xsm_domain_memory_map(rule, d)
#define hd_xsm_machine_memory_map(rule, caller, d)                             \
    xsm_machine_memory_map(rule)
#define hd_xsm_domain_resource_map(rule, caller, d)                            \
    xsm_domain_resource_map(rule, d)
#define hd_xsm_mem_access(rule, caller, d)  xsm_mem_access(rule, d)
#define hd_xsm_mem_paging(rule, caller, d)  xsm_mem_paging(rule, d)
#define hd_xsm_mem_sharing(rule, caller, d) xsm_mem_sharing(rule, d)
/* About two others: the names are the ones of the description. */
#define hd_xsm_mem_sharing_op(rule, caller, client)                            \
    xsm_mem_sharing_op(rule, domain, client, op.op)

/* Until Xen has hooks of these names: the one that guards the like of it. */
#define hd_xsm_pmt_info(rule, caller, d)                                       \
    xsm_memory_stat_reservation(rule, caller, d)
#define hd_xsm_pmt_translate(rule, caller, d)                                  \
    xsm_memory_stat_reservation(rule, caller, d)
#define hd_xsm_pmt_attach(rule, caller, d)                                     \
    xsm_memory_adjust_reservation(rule, caller, d)
#define hd_xsm_pmt_donate(rule, caller, d)                                     \
    xsm_domain_resource_map(rule, d)

#endif /* PORT_H */
