/* SPDX-License-Identifier: MIT */
/* Running scenarios of faults.h. */
#ifndef RUN_FAULTS_H
#define RUN_FAULTS_H

#include "faults.h"

/* All faults in it; counts those that happened, and notes which ops were asked for. */
/* Of one kind in one scenario; what could fail at more places is not tried to its end: an error. */
extern unsigned int most_faults;

bool run_scenario(const struct scenario *s, unsigned int *faults, uint64_t called[]);

#endif /* RUN_FAULTS_H */
