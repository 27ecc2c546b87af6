/* SPDX-License-Identifier: MIT */
/*
 * PMTOP_protect: what the caller may do with its own pages.
 */
#include "op.h"

/* The word with these rights; what it was given with stays. */
static uint64_t with_rights(uint64_t entry, uint32_t rights)
{
    entry &= ~(PMTE_present | PMTE_writable | P2M_NO_ACCESS);
    if ( !(rights & PMTR_read) )
        return entry | P2M_NO_ACCESS;
    return entry | PMTE_present | (rights & PMTR_write ? PMTE_writable : 0);
}

/*
 * Who writes beside the caller's own entry: a loan's own type is not counted, a PV
 * domain's own writable mappings are.
 */
static bool is_written(uint64_t entry)
{
    unsigned int references, writers, own;

    own = p2m_kind(entry) == P2M_LOAN && !(entry & P2M_READ_ONLY);
    port_page_counts(p2m_entry_mfn(entry), &references, &writers);
    return writers > own;
}

/* One page, with the lock: a status. */
static int protect_page(struct domain *d, uint64_t gpfn, uint32_t rights)
{
    struct pmt *t = &d->hv->pmt;
    uint64_t entry = p2m_gfn_valid(d, gpfn) ? pmt_lookup(t, gpfn) : 0;
    uint64_t now = with_rights(entry, rights);
    enum p2m_kind kind = p2m_kind(entry);

    if ( !p2m_entry_holds(entry) ||
         (kind != P2M_RAM && kind != P2M_LENT && kind != P2M_LOAN) )
        return PMTST_bad_frame;
    if ( (rights & PMTR_write) && (entry & P2M_READ_ONLY) )
        return PMTST_denied;
    if ( now == entry )
        return PMTST_okay;
    if ( pmt_prepare_locked(t, gpfn, 1) )
        return PMTST_no_memory;
    pmt_set_locked(t, gpfn, now);
    if ( rights & PMTR_write )
        return PMTST_okay;
    /* H2: pairs with H5; who asks for a writable page from now on gets none, or is counted */
    port_fence();
    PORT_POINT("protect-set");
    if ( !is_written(entry) )
        return PMTST_okay;
    pmt_set_locked(t, gpfn, entry);
    return PMTST_busy;
}

int hv_pmt_protect(struct hd_call *call, struct pmt_protect *op)
{
    struct domain *d = call->caller;
    struct pmt *t = &d->hv->pmt;
    uint64_t gpfn = op->gpfn + call->place;
    unsigned int nr = 64 - call->place % 64, done;
    int status = PMTST_okay;

    if ( nr > op->nr - call->place )
        nr = op->nr - call->place;
    pmt_lock(t);
    for ( done = 0; done < nr; done++ )
    {
        status = protect_page(d, gpfn + done, op->rights);
        if ( status != PMTST_okay )
            break;
    }
    pmt_unlock(t);
    if ( done )
    {
        op_flush_later(call, gpfn, done);
        return done;
    }
    op->status = status;
    return 0;
}
