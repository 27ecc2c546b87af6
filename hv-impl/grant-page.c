/* SPDX-License-Identifier: MIT */
/*
 * Which pages are granted right now: how many entries are in use for each, of the pages
 * of PV domains. Of all others the page's references say it.
 *
 * Needs a window of words, one for each frame. Gives the answer without a look at
 * any entry, and costs others nothing.
 */
#include "grant-table.h"

static struct {
    uint32_t *count;
    uint64_t first, nr, bytes;
} pages;

int grant_start(void)
{
    pages.first = port_min_mfn();
    pages.nr = port_max_mfn() - pages.first + 1;
    pages.bytes = (pages.nr * sizeof(*pages.count) + PMT_WINDOW_ALIGN - 1) &
                  ~(PMT_WINDOW_ALIGN - 1);
    pages.count = port_window_create(pages.bytes);
    if ( !pages.count )
        return -ENOMEM;
    if ( !port_window_commit(pages.count, pages.bytes) )
        return 0;
    grant_stop();
    return -ENOMEM;
}

void grant_stop(void)
{
    if ( pages.count )
        port_window_destroy(pages.count, pages.bytes);
    pages.count = NULL;
}

/* NULL: no such frame. */
static uint32_t *count_of(uint64_t mfn)
{
    uint64_t i = mfn - pages.first;

    return i < pages.nr ? &pages.count[array_index_nospec(i, pages.nr)] : NULL;
}

/* Other entries of the same page may be counted at the same time. */
static void count_add(uint32_t *count, uint32_t nr)
{
    uint32_t was = port_load(count), is;

    /* Pairs with grant_page_in_use(). */
    while ( (is = port_cmpxchg(count, was, was + nr)) != was )
        was = is;
}

/* The page is held, so its owner stays. */
void grant_page_pinned(struct grant_entry *e)
{
    const struct domain *owner;

    e->counted = false;
    if ( e->kind == GRANT_THROUGH )
        return;
    owner = port_page_owner(e->mfn);
    if ( !owner || !is_pv_domain(owner) || !count_of(e->mfn) )
        return;
    e->counted = true;
    count_add(count_of(e->mfn), 1);
}

void grant_page_unpinned(struct grant_entry *e)
{
    e->counted = false;
    count_add(count_of(e->mfn), (uint32_t)-1);
}

bool grant_page_in_use(uint64_t mfn)
{
    const uint32_t *count = count_of(mfn);

    /* As it is just now: pairs with grant_page_pinned(). */
    return count && port_load_acquire(count);
}
