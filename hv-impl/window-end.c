/* SPDX-License-Identifier: MIT */
/*
 * Windows that end by themselves: the viewer loses the right, or dies, or the
 * domain does whose table they show. In steps of 64 chunks; and the audit.
 */
#include "window-list.h"

#define STEP 64

/* Some of a viewer's: how many. */
static unsigned int drop_some(struct window_list *list, unsigned int most,
                              struct window_chunk **dead)
{
    unsigned int done = 0, i;

    for ( i = 0; i < WINDOW_BUCKETS; i++ )
        while ( list->at[i] && done < most )
        {
            window_remove_all(list, list->at[i], dead);
            done++;
        }
    return done;
}

int window_revoke(struct domain *viewer)
{
    struct window_list *list = viewer->hv->windows;
    struct window_chunk *dead = NULL;
    unsigned int done;

    while ( list )
    {
        port_lock(&window_lock);
        done = drop_some(list, STEP, &dead);
        /* With the lock, as in window.c: the table may be gone after it. */
        if ( done )
            port_flush_page(viewer, 0, PMT_NO_GPFN);
        port_unlock(&window_lock);
        if ( !done )
            break;
        PORT_POINT("window-detached");
        window_free(dead);
        dead = NULL;
        if ( done == STEP && hypercall_preempt_check() )
            return -ERESTART;
    }
    return 0;
}

/* Is it of the window, whosever that is? */
static bool is_like(const struct window_chunk *chunk,
                    const struct window_chunk *like)
{
    return chunk->what == like->what && chunk->to_page == like->to_page;
}

/* What is found in one bucket of the window that begins at a page. */
struct detach {
    const struct window_chunk *like;
    struct window_chunk *dead;
    unsigned int pages;                 /* detached so far */
    bool others;                        /* there are some, of another domain */
};

/* At most so many of one bucket: how many. */
static unsigned int detach_some(struct window_list *list, unsigned int bucket,
                                unsigned int most, struct detach *detach)
{
    struct window_chunk *chunk = list->at[bucket], *next;
    unsigned int done = 0;

    for ( ; chunk && done < most; chunk = next )
    {
        next = chunk->next_at;
        if ( !is_like(chunk, detach->like) )
            continue;
        if ( chunk->domid != detach->like->domid )
        {
            detach->others = true;
            continue;
        }
        detach->pages += window_bits(chunk->pages);
        window_remove_all(list, chunk, &detach->dead);
        done++;
    }
    return done;
}

static bool is_left(const struct window_list *list, unsigned int bucket,
                    const struct window_chunk *like)
{
    const struct window_chunk *chunk = list->at[bucket];

    while ( chunk && !(is_like(chunk, like) && chunk->domid == like->domid) )
        chunk = chunk->next_at;
    return chunk;
}

int window_detach_all(struct domain *viewer, uint64_t address, uint32_t what,
                      domid_t domid)
{
    struct window_list *list = viewer->hv->windows;
    const struct window_chunk like = {
        .what = what, .domid = domid,
        .to_page = -(address >> viewer->page_shift),
    };
    struct detach detach = { .like = &like };
    bool later = false, left = false;
    unsigned int done, i = 0;

    while ( i < WINDOW_BUCKETS && !left )
    {
        port_lock(&window_lock);
        done = later ? 0 : detach_some(list, i, STEP, &detach);
        if ( done && !HV_BUG(SEEN) )
            port_flush_page(viewer, 0, PMT_NO_GPFN);
        if ( later )
            left = is_left(list, i, &like);
        port_unlock(&window_lock);
        if ( done )
            PORT_POINT("window-detached");
        if ( done && HV_BUG(SEEN) )
            port_flush_page(viewer, 0, PMT_NO_GPFN);
        i += done < STEP && !left;
        if ( done && hypercall_preempt_check() )
            later = true;
    }
    if ( !detach.pages )
        return detach.others ? -EINVAL : -ENOENT;
    window_free(detach.dead);
    return left ? -ERESTART : (int)detach.pages;
}

/*
 * Some chunks into this table, all of one viewer; false: there are none. A viewer
 * that has to be flushed is held. One that is dying runs no guest: it is neither.
 */
static bool orphan_some(struct window_list *list, unsigned int most,
                        struct domain **viewer)
{
    struct window_chunk *chunk = list->watchers, *next;
    struct domain *first;

    if ( !chunk )
        return false;
    first = chunk->viewer;
    *viewer = port_domain_hold(first) ? first : NULL;
    if ( HV_BUG(VIEWER) && !*viewer )
        return false;
    for ( ; chunk && most; chunk = next, most-- )
    {
        next = chunk->next_watch;
        if ( chunk->viewer == first )
            window_orphan(chunk);
    }
    return true;
}

int window_kill(struct domain *d)
{
    struct window_list *list = d->hv->windows;
    struct domain *viewer;
    int rc = window_revoke(d);
    bool some;

    while ( !rc && list )
    {
        port_lock(&window_lock);
        some = orphan_some(list, STEP, &viewer);
        port_unlock(&window_lock);
        if ( !some )
            break;
        if ( viewer )
        {
            /* Before the table's memory goes, nobody sees it any more. */
            port_flush_page(viewer, 0, PMT_NO_GPFN);
            port_domain_release(viewer);
        }
        if ( hypercall_preempt_check() )
            rc = -ERESTART;
    }
    return rc;
}

/* ---- audit ------------------------------------------------------------------------ */

static const char *audit_chunk(const struct window_chunk *chunk,
                               const struct domain *d)
{
    if ( chunk->viewer != d || !chunk->pages )
        return "a window's chunk is another's, or empty";
    if ( chunk->whose && (!chunk->watch || *chunk->watch != chunk) )
        return "a window's chunk is not with its table";
    if ( is_pv_domain(d) && HV_RULE(RESUME) &&
         (!chunk->area || chunk->group < chunk->area->first ||
          chunk->group >= chunk->area->end) )
        return "a window's chunk is outside its area";
    return NULL;
}

/* In order, apart, and each with so many chunks as it says. */
static const char *audit_areas(const struct window_list *list)
{
    const struct window_area *area;
    uint64_t end = 0, chunks = 0;

    for ( area = list->areas; area; area = area->next )
    {
        if ( *area->at != area || area->first < end || area->end <= area->first ||
             !area->nr_chunks )
            return "areas of windows are not in order, or one is empty";
        end = area->end;
        chunks += area->nr_chunks;
    }
    return list->areas && chunks != list->nr_chunks
           ? "areas of windows have other chunks than there are" : NULL;
}

/* Each chunk, and how many there are. */
static const char *audit_list(const struct window_list *list,
                              const struct domain *d)
{
    const struct window_chunk *chunk;
    uint64_t chunks = 0, pages = 0;
    const char *wrong = NULL;
    unsigned int i;

    for ( i = 0; i < WINDOW_BUCKETS; i++ )
        for ( chunk = list->at[i]; chunk && !wrong; chunk = chunk->next_at )
        {
            chunks++;
            pages += window_bits(chunk->pages);
            wrong = audit_chunk(chunk, d);
        }
    if ( !wrong && (list->nr_chunks != chunks || list->nr_pages != pages) )
        wrong = "windows are counted wrongly";
    if ( !wrong && pages && !domain_has_pmt(d) )
        wrong = "a domain without the right has windows";
    return wrong ? wrong : audit_areas(list);
}

int window_audit(const struct domain *d, char *what, size_t size)
{
    const struct window_list *list = d->hv->windows;

    return hv_says(list ? audit_list(list, d) : NULL, what, size);
}
