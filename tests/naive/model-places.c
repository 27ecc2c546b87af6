/* SPDX-License-Identifier: MIT */
/* The model of what appears where: Xen's pages, other domains' pages, PV addresses. */
#include <errno.h>
#include <string.h>

#include "naive.h"

#include <xen/grant_table.h>

#define BAD(is_so, status)  verdict_bad(&v, (is_so), GNTST_##status)
#define MAY(is_so, status)  verdict_may(&v, (is_so), GNTST_##status)

static struct party *party(unsigned int domain)
{
    return &world.party[domain];
}

/* ---- PV: linear addresses ---------------------------------------------------------- */

/* A page of the domain's own that was there is not any more. */
void model_address_clear(unsigned int domain, unsigned int gfn)
{
    struct address *at = &party(domain)->va[gfn], was = *at;

    *at = (struct address){};
    if ( was.kind != VA_OWN )
        return;
    world.frame[was.frame].own--;
    model_frame_put(was.frame);
}

MODEL_OP(VA)
{
    bool clear = op->flags & FLAG_WRONG;
    struct verdict v = {};
    struct place *place;
    int frame = NO_FRAME;

    if ( !party(op->caller)->pv )
    {
        verdict_bad(&v, true, -ENOSYS);
        verdict_done(&v, got->result);
        return;
    }
    verdict_bad(&v, op->gfn2 >= PAGES, -EINVAL);
    verdict_bad(&v, op->gfn2 < PAGES && party(op->caller)->va[op->gfn2].kind == VA_GRANT, -EINVAL);
    if ( !clear )
    {
        frame = model_frame_of(op->caller, op->gfn, &place);
        /* A page that was given back, and is kept by who maps it, is nobody's to map. */
        verdict_bad(&v, frame < 0 || frame >= FRAMES ||
                    world.frame[frame].owner != op->caller, -EINVAL);
    }
    if ( !verdict_done(&v, got->result) )
        return;
    if ( frame >= 0 )
        world.frame[frame].own++;
    model_address_clear(op->caller, op->gfn2);
    if ( frame >= 0 )
        party(op->caller)->va[op->gfn2] = (struct address){
            VA_OWN, op->flags & FLAG_READONLY, frame };
}

MODEL_OP(REPLACE)
{
    struct mapping *m = &party(op->caller)->mapping[op->slot];
    bool with_nothing = op->flags & FLAG_READONLY;
    struct verdict v = {};

    if ( !party(op->caller)->pv )
    {
        verdict_bad(&v, true, -ENOSYS);
        verdict_done(&v, got->result);
        return;
    }
    BAD(!m->used, bad_handle);
    if ( m->used && m->host )
    {
        BAD(op->flags & FLAG_WRONG, general_error);
        BAD(!with_nothing && (op->gfn2 >= PAGES ||
                              party(op->caller)->va[op->gfn2].kind == VA_GRANT), general_error);
    }
    /* That half has gone: an address for it is not looked at, or is wrong. */
    MAY(m->used && !m->host, general_error);
    if ( !verdict_done(&v, got->status) || !m->host )
        return;
    party(op->caller)->va[m->gfn] = (struct address){};
    if ( !with_nothing )
    {
        party(op->caller)->va[m->gfn] = party(op->caller)->va[op->gfn2];
        party(op->caller)->va[op->gfn2] = (struct address){};
    }
    model_host_ends(m);
}

#define CACHE_INVAL 2                   /* dropping what is in a cache, alone */

static bool maps(unsigned int domain, int frame)
{
    unsigned int i;

    for ( i = 0; i < MAPPINGS; i++ )
        if ( party(domain)->mapping[i].used && party(domain)->mapping[i].frame == frame )
            return true;
    return false;
}

MODEL_OP(CACHE_FLUSH)
{
    int frame = (int)got->value[0];
    struct verdict v = {};
    bool nothing = !op->x || !op->y;

    if ( !party(op->caller)->pv )
        verdict_bad(&v, true, -ENOSYS);
    else
    {
        verdict_bad(&v, op->order + op->x > 1u << real_page_shift(), -EINVAL);
        verdict_bad(&v, !nothing && (frame < 0 || frame >= FRAMES), -EINVAL);
        verdict_bad(&v, !nothing && frame >= 0 && frame < FRAMES &&
                    world.frame[frame].owner != op->caller && !maps(op->caller, frame), -EINVAL);
        /* Nobody's any more, but for who maps it. */
        verdict_may(&v, !nothing && frame >= 0 && frame < FRAMES && !world.frame[frame].kept,
                    -EPERM);
        verdict_bad(&v, op->y == CACHE_INVAL && op->x, -EOPNOTSUPP);
    }
    verdict_done(&v, got->result);
}

/* ---- status words -------------------------------------------------------------------- */

static unsigned int status_frames(unsigned int domain)
{
    return party(domain)->version == 2;
}

/* Where a page of Xen's is in its domain's own space. */
static int special_at(unsigned int domain, int frame)
{
    int i;

    for ( i = 0; i < PAGES; i++ )
        if ( party(domain)->place[i].kind == SPECIAL && party(domain)->place[i].frame == frame )
            return i;
    return NOWHERE;
}

/* In anybody's space. */
bool model_status_is_seen(unsigned int domain)
{
    unsigned int d, i;

    if ( special_at(domain, FRAME_STATUS) != NOWHERE )
        return true;
    for ( d = 0; d < DOMAINS; d++ )
        for ( i = 0; i < PAGES; i++ )
            if ( party(d)->place[i].kind == FOREIGN && party(d)->place[i].of == domain &&
                 party(d)->place[i].frame == FRAME_STATUS )
                return true;
    return false;
}

MODEL_OP(GET_STATUS)
{
    int other = model_other(op), at;
    struct verdict v = {};

    if ( !party(op->caller)->pv )
    {
        verdict_bad(&v, true, -ENOSYS);
        verdict_done(&v, got->result);
        return;
    }
    BAD(other < 0, bad_domain);
    BAD(other >= 0 && !model_may(op->caller, other), permission_denied);
    BAD(other >= 0 && op->x > status_frames(other), general_error);
    if ( !verdict_done(&v, got->status) || !op->x )
        return;
    at = special_at(other, FRAME_STATUS);
    if ( party(other)->pv ? !got->value[0]
                          : got->value[0] != (at == NOWHERE ? 0 : real_gfn(other, at)) )
        differ("status words are said to be at %#lx", (unsigned long)got->value[0]);
}

/* ---- pages that are Xen's ------------------------------------------------------------ */

/* One such page comes to gfn2; there: it exists. */
static bool special(const struct operation *op, const struct outcome *got, bool there,
                    int frame)
{
    int other = model_other(op), before;
    struct verdict v = {};

    model_check_physmap(&v, op, other);
    verdict_bad(&v, !there, -EINVAL);
    if ( other >= 0 )
        model_check_replaced(&v, other, op->gfn2);
    if ( !verdict_done(&v, got->result) )
        return false;
    /* A frame is at one place. */
    before = special_at(other, frame);
    if ( before == op->gfn2 )
        return true;
    if ( before != NOWHERE )
        model_vacate(other, before);
    model_discard(other, op->gfn2);
    party(other)->place[op->gfn2] = (struct place){
        .kind = SPECIAL, .rights = RIGHT_READ | RIGHT_WRITE, .frame = frame, .of = other };
    model_touch(other, op->gfn2);
    return true;
}

MODEL_OP(PHYSMAP_TABLE)
{
    unsigned int which = op->x % 5;
    int other = model_other(op);
    bool there = other >= 0 && which < GRANT_FRAMES;

    if ( special(op, got, there, FRAMES + which) )
    {
        if ( which >= party(other)->frames )
            party(other)->frames = which + 1;
    }
    else if ( other >= 0 && there && which >= party(other)->maybe_frames )
        party(other)->maybe_frames = which + 1;     /* it may be larger already */
}

MODEL_OP(PHYSMAP_STATUS)
{
    int other = model_other(op);

    special(op, got, other >= 0 && op->x < status_frames(other), FRAME_STATUS);
}

MODEL_OP(PHYSMAP_INFO)
{
    special(op, got, op->x == 0, FRAME_INFO);
}

MODEL_OP(PHYSMAP_RANGE)
{
    int other = model_other(op);
    struct verdict v = {};
    unsigned int i;

    model_check_physmap(&v, op, other);
    for ( i = 0; !v.nr && i < op->x; i++ )
    {
        model_check_move(&v, other, op->gfn + i, op->gfn2 + i);
        if ( !v.nr )
            model_move(other, op->gfn + i, op->gfn2 + i);
    }
    verdict_done(&v, got->result);
}

/* ---- other domains' -------------------------------------------------------------------- */

/* What another domain has comes to a place, as something that is not the caller's. */
void model_show(unsigned int domain, unsigned int gfn, unsigned int of, int frame,
                unsigned int rights)
{
    if ( frame < FRAMES )
        world.frame[frame].foreign++;
    model_discard(domain, gfn);
    party(domain)->place[gfn] = (struct place){
        .kind = FOREIGN, .rights = rights, .most = rights, .frame = frame, .of = of };
    model_touch(domain, gfn);
}

static void show_one(const struct operation *op, int target, int whose, unsigned int i, long got)
{
    struct place *from = NULL;
    struct verdict v = {};
    int frame = NO_FRAME;

    verdict_bad(&v, whose < 0 || whose == op->caller, -ESRCH);
    if ( whose >= 0 && whose != op->caller )
    {
        verdict_bad(&v, !model_may(target, whose), -EPERM);
        verdict_bad(&v, party(whose)->shift != party(target)->shift, -EINVAL);
        frame = model_frame_of(whose, op->gfn + i, &from);
        verdict_refused(&v, frame < 0 || (from && from->kind != RAM) || whose == target);
        verdict_refused(&v, from && !from->rights);
        /* Kept by who maps it, or lent: whether others may have it is not said. */
        verdict_may(&v, frame >= 0 && frame < FRAMES &&
                    (!world.frame[frame].kept || world.frame[frame].loan_maps), -EINVAL);
        verdict_may(&v, frame >= 0 && frame < FRAMES && world.frame[frame].loan_maps, -EACCES);
    }
    model_check_replaced(&v, target, op->gfn2 + i);
    if ( verdict_done(&v, got) )
        model_show(target, op->gfn2 + i, whose, frame,
                   from && !(from->rights & RIGHT_WRITE) ? RIGHT_READ : RIGHT_READ | RIGHT_WRITE);
}

MODEL_OP(FOREIGN)
{
    int target = model_other(op), whose;
    struct operation of = *op;
    struct verdict v = {};
    unsigned int i;

    of.other = op->y;
    whose = of.other == OTHER_SELF ? -1 : model_other(&of);
    model_check_physmap(&v, op, target);
    if ( !verdict_done(&v, got->result) )
        return;
    for ( i = 0; i < op->x; i++ )
        show_one(op, target, whose, i, (int)got->list[i]);
}

MODEL_OP(ACQUIRE)
{
    bool status = op->flags & FLAG_READONLY, size = op->flags & FLAG_WRONG;
    int other = model_named(op);
    unsigned int most = status ? 1 : GRANT_FRAMES;
    struct verdict v = {};

    verdict_bad(&v, other < 0, -ESRCH);
    verdict_bad(&v, other == op->caller, -EPERM);
    verdict_bad(&v, !party(op->caller)->privileged, -EPERM);
    if ( size )
    {
        if ( verdict_done(&v, got->result) &&
             (status ? got->value[1] > most : got->value[1] != most) )
            differ("%lu frames are said to be there", (unsigned long)got->value[1]);
        return;
    }
    verdict_bad(&v, op->x >= most ||
                (status && other >= 0 && op->x >= status_frames(other)), -EINVAL);
    verdict_bad(&v, other >= 0 && !party(op->caller)->pv &&
                party(other)->shift != party(op->caller)->shift, -EINVAL);
    if ( !party(op->caller)->pv )
        model_check_replaced(&v, op->caller, op->gfn2);
    if ( !verdict_done(&v, got->result) )
    {
        if ( other >= 0 && op->x < most && !status && op->x >= party(other)->maybe_frames )
            party(other)->maybe_frames = op->x + 1;
        return;
    }
    if ( !status && op->x >= party(other)->frames )
        party(other)->frames = op->x + 1;
    if ( !party(op->caller)->pv )
        model_show(op->caller, op->gfn2, other, status ? FRAME_STATUS : FRAMES + op->x,
                   RIGHT_READ | RIGHT_WRITE);
    else if ( !got->value[0] || real_index(got->value[0]) == FRAMES_OF_ALL )
        differ("the frame is said to be %#lx", (unsigned long)got->value[0]);
}
