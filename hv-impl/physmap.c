/* SPDX-License-Identifier: MIT */
/*
 * Physical maps: what appears at which guest frame, by request.
 *
 * Needs p2m.h, and grant tables for their frames. Gives add_to_physmap,
 * add_to_physmap_batch and remove_from_physmap. Whatever an entry's kind forbids is
 * refused; what a request displaces goes after the flush.
 */
#include "grant.h"
#include "memory.h"
#include "physmap.h"
#include "window.h"

void physmap_begin(struct physmap_flush *f, struct domain *d)
{
    f->d = d;
    f->nr = f->nr_moved = 0;
}

static void displaced_drop(struct physmap_flush *f)
{
    while ( f->nr )
        p2m_drop(f->old[--f->nr]);
    while ( f->nr_moved )
        port_page_put(f->moved[--f->nr_moved]);
}

/* No page that was displaced, or moved, is anybody else's before this. */
void physmap_end(struct physmap_flush *f)
{
    if ( !HV_RULE(FLUSH) )
        displaced_drop(f);
    PORT_POINT("physmap-before-flush");
    if ( f->nr || f->nr_moved )
        port_flush_page(f->d, 0, PMT_NO_GPFN);
    displaced_drop(f);
}

/* ---- one frame ----------------------------------------------------------------------- */

int physmap_place_check(struct domain *d, uint64_t gfn)
{
    if ( (HV_RULE(WIDTH) && !p2m_gfn_valid(d, gfn)) ||
         (HV_RULE(DYING) && d->is_dying) )
        return -EINVAL;
    if ( window_covers(d, gfn) )
        return -EPERM;
    return pmt_prepare_locked(&d->hv->pmt, gfn, 1);
}

/* Empties gfn for something else, if what is there may go. With the lock. */
static int place_empty(struct physmap_flush *f, uint64_t gfn)
{
    uint64_t old;
    int rc = p2m_discard_locked(f->d, gfn, P2M_REPLACE, &old);

    if ( rc == -ENOENT )
        return 0;
    if ( !rc )
        f->old[f->nr++] = old;
    return rc;
}

/* A page of Xen's, with a reference, comes to gfn; it leaves where it was. */
static int place_special(struct physmap_flush *f, uint64_t mfn, uint64_t gfn)
{
    struct pmt *table = &f->d->hv->pmt;
    uint64_t before, old;
    int rc;

    pmt_lock(table);
    before = p2m_mfn_to_gfn(mfn);
    rc = physmap_place_check(f->d, gfn);
    if ( !rc && before != PMT_NO_GPFN )
        rc = pmt_prepare_locked(table, before, 1);
    if ( !rc && before == gfn )
        rc = -EEXIST;
    if ( !rc )
        rc = place_empty(f, gfn);
    if ( !rc && before != PMT_NO_GPFN && !p2m_remove_locked(f->d, before, mfn, &old) )
        f->moved[f->nr_moved++] = mfn;
    if ( !rc )
        p2m_set_prepared(f->d, gfn, p2m_entry_make(mfn, p2m_attributes(P2M_SPECIAL, true)));
    pmt_unlock(table);
    return rc;
}

static int add_special(struct physmap_flush *f, uint64_t mfn, uint64_t gfn)
{
    int rc = place_special(f, mfn, gfn);

    if ( rc )
        port_page_put(mfn);
    /* It is there already. */
    return rc == -EEXIST ? 0 : rc;
}

static int add_shared_info(struct physmap_flush *f, uint64_t idx, uint64_t gfn)
{
    uint64_t mfn = f->d->hv->shared_info;

    if ( idx || mfn == HV_INVALID_MFN || !port_page_get(mfn, f->d) )
        return -EINVAL;
    return add_special(f, mfn, gfn);
}

static int add_grant_table(struct physmap_flush *f, uint64_t idx, uint64_t gfn)
{
    bool status = idx & XENMAPIDX_grant_table_status;
    uint64_t mfn;
    int rc;

    idx &= ~(uint64_t)XENMAPIDX_grant_table_status;
    if ( HV_RULE(WIDTH) && idx > HD_MAX_32 )
        return -EINVAL;
    /* Before the table grows for nothing. */
    if ( !p2m_gfn_valid(f->d, gfn) )
        return -EINVAL;
    if ( window_covers(f->d, gfn) || !p2m_may_discard(f->d, gfn, P2M_REPLACE) )
        return -EPERM;
    rc = grant_frame(f->d, status, idx, true, &mfn);
    return rc ? rc : add_special(f, mfn, gfn);
}

/* Only own memory moves, with what may be done with it. */
static int move_check(struct domain *d, uint64_t idx, uint64_t gfn, uint64_t *entry)
{
    struct pmt *table = &d->hv->pmt;
    int rc;

    *entry = p2m_gfn_valid(d, idx) ? pmt_lookup(table, idx) : 0;
    if ( !p2m_entry_holds(*entry) )
        return -EINVAL;
    if ( HV_RULE(KIND) && p2m_kind(*entry) != P2M_RAM )
        return -EACCES;
    rc = pmt_prepare_locked(table, idx, 1);
    return rc ? rc : physmap_place_check(d, gfn);
}

static int move_locked(struct physmap_flush *f, uint64_t idx, uint64_t gfn)
{
    struct domain *d = f->d;
    uint64_t entry, mfn;
    int rc = move_check(d, idx, gfn, &entry);

    if ( rc || idx == gfn )
        return rc;
    PORT_POINT("p2m-prepared");
    mfn = p2m_entry_mfn(entry);
    /* For the flush: the page could be given back at its new place before. */
    if ( HV_RULE(REFERENCE) && !port_page_get(mfn, d) )
        return -EINVAL;
    rc = place_empty(f, gfn);
    if ( rc )
    {
        port_page_put(mfn);
        return rc;
    }
    p2m_remove_locked(d, idx, mfn, &entry);
    p2m_set_prepared(d, gfn, entry);
    f->moved[f->nr_moved++] = mfn;
    return 0;
}

static int add_gmfn(struct physmap_flush *f, uint64_t idx, uint64_t gfn)
{
    int rc;

    pmt_lock(&f->d->hv->pmt);
    rc = move_locked(f, idx, gfn);
    pmt_unlock(&f->d->hv->pmt);
    return rc;
}

int physmap_add_foreign(struct physmap_flush *f, uint64_t gfn, uint64_t mfn,
                        uint64_t attributes)
{
    struct pmt *table = &f->d->hv->pmt;
    uint64_t entry = p2m_entry_make(mfn, attributes);
    int rc;

    pmt_lock(table);
    rc = physmap_place_check(f->d, gfn);
    if ( !rc )
        rc = place_empty(f, gfn);
    if ( !rc )
        p2m_set_prepared(f->d, gfn, entry);
    pmt_unlock(table);
    if ( rc )
        p2m_drop(entry);
    return rc;
}

/*
 * Another domain's page; the entry has the reference that the lookup took, and the type: who
 * may write is counted, so that the owner can know that nobody does. What can have no more
 * writers, a page table, is mapped all the same, to be read.
 */
static int add_foreign(struct physmap_flush *f, struct domain *owner,
                       uint64_t idx, uint64_t gfn)
{
    uint64_t mfn, entry;
    bool writable;
    int rc;

    if ( owner == f->d || owner->page_shift != f->d->page_shift )
        return -EINVAL;
    rc = p2m_get_frame(owner, idx, true, &mfn, &entry);
    writable = !rc;
    if ( rc == -EACCES )
        rc = p2m_get_frame(owner, idx, false, &mfn, &entry);
    if ( rc )
        return rc == -EXDEV || rc == -ENOENT || rc == -EAGAIN ? -EINVAL : rc;
    /* A PV domain's frame may be written whatever its place says. */
    if ( writable && !(entry & PMTE_writable) )
    {
        port_page_put_type(mfn, true);
        writable = false;
    }
    PORT_POINT("physmap-foreign");
    return physmap_add_foreign(f, gfn, mfn, p2m_attributes(P2M_FOREIGN, writable) |
                                            (writable ? P2M_TYPED : 0));
}

/* ---- add_to_physmap ---------------------------------------------------------------------- */

static bool device_is_allowed(const struct hd_call *call, const struct domain *d)
{
    return call->caller->is_hardware && call->caller == d;
}

static int add_one(struct physmap_flush *f, const struct hd_call *call,
                   unsigned int space, uint64_t idx, uint64_t gfn)
{
    switch ( space )
    {
    case XENMAPSPACE_shared_info:
        return add_shared_info(f, idx, gfn);
    case XENMAPSPACE_grant_table:
        return add_grant_table(f, idx, gfn);
    case XENMAPSPACE_gmfn:
    case XENMAPSPACE_gmfn_range:
        return add_gmfn(f, idx, gfn);
    case XENMAPSPACE_dev_mmio:
        /* Of arm; elsewhere it is no space, for those who would be allowed it. */
        return device_is_allowed(call, f->d) ? -EINVAL : -EACCES;
    default:
        return -EINVAL;
    }
}

/* As many of a range as one flush covers; who goes on looks at what went wrong. */
static long add_range(struct physmap_flush *f, const struct hd_call *call,
                      const struct xen_add_to_physmap *op)
{
    unsigned long place = call->place;
    uint64_t last = op->size - 1;
    int rc = 0;

    if ( op->idx + last < op->idx || op->gpfn + last < op->gpfn )
        return -EOVERFLOW;
    for ( ; place < op->size && place - call->place < PHYSMAP_STEP && !rc; place++ )
        rc = add_gmfn(f, op->idx + place, op->gpfn + place);
    if ( !rc )
        return place - call->place;
    /* The one that failed is not done; told when it is the first of a step. */
    place--;
    return place > call->place ? (long)(place - call->place) : rc;
}

long hv_memory_add_to_physmap(struct hd_call *call,
                              struct xen_add_to_physmap *op,
                              struct domain *domid)
{
    struct physmap_flush flush;
    long rc;

    if ( op->space != XENMAPSPACE_gmfn_range )
    {
        physmap_begin(&flush, domid);
        rc = add_one(&flush, call, op->space, op->idx, op->gpfn);
        physmap_end(&flush);
        return rc;
    }
    if ( call->place > op->size )
        return -EILSEQ;
    if ( call->place == op->size )
        return 0;
    physmap_begin(&flush, domid);
    rc = add_range(&flush, call, op);
    physmap_end(&flush);
    return rc;
}

/* ---- add_to_physmap_batch ------------------------------------------------------------------ */

/* Who the pages are of; asked anew for each frame, since each has its own answer. */
static int batch_foreign(struct physmap_flush *f, const struct hd_call *call,
                         const struct xen_add_to_physmap_batch *op,
                         uint64_t idx, uint64_t gfn)
{
    domid_t id = op->u.foreign_domid;
    struct domain *owner = id == call->caller->domain_id ? NULL
                                                         : rcu_lock_domain_by_id(id);
    int rc;

    if ( !owner )
        return -ESRCH;
    if ( hd_xsm(map_gmfn_foreign, TARGET, f->d, owner) )
        rc = -EPERM;
    else
        rc = add_foreign(f, owner, idx, gfn);
    rcu_unlock_domain(owner);
    return rc;
}

long hv_memory_add_to_physmap_batch(struct hd_call *call,
                                    struct xen_add_to_physmap_batch *op,
                                    struct domain *domid)
{
    struct physmap_flush flush;
    xen_ulong_t idx;
    xen_pfn_t gpfn;
    int rc;

    /* An empty list ends here, and so does its last step. */
    if ( call->place >= op->size )
        return 0;
    if ( op->space == XENMAPSPACE_dev_mmio )
    {
        if ( !device_is_allowed(call, domid) )
            return -EACCES;
        if ( op->u.res0 )
            return -EOPNOTSUPP;
    }
    if ( hd_memory_add_to_physmap_batch_get_idxs(call, op, call->place, &idx) ||
         hd_memory_add_to_physmap_batch_get_gpfns(call, op, call->place, &gpfn) )
        return -EFAULT;
    if ( gpfn == ~(xen_pfn_t)0 )
        return -EINVAL;
    physmap_begin(&flush, domid);
    rc = op->space == XENMAPSPACE_gmfn_foreign
         ? batch_foreign(&flush, call, op, idx, gpfn)
         : add_one(&flush, call, op->space, idx, gpfn);
    physmap_end(&flush);
    return hd_memory_add_to_physmap_batch_put_errs(call, op, call->place, rc)
           ? -EFAULT : 1;
}

/* ---- remove_from_physmap --------------------------------------------------------------------- */

long hv_memory_remove_from_physmap(struct hd_call *call,
                                   struct xen_remove_from_physmap *op,
                                   struct domain *domid)
{
    (void)call;
    return p2m_discard(domid, op->gpfn, P2M_REMOVE);
}
