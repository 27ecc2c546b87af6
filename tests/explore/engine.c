/* SPDX-License-Identifier: MIT */
/*
 * The explorer: memory as lists of what was stored, threads that take turns, and the
 * choices of a run. Needs explore.h, which says what the model is. Gives all of it
 * but the loop over runs (run.c).
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"

struct explore_site *explore_sites;
struct explore_pass explore_passes[EXPLORE_PASSES];
unsigned int explore_nr_passes;
struct engine engine;

/* ---- choices ------------------------------------------------------------------- */

unsigned int explore_choose(unsigned int n)
{
    struct choices *c = &engine.choices;

    if ( n <= 1 )
        return 0;
    if ( c->place == MOST_CHOICES )
        engine_abort("a run makes too many choices");
    if ( c->place == c->nr )
    {
        c->of[c->nr] = (unsigned char)n;
        c->taken[c->nr++] = 0;
    }
    if ( c->of[c->place] != n )
        engine_abort("a run does not repeat itself");
    return c->taken[c->place++];
}

/* ---- views --------------------------------------------------------------------- */

static void view_join(view_t *to, const view_t *from)
{
    unsigned int i;

    for ( i = 0; i < engine.nr_locations; i++ )
        if ( to->at[i] < from->at[i] )
            to->at[i] = from->at[i];
}

static struct location *location_find(const void *at, size_t size)
{
    struct location *l;
    unsigned int i;

    for ( i = 0; i < engine.nr_locations; i++ )
    {
        l = &engine.location[i];
        if ( l->at == at && l->size == size )
            return l;
        if ( (const char *)at < (const char *)l->at + l->size &&
             (const char *)l->at < (const char *)at + size )
            engine_abort("one word is reached in two sizes");
    }
    if ( engine.nr_locations == MOST_LOCATIONS )
        engine_abort("too many words");
    l = &engine.location[engine.nr_locations++];
    *l = (struct location){ .at = (void *)(uintptr_t)at, .size = size, .nr = 1 };
    memset(&l->message[0], 0, sizeof(l->message[0]));
    memcpy(&l->message[0].value, at, size);             /* little-endian */
    return l;
}

static unsigned int index_of(const struct location *l)
{
    return (unsigned int)(l - engine.location);
}

static void location_append(struct location *l, uint64_t value, const view_t *carried)
{
    struct message *m;

    if ( l->nr == MOST_MESSAGES )
        engine_abort("too many stores to one word");
    m = &l->message[l->nr];
    m->value = value;
    /* For plain looks under a lock, where the newest is what there is. */
    memcpy(l->at, &value, l->size);
    m->view = *carried;
    m->view.at[index_of(l)] = (unsigned char)l->nr;
    engine.running->knows.at[index_of(l)] = (unsigned char)l->nr++;
}

/* ---- steps --------------------------------------------------------------------- */

static enum explore_order order_of(struct explore_site *site, enum explore_order order)
{
    if ( !site->is_listed )
    {
        site->is_listed = true;
        site->next = explore_sites;
        explore_sites = site;
    }
    return site->is_weakened ? EXPLORE_RELAXED : order;
}

static void note_step(const char *what, const struct location *l, uint64_t value,
                      unsigned int message, const struct explore_site *site)
{
    if ( !engine.is_tracing )
        return;
    explore_note("%-9s word %-2u = %#lx (value %u of %u)  %s, %s:%u%s", what, index_of(l),
                 (unsigned long)value, message, l->nr - 1, site->function, site->file, site->line,
                 site->is_weakened ? " WEAKENED" : "");
}

/* ---- what the model leaves out --------------------------------------------------- */

/* In some run so far another thread stores to it, or loads it. */
static bool others_use(const struct location *l, bool is_store)
{
    unsigned char me = (unsigned char)(1u << (engine.running - engine.thread));
    unsigned int i;

    for ( i = 0; i < engine.nr_uses; i++ )
        if ( engine.use[i].at == l->at )
            return (engine.use[i].writers | (is_store ? 0 : engine.use[i].readers)) & ~me;
    return false;
}

static void load_opens(struct thread *t, const struct location *l, struct explore_site *site)
{
    unsigned int i;

    for ( i = 0; i < t->nr_open && t->open[i].site != site; i++ )
        ;
    if ( i == MOST_OPEN )
        engine_abort("too many loads that stores may pass");
    t->open[i] = (struct open_load){ l, site };
    t->nr_open += i == t->nr_open;
}

static void store_passes(const struct thread *t, const struct location *l, struct explore_site *site)
{
    unsigned int i, j;

    for ( i = 0; i < t->nr_open; i++ )
    {
        struct explore_pass pass = { t->open[i].site, site };

        for ( j = 0; j < explore_nr_passes; j++ )
            if ( explore_passes[j].load == pass.load && explore_passes[j].store == site )
                break;
        if ( j == EXPLORE_PASSES )
            engine_abort("too many stores that pass loads");
        if ( t->open[i].of != l && j == explore_nr_passes )
            explore_passes[explore_nr_passes++] = pass;
    }
}

/* ---- more steps -------------------------------------------------------------------- */

static void fence_full(struct thread *t)
{
    view_join(&t->knows, &t->pending);
    t->nr_open = 0;
    view_join(&t->knows, &engine.fences);
    engine.fences = t->knows;
    t->fenced = t->knows;
}

uint64_t explore_load(const void *at, size_t size, enum explore_order order,
                      struct explore_site *site)
{
    struct thread *t = engine.running;
    struct location *l;
    unsigned int oldest, chosen;
    uint64_t value = 0;

    order = order_of(site, order);
    if ( !t )
    {
        memcpy(&value, at, size);
        return value;
    }
    engine_step_at(at, false);
    l = location_find(at, size);
    oldest = t->knows.at[index_of(l)];
    /* The newest first: runs that are nearest to plain order come first. */
    chosen = l->nr - 1 - explore_choose(l->nr - oldest);
    t->knows.at[index_of(l)] = (unsigned char)chosen;
    view_join(order == EXPLORE_ACQUIRE ? &t->knows : &t->pending, &l->message[chosen].view);
    if ( site->order == EXPLORE_RELAXED && others_use(l, true) )
        load_opens(t, l, site);
    note_step(order == EXPLORE_ACQUIRE ? "load.acq" : "load", l, l->message[chosen].value, chosen,
              site);
    return l->message[chosen].value;
}

static uint64_t cut(uint64_t value, size_t size)
{
    return size == 8 ? value : value & ((1ull << (8 * size)) - 1);
}

void explore_store(void *at, size_t size, uint64_t value, enum explore_order order,
                   struct explore_site *site)
{
    struct thread *t = engine.running;
    struct location *l;

    order = order_of(site, order);
    if ( !t )
    {
        memcpy(at, &value, size);
        return;
    }
    if ( engine_is_last_reader(t) )
        engine_abort("a thread that only reads has stored something");
    engine_step_at(at, true);
    l = location_find(at, size);
    if ( site->order == EXPLORE_RELAXED && others_use(l, false) )
        store_passes(t, l, site);
    location_append(l, cut(value, size), order == EXPLORE_RELEASE ? &t->knows : &t->fenced);
    note_step(order == EXPLORE_RELEASE ? "store.rel" : "store", l, cut(value, size), l->nr - 1, site);
}

/* Reads the newest value, and with change set stores after it at once. */
static uint64_t exchange(void *at, size_t size, bool conditional, uint64_t old, uint64_t value,
                         struct explore_site *site)
{
    struct thread *t = engine.running;
    bool full = order_of(site, EXPLORE_FULL) == EXPLORE_FULL;
    struct location *l;
    struct message *m;
    view_t carried;
    uint64_t was;

    engine_step_at(at, true);
    l = location_find(at, size);
    if ( full )
        fence_full(t);
    m = &l->message[l->nr - 1];
    was = m->value;
    t->knows.at[index_of(l)] = (unsigned char)(l->nr - 1);
    view_join(full ? &t->knows : &t->pending, &m->view);
    if ( !conditional || was == cut(old, size) )
    {
        carried = full ? t->knows : t->fenced;
        view_join(&carried, &m->view);
        location_append(l, cut(conditional ? value : was + value, size), &carried);
    }
    if ( full )
        fence_full(t);
    note_step("exchange", l, l->message[l->nr - 1].value, l->nr - 1, site);
    return was;
}

uint64_t explore_exchange(void *at, size_t size, uint64_t old, uint64_t new,
                          struct explore_site *site)
{
    uint64_t was = 0;

    if ( engine.running )
        return exchange(at, size, true, old, new, site);
    memcpy(&was, at, size);
    if ( was == cut(old, size) )
        memcpy(at, &new, size);
    return was;
}

uint64_t explore_add(void *at, size_t size, uint64_t value, struct explore_site *site)
{
    uint64_t was = 0, sum;

    if ( engine.running )
        return exchange(at, size, false, 0, value, site);
    memcpy(&was, at, size);
    sum = was + value;
    memcpy(at, &sum, size);
    return was;
}

void explore_fence(struct explore_site *site)
{
    bool full = order_of(site, EXPLORE_FULL) == EXPLORE_FULL;

    if ( !engine.running )
        return;
    engine_step();
    if ( full )
        fence_full(engine.running);
    if ( engine.is_tracing )
        explore_note("fence     %s, %s:%u%s", site->function, site->file, site->line,
                     full ? "" : " WEAKENED");
}

/* ---- locks ---------------------------------------------------------------------- */

static struct lock *lock_find(void *at)
{
    unsigned int i;

    for ( i = 0; i < engine.nr_locks; i++ )
        if ( engine.lock[i].at == at )
            return &engine.lock[i];
    if ( engine.nr_locks == MOST_LOCKS )
        engine_abort("too many locks");
    engine.lock[engine.nr_locks] = (struct lock){ .at = at };
    return &engine.lock[engine.nr_locks++];
}

void explore_lock(void *at, struct explore_site *site)
{
    struct thread *t = engine.running;
    struct lock *l;

    (void)site;
    if ( !t )
        return;
    l = lock_find(at);
    t->waits_for = l;
    engine_step();
    t->waits_for = NULL;
    l->holder = t;
    view_join(&t->knows, &l->view);
}

void explore_unlock(void *at, struct explore_site *site)
{
    struct thread *t = engine.running;
    struct lock *l;

    (void)site;
    if ( !t )
        return;
    l = lock_find(at);
    explore_require(l->holder == t, "a lock is given back by somebody else");
    l->holder = NULL;
    l->view = t->knows;
    engine_step();
}

/* ---- what threads know of each other ---------------------------------------------- */

void explore_everybody_knows(void)
{
    unsigned int i;

    if ( !engine.running )
        return;
    engine_step();
    for ( i = 0; i < EXPLORE_THREADS; i++ )
        if ( !engine_is_last_reader(&engine.thread[i]) )
            view_join(&engine.running->knows, &engine.thread[i].knows);
    for ( i = 0; i < EXPLORE_THREADS; i++ )
        if ( !engine_is_last_reader(&engine.thread[i]) )
            engine.thread[i].knows = engine.running->knows;
}

void explore_milestone(void)
{
    if ( !engine.running )
        return;
    if ( engine.nr_milestones == MOST_MILESTONES )
        engine_abort("too many milestones");
    if ( engine.is_tracing )
        explore_note("-- milestone %u", engine.nr_milestones + 1);
    engine.milestone[engine.nr_milestones++] = engine.running->knows;
}

unsigned int explore_meet(void)
{
    unsigned int number = explore_choose(engine.nr_milestones + 1);

    if ( number )
        view_join(&engine.running->knows, &engine.milestone[number - 1]);
    if ( engine.is_tracing )
        explore_note("-- knows of milestone %u", number);
    return number;
}

unsigned int explore_milestones(void)
{
    return engine.nr_milestones;
}
