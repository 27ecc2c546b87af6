/* SPDX-License-Identifier: MIT */
/*
 * Do the headers come from the descriptions?
 *
 *   mutate COMPILER DESCRIPTIONS FOLDER [--formatted DIR] [--twin SCRIPT]
 *          [--all] [--kind NAME] [--place FILE:LINE]
 *
 * Changes one thing at a time in a copy of the descriptions, below FOLDER, runs
 * the compiler, and compares every file that it makes with a prediction.  That
 * comes from the text of the descriptions alone, read here a second time: which
 * tokens of which structure, define or function become others, and no other
 * token anywhere; or that the change is refused, with which id, and no file is
 * touched.  The numbers of check/layout.c are left to the C compiler, which sees
 * them together with the headers; which structures they may be about is
 * predicted.  What no header shows has to show in 'hcgen dump', on one line.
 *
 * SCRIPT stands in for compilers that do something else: none of the mutations
 * may pass with one of them.  DIR has what the compiler makes with the real
 * clang-format, which must not change a token; while mutations are tried, a
 * stand-in leaves it out (stand-in.c).
 *
 *   describe, lookup, types, sizes   the descriptions, as text
 *   references, members              what names what
 *   make-*                           mutations and predictions, kind by kind
 *   tokens, predict                  generated C, and what becomes of it
 *   run, check, work                 the compiler, and the verdict
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "work.h"

const struct kind_text kind_texts[] = {
#define KIND(name, text, least) { #name, text, least },
    KINDS
#undef KIND
};

/* Of a kind at most so many are tried, at equal distances, unless all are. */
#define MOST 16
/* And of all kinds together at least. */
#define LEAST_OF_ALL 500

struct settings {
    const char *root, *formatted, *twin, *only_kind, *only_place;
    bool all;
};

static size_t found[NR_KINDS], tried[NR_KINDS];

/* ---- which are tried ---------------------------------------------------- */

static bool is_wanted(const struct settings *settings, const struct mutation *mutation,
                      size_t index)
{
    size_t count = found[mutation->kind], most = kind_texts[mutation->kind].least;

    if ( settings->only_place && strcmp(mutation->place, settings->only_place) )
        return false;
    if ( settings->only_kind &&
         strcmp(kind_texts[mutation->kind].name, settings->only_kind) )
        return false;
    if ( most < MOST )
        most = MOST;
    return settings->all || count <= most || index * most / count != (index + 1) * most / count;
}

/* Those that are refused leave what was made before as it was: they come first. */
static void put_refusals_first(void)
{
    struct mutations sorted = { 0 };

    for ( int accepted = 0; accepted < 2; accepted++ )
        for ( size_t i = 0; i < mutations.count; i++ )
            if ( (mutations.at[i]->refusals.count == 0) == accepted )
                *LIST_ADD(arena, &sorted) = mutations.at[i];
    mutations = sorted;
}

static void choose(const struct settings *settings)
{
    size_t seen[NR_KINDS] = { 0 }, count = 0;

    for ( size_t i = 0; i < mutations.count; i++ )
        found[mutations.at[i]->kind]++;
    for ( size_t i = 0; i < mutations.count; i++ )
    {
        struct mutation *mutation = mutations.at[i];

        if ( !is_wanted(settings, mutation, seen[mutation->kind]++) )
            continue;
        tried[mutation->kind]++;
        mutations.at[count++] = mutation;
    }
    mutations.count = count;
    put_refusals_first();
}

static void make_all(void)
{
    make_names();
    make_parameters();
    make_values();
    make_numbers();
    make_types();
    make_versions();
    make_texts();
    make_directions();
    make_refused();
}

/* ---- what is reported --------------------------------------------------- */

static void one(struct outcome *outcome, bool good, const char *what)
{
    outcome->passed += good;
    outcome->failed += !good;
    if ( !good )
        printf("FAIL %s\n", what);
}

static void report_kinds(struct outcome *outcome)
{
    size_t without = 0;

    printf("mutations: %zu (by kind:", mutations.count);
    for ( size_t i = 0; i < NR_KINDS; i++ )
        printf("%s %s %zu", i ? "," : "", kind_texts[i].name, tried[i]);
    printf(")\n");
    for ( size_t i = 0; i < NR_KINDS; i++ )
    {
        without += left_out[i];
        one(outcome, tried[i] >= kind_texts[i].least,
            name("%s: %s: %zu mutations, at least %zu wanted", kind_texts[i].name,
                 kind_texts[i].text, tried[i], kind_texts[i].least));
    }
    one(outcome, mutations.count >= LEAST_OF_ALL,
        name("%zu mutations in all, at least %d wanted", mutations.count, LEAST_OF_ALL));
    printf("left out, because nothing certain can be said of them: %zu\n", without);
}

static void check_formatted(struct outcome *outcome, const struct settings *settings)
{
    LIST_EACH(output, &outputs)
    {
        char *text = file_bytes(name("%s/%s", settings->formatted, output->path), NULL);
        struct tokens tokens = tokens_of(text ? text : "");

        one(outcome, tokens_equal(&tokens, &output->tokens),
            name("%s: clang-format has changed tokens", output->path));
    }
}

static void read_options(struct settings *settings, int argc, char **argv)
{
    for ( int i = 4; i < argc; i++ )
    {
        const char *value = i + 1 < argc ? argv[i + 1] : "";

        i++;
        if ( !strcmp(argv[i - 1], "--formatted") )
            settings->formatted = value;
        else if ( !strcmp(argv[i - 1], "--twin") )
            settings->twin = value;
        else if ( !strcmp(argv[i - 1], "--kind") )
            settings->only_kind = value;
        else if ( !strcmp(argv[i - 1], "--place") )
            settings->only_place = value;
        else if ( !strcmp(argv[--i], "--all") )
            settings->all = true;
        else
            fatal("no option %s", argv[i]);
    }
}

int main(int argc, char **argv)
{
    struct settings settings = { 0 };
    struct outcome outcome;
    struct workplace place;
    bool is_full;

    arena = arena_new();
    if ( argc < 4 )
        fatal("wants COMPILER DESCRIPTIONS FOLDER");
    compiler = argv[1];
    folder = argv[2];
    settings.root = argv[3];
    read_options(&settings, argc, argv);
    describe_all();
    make_all();
    choose(&settings);
    place = workplace_new(name("%s/base", settings.root));
    run_base(&place);
    outcome = work_all(settings.root);
    is_full = !settings.only_kind && !settings.only_place;
    if ( is_full )
        report_kinds(&outcome);
    if ( settings.formatted )
        check_formatted(&outcome, &settings);
    if ( settings.twin )
        work_twins(settings.root, settings.twin, is_full, &outcome);
    printf("mutate: %zu passed, %zu failed, 0 skipped\n", outcome.passed, outcome.failed);
    return outcome.failed != 0;
}
