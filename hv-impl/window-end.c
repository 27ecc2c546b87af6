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

    for ( i = 0; list->at && i < WINDOW_BUCKETS; i++ )
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
        port_unlock(&window_lock);
        if ( !done )
            break;
        port_flush_page(viewer, 0, PMT_NO_GPFN);
        window_free(dead);
        dead = NULL;
        if ( done == STEP && hypercall_preempt_check() )
            return -ERESTART;
    }
    return 0;
}

/* Those of one bucket that a window which begins at page is made of. */
static unsigned int detach_some(struct window_list *list, unsigned int bucket,
                                const struct window_chunk *like, bool *others,
                                struct window_chunk **dead)
{
    struct window_chunk *chunk = list->at[bucket], *next;
    unsigned int done = 0;

    for ( ; chunk; chunk = next )
    {
        next = chunk->next_at;
        if ( chunk->what != like->what || chunk->to_page != like->to_page )
            continue;
        if ( chunk->domid == like->domid )
        {
            done += window_bits(chunk->pages);
            window_remove_all(list, chunk, dead);
        }
        else
            *others = true;
    }
    return done;
}

int window_detach_all(struct domain *viewer, uint64_t address, uint32_t what,
                      domid_t domid)
{
    struct window_list *list = viewer->hv->windows;
    const struct window_chunk like = {
        .what = what, .domid = domid,
        .to_page = -(address >> viewer->page_shift),
    };
    struct window_chunk *dead = NULL;
    bool others = false;
    unsigned int done = 0, i;

    for ( i = 0; list->at && i < WINDOW_BUCKETS; i++ )
    {
        port_lock(&window_lock);
        done += detach_some(list, i, &like, &others, &dead);
        port_unlock(&window_lock);
    }
    if ( !done )
        return others ? -EINVAL : -ENOENT;
    port_flush_page(viewer, 0, PMT_NO_GPFN);
    window_free(dead);
    return done;
}

/* Some chunks of one viewer into this table. The viewer is held; NULL: none left. */
static struct domain *orphan_some(struct window_list *list, unsigned int most)
{
    struct window_chunk *chunk, *next;
    struct domain *viewer = NULL;

    for ( chunk = list->watchers; chunk && most; chunk = next, most-- )
    {
        next = chunk->next_watch;
        if ( !viewer )
        {
            viewer = chunk->viewer;
            if ( !port_domain_hold(viewer) )
                return NULL;
        }
        if ( chunk->viewer == viewer )
            window_orphan(chunk);
    }
    return viewer;
}

int window_kill(struct domain *d)
{
    struct window_list *list = d->hv->windows;
    struct domain *viewer;
    int rc = window_revoke(d);

    while ( !rc && list )
    {
        port_lock(&window_lock);
        viewer = orphan_some(list, STEP);
        port_unlock(&window_lock);
        if ( !viewer )
            break;
        /* Before the table's memory goes, nobody sees it any more. */
        port_flush_page(viewer, 0, PMT_NO_GPFN);
        port_domain_release(viewer);
        if ( hypercall_preempt_check() )
            rc = -ERESTART;
    }
    return rc;
}

/* ---- audit ------------------------------------------------------------------------ */

static int wrong(char *what, size_t size, const char *sentence)
{
    size_t i;

    for ( i = 0; i + 1 < size && sentence[i]; i++ )
        what[i] = sentence[i];
    if ( size )
        what[i] = '\0';
    return -1;
}

int window_audit(const struct domain *d, char *what, size_t size)
{
    const struct window_list *list = d->hv->windows;
    const struct window_chunk *chunk;
    uint64_t chunks = 0, pages = 0;
    unsigned int i;

    for ( i = 0; list && list->at && i < WINDOW_BUCKETS; i++ )
        for ( chunk = list->at[i]; chunk; chunk = chunk->next_at )
        {
            chunks++;
            pages += window_bits(chunk->pages);
            if ( chunk->viewer != d || !chunk->pages )
                return wrong(what, size, "a window's chunk is another's, or empty");
            if ( chunk->whose && (!chunk->watch || *chunk->watch != chunk) )
                return wrong(what, size, "a window's chunk is not with its table");
        }
    if ( list && (list->nr_chunks != chunks || list->nr_pages != pages) )
        return wrong(what, size, "windows are counted wrongly");
    if ( pages && !domain_has_pmt(d) )
        return wrong(what, size, "a domain without the right has windows");
    return 0;
}
