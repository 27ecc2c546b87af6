/* SPDX-License-Identifier: MIT */
/* Text that grows, and maps from names. */
#ifndef CODEGEN_BASE_TEXT_H
#define CODEGEN_BASE_TEXT_H

#include <stdbool.h>

#include "arena.h"

struct text {
    struct arena *arena;
    char *at;                   /* always ends in a NUL; NULL while empty */
    size_t length, room;
};

void text_add(struct text *text, const char *more);
void text_add_bytes(struct text *text, const char *more, size_t length);
void text_format(struct text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The text so far, never NULL. */
const char *text_string(const struct text *text);

/*
 * A map from names to pointers; keeps the order of insertion, and the names
 * where they are: they must live as long as the map.
 */
struct map {
    struct arena *arena;
    LIST(struct map_entry { const char *name; void *value; }) entries;
    struct map_slot { unsigned int hash, entry; } *slots;   /* index + 1, open addressing */
    size_t nr_slots;
};

void *map_find(const struct map *map, const char *name);
/* False, and nothing changes, if name is there already. */
bool map_add(struct map *map, const char *name, void *value);

/*
 * The name among the candidates that name was probably meant to be (edit
 * distance at most a third of its length), or NULL.  Letters in the wrong case
 * cost next to nothing; a candidate that equals name is passed over.
 */
const char *text_nearest(const char *name, const char *const *candidates,
                         size_t count);
const char *map_nearest(const struct map *map, const char *name);

bool text_starts(const char *text, const char *with);
bool text_ends(const char *text, const char *with);
/* How many letters, digits and '_' it begins with: what names are made of. */
size_t text_name_length(const char *text);

/* How many bytes the UTF-8 character at text has; 0 if it is none. */
size_t text_utf8(const char *text, size_t length);

#endif
