/* SPDX-License-Identifier: MIT */
/*
 * Why each line of the output is as it is.
 *
 * Needs outputs rendered with marks, and the files as they stand.  The marks
 * say which tokens an architecture is the cause of; the formatter moves
 * tokens but changes none, so the tokens of the file give each line its
 * causes.  A file with other tokens was edited by hand, and is an error.
 */
#include <ctype.h>
#include <string.h>

#include "../base/file.h"
#include "back.h"

#define MARKS MARK_BEGIN MARK_NAME MARK_END

struct reader {
    const char *at;
    unsigned int line;
    enum cause causes[16];      /* the marks that are open */
    unsigned int depth;
    const char *token;          /* the last one read */
    size_t length;
};

static void read_mark(struct reader *reader)
{
    if ( *reader->at == *MARK_END )
    {
        reader->depth -= reader->depth > 0;
        reader->at++;
        return;
    }
    if ( *reader->at == *MARK_BEGIN )
    {
        size_t length = strcspn(++reader->at, MARK_NAME);

        if ( reader->depth < sizeof(reader->causes) / sizeof(reader->causes[0]) )
            reader->causes[reader->depth++] = cause_find(reader->at, length);
        reader->at += length;
    }
    reader->at++;
}

/* Words and signs, in comments too; a line's continuation is no token. */
static bool read_token(struct reader *reader)
{
    for ( ; *reader->at; )
    {
        if ( strchr(MARKS, *reader->at) )
            read_mark(reader);
        else if ( isspace((unsigned char)*reader->at) )
            reader->line += *reader->at++ == '\n';
        else if ( text_starts(reader->at, "\\\n") )
            reader->at++;
        else
            break;
    }
    if ( !*reader->at )
        return false;
    reader->token = reader->at;
    while ( isalnum((unsigned char)*reader->at) || *reader->at == '_' )
        reader->at++;
    reader->at += reader->at == reader->token;
    reader->length = (size_t)(reader->at - reader->token);
    return true;
}

static bool same_token(const struct reader *a, const struct reader *b)
{
    return a->length == b->length && !memcmp(a->token, b->token, a->length);
}

struct lines { unsigned int *at; size_t count, room; };  /* a bit for each cause */

static void note_cause(struct back *back, struct lines *lines, unsigned int line,
                       const struct reader *marked)
{
    while ( lines->count <= line )
        *LIST_ADD(back->arena, lines) = 0;
    if ( marked->depth )
        lines->at[line] |= 1u << marked->causes[marked->depth - 1];
}

static bool edited(struct back *back, const char *path, unsigned int line)
{
    struct span nowhere = { 0 };

    diag_error(back->diag, CHECK_output, nowhere,
               "%s:%u is not what the descriptions make: run make", path, line + 1);
    return false;
}

static bool match(struct back *back, const struct output *output, const char *path,
                  const struct source *file, struct lines *lines)
{
    struct reader marked = { .at = output->text }, plain = { .at = file->text };

    while ( read_token(&plain) )
    {
        if ( !read_token(&marked) || !same_token(&plain, &marked) )
            return edited(back, path, plain.line);
        note_cause(back, lines, plain.line, &marked);
    }
    return !read_token(&marked) || edited(back, path, plain.line);
}

static const char *print_lines(struct back *back, const struct output *output,
                               const struct lines *lines)
{
    struct text text = { .arena = back->arena };

    LIST_EACH(line, lines)
    {
        unsigned int causes = *line ? *line : 1u << output->cause;
        const char *sign = "";

        for ( int cause = CAUSE_none + 1; cause < NR_CAUSES; cause++ )
        {
            if ( !(causes & 1u << cause) )
                continue;
            text_format(&text, "%s%s", sign, cause_text((enum cause)cause));
            sign = ",";
        }
        text_add(&text, *sign ? "\n" : "-\n");
    }
    return text_string(&text);
}

bool causes_write(struct back *back, const char *folder)
{
    struct span nowhere = { 0 };

    LIST_EACH(output, &back->outputs)
    {
        const char *path = arena_format(back->arena, "%s/%s", back->folder, output->path);
        const char *to = arena_format(back->arena, "%s/%s", folder, output->path);
        const char *why = NULL, *text;
        struct source *file = source_read(back->arena, path, &why);
        struct lines lines = { 0 };
        bool changed;

        if ( file && !match(back, output, path, file, &lines) )
            return false;
        text = file ? print_lines(back, output, &lines) : "";
        if ( file )
            why = file_write(back->arena, to, text, strlen(text), &changed);
        if ( why )
        {
            diag_error(back->diag, file ? CHECK_output : CHECK_input, nowhere, "%s: %s",
                       file ? to : path, why);
            return false;
        }
    }
    return true;
}
