/* SPDX-License-Identifier: MIT */
/* Running the compiler on a mutated copy, and judging what came out. */
#ifndef TESTS_MUTATE_CHECK_H
#define TESTS_MUTATE_CHECK_H

#include "mutate.h"

/* A file that the compiler makes of the descriptions as they are. */
struct output { const char *path, *text; size_t length; struct tokens tokens; };
struct outputs { struct output *at; size_t count, room; };
extern struct outputs outputs;
extern const char *base_dump;           /* what 'hcgen dump' prints of them */

/* Where one process works: copies of the descriptions, and what is made of them. */
struct workplace { const char *root, *idl, *out; };

struct run { int status; const char *output, *complaint; };

extern const char *compiler;            /* hcgen, or what stands in for it */

struct workplace workplace_new(const char *root);
/* What is made of the descriptions as they are. */
void workplace_fill(struct workplace *place);
/* The descriptions as they are after, and before, the mutation. */
void workplace_mutate(struct workplace *place, const struct mutation *mutation);
void workplace_restore(struct workplace *place, const struct mutation *mutation);

struct run run_gen(struct workplace *place);
struct run run_dump(struct workplace *place);
/* NULL, or what the C compiler says about layout.c and the headers. */
const char *run_layout(struct workplace *place);
/* rows.c: NULL, or which number of ia64's has become another than x86_64's. */
const char *check_ia64(const struct workplace *place);
/* NULL, or which file was not there before. */
const char *run_new_files(struct workplace *place);
/* All that one run makes, as the outputs to compare with. */
void run_base(struct workplace *place);

/* NULL, or how what happened differs from what was predicted. */
const char *check(const struct mutation *mutation, struct workplace *place);

#endif
