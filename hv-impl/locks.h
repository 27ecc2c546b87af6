/* SPDX-License-Identifier: MIT */
/*
 * The ranks of locks, in the order in which they are taken.
 *
 * Needs nothing. Gives the ranks. Who holds a lock takes only locks of a higher
 * rank, or of the same rank and a higher order. The order is the domain's id; of a grant
 * entry its number in the table, and of two tables no two are ever held; of a lock that
 * there is once a constant.
 * Host builds abort where this does not hold, and where guest memory is copied,
 * or a call is left, with a lock held.
 */
#ifndef HV_LOCKS_H
#define HV_LOCKS_H

enum hv_rank {
    HV_RANK_DOMAIN,         /* memory map, virtual NUMA, claims, populate on demand */
    HV_RANK_GRANT_TABLE,    /* a table's size and version */
    HV_RANK_GRANT_ENTRY,    /* what one entry is in use for */
    HV_RANK_LOAN,           /* a lender's loans */
    HV_RANK_P2M,            /* a domain's table, and the reverse entries of its pages */
    HV_RANK_WINDOW,         /* what is attached where */
};

#endif /* HV_LOCKS_H */
