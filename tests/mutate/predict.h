/* SPDX-License-Identifier: MIT */
/* What a mutation does to the tokens of one file. */
#ifndef TESTS_MUTATE_PREDICT_H
#define TESTS_MUTATE_PREDICT_H

#include "mutate.h"

/* Whether a rule may change the file. */
bool predict_touches(const struct mutation *mutation, const char *path);
/* applied[i]: in how many files rule i had something to do so far. */
struct tokens predict_tokens(const struct mutation *mutation, const char *path,
                             const struct tokens *base, size_t *applied);
struct guarded predict_guards(const struct mutation *mutation, const char *path,
                              const struct tokens *tokens, size_t *applied);

#endif
