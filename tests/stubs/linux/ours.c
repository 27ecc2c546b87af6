/* SPDX-License-Identifier: MIT */
/* The calls of calls.c, through the stubs. */
#include <stddef.h>
#include <stdint.h>

#include "hc-grant_table.h"
#include "hc-memory.h"
#include "hc-physdev.h"
#include "hc-pmt.h"
#include "hc-xen.h"

long call_grant_table_op(unsigned int cmd, void *uop, unsigned int count);
long call_memory_op(unsigned long cmd, void *arg);
long call_physdev_op(int cmd, void *arg);
long call_pmt_op(unsigned int cmd, void *args, unsigned int count);
long call_mmu_update(struct mmu_update *reqs, unsigned int count,
                     unsigned int *done, unsigned int foreigndom);
long call_mmuext_op(struct mmuext_op *uops, unsigned int count,
                    unsigned int *done, unsigned int foreigndom);
long call_update_va_mapping(unsigned long va, uint64_t val, unsigned long flags);
long call_update_va_mapping_otherdomain(unsigned long va, uint64_t val,
                                        unsigned long flags, domid_t domid);
long call_multicall(struct multicall_entry *list, unsigned int nr);

long call_grant_table_op(unsigned int cmd, void *uop, unsigned int count)
{
    return hc_grant_table_op(cmd, uop, count);
}

long call_memory_op(unsigned long cmd, void *arg)
{
    return hc_memory_op(cmd, arg);
}

long call_physdev_op(int cmd, void *arg)
{
    return hc_physdev_op(cmd, arg);
}

long call_pmt_op(unsigned int cmd, void *args, unsigned int count)
{
    return hc_pmt_op(cmd, args, count);
}

long call_mmu_update(struct mmu_update *reqs, unsigned int count,
                     unsigned int *done, unsigned int foreigndom)
{
    return hc_mmu_update(reqs, count, done, foreigndom);
}

long call_mmuext_op(struct mmuext_op *uops, unsigned int count,
                    unsigned int *done, unsigned int foreigndom)
{
    return hc_mmuext_op(uops, count, done, foreigndom);
}

long call_update_va_mapping(unsigned long va, uint64_t val, unsigned long flags)
{
    return hc_update_va_mapping(va, val, flags);
}

long call_update_va_mapping_otherdomain(unsigned long va, uint64_t val,
                                        unsigned long flags, domid_t domid)
{
    return hc_update_va_mapping_otherdomain(va, val, flags, domid);
}

long call_multicall(struct multicall_entry *list, unsigned int nr)
{
    return hc_multicall(list, nr);
}

void entry_update_va_mapping(struct multicall_entry *entry, unsigned long va,
                             uint64_t val, unsigned long flags);
void entry_update_va_mapping(struct multicall_entry *entry, unsigned long va,
                             uint64_t val, unsigned long flags)
{
    hc_multi_update_va_mapping(entry, va, val, flags);
}
