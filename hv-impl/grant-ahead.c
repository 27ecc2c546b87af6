/* SPDX-License-Identifier: MIT */
/*
 * What a block of maps or unmaps is going to need, sent for before its first element
 * is done.
 *
 * Needs the tables as they stand. Gives hints: no lock is taken and nothing changed,
 * and what is wrong with an element is found out when its turn comes. In passes, each
 * over all elements: the words whose places follow from the elements, then those that
 * these name, then those that these name. So a block waits for memory three times at
 * most, and not three times for each element.
 *
 * What is looked at goes with its domain alone, which RCU holds: a table's records,
 * handles and shared frames (see grant_table_destroy()), and windows (pmt.h, 5).
 * Indexes are the guests': each is compared, and clamped. An entry is followed only if
 * it is made to the caller: the caches tell nobody where the pages of others are.
 */
#include "grant-table.h"

static unsigned int at_most(unsigned int nr)
{
    return nr < AHEAD_MOST ? nr : AHEAD_MOST;
}

/* The next few elements name one domain, as a rule: it is looked up once for them. */
struct ahead_domain {
    struct domain *d;           /* NULL: there is none; RCU */
    uint32_t domid;             /* DOMID_INVALID: not looked up */
};

static const struct domain *ahead_domain(struct ahead_domain *last, uint32_t domid)
{
    if ( last->domid == domid )
        return last->d;
    if ( last->d )
        rcu_unlock_domain(last->d);
    last->domid = domid;
    last->d = rcu_lock_domain_by_id((domid_t)domid);
    return last->d;
}

static void ahead_domain_end(struct ahead_domain *last)
{
    if ( last->d )
        rcu_unlock_domain(last->d);
}

/* ---- entries ------------------------------------------------------------------------ */

void grant_ahead(const struct domain *granter, grant_ref_t ref)
{
    grant_ahead_of_entry(grant_table_of(granter), ref);
}

uint64_t grant_ahead_frame(const struct domain *granter, grant_ref_t ref,
                           const struct domain *user, uint16_t type)
{
    const struct grant_table *t = grant_table_of(granter);
    unsigned int limit, version, at;
    const struct grant_entry_v1 *v1;
    union grant_head head;

    if ( !t )
        return PMT_NO_GPFN;
    version = port_load(&t->version); /* a hint: no partner */
    /* E2: pairs with E1 */
    limit = port_load_acquire(&t->nr_frames) << grant_frame_order(t, version);
    if ( ref >= limit )
        return PMT_NO_GPFN;
    at = array_index_nospec(ref, limit);
    v1 = (const void *)grant_word_at(t, at, version);
    head.word = port_load((const grant_word_t *)v1); /* a hint: no partner */
    if ( head.hdr.domid != user->domain_id || (head.hdr.flags & GTF_type_mask) != type )
        return PMT_NO_GPFN;
    if ( version == 1 )
        return port_load((const grant_word_t *)&v1->frame); /* that, too */
    return port_load((const grant_long_t *)&((const union grant_entry_v2 *)v1)->full_page.frame);
}

/* ---- map ---------------------------------------------------------------------------- */

/* The page's owner and references; only of what a table says, not of what guests say. */
static void ahead_of_page(const struct domain *granter, uint64_t gfn)
{
    uint64_t entry = gfn == PMT_NO_GPFN ? 0 : pmt_lookup(&granter->hv->pmt, gfn);

    if ( p2m_entry_holds(entry) )
        (void)port_page_owner(p2m_entry_mfn(entry));
}

/* Maps of one granter's entries. */
static void ahead_of_maps(const struct domain *mapper, const struct domain *granter,
                          const struct grant_ahead_map map[], unsigned int nr)
{
    uint64_t gfn[AHEAD_MOST];
    unsigned int i;

    for ( i = 0; i < nr; i++ )
        grant_ahead_of_entry(grant_table_of(granter), map[i].ref);
    if ( !grant_table_of(granter) || !paging_mode_translate(granter) )
        return;
    for ( i = 0; i < nr; i++ )
    {
        gfn[i] = grant_ahead_frame(granter, map[i].ref, mapper, GTF_permit_access);
        pmt_ahead(&granter->hv->pmt, gfn[i]);
    }
    for ( i = 0; i < nr; i++ )
        ahead_of_page(granter, gfn[i]);
}

void grant_ahead_maps(const struct domain *mapper, const struct grant_ahead_map map[],
                      unsigned int nr)
{
    struct ahead_domain last = { .domid = DOMID_INVALID };
    unsigned int first, next;

    nr = at_most(nr);
    for ( next = 0; next < nr; next++ )
        grant_ahead_of_place(mapper, map[next].address);
    for ( first = 0; first < nr; first = next )
    {
        const struct domain *granter = ahead_domain(&last, map[first].granter);

        for ( next = first + 1; next < nr && map[next].granter == map[first].granter; next++ )
            ;
        if ( granter )
            ahead_of_maps(mapper, granter, map + first, next - first);
    }
    ahead_domain_end(&last);
}

void hv_grant_table_map_grant_ref_ahead(const struct hd_call *call,
                                        const struct gnttab_map_grant_ref *ops,
                                        unsigned int nr)
{
    struct grant_ahead_map map[AHEAD_MOST];
    unsigned int i;

    nr = at_most(nr);
    for ( i = 0; i < nr; i++ )
        map[i] = (struct grant_ahead_map){ ops[i].host_addr, ops[i].ref, ops[i].dom };
    grant_ahead_maps(call->caller, map, nr);
}

/* ---- unmap -------------------------------------------------------------------------- */

static void ahead_of_track(const struct domain *mapper, grant_handle_t handle)
{
    const struct grant_track *track = grant_track_find(grant_table_of(mapper), handle);

    if ( track )
        PMT_ASK(track, 1);
}

/* What a handle stands for: it may be somebody else's meanwhile. */
static void ahead_of_mapping(const struct domain *mapper, grant_handle_t handle,
                             struct ahead_domain *last)
{
    const struct grant_track *track = grant_track_find(grant_table_of(mapper), handle);
    const struct domain *granter;
    uint64_t whose;

    /* D4: pairs with D3 */
    if ( !track || !(port_load_acquire(&track->flags) & GRANT_TRACK_HALVES) )
        return;
    whose = port_load(&track->whose); /* hints, both: no partner */
    granter = ahead_domain(last, grant_whose_domid(whose));
    if ( granter )
        grant_ahead_of_entry(grant_table_of(granter), grant_whose_ref(whose));
    (void)port_page_owner(port_load(&track->mfn));
}

/* Of nr handles; the record of each has been sent for. */
static void unmap_ahead(const struct domain *mapper, const grant_handle_t handle[], unsigned int nr)
{
    struct ahead_domain last = { .domid = DOMID_INVALID };
    unsigned int i;

    for ( i = 0; i < nr; i++ )
        ahead_of_mapping(mapper, handle[i], &last);
    ahead_domain_end(&last);
}

void hv_grant_table_unmap_grant_ref_ahead(const struct hd_call *call,
                                          const struct gnttab_unmap_grant_ref *ops,
                                          unsigned int nr)
{
    grant_handle_t handle[AHEAD_MOST];
    unsigned int i;

    nr = at_most(nr);
    for ( i = 0; i < nr; i++ )
    {
        handle[i] = ops[i].handle;
        ahead_of_track(call->caller, handle[i]);
        grant_ahead_of_place(call->caller, ops[i].host_addr);
    }
    unmap_ahead(call->caller, handle, nr);
}

/* Only PV domains call it: their tables are the port's. */
void hv_grant_table_unmap_and_replace_ahead(const struct hd_call *call,
                                            const struct gnttab_unmap_and_replace *ops,
                                            unsigned int nr)
{
    grant_handle_t handle[AHEAD_MOST];
    unsigned int i;

    nr = at_most(nr);
    for ( i = 0; i < nr; i++ )
    {
        handle[i] = ops[i].handle;
        ahead_of_track(call->caller, handle[i]);
    }
    unmap_ahead(call->caller, handle, nr);
}
