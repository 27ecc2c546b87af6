/* SPDX-License-Identifier: MIT */
/*
 * Handles for the pointers of a hypercall: those among its arguments, and those
 * in the structures that they point at. xencomm.h says what becomes of them.
 *
 * The functions of hc-*.h do this by themselves. Entries of a multicall hold plain
 * pointers, which hc_multicall() turns; each structure stands in one entry only.
 *
 * Generated from idl/ by "make"; edit that, not this.
 */
#ifndef XC_H
#define XC_H

#include "xencomm.h"

void xc_ia64_dom0vp_op(struct xencomm *xc, unsigned long reg[]);
void xc_grant_table_op(struct xencomm *xc, unsigned long reg[]);
void xc_memory_op(struct xencomm *xc, unsigned long reg[]);
void xc_physdev_op(struct xencomm *xc, unsigned long reg[]);
void xc_pmt_op(struct xencomm *xc, unsigned long reg[]);
void xc_mmu_update(struct xencomm *xc, unsigned long reg[]);
void xc_mmuext_op(struct xencomm *xc, unsigned long reg[]);
void xc_multicall(struct xencomm *xc, unsigned long reg[]);

/* The same by number. What is not among these calls is left as it is. */
void xc_call(struct xencomm *xc, unsigned long number, unsigned long reg[]);

#endif /* XC_H */
