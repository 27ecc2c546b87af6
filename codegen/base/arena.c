/* SPDX-License-Identifier: MIT */
/*
 * Blocks of memory, filled from the front.  Needs nothing; gives arena.h.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"

/*
 * Under the address sanitizer every allocation is a block of its own, so that
 * an overrun is seen at the first byte.
 */
#if defined(__has_feature)
# if __has_feature(address_sanitizer)
#  define ALONE 0
# endif
#elif defined(__SANITIZE_ADDRESS__)
# define ALONE 0
#endif
#ifndef ALONE
# define ALONE (64u << 10)
#endif
/* The first block; each is twice as large as the one before, up to the last size. */
#define FIRST_BLOCK (256u << 10)
#define LAST_BLOCK (16u << 20)

/* What a list has room for at first is several things, or a large one. */
#define LARGE 24

#define ALIGNMENT _Alignof(max_align_t)

/* Larger pieces are blocks of their own. */
static const size_t alone = ALONE;

struct block {
    struct block *next;
    _Alignas(max_align_t) char bytes[];
};

struct arena {
    struct block *blocks;       /* the newest that is shared comes first */
    size_t used, room;          /* of the first block */
};

static void out_of_memory(void)
{
    fputs("hcgen: out of memory\n", stderr);
    exit(3);
}

struct arena *arena_new(void)
{
    struct arena *arena = calloc(1, sizeof(*arena));

    if ( !arena )
        out_of_memory();
    return arena;
}

void arena_free(struct arena *arena)
{
    struct block *block, *next;

    if ( !arena )
        return;
    for ( block = arena->blocks; block; block = next )
    {
        next = block->next;
        free(block);
    }
    free(arena);
}

static struct block *block_new(size_t size)
{
    struct block *block;

    if ( size > SIZE_MAX - sizeof(*block) )
        out_of_memory();
    block = calloc(1, sizeof(*block) + size);
    if ( !block )
        out_of_memory();
    return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    struct block *block;
    void *memory;

    if ( !size )
        size = 1;
    if ( arena->room - arena->used >= size )
    {
        memory = arena->blocks->bytes + arena->used;
        size = (size + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
        arena->used += size < arena->room - arena->used
                       ? size : arena->room - arena->used;
        return memory;
    }
    if ( size > alone )
    {
        /* Behind the first block, which has room left. */
        block = block_new(size);
        if ( arena->blocks )
        {
            block->next = arena->blocks->next;
            arena->blocks->next = block;
        }
        else
            arena->blocks = block;
        return block->bytes;
    }
    arena->room = !arena->room ? FIRST_BLOCK
                  : arena->room < LAST_BLOCK ? arena->room * 2 : LAST_BLOCK;
    block = block_new(arena->room);
    block->next = arena->blocks;
    arena->blocks = block;
    arena->used = (size + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
    return block->bytes;
}

char *arena_copy(struct arena *arena, const char *text, size_t length)
{
    char *copy;

    if ( length == SIZE_MAX )
        out_of_memory();
    copy = arena_alloc(arena, length + 1);
    if ( length )
        memcpy(copy, text, length);
    return copy;
}

char *arena_string(struct arena *arena, const char *text)
{
    return arena_copy(arena, text, strlen(text));
}

/*
 * Names with others around them, "%s.%s": what nearly all formats are, and
 * what there are most of.  False: there is more to this format.
 */
static bool format_names(struct arena *arena, const char *format,
                         va_list arguments, char **text)
{
    enum { MOST = 6 };
    const char *names[MOST], *at;
    size_t lengths[MOST], length = 0, nr = 0;
    char *to;

    for ( at = format; *at; at++ )
        if ( *at == '%' && (*++at != 's' || nr++ == MOST) )
            return false;
    length = (size_t)(at - format) - 2 * nr;
    for ( size_t i = 0; i < nr; i++ )
    {
        const char *name = va_arg(arguments, const char *);

        names[i] = name ? name : "(null)";
        length += lengths[i] = strlen(names[i]);
    }
    *text = to = arena_alloc(arena, length + 1);
    nr = 0;
    for ( at = format; *at; at++ )
    {
        if ( *at != '%' )
        {
            *to++ = *at;
            continue;
        }
        memcpy(to, names[nr], lengths[nr]);
        to += lengths[nr++];
        at++;
    }
    return true;
}

char *arena_vformat(struct arena *arena, const char *format, va_list arguments)
{
    va_list again;
    char start[128];
    char *text;
    int length;

    if ( format_names(arena, format, arguments, &text) )
        return text;
    va_copy(again, arguments);
    length = vsnprintf(start, sizeof(start), format, again);
    va_end(again);
    if ( length < 0 )
        out_of_memory();
    if ( (size_t)length < sizeof(start) )
        return arena_copy(arena, start, (size_t)length);
    text = arena_alloc(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    return text;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    char *text;

    va_start(arguments, format);
    text = arena_vformat(arena, format, arguments);
    va_end(arguments);
    return text;
}

void *arena_grow(struct arena *arena, void *old, size_t *room, size_t size)
{
    /* Lists of large things are mostly short. */
    size_t more = *room ? *room * 2 : size > LARGE ? 1 : 4;
    void *at;

    if ( more < *room || more > SIZE_MAX / size )
        out_of_memory();
    at = arena_alloc(arena, more * size);
    if ( *room )
        memcpy(at, old, *room * size);
    *room = more;
    return at;
}
