/* SPDX-License-Identifier: MIT */
/*
 * Domains that come, or do not, and go, in steps, whatever others do meanwhile.
 */
#include "memory.h"
#include "scene.h"

static const struct machine_domain plain = {
    .id = 5, .hvm = !IA64, .pages = 40, .max_pages = 80, .max_gpfns = MAX_GFN,
};

/* ---- birth -------------------------------------------------------------------------------------- */

/* Each thing it needs is refused in turn: then there is no domain, and nothing of it. */
static void birth_refused(const char *what, size_t offset, uint64_t most)
{
    uint64_t free = port_free_pages(), i;
    unsigned int domains = machine_nr_domains();
    struct domain *d;

    for ( i = 0; i < most; i++ )
    {
        machine_plan_reset();
        *(uint64_t *)((char *)&machine_plan + offset) = i;
        d = machine_domain(&plain);
        machine_plan_reset();
        /* A large extent that is not there is built of smaller ones. */
        CHECK(!d || offset == offsetof(struct machine_plan, fail_page_at), "%s: refused at %lu, but it is there",
              what, (unsigned long)i);
        if ( d )
            machine_kill(d);
        CHECK(port_free_pages() == free, "%s: refused at %lu, and %ld frames are left", what,
              (unsigned long)i, (long)(free - port_free_pages()));
        CHECK_EQUAL(machine_nr_domains(), domains);
    }
}

static void test_birth(void)
{
    struct machine_counters needs;
    struct domain *d;

    scene_what = "life: birth";
    scene_build();
    machine_plan_reset();
    d = machine_domain(&plain);
    needs = machine_counters;
    CHECK(d != NULL, "it is not there");
    CHECK_EQUAL(machine_kill(d), 0);
    CHECK(needs.allocs && needs.pages && needs.windows, "it needs nothing?");
    birth_refused("memory", offsetof(struct machine_plan, fail_alloc_at), needs.allocs);
    birth_refused("frames", offsetof(struct machine_plan, fail_page_at), needs.pages);
    birth_refused("windows", offsetof(struct machine_plan, fail_window_at), needs.windows);
    scene_end("birth");
}

/* ---- death ------------------------------------------------------------------------------------- */

static long populate(enum who caller, domid_t id, uint64_t gfn, unsigned int order)
{
    struct xen_memory_reservation *op;
    xen_pfn_t *frame;
    long rc;

    as(caller);
    op = guest(sizeof(*op));
    frame = guest(sizeof(*frame));
    *frame = gfn;
    op->domid = id;
    op->nr_extents = 1;
    op->extent_order = order;
    set_xen_guest_handle(op->extent_start, frame);
    rc = hc_memory_populate_physmap(op);
    machine_guest_reset(scene[caller]);
    return rc;
}

/* The pages of a domain with a table of 2^28 frames, three of them, one at the very end. */
static void test_sparse(void)
{
    struct machine_domain how = plain;
    struct domain *d;
    uint64_t looks;

    scene_what = "life: one page at the end of a large table";
    scene_build();
    how.max_gpfns = 1ul << 28;
    d = machine_domain(&how);
    CHECK(d != NULL, "it is not there");
    CHECK_EQUAL(populate(DOM0, 5, (1ul << 28) - 1, 0), 1);
    CHECK_EQUAL(populate(DOM0, 5, 1ul << 27, 0), 1);
    CHECK_EQUAL(populate(DOM0, 5, 1ul << 28, 0), 0);
    machine_plan_reset();
    machine_plan.preempt_always = true;
    CHECK_EQUAL(machine_kill(d), 0);
    looks = machine_counters.looks;
    machine_plan_reset();
    CHECK(looks < 1000, "it took %lu steps", (unsigned long)looks);
    scene_end("sparse");
}

/* While it dies, nothing new can be put into it. */
static void intrude(const char *name, void *context)
{
    unsigned int *tries = context;
    uint64_t mfn;

    if ( strcmp(name, "kill") )
        return;
    ++*tries;
    CHECK_EQUAL(populate(DOM0, 1, HOLE + *tries, 0), 0);
    if ( port_page_adopt(scene[DOM0], &mfn) )
        return;
    if ( port_page_get(mfn, scene[DOM0]) )
    {
        CHECK_EQUAL(p2m_add_page(scene[DOMU], HOLE, mfn, p2m_attributes(P2M_FOREIGN, true)), -EINVAL);
        port_page_put(mfn);
    }
    port_page_free(mfn);
}

static void test_intruder(void)
{
    unsigned int tries = 0;

    scene_what = "life: somebody who does not see that it dies";
    scene_build();
    as(DOM0);
    machine_plan.preempt_always = true;
    machine_plan.at_point = intrude;
    machine_plan.context = &tries;
    CHECK_EQUAL(machine_kill(scene[DOMU]), 0);
    machine_plan_reset();
    CHECK(tries, "nobody tried");
    scene_end("intruder");
}

/* Interrupted or not, with what others have of it and it of others. */
static void entangle(void)
{
    uint64_t mfn, loan, frame;

    if ( p2m_get_page(scene[DOMX], 41, false, &mfn, NULL) ||
         p2m_add_page(scene[DOMU], HOLE, mfn, p2m_attributes(P2M_FOREIGN, true)) ||
         p2m_get_page(scene[DOMU], 42, false, &mfn, NULL) ||
         p2m_add_page(scene[DOMX], HOLE + 1, mfn, p2m_attributes(P2M_FOREIGN, true)) ||
         loan_give(scene[DOMX], 43, scene[DOMU], HOLE + 2, true, &loan) ||
         loan_give(scene[DOMU], 44, scene[DOMX], HOLE + 3, false, &loan) ||
         grant_frame(scene[DOMU], false, 0, true, &frame) ||
         p2m_add_page(scene[DOMU], HOLE + 4, frame, p2m_attributes(P2M_SPECIAL, true)) )
        abort();
}

static void test_entangled(void)
{
    unsigned int preempted;

    for ( preempted = 0; preempted < 2; preempted++ )
    {
        scene_what = preempted ? "life: entangled, in steps" : "life: entangled";
        scene_build();
        entangle();
        as(DOM0);
        machine_plan.preempt_always = preempted;
        machine_kill(scene[DOMU]);
        CHECK(p2m_entry_holds(entry_of(DOMX, HOLE + 1)), "the other one has lost a page");
        machine_plan_reset();
        scene_end("entangled");
    }
}

/* No memory to split a run: it dies all the same. */
static void test_no_memory(void)
{
    uint64_t at;

    for ( at = 0; at < 4; at++ )
    {
        scene_what = "life: death without memory";
        scene_build();
        as(DOM0);
        CHECK_EQUAL(populate(DOM0, 1, 512, 4), 1);
        machine_plan_reset();
        machine_plan.fail_window_at = at;
        CHECK_EQUAL(machine_kill(scene[DOMU]), 0);
        machine_plan_reset();
        scene_end("without memory");
    }
}

/* A page at no guest frame, a claim, maps: all go. */
static void test_rest(void)
{
    static unsigned int distance[1], nodes[1];
    static struct hv_vnuma_range ranges[1];
    const struct hv_vnuma numa = { 1, 1, 1, distance, nodes, ranges };
    struct xen_memory_reservation *op;

    scene_what = "life: what else a domain has";
    scene_build();
    CHECK_EQUAL(hv_domain_set_vnuma(scene[DOMU], &numa), 0);
    as(DOM0);
    op = guest(sizeof(*op));
    op->domid = 1;
    op->nr_extents = 3;
    CHECK_EQUAL(hc_memory_increase_reservation(op), 3);
    op->nr_extents = PAGES + 6;
    CHECK_EQUAL(hc_memory_claim_pages(op), 0);
    CHECK_EQUAL(machine_kill(scene[DOMU]), 0);
    /* All that was kept back for it is free for others. */
    CHECK_EQUAL(memory_claimed(), 0);
    scene_end("rest");
}

/* The kind of a domain that is not dying does not matter: it is not killed. */
static void test_alive(void)
{
    scene_what = "life: alive";
    scene_build();
    CHECK_EQUAL(hv_domain_kill(scene[DOMU]), -EINVAL);
    CHECK_EQUAL(scene[DOMU]->tot_pages, PAGES);
    scene_end("alive");
}

void test_life(void)
{
    test_birth();
    test_sparse();
    test_intruder();
    test_entangled();
    test_no_memory();
    test_rest();
    test_alive();
}
