/* SPDX-License-Identifier: MIT */
/*
 * Where a table is, how large it is, and caches of what is in it.
 *
 * Needs the frames of a table. A machine frame is told only of a PV domain, and
 * only to a caller that may know it; a translated domain has its table at frames
 * of its own, or, where it has not put it anywhere, at 0.
 */
#include "grant-table.h"

static uint64_t frame_told(const struct domain *caller, const struct domain *d,
                           uint64_t mfn)
{
    uint64_t gfn;

    if ( !paging_mode_translate(d) )
        return p2m_told(caller, mfn);
    gfn = p2m_mfn_to_gfn(mfn);
    return gfn == PMT_NO_GPFN ? 0 : gfn;
}

/* How many frames there are now, nr at least; 0: that is too many. */
static int table_grow(struct grant_table *t, unsigned int nr)
{
    int rc;

    port_lock(&t->lock);
    rc = grant_grow_locked(t, nr);
    port_unlock(&t->lock);
    return rc;
}

int hv_grant_table_setup_table(struct hd_call *call,
                               struct gnttab_setup_table *op,
                               struct domain *dom)
{
    struct grant_table *t = grant_table_of(dom);

    if ( !t || op->nr_frames > t->max_frames || table_grow(t, op->nr_frames) )
    {
        op->status = GNTST_general_error;
        return 0;
    }
    /* Frames stay; no lock is needed to name them. */
    for ( unsigned int i = 0; i < op->nr_frames; i++ )
    {
        unsigned int at = array_index_nospec(i, t->max_frames);
        uint64_t told = frame_told(call->caller, dom, t->shared_mfn[at]);
        int rc = hd_grant_table_setup_table_put_frame_list(call, op, i, told);

        if ( rc == -EFAULT )
            op->status = GNTST_bad_virt_addr;
        if ( rc )
            break;
    }
    return 0;
}

/* Status frames go when the version does: what is told was so a moment ago. */
static int status_frame(struct grant_table *t, unsigned int i, uint64_t *mfn)
{
    int rc = -EINVAL;

    port_lock(&t->lock);
    if ( i < t->nr_status )
    {
        *mfn = t->status_mfn[array_index_nospec(i, t->nr_status)];
        rc = 0;
    }
    port_unlock(&t->lock);
    return rc;
}

int hv_grant_table_get_status_frames(struct hd_call *call,
                                     struct gnttab_get_status_frames *op,
                                     struct domain *dom)
{
    struct grant_table *t = grant_table_of(dom);

    if ( op->nr_frames > grant_nr_frames(dom, true) )
    {
        op->status = GNTST_general_error;
        return 0;
    }
    for ( unsigned int i = 0; i < op->nr_frames; i++ )
    {
        uint64_t mfn;
        int rc = status_frame(t, i, &mfn);

        if ( rc )
            op->status = GNTST_general_error;
        else
            rc = hd_grant_table_get_status_frames_put_frame_list(
                     call, op, i, frame_told(call->caller, dom, mfn));
        if ( rc == -EFAULT )
            op->status = GNTST_bad_virt_addr;
        if ( rc )
            break;
    }
    return 0;
}

int hv_grant_table_query_size(struct hd_call *call,
                              struct gnttab_query_size *op, struct domain *dom)
{
    const struct grant_table *t = grant_table_of(dom);

    (void)call;
    op->nr_frames = grant_nr_frames(dom, false);
    op->max_nr_frames = t ? t->max_frames : 0;
    return 0;
}

/* ---- caches ---------------------------------------------------------------------- */

/* Entries that are looked at between two looks at others. */
#define CACHE_STEP 4096

/* 0: the caller has a grant for the page; -EINVAL; -ERESTART from call->place on. */
static int cache_find_grant(struct hd_call *call, struct grant_table *t,
                            uint64_t mfn)
{
    struct grant_shared s;
    struct grant_entry *e;

    for ( grant_ref_t ref = call->place; (e = grant_entry_lock(t, ref, &s)); )
    {
        bool found = e->pin && e->domid == call->caller->domain_id && e->mfn == mfn;

        grant_entry_unlock(e);
        if ( found )
            return 0;
        if ( !(++ref % CACHE_STEP) && HV_RULE(STEP) && hypercall_preempt_check() )
        {
            call->place = ref;
            return -ERESTART;
        }
    }
    return -EINVAL;
}

int hv_grant_table_cache_flush(struct hd_call *call,
                               struct gnttab_cache_flush *op)
{
    const uint64_t mfn = op->a.dev_bus_addr >> PMT_GRANULE_SHIFT;
    struct domain *owner;
    int rc = 0;

    if ( !op->length || !op->op )
        return call->place ? -EILSEQ : 0;
    if ( !port_mfn_valid(mfn) )
        return -EINVAL;
    if ( !port_page_get(mfn, NULL) )
        return -EPERM;
    owner = port_page_owner(mfn);
    if ( owner != call->caller )
        rc = cache_find_grant(call, grant_table_of(owner), mfn);
    port_page_put(mfn);
    if ( rc )
        return rc;
    /* Caches are coherent on x86, so that cleaning is done; nothing can be dropped. */
    return op->op == GNTTAB_CACHE_INVAL ? -EOPNOTSUPP : 0;
}
