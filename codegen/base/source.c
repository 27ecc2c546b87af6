/* SPDX-License-Identifier: MIT */
/*
 * Reading files whole, and finding their lines.  Needs arena; gives source.h.
 * The bytes are taken as they are: NUL and CR are the scanner's to report.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source.h"

static size_t count_lines(const char *text, size_t size)
{
    const char *end = text + size;
    size_t count = 1;

    while ( (text = memchr(text, '\n', (size_t)(end - text))) )
    {
        text++;
        count++;
    }
    return count;
}

/* What follows the last newline is a line too, an empty one in most files. */
static void find_lines(struct arena *arena, struct source *source)
{
    const char *at = source->text, *end = at + source->size;
    size_t count = count_lines(source->text, source->size);

    /* Exactly as many as needed: a file may have millions. */
    source->lines.at = arena_alloc(arena, count * sizeof(size_t));
    source->lines.room = count;
    source->lines.count = 1;
    while ( (at = memchr(at, '\n', (size_t)(end - at))) )
    {
        at++;
        source->lines.at[source->lines.count++] = (size_t)(at - source->text);
    }
}

static struct source *source_new(struct arena *arena, const char *path,
                                 const char *text, size_t size)
{
    struct source *source = arena_alloc(arena, sizeof(*source));

    source->path = arena_string(arena, path);
    source->text = text;
    source->size = size;
    find_lines(arena, source);
    return source;
}

struct source *source_from_memory(struct arena *arena, const char *path,
                                  const char *text, size_t size)
{
    return source_new(arena, path, arena_copy(arena, text, size), size);
}

static const char *error_text(struct arena *arena, int error)
{
    switch ( error )
    {
    case ENOENT:
    case ENOTDIR:
        return "there is no such file";
    case EACCES:
    case EPERM:
        return "permission denied";
    default:
        return arena_string(arena, strerror(error));
    }
}

static const char *refusal(struct arena *arena, int file, size_t *size)
{
    struct stat status;

    if ( fstat(file, &status) )
        return error_text(arena, errno);
    if ( S_ISDIR(status.st_mode) )
        return "it is a folder, not a file";
    if ( !S_ISREG(status.st_mode) )
        return "it is not a regular file";
    if ( status.st_size > (off_t)SOURCE_LIMIT )
        return arena_format(arena, "it is larger than %u MiB",
                            SOURCE_LIMIT >> 20);
    *size = (size_t)status.st_size;
    return NULL;
}

/* Exactly size bytes; a file that changes meanwhile is refused. */
static const char *read_all(struct arena *arena, int file, char *text,
                            size_t size)
{
    size_t done = 0;
    ssize_t got;

    while ( done <= size )
    {
        got = read(file, text + done, size + 1 - done);
        if ( got < 0 && errno == EINTR )
            continue;
        if ( got < 0 )
            return error_text(arena, errno);
        if ( !got )
            break;
        done += (size_t)got;
    }
    if ( done != size )
        return "it changed while it was read";
    text[size] = '\0';
    return NULL;
}

struct source *source_read(struct arena *arena, const char *path,
                           const char **why)
{
    size_t size = 0;
    char *text = NULL;
    /* Nonblocking: opening a pipe must not wait for its writer. */
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if ( file < 0 )
    {
        *why = error_text(arena, errno);
        return NULL;
    }
    *why = refusal(arena, file, &size);
    if ( !*why )
    {
        text = arena_alloc(arena, size + 1);
        *why = read_all(arena, file, text, size);
    }
    close(file);
    return *why ? NULL : source_new(arena, path, text, size);
}

const char *source_line(const struct source *source, int line, size_t *length)
{
    size_t first, last;

    *length = 0;
    if ( line < 1 || (size_t)line > source->lines.count )
        return "";
    first = source->lines.at[line - 1];
    last = (size_t)line < source->lines.count ? source->lines.at[line] - 1
                                              : source->size;
    *length = last - first;
    return source->text + first;
}
