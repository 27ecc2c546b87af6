/* SPDX-License-Identifier: MIT */
/* The model of a pager's ops, and of what a PV domain says about its frames. */
#include <errno.h>
#include <string.h>

#include "naive.h"

static struct party *party(unsigned int domain)
{
    return &world.party[domain];
}

/* ---- a pager: memory, leaving, paged out, memory ---------------------------------------- */

/* Of another's memory, by who manages it, where there is a pager. */
static void check_pager(struct verdict *v, const struct operation *op, int other)
{
    verdict_bad(v, !real_is_x86(), -ENOSYS);
    verdict_bad(v, other < 0, -ESRCH);
    verdict_bad(v, other == op->caller, -EPERM);
    verdict_bad(v, !party(op->caller)->privileged, -EPERM);
    verdict_bad(v, other >= 0 && !party(other)->pager, -ENODEV);
}

static struct place *place_of(const struct operation *op, int other)
{
    return other < 0 || party(other)->pv ? NULL : model_place(other, op->gfn);
}

MODEL_OP(NOMINATE)
{
    int other = model_named(op);
    struct place *place = place_of(op, other);
    struct verdict v = {};

    check_pager(&v, op, other);
    if ( other >= 0 )
    {
        verdict_bad(&v, party(other)->shift != real_page_shift(), -EINVAL);
        verdict_bad(&v, !place || place->kind != RAM, -EINVAL);
    }
    if ( place && place->kind == RAM )
    {
        verdict_bad(&v, place->rights != (RIGHT_READ | RIGHT_WRITE), -EINVAL);
        verdict_bad(&v, world.frame[place->frame].loan_maps, -EINVAL);
        verdict_bad(&v, !model_alone(place->frame), -EBUSY);
    }
    if ( !verdict_done(&v, got->result) )
        return;
    place->kind = LEAVING;
    place->rights = 0;
    model_touch(other, op->gfn);
}

MODEL_OP(EVICT)
{
    int other = model_named(op);
    struct place *place = place_of(op, other);
    struct verdict v = {};

    check_pager(&v, op, other);
    verdict_bad(&v, !place || place->kind != LEAVING, -EINVAL);
    if ( !verdict_done(&v, got->result) )
        return;
    model_discard(other, op->gfn);
    place->paged = true;
}

/* One that has not left yet stays as it is, whatever contents are given. */
MODEL_OP(PREP)
{
    bool given = op->flags & FLAG_READONLY, wrong = op->flags & FLAG_WRONG, out;
    int other = model_named(op);
    struct place *place = place_of(op, other);
    struct verdict v = {};

    check_pager(&v, op, other);
    verdict_bad(&v, !model_is_paged(place), -ENOENT);
    verdict_bad(&v, place && place->paged && given && wrong, -EFAULT);
    verdict_may(&v, !real_is_x86() && given && wrong, -EFAULT);     /* by its own stub */
    verdict_bad(&v, place && place->paged && party(other)->pages >= party(other)->most, -ENOMEM);
    if ( !verdict_done(&v, got->result) )
        return;
    out = place->paged;
    model_occupy(other, op->gfn, out ? model_frame_new(other, op->gfn) : place->frame);
    if ( out && given )
        memset(world.frame[place->frame].note, op->x, NOTE);
}

/* ---- PV: where its frames are ------------------------------------------------------------ */

static int frame_said(const struct operation *op, int other)
{
    struct place *place;

    return op->flags & FLAG_DEVICE ? model_frame_given_back(other, op->gfn % 4)
                                   : model_frame_of(other, op->gfn, &place);
}

/* Lent pages, and what is lent to it, stay where they are. */
static bool may_leave(const struct place *place)
{
    return place->kind == EMPTY ||
           (place->kind == RAM && !world.frame[place->frame].loan_maps);
}

static void check_said(struct verdict *v, const struct operation *op, int other, int frame)
{
    int there = op->gfn2 < PAGES ? op->gfn2 : NOWHERE;
    const struct frame *f = &world.frame[frame < 0 ? 0 : frame];

    verdict_bad(v, frame < 0 || frame >= FRAMES || f->owner != other, -EINVAL);
    if ( v->nr || f->gfn == there )
        return;
    verdict_bad(v, !f->kept || f->loan_maps, -EINVAL);
    verdict_bad(v, there != NOWHERE && !may_leave(&party(other)->place[there]), -EINVAL);
}

/* Whoever was there is nowhere then; beyond the table is nowhere, too. */
MODEL_OP(MACHPHYS)
{
    int other = model_other(op), frame = NO_FRAME;
    struct verdict v = {};
    struct frame *f;

    if ( got->result == NOT_REACHED )
        return;
    verdict_bad(&v, !party(op->caller)->pv, -ENOSYS);
    verdict_bad(&v, other < 0, -ESRCH);
    verdict_bad(&v, other >= 0 && !model_may(op->caller, other), -EPERM);
    verdict_bad(&v, other >= 0 && !party(other)->pv, -EINVAL);
    if ( !v.nr )
    {
        frame = frame_said(op, other);
        check_said(&v, op, other, frame);
    }
    if ( !verdict_done(&v, got->result) )
        return;
    f = &world.frame[frame];
    if ( f->gfn == (op->gfn2 < PAGES ? op->gfn2 : NOWHERE) )
        return;
    if ( f->gfn != NOWHERE )
        model_vacate(other, f->gfn);
    if ( op->gfn2 >= PAGES )
        return;
    model_vacate(other, op->gfn2);
    model_occupy(other, op->gfn2, frame);
}
