/* SPDX-License-Identifier: MIT */
/*
 * Runs the rows that handlers decide, from stub to handler on the simulated machine:
 * as run.c, each row for each kind of caller that it is about.
 */
#include <stdio.h>

#include "handler-rows.h"

static const struct row {
    const char *number, *name, *call, *condition, *says;
    unsigned int who;
    long result, (*run)(void);
} rows[] = {
#define ROW_OF(number, who, name, result, call, condition, xen)         \
    { number, #name, call, condition, #result, who, (long)(result), row_##name },
#include "handler-grant.def"
#include "handler-memory.def"
#include "handler-tables.def"
#undef ROW_OF
};

#define ROWS (sizeof(rows) / sizeof(rows[0]))

#ifdef PORT_IA64
static const struct { enum kind kind; const char *name; } kinds[] = { { ITANIUM, "translated" } };
#else
static const struct { enum kind kind; const char *name; } kinds[] = { { PV, "PV" }, { HVM, "HVM" } };
#endif

static bool holds(const struct row *row, enum kind which, long result, long *got)
{
    missed = 0;
    kind = which;
    begin();
    *got = row->run();
    end();
    return *got == result && !missed;
}

int main(int argc, char **argv)
{
    long inverted = argc > 1 && !strncmp(argv[1], "invert=", 7) ? atol(argv[1] + 7) : -1;
    unsigned int i, k, red = 0, failed = 0, n = 0;
    long got, result;

    for ( i = 0; i < ROWS; i++ )
        for ( k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++ )
        {
            const struct row *row = &rows[i];

            if ( !(row->who & kinds[k].kind) )
                continue;
            result = row->result ^ (n == inverted);
            if ( holds(row, kinds[k].kind, result, &got) )
                printf("ok %s %s: %s, %s [%s] is %s\n", row->number, row->name, row->call,
                       kinds[k].name, row->condition, row->says);
            else
            {
                failed++;
                printf("FAIL %s %s: %s, %s [%s] is %ld, %ld (%s) is expected\n", row->number, row->name,
                       row->call, kinds[k].name, row->condition, got, result, row->says);
            }
            red += !holds(row, kinds[k].kind, row->result ^ 1, &got);
            n++;
        }
    printf("INVERTED %u of %u red\n", red, n);
    printf("RESULT %u rows, %u failed\n", n, failed);
    return failed || red != n;
}
