/* SPDX-License-Identifier: MIT */
/*
 * hcgen diff: the generated files that an edit of the descriptions changes.
 *
 * Needs both outputs rendered.  Prints each file that differs, with the lines
 * that go and that come.
 */
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "diff.h"

static const struct output *find_output(const struct back *back, const char *path)
{
    LIST_EACH(output, &back->outputs)
        if ( !strcmp(output->path, path) )
            return output;
    return NULL;
}

static void put_file(FILE *stream, struct diff_totals *totals, const char *path,
                     const struct output *then, const struct output *now)
{
    const char *old = then ? then->text : "", *new = now ? now->text : "";
    struct diff_count count;

    if ( then && now && !strcmp(old, new) )
        return;
    if ( !totals->files++ )
        fprintf(stream, "files\n");
    count = diff_count(totals->arena, old, new);
    fprintf(stream, "  %s %-44s %5zu +, %zu -\n", !then ? "+" : !now ? "-" : " ", path,
            count.added, count.removed);
}

void diff_files(const struct back *then, const struct back *now, FILE *stream,
                struct diff_totals *totals)
{
    LIST_EACH(output, &now->outputs)
        put_file(stream, totals, output->path, find_output(then, output->path), output);
    LIST_EACH(output, &then->outputs)
        if ( !find_output(now, output->path) )
            put_file(stream, totals, output->path, output, NULL);
}
