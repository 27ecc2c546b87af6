/* SPDX-License-Identifier: MIT */
/* Memory, and ways to run: see actors.h. */
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

#include "actors.h"
#include "host.h"

/* ---- memory ------------------------------------------------------------------------- */

/* PV callers are told machine frames in the place of what they asked for. */
long populate(struct domain *d, uint64_t gfn, unsigned int order)
{
    unsigned long list = gfn;
    struct xen_memory_reservation op = { .nr_extents = 1, .extent_order = order, .domid = DOMID_SELF };

    set_xen_guest_handle(op.extent_start, &list);
    as(d);
    return hc_memory_populate_physmap(&op);
}

long decrease(struct domain *d, uint64_t gfn, unsigned int order)
{
    unsigned long list = frame_at(d, gfn);
    struct xen_memory_reservation op = { .nr_extents = 1, .extent_order = order, .domid = DOMID_SELF };

    set_xen_guest_handle(op.extent_start, &list);
    as(d);
    return hc_memory_decrease_reservation(&op);
}

long add_to_physmap(struct domain *d, unsigned int space, uint64_t index, uint64_t gfn)
{
    struct xen_add_to_physmap op = { .domid = DOMID_SELF, .space = space, .idx = index, .gpfn = gfn };

    as(d);
    return hc_memory_add_to_physmap(&op);
}

long remove_from_physmap(struct domain *d, uint64_t gfn)
{
    struct xen_remove_from_physmap op = { .domid = DOMID_SELF, .gpfn = gfn };

    as(d);
    return hc_memory_remove_from_physmap(&op);
}

long exchange(struct domain *d, uint64_t gfn)
{
    unsigned long in = frame_at(d, gfn), out = gfn;
    struct xen_memory_exchange op = {
        .in = { .nr_extents = 1, .domid = DOMID_SELF },
        .out = { .nr_extents = 1, .domid = DOMID_SELF },
    };

    set_xen_guest_handle(op.in.extent_start, &in);
    set_xen_guest_handle(op.out.extent_start, &out);
    as(d);
    return hc_memory_exchange(&op);
}

/* ---- with somebody in between --------------------------------------------------------- */

static struct {
    unsigned int seen, wanted;
    struct domain **whose, *other;
    run_fn *second;
    bool thread, ran;
    const char *name;
} between;

static void run_second(void *unused)
{
    (void)unused;
    as_which = 2;
    between.second();
    port_store_release(&between.ran, true);     /* pairs with the load in meet */
}

/* Where a lock is held the other one waits for it: a thread, and a while for it to get there. */
static void meet(const char *name, void *unused)
{
    struct vcpu *me = current;
    unsigned int i;

    (void)unused;
    if ( as_which == 2 )                /* the other one itself, in its thread */
        return;
    if ( between.seen++ != between.wanted )
        return;
    between.name = name;
    if ( !*between.whose )
        return;
    if ( here.locks )
    {
        between.thread = true;
        between.other = *between.whose;
        machine_thread(machine_vcpu(between.other, 2), run_second, NULL);
        for ( i = 0; i < 100 && !port_load_acquire(&between.ran); i++ )     /* pairs with run_second */
            sched_yield();
        return;
    }
    as_which = 1;
    between.second();
    as_which = 0;
    machine_run_as(me);
}

unsigned int interleaved(run_fn *prepare, run_fn *first, struct domain **whose,
                         run_fn *second, run_fn *verify)
{
    unsigned int missed_before, n;

    for ( n = 0; n < 1000; n++ )
    {
        prepare();
        machine_plan_reset();
        memset(&between, 0, sizeof(between));
        between.wanted = n;
        between.whose = whose;
        between.second = second;
        missed_before = missed;
        machine_plan.at_point = meet;
        machine_plan.only_current = true;
        first();
        if ( between.thread )
            machine_join(machine_vcpu(between.other, 2));
        machine_plan_reset();
        if ( between.seen <= n )
            return n;
        verify();
        all_well();
        if ( missed > missed_before )
            printf("  (with somebody at place %u, %s)\n", n, between.name);
    }
    return n;
}

/* ---- with failures -------------------------------------------------------------------- */

static uint64_t *planned(enum failing what)
{
    switch ( what )
    {
    case FAIL_ALLOC:  return &machine_plan.fail_alloc_at;
    case FAIL_PAGE:   return &machine_plan.fail_page_at;
    case FAIL_WINDOW: return &machine_plan.fail_window_at;
    case FAIL_COPY:   return &machine_plan.fail_copy_at;
    default:          return &machine_plan.fail_device_at;
    }
}

static uint64_t counted(enum failing what)
{
    switch ( what )
    {
    case FAIL_ALLOC:  return machine_counters.allocs;
    case FAIL_PAGE:   return machine_counters.pages;
    case FAIL_WINDOW: return machine_counters.windows;
    case FAIL_COPY:   return machine_counters.copies;
    default:          return machine_counters.devices;
    }
}

unsigned int failing(unsigned int which, run_fn *prepare, run_fn *op, run_fn *verify)
{
    static const char *const names[] = { "memory", "page", "window", "copy", "device entry" };
    unsigned int bit, n, times = 0, missed_before;
    bool hit;

    for ( bit = 0; bit < 5; bit++ )
        for ( n = 0; (which & (1u << bit)) && n < 1000; n++ )
        {
            prepare();
            machine_plan_reset();
            *planned(1u << bit) = n;
            missed_before = missed;
            op();
            hit = counted(1u << bit) > n;
            machine_plan_reset();
            verify();
            all_well();
            if ( missed > missed_before )
                printf("  (with %s %u failing)\n", names[bit], n);
            if ( !hit )
                break;
            times++;
        }
    return times;
}

unsigned int interrupted(run_fn *prepare, run_fn *op, run_fn *verify)
{
    uint64_t looks;
    unsigned int n;

    prepare();
    machine_plan_reset();
    machine_plan.preempt_always = true;
    op();
    machine_plan_reset();
    verify();
    all_well();
    for ( n = 0; n < 1000; n++ )
    {
        prepare();
        machine_plan_reset();
        machine_plan.preempt_at = n;
        op();
        looks = machine_counters.looks;
        machine_plan_reset();
        verify();
        all_well();
        if ( looks <= n )
            break;
    }
    return n;
}

/* ---- at the same time ------------------------------------------------------------------ */

static struct thread { struct domain *d; unsigned int vcpu; void (*run)(void *); void *argument; } threads[8];
static unsigned int nr_threads;

static void run_thread(void *argument)
{
    struct thread *t = argument;

    as_which = t->vcpu;
    t->run(t->argument);
}

void meanwhile(struct domain *d, unsigned int vcpu, void (*run)(void *), void *argument)
{
    struct thread *t = &threads[nr_threads++];

    *t = (struct thread){ d, vcpu, run, argument };
    machine_thread(machine_vcpu(d, vcpu), run_thread, t);
}

void join_all(void)
{
    while ( nr_threads )
    {
        nr_threads--;
        machine_join(machine_vcpu(threads[nr_threads].d, threads[nr_threads].vcpu));
    }
}
