/* SPDX-License-Identifier: MIT */
/*
 * Domains, who may do what to whom, and being interrupted. Gives what port.h
 * says of them, and machine.h's.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "lookups.h"
#include "recorder.h"

struct vcpu port_vcpu;
#ifndef PORT_DIRECT
__thread struct vcpu *port_current = &port_vcpu;
#endif

struct domain *machine_add_domain(domid_t id)
{
    struct domain *d = &machine.domains[machine.nr_domains++];

    *d = (struct domain){ .domain_id = id, .target = DOMID_INVALID, .max_order = 9 };
    return d;
}

void machine_run(struct domain *d)
{
    port_vcpu.domain = d;
}

int machine_locks(void)
{
    unsigned int i;
    int locks = 0;

    for ( i = 0; i < machine.nr_domains; i++ )
        if ( machine.domains[i].locks )
            locks += abs(machine.domains[i].locks);
    return locks;
}

struct domain *rcu_lock_domain_by_id(domid_t id)
{
    unsigned int i;

    for ( i = 0; i < machine.nr_domains; i++ )
        if ( machine.domains[i].domain_id == id )
        {
            machine.domains[i].locks++;
            return &machine.domains[i];
        }
    return NULL;
}

void rcu_unlock_domain(struct domain *d)
{
    d->locks--;
}

static void note(const char *hook, enum port_rule rule, const struct domain *d)
{
    static const char *const rules[] = { "hook", "target", "dm_priv", "priv" };
    size_t used = strlen(machine.hooks);

    snprintf(machine.hooks + used, sizeof(machine.hooks) - used, "%s(%s) ", hook, rules[rule]);
    if ( machine.asked < 64 )
        machine.about[machine.asked] = d ? d->domain_id : DOMID_INVALID;
    machine.asked++;
}

int port_xsm(const char *hook, enum port_rule rule, const struct domain *caller,
             const struct domain *d)
{
    note(hook, rule, d);
    return policy(machine.denied, hook, rule, caller, d);
}

unsigned long port_nospec(unsigned long i, unsigned long n)
{
    machine.clamped++;
    return i < n ? i : 0;
}

bool port_preempt_check(void)
{
    return machine.looks++ == machine.preempt_at || machine.preempt_always;
}

unsigned long hypercall_create_continuation(unsigned int nr, const char *format, ...)
{
    struct continuation *next = &machine.next;
    va_list list;

    memset(next, 0, sizeof(*next));
    next->wanted = true;
    next->nr = nr;
    va_start(list, format);
    for ( ; *format && next->arguments < 5; format++ )
        switch ( *format )
        {
        case 'i':
            next->reg[next->arguments++] = va_arg(list, unsigned int);
            break;
        case 'h':
            next->reg[next->arguments++] = (unsigned long)va_arg(list, XEN_GUEST_HANDLE(void)).p;
            break;
        case 'l':
            next->reg[next->arguments++] = va_arg(list, unsigned long);
            break;
        default:
            port_unreachable(format, __LINE__);
        }
    va_end(list);
    return nr;
}
