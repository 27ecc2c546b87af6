/* SPDX-License-Identifier: MIT */
/*
 * PMTOP_flip: a page for the domain that accepts it, and a fresh one instead.
 *
 * The fresh page comes first; it also is what the taker is charged for before the
 * page is his, and what the giver stays charged for after. So once the old page is
 * nobody's nothing can fail: the giver's entry says the fresh one, the giver's
 * TLBs are flushed, and only then the taker's entry says the old one.
 */
#include "op.h"
#include "grant.h"

struct flip {
    struct domain *giver, *taker;
    uint64_t from, to;                  /* guest frames */
    uint64_t entry, fresh;              /* the giver's; nobody's frame */
};

/* What can be said before anything is taken. */
static int flip_check(struct flip *f)
{
    struct pmt *t = &f->giver->hv->pmt;
    int status, rc;

    f->entry = pmt_lookup(t, f->from);
    status = op_check_own(f->entry);
    if ( status != PMTST_okay )
        return status;
    if ( HV_RULE(WIDTH) && !p2m_can_address(f->taker, p2m_entry_mfn(f->entry)) )
        return PMTST_bad_frame;
    rc = p2m_prepare_locked(f->taker, f->to);
    if ( rc == -EBUSY || rc == -EINVAL )
        return PMTST_bad_grant;
    if ( !rc )
        rc = pmt_prepare_locked(t, f->from, 1);
    return rc ? PMTST_no_memory : PMTST_okay;
}

/* The taker is charged for a page: fresh has been his, and is nobody's again. */
static bool charge_taker(struct flip *f)
{
    if ( port_page_assign(f->fresh, f->taker, false) )
        return false;
    if ( port_page_get(f->fresh, f->taker) )
    {
        if ( !port_page_take(f->fresh, f->taker, true) )
            return true;
        port_page_put(f->fresh);
    }
    /* A PV domain guessed its number, and has it now. */
    port_page_free(f->fresh);
    f->fresh = HV_INVALID_MFN;
    return false;
}

static void uncharge_taker(struct flip *f)
{
    (void)port_page_assign(f->fresh, f->taker, true);
    port_page_free(f->fresh);
    f->fresh = HV_INVALID_MFN;
}

static void flip_pages(struct flip *f)
{
    uint64_t mfn = p2m_entry_mfn(f->entry);

    p2m_return_charged(f->giver, f->fresh);
    pmt_replace_locked(&f->giver->hv->pmt, f->from, op_fresh_entry(f->fresh, f->entry));
    if ( !HV_BUG(REVERSE) )
        pmt_reverse_set(&hv_reverse, f->fresh, f->from);
    PORT_POINT("flip-before-flush");
    if ( HV_RULE(FLUSH) )
        port_flush_page(f->giver, f->from, 1);
    p2m_return_charged(f->taker, mfn);
    /* Where nothing is, or a page that is paged out. */
    pmt_set_locked(&f->taker->hv->pmt, f->to,
                   p2m_entry_make(mfn, p2m_attributes(P2M_RAM, true)));
    pmt_reverse_set(&hv_reverse, mfn, f->to);
}

/* With both locks: a status. Where it is not okay, fresh may have gone. */
static int flip_locked(struct flip *f)
{
    int status = flip_check(f);

    if ( status != PMTST_okay )
        return status;
    if ( !charge_taker(f) )
        return PMTST_no_memory;
    PORT_POINT("flip-take");
    if ( port_page_take(p2m_entry_mfn(f->entry), f->giver, true) )
    {
        uncharge_taker(f);
        return PMTST_busy;
    }
    flip_pages(f);
    return PMTST_okay;
}

static int flip_claimed(struct flip *f)
{
    struct pmt *a = &f->giver->hv->pmt, *b = &f->taker->hv->pmt;
    int status;

    if ( port_page_alloc_loose(f->giver, p2m_page_order(f->giver),
                               f->giver->address_bits, &f->fresh) )
        return PMTST_no_memory;
    PORT_POINT("flip-claimed");
    pmt_lock_pair(a, b);
    status = flip_locked(f);
    pmt_unlock_pair(a, b);
    if ( status != PMTST_okay && f->fresh != HV_INVALID_MFN )
        port_page_free(f->fresh);
    return status;
}

/* A page that is not the giver's to give needs no claim, and no fresh one. */
static int flip_status(struct domain *giver, uint64_t gpfn)
{
    if ( !p2m_gfn_valid(giver, gpfn) )
        return PMTST_bad_frame;
    return op_check_own(pmt_lookup(&giver->hv->pmt, gpfn));
}

int hv_pmt_flip(struct hd_call *call, struct pmt_flip *op, struct domain *taker)
{
    struct flip f = { .giver = call->caller, .taker = taker, .from = op->gpfn };
    struct grant_accept claim;

    op->status = PMTST_bad_frame;
    if ( HV_RULE(WIDTH) && f.giver->page_shift != taker->page_shift )
        return 0;
    op->status = flip_status(f.giver, f.from);
    if ( op->status != PMTST_okay )
        return 0;
    op->status = PMTST_bad_grant;
    if ( grant_accept_claim(taker, f.giver, op->ref, &claim) )
        return 0;
    f.to = claim.gfn;
    op->status = flip_claimed(&f);
    if ( op->status != PMTST_okay )
    {
        grant_accept_undo(&claim);
        return 0;
    }
    grant_accept_complete(&claim, claim.gfn);
    op->entry = op_answer(f.giver, op_fresh_entry(f.fresh, f.entry));
    return 0;
}
