/* SPDX-License-Identifier: MIT */
/*
 * What an extension says of its op's permissions: with which error one is
 * refused on some architecture.
 *
 * Needs a resolved model.  A dispatcher is made for the architecture of its
 * hypervisor, so nothing else can decide.
 */
#ifndef CODEGEN_MODEL_EXTEND_H
#define CODEGEN_MODEL_EXTEND_H

#include "layout.h"

/* Two 'xsm' that ask the same: hook, default and field. */
bool extend_asks_same(const struct clause *a, const struct clause *b);
/* Some extension is about this 'xsm' of the op's own. */
bool extend_refuses(const struct op *op, const struct clause *xsm);
/* With which error it is refused in the view; NULL: nobody says. */
const char *extend_refusal(const struct view *view, const struct op *op,
                           const struct clause *xsm);

#endif
