/* SPDX-License-Identifier: MIT */
/* What the preprocessor does not show: guards, doc markers, versions. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "differ.h"

#define LINE_MAX_LENGTH 512
#define VERSION_MACRO "__XEN_INTERFACE_VERSION__"

struct reader {
    const char *at;
    char line[LINE_MAX_LENGTH];
    int number;
};

/* What a reader has to hold to stop: false, skip this line. */
typedef bool (*pick_fn)(struct reader *reader);

static bool reader_next(struct reader *reader, pick_fn pick)
{
    do {
        size_t length = strcspn(reader->at, "\n");

        if ( !*reader->at )
            return false;
        snprintf(reader->line, sizeof(reader->line), "%.*s", (int)length,
                 reader->at);
        reader->at += length + (reader->at[length] == '\n');
        reader->number++;
    } while ( !pick(reader) );
    return true;
}

/* Squeeze runs of blanks to one, none at either end. */
static void squeeze(char *line)
{
    char *to = line;

    for ( const char *from = line; *from; from++ )
        if ( !isspace((unsigned char)*from) )
            *to++ = *from;
        else if ( to != line && to[-1] != ' ' )
            *to++ = ' ';
    if ( to != line && to[-1] == ' ' )
        to--;
    *to = '\0';
}

/* A marker of the reference manual: from its backtick on, no comment end. */
static bool pick_marker(struct reader *reader)
{
    char *tick = strchr(reader->line, '`');
    char *end;

    if ( !tick )
        return false;
    memmove(reader->line, tick, strlen(tick) + 1);
    end = strstr(reader->line, "*/");
    if ( end )
        *end = '\0';
    squeeze(reader->line);
    return true;
}

static bool pick_directive(struct reader *reader)
{
    char *sign = strchr(reader->line, '#');

    if ( !sign || strspn(reader->line, " \t") != (size_t)(sign - reader->line) )
        return false;
    memmove(reader->line, sign, strlen(sign) + 1);
    squeeze(reader->line);
    return true;
}

/* #if, #elif: what stands behind #else and #endif is a remark. */
static bool is_condition(const char *line)
{
    line += strspn(line, "# \t");
    return !strncmp(line, "if", 2) || !strncmp(line, "elif", 4);
}

/* A step between versions, however its number is padded: "< 0x00040300". */
static bool pick_version(struct reader *reader)
{
    const char *name;
    char sign[3];
    unsigned int version;

    if ( !pick_directive(reader) || !is_condition(reader->line) )
        return false;
    name = strstr(reader->line, VERSION_MACRO);
    if ( !name || sscanf(name + strlen(VERSION_MACRO), " %2[<>=!] %x",
                         sign, &version) != 2 )
        return false;
    /* "> 4.6" and ">= 4.6.1" are one step. */
    if ( !strcmp(sign, ">") )
    {
        strcpy(sign, ">=");
        version++;
    }
    snprintf(reader->line, sizeof(reader->line), "%s 0x%08x", sign, version);
    return true;
}

/* The picked lines of both, one by one. */
static bool differ_lines(const char *what, const char *reference,
                         const char *candidate, pick_fn pick,
                         struct difference *out)
{
    struct reader left = { .at = reference };
    struct reader right = { .at = candidate };
    bool more_left, more_right;

    for ( ; ; )
    {
        more_left = reader_next(&left, pick);
        more_right = reader_next(&right, pick);
        if ( !more_left && !more_right )
            return true;
        if ( more_left && more_right && !strcmp(left.line, right.line) )
            continue;
        out->line = more_right ? right.number : 0;
        snprintf(out->text, sizeof(out->text),
                 "%s: should be \"%s\", is \"%s\"", what,
                 more_left ? left.line : "none more",
                 more_right ? right.line : "none more");
        return false;
    }
}

bool differ_markers(const char *reference, const char *candidate,
                    struct difference *out)
{
    return differ_lines("marker", reference, candidate, pick_marker, out);
}

bool differ_versions(const char *reference, const char *candidate,
                     struct difference *out)
{
    return differ_lines("version", reference, candidate, pick_version, out);
}

/* #ifndef G first, then #define G; G in guard, or nothing. */
static int guard_find(const char *text, char guard[LINE_MAX_LENGTH])
{
    struct reader reader = { .at = text };
    char defined[LINE_MAX_LENGTH];

    if ( reader_next(&reader, pick_directive) &&
         sscanf(reader.line, "# ifndef %511s", guard) == 1 &&
         reader_next(&reader, pick_directive) &&
         sscanf(reader.line, "# define %511s", defined) == 1 &&
         !strcmp(guard, defined) )
        return reader.number;
    *guard = '\0';
    return 0;
}

/* The last directive: the guard's #endif, nothing but comments after it. */
static bool guard_closed(const char *text)
{
    struct reader reader = { .at = text };
    bool closed = false;

    while ( reader_next(&reader, pick_directive) )
        closed = !strncmp(reader.line, "#endif", 6);
    return closed;
}

bool differ_guards(const char *reference, const char *candidate,
                   struct difference *out)
{
    char left[LINE_MAX_LENGTH], right[LINE_MAX_LENGTH];

    guard_find(reference, left);
    out->line = guard_find(candidate, right);
    if ( *left && !strcmp(left, right) && guard_closed(candidate) )
        return true;
    snprintf(out->text, sizeof(out->text),
             "guard: should be %s, is %s%s", left, *right ? right : "none",
             guard_closed(candidate) ? "" : ", not closed at the end");
    return false;
}
