/* SPDX-License-Identifier: MIT */
/* The way in: hc_host_call() of the host stubs is entry.c's. */
#ifndef ENTRY_H
#define ENTRY_H

#include <stdbool.h>

/* What the stack holds below whoever is entered. */
extern unsigned char entry_stack;
extern bool entry_is_narrow;            /* the guest has 32 bits */

#endif /* ENTRY_H */
