/* SPDX-License-Identifier: MIT */
/* The model of pmt_op: what each op is for a table that is an array. */
#include "naive.h"

#include <xen/pmt.h>


#define BAD(is_so, status)  verdict_bad(&v, (is_so), PMTST_##status)
#define MAY(is_so, status)  verdict_may(&v, (is_so), PMTST_##status)

static struct party *party(unsigned int domain)
{
    return &world.party[domain];
}

/* ---- reading ------------------------------------------------------------------- */

static unsigned int mapped(unsigned int domain)
{
    unsigned int i, n = party(domain)->extra;

    for ( i = 0; i < PAGES; i++ )
        n += party(domain)->place[i].kind != EMPTY || party(domain)->place[i].paged;
    return n;
}

MODEL_OP(INFO)
{
    struct verdict v = {};
    int other = model_other(op);

    BAD(other < 0, bad_domain);
    BAD(other >= 0 && !model_may(op->caller, other), denied);
    if ( !verdict_done(&v, got->status) )
        return;
    if ( got->value[1] != mapped(other) )
        differ("nr_mapped is %lu, the model has %u", (unsigned long)got->value[1],
               mapped(other));
    if ( got->value[2] != party(op->caller)->right )
        differ("the right is said to be %lu", (unsigned long)got->value[2]);
    if ( got->value[0] < party(other)->top )
        differ("nr_gpfns is %lu, frames up to %u were used", (unsigned long)got->value[0],
               party(other)->top);
}

/* The same bits, the next frame of the machine, the next place. */
static bool continues(unsigned int domain, unsigned int gfn)
{
    const struct place *a = &party(domain)->place[gfn], *b = a + 1;

    return gfn + 1 < PAGES && a->kind == b->kind && a->rights == b->rights &&
           a->kind != DEVICE &&
           world.frame[b->frame].mfn == world.frame[a->frame].mfn + real_granules(domain);
}

static unsigned int run_length(unsigned int domain, unsigned int gfn, unsigned int limit)
{
    unsigned int n = 1;

    while ( n < limit && continues(domain, gfn + n - 1) )
        n++;
    return n;
}

/* Pages that are lent may end a run. */
static bool may_stop(unsigned int domain, unsigned int gfn, uint64_t got, unsigned int run)
{
    const struct place *place = &party(domain)->place[gfn];

    /* What comes after the places that lists are about goes on, maybe. */
    if ( got > run && (gfn + run == PAGES || (place[run].kind == FOREIGN && place[run].frame >= FRAMES)) )
        return true;                    /* so does a frame of Xen's, maybe */
#ifdef PMT_TOP_SHIFT                    /* a table built small: none goes on over an entry of its top */
    if ( got && got < run && !((8 + gfn + got) & ((1u << PMT_TOP_SHIFT) - 1)) )
        return true;
#endif
    return got && got < run && world.frame[place[got].frame].loan_maps !=
                               world.frame[place[got - 1].frame].loan_maps;
}

MODEL_OP(TRANSLATE)
{
    struct verdict v = {};
    int other = model_other(op);
    const struct place *place;
    unsigned int run;

    BAD(!party(op->caller)->right, denied);
    BAD(other < 0, bad_domain);
    BAD(other >= 0 && !model_may(op->caller, other), denied);
    BAD(op->gfn >= PAGES, bad_frame);
    MAY(other >= 0 && op->gfn < PAGES && party(other)->place[op->gfn].kind == EMPTY, bad_frame);
    if ( !verdict_done(&v, got->status) )
        return;
    place = &party(other)->place[op->gfn];
    if ( place->kind == EMPTY || !place->rights )
    {
        if ( got->value[0] & PMTE_present )
            differ("entry is %#lx, the model has nothing to tell there",
                   (unsigned long)got->value[0]);
        return;
    }
    if ( !(got->value[0] & PMTE_present) || PMTE_software(got->value[0]) ||
         !(got->value[0] & PMTE_writable) != !(place->rights & RIGHT_WRITE) ||
         !(got->value[0] & PMTE_foreign) != (place->kind != GRANTED && place->kind != LOAN && place->kind != FOREIGN) )
        differ("entry is %#lx; bits are wrong", (unsigned long)got->value[0]);
    if ( place->frame < 0 || place->frame >= FRAMES )
        return;
    if ( PMTE_mfn(got->value[0]) != world.frame[place->frame].mfn )
        differ("entry is %#lx, the frame is %#lx", (unsigned long)got->value[0],
               (unsigned long)world.frame[place->frame].mfn);
    run = run_length(other, op->gfn, op->x ? op->x : 1);
    if ( got->value[1] != run && !may_stop(other, op->gfn, got->value[1], run) )
        differ("the run is %lu, the model has %u", (unsigned long)got->value[1], run);
}

MODEL_OP(REVERSE)
{
    struct verdict v = {};
    int other = model_other(op), frame = NO_FRAME;
    const struct frame *f;
    struct place *place;

    if ( other >= 0 )
        frame = model_frame_of(other, op->gfn, &place);
    f = &world.frame[frame < 0 ? 0 : frame];
    BAD(!party(op->caller)->right, denied);
    BAD(frame < 0 || frame >= FRAMES || f->owner != op->caller, bad_frame);
    MAY(frame >= 0 && f->gfn == NOWHERE, bad_frame);
    if ( !verdict_done(&v, got->status) )
        return;
    if ( f->gfn == NOWHERE ? got->value[0] != ~0ul
                           : got->value[0] != real_gfn(op->caller, f->gfn) )
        differ("it is said to be at %#lx, not at %d", (unsigned long)got->value[0], f->gfn);
}

/* ---- windows ------------------------------------------------------------------- */

static struct attached *window_free(unsigned int domain)
{
    unsigned int i;

    for ( i = 0; i < WINDOWS && party(domain)->window[i].used; i++ )
        ;
    return i < WINDOWS ? &party(domain)->window[i] : NULL;
}

bool model_window_room(unsigned int domain)
{
    return window_free(domain);
}

static struct attached *window_find(unsigned int domain, unsigned int gfn)
{
    unsigned int i;

    if ( party(domain)->pv )
        return gfn % 8 < WINDOWS && party(domain)->window[gfn % 8].used
               ? &party(domain)->window[gfn % 8] : NULL;
    for ( i = 0; i < WINDOWS; i++ )
        if ( party(domain)->window[i].used && party(domain)->window[i].gfn == (int)gfn )
            return &party(domain)->window[i];
    return NULL;
}

bool model_window_at(unsigned int domain, unsigned int gfn)
{
    return !party(domain)->pv && window_find(domain, gfn);
}

static bool window_attached(unsigned int domain, int of, unsigned int window)
{
    unsigned int i;

    for ( i = 0; i < WINDOWS; i++ )
        if ( party(domain)->window[i].used && party(domain)->window[i].of == of &&
             party(domain)->window[i].window == window )
            return true;
    return false;
}

MODEL_OP(ATTACH)
{
    const struct party *caller = party(op->caller);
    struct attached *window = window_free(op->caller);
    struct verdict v = {};
    int other = model_other(op);

    BAD(!caller->right, denied);
    BAD(other < 0, bad_domain);
    BAD(other >= 0 && !model_may(op->caller, other), denied);
    BAD(op->x > PMTW_state, bad_argument);
    BAD(op->flags & FLAG_WRONG, bad_argument);
    /* Beyond the table there are addresses, too. */
    BAD(!caller->pv && op->gfn < PAGES && (caller->place[op->gfn].kind != EMPTY ||
                                           caller->place[op->gfn].paged), bad_frame);
    BAD(model_window_at(op->caller, op->gfn), bad_frame);
    BAD(window_attached(op->caller, other, op->x), busy);
    if ( !verdict_done(&v, got->status) )
        return;
    *window = (struct attached){ .used = true, .of = other, .window = op->x,
                                 .gfn = caller->pv ? NOWHERE : op->gfn,
                                 .address = got->value[0] };
}

MODEL_OP(DETACH)
{
    struct attached *window = window_find(op->caller, op->gfn);
    struct verdict v = {};

    BAD(!window, bad_frame);
    if ( verdict_done(&v, got->status) )
        window->used = false;
}

/* ---- changing ------------------------------------------------------------------ */

/* Memory of the domain's own, of which nobody else has anything. */
static void check_own(struct verdict *v, unsigned int domain, unsigned int gfn)
{
    const struct place *place = model_place(domain, gfn);
    bool own = place && place->kind == RAM;

    verdict_bad(v, !own, model_is_paged(place) ? PMTST_busy : PMTST_bad_frame);
    if ( !own )
        return;
    verdict_bad(v, !model_alone(place->frame), PMTST_busy);
    verdict_bad(v, world.frame[place->frame].loan_maps, PMTST_bad_frame);
    verdict_may(v, place->rights != (RIGHT_READ | RIGHT_WRITE), PMTST_bad_frame);
    verdict_may(v, place->rights != (RIGHT_READ | RIGHT_WRITE), PMTST_denied);
}

MODEL_OP(EXCHANGE)
{
    unsigned int i, nr = op->order < 8 ? 1u << op->order : 1;
    struct verdict v = {};

    BAD(op->order > real_max_order(op->caller), bad_argument);
    BAD(op->x && (op->x < 13 || op->x > 64), bad_argument);
    BAD(op->x && op->x < real_address_bits(), no_memory);
    BAD(op->gfn >= PAGES || real_gfn(op->caller, op->gfn) & (nr - 1), bad_frame);
    for ( i = 0; i < nr; i++ )
        check_own(&v, op->caller, op->gfn + i);
    if ( !verdict_done(&v, got->status) )
        return;
    for ( i = 0; i < nr; i++ )
    {
        model_discard(op->caller, op->gfn + i);
        model_occupy(op->caller, op->gfn + i, model_frame_new(op->caller, op->gfn + i));
    }
    if ( !party(op->caller)->right && got->value[0] )
        differ("entry is %#lx for a domain without the right", (unsigned long)got->value[0]);
    for ( i = 0; i < nr && party(op->caller)->right; i++ )
        model_learn(party(op->caller)->place[op->gfn + i].frame,
                    PMTE_mfn(got->value[0]) + i * real_granules(op->caller));
}

static int protect_page(const struct operation *op, unsigned int gfn, struct verdict *v)
{
    struct place *place = model_place(op->caller, gfn);
    unsigned int rights = op->y & 3;
    const struct frame *f;

    if ( !place || (place->kind != RAM && place->kind != LOAN) )
        return PMTST_bad_frame;
    f = &world.frame[place->frame];
    verdict_may(v, f->loan_maps || place->kind == LOAN, PMTST_busy);
    verdict_may(v, f->loan_maps || place->kind == LOAN, PMTST_bad_frame);
    verdict_may(v, f->loan_maps || place->kind == LOAN, PMTST_denied);
    if ( rights & ~place->most )
        return PMTST_denied;
    verdict_may(v, f->writers && !(rights & RIGHT_WRITE), PMTST_busy);
    verdict_may(v, (f->foreign || f->own) && !(rights & RIGHT_WRITE), PMTST_busy);
    if ( (place->rights & RIGHT_WRITE) && !(rights & RIGHT_WRITE) && f->writers )
        return PMTST_busy;
    return 0;
}

MODEL_OP(PROTECT)
{
    unsigned int i, rights = op->y & 3;
    struct verdict v = {};
    int status = 0;

    BAD(rights == RIGHT_WRITE, bad_argument);
    if ( v.nr )
    {
        verdict_done(&v, got->status);
        return;
    }
    for ( i = 0; i < op->x && i < got->value[0] && !status; )
    {
        v = (struct verdict){};
        status = protect_page(op, op->gfn + i, &v);
        if ( status )
            break;
        party(op->caller)->place[op->gfn + i].rights = rights;
        model_touch(op->caller, op->gfn + i);
        i++;
    }
    v = (struct verdict){};
    if ( i < op->x )
        status = protect_page(op, op->gfn + i, &v);
    verdict_bad(&v, status, status);
    if ( got->value[0] != i )
        differ("done is %lu, the model has %u", (unsigned long)got->value[0], i);
    else if ( verdict_done(&v, got->status) && i < op->x )
        differ("done is %u of %u", i, op->x);
}

MODEL_OP(FLIP)
{
    struct verdict v = {};
    int other = model_other(op), frame;
    struct entry *entry = NULL;

    BAD(other < 0 || other == op->caller, bad_domain);
    check_own(&v, op->caller, op->gfn);
    if ( other >= 0 && other != op->caller )
    {
        entry = op->ref < REFS ? &world.party[other].entry[op->ref] : NULL;
        BAD(!model_accepts(other, op->ref, op->caller), bad_grant);
        BAD(party(other)->shift != party(op->caller)->shift, bad_frame);
        BAD(party(other)->pages >= party(other)->most, no_memory);
        if ( party(op->caller)->pages >= party(op->caller)->most )
            v.lack = PMTST_no_memory;
    }
    if ( !verdict_done(&v, got->status) )
        return;
    frame = party(op->caller)->place[op->gfn].frame;
    model_vacate(op->caller, op->gfn);
    model_occupy(op->caller, op->gfn, model_frame_new(op->caller, op->gfn));
    model_hand_over(frame, other, entry->gfn);
    entry->flags |= GTF_transfer_committed | GTF_transfer_completed;
    if ( !party(op->caller)->right && got->value[0] )
        differ("entry is %#lx for a domain without the right", (unsigned long)got->value[0]);
    if ( party(op->caller)->right )
        model_learn(party(op->caller)->place[op->gfn].frame, PMTE_mfn(got->value[0]));
}

/* ---- loans --------------------------------------------------------------------- */

/* Mapped by its PV owner, as a grant of a taker who is dead: like any mapping of its own. */
static bool seen_through_ghost(unsigned int domain, int frame)
{
    unsigned int i;

    for ( i = 0; i < MAPPINGS && party(domain)->pv; i++ )
        if ( party(domain)->mapping[i].used && party(domain)->mapping[i].frame == frame &&
             party(domain)->mapping[i].granter >= DOMAINS )
            return true;
    return false;
}

MODEL_OP(DONATE)
{
    const struct place *place = model_place(op->caller, op->gfn), *there = NULL;
    struct loan *loan = &world.party[op->caller].loan[op->slot % LOANS];
    unsigned int rights = op->y & 3;
    struct verdict v = {};
    int other = model_other(op);
    bool own = place && place->kind == RAM;

    BAD(other < 0 || other == op->caller, bad_domain);
    BAD(!party(op->caller)->privileged, denied);
    BAD(!(rights & RIGHT_READ), bad_argument);
    verdict_bad(&v, !own, model_is_paged(place) ? PMTST_busy : PMTST_bad_frame);
    BAD(own && world.frame[place->frame].loan_maps, bad_frame);
    (own && seen_through_ghost(op->caller, place->frame) ? verdict_may : verdict_bad)(
        &v, own && world.frame[place->frame].maps, PMTST_busy);
    /* Of a PV lender's pages grants alone count. */
    (party(op->caller)->pv ? verdict_may : verdict_bad)(&v, own && world.frame[place->frame].foreign,
                                                        PMTST_busy);
    BAD(own && (rights & ~place->rights), denied);
    MAY(own && !place->rights, bad_frame);
    if ( other >= 0 && other != op->caller )
    {
        there = model_place(other, op->gfn2);
        BAD(there && (there->kind != EMPTY || model_window_at(other, op->gfn2)), busy);
        BAD(party(other)->shift != party(op->caller)->shift, bad_frame);
        BAD(!there, no_memory);
        MAY(!there, busy);
        MAY(!there, bad_frame);
        MAY(!there, bad_argument);
    }
    if ( !verdict_done(&v, got->status) )
        return;
    *loan = (struct loan){ .used = true, .taker = other, .gfn = op->gfn2, .frame = place->frame,
                           .number = got->value[0] };
    world.frame[place->frame].loan_maps = 1;
    world.party[other].place[op->gfn2] = (struct place){
        .kind = LOAN, .rights = rights, .most = rights, .frame = place->frame };
    model_touch(other, op->gfn2);
    model_touch(op->caller, op->gfn);
}

MODEL_OP(RECLAIM)
{
    struct loan *loan = &world.party[op->caller].loan[op->slot % LOANS];
    struct verdict v = {};

    BAD(!loan->used || (op->flags & FLAG_WRONG), bad_loan);
    /* The lender maps its own page through the taker, or another page of his is. */
    MAY(loan->used && !loan->orphan && (world.frame[loan->frame].maps || world.frame[loan->frame].foreign), busy);
    if ( !verdict_done(&v, got->status) )
        return;
    loan->used = false;
    if ( loan->orphan )
        return;
    world.frame[loan->frame].loan_maps = 0;
    model_vacate(loan->taker, loan->gfn);
    model_touch(op->caller, world.frame[loan->frame].gfn);
}
