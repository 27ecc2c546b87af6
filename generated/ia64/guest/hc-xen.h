/* SPDX-License-Identifier: MIT */
/*
 * The calls of <xen/xen.h>, and entries for several calls in one.
 *
 * Each returns what the hypervisor does: 0 or a number, or a negative error.
 *
 * Generated from idl/xen.idl by "make"; edit that, not this.
 */
#ifndef HC_XEN_H
#define HC_XEN_H

#include <xen/xen.h>

#include "hc.h"

/*
 * Write page table entries. Stops at the first that fails; done says how many
 * were written. The frames belong to foreigndom[15..0], the page tables to
 * foreigndom[31..16] - 1, or with 0 there to the caller.
 *
 * Errors: ENOSYS, EFAULT, EPERM, ESRCH, EINVAL, EOPNOTSUPP, EBUSY, EACCES
 */
extern long hc_mmu_update(struct mmu_update *reqs, uint32_t count,
                          unsigned int *done, uint32_t foreigndom);

static inline void hc_multi_mmu_update(struct multicall_entry *entry,
                                       struct mmu_update *reqs, uint32_t count,
                                       unsigned int *done, uint32_t foreigndom)
{
    entry->op = __HYPERVISOR_mmu_update;
    entry->args[0] = (unsigned long)reqs;
    entry->args[1] = count;
    entry->args[2] = (unsigned long)done;
    entry->args[3] = foreigndom;
}

/*
 * Pin page tables, flush, switch. Stops at the first that fails; done says
 * how many succeeded.
 *
 * Errors: ENOSYS, EFAULT, ESRCH, EINVAL, EPERM, EOPNOTSUPP, EACCES
 */
extern long hc_mmuext_op(struct mmuext_op *uops, uint32_t count,
                         unsigned int *done, uint32_t foreigndom);

static inline void hc_multi_mmuext_op(struct multicall_entry *entry,
                                      struct mmuext_op *uops, uint32_t count,
                                      unsigned int *done, uint32_t foreigndom)
{
    entry->op = __HYPERVISOR_mmuext_op;
    entry->args[0] = (unsigned long)uops;
    entry->args[1] = count;
    entry->args[2] = (unsigned long)done;
    entry->args[3] = foreigndom;
}

/*
 * Write the page table entry for va. Where registers have 32 bits, val takes
 * two, the low half first.
 *
 * Errors: ENOSYS, EPERM, EINVAL, EBUSY, EACCES, EFAULT
 */
static inline long hc_update_va_mapping(unsigned long va, uint64_t val,
                                        unsigned long flags)
{
    return HC_CALL3(__HYPERVISOR_update_va_mapping, va, val, flags);
}

static inline void hc_multi_update_va_mapping(struct multicall_entry *entry,
                                              unsigned long va, uint64_t val,
                                              unsigned long flags)
{
    entry->op = __HYPERVISOR_update_va_mapping;
    entry->args[0] = va;
    entry->args[1] = val;
    entry->args[2] = flags;
}

/*
 * The same with frames of another domain.
 *
 * Errors: ENOSYS, ESRCH, EPERM, EINVAL, EBUSY, EACCES, EFAULT
 */
static inline long hc_update_va_mapping_otherdomain(unsigned long va,
                                                    uint64_t val,
                                                    unsigned long flags,
                                                    domid_t domid)
{
    return HC_CALL4(__HYPERVISOR_update_va_mapping_otherdomain, va, val, flags,
                    domid);
}

static inline void
hc_multi_update_va_mapping_otherdomain(struct multicall_entry *entry,
                                       unsigned long va, uint64_t val,
                                       unsigned long flags, domid_t domid)
{
    entry->op = __HYPERVISOR_update_va_mapping_otherdomain;
    entry->args[0] = va;
    entry->args[1] = val;
    entry->args[2] = flags;
    entry->args[3] = domid;
}

/*
 * Do several calls in one. What each of them returns is its result; an op
 * that does not exist is ENOSYS there.
 *
 * Errors: EFAULT, EINVAL
 */
extern long hc_multicall(struct multicall_entry *call_list, uint32_t nr_calls);

#endif /* HC_XEN_H */
