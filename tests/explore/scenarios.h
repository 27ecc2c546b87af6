/* SPDX-License-Identifier: MIT */
/* The scenarios of the table, for the program that runs them. */
#ifndef SCENARIOS_H
#define SCENARIOS_H

#include "explore.h"

extern const struct explore_scenario table_scenarios[], other_scenarios[];
extern const unsigned int nr_table_scenarios, nr_other_scenarios;
/* The letters of the numbers that are weakened here. */
extern const char explored_numbers[];

/*
 * Where a store may pass a load before it (explore.h), by functions, and why nothing hangs
 * on that; the last one is empty.
 */
struct explored_pass { const char *load, *store, *why; };
extern const struct explored_pass explored_passes[];

#endif
