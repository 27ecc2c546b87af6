/* SPDX-License-Identifier: MIT */
/*
 * Pages that were given back: the domain's devices reach them no more, and whoever gets
 * one next keeps it, whatever is still done to the domain that had it.
 */
#include "scene.h"

static long give_back(domid_t id, uint64_t frame)
{
    struct xen_memory_reservation *op = guest(sizeof(*op));
    xen_pfn_t *list = guest(sizeof(*list));

    *list = frame;
    op->domid = id;
    op->nr_extents = 1;
    set_xen_guest_handle(op->extent_start, list);
    return hc_memory_decrease_reservation(op);
}

/* The frame comes to DOMX, at HOLE. */
static void comes_to_another(uint64_t mfn)
{
    static uint64_t other[8192];
    unsigned int nr = 0, order = page_order(DOMX);

    while ( nr < 8192 && !port_page_alloc_loose(scene[DOMX], order, 0, &other[nr]) && other[nr] != mfn )
        nr++;
    CHECK(nr < 8192 && other[nr] == mfn, "frame %#lx is not free", (unsigned long)mfn);
    CHECK_EQUAL(p2m_assign_page(scene[DOMX], mfn, HOLE), 0);
    while ( nr )
        port_page_free(other[--nr]);
}

static void is_still_his(uint64_t mfn)
{
    unsigned int references, writers;

    CHECK(port_page_counts(mfn, &references, &writers), "it was given back for him");
    CHECK(port_page_owner(mfn) == scene[DOMX], "he has lost it");
    CHECK_EQUAL(references, 2);
    CHECK(p2m_mfn_to_gfn(mfn) == HOLE, "the reverse map has lost it");
}

/* ---- entries that killing has to leave ----------------------------------------------------- */

/* A run that cannot be split stands, and somebody keeps the dead domain's structure. */
static void test_left_over(void)
{
    struct machine_domain how = {
        .id = 9, .hvm = !IA64, .pages = 1024, .kernel_pages = 512, .max_pages = 1024,
    };
    struct xen_remove_from_physmap *op;
    struct domain *d;
    uint64_t mfn, held;

    scene_what = "given: a run that outlives its pages";
    scene_build();
    d = machine_domain(&how);
    if ( !d || p2m_get_page(d, 900, false, &held, NULL) ||
         p2m_add_page(scene[DOMX], HOLE + 1, held, p2m_attributes(P2M_FOREIGN, false)) )
        abort();
    mfn = PMTE_mfn(pmt_lookup(&d->hv->pmt, 0));
    as(DOM0);
    machine_plan_reset();
    machine_plan.fail_window_at = 0;
    machine_kill(d);
    machine_plan_reset();
    CHECK(PMTE_mfn(pmt_lookup(&d->hv->pmt, 0)) == mfn, "nothing was left");
    comes_to_another(mfn);

    CHECK_EQUAL(give_back(9, 0), 0);
    is_still_his(mfn);
    op = guest(sizeof(*op));
    op->domid = 9;
    CHECK_EQUAL(hc_memory_remove_from_physmap(op), -EINVAL);
    is_still_his(mfn);
    CHECK_EQUAL(p2m_discard(scene[DOMX], HOLE + 1, P2M_REMOVE), 0);
    scene_end("left over");
}

/* ---- an exchange that is undone while its domain dies ---------------------------------------- */

static struct domain *dying;
static uint64_t old;
static bool undone;

static void kill_at(const char *name, void *context)
{
    (void)context;
    if ( !strcmp(name, "exchange-taken") )
        machine_dying(dying);
    if ( strcmp(name, "exchange-undone") )
        return;
    undone = true;
    as(DOMX);
    machine_kill(dying);
    comes_to_another(old);
    as(DOM0);
}

static void test_undone(void)
{
    struct machine_domain how = { .id = 9, .pv = true, .pages = PAGES };
    struct xen_memory_exchange *op;
    xen_pfn_t *in, *out;

    scene_what = "given: an exchange is undone, and killing is quicker";
    scene_build();
    dying = machine_domain(&how);
    if ( !dying )
        abort();
    as(DOM0);
    op = guest(sizeof(*op));
    in = guest(sizeof(*in));
    out = guest(sizeof(*out));
    old = *in = PMTE_mfn(pmt_lookup(&dying->hv->pmt, 40));
    *out = 40;
    op->in.nr_extents = op->out.nr_extents = 1;
    op->in.domid = op->out.domid = 9;
    set_xen_guest_handle(op->in.extent_start, in);
    set_xen_guest_handle(op->out.extent_start, out);
    undone = false;
    machine_plan_reset();
    machine_plan.at_point = kill_at;
    CHECK_EQUAL(hc_memory_exchange(op), -EINVAL);
    machine_plan_reset();
    CHECK(undone, "it was not undone");
    is_still_his(old);
    scene_end("undone");
}

/* ---- devices ------------------------------------------------------------------------------------ */

static struct domain *whose;
static uint64_t dma;

static int device_writes(void)
{
    uint64_t word = 42;

    return machine_device_write(whose, dma, &word, sizeof(word));
}

/* Just before the flush: a TLB that has forgotten the page does not find it again. */
static unsigned int writes;

static void writes_at(const char *name, void *context)
{
    (void)context;
    if ( strcmp(name, "p2m-before-flush") )
        return;
    writes++;
    port_flush_page(whose, 0, PMT_NO_GPFN);
    CHECK_EQUAL(device_writes(), -EFAULT);
}

static void test_before_flush(enum who who)
{
    scene_what = who == DOM0 ? "given: a device before the flush" : "given: another's device";
    scene_build();
    whose = scene[who];
    machine_right(whose, true);
    dma = p2m_entry_mfn(entry_of(who, 40)) << PAGE_SHIFT;
    CHECK_EQUAL(device_writes(), 0);
    as(who);
    writes = 0;
    machine_plan_reset();
    machine_plan.at_point = writes_at;
    CHECK_EQUAL(give_back(DOMID_SELF, frame_of(who, 40)), 1);
    machine_plan_reset();
    CHECK_EQUAL(writes, 1);
    CHECK_EQUAL(device_writes(), -EFAULT);
    scene_end("before the flush");
}

enum way { GIVE_BACK, STEAL, TAKE, NR_WAYS };

/* All else of it has gone, with a flush; of these some are left. */
#define NOWHERE 100

static void writes_between(const char *name, void *context)
{
    const xen_pfn_t *frames = context;
    unsigned int i;

    if ( strcmp(name, "kill") || whose->hv->kill != HV_KILL_PAGES )
        return;
    for ( i = 0; i < NOWHERE; i++ )
    {
        dma = frames[i] << PAGE_SHIFT;
        writes += !device_writes();
    }
}

/* While a domain dies its devices write the pages that are nowhere: to the last one. */
static void test_dies_nowhere(void)
{
    struct machine_domain how = { .id = 9, .pv = true, .has_pmt = true, .pages = PAGES,
                                  .max_pages = PAGES + NOWHERE };
    xen_pfn_t frames[NOWHERE];
    unsigned int i;

    scene_what = "given: a device, pages that are nowhere, and death";
    scene_build();
    whose = machine_domain(&how);
    if ( !whose )
        abort();
    for ( i = 0; i < NOWHERE; i++ )
        if ( port_page_alloc_loose(whose, 0, 0, &frames[i]) ||
             p2m_assign_page(whose, frames[i], PMT_NO_GPFN) )
            abort();
    as(DOM0);
    writes = 0;
    machine_plan_reset();
    machine_plan.preempt_always = true;
    machine_plan.at_point = writes_between;
    machine_plan.context = frames;
    CHECK_EQUAL(machine_kill(whose), 0);
    machine_plan_reset();
    CHECK(writes, "it never did");
    scene_end("dies nowhere");
}

/* A page that is at no guest frame is the domain's: its devices may write it, until it goes. */
static void test_nowhere(enum way way)
{
    static const char *const name[NR_WAYS] = {
        "given: a device, and a page that is nowhere", "given: such a page, taken for good",
        "given: such a page, exchanged",
    };
    struct xen_memory_reservation *op;
    uint64_t frame, gfn, entry;
    xen_pfn_t *list;

    scene_what = name[way];
    scene_build();
    as(DOM0);
    op = guest(sizeof(*op));
    list = guest(sizeof(*list));
    op->domid = DOMID_SELF;
    op->nr_extents = 1;
    set_xen_guest_handle(op->extent_start, list);
    CHECK_EQUAL(hc_memory_increase_reservation(op), 1);
    whose = scene[DOM0];
    dma = *list << PAGE_SHIFT;
    frame = *list;
    CHECK_EQUAL(device_writes(), 0);
    switch ( way )
    {
    case GIVE_BACK:
        CHECK_EQUAL(give_back(DOMID_SELF, frame), 1);
        break;
    case STEAL:
        CHECK_EQUAL(p2m_steal_frame(whose, frame, &frame, &gfn), 0);
        CHECK_EQUAL(p2m_assign_page(scene[DOMX], frame, HOLE), 0);
        break;
    case TAKE:
        CHECK_EQUAL(p2m_take_frame(whose, frame, &frame, &gfn, &entry), 0);
        CHECK_EQUAL(device_writes(), -EFAULT);
        CHECK_EQUAL(p2m_return_page(whose, frame, PMT_NO_GPFN, 0), 0);
        break;
    default:
        break;
    }
    if ( way != TAKE )
        CHECK_EQUAL(device_writes(), -EFAULT);
    scene_end("nowhere");
}

void test_given(void)
{
    unsigned int way;

    test_left_over();
    test_before_flush(DOM0);
    test_before_flush(DOMU);
    if ( IA64 )
        return;
    test_undone();
    test_dies_nowhere();
    for ( way = 0; way < NR_WAYS; way++ )
        test_nowhere(way);
}
