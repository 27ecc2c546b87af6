/* SPDX-License-Identifier: MIT */
/* The way in, the guest's memory, and main(). Needs the simulated machine. */
#include <stdio.h>

#include "calls.h"

struct script script;
static int failures;

/* Prototypes are with the dispatchers; under Xen they are Xen's own. */
int compat_grant_table_op(unsigned int cmd, XEN_GUEST_HANDLE_PARAM(void) uop,
                          unsigned int count);
int compat_memory_op(unsigned int cmd, XEN_GUEST_HANDLE_PARAM(void) arg);
int compat_pmt_op(unsigned int cmd, XEN_GUEST_HANDLE_PARAM(void) args, unsigned int count);

void test_failed(const char *file, int line, const char *text)
{
    printf("%s:%d: not so: %s\n", file, line, text);
    failures++;
}

/* ---- handlers ---------------------------------------------------------------------- */

long handled(const char *handler, struct hd_call *call, void *op)
{
    script.handler = handler;
    script.calls++;
    script.compat &= call->compat;
    return script.act ? script.act(call, op, domain_of(TRANSLATED)) : 0;
}

/* ---- the guest ------------------------------------------------------------------------ */

void begin(long (*act)(struct hd_call *call, void *op, struct domain *d))
{
    struct domain *d;

    machine_reset();
    memset(machine.memory, GUARD, GUEST_SIZE);
    d = machine_add_domain(CALLER);
    d->is_pv = d->is_privileged = true;
    d->has_pmt = true;
    d = machine_add_domain(OTHER);
    d->is_pv = true;
    d = machine_add_domain(TRANSLATED);
    d->is_hvm = d->is_translated = d->is_privileged = true;
    caller_is(CALLER);
    script = (struct script){ .act = act, .compat = true };
}

struct domain *domain_of(domid_t id)
{
    for ( unsigned int i = 0; i < machine.nr_domains; i++ )
        if ( machine.domains[i].domain_id == id )
            return &machine.domains[i];
    return NULL;
}

void caller_is(domid_t id)
{
    machine_run(domain_of(id));
}

#define ACCESS(bits)                                                           \
    void put##bits(unsigned long at, uint##bits##_t value)                     \
    {                                                                          \
        memcpy(machine_memory(at, sizeof(value)), &value, sizeof(value));      \
    }                                                                          \
    uint##bits##_t get##bits(unsigned long at)                                 \
    {                                                                          \
        uint##bits##_t value;                                                  \
                                                                               \
        memcpy(&value, machine_memory(at, sizeof(value)), sizeof(value));      \
        return value;                                                          \
    }

ACCESS(16)
ACCESS(32)
ACCESS(64)

bool untouched(unsigned long at, unsigned long bytes)
{
    const unsigned char *memory = machine_memory(at, bytes);

    while ( bytes-- )
        if ( *memory++ != GUARD )
            return false;
    return true;
}

/* ---- the way in --------------------------------------------------------------------------- */

/* A guest of 32 bits: its registers hold no more, neither at first nor rewritten. */
static long enter(unsigned int nr, unsigned int first, unsigned int count)
{
    unsigned long reg[3] = { first, ARG, count };
    XEN_GUEST_HANDLE_PARAM(void) handle;
    long result = 0;

    do
    {
        machine_enter();
        handle.p = (void *)reg[1];
        switch ( nr )
        {
        case __HYPERVISOR_grant_table_op:
            result = compat_grant_table_op((unsigned int)reg[0], handle, (unsigned int)reg[2]);
            break;
        case __HYPERVISOR_memory_op:
            result = compat_memory_op((unsigned int)reg[0], handle);
            break;
        case __HYPERVISOR_pmt_op:
            result = compat_pmt_op((unsigned int)reg[0], handle, (unsigned int)reg[2]);
            break;
        }
        if ( machine.next.wanted )
            for ( unsigned int i = 0; i < 3; i++ )
            {
                expect(machine.next.reg[i] <= 0xffffffff);
                reg[i] = machine.next.reg[i];
            }
    } while ( machine.next.wanted && machine.entries < 1000 );
    expect(!machine_locks());
    expect(!machine.read_twice);
    expect(!machine.not_checked);
    return result;
}

long grant_call(unsigned int cmd, unsigned int count)
{
    return enter(__HYPERVISOR_grant_table_op, cmd, count);
}

long memory_call(unsigned int cmd)
{
    return enter(__HYPERVISOR_memory_op, cmd, 0);
}

long pmt_call(unsigned int cmd, unsigned int count)
{
    return enter(__HYPERVISOR_pmt_op, cmd, count);
}

int main(void)
{
    machine_start();
    test_grants();
    test_memory();
    test_maps();
    printf("%d failures\n", failures);
    return failures != 0;
}
