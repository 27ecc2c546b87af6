/* SPDX-License-Identifier: MIT */
/*
 * The way from the stubs into the dispatchers. What is interrupted goes on with
 * the registers that the dispatcher asked for, as a guest's would.
 */
#include "conformance.h"
#ifdef PORT_IA64
#include "hd-dom0vp.h"
#endif

#include "hc.h"

#define MOST_ENTRIES 1000

/* How far a call has come, in whatever it counts; the place is above the op's number. */
static unsigned long progress(unsigned int nr, const unsigned long reg[5])
{
    return nr == __HYPERVISOR_grant_table_op ? 0x80000000ul - reg[2] : reg[0] >> 6;
}

static unsigned long enter(unsigned int nr, const unsigned long reg[5])
{
    XEN_GUEST_HANDLE_PARAM(void) handle;

    machine_enter();
    handle.p = (void *)reg[1];
    switch ( nr )
    {
    case __HYPERVISOR_grant_table_op:
        return (unsigned long)do_grant_table_op((unsigned int)reg[0], handle, (unsigned int)reg[2]);
    case __HYPERVISOR_memory_op:
        return (unsigned long)do_memory_op(reg[0], handle);
#ifdef PORT_IA64
    case __HYPERVISOR_ia64_dom0vp_op:
        return do_ia64_dom0vp_op(reg[0], reg[1], reg[2], reg[3], reg[4]);
#endif
    }
    return -(unsigned long)ENOSYS;
}

unsigned long hc_host_call(unsigned int nr, unsigned long reg[5])
{
    unsigned long result = enter(nr, reg), before;

    while ( machine.next.wanted && script.entries < MOST_ENTRIES )
    {
        before = progress(nr, reg);
        memcpy(reg, machine.next.reg, sizeof(machine.next.reg));
        script.goes_back += progress(nr, reg) <= before;
        script.entries++;
        result = enter(nr, reg);
    }
    return result;
}
