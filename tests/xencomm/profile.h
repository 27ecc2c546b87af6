/* SPDX-License-Identifier: MIT */
/* Xen's headers as ia64 sees them; before those, what this machine needs. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#undef __x86_64__
#undef __i386__
#undef __ia64__
#define __ia64__ 1
#define __XEN_TOOLS__ 1
