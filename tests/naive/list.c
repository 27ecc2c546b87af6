/* SPDX-License-Identifier: MIT */
/*
 * Operations as words, and drawn at random. Needs no state: what an operation
 * means where it cannot be done is for the model to say.
 */
#include <stdio.h>
#include <string.h>

#include "naive.h"

static const struct {
    const char *name, *text;
    unsigned int weight;
    bool elements;
} table[OPERATIONS] = {
#define O(name, weight, elements, text) { #name, text, weight, elements },
#include "operations.def"
#undef O
};

const char *operation_name(unsigned int kind)
{
    return table[kind].name;
}

/* ---- words --------------------------------------------------------------------- */

static int print_domain(char *to, size_t size, unsigned int domain)
{
    if ( domain == OTHER_SELF )
        return snprintf(to, size, "itself");
    if ( domain >= DOMAINS )
        return snprintf(to, size, "nobody");
    return snprintf(to, size, "d%u", domain);
}

static int print_gfn(char *to, size_t size, unsigned int gfn)
{
    if ( gfn >= GFN_BEYOND )
        return snprintf(to, size, "beyond-%u", gfn - GFN_BEYOND);
    if ( gfn >= GFN_NOWHERE )
        return snprintf(to, size, "nowhere-%u", gfn - GFN_NOWHERE);
    return snprintf(to, size, "%u", gfn);
}

static int print_flags(char *to, size_t size, const struct operation *op)
{
    return snprintf(to, size, "%s%s%s%s",
                    op->flags & FLAG_READONLY ? (op->kind == OP_COPY ? ", from a reference" :
                                                 op->kind == OP_PREP ? ", that are given" :
                                                 ", read-only") : "",
                    op->flags & FLAG_DEVICE ? (op->kind == OP_COPY ? ", to a reference" :
                                               op->kind == OP_MACHPHYS ? ", given back" :
                                               ", for devices") : "",
                    op->flags & FLAG_WRONG ? ", with a wrong value" : "",
                    op->flags & FLAG_JOIN ? ", in the same call" : "");
}

static int print_field(char *to, size_t size, char what, const struct operation *op)
{
    static const char *const rights[] = { "none", "read", "write", "read and write" };
    static const char *const ways[DEATHS] = {
        "", ", or begins to where it is its own", ", or begins to within an element of its own",
    };

    switch ( what )
    {
    case 'c': return print_domain(to, size, op->caller);
    case 'o': return print_domain(to, size, op->other);
    case 'g': return print_gfn(to, size, op->gfn);
    case 'h': return print_gfn(to, size, op->gfn2);
    case 'r': return snprintf(to, size, "%u", op->ref);
    case 's': return snprintf(to, size, "%u", op->ref2);
    case 'n': return snprintf(to, size, "%u", op->order);
    case 'x': return snprintf(to, size, "%u", op->x);
    case 'y': return snprintf(to, size, "%u", op->y);
    case 'l': return snprintf(to, size, "%u", op->slot);
    case 'f': return print_flags(to, size, op);
    case 'R': return snprintf(to, size, "%s", rights[op->y & 3]);
    case 'w': return snprintf(to, size, "%s", ways[op->y % DEATHS]);
    }
    return snprintf(to, size, "?");
}

void operation_print(const struct operation *op, char *text, size_t size)
{
    const char *from = table[op->kind].text;
    size_t at = 0;

    for ( ; *from && at + 1 < size; from++ )
    {
        if ( *from != '%' )
            text[at++] = *from;
        else
            at += print_field(text + at, size - at, *++from, op);
    }
    text[at < size ? at : size - 1] = 0;
}

/* ---- drawing ------------------------------------------------------------------- */

uint64_t random_next(uint64_t *seed)
{
    uint64_t z = *seed += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static unsigned int below(uint64_t *seed, unsigned int n)
{
    return (random_next(seed) >> 32) * n >> 32;
}

static bool once_in(uint64_t *seed, unsigned int n)
{
    return below(seed, n) == 0;
}

static uint8_t draw_kind(uint64_t *seed)
{
    static unsigned int total;
    unsigned int kind, place;

    if ( !total )
        for ( kind = 0; kind < OPERATIONS; kind++ )
            total += table[kind].weight;
    place = below(seed, total);
    for ( kind = 0; place >= table[kind].weight; kind++ )
        place -= table[kind].weight;
    return kind;
}

/* Mostly a few frames, so that operations meet. */
static uint8_t draw_gfn(uint64_t *seed)
{
    if ( once_in(seed, 64) )
        return GFN_BEYOND + below(seed, 3);
    if ( once_in(seed, 24) )
        return GFN_NOWHERE + below(seed, 4);
    if ( once_in(seed, 3) )
        return below(seed, PAGES);
    return 28 + below(seed, 24);
}

static uint8_t draw_domain(uint64_t *seed)
{
    if ( once_in(seed, 100) )
        return OTHER_NOBODY;
    if ( once_in(seed, 12) )
        return OTHER_SELF;
    return below(seed, DOMAINS);
}

static uint8_t draw_ref(uint64_t *seed)
{
    return once_in(seed, 80) ? REF_BEYOND + below(seed, 2) : below(seed, REFS);
}

static void draw_sizes(struct operation *op, uint64_t *seed)
{
    switch ( op->kind )
    {
    case OP_COPY:
    case OP_PART:
        op->x = below(seed, NOTE);
        op->y = op->kind == OP_PART ? below(seed, NOTE) : draw_domain(seed);
        op->order = below(seed, NOTE);
        break;
    case OP_VERSION:
        op->x = once_in(seed, 10) ? below(seed, 4) : 1 + below(seed, 2);
        break;
    case OP_ATTACH:
        op->x = below(seed, 5);
        break;
    case OP_EXCHANGE:
        op->x = once_in(seed, 2) ? 0 : once_in(seed, 4) ? below(seed, 70) : 45;
        break;
    case OP_SETUP:
        op->x = below(seed, 5);
        break;
    case OP_GET_STATUS:
    case OP_PHYSMAP_STATUS:
    case OP_PHYSMAP_INFO:
        op->x = once_in(seed, 4) ? 1 + below(seed, 2) : 0;
        if ( op->kind == OP_GET_STATUS )
            op->x ^= 1;
        break;
    case OP_CACHE_FLUSH:
        op->x = below(seed, NOTE);
        op->y = below(seed, 4);
        break;
    case OP_PHYSMAP_RANGE:
    case OP_FOREIGN:
    case OP_ACQUIRE:
    case OP_REVERSE_TABLE:
    case OP_VNUMA:
    case OP_MAP_MACHINE:
        op->x = below(seed, op->kind == OP_MAP_MACHINE ? 2 : 5);
        op->y = draw_domain(seed);
        break;
    case OP_MAP_SET:
    case OP_MAP_GET:
        op->x = below(seed, 8);
        op->y = below(seed, 8);
        break;
#ifdef PORT_IA64
    case OP_ADD_DEVICE:
    case OP_IOREMAP:
        op->x = below(seed, 18);
        break;
    case OP_EXPOSE: case OP_EXPOSE_OTHER: case OP_UNEXPOSE: case OP_LOOK_UP:
        op->x = below(seed, EXPOSED);
        break;
    case OP_IO_SPACE:
        op->x = below(seed, 18);
        break;
#endif
    case OP_KILL:
        op->x = once_in(seed, 2) ? 0 : below(seed, 4);
        op->y = once_in(seed, 2) ? (unsigned int)DEATH_WHOLE : below(seed, DEATHS);
        break;
    case OP_CLAIM:
        op->x = once_in(seed, 4) ? 0 : 30 + below(seed, 50);
        break;
    case OP_MEM_EXCHANGE:
    case OP_INCREASE:
    case OP_DECREASE:
    case OP_POPULATE:
    case OP_PROTECT:
        op->x = below(seed, 5);
        op->y = below(seed, 4);
        break;
    default:
        op->x = below(seed, 256);
        op->y = below(seed, 4);
    }
}

/* What makes sense after an operation: without this most would be refused. */
static bool draw_follower(struct operation *op, const struct operation *last, uint64_t *seed)
{
    /* Status words, put somewhere and in the way of another version. */
    if ( last->kind == OP_VERSION || last->kind == OP_PHYSMAP_STATUS )
    {
        op->kind = last->kind == OP_VERSION ? OP_PHYSMAP_STATUS : OP_VERSION;
        op->caller = last->caller;
        op->other = OTHER_SELF;
        return true;
    }
    if ( last->other >= DOMAINS && last->kind != OP_MAP && last->kind != OP_PMT_MAP &&
         last->kind != OP_DONATE )
        return false;
    switch ( last->kind )
    {
    case OP_NOMINATE:
    case OP_EVICT:
        op->kind = last->kind == OP_NOMINATE && !once_in(seed, 3) ? OP_EVICT : OP_PREP;
        op->caller = last->caller;
        op->other = last->other;
        op->gfn = last->gfn;
        return true;
    case OP_GRANT:
        op->kind = once_in(seed, 4) ? OP_COPY : once_in(seed, 3) ? OP_PMT_MAP : OP_MAP;
        break;
    case OP_PART:
    case OP_TRANSIT:
        op->kind = OP_COPY;
        break;
    case OP_ACCEPT:
        op->kind = once_in(seed, 4) ? OP_TRANSFER : OP_FLIP;
        break;
    case OP_MAP:
    case OP_PMT_MAP:
        op->kind = once_in(seed, 2) ? OP_UNMAP : once_in(seed, 2) ? OP_WRITE : OP_READ;
        op->caller = last->caller;
        op->slot = last->slot;
        op->gfn = last->gfn;
        return true;
    case OP_DONATE:
        op->kind = once_in(seed, 2) ? OP_RECLAIM : OP_WRITE;
        op->caller = op->kind == OP_RECLAIM || last->other >= DOMAINS ? last->caller
                                                                      : last->other;
        op->slot = last->slot;
        op->gfn = last->gfn2;
        return true;
    default:
        return false;
    }
    op->caller = last->other;
    op->other = last->caller;
    op->ref = last->ref;
    if ( op->kind == OP_COPY )
        op->flags |= FLAG_READONLY;
    else if ( last->flags & FLAG_READONLY )
        op->flags |= FLAG_READONLY;
    return true;
}

/* A domain without privilege can only look after itself. */
static void draw_sense(struct operation *op, uint64_t *seed)
{
    bool manages = op->kind >= OP_SETUP && op->kind <= OP_ATTACH;
    bool asks = op->kind >= OP_GET_STATUS && op->kind <= OP_VNUMA;
    bool right = op->kind == OP_ACQUIRE || op->kind == OP_CLAIM || op->kind == OP_POD_TARGET ||
                 op->kind == OP_MAP_MACHINE;

    if ( (manages || asks || op->kind == OP_TRANSLATE) && op->caller != 0 && !once_in(seed, 4) )
        op->other = OTHER_SELF;
    if ( right && !once_in(seed, 4) )
    {
        op->caller = once_in(seed, 2) ? 0 : 3;
        op->other = 1 + once_in(seed, 2);
    }
#ifdef PORT_IA64
    if ( op->kind >= OP_PHYSTOMACH && !once_in(seed, 3) )
        op->caller = once_in(seed, 2) ? 0 : 3;
#endif
    if ( op->kind >= OP_NOMINATE && op->kind <= OP_PREP && !once_in(seed, 4) )
    {
        op->caller = once_in(seed, 2) ? 0 : 3;
        op->other = op->caller == 0 && once_in(seed, 3) ? 3 : 1;
    }
    if ( op->kind == OP_FOREIGN && !once_in(seed, 4) )
        op->caller = op->other = 3;
    if ( (op->kind == OP_VA || op->kind == OP_REPLACE || op->kind == OP_CACHE_FLUSH ||
          op->kind == OP_GET_STATUS) && !once_in(seed, 8) )
        op->caller = 0;
    if ( op->kind == OP_DONATE && !once_in(seed, 4) )
        op->caller = 0;
    if ( (op->kind == OP_MEM_EXCHANGE || op->kind == OP_MACHPHYS) && !once_in(seed, 4) )
        op->other = op->caller = 0;
    if ( (op->kind == OP_WRITE || op->kind == OP_READ) && op->caller == 0 )
        op->caller = 1 + once_in(seed, 2);
}

/* A list of his own in which somebody dies; the last ones only PV domains have. */
static void draw_own_last_call(struct operation *op, unsigned int who, uint64_t *seed)
{
    static const uint8_t kinds[] = { OP_MAP, OP_MAP, OP_PMT_MAP, OP_PMT_MAP, OP_UNMAP, OP_COPY,
                                     OP_FLIP, OP_FLIP, OP_EXCHANGE, OP_DONATE, OP_RECLAIM,
                                     OP_POPULATE, OP_DECREASE, OP_TRANSLATE,
                                     OP_TRANSFER, OP_MACHPHYS, OP_REPLACE };

    op->kind = kinds[below(seed, sizeof(kinds) - (who ? 3 : 0))];
    op->caller = who;
    if ( op->kind == OP_POPULATE || op->kind == OP_DECREASE || op->kind == OP_MACHPHYS )
        op->other = once_in(seed, 4) ? below(seed, DOMAINS) : OTHER_SELF;
}

/* What is about the one that dies, and has elements. */
static void draw_last_call(struct operation *op, unsigned int who, uint64_t *seed)
{
    static const uint8_t kinds[] = { OP_MAP, OP_PMT_MAP, OP_UNMAP, OP_COPY, OP_TRANSLATE, OP_FLIP,
                                     OP_DONATE, OP_RECLAIM, OP_POPULATE, OP_DECREASE };

    if ( who < DOMAINS && once_in(seed, 2) )
    {
        draw_own_last_call(op, who, seed);
        return;
    }
    op->kind = kinds[below(seed, sizeof(kinds))];
    op->caller = op->kind >= OP_INCREASE && op->kind <= OP_POPULATE ? 0 : below(seed, DOMAINS);
    op->other = who;
}

void operation_random(struct operation *op, uint64_t *seed)
{
    struct operation last = *op;
    uint8_t flags = 0;

    *op = (struct operation){ .kind = draw_kind(seed), .caller = below(seed, DOMAINS) };
    if ( last.kind < OPERATIONS && table[last.kind].elements && once_in(seed, 3) )
    {
        op->kind = last.kind;
        op->caller = last.caller;
        flags = FLAG_JOIN;
    }
    op->other = flags && op->kind == OP_MACHPHYS ? last.other : draw_domain(seed);
    if ( last.kind == OP_KILL )
        draw_last_call(op, last.other, seed);
    op->slot = below(seed, op->kind == OP_DONATE || op->kind == OP_RECLAIM ? LOANS : MAPPINGS);
    op->ref = draw_ref(seed);
    op->ref2 = draw_ref(seed);
    op->order = once_in(seed, 2) ? 0 : once_in(seed, 30) ? 30 : below(seed, 4);
    op->gfn = draw_gfn(seed);
    op->gfn2 = draw_gfn(seed);
    op->flags = flags | (once_in(seed, 3) ? FLAG_READONLY : 0) |
                (once_in(seed, 20) ? FLAG_WRONG : 0);
    if ( !flags && last.kind < OPERATIONS && last.kind != OP_KILL && !once_in(seed, 3) )
        draw_follower(op, &last, seed);
    if ( !flags && last.kind != OP_KILL )
        draw_sense(op, seed);
    draw_sizes(op, seed);
    if ( once_in(seed, op->kind == OP_COPY ? 2 : 8) )
        op->flags |= FLAG_DEVICE;
}
