/* SPDX-License-Identifier: MIT */
/*
 * What the handlers of pmt_op share: what they leave for the end of a group.
 *
 * Needs port.h's flush and p2m.h. A handler that changes the caller's own table
 * leaves the flush and the old pages here, up to OP_PENDING of them, and
 * hv_pmt_op_end does it all with one flush. Nothing of that is anybody else's
 * before then: old pages go back to the machine after the flush. Without memory
 * to remember things are done at once.
 */
#ifndef HV_OP_H
#define HV_OP_H

#include "hd-pmt.h"

#include "hv.h"
#include "loan.h"
#include "p2m.h"

#define OP_PENDING 64

struct op_pending {
    uint64_t first, last;               /* guest frames to flush; none: first > last */
    unsigned int nr_old, nr_back;
    uint64_t old[OP_PENDING];           /* entries to drop */
    struct loan_back back[LOAN_GROUP];  /* loans to end */
};

/* Flush nr pages at gpfn of the caller's, and then drop what was there (0: nothing). */
void op_later(struct hd_call *call, uint64_t gpfn, uint64_t nr, uint64_t old);

/* End a loan that was taken back. */
void op_end_loan(struct hd_call *call, const struct loan_back *back);

/* Anything to be done, now. */
void op_flush(struct hd_call *call);

/* Which status a handler has for an errno of the functions below it. */
int op_status(int rc);

/* Entries as answers: 0 where the caller may not know. */
uint64_t op_answer(const struct domain *caller, uint64_t entry);

#endif /* HV_OP_H */
