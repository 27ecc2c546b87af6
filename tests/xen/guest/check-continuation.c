/* SPDX-License-Identifier: MIT */
/*
 * A batch that Xen breaks off, because a timer went off, and takes up again.
 * In a multicall the place to resume from is seen in the entry.
 */
#include "guest.h"

#define ELEMENTS 600
#define TRIES 100
#define DELAY 200000UL                  /* ns; a whole batch takes some ms. */

static struct gnttab_copy elements[ELEMENTS];
static uint64_t *from, *to;

static uint64_t ticks(void)
{
    uint32_t low, high;

    asm volatile("rdtsc" : "=a"(low), "=d"(high));
    return (uint64_t)high << 32 | low;
}

/* Xen's time in ns, by the scale that it keeps in shared_info. */
static uint64_t now(void)
{
    const volatile struct vcpu_time_info *time = &shared_info->vcpu_info[0].time;
    uint64_t passed = ticks() - time->tsc_timestamp;

    passed = time->tsc_shift < 0 ? passed >> -time->tsc_shift : passed << time->tsc_shift;
    return time->system_time + (uint64_t)(((__uint128_t)passed * time->tsc_to_system_mul) >> 32);
}

static void prepare(void)
{
    unsigned int i;

    for ( i = 0; i < ELEMENTS; i++ )
        elements[i] = (struct gnttab_copy){
            .source = { .u.gmfn = mfn_of(from), .domid = DOMID_SELF },
            .dest = { .u.gmfn = mfn_of(to), .domid = DOMID_SELF },
            .len = PAGE_SIZE, .status = 1,
        };
}

static unsigned int count_done(void)
{
    unsigned int i, okay = 0;

    for ( i = 0; i < ELEMENTS; i++ )
        okay += elements[i].status == GNTST_okay;
    return okay;
}

/* The same in one piece or in several: registers are rewritten in between. */
static void directly(void)
{
    prepare();
    must_be("set_timer_op", xen_call(__HYPERVISOR_set_timer_op, now() + DELAY), 0);
    succeeds(hc_grant_table_copy, "9.8 same final result", "a batch with a timer going off",
             hc_grant_table_copy(elements, ELEMENTS), EQ, 0);
    shows(hc_grant_table_copy, "9.8 same final result", "all elements are done",
          count_done(), EQ, ELEMENTS);
}

static void in_multicall(void)
{
    multicall_entry_t call;
    unsigned int tries = 0, done;

    do
    {
        prepare();
        hc_multi_grant_table_copy(&call, elements, ELEMENTS);
        must_be("set_timer_op", xen_call(__HYPERVISOR_set_timer_op, now() + DELAY), 0);
        must_be("multicall", hc_multicall(&call, 1), 0);
        done = ELEMENTS - call.args[2];
    }
    while ( !done && ++tries < TRIES );

    shows(hc_grant_table_copy, "3.5 continuation", "elements before the break", done, GE, 1);
    shows(hc_grant_table_copy, "3.5 uop + N*size", "where Xen went on", call.args[1],
          EQ, (unsigned long)&elements[done]);
    shows(hc_multicall, "9.8 same final result", "the call works", call.result, EQ, 0);
    shows(hc_multicall, "9.8 same final result", "all elements are done",
          count_done(), EQ, ELEMENTS);
}

void check_continuation(void)
{
    from = page_take();
    to = page_take();
    directly();
    in_multicall();
}
