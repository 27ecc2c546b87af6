/* SPDX-License-Identifier: MIT */
/*
 * The table as old ia64 guests know it: entries of the processor, 8 bytes each.
 *
 * Needs window.h's shadow and the table's changed(). A page of it is filled when
 * somebody looks at it for the first time, and follows the table from then on, under
 * the table's lock. Where there is no memory for it a page of 0 shows, and the guest
 * asks with a call.
 */
#include "dom0vp.h"
#include "window.h"

#define SHADOW_ENTRIES (PAGE_SIZE / 8)

struct shadow {
    struct window_shadow window;
    uint64_t *entry;                    /* a port window: 0 where nothing was filled */
    uint64_t bytes, nr_pages;
    uint8_t filled[];                   /* by page */
};

static struct shadow *shadow_of(struct hv_domain *hv)
{
    return (struct shadow *)hv->shadow;
}

/* What the guest sees of a page is read-only in any case; this is about the page. */
static uint64_t shadow_entry(uint64_t entry)
{
    enum p2m_kind kind = p2m_kind(entry);
    uint64_t word = IA64_P2M_present | IA64_P2M_accessed | IA64_P2M_dirty |
                    IA64_P2M_exception_deferral | UINT64_C(1) << 7;

    if ( !(entry & PMTE_present) )
        return 0;
    word |= p2m_entry_mfn(entry) << PMT_GRANULE_SHIFT;
    word |= entry & PMTE_writable ? IA64_P2M_rwx : IA64_P2M_r;
    if ( entry & PMTE_io )
        return word | IA64_P2M_uncacheable | IA64_P2M_io;
    if ( kind == P2M_GRANT )
        return word | IA64_P2M_tlb_tracking;
    return word | (entry & PMTE_foreign ? 0 : IA64_P2M_allocated);
}

static void shadow_changed(struct pmt *t, uint64_t gpfn, uint64_t nr)
{
    struct hv_domain *hv =
        (struct hv_domain *)((char *)t - offsetof(struct hv_domain, pmt));
    struct shadow *s = shadow_of(hv);
    uint64_t at = gpfn, end = gpfn + nr;

    while ( at < end && at / SHADOW_ENTRIES < s->nr_pages )
    {
        if ( !s->filled[at / SHADOW_ENTRIES] )
            at = (at / SHADOW_ENTRIES + 1) * SHADOW_ENTRIES;
        else
        {
            /* Read by guests, which are told the word and no more: no partner. */
            port_store(&s->entry[at], shadow_entry(pmt_lookup(t, at)));
            at++;
        }
    }
}

static const void *shadow_page(struct domain *whose, uint64_t page)
{
    struct shadow *s = shadow_of(whose->hv);
    struct pmt *t = &whose->hv->pmt;
    uint64_t *entry = s->entry + page * SHADOW_ENTRIES;
    bool filled;
    unsigned int i;

    if ( page >= s->nr_pages )
        return NULL;
    pmt_lock(t);
    if ( !s->filled[page] && !port_window_commit(entry, PAGE_SIZE) )
    {
        /* Nobody sees it yet: published by the viewer's TLB, behind locks. */
        for ( i = 0; i < SHADOW_ENTRIES; i++ )
            port_store(&entry[i],
                       shadow_entry(pmt_lookup(t, page * SHADOW_ENTRIES + i)));
        s->filled[page] = 1;
    }
    filled = s->filled[page];
    pmt_unlock(t);
    return filled ? entry : NULL;
}

static void shadow_free(struct shadow *s)
{
    if ( s->entry )
        port_window_destroy(s->entry, s->bytes);
    port_free(s, sizeof(*s) + s->nr_pages);
}

static void shadow_drop(struct domain *whose)
{
    struct shadow *s = shadow_of(whose->hv);

    whose->hv->pmt.changed = NULL;
    whose->hv->shadow = NULL;
    shadow_free(s);
}

int dom0vp_shadow_make(struct domain *d)
{
    uint64_t nr = (d->hv->pmt.view.limit + SHADOW_ENTRIES - 1) / SHADOW_ENTRIES;
    struct pmt *t = &d->hv->pmt;
    struct shadow *s = port_alloc(sizeof(*s) + nr);

    if ( !s )
        return -ENOMEM;
    s->window.page = shadow_page;
    s->window.drop = shadow_drop;
    s->nr_pages = nr;
    s->bytes = (nr * PAGE_SIZE + PMT_WINDOW_ALIGN - 1) & ~(PMT_WINDOW_ALIGN - 1);
    s->entry = port_window_create(s->bytes);
    if ( !s->entry )
    {
        shadow_free(s);
        return -ENOMEM;
    }
    pmt_lock(t);
    if ( !d->hv->shadow && !d->is_dying )
    {
        d->hv->shadow = &s->window;
        t->changed = shadow_changed;
        s = NULL;
    }
    pmt_unlock(t);
    /* There is one already. */
    if ( s )
        shadow_free(s);
    return 0;
}
