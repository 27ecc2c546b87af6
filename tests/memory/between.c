/* SPDX-License-Identifier: MIT */
/*
 * What somebody else does between two steps of one call: the domain begins to die, a page is
 * taken, or gets another place. Nothing is lost, and nothing goes twice.
 */
#include "scene.h"

/* At the so-manieth time that a point is passed, once. */
static struct {
    const char *at;
    unsigned int left;
    void (*run)(void);
    bool ran;
} other;

static void passes(const char *name, void *context)
{
    (void)context;
    if ( other.ran || strcmp(name, other.at) || other.left-- )
        return;
    other.ran = true;
    other.run();
}

static void other_at(const char *name, unsigned int after, void (*run)(void))
{
    other.at = name;
    other.left = after;
    other.run = run;
    other.ran = false;
    machine_plan_reset();
    machine_plan.at_point = passes;
}

/* ---- it begins to die ------------------------------------------------------------------------- */

static enum who dies;

static void begins_to_die(void)
{
    machine_dying(scene[dies]);
}

static long reserve(unsigned int cmd, enum who who, uint64_t frame, unsigned int order)
{
    struct xen_memory_reservation *op = guest(sizeof(*op));
    xen_pfn_t *list = guest(sizeof(*list));

    *list = frame;
    op->domid = domid_of(DOM0, who);
    op->nr_extents = 1;
    op->extent_order = order;
    set_xen_guest_handle(op->extent_start, list);
    return hc_memory_op(cmd, op);
}

static long for_guest(void)
{
    return reserve(XENMEM_populate_physmap, DOMU, HOLE, 2);
}

static long for_itself(void)
{
    return reserve(XENMEM_populate_physmap, DOM0, HOLE, 2);
}

static long lends(void)
{
    uint64_t number;

    return loan_give(scene[DOM0], 40, scene[DOMU], HOLE, true, &number);
}

static long moves(void)
{
    struct xen_add_to_physmap *op = guest(sizeof(*op));

    op->domid = scene[DOMU]->domain_id;
    op->space = XENMAPSPACE_gmfn;
    op->idx = 40;
    op->gpfn = HOLE;
    return hc_memory_add_to_physmap(op);
}

static long says(uint64_t mfn, uint64_t pfn)
{
    struct mmu_update *op = guest(sizeof(*op));
    unsigned int *done = guest(sizeof(*done));

    op->ptr = mfn << PAGE_SHIFT | MMU_MACHPHYS_UPDATE;
    op->val = pfn;
    return hc_mmu_update(op, 1, done, DOMID_SELF);
}

static long says_hole(void)
{
    return says(frame_of(DOM0, 40), HOLE);
}

static long says_taken(void)
{
    return says(frame_of(DOM0, 40), 41);
}

static long says_of_none(void)
{
    uint64_t mfn = frame_of(DOM0, 40);

    return says(mfn, ~0ul) ? -EINVAL : says(mfn, 41);
}

/* Four for four; no_copy says which copy fails, and then the old ones come back. */
static unsigned long no_copy;

static long exchanges(void)
{
    struct xen_memory_exchange *op = guest(sizeof(*op));
    xen_pfn_t *in = guest(4 * sizeof(*in)), *out = guest(sizeof(*out));
    unsigned int i;

    for ( i = 0; i < 4; i++ )
        in[i] = frame_of(DOM0, 40 + i);
    *out = HOLE;
    op->in.nr_extents = 4;
    op->out.nr_extents = 1;
    op->out.extent_order = 2;
    op->in.domid = op->out.domid = DOMID_SELF;
    set_xen_guest_handle(op->in.extent_start, in);
    set_xen_guest_handle(op->out.extent_start, out);
    machine_counters.copies = 0;
    machine_plan.fail_copy_at = no_copy;
    return hc_memory_exchange(op);
}

/* Whoever it is, he goes, and nothing of him is left. */
static bool dies_after(const char *what, enum who who, long (*run)(void), const char *at,
                       unsigned int after)
{
    static char how[100];

    snprintf(how, sizeof(how), "between: %s, dying at %s %u", what, at, after);
    scene_what = how;
    scene_build();
    as(DOM0);
    dies = who;
    other_at(at, after, begins_to_die);
    run();
    machine_plan_reset();
    as(DOMX);
    if ( other.ran )
        machine_kill(scene[who]);
    scene_end(how);
    return other.ran;
}

/* At each time that it comes by there: how often. */
static unsigned int dies_at(const char *what, enum who who, long (*run)(void), const char *at)
{
    unsigned int after = 0;

    while ( dies_after(what, who, run, at, after) )
        after++;
    return after;
}

static void test_dies(void)
{
    static const struct {
        const char *name;
        enum who dies;
        long (*run)(void);
        bool pv;
    } calls[] = {
        { "populate for another", DOMU, for_guest, false },
        { "populate", DOM0, for_itself, false },
        { "a loan", DOMU, lends, false },
        { "add_to_physmap", DOMU, moves, false },
        { "mmu_update to a hole", DOM0, says_hole, true },
        { "mmu_update to another's place", DOM0, says_taken, true },
        { "mmu_update of a page that is nowhere", DOM0, says_of_none, true },
        { "exchange", DOM0, exchanges, true },
    };
    unsigned int i, often = 0;

    for ( i = 0; i < sizeof(calls) / sizeof(*calls); i++ )
    {
        if ( calls[i].pv && IA64 )
            continue;
        no_copy = ~0ul;
        CHECK(dies_at(calls[i].name, calls[i].dies, calls[i].run, "p2m-prepared"),
              "%s: it does not come by", calls[i].name);
    }
    for ( no_copy = 0; no_copy < 16 && !IA64; no_copy++ )
        often += dies_at("exchange that fails", DOM0, exchanges, "p2m-prepared");
    CHECK(IA64 || often >= 16, "%u times is not often", often);
    no_copy = ~0ul;
    CHECK(dies_at("populate", DOMU, for_guest, "p2m-assigned"), "it does not come by");
}

/* ---- it was given back --------------------------------------------------------------------------- */

static uint64_t frame;
static long said;

static void says_now(void)
{
    said = -ENOENT;
    if ( port_page_get(frame, scene[DOM0]) )
    {
        said = hv_pv_set_pfn(scene[DOM0], frame, HOLE);
        port_page_put(frame);
    }
}

/* Somebody has a page mapped that its owner gives back: nobody brings it to a place again. */
static void test_given_back(void)
{
    static const char *const when[] = { "after", "while" };
    unsigned int i;

    for ( i = 0; i < 2; i++ )
    {
        scene_what = i ? "between: given back meanwhile" : "between: given back";
        scene_build();
        as(DOM0);
        frame = frame_of(DOM0, 40);
        if ( !port_page_get(frame, scene[DOM0]) )
            abort();
        if ( i )
            other_at("p2m-before-flush", 0, says_now);
        CHECK_EQUAL(reserve(XENMEM_decrease_reservation, DOM0, frame, 0), 1);
        machine_plan_reset();
        if ( !i )
            said = says(frame, HOLE);
        CHECK_EQUAL(said, -EINVAL);
        CHECK(p2m_mfn_to_gfn(frame) == PMT_NO_GPFN, "%s: it has a place", when[i]);
        CHECK(references_of(frame) == 1, "%s: %u references", when[i], references_of(frame));
        CHECK_EQUAL(reserve(XENMEM_decrease_reservation, DOM0, frame, 0), 0);
        port_page_put(frame);
        CHECK(!port_page_owner(frame), "%s: it is still somebody's", when[i]);
        scene_end("given back");
    }
}

/* ---- it is not his any more ------------------------------------------------------------------------ */

static bool gone;

/* The newest of his pages goes away, by its number. */
static void goes_away(void)
{
    uint64_t gfn;

    if ( !port_page_first(scene[DOM0], &frame) )
        abort();
    port_page_put(frame);
    gone = !p2m_steal_frame(scene[DOM0], frame, &frame, &gfn);
}

/* A new page cannot be told; another processor has sent it away before it is undone. */
static void test_sent_away(unsigned int cmd)
{
    uint64_t at;

    for ( at = 0; at < 8; at++ )
    {
        scene_what = "between: sent away before it is told";
        scene_build();
        as(DOM0);
        gone = false;
        other_at("extent-assigned", 0, goes_away);
        machine_plan.fail_copy_at = at;
        reserve(cmd, DOM0, HOLE, 0);
        machine_plan_reset();
        if ( gone )
        {
            CHECK_EQUAL(port_page_assign(frame, scene[DOMX], false), 0);
            CHECK(port_page_free(frame), "it is nobody's");
        }
        scene_end("sent away");
    }
}

void test_between(void)
{
    test_dies();
    if ( IA64 )
        return;
    test_given_back();
    test_sent_away(XENMEM_increase_reservation);
    test_sent_away(XENMEM_populate_physmap);
}
