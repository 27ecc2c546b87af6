/* SPDX-License-Identifier: MIT */
/* What the fuzz targets share: see fuzz.h.  Needs codegen/base. */
#include <string.h>
#include <unistd.h>

#include "fuzz.h"

_Noreturn void fuzz_wrong(const char *file, int line, const char *what)
{
    fprintf(stderr, "%s:%d: not so: %s\n", file, line, what);
    abort();
}

FILE *fuzz_nowhere(void)
{
    static FILE *nowhere;

    if ( !nowhere )
        nowhere = fopen("/dev/null", "w");
    EXPECT(nowhere);
    return nowhere;
}

/* ---- messages ------------------------------------------------------------- */

static void check_point(const struct source *source, struct point point)
{
    size_t length;

    EXPECT(point.line >= 1 && (size_t)point.line <= source->lines.count);
    source_line(source, point.line, &length);
    /* Column 0 is all of the line. */
    EXPECT(point.column >= 0 && (size_t)point.column <= length + 2);
}

static void check_span(const struct span *where, struct source *const *sources,
                       size_t count)
{
    struct source *const *known = sources;

    while ( known != sources + count && *known != where->source )
        known++;
    EXPECT(known != sources + count);
    check_point(where->source, where->first);
    check_point(where->source, where->last);
    EXPECT(where->last.line > where->first.line ||
           (where->last.line == where->first.line &&
            where->last.column >= where->first.column));
}

void fuzz_messages(const struct diag *diag, struct source *const *sources,
                   size_t count)
{
    unsigned int errors = 0;

    LIST_EACH(message, &diag->messages)
    {
        EXPECT(message->text && *message->text);
        errors += message->severity == SEVERITY_ERROR;
        if ( message->where.source )
            check_span(&message->where, sources, count);
    }
    EXPECT(errors == (diag->errors < DIAG_LIMIT ? diag->errors : DIAG_LIMIT));
    diag_print(diag, fuzz_nowhere(), DIAG_COLOUR);
    diag_print(diag, fuzz_nowhere(), DIAG_JSON);
}

/* ---- planted bugs ----------------------------------------------------------- */

#ifdef PLANTED

static bool has(const uint8_t *bytes, size_t size, const char *word)
{
    return memmem(bytes, size, word, strlen(word)) != NULL;
}

static volatile size_t behind = 8;
static void *volatile lost;

static void plant_overrun(void)
{
    char *eight = malloc(8);

    eight[behind] = 1;
    free(eight);
}

static void plant_leak(void)
{
    lost = malloc(8);
    lost = NULL;
}

static void plant_hang(void)
{
    while ( behind )
        ;
}

static void plant_memory(void)
{
    for ( ;; usleep(2000) )
        memset(lost = malloc(1 << 20), 1, 1 << 20);
}

static void plant_undefined(void)
{
    behind = (size_t)(1 << (behind + 24));
}

void fuzz_plant(const uint8_t *bytes, size_t size)
{
    static const struct { const char *word; void (*bug)(void); } bugs[] = {
        { "planted_overrun", plant_overrun },
        { "planted_leak", plant_leak },
        { "planted_hang", plant_hang },
        { "planted_memory", plant_memory },
        { "planted_undefined", plant_undefined },
        { "planted_abort", abort },
    };

    for ( size_t i = 0; i < sizeof(bugs) / sizeof(bugs[0]); i++ )
        if ( has(bytes, size, bugs[i].word) )
            bugs[i].bug();
}

void fuzz_plant_name(const char *name)
{
    EXPECT(!name || strcmp(name, "planted"));
}

#else

void fuzz_plant(const uint8_t *bytes, size_t size)
{
    (void)bytes;
    (void)size;
}

void fuzz_plant_name(const char *name)
{
    (void)name;
}

#endif
