/* SPDX-License-Identifier: MIT */
/* All mutations, on all processors. */
#ifndef TESTS_MUTATE_WORK_H
#define TESTS_MUTATE_WORK_H

#include "mutate.h"

struct outcome { size_t passed, failed; };

struct kind_text { const char *name, *text; size_t least; };
extern const struct kind_text kind_texts[];

/* Says what fails. */
struct outcome work_all(const char *root);
/* With compilers that are wrong: one passed for each mutation that is found out. */
void work_twins(const char *root, const char *script, bool is_full, struct outcome *outcome);

#endif
