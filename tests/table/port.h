/* SPDX-License-Identifier: MIT */
/*
 * A port for the table alone: windows whose frames can be as small as a few words,
 * locks, a look at each load of a reader, and mistakes in how stores reach others.
 * What the table needs beside it is in hv-impl/port-names.h.
 */
#ifndef PORT_H
#define PORT_H

#include <pthread.h>

#include "port-small.h"

struct pmt;
struct port_lock {
    pthread_mutex_t mutex;
    unsigned int order;
};

#include "port-names.h"

void port_failed(const char *what, const char *file, int line) __attribute__((noreturn));
#define port_assert(x) ((x) ? (void)0 : port_failed(#x, __FILE__, __LINE__))

/* Called before each load of a reader, and between the steps of a writer. */
extern __thread void (*test_load)(void);
extern __thread void (*test_point)(const char *name);
#define PORT_POINT(name) (test_point ? test_point(name) : (void)0)
#define PMT_LOAD_ACQUIRE(p) ((test_load ? test_load() : (void)0), port_load_acquire(p))
/* A reader's, who sees no store that is late. */
#define PMT_LOAD(p) __atomic_load_n(p, __ATOMIC_RELAXED)

/* How stores and frames can go wrong. */
enum test_control {
    CONTROL_NONE,
    CONTROL_TORN,               /* a word is stored in two halves */
    CONTROL_LATE_LEAF,          /* words of leaf are seen after those of dir */
    CONTROL_LATE_DIR,           /* words of dir are seen after those of top and the gate */
    CONTROL_FOREIGN_FRAME,      /* a dropped frame shows what another one has */
};
extern enum test_control test_control;
extern const struct pmt *test_table;     /* whose stores are late */

void test_store(void *at, uint64_t value, unsigned int size);
#undef port_store_release
#define port_store_release(p, v) test_store(p, (uint64_t)(v), sizeof(*(p)))
uint64_t test_peek(const void *at, unsigned int size);
#undef port_load
#define port_load(p) ((__typeof__(*(p)))test_peek(p, sizeof(*(p))))

/* The Nth window or commit from now on fails, from 0; ~0: none. */
extern uint64_t test_fail_at;
extern uint64_t test_commits;           /* so many there were */

uint64_t test_frames(void);             /* that are committed now */
unsigned int test_nr_windows(void);
const char *test_strays(void);          /* something stands where nothing was committed */
bool test_committed(const void *at);

#endif /* PORT_H */
