/* SPDX-License-Identifier: MIT */
/*
 * The door of hv-impl, for the explorer: every access with an order, and every
 * access to what others read, is a step of its own. Needs explore.h; the table and
 * what only needs the table compile with it, and nothing else does.
 */
#ifndef PORT_H
#define PORT_H

#include "explore.h"
#include "../../table/port-small.h"

#define ASSERT_UNREACHABLE() __builtin_trap()
#define port_assert(x)  explore_require(x, "%s:%d: %s", __FILE__, __LINE__, #x)
#define PORT_POINT(name) ((void)0)

/* A site for each place in the text. */
#define explore_here(how)                                                      \
    ({                                                                         \
        static struct explore_site site_ =                                     \
            { .file = __FILE__, .line = __LINE__, .order = how };              \
        site_.function = __func__;                                             \
        &site_;                                                                \
    })

#define port_load_as(p, how)                                                   \
    ((__typeof__(*(p) + 0))explore_load(p, sizeof(*(p)), how, explore_here(how)))
#define port_load(p)             port_load_as(p, EXPLORE_RELAXED)
#define port_load_acquire(p)     port_load_as(p, EXPLORE_ACQUIRE)
#define port_store_as(p, v, how) explore_store(p, sizeof(*(p)), (uint64_t)(v), how, explore_here(how))
#define port_store(p, v)         port_store_as(p, v, EXPLORE_RELAXED)
#define port_store_release(p, v) port_store_as(p, v, EXPLORE_RELEASE)
#define port_cmpxchg(p, old, new)                                              \
    ((__typeof__(*(p) + 0))explore_exchange(p, sizeof(*(p)), (uint64_t)(old),  \
                                            (uint64_t)(new), explore_here(EXPLORE_FULL)))
#define port_fetch_add(p, v)                                                   \
    ((__typeof__(*(p) + 0))explore_add(p, sizeof(*(p)), (uint64_t)(v), explore_here(EXPLORE_FULL)))
#define port_fence()             explore_fence(explore_here(EXPLORE_FULL))

struct port_lock { int rank; };
#define port_lock_init(l, r, order) ((void)((l)->rank = (int)(r)))
#define port_lock(l)                explore_lock(l, explore_here(EXPLORE_ACQUIRE))
#define port_unlock(l)              explore_unlock(l, explore_here(EXPLORE_RELEASE))

void *port_alloc(size_t bytes);
void port_free(void *p, size_t bytes);
void *port_window_create(uint64_t bytes);
int port_window_commit(void *at, uint64_t bytes);
void port_window_drop(void *at, uint64_t bytes);
void port_window_destroy(void *window, uint64_t bytes);

#endif /* PORT_H */
