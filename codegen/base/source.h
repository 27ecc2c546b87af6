/* SPDX-License-Identifier: MIT */
/*
 * A file that was read, and places in it.  Columns count bytes, from 1; a tab
 * is one byte.
 */
#ifndef CODEGEN_BASE_SOURCE_H
#define CODEGEN_BASE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"

struct source {
    const char *path;           /* as it was given on the command line */
    const char *text;           /* the whole file, and a NUL behind it */
    size_t size;
    LIST(size_t) lines;         /* offset of the first byte of each line */
};

struct point {
    int line, column;           /* from 1; 0 where there is no place */
};

/* First byte, and the byte after the last. */
struct span {
    const struct source *source;
    struct point first, last;
};

/* What people wrote for those who read the file; no output has it. */
struct note {
    struct span where;
    const char *text;           /* without its marks */
    bool is_apart;              /* an empty line follows */
};
struct note_list { struct note *at; size_t count, room; };

/*
 * Read a whole file.  Returns NULL and sets *why (static or arena text) when
 * it is missing, unreadable, not a regular file, or larger than SOURCE_LIMIT.
 */
#define SOURCE_LIMIT (64u << 20)
struct source *source_read(struct arena *arena, const char *path, const char **why);

/* The same from memory, for tests and fuzzing. */
struct source *source_from_memory(struct arena *arena, const char *path,
                                  const char *text, size_t size);

/* Line number line without its end; *length is its length. */
const char *source_line(const struct source *source, int line, size_t *length);

#endif
