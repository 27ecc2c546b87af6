/* SPDX-License-Identifier: MIT */
/*
 * The chunks of windows: found by where the viewer sees them, by what they are,
 * and by whose table they show; and the areas of PV domains.
 */
#include "window-list.h"

int window_list_create(struct domain *d)
{
    d->hv->windows = port_alloc(sizeof(struct window_list));
    return d->hv->windows ? 0 : -ENOMEM;
}

void window_list_destroy(struct domain *d)
{
    if ( d->hv->shadow )
        d->hv->shadow->drop(d);
    if ( d->hv->windows )
        port_free(d->hv->windows, sizeof(*d->hv->windows));
    d->hv->windows = NULL;
}

/* ---- memory, without the lock ----------------------------------------------------- */

int window_prepare(struct window_spare *spare, bool area)
{
    spare->chunk = port_alloc(sizeof(*spare->chunk));
    spare->area = area && spare->chunk ? port_alloc(sizeof(*spare->area)) : NULL;
    if ( spare->chunk && (!area || spare->area) )
        return 0;
    window_spare(spare);
    return -ENOMEM;
}

void window_spare(struct window_spare *spare)
{
    if ( spare->chunk )
        port_free(spare->chunk, sizeof(*spare->chunk));
    if ( spare->area )
        port_free(spare->area, sizeof(*spare->area));
}

void window_free(struct window_chunk *dead)
{
    struct window_chunk *next;

    for ( ; dead; dead = next )
    {
        next = dead->next_at;
        if ( dead->area )
            port_free(dead->area, sizeof(*dead->area));
        port_free(dead, sizeof(*dead));
    }
}

/* ---- finding ---------------------------------------------------------------------- */

static unsigned int bucket_at(uint64_t group)
{
    return (group * UINT64_C(0x9e3779b97f4a7c15)) >> 56;
}

static unsigned int bucket_part(const struct domain *whose, uint32_t what,
                                uint64_t group)
{
    return bucket_at((group << 8) ^ ((uint64_t)whose->domain_id << 3) ^ what);
}

static uint64_t bit_of(uint64_t at)
{
    return UINT64_C(1) << (at & 63);
}

struct window_chunk *window_find_at(const struct window_list *list, uint64_t at)
{
    struct window_chunk *chunk = list->at[bucket_at(at >> 6)];

    while ( chunk && (chunk->group != at >> 6 || !(chunk->pages & bit_of(at))) )
        chunk = chunk->next_at;
    return chunk;
}

/* Which group of the window a chunk is of. */
static uint64_t part_group(const struct window_chunk *chunk)
{
    unsigned int first = __builtin_ctzll(chunk->pages);

    return ((chunk->group << 6) + first + chunk->to_page) >> 6;
}

static bool is_part(const struct window_chunk *chunk,
                    const struct window_spot *spot)
{
    uint64_t at = spot->page - chunk->to_page;

    return chunk->whose == spot->whose && chunk->what == spot->what &&
           chunk->group == at >> 6 && (chunk->pages & bit_of(at));
}

struct window_chunk *window_find_part(const struct window_list *list,
                                      const struct window_spot *spot)
{
    struct window_chunk *chunk =
        list->part[bucket_part(spot->whose, spot->what, spot->page >> 6)];

    while ( chunk && !is_part(chunk, spot) )
        chunk = chunk->next_part;
    return chunk;
}

/* The chunk that a page would be one more of. */
static struct window_chunk *find_like(const struct window_list *list,
                                      const struct window_spot *spot)
{
    struct window_chunk *chunk = list->at[bucket_at(spot->at >> 6)];

    while ( chunk &&
            (chunk->group != spot->at >> 6 || chunk->whose != spot->whose ||
             chunk->what != spot->what ||
             chunk->to_page != spot->page - spot->at ||
             part_group(chunk) != spot->page >> 6) )
        chunk = chunk->next_at;
    return chunk;
}

/* ---- Xen's area of a PV domain ------------------------------------------------------ */

/* Groups of the area are those of the window, so a window needs the fewest chunks. */
int window_area_take(struct window_list *list, unsigned int shift, uint64_t first,
                     uint64_t nr, struct window_spare *spare, struct window_spot *spot)
{
    uint64_t begin = WINDOW_PV_BASE >> shift >> 6;
    uint64_t room = WINDOW_PV_SIZE >> shift >> 6, last = begin + room;
    uint64_t groups = ((first & 63) + nr + 63) >> 6;
    struct window_area **at = &list->areas, *area = spare->area;

    for ( ; *at && (*at)->first - begin < groups; at = &(*at)->next )
        begin = (*at)->end;
    if ( groups > last - begin )
        return -ENOMEM;
    spare->area = NULL;
    *area = (struct window_area){
        .next = *at, .at = at, .first = begin, .end = begin + groups,
    };
    if ( area->next )
        area->next->at = &area->next;
    *at = area;
    spot->area = area;
    spot->at = (begin << 6) + (first & 63);
    return 0;
}

static void unlink_area(struct window_area *area)
{
    *area->at = area->next;
    if ( area->next )
        area->next->at = area->at;
}

void window_area_return(struct window_area *area, struct window_spare *spare)
{
    unlink_area(area);
    spare->area = area;
}

/* The last one of an area takes it along. */
static void leave_area(struct window_chunk *chunk)
{
    if ( chunk->area && --chunk->area->nr_chunks )
        chunk->area = NULL;
    else if ( chunk->area )
        unlink_area(chunk->area);
}

/* ---- changing --------------------------------------------------------------------- */

/* Looked at without the lock, by window_count(): it may be old, there is no order. */
static void window_pages_add(struct window_list *list, uint64_t nr)
{
    port_store(&list->nr_pages, list->nr_pages + nr);
}

static void link_chunk(struct window_list *list, struct window_chunk *chunk,
                       uint64_t page)
{
    struct window_chunk **bucket = &list->at[bucket_at(chunk->group)];
    struct window_list *theirs = chunk->whose->hv->windows;

    chunk->next_at = *bucket;
    *bucket = chunk;
    bucket = &list->part[bucket_part(chunk->whose, chunk->what, page >> 6)];
    chunk->next_part = *bucket;
    *bucket = chunk;

    chunk->next_watch = theirs->watchers;
    chunk->watch = &theirs->watchers;
    if ( chunk->next_watch )
        chunk->next_watch->watch = &chunk->next_watch;
    theirs->watchers = chunk;
    if ( chunk->area )
        chunk->area->nr_chunks++;
    list->nr_chunks++;
}

int window_insert(struct domain *viewer, const struct window_spot *spot,
                  unsigned int nr, struct window_spare *spare)
{
    struct window_list *list = viewer->hv->windows;
    struct window_chunk *chunk = find_like(list, spot);
    uint64_t pages = (nr < 64 ? bit_of(nr) - 1 : ~UINT64_C(0)) << (spot->at & 63);

    if ( !chunk )
    {
        if ( HV_RULE(QUOTA) && list->nr_chunks >= WINDOW_MOST )
            return -ENOMEM;
        chunk = spare->chunk;
        spare->chunk = NULL;
        *chunk = (struct window_chunk){
            .area = spot->area,
            .viewer = viewer,
            .whose = spot->whose,
            .domid = spot->whose->domain_id,
            .what = spot->what,
            .group = spot->at >> 6,
            .to_page = spot->page - spot->at,
        };
        link_chunk(list, chunk, spot->page);
    }
    chunk->pages |= pages;
    window_pages_add(list, nr);
    return 0;
}

static void unlink_part(struct window_list *list, struct window_chunk *chunk)
{
    struct window_chunk **at;

    at = &list->part[bucket_part(chunk->whose, chunk->what, part_group(chunk))];
    while ( *at != chunk )
        at = &(*at)->next_part;
    *at = chunk->next_part;
    *chunk->watch = chunk->next_watch;
    if ( chunk->next_watch )
        chunk->next_watch->watch = chunk->watch;
}

void window_orphan(struct window_chunk *chunk)
{
    unlink_part(chunk->viewer->hv->windows, chunk);
    chunk->whose = NULL;
}

void window_remove_all(struct window_list *list, struct window_chunk *chunk,
                       struct window_chunk **dead)
{
    struct window_chunk **at = &list->at[bucket_at(chunk->group)];

    if ( chunk->whose )
        unlink_part(list, chunk);
    while ( *at != chunk )
        at = &(*at)->next_at;
    *at = chunk->next_at;
    window_pages_add(list, -(uint64_t)window_bits(chunk->pages));
    leave_area(chunk);
    list->nr_chunks--;
    chunk->next_at = *dead;
    *dead = chunk;
}

void window_remove(struct window_list *list, struct window_chunk *chunk,
                   uint64_t at, struct window_chunk **dead)
{
    if ( chunk->pages == bit_of(at) )
    {
        window_remove_all(list, chunk, dead);
        return;
    }
    chunk->pages &= ~bit_of(at);
    window_pages_add(list, -UINT64_C(1));
}

/* ---- the table -------------------------------------------------------------------- */

const void *window_base(const struct domain *whose, uint32_t what,
                        uint64_t *bytes)
{
    *bytes = 0;
    if ( what == WINDOW_IA64_P2M )
        return NULL;
    return pmt_window_base(&whose->hv->pmt, what, bytes);
}

uint64_t window_count(const struct domain *viewer, uint64_t *chunks)
{
    const struct window_list *list = viewer->hv->windows;

    if ( chunks )
        *chunks = list ? list->nr_chunks : 0;
    return list ? port_load(&list->nr_pages) : 0;   /* window_pages_add() */
}
