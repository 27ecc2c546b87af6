/* SPDX-License-Identifier: MIT */
/* The model of what domains may ask of memory: what it is, they are told. */
#include <errno.h>
#include <limits.h>

#include "naive.h"

static struct party *party(unsigned int domain)
{
    return &world.party[domain];
}

/* About oneself, or the caller is privileged. */
static void check_domain(struct verdict *v, const struct operation *op, int other)
{
    verdict_bad(v, other < 0, -ESRCH);
    verdict_bad(v, other >= 0 && !model_may(op->caller, other), -EPERM);
}

static void told(bool is_so, const char *what, uint64_t number)
{
    if ( is_so )
        world.done++;
    else
        differ("%s is said to be %#lx", what, (unsigned long)number);
}

/* A number that is told, or an errno. */
static bool is_told(struct verdict *v, const struct outcome *got)
{
    if ( !v->nr && got->result >= 0 )
        return true;
    verdict_done(v, got->result);
    return false;
}

MODEL_OP(MAX_RAM)
{
    (void)op;
    told((uint64_t)got->result == got->value[0], "the highest frame", got->result);
}

MODEL_OP(MAX_PAGES)
{
    int other = model_other(op);
    struct verdict v = {};

    check_domain(&v, op, other);
    if ( is_told(&v, got) )
        told(got->result == (long)(party(other)->most + party(other)->extra), "the most",
             got->result);
}

/* No less than what is there, and no more than there can be: at least room was made. */
MODEL_OP(MAX_GPFN)
{
    int other = model_other(op), top = -1, i;
    struct verdict v = {};

    check_domain(&v, op, other);
    /* What a PV domain says itself, less one. It has said nothing: as much as can be told. */
    if ( !v.nr && party(other)->pv )
    {
        told(got->result == LONG_MAX, "the highest guest frame", got->result);
        return;
    }
    if ( !is_told(&v, got) )
        return;
    for ( i = 0; i < PAGES; i++ )
        if ( party(other)->place[i].kind != EMPTY )
            top = i;
    told((top < 0 || got->result >= (long)real_gfn(other, top)) &&
         got->result < (long)real_max_gfns(other), "the highest guest frame", got->result);
}

MODEL_OP(REVERSE_TABLE)
{
    struct verdict v = {}, at = {};

    verdict_bad(&v, !real_is_x86(), -ENOSYS);
    if ( verdict_done(&v, got->result) && got->value[0] > op->x )
        differ("%lu pieces of %u", (unsigned long)got->value[0], op->x);
    /* Where PV domains have it in their own space. */
    verdict_bad(&at, !party(op->caller)->pv, -ENOSYS);
    if ( verdict_done(&at, got->status) )
        told(real_index(got->value[1]) < FRAMES_OF_ALL && got->value[2], "the last frame",
             got->value[1]);
}

/* ---- maps ------------------------------------------------------------------------------ */

MODEL_OP(MAP_SET)
{
    int other = model_other(op);
    struct verdict v = {};

    if ( real_is_x86() )
    {
        verdict_bad(&v, op->flags & FLAG_WRONG, -EINVAL);
        check_domain(&v, op, other);
    }
    else
        verdict_bad(&v, true, -ENOSYS);
    if ( !verdict_done(&v, got->result) )
        return;
    party(other)->map_set = true;
    party(other)->map_nr = op->x;
    party(other)->map_mark = op->y;
}

MODEL_OP(MAP_GET)
{
    const struct party *caller = party(op->caller);
    unsigned int nr = caller->map_nr < op->y ? caller->map_nr : op->y, i;
    struct verdict v = {};

    verdict_bad(&v, !real_is_x86() || !caller->map_set, -ENOSYS);
    if ( !verdict_done(&v, got->result) )
        return;
    if ( got->value[0] != nr )
        differ("%lu entries are told of %u", (unsigned long)got->value[0], caller->map_nr);
    for ( i = 0; i < nr; i++ )
        if ( !got->list[i] )
            differ("entry %u of the map is not what was set", i);
}

MODEL_OP(MAP_MACHINE)
{
    struct verdict v = {}, second = {};

    verdict_bad(&v, real_is_x86() && !party(op->caller)->pv, -ENOSYS);
    verdict_bad(&v, !party(op->caller)->privileged, real_is_x86() ? -EPERM : -EINVAL);
    if ( !verdict_done(&v, got->result) )
        return;
    verdict_bad(&second, !op->x, -EINVAL);
    if ( verdict_done(&second, got->status) && got->value[1] != got->value[0] )
        differ("%lu is there, and %lu told", (unsigned long)got->value[0],
               (unsigned long)got->value[1]);
}

/* ---- figures ---------------------------------------------------------------------------- */

MODEL_OP(POD_TARGET)
{
    int other = model_other(op);
    struct verdict v = {};

    verdict_bad(&v, other < 0, -ESRCH);
    verdict_bad(&v, !party(op->caller)->privileged, -EPERM);
    verdict_bad(&v, other >= 0 && (!real_is_x86() || party(other)->pv), -EINVAL);
    if ( other >= 0 && !(op->flags & FLAG_READONLY) )
        verdict_bad(&v, op->x > party(other)->most + party(other)->extra, -EINVAL);
    if ( verdict_done(&v, got->result) &&
         (got->value[0] != party(other)->pages + party(other)->extra || got->value[1]) )
        differ("%lu pages, and %lu on demand", (unsigned long)got->value[0],
               (unsigned long)got->value[1]);
}

/* Only a number counts here, and no DOMID_SELF. Pages that come or go change what is left. */
MODEL_OP(CLAIM)
{
    int other = model_named(op);
    struct party *p = party(other < 0 ? 0 : other);
    unsigned int has = p->pages + p->extra;
    struct verdict v = {};

    verdict_bad(&v, other < 0, -EINVAL);
    verdict_bad(&v, !party(op->caller)->privileged, -EPERM);
    if ( other >= 0 && op->x )
    {
        verdict_bad(&v, op->x <= has || op->x > p->most + p->extra, -EINVAL);
        (p->claim == has ? verdict_bad : verdict_may)(&v, p->claim, -EINVAL);
    }
    if ( verdict_done(&v, got->result) )
        p->claim = op->x ? has : 0;
}

MODEL_OP(RESERVED_MAP)
{
    struct verdict v = {};

    (void)op;
    if ( verdict_done(&v, got->result) && got->value[0] )
        differ("%lu ranges are reserved", (unsigned long)got->value[0]);
}

/* Two nodes, two vcpus, one range, where there is any. */
MODEL_OP(VNUMA)
{
    int other = model_other(op);
    struct verdict v = {};

    check_domain(&v, op, other);
    if ( other >= 0 )
    {
        verdict_bad(&v, !party(other)->vnuma, -EOPNOTSUPP);
        verdict_bad(&v, party(other)->vnuma && op->x < 2, -ENOBUFS);
    }
    if ( !v.nr || got->result == -ENOBUFS )
        if ( got->value[0] != 2 || got->value[1] != 2 || got->value[2] != 1 )
            differ("%lu nodes, %lu vcpus", (unsigned long)got->value[0],
                   (unsigned long)got->value[1]);
    if ( verdict_done(&v, got->result) &&
         (got->list[0] != 20 || got->list[1] != 1 || got->list[2] != 0x100000) )
        differ("distance %lu, node %lu", (unsigned long)got->list[0],
               (unsigned long)got->list[1]);
}
