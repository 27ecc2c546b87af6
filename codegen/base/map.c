/* SPDX-License-Identifier: MIT */
/*
 * The map of text.h: entries in the order of insertion, and a table of slots
 * that finds them.  Needs arena.
 */
#include <stdint.h>
#include <string.h>

#include "text.h"

/* FNV-1a. */
static unsigned int hash(const char *name)
{
    uint64_t value = 0xcbf29ce484222325u;

    for ( ; *name; name++ )
        value = (value ^ (unsigned char)*name) * 0x100000001b3u;
    return (unsigned int)(value ^ value >> 32);
}

/*
 * The slot that holds name, or the empty one where it belongs.  The hash beside
 * the entry's number spares a look at nearly every other name.
 */
static struct map_slot *find_slot(const struct map *map, const char *name,
                                  unsigned int key)
{
    size_t at = key & (map->nr_slots - 1);

    while ( map->slots[at].entry &&
            (map->slots[at].hash != key ||
             strcmp(map->entries.at[map->slots[at].entry - 1].name, name)) )
        at = (at + 1) & (map->nr_slots - 1);
    return &map->slots[at];
}

void *map_find(const struct map *map, const char *name)
{
    struct map_slot *slot;

    if ( !map->nr_slots )
        return NULL;
    slot = find_slot(map, name, hash(name));
    return slot->entry ? map->entries.at[slot->entry - 1].value : NULL;
}

static void map_widen(struct map *map)
{
    struct map_slot *old = map->slots;
    size_t nr_old = map->nr_slots;

    map->nr_slots = nr_old ? nr_old * 2 : 8;
    map->slots = arena_alloc(map->arena, map->nr_slots * sizeof(*map->slots));
    for ( size_t i = 0; i < nr_old; i++ )
    {
        size_t at = old[i].hash & (map->nr_slots - 1);

        if ( !old[i].entry )
            continue;
        while ( map->slots[at].entry )
            at = (at + 1) & (map->nr_slots - 1);
        map->slots[at] = old[i];
    }
}

bool map_add(struct map *map, const char *name, void *value)
{
    const unsigned int key = hash(name);
    struct map_slot *slot;

    /* A quarter stays empty, so that every search ends soon. */
    if ( map->entries.count + 1 > map->nr_slots / 4 * 3 )
        map_widen(map);
    slot = find_slot(map, name, key);
    if ( slot->entry )
        return false;
    *LIST_ADD(map->arena, &map->entries) =
        (struct map_entry){ .name = name, .value = value };
    *slot = (struct map_slot){ key, (unsigned int)map->entries.count };
    return true;
}
