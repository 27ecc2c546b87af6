/* SPDX-License-Identifier: MIT */
/* The model of memory_op, and of what guests do to their own pages. */
#include <errno.h>
#include <string.h>

#include "naive.h"

static struct party *party(unsigned int domain)
{
    return &world.party[domain];
}

static bool is_empty(unsigned int domain, unsigned int gfn)
{
    return gfn < PAGES && party(domain)->place[gfn].kind == EMPTY &&
           !model_window_at(domain, gfn);
}

/* ---- guests -------------------------------------------------------------------- */

/* Through its TLB: what the place allows. PV domains have linear addresses instead. */
static struct place *guest_place(const struct operation *op)
{
    return model_place(op->caller, op->gfn);
}

MODEL_OP(WRITE)
{
    struct place *place = guest_place(op);
    bool may = place && place->kind != EMPTY && (place->rights & RIGHT_WRITE);

    if ( (got->result == 0) != may )
        differ("writing gives %ld, the model says it %s", got->result,
               may ? "works" : "does not");
    if ( may )
    {
        memset(world.frame[place->frame].note, op->x, NOTE);
        model_touch(op->caller, op->gfn);
    }
}

MODEL_OP(READ)
{
    struct place *place = guest_place(op);
    bool may = place && place->kind != EMPTY && (place->rights & RIGHT_READ);

    if ( (got->result == 0) != may )
        differ("reading gives %ld, the model says it %s", got->result,
               may ? "works" : "does not");
    if ( may && memcmp(got->list, world.frame[place->frame].note, NOTE) )
        differ("what is read is not what the page holds");
}

/* ---- reservations -------------------------------------------------------------- */

static bool may_have(const struct operation *op, int other)
{
    return other >= 0 && model_may(op->caller, other) &&
           op->order <= real_max_order(op->caller);
}

static void check_count(long count, const struct outcome *got)
{
    if ( got->result != count )
        differ("%ld extents are done, the model has %ld", got->result, count);
    if ( count )
        world.done++;
    else
        world.refused++;
}

static bool populate_extent(unsigned int domain, unsigned int gfn, unsigned int order)
{
    unsigned int i, nr = 1u << order;

    for ( i = 0; i < nr; i++ )
        if ( !is_empty(domain, gfn + i) )
            return false;
    if ( party(domain)->pages + nr > party(domain)->most )
        return false;
    for ( i = 0; i < nr; i++ )
        model_occupy(domain, gfn + i, model_frame_new(domain, gfn + i));
    return true;
}

/* A PV domain is told the first frame; the others follow it. */
static void learn_extent(unsigned int domain, unsigned int gfn, unsigned int order,
                         uint64_t mfn)
{
    unsigned int i;

    for ( i = 0; i < 1u << order; i++ )
        model_learn(party(domain)->place[gfn + i].frame, mfn + i * real_granules(domain));
}

MODEL_OP(POPULATE)
{
    int other = model_other(op);
    long i = 0;

    if ( may_have(op, other) )
        for ( ; i < op->x && populate_extent(other, op->gfn + i * op->y, op->order); i++ )
            if ( party(other)->pv && i < got->result )
                learn_extent(other, op->gfn + i * op->y, op->order, got->list[i]);
    check_count(i, got);
}

MODEL_OP(INCREASE)
{
    unsigned int k, nr = op->order < 8 ? 1u << op->order : 1;
    int other = model_other(op);
    long i = 0;

    if ( may_have(op, other) )
        for ( ; i < op->x && party(other)->pages + nr <= party(other)->most; i++ )
            for ( k = 0; k < nr; k++ )
            {
                int frame = model_frame_new(other, NOWHERE);

                if ( party(other)->pv && i < got->result )
                    model_learn(frame, got->list[i] + k * real_granules(other));
            }
    check_count(i, got);
}

/* The k-th page of an extent, counted as the domain counts frames. */
static int extent_frame(unsigned int domain, unsigned int gfn, unsigned int k,
                        struct place **place)
{
    int frame = model_frame_of(domain, gfn, place);

    if ( !party(domain)->pv )
        return model_frame_of(domain, gfn + k, place);
    if ( frame < 0 || k == 0 )
        return frame;
    *place = NULL;
    frame = model_frame_by_mfn(world.frame[frame].mfn + k * real_granules(domain));
    if ( frame < 0 || world.frame[frame].owner != (int)domain || !world.frame[frame].kept )
        return NO_FRAME;
    if ( world.frame[frame].gfn != NOWHERE )
        *place = &party(domain)->place[world.frame[frame].gfn];
    return frame;
}

/* Whoever lent it is dead: its taker lets it go when he likes. */
static bool loan_is_orphan(const struct place *place)
{
    return place->kind == LOAN && world.frame[place->frame].owner >= DOMAINS;
}

/* Where a PV domain has what it names by the machine frame, and was lent. */
static struct place *taken_at(unsigned int domain, int frame)
{
    unsigned int i;

    for ( i = 0; i < PAGES; i++ )
        if ( party(domain)->place[i].kind == LOAN && party(domain)->place[i].frame == frame )
            return &party(domain)->place[i];
    return NULL;
}

/* False: it is not there, or not to be given back. */
static bool give_back(unsigned int domain, int frame, struct place *place)
{
    if ( place && (place->kind == SPECIAL || place->paged || loan_is_orphan(place)) )
    {
        model_vacate(domain, place - party(domain)->place);
        return true;
    }
    if ( frame < 0 || (place && place->kind != RAM && place->kind != LEAVING) ||
         world.frame[frame].loan_maps ||
         !world.frame[frame].kept )
        return false;
    if ( world.frame[frame].gfn != NOWHERE )
        model_vacate(domain, world.frame[frame].gfn);
    world.frame[frame].kept = false;
    model_frame_put(frame);
    return true;
}

static bool decrease_extent(unsigned int domain, const uint64_t *mfn, unsigned int gfn,
                            unsigned int order)
{
    struct place *place;
    unsigned int k;
    int frame;

    for ( k = 0; k < 1u << order; k++ )
    {
        if ( party(domain)->pv )
        {
            place = NULL;
            frame = model_frame_by_mfn(*mfn + k * real_granules(domain));
            if ( frame >= 0 && world.frame[frame].owner != (int)domain )
            {
                place = taken_at(domain, frame);
                frame = NO_FRAME;
            }
        }
        else
            frame = extent_frame(domain, gfn, k, &place);
        if ( !give_back(domain, frame, place) )
            return false;
    }
    return true;
}

MODEL_OP(DECREASE)
{
    int other = model_other(op);
    long i = 0;

    if ( may_have(op, other) )
        for ( ; i < op->x && decrease_extent(other, &got->list[i], op->gfn + i * op->y,
                                             op->order); i++ )
            ;
    check_count(i, got);
}

/* ---- exchange ------------------------------------------------------------------ */

/* A PV domain's extents go on in the machine; kernels are no part of the model. */
static bool extents_known(unsigned int domain, const struct operation *op)
{
    struct place *place;
    unsigned int i, k;

    for ( i = 0; i < op->x; i++ )
        for ( k = 0; k < 1u << op->order; k++ )
            if ( extent_frame(domain, op->gfn + i * op->y, k, &place) < 0 )
                return false;
    return true;
}

/* All of them within what lists are about, or none. Of a PV domain what protect has taken
 * binds nobody but itself, and what its pages are shown with is not said. */
static bool skips_range(const struct operation *op)
{
    struct operation of = *op;
    struct place *place;
    unsigned int i;
    int whose;

    if ( (op->gfn < PAGES && op->gfn + op->x > PAGES) ||
         (op->gfn2 < PAGES && op->gfn2 + op->x > PAGES) )
        return true;
    of.other = op->y;
    whose = op->kind == OP_FOREIGN ? model_other(&of) : -1;
    for ( i = 0; i < op->x && whose >= 0 && party(whose)->pv; i++ )
        if ( model_frame_of(whose, op->gfn + i, &place) >= 0 && place &&
             place->rights != (RIGHT_READ | RIGHT_WRITE) )
            return true;
    return false;
}

bool model_skips_memory(const struct operation *op)
{
    int other = model_other(op);
    const struct place *place = model_place(op->caller, op->gfn);

    switch ( op->kind )
    {
    case OP_WRITE:
    case OP_READ:
        return party(op->caller)->pv || (place && place->frame >= FRAMES) ||
               model_window_at(op->caller, op->gfn);
    case OP_PROTECT:
        return party(op->caller)->full && op->gfn < PAGES && op->gfn + op->x > PAGES;
    case OP_DECREASE:
        if ( other >= 0 && party(other)->full && op->gfn < PAGES )
            return op->gfn + op->x * op->y + (1 << op->order % 8) > PAGES;
        return op->order && op->order < 8 && other >= 0 && party(other)->pv &&
               !extents_known(other, op);
    case OP_KILL:
        return !model_can_die(op);
    case OP_PHYSMAP_RANGE:
    case OP_FOREIGN:
        return skips_range(op);
    case OP_MEM_EXCHANGE:
        return op->order > 3 && op->order < 30;
    case OP_ATTACH:
        return other < 0 ? false : !model_window_room(op->caller);
    case OP_DONATE:
        return party(op->caller)->loan[op->slot % LOANS].used;
    default:
        return false;
    }
}

MODEL_OP(MEM_EXCHANGE)
{
    unsigned int i, nr = op->order < 8 ? 1u << op->order : 0;
    int other = model_other(op), frame[8];
    struct verdict v = {};
    struct place *place;

    verdict_bad(&v, op->order > real_max_order(op->caller), -EPERM);
    verdict_bad(&v, other < 0, -ESRCH);
    verdict_bad(&v, other >= 0 && !model_may(op->caller, other), -EPERM);
    verdict_bad(&v, other >= 0 && !party(other)->pv, -EOPNOTSUPP);
    for ( i = 0; i < nr && other >= 0 && party(other)->pv; i++ )
    {
        frame[i] = model_frame_of(other, op->gfn + i, &place);
        verdict_bad(&v, frame[i] < 0 || (place && place->kind != RAM) || !model_alone(frame[i]),
                    -EINVAL);
        verdict_may(&v, op->gfn >= PAGES, -EINVAL);
    }
    for ( i = 0; i < nr && other >= 0 && party(other)->pv; i++ )
    {
        unsigned int to = op->gfn2 + i;

        /* Its own places are free by then. */
        verdict_bad(&v, to >= PAGES || (!is_empty(other, to) &&
                                        (to < op->gfn || to >= op->gfn + nr)), -EINVAL);
    }
    if ( !verdict_done(&v, got->result) )
        return;
    for ( i = 0; i < nr; i++ )
        give_back(other, frame[i], NULL);
    for ( i = 0; i < nr; i++ )
    {
        model_occupy(other, op->gfn2 + i, model_frame_new(other, op->gfn2 + i));
        model_learn(party(other)->place[op->gfn2 + i].frame,
                    got->list[0] + i * real_granules(other));
    }
}

/* ---- where things appear --------------------------------------------------------- */

void model_check_physmap(struct verdict *v, const struct operation *op, int other)
{
    verdict_bad(v, other < 0, -ESRCH);
    verdict_bad(v, other >= 0 && !model_may(op->caller, other), -EPERM);
    verdict_bad(v, other >= 0 && party(other)->pv, -EACCES);
}

void verdict_refused(struct verdict *v, bool is_so)
{
    verdict_bad(v, is_so, -EPERM);
    verdict_bad(v, is_so, -EACCES);
    verdict_bad(v, is_so, -EBUSY);
    verdict_bad(v, is_so, -EINVAL);
    verdict_bad(v, is_so, -EXDEV);
}

/* May something else be put there? What may not be replaced stays. */
void model_check_replaced(struct verdict *v, unsigned int domain, unsigned int gfn)
{
    const struct place *place = model_place(domain, gfn);

    verdict_bad(v, !place, -EINVAL);
    if ( !place )
        return;
    verdict_refused(v, place->kind == GRANTED || place->kind == LOAN ||
                    place->kind == FOREIGN || place->kind == DEVICE ||
                    model_window_at(domain, gfn) ||
                    (place->kind == RAM && world.frame[place->frame].loan_maps));
}

/* May what is at gfn of the domain's move to there? */
void model_check_move(struct verdict *v, unsigned int domain, unsigned int gfn,
                      unsigned int there)
{
    struct place *place;
    int frame = model_frame_of(domain, gfn, &place);

    verdict_bad(v, frame < 0, -EINVAL);
    verdict_may(v, place && place->kind == SPECIAL, -EACCES);
    verdict_refused(v, place && place->kind != RAM && place->kind != EMPTY);
    verdict_refused(v, frame >= 0 && world.frame[frame].loan_maps);
    model_check_replaced(v, domain, there);
}

void model_move(unsigned int domain, unsigned int gfn, unsigned int there)
{
    struct place before = party(domain)->place[gfn];

    if ( gfn == there )
        return;
    model_discard(domain, there);
    model_vacate(domain, gfn);
    model_occupy(domain, there, before.frame);
    party(domain)->place[there] = before;
}

MODEL_OP(PHYSMAP)
{
    int other = model_other(op);
    struct verdict v = {};

    model_check_physmap(&v, op, other);
    if ( v.nr )
    {
        verdict_done(&v, got->result);
        return;
    }
    model_check_move(&v, other, op->gfn, op->gfn2);
    if ( verdict_done(&v, got->result) )
        model_move(other, op->gfn, op->gfn2);
}

MODEL_OP(PHYSMAP_REMOVE)
{
    int other = model_other(op);
    struct verdict v = {};
    struct place *place;

    model_check_physmap(&v, op, other);
    if ( other >= 0 )
    {
        place = model_place(other, op->gfn);
        verdict_bad(&v, !place || place->kind == EMPTY, -ENOENT);
        verdict_refused(&v, !place || model_window_at(other, op->gfn) || (place->kind == LOAN && !loan_is_orphan(place)) ||
                        place->kind == GRANTED || place->kind == DEVICE ||
                        (place->kind == RAM && world.frame[place->frame].loan_maps));
    }
    if ( verdict_done(&v, got->result) )
        model_vacate(other, op->gfn);
}

MODEL_OP(RESERVATION)
{
    int other = model_other(op);
    long pages;

    if ( other < 0 || !model_may(op->caller, other) )
    {
        pages = other < 0 ? -ESRCH : -EPERM;
        world.refused++;
    }
    else
    {
        pages = party(other)->pages + party(other)->extra;
        world.done++;
    }
    if ( got->result != pages )
        differ("%ld pages, the model has %ld", got->result, pages);
}
