/* SPDX-License-Identifier: MIT */
/*
 * Do the headers come from the descriptions?
 *
 *   mutate COMPILER DESCRIPTIONS FOLDER [--all] [--twin NAME] [--kind NAME]
 *
 * Changes one thing at a time in a copy of the descriptions, in FOLDER, runs the
 * compiler, and compares every file that it makes with what was predicted from
 * the text of the descriptions alone: the tokens that become others, in which
 * structure or define, and no token else; or that it is refused, and why.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

static const struct { const char *name, *text; size_t least; } kinds[] = {
#define KIND(name, text, least) { #name, text, least },
    KINDS
#undef KIND
};

#define MOST 24
static size_t found[NR_KINDS], tried[NR_KINDS];
static bool all;
static const char *only_kind, *only_place;

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

static void choose(void)
{
    size_t seen[NR_KINDS] = { 0 }, count = 0;

    for ( size_t i = 0; i < mutations.count; i++ )
        found[mutations.at[i]->kind]++;
    for ( size_t i = 0; i < mutations.count; i++ )
    {
        struct mutation *mutation = mutations.at[i];
        size_t n = found[mutation->kind], at = seen[mutation->kind]++;
        size_t most = kinds[mutation->kind].least > MOST ? kinds[mutation->kind].least : MOST;

        if ( only_kind && strcmp(kinds[mutation->kind].name, only_kind) )
            continue;
        if ( only_place && strcmp(mutation->place, only_place) )
            continue;
        /* As many as wanted, at equal distances. */
        if ( !all && n > most && at * most / n == (at + 1) * most / n )
            continue;
        tried[mutation->kind]++;
        mutations.at[count++] = mutation;
    }
    mutations.count = count;
    put_refusals_first();
}

/* ---- workers --------------------------------------------------------------------------- */

struct outcome { size_t passed, failed; };

static struct outcome work(const char *root, size_t part, size_t parts)
{
    struct workplace place = workplace_new(root);
    struct outcome outcome = { 0 };
    struct arena *forever = arena;

    for ( size_t i = part; i < mutations.count; i += parts )
    {
        struct mutation *mutation = mutations.at[i];
        const char *why;

        arena = arena_new();
        if ( !(i / parts) )
            run_gen(&place);
        workplace_mutate(&place, mutation);
        why = check(mutation, &place);
        workplace_restore(&place, mutation);
        if ( why )
            printf("FAIL %s: %s: %s: %s\n", mutation->place, kinds[mutation->kind].name,
                   mutation->what, why);
        if ( mutation->refusals.count && why )
            run_gen(&place);
        outcome.passed += !why;
        outcome.failed += why != NULL;
        arena_free(arena);
        arena = forever;
    }
    return outcome;
}

static struct outcome run_all(const char *root, size_t parts)
{
    struct outcome sum = { 0 };
    int ends[2];

    if ( pipe(ends) )
        fatal("no pipe");
    fflush(stdout);
    for ( size_t i = 0; i < parts; i++ )
        if ( !fork() )
        {
            struct outcome outcome = work(name("%s/%zu", root, i), i, parts);

            fflush(stdout);
            _exit(write(ends[1], &outcome, sizeof(outcome)) != sizeof(outcome));
        }
    close(ends[1]);
    for ( size_t i = 0; i < parts; i++ )
    {
        struct outcome outcome;
        int status;

        if ( wait(&status) < 0 || status ||
             read(ends[0], &outcome, sizeof(outcome)) != sizeof(outcome) )
            fatal("a worker has ended early");
        sum.passed += outcome.passed;
        sum.failed += outcome.failed;
    }
    return sum;
}

int main(int argc, char **argv)
{
    const char *root;
    struct workplace place;
    struct outcome outcome;

    arena = arena_new();
    if ( argc < 4 )
        fatal("wants COMPILER DESCRIPTIONS FOLDER");
    compiler = argv[1];
    folder = argv[2];
    root = argv[3];
    for ( int i = 4; i < argc; i++ )
        if ( !strcmp(argv[i], "--all") )
            all = true;
        else if ( !strcmp(argv[i], "--kind") && i + 1 < argc )
            only_kind = argv[++i];
        else if ( !strcmp(argv[i], "--place") && i + 1 < argc )
            only_place = argv[++i];
    describe_all();
    make_names();
    make_values();
    make_numbers();
    make_types();
    make_versions();
    make_texts();
    make_directions();
    make_refused();
    choose();
    place = workplace_new(name("%s/base", root));
    run_base(&place);
    outcome = run_all(root, 2);
    printf("mutations: %zu (by kind:", mutations.count);
    for ( size_t i = 0; i < NR_KINDS; i++ )
        printf("%s %s %zu of %zu", i ? "," : "", kinds[i].name, tried[i], found[i]);
    printf(")\nmutate: %zu passed, %zu failed, 0 skipped\n", outcome.passed, outcome.failed);
    return outcome.failed != 0;
}
