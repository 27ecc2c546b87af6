/* SPDX-License-Identifier: MIT */
/* What the scenarios have instead of a machine. */
#ifndef SMALL_H
#define SMALL_H

#include "port.h"

#define SMALL_SHIFT 4                   /* of a page: two entries of version 1, one of version 2 */

extern uint32_t committed;              /* not 0: a window has got memory */

/* All pages are free, and zero. */
void small_reset(void);

#endif
