/* SPDX-License-Identifier: MIT */
/*
 * Mapping what another domain has granted.
 *
 * Decode: flags, granter, xsm, handle, entry and pin, each undone if a later one
 * fails. Perform: the device's translation, then the processor's, both refused
 * without a trace, and the handle begins to live.
 */
#include "grant-table.h"

#define MAP_TRANSLATED_FLAGS (GNTMAP_host_map | GNTMAP_readonly)

/* Into the mapper's own table: the entry is a reference of its own. */
static int map_into_table(const struct grant_request *want, uint64_t mfn)
{
    struct domain *d = want->mapper;
    int rc;

    if ( want->host_addr & (grant_page_bytes(d) - 1) )
        return GNTST_bad_virt_addr;
    if ( !port_page_get(mfn, want->granter) )
        return GNTST_bad_page;
    rc = p2m_add_page(d, want->host_addr >> d->page_shift, mfn,
                      p2m_attributes(P2M_GRANT, want->writable));
    if ( !rc )
        return GNTST_okay;
    port_page_put(mfn);
    return rc == -ENOMEM ? GNTST_no_space : GNTST_bad_virt_addr;
}

static int map_for_host(const struct grant_request *want, uint64_t mfn)
{
    if ( paging_mode_translate(want->mapper) )
        return map_into_table(want, mfn);
    return port_pv_map(want->mapper, want->host_addr, mfn, want->flags)
           ? GNTST_bad_virt_addr : GNTST_okay;
}

/* Both halves, or none. */
static int map_insert(const struct grant_request *want, uint64_t mfn, bool seen)
{
    const bool device = want->flags & GNTMAP_device_map;
    int rc = GNTST_okay;

    if ( device && port_device(want->mapper, mfn, true, want->writable) )
        return GNTST_general_error;
    if ( (want->flags & GNTMAP_host_map) && !seen )
        rc = map_for_host(want, mfn);
    if ( rc && device )
        (void)port_device(want->mapper, mfn, false, want->writable);
    return rc;
}

/* The mapper began to die meanwhile, and may have looked at this handle already. */
static int map_too_late(struct grant_table *t, struct grant_entry *e,
                        const struct grant_shared *s, struct grant_track *track,
                        const struct grant_request *want)
{
    struct grant_ending ending = { .granter = want->granter };

    (void)grant_unhook(want->mapper, track, want->flags & GRANT_TRACK_HALVES,
                       want->host_addr, 0, true, &ending);
    grant_flush(want->mapper, &ending);
    port_store(&track->flags, 0); /* under the entry's lock: no partner */
    grant_unpin(t, e, s, grant_add(want->flags, want->writable));
    if ( want->writable )
        port_page_put_type(want->mfn, true);
    port_page_put(want->mfn);
    if ( ending.entry )
        p2m_drop(ending.entry);
    port_domain_release(want->granter);
    return GNTST_general_error;
}

static int map_locked(struct grant_table *t, struct grant_entry *e,
                      const struct grant_shared *s, struct grant_track *track,
                      struct grant_request *want)
{
    const uint32_t add = grant_add(want->flags, want->writable);
    uint64_t address = want->host_addr;
    bool seen, held;
    int rc;

    rc = grant_pin(t, e, s, want->mapper, want->writable, add, true);
    if ( rc )
        return rc;
    want->mfn = e->mfn;

    seen = want->seen && want->seen(want->mapper, e->mfn, &address);
    if ( seen )
        want->host_addr = address;
    PORT_POINT("grant pinned");
    /* Of a borrowed page there is no reference that would keep the granter. */
    held = port_domain_hold(want->granter);
    rc = held ? map_insert(want, e->mfn, seen) : GNTST_general_error;
    if ( !rc )
    {
        grant_track_begin(track, want, seen);
        PORT_POINT("grant mapped");
        /* D5: pairs with D6; one of the two sees the other */
        port_fence();
        return want->mapper->is_dying && !HV_BUG(LATE) ? map_too_late(t, e, s, track, want)
                                                       : GNTST_okay;
    }

    if ( held )
        port_domain_release(want->granter);
    if ( HV_RULE(UNDO) )
        grant_unpin(t, e, s, add);
    if ( want->writable )
        port_page_put_type(want->mfn, true);
    if ( !HV_BUG(LEAK) )
        port_page_put(want->mfn);
    return rc;
}

int grant_map(struct grant_request *want)
{
    struct grant_table *mine = grant_table_of(want->mapper);
    struct grant_table *t = grant_table_of(want->granter);
    struct grant_shared s;
    struct grant_entry *e;
    unsigned int own;
    int rc;

    want->handle = GRANT_NO_HANDLE;
    want->mfn = HV_INVALID_MFN;
    want->writable = !(want->flags & GNTMAP_readonly);
    if ( want->mapper->page_shift != want->granter->page_shift )
        return GNTST_bad_page;

    want->handle = mine ? grant_handle_get(mine, grant_lane(mine)) : GRANT_NO_HANDLE;
    if ( want->handle == GRANT_NO_HANDLE )
        return GNTST_no_space;

    own = want->handle;
    e = grant_entry_lock(t, want->ref, &s);
    if ( e )
    {
        rc = map_locked(t, e, &s, &mine->tracks[own], want);
        if ( HV_RULE(RELEASE) || rc != GNTST_bad_page )
            grant_entry_unlock(e);
    }
    else
        rc = GNTST_bad_gntref;

    if ( rc )
    {
        grant_handle_put(mine, grant_lane(mine), want->handle);
        want->handle = GRANT_NO_HANDLE;
    }
    return rc;
}

/* ---- the op ---------------------------------------------------------------------- */

static int map_op(struct hd_call *call, struct gnttab_map_grant_ref *op,
                  struct domain *granter)
{
    struct grant_request want = {
        .mapper = call->caller, .granter = granter, .ref = op->ref,
        .flags = op->flags & ~GRANT_TRACK_OWN,
        .host_addr = op->host_addr,
    };
    int rc;

    grant_ahead_of_entry(grant_table_of(granter), op->ref);
    grant_ahead_of_place(call->caller, op->host_addr);
    if ( hd_xsm(grant_mapref, HOOK, call->caller, granter, op) )
        return GNTST_permission_denied;
    if ( paging_mode_translate(call->caller) &&
         (op->flags & ~(MAP_TRANSLATED_FLAGS | GNTMAP_guest_avail_mask)) )
        return GNTST_general_error;

    rc = grant_map(&want);
    /* The older interface has one word for all that is wrong with an address. */
    if ( rc == GNTST_bad_virt_addr )
        rc = GNTST_general_error;
    if ( !rc )
    {
        op->handle = want.handle;
        op->dev_bus_addr = p2m_told(call->caller, want.mfn) << PMT_GRANULE_SHIFT;
    }
    return rc;
}

int hv_grant_table_map_grant_ref(struct hd_call *call,
                                 struct gnttab_map_grant_ref *op)
{
    struct domain *granter;

    op->handle = GRANT_NO_HANDLE;
    op->dev_bus_addr = 0;
    if ( paging_mode_translate(call->caller) &&
         (op->flags & (GNTMAP_device_map | GNTMAP_application_map | GNTMAP_contains_pte)) )
    {
        op->status = GNTST_general_error;
        return 0;
    }

    granter = rcu_lock_domain_by_id(op->dom);
    if ( !granter )
    {
        op->status = GNTST_bad_domain;
        return 0;
    }
    op->status = map_op(call, op, granter);
    rcu_unlock_domain(granter);
    return 0;
}
