/* SPDX-License-Identifier: MIT */
/*
 * Where things stand in a YAML file, which bytes it may have, and libyaml's
 * complaints in our words.  Needs libyaml and base; gives yaml-syntax.h.
 */
#include <stdint.h>
#include <string.h>

#include "yaml-syntax.h"
#include "yaml-tree.h"

/* ---- places --------------------------------------------------------------- */

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

static size_t offset_of(struct yaml_places *places, size_t index)
{
    const struct source *source = places->source;

    while ( places->index < index && places->offset < source->size )
    {
        do
            places->offset++;
        while ( places->offset < source->size &&
                is_continuation(source->text[places->offset]) );
        places->index++;
    }
    while ( places->index > index )
    {
        do
            places->offset--;
        while ( is_continuation(source->text[places->offset]) );
        places->index--;
    }
    return places->offset;
}

static struct point point_at(const struct source *source, size_t offset)
{
    size_t low = 0, high = source->lines.count;

    /* The last line that begins at or before offset. */
    while ( high - low > 1 )
    {
        size_t middle = low + (high - low) / 2;

        if ( source->lines.at[middle] <= offset )
            low = middle;
        else
            high = middle;
    }
    return (struct point){ (int)low + 1,
                           (int)(offset - source->lines.at[low]) + 1 };
}

struct span yaml_span(struct yaml_places *places, size_t first_index,
                      size_t last_index)
{
    const struct source *source = places->source;
    size_t first = offset_of(places, first_index);
    size_t last = offset_of(places, last_index);

    return (struct span){ source, point_at(source, first),
                          point_at(source, last) };
}

static struct span byte_span(const struct source *source, size_t offset,
                             size_t length)
{
    return (struct span){ source, point_at(source, offset),
                          point_at(source, offset + length) };
}

/* ---- bytes ------------------------------------------------------------------ */

static uint32_t code_point(const char *text, size_t length)
{
    uint32_t code = (unsigned char)text[0];

    if ( length > 1 )
        code &= 0x7fu >> length;
    for ( size_t i = 1; i < length; i++ )
        code = code << 6 | ((unsigned char)text[i] & 0x3f);
    return code;
}

/* Also what libyaml, but nobody else, takes for the end of a line. */
static bool is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0) ||
           code == 0x2028 || code == 0x2029;
}

bool yaml_has_control(const char *text, size_t length)
{
    size_t size;

    for ( size_t i = 0; i < length; i += size )
    {
        size = text_utf8(text + i, length - i);
        if ( !size || is_control(code_point(text + i, size)) )
            return true;
    }
    return false;
}

static bool refuse_bytes(struct diag *diag, const struct source *source,
                         size_t offset, size_t length)
{
    uint32_t code = length ? code_point(source->text + offset, length) : 0;
    struct span where = byte_span(source, offset, length ? length : 1);

    if ( !length )
        diag_error(diag, CHECK_input, where, "byte 0x%02x: this is no UTF-8",
                   (unsigned char)source->text[offset]);
    else if ( !code )
        diag_error(diag, CHECK_input, where, "NUL byte; this is no text");
    else if ( code == '\r' )
        diag_error(diag, CHECK_input, where,
                   "carriage return; lines end in a newline alone");
    else
        diag_error(diag, CHECK_input, where,
                   "character U+%04X has no place in a text", code);
    return false;
}

bool yaml_bytes_are_text(struct yaml_places *places, struct diag *diag)
{
    const struct source *source = places->source;
    size_t length;

    if ( !source->size || source->size > YAML_SIZE_LIMIT )
    {
        diag_error(diag, CHECK_input, byte_span(source, 0, 0),
                   source->size ? "a table of more than %u KiB" :
                                  "the file is empty", YAML_SIZE_LIMIT >> 10);
        return false;
    }
    for ( size_t i = 0; i < source->size; i += length )
    {
        const char *at = source->text + i;
        uint32_t code;

        length = text_utf8(at, source->size - i);
        code = length ? code_point(at, length) : 0;
        /* What goes into C is ASCII, in tables as in descriptions. */
        if ( code >= 0x80 || (is_control(code) && code != '\n' && code != '\t') )
            return refuse_bytes(diag, source, i, length);
    }
    return true;
}

/* ---- syntax ------------------------------------------------------------------ */

/* Where the mistake is: here, or where the thing began that went wrong. */
#define HERE(theirs, ours)           { theirs, ours, NULL, false }
#define SINCE(theirs, ours, begin)   { theirs, ours, begin, false }
#define AT_BEGIN(theirs, ours)       { theirs, ours, NULL, true }

static const struct problem {
    const char *theirs, *ours;
    const char *begin;          /* what the second place is, NULL: not said */
    bool at_begin;
} problems[] = {
    AT_BEGIN("could not find expected ':'", "a key without ':' behind it"),
    HERE("mapping values are not allowed in this context",
         "':' does not belong here; is the indentation right? "
         "A text that holds ': ' needs quotes"),
    HERE("block sequence entries are not allowed in this context",
         "'-' does not belong here; a list in lines begins below its key"),
    HERE("mapping keys are not allowed in this context",
         "a key does not belong here"),
    AT_BEGIN("found unexpected end of stream", "the quote is never closed"),
    AT_BEGIN("found unexpected document indicator",
             "the quote is never closed"),
    HERE("found unknown escape character",
         "no such escape; between ' and ' a backslash is a plain sign"),
    HERE("did not find expected hexdecimal number",
         "the escape needs more hexadecimal digits"),
    HERE("found invalid Unicode character escape code",
         "the escape stands for no character"),
    SINCE("did not find expected key",
          "this is indented neither as the keys above nor as a value of theirs",
          "the first of the keys is here"),
    SINCE("did not find expected '-' indicator",
          "this is indented as the elements above, but has no '-'",
          "the first of the elements is here"),
    SINCE("did not find expected ',' or ']'",
          "',' or ']' is missing before this", "the list begins here"),
    SINCE("did not find expected ',' or '}'",
          "',' or '}' is missing before this", "the map begins here"),
    HERE("did not find expected node content",
         "a value is missing before this"),
    HERE("did not find expected <document start>",
         "there is something behind the end of the document"),
    HERE("found a tab character that violates indentation",
         "a tab; blanks alone indent"),
    HERE("found a tab character where an indentation space is expected",
         "a tab; blanks alone indent"),
};

static const struct problem *find_problem(const char *theirs)
{
    for ( size_t i = 0; i < sizeof(problems) / sizeof(problems[0]); i++ )
        if ( !strcmp(problems[i].theirs, theirs) )
            return &problems[i];
    return NULL;
}

static void stray_error(struct diag *diag, struct span where)
{
    size_t length;
    const char *line = source_line(where.source, where.first.line, &length);
    char stray = line[where.first.column - 1];

    if ( stray == '\t' )
        diag_error(diag, CHECK_yaml_syntax, where,
                   "a tab; blanks alone indent");
    else
        diag_error(diag, CHECK_yaml_syntax, where,
                   "no value begins with '%c'; a text that does needs quotes",
                   stray);
}

static bool begins_there(const struct span *where, const struct span *begin)
{
    return where->first.line == begin->first.line &&
           where->first.column == begin->first.column;
}

void yaml_syntax_error(struct yaml_places *places, struct diag *diag,
                       const yaml_parser_t *parser)
{
    const char *theirs = parser->problem ? parser->problem : "out of memory";
    const struct problem *problem = find_problem(theirs);
    struct span where = yaml_span(places, parser->problem_mark.index,
                                  parser->problem_mark.index);
    struct span begin = yaml_span(places, parser->context_mark.index,
                                  parser->context_mark.index);

    if ( !strcmp(theirs, "found character that cannot start any token") )
        stray_error(diag, where);
    else if ( parser->context && strstr(parser->context, "directive") )
        diag_error(diag, CHECK_yaml_syntax, begin, "no directives ('%%') here");
    else if ( problem && problem->begin && begins_there(&where, &begin) )
        diag_error(diag, CHECK_yaml_syntax, where,
                   "a key is missing before this");
    else
    {
        diag_error(diag, CHECK_yaml_syntax,
                   problem && problem->at_begin ? begin : where, "%s",
                   problem ? problem->ours : theirs);
        if ( problem && problem->begin )
            diag_note(diag, begin, "%s", problem->begin);
    }
}
