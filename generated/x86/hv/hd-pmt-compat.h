/* SPDX-License-Identifier: MIT */
/*
 * pmt: structures of x86_32 callers that x86_64 lays out in another way.
 *
 * Generated from idl/pmt.idl by "make"; edit that, not this.
 */
#ifndef HD_PMT_COMPAT_H
#define HD_PMT_COMPAT_H

#include "hd-compat.h"

#endif /* HD_PMT_COMPAT_H */
