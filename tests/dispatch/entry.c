/* SPDX-License-Identifier: MIT */
/*
 * The way in: what a trap does. The only file of the tests that may name an
 * entry point. An interrupted call goes on as the guest's instruction would,
 * with the registers as they were rewritten.
 */
#include "hd-grant_table.h"
#include "hd-memory.h"
#include "hd-pmt.h"
#ifdef PORT_IA64
#include "hd-dom0vp.h"
#endif

#include "hc.h"

#include "entry.h"
#include "harness.h"

unsigned char entry_stack;

/* A guest of 32 bits, or of 64. */
bool entry_is_narrow = WORD == 4;

#ifdef PORT_IA64
#define ENTER(name, ...) (unsigned long)do_##name(__VA_ARGS__)
#else
#define ENTER(name, ...)                                                        \
    (entry_is_narrow ? (unsigned long)(long)compat_##name(__VA_ARGS__)          \
                     : (unsigned long)do_##name(__VA_ARGS__))
#endif

static unsigned long wide(unsigned long reg)
{
    return entry_is_narrow ? (uint32_t)reg : reg;
}

static XEN_GUEST_HANDLE_PARAM(void) pointer(unsigned long reg)
{
    XEN_GUEST_HANDLE_PARAM(void) handle;

    handle.p = (void *)wide(reg);
    return handle;
}

/* Leaves the stack below as it was told. */
static __attribute__((noinline, no_sanitize("address"))) void fill_stack(void)
{
    volatile unsigned char room[16384];
    unsigned int i;

    for ( i = 0; i < sizeof(room); i++ )
        room[i] = entry_stack;
}

static __attribute__((noinline)) unsigned long enter(unsigned int nr, const unsigned long *reg)
{
    switch ( nr )
    {
    case __HYPERVISOR_grant_table_op:
        return ENTER(grant_table_op, (unsigned int)reg[0], pointer(reg[1]),
                                     (unsigned int)reg[2]);
    case __HYPERVISOR_memory_op:
        return ENTER(memory_op, wide(reg[0]), pointer(reg[1]));
    case __HYPERVISOR_pmt_op:
        return ENTER(pmt_op, wide(reg[0]), pointer(reg[1]), wide(reg[2]));
#ifdef PORT_IA64
    case __HYPERVISOR_ia64_dom0vp_op:
        return do_ia64_dom0vp_op(reg[0], reg[1], reg[2], reg[3], reg[4]);
#endif
    }
    return -(unsigned long)ENOSYS;
}

unsigned long hc_host_call(unsigned int nr, unsigned long reg[5])
{
    unsigned long rc;
    unsigned int i;

    for ( ; ; )
    {
        machine_enter();
        fill_stack();
        rc = enter(nr, reg);
        if ( !machine.next.wanted )
            return rc;
        if ( rc != machine.next.nr || nr != machine.next.nr )
            recording->wrong_return = true;
        if ( recording->continuations == MOST_STEPS )
        {
            recording->no_progress = true;
            return rc;
        }
        record_continuation();
        for ( i = 0; i < machine.next.arguments; i++ )
            reg[i] = machine.next.reg[i];
    }
}
