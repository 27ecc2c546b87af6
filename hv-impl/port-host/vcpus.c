/* SPDX-License-Identifier: MIT */
/*
 * Processors are threads; the kernel's memory of a guest.
 */
#include <stdlib.h>

#include "host.h"

__thread struct vcpu *port_current;

struct vcpu *machine_vcpu(struct domain *d, unsigned int nr)
{
    port_assert(nr < d->port->nr_vcpus);
    return &d->port->vcpu[nr].vcpu;
}

static void find_stack(void)
{
    pthread_attr_t attributes;
    size_t bytes;
    void *start;

    if ( here.stack_end )
        return;
    if ( pthread_getattr_np(pthread_self(), &attributes) ||
         pthread_attr_getstack(&attributes, &start, &bytes) )
        port_unreachable(__FILE__, __LINE__);
    pthread_attr_destroy(&attributes);
    here.stack = (unsigned long)start;
    here.stack_end = (unsigned long)start + bytes;
}

void machine_run_as(struct vcpu *v)
{
    find_stack();
    port_current = v;
}

static void *run(void *argument)
{
    struct port_vcpu *v = argument;

    machine_run_as(&v->vcpu);
    v->run(v->argument);
    return NULL;
}

void machine_thread(struct vcpu *v, void (*what)(void *argument), void *argument)
{
    v->port->run = what;
    v->port->argument = argument;
    __atomic_fetch_add(&host.threads, 1, __ATOMIC_SEQ_CST);
    if ( pthread_create(&v->port->thread, NULL, run, v->port) )
        port_unreachable(__FILE__, __LINE__);
}

void machine_join(struct vcpu *v)
{
    if ( pthread_join(v->port->thread, NULL) )
        port_unreachable(__FILE__, __LINE__);
    __atomic_fetch_sub(&host.threads, 1, __ATOMIC_SEQ_CST);
}

/* ---- the kernel's memory ------------------------------------------------------------------ */

#define LEAST_SHIFT 6

static unsigned int shift_of(size_t bytes)
{
    unsigned int shift = LEAST_SHIFT;

    while ( bytes > 1ul << shift )
        shift++;
    return shift;
}

/* What is free has the next in its first word. Guest-physical 0 stays unused. */
static void *take_free(struct port_domain *p, unsigned int shift)
{
    uint64_t from = (p->kernel_used + 63) & ~63ul;
    void *at = p->kernel_free[shift];

    if ( at )
    {
        p->kernel_free[shift] = *(void **)at;
        return at;
    }
    if ( !from )
        from = 64;
    if ( from > p->kernel_bytes || 1ul << shift > p->kernel_bytes - from )
        return NULL;
    p->kernel_used = from + (1ul << shift);
    return p->kernel + from;
}

void *machine_guest_alloc(struct domain *d, size_t bytes)
{
    struct port_domain *p = d->port;
    unsigned int shift = shift_of(bytes);
    void *at = NULL;

    if ( shift >= 32 )
        return NULL;
    pthread_mutex_lock(&p->kernel_lock);
    if ( p->kernel )
        at = take_free(p, shift);
    pthread_mutex_unlock(&p->kernel_lock);
    if ( at )
        memset(at, 0, 1ul << shift);
    return at;
}

void machine_guest_free(struct domain *d, void *at, size_t bytes)
{
    struct port_domain *p = d->port;
    unsigned int shift = shift_of(bytes);

    if ( !at )
        return;
    pthread_mutex_lock(&p->kernel_lock);
    *(void **)at = p->kernel_free[shift];
    p->kernel_free[shift] = at;
    pthread_mutex_unlock(&p->kernel_lock);
}

void machine_guest_reset(struct domain *d)
{
    pthread_mutex_lock(&d->port->kernel_lock);
    memset(d->port->kernel_free, 0, sizeof(d->port->kernel_free));
    d->port->kernel_used = 0;
    pthread_mutex_unlock(&d->port->kernel_lock);
}

uint64_t machine_hypercalls(void)
{
    return __atomic_load_n(&host.hypercalls, __ATOMIC_RELAXED);
}
