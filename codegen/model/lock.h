/* SPDX-License-Identifier: MIT */
/*
 * idl/abi.lock: what is published, one element on each line.
 */
#ifndef CODEGEN_MODEL_LOCK_H
#define CODEGEN_MODEL_LOCK_H

#include "layout.h"

/*
 * Compare the model with the file; NULL: there is none yet.  Every difference
 * is an error: [abi-break], [number-reused], or [lock] for what is only new.
 * True where there is none.
 */
bool lock_check(struct model *model, const struct source *lock_file);

/*
 * What the file has to hold now: the model, and what was removed from the old
 * file.  NULL, with errors, if something that was published would change.
 */
const char *lock_text(struct model *model, const struct source *lock_file);

#endif
