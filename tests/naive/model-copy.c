/* SPDX-License-Identifier: MIT */
/* The model of copies, transfers, and a grant table as a whole. */
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

static unsigned int type_of(const struct entry *entry)
{
    return entry->flags & GTF_type_mask;
}

/* ---- copy ---------------------------------------------------------------------- */

/* One end of a copy, as the operation names it. */
struct end {
    bool by_ref, write;
    unsigned int other, gfn, ref, offset, bytes;
    int domain, frame;
};

static struct end end_of(const struct operation *op, bool write)
{
    struct copy_shape shape = copy_shape(op);
    bool by_ref = op->flags & (write ? FLAG_DEVICE : FLAG_READONLY);
    unsigned int other = write ? op->y : op->other;

    if ( !by_ref && !(op->flags & FLAG_WRONG) )
        other = OTHER_SELF;
    return (struct end){
        .by_ref = by_ref, .write = write, .other = other,
        .gfn = write ? op->gfn2 : op->gfn, .ref = write ? op->ref2 : op->ref,
        .offset = write ? shape.to : shape.from, .bytes = shape.bytes, .frame = NO_FRAME,
        .domain = other == OTHER_SELF ? op->caller
                  : other < DOMAINS && other + 1u != world.dead ? (int)other : -1,
    };
}

static bool within(const struct end *end, const struct entry *e)
{
    return end->offset >= e->first && end->offset + end->bytes <= e->first + e->bytes;
}

/* A frame of the domain's, by its number in a call. */
static void check_frame(struct verdict *v, struct end *end)
{
    struct place *place;

    end->frame = model_frame_of(end->domain, end->gfn, &place);
    if ( model_is_paged(place) )
    {
        verdict_bad(v, true, GNTST_eagain);
        end->frame = NO_FRAME;
        return;
    }
    if ( end->frame >= 0 && place && place->kind != RAM )
    {
        /* Mapped or lent here: whether that counts as a frame is not said. */
        verdict_may(v, true, GNTST_bad_page);
        verdict_may(v, true, GNTST_general_error);
    }
    verdict_bad(v, end->frame < 0, GNTST_bad_page);
    verdict_may(v, end->frame < 0, GNTST_general_error);
    if ( !place || end->frame < 0 )
        return;
    if ( !place->rights || (end->write && !(place->rights & RIGHT_WRITE)) )
    {
        (party(end->domain)->pv ? verdict_may : verdict_bad)(v, true, GNTST_general_error);
        (party(end->domain)->pv ? verdict_may : verdict_bad)(v, true, GNTST_bad_page);
    }
}

static void check_grant(struct verdict *v, struct end *end, unsigned int caller,
                        unsigned int granter, unsigned int ref, bool transitive)
{
    const struct entry *e = ref < REFS ? &party(granter)->entry[ref] : NULL;
    unsigned int type = e ? e->flags & GTF_type_mask : 0;
    struct place *place;

    verdict_bad(v, !e, transitive ? GNTST_bad_gntref : GNTST_general_error);
    verdict_may(v, !e && !transitive, GNTST_bad_gntref);
    if ( !e )
        return;
    verdict_bad(v, e->domain != caller, GNTST_general_error);
    verdict_bad(v, end->write && (e->flags & GTF_readonly), GNTST_general_error);
    if ( type == GTF_transitive && transitive && e->domain == caller )
    {
        /* Through itself: no. */
        verdict_bad(v, e->trans == granter, GNTST_general_error);
        if ( e->trans_dead || e->trans + 1u == world.dead )
        {
            static const int word[] = { GNTST_bad_domain, GNTST_bad_gntref, GNTST_general_error,
                                        GNTST_bad_page };
            unsigned int i;

            for ( i = 0; i < 4; i++ )
                verdict_bad(v, true, word[i]);
            return;
        }
        check_grant(v, end, granter, e->trans, e->ref, false);
        return;
    }
    verdict_bad(v, type != GTF_permit_access, GNTST_general_error);
    if ( type != GTF_permit_access )
        return;
    verdict_bad(v, (e->flags & GTF_sub_page) && !within(end, e), GNTST_general_error);
    end->frame = model_granted(granter, e, &place);
    if ( model_is_paged(place) )
    {
        verdict_bad(v, true, GNTST_eagain);
        return;
    }
    if ( place && place->kind == LOAN && world.frame[place->frame].owner == (int)caller )
    {
        /* Back to its lender. */
        end->frame = place->frame;
        verdict_may(v, true, GNTST_bad_page);
        verdict_may(v, true, GNTST_general_error);
    }
    verdict_may(v, end->frame >= 0 && !world.frame[end->frame].kept, GNTST_bad_page);
    verdict_may(v, end->frame >= 0 && !world.frame[end->frame].kept, GNTST_general_error);
    /* In use, and the granter has put another page there since. */
    verdict_may(v, end->frame >= 0 && e->readers && e->frame != end->frame, GNTST_bad_page);
    verdict_may(v, end->frame >= 0 && e->readers && e->frame != end->frame, GNTST_general_error);
    verdict_bad(v, end->frame < 0, GNTST_bad_page);
    verdict_may(v, end->frame < 0, GNTST_general_error);
    if ( end->frame >= 0 && place &&
         (!place->rights || (end->write && !(place->rights & RIGHT_WRITE))) )
    {
        (party(granter)->pv || place->kind == LOAN ? verdict_may : verdict_bad)(v, true, GNTST_general_error);
        (party(granter)->pv || place->kind == LOAN ? verdict_may : verdict_bad)(v, true, GNTST_bad_page);
    }
}

static void check_end(struct verdict *v, const struct operation *op, struct end *end)
{
    verdict_bad(v, end->domain < 0, GNTST_bad_domain);
    verdict_bad(v, !end->by_ref && end->other != OTHER_SELF, GNTST_permission_denied);
    if ( end->domain < 0 )
        return;
    if ( end->by_ref )
        check_grant(v, end, op->caller, end->domain, end->ref, true);
    else
        check_frame(v, end);
}

/* Overlapping: what comes out is nobody's business. */
bool model_skips_copy(const struct operation *op)
{
    struct end from = end_of(op, false), to = end_of(op, true);
    struct verdict v = {};

    check_end(&v, op, &from);
    check_end(&v, op, &to);
    return from.frame >= 0 && from.frame == to.frame;
}

/*
 * A page of a domain that has just died: as long as somebody has it mapped it is there, and so
 * is the grant. Whose table it was in is a ghost now.
 */
static int frame_of_dead(const struct operation *op, struct end end)
{
    unsigned int named = end.other == OTHER_SELF ? op->caller : end.other, ref = end.ref;
    const struct entry *e;

    if ( !end.by_ref || named >= DOMAINS || ref >= REFS )
        return end.frame;
    if ( named + 1 == world.dead )
        named = world.ghost;
    e = &party(named)->entry[ref];
    if ( type_of(e) == GTF_transitive && e->trans_dead && e->ref < REFS )
        e = &party(e->trans_ghost)->entry[e->ref];
    else if ( named < DOMAINS )
        return end.frame;
    if ( type_of(e) != GTF_permit_access )
        return NO_FRAME;
    /* A PV domain names the frame itself, in whichever of its entries. */
    return e->readers ? e->frame : e->word ? model_frame_by_mfn(e->word) : NO_FRAME;
}

/* A reference of somebody who is dead, through one of somebody who is not. */
static bool leads_to_dead(const struct operation *op, struct end end)
{
    unsigned int named = end.other == OTHER_SELF ? op->caller : end.other;
    const struct entry *e;

    if ( !end.by_ref || named >= DOMAINS || end.ref >= REFS )
        return false;
    e = &party(named)->entry[end.ref];
    return type_of(e) == GTF_transitive && e->trans_dead;
}

/* Of a call in which its caller dies. */
static struct { const struct operation *op; int from, to; } remembered[8];

void model_copy_remember(const struct operation *op, unsigned int element)
{
    struct end from = end_of(op, false), to = end_of(op, true);
    struct verdict v = {};

    check_end(&v, op, &from);
    check_end(&v, op, &to);
    remembered[element].op = op;
    remembered[element].from = v.nr ? NO_FRAME : from.frame;
    remembered[element].to = v.nr ? NO_FRAME : to.frame;
}

/* What the dead one could reach before, if it is there still. */
static void frames_remembered(const struct operation *op, struct end *from, struct end *to)
{
    unsigned int i;

    for ( i = 0; i < 8 && remembered[i].op != op; i++ )
        ;
    from->frame = i < 8 ? remembered[i].from : NO_FRAME;
    to->frame = i < 8 ? remembered[i].to : NO_FRAME;
    if ( from->frame >= 0 && !world.frame[from->frame].used )
        from->frame = NO_FRAME;
    if ( to->frame >= 0 && !world.frame[to->frame].used )
        to->frame = NO_FRAME;
}

MODEL_OP(COPY)
{
    struct end from = end_of(op, false), to = end_of(op, true);
    struct verdict v = {};
    bool dead;

    check_end(&v, op, &from);
    check_end(&v, op, &to);
    BAD(copy_shape(op).crosses, bad_copy_arg);
    dead = got->status == 0 && (world.names_dead || leads_to_dead(op, from) || leads_to_dead(op, to));
    if ( dead )
        v = (struct verdict){};
    if ( !verdict_done(&v, got->status) )
        return;
    if ( dead )
    {
        if ( world.dead == op->caller + 1u )
            frames_remembered(op, &from, &to);
        else
        {
            from.frame = frame_of_dead(op, from);
            to.frame = frame_of_dead(op, to);
        }
        if ( from.frame < 0 || to.frame < 0 )
        {
            differ("something is copied from nowhere, or to there");
            return;
        }
    }
    memcpy(world.frame[to.frame].note + to.offset, world.frame[from.frame].note + from.offset,
           to.bytes);
    if ( world.frame[to.frame].gfn != NOWHERE )
        model_touch(world.frame[to.frame].owner, world.frame[to.frame].gfn);
}

/* ---- transfer ------------------------------------------------------------------ */

MODEL_OP(TRANSFER)
{
    int other = op->other != op->caller ? model_named(op) : -1;
    struct party *caller = party(op->caller);
    struct verdict v = {};
    struct place *place;
    int frame, gfn;

    if ( !real_may_transfer(op->caller) )
    {
        if ( got->result != -ENOSYS && got->status != GNTST_bad_page )
            differ("transfer of a domain that cannot returned %ld, %d", got->result, got->status);
        return;
    }
    frame = model_frame_of(op->caller, op->gfn, &place);
    if ( frame < 0 || (place && place->kind != RAM) || !model_alone(frame) )
    {
        BAD(true, bad_page);
        verdict_done(&v, got->status);
        return;
    }
    MAY(place && place->rights != (RIGHT_READ | RIGHT_WRITE), bad_page);
    BAD(other < 0, bad_domain);
    if ( other >= 0 )
    {
        BAD(!model_accepts(other, op->ref, op->caller), general_error);
        BAD(party(other)->shift != party(op->caller)->shift, general_error);
        BAD(party(other)->pages >= party(other)->most, general_error);
    }
    gfn = world.frame[frame].gfn;
    if ( verdict_done(&v, got->status) )
    {
        struct entry *entry = &party(other)->entry[op->ref];

        if ( gfn != NOWHERE )
            model_vacate(op->caller, gfn);
        model_hand_over(frame, other, entry->gfn);
        entry->flags |= GTF_transfer_committed | GTF_transfer_completed;
    }
    else if ( got->status != GNTST_bad_page )
    {
        if ( gfn != NOWHERE )
            model_vacate(op->caller, gfn);
        world.frame[frame].kept = false;
        model_frame_put(frame);
    }
    (void)caller;
}

/* ---- tables -------------------------------------------------------------------- */

MODEL_OP(SWAP)
{
    bool there = op->ref < REFS && op->ref2 < REFS;
    struct entry *a = &party(op->caller)->entry[op->ref % REFS];
    struct entry *b = &party(op->caller)->entry[op->ref2 % REFS], swapped = *a;
    struct verdict v = {};

    BAD(!there, bad_gntref);
    BAD(there && a != b && (a->readers || b->readers), eagain);
    MAY(there && a == b && a->readers, eagain);
    if ( !verdict_done(&v, got->status) )
        return;
    *a = *b;
    *b = swapped;
}

/* What can be said in a version 1 entry. */
static bool fits_version_1(const struct entry *e)
{
    switch ( e->flags & GTF_type_mask )
    {
    case GTF_permit_access:
        return !(e->flags & GTF_sub_page) && e->word >> 32 == 0;
    case GTF_accept_transfer:
        return e->word >> 32 == 0;
    case GTF_invalid:
        return true;
    }
    return false;
}

MODEL_OP(VERSION)
{
    struct party *caller = party(op->caller);
    bool other = op->x != caller->version, in_use = false, fits = true;
    struct verdict v = {};
    unsigned int i;

    for ( i = 0; i < REFS; i++ )
    {
        in_use |= i >= GNTTAB_NR_RESERVED_ENTRIES && caller->entry[i].readers;
        fits &= i >= GNTTAB_NR_RESERVED_ENTRIES || fits_version_1(&caller->entry[i]);
    }
    verdict_bad(&v, op->x != 1 && op->x != 2, -EINVAL);
    verdict_bad(&v, other && (in_use || model_status_is_seen(op->caller)), -EBUSY);
    verdict_bad(&v, other && op->x == 1 && !fits, -ERANGE);
    if ( verdict_done(&v, got->result) && other )
    {
        caller->version = op->x;
        memset(&caller->entry[GNTTAB_NR_RESERVED_ENTRIES], 0,
               sizeof(caller->entry) - GNTTAB_NR_RESERVED_ENTRIES * sizeof(caller->entry[0]));
    }
    if ( got->value[0] != caller->version )
        differ("version %lu is said to be in force", (unsigned long)got->value[0]);
}

MODEL_OP(GET_VERSION)
{
    struct verdict v = {};
    int other = model_other(op);

    verdict_bad(&v, other < 0, -ESRCH);
    verdict_bad(&v, other >= 0 && !model_may(op->caller, other), -EPERM);
    if ( verdict_done(&v, got->result) && got->value[0] != party(other)->version )
        differ("version is %lu, not %u", (unsigned long)got->value[0], party(other)->version);
}

MODEL_OP(SETUP)
{
    struct verdict v = {};
    int other = model_other(op);

    BAD(other < 0, bad_domain);
    BAD(other >= 0 && !model_may(op->caller, other), permission_denied);
    BAD(other >= 0 && op->x > GRANT_FRAMES, general_error);
    if ( verdict_done(&v, got->status) && op->x > party(other)->frames )
        party(other)->frames = op->x;
}

MODEL_OP(QUERY)
{
    struct verdict v = {};
    int other = model_other(op);

    BAD(other < 0, bad_domain);
    BAD(other >= 0 && !model_may(op->caller, other), permission_denied);
    if ( other >= 0 && got->value[0] > party(other)->frames &&
         got->value[0] <= party(other)->maybe_frames )
        party(other)->frames = got->value[0];
    if ( verdict_done(&v, got->status) &&
         (got->value[0] != party(other)->frames || got->value[1] != GRANT_FRAMES) )
        differ("%lu frames of %lu, the model has %u", (unsigned long)got->value[0],
               (unsigned long)got->value[1], party(other)->frames);
}
