/* SPDX-License-Identifier: MIT */
/* Flow 2 once more, as it was first told: dom0 sees all memory, and frames come back by balloon. */
#include "flow.h"

#include "hc-memory.h"
#include "hc-pmt.h"
#ifdef PORT_IA64
#include "hc-dom0vp.h"
#endif

#define BATCHES  3u
#define OWN      (KERNEL_PAGES + KERNEL_MEMORY)
/* Where the machine's memory begins for a dom0 that cannot have it where it is. */
#define SEEN_AT  0x20000u

struct all {
    struct kernel *dom0, *domu;
    uint64_t mfn[OWN], place[OWN];      /* of domU's pages; dom0's pfn for it */
    uint64_t dom0_calls, domu_calls, seen;
    unsigned int packets;
};

/*
 * At the frame of the machine's number, where the table reaches so far: the machine here
 * has its memory above 2^28 granules, so with pages as small as these it does not, and
 * all of it is a bit lower.
 */
static bool is_identical(const struct all *a)
{
    return a->dom0->guest.page_shift > PAGE_SHIFT;
}

static uint64_t place_of(const struct all *a, uint64_t mfn)
{
    return is_identical(a) ? mfn >> (a->dom0->guest.page_shift - PAGE_SHIFT)
                           : SEEN_AT + (mfn - PORT_MFN_BASE);
}

/* One of domU's pages; on ia64 by the call that was made for it. */
static bool see(struct all *a, uint64_t pfn)
{
    const domid_t id = a->domu->d->domain_id;
#ifdef PORT_IA64
    return !hc_ia64_dom0vp_add_physmap(a->place[pfn], a->mfn[pfn], 0, id);
#else
    xen_ulong_t idx = pfn;
    xen_pfn_t place = a->place[pfn];
    int error = 1;
    xen_add_to_physmap_batch_t add = { .domid = DOMID_SELF, .space = XENMAPSPACE_gmfn_foreign,
                                       .size = 1, .u.foreign_domid = id };

    set_xen_guest_handle(add.idxs, &idx);
    set_xen_guest_handle(add.gpfns, &place);
    set_xen_guest_handle(add.errs, &error);
    return !hc_memory_add_to_physmap_batch(&add) && !error;
#endif
}

static void sees_all(struct all *a)
{
    kernel_runs(a->dom0);
    for ( uint64_t pfn = 0; pfn < OWN; pfn++ )
    {
        pmt_translate_t t = { .gpfn = pfn, .domid = a->domu->d->domain_id, .limit = 1 };

        if ( !CHECK(!hc_pmt_translate(&t, 1) && !t.status && PMTE_mfn(t.entry)) )
            return;
        a->mfn[pfn] = PMTE_mfn(t.entry);
        a->place[pfn] = place_of(a, a->mfn[pfn]);
        a->seen += see(a, pfn);
    }
    CHECK(a->seen == OWN);
    kernel_runs(a->domu);
    kernel_fill(a->domu, OWN - 1, 0, 64, 5);
    kernel_runs(a->dom0);
    CHECK(kernel_holds(a->dom0, a->place[OWN - 1], 0, 64, 5));
    kernel_runs(NULL);
}

/* A page that goes back to Xen is not seen any more: nobody may hold it then. */
static bool sees_no_more(struct all *a, uint64_t pfn)
{
    xen_remove_from_physmap_t r = { .domid = DOMID_SELF, .gpfn = a->place[pfn] };

    return !hc_memory_remove_from_physmap(&r);
}

/* ---- to domU ----------------------------------------------------------------------- */

/* Steps 1 to 3: packets are in pages of dom0's, which it grants and does not free. */
static void are_granted(struct all *a, uint64_t pfn[], struct grants_foreign of[])
{
    struct grants *gr = &a->dom0->drivers->grants;
    uint64_t before;

    kernel_runs(a->dom0);
    before = a->dom0->hypercalls;
    for ( unsigned int i = 0; i < FLOW_BATCH; i++ )
    {
        pfn[i] = kernel_take_page(a->dom0);
        of[i].domid = a->dom0->d->domain_id;
        CHECK(!nic_receive(a->dom0, pfn[i], 0, 200, a->packets + i));
        CHECK(!grants_get(gr, &of[i].ref) &&
              !grants_access(gr, of[i].ref, a->domu->d->domain_id, pfn[i], 0));
    }
    if ( flow_twin == TWIN_EXTRA_CALL )
        guest_start(&a->dom0->guest);
    kernel_runs(NULL);
    a->dom0_calls += a->dom0->hypercalls - before;
}

/* Step 4: domU gets them where it asked, passes them up, and lets go of all of them at once. */
static void are_read(struct all *a, const uint64_t pfn[], const struct grants_foreign of[])
{
    struct grants_mapping m[FLOW_BATCH] = { { .pfn = 0 } };
    struct guest_p2m *p2m = &a->domu->drivers->p2m;
    uint64_t hole, before;

    kernel_runs(a->domu);
    flow_plant();
    before = a->domu->hypercalls;
    CHECK(!a->domu->guest.kernel->hole_get(&a->domu->guest, FLOW_BATCH, &hole));
    for ( unsigned int i = 0; i < FLOW_BATCH; i++ )
        m[i].pfn = hole + i;
    CHECK(grants_map(p2m, m, of, FLOW_BATCH, 0) == (int)FLOW_BATCH);
    for ( unsigned int i = 0; i < FLOW_BATCH; i++ )
    {
        CHECK(m[i].address == (hole + i) << a->domu->guest.page_shift && !m[i].machine);
        CHECK(kernel_holds(a->domu, hole + i, 0, 200, a->packets + i + (flow_twin == TWIN_CONTENTS)));
        CHECK(kernel_holds(a->dom0, pfn[i], 0, 200, a->packets + i));
    }
    CHECK(grants_unmap(p2m, m, FLOW_BATCH, 0) == (int)FLOW_BATCH);
    a->domu->guest.kernel->hole_put(&a->domu->guest, FLOW_BATCH, hole);
    kernel_runs(NULL);
    a->domu_calls += a->domu->hypercalls - before;
}

/* Steps 5 and 6: domU gives others for them, and dom0 gets as many, each by one call. */
static void come_back(struct all *a)
{
    uint64_t given[FLOW_BATCH], got, before;
    uint64_t holes[FLOW_BATCH];

    kernel_runs(a->dom0);
    CHECK(!a->dom0->guest.kernel->hole_get(&a->dom0->guest, FLOW_BATCH, &got));
    for ( unsigned int i = 0; i < FLOW_BATCH; i++ )
    {
        given[i] = kernel_take_page(a->domu);
        holes[i] = got + i;
        CHECK(sees_no_more(a, given[i]));
    }
    kernel_runs(a->domu);
    before = a->domu->hypercalls;
    CHECK(balloon_decrease(&a->domu->drivers->balloon, given, FLOW_BATCH) == (long)FLOW_BATCH);
    kernel_runs(a->dom0);
    a->domu_calls += a->domu->hypercalls - before;
    before = a->dom0->hypercalls;
    CHECK(balloon_populate(&a->dom0->drivers->balloon, holes, FLOW_BATCH) == (long)FLOW_BATCH);
    kernel_runs(NULL);
    a->dom0_calls += a->dom0->hypercalls - before;
    for ( unsigned int i = 0; i < FLOW_BATCH; i++ )
    {
        kernel_runs(a->dom0);
        CHECK(guest_page(&a->dom0->guest, holes[i], true));
        kernel_runs(a->domu);
        CHECK(!guest_page(&a->domu->guest, given[i], false));
    }
    kernel_runs(NULL);
}

/* dom0's own again, when domU is done with them. */
static void are_freed(struct all *a, const uint64_t pfn[], const struct grants_foreign of[])
{
    struct grants *gr = &a->dom0->drivers->grants;

    kernel_runs(a->dom0);
    for ( unsigned int i = 0; i < FLOW_BATCH; i++ )
    {
        CHECK(!grants_end_access(gr, of[i].ref));
        grants_put(gr, of[i].ref);
        kernel_give_page(a->dom0, pfn[i]);
    }
    kernel_runs(NULL);
}

/* ---- and to dom0 ------------------------------------------------------------------- */

/*
 * Two of domU's pages: dom0 has the first one, and asks for it somewhere else where it has
 * all memory in its place; it does not have the second any more, and gets it where it asks.
 */
static void maps_what_it_has(struct all *a)
{
    struct grants *gr = &a->domu->drivers->grants;
    struct grants_mapping m[2] = { { .pfn = 0 } };
    struct grants_foreign of[2];
    uint64_t pfn[2], hole, before;

    kernel_runs(a->domu);
    for ( unsigned int i = 0; i < 2; i++ )
    {
        pfn[i] = kernel_take_page(a->domu);
        kernel_fill(a->domu, pfn[i], 0, 100, 70 + i);
        of[i].domid = a->domu->d->domain_id;
        CHECK(!grants_get(gr, &of[i].ref) && !grants_access(gr, of[i].ref, a->dom0->d->domain_id, pfn[i], 0));
    }
    kernel_runs(a->dom0);
    CHECK(sees_no_more(a, pfn[1]));
    CHECK(!a->dom0->guest.kernel->hole_get(&a->dom0->guest, 2, &hole));
    m[0].pfn = is_identical(a) ? hole : a->place[pfn[0]];
    m[1].pfn = hole + 1;
    kernel_runs(a->dom0);
    before = a->dom0->hypercalls;
    CHECK(grants_map(&a->dom0->drivers->p2m, m, of, 2, GRANT_DEVICE) == 2);
    kernel_runs(a->dom0);
    CHECK(a->dom0->hypercalls == before + 1);
    CHECK(m[0].pfn == a->place[pfn[0]] && m[0].address == m[0].pfn << a->dom0->guest.page_shift);
    CHECK(m[0].machine == a->mfn[pfn[0]] << PAGE_SHIFT && m[1].machine == a->mfn[pfn[1]] << PAGE_SHIFT);
    CHECK(m[1].pfn == hole + 1 && m[1].address == m[1].pfn << a->dom0->guest.page_shift);
    CHECK(!guest_page(&a->dom0->guest, hole, false));
    for ( unsigned int i = 0; i < 2; i++ )
        CHECK(kernel_holds(a->dom0, m[i].pfn, 0, 100, 70 + i));
    kernel_runs(a->domu);
    CHECK(grants_end_access(gr, of[0].ref) == -GUEST_EBUSY);
    kernel_runs(a->dom0);
    CHECK(grants_unmap(&a->dom0->drivers->p2m, m, 2, GRANT_DEVICE) == 2);
    /* It has the first as before, and the second no more. */
    CHECK(kernel_holds(a->dom0, a->place[pfn[0]], 0, 100, 70));
    CHECK(!guest_page(&a->dom0->guest, hole + 1, false));
    a->dom0->guest.kernel->hole_put(&a->dom0->guest, 2, hole);
    kernel_runs(a->domu);
    for ( unsigned int i = 0; i < 2; i++ )
    {
        CHECK(!grants_end_access(gr, of[i].ref));
        grants_put(gr, of[i].ref);
    }
    kernel_runs(NULL);
}

static void with_pages_of(struct all *a, domid_t id, unsigned int page_shift)
{
    const struct machine_domain how = {
        .id = id, .hvm = FLOW_HVM, .privileged = true, .hardware = true, .has_pmt = true,
        .page_shift = page_shift, .max_gpfns = 1u << 28, .layout = LAYOUT_SCATTERED };
    struct grants_foreign of[FLOW_BATCH];
    uint64_t pfn[FLOW_BATCH];

    *a = (struct all){ .dom0 = flow_boot(&how, 1), .domu = flow_domu((domid_t)(id + 1), page_shift, 1) };
    flow_arm();
    sees_all(a);
    for ( unsigned int i = 0; i < BATCHES; i++ )
    {
        are_granted(a, pfn, of);
        are_read(a, pfn, of);
        come_back(a);
        are_freed(a, pfn, of);
        a->packets += FLOW_BATCH;
    }
    maps_what_it_has(a);
    /* dom0 to get frames; domU to map, to unmap, and to give some. */
    CHECK(a->dom0_calls == BATCHES && a->domu_calls == 3 * BATCHES);
}

/*
 * 2. Donation by a dom0 that sees all memory, told by Matt Chapman. A packet's page is granted
 * and not freed; domU gets it where it asked, and passes it up. For those that are on their
 * way domU gives other frames, and dom0 gets as many by its balloon, later and many at once.
 * And when domU grants a page to dom0, which has it already, dom0 is told where.
 */
void flow_all_memory(void)
{
    static const unsigned int shifts[] = { PAGE_SHIFT, 16 };
    struct all a[2];

    for ( unsigned int i = 0; i < 2; i++ )
    {
        with_pages_of(&a[i], (domid_t)(2 * i), shifts[i]);
        CHECK(!machine_kill(a[i].domu->d) && !machine_kill(a[i].dom0->d));
        kernel_free(a[i].domu);
        kernel_free(a[i].dom0);
    }
    flow_says("%u packets, for which dom0 makes %.3f hypercalls each and domU %.3f; %u pages of domU's are "
              "seen by dom0", a[0].packets + a[1].packets, (double)a[0].dom0_calls / a[0].packets,
              (double)a[0].domu_calls / a[0].packets, (unsigned int)a[0].seen);
}
