/* SPDX-License-Identifier: MIT */
/* How large things are: as much of it as predictions need. */
#ifndef TESTS_MUTATE_SIZES_H
#define TESTS_MUTATE_SIZES_H

#include "mutate.h"

/* With that type for the member a strict structure has no hole, and whole 8 bytes. */
bool sizes_fit(struct statement *owner, const struct statement *member, const char *type);
/* Add the tags of all structures that the member is in, directly or not. */
void sizes_affected(struct names *tags, struct statement *member);

#endif
