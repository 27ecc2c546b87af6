/* SPDX-License-Identifier: MIT */
/*
 * Does the explorer know the memory that it claims to know? Small programs whose
 * outcomes are known: what must be found is found, and what must not is not.
 */
#include <stdio.h>

#include "port.h"
#include "litmus.h"

static uint64_t x, y, z;
static uint64_t r0, r1, r2;
static struct port_lock lock;

static void prepare(void)
{
    x = y = z = r0 = r1 = r2 = 0;
}

/* Message passing: data, then a flag. */
static void mp_plain(void) { port_store(&x, 1); port_store(&y, 1); }
static void mp_release(void) { port_store(&x, 1); port_store_release(&y, 1); }
static void mp_fence(void) { port_store(&x, 1); port_fence(); port_store(&y, 1); }
static void mp_reads(void)
{
    r0 = port_load(&y);
    r1 = port_load(&x);
    explore_require(!(r0 == 1 && r1 == 0), "the flag came before the data");
}
static void mp_acquires(void)
{
    r0 = port_load_acquire(&y);
    r1 = port_load(&x);
    explore_require(!(r0 == 1 && r1 == 0), "the flag came before the data");
}
static void mp_fences(void)
{
    r0 = port_load(&y);
    port_fence();
    r1 = port_load(&x);
    explore_require(!(r0 == 1 && r1 == 0), "the flag came before the data");
}

/* Store buffering: each stores, then reads the other's. */
static void sb_plain_0(void) { port_store(&x, 1); r0 = port_load(&y); }
static void sb_plain_1(void) { port_store(&y, 1); r1 = port_load(&x); }
static void sb_release_0(void) { port_store_release(&x, 1); r0 = port_load_acquire(&y); }
static void sb_release_1(void) { port_store_release(&y, 1); r1 = port_load_acquire(&x); }
static void sb_fence_0(void) { port_store(&x, 1); port_fence(); r0 = port_load(&y); }
static void sb_fence_1(void) { port_store(&y, 1); port_fence(); r1 = port_load(&x); }
static void sb_concludes(void)
{
    explore_require(r0 || r1, "neither saw the other");
}

/* Load buffering: each reads, then stores what the other reads. Not in the model, but noted. */
static void lb_plain_0(void) { r0 = port_load(&x); port_store(&y, 1); }
static void lb_plain_1(void) { r1 = port_load(&y); port_store(&x, 1); }
static void lb_release_0(void) { r0 = port_load(&x); port_store_release(&y, 1); }
static void lb_acquire_1(void) { r1 = port_load_acquire(&y); port_store(&x, 1); }
static void lb_fence_0(void) { r0 = port_load(&x); port_fence(); port_store(&y, 1); }
static void lb_concludes(void)
{
    explore_require(!(r0 && r1), "both saw what came later");
}

/* One word never goes back, whatever the loads are. */
static void one_word(void) { port_store(&x, 1); port_store(&x, 2); }
static void one_word_reads(void)
{
    r0 = port_load(&x);
    r1 = port_load(&x);
    explore_require(r0 <= r1, "a word went back from %lu to %lu", (unsigned long)r0, (unsigned long)r1);
}

/* Causes: who has seen the flag of one who saw the data sees the data. */
static void cause_0(void) { port_store(&z, 1); port_store_release(&x, 1); }
static void cause_1(void)
{
    if ( !port_load_acquire(&x) )
        explore_give_up();
    port_store_release(&y, 1);
}
static void cause_1_plain(void)
{
    if ( !port_load(&x) )
        explore_give_up();
    port_store_release(&y, 1);
}
static void cause_2(void)
{
    if ( !port_load_acquire(&y) )
        explore_give_up();
    explore_require(port_load(&z), "the cause came after what it caused");
}

/* Counting, with and without. */
static void add_plain(void) { port_store(&z, port_load(&z) + 1); }
static void add_atomic(void) { (void)port_fetch_add(&z, 1); }
static void add_locked(void)
{
    port_lock(&lock);
    port_store(&z, port_load(&z) + 1);
    port_unlock(&lock);
}
static void add_exchange(void)
{
    uint64_t old = port_load(&z);

    if ( port_cmpxchg(&z, old, old + 1) != old )
        explore_give_up();
}
static void add_concludes(void)
{
    explore_require(z == 2, "one of two was lost");
}

static const struct litmus rows[] = {
    { { "mp", "plain", prepare, { mp_plain, mp_reads }, NULL, false }, true, 0 },
    { { "mp+acq", "the store is plain", prepare, { mp_plain, mp_acquires }, NULL, false }, true, 0 },
    { { "mp+rel", "the load is plain", prepare, { mp_release, mp_reads }, NULL, false }, true, 0 },
    { { "mp+rel+acq", "both", prepare, { mp_release, mp_acquires }, NULL, false }, false, 0 },
    { { "mp+fences", "fences", prepare, { mp_fence, mp_fences }, NULL, false }, false, 0 },
    { { "mp+fence", "one fence", prepare, { mp_fence, mp_reads }, NULL, false }, true, 0 },
    { { "mp, later", "the reader comes last", prepare, { mp_plain, mp_reads }, NULL, true }, true, 0 },
    { { "mp+rel+acq, later", "both", prepare, { mp_release, mp_acquires }, NULL, true }, false, 0 },
    { { "sb", "plain", prepare, { sb_plain_0, sb_plain_1 }, sb_concludes, false }, true, 0 },
    { { "sb+rel+acq", "not enough", prepare, { sb_release_0, sb_release_1 }, sb_concludes, false }, true, 0 },
    { { "sb+fences", "fences", prepare, { sb_fence_0, sb_fence_1 }, sb_concludes, false }, false, 0 },
    { { "sb+fence", "one fence", prepare, { sb_fence_0, sb_plain_1 }, sb_concludes, false }, true, 0 },
    { { "lb", "plain", prepare, { lb_plain_0, lb_plain_1 }, lb_concludes, false }, false, 2 },
    { { "lb+rel", "one store is plain", prepare, { lb_release_0, lb_plain_1 }, lb_concludes, false }, false, 1 },
    { { "lb+rel+acq", "neither", prepare, { lb_release_0, lb_acquire_1 }, lb_concludes, false }, false, 0 },
    { { "lb+fence+acq", "nor here", prepare, { lb_fence_0, lb_acquire_1 }, lb_concludes, false }, false, 0 },
    { { "coherence", "one word", prepare, { one_word, one_word_reads }, NULL, false }, false, 0 },
    { { "causes", "releases", prepare, { cause_0, cause_1, cause_2 }, NULL, false }, false, 0 },
    { { "causes, plain", "one load is plain", prepare, { cause_0, cause_1_plain, cause_2 }, NULL, false }, true, 0 },
    { { "add", "plain", prepare, { add_plain, add_plain }, add_concludes, false }, true, 0 },
    { { "add+atomic", "at once", prepare, { add_atomic, add_atomic }, add_concludes, false }, false, 0 },
    { { "add+lock", "under a lock", prepare, { add_locked, add_locked }, add_concludes, false }, false, 0 },
    { { "add+exchange", "or not at all", prepare, { add_exchange, add_exchange }, add_concludes, false }, false, 0 },
};

unsigned int litmus_run(void)
{
    unsigned int i, wrong = 0;

    for ( i = 0; i < sizeof(rows) / sizeof(rows[0]); i++ )
    {
        struct explore_result result;
        bool fine;

        explore_nr_passes = 0;
        result = explore_run(&rows[i].scenario, 1000000, false);
        fine = result.found == rows[i].is_found && (result.found || result.is_complete) &&
               explore_nr_passes == rows[i].nr_passes;

        printf("%s litmus %s: %s, %lu runs\n", fine ? "ok" : "FAIL", rows[i].scenario.name,
               result.found ? "found" : "never", result.runs);
        wrong += !fine;
    }
    return wrong;
}
