/* SPDX-License-Identifier: MIT */
/*
 * Calls as Debian's Linux makes them, to compare with ../calls.h.
 *
 * Linux once called the hypercall page; by now it loads the number and calls a
 * trampoline that it patches.  With WAY_PAGE the old way in is put back, two
 * macros; registers, operands and clobbers stay what the header says.
 */
#include "names.h"

#include <asm/xen/hypercall.h>

#ifdef WAY_PAGE
extern char hypercall_page[][32];
#undef __HYPERCALL
#undef __HYPERCALL_ENTRY
#define __HYPERCALL "call hypercall_page+%c[offset]"
#define __HYPERCALL_ENTRY(x) [offset] "i" (x * sizeof(hypercall_page[0]))
#endif

/* Not in Linux. */
#define __HYPERVISOR_pmt_op 51

long call_grant_table_op(unsigned int cmd, void *uop, unsigned int count);
long call_memory_op(unsigned long cmd, void *arg);
long call_physdev_op(int cmd, void *arg);
long call_pmt_op(unsigned int cmd, void *args, unsigned int count);
long call_mmu_update(struct mmu_update *reqs, unsigned int count,
                     unsigned int *done, unsigned int foreigndom);
long call_mmuext_op(struct mmuext_op *uops, unsigned int count,
                    unsigned int *done, unsigned int foreigndom);
long call_update_va_mapping(unsigned long va, u64 val, unsigned long flags);
long call_update_va_mapping_otherdomain(unsigned long va, u64 val,
                                        unsigned long flags, domid_t domid);
long call_multicall(struct multicall_entry *list, unsigned int nr);

long call_grant_table_op(unsigned int cmd, void *uop, unsigned int count)
{
    return _hypercall3(long, grant_table_op, cmd, uop, count);
}

long call_memory_op(unsigned long cmd, void *arg)
{
    return _hypercall2(long, memory_op, cmd, arg);
}

long call_physdev_op(int cmd, void *arg)
{
    return _hypercall2(long, physdev_op, cmd, arg);
}

long call_pmt_op(unsigned int cmd, void *args, unsigned int count)
{
    return _hypercall3(long, pmt_op, cmd, args, count);
}

long call_mmu_update(struct mmu_update *reqs, unsigned int count,
                     unsigned int *done, unsigned int foreigndom)
{
    return _hypercall4(long, mmu_update, reqs, count, done, foreigndom);
}

long call_mmuext_op(struct mmuext_op *uops, unsigned int count,
                    unsigned int *done, unsigned int foreigndom)
{
    return _hypercall4(long, mmuext_op, uops, count, done, foreigndom);
}

long call_update_va_mapping(unsigned long va, u64 val, unsigned long flags)
{
    return _hypercall3(long, update_va_mapping, va, val, flags);
}

long call_update_va_mapping_otherdomain(unsigned long va, u64 val,
                                        unsigned long flags, domid_t domid)
{
    return _hypercall4(long, update_va_mapping_otherdomain, va, val, flags, domid);
}

long call_multicall(struct multicall_entry *list, unsigned int nr)
{
    return _hypercall2(long, multicall, list, nr);
}

/* The entry for one of several calls. */
void entry_update_va_mapping(struct multicall_entry *entry, unsigned long va, u64 val,
                             unsigned long flags);
void entry_update_va_mapping(struct multicall_entry *entry, unsigned long va, u64 val,
                             unsigned long flags)
{
    MULTI_update_va_mapping(entry, va, (pte_t){ val }, flags);
}
