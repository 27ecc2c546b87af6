/* SPDX-License-Identifier: MIT */
/*
 * The way in. A call is dispatched by number; what is interrupted goes on with the
 * registers that the dispatcher asked for, as a guest's would, for it was told to
 * do the same instruction again.
 */
#include <stdarg.h>

#include "host.h"
#include "hd-grant_table.h"
#include "hd-memory.h"
#include "hd-pmt.h"
#ifdef PORT_IA64
#include "hd-dom0vp.h"
#endif

#define MOST_ENTRIES 10000000           /* of one call */

unsigned long hc_host_call(unsigned int nr, unsigned long reg[5]);

/* ---- being interrupted ------------------------------------------------------------------ */

unsigned long port_nospec(unsigned long i, unsigned long n)
{
    return i < n ? i : 0;
}

unsigned long hypercall_create_continuation(unsigned int nr, const char *format, ...)
{
    struct continuation *next = &here.next;
    unsigned int i = 0;
    va_list list;

    *next = (struct continuation){ .wanted = true, .nr = nr };
    va_start(list, format);
    for ( ; *format && i < 5; format++ )
        switch ( *format )
        {
        case 'i':
            next->reg[i++] = va_arg(list, unsigned int);
            break;
        case 'h':
            next->reg[i++] = (unsigned long)va_arg(list, XEN_GUEST_HANDLE(void)).p;
            break;
        case 'l':
            next->reg[i++] = va_arg(list, unsigned long);
            break;
        default:
            port_unreachable(format, __LINE__);
        }
    va_end(list);
    return nr;
}

/* ---- several calls in one ----------------------------------------------------------------- */

/* The entry goes on where its call was interrupted. False: it cannot be written. */
static bool put_arguments(XEN_GUEST_HANDLE_PARAM(multicall_entry_t) list, unsigned long i,
                          struct multicall_entry *entry)
{
    unsigned int j;

    for ( j = 0; j < 5; j++ )
        entry->args[j] = here.next.reg[j];
    here.next.wanted = false;
    return !copy_to_guest_offset(list, i, entry, 1);
}

static unsigned long multicall(const unsigned long reg[5])
{
    XEN_GUEST_HANDLE_PARAM(multicall_entry_t) list = { (void *)reg[0] };
    unsigned long i, nr = (unsigned int)reg[1];
    struct multicall_entry entry;
    bool interrupted = false, fault = false;

    if ( here.in_multicall )
        return -(unsigned long)EINVAL;
    if ( !guest_handle_okay(list, nr) )
        return -(unsigned long)EFAULT;
    for ( i = 0; i < nr && !fault; i++ )
    {
        interrupted = i && hypercall_preempt_check();
        if ( interrupted )
            break;
        fault = copy_from_guest_offset(&entry, list, i, 1) != 0;
        if ( fault )
            break;
        here.in_multicall = true;
        entry.result = entry.op < 64 ? call_enter((unsigned int)entry.op, entry.args)
                                     : -(unsigned long)ENOSYS;
        here.in_multicall = false;
        interrupted = here.next.wanted;
        if ( interrupted )
        {
            fault = !put_arguments(list, i, &entry);
            break;
        }
        entry.result = marks_register((unsigned int)entry.op, entry.args[0], entry.result);
        here.open = marks_open((unsigned int)entry.op, entry.args[0], entry.result);
        fault = copy_to_guest_offset(list, i, &entry, 1) != 0;
        here.open = false;
    }
    if ( fault )
        return -(unsigned long)EFAULT;
    if ( !interrupted )
        return 0;
    guest_handle_add_offset(list, i);
    here.next = (struct continuation){ true, __HYPERVISOR_multicall, { (unsigned long)list.p, nr - i } };
    return __HYPERVISOR_multicall;
}

/* ---- by number ------------------------------------------------------------------------------- */

#ifdef PORT_QUICK
#define is_called(which, op) ((void)0)
#else
static void is_called(enum machine_call which, unsigned long op)
{
    __atomic_fetch_or(&machine_counters.called[which], 1ul << (op & 63), __ATOMIC_RELAXED);
}
#endif

unsigned long call_enter(unsigned int nr, const unsigned long reg[5])
{
    XEN_GUEST_HANDLE_PARAM(void) handle = { (void *)reg[1] };

    if ( current->domain->port->entry )
        return current->domain->port->entry(nr, reg);
    switch ( nr )
    {
    case __HYPERVISOR_grant_table_op:
        is_called(CALL_GRANT_TABLE, reg[0]);
        return (unsigned long)do_grant_table_op((unsigned int)reg[0], handle, (unsigned int)reg[2]);
    case __HYPERVISOR_memory_op:
        is_called(CALL_MEMORY, reg[0]);
        return (unsigned long)do_memory_op(reg[0], handle);
    case __HYPERVISOR_pmt_op:
        is_called(CALL_PMT, reg[0]);
        return (unsigned long)do_pmt_op(reg[0], handle, reg[2]);
    case __HYPERVISOR_multicall:
        return multicall(reg);
#ifdef PORT_IA64
    case __HYPERVISOR_ia64_dom0vp_op:
        is_called(CALL_DOM0VP, reg[0]);
        return do_ia64_dom0vp_op(reg[0], reg[1], reg[2], reg[3], reg[4]);
#else
    case __HYPERVISOR_mmu_update:
        return current->domain->is_pv ? (unsigned long)pv_mmu_update(reg) : -(unsigned long)ENOSYS;
    case __HYPERVISOR_update_va_mapping:
        return current->domain->is_pv ? (unsigned long)pv_update_va_mapping(reg)
                                      : -(unsigned long)ENOSYS;
#endif
    }
    return -(unsigned long)ENOSYS;
}

/* I4: nothing is held when the guest goes on. */
static void leave(unsigned int nr)
{
    if ( here.locks )
        violation("call %u is left with %u locks held", nr, here.locks);
    if ( here.rcu )
        violation("call %u is left with %d domains locked", nr, here.rcu);
    here.rcu = 0;
}

static unsigned long enter(unsigned int nr, const unsigned long reg[5])
{
    unsigned long result;

    here.okays = 0;
    here.steps = 0;
    here.next.wanted = false;
    here.in_multicall = false;
    result = call_enter(nr, reg);
    leave(nr);
    return result;
}

unsigned long hc_host_call(unsigned int nr, unsigned long reg[5])
{
    unsigned long result, entries;

    port_assert(current && !here.in_call);
    here.in_call = true;
    __atomic_fetch_add(&host.hypercalls, 1, __ATOMIC_RELAXED);
    result = enter(nr, reg);
    for ( entries = 1; here.next.wanted; entries++ )
    {
        if ( entries == MOST_ENTRIES )
        {
            violation("call %u does not end", nr);
            break;
        }
        __atomic_fetch_add(&machine_counters.continuations, 1, __ATOMIC_RELAXED);
        nr = here.next.nr;
        memcpy(reg, here.next.reg, sizeof(here.next.reg));
        port_point("continuation");
        result = enter(nr, reg);
    }
    host_looked();
    here.in_call = false;
    result = marks_register(nr, reg[0], result);
    marks_shared();
    domains_reap();
    return result;
}
