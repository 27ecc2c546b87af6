/* SPDX-License-Identifier: MIT */
/*
 * PMTOP_donate and reclaim: pages that others have, and the caller keeps.
 */
#include "op.h"

int hv_pmt_donate(struct hd_call *call, struct pmt_donate *op,
                  struct domain *taker)
{
    int rc = loan_give(call->caller, op->gpfn, taker, op->dest_gpfn,
                       op->rights & PMTR_write, &op->loan);

    op->status = op_status(rc);
    return 0;
}

int hv_pmt_reclaim(struct hd_call *call, struct pmt_reclaim *op)
{
    struct loan_back back;
    int rc = loan_take_back(call->caller, op->loan, &back);

    if ( rc == -ENOENT )
        op->status = PMTST_bad_loan;
    else if ( rc )
        op->status = PMTST_busy;
    else
        op_end_loan(call, &back);
    return 0;
}
