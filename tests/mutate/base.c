/* SPDX-License-Identifier: MIT */
/* Memory, texts of which there is one copy, files. */
#include <stdlib.h>
#include <string.h>

#include "mutate.h"

struct arena *arena;

void fatal(const char *format, ...)
{
    va_list arguments;

    fflush(stdout);
    fputs("mutate: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(2);
}

/* They outlive whatever arena is in use. */
const char *intern(const char *text, size_t length)
{
    static struct map map;
    static struct text wanted;
    char *copy;
    void *found;

    if ( !map.arena )
        map.arena = wanted.arena = arena_new();
    wanted.length = 0;
    text_add_bytes(&wanted, text, length);
    found = map_find(&map, text_string(&wanted));
    if ( found )
        return found;
    copy = arena_copy(map.arena, text, length);
    map_add(&map, copy, copy);
    return copy;
}

const char *name(const char *format, ...)
{
    va_list arguments;
    const char *text;

    va_start(arguments, format);
    text = arena_vformat(arena, format, arguments);
    va_end(arguments);
    return intern(text, strlen(text));
}

char *file_bytes(const char *path, size_t *length)
{
    FILE *stream = fopen(path, "rb");
    struct text text = { .arena = arena };
    char buffer[65536];
    size_t got;

    if ( !stream )
        return NULL;
    while ( (got = fread(buffer, 1, sizeof(buffer), stream)) > 0 )
        text_add_bytes(&text, buffer, got);
    fclose(stream);
    if ( length )
        *length = text.length;
    return text.at ? text.at : arena_string(arena, "");
}
