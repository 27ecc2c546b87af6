/* SPDX-License-Identifier: MIT */
/*
 * Locks whose order is enforced: taking one that is not above all that are held
 * aborts, and says which two.
 */
#include <linux/futex.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "host.h"

__thread struct here here;

#ifdef __SANITIZE_THREAD__
uint64_t port_fence_word;
#endif

#ifndef PORT_QUICK
static void out_of_order(const struct port_lock *held, const struct port_lock *l)
{
    fprintf(stderr, "lock of rank %u, order %u is taken under one of rank %u, order %u\n",
            l->rank >> 24, l->rank & 0xffffff, held->rank >> 24, held->rank & 0xffffff);
    abort();
}
#endif

void port_lock_init(struct port_lock *l, unsigned int rank, uint64_t order)
{
    l->rank = rank << 24 | (uint32_t)(order & 0xffffff);
    __atomic_store_n(&l->word, 0, __ATOMIC_RELEASE);
}

void port_lock(struct port_lock *l)
{
    unsigned int tries;
    uint32_t free = 0;
#ifndef PORT_QUICK
    unsigned int i;

    host_step();
    for ( i = 0; i < here.locks; i++ )
        if ( here.lock[i]->rank >= l->rank )
            out_of_order(here.lock[i], l);
    if ( machine_plan.at_lock )
        machine_plan.at_lock(l, l->rank >> 24, machine_plan.context);
    port_assert(here.locks < sizeof(here.lock) / sizeof(here.lock[0]));
    here.lock[here.locks++] = l;
#endif
    for ( tries = 0; tries < 100; tries++, free = 0 )
        if ( __atomic_compare_exchange_n(&l->word, &free, 1, false, __ATOMIC_ACQUIRE,
                                         __ATOMIC_RELAXED) )
            return;
    while ( __atomic_exchange_n(&l->word, 2, __ATOMIC_ACQUIRE) != 0 )
        syscall(SYS_futex, &l->word, FUTEX_WAIT_PRIVATE, 2, NULL, NULL, 0);
}

void port_unlock(struct port_lock *l)
{
#ifndef PORT_QUICK
    unsigned int i;

    for ( i = 0; i < here.locks && here.lock[i] != l; i++ )
        ;
    if ( i == here.locks )
    {
        fprintf(stderr, "a lock of rank %u, which is not held, is let go\n", l->rank >> 24);
        abort();
    }
    for ( ; i + 1 < here.locks; i++ )
        here.lock[i] = here.lock[i + 1];
    here.locks--;
#endif
    if ( __atomic_exchange_n(&l->word, 0, __ATOMIC_RELEASE) == 2 )
        syscall(SYS_futex, &l->word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}
