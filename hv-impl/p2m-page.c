/* SPDX-License-Identifier: MIT */
/*
 * Pages that a pager takes, and brings back: memory, leaving, paged out, memory.
 *
 * Needs p2m.h. A page that leaves is still there, and nobody reaches it: what the pager
 * saves is what there was. One that is paged out is a word alone. Readers of the table
 * find neither of them present.
 */
#include "p2m.h"

/* Of translated domains alone: PV ones name machine frames. */
static uint64_t entry_at(const struct domain *d, uint64_t gfn)
{
    return paging_mode_translate(d) && p2m_gfn_valid(d, gfn)
           ? pmt_lookup(&d->hv->pmt, gfn) : 0;
}

/* By somebody beside "allocated" and its entry. */
static bool is_used(uint64_t entry)
{
    unsigned int references, writers;

    port_page_counts(p2m_entry_mfn(entry), &references, &writers);
    return !HV_BUG(PAGER) && (references > 2 || writers);
}

/* Plain memory, with all rights, that nobody uses. */
static int leave_check(const struct domain *d, uint64_t gfn, uint64_t *entry)
{
    *entry = entry_at(d, gfn);
    if ( (HV_RULE(DYING) && d->is_dying) || p2m_kind(*entry) != P2M_RAM ||
         (*entry & (PMTE_present | PMTE_writable)) != (PMTE_present | PMTE_writable) ||
         (*entry & P2M_SOFTWARE) || port_page_is_special(p2m_entry_mfn(*entry)) )
        return -EINVAL;
    return is_used(*entry) ? -EBUSY : 0;
}

/* Whoever has found the page before gets no reference, or is counted here. */
static int leave_settle(struct pmt *t, uint64_t gfn, uint64_t entry)
{
    /* H1: pairs with H4 */
    port_fence();
    if ( !is_used(entry) )
        return 0;
    pmt_set_locked(t, gfn, entry);
    return -EBUSY;
}

/* From here to port_page_take() nobody can get a reference by the table. */
int p2m_page_leave(struct domain *d, uint64_t gfn)
{
    struct pmt *t = &d->hv->pmt;
    uint64_t entry;
    int rc;

    pmt_lock(t);
    rc = leave_check(d, gfn, &entry);
    if ( !rc )
        rc = pmt_prepare_locked(t, gfn, 1);
    if ( !rc )
    {
        PORT_POINT("page-to-leave");
        pmt_set_locked(t, gfn, p2m_attributes(P2M_LEAVING, false) | P2M_NO_ACCESS |
                               p2m_entry_mfn(entry) << 12);
        rc = leave_settle(t, gfn, entry);
    }
    pmt_unlock(t);
    PORT_POINT("page-leaves");
    if ( !rc )
        port_flush_page(d, gfn, 1);
    return rc;
}

int p2m_page_stay(struct domain *d, uint64_t gfn)
{
    struct pmt *t = &d->hv->pmt;
    uint64_t entry;

    pmt_lock(t);
    entry = entry_at(d, gfn);
    if ( p2m_kind(entry) == P2M_LEAVING )
        pmt_set_locked(t, gfn, p2m_entry_make(p2m_entry_mfn(entry),
                                              p2m_attributes(P2M_RAM, true)));
    pmt_unlock(t);
    return p2m_kind(entry) == P2M_LEAVING ? 0 : -ENOENT;
}

/* As p2m_steal_frame(): the entry's reference goes with the page. */
static int out_locked(struct domain *d, uint64_t gfn, uint64_t *mfn)
{
    uint64_t entry = entry_at(d, gfn);

    if ( p2m_kind(entry) != P2M_LEAVING )
        return -EINVAL;
    *mfn = p2m_entry_mfn(entry);
    if ( port_page_take(*mfn, d, false) )
        return -EBUSY;
    pmt_set_locked(&d->hv->pmt, gfn, P2M_PAGED_WORD);
    pmt_reverse_set(&hv_reverse, *mfn, PMT_NO_GPFN);
    return 0;
}

int p2m_page_out(struct domain *d, uint64_t gfn)
{
    uint64_t mfn;
    int rc;

    pmt_lock(&d->hv->pmt);
    rc = out_locked(d, gfn, &mfn);
    pmt_unlock(&d->hv->pmt);
    if ( rc )
        return rc;
    /* Whoever made it leave may not have flushed yet. */
    port_flush_page(d, gfn, 1);
    port_page_free(mfn);
    return 0;
}

int p2m_page_in(struct domain *d, uint64_t gfn, uint64_t mfn)
{
    int rc;

    pmt_lock(&d->hv->pmt);
    rc = entry_at(d, gfn) == P2M_PAGED_WORD ? p2m_assign_locked(d, mfn, gfn) : -ENOENT;
    pmt_unlock(&d->hv->pmt);
    return rc;
}
