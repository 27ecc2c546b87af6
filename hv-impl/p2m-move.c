/* SPDX-License-Identifier: MIT */
/*
 * Pages that change hands, and places that a PV domain chooses.
 *
 * Needs p2m.h. Gives taking a page from its owner, making it somebody's, and the
 * one function that follows what a PV domain says about its frames.
 */
#include "p2m.h"

/*
 * Only ordinary memory that nobody else refers to can go. The entry's reference
 * is put while the entry still stands, so that a lookup meanwhile finds either the
 * page or, when it is stolen, none; the lock keeps all others away.
 */
static int steal_at(struct domain *d, uint64_t gfn, uint64_t entry,
                    bool charged)
{
    uint64_t mfn = p2m_entry_mfn(entry), old;
    int rc;

    if ( p2m_kind(entry) == P2M_LENT )
        return -EBUSY;
    if ( HV_RULE(KIND) && p2m_kind(entry) != P2M_RAM )
        return -EACCES;
    rc = pmt_prepare_locked(&d->hv->pmt, gfn, 1);
    if ( rc )
        return rc;
    port_page_put(mfn);
    if ( port_page_take(mfn, d, charged) )
    {
        if ( !port_page_get(mfn, d) )
            port_domain_crash(d);
        return -EBUSY;
    }
    return p2m_remove_locked(d, gfn, mfn, &old);
}

/* A PV domain may have it at no place of its table. */
static int steal_machine_frame(struct domain *d, uint64_t mfn, uint64_t *gfn,
                               uint64_t *entry, bool charged)
{
    if ( !port_mfn_valid(mfn) || port_page_owner(mfn) != d )
        return -ENOENT;
    if ( port_page_is_special(mfn) )
        return -EACCES;
    *gfn = p2m_mfn_to_gfn(mfn);
    if ( *gfn != PMT_NO_GPFN )
    {
        *entry = pmt_lookup(&d->hv->pmt, *gfn);
        if ( p2m_entry_holds(*entry) && p2m_entry_mfn(*entry) == mfn )
            return steal_at(d, *gfn, *entry, charged);
        *gfn = PMT_NO_GPFN;
    }
    *entry = p2m_entry_make(mfn, p2m_attributes(P2M_RAM, true));
    return port_page_take(mfn, d, charged) ? -EBUSY : 0;
}

static int let_go_frame(struct domain *d, uint64_t frame, uint64_t *mfn,
                        uint64_t *gfn, uint64_t *entry, bool charged)
{
    int rc;

    pmt_lock(&d->hv->pmt);
    if ( is_pv_domain(d) )
    {
        *mfn = frame;
        rc = steal_machine_frame(d, frame, gfn, entry, charged);
    }
    else
    {
        *gfn = frame;
        *entry = p2m_gfn_valid(d, frame) ? pmt_lookup(&d->hv->pmt, frame) : 0;
        *mfn = p2m_entry_mfn(*entry);
        rc = p2m_entry_holds(*entry) ? steal_at(d, frame, *entry, charged) : -ENOENT;
    }
    pmt_unlock(&d->hv->pmt);
    PORT_POINT("p2m-stolen");
    if ( !rc && *gfn != PMT_NO_GPFN )
        port_flush_page(d, *gfn, 1);
    return rc;
}

int p2m_steal_frame(struct domain *d, uint64_t frame, uint64_t *mfn,
                    uint64_t *gfn)
{
    uint64_t entry;

    return let_go_frame(d, frame, mfn, gfn, &entry, false);
}

int p2m_take_frame(struct domain *d, uint64_t frame, uint64_t *mfn,
                   uint64_t *gfn, uint64_t *entry)
{
    return let_go_frame(d, frame, mfn, gfn, entry, true);
}

int p2m_assign_locked(struct domain *d, uint64_t mfn, uint64_t gfn)
{
    int rc;

    if ( gfn == PMT_NO_GPFN )
        return HV_RULE(DYING) && d->is_dying ? -EINVAL
                                             : port_page_assign(mfn, d, false);
    /* All that can fail but the owner's quota comes before it is his. */
    rc = HV_RULE(PREPARE) ? p2m_prepare_locked(d, gfn) : 0;
    if ( !rc )
        rc = port_page_assign(mfn, d, false);
    if ( rc )
        return rc;
    /* Nobody else can let go of it: to do so he needs the lock. */
    if ( HV_RULE(REFERENCE) && !port_page_get(mfn, d) )
        return -EINVAL;
    return p2m_add_locked(d, gfn, mfn, p2m_attributes(P2M_RAM, true));
}

/* For another frame, with the rights of an entry that was removed. */
static uint64_t like_of(uint64_t mfn, uint64_t entry)
{
    return (entry & ~(UINT64_C(0xffffffffff) << 12)) | (mfn << 12);
}

int p2m_return_locked(struct domain *d, uint64_t mfn, uint64_t gfn,
                      uint64_t like)
{
    int rc = HV_RULE(DYING) && d->is_dying ? -EINVAL : 0;

    if ( !rc && gfn != PMT_NO_GPFN )
        rc = p2m_prepare_locked(d, gfn);
    if ( rc )
        return rc;
    (void)port_page_assign(mfn, d, true);
    if ( gfn == PMT_NO_GPFN )
        return 0;
    if ( HV_RULE(REFERENCE) && !port_page_get(mfn, d) )
        return -EINVAL;
    return p2m_restore_locked(d, gfn, like_of(mfn, like));
}

int p2m_return_page(struct domain *d, uint64_t mfn, uint64_t gfn,
                    uint64_t like)
{
    int rc;

    pmt_lock(&d->hv->pmt);
    rc = p2m_return_locked(d, mfn, gfn, like);
    pmt_unlock(&d->hv->pmt);
    return rc;
}

int p2m_assign_page(struct domain *d, uint64_t mfn, uint64_t gfn)
{
    int rc;

    pmt_lock(&d->hv->pmt);
    rc = p2m_assign_locked(d, mfn, gfn);
    pmt_unlock(&d->hv->pmt);
    return rc;
}

/* ---- what a PV domain says ------------------------------------------------------ */

/* Whose place it takes, and where it was itself: both can be left. */
static int pv_check(struct domain *d, uint64_t gfn, uint64_t *entry)
{
    *entry = gfn == PMT_NO_GPFN ? 0 : pmt_lookup(&d->hv->pmt, gfn);
    if ( gfn == PMT_NO_GPFN )
        return 0;
    if ( p2m_entry_holds(*entry) && p2m_kind(*entry) != P2M_RAM )
        return -EINVAL;
    return pmt_prepare_locked(&d->hv->pmt, gfn, 1);
}

/* dropped: the reference of whoever was at pfn, or of the page at its old place. */
static int pv_set_pfn_locked(struct domain *d, uint64_t mfn, uint64_t pfn,
                             uint64_t *dropped, uint64_t *at)
{
    uint64_t before = p2m_mfn_to_gfn(mfn), mine, other;
    int rc;

    *dropped = 0;
    if ( before == pfn )
        return 0;
    if ( HV_RULE(DYING) && d->is_dying )
        return -EINVAL;
    rc = pv_check(d, before, &mine);
    if ( !rc )
        rc = pv_check(d, pfn, &other);
    if ( rc )
        return rc;

    if ( p2m_entry_holds(other) )
        p2m_remove_locked(d, pfn, HV_INVALID_MFN, dropped);
    *at = pfn;
    if ( p2m_entry_holds(mine) )
    {
        p2m_remove_locked(d, before, mfn, &mine);
        if ( pfn == PMT_NO_GPFN )
        {
            *dropped = mine;
            *at = before;
            return 0;
        }
    }
    else if ( pfn == PMT_NO_GPFN )
        return 0;
    else if ( HV_RULE(REFERENCE) && !port_page_get(mfn, d) )
        return -EINVAL;
    return p2m_add_locked(d, pfn, mfn, p2m_attributes(P2M_RAM, true));
}

int hv_pv_set_pfn(struct domain *d, uint64_t mfn, uint64_t pfn)
{
    uint64_t dropped, at = 0;
    int rc;

    /* A number that is no frame of the table is as good as none. */
    if ( !p2m_gfn_valid(d, pfn) )
        pfn = PMT_NO_GPFN;
    if ( !is_pv_domain(d) || !port_mfn_valid(mfn) || port_page_is_special(mfn) )
        return -EINVAL;
    pmt_lock(&d->hv->pmt);
    rc = pv_set_pfn_locked(d, mfn, pfn, &dropped, &at);
    pmt_unlock(&d->hv->pmt);
    if ( dropped )
    {
        port_flush_page(d, at, 1);
        p2m_drop(dropped);
    }
    return rc;
}
