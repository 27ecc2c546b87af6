/* SPDX-License-Identifier: MIT */
/* Pages of the explorer: what is known of each. */
#ifndef PAGES_H
#define PAGES_H

#include "port.h"

#define PAGES_MOST 8

/* All are this domain's: "allocated" and an entry refer to each, and nobody writes. */
void pages_reset(struct domain *owner);

#endif
