/* SPDX-License-Identifier: MIT */
/*
 * Handles: one for each mapping that a domain has made.
 *
 * Needs windows. Gives free handles without a lock: each processor has a list of
 * its own, and takes from others only when the table is as large as it may be.
 *
 * The head of a list counts its changes, so that an entry that was taken and put
 * back in between is not mistaken for one that never left.
 */
#include "grant-table.h"

static uint64_t head_make(uint64_t was, grant_handle_t first)
{
    return ((was >> 32) + 1) << 32 | first;
}

void grant_tracks_init(struct grant_table *t)
{
    for ( unsigned int i = 0; i < GRANT_LANES; i++ )
        t->lane[i].free = GRANT_NO_HANDLE;
}

static grant_handle_t list_take(struct grant_table *t, struct grant_lane *lane)
{
    for ( ; ; )
    {
        /* Pairs with the exchange in list_put(): the entry's link is there. */
        uint64_t head = port_load_acquire(&lane->free);
        grant_handle_t first = (uint32_t)head;
        uint64_t next;

        if ( first == GRANT_NO_HANDLE )
            return first;
        /* It may be somebody's by now, and this no link; then the exchange fails. */
        next = head_make(head, port_load(&t->tracks[first].next));
        if ( port_cmpxchg(&lane->free, head, next) == head ) /* pairs with list_put() */
            return first;
    }
}

/* A chain from first to last. */
static void list_put(struct grant_table *t, struct grant_lane *lane,
                     grant_handle_t first, grant_handle_t last)
{
    uint64_t head, next;

    do {
        head = port_load(&lane->free);
        port_store(&t->tracks[last].next, (uint32_t)head);
        next = head_make(head, first);
    } while ( port_cmpxchg(&lane->free, head, next) != head ); /* pairs with list_take() */
}

/* One more page of handles, for this lane. */
static bool tracks_grow(struct grant_table *t, struct grant_lane *lane)
{
    unsigned int first, end;
    bool grown = false;

    port_lock(&t->lock);
    first = t->nr_tracks;
    end = first + GRANT_TRACK_PER_FRAME;
    if ( end <= t->max_tracks &&
         !port_window_commit(&t->tracks[first], PAGE_SIZE) )
    {
        for ( unsigned int i = first; i < end; i++ )
            port_store(&t->tracks[i].next, i + 1); /* published by list_put() */
        port_store_release(&t->nr_tracks, end); /* D1: pairs with D2 */
        list_put(t, lane, first, end - 1);
        grown = true;
    }
    port_unlock(&t->lock);
    return grown;
}

grant_handle_t grant_handle_get(struct grant_table *t, struct grant_lane *lane)
{
    grant_handle_t handle = list_take(t, lane);

    if ( handle == GRANT_NO_HANDLE && tracks_grow(t, lane) )
        handle = list_take(t, lane);
    for ( unsigned int i = 0; handle == GRANT_NO_HANDLE && i < GRANT_LANES; i++ )
        handle = list_take(t, &t->lane[i]);
    return handle;
}

void grant_handle_put(struct grant_table *t, struct grant_lane *lane,
                      grant_handle_t handle)
{
    list_put(t, lane, handle, handle);
}

/* ---- what a handle says ------------------------------------------------------------- */

struct grant_track *grant_track_find(const struct grant_table *t, grant_handle_t handle)
{
    unsigned int nr = t ? port_load_acquire(&t->nr_tracks) : 0; /* D2: pairs with D1 */

    return handle < nr ? &t->tracks[array_index_nospec(handle, nr)] : NULL;
}

void grant_track_begin(struct grant_track *track, const struct grant_request *want,
                       bool seen)
{
    /* Published by flags, below. */
    port_store(&track->whose, grant_whose(want->granter->domain_id, want->ref));
    port_store(&track->mfn, want->mfn); /* that, too */
    track->host_addr = want->host_addr;
    /* D3: pairs with D4 */
    port_store_release(&track->flags,
                       want->flags | (seen ? GRANT_TRACK_SEEN : 0) |
                       (p2m_is_told(want->mapper) ? 0 : GRANT_TRACK_UNTOLD));
}

bool grant_track_seen(const struct grant_track *track, struct grant_track *was)
{
    was->flags = port_load_acquire(&track->flags); /* D4: pairs with D3 */
    was->whose = port_load(&track->whose); /* looked at again, under the entry's lock */
    return was->flags & GRANT_TRACK_LIVE;
}

/*
 * The handle may be another entry's by now: that one's lock is not held, so order counts,
 * and what it names is one word, in which nothing else is kept: of two mappings it could
 * have had, two halves look like a third.
 */
bool grant_track_is_still(const struct grant_track *track,
                          const struct grant_track *was)
{
    /* D4: pairs with D3 */
    return (port_load_acquire(&track->flags) & GRANT_TRACK_HALVES) &&
           (!HV_RULE(LOOK_AGAIN) ||
            port_load(&track->whose) == was->whose); /* the lock's, if it is that entry's */
}

/* ---- memory that a call borrows ---------------------------------------------------- */

/* NULL: there is none, and it has to do without. */
void *grant_spare_get(void **slot, size_t bytes)
{
    void *spare = port_load(slot);

    /* Pairs with grant_spare_put(): what it says is seen. */
    if ( spare && port_cmpxchg(slot, spare, NULL) == spare )
        return spare;
    return port_alloc(bytes);
}

void grant_spare_put(void **slot, void *spare, size_t bytes)
{
    if ( port_cmpxchg(slot, NULL, spare) ) /* pairs with grant_spare_get() */
        port_free(spare, bytes);
}
