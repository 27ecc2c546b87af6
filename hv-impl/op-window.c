/* SPDX-License-Identifier: MIT */
/*
 * PMTOP_attach and detach: parts of tables, read-only, in the caller's own space.
 */
#include "op.h"
#include "window.h"

int hv_pmt_attach(struct hd_call *call, struct pmt_attach *op,
                  struct domain *whose)
{
    struct window_part part = {
        .whose = whose,
        .what = op->window,
        .first = op->first,
        .nr = op->nr,
        .address = op->address,
    };
    int rc = window_attach(call->caller, &part, call->place);

    if ( rc < 0 )
    {
        op->status = op_status(rc);
        return 0;
    }
    op->address = part.address;
    return rc;
}

int hv_pmt_detach(struct hd_call *call, struct pmt_detach *op)
{
    struct domain *d = call->caller;
    uint64_t address = op->address + ((uint64_t)call->place << d->page_shift);
    int rc = -ENOENT;

    /* Nothing is beyond the last address. */
    if ( address >= op->address )
        rc = window_detach(d, address, op->nr - call->place);
    if ( rc >= 0 )
        return rc;
    op->status = op_status(rc);
    return 0;
}
