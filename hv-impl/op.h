/* SPDX-License-Identifier: MIT */
/*
 * What the handlers of pmt_op share: what they leave for the end of a group.
 *
 * Needs port.h's flush, p2m.h and loan.h. A handler that takes rights away from
 * the caller, or a loan from its taker, leaves the flush here; hv_pmt_op_end does
 * it for a whole group. Until then nothing of that is anybody else's: pages are
 * held. Without memory to remember, things are done at once.
 */
#ifndef HV_OP_H
#define HV_OP_H

#include "hd-pmt.h"

#include "hv.h"
#include "loan.h"
#include "p2m.h"

/* Flush nr pages at gpfn of the caller's. */
void op_flush_later(struct hd_call *call, uint64_t gpfn, uint64_t nr);

/* End a loan that was taken back. */
void op_end_loan(struct hd_call *call, struct loan_back *back);

/* The status for an errno of the functions below. */
int op_status(int rc);

/* An entry as an answer: 0 to who may not know. */
uint64_t op_answer(const struct domain *caller, uint64_t entry);

/*
 * The page at a guest frame can change, as far as can be seen now: 0, or the status
 * that says why not. port_page_take() is the one to believe.
 */
int op_check_own(uint64_t entry);

/* What a fresh page is entered with, in place of the one that entry is about. */
uint64_t op_fresh_entry(uint64_t mfn, uint64_t entry);

#endif /* HV_OP_H */
