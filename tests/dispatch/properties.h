/* SPDX-License-Identifier: MIT */
/* What properties.c, written.c and clauses.c share. Needs harness.h. */
#ifndef PROPERTIES_H
#define PROPERTIES_H

#define LISTS_AT (GUEST_BASE + 0x20000)     /* where arrays behind handles lie */

/* There nobody is told machine frames: all are translated. */
#ifdef PORT_IA64
#define IS_IA64 true
#else
#define IS_IA64 false
#endif

bool case_is_here(const struct test_case *c);   /* in this family */
bool row_is_of_family(const struct row *row);   /* it is of no one family, or of this */
bool case_is_count(const struct test_case *c);
bool case_has_status(const struct test_case *c);
unsigned int case_steps(const struct test_case *c);

void test_copy_back(const struct test_case *c);
void test_uninitialised(const struct test_case *c);
void test_balance(const struct test_case *c);
void test_batch(const struct test_case *c);
void test_ahead(const struct test_case *c);

#endif /* PROPERTIES_H */
