/* SPDX-License-Identifier: MIT */
/*
 * Memory that lives as long as its arena.  Nothing is freed alone; a pass
 * allocates and forgets.  Never returns NULL: without memory the program ends
 * with exit status 3.
 */
#ifndef CODEGEN_BASE_ARENA_H
#define CODEGEN_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena);

/* size bytes, zeroed, aligned for any type. */
void *arena_alloc(struct arena *arena, size_t size);

/* A copy of length bytes of text, and a NUL. */
char *arena_copy(struct arena *arena, const char *text, size_t length);
char *arena_string(struct arena *arena, const char *text);
char *arena_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_vformat(struct arena *arena, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/*
 * Append one element to a growing list in an arena:
 *     struct list { struct item *at; size_t count; ... }
 *     *LIST_ADD(arena, &list) = item;
 * The list needs the members at, count and room; at may move.
 */
#define LIST(type) struct { type *at; size_t count, room; }
#define LIST_ADD(arena, list)                                               \
    ((list)->count == (list)->room                                          \
     ? (void)((list)->at = arena_grow((arena), (list)->at, &(list)->room,   \
                                      sizeof(*(list)->at)))                 \
     : (void)0,                                                             \
     &(list)->at[(list)->count++])
#define LIST_EACH(item, list)                                               \
    for ( __typeof__((list)->at + 0) item = (list)->at;                     \
          (list)->count && item != (list)->at + (list)->count; item++ )

/* Room for so many, in a list that has none: less is copied later. */
#define LIST_RESERVE(arena, list, many)                                     \
    ((list)->room || !(many) ? (void)0                                      \
     : (void)((list)->at = arena_alloc((arena), (many) * sizeof(*(list)->at)), \
              (list)->room = (many)))

void *arena_grow(struct arena *arena, void *old, size_t *room, size_t size);

#endif
