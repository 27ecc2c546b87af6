/* SPDX-License-Identifier: MIT */
/*
 * Stubs among code that needs its registers: whatever the page destroys, the
 * sums must be those of the same code without calls.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "hc-grant_table.h"
#include "hc-memory.h"
#include "hc-physdev.h"
#include "hc-pmt.h"
#include "hc-xen.h"

typedef unsigned long word;

/* page.S; plain variables, so that a missing "memory" shows. */
extern word poison_seen[5], poison_number, poison_result;
extern unsigned int poison_calls;

#define RESULT 77
#define ROUNDS 5

static unsigned int checks, failures;

static void __attribute__((noinline)) expect(const char *what, word got, word wanted)
{
    checks++;
    if ( got == wanted )
        return;
    failures++;
    printf("FAIL: %s: 0x%lx, 0x%lx is expected\n", what, got, wanted);
}

static void __attribute__((noinline)) expect_call(const char *what, word number, word a1,
                                                  word a2, word a3, word a4, word a5)
{
    const word wanted[5] = { a1, a2, a3, a4, a5 };
    int i;

    expect(what, poison_number, number);
    for ( i = 0; i < 5 && wanted[i]; i++ )
        expect(what, poison_seen[i], wanted[i]);
}

/* ---- live values --------------------------------------------------------------- */

/*
 * name(): eight values that live across the calls, the arguments of the calls
 * among them.  name_alone(): the same without calls.
 */
#define BODY(CALL)                                              \
{                                                               \
    unsigned int round;                                         \
    word sum = 0;                                               \
                                                                \
    for ( round = 0; round < ROUNDS; round++ )                  \
    {                                                           \
        a = a * 3 + b;                                          \
        sum += (word)(CALL) ^ a;                                \
        b = b * 5 + (c ^ d);                                    \
        c = c * 7 + round;                                      \
        sum += (word)(CALL) ^ c;                                \
        d = d * 9 + e;                                          \
        e = e * 11 + (f ^ g);                                   \
        f = f * 13 + h;                                         \
        sum += (word)(CALL) + f;                                \
        g = g * 15 + a;                                         \
        h = h * 17 + b;                                         \
    }                                                           \
    return sum ^ a ^ b ^ c ^ d ^ e ^ f ^ g ^ h;                 \
}

#define MIX(name, CALL)                                                         \
static word __attribute__((noinline))                                           \
name(word a, word b, word c, word d, word e, word f, word g, word h) BODY(CALL)

MIX(alone, RESULT)
MIX(with_0, HC_CALL0(__HYPERVISOR_arch_0))
MIX(with_1, HC_CALL1(__HYPERVISOR_arch_1, a))
MIX(with_2, HC_CALL2(__HYPERVISOR_arch_2, a, b))
MIX(with_3, HC_CALL3(__HYPERVISOR_arch_4, a, b, c))
MIX(with_4, HC_CALL4(__HYPERVISOR_arch_5, a, b, c, d))
MIX(with_5, HC_CALL5(__HYPERVISOR_arch_6, a, b, c, d, e))
MIX(with_last, HC_CALL5(__HYPERVISOR_arch_7, h, g, f, e, d))
MIX(with_grant, hc_grant_table_map_grant_ref((void *)a, (uint32_t)h))
MIX(with_memory, hc_memory_populate_physmap((void *)g))
MIX(with_nothing, hc_memory_maximum_ram_page())
MIX(with_physdev, hc_physdev_eoi((void *)c))
MIX(with_mmu, hc_mmu_update((void *)a, (uint32_t)b, (void *)c, (uint32_t)d))
MIX(with_mapping, hc_update_va_mapping(a, ((uint64_t)b << 32) | (uint32_t)c, d))
MIX(with_other, hc_update_va_mapping_otherdomain(e, ((uint64_t)f << 32) | (uint32_t)g, h,
                                                 (domid_t)a))

static const struct { const char *name; word (*function)(word, word, word, word, word, word,
                                                         word, word); } mixes[] = {
    { "with_0", with_0 }, { "with_1", with_1 }, { "with_2", with_2 },
    { "with_3", with_3 }, { "with_4", with_4 }, { "with_5", with_5 },
    { "with_last", with_last }, { "with_grant", with_grant },
    { "with_memory", with_memory }, { "with_nothing", with_nothing },
    { "with_physdev", with_physdev }, { "with_mmu", with_mmu },
    { "with_mapping", with_mapping }, { "with_other", with_other },
};

static void check_mixes(void)
{
    volatile word one = 1;
    unsigned int i, before;

    for ( i = 0; i < sizeof(mixes) / sizeof(mixes[0]); i++ )
    {
        before = poison_calls;
        expect(mixes[i].name, mixes[i].function(one, 2, 3, 4, 5, 6, 7, 8),
               alone(one, 2, 3, 4, 5, 6, 7, 8));
        expect(mixes[i].name, poison_calls - before, 3 * ROUNDS);
    }
}

/* ---- memory ------------------------------------------------------------------------ */

/* Read, call, read again: the second must see what the call wrote. */
static word __attribute__((noinline)) calls_made(void)
{
    unsigned int before = poison_calls, between;

    hc_memory_maximum_ram_page();
    between = poison_calls;
    hc_grant_table_query_size(NULL, 1);
    return (between - before) * 16 + (poison_calls - between);
}

/* What was stored before the call must be there when it happens. */
static word __attribute__((noinline)) stored_before(word value)
{
    word result;

    poison_result = value;
    result = (word)hc_memory_maximum_ram_page();
    poison_result = RESULT;
    return result;
}

/* ---- registers ----------------------------------------------------------------------- */

static void check_arguments(void)
{
    struct pmt_translate elements[3];
    unsigned int i;

    hc_grant_table_op(0x11, (void *)0x12, 0x13);
    expect_call("grant_table_op", 20, 0x11, 0x12, 0x13, 0, 0);
    hc_memory_op(0x21, (void *)0x22);
    expect_call("memory_op", 12, 0x21, 0x22, 0, 0, 0);
    hc_physdev_op(-3, (void *)0x32);
    expect_call("physdev_op", 33, (word)-3, 0x32, 0, 0, 0);
    hc_mmu_update((void *)0x41, 0x80000042, (void *)0x43, 0x44);
    expect_call("mmu_update", 1, 0x41, 0x80000042, 0x43, 0x44, 0);
    hc_mmuext_op((void *)0x51, 0x52, (void *)0x53, 0x54);
    expect_call("mmuext_op", 26, 0x51, 0x52, 0x53, 0x54, 0);
    hc_multicall((void *)0x61, 0x62);
    expect_call("multicall", 13, 0x61, 0x62, 0, 0, 0);
#if defined(__x86_64__)
    hc_update_va_mapping(0x71, 0x7273747576777879, 0x7a);
    expect_call("update_va_mapping", 14, 0x71, 0x7273747576777879, 0x7a, 0, 0);
    hc_update_va_mapping_otherdomain(0x81, 0x8283848586878889, 0x8a, 0xf08b);
    expect_call("otherdomain", 22, 0x81, 0x8283848586878889, 0x8a, 0xf08b, 0);
#else
    hc_update_va_mapping(0x71, 0x7273747576777879, 0x7a);
    expect_call("update_va_mapping", 14, 0x71, 0x76777879, 0x72737475, 0x7a, 0);
    hc_update_va_mapping_otherdomain(0x81, 0x8283848586878889, 0x8a, 0xf08b);
    expect_call("otherdomain", 22, 0x81, 0x86878889, 0x82838485, 0x8a, 0xf08b);
#endif
    for ( i = 0; i < 3; i++ )
        elements[i].status = PMTST_okay;
    hc_pmt_translate(elements, 2);
    expect_call("pmt_translate", 51, PMTOP_translate, (word)elements, 2, 0, 0);
    expect("status 0", (word)elements[0].status, (word)PMTST_not_done);
    expect("status 1", (word)elements[1].status, (word)PMTST_not_done);
    expect("status behind the last", (word)elements[2].status, PMTST_okay);
}

int main(void)
{
    poison_result = RESULT;
    check_arguments();
    check_mixes();
    expect("memory is read again", calls_made(), 0x11);
    expect("memory is written before", stored_before(0x1234), 0x1234);
    printf("%u checks, %u failures\n", checks, failures);
    return failures != 0;
}
