/* SPDX-License-Identifier: MIT */
/*
 * An exhaustive explorer for weak memory: runs a few threads of real code in every
 * order, and lets every load return every value that it may.
 *
 * The memory model is that of views. A location is a list of the values that were ever
 * stored. A thread knows, for each location, the oldest value that it may still see; a
 * load returns that one or any later one. A release store carries what its thread knows,
 * an acquire load takes that over, nothing else does: so plain loads pass each other, plain
 * stores pass each other, and loads pass stores, also where one address depends on another
 * load, which ia64 does not allow. A full fence joins what its thread knows and what all
 * fences before it knew.
 *
 * What ia64 allows, and the model does not have, is a plain store that passes an earlier
 * plain load of its own thread ("lb" of litmus.c: nobody sees it happen).
 * So each such pair that a run meets, with no full fence between, is noted, and fails the
 * check unless a scenario says why nothing hangs on it: of the table and of entries there
 * is none, since their stores are releases, and releases pass nothing.
 *
 * A run is the choices that it made, one number each; the next run changes the last
 * one that can be changed. A finding is printed as the steps that led there.
 */
#ifndef EXPLORE_H
#define EXPLORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum explore_order { EXPLORE_RELAXED, EXPLORE_ACQUIRE, EXPLORE_RELEASE, EXPLORE_FULL };

/* One place in the code that asks for an order; weakened, it asks for none. */
struct explore_site {
    const char *file, *function;
    unsigned int line;
    enum explore_order order;
    bool is_listed, is_weakened;
    struct explore_site *next;
};
extern struct explore_site *explore_sites;

/*
 * A plain store to a word that others use, behind a plain load of one that others store to,
 * no full fence between: the pairs that were met in any run.
 */
#define EXPLORE_PASSES 64
struct explore_pass { const struct explore_site *load, *store; };
extern struct explore_pass explore_passes[EXPLORE_PASSES];
extern unsigned int explore_nr_passes;

/* What port.h makes of the accesses of the code under test. */
uint64_t explore_load(const void *at, size_t size, enum explore_order order,
                      struct explore_site *site);
void explore_store(void *at, size_t size, uint64_t value, enum explore_order order,
                   struct explore_site *site);
uint64_t explore_exchange(void *at, size_t size, uint64_t old, uint64_t new,
                          struct explore_site *site);
uint64_t explore_add(void *at, size_t size, uint64_t value, struct explore_site *site);
void explore_fence(struct explore_site *site);
void explore_lock(void *lock, struct explore_site *site);
void explore_unlock(void *lock, struct explore_site *site);
/* All threads get to know what there is now, as after an interrupt that each answers. */
void explore_everybody_knows(void);

/* ---- scenarios ------------------------------------------------------------------ */

#define EXPLORE_THREADS 3

struct explore_scenario {
    const char *name, *says;
    void (*prepare)(void);              /* before the threads begin; accesses are plain */
    void (*thread[EXPLORE_THREADS])(void);
    void (*conclude)(void);             /* after them; accesses are plain */
    /*
     * The last thread stores nothing: then all others can run to their ends before
     * it, since every value that it could have seen on the way is still to be seen.
     */
    bool last_only_reads;
};

/* n possibilities: one of 0 to n - 1, and in some run each of them. */
unsigned int explore_choose(unsigned int n);
/* What all who come after this place of the calling thread know at least. */
void explore_milestone(void);
/* The calling thread has met one of the others at a milestone, which is chosen. Its number. */
unsigned int explore_meet(void);
unsigned int explore_milestones(void);

/* Whatever is false here is a finding. */
void explore_require(bool fine, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* This run is of no interest: a loop that only waits. */
void explore_give_up(void) __attribute__((noreturn));
void explore_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

struct explore_result {
    unsigned long runs, given_up;
    bool found, is_complete;
};
/* Stops at the first finding; prints it if told. At most so many runs. */
struct explore_result explore_run(const struct explore_scenario *scenario, unsigned long most,
                                  bool print);

#endif /* EXPLORE_H */
