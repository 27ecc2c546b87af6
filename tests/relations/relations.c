/* SPDX-License-Identifier: MIT */
/*
 * Ask the generated dispatcher whether relations hold, for numbers at the edges
 * of their types, and compare with arithmetic that is wide enough.
 *
 * Needs relations.h, a line RELATION(name, what it says) for each. Ends with 1
 * where the two differ.
 */
#include <stdio.h>

#include "hd-pmt.h"

typedef unsigned __int128 wide;

static bool fits(wide value, unsigned int bits)
{
    return value < (wide)1 << bits;
}

/* 128 bits hold 64 that are shifted by 63 at most. */
static wide shifted(wide value, wide by)
{
    return value && by < 64 ? value << by : 0;
}

static bool shifts(wide value, wide by, unsigned int bits)
{
    return !value || (by < 64 && fits(shifted(value, by), bits));
}

static const uint64_t edges[] = {
    0, 1, 2, 3, 4, 5, 6, 12, 13, 14, 31, 32, 33, 48, 50, 63, 64, 65, 99, 100, 101, 255, 256,
    1000, 4095, 4096, 32767, 32768, 65534, 65535, 65536, 70000, 0x7fffffff, 0x80000000,
    0xfffffffe, 0xffffffff, 0x100000000, 0x3fffffffffffffff, 0x4000000000000000,
    0x7fffffffffffffff, 0x8000000000000000, 0xfffffffffffffffe, 0xffffffffffffffff,
};

/* The same numbers each time. */
static uint64_t pick(unsigned int bits)
{
    static uint64_t state = 1;
    unsigned int at;

    do {
        state = state * 6364136223846793005 + 1442695040888963407;
        at = (unsigned int)(state >> 33) % (sizeof(edges) / sizeof(edges[0]));
    } while ( bits < 64 && edges[at] >> bits );
    return edges[at];
}

#define RELATION(name, exact)                                                  \
    int hv_pmt_##name(struct hd_call *call, struct pmt_##name *op)             \
    {                                                                          \
        (void)call;                                                            \
        (void)op;                                                              \
        return 0;                                                              \
    }                                                                          \
    static bool exact_##name(wide a, wide b, wide c, wide d, wide x, wide y,   \
                             wide z, wide k)                                   \
    {                                                                          \
        (void)(a + b + (c ^ d) + x + y + z + k);                               \
        return exact;                                                          \
    }                                                                          \
    static bool differs_##name(unsigned int *holds)                            \
    {                                                                          \
        XEN_GUEST_HANDLE_PARAM(void) args;                                     \
        struct pmt_##name op = {                                               \
            .a = (uint32_t)pick(32), .b = (uint32_t)pick(32), .c = pick(64),   \
            .d = pick(64), .x = (uint16_t)pick(16), .y = (uint16_t)pick(16),   \
            .z = (uint16_t)pick(16), .k = (uint8_t)pick(8),                    \
        };                                                                     \
        bool exactly = exact_##name(op.a, op.b, op.c, op.d, op.x, op.y, op.z, op.k); \
                                                                               \
        args.p = &op;                                                          \
        *holds += exactly;                                                     \
        return do_pmt_op(PMTOP_##name, args, 1) ||                             \
               (op.status == PMTST_okay) != exactly;                           \
    }
#include "relations.h"
#undef RELATION

void hv_pmt_op_end(struct hd_call *call)
{
    (void)call;
}

static const struct {
    const char *name;
    bool (*differs)(unsigned int *holds);
} relations[] = {
#define RELATION(name, exact) { #name, differs_##name },
#include "relations.h"
#undef RELATION
};

int main(void)
{
    enum { TRIES = 200000 };
    bool wrong = false;

    for ( size_t i = 0; i < sizeof(relations) / sizeof(relations[0]); i++ )
    {
        unsigned int differ = 0, holds = 0;

        for ( unsigned int j = 0; j < TRIES; j++ )
            differ += relations[i].differs(&holds);
        printf("%s %s: %u of %d hold, %u differ\n", differ || !holds ? "FAILED" : "ok",
               relations[i].name, holds, TRIES, differ);
        wrong |= differ || !holds;
    }
    return wrong;
}
