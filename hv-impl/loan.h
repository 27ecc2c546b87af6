/* SPDX-License-Identifier: MIT */
/*
 * Loans: pages that appear in another domain while they stay the lender's.
 *
 * Needs entries with references (p2m.h). Gives lending, taking back, and what
 * happens when either side dies or the taker lets go.
 *
 * A loan is a record of the lender's, found by its number, which no other loan
 * of his ever gets; and of the taker's, found by the frame that he names in calls: where
 * it is, of a PV domain the machine frame. In
 * the lender's table the page's kind is LENT, in the taker's LOAN: what the kinds
 * forbid needs no look at the records. One lock (HV_RANK_LOAN) covers them all,
 * so that two domains can die at once. A lender has at most LOAN_MOST.
 *
 * The taker's entry is a reference to the page, and the record is one; if the taker
 * may write, with a writable type: the lender cannot make a page table of it.
 */
#ifndef HV_LOAN_H
#define HV_LOAN_H

#include "hv.h"

/* Loans that a domain can have given at a time. */
#define LOAN_MOST 4096

/* The machine's own lock: before the first domain. */
void loan_start(void);

/* A domain without any: 0 or -ENOMEM; and none left of it. */
int loan_table_create(struct domain *d);
void loan_table_destroy(struct domain *d);

/*
 * Let the lender's page at gpfn appear at the taker's dest. 0 and the number;
 * -ENOENT: no memory of the lender's alone, or no such dest; -EACCES: the lender
 * itself may not do that; -EBUSY: in use, or dest is taken; -ESRCH: the taker is
 * dying; -ENOMEM.
 */
int loan_give(struct domain *lender, uint64_t gpfn, struct domain *taker,
              uint64_t dest, bool writable, uint64_t *number);

/*
 * What taking back leaves for later: until it is ended the taker's TLBs may have
 * the page, and the page is held. A call keeps up to LOAN_GROUP of them.
 */
#define LOAN_GROUP 32

struct loan_back {
    struct domain *taker;               /* held; NULL: nothing to do */
    uint64_t gpfn, entry;
};

/*
 * Out of the taker's table. 0, and what is to be done; -ENOENT: no such loan;
 * -EBUSY: I/O with the page goes on; -ENOMEM.
 */
int loan_take_back(struct domain *lender, uint64_t number,
                   struct loan_back *back);
/* Flushes, and lets go. */
void loan_end(struct loan_back back[], unsigned int nr);

/*
 * The taker gives back memory, and that is a loan; the frame is as in calls. -EBUSY
 * while the lender lives, -ENOENT: it is none; 0: it is out of the table, flushed, and put.
 */
int loan_let_go(struct domain *taker, uint64_t frame);

/*
 * A domain dies. What it has taken ends; what it has lent stays with the takers,
 * as theirs to let go. 0 or -ERESTART.
 */
int loan_kill(struct domain *d);

/* How many are given, those included whose taker died, and how many taken. */
unsigned int loan_count(const struct domain *d, unsigned int *taken);

/*
 * The records against both tables; holds() for what each loan of the taker's
 * holds beside its entry. 0, or -1 and a sentence. For domains at rest.
 */
int loan_audit(struct domain *d,
               void (*holds)(void *context, uint64_t mfn, bool writable),
               void *context, char *what, size_t size);

#endif /* HV_LOAN_H */
