/* SPDX-License-Identifier: MIT */
/*
 * The model of domains that die. What others still have of one is a ghost's from
 * then on: a party that does nothing, until nobody has anything of it.
 */
#include <string.h>

#include "naive.h"

static struct party *party(unsigned int domain)
{
    return &world.party[domain];
}

/* ---- ghosts ------------------------------------------------------------------------ */

static bool is_had(unsigned int ghost)
{
    unsigned int d, i;

    for ( i = 0; i < FRAMES; i++ )
        if ( world.frame[i].used && world.frame[i].owner == (int)ghost )
            return true;
    for ( d = 0; d < DOMAINS; d++ )
    {
        for ( i = 0; i < MAPPINGS; i++ )
            if ( party(d)->mapping[i].used && party(d)->mapping[i].granter == ghost )
                return true;
        for ( i = 0; i < PAGES; i++ )
            if ( party(d)->place[i].kind == FOREIGN && party(d)->place[i].of == ghost )
                return true;
    }
    return false;
}

/* One that nobody has anything of; 0: none. */
static unsigned int ghost_free(void)
{
    unsigned int g;

    for ( g = DOMAINS; g < PARTIES; g++ )
        if ( !is_had(g) )
            return g;
    return 0;
}

/* ---- the end of what it has ------------------------------------------------------------ */

/* The page is the lender's alone again, at once; its number is good for one more okay. */
static void loan_ends(unsigned int taker, unsigned int gfn)
{
    int frame = party(taker)->place[gfn].frame;
    unsigned int d, i;

    for ( d = 0; d < DOMAINS; d++ )
        for ( i = 0; i < LOANS; i++ )
        {
            struct loan *loan = &party(d)->loan[i];

            if ( loan->used && !loan->orphan && loan->taker == taker && loan->gfn == (int)gfn )
                loan->orphan = true;
        }
    world.frame[frame].loan_maps = 0;
    if ( world.frame[frame].owner < DOMAINS && world.frame[frame].gfn != NOWHERE )
        model_touch(world.frame[frame].owner, world.frame[frame].gfn);
    model_frame_put(frame);
}

static void places_end(unsigned int d)
{
    unsigned int i;

    for ( i = 0; i < PAGES; i++ )
    {
        struct place *place = &party(d)->place[i];

        if ( place->kind == LOAN && world.frame[place->frame].owner < DOMAINS )
            loan_ends(d, i);
        if ( place->kind == FOREIGN || place->kind == LOAN )
            model_vacate(d, i);
        *place = (struct place){ .frame = NO_FRAME };
        if ( party(d)->pv )
            model_address_clear(d, i);
    }
}

static void frames_end(unsigned int d)
{
    unsigned int i;

    for ( i = 0; i < FRAMES; i++ )
    {
        struct frame *f = &world.frame[i];

        if ( !f->used || f->owner != (int)d )
            continue;
        f->gfn = NOWHERE;
        f->kept = false;
        model_frame_put(i);
    }
}

/* ---- what others have of it -------------------------------------------------------------- */

static void others_have(unsigned int d, unsigned int ghost)
{
    unsigned int o, i;

    for ( i = 0; i < FRAMES; i++ )
        if ( world.frame[i].used && world.frame[i].owner == (int)d )
            world.frame[i].owner = ghost;
    for ( o = 0; o < DOMAINS; o++ )
    {
        for ( i = 0; i < MAPPINGS; i++ )
            if ( party(o)->mapping[i].used && party(o)->mapping[i].granter == d )
                party(o)->mapping[i].granter = ghost;
        for ( i = 0; i < PAGES; i++ )
            if ( party(o)->place[i].kind == FOREIGN && party(o)->place[i].of == d )
                party(o)->place[i].of = ghost;
        for ( i = 0; i < WINDOWS; i++ )
            if ( party(o)->window[i].of == d )
                party(o)->window[i].of = ghost;     /* shows 0 from now on */
        for ( i = 0; i < EXPOSED; i++ )
            if ( party(o)->exposed[i].used && party(o)->exposed[i].of == d )
                party(o)->exposed[i] = (struct exposed){ true, ghost, true };
        for ( i = 0; i < REFS; i++ )
        {
            struct entry *e = &party(o)->entry[i];

            if ( e->domain == d )
                e->domain = DOMAINS;                /* that number is nobody's again */
            if ( e->trans == d && !e->trans_dead )
            {
                e->trans_dead = true;
                e->trans_ghost = ghost;
            }
        }
    }
}

bool model_can_die(const struct operation *op)
{
    return op->other < DOMAINS && !party(op->other)->full && ghost_free() && !world.doomed;
}

void model_die(unsigned int d)
{
    unsigned int ghost = ghost_free(), i;

    for ( i = 0; i < MAPPINGS; i++ )
        if ( party(d)->mapping[i].used )
            model_mapping_ends(d, &party(d)->mapping[i]);
    places_end(d);
    memset(party(d)->loan, 0, sizeof(party(d)->loan));
    memset(party(d)->window, 0, sizeof(party(d)->window));
    memset(party(d)->exposed, 0, sizeof(party(d)->exposed));
    frames_end(d);
    *party(ghost) = *party(d);
    others_have(d, ghost);
    real_domain_is(ghost, d);
    world.dead = d + 1;
    world.ghost = ghost;
    world.did[OP_KILL]++;
}

/* Another begins where it was, with another number. */
void model_born(unsigned int d)
{
    const struct party was = *party(d);

    *party(d) = (struct party){
        .pv = was.pv, .translated = was.translated, .right = was.right,
        .privileged = was.privileged, .shift = was.shift, .granules = was.granules,
        .extra = was.extra, .most = was.most, .pages = MAPPED, .frames = 1, .version = 1,
        .id = ++world.last_id,
    };
    world.dead = 0;
    model_begin(d);
}

/* ---- calls in which somebody dies ---------------------------------------------------------- */

/* Who is named is dead by now: refused, by whatever word. */
bool model_names_dead(const struct operation *op)
{
    return world.dead && (op->other == world.dead - 1 || op->kind == OP_COPY);
}

static bool ends_with_it(const struct operation *op)
{
    return (op->kind == OP_POPULATE || op->kind == OP_DECREASE) && op->other == world.doomed - 1;
}

/* Dies before the next call, or in the middle of it, or after it. */
void model_perform_and_die(struct operation *op, unsigned int nr, struct outcome *out)
{
    unsigned int who = world.doomed - 1, after = world.doomed_after, i;
    bool within = op->caller != who && real_can_die_in(op);
    struct operation first = *op;

    /* What copies have in hand they keep, from one element to the next. */
    if ( op->kind == OP_COPY || real_reads_blocks(op) )
        after = 0;
    if ( within )
        real_perform_and_die(op, nr, out, who, after);
    else
        real_perform(op, nr, out);
    within = within && real_died();
    if ( within && ends_with_it(op) )
        first.x = after;
    for ( i = 0; i < nr && !world.failed; i++ )
    {
        if ( within && i == after && op->kind != OP_POPULATE && op->kind != OP_DECREASE )
            model_die(who);
        model_perform(i ? &op[i] : &first, &out[i]);
    }
    if ( !within && !world.failed )
        real_die(who);
    if ( !world.dead && !world.failed )
        model_die(who);
    world.doomed = 0;
    if ( !world.failed )
    {
        model_born(who);
        real_born(who);
    }
}

MODEL_OP(KILL)
{
    (void)got;
    world.doomed = op->other + 1;
    world.doomed_after = op->x;
}
