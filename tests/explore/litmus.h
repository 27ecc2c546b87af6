/* SPDX-License-Identifier: MIT */
/* Programs whose outcomes are known, for the explorer itself. */
#ifndef LITMUS_H
#define LITMUS_H

#include "explore.h"

struct litmus {
    struct explore_scenario scenario;
    bool is_found;
    unsigned int nr_passes;             /* stores that may pass a load, though not in the model */
};

/* How many did not come out as they must. */
unsigned int litmus_run(void);

#endif
