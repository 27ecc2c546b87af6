/* SPDX-License-Identifier: MIT */
/*
 * Numbers that make sense in the state there is: most operations that are drawn
 * blindly would be refused. The list remembers them; nothing is drawn twice.
 */
#include "naive.h"

#include <xen/grant_table.h>

static uint64_t *dice;

static unsigned int below(unsigned int n)
{
    return (random_next(dice) >> 32) * n >> 32;
}

static const struct party *party(unsigned int domain)
{
    return &world.party[domain];
}

/* A place of that kind, from a random one on; or whatever was drawn. */
static uint8_t place_of(unsigned int domain, unsigned int kind, uint8_t drawn)
{
    unsigned int i, from = below(PAGES);

    for ( i = 0; i < PAGES; i++ )
        if ( party(domain)->place[(from + i) % PAGES].kind == kind &&
             !(kind == RAM &&
               world.frame[party(domain)->place[(from + i) % PAGES].frame].loan_maps) )
            return (from + i) % PAGES;
    return drawn;
}

/* Somebody's entry of that type for the caller. */
static void find_entry(struct operation *op, unsigned int type)
{
    unsigned int i, from = below(DOMAINS * REFS);

    for ( i = 0; i < DOMAINS * REFS; i++ )
    {
        unsigned int domain = (from + i) % (DOMAINS * REFS) / REFS, ref = (from + i) % REFS;
        const struct entry *e = &party(domain)->entry[ref];

        if ( (e->flags & GTF_type_mask) != type || e->domain != op->caller ||
             (type == GTF_accept_transfer && (e->flags != type || domain == op->caller)) )
            continue;
        op->other = domain;
        op->ref = ref;
        if ( (e->flags & GTF_readonly) && type == GTF_permit_access )
            op->flags |= FLAG_READONLY;
        return;
    }
}

static uint8_t used_mapping(unsigned int domain, uint8_t drawn)
{
    unsigned int i;

    for ( i = 0; i < MAPPINGS; i++ )
        if ( party(domain)->mapping[(drawn + i) % MAPPINGS].used )
            return (drawn + i) % MAPPINGS;
    return drawn;
}

static uint8_t loan_slot(unsigned int domain, bool used, uint8_t drawn)
{
    unsigned int i;

    for ( i = 0; i < LOANS; i++ )
        if ( party(domain)->loan[(drawn + i) % LOANS].used == used )
            return (drawn + i) % LOANS;
    return drawn;
}

static void sharpen_grant(struct operation *op)
{
    switch ( op->kind )
    {
    case OP_GRANT:
    case OP_PART:
    case OP_VA:
        op->gfn = place_of(op->caller, RAM, op->gfn);
        break;
    case OP_ACCEPT:
        op->gfn = place_of(op->caller, EMPTY, op->gfn);
        break;
    case OP_MAP:
    case OP_PMT_MAP:
        find_entry(op, GTF_permit_access);
        op->gfn = place_of(op->caller, EMPTY, op->gfn);
        break;
    case OP_UNMAP:
    case OP_REPLACE:
        op->slot = used_mapping(op->caller, op->slot);
        break;
    case OP_COPY:
        if ( op->flags & FLAG_DEVICE )
            break;
        op->flags = (op->flags & FLAG_JOIN) | FLAG_READONLY;
        find_entry(op, below(8) ? GTF_permit_access : GTF_transitive);
        op->gfn2 = place_of(op->caller, RAM, op->gfn2);
        break;
    case OP_TRANSFER:
    case OP_FLIP:
        find_entry(op, GTF_accept_transfer);
        op->gfn = place_of(op->caller, RAM, op->gfn);
        break;
    }
}

/* Of somebody's page that is leaving, or is paged out. */
static void find_paged(struct operation *op, bool out)
{
    unsigned int i, from = below(DOMAINS * PAGES);

    for ( i = 0; i < DOMAINS * PAGES; i++ )
    {
        unsigned int domain = (from + i) % (DOMAINS * PAGES) / PAGES, gfn = (from + i) % PAGES;
        const struct place *place = &party(domain)->place[gfn];

        if ( place->kind != LEAVING && !(out && place->paged) )
            continue;
        op->other = domain;
        op->gfn = gfn;
        return;
    }
}

/* A page that somebody is granted, or any. */
static void sharpen_paging(struct operation *op, int other)
{
    const struct entry *e = &party(other)->entry[below(REFS)];

    if ( op->kind != OP_NOMINATE )
        find_paged(op, op->kind == OP_PREP);
    else if ( below(2) && (e->flags & GTF_type_mask) == GTF_permit_access )
        op->gfn = e->gfn;
    else
        op->gfn = place_of(other, RAM, op->gfn);
}

static void sharpen_machphys(struct operation *op, int other)
{
    if ( !(op->flags & FLAG_DEVICE) )
        op->gfn = place_of(other, RAM, op->gfn);
    op->gfn2 = place_of(other, below(2) ? EMPTY : RAM, op->gfn2);
}

static void sharpen_memory(struct operation *op, int other)
{
    switch ( op->kind )
    {
    case OP_DECREASE:
    case OP_PHYSMAP:
    case OP_PHYSMAP_RANGE:
    case OP_PHYSMAP_REMOVE:
        op->gfn = place_of(other, op->kind == OP_PHYSMAP_REMOVE && !below(3) ? FOREIGN : RAM, op->gfn);
        break;
    case OP_POPULATE:
        op->gfn = place_of(other, EMPTY, op->gfn);
        break;
    case OP_MEM_EXCHANGE:
        op->gfn = place_of(other, RAM, op->gfn);
        op->gfn2 = place_of(other, EMPTY, op->gfn2);
        break;
    case OP_TRANSLATE:
        op->gfn = place_of(other, below(4) ? RAM : GRANTED, op->gfn);
        break;
    case OP_DONATE:
        op->gfn = place_of(op->caller, RAM, op->gfn);
        op->gfn2 = place_of(other, EMPTY, op->gfn2);
        op->slot = loan_slot(op->caller, false, op->slot);
        op->y |= RIGHT_READ;
        break;
    case OP_REVERSE:
#ifdef PORT_IA64
    case OP_MACHTOPHYS:
#endif
        op->gfn = place_of(other, RAM, op->gfn);
        break;
#ifdef PORT_IA64
    case OP_ADD_FRAME:
    case OP_ADD_GMFN:
    case OP_ADD_DEVICE:
        op->gfn = place_of(other, RAM, op->gfn);
        op->gfn2 = place_of(op->caller, below(3) ? EMPTY : RAM, op->gfn2);
        break;
    case OP_ZAP:
        op->gfn = place_of(op->caller, below(2) ? RAM : below(3) ? FOREIGN : DEVICE, op->gfn);
        break;
    case OP_UNEXPOSE:
        if ( party(op->caller)->exposed[op->x].used )
            op->other = party(op->caller)->exposed[op->x].of;
        break;
#endif
    case OP_NOMINATE:
    case OP_EVICT:
    case OP_PREP:
        sharpen_paging(op, other);
        break;
    case OP_MACHPHYS:
        sharpen_machphys(op, other);
        break;
    case OP_PHYSMAP_STATUS:
    case OP_PHYSMAP_INFO:
        op->gfn2 = place_of(other, below(2) ? EMPTY : RAM, op->gfn2);
        break;
    case OP_FOREIGN:
        if ( op->y < DOMAINS )
            op->gfn = place_of(op->y, RAM, op->gfn);
        op->gfn2 = place_of(other, EMPTY, op->gfn2);
        break;
    case OP_ACQUIRE:
        op->gfn2 = place_of(op->caller, EMPTY, op->gfn2);
        break;
    case OP_ATTACH:
        op->gfn = place_of(op->caller, EMPTY, op->gfn);
        break;
    }
}

static void sharpen_own(struct operation *op)
{
    unsigned int i;

    switch ( op->kind )
    {
    case OP_WRITE:
    case OP_READ:
        op->gfn = place_of(op->caller, below(3) ? RAM : below(2) ? GRANTED : below(2) ? LOAN : FOREIGN, op->gfn);
        break;
    case OP_EXCHANGE:
    case OP_PROTECT:
        op->gfn = place_of(op->caller, RAM, op->gfn);
        if ( op->kind == OP_EXCHANGE && op->order < 4 )
            op->gfn &= ~((1u << op->order) - 1);
        break;
    case OP_RECLAIM:
        op->slot = loan_slot(op->caller, true, op->slot);
        break;
    case OP_DETACH:
        for ( i = 0; i < WINDOWS; i++ )
            if ( party(op->caller)->window[i].used )
                op->gfn = party(op->caller)->pv ? (int)i : party(op->caller)->window[i].gfn;
        break;
    }
}

void operation_sharpen(struct operation *op, uint64_t *seed)
{
    int other = model_other(op);

    dice = seed;
    if ( below(5) == 0 )
        return;
    sharpen_grant(op);
    sharpen_own(op);
    if ( other >= 0 )
        sharpen_memory(op, other);
}
