/* SPDX-License-Identifier: MIT */
/* Pages of 16 bytes, where guests see their entries; and memory that is always there. */
#include <stdlib.h>

#include "small.h"

#define MOST_PAGES 8

struct vcpu port_vcpu;
uint32_t committed, death;
bool locks_come;

static unsigned char page[MOST_PAGES][1u << SMALL_SHIFT] __attribute__((aligned(16)));
static unsigned int nr_pages;

void small_reset(void)
{
    memset(page, 0, sizeof(page));
    nr_pages = 0;
    committed = death = 0;
    locks_come = false;
}

static bool is_guest(const void *at)
{
    return (const unsigned char *)at >= page[0] && (const unsigned char *)at < page[MOST_PAGES];
}

uint64_t grants_load(const void *at, size_t size, enum explore_order order,
                     struct explore_site *site)
{
    uint64_t value = 0;

    if ( !is_guest(at) )
        return explore_load(at, size, order, site);
    memcpy(&value, at, size);
    return value;
}

void grants_store(void *at, size_t size, uint64_t value, enum explore_order order,
                  struct explore_site *site)
{
    if ( is_guest(at) )
        memcpy(at, &value, size);
    else
        explore_store(at, size, value, order, site);
}

uint64_t grants_exchange(void *at, size_t size, uint64_t old, uint64_t new,
                         struct explore_site *site)
{
    uint64_t was = 0;

    if ( !is_guest(at) )
        return explore_exchange(at, size, old, new, site);
    memcpy(&was, at, size);
    if ( was == old )
        memcpy(at, &new, size);
    return was;
}

int port_page_adopt(struct domain *d, uint64_t *mfn)
{
    (void)d;
    explore_require(nr_pages < MOST_PAGES, "no page");
    *mfn = nr_pages++;
    return 0;
}

bool port_page_free(uint64_t mfn)
{
    (void)mfn;
    return true;
}

bool port_page_get(uint64_t mfn, struct domain *d)
{
    (void)mfn;
    (void)d;
    return true;
}

void *port_page_address(uint64_t mfn)
{
    return page[mfn];
}

void port_page_counts(uint64_t mfn, unsigned int *references, unsigned int *writers)
{
    (void)mfn;
    *references = 1;
    *writers = 0;
}

/* What a window has got is known by a word, as it would be by the hypervisor's tables. */
int port_window_commit(void *at, uint64_t bytes)
{
    (void)at;
    (void)bytes;
    port_store(&committed, 1);
    return 0;
}

void *port_window_create(uint64_t bytes)
{
    return calloc(1, bytes);
}

void port_window_destroy(void *window, uint64_t bytes)
{
    (void)bytes;
    free(window);
}

void *port_alloc(size_t bytes)
{
    return calloc(1, bytes);
}

void port_free(void *p, size_t bytes)
{
    (void)bytes;
    free(p);
}
