/* SPDX-License-Identifier: MIT */
/*
 * What is left when a domain dies, and what tests want to know.
 *
 * Needs unmapping in two steps. Gives an end to all that a domain has mapped, in
 * steps, and a look at mappings, pins and handles of a domain at rest.
 */
#include "grant-table.h"

/* Handles that are looked at between two looks at others. */
#define KILL_STEP 512

/*
 * Its granter cannot be gone: the page is its own, and is held. A call that is under
 * way can end the mapping, and get the handle for another one, until its entry's lock
 * is held. False: it has to be looked at again.
 */
static bool kill_one(struct grant_table *t, unsigned int at,
                     struct grant_batch *batch)
{
    struct grant_track *track = &t->tracks[at], was;
    struct grant_ending *ending = &batch->ending[batch->nr];
    struct grant_shared s;
    struct grant_entry *e;
    bool done = false;

    if ( !grant_track_seen(track, &was) )
        return true;
    memset(ending, 0, sizeof(*ending));
    ending->handle = at;
    ending->granter = rcu_lock_domain_by_id(grant_whose_domid(was.whose));
    if ( !ending->granter )
        return false;

    PORT_POINT("grant dying");
    e = grant_entry_lock(grant_table_of(ending->granter), grant_whose_ref(was.whose), &s);
    if ( e )
    {
        if ( grant_track_is_still(track, &was) )
        {
            /* What ends already somebody else is about to finish. */
            done = !(track->flags & GRANT_TRACK_ENDS);
            (void)grant_unhook(t->d, track, track->flags, 0, 0, true, ending);
        }
        grant_entry_unlock(e);
    }
    if ( ending->halves )
        batch->nr++;
    else
        rcu_unlock_domain(ending->granter);
    return done;
}

int grant_kill_maps(struct domain *d)
{
    struct grant_table *t = grant_table_of(d);
    struct grant_batch batch = { .nr = 0 };

    if ( !t )
        return 0;
    /* D6: pairs with D5; is_dying is set */
    port_fence();
    while ( t->kill_place < port_load_acquire(&t->nr_tracks) ) /* D2: pairs with D1 */
    {
        if ( !kill_one(t, t->kill_place++, &batch) )
            t->kill_again = true;
        if ( batch.nr == GRANT_BATCH || !(t->kill_place % KILL_STEP) )
        {
            grant_batch_end(d, &t->lane[0], &batch);
            if ( HV_RULE(STEP) && hypercall_preempt_check() )
                return -ERESTART;
        }
    }
    grant_batch_end(d, &t->lane[0], &batch);
    if ( !t->kill_again )
        return 0;
    t->kill_again = false;
    t->kill_place = 0;
    return -ERESTART;
}

/* ---- looking ------------------------------------------------------------------------ */

int grant_for_each_use(struct domain *d, int (*fn)(void *, const struct grant_use *),
                       void *context)
{
    const struct grant_table *t = grant_table_of(d);

    for ( unsigned int i = 0; t && i < t->nr_tracks; i++ )
    {
        const struct grant_track *track = &t->tracks[i];
        struct grant_use use;
        int rc;

        if ( !(track->flags & GRANT_TRACK_LIVE) )
            continue;
        memset(&use, 0, sizeof(use));
        use.granter = grant_whose_domid(track->whose);
        use.ref = grant_whose_ref(track->whose);
        use.handle = i;
        use.mfn = track->mfn;
        use.host_addr = track->host_addr;
        use.host = track->flags & GNTMAP_host_map;
        use.device = track->flags & GNTMAP_device_map;
        use.writable = !(track->flags & GNTMAP_readonly);
        use.seen = track->flags & GRANT_TRACK_SEEN;
        rc = fn(context, &use);
        if ( rc )
            return rc;
    }
    return 0;
}

uint32_t grant_pins(const struct domain *d, grant_ref_t ref)
{
    const struct grant_table *t = grant_table_of(d);

    const unsigned int nr = t ? grant_records(t, t->nr_frames) : 0;

    return ref < nr ? t->entries[array_index_nospec(ref, nr)].pin : 0;
}

unsigned int grant_handles(const struct domain *d, unsigned int *nr_free)
{
    const struct grant_table *t = grant_table_of(d);

    *nr_free = 0;
    if ( !t )
        return 0;
    for ( unsigned int i = 0; i < GRANT_LANES; i++ )
    {
        grant_handle_t at = (uint32_t)t->lane[i].free;

        for ( ; at != GRANT_NO_HANDLE && *nr_free <= t->nr_tracks; at = t->tracks[at].next )
            ++*nr_free;
    }
    return t->nr_tracks;
}

/* ---- the audit ---------------------------------------------------------------------- */

/* Host builds have no printf here: a sentence without numbers. */
/* How many of each kind a user's handles account for. */
struct audit_pins {
    domid_t granter;
    grant_ref_t ref;
    uint32_t pin;
};

static int audit_count(void *context, const struct grant_use *use)
{
    struct audit_pins *pins = context;
    uint32_t halves = (use->host ? GNTMAP_host_map : 0) |
                      (use->device ? GNTMAP_device_map : 0);

    if ( use->granter == pins->granter && use->ref == pins->ref )
        pins->pin += grant_add(halves, use->writable);
    return 0;
}

/* The entry as its granter sees it: in use, unless its guest has written it anew. */
static bool audit_entry_shows(const struct grant_table *t, unsigned int at,
                              const struct grant_entry *e)
{
    struct grant_shared s;
    union grant_head head;

    grant_shared_at(t, at, &s);
    if ( s.version == 2 )
        return *s.status == grant_bits(e->pin);
    head.word = port_load(s.word); /* at rest */
    if ( !e->pin || head.hdr.domid != e->domid ||
         (head.hdr.flags & GTF_type_mask) != GTF_permit_access )
        return true;
    return (head.hdr.flags & (GTF_reading | GTF_writing)) == grant_bits(e->pin);
}

static const char *audit_entry(const struct grant_table *t, unsigned int at)
{
    const struct grant_entry *e = &t->entries[at];
    struct audit_pins pins = { .granter = t->d->domain_id, .ref = at };
    struct domain *user;

    if ( e->flight )
        return "a grant entry waits for somebody";
    if ( !audit_entry_shows(t, at, e) )
        return "a grant entry does not show what it is in use for";
    if ( !e->pin )
        return NULL;
    user = rcu_lock_domain_by_id(e->domid);
    if ( !user )
        return "a grant entry is in use by a domain that is gone";
    (void)grant_for_each_use(user, audit_count, &pins);
    rcu_unlock_domain(user);
    return pins.pin == e->pin ? NULL : "pins of a grant entry are not its mappings";
}

struct audit_holds {
    grant_holds_fn *holds;
    void *context;
    unsigned int nr;
};

static int audit_track(void *context, const struct grant_use *use)
{
    struct audit_holds *all = context;

    all->nr++;
    if ( all->holds )
        all->holds(all->context, use->mfn, use->writable);
    return 0;
}

int grant_audit(struct domain *d, grant_holds_fn *holds, void *context,
                char *what, size_t size)
{
    const struct grant_table *t = grant_table_of(d);
    struct audit_holds all = { .holds = holds, .context = context };
    const unsigned int nr = t ? grant_limit(t, t->nr_frames) : 0;
    unsigned int handles, nr_free;

    (void)grant_for_each_use(d, audit_track, &all);
    handles = grant_handles(d, &nr_free);
    if ( handles != all.nr + nr_free )
        return hv_says("a grant handle is neither free nor in use", what, size);
    for ( unsigned int i = 0; i < nr; i++ )
    {
        const char *sentence = audit_entry(t, i);

        if ( sentence )
            return hv_says(sentence, what, size);
    }
    return 0;
}
