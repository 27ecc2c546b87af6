/* SPDX-License-Identifier: MIT */
/* The model of grants: entries, mappings, what is accepted. */
#include <string.h>

#include "naive.h"

#include <xen/grant_table.h>
#include <xen/pmt.h>


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

/* ---- what domains write -------------------------------------------------------- */

static void entry_write(const struct operation *op, const struct outcome *got,
                        unsigned int flags)
{
    int other = model_other(op);

    party(op->caller)->entry[op->ref] = (struct entry){
        .flags = flags, .domain = other < 0 ? DOMAINS : other, .gfn = op->gfn,
        .trans = op->x % DOMAINS, .ref = op->ref2, .first = op->x % NOTE,
        .bytes = op->y % NOTE, .word = got->value[0],
    };
}

MODEL_OP(GRANT)
{
    entry_write(op, got, GTF_permit_access |
                (op->flags & FLAG_READONLY ? GTF_readonly : 0));
}

MODEL_OP(ACCEPT)
{
    entry_write(op, got, GTF_accept_transfer);
}

MODEL_OP(TRANSIT)
{
    entry_write(op, got, GTF_transitive |
                (op->flags & FLAG_READONLY ? GTF_readonly : 0));
}

MODEL_OP(PART)
{
    entry_write(op, got, GTF_permit_access | GTF_sub_page |
                (op->flags & FLAG_READONLY ? GTF_readonly : 0));
}

MODEL_OP(REVOKE)
{
    (void)got;
    party(op->caller)->entry[op->ref] = (struct entry){};
}

/* A mapping to write into: the first free one from the slot on. */
struct mapping *model_slot(const struct operation *op)
{
    unsigned int i;

    for ( i = 0; i < MAPPINGS; i++ )
    {
        struct mapping *m = &party(op->caller)->mapping[(op->slot + i) % MAPPINGS];

        if ( !m->used )
            return m;
    }
    return NULL;
}

static bool maps_somewhere(const struct operation *op)
{
    return !model_slot(op) ||
           (party(op->caller)->pv && op->gfn < PAGES && party(op->caller)->va[op->gfn].kind == VA_GRANT);
}

/* What is in use is not written to; tests/fuzz-ops does. */
bool model_skips_grant(const struct operation *op)
{
    const struct party *caller = party(op->caller);

    switch ( op->kind )
    {
    case OP_GRANT:
    case OP_ACCEPT:
    case OP_REVOKE:
        return op->ref >= REFS || caller->entry[op->ref].readers;
    case OP_TRANSIT:
    case OP_PART:
        return op->ref >= REFS || caller->entry[op->ref].readers || caller->version != 2;
    case OP_MAP:
    case OP_PMT_MAP:
        return maps_somewhere(op);
    default:
        return false;
    }
}

/* ---- looking at entries -------------------------------------------------------- */

bool model_accepts(unsigned int taker, unsigned int ref, unsigned int giver)
{
    const struct entry *e = ref < REFS ? &party(taker)->entry[ref] : NULL;

    /* All other flags clear: nothing is committed. */
    return e && e->flags == GTF_accept_transfer && e->domain == giver && e->gfn < PAGES &&
           party(taker)->place[e->gfn].kind == EMPTY && !model_window_at(taker, e->gfn);
}

/* The frame comes as it is; it is the other's. */
void model_hand_over(int frame, unsigned int to, unsigned int gfn)
{
    struct frame *f = &world.frame[frame];

    party(f->owner)->pages--;
    party(to)->pages++;
    f->owner = to;
    model_occupy(to, gfn, frame);
}

int model_granted(unsigned int granter, const struct entry *e, struct place **place)
{
    int frame;

    *place = NULL;
    if ( party(granter)->pv )
    {
        frame = model_frame_by_mfn(e->word);
        if ( frame < 0 || world.frame[frame].owner != (int)granter )
            return NO_FRAME;
        if ( world.frame[frame].gfn != NOWHERE )
            *place = &party(granter)->place[world.frame[frame].gfn];
        return frame;
    }
    *place = model_place(granter, e->gfn);
    return *place && (*place)->kind == RAM ? (*place)->frame : NO_FRAME;
}

/*
 * May the caller map this, and what? The four numbers are the words for a bad
 * reference, a grant that does not allow it, a frame that is none, one that is paged out.
 */
static int check_map(struct verdict *v, unsigned int caller, unsigned int granter,
                     unsigned int ref, bool readonly, const int word[4])
{
    const struct entry *e = ref < REFS ? &party(granter)->entry[ref] : NULL;
    struct place *place;
    int frame;

    verdict_bad(v, party(granter)->shift != party(caller)->shift, word[2]);
    verdict_bad(v, !e, word[0]);
    if ( !e )
        return NO_FRAME;
    verdict_bad(v, type_of(e) != GTF_permit_access || e->domain != caller ||
                (e->flags & GTF_sub_page), word[1]);
    if ( type_of(e) != GTF_permit_access )
        return NO_FRAME;
    verdict_bad(v, (e->flags & GTF_readonly) && !readonly, word[1]);
    frame = model_granted(granter, e, &place);
    if ( model_is_paged(place) )
    {
        verdict_bad(v, true, word[3]);
        return NO_FRAME;
    }
    if ( place && place->kind == LOAN && world.frame[place->frame].owner == (int)caller )
    {
        /* Back to its lender. */
        frame = place->frame;
        verdict_may(v, true, word[1]);
        verdict_may(v, true, word[2]);
    }
    verdict_bad(v, frame < 0, word[2]);
    verdict_may(v, frame < 0, word[1]);
    /* Given back, and kept by who maps it. */
    verdict_may(v, frame >= 0 && !world.frame[frame].kept, word[1]);
    verdict_may(v, frame >= 0 && !world.frame[frame].kept, word[2]);
    /* In use, and the granter has put another page there since. */
    verdict_bad(v, frame >= 0 && e->readers && e->frame != frame, word[2]);
    verdict_may(v, frame >= 0 && e->readers && e->frame != frame, word[1]);
    if ( place && frame >= 0 )
    {
        bool less = !place->rights || (!readonly && !(place->rights & RIGHT_WRITE));

        /* PV domains are judged by frames, not by where these are. */
        (party(granter)->pv || place->kind == LOAN ? verdict_may : verdict_bad)(v, less, word[1]);
        (party(granter)->pv || place->kind == LOAN ? verdict_may : verdict_bad)(v, less, word[2]);
    }
    return frame;
}

/* ---- mapping ------------------------------------------------------------------- */

static void pin(struct mapping *m, int by)
{
    struct entry *e = &party(m->granter)->entry[m->ref];

    e->readers += by;
    e->frame = m->frame;
    world.frame[m->frame].maps += by;
    if ( !m->readonly )
    {
        e->writers += by;
        world.frame[m->frame].writers += by;
    }
    if ( by < 0 )
        model_frame_put(m->frame);
}

static bool handle_is_new(unsigned int domain, uint32_t handle)
{
    unsigned int i;

    for ( i = 0; i < MAPPINGS; i++ )
        if ( party(domain)->mapping[i].used && party(domain)->mapping[i].handle == handle )
            return false;
    return true;
}

static void map(const struct operation *op, struct mapping *m, const struct outcome *got)
{
    const struct place place = {
        .kind = GRANTED, .frame = m->frame, .most = RIGHT_READ | RIGHT_WRITE,
        .rights = m->readonly ? RIGHT_READ : RIGHT_READ | RIGHT_WRITE,
    };

    m->used = true;
    m->address = got->value[0];
    m->handle = got->value[1];
    if ( m->host )
        pin(m, 1);
    if ( m->device )
        pin(m, 1);
    if ( m->in_place || !m->host )
        return;
    m->gfn = op->gfn;
    if ( party(op->caller)->pv )
    {
        model_address_clear(op->caller, op->gfn);
        party(op->caller)->va[op->gfn] = (struct address){ VA_GRANT, m->readonly, m->frame };
        return;
    }
    party(op->caller)->place[op->gfn] = place;
    model_touch(op->caller, op->gfn);
}

static bool place_free(const struct operation *op)
{
    const struct party *caller = party(op->caller);

    if ( caller->pv )
        return op->gfn < PAGES;
    return op->gfn < PAGES && caller->place[op->gfn].kind == EMPTY &&
                                              !model_window_at(op->caller, op->gfn);
}

MODEL_OP(MAP)
{
    static const int word[4] = { GNTST_bad_gntref, GNTST_general_error, GNTST_bad_page,
                                 GNTST_eagain };
    bool readonly = op->flags & FLAG_READONLY, device = op->flags & FLAG_DEVICE;
    int other = model_named(op);
    struct mapping *m = model_slot(op);
    struct verdict v = {};

    BAD(op->flags & FLAG_WRONG, bad_gntref);
    BAD(other < 0, bad_domain);
    BAD(device && party(op->caller)->translated, general_error);
    BAD(!place_free(op), general_error);
    *m = (struct mapping){ .host = true, .device = device, .readonly = readonly, .ref = op->ref,
                           .gfn = NOWHERE, .frame = NO_FRAME };
    if ( other >= 0 )
    {
        m->granter = other;
        m->frame = check_map(&v, op->caller, other, op->ref, readonly, word);
    }
    if ( !verdict_done(&v, got->status) )
        return;
    if ( !handle_is_new(op->caller, got->value[1]) )
        differ("handle %lu is in use already", (unsigned long)got->value[1]);
    map(op, m, got);
    m->bus = got->value[2];
    if ( party(op->caller)->pv && m->bus != world.frame[m->frame].mfn << real_page_shift() )
        differ("dev_bus_addr is %#lx", (unsigned long)m->bus);
}

MODEL_OP(PMT_MAP)
{
    static const int word[4] = { PMTST_bad_grant, PMTST_bad_grant, PMTST_bad_frame,
                                 PMTST_busy };
    bool readonly = op->flags & FLAG_READONLY, right = party(op->caller)->right;
    const struct place *here = model_place(op->caller, op->gfn);
    bool own, seen;
    int other = model_named(op);
    struct mapping *m = model_slot(op);
    struct verdict v = {};

    verdict_bad(&v, other < 0, PMTST_bad_domain);
    *m = (struct mapping){ .host = true, .readonly = readonly, .ref = op->ref,
                           .device = op->flags & FLAG_DEVICE, .gfn = NOWHERE,
                           .frame = NO_FRAME };
    if ( other >= 0 )
    {
        m->granter = other;
        m->frame = check_map(&v, op->caller, other, op->ref, readonly, word);
    }
    own = m->frame >= 0 && world.frame[m->frame].owner == op->caller;
    /* Who has the right may have it there already. */
    seen = right && !party(op->caller)->pv && here && here->kind != EMPTY &&
           m->frame >= 0 && here->frame == m->frame && (here->rights & RIGHT_WRITE);
    m->in_place = own && !party(op->caller)->pv && world.frame[m->frame].gfn != NOWHERE && got->status == 0 &&
                  got->value[0] == real_host_address(op->caller, world.frame[m->frame].gfn);
    m->in_place |= seen && got->status == 0;
    verdict_may(&v, (own || seen) && !place_free(op), PMTST_bad_frame);
    verdict_bad(&v, !place_free(op) && !seen &&
                (!own || party(op->caller)->pv), PMTST_bad_frame);
    if ( !verdict_done(&v, got->status) )
        return;
    if ( !handle_is_new(op->caller, got->value[1]) )
        differ("handle %lu is in use already", (unsigned long)got->value[1]);
    map(op, m, got);
    /* Who is told the frame ends the half for devices by it; else it goes with the other. */
    if ( right && m->device )
        m->bus = PMTE_mfn(got->value[2]) << real_page_shift();
    if ( !m->in_place && got->value[0] != real_host_address(op->caller, op->gfn) )
        differ("the page is said to be at %#lx", (unsigned long)got->value[0]);
    if ( right ? !!(got->value[2] & PMTE_foreign) == (own && m->in_place) ||
                 PMTE_mfn(got->value[2]) != world.frame[m->frame].mfn : got->value[2] != 0 )
        differ("entry is %#lx", (unsigned long)got->value[2]);
}

/* ---- unmapping ----------------------------------------------------------------- */

static void unmap_host(unsigned int domain, struct mapping *m)
{
    if ( m->gfn != NOWHERE && party(domain)->pv )
        party(domain)->va[m->gfn] = (struct address){};
    else if ( m->gfn != NOWHERE )
    {
        party(domain)->place[m->gfn] = (struct place){ .frame = NO_FRAME };
        model_touch(domain, m->gfn);
    }
    pin(m, -1);
    m->host = false;
}

/* Who had it is dead. */
void model_mapping_ends(unsigned int domain, struct mapping *m)
{
    if ( m->host )
        unmap_host(domain, m);
    if ( m->device )
        pin(m, -1);
    m->used = m->device = false;
}

/* Replaced: its address shows something else by now. */
void model_host_ends(struct mapping *m)
{
    pin(m, -1);
    m->host = false;
    m->used = m->device;
}

MODEL_OP(UNMAP)
{
    struct mapping *m = &party(op->caller)->mapping[op->slot];
    bool host = !(op->flags & FLAG_READONLY), device = op->flags & FLAG_DEVICE;
    struct verdict v = {};

    BAD(!m->used, bad_handle);
    if ( m->used )
    {
        BAD(host && m->host && (op->flags & FLAG_WRONG), general_error);
        /* That half has gone: an address for it is not looked at, or is wrong. */
        MAY(host && !m->host, general_error);
        /* Not mapped for devices: nobody says whether the address is looked at. */
        MAY(device && m->bus && !m->device, bad_dev_addr);
        MAY(device && m->bus && !m->device, general_error);
    }
    if ( !verdict_done(&v, got->status) )
        return;
    if ( host && m->host )
        unmap_host(op->caller, m);
    if ( device && m->device && m->bus )
    {
        m->device = false;
        pin(m, -1);
    }
    /* A device half without an address goes with the other. */
    if ( m->device && !m->bus && !m->host )
    {
        m->device = false;
        pin(m, -1);
    }
    m->used = m->host || m->device;
}
