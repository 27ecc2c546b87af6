/* SPDX-License-Identifier: MIT */
/* hcgen diff: what the diff-*.c files share. */
#ifndef CODEGEN_DIFF_H
#define CODEGEN_DIFF_H

#include "base/text.h"

/* A text, cut into lines without their ends. */
struct diff_lines { const char **at; size_t count, room; };
struct diff_lines diff_split(struct arena *arena, const char *text);

/* The fewest lines to take out and to put in that make one text the other. */
struct diff_count { size_t removed, added; };
struct diff_count diff_count(struct arena *arena, const char *then, const char *now);

#endif
