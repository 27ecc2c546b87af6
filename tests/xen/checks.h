/* SPDX-License-Identifier: MIT */
/*
 * What the tests expect of Xen. Each of the three macros below is one entry of
 * a table that the linker collects; running the line fills in what came back.
 * An entry that is never reached counts as failed, so no test can be lost.
 *
 *     succeeds(hc_grant_table_query_size, "9.4", "the table has a frame",
 *              query.nr_frames, GE, 1);
 *
 * The row that is cited is one of xen-hypercalls.md; see README.md.
 */
#ifndef CHECKS_H
#define CHECKS_H

#include <stdbool.h>
#include <stdint.h>

#define RELATIONS(X)                                    \
    X(EQ,  "==",  got == expected)                      \
    X(NE,  "!=",  got != expected)                      \
    X(GE,  ">=",  got >= expected)                      \
    X(LE,  "<=",  got <= expected)                      \
    X(HAS, "has", (got & expected) == expected)         \
    X(LACKS, "lacks", !(got & expected))

enum relation
{
#define X(name, sign, test) name,
    RELATIONS(X)
#undef X
};

/* What the line shows of the call it names. */
#define OUTCOMES(X)                                     \
    X(SUCCEEDS, "succeeds")                             \
    X(FAILS,    "fails")                                \
    X(SHOWS,    "shows")

enum outcome
{
#define X(name, text) name,
    OUTCOMES(X)
#undef X
};

/* A pointer that takes 8 bytes in the 32-bit guest, too. */
union text
{
    const char *at;
    uint64_t wide;
};

/* One layout for all guests: a domain's entries are read by another one. */
struct expectation
{
    union text call, cites, says;
    int64_t got, expected;
    uint32_t relation, outcome;
    uint32_t reached;
    uint32_t spare[3];
} __attribute__((aligned(64)));

/* Of two results for one line, the one that fails stays. */
void expectation_record(struct expectation *entry, int64_t got, int64_t expected);
bool expectation_holds(const struct expectation *entry);

/* The value is computed first: what is wanted may depend on what it changed. */
#define expectation(kind, name, row, text, value, sign, wanted)             \
    do {                                                                    \
        int64_t got_ = (int64_t)(value), wanted_ = (int64_t)(wanted);       \
        static struct expectation entry_                                    \
            __attribute__((section("expectations"), used, aligned(64))) = { \
            .call.at = name, .cites.at = row, .says.at = text,              \
            .relation = sign, .outcome = kind,                              \
        };                                                                  \
        expectation_record(&entry_, got_, wanted_);                         \
    } while ( 0 )

#define succeeds(call, row, text, value, sign, wanted) \
    expectation(SUCCEEDS, #call, row, text, value, sign, wanted)
#define fails(call, row, text, value, sign, wanted) \
    expectation(FAILS, #call, row, text, value, sign, wanted)
#define shows(call, row, text, value, sign, wanted) \
    expectation(SHOWS, #call, row, text, value, sign, wanted)

/* In a macro, where the call is a parameter: its name as a string. */
#define succeeds_as(name, row, text, value, sign, wanted) \
    expectation(SUCCEEDS, name, row, text, value, sign, wanted)
#define fails_as(name, row, text, value, sign, wanted) \
    expectation(FAILS, name, row, text, value, sign, wanted)

#endif
