/* SPDX-License-Identifier: MIT */
/*
 * Where loans are kept; for loan*.c alone. All with loan_lock held.
 *
 * Needs loan.h. Gives records that are found by the lender's number, and by the
 * taker's guest frame, of a PV taker the machine frame. A side that has died is NULL; a record without either is
 * the caller's to free.
 */
#ifndef HV_LOAN_TABLE_H
#define HV_LOAN_TABLE_H

#include "loan.h"

#define LOAN_BUCKETS 64

extern struct port_lock loan_lock;

struct loan {
    struct loan *next_given, *next_taken;       /* of the same bucket */
    struct domain *lender, *taker;
    uint64_t number;
    uint64_t gpfn, dest, mfn;           /* lender's, taker's, the machine's */
    bool writable;
};

struct loan_table {
    struct loan *given[LOAN_BUCKETS], *taken[LOAN_BUCKETS];
    unsigned int nr_given, nr_taken;
    uint64_t last;                      /* numbers only grow; the first is 1 */
};

/* Gives it its number. */
void loan_insert(struct loan *loan);
/* From either side, or both. */
void loan_remove(struct loan *loan);
void loan_remove_given(struct loan *loan);
void loan_remove_taken(struct loan *loan);

struct loan *loan_find(const struct domain *lender, uint64_t number);
struct loan *loan_find_taken(const struct domain *taker, uint64_t frame);
struct loan *loan_first_given(const struct domain *d);
struct loan *loan_first_taken(const struct domain *d);

#endif /* HV_LOAN_TABLE_H */
