/* SPDX-License-Identifier: MIT */
/*
 * What can go wrong, at each place where it can. A scenario is a state, reached
 * by operations of tests/naive, and a call that works there. It is made again
 * and again, and each time the next allocation, page, window, copy or device
 * entry fails, or something is pending at the next look, until none is left; of a page
 * that is read byte by byte the first ones, and some of the others.
 */
#ifndef FAULTS_H
#define FAULTS_H

#include "../naive/naive.h"
#include "port.h"

#define MOST_SETUP     10
#define MOST_ELEMENTS  4

struct scenario {
    const char *name;
    struct operation setup[MOST_SETUP];     /* up to the first of kind NO_MORE */
    /* The call: elements that the model knows, */
    struct operation op[MOST_ELEMENTS];
    unsigned int nr;
    /* or what it does not know: 0 or more if done, and what undoes it. */
    unsigned int caller;
    long (*call)(void);
    long (*undo)(void);
};

#define NO_MORE { .kind = OPERATIONS }

enum fault {
    FAULT_ALLOC, FAULT_PAGE, FAULT_WINDOW, FAULT_COPY, FAULT_DEVICE, FAULT_PREEMPT,
    FAULTS
};

extern const struct scenario scenarios[];
extern const unsigned int nr_scenarios;
/* Only where there are PV domains. */
extern const struct scenario pv_scenarios[];
extern const unsigned int nr_pv_scenarios;
/* Calls that the model does not know. */
extern const struct scenario others[];
extern const unsigned int nr_others;

void fault_plan(enum fault fault, uint64_t n);
bool fault_reached(enum fault fault, uint64_t n);
const char *fault_name(enum fault fault);

#endif /* FAULTS_H */
