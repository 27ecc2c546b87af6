/* SPDX-License-Identifier: MIT */
/* Run every group of checks by each way, let dom0 look, end. */
#define WAY "page"
#include "payload.h"

#include <xen/sched.h>

static long sched_op(unsigned int command, void *argument)
{
    long result;

#ifdef __x86_64__
    asm volatile("vmmcall" : "=a"(result), "+D"(command), "+S"(argument)
                 : "0"((long)__HYPERVISOR_sched_op) : "memory", "rcx", "r11");
#else
    asm volatile("vmmcall" : "=a"(result), "+b"(command), "+c"(argument)
                 : "0"(__HYPERVISOR_sched_op) : "memory");
#endif
    return result;
}

void *memset(void *to, int value, size_t size)
{
    char *byte = to;

    while ( size-- )
        *byte++ = value;
    return to;
}

void *memcpy(void *to, const void *from, size_t size)
{
    char *byte = to;
    const char *source = from;

    while ( size-- )
        *byte++ = *source++;
    return to;
}

void payload_main(void)
{
    struct sched_shutdown shutdown = { .reason = SHUTDOWN_poweroff };

#define X(group) meeting->where++; NAME(group, page)();
    GROUPS(X)
#undef X
#define X(group) meeting->where++; NAME(group, vmmcall)();
    GROUPS(X)
#undef X

    grant_to_dom0();
    meeting->stage = 1;
    while ( meeting->stage != 2 )
        sched_op(SCHEDOP_yield, NULL);
    sched_op(SCHEDOP_shutdown, &shutdown);
}
