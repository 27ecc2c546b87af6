/* SPDX-License-Identifier: MIT */
/*
 * Runs of the explorer: threads on stacks of their own, one after the other, and
 * the next run from the choices of the last. Needs engine.h.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"

enum { END_DONE = 1, END_FOUND, END_GIVEN_UP };

void engine_abort(const char *why)
{
    fprintf(stderr, "explore: %s: %s\n", engine.scenario ? engine.scenario->name : "?", why);
    abort();
}

void explore_note(const char *format, ...)
{
    va_list list;

    if ( !engine.is_tracing )
        return;
    if ( engine.running )
        printf("    thread %u  ", (unsigned int)(engine.running - engine.thread));
    else
        printf("              ");
    va_start(list, format);
    vprintf(format, list);
    va_end(list);
    printf("\n");
}

void explore_require(bool fine, const char *format, ...)
{
    va_list list;

    if ( fine )
        return;
    va_start(list, format);
    vsnprintf(engine.finding, sizeof(engine.finding), format, list);
    va_end(list);
    if ( engine.is_tracing )
        explore_note("WRONG: %s", engine.finding);
    longjmp(engine.end, END_FOUND);
}

void explore_give_up(void)
{
    longjmp(engine.end, END_GIVEN_UP);
}

bool engine_is_last_reader(const struct thread *t)
{
    unsigned int i;

    if ( !engine.scenario->last_only_reads || !t->is_there )
        return false;
    for ( i = (unsigned int)(t - engine.thread) + 1; i < EXPLORE_THREADS; i++ )
        if ( engine.thread[i].is_there )
            return false;
    return true;
}

static bool can_run(const struct thread *t)
{
    unsigned int i;

    if ( !t->is_there || t->is_done || (t->waits_for && t->waits_for->holder) )
        return false;
    if ( engine_is_last_reader(t) )
        for ( i = 0; i < EXPLORE_THREADS; i++ )
            if ( engine.thread[i].is_there && !engine.thread[i].is_done && &engine.thread[i] != t )
                return false;
    return true;
}

/* Who goes on: whoever runs comes first, if he can. NULL: nobody can. */
static struct thread *next_thread(void)
{
    struct thread *able[EXPLORE_THREADS];
    unsigned int i, nr = 0;

    if ( engine.running && can_run(engine.running) )
        able[nr++] = engine.running;
    for ( i = 0; i < EXPLORE_THREADS; i++ )
        if ( &engine.thread[i] != engine.running && can_run(&engine.thread[i]) )
            able[nr++] = &engine.thread[i];
    return nr ? able[explore_choose(nr)] : NULL;
}

static void switch_to(struct thread *t)
{
    engine.running = t;
    if ( t->has_begun )
        longjmp(t->place, 1);
    t->has_begun = true;
    setcontext(&t->start);
    engine_abort("a thread does not begin");
}

void engine_step(void)
{
    struct thread *before = engine.running, *next = next_thread();

    explore_require(next != NULL, "everybody waits");
    if ( next != before && !setjmp(before->place) )
        switch_to(next);
}

static struct word_use *use_of(const void *at)
{
    unsigned int i;

    for ( i = 0; i < engine.nr_uses; i++ )
        if ( engine.use[i].at == at )
            return &engine.use[i];
    if ( engine.nr_uses == MOST_LOCATIONS )
        engine_abort("too many words");
    engine.use[engine.nr_uses].at = at;
    return &engine.use[engine.nr_uses++];
}

void engine_step_at(const void *at, bool is_store)
{
    struct word_use *use = use_of(at);
    unsigned char me = (unsigned char)(1u << (engine.running - engine.thread));
    unsigned char *mine = is_store ? &use->writers : &use->readers;

    engine.is_new_use |= !(*mine & me);
    *mine |= me;
    if ( (use->writers | (is_store ? use->readers : 0)) & ~me )
        engine_step();
}

static void thread_run(int number)
{
    struct thread *next;

    engine.scenario->thread[number]();
    engine.thread[number].is_done = true;
    next = next_thread();
    if ( next )
        switch_to(next);
    for ( number = 0; number < EXPLORE_THREADS; number++ )
        explore_require(!engine.thread[number].is_there || engine.thread[number].is_done,
                        "everybody waits");
    longjmp(engine.end, END_DONE);
}

static void thread_prepare(unsigned int number)
{
    struct thread *t = &engine.thread[number];
    char *stack = t->stack ? t->stack : malloc(STACK_SIZE);

    memset(t, 0, sizeof(*t));
    t->stack = stack;
    t->is_there = engine.scenario->thread[number] != NULL;
    if ( !t->is_there )
        return;
    if ( !stack || getcontext(&t->start) )
        engine_abort("no stack");
    t->start.uc_stack.ss_sp = stack;
    t->start.uc_stack.ss_size = STACK_SIZE;
    t->start.uc_link = NULL;
    makecontext(&t->start, (void (*)(void))thread_run, 1, (int)number);
}

static int run_once(void)
{
    unsigned int i;
    int how;

    engine.running = NULL;
    engine.choices.place = 0;
    engine.nr_locations = engine.nr_locks = engine.nr_milestones = 0;
    memset(&engine.fences, 0, sizeof(engine.fences));
    engine.scenario->prepare();
    for ( i = 0; i < EXPLORE_THREADS; i++ )
        thread_prepare(i);
    how = setjmp(engine.end);
    if ( !how )
    {
        struct thread *first = next_thread();

        if ( !first )
            engine_abort("no threads");
        switch_to(first);
    }
    engine.running = NULL;
    if ( how != END_DONE || !engine.scenario->conclude )
        return how;
    how = setjmp(engine.end);
    if ( !how )
        engine.scenario->conclude();
    return how ? how : END_DONE;
}

/* The next run differs in the last choice that has a possibility left. */
static bool choices_advance(void)
{
    struct choices *c = &engine.choices;

    c->nr = c->place;
    while ( c->nr && c->taken[c->nr - 1] + 1 >= c->of[c->nr - 1] )
        c->nr--;
    if ( !c->nr )
        return false;
    c->taken[c->nr - 1]++;
    return true;
}

struct explore_result explore_run(const struct explore_scenario *scenario, unsigned long most,
                                  bool print)
{
    struct explore_result result = { 0, 0, false, false };
    int how;

    engine.scenario = scenario;
    engine.choices.nr = 0;
    engine.nr_uses = 0;
    memset(engine.use, 0, sizeof(engine.use));
    while ( result.runs < most )
    {
        result.runs++;
        how = run_once();
        result.given_up += how == END_GIVEN_UP;
        if ( how == END_FOUND )
        {
            result.found = true;
            if ( print )
            {
                printf("  %s: %s\n", scenario->name, scenario->says);
                engine.is_tracing = true;
                (void)run_once();
                engine.is_tracing = false;
            }
            return result;
        }
        if ( engine.is_new_use )
        {
            engine.is_new_use = false;
            engine.choices.nr = 0;
            continue;
        }
        if ( !choices_advance() )
        {
            result.is_complete = true;
            return result;
        }
    }
    return result;
}
