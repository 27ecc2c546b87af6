/* SPDX-License-Identifier: MIT */
/*
 * The ranks of locks, in the order in which they are taken.
 *
 * Needs nothing. Gives the ranks. Who holds a lock takes only locks of a higher
 * rank, or of the same rank and a higher order; the order is the domain's id.
 * Host builds abort where this does not hold, and where guest memory is copied,
 * or a call is left, with a lock held.
 */
#ifndef HV_LOCKS_H
#define HV_LOCKS_H

enum hv_rank {
    HV_RANK_DOMAIN,         /* memory map, virtual NUMA, claims, populate on demand */
    HV_RANK_GRANT_TABLE,    /* a table's size and version */
    HV_RANK_GRANT_ENTRY,    /* what one entry is in use for */
    HV_RANK_MAPTRACK,       /* a domain's free handles */
    HV_RANK_LOAN,           /* a lender's loans */
    HV_RANK_P2M,            /* a domain's table, and the reverse entries of its pages */
    HV_RANK_WINDOW,         /* what is attached where */
    HV_RANK_PORT,           /* the hypervisor's own: pages, flushes */
};

#endif /* HV_LOCKS_H */
