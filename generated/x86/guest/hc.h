/* SPDX-License-Identifier: MIT */
/*
 * Enter the hypervisor: HC_CALL0() to HC_CALL5() take the number of a hypercall
 * and its arguments, and are what it returns, a long.
 *
 * Generated from idl/arch/ by "make"; edit that, not this.
 */
#ifndef HC_H
#define HC_H

#if defined(__x86_64__)

#define HC_RESULT "rax"
#define HC_ARG1   "rdi"
#define HC_ARG2   "rsi"
#define HC_ARG3   "rdx"
#define HC_ARG4   "r10"
#define HC_ARG5   "r8"

#if defined(HC_VMMCALL)
/* HVM on AMD. */
#define HC_ENTER      "vmmcall"
#define HC_NUMBER(nr) "0"((unsigned long)(nr))
#define HC_CLOBBERS   "cc", "memory"
#elif defined(HC_VMCALL)
/* HVM on Intel. */
#define HC_ENTER      "vmcall"
#define HC_NUMBER(nr) "0"((unsigned long)(nr))
#define HC_CLOBBERS   "cc", "memory"
#else
/*
 * Through the page that the hypervisor has filled, 32 bytes for each number. A
 * call pushes onto the stack: compile with -mno-red-zone.
 */
#define HC_ENTER      "call hypercall_page + 32 * %c[number]"
#define HC_NUMBER(nr) [number] "i"(nr)
#define HC_CLOBBERS   "rcx", "r11", "cc", "memory"
#endif

#elif defined(__i386__)

#define HC_RESULT "eax"
#define HC_ARG1   "ebx"
#define HC_ARG2   "ecx"
#define HC_ARG3   "edx"
#define HC_ARG4   "esi"
#define HC_ARG5   "edi"

#if defined(HC_VMMCALL)
/* HVM on AMD. */
#define HC_ENTER      "vmmcall"
#define HC_NUMBER(nr) "0"((unsigned long)(nr))
#define HC_CLOBBERS   "cc", "memory"
#elif defined(HC_VMCALL)
/* HVM on Intel. */
#define HC_ENTER      "vmcall"
#define HC_NUMBER(nr) "0"((unsigned long)(nr))
#define HC_CLOBBERS   "cc", "memory"
#else
/* Through the page that the hypervisor has filled, 32 bytes for each number. */
#define HC_ENTER      "call hypercall_page + 32 * %c[number]"
#define HC_NUMBER(nr) [number] "i"(nr)
#define HC_CLOBBERS   "cc", "memory"
#endif

#else
#error "no way into the hypervisor is known for this architecture"
#endif

#define HC_CALL0(number)                                                    \
    __extension__({                                                         \
        register unsigned long hc_result __asm__(HC_RESULT);                \
                                                                            \
        __asm__ __volatile__(HC_ENTER                                       \
                             : "=r"(hc_result)                              \
                             : HC_NUMBER(number)                            \
                             : HC_ARG1, HC_ARG2, HC_ARG3, HC_ARG4, HC_ARG5, \
                               HC_CLOBBERS);                                \
        (long)hc_result;                                                    \
    })

#define HC_CALL1(number, a1)                                                 \
    __extension__({                                                          \
        register unsigned long hc_result __asm__(HC_RESULT);                 \
        register unsigned long hc_a1 __asm__(HC_ARG1) = (unsigned long)(a1); \
                                                                             \
        __asm__ __volatile__(HC_ENTER                                        \
                             : "=r"(hc_result), "+r"(hc_a1)                  \
                             : HC_NUMBER(number)                             \
                             : HC_ARG2, HC_ARG3, HC_ARG4, HC_ARG5,           \
                               HC_CLOBBERS);                                 \
        (long)hc_result;                                                     \
    })

#define HC_CALL2(number, a1, a2)                                             \
    __extension__({                                                          \
        register unsigned long hc_result __asm__(HC_RESULT);                 \
        register unsigned long hc_a1 __asm__(HC_ARG1) = (unsigned long)(a1); \
        register unsigned long hc_a2 __asm__(HC_ARG2) = (unsigned long)(a2); \
                                                                             \
        __asm__ __volatile__(HC_ENTER                                        \
                             : "=r"(hc_result), "+r"(hc_a1), "+r"(hc_a2)     \
                             : HC_NUMBER(number)                             \
                             : HC_ARG3, HC_ARG4, HC_ARG5, HC_CLOBBERS);      \
        (long)hc_result;                                                     \
    })

#define HC_CALL3(number, a1, a2, a3)                                         \
    __extension__({                                                          \
        register unsigned long hc_result __asm__(HC_RESULT);                 \
        register unsigned long hc_a1 __asm__(HC_ARG1) = (unsigned long)(a1); \
        register unsigned long hc_a2 __asm__(HC_ARG2) = (unsigned long)(a2); \
        register unsigned long hc_a3 __asm__(HC_ARG3) = (unsigned long)(a3); \
                                                                             \
        __asm__ __volatile__(HC_ENTER                                        \
                             : "=r"(hc_result), "+r"(hc_a1), "+r"(hc_a2),    \
                               "+r"(hc_a3)                                   \
                             : HC_NUMBER(number)                             \
                             : HC_ARG4, HC_ARG5, HC_CLOBBERS);               \
        (long)hc_result;                                                     \
    })

#define HC_CALL4(number, a1, a2, a3, a4)                                     \
    __extension__({                                                          \
        register unsigned long hc_result __asm__(HC_RESULT);                 \
        register unsigned long hc_a1 __asm__(HC_ARG1) = (unsigned long)(a1); \
        register unsigned long hc_a2 __asm__(HC_ARG2) = (unsigned long)(a2); \
        register unsigned long hc_a3 __asm__(HC_ARG3) = (unsigned long)(a3); \
        register unsigned long hc_a4 __asm__(HC_ARG4) = (unsigned long)(a4); \
                                                                             \
        __asm__ __volatile__(HC_ENTER                                        \
                             : "=r"(hc_result), "+r"(hc_a1), "+r"(hc_a2),    \
                               "+r"(hc_a3), "+r"(hc_a4)                      \
                             : HC_NUMBER(number)                             \
                             : HC_ARG5, HC_CLOBBERS);                        \
        (long)hc_result;                                                     \
    })

#define HC_CALL5(number, a1, a2, a3, a4, a5)                                 \
    __extension__({                                                          \
        register unsigned long hc_result __asm__(HC_RESULT);                 \
        register unsigned long hc_a1 __asm__(HC_ARG1) = (unsigned long)(a1); \
        register unsigned long hc_a2 __asm__(HC_ARG2) = (unsigned long)(a2); \
        register unsigned long hc_a3 __asm__(HC_ARG3) = (unsigned long)(a3); \
        register unsigned long hc_a4 __asm__(HC_ARG4) = (unsigned long)(a4); \
        register unsigned long hc_a5 __asm__(HC_ARG5) = (unsigned long)(a5); \
                                                                             \
        __asm__ __volatile__(HC_ENTER                                        \
                             : "=r"(hc_result), "+r"(hc_a1), "+r"(hc_a2),    \
                               "+r"(hc_a3), "+r"(hc_a4), "+r"(hc_a5)         \
                             : HC_NUMBER(number)                             \
                             : HC_CLOBBERS);                                 \
        (long)hc_result;                                                     \
    })

#endif /* HC_H */
