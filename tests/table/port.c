/* SPDX-License-Identifier: MIT */
/*
 * The port for the table's tests: see port.h.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "hv-bug.h"
#include "pmt-parts.h"

__thread void (*test_load)(void);
__thread void (*test_point)(const char *name);
enum test_control test_control;
unsigned int hv_bug;
const struct pmt *test_table;
uint64_t test_fail_at = ~UINT64_C(0), test_commits;

#ifdef __SANITIZE_THREAD__
uint64_t port_fence_word;
#endif

void port_failed(const char *what, const char *file, int line)
{
    fprintf(stderr, "%s:%d: %s does not hold\n", file, line, what);
    abort();
}

/* ---- windows ----------------------------------------------------------------------- */

static struct window {
    unsigned char *mapping, *start;
    uint64_t bytes;
    unsigned char *committed;           /* one for each frame */
} windows[64];

static uint64_t frames;

#define MOST_LATE 4096

/* Stores that others do not see yet. */
static struct late {
    void *at;
    uint64_t value;
    unsigned int size;
} late[MOST_LATE];
static unsigned int nr_late;

static bool fails(void)
{
    return test_commits++ == test_fail_at;
}

void *port_window_create(uint64_t bytes)
{
    struct window *w = windows;

    if ( fails() )
        return NULL;
    while ( w->start )
        w++;
    port_assert(w < windows + 64 && !(bytes % PMT_WINDOW_ALIGN));
    w->bytes = bytes;
    w->mapping = mmap(NULL, bytes + PMT_WINDOW_ALIGN, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    w->start = (unsigned char *)(((uintptr_t)w->mapping + PMT_WINDOW_ALIGN - 1) &
                                 ~(uintptr_t)(PMT_WINDOW_ALIGN - 1));
    w->committed = mmap(NULL, bytes / PMT_FRAME + 1, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    port_assert(w->mapping != MAP_FAILED && w->committed != MAP_FAILED);
    return w->start;
}

static struct window *window_of(const void *at)
{
    struct window *w;

    for ( w = windows; w < windows + 64; w++ )
        if ( w->start && (uintptr_t)at - (uintptr_t)w->start < w->bytes )
            return w;
    port_assert(!"an address in a window");
    return NULL;
}

static uint64_t frame_of(const struct window *w, const void *at)
{
    return ((uintptr_t)at - (uintptr_t)w->start) / PMT_FRAME;
}

bool test_committed(const void *at)
{
    const struct window *w = window_of(at);

    return w->committed[frame_of(w, at)];
}

int port_window_commit(void *at, uint64_t bytes)
{
    struct window *w = window_of(at);
    uint64_t i, first = frame_of(w, at);

    port_assert(!((uintptr_t)at % PMT_FRAME) && !(bytes % PMT_FRAME));
    if ( fails() )
        return -ENOMEM;
    for ( i = first; i < first + bytes / PMT_FRAME; i++ )
    {
        frames += !w->committed[i];
        w->committed[i] = 1;
    }
    return 0;
}

/* Words may be read at any time: so each is stored as one. */
void port_window_drop(void *at, uint64_t bytes)
{
    struct window *w = window_of(at);
    uint64_t i, j, first = frame_of(w, at);

    port_assert(!((uintptr_t)at % PMT_FRAME) && !(bytes % PMT_FRAME));
    for ( i = first; i < first + bytes / PMT_FRAME; i++ )
    {
        uint64_t *word = (uint64_t *)(w->start + i * PMT_FRAME);

        if ( !w->committed[i] )
            continue;
        w->committed[i] = 0;
        frames--;
        for ( j = 0; j < PMT_FRAME / sizeof(*word); j++ )
            __atomic_store_n(&word[j], test_control == CONTROL_FOREIGN_FRAME
                                       ? PMTE_present | (uint64_t)(0xbad000 + j) << 12 : 0,
                             __ATOMIC_RELAXED);
    }
}

void port_window_destroy(void *window, uint64_t bytes)
{
    struct window *w = window_of(window);
    uint64_t i;

    port_assert(w->start == window && w->bytes == bytes);
    nr_late = 0;
    for ( i = 0; i < bytes / PMT_FRAME; i++ )
        frames -= w->committed[i];
    munmap(w->mapping, bytes + PMT_WINDOW_ALIGN);
    munmap(w->committed, bytes / PMT_FRAME + 1);
    *w = (struct window){ .bytes = 0 };
}

uint64_t test_frames(void)
{
    return frames;
}

unsigned int test_nr_windows(void)
{
    unsigned int i, nr = 0;

    for ( i = 0; i < 64; i++ )
        nr += !!windows[i].start;
    return nr;
}

const char *test_strays(void)
{
    struct window *w;
    uint64_t i, j;

    for ( w = windows; w < windows + 64; w++ )
        for ( i = 0; w->start && w->bytes <= 0x100000 && i < w->bytes / PMT_FRAME; i++ )
            for ( j = 0; !w->committed[i] && j < PMT_FRAME; j += 8 )
                if ( *(const uint64_t *)(w->start + i * PMT_FRAME + j) )
                    return "something stands where no frame is";
    return NULL;
}

/* ---- locks ------------------------------------------------------------------------ */

static __thread unsigned int held;      /* highest order + 1 */

void port_lock_init(struct port_lock *l, unsigned int rank, uint64_t order)
{
    (void)rank;
    pthread_mutex_init(&l->mutex, NULL);
    l->order = (unsigned int)order + 1;
}

void port_lock(struct port_lock *l)
{
    port_assert(l->order > held);
    pthread_mutex_lock(&l->mutex);
    held = l->order;
}

void port_unlock(struct port_lock *l)
{
    pthread_mutex_unlock(&l->mutex);
    held = 0;
}

/* ---- stores, and how they can go wrong ------------------------------------------------ */

static void store(void *at, uint64_t value, unsigned int size)
{
    if ( size == 4 )
        __atomic_store_n((uint32_t *)at, (uint32_t)value, __ATOMIC_RELEASE);
    else
        __atomic_store_n((uint64_t *)at, value, __ATOMIC_RELEASE);
}

static void torn(void *at, uint64_t value)
{
    unsigned int i;
    uint64_t half = (*(uint64_t *)at & ~UINT64_C(0xffff)) | (value & 0xffff);

    store(at, half, 8);
    PORT_POINT("torn");
    for ( i = 0; i < 100; i++ )
        __asm__ volatile ( "" ::: "memory" );
    store(at, value, 8);
}

static void late_ones(void)
{
    unsigned int i;

    for ( i = 0; i < nr_late; i++ )
        store(late[i].at, late[i].value, late[i].size);
    nr_late = 0;
}

static bool part_of(const void *at, unsigned int window)
{
    uint64_t bytes;
    const char *base = test_table ? pmt_window_base(test_table, window, &bytes) : NULL;

    return base && (uintptr_t)at - (uintptr_t)base < bytes;
}

/* What is late waits for the next store that is not, and a look in between. */
void test_store(void *at, uint64_t value, unsigned int size)
{
    bool wait = (test_control == CONTROL_LATE_LEAF && part_of(at, PMTW_leaf)) ||
                (test_control == CONTROL_LATE_DIR && part_of(at, PMTW_dir));

    if ( wait && nr_late < MOST_LATE )
    {
        late[nr_late++] = (struct late){ at, value, size };
        return;
    }
    if ( test_control == CONTROL_TORN && size == 8 )
        torn(at, value);
    else
        store(at, value, size);
    if ( nr_late )
        PORT_POINT("late");
    late_ones();
}

/* Who stores sees it at once, however late it is for others. */
uint64_t test_peek(const void *at, unsigned int size)
{
    unsigned int i = test_control ? nr_late : 0;

    while ( i-- )
        if ( late[i].at == at )
            return late[i].value;
    return size == 4 ? __atomic_load_n((const uint32_t *)at, __ATOMIC_RELAXED)
                     : __atomic_load_n((const uint64_t *)at, __ATOMIC_RELAXED);
}
