/* SPDX-License-Identifier: MIT */
/*
 * PMTOP_info, translate and reverse: they tell, and change nothing.
 */
#include "op.h"

/* Pages looked at before somebody asks whether others shall run, at most: the longest run. */
#define TRANSLATE_WORK PMT_TOP_PAGES

int hv_pmt_info(struct hd_call *call, struct pmt_info *op, struct domain *d)
{
    const struct pmt *t = &d->hv->pmt;

    op->nr_gpfns = pmt_nr_gpfns(t);
    op->nr_mapped = pmt_nr_mapped(t);
    op->page_shift = d->page_shift;
    op->granule_shift = PMT_GRANULE_SHIFT;
    op->max_order = call->caller->max_order;
    op->features = PMTF_runs | PMTF_loans;
    if ( domain_has_pmt(call->caller) )
        op->features |= PMTF_right | PMTF_windows;
    return 0;
}

/* A run that is many leaves is work: place says how much there was since somebody looked. */
int hv_pmt_translate(struct hd_call *call, struct pmt_translate *op,
                     struct domain *d)
{
    const struct pmt *t = &d->hv->pmt;
    uint64_t most = PMT_TOP_PAGES - (op->gpfn & (PMT_TOP_PAGES - 1));
    uint64_t entry, run;

    if ( most > (op->limit ? op->limit : 1) )
        most = op->limit ? op->limit : 1;
    if ( call->place && call->place + most > TRANSLATE_WORK )
    {
        call->place = 0;
        if ( hypercall_preempt_check() )
            return -ERESTART;
    }
    if ( op->gpfn >= pmt_nr_gpfns(t) )
    {
        op->status = PMTST_bad_frame;
        return 0;
    }
    run = pmt_run(t, op->gpfn, op->limit, &entry);
    call->place += run;
    if ( !(entry & PMTE_present) )
    {
        entry = PMTE_absent;
        run = 1;
    }
    op->entry = op_answer(call->caller, entry);
    op->run = run;
    return 0;
}

int hv_pmt_reverse(struct hd_call *call, struct pmt_reverse *op)
{
    struct domain *d = call->caller;
    uint64_t mfn = op->mfn, gpfn;

    op->status = PMTST_bad_frame;
    /* The first granule of a page stands for all. */
    mfn &= ~((UINT64_C(1) << p2m_page_order(d)) - 1);
    if ( !port_mfn_valid(mfn) || !port_page_get(mfn, d) )
        return 0;
    gpfn = p2m_mfn_to_gfn(mfn);
    port_page_put(mfn);
    if ( gpfn == PMT_NO_GPFN )
        return 0;
    op->gpfn = gpfn;
    op->status = PMTST_okay;
    return 0;
}
