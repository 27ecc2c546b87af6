/* SPDX-License-Identifier: MIT */
/*
 * ia64's dom0vp_op: pages of devices and of other domains in the caller's space.
 *
 * A page is looked up, held and typed before anything changes; what stood at its
 * place goes only if ordinary calls may take it, and in one step with the new.
 */
#include "dom0vp.h"
#include "physmap.h"

int dom0vp_replace(struct domain *d, uint64_t gfn, uint64_t mfn,
                   uint64_t attributes)
{
    struct pmt *t = &d->hv->pmt;
    uint64_t old = 0;
    int rc;

    pmt_lock(t);
    /* With this nothing below can fail but for what is there. */
    rc = physmap_place_check(d, gfn);
    if ( !rc )
        rc = p2m_discard_locked(d, gfn, P2M_REPLACE, &old);
    if ( rc == -ENOENT )
        rc = 0;
    if ( !rc )
        p2m_set_prepared(d, gfn, p2m_entry_make(mfn, attributes));
    pmt_unlock(t);
    if ( p2m_entry_holds(old) && rc != -EPERM )
    {
        port_flush_page(d, gfn, 1);
        p2m_drop(old);
    }
    return !rc || rc == -ENOMEM ? rc : -EINVAL;
}

/* ---- devices ------------------------------------------------------------------------- */

/* Already there, by an earlier call. */
static bool is_mapped(struct domain *d, uint64_t frame)
{
    uint64_t entry = pmt_lookup(&d->hv->pmt, frame);

    return p2m_entry_holds(entry) && p2m_kind(entry) == P2M_DEVICE &&
           p2m_entry_mfn(entry) == frame;
}

/* All of it is device memory, and nothing else is where it is to appear. */
static bool is_device(struct domain *d, uint64_t first, uint64_t last)
{
    uint64_t frame;

    for ( frame = first; frame <= last; frame++ )
    {
        if ( !p2m_gfn_valid(d, frame) || !port_page_is_io(frame) )
            return false;
        if ( !is_mapped(d, frame) &&
             p2m_entry_holds(pmt_lookup(&d->hv->pmt, frame)) )
            return false;
    }
    return true;
}

/* It ends with the first frame that is no device's, so size bounds nothing. */
long hv_ia64_dom0vp_ioremap(struct hd_call *call, unsigned long mpaddr,
                            unsigned long size)
{
    struct domain *d = call->caller;
    uint64_t first = mpaddr >> PMT_GRANULE_SHIFT, frame, last;
    int rc = 0;

    if ( !d->is_hardware )
        return -EPERM;
    if ( mpaddr + (size ? size - 1 : 0) < mpaddr || d->page_shift != PMT_GRANULE_SHIFT )
        return -EINVAL;
    last = (mpaddr + (size ? size - 1 : 0)) >> PMT_GRANULE_SHIFT;
    if ( !is_device(d, first, last) )
        return -EINVAL;
    for ( frame = first; !rc && frame <= last; frame++ )
        if ( !is_mapped(d, frame) )
            rc = p2m_add_page(d, frame, frame, p2m_attributes(P2M_DEVICE, true));
    return rc ? rc : (long)mpaddr;
}

/* ---- other domains' pages -------------------------------------------------------------- */

/* A page that is held; the hold becomes the entry's, with a type to be written. */
static int enter_foreign(struct domain *d, uint64_t gfn, uint64_t mfn,
                         bool writable)
{
    uint64_t attributes;
    int rc;

    /* No ia64 domain has page tables there: Xen's own pages alone have no type. */
    if ( port_page_is_special(mfn) || (writable && !port_page_get_type(mfn, true)) )
    {
        port_page_put(mfn);
        return -EINVAL;
    }
    attributes = p2m_attributes(P2M_FOREIGN, writable) |
                 (writable ? P2M_TYPED : P2M_READ_ONLY);
    rc = dom0vp_replace(d, gfn, mfn, attributes);
    if ( rc )
        p2m_drop(p2m_entry_make(mfn, attributes));
    return rc;
}

/* The machine's own frames: devices. Xen's own memory is nobody's to map. */
static long add_machine_frame(struct domain *d, uint64_t gpfn, uint64_t mfn)
{
    /* Larger pages are more than the frame that was asked about. */
    if ( !d->is_hardware || d->page_shift != PMT_GRANULE_SHIFT || !port_page_is_io(mfn) )
        return -EINVAL;
    return dom0vp_replace(d, gpfn, mfn, p2m_attributes(P2M_DEVICE, true));
}

/* Whose frame it is: 0, or why not. */
static long find_domain(struct domain *caller, domid_t domid, struct domain **d)
{
    *d = hd_lock_live_by_id(domid);
    if ( !*d )
        return -ESRCH;
    if ( *d != caller && (*d)->page_shift == caller->page_shift )
        return 0;
    rcu_unlock_domain(*d);
    return -EINVAL;
}

long hv_ia64_dom0vp_add_physmap(struct hd_call *call, xen_pfn_t gpfn,
                                xen_pfn_t mfn, unsigned long flags,
                                domid_t domid)
{
    struct domain *d = call->caller, *owner;
    long rc;

    /* Who may know no machine frame has none to name. */
    if ( !domain_has_pmt(d) )
        return -EINVAL;
    if ( domid == DOMID_IO )
        return add_machine_frame(d, gpfn, mfn);
    if ( domid == DOMID_XEN || domid == DOMID_SELF )
        return -EINVAL;
    rc = find_domain(d, domid, &owner);
    if ( rc )
        return rc;
    if ( (flags & ASSIGN_io) || (mfn & ((1UL << p2m_page_order(d)) - 1)) ||
         !port_mfn_valid(mfn) || !port_page_get(mfn, owner) )
        rc = -EINVAL;
    else
        rc = enter_foreign(d, gpfn, mfn, !(flags & ASSIGN_readonly));
    rcu_unlock_domain(owner);
    return rc;
}

long hv_ia64_dom0vp_add_physmap_with_gmfn(struct hd_call *call, xen_pfn_t gpfn,
                                          xen_pfn_t gmfn, unsigned long flags,
                                          domid_t domid)
{
    struct domain *d = call->caller, *owner;
    uint64_t mfn;
    long rc;

    if ( domid == DOMID_IO )
        return add_machine_frame(d, gpfn, gmfn);
    if ( domid == DOMID_XEN || domid == DOMID_SELF )
        return -EINVAL;
    rc = find_domain(d, domid, &owner);
    if ( rc )
        return rc;
    if ( (flags & ASSIGN_io) ||
         p2m_get_page(owner, gmfn, false, &mfn, NULL) )
        rc = -EINVAL;
    else
        rc = enter_foreign(d, gpfn, mfn, !(flags & ASSIGN_readonly));
    rcu_unlock_domain(owner);
    return rc;
}
