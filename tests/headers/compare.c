/* SPDX-License-Identifier: MIT */
/*
 * compare [--first] [--ia64] [--views N] [--comparisons N] REFERENCE CANDIDATE
 *
 * Are the headers in two folders the same in every view?  Both folders must be
 * complete: the headers and whatever they include.  --first stops after the
 * first view that shows a difference.  Exit 0: equal; 1: not; 2: no answer.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "differ.h"
#include "items.h"
#include "views.h"

#define SHOWN_MAX 40            /* differences that are printed */

/* The preprocessor shows what is meant (macros used), or what is written. */
static const char *const modes[] = { "", "-fdirectives-only" };
enum { MEANT, WRITTEN, MODES };

struct options {
    const char *reference;
    const char *candidate;
    const char *shown;          /* the candidate, as the caller names it */
    bool first;
    bool ia64;
    int views;                  /* how many there have to be; 0: any */
    int comparisons;
};

/* One folder in one view. */
struct look {
    FILE *pipe[MODES];
    char *text[MODES];
    struct items items[MODES][HEADER_COUNT];
    bool done;                  /* the preprocessor had no complaint */
};

struct tally {
    int passed;
    int failed;
    bool broken;                /* the preprocessor gave up: no use to go on */
    int shown;
    char text[SHOWN_MAX][1536]; /* said before, in an earlier view */
    long macros;                /* defined in the reference, all views */
    long tokens;
};

typedef bool (*differ_fn)(const struct items *reference,
                          const struct items *candidate,
                          struct difference *out);

typedef bool (*text_fn)(const char *reference, const char *candidate,
                        struct difference *out);

static char *file_text(const char *folder, const char *name)
{
    char path[1024], *text;
    FILE *file;
    size_t size;

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    file = fopen(path, "r");
    if ( !file )
    {
        perror(path);
        exit(2);
    }
    text = calloc(1, 1 << 20);
    size = text ? fread(text, 1, (1 << 20) - 1, file) : 0;
    if ( !size || !feof(file) )
    {
        fprintf(stderr, "%s: empty or too long\n", path);
        exit(2);
    }
    fclose(file);
    return text;
}

static void show_line(const struct options *options, enum header header,
                      int line)
{
    char *text = file_text(options->candidate, header_name[header]);
    char *at = text;

    for ( int i = 1; i < line && *at; i++ )
        at += strcspn(at, "\n") + 1;
    printf("    %s/%s:%d: %.*s\n", options->shown, header_name[header],
           line, (int)strcspn(at, "\n"), at);
    free(text);
}

/* Count one comparison; a difference is printed unless it has been before. */
static void judge(struct tally *tally, const struct options *options,
                  bool same, enum header header, const char *view,
                  const struct difference *difference)
{
    char text[sizeof(tally->text[0])];

    if ( same )
    {
        tally->passed++;
        return;
    }

    tally->failed++;
    snprintf(text, sizeof(text), "%s: %.1500s", header_name[header],
             difference->text);
    for ( int i = 0; i < tally->shown; i++ )
        if ( !strcmp(tally->text[i], text) )
            return;
    if ( tally->shown == SHOWN_MAX )
        return;
    strcpy(tally->text[tally->shown++], text);
    printf("%s [%s] %s\n", header_name[header], view, difference->text);
    if ( difference->line )
        show_line(options, header, difference->line);
    fflush(stdout);
}

static bool header_in_view(const struct options *options, enum header header,
                           const struct view *view)
{
    static int knows[HEADER_COUNT];     /* __ASSEMBLY__: 1 yes, 2 no */
    char *text;

    if ( !view->assembly )
        return true;
    if ( !knows[header] )
    {
        text = file_text(options->reference, header_name[header]);
        knows[header] = strstr(text, "__ASSEMBLY__") ? 1 : 2;
        free(text);
    }
    return knows[header] == 1;
}

static void look_open(struct look *look, const struct options *options,
                      const char *folder, const struct view *view)
{
    char command[2048], part[600];

    for ( int mode = 0; mode < MODES; mode++ )
    {
        snprintf(command, sizeof(command),
                 "exec gcc -E -dDI -nostdinc -ffreestanding %s -x c %s",
                 modes[mode], view->flags);
        for ( int h = 0; h < HEADER_COUNT; h++ )
            if ( header_in_view(options, h, view) )
            {
                snprintf(part, sizeof(part), " -include %s/%s", folder,
                         header_name[h]);
                strcat(command, part);
            }
        strcat(command, " /dev/null");
        look->pipe[mode] = popen(command, "r");
        if ( !look->pipe[mode] )
            abort();
    }
}

static void look_read(struct look *look, const char *folder)
{
    size_t size = 4 << 20, got;

    look->done = true;
    for ( int mode = 0; mode < MODES; mode++ )
    {
        look->text[mode] = malloc(size);
        if ( !look->text[mode] )
            abort();
        got = fread(look->text[mode], 1, size - 1, look->pipe[mode]);
        look->text[mode][got] = '\0';
        if ( pclose(look->pipe[mode]) || got == size - 1 )
            look->done = false;
        items_read(look->items[mode], look->text[mode], folder);
    }
}

static void look_close(struct look *look)
{
    for ( int mode = 0; mode < MODES; mode++ )
    {
        items_free(look->items[mode]);
        free(look->text[mode]);
    }
}

static int count_kind(const struct items *items, enum item_kind kind)
{
    int count = 0;

    for ( int i = 0; i < items->count; i++ )
        count += items->list[i].kind == kind;
    return count;
}

/* A reference in which nothing is seen would equal anything. */
static bool reference_empty(struct tally *tally, const struct items *items,
                            const struct view *view)
{
    int macros = count_kind(items, ITEM_DEFINE);
    int tokens = count_kind(items, ITEM_TOKEN);

    tally->macros += macros;
    tally->tokens += tokens;
    return !macros || (!tokens && !view->assembly);
}

static void compare_view(struct tally *tally, const struct options *options,
                         const struct view *view)
{
    static const struct {
        differ_fn differ;
        int mode;
    } ways[] = {
        { differ_macros, MEANT },
        { differ_tokens, MEANT },
        { differ_order, WRITTEN },
    };
    struct look left = { .done = false }, right = { .done = false };

    look_open(&left, options, options->reference, view);
    look_open(&right, options, options->candidate, view);
    look_read(&left, options->reference);
    look_read(&right, options->candidate);
    tally->broken = !left.done || !right.done;

    for ( int h = 0; h < HEADER_COUNT; h++ )
    {
        struct difference broken = { .text = "cannot be preprocessed" };
        bool empty;

        if ( !header_in_view(options, h, view) )
            continue;
        empty = reference_empty(tally, &left.items[MEANT][h], view);
        if ( empty )
            snprintf(broken.text, sizeof(broken.text), "reference is empty");
        for ( size_t w = 0; w < sizeof(ways) / sizeof(*ways); w++ )
        {
            struct difference out = { .line = 0 };
            bool same = ways[w].differ(&left.items[ways[w].mode][h],
                                       &right.items[ways[w].mode][h], &out);

            if ( empty || (same && !(left.done && right.done)) )
            {
                same = false;
                out = broken;
            }
            judge(tally, options, same, h, view->name, &out);
        }
    }
    look_close(&left);
    look_close(&right);
}

/* What an architecture that the headers do not know of is told. */
static void compare_refusal(struct tally *tally, const struct options *options,
                            const struct view *view)
{
    const char *folder[2] = { options->reference, options->candidate };
    struct difference out = { .line = 0 };
    char *text[2], *error[2], command[1024];
    int status[2];
    bool same;

    for ( int i = 0; i < 2; i++ )
    {
        snprintf(command, sizeof(command), "LC_ALL=C gcc -E -nostdinc -x c %s "
                 "-include %s/xen.h /dev/null 2>&1 >/dev/null", view->flags,
                 folder[i]);
        text[i] = command_output(command, &status[i]);
        error[i] = strstr(text[i], "#error");
        if ( error[i] )
            error[i][strcspn(error[i], "\n")] = '\0';
        else
            error[i] = "no #error";
    }
    same = status[0] && status[1] && !strncmp(error[0], "#error", 6) &&
           !strcmp(error[0], error[1]);
    snprintf(out.text, sizeof(out.text), "should be %s, is %s", error[0],
             error[1]);
    judge(tally, options, same, HEADER_xen, view->name, &out);
    free(text[0]);
    free(text[1]);
}

/* Guards and doc markers, or the version steps: one check of each header. */
static void compare_texts(struct tally *tally, const struct options *options,
                          text_fn differ)
{
    for ( int h = 0; h < HEADER_COUNT; h++ )
    {
        char *left = file_text(options->reference, header_name[h]);
        char *right = file_text(options->candidate, header_name[h]);
        struct difference out = { .line = 0 };
        bool same = differ(left, right, &out);

        judge(tally, options, same, h, "text", &out);
        free(left);
        free(right);
    }
}

static void expect(struct tally *tally, const char *what, int want, int have)
{
    if ( !want )
        return;
    if ( want == have )
        tally->passed++;
    else
    {
        tally->failed++;
        printf("number of %s: should be %d, is %d\n", what, want, have);
    }
}

static bool options_read(struct options *options, int argc, char **argv)
{
    int i = 1;

    for ( ; i < argc && argv[i][0] == '-'; i++ )
    {
        if ( !strcmp(argv[i], "--first") )
            options->first = true;
        else if ( !strcmp(argv[i], "--ia64") )
            options->ia64 = true;
        else if ( !strcmp(argv[i], "--views") && i + 1 < argc )
            options->views = atoi(argv[++i]);
        else if ( !strcmp(argv[i], "--comparisons") && i + 1 < argc )
            options->comparisons = atoi(argv[++i]);
        else
            return false;
    }
    if ( i + 2 != argc )
        return false;
    options->reference = folder_find(argv[i]);
    options->candidate = folder_find(argv[i + 1]);
    options->shown = argv[i + 1];
    return true;
}

int main(int argc, char **argv)
{
    static struct views views;
    static struct tally tally;
    struct options options = { .first = false };
    int i, comparisons;

    if ( !options_read(&options, argc, argv) )
    {
        fprintf(stderr, "usage: compare [--first] [--ia64] [--views N] "
                "[--comparisons N] REFERENCE CANDIDATE\n");
        return 2;
    }
    if ( !views_make(&views, options.reference, options.ia64) )
        return 2;

    compare_texts(&tally, &options, differ_guards);
    compare_texts(&tally, &options, differ_markers);
    for ( i = 0; i < views.count && !tally.broken &&
                 !(options.first && tally.failed); i++ )
    {
        if ( views.view[i].refused )
            compare_refusal(&tally, &options, &views.view[i]);
        else
            compare_view(&tally, &options, &views.view[i]);
    }
    compare_texts(&tally, &options, differ_versions);
    comparisons = tally.passed + tally.failed;
    expect(&tally, "views", options.views, i);
    expect(&tally, "comparisons", options.comparisons, comparisons);
    printf("views: %d (%d version steps in the headers, %d versions, "
           "%d architectures)\n", i, views.boundaries, views.versions,
           views.architectures);
    printf("comparisons: %d (%ld macros, %ld tokens)\n", comparisons,
           tally.macros, tally.tokens);
    printf("compare: %d passed, %d failed, 0 skipped\n", tally.passed,
           tally.failed);
    return tally.failed != 0;
}
