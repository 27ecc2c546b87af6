/* SPDX-License-Identifier: MIT */
/*
 * Windows of the explorer: memory that is always there. A part that is taken down
 * reads as 0 for everybody once the flush is over; until then either is seen.
 */
#include <stdlib.h>

#include "engine.h"
#include "port.h"
#include "small-port.h"

#define ARENA (2u << 20)

static unsigned char arena[ARENA] __attribute__((aligned(65536)));
static uint64_t used;
static const unsigned char *dir;
static uint64_t dir_bytes;

void small_port_reset(void)
{
    memset(arena, 0, used);
    used = 0;
    dir = NULL;
}

void small_port_dir(const void *at, uint64_t bytes)
{
    dir = at;
    dir_bytes = bytes;
}

void *port_window_create(uint64_t bytes)
{
    void *at = arena + used;

    used += (bytes + 65535) / 65536 * 65536;
    return used <= ARENA ? at : NULL;
}

int port_window_commit(void *at, uint64_t bytes)
{
    (void)at;
    (void)bytes;
    return 0;
}

static bool is_known(const unsigned char *at)
{
    unsigned int i;

    for ( i = 0; i < engine.nr_locations; i++ )
        if ( engine.location[i].at == at )
            return true;
    return false;
}

void port_window_drop(void *window, uint64_t bytes)
{
    unsigned char *at = window, *end = at + bytes;
    size_t size = dir && at >= dir && at < dir + dir_bytes ? 4 : 8;
    uint64_t value;

    for ( ; at < end; at += size )
    {
        value = 0;
        memcpy(&value, at, size);
        if ( !value && !is_known(at) )
            continue;
        if ( size == 4 )
            port_store((uint32_t *)at, 0);
        else
            port_store((uint64_t *)at, 0);
    }
    explore_everybody_knows();
}

void port_window_destroy(void *window, uint64_t bytes)
{
    (void)window;
    (void)bytes;
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
