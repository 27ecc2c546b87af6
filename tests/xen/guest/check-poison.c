/* SPDX-License-Identifier: MIT */
/*
 * The page that the stubs call destroys what a stub must not rely on, and
 * optimised code around the stubs still computes the right thing.
 */
#include "guest.h"

#define POISON 0x6b6b6b6b6b6b6b6bUL

/* Call a slot without a stub, and look at the registers. */
static unsigned int poisoned_registers(void)
{
    unsigned long rax, rdi = 0, rsi = 0, rdx = 0, rcx = 0;
    register unsigned long r10 asm("r10") = 0;
    register unsigned long r8 asm("r8") = 0;
    register unsigned long r11 asm("r11") = 0;

    asm volatile("call hypercall_page + 32 * %c[number]"
                 : "=a"(rax), "+D"(rdi), "+S"(rsi), "+d"(rdx), "+c"(rcx),
                   "+r"(r10), "+r"(r8), "+r"(r11)
                 : [number] "i"(__HYPERVISOR_xen_version) : "memory", "cc");
    return (rdi == POISON) + (rsi == POISON) + (rdx == POISON) + (rcx == POISON) +
           (r10 == POISON) + (r8 == POISON) + (r11 == POISON);
}

/* Everything is live across the calls; nothing may stay in a lost register. */
static unsigned long mix(unsigned long a, unsigned long b, unsigned long c,
                         unsigned long d, unsigned long e, unsigned long f)
{
    struct gnttab_query_size query = { .dom = DOMID_SELF };
    struct xen_memory_domain domain = { .domid = DOMID_SELF };
    unsigned int i;

    for ( i = 0; i < 3; i++ )
    {
        hc_grant_table_query_size(&query, 1);
        a = a * 3 + b;
        hc_memory_current_reservation(&domain);
        b = b * 5 + c + d;
        hc_mmu_update(NULL, 0, NULL, DOMID_SELF);
        d = d * 7 + e + f;
        hc_update_va_mapping_otherdomain(a, b, c, NO_DOMAIN);
    }
    return a ^ b ^ c ^ d ^ e ^ f;
}

static unsigned long mix_without_calls(unsigned long a, unsigned long b, unsigned long c,
                                       unsigned long d, unsigned long e, unsigned long f)
{
    unsigned int i;

    for ( i = 0; i < 3; i++ )
    {
        a = a * 3 + b;
        b = b * 5 + c + d;
        d = d * 7 + e + f;
    }
    return a ^ b ^ c ^ d ^ e ^ f;
}

void check_poison(void)
{
    volatile unsigned long one = 1;

    shows(hypercall_page, "6", "registers that a call through the page destroys",
          poisoned_registers(), EQ, 7);
    shows(hypercall_page, "6", "values that live across calls survive",
          mix(one, 2, 3, 4, 5, 6), EQ, mix_without_calls(one, 2, 3, 4, 5, 6));
}
