/* SPDX-License-Identifier: MIT */
/* Running scenarios of faults.h. */
#ifndef RUN_FAULTS_H
#define RUN_FAULTS_H

#include "faults.h"

/* All faults in it; counts those that happened. */
bool run_scenario(const struct scenario *s, unsigned int *faults);

#endif /* RUN_FAULTS_H */
