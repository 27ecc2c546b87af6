/* SPDX-License-Identifier: MIT */
/* Rows that handlers decide: what their functions share. Needs the actors of tests/advisories. */
#ifndef HANDLER_ROWS_H
#define HANDLER_ROWS_H

#include <stdlib.h>

#include "../advisories/actors.h"

#define ROW_OF(number, who, name, result, call, condition, xen) long row_##name(void);
#include "handler-grant.def"
#include "handler-memory.def"
#include "handler-tables.def"
#undef ROW_OF

/* x86: in a scene with a pager, it does that to a page of d's; abort if it may not. */
void page_out(struct domain *d, uint64_t gfn, bool gone);
void page_in(struct domain *d, uint64_t gfn);

#endif
