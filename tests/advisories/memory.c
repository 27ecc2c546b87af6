/* SPDX-License-Identifier: MIT */
/* Memory operations: what they refuse, what they do half-way, and who gets the pages. */
#include "recipes.h"
#include "host.h"

static long answer, other_answer;

#define NOWHERE_AT    ((void *)0x8000ul)
#define TOP_OF_ALL    ((void *)(~0ul - 15))

/* ---- ranges ------------------------------------------------------------------------- */

static struct xen_memory_exchange exchange_of(unsigned long *in, unsigned long *out, unsigned long nr,
                                              unsigned long done)
{
    struct xen_memory_exchange op = {
        .in = { .nr_extents = nr, .domid = DOMID_SELF }, .out = { .nr_extents = nr, .domid = DOMID_SELF },
        .nr_exchanged = done,
    };

    set_xen_guest_handle(op.in.extent_start, in);
    set_xen_guest_handle(op.out.extent_start, out);
    return op;
}

/*
 * Arrays in nobody's memory, at its edges, at the top; a start beyond, and counts whose
 * product wraps: an error before any page moves.
 */
void recipe_exchange_ranges(void)
{
    unsigned long good[4], before = 0, i;
    struct xen_memory_exchange op;

    begin();
    for ( i = 0; i < 4; i++ )
        good[i] = frame_at(g, DATA + i);
    as(g);
    op = exchange_of(NOWHERE_AT, good, 2, 0);
    EXPECT_IS(hc_memory_exchange(&op), -EFAULT);
    op = exchange_of(TOP_OF_ALL, good, 4, 0);
    EXPECT_IS(hc_memory_exchange(&op), -EFAULT);
    op = exchange_of(good, TOP_OF_ALL, 4, 0);
    EXPECT_IS(hc_memory_exchange(&op), -EFAULT);
    op = exchange_of(good, good, 1ul << 61, 0);
    EXPECT(hc_memory_exchange(&op) < 0);
    op = exchange_of(good, good, 1ul << 61, (1ul << 61) - 1);
    EXPECT(hc_memory_exchange(&op) < 0);
    op = exchange_of((void *)((unsigned long)NOWHERE_AT - 8 * 1000), good, 1001, 1000);
    EXPECT_IS(hc_memory_exchange(&op), -EFAULT);
    op = exchange_of(good, good, 2, 2);
    EXPECT_IS(hc_memory_exchange(&op), 0);
    op = exchange_of(good, good, 2, 3);
    EXPECT_IS(hc_memory_exchange(&op), -EINVAL);
    for ( i = 0; i < 4; i++ )
        before += good[i] != frame_at(g, DATA + i);
    EXPECT_IS(before, 0);
    EXPECT_IS(pages_of(g), PAGES);
}

/* ---- orders and nodes -------------------------------------------------------------------- */

static long reserve(struct domain *d, unsigned int op, unsigned int order, unsigned int flags)
{
    unsigned long list = op == XENMEM_decrease_reservation ? frame_at(d, DATA) : FREE_GFN;
    struct xen_memory_reservation args = {
        .nr_extents = 1, .extent_order = order, .mem_flags = flags, .domid = DOMID_SELF,
    };

    set_xen_guest_handle(args.extent_start, &list);
    as(d);
    return hc_memory_op(op, &args);
}

static const unsigned int reservations[] = {
    XENMEM_increase_reservation, XENMEM_decrease_reservation, XENMEM_populate_physmap,
};

/* The limit and one more, 63, ~0: nothing is done, and soon; of the control domain, too. */
void recipe_orders(void)
{
    static const unsigned int more[] = { 1, 54, 55, 0x7fffffff, ~0u - 9 };
    struct domain *callers[2];

    begin();
    callers[0] = g;
    callers[1] = p;
    for each( c, callers )
        for each( op, reservations )
            for each( i, more )
            {
                long had = pages_of(callers[c]);

                EXPECT_IS(reserve(callers[c], reservations[op], callers[c]->max_order + more[i], 0), 0);
                EXPECT_IS(pages_of(callers[c]), had);
            }
    for each( i, more )
    {
        unsigned long list = frame_at(g, DATA);
        struct xen_memory_exchange op = exchange_of(&list, &list, 1, 0);

        op.in.extent_order = g->max_order + more[i];
        as(g);
        EXPECT_IS(hc_memory_exchange(&op), -EPERM);
        op.in.extent_order = 0;
        op.out.extent_order = g->max_order + more[i];
        EXPECT_IS(hc_memory_exchange(&op), -EPERM);
    }
    machine_plan_reset();
    EXPECT(reserve(g, XENMEM_populate_physmap, g->max_order, 0) <= 1);
    EXPECT(reserve(g, XENMEM_decrease_reservation, 5, 0) <= 1);
}

/* Each node a flags word can name: an error, or as if it had not been named. */
void recipe_nodes(void)
{
    unsigned int node, exact;

    begin_with(&(struct scene){ .max_pages = 4000, .max_gpfns = 1 << 16 });
    for ( exact = 0; exact < 2; exact++ )
        for ( node = 0; node < 256; node++ )
        {
            unsigned int flags = XENMEMF_node(node) | (exact ? XENMEMF_exact_node_request : 0);
            long had = pages_of(g), rc = reserve(g, XENMEM_increase_reservation, 0, flags);

            EXPECT(rc == 0 || rc == 1);
            EXPECT_IS(pages_of(g), had + rc);
            rc = reserve(g, XENMEM_populate_physmap, 0, flags);
            EXPECT(rc == 0 || rc == 1);
            if ( rc && kind != PV )
                EXPECT_IS(decrease(g, FREE_GFN, 0), 1);
            if ( rc && kind == PV )
                EXPECT_IS(decrease(g, FREE_GFN, 0), 1);
        }
}

/* ---- exchange, half-way ------------------------------------------------------------------- */

static void before_exchange(void)
{
    unsigned int i;

    begin();
    for ( i = 0; i < 4; i++ )
        *word_at(g, DATA + i) = 0x1000 + i;
}

/* Four pages for one of four. */
static void exchange_four(void)
{
    unsigned long in[4], out = DATA, i;
    struct xen_memory_exchange op;

    for ( i = 0; i < 4; i++ )
        in[i] = frame_at(g, DATA + i);
    op = exchange_of(in, &out, 4, 0);
    op.out.nr_extents = 1;
    op.out.extent_order = 2;
    as(g);
    answer = hc_memory_exchange(&op);
}

static void all_pages_or_dead(void)
{
    if ( g->is_dying )
    {
        kill_domain(&g);
        EXPECT_IS(machine_nr_domains(), 3);
        return;
    }
    EXPECT_IS(pages_of(g), PAGES);
    EXPECT_IS(populate(g, FREE_GFN, 0), 1);
}

static void g_dies(void)
{
    machine_dying(g);
}

/* Its third input is bad; each allocation fails; and its domain dies at each place within. */
void recipe_exchange_fails(void)
{
    unsigned long in[4], out = DATA, i;
    struct xen_memory_exchange op;

    before_exchange();
    for ( i = 0; i < 4; i++ )
        in[i] = i == 2 ? port_max_mfn() + 1 : frame_at(g, DATA + i);
    op = exchange_of(in, &out, 4, 0);
    op.out.nr_extents = 1;
    op.out.extent_order = 2;
    as(g);
    EXPECT_IS(hc_memory_exchange(&op), -EINVAL);
    EXPECT_IS(op.nr_exchanged, 0);
    EXPECT_IS(pages_of(g), PAGES);
    op.nr_exchanged = 1;                        /* within a step: nobody has been there */
    EXPECT_IS(hc_memory_exchange(&op), -EINVAL);
    EXPECT_IS(pages_of(g), PAGES);
    EXPECT(failing(FAIL_PAGE | FAIL_ALLOC | FAIL_WINDOW | FAIL_COPY, before_exchange, exchange_four,
                   all_pages_or_dead) > 0);
    EXPECT(interleaved(before_exchange, exchange_four, &p, g_dies, all_pages_or_dead) > 0);
}

/* ---- removal that fails ------------------------------------------------------------------------ */

static void (*removal)(void);
static uint64_t was_mfn;

/* A run of pages, far from all others, so that one entry stands for many. */
#define RUN 0x4000
static void a_run(void)
{
    begin_with(&(struct scene){ .pages = 64, .max_pages = 1024, .max_gpfns = 1 << 20 });
    EXPECT_IS(populate(g, RUN, 9), 1);
    was_mfn = mfn_at(g, RUN + 88);
}

static void decrease_one(void)
{
    answer = decrease(g, RUN + 88, 0) == 1 ? 0 : -1;
}

static void remove_one(void)
{
    answer = remove_from_physmap(g, RUN + 88);
}

static void replace_one(void)
{
    answer = add_to_physmap(g, XENMAPSPACE_gmfn, RUN + 89, RUN + 88);
}

static void exchange_one(void)
{
    struct pmt_exchange op = { .gpfn = RUN + 88 };

    as(g);
    answer = hc_pmt_exchange(&op, 1);
    if ( !answer )
        answer = op.status;
}

static void gone_or_there(void)
{
    if ( !answer )
        return;
    EXPECT_IS(mfn_at(g, RUN + 88), was_mfn);
    EXPECT(port_page_owner(was_mfn) == g);
}

/* One page out of a run, and the memory for splitting it fails: the page is still there. */
void recipe_removal_fails(void)
{
    static run_fn *const ways[] = { decrease_one, exchange_one, remove_one, replace_one };

    for each( i, ways )
        if ( i < 2 || kind != PV )
        {
            removal = ways[i];
            EXPECT(failing(FAIL_ALLOC | FAIL_WINDOW | FAIL_PAGE, a_run, ways[i], gone_or_there) > 0);
        }
}

/* ---- decrease ------------------------------------------------------------------------------------ */

/* A page that somebody else has mapped, or that is a page table, is decreased, twice. */
void recipe_decrease_pinned(void)
{
    struct mapping what;
    uint64_t mfn;

    begin();
    mfn = mfn_at(g, DATA);
    what = mapped(FIRST_REF, GNTMAP_host_map);
    answer = decrease(g, DATA, 0);
    EXPECT(port_page_owner(mfn) == g);
    {
        unsigned long list = kind == PV ? mfn : DATA;
        struct xen_memory_reservation op = { .nr_extents = 1, .domid = DOMID_SELF };

        set_xen_guest_handle(op.extent_start, &list);
        as(g);
        EXPECT_IS(hc_memory_decrease_reservation(&op), !answer && 0);
    }
    all_well();
    EXPECT_IS(unmap(m, &what), GNTST_okay);
    EXPECT_IS(pages_of(g), PAGES - answer);
    if ( kind != PV )
        return;
    mfn = mfn_at(g, DATA + 1);
    EXPECT(machine_make_table(g, mfn, true));
    decrease(g, DATA + 1, 0);
    EXPECT(port_page_owner(mfn) == g);
    machine_make_table(g, mfn, false);
    all_well();
}

/* Ops on a hole and on special frames, then another vcpu's op: no lock is left. */
void recipe_hole_then_more(void)
{
    begin();
    decrease(g, FREE_GFN, 0);
    add_to_physmap(g, XENMAPSPACE_gmfn, FREE_GFN, FREE_GFN + 1);
    remove_from_physmap(g, FREE_GFN);
    add_to_physmap(g, 0x77, 0, FREE_GFN);
    decrease(g, MOST_GFNS, 0);
    decrease(g, ~0ull, 0);
    as_which = 1;
    EXPECT_IS(populate(g, FREE_GFN, 0), 1);
    EXPECT_IS(decrease(g, FREE_GFN, 0), 1);
    as_which = 0;
}

static void populate_free(void)
{
    answer = populate(g, FREE_GFN, 0);
}

/* The other vcpu guesses each frame of g's that is not in its table yet. */
static void guess_and_decrease(void)
{
    uint64_t mfn;

    for ( mfn = PORT_MFN_BASE; mfn <= port_max_mfn(); mfn++ )
        if ( port_page_owner(mfn) == g && !port_page_is_special(mfn) && p2m_mfn_to_gfn(mfn) == PMT_NO_GPFN )
        {
            unsigned long list = kind == PV ? mfn : FREE_GFN;
            struct xen_memory_reservation op = { .nr_extents = 1, .domid = DOMID_SELF };

            set_xen_guest_handle(op.extent_start, &list);
            as(g);
            other_answer = hc_memory_decrease_reservation(&op);
            break;
        }
}

static void alive_or_absent(void)
{
    uint64_t mfn = mfn_at(g, FREE_GFN);

    if ( mfn != HV_INVALID_MFN )
        EXPECT(port_page_owner(mfn) == g);
    EXPECT_IS(pages_of(g) == PAGES || pages_of(g) == PAGES + 1, 1);
}

/* The frame is given back at each place while it is being put in: never an entry for a free page. */
void recipe_populate_and_decrease(void)
{
    EXPECT(interleaved(begin, populate_free, &g, guess_and_decrease, alive_or_absent) > 0);
}

/* ---- ranges that move ----------------------------------------------------------------------------- */

static unsigned int moving;

static void pages_to_move(void)
{
    begin();
}

static long move(unsigned int from, unsigned int to, unsigned int nr)
{
    struct xen_add_to_physmap op = {
        .domid = DOMID_SELF, .size = nr, .space = XENMAPSPACE_gmfn_range, .idx = from, .gpfn = to,
    };

    as(g);
    return hc_memory_add_to_physmap(&op);
}

/* Element 2 of a range is a hole: an error, those before it are done, and flushed. */
void recipe_range_with_hole(void)
{
    uint64_t word;

    begin();
    EXPECT_IS(decrease(g, 42, 0), 1);
    *word_at(g, 40) = 0x40;
    *word_at(g, 41) = 0x41;
    EXPECT(can_read(g, 40 * PAGE_SIZE, &word) && can_read(g, 41 * PAGE_SIZE, &word));
    EXPECT(move(40, FREE_GFN, 4) < 0);
    EXPECT(!can_read(g, 40 * PAGE_SIZE, &word) && !can_read(g, 41 * PAGE_SIZE, &word));
    EXPECT(can_read(g, FREE_GFN * PAGE_SIZE, &word) && word == 0x40);
    EXPECT(can_read(g, (FREE_GFN + 1) * PAGE_SIZE, &word) && word == 0x41);
    EXPECT(can_read(g, 43 * PAGE_SIZE, &word));
    EXPECT_IS(move(43, FREE_GFN + 2, 1), 0);
}

static void move_range(void)
{
    answer = move(36, 70, moving);
}

static void decrease_moved(void)
{
    unsigned int i;

    for ( i = 0; i < moving; i++ )
        decrease(g, 70 + i, 0);
}

static void no_page_twice(void)
{
    EXPECT(pages_of(g) <= PAGES);
    EXPECT_IS(populate(g, FREE_GFN + 50, 0), 1);
}

/* Ranges as long as what is held back, and one more, onto pages; another vcpu frees them meanwhile. */
void recipe_range_moves(void)
{
    static const unsigned int lengths[] = { 1, 15, 16, 17, 24 };
    uint64_t word;
    unsigned int i;

    for each( n, lengths )
    {
        moving = lengths[n];
        begin();
        for ( i = 0; i < moving; i++ )
        {
            *word_at(g, 36 + i) = 0x3600 + i;
            EXPECT(can_read(g, (70 + i) * PAGE_SIZE, &word));
        }
        EXPECT_IS(move(36, 70, moving), 0);
        for ( i = 0; i < moving; i++ )
        {
            EXPECT(!can_read(g, (36 + i) * PAGE_SIZE, &word));
            EXPECT(can_read(g, (70 + i) * PAGE_SIZE, &word) && word == 0x3600 + i);
        }
        all_well();
        interleaved(pages_to_move, move_range, &g, decrease_moved, no_page_twice);
        interrupted(pages_to_move, move_range, no_page_twice);
    }
}
