/* SPDX-License-Identifier: MIT */
/* What drivers do when a call fails: what was done counts, and what was not is tried again. */
#include "flow.h"

#include "hc-memory.h"

static struct kernel *pv_domu(domid_t id)
{
    const struct machine_domain how = {
        .id = id, .pv = true, .has_pmt = true, .layout = LAYOUT_SCATTERED };

    return flow_boot(&how, 1);
}

static unsigned int pages_of_kind(const struct kernel *k, enum kernel_page kind)
{
    unsigned int i, nr = 0;

    for ( i = 0; i < KERNEL_GPFNS; i++ )
        nr += k->page[i] == kind;
    return nr;
}

static long pages_owned(void)
{
    struct xen_memory_domain who = { .domid = DOMID_SELF };

    return hc_memory_current_reservation(&who);
}

/* ---- versions ---------------------------------------------------------------------- */

static void version_after_version(struct kernel *k, struct kernel *mapper)
{
    struct grants *gr = &k->drivers->grants;
    struct grants_mapping m = { .pfn = KERNEL_GPFNS - 8 };
    struct grants_foreign they = { .domid = k->d->domain_id };
    uint64_t pfn;

    kernel_runs(k);
    grants_stop(gr);
    CHECK(!grants_start(gr, &k->drivers->p2m, 1, 2));
    pfn = kernel_take_page(k);
    kernel_fill(k, pfn, 0, 64, 3);
    CHECK(!grants_get(gr, &they.ref));
    CHECK(!grants_access(gr, they.ref, mapper->d->domain_id, pfn, GTF_readonly));
    kernel_runs(mapper);
    CHECK(grants_map(&mapper->drivers->p2m, &m, &they, 1, GRANT_READONLY) == 1);
    CHECK(kernel_holds(mapper, KERNEL_GPFNS - 8, 0, 64, 3));
    CHECK(grants_unmap(&mapper->drivers->p2m, &m, 1, 0) == 1);
    kernel_runs(k);
    CHECK(!grants_end_access(gr, they.ref));
    kernel_give_page(k, pfn);
    kernel_runs(NULL);
}

/* The kernel that was here before had version 2: who wants 1 gets entries that are read right. */
void part_versions(void)
{
    struct kernel *mapper = flow_domu(1, 0, 1), *translated = flow_domu(2, 0, 2);

    version_after_version(translated, mapper);
    if ( flow_pv )
    {
        struct kernel *k = pv_domu(3);

        kernel_runs(k);
        grants_stop(&k->drivers->grants);
        CHECK(!grants_start(&k->drivers->grants, &k->drivers->p2m, 2, 2));
        CHECK(k->drivers->grants.version == 2);
        version_after_version(k, mapper);
    }
    flow_says("1 after 2 is %u for a translated kernel", translated->drivers->grants.version);
}

/* ---- page tables ------------------------------------------------------------------- */

/* More than fits: an error, and nothing was done. */
static void too_many(struct kernel *k)
{
    struct guest_pv *pv = &k->drivers->balloon.pv;
    uint64_t pfn = kernel_take_page(k), before;

    guest_pv_begin(pv, &k->guest);
    for ( unsigned int i = 0; i <= GUEST_PV_CALLS; i++ )
        guest_pv_unmap(pv, pfn);
    before = machine_hypercalls();
    CHECK(guest_pv_commit(pv) == -GUEST_ENOMEM);
    guest_pv_begin(pv, &k->guest);
    for ( unsigned int i = 0; i <= GUEST_BATCH; i++ )
        guest_pv_set_pfn(pv, 1, pfn);
    CHECK(guest_pv_commit(pv) == -GUEST_ENOMEM);
    CHECK(machine_hypercalls() == before && guest_page(&k->guest, pfn, true));
    /* As many as fit do, and the last of them flushes. */
    for ( unsigned int i = 0; i < GUEST_PV_CALLS; i++ )
        guest_pv_unmap(pv, pfn);
    CHECK(pv->last_va == GUEST_PV_CALLS - 1 && !guest_pv_commit(pv));
    CHECK(!guest_page(&k->guest, pfn, false));
    CHECK(balloon_decrease(&k->drivers->balloon, &pfn, 1) == 1);
    CHECK(balloon_populate(&k->drivers->balloon, &pfn, 1) == 1);
    kernel_give_page(k, pfn);
}

/* One page that the page table cannot be made to show, or to show no more. */
static void one_cannot_be_shown(struct kernel *k)
{
    struct balloon *b = &k->drivers->balloon;
    uint64_t pfn[8];
    long owned = pages_owned();

    for ( unsigned int i = 0; i < 8; i++ )
        pfn[i] = kernel_take_page(k);
    CHECK(balloon_decrease(b, pfn, 8) == 8);
    k->no_address = pfn[5];
    CHECK(balloon_populate(b, pfn, 8) == 5);
    CHECK(pages_owned() == owned - 3 && !guest_page(&k->guest, pfn[6], false));
    k->no_address = 0;
    CHECK(balloon_populate(b, pfn + 5, 3) == 3 && pages_owned() == owned);
    for ( unsigned int i = 0; i < 8; i++ )
    {
        CHECK(guest_page(&k->guest, pfn[i], true));
        kernel_give_page(k, pfn[i]);
    }
}

/* As if nothing had been; the fresh page in its place cannot be shown at first. */
static void goes_the_next_time(struct network *w, unsigned int i)
{
    struct net_back *net = &w->back->drivers->net_back;
    struct net_front *to = &w->front->drivers->net_front;
    struct net_packet packet;
    struct net_buffer *buffer;

    CHECK(net_front_post(to, 1) == 1);
    kernel_runs(w->back);
    CHECK(!nic_receive(w->back, w->pfn[i], 0, 100, 9));
    packet = (struct net_packet){ .pfn = w->pfn[i], .bytes = 100 };
    CHECK(net_back_deliver(net, &packet, 1) == 1 && !packet.error);
    if ( net->way == NET_FLIP )
    {
        w->back->no_address = w->pfn[i];
        CHECK(net_back_show(net) && net->nr_unmapped == 1);
        w->back->no_address = 0;
    }
    CHECK(!net_back_show(net) && guest_page(&w->back->guest, w->pfn[i], true));
    kernel_runs(w->front);
    if ( CHECK(!net_front_receive(to, &buffer) && !net_front_show(to)) )
        CHECK(kernel_holds(w->front, buffer->pfn, 0, 100, 9) && !net_front_done(to, buffer));
}

/* Packet 2 of 4 cannot be taken out of the page table: it stays, and the others have gone. */
static void one_packet_stays(struct kernel *back, struct kernel *front, enum net_way way)
{
    struct net_back *net = &back->drivers->net_back;
    struct net_front *to = &front->drivers->net_front;
    struct net_packet packet[4];
    struct net_buffer *buffer;
    unsigned int errors = 0, came = 0;
    struct network w;
    long owned;
    int rc;

    kernel_runs(back);
    owned = pages_owned();
    if ( !network_up(&w, back, front, way) )
        return;
    kernel_runs(front);
    CHECK(net_front_post(to, 4) == 4);
    kernel_runs(back);
    for ( unsigned int i = 0; i < 4; i++ )
    {
        packet[i] = (struct net_packet){ .pfn = w.pfn[i], .bytes = 100 };
        CHECK(!nic_receive(back, w.pfn[i], 0, 100, i));
    }
    back->no_address = w.pfn[2];
    CHECK(net_back_deliver(net, packet, 4) == 4);
    back->no_address = 0;
    for ( unsigned int i = 0; i < 4; i++ )
        errors += packet[i].error != 0;
    CHECK(errors == 1 && packet[2].error);
    CHECK(!net_back_show(net) && kernel_holds(back, w.pfn[2], 0, 100, 2));
    for ( unsigned int i = 0; i < 4; i++ )
        CHECK(guest_page(&back->guest, w.pfn[i], true) &&
              (i == 2 || !kernel_holds(back, w.pfn[i], 0, 100, i)));
    kernel_runs(front);
    for ( unsigned int i = 0; i < 4; i++ )
        if ( !(rc = net_front_receive(to, &buffer)) )
        {
            came++;
            /* A PV frontend whose page table fails has it when that is over. */
            if ( flow_pv && !front->guest.translated && i == 1 )
            {
                front->no_address = buffer->pfn;
                CHECK(net_front_show(to) && net_front_done(to, buffer) == -GUEST_EBUSY);
                front->no_address = 0;
            }
            CHECK(!net_front_show(to) && kernel_holds(front, buffer->pfn, 0, 100, i));
            CHECK(!net_front_done(to, buffer));
        }
        else
            CHECK(rc == -GUEST_EIO && i == 2);
    CHECK(came == 3);

    goes_the_next_time(&w, 2);

    /* Spare frames that do not go are not forgotten. */
    kernel_runs(back);
    machine_plan_reset();
    machine_plan.fail_copy_at = 3;
    rc = net_back_stop(net);
    CHECK(way == NET_FLIP ? !rc : rc && net->nr_stock);
    machine_plan_reset();
    network_down(&w);
    kernel_runs(back);
    CHECK(pages_owned() == owned);
    kernel_runs(NULL);
}

void part_page_tables(void)
{
    struct kernel *dom0 = flow_dom0(0), *front;

    if ( !flow_pv )
    {
        CHECK(dom0->guest.translated);
        flow_says("a translated kernel has its page tables to itself");
        return;
    }
    kernel_runs(dom0);
    too_many(dom0);
    one_cannot_be_shown(dom0);
    one_packet_stays(dom0, flow_domu(1, 0, 1), NET_FLIP);
    one_packet_stays(dom0, flow_domu(2, 0, 1), NET_TRANSFER);
    front = pv_domu(3);
    one_packet_stays(dom0, front, NET_FLIP);
    one_packet_stays(dom0, front, NET_TRANSFER);
    flow_says("one of four stays, three go; a batch that is too long is none");
}

/* ---- batches that break off -------------------------------------------------------- */

/* With one copy failing: what the backend says was delivered, and that alone, is there. */
static bool breaks_off(struct kernel *back, struct kernel **whose, enum net_way way, uint64_t at)
{
    struct kernel *front = *whose;
    struct net_back *net = &back->drivers->net_back;
    struct net_front *to = &front->drivers->net_front;
    struct net_packet packet[4];
    unsigned int good = 0, there = 0;
    struct network w;
    bool reached;

    if ( !network_up(&w, back, front, way) )
        return false;
    kernel_runs(front);
    CHECK(net_front_post(to, 4) == 4);
    kernel_runs(back);
    for ( unsigned int i = 0; i < 4; i++ )
        packet[i] = (struct net_packet){ .pfn = w.pfn[i], .bytes = 100, .error = 1 };
    machine_plan_reset();
    machine_plan.fail_copy_at = at;
    if ( net_back_deliver(net, packet, 4) >= 0 )
        for ( unsigned int i = 0; i < 4; i++ )
            good += !packet[i].error;
    reached = machine_counters.copies > at;
    machine_plan_reset();
    kernel_runs(front);
    for ( unsigned int i = 0; i < RING_SLOTS; i++ )
        there += to->buffer[i].state == NET_POSTED &&
                 machine_at(front->v, to->buffer[i].pfn << front->guest.page_shift, false);
    /* Where the answer itself could not be written, nobody can know. */
    CHECK(good == there || good + 1 == there);
    kernel_runs(back);
    for ( unsigned int i = 0; way == NET_DONATE && i < 4; i++ )
        CHECK(packet[i].error || balloon_decrease(&back->drivers->balloon, &w.pfn[i], 1) <= 0);
    CHECK(way != NET_DONATE || net->nr_lent == good);
    if ( good == there )
    {
        network_down(&w);
        return reached;
    }
    /* Those of which nobody knows stay taken. */
    for ( unsigned int i = 4; i < FLOW_BATCH; i++ )
        kernel_give_page(back, w.pfn[i]);
    *whose = flow_domu((domid_t)(front->d->domain_id + 1), 0, 1);
    return reached;
}

void part_broken_off(void)
{
    static const enum net_way ways[] = { NET_DONATE, NET_FLIP };
    struct kernel *dom0 = flow_dom0(0), *domu = flow_domu(1, 0, 1);
    unsigned int runs = 0;

    for ( unsigned int i = 0; i < 2; i++ )
        for ( uint64_t at = 0; breaks_off(dom0, &domu, ways[i], at); at++ )
            runs++;
    CHECK(runs > 8);
    flow_says("each copy of a batch of four failing: what was done is known");
}

/* ---- loans ------------------------------------------------------------------------- */

/* A lent page that somebody still uses stays lent, and the backend knows. */
void part_loans_in_use(void)
{
    struct kernel *dom0 = flow_dom0(0), *domu = flow_domu(1, 0, 1);
    struct net_back *net = &dom0->drivers->net_back;
    struct grants *gr = &domu->drivers->grants;
    struct net_packet packet[2];
    struct net_buffer *buffer;
    struct grants_mapping m = { .pfn = KERNEL_GPFNS - 8 };
    struct grants_foreign they = { .domid = 1 };
    struct network w;

    if ( !network_up(&w, dom0, domu, NET_DONATE) )
        return;
    kernel_runs(domu);
    CHECK(net_front_post(&domu->drivers->net_front, 2) == 2);
    kernel_runs(dom0);
    for ( unsigned int i = 0; i < 2; i++ )
    {
        packet[i] = (struct net_packet){ .pfn = w.pfn[i], .bytes = 100 };
        CHECK(!nic_receive(dom0, w.pfn[i], 0, 100, i));
    }
    CHECK(net_back_deliver(net, packet, 2) == 2 && net->nr_lent == 2);
    kernel_runs(domu);
    CHECK(!net_front_receive(&domu->drivers->net_front, &buffer) && kernel_holds(domu, buffer->pfn, 0, 100, 0));
    CHECK(!grants_get(gr, &they.ref) && !grants_access(gr, they.ref, 0, buffer->pfn, 0));
    kernel_runs(dom0);
    CHECK(grants_map(&dom0->drivers->p2m, &m, &they, 1, GRANT_DEVICE) == 1);
    CHECK(net_back_stop(net) == -GUEST_EBUSY && net->nr_lent == 1);
    CHECK(net_back_stop(net) == -GUEST_EBUSY && net->nr_lent == 1);
    CHECK(grants_unmap(&dom0->drivers->p2m, &m, 1, GRANT_DEVICE) == 1);
    CHECK(!net_back_stop(net) && net->nr_lent == 0);
    CHECK(kernel_holds(dom0, w.pfn[0], 0, 100, 0) && kernel_holds(dom0, w.pfn[1], 0, 100, 1));
    for ( unsigned int i = 0; i < 2; i++ )
        CHECK(balloon_decrease(&dom0->drivers->balloon, &w.pfn[i], 1) == 1);
    kernel_runs(NULL);
    flow_says("one of two comes back, and the other later");
}

/* ---- disk -------------------------------------------------------------------------- */

static bool submits(struct kernel *k, uint64_t sector, uint64_t pfn)
{
    uint32_t id;

    return !blk_front_submit(&k->drivers->blk_front, sector, pfn, 0, 512, true, &id);
}

/* The backend has no memory to unmap: the page stays its until it has. */
void part_disk_stuck(void)
{
    struct kernel *dom0 = flow_dom0(0), *domu = flow_domu(1, 0, 1);
    struct blk_back *back = &dom0->drivers->blk_back;
    struct blk_front *front = &domu->drivers->blk_front;
    uint64_t pfn[3];
    struct storage s;
    uint32_t id;
    int error;

    if ( !storage_up(&s, dom0, domu, 0) )
        return;
    kernel_runs(domu);
    for ( unsigned int i = 0; i < 3; i++ )
    {
        pfn[i] = kernel_take_page(domu);
        kernel_fill(domu, pfn[i], 0, 512, i);
    }
    CHECK(submits(domu, 0, pfn[0]) && submits(domu, 1, pfn[1]));
    blk_front_push(front);
    kernel_runs(dom0);
    dom0->no_memory_at = 2;             /* the first one maps */
    CHECK(blk_back_serve(back) == 2 && back->done == 2);
    kernel_runs(domu);
    CHECK(blk_front_reap(front, &id, &error) == -GUEST_EBUSY);
    CHECK(blk_front_stop(front) == -GUEST_EBUSY);

    /* With what is stuck, other requests find other places. */
    CHECK(submits(domu, 2, pfn[2]));
    blk_front_push(front);
    kernel_runs(dom0);
    dom0->no_memory_at = 1;             /* the first that is stuck stays so */
    CHECK(blk_back_serve(back) == 1 && back->done == 3);
    CHECK(disk_bytes(s.disk, 2)[7] == kernel_byte(2, 7));
    kernel_runs(domu);
    for ( unsigned int i = 0; i < 2; i++ )
        CHECK(!blk_front_reap(front, &id, &error) && !error && id != 0);
    CHECK(blk_front_reap(front, &id, &error) == -GUEST_EBUSY);
    kernel_runs(dom0);
    dom0->no_memory_at = 1;
    CHECK(blk_back_stop(back) == -GUEST_EBUSY);
    CHECK(!blk_back_stop(back));
    kernel_runs(domu);
    CHECK(!blk_front_reap(front, &id, &error) && !error && id == 0);
    CHECK(blk_front_reap(front, &id, &error) == -GUEST_EAGAIN);
    for ( unsigned int i = 0; i < 3; i++ )
        kernel_give_page(domu, pfn[i]);
    storage_down(&s);
    flow_says("two of three answers wait until the page is the frontend's alone");
}

/* ---- holes ------------------------------------------------------------------------- */

/* The machine has no page for some: they stay holes, none is free memory, and none is lost. */
void part_unfilled(void)
{
    struct kernel *domu = flow_domu(1, 0, 1);
    struct net_front *front = &domu->drivers->net_front;
    unsigned int free_pages = pages_of_kind(domu, PAGE_FREE);
    long owned;

    kernel_runs(domu);
    owned = pages_owned();
    CHECK(!net_front_start(front, &domu->drivers->grants, &domu->drivers->balloon, 0));
    CHECK(net_front_post(front, 10) == 10);
    machine_plan_reset();
    machine_plan.fail_page_at = 4;
    CHECK(net_front_stop(front) == -GUEST_ENOMEM);
    machine_plan_reset();
    CHECK(pages_of_kind(domu, PAGE_FREE) == free_pages - 7);
    for ( uint64_t i = 0; i < KERNEL_GPFNS; i++ )
        CHECK(domu->page[i] != PAGE_FREE || guest_page(&domu->guest, i, true));
    CHECK(!net_front_stop(front));
    CHECK(pages_of_kind(domu, PAGE_FREE) == free_pages && pages_owned() == owned);
    kernel_runs(NULL);
    flow_says("four of ten, then all");
}
