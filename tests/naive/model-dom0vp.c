/* SPDX-License-Identifier: MIT */
/* The model of dom0vp_op. */
#include "naive.h"

#ifdef PORT_IA64
#include <errno.h>

#define NONE (-1l)

static struct party *party(unsigned int domain)
{
    return &world.party[domain];
}

static bool small(unsigned int domain)
{
    return party(domain)->shift == real_page_shift();
}

/* ---- single frames ------------------------------------------------------------------- */

static void told(const char *what, long is, long expected)
{
    if ( is != expected )
        differ("%s is said to be %#lx, not %#lx", what, is, expected);
    else if ( is == NONE )
        world.refused++;
    else
        world.done++;
}

MODEL_OP(PHYSTOMACH)
{
    const struct place *place = model_place(op->caller, op->gfn);

    if ( !place || place->kind == EMPTY )
        told("the frame", got->result, NONE);
    else if ( !party(op->caller)->right )
        told("the frame", got->result, real_gfn(op->caller, op->gfn));
    else if ( place->kind == DEVICE )
        told("the frame", got->result, real_device_mfn(place->of));
    else if ( place->frame < FRAMES )
        told("the frame", got->result, world.frame[place->frame].mfn);
    else if ( real_index(got->result) == FRAMES_OF_ALL )
        differ("the frame is said to be %#lx", got->result);
}

MODEL_OP(MACHTOPHYS)
{
    int other = model_other(op), frame;
    const struct party *caller = party(op->caller);
    struct place *place;

    if ( other >= 0 && !caller->right )
    {
        /* The caller's own, by that number. */
        place = model_place(op->caller, op->gfn);
        told("the place", got->result, place && place->kind != EMPTY
                                       ? (long)real_gfn(op->caller, op->gfn) : NONE);
        return;
    }
    frame = other < 0 ? NO_FRAME : model_frame_of(other, op->gfn, &place);
    if ( frame < 0 || frame >= FRAMES || world.frame[frame].owner != op->caller ||
         world.frame[frame].gfn == NOWHERE )
        told("the place", got->result, NONE);
    else
        told("the place", got->result, real_gfn(op->caller, world.frame[frame].gfn));
}

MODEL_OP(ZAP)
{
    struct place *place = model_place(op->caller, op->gfn);
    struct verdict v = {};

    verdict_bad(&v, op->order != 0, -ENOSYS);
    if ( place )
        verdict_refused(&v, place->kind == GRANTED || (place->kind == LOAN && world.frame[place->frame].owner < DOMAINS) ||
                        (place->kind == RAM && world.frame[place->frame].loan_maps));
    if ( verdict_done(&v, got->result) && place && place->kind != EMPTY )
        model_discard(op->caller, op->gfn);
}

/* ---- other domains' pages ---------------------------------------------------------------- */

static void check_add(struct verdict *v, const struct operation *op)
{
    verdict_bad(v, !party(op->caller)->privileged, -EPERM);
    verdict_bad(v, op->flags & FLAG_WRONG, -EINVAL);
    model_check_replaced(v, op->caller, op->gfn2);
}

static unsigned int rights(const struct operation *op)
{
    return op->flags & FLAG_READONLY ? RIGHT_READ : RIGHT_READ | RIGHT_WRITE;
}

static void check_owner(struct verdict *v, const struct operation *op, int other)
{
    verdict_bad(v, other < 0, -ESRCH);
    verdict_bad(v, op->other == OTHER_SELF || other == op->caller, -EINVAL);
    verdict_bad(v, other >= 0 && party(other)->shift != party(op->caller)->shift, -EINVAL);
}

MODEL_OP(ADD_FRAME)
{
    int other = model_other(op), frame = NO_FRAME;
    struct verdict v = {};
    struct place *place;

    check_add(&v, op);
    /* Who may know no machine frame has none to name. */
    verdict_bad(&v, !party(op->caller)->right, -EINVAL);
    check_owner(&v, op, other);
    if ( other >= 0 )
    {
        frame = model_frame_of(other, op->gfn, &place);
        verdict_bad(&v, frame < 0 || frame >= FRAMES || world.frame[frame].owner != other, -EINVAL);
    }
    if ( verdict_done(&v, got->result) )
        model_show(op->caller, op->gfn2, other, frame, rights(op));
}

MODEL_OP(ADD_GMFN)
{
    int other = model_other(op), frame = NO_FRAME;
    struct place *place = NULL;
    struct verdict v = {};

    check_add(&v, op);
    check_owner(&v, op, other);
    if ( other >= 0 )
    {
        frame = model_frame_of(other, op->gfn, &place);
        verdict_bad(&v, frame < 0 || place->kind != RAM, -EINVAL);
        /* Lent, or its owner has no right to it now: whether others may have it is not said. */
        verdict_may(&v, place && place->kind == RAM &&
                    (!place->rights || world.frame[frame].loan_maps), -EINVAL);
    }
    if ( verdict_done(&v, got->result) )
        model_show(op->caller, op->gfn2, other, frame, rights(op));
}

MODEL_OP(ADD_DEVICE)
{
    struct verdict v = {};

    check_add(&v, op);
    /* Devices are the first domain's. */
    verdict_bad(&v, op->caller != 0 || op->x >= real_devices(), -EINVAL);
    /* By granules of the machine: who has larger pages has no place for one. */
    verdict_bad(&v, real_granules(op->caller) > 1, -EINVAL);
    if ( !verdict_done(&v, got->result) )
        return;
    model_discard(op->caller, op->gfn2);
    party(op->caller)->place[op->gfn2] = (struct place){
        .kind = DEVICE, .rights = RIGHT_READ | RIGHT_WRITE, .frame = NO_FRAME, .of = op->x };
    model_touch(op->caller, op->gfn2);
}

/* ---- whole tables ------------------------------------------------------------------------- */

/* 0, or why it cannot appear there. */
static void check_appears(struct verdict *v, const struct operation *op, int whose)
{
    const struct exposed *seen = party(op->caller)->exposed;
    unsigned int i;

    for ( i = 0; i < EXPOSED; i++ )
        verdict_bad(v, seen[i].used && (i == op->x || seen[i].of == whose),
                    i != op->x && whose != op->caller ? -EBUSY : -EAGAIN);
    /* One place has something there, another has this table: any of the two. */
    for ( i = 0; i < EXPOSED; i++ )
        verdict_may(v, v->nr && seen[i].used, -EAGAIN);
}

MODEL_OP(EXPOSE)
{
    struct verdict v = {};

    verdict_bad(&v, op->flags & FLAG_WRONG, -ENOSYS);
    verdict_bad(&v, !party(op->caller)->right || !small(op->caller), -ENOSYS);
    check_appears(&v, op, op->caller);
    if ( verdict_done(&v, got->result) )
        party(op->caller)->exposed[op->x] = (struct exposed){ .used = true, .of = op->caller };
}

MODEL_OP(EXPOSE_OTHER)
{
    int other = model_other(op);
    struct verdict v = {};

    verdict_bad(&v, other < 0 || other == op->caller, -EINVAL);
    verdict_bad(&v, op->flags & FLAG_WRONG, -EINVAL);
    verdict_bad(&v, !party(op->caller)->right || !small(op->caller) ||
                (other >= 0 && !small(other)), -ENOSYS);
    verdict_bad(&v, !party(op->caller)->privileged, -EPERM);
    check_appears(&v, op, other);
    if ( verdict_done(&v, got->result) )
        party(op->caller)->exposed[op->x] = (struct exposed){ .used = true, .of = other };
}

MODEL_OP(UNEXPOSE)
{
    struct exposed *seen = &party(op->caller)->exposed[op->x];
    int other = model_other(op);
    struct verdict v = {};

    verdict_bad(&v, !seen->used, -ENOENT);
    verdict_bad(&v, other == op->caller || (seen->used && seen->of != other), -EINVAL);
    if ( verdict_done(&v, got->result) )
        seen->used = false;
}

/* The processor's form: present, rights, whose; its frame. */
static uint64_t entry_of(const struct place *place)
{
    uint64_t word = 1 | 1 << 5 | 1 << 6 | 1 << 7 | UINT64_C(1) << 52;

    if ( place->kind == EMPTY || !place->rights )
        return 0;
    word |= place->rights & RIGHT_WRITE ? 3 << 9 : 0;
    if ( place->kind == DEVICE )
        return word | 4 << 2 | UINT64_C(1) << 60 | real_device_mfn(place->of) << real_page_shift();
    word |= world.frame[place->frame].mfn << real_page_shift();
    return word | (place->kind == RAM ? UINT64_C(1) << 59
                                      : place->kind == GRANTED ? UINT64_C(1) << 54 : 0);
}

MODEL_OP(LOOK_UP)
{
    const struct exposed *seen = &party(op->caller)->exposed[op->x];
    const struct place *place = model_place(seen->of, op->gfn);
    uint64_t word;

    if ( op->gfn >= PAGES )
        return;
    if ( (got->result == 0) != seen->used )
        differ("looking up gives %ld", got->result);
    if ( !seen->used || !place || place->frame >= FRAMES )
        return;
    word = seen->of_dead ? 0 : entry_of(place);
    if ( got->value[0] != word )
        differ("the exposed entry is %#lx, not %#lx", (unsigned long)got->value[0],
               (unsigned long)word);
    world.done++;
}

MODEL_OP(MEMMAP)
{
    int other = model_other(op), top = -1, i;
    struct verdict v = {};

    verdict_bad(&v, other < 0, -ESRCH);
    verdict_bad(&v, other >= 0 && !model_may(op->caller, other), -EPERM);
    verdict_bad(&v, op->flags & FLAG_WRONG, -ENOMEM);
    if ( !verdict_done(&v, got->result) )
        return;
    for ( i = 0; i < PAGES; i++ )
        if ( party(other)->place[i].kind != EMPTY )
            top = real_gfn(other, i);
    if ( got->value[0] || got->value[2] != 7 || (int64_t)got->value[1] <= top ||
         got->value[1] > real_max_gfns(other) )
        differ("memory is said to be at %#lx, %lu pages", (unsigned long)got->value[0],
               (unsigned long)got->value[1]);
}

/* ---- devices ------------------------------------------------------------------------------- */

/* At the place where the machine has them, if the table reaches it. */
MODEL_OP(IOREMAP)
{
    struct verdict v = {};

    verdict_bad(&v, op->caller != 0, -EPERM);
    verdict_bad(&v, real_device_mfn(op->x) >= real_max_gfns(op->caller) ||
                op->x >= real_devices(), -EINVAL);
    verdict_done(&v, got->result == (long)got->value[0] ? 0 : got->result);
}

MODEL_OP(IO_SPACE)
{
    bool nothing = op->flags & FLAG_WRONG;
    struct verdict v = {};

    verdict_bad(&v, op->caller != 0, -EPERM);
    verdict_bad(&v, !nothing && op->x != party(op->caller)->spaces + 1u, -EINVAL);
    verdict_bad(&v, !nothing && op->x > 15, -EINVAL);
    if ( verdict_done(&v, got->result) && !nothing )
        party(op->caller)->spaces = op->x;
}
#endif
