/* SPDX-License-Identifier: MIT */
/*
 * increase_reservation, decrease_reservation, populate_physmap: counts.
 */
#include "scene.h"

/* What is asked for, and by whom; the answer is how many extents are done. */
static struct xen_memory_reservation *reservation(const struct row *row, unsigned long nr)
{
    struct xen_memory_reservation *op = guest(sizeof(*op));

    op->nr_extents = nr;
    op->extent_order = row->order;
    op->mem_flags = (unsigned int)row->c;
    op->domid = domid_of(row->caller, row->target);
    return op;
}

/* The list of a row: row->a extents, the first at row->b, each behind the other. */
static xen_pfn_t *list(const struct row *row, unsigned long nr)
{
    xen_pfn_t *frames = guest((nr ? nr : 1) * sizeof(*frames));
    unsigned long i;

    for ( i = 0; i < nr; i++ )
        frames[i] = row->b + (i << (row->order & 63));
    return frames;
}

/* What came back: frames that are the domain's for PV, or what was there before. */
static void note_list(const struct row *row, const xen_pfn_t *frames, long done, unsigned long nr)
{
    unsigned long i;

    for ( i = 0; i < nr; i++ )
        if ( is_pv_domain(scene[row->target]) && (long)i < done )
            CHECK(port_page_owner(frames[i]) == scene[row->target],
                  "extent %lu is told as frame %#lx, which is not the domain's", i,
                  (unsigned long)frames[i]);
        else
            scene_note(frames[i]);
}

static long increase(const struct row *row)
{
    struct xen_memory_reservation *op = reservation(row, row->a);
    xen_pfn_t *frames = list(row, row->a < 1000 ? row->a : 0);
    long done;

    set_xen_guest_handle(op->extent_start, frames);
    done = hc_memory_increase_reservation(op);
    if ( row->a < 1000 )
        note_list(row, frames, done, row->a);
    return done;
}

/* Without a list nothing is told. */
static long increase_untold(const struct row *row)
{
    struct xen_memory_reservation *op = reservation(row, row->a);

    set_xen_guest_handle(op->extent_start, (xen_pfn_t *)NULL);
    return hc_memory_increase_reservation(op);
}

static long populate(const struct row *row)
{
    struct xen_memory_reservation *op = reservation(row, row->a);
    xen_pfn_t *frames = list(row, row->a < 1000 ? row->a : 0);
    long done;

    set_xen_guest_handle(op->extent_start, frames);
    done = hc_memory_populate_physmap(op);
    if ( row->a < 1000 )
        note_list(row, frames, done, row->a);
    return done;
}

/* All is there, and cleared. */
static long populate_and_read(const struct row *row)
{
    long done = populate(row);
    uint64_t word, gfn;

    if ( is_pv_domain(scene[row->target]) || row->caller != row->target )
        return done;
    for ( gfn = row->b; gfn < row->b + ((uint64_t)done << row->order); gfn++ )
    {
        CHECK(!machine_read(current, gfn << scene[row->target]->page_shift, &word, 8),
              "page %#lx cannot be read", (unsigned long)gfn);
        CHECK_EQUAL(word, 0);
    }
    return done;
}

static long decrease(const struct row *row)
{
    struct xen_memory_reservation *op = reservation(row, row->a);
    xen_pfn_t *frames = list(row, row->a < 1000 ? row->a : 0);
    unsigned long i;

    for ( i = 0; i < (row->a < 1000 ? row->a : 0); i++ )
        if ( !row->order )
            frames[i] = frame_of(row->target, frames[i]);
    set_xen_guest_handle(op->extent_start, frames);
    return hc_memory_decrease_reservation(op);
}

/* The same page twice: it is given back once. */
static long decrease_twice(const struct row *row)
{
    struct xen_memory_reservation *op = reservation(row, 2);
    xen_pfn_t *frames = guest(2 * sizeof(*frames));

    frames[0] = frames[1] = frame_of(row->target, row->b);
    set_xen_guest_handle(op->extent_start, frames);
    return hc_memory_decrease_reservation(op);
}

/* The list, or the structure, cannot be read. */
static long populate_from_nowhere(const struct row *row)
{
    struct xen_memory_reservation *op = reservation(row, row->a);

    set_xen_guest_handle(op->extent_start, (xen_pfn_t *)0x7000);
    return hc_memory_populate_physmap(op);
}

static long structure_from_nowhere(const struct row *row)
{
    (void)row;
    return hc_memory_populate_physmap((struct xen_memory_reservation *)0x7000);
}

static long unknown_domain(const struct row *row)
{
    struct xen_memory_reservation *op = reservation(row, 1);
    xen_pfn_t *frames = list(row, 1);

    op->domid = 77;
    set_xen_guest_handle(op->extent_start, frames);
    return hc_memory_populate_physmap(op);
}

/* A place to go on from that is beyond the end. */
static long resumed_beyond(const struct row *row)
{
    struct xen_memory_reservation *op = reservation(row, 3);
    xen_pfn_t *frames = list(row, 3);

    set_xen_guest_handle(op->extent_start, frames);
    return hc_memory_op(XENMEM_populate_physmap | 3 << 6, op);
}

static long resumed_within(const struct row *row)
{
    struct xen_memory_reservation *op = reservation(row, 3);
    xen_pfn_t *frames = list(row, 3);

    set_xen_guest_handle(op->extent_start, frames);
    return hc_memory_op(XENMEM_populate_physmap | 2 << 6, op);
}

/* A domain with as many pages as a counter can say has room for no more. */
static void no_room(const struct row *row)
{
    scene[row->target]->max_pages = scene[row->target]->tot_pages + row->c;
}

static long populate_quota(const struct row *row)
{
    struct row plain = *row;

    plain.c = 0;
    return populate(&plain);
}

/* As if the domain had row->c pages, and might have as many as the counter says. */
static long populate_full(const struct row *row)
{
    struct domain *d = scene[row->target];
    uint64_t tot = d->tot_pages, max = d->max_pages;
    struct row plain = *row;
    long done;

    plain.c = 0;
    d->tot_pages = row->c;
    d->max_pages = row->c >> 32 ? ~0ul : (1ul << 32) - 1;
    done = populate(&plain);
    CHECK_EQUAL(d->tot_pages, row->c);
    d->tot_pages = tot;
    d->max_pages = max;
    return done;
}

static void limit_width(const struct row *row)
{
    scene[row->target]->address_bits = MACHINE_LOW_BITS;
}

/* The frames that were got are low ones. */
static long populate_low(const struct row *row)
{
    long done = populate(row);
    uint64_t i;

    for ( i = 0; i < (uint64_t)done; i++ )
        CHECK(p2m_entry_mfn(entry_of(row->target, row->b + i)) <
              PORT_MFN_BASE + MACHINE_LOW_FRAMES, "a frame above what was asked for");
    return done;
}

/* So few free pages that the machine has not enough; the rest of them is the third's. */
static void set_little(const struct row *row)
{
    uint64_t mfn;

    scene[DOMX]->max_pages = ~0ul >> 1;
    while ( port_free_pages() > row->c << page_order(DOMU) )
        if ( port_page_alloc(scene[DOMX], page_order(DOMX), 0, &mfn) )
            break;
}

#define LONG_LIST 67108863ul

static const struct row rows[] = {
    { "increase", DOMU, increase, 5, { 0, 5 }, COUNT_UP, DOMU, 0, .a = 5 },
    { "increase, untold", DOMU, increase_untold, 5, { 0, 5 }, COUNT_UP, DOMU, 0, .a = 5 },
    { "increase of a PV domain", DOM0, increase, 5, { 5 }, COUNT_UP, DOM0, 0, .a = 5 },
    { "increase by order", DOMU, increase, 3, { 0, 12 }, COUNT_UP, DOMU, 2, .a = 3 },
    { "increase for another", DOM0, increase, 3, { 0, 3 }, COUNT_UP, DOMU, 0, .a = 3 },
    { "increase for another, denied", DOMU, increase, 0, { 0 }, COUNT_UP, DOM0, 0, .a = 3 },
    { "increase by none", DOMU, increase, 0, { 0 }, COUNT_UP, DOMU, 0, .a = 0 },
    { "increase beyond the quota", DOMU, increase, SPARE, { 0, SPARE }, COUNT_UP, DOMU, 0,
      .a = SPARE + 3 },
    { "increase by too many", DOMU, increase, 0, { 0 }, COUNT_UP, DOMU, 0, .a = LONG_LIST + 1,
      .only = ONLY_PLAIN | ONLY_X86 },

    { "populate", DOMU, populate_and_read, 5, { 0, 5 }, COUNT_UP, DOMU, 0, .a = 5, .b = 100 },
    { "populate a PV domain", DOM0, populate, 5, { 5 }, COUNT_UP, DOM0, 0, .a = 5, .b = 100 },
    { "populate by order", DOMU, populate_and_read, 4, { 0, 8 }, COUNT_UP, DOMU, 1, .a = 4, .b = 100 },
    { "populate at an odd place", DOMU, populate_and_read, 2, { 0, 8 }, COUNT_UP, DOMU, 2,
      .a = 2, .b = 101 },
    { "populate another", DOM0, populate, 5, { 0, 5 }, COUNT_UP, DOMU, 0, .a = 5, .b = 100 },
    { "populate another, denied", DOMX, populate, 0, { 0 }, COUNT_UP, DOMU, 0, .a = 5, .b = 100 },
    { "populate into pages", DOMU, populate, 0, { 0 }, COUNT_UP, DOMU, 0, .a = 2, .b = PAGES - 1 },
    { "an extent that meets a page", DOMU, populate, 0, { 0 }, COUNT_UP, DOMU, 1, .a = 2,
      .b = PAGES - 1 },
    { "a PV domain's that meets a page", DOM0, populate, 0, { 0 }, COUNT_UP, DOM0, 1, .a = 2,
      .b = PAGES - 1 },
    { "populate beyond the quota", DOMU, populate, SPARE, { 0, SPARE }, COUNT_UP, DOMU, 0,
      .a = SPARE + 1, .b = 100 },
    { "populate up to the quota, by order", DOMU, populate, SPARE / 8, { 0, SPARE }, COUNT_UP, DOMU,
      3, .a = SPARE / 8 + 1, .b = 100 },
    { "an extent that is more than the quota", DOMU, populate, 0, { 0 }, COUNT_UP, DOMU, 5, .a = 1,
      .b = 128 },
    { "populate with no room", DOMU, populate_quota, 0, { 0 }, COUNT_UP, DOMU, 0, .a = 3, .b = 100,
      .c = 0, .set = no_room },
    { "populate with room for one", DOMU, populate_quota, 1, { 0, 1 }, COUNT_UP, DOMU, 0, .a = 3,
      .b = 100, .c = 1, .set = no_room },
    { "an order that overflows the quota", DOM0, populate_quota, 0, { 0 }, COUNT_UP, DOMU, 12, .a = 1,
      .b = 0x800, .c = 2, .set = no_room },

    { "the highest frame", DOMU, populate, 1, { 0, 1 }, COUNT_UP, DOMU, 0, .a = 2, .b = MAX_GFN - 1 },
    { "beyond the highest frame", DOMU, populate, 0, { 0 }, COUNT_UP, DOMU, 0, .a = 1, .b = MAX_GFN },
    { "an extent that ends beyond", DOMU, populate, 0, { 0 }, COUNT_UP, DOMU, 2, .a = 1,
      .b = MAX_GFN - 2 },
    { "frame 2^32", DOMU, populate, 0, { 0 }, COUNT_UP, DOMU, 0, .a = 1, .b = 1ul << 32 },
    { "frame 2^40", DOMU, populate, 0, { 0 }, COUNT_UP, DOMU, 0, .a = 1, .b = 1ul << 40 },
    { "frame ~0", DOMU, populate, 0, { 0 }, COUNT_UP, DOMU, 0, .a = 1, .b = ~0ul },
    { "an extent that wraps", DOMU, populate, 0, { 0 }, COUNT_UP, DOMU, 3, .a = 1, .b = ~0ul - 3 },

    { "order 9, the guest's limit", DOMU, increase, 0, { 0 }, COUNT_UP, DOMU, 9, .a = 1 },
    { "order 10 of a guest", DOMU, increase, 0, { 0 }, COUNT_UP, DOMU, 10, .a = 1 },
    { "an extent of order 9", DOMU, populate_quota, 1, { 0, 512 }, COUNT_UP, DOMU, 9, .a = 2, .b = 512,
      .c = 512, .set = no_room, .only = ONLY_SMALL },
    { "order 10 of a guest, with room", DOMU, populate_quota, 0, { 0 }, COUNT_UP, DOMU, 10, .a = 1,
      .b = 1024, .c = 1024, .set = no_room },
    { "order 11 of a privileged one", DOM0, populate_quota, 1, { 0, 2048 }, COUNT_UP, DOMU, 11, .a = 1,
      .b = 2048, .c = 2048, .set = no_room, .only = ONLY_SMALL | ONLY_PLAIN },
    { "a counter near its end", DOMU, populate_full, 0, { 0 }, ANYHOW, DOMU, 3, .a = 1, .b = 128,
      .c = ~0ul - 2, .only = ONLY_PLAIN },
    { "a counter at its end", DOMU, populate_full, 0, { 0 }, ANYHOW, DOMU, 0, .a = 1, .b = 128,
      .c = ~0ul, .only = ONLY_PLAIN },
    { "a counter near 2^32", DOMU, populate_full, 0, { 0 }, ANYHOW, DOMU, 3, .a = 1, .b = 128,
      .c = (1ul << 32) - 2, .only = ONLY_PLAIN },
    { "order 63", DOMU, populate, 0, { 0 }, COUNT_UP, DOMU, 63, .a = 1, .b = 512 },
    { "order ~0", DOM0, populate, 0, { 0 }, COUNT_UP, DOM0, ~0u, .a = 1, .b = 512, .only = ONLY_PLAIN },
    { "order 13 of a privileged one", DOM0, decrease, 0, { 0 }, COUNT_DOWN, DOM0, 13, .a = 1, .b = 0,
      .only = ONLY_PLAIN },

    { "an address width", DOMU, populate_low, 3, { 0, 3 }, COUNT_UP, DOMU, 0, .a = 3, .b = 100,
      .c = MACHINE_LOW_BITS },
    { "the domain's own width", DOMU, populate_low, 3, { 0, 3 }, COUNT_UP, DOMU, 0, .a = 3, .b = 100,
      .set = limit_width },
    { "no page fits into 12 bits", DOMU, populate, 0, { 0 }, COUNT_UP, DOMU, 0, .a = 3, .b = 100, .c = 12 },
    { "nor into 1", DOMU, increase, 0, { 0 }, COUNT_UP, DOMU, 0, .a = 3, .c = 1 },
    { "nothing free below 20 bits", DOMU, populate, 0, { 0 }, COUNT_UP, DOMU, 0, .a = 3, .b = 100, .c = 20 },

    { "a node, of a guest", DOMU, populate, 2, { 0, 2 }, COUNT_UP, DOMU, 0, .a = 2, .b = 100, .c = 2 << 8 },
    { "just that node, of a guest", DOMU, populate, 0, { 0 }, COUNT_UP, DOMU, 0, .a = 2, .b = 100,
      .c = 2 << 8 | 1 << 17 },
    { "node 0, privileged", DOM0, populate, 2, { 0, 2 }, COUNT_UP, DOMU, 0, .a = 2, .b = 100,
      .c = 1 << 8 | 1 << 17 },
    { "a node that is not there", DOM0, populate, 2, { 0, 2 }, COUNT_UP, DOMU, 0, .a = 2, .b = 100,
      .c = 3 << 8 },
    { "just a node that is not there", DOM0, populate, 0, { 0 }, COUNT_UP, DOMU, 0, .a = 2, .b = 100,
      .c = 3 << 8 | 1 << 17 },
    { "a node that cannot be", DOM0, increase, 0, { 0 }, COUNT_UP, DOMU, 0, .a = 2, .c = 65 << 8 },
    { "on demand, for itself", DOMU, populate, 0, { 0 }, COUNT_UP, DOMU, 0, .a = 2, .b = 100, .c = 1 << 16 },

    { "the machine has too little", DOMU, populate_quota, 3, { 0, 3 }, COUNT_UP, DOMU, 0, .a = 5,
      .b = 100, .c = 3, .set = set_little, .only = ONLY_PLAIN | ONLY_SMALL },
    { "an extent it has not", DOMU, populate_quota, 0, { 0 }, COUNT_UP, DOMU, 3, .a = 1,
      .b = 100, .c = 7, .set = set_little, .only = ONLY_PLAIN },

    { "decrease", DOMU, decrease, 5, { 0, -5 }, COUNT_DOWN, DOMU, 0, .a = 5, .b = 40 },
    { "decrease of a PV domain", DOM0, decrease, 5, { -5 }, COUNT_DOWN, DOM0, 0, .a = 5, .b = 40 },
    { "decrease by order", DOMU, decrease, 2, { 0, -8 }, COUNT_DOWN, DOMU, 2, .a = 2, .b = 41 },
    { "decrease of another", DOM0, decrease, 2, { 0, -2 }, COUNT_DOWN, DOMU, 0, .a = 2, .b = 40 },
    { "decrease of another, denied", DOMX, decrease, 0, { 0 }, COUNT_DOWN, DOMU, 0, .a = 2, .b = 40 },
    { "decrease up to a hole", DOMU, decrease, 2, { 0, -2 }, COUNT_DOWN, DOMU, 0, .a = 4, .b = PAGES - 2 },
    { "an extent with a hole is not counted", DOMU, decrease, 0, { 0, -1 }, COUNT_DOWN, DOMU, 1, .a = 1,
      .b = PAGES - 1 },
    { "decrease of nothing", DOMU, decrease, 0, { 0 }, COUNT_DOWN, DOMU, 0, .a = 1, .b = HOLE },
    { "decrease twice", DOMU, decrease_twice, 1, { 0, -1 }, COUNT_DOWN, DOMU, 0, .b = 40 },
    { "decrease twice, PV", DOM0, decrease_twice, 1, { -1 }, COUNT_DOWN, DOM0, 0, .b = 40 },
    { "decrease of frame ~0", DOMU, decrease, 0, { 0 }, COUNT_DOWN, DOMU, 1, .a = 1, .b = ~0ul },
    { "decrease of a frame beyond the machine", DOM0, decrease, 0, { 0 }, COUNT_DOWN, DOM0, 1, .a = 1,
      .b = 1ul << 52 },

    { "a list that cannot be read", DOMU, populate_from_nowhere, 0, { 0 }, COUNT_UP, DOMU, 0, .a = 2,
      .only = ONLY_X86 },
    { "a structure that cannot be read", DOMU, structure_from_nowhere, 0, { 0 }, COUNT_UP, DOMU, 0,
      .only = ONLY_X86 },
    { "a domain that is not there", DOM0, unknown_domain, 0, { 0 }, COUNT_UP, DOMU, 0, .b = 100 },
    { "going on beyond the end", DOMU, resumed_beyond, 3, { 0 }, ANYHOW, DOMU, 0, .b = 100 },
    { "going on within", DOMU, resumed_within, 3, { 0, 1 }, ANYHOW, DOMU, 0, .b = 100 },
};

void test_reservation(void)
{
    ROWS_RUN("reservation", rows);
}
