/* SPDX-License-Identifier: MIT */
/*
 * Messages as people read them: sorted, each with its line and a range.
 * Needs diag_order.h and text; gives diag_print.
 */
#include <stdlib.h>
#include <string.h>

#include "diag_order.h"

/* A line that is wider than this is cut around the range. */
#define WIDEST 160
#define WIDTH_BEFORE 60

struct style {
    const char *severity[4], *caret, *plain;
};

static const struct style styles[] = {
    [DIAG_TEXT] = { { "", "", "", "" }, "", "" },
    [DIAG_COLOUR] = {
        {
            [SEVERITY_ERROR] = "\033[1;31m", [SEVERITY_WARNING] = "\033[1;35m",
            [SEVERITY_NOTE] = "\033[1;36m", [SEVERITY_HELP] = "\033[1;36m",
        },
        "\033[1;32m", "\033[0m",
    },
};

const char *severity_name(enum severity severity)
{
    static const char *const names[] = {
        [SEVERITY_ERROR] = "error", [SEVERITY_WARNING] = "warning",
        [SEVERITY_NOTE] = "note", [SEVERITY_HELP] = "help",
    };

    return names[severity];
}

/*
 * One character: what a terminal would obey (control characters, also those
 * that UTF-8 spells in two bytes) and broken UTF-8 become '?'.
 */
static size_t put_character(const char *at, size_t left, FILE *stream)
{
    size_t size = text_utf8(at, left);
    unsigned char first = (unsigned char)at[0];
    bool control = (first < ' ' && first != '\t') || first == 0x7f ||
                   (size == 2 && first == 0xc2 && (unsigned char)at[1] < 0xa0);

    if ( !size || control )
        fputc('?', stream);
    else
        fwrite(at, 1, size, stream);
    return size ? size : 1;
}

static void put_text(const char *text, size_t length, FILE *stream)
{
    for ( size_t i = 0; i < length; )
        i += put_character(text + i, length - i, stream);
}

/* What is shown of a line: [first, last) of it; the range is [from, to). */
struct view {
    const char *line;
    size_t length, first, last, from, to;
};

static bool within_character(const struct view *view, size_t at)
{
    return at > 0 && at < view->length &&
           ((unsigned char)view->line[at] & 0xc0) == 0x80;
}

static struct view view_of(const struct span *where)
{
    struct view view = { .line = NULL };
    size_t column = where->first.column > 0 ? (size_t)where->first.column : 1;

    view.line = source_line(where->source, where->first.line, &view.length);
    view.from = column - 1 < view.length ? column - 1 : view.length;
    if ( where->last.line > where->first.line )
        view.to = view.length;
    else if ( where->last.line == where->first.line &&
              where->last.column > where->first.column )
        view.to = (size_t)where->last.column - 1;
    else
        view.to = view.from + 1;
    if ( view.to > view.length )
        view.to = view.length;

    view.last = view.length;
    if ( view.length <= WIDEST )
        return view;
    if ( view.from > WIDTH_BEFORE )
        view.first = view.from - WIDTH_BEFORE;
    if ( view.first > view.length - WIDEST )
        view.first = view.length - WIDEST;
    view.last = view.first + WIDEST;
    for ( int i = 0; i < 3 && within_character(&view, view.first); i++ )
        view.first++;
    for ( int i = 0; i < 3 && within_character(&view, view.last); i++ )
        view.last++;
    if ( view.to > view.last )
        view.to = view.last;
    return view;
}

/* One blank for each character before the range, but tabs stay tabs. */
static void put_blanks(const struct view *view, FILE *stream)
{
    size_t size;

    for ( size_t i = view->first; i < view->from; i += size ? size : 1 )
    {
        size = text_utf8(view->line + i, view->length - i);
        fputc(view->line[i] == '\t' ? '\t' : ' ', stream);
    }
}

static void put_range(const struct view *view, FILE *stream)
{
    size_t at = view->from, size;

    fputc('^', stream);
    if ( at < view->to )
    {
        size = text_utf8(view->line + at, view->length - at);
        at += size ? size : 1;
    }
    while ( at < view->to )
    {
        fputc('~', stream);
        size = text_utf8(view->line + at, view->length - at);
        at += size ? size : 1;
    }
}

static void put_line(const struct span *where, const struct style *style,
                     FILE *stream)
{
    struct view view = view_of(where);
    const char *before = view.first ? "..." : "";
    int margin = fprintf(stream, "%5d", where->first.line);

    fprintf(stream, " | %s", before);
    put_text(view.line + view.first, view.last - view.first, stream);
    fprintf(stream, "%s\n", view.last < view.length ? "..." : "");
    if ( where->first.column < 1 )
        return;
    fprintf(stream, "%*s | %*s", margin, "", (int)strlen(before), "");
    put_blanks(&view, stream);
    fputs(style->caret, stream);
    put_range(&view, stream);
    fprintf(stream, "%s\n", style->plain);
}

static void put_message(const struct message *message,
                        const struct style *style, FILE *stream)
{
    const struct span *where = &message->where;

    if ( where->source )
        put_text(where->source->path, strlen(where->source->path), stream);
    else
        fputs("hcgen", stream);
    if ( where->source && where->first.line > 0 )
        fprintf(stream, ":%d", where->first.line);
    if ( where->source && where->first.line > 0 && where->first.column > 0 )
        fprintf(stream, ":%d", where->first.column);
    fprintf(stream, ": %s%s:%s ", style->severity[message->severity],
            severity_name(message->severity), style->plain);
    put_text(message->text, strlen(message->text), stream);
    if ( message->severity <= SEVERITY_WARNING )
        fprintf(stream, " [%s]", check_id(message->check));
    fputc('\n', stream);
    if ( where->source && where->first.line > 0 )
        put_line(where, style, stream);
}

static bool leads(const struct message *message)
{
    return message->severity <= SEVERITY_WARNING;
}

/* Sources come in the order in which they are first mentioned. */
static size_t source_rank(const struct group *groups,
                          size_t count, const struct source *source)
{
    size_t next = 0;

    /* Mostly that of the message before. */
    if ( count && groups[count - 1].first->where.source == source )
        return groups[count - 1].source;
    for ( size_t i = 0; i < count; i++ )
    {
        if ( groups[i].first->where.source == source )
            return groups[i].source;
        if ( groups[i].source >= next )
            next = groups[i].source + 1;
    }
    return next;
}

static size_t make_groups(const struct diag *diag, struct group *groups)
{
    size_t count = 0;

    LIST_EACH ( message, &diag->messages )
    {
        if ( count && !leads(message) )
        {
            groups[count - 1].end = message + 1;
            continue;
        }
        groups[count].source = source_rank(groups, count,
                                           message->where.source);
        groups[count].first = message;
        groups[count].end = message + 1;
        count++;
    }
    return count;
}

static int compare(const void *left, const void *right)
{
    const struct group *a = left, *b = right;
    const struct point *p = &a->first->where.first;
    const struct point *q = &b->first->where.first;

    if ( a->source != b->source )
        return a->source < b->source ? -1 : 1;
    if ( p->line != q->line )
        return p->line < q->line ? -1 : 1;
    if ( p->column != q->column )
        return p->column < q->column ? -1 : 1;
    /* The order in which they were reported. */
    return a->first < b->first ? -1 : a->first > b->first;
}

static void print_text(const struct diag *diag, const struct group *groups,
                       size_t count, const struct style *style, FILE *stream)
{
    for ( size_t i = 0; i < count; i++ )
        for ( const struct message *message = groups[i].first;
              message != groups[i].end; message++ )
            put_message(message, style, stream);
    if ( diag->errors > DIAG_LIMIT )
        fprintf(stream, "hcgen: %d errors, and %u more\n", DIAG_LIMIT,
                diag->errors - DIAG_LIMIT);
    else if ( diag->errors == DIAG_LIMIT )
        fprintf(stream, "hcgen: %d errors; there may be more\n", DIAG_LIMIT);
}

void diag_print(const struct diag *diag, FILE *stream, enum diag_format format)
{
    size_t count = diag->messages.count;
    struct group *groups = arena_alloc(diag->arena,
                                       (count + 1) * sizeof(*groups));

    count = make_groups(diag, groups);
    if ( count )
        qsort(groups, count, sizeof(*groups), compare);
    if ( format == DIAG_JSON )
        diag_print_json(groups, count, stream);
    else
        print_text(diag, groups, count, &styles[format], stream);
}
