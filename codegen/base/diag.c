/* SPDX-License-Identifier: MIT */
/*
 * Collecting messages, and the table of checks.  Needs arena; gives diag.h
 * but for the printing, which is in diag_print.c.
 */
#include <string.h>

#include "diag.h"

/* Names in the input can be megabytes long; what is said about them is not. */
#define LONGEST_TEXT 1000

static const struct {
    const char *id, *explanation;
} checks[] = {
#define CHECK(name, id, explanation) { id, explanation },
#include "checks.def"
#undef CHECK
};

const char *check_id(enum check check)
{
    return checks[check].id;
}

const char *check_explanation(enum check check)
{
    return checks[check].explanation;
}

int check_find(const char *id)
{
    for ( int check = 0; check < NR_CHECKS; check++ )
        if ( !strcmp(checks[check].id, id) )
            return check;
    return -1;
}

/* The middle of a long text is left out: its end may hold the remedy. */
static const char *shorten(struct arena *arena, const char *text)
{
    size_t length = strlen(text);
    size_t first = LONGEST_TEXT / 2, last = LONGEST_TEXT / 2;

    if ( length <= LONGEST_TEXT )
        return text;
    /* No cut within a character. */
    while ( ((unsigned char)text[first] & 0xc0) == 0x80 )
        first++;
    while ( last && ((unsigned char)text[length - last] & 0xc0) == 0x80 )
        last--;
    return arena_format(arena, "%.*s...%s", (int)first, text,
                        text + length - last);
}

static void diag_add(struct diag *diag, enum severity severity,
                     enum check check, struct span where, const char *format,
                     va_list arguments)
{
    struct message message = {
        .severity = severity, .check = check, .where = where,
        .text = shorten(diag->arena,
                        arena_vformat(diag->arena, format, arguments)),
    };

    *LIST_ADD(diag->arena, &diag->messages) = message;
}

void diag_error(struct diag *diag, enum check check, struct span where,
                const char *format, ...)
{
    va_list arguments;

    diag->dropped = diag->errors++ >= DIAG_LIMIT;
    if ( diag->dropped )
        return;
    va_start(arguments, format);
    diag_add(diag, SEVERITY_ERROR, check, where, format, arguments);
    va_end(arguments);
}

void diag_warning(struct diag *diag, enum check check, struct span where,
                  const char *format, ...)
{
    va_list arguments;

    diag->dropped = false;
    diag->warnings++;
    va_start(arguments, format);
    diag_add(diag, SEVERITY_WARNING, check, where, format, arguments);
    va_end(arguments);
}

void diag_note(struct diag *diag, struct span where, const char *format, ...)
{
    va_list arguments;

    if ( diag->dropped )
        return;
    va_start(arguments, format);
    diag_add(diag, SEVERITY_NOTE, 0, where, format, arguments);
    va_end(arguments);
}

void diag_help(struct diag *diag, struct span where, const char *format, ...)
{
    va_list arguments;

    if ( diag->dropped )
        return;
    va_start(arguments, format);
    diag_add(diag, SEVERITY_HELP, 0, where, format, arguments);
    va_end(arguments);
}

bool diag_is_full(const struct diag *diag)
{
    return diag->errors >= DIAG_LIMIT;
}
