/* SPDX-License-Identifier: MIT */
/* Flows 1 to 3: a network packet goes from dom0 to a domU without being copied. */
#include "flow.h"

#include "hc-pmt.h"

#define BATCHES 6u

static double per_packet(uint64_t calls, const struct network *w)
{
    return (double)calls / w->packets;
}

static uint64_t carried(const struct network *w)
{
    return w->back->drivers->net_back.pv.carried;
}

static void says(const struct network *w, const char *how)
{
    flow_says("%s: %u packets in %u batches; the backend makes %.3f hypercalls a packet and in them "
              "%.2f other calls, the frontend %.3f", how, w->packets, w->batches,
              per_packet(w->back_calls, w), per_packet(carried(w), w), per_packet(w->front_calls, w));
}

/*
 * 1. As x86 does it, told by Kevin Tian. dom0 has a table. The driver's packets lie
 * in pages of its own; for each of them the mapping of page to machine frame is
 * chopped, and the frame is transferred to the frontend's domain, which has
 * given a page back before, and says where. A new frame takes its place.
 */
void flow_x86_transfer(void)
{
    struct kernel *dom0 = flow_dom0(0), *domu = flow_domu(1, 0, 1);
    uint64_t entry, before[FLOW_BATCH], moved = 0;
    struct network w;

    if ( !network_up(&w, dom0, domu, NET_TRANSFER) )
        return;
    /* Pages are buffered. Their frames are known without a call. */
    kernel_runs(dom0);
    for ( unsigned int i = 0; i < FLOW_BATCH; i++ )
        if ( CHECK(!guest_p2m_lookup(&dom0->drivers->p2m, w.pfn[i], &entry)) )
            before[i] = PMTE_mfn(entry);
    CHECK(dom0->drivers->p2m.asked == 0);

    /* Chopped, transferred, filled anew; the frontend reads the packets and frees them. */
    for ( unsigned int i = 0; i < BATCHES; i++ )
        network_batch(&w);

    /* Each page has another frame now, and dom0's table knows it. */
    kernel_runs(dom0);
    for ( unsigned int i = 0; i < FLOW_BATCH; i++ )
        moved += !guest_p2m_lookup(&dom0->drivers->p2m, w.pfn[i], &entry) &&
                 PMTE_mfn(entry) != before[i];
    CHECK(moved > 0);
    CHECK(w.packets == domu->drivers->net_front.received);
    network_down(&w);
    /*
     * A multicall for a batch, and spare frames for two of them. Xen lets only PV guests
     * transfer; the same driver finds that out, and then each batch is a flip.
     */
    CHECK(w.back_calls == (flow_pv ? BATCHES + BATCHES / 2 : BATCHES));
    /* In the multicall: a new mapping for each page, what Xen is told of them, the transfer. */
    CHECK(carried(&w) == (flow_pv ? BATCHES * (FLOW_BATCH + 2) : 0));
    says(&w, flow_pv ? "multicall with transfer" : "no PV guest, so a flip");
}

/*
 * 3. One call for both. PMTOP_flip takes a batch of pages and grants to put them
 * in, and gives a fresh page for each: nothing to chop before, nothing to fill
 * afterwards, one hypercall for a batch whatever the architecture.
 */
void flow_flip(void)
{
    struct kernel *dom0 = flow_dom0(0), *domu = flow_domu(1, 0, 2);
    struct network w;

    if ( !network_up(&w, dom0, domu, NET_BEST) )
        return;
    CHECK(dom0->drivers->net_back.way == NET_FLIP);
    for ( unsigned int i = 0; i < BATCHES; i++ )
        network_batch(&w);
    /* Fresh pages come cleared: nothing of what dom0 had before is in them. */
    kernel_runs(dom0);
    CHECK(!net_back_show(&dom0->drivers->net_back));
    for ( unsigned int i = 0; i < FLOW_BATCH; i++ )
    {
        const uint8_t *byte = guest_page(&dom0->guest, w.pfn[i], false);
        uint64_t sum = 0;

        if ( CHECK(byte) )
            for ( uint64_t at = 0; at < kernel_page_size(dom0); at++ )
                sum |= byte[at];
        CHECK(!sum);
    }
    network_down(&w);
    CHECK(w.back_calls == BATCHES);
    /* Pages that go again unseen are not shown in between: the first batch hides, the last shows. */
    CHECK(carried(&w) == (flow_pv ? BATCHES + 2 * FLOW_BATCH : 0));
    says(&w, "one call");
}

/* ---- donation -------------------------------------------------------------------- */

/*
 * domU passes the lent page back the other way, by a grant to its owner: dom0 asks
 * for it at a hole, and is told where it has the page all along. A page of domU's own
 * appears where dom0 asked.
 */
static void maps_in_out(struct kernel *dom0, struct kernel *domu, uint64_t lent_pfn,
                        uint64_t at_domu)
{
    struct grants *gr = &domu->drivers->grants;
    struct grants_mapping m[2] = { { .pfn = 0 } };
    struct grants_foreign they[2];
    uint64_t own, holes, place;

    kernel_runs(domu);
    own = kernel_take_page(domu);
    kernel_fill(domu, own, 0, 100, 77);
    kernel_fill(domu, at_domu, 0, 100, 78);
    for ( unsigned int i = 0; i < 2; i++ )
    {
        they[i].domid = domu->d->domain_id;
        CHECK(!grants_get(gr, &they[i].ref));
    }
    CHECK(!grants_access(gr, they[0].ref, dom0->d->domain_id, at_domu, 0));
    CHECK(!grants_access(gr, they[1].ref, dom0->d->domain_id, own, 0));

    kernel_runs(dom0);
    CHECK(!dom0->guest.kernel->hole_get(&dom0->guest, 2, &holes));
    m[0].pfn = holes;
    m[1].pfn = holes + 1;
    CHECK(grants_map(&dom0->drivers->p2m, m, they, 2, GRANT_DEVICE) == 2);
    /* Where a PV guest's page tables show a page is its own affair: there it is mapped. */
    place = flow_pv ? holes : lent_pfn;
    CHECK(m[0].address == guest_address(&dom0->guest, place));
    CHECK(kernel_holds(dom0, place, 0, 100, 78));
    CHECK(kernel_holds(dom0, lent_pfn, 0, 100, 78));
    CHECK(m[1].address == guest_address(&dom0->guest, holes + 1));
    CHECK(kernel_holds(dom0, holes + 1, 0, 100, 77));
    CHECK(flow_pv || !guest_page(&dom0->guest, holes, false));
    CHECK(grants_unmap(&dom0->drivers->p2m, m, 2, GRANT_DEVICE) == 2);
    dom0->guest.kernel->hole_put(&dom0->guest, 2, holes);

    kernel_runs(domu);
    for ( unsigned int i = 0; i < 2; i++ )
    {
        CHECK(!grants_end_access(gr, they[i].ref));
        grants_put(gr, they[i].ref);
    }
    kernel_give_page(domu, own);
    kernel_runs(NULL);
}

/* And a page of dom0's appears to domU where it asked. */
static void gets_what_it_asks(struct kernel *dom0, struct kernel *domu)
{
    struct grants *gr = &dom0->drivers->grants;
    struct grants_foreign they = { .domid = dom0->d->domain_id };
    struct grants_mapping m = { .pfn = KERNEL_GPFNS - 11 };
    uint64_t page;

    kernel_runs(dom0);
    page = kernel_take_page(dom0);
    kernel_fill(dom0, page, 0, 100, 79);
    CHECK(!grants_get(gr, &they.ref) && !grants_access(gr, they.ref, domu->d->domain_id, page, 0));
    kernel_runs(domu);
    CHECK(grants_map(&domu->drivers->p2m, &m, &they, 1, 0) == 1 && !m.machine);
    CHECK(m.address == (KERNEL_GPFNS - 11ull) << domu->guest.page_shift);
    CHECK(kernel_holds(domu, KERNEL_GPFNS - 11, 0, 100, 79));
    CHECK(grants_unmap(&domu->drivers->p2m, &m, 1, 0) == 1);
    kernel_runs(dom0);
    CHECK(!grants_end_access(gr, they.ref));
    grants_put(gr, they.ref);
    kernel_give_page(dom0, page);
    kernel_runs(domu);
}

/*
 * 2. Donation, told by Matt Chapman. dom0 hands a packet's page out by giving domU
 * access without freeing it: the page stays where it is in dom0's space and
 * appears in domU's. domU passes the packet up, and when it is done with some of them,
 * says so; dom0 gets its pages back later, many with one call. And maps have an address
 * that goes in and out: dom0 is told where it has the page already, domU gets
 * the place it asked for.
 */
void flow_donation(void)
{
    struct kernel *dom0 = flow_dom0(0), *domu = flow_domu(1, 0, 1);
    uint64_t back[GUEST_BATCH], reclaims = 0, at = 0, before;
    struct net_back *net = &dom0->drivers->net_back;
    struct network w;
    struct net_packet one;
    struct net_buffer *buffer;

    if ( !network_up(&w, dom0, domu, NET_DONATE) )
        return;
    for ( unsigned int i = 0; i < BATCHES; i++ )
    {
        network_batch(&w);
        /* Lent all the while, and not to be given away; taken back lazily. */
        kernel_runs(dom0);
        CHECK(net->nr_lent == FLOW_BATCH);
        CHECK(balloon_decrease(&dom0->drivers->balloon, w.pfn, 1) <= 0);
        CHECK(kernel_holds(dom0, w.pfn[3], (w.packets - FLOW_BATCH + 3) % 32, w.bytes,
                           w.packets - FLOW_BATCH + 3));
        before = dom0->hypercalls;
        kernel_runs(dom0);
        before = dom0->hypercalls;
        CHECK(net_back_reclaim(net, back, GUEST_BATCH) == (int)FLOW_BATCH);
        kernel_runs(domu);
        reclaims += dom0->hypercalls - before;
        /* The frontend hears of it, and its places are empty again. */
        CHECK(net_front_receive(&domu->drivers->net_front, &buffer) == -GUEST_EAGAIN);
    }
    CHECK(reclaims == BATCHES);
    CHECK(w.back_calls == BATCHES);

    gets_what_it_asks(dom0, domu);

    /* One more, which domU still has when it grants it back to its owner. */
    CHECK(net_front_post(&domu->drivers->net_front, 1) == 1);
    kernel_runs(dom0);
    one = (struct net_packet){ .pfn = w.pfn[0], .bytes = 64 };
    CHECK(net_back_deliver(net, &one, 1) == 1 && !one.error);
    kernel_runs(domu);
    if ( CHECK(!net_front_receive(&domu->drivers->net_front, &buffer)) )
    {
        at = buffer->pfn;
        maps_in_out(dom0, domu, w.pfn[0], at);
        kernel_runs(domu);
        CHECK(!net_front_done(&domu->drivers->net_front, buffer));
        net_front_push(&domu->drivers->net_front);
    }
    kernel_runs(dom0);
    CHECK(net_back_reclaim(net, back, 1) == 1 && back[0] == w.pfn[0]);
    kernel_runs(domu);
    CHECK(net_front_receive(&domu->drivers->net_front, &buffer) == -GUEST_EAGAIN);
    CHECK(!guest_page(&domu->guest, at, false));
    network_down(&w);
    says(&w, "lent, and taken back by one more call for a batch");
}
