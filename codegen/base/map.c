/* SPDX-License-Identifier: MIT */
/*
 * The map of text.h: entries in the order of insertion, and a table of slots
 * that finds them.  Needs arena.
 */
#include <stdint.h>
#include <string.h>

#include "text.h"

/* FNV-1a. */
static size_t hash(const char *name)
{
    uint64_t value = 0xcbf29ce484222325u;

    for ( ; *name; name++ )
        value = (value ^ (unsigned char)*name) * 0x100000001b3u;
    return (size_t)(value ^ value >> 32);
}

/* The slot that holds name, or the empty one where it belongs. */
static unsigned int *find_slot(const struct map *map, const char *name)
{
    size_t slot = hash(name) & (map->nr_slots - 1);

    while ( map->slots[slot] &&
            strcmp(map->entries.at[map->slots[slot] - 1].name, name) )
        slot = (slot + 1) & (map->nr_slots - 1);
    return &map->slots[slot];
}

void *map_find(const struct map *map, const char *name)
{
    unsigned int *slot;

    if ( !map->nr_slots )
        return NULL;
    slot = find_slot(map, name);
    return *slot ? map->entries.at[*slot - 1].value : NULL;
}

static void map_widen(struct map *map)
{
    map->nr_slots = map->nr_slots ? map->nr_slots * 2 : 16;
    map->slots = arena_alloc(map->arena, map->nr_slots * sizeof(*map->slots));
    for ( size_t i = 0; i < map->entries.count; i++ )
        *find_slot(map, map->entries.at[i].name) = (unsigned int)i + 1;
}

bool map_add(struct map *map, const char *name, void *value)
{
    unsigned int *slot;

    /* A quarter stays empty, so that every search ends soon. */
    if ( map->entries.count + 1 > map->nr_slots / 4 * 3 )
        map_widen(map);
    slot = find_slot(map, name);
    if ( *slot )
        return false;
    *LIST_ADD(map->arena, &map->entries) =
        (struct map_entry){ .name = name, .value = value };
    *slot = (unsigned int)map->entries.count;
    return true;
}
