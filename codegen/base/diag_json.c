/* SPDX-License-Identifier: MIT */
/*
 * Messages as programs read them: one array, one object for each error and
 * warning, with its notes and helps as "related".  Needs diag_order.h.
 */
#include <string.h>

#include "diag_order.h"

static void put_string(const char *text, FILE *stream)
{
    size_t left = strlen(text), size;

    fputc('"', stream);
    for ( ; left; text += size, left -= size )
    {
        size = text_utf8(text, left);
        if ( !size )
        {
            fputs("\\ufffd", stream);
            size = 1;
        }
        else if ( *text == '"' || *text == '\\' )
            fprintf(stream, "\\%c", *text);
        else if ( size == 1 && (unsigned char)*text < ' ' )
            fprintf(stream, "\\u%04x", *text);
        else
            fwrite(text, 1, size, stream);
    }
    fputc('"', stream);
}

static void put_place(const struct span *where, FILE *stream)
{
    struct point first = where->first;
    struct point last = where->last.line ? where->last : where->first;

    fputs("{\"file\":", stream);
    if ( where->source )
        put_string(where->source->path, stream);
    else
    {
        fputs("null", stream);
        first = last = (struct point){ 0, 0 };
    }
    fprintf(stream, ",\"line\":%d,\"column\":%d,\"endLine\":%d,"
            "\"endColumn\":%d", first.line, first.column, last.line,
            last.column);
}

static void put_related(const struct message *message, FILE *stream)
{
    put_place(&message->where, stream);
    fprintf(stream, ",\"kind\":\"%s\",\"message\":",
            severity_name(message->severity));
    put_string(message->text, stream);
    fputc('}', stream);
}

static void put_group(const struct group *group, FILE *stream)
{
    const struct message *message = group->first;

    put_place(&message->where, stream);
    fprintf(stream, ",\"severity\":\"%s\",\"id\":",
            severity_name(message->severity));
    if ( message->severity <= SEVERITY_WARNING )
        put_string(check_id(message->check), stream);
    else
        fputs("null", stream);
    fputs(",\"message\":", stream);
    put_string(message->text, stream);
    fputs(",\"related\":[", stream);
    while ( ++message != group->end )
    {
        if ( message != group->first + 1 )
            fputc(',', stream);
        put_related(message, stream);
    }
    fputs("]}", stream);
}

void diag_print_json(const struct group *groups, size_t count, FILE *stream)
{
    fputc('[', stream);
    for ( size_t i = 0; i < count; i++ )
    {
        fputs(i ? ",\n" : "\n", stream);
        put_group(&groups[i], stream);
    }
    fputs(count ? "\n]\n" : "]\n", stream);
}
