/* SPDX-License-Identifier: MIT */
/* Running a list of operations, and making one that fails shorter. Needs naive.h. */
#ifndef RUN_H
#define RUN_H

#include "naive.h"

/* How lists are run. */
struct plan {
    struct setting setting;
    unsigned int interval;      /* operations between looks at everything */
    unsigned int bug;           /* enum hv_bug */
    bool quiet;
    bool draw;                  /* the list is made while it runs, from the seed */
};

/* What a run, in a process of its own, has found. */
struct finding {
    bool failed;
    unsigned int at;            /* the operation */
    uint64_t performed;
    uint64_t called[4];         /* ops, by interface */
    uint32_t did[OPERATIONS], did_not[OPERATIONS];
    char why[300];
};

/* In this process; the finding may be shared memory. */
void run_list(struct operation *list, unsigned int nr, const struct plan *plan,
              struct finding *found);
/* In a child: what ends it is a finding, too. What is drawn has to be in shared memory. */
void run_apart(struct operation *list, unsigned int nr, const struct plan *plan,
               struct finding *found);

/* Deletes what is not needed to fail; how many are left. */
unsigned int shrink(struct operation *list, unsigned int nr, const struct plan *plan,
                    struct finding *found);

#endif /* RUN_H */
