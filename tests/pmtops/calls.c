/* SPDX-License-Identifier: MIT */
/* Calls, and which statuses they have had: all that the description lists. */
#include "pmtops.h"

static unsigned int seen[11];

void saw(unsigned int op, int status)
{
    if ( status <= 0 && status > -32 )
        seen[op] |= 1u << -status;
}

#define CALL(op)                                                               \
    int call_##op(struct pmt_##op *args)                                       \
    {                                                                          \
        long rc = hc_pmt_##op(args, 1);                                        \
                                                                               \
        if ( rc )                                                              \
            return -1000 + (int)rc;                                            \
        saw(PMTOP_##op, args->status);                                         \
        return args->status;                                                   \
    }                                                                          \
                                                                               \
    void batch_##op(struct pmt_##op *args, unsigned int nr, const int *status, \
                    const char *file, int line)                                \
    {                                                                          \
        unsigned int i;                                                        \
                                                                               \
        equal_at(hc_pmt_##op(args, nr), 0, file, line, "a batch");             \
        for ( i = 0; i < nr; i++ )                                             \
        {                                                                      \
            saw(PMTOP_##op, args[i].status);                                   \
            equal_at(args[i].status, status[i], file, line, "an element");     \
        }                                                                      \
    }
OPS(CALL)

/* ---- what there is to see -------------------------------------------------------------- */

#define S(name) (1u << -(PMTST_##name))
#define ALWAYS  (S(okay) | S(bad_argument))

/*
 * From idl/pmt.idl: the clauses of each op, and its errors. reached says which of
 * them a test comes to. Left out is map's busy: who is on its way is waited for.
 */
static const struct { const char *name; unsigned int reached; } ops[11] = {
    [PMTOP_info]      = { "info", ALWAYS | S(bad_domain) | S(denied) },
    [PMTOP_attach]    = { "attach", ALWAYS | S(denied) | S(bad_domain) | S(bad_frame) | S(busy) |
                          S(no_memory) },
    [PMTOP_detach]    = { "detach", ALWAYS | S(bad_frame) },
    [PMTOP_translate] = { "translate", ALWAYS | S(denied) | S(bad_domain) | S(bad_frame) },
    [PMTOP_reverse]   = { "reverse", ALWAYS | S(denied) | S(bad_frame) },
    [PMTOP_map]       = { "map", ALWAYS | S(bad_domain) | S(denied) | S(bad_grant) | S(bad_frame) |
                          S(no_memory) },
    [PMTOP_exchange]  = { "exchange", ALWAYS | S(bad_frame) | S(busy) | S(no_memory) },
    [PMTOP_protect]   = { "protect", ALWAYS | S(bad_frame) | S(denied) | S(busy) | S(no_memory) },
    [PMTOP_flip]      = { "flip", ALWAYS | S(bad_domain) | S(denied) | S(bad_frame) | S(busy) |
                          S(bad_grant) | S(no_memory) },
    [PMTOP_donate]    = { "donate", ALWAYS | S(bad_domain) | S(denied) | S(bad_frame) | S(busy) |
                          S(no_memory) },
    [PMTOP_reclaim]   = { "reclaim", ALWAYS | S(bad_loan) | S(busy) },
};

int covered(void)
{
    unsigned int op, status;
    int missing = 0;

    for ( op = 0; op < 11; op++ )
        for ( status = 0; status < 32; status++ )
        {
            unsigned int bit = 1u << status;

            if ( (ops[op].reached & ~seen[op]) & bit )
            {
                printf("FAILED: %s never had status -%u\n", ops[op].name, status);
                missing++;
            }
            if ( (seen[op] & ~ops[op].reached & ~S(not_done)) & bit )
            {
                printf("FAILED: %s had status -%u, which it does not have\n", ops[op].name, status);
                missing++;
            }
        }
    return missing;
}
