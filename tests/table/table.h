/* SPDX-License-Identifier: MIT */
/*
 * What the tests of the table share.
 */
#ifndef TABLE_H
#define TABLE_H

#include <stdio.h>

#include "hv-bug.h"
#include "pmt-parts.h"

extern unsigned int table_passed, table_failed;
extern const char *table_name;          /* of the test that runs */
extern bool table_wrong;                /* it has failed */
extern uint64_t table_seed;

#define CHECK(x) ((x) ? (void)0 : table_fail(#x, __FILE__, __LINE__))
void table_fail(const char *what, const char *file, int line);

/* TESTS(X): X(name). Each is a function; what it says is in front of it. */
#define TABLE_TEST_LIST(X)                                                     \
    X(words) X(sizes_of_pages) X(limits) X(runs) X(holes) X(next) X(growth)    \
    X(batch) X(attributes_split) X(sixty_four_k) X(windows) X(reverse) X(told) \
    X(flips) X(forms) X(gate) X(gate_signs) X(merges) X(merging_by_itself)     \
    X(failing) X(failing_create) X(model) X(audit_twins) X(audit_walk)         \
    X(late_reader_of_leaf) X(late_reader_of_dir) X(late_reader_of_nothing)     \
    X(late_reader_by_leaf) X(late_run)                                         \
    X(reader_at_each_load) X(reader_at_each_step) X(controls_by_step)          \
    X(insert_sizes) X(insert_rights) X(insert_memory) X(insert_small)          \
    X(insert_race) X(defects)                                                  \
    X(race_replace) X(race_split) X(race_merge) X(race_grow) X(race_swap)      \
    X(controls_by_race)
#define TABLE_DECLARE(name) void test_##name(void);
TABLE_TEST_LIST(TABLE_DECLARE)

/* A number that follows from the seed. */
uint64_t table_random(uint64_t below);

/* An entry of memory that may be written. */
static inline uint64_t ram(uint64_t mfn)
{
    return PMTE_present | PMTE_writable | mfn << 12;
}

/* A table of this many pages, 4 KiB each or a granule, that begins empty. */
void table_start(struct pmt *t, uint64_t max);
void table_stop(struct pmt *t);         /* audit, frames, and nothing is left */
/* Frames that the table's form needs are there, no others. */
const char *table_frames(const struct pmt *t);
const char *table_audit(const struct pmt *t);

/* pmt_lookup() as where the gate says to look at leaves first, whatever it says. */
uint64_t table_by_leaf(const struct pmt *t, uint64_t gpfn);

/* prepare and set, or set_run, with the lock. */
int table_set(struct pmt *t, uint64_t gpfn, uint64_t entry);
int table_run(struct pmt *t, uint64_t gpfn, uint64_t nr, uint64_t entry);

#endif /* TABLE_H */
