/* SPDX-License-Identifier: MIT */
/* Libraries that keep a word for a key: Judy's arrays, and liburcu's lock-free hash table. */
#include <Judy.h>
#include <stdlib.h>

#define URCU_INLINE_SMALL_FUNCTIONS
#include <urcu/urcu-qsbr.h>
#include <urcu/rculfhash.h>

#include "design.h"

/* ---- Judy -------------------------------------------------------------------------- */

static Pvoid_t judy;

static inline uint64_t judy_lookup(uint64_t gpfn)
{
    PPvoid_t value = JudyLGet(judy, gpfn, PJE0);

    return value ? *(uint64_t *)value : 0;
}

DESIGN_LOOPS(judy, judy_lookup, )
DESIGN_BATCH(judy, judy_lookup, )

static bool judy_create(uint64_t frames)
{
    (void)frames;
    return true;
}

static bool judy_set_run(uint64_t gpfn, uint64_t mfn, uint64_t frames)
{
    PPvoid_t value;

    for ( ; frames; gpfn++, mfn++, frames-- )
    {
        value = JudyLIns(&judy, gpfn, PJE0);
        if ( !value || value == PPJERR )
            return false;
        *(uint64_t *)value = ENTRY(mfn);
    }
    return true;
}

static uint64_t judy_bytes(void)
{
    return JudyLMemUsed(judy);
}

const struct design design_judy = {
    "judy", judy_create, judy_set_run, NULL, judy_bytes, judy_dependent, judy_independent,
    judy_batch, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
};

/* ---- liburcu ------------------------------------------------------------------------ */

struct page {
    struct cds_lfht_node node;
    uint64_t gpfn, entry;
};

static struct cds_lfht *table;
static struct page *pages;
static uint64_t nr_pages;

static unsigned long hash_of(uint64_t gpfn)
{
    return gpfn * 0x9e3779b97f4a7c15ul >> 20;
}

static int page_is(struct cds_lfht_node *node, const void *key)
{
    return caa_container_of(node, struct page, node)->gpfn == *(const uint64_t *)key;
}

static inline uint64_t lfht_lookup(uint64_t gpfn)
{
    struct cds_lfht_iter iter;
    struct cds_lfht_node *node;

    cds_lfht_lookup(table, hash_of(gpfn), page_is, &gpfn, &iter);
    node = cds_lfht_iter_get_node(&iter);
    return node ? caa_container_of(node, struct page, node)->entry : 0;
}

DESIGN_LOOPS(lfht, lfht_lookup, )
DESIGN_BATCH(lfht, lfht_lookup, )

static bool lfht_create(uint64_t frames)
{
    urcu_qsbr_register_thread();
    pages = memory_reserve(frames * sizeof(*pages));
    table = cds_lfht_new_flavor(frames, frames, 0, 0, &urcu_qsbr_flavor, NULL);
    return pages && table;
}

static bool lfht_set_run(uint64_t gpfn, uint64_t mfn, uint64_t frames)
{
    struct page *page;

    for ( ; frames; gpfn++, mfn++, frames-- )
    {
        page = &pages[nr_pages++];
        cds_lfht_node_init(&page->node);
        page->gpfn = gpfn;
        page->entry = ENTRY(mfn);
        cds_lfht_add(table, hash_of(gpfn), &page->node);
    }
    return true;
}

static uint64_t lfht_bytes(void)
{
    return nr_pages * (sizeof(struct page) + sizeof(struct cds_lfht_node));
}

const struct design design_lfht = {
    "lfht", lfht_create, lfht_set_run, NULL, lfht_bytes, lfht_dependent, lfht_independent,
    lfht_batch, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
};
