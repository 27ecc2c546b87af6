/* SPDX-License-Identifier: MIT */
/*
 * Loans: pages that appear in another domain while they stay the lender's.
 *
 * Needs entries with references (p2m.h). Gives lending, taking back, and what
 * happens when either side dies or the taker lets go.
 *
 * A loan is a record of the lender's, found by its number, which no other loan
 * of his ever gets; and of the taker's, found by the guest frame where it is. In
 * the lender's table the page's kind is LENT, in the taker's LOAN: what the kinds
 * forbid needs no look at the records. One lock (HV_RANK_LOAN) covers them all,
 * so that two domains can die at once. A lender pays for at most LOAN_MOST.
 */
#ifndef HV_LOAN_H
#define HV_LOAN_H

#include "hv.h"

/* Loans that a domain can have given at a time. */
#define LOAN_MOST 4096

/* The machine's own: before the first domain. */
void loan_start(void);

/*
 * Let the lender's page at gpfn appear at the taker's dest. 0 and the number;
 * -ENOENT: no memory of the lender's alone; -EACCES: the lender itself may not
 * write it; -EBUSY: in use, or dest is taken; -EINVAL: no such dest, or the
 * taker is dying; -ENOMEM.
 */
int loan_give(struct hv_domain *lender, uint64_t gpfn, struct hv_domain *taker,
              uint64_t dest, bool writable, uint64_t *number);

/*
 * What taking back leaves for later: the taker's TLBs have the page until it is
 * ended. A call keeps up to LOAN_GROUP of them.
 */
#define LOAN_GROUP 32

struct loan_back {
    struct domain *taker;               /* held; NULL: nothing to do */
    uint64_t gpfn, entry;
};

/*
 * The taker has the page no more. 0, and what is still to be done; -ENOENT: no
 * such loan; -EBUSY: I/O with it goes on.
 */
int loan_take_back(struct hv_domain *lender, uint64_t number,
                   struct loan_back *back);
/* Flushes, puts. */
void loan_end(struct loan_back back[], unsigned int nr);

/*
 * The taker gives back memory, and at gpfn is a loan. -EBUSY while the lender
 * lives; else 0: it is out of the table, flushed, and put.
 */
int loan_let_go(struct hv_domain *taker, uint64_t gpfn);

/*
 * A domain dies. What it has taken ends; what it has lent stays with the takers,
 * as theirs to let go. 0 or -ERESTART. May be called for a domain without loans.
 */
int loan_kill(struct hv_domain *hd);

/* How many are given and taken; for tests and the audit. */
unsigned int loan_count(const struct hv_domain *hd, unsigned int *taken);

#endif /* HV_LOAN_H */
