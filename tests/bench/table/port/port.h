/* SPDX-License-Identifier: MIT */
/*
 * The door of hv-impl for measuring the table alone: windows are plain memory in
 * pages of the wanted size, locks are nothing, since one thread writes.
 */
#ifndef PORT_H
#define PORT_H

#include <stdlib.h>

#include "../../../table/port-small.h"

#define ASSERT_UNREACHABLE() abort()
#define port_assert(x)  ((void)sizeof(x))
#define PORT_POINT(name) ((void)0)

struct port_lock { int unused; };

#include "port-names.h"
#include "pmt-gate.h"

#endif /* PORT_H */
