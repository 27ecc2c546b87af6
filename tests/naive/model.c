/* SPDX-License-Identifier: MIT */
/*
 * The model's frames and places, and what all its operations use.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "naive.h"

struct world world;

void differ(const char *format, ...)
{
    va_list arguments;

    if ( world.failed )
        return;
    world.failed = true;
    va_start(arguments, format);
    vsnprintf(world.why, sizeof(world.why), format, arguments);
    va_end(arguments);
}

/* ---- verdicts ------------------------------------------------------------------ */

void verdict_bad(struct verdict *v, bool is_so, int status)
{
    if ( is_so && v->nr < sizeof(v->bad) / sizeof(v->bad[0]) )
        v->bad[v->nr++] = status;
}

void verdict_may(struct verdict *v, bool is_so, int status)
{
    if ( is_so && v->nr_may < sizeof(v->may) / sizeof(v->may[0]) )
        v->may[v->nr_may++] = status;
}

static void verdict_differs(const struct verdict *v, long got)
{
    char list[120] = "";
    unsigned int i, at = 0;

    for ( i = 0; i < v->nr && at + 12 < sizeof(list); i++ )
        at += snprintf(list + at, sizeof(list) - at, " %d", v->bad[i]);
    differ("returned %ld, the model says%s", got, v->nr ? list : " 0");
}

bool verdict_done(struct verdict *v, long got)
{
    unsigned int i;

    if ( v->lack && got == v->lack )
    {
        world.lacked++;
        return false;
    }
    if ( (world.names_dead || world.may_refuse) && got < 0 )
    {
        world.refused++;
        return false;
    }
    if ( !v->nr && got == 0 )
    {
        world.done++;
        return true;
    }
    for ( i = 0; i < v->nr; i++ )
        if ( got == v->bad[i] )
        {
            world.refused++;
            return false;
        }
    for ( i = 0; i < v->nr_may; i++ )
        if ( got == v->may[i] )
        {
            world.refused++;
            return false;
        }
    verdict_differs(v, got);
    return false;
}

/* ---- domains ------------------------------------------------------------------- */

/* Where DOMID_SELF is not understood. */
int model_named(const struct operation *op)
{
    return op->other < DOMAINS && op->other + 1u != world.dead ? op->other : -1;
}

int model_other(const struct operation *op)
{
    if ( op->other == OTHER_SELF )
        return op->caller;
    return model_named(op);
}

/* Hooks of the kind TARGET: about oneself, or the caller is privileged. */
bool model_may(unsigned int caller, int target)
{
    return target == (int)caller || world.party[caller].privileged;
}

/* ---- frames -------------------------------------------------------------------- */

void model_touch(unsigned int domain, unsigned int gfn)
{
    if ( gfn < PAGES && world.touched < TOUCHED )
    {
        world.touch[world.touched].domain = domain;
        world.touch[world.touched++].gfn = gfn;
    }
}

int model_frame_new(unsigned int domain, int gfn)
{
    static unsigned int last;
    unsigned int tries;
    int i = last % FRAMES;

    for ( tries = 0; tries < FRAMES && world.frame[i].used; tries++ )
        i = (i + 1) % FRAMES;
    last = i + 1;
    if ( tries == FRAMES )
    {
        differ("the model has no frame left");
        return 0;
    }
    world.frame[i] = (struct frame){ .used = true, .kept = true, .owner = domain, .gfn = gfn };
    world.party[domain].pages++;
    return i;
}

/* Whoever let go of it: gone, if nobody has it any more. */
void model_frame_put(int frame)
{
    struct frame *f = &world.frame[frame];

    if ( f->kept || f->maps || f->loan_maps || f->foreign || f->own )
        return;
    if ( !f->special )
        world.party[f->owner].pages--;
    f->used = false;
    if ( f->mfn )
        world.at_mfn[real_index(f->mfn)] = 0;
}

bool model_alone(int frame)
{
    const struct frame *f = &world.frame[frame];

    return !f->maps && !f->loan_maps && !f->foreign && !f->own;
}

struct place *model_place(unsigned int domain, unsigned int gfn)
{
    return gfn < PAGES ? &world.party[domain].place[gfn] : NULL;
}

/* The n-th frame of a domain that has no place. */
static int frame_nowhere(unsigned int domain, unsigned int n)
{
    int i;

    for ( i = 0; i < FRAMES; i++ )
    {
        const struct frame *f = &world.frame[i];

        if ( f->used && f->kept && !f->special && f->owner == (int)domain &&
             f->gfn == NOWHERE && n-- == 0 )
            return i;
    }
    return NO_FRAME;
}

/*
 * Which frame a number in a call means, and where it is: of a translated domain
 * what is at that place; PV domains name the frame itself, wherever it is.
 */
int model_frame_of(unsigned int domain, unsigned int gfn, struct place **place)
{
    *place = NULL;
    if ( gfn < PAGES )
    {
        *place = &world.party[domain].place[gfn];
        return (*place)->kind == EMPTY ? NO_FRAME : (*place)->frame;
    }
    if ( gfn < GFN_BEYOND && world.party[domain].pv )
        return frame_nowhere(domain, gfn - GFN_NOWHERE);
    return NO_FRAME;
}

void model_occupy(unsigned int domain, unsigned int gfn, int frame)
{
    world.party[domain].place[gfn] = (struct place){
        .kind = RAM, .rights = RIGHT_READ | RIGHT_WRITE, .most = RIGHT_READ | RIGHT_WRITE,
        .frame = frame,
    };
    world.frame[frame].gfn = gfn;
    model_touch(domain, gfn);
}

bool model_is_paged(const struct place *place)
{
    return place && (place->kind == LEAVING || place->paged);
}

int model_frame_given_back(unsigned int domain, unsigned int n)
{
    int i;

    for ( i = 0; i < FRAMES; i++ )
        if ( world.frame[i].used && !world.frame[i].kept && world.frame[i].owner == (int)domain &&
             n-- == 0 )
            return i;
    return NO_FRAME;
}

/* The place is empty; what was there is nowhere, and still the domain's. */
void model_vacate(unsigned int domain, unsigned int gfn)
{
    struct place *place = &world.party[domain].place[gfn];
    struct place was = *place;

    if ( was.kind == RAM || was.kind == LEAVING )
        world.frame[was.frame].gfn = NOWHERE;
    *place = (struct place){ .frame = NO_FRAME };
    model_touch(domain, gfn);
    if ( was.kind == LOAN && world.frame[was.frame].owner >= DOMAINS )
        world.frame[was.frame].loan_maps = 0;       /* its lender is dead: let go */
    else if ( was.kind == FOREIGN && was.frame < FRAMES )
        world.frame[was.frame].foreign--;
    else
        return;
    model_frame_put(was.frame);
}

/* What was there goes back to the machine, when nobody maps it any more. */
void model_discard(unsigned int domain, unsigned int gfn)
{
    struct place *place = &world.party[domain].place[gfn];
    int frame = place->frame;
    bool own = place->kind == RAM || place->kind == LEAVING;

    model_vacate(domain, gfn);
    if ( own )
    {
        world.frame[frame].kept = false;
        model_frame_put(frame);
    }
}

/* ---- learning -------------------------------------------------------------------- */

int model_frame_by_mfn(uint64_t mfn)
{
    unsigned int index = real_index(mfn);

    return index < FRAMES_OF_ALL ? world.at_mfn[index] - 1 : NO_FRAME;
}

void model_learn(int frame, uint64_t mfn)
{
    struct frame *f = &world.frame[frame];
    int other;

    if ( f->mfn )
    {
        if ( f->mfn != mfn )
            differ("frame %#lx is %#lx now", (unsigned long)f->mfn, (unsigned long)mfn);
        return;
    }
    other = model_frame_by_mfn(mfn);
    if ( other >= 0 )
        differ("frame %#lx is new, and in use already", (unsigned long)mfn);
    f->mfn = mfn;
    if ( real_index(mfn) == FRAMES_OF_ALL )
        differ("%#lx is no frame of the machine's", (unsigned long)mfn);
    else
        world.at_mfn[real_index(mfn)] = frame + 1;
}

/* ---- the beginning ------------------------------------------------------------- */

void model_begin(unsigned int d)
{
    unsigned int pages = world.party[d].pages, i;

    world.party[d].pages = 0;
    for ( i = 0; i < PAGES; i++ )
    {
        world.party[d].place[i] = (struct place){ .frame = NO_FRAME };
        if ( i < pages )
            model_occupy(d, i, model_frame_new(d, i));
    }
}

void model_start(void)
{
    unsigned int d;

    for ( d = 0; d < DOMAINS; d++ )
        model_begin(d);
    world.last_id = 1000;
    world.touched = 0;
}

/* What was claimed for anybody becomes less, maybe, even if this is undone. */
static void claims_change(const struct operation *op)
{
    unsigned int d;

    if ( op->kind != OP_POPULATE && op->kind != OP_INCREASE && op->kind != OP_MEM_EXCHANGE &&
         op->kind != OP_EXCHANGE && op->kind != OP_FLIP && op->kind != OP_PREP )
        return;
    for ( d = 0; d < DOMAINS; d++ )
        if ( world.party[d].claim )
            world.party[d].claim = ~0u;
}

/* What somebody who is dead is told is nobody's business. */
static bool only_asks(const struct operation *op)
{
    return op->kind == OP_INFO || op->kind == OP_TRANSLATE || op->kind == OP_REVERSE;
}

void model_perform(const struct operation *op, const struct outcome *got)
{
    static void (*const model[OPERATIONS])(const struct operation *,
                                           const struct outcome *) = {
#define O(name, weight, elements, text) model_##name,
#include "operations.def"
#undef O
    };

    uint64_t done = world.done;

    if ( world.dead == op->caller + 1u && only_asks(op) )
        return;

    world.names_dead = model_names_dead(op);
    world.may_refuse = world.dead == op->caller + 1u || world.dying == op->caller + 1u;
    model[op->kind](op, got);
    world.names_dead = world.may_refuse = false;
    claims_change(op);
    if ( world.done == done && (op->kind <= OP_REVOKE ? got->result == 0 : false) )
        world.done++;
    (world.done != done ? world.did : world.did_not)[op->kind]++;
}
