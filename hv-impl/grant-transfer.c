/* SPDX-License-Identifier: MIT */
/*
 * Giving pages away: the taker's side, which pmt_op uses too, and the op.
 *
 * The op's first failure keeps the page, all later ones lose it: so it always was.
 * The page leaves the giver's table, all TLBs forget it, and nobody owns it, before
 * the taker is looked at.
 */
#include "grant-table.h"

/* ---- the taker's entry ------------------------------------------------------------- */

int grant_accept_claim(struct domain *taker, struct domain *giver,
                       grant_ref_t ref, struct grant_accept *claim)
{
    struct grant_table *t = grant_table_of(taker);
    union grant_head want, claimed;
    struct grant_shared s;
    struct grant_entry *e = grant_entry_lock(t, ref, &s);
    bool ok;

    if ( !e )
        return -EINVAL;
    want.hdr.flags = GTF_accept_transfer;
    want.hdr.domid = giver->domain_id;
    claimed = want;
    claimed.hdr.flags |= GTF_transfer_committed;

    /* Pairs with the guest's exchange of flags for 0. Nothing else will do: one try. */
    ok = !e->pin && !e->flight &&
         port_cmpxchg(s.word, want.word, claimed.word) == want.word;
    if ( ok )
    {
        /* Read after the exchange: the guest has to leave it alone now. */
        claim->gfn = s.version == 2 ? port_load((grant_long_t *)&s.v2->full_page.frame)
                                    : port_load((grant_word_t *)&s.v1->frame);
        claim->taker = taker;
        claim->entry = e;
        claim->ref = ref;
        e->flight++;
    }
    grant_entry_unlock(e);
    return ok ? 0 : -EINVAL;
}

/* Whatever the guest has made of flags meanwhile. */
static void accept_end(struct grant_accept *claim, uint16_t flags,
                       const uint64_t *frame)
{
    struct grant_shared s;
    struct grant_entry *e = grant_entry_lock(grant_table_of(claim->taker),
                                             claim->ref, &s);

    port_assert(e == claim->entry);
    if ( frame && s.version == 2 )
        port_store((grant_long_t *)&s.v2->full_page.frame, *frame); /* published by flags */
    else if ( frame )
        port_store((grant_word_t *)&s.v1->frame, (uint32_t)*frame); /* published by flags */
    /* Pairs with the guest's: read flags, read barrier, read frame. */
    port_store_release(s.flags, flags);
    e->flight--;
    grant_entry_unlock(e);
}

void grant_accept_complete(struct grant_accept *claim, uint64_t frame_told)
{
    accept_end(claim, GTF_accept_transfer | GTF_transfer_committed |
                      GTF_transfer_completed, &frame_told);
}

void grant_accept_undo(struct grant_accept *claim)
{
    accept_end(claim, GTF_accept_transfer, NULL);
}

/* ---- the op -------------------------------------------------------------------------- */

/* How wide an address the taker can use. */
static unsigned int taker_bits(const struct domain *taker)
{
    const struct grant_table *t = grant_table_of(taker);
    unsigned int bits = taker->address_bits ? taker->address_bits : 64;

    /* A frame of version 1 has 32 bits. A look: completing writes what fits then. */
    if ( !paging_mode_translate(taker) && t && port_load(&t->version) < 2 &&
         bits > 32 + PMT_GRANULE_SHIFT )
        bits = 32 + PMT_GRANULE_SHIFT;
    return bits;
}

/* Another page within reach, with the same contents. */
static int page_lower(const struct domain *taker, unsigned int bits, uint64_t *mfn)
{
    uint64_t low;

    if ( port_page_alloc_loose(taker, p2m_page_order(taker), bits, &low) )
        return GNTST_address_too_big;
    memcpy(port_page_address(low), port_page_address(*mfn), grant_page_bytes(taker));
    port_page_free(*mfn);
    *mfn = low;
    return GNTST_okay;
}

/* A PV domain says later where it wants the page, if its place is no good now. */
static int page_place(struct domain *taker, uint64_t mfn, uint64_t gfn)
{
    int rc = p2m_assign_page(taker, mfn, gfn);

    if ( rc && rc != -ENOSPC && !paging_mode_translate(taker) )
        rc = p2m_assign_page(taker, mfn, PMT_NO_GPFN);
    return rc;
}

/* The page is nobody's; where this fails it stays so. */
static int transfer_to(struct domain *giver, struct domain *taker,
                       const struct gnttab_transfer *op, uint64_t *mfn)
{
    struct grant_accept claim;
    unsigned int bits = taker_bits(taker);

    if ( hd_xsm(grant_transfer, HOOK, giver, taker) )
        return GNTST_permission_denied;
    if ( giver->page_shift != taker->page_shift )
        return GNTST_general_error;
    if ( !p2m_page_fits(taker, *mfn, bits) && page_lower(taker, bits, mfn) )
        return GNTST_address_too_big;
    if ( taker->is_dying || grant_accept_claim(taker, giver, op->ref, &claim) )
        return GNTST_general_error;

    PORT_POINT("grant claimed");
    if ( page_place(taker, *mfn, claim.gfn) )
    {
        grant_accept_undo(&claim);
        return GNTST_general_error;
    }
    grant_accept_complete(&claim, paging_mode_translate(taker)
                                  ? claim.gfn : p2m_told(taker, *mfn));
    return GNTST_okay;
}

int hv_grant_table_transfer(struct hd_call *call, struct gnttab_transfer *op)
{
    struct domain *taker;
    uint64_t mfn, gfn;

    if ( hv_options.no_transfer )
        return -EOPNOTSUPP;
    if ( p2m_steal_frame(call->caller, op->mfn, &mfn, &gfn) )
    {
        op->status = GNTST_bad_page;
        return 0;
    }
    PORT_POINT("grant stolen");

    taker = rcu_lock_domain_by_id(op->domid);
    op->status = GNTST_bad_domain;
    if ( taker )
    {
        op->status = transfer_to(call->caller, taker, op, &mfn);
        rcu_unlock_domain(taker);
    }
    if ( op->status )
        port_page_free(mfn);
    return 0;
}
