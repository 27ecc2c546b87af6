/* SPDX-License-Identifier: MIT */
/*
 * Attached windows, page by page.
 *
 * Needs window-list.h, where chunks are found. Gives what handlers of attach and
 * detach, and a TLB, ask for.
 */
#include "window-list.h"

struct port_lock window_lock;

/* A page of 0 as large as anybody's. */
static uint64_t window_nothing[65536 / 8] __attribute__((aligned(65536)));

void window_start(void)
{
    port_lock_init(&window_lock, HV_RANK_WINDOW, 0);
}

uint64_t window_pages(const struct domain *viewer, const struct domain *whose,
                      uint32_t what)
{
    static const struct { unsigned char shift, bytes; } entry[] = {
        [PMTW_top]        = { PMT_TOP_SHIFT, 8 },
        [PMTW_dir]        = { PMT_DIR_SHIFT, 4 },
        [PMTW_leaf]       = { 0, 8 },
        [PMTW_state]      = { 63, sizeof(struct pmt_state) },
        [WINDOW_IA64_P2M] = { 0, 8 },
    };
    uint64_t nr = whose->hv->pmt.view.limit, size;

    if ( what >= sizeof(entry) / sizeof(entry[0]) )
        return 0;
    size = entry[what].shift == 63 ? 1
           : (nr >> entry[what].shift) +
             !!(nr & ((UINT64_C(1) << entry[what].shift) - 1));
    size *= entry[what].bytes;
    return (size + (UINT64_C(1) << viewer->page_shift) - 1) >> viewer->page_shift;
}

/* ---- attach --------------------------------------------------------------------- */

/* Where the page at place of a part is, and how many come with it. */
struct window_step {
    struct window_spot spot;
    unsigned int nr;
};

/* 0, or why there is no such place for the viewer. */
static int step_find(struct domain *viewer, const struct window_part *part,
                     uint64_t place, struct window_step *step)
{
    const uint64_t mask = (UINT64_C(1) << viewer->page_shift) - 1;
    uint64_t page = part->address >> viewer->page_shift, most;
    struct window_spot *spot = &step->spot;

    if ( part->address & mask )
        return is_pv_domain(viewer) ? -EINVAL : -ENOENT;
    spot->whose = part->whose;
    spot->what = part->what;
    spot->page = part->first + place;
    spot->at = page + place;
    if ( !is_pv_domain(viewer) &&
         spot->at >= UINT64_C(1) << (WINDOW_ADDRESS_BITS - viewer->page_shift) )
        return -ENOENT;

    most = part->nr - place;
    if ( most > 64 - (spot->page & 63) )
        most = 64 - (spot->page & 63);
    if ( most > 64 - (spot->at & 63) )
        most = 64 - (spot->at & 63);
    step->nr = most;
    return 0;
}

/* Under both locks: nothing may be where the pages are to be. */
static int step_check(struct domain *viewer, const struct window_step *step)
{
    const struct window_spot *spot = &step->spot;
    struct window_spot page;
    unsigned int i;

    if ( !domain_has_pmt(viewer) )
        return -EACCES;
    if ( HV_RULE(DYING) && (spot->whose->is_dying || viewer->is_dying) )
        return -ESRCH;
    for ( i = 0; i < step->nr; i++ )
    {
        page = *spot;
        page.page += i;
        page.at += i;
        if ( window_find_at(viewer->hv->windows, page.at) )
            return -ENOENT;
        if ( !is_pv_domain(viewer) && page.at < viewer->hv->pmt.view.limit &&
             !pmt_is_nothing(pmt_lookup(&viewer->hv->pmt, page.at)) )
            return -ENOENT;
        if ( window_find_part(viewer->hv->windows, &page) )
            return -EBUSY;
    }
    return 0;
}

/*
 * A PV domain's part goes on where it was begun: the page before has to be there, and
 * the area. What stands in the guest's structure meanwhile counts for nothing.
 */
static int step_goes_on(struct domain *viewer, struct window_step *step)
{
    struct window_spot before = step->spot;
    const struct window_chunk *chunk;

    if ( !HV_RULE(RESUME) )
        return 0;
    before.page--;
    before.at--;
    chunk = window_find_part(viewer->hv->windows, &before);
    if ( !chunk || chunk->to_page != before.page - before.at || !chunk->area ||
         step->spot.at + step->nr > chunk->area->end << 6 )
        return -EINVAL;
    step->spot.area = chunk->area;
    return 0;
}

/* Under both locks; what has its place at part->address is told where. */
static int attach_locked(struct domain *viewer, struct window_part *part,
                         uint64_t place, struct window_spare *spare)
{
    struct window_list *list = viewer->hv->windows;
    bool pv = is_pv_domain(viewer), is_new = pv && !place;
    struct window_step step = { { .area = NULL }, 0 };
    int rc = 0;

    if ( is_new )
        rc = window_area_take(list, viewer->page_shift, part->first, part->nr,
                              spare, &step.spot);
    if ( !rc && is_new )
        part->address = step.spot.at << viewer->page_shift;
    if ( !rc )
        rc = step_find(viewer, part, place, &step);
    if ( !rc )
        rc = step_check(viewer, &step);
    if ( !rc && pv && place )
        rc = step_goes_on(viewer, &step);
    if ( !rc )
        rc = window_insert(viewer, &step.spot, step.nr, spare);
    if ( rc && is_new && step.spot.area )
        window_area_return(step.spot.area, spare);
    return rc ? rc : (int)step.nr;
}

int window_attach(struct domain *viewer, struct window_part *part,
                  uint64_t place)
{
    struct window_part what = *part;
    struct window_spare spare;
    uint64_t pages = window_pages(viewer, part->whose, part->what);
    bool is_new = is_pv_domain(viewer) && !place;
    int rc;

    if ( part->nr > pages || part->first > pages - part->nr ||
         place >= part->nr )
        return -EINVAL;
    if ( is_new && part->address )
        return -EINVAL;
    rc = window_prepare(&spare, is_new);
    if ( rc )
        return rc;

    PORT_POINT("window-attach");
    pmt_lock(&viewer->hv->pmt);
    port_lock(&window_lock);
    rc = attach_locked(viewer, &what, place, &spare);
    port_unlock(&window_lock);
    pmt_unlock(&viewer->hv->pmt);

    window_spare(&spare);
    if ( rc > 0 )
        part->address = what.address;
    return rc;
}

/* ---- detach --------------------------------------------------------------------- */

/*
 * What a domain sees no more: from its TLBs, too. With the lock: a table whose domain dies
 * asks those who are in the list, and nobody leaves that while he may still see it.
 */
static void window_flush(struct domain *viewer, uint64_t page, uint64_t nr)
{
    if ( is_pv_domain(viewer) )
        port_flush_page(viewer, 0, PMT_NO_GPFN);
    else
        port_flush_page(viewer, page, nr);
}

int window_detach(struct domain *viewer, uint64_t address, uint64_t nr)
{
    const uint64_t mask = (UINT64_C(1) << viewer->page_shift) - 1;
    uint64_t page = address >> viewer->page_shift;
    struct window_chunk *chunk, *dead = NULL;
    unsigned int done = 0, most = nr > 64 ? 64 : nr;

    if ( address & mask )
        return -ENOENT;
    port_lock(&window_lock);
    for ( ; done < most; done++ )
    {
        chunk = window_find_at(viewer->hv->windows, page + done);
        if ( !chunk )
            break;
        window_remove(viewer->hv->windows, chunk, page + done, &dead);
    }
    if ( done && !HV_BUG(SEEN) )
        window_flush(viewer, page, done);
    port_unlock(&window_lock);
    PORT_POINT("window-detached");
    if ( done && HV_BUG(SEEN) )
        window_flush(viewer, page, done);
    window_free(dead);
    return done ? (int)done : -ENOENT;
}

/* ---- looking -------------------------------------------------------------------- */

/* The bytes of the table itself; a page that is not all the window's shows nothing. */
static const void *seen_in_table(const struct domain *viewer,
                                 const struct window_chunk *chunk, uint64_t page)
{
    uint64_t bytes, at = page << viewer->page_shift;
    const char *base = window_base(chunk->whose, chunk->what, &bytes);

    if ( !base || at + (UINT64_C(1) << viewer->page_shift) > bytes )
        return window_nothing;
    return base + at;
}

/* Asked for without the lock; the domain is held. */
static const void *seen_in_shadow(struct domain *whose, uint64_t page)
{
    struct window_shadow *shadow = whose->hv->shadow;
    const void *seen = shadow ? shadow->page(whose, page) : NULL;

    port_domain_release(whose);
    return seen ? seen : window_nothing;
}

const void *window_page(struct domain *viewer, uint64_t address)
{
    uint64_t page = address >> viewer->page_shift;
    const struct window_chunk *chunk;
    struct domain *whose = NULL;
    const void *seen = NULL;

    if ( !viewer->hv || !viewer->hv->windows || !domain_has_pmt(viewer) )
        return NULL;
    port_lock(&window_lock);
    chunk = window_find_at(viewer->hv->windows, page);
    if ( chunk )
    {
        page += chunk->to_page;
        seen = window_nothing;
        if ( chunk->whose && chunk->what != WINDOW_IA64_P2M )
            seen = seen_in_table(viewer, chunk, page);
        else if ( chunk->whose && port_domain_hold(chunk->whose) )
            whose = chunk->whose;
    }
    port_unlock(&window_lock);
    return whose ? seen_in_shadow(whose, page) : seen;
}

bool window_covers(struct domain *viewer, uint64_t gfn)
{
    bool covers;

    if ( is_pv_domain(viewer) || !viewer->hv->windows ||
         !window_count(viewer, NULL) )
        return false;
    port_lock(&window_lock);
    covers = window_find_at(viewer->hv->windows, gfn);
    port_unlock(&window_lock);
    return covers;
}
