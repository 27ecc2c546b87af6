/* SPDX-License-Identifier: MIT */
/*
 * PMTOP_exchange: contiguous frames behind pages that have others.
 *
 * The new ones are nobody's, and cleared, before anything changes; the old ones
 * become nobody's one by one, and can all be given back; then nothing can fail.
 * The caller is charged for as many pages at any time.
 */
#include "op.h"

/* What one exchange is about. */
struct exchange {
    struct domain *d;
    uint64_t gpfn, nr;
    uint64_t fresh;                     /* the first of them */
    uint64_t *old;                      /* entries */
};

static uint64_t fresh_page(const struct exchange *x, uint64_t i)
{
    return x->fresh + (i << p2m_page_order(x->d));
}

/* Width of addresses that both the caller and its machine can do with; 0: any. */
static unsigned int exchange_bits(const struct domain *d, unsigned int asked)
{
    if ( asked >= 64 )
        asked = 0;
    if ( !asked || (d->address_bits && d->address_bits < asked) )
        return d->address_bits;
    return asked;
}

static int check_all(const struct exchange *x)
{
    int status = PMTST_okay;
    uint64_t i;

    for ( i = 0; status == PMTST_okay && i < x->nr; i++ )
    {
        x->old[i] = pmt_lookup(&x->d->hv->pmt, x->gpfn + i);
        status = op_check_own(x->old[i]);
    }
    return status;
}

/* All or none of the old pages, each with its entry's reference: who looks one up meanwhile waits. */
static bool take_all(const struct exchange *x)
{
    uint64_t i;

    for ( i = 0; i < x->nr; i++ )
        if ( port_page_take(p2m_entry_mfn(x->old[i]), x->d, true) )
            break;
    if ( i == x->nr )
        return true;
    while ( i-- )
        p2m_return_charged(x->d, p2m_entry_mfn(x->old[i]));
    return false;
}

/* The new ones are all alike: then they can be a run. */
static void enter_all(const struct exchange *x)
{
    struct pmt *t = &x->d->hv->pmt;
    uint64_t first = op_fresh_entry(x->fresh, x->old[0]), i, entry;
    bool alike = true;

    for ( i = 0; i < x->nr; i++ )
    {
        p2m_return_charged(x->d, fresh_page(x, i));
        if ( (x->old[i] ^ x->old[0]) & P2M_READ_ONLY )
            alike = false;
    }
    if ( !alike || pmt_set_run_locked(t, x->gpfn, x->nr, first) )
        for ( i = 0; i < x->nr; i++ )
        {
            entry = op_fresh_entry(fresh_page(x, i), x->old[i]);
            pmt_set_locked(t, x->gpfn + i, entry);
        }
    for ( i = 0; i < x->nr; i++ )
    {
        pmt_reverse_set(&hv_reverse, p2m_entry_mfn(x->old[i]), PMT_NO_GPFN);
        if ( !HV_BUG(REVERSE) )
            pmt_reverse_set(&hv_reverse, fresh_page(x, i), x->gpfn + i);
    }
}

/* A status; okay: the old pages are nobody's. */
static int exchange_locked(const struct exchange *x)
{
    int status = check_all(x);

    if ( status != PMTST_okay )
        return status;
    if ( pmt_prepare_locked(&x->d->hv->pmt, x->gpfn, x->nr) )
        return PMTST_no_memory;
    PORT_POINT("exchange-take");
    if ( !take_all(x) )
        return PMTST_busy;
    PORT_POINT("exchange-taken");
    enter_all(x);
    return PMTST_okay;
}

static int exchange_pages(struct exchange *x)
{
    struct domain *d = x->d;
    int status;
    uint64_t i;

    pmt_lock(&d->hv->pmt);
    status = exchange_locked(x);
    pmt_unlock(&d->hv->pmt);
    if ( status != PMTST_okay )
    {
        for ( i = 0; i < x->nr; i++ )
            port_page_free(fresh_page(x, i));
        return status;
    }
    PORT_POINT("exchange-before-flush");
    port_flush_page(d, x->gpfn, x->nr);
    for ( i = 0; i < x->nr; i++ )
        port_page_free(p2m_entry_mfn(x->old[i]));
    return PMTST_okay;
}

int hv_pmt_exchange(struct hd_call *call, struct pmt_exchange *op)
{
    struct domain *d = call->caller;
    struct exchange x = {
        .d = d, .gpfn = op->gpfn, .nr = UINT64_C(1) << op->order,
    };
    unsigned int order = op->order + p2m_page_order(d);

    op->status = PMTST_bad_frame;
    if ( (x.gpfn & (x.nr - 1)) || !p2m_gfn_valid(d, x.gpfn) ||
         !p2m_gfn_valid(d, x.gpfn + x.nr - 1) )
        return 0;
    op->status = PMTST_no_memory;
    x.old = port_alloc(x.nr * sizeof(*x.old));
    if ( !x.old )
        return 0;
    if ( !port_page_alloc_loose(d, order, exchange_bits(d, op->address_bits),
                                &x.fresh) )
        op->status = exchange_pages(&x);
    if ( op->status == PMTST_okay )
        op->entry = op_answer(d, pmt_lookup(&d->hv->pmt, x.gpfn));
    port_free(x.old, x.nr * sizeof(*x.old));
    return 0;
}
