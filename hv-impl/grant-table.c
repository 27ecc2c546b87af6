/* SPDX-License-Identifier: MIT */
/*
 * Grant tables: how they come, grow and go, and the way to an entry.
 *
 * Needs windows and pages of the port. Gives entries by reference, with their lock
 * held, and the frames of a table.
 */
#include "grant-table.h"

/* ---- entries -------------------------------------------------------------------- */

void grant_shared_at(const struct grant_table *t, unsigned int at,
                     struct grant_shared *s)
{
    unsigned int order = t->frame_shift - GRANT_STATUS_SHIFT;

    s->version = port_load(&t->version); /* holds still under the lock: no partner */
    s->word = (grant_word_t *)grant_word_at(t, at, s->version);
    s->status = NULL;
    if ( s->version == 2 )
        s->status = (grant_flags_t *)port_load(&t->status[at >> order]) + /* E3 published it */
                    (at & ((1u << order) - 1));
}

/* The frame that its entries have their words in, at most two. */
void grant_block_open_locked(struct grant_table *t, unsigned int block)
{
    unsigned int more = port_load(&t->version) == 2; /* the lock's: no partner */
    uint8_t was = port_load(&t->state[block]); /* that, too */

    if ( was & GRANT_OPEN )
        return;
    (void)grant_clear_locked(t, block << more, (block + 1) << more);
    /* E3: pairs with E4; what was stored before is seen by who finds it open */
    port_store_release(&t->state[block], (uint8_t)(port_load(&t->state[block]) | GRANT_OPEN));
}

/* Its block is closed: with the table's lock no version changes. */
static void entry_lock_slowly(struct grant_table *t, struct grant_entry *e,
                              unsigned int block)
{
    port_unlock(&e->lock);
    PORT_POINT("grant block closed");
    port_lock(&t->lock);
    grant_block_open_locked(t, block);
    port_lock(&e->lock);
    port_unlock(&t->lock);
}

struct grant_entry *grant_entry_lock(struct grant_table *t, grant_ref_t ref,
                                     struct grant_shared *s)
{
    unsigned int nr, limit, at;
    struct grant_entry *e;

    if ( !t )
        return NULL;

    nr = port_load_acquire(&t->nr_frames); /* E2: pairs with E1 */
    limit = grant_records(t, nr);
    if ( ref >= limit )
        return NULL;
    at = array_index_nospec(ref, limit);
    e = &t->entries[at];

    port_lock(&e->lock);
    /* E4: pairs with E3; closed under the lock, it is seen to be so */
    if ( !(port_load_acquire(&t->state[at >> grant_frame_order(t, 1)]) & GRANT_OPEN) )
        entry_lock_slowly(t, e, at >> grant_frame_order(t, 1));

    limit = grant_limit(t, nr);
    if ( HV_RULE(INDEX) && at >= limit )
    {
        port_unlock(&e->lock);
        return NULL;
    }
    grant_shared_at(t, HV_RULE(INDEX) ? array_index_nospec(at, limit) : at, s);
    return e;
}

bool grant_entry_find_locked(struct grant_table *t, grant_ref_t ref, unsigned int *at)
{
    unsigned int limit = HV_RULE(INDEX) ? grant_limit(t, t->nr_frames)
                                        : grant_records(t, t->nr_frames);

    if ( ref >= limit )
        return false;
    *at = array_index_nospec(ref, limit);
    grant_block_open_locked(t, *at >> grant_frame_order(t, 1));
    return true;
}

void grant_entry_unlock(struct grant_entry *e)
{
    port_unlock(&e->lock);
}

/* ---- clearing ------------------------------------------------------------------- */

unsigned int grant_clear_locked(struct grant_table *t, unsigned int first,
                                unsigned int end)
{
    const unsigned int words = 1u << (t->frame_shift - 3);
    unsigned int done = 0;

    for ( ; t->nr_stale && first < end && first < t->nr_frames; first++ )
    {
        uint8_t state = port_load(&t->state[first]); /* the table's lock is held: no partner */
        uint64_t *word = port_load(&t->shared[first]); /* that, too */

        if ( !(state & GRANT_STALE) )
            continue;
        for ( unsigned int i = 0; i < words; i++ )
            port_store(&word[i], 0); /* the guest may look; it knows that they go */
        port_store(&t->state[first], (uint8_t)(state & ~GRANT_STALE)); /* the lock's */
        t->nr_stale--;
        done += words;
    }
    return done;
}

/* ---- growing ---------------------------------------------------------------------- */

static void frames_free(void *frame[], uint64_t mfn[], unsigned int from,
                        unsigned int to)
{
    while ( to > from )
    {
        to--;
        port_store(&frame[to], NULL); /* nobody is there: no partner */
        port_page_free(mfn[to]);
        mfn[to] = HV_INVALID_MFN;
    }
}

static int frames_adopt(struct domain *d, void *frame[], uint64_t mfn[],
                        unsigned int from, unsigned int to)
{
    for ( unsigned int i = from; i < to; i++ )
    {
        if ( port_page_adopt(d, &mfn[i]) )
        {
            frames_free(frame, mfn, from, i);
            return -ENOMEM;
        }
        port_store(&frame[i], port_page_address(mfn[i])); /* published by E1, E3 */
    }
    return 0;
}

/* Pages of status words that a table of version 2 has. */
unsigned int grant_status_needed(unsigned int nr_frames)
{
    unsigned int order = GRANT_V2_SHIFT - GRANT_STATUS_SHIFT;

    return (nr_frames + (1u << order) - 1) >> order;
}

int grant_status_grow_locked(struct grant_table *t, unsigned int nr)
{
    int rc;

    if ( nr <= t->nr_status )
        return 0;
    rc = frames_adopt(t->d, t->status, t->status_mfn, t->nr_status, nr);
    if ( !rc )
        port_store(&t->nr_status, nr); /* read under the lock, or for a look: no partner */
    return rc;
}

void grant_status_shrink_locked(struct grant_table *t, unsigned int nr)
{
    unsigned int was = t->nr_status;

    if ( nr >= was )
        return;
    port_store(&t->nr_status, nr); /* as above: no partner */
    frames_free(t->status, t->status_mfn, nr, was);
}

/* All of nr_frames, or nothing: the size that failed leaves the old size. */
int grant_grow_locked(struct grant_table *t, unsigned int nr_frames)
{
    unsigned int old = t->nr_frames, old_status = t->nr_status;
    uint64_t first = grant_records(t, old), end = grant_records(t, nr_frames);

    if ( nr_frames <= old )
        return 0;
    if ( nr_frames > t->max_frames )
        return -EINVAL;

    if ( t->version == 2 &&
         grant_status_grow_locked(t, grant_status_needed(nr_frames)) )
        return -ENOMEM;
    if ( port_window_commit(&t->entries[first], (end - first) * sizeof(*t->entries)) ||
         frames_adopt(t->d, t->shared, t->shared_mfn, old, nr_frames) )
    {
        grant_status_shrink_locked(t, old_status);
        return -ENOMEM;
    }
    for ( uint64_t i = first; i < end; i++ )
        port_lock_init(&t->entries[i].lock, HV_RANK_GRANT_ENTRY, i);

    port_store_release(&t->nr_frames, nr_frames); /* E1: pairs with E2 */
    return 0;
}

/* ---- coming and going --------------------------------------------------------------- */

static void *array_make(unsigned int nr, size_t size)
{
    return port_alloc(nr * size);
}

static void array_free(void *p, unsigned int nr, size_t size)
{
    if ( p )
        port_free(p, nr * size);
}

static uint64_t whole_pages(uint64_t bytes)
{
    return (bytes + PAGE_SIZE - 1) & ~(uint64_t)(PAGE_SIZE - 1);
}

static int parts_make(struct grant_table *t)
{
    t->entries_bytes = (uint64_t)grant_records(t, t->max_frames) *
                       sizeof(*t->entries);
    t->tracks_bytes = whole_pages((uint64_t)t->max_tracks * sizeof(*t->tracks));

    t->shared = array_make(t->max_frames, sizeof(*t->shared));
    t->shared_mfn = array_make(t->max_frames, sizeof(*t->shared_mfn));
    t->status = array_make(t->max_status, sizeof(*t->status));
    t->status_mfn = array_make(t->max_status, sizeof(*t->status_mfn));
    t->state = array_make(t->max_frames, sizeof(*t->state));
    if ( !t->shared || !t->shared_mfn || !t->status || !t->status_mfn || !t->state )
        return -ENOMEM;

    t->entries = port_window_create(t->entries_bytes);
    if ( !t->entries )
        return -ENOMEM;
    if ( t->max_tracks )
    {
        t->tracks = port_window_create(t->tracks_bytes);
        if ( !t->tracks )
            return -ENOMEM;
    }
    return 0;
}

int grant_table_create(struct domain *d, const struct hv_domain_config *how)
{
    struct grant_table *t;
    int rc;

    d->hv->grants = NULL;
    if ( !how->grant_frames || how->grant_frames > GRANT_MOST_FRAMES ||
         how->maptrack_frames > GRANT_MOST_TRACK_FRAMES ||
         how->grant_version_max > 2 )
        return -EINVAL;

    t = port_alloc(sizeof(*t));
    if ( !t )
        return -ENOMEM;
    d->hv->grants = t;
    t->d = d;
    t->version = 1;
    t->max_version = how->grant_version_max ? how->grant_version_max : 1;
    t->frame_shift = d->page_shift;
    t->max_frames = how->grant_frames;
    t->max_status = grant_status_needed(t->max_frames);
    t->max_tracks = how->maptrack_frames * GRANT_TRACK_PER_FRAME;
    port_lock_init(&t->lock, HV_RANK_GRANT_TABLE, d->domain_id);
    grant_tracks_init(t);

    rc = parts_make(t);
    if ( !rc )
    {
        port_lock(&t->lock);
        rc = grant_grow_locked(t, 1);
        port_unlock(&t->lock);
    }
    if ( rc )
        grant_table_destroy(d);
    return rc;
}

void grant_table_destroy(struct domain *d)
{
    struct grant_table *t = grant_table_of(d);

    if ( !t )
        return;
    d->hv->grants = NULL;

    if ( t->status )
        frames_free(t->status, t->status_mfn, 0, t->nr_status);
    if ( t->shared )
        frames_free(t->shared, t->shared_mfn, 0, t->nr_frames);
    for ( unsigned int i = 0; i < GRANT_LANES; i++ )
    {
        array_free(t->lane[i].batch, 1, sizeof(struct grant_batch));
        array_free(t->lane[i].copy, 1, sizeof(struct grant_copy));
    }
    if ( t->tracks )
        port_window_destroy(t->tracks, t->tracks_bytes);
    if ( t->entries )
        port_window_destroy(t->entries, t->entries_bytes);
    array_free(t->state, t->max_frames, sizeof(*t->state));
    array_free(t->status_mfn, t->max_status, sizeof(*t->status_mfn));
    array_free(t->status, t->max_status, sizeof(*t->status));
    array_free(t->shared_mfn, t->max_frames, sizeof(*t->shared_mfn));
    array_free(t->shared, t->max_frames, sizeof(*t->shared));
    port_free(t, sizeof(*t));
}

/* ---- frames --------------------------------------------------------------------------- */

/*
 * The reference is taken with the table's lock held, so that a change of version
 * either comes first, or finds the frame in use.
 */
int grant_frame(struct domain *d, bool status, unsigned int idx, bool grow,
                uint64_t *mfn)
{
    struct grant_table *t = grant_table_of(d);
    unsigned int frames = idx + 1, at;
    int rc = 0;

    if ( !t )
        return -EINVAL;

    port_lock(&t->lock);
    if ( status ? t->version != 2 || idx >= t->max_status : idx >= t->max_frames )
        rc = -EINVAL;
    else if ( idx >= (status ? t->nr_status : t->nr_frames) )
    {
        if ( status )
            frames = (idx << (GRANT_V2_SHIFT - GRANT_STATUS_SHIFT)) + 1;
        rc = grow ? grant_grow_locked(t, frames) : -EINVAL;
    }
    if ( !rc )
    {
        at = array_index_nospec(idx, status ? t->nr_status : t->nr_frames);
        *mfn = status ? t->status_mfn[at] : t->shared_mfn[at];
        PORT_POINT("grant_frame found");
        if ( !port_page_get(*mfn, d) )
            rc = -EINVAL;
    }
    port_unlock(&t->lock);
    return rc;
}

unsigned int grant_nr_frames(const struct domain *d, bool status)
{
    const struct grant_table *t = grant_table_of(d);

    /* A look: it may have grown since. E2: pairs with E1 */
    return !t ? 0 : status ? port_load(&t->nr_status) : port_load_acquire(&t->nr_frames);
}

unsigned int grant_max_frames(const struct domain *d, bool status)
{
    const struct grant_table *t = grant_table_of(d);

    return !t ? 0 : status ? t->max_status : t->max_frames;
}
