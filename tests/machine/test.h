/* SPDX-License-Identifier: MIT */
/*
 * Tests of the simulated machine itself. Each test gets a machine with a first
 * domain, and another without the right; afterwards the audit and the end of the
 * machine have to be quiet, unless the test says that it has found something.
 */
#ifndef TESTS_MACHINE_TEST_H
#define TESTS_MACHINE_TEST_H

#include <stdio.h>

#include "host.h"
#include "grant.h"
#include "p2m.h"

#include "hc-grant_table.h"
#include "hc-memory.h"
#include "hc-pmt.h"
#include "hc-xen.h"

unsigned long hc_host_call(unsigned int nr, unsigned long reg[5]);

extern struct domain *dom0, *domu;
extern struct vcpu *v0, *vu;
extern unsigned int failures;

#define CHECK(x) ((x) ? (void)0 : (void)(failures++, printf("    %s:%d: %s\n", __FILE__, __LINE__, #x)))

/* What the audit says has these words, and is forgotten then. */
#define FINDS(words) CHECK(found(words))
bool found(const char *words);
/* The function aborts, and says these words on the way. */
bool aborts(void (*function)(void), const char *words);

#define MACHINE_TESTS(X)                                                       \
    /* pages.c */                                                              \
    X(pages_come_and_go) X(references) X(types) X(changing_hands) X(charges)   \
    X(addresses) X(special_pages) X(device_memory) X(layouts)                  \
    /* tlbs.c */                                                               \
    X(rights) X(stale_translation) X(stale_page_is_freed) X(stale_given_away)  \
    X(change_during_insert) X(flush_waits) X(flush_is_needed) X(large_pages)    \
    X(device_reach) X(devices_are_flushed) X(linear)                           \
    /* calls.c */                                                              \
    X(machphys_rows) X(page_table_rows) X(multicall_rows) X(continuations)     \
    X(where_arguments_are) X(raw_calls_elsewhere) X(classic_flip)    \
    X(xencomm_rows)              \
    /* plans.c */                                                              \
    X(allocation_fails) X(page_fails) X(window_fails) X(copy_fails)            \
    X(device_fails) X(preemption) X(denial) X(holes) X(adversary) X(points)    \
    /* plants.c */                                                             \
    X(leak_in_memory) X(leak_in_register) X(leak_in_shared_frame)              \
    X(leak_is_none) X(lock_order) X(lock_is_kept) X(domain_is_kept)            \
    X(copy_under_lock) X(lost_reference) X(lost_writer) X(reverse_is_wrong)    \
    X(charge_is_wrong) X(too_many_steps) X(stray_write) X(left_over)           \
    X(wrong_size) X(not_checked) X(put_too_often) X(dying_domain_holds) \
    X(never_set)

#define MACHINE_TEST(name) void test_##name(void);
MACHINE_TESTS(MACHINE_TEST)
#undef MACHINE_TEST

#endif /* TESTS_MACHINE_TEST_H */
