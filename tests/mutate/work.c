/* SPDX-License-Identifier: MIT */
/* Mutations, divided among processes; and compilers that must not pass. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "work.h"

/* The one that is at work, or NULL: the compiler itself. */
static const char *twin;

static void say(const struct mutation *mutation, const char *why)
{
    if ( twin )
        printf("FAIL %s: %s: %s: passes with a compiler that is %s\n", mutation->place,
               kind_texts[mutation->kind].name, mutation->what, twin);
    else
        printf("FAIL %s: %s: %s: %s\n", mutation->place, kind_texts[mutation->kind].name,
               mutation->what, why);
}

static bool passes(struct mutation *mutation, struct workplace *place)
{
    const char *why;
    bool good;

    workplace_mutate(place, mutation);
    why = check(mutation, place);
    workplace_restore(place, mutation);
    good = !why == !twin;
    if ( !good )
        say(mutation, why);
    return good;
}

static struct outcome work(const char *root, size_t part, size_t parts)
{
    struct workplace place = workplace_new(root);
    struct outcome outcome = { 0 };
    struct arena *forever = arena;

    workplace_fill(&place);
    for ( size_t i = part; i < mutations.count; i += parts )
    {
        bool good;

        arena = arena_new();
        good = passes(mutations.at[i], &place);
        /* What is refused is compared with what was there before. */
        if ( mutations.at[i]->refusals.count && (!good || twin) )
            workplace_fill(&place);
        outcome.passed += good;
        outcome.failed += !good;
        arena_free(arena);
        arena = forever;
    }
    return outcome;
}

static struct outcome gather(int from, size_t parts)
{
    struct outcome sum = { 0 };

    for ( size_t i = 0; i < parts; i++ )
    {
        struct outcome outcome;
        int status;

        if ( wait(&status) < 0 || status ||
             read(from, &outcome, sizeof(outcome)) != sizeof(outcome) )
            fatal("a process has ended early");
        sum.passed += outcome.passed;
        sum.failed += outcome.failed;
    }
    return sum;
}

struct outcome work_all(const char *root)
{
    long parts = sysconf(_SC_NPROCESSORS_ONLN);
    struct outcome sum;
    int ends[2];

    if ( pipe(ends) )
        fatal("no pipe");
    fflush(stdout);
    for ( long i = 0; i < parts; i++ )
        if ( !fork() )
        {
            struct outcome outcome = work(name("%s/%ld", root, i), (size_t)i, (size_t)parts);

            fflush(stdout);
            _exit(write(ends[1], &outcome, sizeof(outcome)) != sizeof(outcome));
        }
    close(ends[1]);
    sum = gather(ends[0], (size_t)parts);
    close(ends[0]);
    return sum;
}

/* ---- twins -------------------------------------------------------------- */

static const struct twin {
    const char *name;
    size_t of_each_kind;
    enum { ANY, TOKENS, SIZES } needs;  /* what a mutation has to be about */
} twins[] = {
    { "deaf", 2, ANY },         /* it reads the descriptions as they were */
    { "careless", 1, ANY },     /* it changes one more token, in another file */
    { "half-hearted", 1, TOKENS },  /* it leaves one architecture as it was */
    { "stubborn", 1, ANY },     /* it refuses everything */
    { "crooked", 3, SIZES },    /* sizes and offsets that change are wrong on x86 */
    { "crooked elsewhere", 3, SIZES },  /* and on ia64 */
};

static bool suits(const struct mutation *mutation, const struct twin *wanted)
{
    const struct edit *edit = mutation->edits.at;

    switch ( wanted->needs )
    {
    case TOKENS:
        return mutation->rules.count && !mutation->refusals.count &&
               mutation->kind != KIND_register;
    case SIZES:
        return !mutation->refusals.count && edit->file->families == 2 &&
               (mutation->kind == KIND_field_width || mutation->kind == KIND_array_length);
    default:
        return true;
    }
}

static struct mutations choose(const struct mutations *all, const struct twin *wanted)
{
    struct mutations some = { 0 };
    size_t seen[NR_KINDS] = { 0 };

    for ( size_t i = 0; i < all->count; i++ )
    {
        struct mutation *mutation = all->at[i];

        if ( suits(mutation, wanted) && seen[mutation->kind]++ < wanted->of_each_kind )
            *LIST_ADD(arena, &some) = mutation;
    }
    return some;
}

void work_twins(const char *root, const char *script, bool is_full, struct outcome *outcome)
{
    struct mutations all = mutations;

    setenv("MUTATE_COMPILER", compiler, 1);
    setenv("MUTATE_ORIGINAL", name("%s/base/idl", root), 1);
    setenv("MUTATE_OUTPUT", name("%s/base/out", root), 1);
    compiler = script;
    for ( size_t i = 0; i < sizeof(twins) / sizeof(twins[0]); i++ )
    {
        struct outcome some;

        twin = twins[i].name;
        setenv("MUTATE_TWIN", twin, 1);
        mkdir(name("%s/%s", root, twin), 0755);
        mutations = choose(&all, &twins[i]);
        some = work_all(name("%s/%s", root, twin));
        printf("with a compiler that is %s: %zu of %zu are found out\n", twin, some.passed,
               mutations.count);
        outcome->passed += some.passed;
        /* Of a sample of all kinds none may be left without a mutation to fail on. */
        outcome->failed += some.failed + (is_full && !mutations.count);
    }
    mutations = all;
}
