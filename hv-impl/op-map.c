/* SPDX-License-Identifier: MIT */
/*
 * PMTOP_map: a grant, at the address that the caller asks for or has already.
 *
 * Needs grant.h. Who has the page in its own space is told where, and has it
 * pinned: its owner, or who has the right and sees it at the frame of the machine's
 * number, or where it asks. A PV domain asks with a virtual address, and where else
 * it sees a page is its own business: it always gets what it asked for.
 */
#include "op.h"
#include "grant.h"
#include "window.h"

/* The caller's entry at gpfn is that page, with all rights. */
static bool is_at(struct domain *d, uint64_t gpfn, uint64_t mfn)
{
    uint64_t entry = p2m_gfn_valid(d, gpfn) ? pmt_lookup(&d->hv->pmt, gpfn) : 0;

    return (entry & PMTE_present) && (entry & PMTE_writable) &&
           p2m_entry_mfn(entry) == mfn;
}

static bool map_seen(struct domain *d, uint64_t mfn, uint64_t *address)
{
    uint64_t asked = *address >> d->page_shift;
    uint64_t there = mfn >> p2m_page_order(d);
    uint64_t own = port_page_owner(mfn) == d ? p2m_mfn_to_gfn(mfn) : PMT_NO_GPFN;

    if ( is_pv_domain(d) || HV_BUG(PLACE) )
        return false;
    if ( own != PMT_NO_GPFN && is_at(d, own, mfn) )
        *address = own << d->page_shift;
    else if ( domain_has_pmt(d) && is_at(d, there, mfn) )
        *address = there << d->page_shift;
    else
        return domain_has_pmt(d) && is_at(d, asked, mfn);
    return true;
}

/* Nothing could be mapped there, whatever was granted. */
static bool is_no_place(struct domain *d, uint64_t address)
{
    uint64_t gpfn = address >> d->page_shift;

    return (address & ((UINT64_C(1) << d->page_shift) - 1)) ||
           !p2m_gfn_valid(d, gpfn) ||
           p2m_entry_holds(pmt_lookup(&d->hv->pmt, gpfn)) || window_covers(d, gpfn);
}

/*
 * A general error says that the access was not granted, unless the page is known:
 * then it was, and the place is wrong, or there is no memory for the devices' table.
 */
static int map_status(const struct grant_request *want, int16_t status)
{
    struct domain *d = want->mapper;

    switch ( status )
    {
    case GNTST_okay:
        return PMTST_okay;
    case GNTST_bad_domain:
        return PMTST_bad_domain;
    case GNTST_bad_page:
    case GNTST_bad_virt_addr:
        return PMTST_bad_frame;
    case GNTST_eagain:
        return PMTST_busy;
    case GNTST_no_space:
    case GNTST_no_device_space:
        return PMTST_no_memory;
    case GNTST_general_error:
        if ( want->mfn == HV_INVALID_MFN )
            return PMTST_bad_grant;
        return is_pv_domain(d) || is_no_place(d, want->host_addr)
               ? PMTST_bad_frame : PMTST_no_memory;
    default:
        return PMTST_bad_grant;
    }
}

/* What the caller is told of the page. */
static uint64_t map_entry(struct domain *d, const struct grant_request *want)
{
    uint64_t gpfn = want->host_addr >> d->page_shift;

    if ( !is_pv_domain(d) )
        return op_answer(d, pmt_lookup(&d->hv->pmt, gpfn));
    return op_answer(d, p2m_entry_make(want->mfn,
                                       p2m_attributes(P2M_GRANT, want->writable)));
}

int hv_pmt_map(struct hd_call *call, struct pmt_map *op, struct domain *granter)
{
    struct domain *d = call->caller;
    struct grant_request want = {
        .mapper = d,
        .granter = granter,
        .ref = op->ref,
        .flags = GNTMAP_host_map |
                 (op->flags & PMTM_readonly ? GNTMAP_readonly : 0) |
                 (op->flags & PMTM_device ? GNTMAP_device_map : 0),
        .host_addr = op->address,
        .seen = map_seen,
    };

    if ( HV_RULE(WIDTH) && d->page_shift != granter->page_shift )
    {
        op->status = PMTST_bad_frame;
        return 0;
    }
    op->status = map_status(&want, grant_map(&want));
    if ( op->status != PMTST_okay )
        return 0;
    op->address = want.host_addr;
    op->handle = want.handle;
    op->entry = map_entry(d, &want);
    return 0;
}
