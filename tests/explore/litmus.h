/* SPDX-License-Identifier: MIT */
/* Programs whose outcomes are known, for the explorer itself. */
#ifndef LITMUS_H
#define LITMUS_H

#include "explore.h"

struct litmus {
    struct explore_scenario scenario;
    bool is_found;
};

/* How many did not come out as they must. */
unsigned int litmus_run(void);

#endif
