/* SPDX-License-Identifier: MIT */
/*
 * Memory for the hypervisor's own structures: blocks, and windows of addresses
 * that read as 0 where nothing was committed.
 *
 * A page that is written without having been committed is found when the window
 * goes, or by the audit: a bit for each page says what may hold anything.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "host.h"

#define HUGE   (2ul << 20)
#define SMALL  4096ul

/* ---- blocks ------------------------------------------------------------------------ */

/* In front of each, so that who frees it with another size is seen. */
struct block {
    size_t bytes;
} __attribute__((aligned(64)));         /* so that what follows is aligned, too */

void *port_alloc(size_t bytes)
{
    struct block *block;

    host_step();
    if ( plan_fails(&machine_counters.allocs, machine_plan.fail_alloc_at) )
        return NULL;
    block = aligned_alloc(64, (sizeof(*block) + bytes + 63) & ~(size_t)63);
    if ( !block )
        return NULL;
    memset(block, 0, sizeof(*block) + bytes);
    block->bytes = bytes;
    __atomic_fetch_add(&host.memory_allocated, bytes, __ATOMIC_RELAXED);
    return block + 1;
}

void port_free(void *p, size_t bytes)
{
    struct block *block = p;

    if ( !p )
        return;
    block--;
    if ( block->bytes != bytes )
        violation("%zu bytes are freed as %zu", block->bytes, bytes);
    __atomic_fetch_sub(&host.memory_allocated, block->bytes, __ATOMIC_RELAXED);
    free(block);
}

/* ---- windows ------------------------------------------------------------------------ */

struct window {
    unsigned char *start, *mapping;
    uint64_t bytes, mapped;
    uint64_t *committed;                /* a bit for each page */
    struct window *next;
};

static struct window *windows;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* The bits have no memory either where no page is. */
static uint64_t bits_bytes(uint64_t bytes)
{
    return (bytes / SMALL + 63) / 64 * 8;
}

static void *reserve(uint64_t bytes)
{
    void *at = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    return at == MAP_FAILED ? NULL : at;
}

void *port_window_create(uint64_t bytes)
{
    struct window *window;

    if ( plan_fails(&machine_counters.windows, machine_plan.fail_window_at) )
        return NULL;
    bytes = (bytes + SMALL - 1) & -SMALL;
    window = calloc(1, sizeof(*window));
    if ( !window )
        return NULL;
    window->bytes = bytes;
    window->mapped = bytes + HUGE;
    window->mapping = reserve(window->mapped);
    window->committed = reserve(bits_bytes(bytes));
    if ( !window->mapping || !window->committed )
    {
        if ( window->mapping )
            munmap(window->mapping, window->mapped);
        if ( window->committed )
            munmap(window->committed, bits_bytes(bytes));
        free(window);
        return NULL;
    }
    window->start = (unsigned char *)(((unsigned long)window->mapping + HUGE - 1) & -HUGE);
    pthread_mutex_lock(&lock);
    window->next = windows;
    windows = window;
    host.windows++;
    pthread_mutex_unlock(&lock);
    return window->start;
}

/* With the lock held. */
static struct window *window_of(const void *at, uint64_t bytes)
{
    struct window *window;

    for ( window = windows; window; window = window->next )
        if ( (const unsigned char *)at >= window->start &&
             (uint64_t)((const unsigned char *)at - window->start) + bytes <= window->bytes )
            return window;
    return NULL;
}

static bool is_committed(const struct window *window, uint64_t page)
{
    return window->committed[page / 64] >> page % 64 & 1;
}

int port_window_commit(void *at, uint64_t bytes)
{
    struct window *window;
    uint64_t page, last;

    host_step();
    if ( plan_fails(&machine_counters.windows, machine_plan.fail_window_at) )
        return -ENOMEM;
    pthread_mutex_lock(&lock);
    window = window_of(at, bytes);
    port_assert(window && !((unsigned long)at % SMALL) && !(bytes % SMALL));
    page = (uint64_t)((unsigned char *)at - window->start) / SMALL;
    for ( last = page + bytes / SMALL; page < last; page++ )
        window->committed[page / 64] |= 1ul << page % 64;
    pthread_mutex_unlock(&lock);
    return 0;
}

void port_window_drop(void *at, uint64_t bytes)
{
    struct window *window;
    uint64_t page, last;
    bool any = false;

    host_step();
    pthread_mutex_lock(&lock);
    window = window_of(at, bytes);
    port_assert(window && !((unsigned long)at % SMALL) && !(bytes % SMALL));
    page = (uint64_t)((unsigned char *)at - window->start) / SMALL;
    for ( last = page + bytes / SMALL; page < last; page++ )
    {
        any |= is_committed(window, page);
        window->committed[page / 64] &= ~(1ul << page % 64);
    }
    pthread_mutex_unlock(&lock);
    if ( any && madvise(at, bytes, MADV_DONTNEED) )
        port_unreachable(__FILE__, __LINE__);
}

/* A page that has memory, and was not committed, was written by mistake. */
static void look_for_strays(const struct window *window)
{
    unsigned char there[4096];
    uint64_t page, i, pages = window->bytes / SMALL;

    if ( window->bytes > (256ul << 20) )
        return;                         /* too many to ask for */
    for ( page = 0; page < pages; page += sizeof(there) )
    {
        uint64_t nr = pages - page < sizeof(there) ? pages - page : sizeof(there);

        if ( mincore(window->start + page * SMALL, nr * SMALL, there) )
            return;
        for ( i = 0; i < nr; i++ )
            if ( (there[i] & 1) && !is_committed(window, page + i) )
            {
                const uint64_t *word = (const uint64_t *)(window->start + (page + i) * SMALL);
                unsigned int j;

                for ( j = 0; j < SMALL / 8; j++ )
                    if ( word[j] )
                    {
                        violation("page %lu of a window is written, and was never committed",
                                  (unsigned long)(page + i));
                        return;
                    }
            }
    }
}

void port_window_destroy(void *at, uint64_t bytes)
{
    struct window **place, *window;

    pthread_mutex_lock(&lock);
    for ( place = &windows; *place && (*place)->start != at; place = &(*place)->next )
        ;
    window = *place;
    port_assert(window && window->bytes == ((bytes + SMALL - 1) & -SMALL));
    *place = window->next;
    host.windows--;
    pthread_mutex_unlock(&lock);
    look_for_strays(window);
    munmap(window->mapping, window->mapped);
    munmap(window->committed, bits_bytes(window->bytes));
    free(window);
}

/* Numbers above all of memory and devices, by which nothing can be reached. */
uint64_t port_window_frame(const void *at)
{
    uint64_t frame = NOWHERE;
    const struct window *window;

    pthread_mutex_lock(&lock);
    window = window_of(at, 1);
    if ( window && is_committed(window, (uint64_t)((const unsigned char *)at - window->start) / SMALL) )
        frame = MACHINE_HIGH_BASE + 0x1000000 + (((unsigned long)at >> PAGE_SHIFT) & 0xffffff);
    pthread_mutex_unlock(&lock);
    return frame;
}
