/* SPDX-License-Identifier: MIT */
/*
 * Ending mappings: unmap, replace, and what is left when the mapper dies.
 *
 * In two steps. Under the entry's lock the translations go, and the handle says
 * which halves end. After the flush, one for up to GRANT_BATCH of them, pins, shared
 * bits, types and references go, and the handle with the last half. Both do what
 * the handle's record says, whatever the guest has written meanwhile.
 */
#include "grant-table.h"

/* ---- the first step ----------------------------------------------------------------- */

static int unhook_host(struct domain *mapper, struct grant_track *track,
                       uint64_t host_addr, uint64_t new_addr, bool forced,
                       struct grant_ending *ending)
{
    uint64_t gfn = track->host_addr >> mapper->page_shift;
    int rc;

    if ( !forced && host_addr != track->host_addr )
        return GNTST_general_error;
    if ( track->flags & GRANT_TRACK_SEEN )
        return new_addr ? GNTST_general_error : GNTST_okay;
    if ( !paging_mode_translate(mapper) )
    {
        rc = port_pv_unmap(mapper, track->host_addr, track->mfn, new_addr,
                           track->flags);
        return rc && !forced ? GNTST_general_error : GNTST_okay;
    }

    pmt_lock(&mapper->hv->pmt);
    rc = p2m_remove_locked(mapper, gfn, track->mfn, &ending->entry);
    pmt_unlock(&mapper->hv->pmt);
    if ( rc )
        ending->entry = 0;
    ending->gfn = gfn;
    return rc && !forced ? GNTST_general_error : GNTST_okay;
}

int grant_unhook(struct domain *mapper, struct grant_track *track,
                 uint32_t halves, uint64_t host_addr, uint64_t new_addr,
                 bool forced, struct grant_ending *ending)
{
    uint32_t flags = track->flags, done = 0;
    int rc = GNTST_okay;

    halves &= flags;
    if ( halves & GNTMAP_host_map )
    {
        rc = unhook_host(mapper, track, host_addr, new_addr, forced, ending);
        if ( !rc )
            done |= GNTMAP_host_map;
    }
    if ( !rc && (halves & GNTMAP_device_map) )
    {
        if ( port_device(mapper, track->mfn, false, !(flags & GNTMAP_readonly)) &&
             !forced )
            rc = GNTST_general_error;
        else
            done |= GNTMAP_device_map;
    }

    flags &= ~done;
    if ( done & GNTMAP_host_map )
        flags |= GRANT_TRACK_HOST_ENDS;
    if ( done & GNTMAP_device_map )
        flags |= GRANT_TRACK_DEVICE_ENDS;
    /* Others look at it before they take the lock: pairs with grant_track_seen(). */
    port_store_release(&track->flags, flags);
    ending->halves = done;
    return rc;
}

/* ---- the second --------------------------------------------------------------------- */

void grant_flush(struct domain *mapper, const struct grant_ending *ending)
{
    if ( ending->entry && !(ending->halves & GNTMAP_device_map) )
        port_flush_page(mapper, ending->gfn, 1);
    else
        port_flush_page(mapper, 0, PMT_NO_GPFN);
}

void grant_ended(struct grant_table *t, struct grant_lane *lane,
                 struct grant_ending *ending)
{
    struct grant_table *other = grant_table_of(ending->granter);
    const unsigned int at = ending->handle;     /* of our own */
    struct grant_track *track = &t->tracks[at];
    const bool writable = !(track->flags & GNTMAP_readonly);
    struct grant_shared s;
    struct grant_entry *e = grant_entry_lock(other, grant_whose_ref(track->whose), &s);
    uint32_t flags;

    port_assert(e);
    grant_unpin(other, e, &s, grant_add(ending->halves, writable));
    flags = track->flags;
    if ( ending->halves & GNTMAP_host_map )
        flags &= ~GRANT_TRACK_HOST_ENDS;
    if ( ending->halves & GNTMAP_device_map )
        flags &= ~GRANT_TRACK_DEVICE_ENDS;
    if ( !(flags & GRANT_TRACK_LIVE) )
    {
        flags = 0;
        if ( writable )
            port_page_put_type(track->mfn, true);
        port_page_put(track->mfn);
    }
    port_store_release(&track->flags, flags); /* pairs with grant_track_seen() */
    grant_entry_unlock(e);

    if ( !flags )
    {
        grant_handle_put(t, lane, ending->handle);
        port_domain_release(ending->granter);
    }
    if ( ending->entry )
        p2m_drop(ending->entry);
    rcu_unlock_domain(ending->granter);
}

void grant_batch_end(struct domain *mapper, struct grant_lane *lane,
                     struct grant_batch *batch)
{
    if ( !batch->nr )
        return;
    PORT_POINT("grant unhooked");
    if ( !(HV_BUG(FLUSH) && paging_mode_translate(mapper)) )
    {
        if ( batch->nr == 1 )
            grant_flush(mapper, &batch->ending[0]);
        else
            port_flush_page(mapper, 0, PMT_NO_GPFN);
    }
    for ( unsigned int i = 0; i < batch->nr; i++ )
        grant_ended(grant_table_of(mapper), lane, &batch->ending[i]);
    batch->nr = 0;
}

/* Without memory to remember it, at once. */
static void unmap_later(struct hd_call *call, struct grant_lane *lane,
                        const struct grant_ending *ending)
{
    struct grant_batch *batch = call->data, alone;

    if ( !batch )
        call->data = batch = grant_spare_get(&lane->batch, sizeof(*batch));
    if ( !batch )
    {
        alone.nr = 1;
        alone.ending[0] = *ending;
        grant_batch_end(call->caller, lane, &alone);
        return;
    }
    if ( batch->nr == GRANT_BATCH )
        grant_batch_end(call->caller, lane, batch);
    batch->ending[batch->nr++] = *ending;
}

/* ---- finding ------------------------------------------------------------------------- */

/*
 * A handle in use, as it was at some time; its granter is RCU-locked, unless that
 * is NULL. NULL: no such handle.
 */
static struct grant_track *unmap_find(struct grant_table *t, grant_handle_t handle,
                                      struct grant_track *was, struct domain **granter)
{
    struct grant_track *track = grant_track_find(t, handle);

    if ( !track || !grant_track_seen(track, was) || !(was->flags & GRANT_TRACK_HALVES) )
        return NULL;

    *granter = rcu_lock_domain_by_id(grant_whose_domid(was->whose));
    if ( *granter )
        return track;
    /* Gone is also who lost this mapping just now: pairs with grant_ended(). */
    return port_load_acquire(&track->flags) == was->flags &&
           port_load(&track->whose) == was->whose ? track : NULL; /* as above */
}

struct unmap {
    grant_handle_t handle;
    uint64_t host_addr, dev_bus_addr, new_addr;
    bool replace;
};

/*
 * Which halves are meant: an address of 0 leaves its half as it is; but a translated
 * domain's mapping at address 0 has no other name. Who is told no machine frame, now or
 * when he mapped, cannot try them out here: the address that he knows ends both.
 */
static int unmap_halves(const struct domain *mapper, const struct unmap *u,
                        const struct grant_track *track, uint32_t *halves)
{
    const bool told = !(track->flags & GRANT_TRACK_UNTOLD) && p2m_is_told(mapper);
    const bool at_0 = paging_mode_translate(mapper) && !track->host_addr && !u->dev_bus_addr;

    *halves = 0;
    if ( u->dev_bus_addr && (track->flags & GNTMAP_device_map) )
    {
        if ( !told || u->dev_bus_addr != track->mfn << PMT_GRANULE_SHIFT )
            return GNTST_bad_dev_addr;
        *halves |= GNTMAP_device_map;
    }
    if ( (u->host_addr || u->replace || at_0) && (track->flags & GNTMAP_host_map) )
        *halves |= GNTMAP_host_map;
    if ( !told && u->host_addr == track->host_addr )
        *halves |= track->flags & GNTMAP_device_map;
    if ( !HV_RULE(RECORD) )
        *halves |= GNTMAP_device_map;
    return GNTST_okay;
}

static int unmap_locked(struct hd_call *call, const struct unmap *u,
                        struct grant_table *other, struct grant_entry *e,
                        const struct grant_shared *s, struct grant_track *track,
                        struct grant_ending *ending)
{
    uint32_t halves;
    int rc = unmap_halves(call->caller, u, track, &halves);

    if ( rc || !halves )
        return rc;
    if ( !HV_RULE(REPORT_LAST) )
    {
        uint32_t pin = e->pin;

        e->pin -= grant_add(halves & track->flags, !(track->flags & GNTMAP_readonly));
        grant_show(other, e, s);
        e->pin = pin;
    }
    rc = grant_unhook(call->caller, track, halves, u->host_addr, u->new_addr,
                      false, ending);
    if ( !HV_RULE(RECORD) )
        ending->halves |= halves;
    return rc;
}

static int unmap_one(struct hd_call *call, const struct unmap *u)
{
    struct grant_table *t = grant_table_of(call->caller);
    struct grant_ending ending = { .halves = 0 };
    struct grant_track was, *track;
    struct grant_shared s;
    struct grant_entry *e;
    struct domain *granter;
    int rc = GNTST_bad_handle;

    grant_ahead_of_place(call->caller, u->host_addr);
    track = unmap_find(t, u->handle, &was, &granter);
    if ( !track )
        return GNTST_bad_handle;
    if ( !granter )
    {
        port_domain_crash(call->caller);
        return GNTST_general_error;
    }
    grant_ahead_of_entry(grant_table_of(granter), grant_whose_ref(was.whose));
    if ( hd_xsm(grant_unmapref, HOOK, call->caller, granter) )
    {
        rcu_unlock_domain(granter);
        return GNTST_permission_denied;
    }

    e = grant_entry_lock(grant_table_of(granter), grant_whose_ref(was.whose), &s);
    if ( e )
    {
        if ( grant_track_is_still(track, &was) )
            rc = unmap_locked(call, u, grant_table_of(granter), e, &s, track,
                              &ending);
        grant_entry_unlock(e);
    }
    if ( !ending.halves )
    {
        rcu_unlock_domain(granter);
        return rc;
    }
    ending.granter = granter;
    ending.handle = (grant_handle_t)(track - t->tracks);
    unmap_later(call, grant_lane(t), &ending);
    return rc;
}

/* ---- the ops -------------------------------------------------------------------------- */

int hv_grant_table_unmap_grant_ref(struct hd_call *call,
                                   struct gnttab_unmap_grant_ref *op)
{
    const struct unmap u = {
        .handle = op->handle, .host_addr = op->host_addr,
        .dev_bus_addr = op->dev_bus_addr,
    };

    op->status = unmap_one(call, &u);
    return 0;
}

int hv_grant_table_unmap_and_replace(struct hd_call *call,
                                     struct gnttab_unmap_and_replace *op)
{
    const struct unmap u = {
        .handle = op->handle, .host_addr = op->host_addr,
        .new_addr = op->new_addr, .replace = true,
    };

    op->status = unmap_one(call, &u);
    return 0;
}

static void unmap_end(struct hd_call *call)
{
    struct grant_batch *batch = call->data;
    struct grant_table *t = grant_table_of(call->caller);

    if ( !batch )
        return;
    grant_batch_end(call->caller, grant_lane(t), batch);
    grant_spare_put(&grant_lane(t)->batch, batch, sizeof(*batch));
    call->data = NULL;
}

void hv_grant_table_op_end(struct hd_call *call)
{
    switch ( call->op )
    {
    case GNTTABOP_unmap_grant_ref:
    case GNTTABOP_unmap_and_replace:
        unmap_end(call);
        break;
    case GNTTABOP_copy:
        grant_copy_end(call);
        break;
    }
}
