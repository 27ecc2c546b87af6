/* SPDX-License-Identifier: MIT */
/*
 * Enter the hypervisor: HC_CALL0() to HC_CALL5() take the number of a hypercall
 * and its arguments, and are what it returns, a long.
 *
 * Generated from idl/arch/ by "make"; edit that, not this.
 */
#ifndef HC_H
#define HC_H

/*
 * These pass a pointer as it is. The functions of hc-*.h make xencomm handles
 * of all pointers: link xc*.c, and what xc.h includes.
 */

/* By an assembly stub, which the program is linked with. */
extern long hc_ia64_enter(unsigned long a1, unsigned long a2, unsigned long a3,
                          unsigned long a4, unsigned long a5,
                          unsigned long number);

#define HC_CALL0(number) hc_ia64_enter(0, 0, 0, 0, 0, number)

#define HC_CALL1(number, a1) \
    hc_ia64_enter((unsigned long)(a1), 0, 0, 0, 0, number)

#define HC_CALL2(number, a1, a2) \
    hc_ia64_enter((unsigned long)(a1), (unsigned long)(a2), 0, 0, 0, number)

#define HC_CALL3(number, a1, a2, a3)                        \
    hc_ia64_enter((unsigned long)(a1), (unsigned long)(a2), \
                  (unsigned long)(a3), 0, 0, number)

#define HC_CALL4(number, a1, a2, a3, a4)                    \
    hc_ia64_enter((unsigned long)(a1), (unsigned long)(a2), \
                  (unsigned long)(a3), (unsigned long)(a4), 0, number)

#define HC_CALL5(number, a1, a2, a3, a4, a5)                \
    hc_ia64_enter((unsigned long)(a1), (unsigned long)(a2), \
                  (unsigned long)(a3), (unsigned long)(a4), \
                  (unsigned long)(a5), number)

#endif /* HC_H */
