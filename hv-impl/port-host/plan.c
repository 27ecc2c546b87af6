/* SPDX-License-Identifier: MIT */
/*
 * What is to go wrong, and what was seen to be wrong.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "host.h"

#define MOST_STEPS 20000                /* from one look to the next, unless planned */

struct machine_plan machine_plan;
struct machine_counters machine_counters;
#ifdef HV_TEST_BUGS
unsigned int hv_bug;
#endif

static char said[512];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void machine_plan_reset(void)
{
    machine_plan = (struct machine_plan){
        .fail_alloc_at = MACHINE_NEVER, .fail_page_at = MACHINE_NEVER,
        .fail_window_at = MACHINE_NEVER, .fail_copy_at = MACHINE_NEVER,
        .fail_device_at = MACHINE_NEVER, .preempt_at = MACHINE_NEVER,
    };
    machine_counters = (struct machine_counters){ 0 };
    here.planned = true;
}

#ifndef PORT_QUICK
bool plan_fails(uint64_t *counter, uint64_t at)
{
    if ( machine_plan.only_current && !here.planned )
        return false;
    return __atomic_fetch_add(counter, 1, __ATOMIC_RELAXED) == at;
}
#endif

void violation(const char *format, ...)
{
    va_list list;

    pthread_mutex_lock(&lock);
    if ( !said[0] )
    {
        va_start(list, format);
        vsnprintf(said, sizeof(said), format, list);
        va_end(list);
    }
    pthread_mutex_unlock(&lock);
}

const char *machine_violation(void)
{
    return said[0] ? said : NULL;
}

void machine_forget(void)
{
    said[0] = 0;
    marks_forget();
}

#ifndef PORT_QUICK
void host_step(void)
{
    unsigned int most = machine_plan.most_steps ? machine_plan.most_steps : MOST_STEPS;

    if ( ++here.steps == most && here.in_call )
        violation("%u steps, and nobody has looked whether others shall run", most);
}
#endif

/* The most steps from one look to the next, or to the end of a call. */
void host_looked(void)
{
    uint64_t most = __atomic_load_n(&machine_counters.steps_most, __ATOMIC_RELAXED);

    if ( here.steps > most )
        __atomic_store_n(&machine_counters.steps_most, here.steps, __ATOMIC_RELAXED);
    here.steps = 0;
}

bool port_preempt_check(void)
{
    bool now = plan_fails(&machine_counters.looks, machine_plan.preempt_at);

    host_looked();
    return now || (machine_plan.preempt_always && (!machine_plan.only_current || here.planned));
}

void port_point(const char *name)
{
    struct here saved;

    if ( !machine_plan.at_point || here.in_point )
        return;
    saved = here;
    here.in_point = true;
    here.in_call = here.in_multicall = false;
    here.rcu = 0;
    machine_plan.at_point(name, machine_plan.context);
    port_assert(here.locks == saved.locks);
    here = saved;
}

void machine_print_called(const uint64_t called[MACHINE_CALLS])
{
    static const char *const names[MACHINE_CALLS] = { "grant_table", "memory", "pmt", "dom0vp" };
    unsigned int which, op;

    for ( which = 0; which < MACHINE_CALLS; which++ )
    {
        printf("called %s", names[which]);
        for ( op = 0; op < 64; op++ )
            if ( called[which] >> op & 1 )
                printf(" %u", op);
        printf("\n");
    }
}

void port_unreachable(const char *file, int line)
{
    fprintf(stderr, "%s:%d: the hypervisor is lost\n", file, line);
    abort();
}
