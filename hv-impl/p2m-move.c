/* SPDX-License-Identifier: MIT */
/*
 * Pages that change hands, and places that a PV domain chooses.
 *
 * Needs p2m.h. Gives taking a page from its owner, making it somebody's, and the
 * one function that follows what a PV domain says about its frames.
 */
#include "p2m.h"

/*
 * Only ordinary memory that nobody else refers to can go. The page is nobody's
 * while the entry still stands: a lookup meanwhile finds no page, and waits for
 * the lock.
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
    if ( !rc )
        rc = port_page_take(mfn, d, charged);
    return rc ? rc : p2m_remove_locked(d, gfn, mfn, &old);
}

/* At no place of the table: the reference that goes with it is got here. */
static int steal_placeless(struct domain *d, uint64_t mfn, bool charged)
{
    int rc;

    if ( !port_page_get(mfn, d) )
        return -ENOENT;
    rc = port_page_take(mfn, d, charged);
    if ( rc )
        port_page_put(mfn);
    return rc;
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
    return steal_placeless(d, mfn, charged);
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
    /* At no place, too: its devices may have it. */
    if ( !rc )
        p2m_flush(d, *gfn);
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

/*
 * One more reference to what just became d's, for an entry. It is there: who lets go
 * of a page of d's needs the lock.
 */
static void page_hold(uint64_t mfn, struct domain *d)
{
    bool held = !HV_RULE(REFERENCE) || port_page_get(mfn, d);

    port_assert(held);
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
    if ( !rc )
        page_hold(mfn, d);
    PORT_POINT("p2m-assigned");
    if ( !rc && !HV_RULE(PREPARE) )
        rc = p2m_prepare_locked(d, gfn);
    if ( !rc )
        p2m_set_prepared(d, gfn, p2m_entry_make(mfn, p2m_attributes(P2M_RAM, true)));
    return rc;
}

/* For another frame, with the rights of an entry that was removed. */
static uint64_t like_of(uint64_t mfn, uint64_t entry)
{
    return (entry & ~(UINT64_C(0xffffffffff) << 12)) | (mfn << 12);
}

void p2m_return_charged(struct domain *d, uint64_t mfn)
{
    (void)port_page_assign(mfn, d, true);
    page_hold(mfn, d);
}

void p2m_return_prepared(struct domain *d, uint64_t mfn, uint64_t gfn,
                         uint64_t like)
{
    if ( gfn == PMT_NO_GPFN )
        (void)port_page_assign(mfn, d, true);
    else
    {
        p2m_return_charged(d, mfn);
        p2m_set_prepared(d, gfn, like_of(mfn, like));
    }
}

int p2m_return_page(struct domain *d, uint64_t mfn, uint64_t gfn,
                    uint64_t like)
{
    int rc;

    pmt_lock(&d->hv->pmt);
    if ( gfn == PMT_NO_GPFN )
        rc = HV_RULE(DYING) && d->is_dying ? -EINVAL : 0;
    else
        rc = p2m_prepare_locked(d, gfn);
    if ( !rc )
        p2m_return_prepared(d, mfn, gfn, like);
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

/* A page that was given back is the domain's only while somebody uses it: it has no place. */
static bool pv_has_page(uint64_t mfn)
{
    unsigned int references, writers;

    return port_page_counts(mfn, &references, &writers);
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
    if ( (HV_RULE(DYING) && d->is_dying) || !pv_has_page(mfn) )
        return -EINVAL;
    rc = pv_check(d, before, &mine);
    if ( !rc )
        rc = pv_check(d, pfn, &other);
    if ( rc )
        return rc;

    PORT_POINT("p2m-prepared");
    /* From here on nothing can fail. */
    if ( p2m_entry_holds(mine) )
        p2m_remove_locked(d, before, mfn, &mine);
    else if ( pfn != PMT_NO_GPFN )
        page_hold(mfn, d);
    if ( pfn == PMT_NO_GPFN )
    {
        *dropped = mine;
        *at = before;
        return 0;
    }
    if ( p2m_entry_holds(other) && !HV_BUG(SAID) )
        p2m_remove_locked(d, pfn, HV_INVALID_MFN, dropped);
    *at = pfn;
    p2m_set_prepared(d, pfn, p2m_entry_make(mfn, p2m_attributes(P2M_RAM, true)));
    return 0;
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
