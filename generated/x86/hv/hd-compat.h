/* SPDX-License-Identifier: MIT */
/*
 * Numbers as x86_32 aligns them: not as x86_64 does.
 *
 * Generated from idl/arch/ by "make"; edit that, not this.
 */
#ifndef HD_COMPAT_H
#define HD_COMPAT_H

#include "hd.h"

typedef uint64_t __attribute__((__aligned__(4))) x86_32_uint64_t;
typedef int64_t __attribute__((__aligned__(4))) x86_32_int64_t;

#endif /* HD_COMPAT_H */
