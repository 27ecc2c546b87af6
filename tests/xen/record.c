/* SPDX-License-Identifier: MIT */
/* Keep what came back for an expectation. Every guest links this. */
#include "checks.h"

bool expectation_holds(const struct expectation *entry)
{
    int64_t got = entry->got, expected = entry->expected;

    switch ( entry->relation )
    {
#define X(name, sign, test) case name: return test;
    RELATIONS(X)
#undef X
    }
    return false;
}

void expectation_record(struct expectation *entry, int64_t got, int64_t expected)
{
    if ( entry->reached && !expectation_holds(entry) )
        return;
    entry->got = got;
    entry->expected = expected;
    entry->reached = 1;
}
