/* SPDX-License-Identifier: MIT */
/* What drivers do when the other side, or the machine, does not do its part. */
#include "flow.h"

#include "hc-grant_table.h"
#include "hc-memory.h"

/* ---- lookups --------------------------------------------------------------------- */

/* Windows reach what the table gets later; without windows each lookup is a call. */
void part_lookup(void)
{
    struct kernel *dom0 = flow_dom0(0);
    struct guest_p2m *p2m = &dom0->drivers->p2m, asking;
    const uint64_t far = KERNEL_GPFNS - 3;
    uint64_t entry, same;

    kernel_runs(dom0);
    CHECK(guest_p2m_lookup(p2m, far, &entry) == -GUEST_ENOENT);
    CHECK(balloon_populate(&dom0->drivers->balloon, &far, 1) == 1);
    p2m->asked = 0;
    CHECK(!guest_p2m_lookup(p2m, far, &entry) && (entry & PMTE_writable));
    CHECK(p2m->asked == 0);
    CHECK(!guest_p2m_reverse(p2m, PMTE_mfn(entry), &same) && same == far);
    CHECK(balloon_decrease(&dom0->drivers->balloon, &far, 1) == 1);
    CHECK(guest_p2m_lookup(p2m, far, &same) == -GUEST_ENOENT);
    CHECK(guest_p2m_reverse(p2m, PMTE_mfn(entry), &same) < 0);
    CHECK(guest_p2m_lookup(p2m, ~0ull >> 12, &entry) < 0);

    CHECK(!guest_p2m_start(&asking, &dom0->guest, 16));
    CHECK(asking.covered == 0 || asking.covered == 16);
    CHECK(!guest_p2m_lookup(p2m, 70, &entry) && !guest_p2m_lookup(&asking, 70, &same));
    CHECK(asking.asked == 1 && PMTE_mfn(entry) == PMTE_mfn(same));
    guest_p2m_stop(&asking);
    kernel_runs(NULL);
    flow_says("one beyond what was there is found without a call");
}

/* What is pinned does not leave; afterwards it may. */
void part_pins(void)
{
    struct kernel *dom0 = flow_dom0(0), *domu = flow_domu(1, 0, 1);
    struct drivers *d = dom0->drivers;
    struct network w;
    struct net_packet packet[2];
    uint64_t pfn;
    unsigned int i;

    if ( !network_up(&w, dom0, domu, NET_BEST) )
        return;
    kernel_runs(domu);
    CHECK(net_front_post(&domu->drivers->net_front, 4) == 4);
    kernel_runs(dom0);
    pfn = kernel_take_page(dom0);
    CHECK(!guest_p2m_pin(&d->p2m, pfn));
    CHECK(balloon_decrease(&d->balloon, &pfn, 1) == -GUEST_EBUSY);
    CHECK(dma_make_contiguous(&d->dma, pfn, 0, 0) == -GUEST_EBUSY);
    packet[0] = (struct net_packet){ .pfn = w.pfn[0], .bytes = 64 };
    packet[1] = (struct net_packet){ .pfn = pfn, .bytes = 64 };
    CHECK(net_back_deliver(&d->net_back, packet, 2) == 1);
    CHECK(net_back_deliver(&d->net_back, packet + 1, 1) == 0);
    for ( i = 0; i < 254; i++ )
        CHECK(!guest_p2m_pin(&d->p2m, pfn));
    CHECK(guest_p2m_pin(&d->p2m, pfn) == -GUEST_EBUSY);
    for ( i = 0; i < 255; i++ )
        guest_p2m_unpin(&d->p2m, pfn);
    CHECK(guest_p2m_pin(&d->p2m, KERNEL_GPFNS) == -GUEST_EINVAL);
    CHECK(net_back_deliver(&d->net_back, packet + 1, 1) == 1 && !packet[1].error);
    kernel_give_page(dom0, pfn);
    network_down(&w);
    flow_says("a pinned page is not given back, exchanged or flipped");
}

/* ---- grants ---------------------------------------------------------------------- */

static void grants_of(struct kernel *mapper, unsigned int version)
{
    struct kernel *domu = flow_domu(1, 0, version);
    const domid_t id = mapper->d->domain_id;
    struct grants *gr = &domu->drivers->grants;
    struct grants_mapping m = { .pfn = KERNEL_GPFNS - 8 };
    struct grants_foreign they;
    uint64_t pfn, frame;

    kernel_runs(domu);
    CHECK(gr->version == version);
    pfn = kernel_take_page(domu);
    kernel_fill(domu, pfn, 0, 256, 5);
    they.domid = domu->d->domain_id;
    CHECK(!grants_get(gr, &they.ref) && !grants_access(gr, they.ref, id, pfn, GTF_readonly));

    /* To read alone: not to write, and not by others than it says. */
    kernel_runs(mapper);
    CHECK(grants_map(&mapper->drivers->p2m, &m, &they, 1, 0) == 0 && m.error);
    m = (struct grants_mapping){ .pfn = KERNEL_GPFNS - 8 };
    CHECK(grants_map(&mapper->drivers->p2m, &m, &they, 1, GRANT_READONLY) == 1);
    CHECK(kernel_holds(mapper, KERNEL_GPFNS - 8, 0, 256, 5));
    CHECK(!guest_page(&mapper->guest, KERNEL_GPFNS - 8, true));

    /* In use: not to be ended, and nothing has changed. */
    kernel_runs(domu);
    CHECK(grants_end_access(gr, they.ref) == -GUEST_EBUSY);
    kernel_runs(mapper);
    CHECK(kernel_holds(mapper, KERNEL_GPFNS - 8, 0, 256, 5));
    CHECK(grants_unmap(&mapper->drivers->p2m, &m, 1, 0) == 1);
    CHECK(!guest_page(&mapper->guest, KERNEL_GPFNS - 8, false));
    kernel_runs(domu);
    CHECK(!grants_end_access(gr, they.ref));
    kernel_runs(mapper);
    m = (struct grants_mapping){ .pfn = KERNEL_GPFNS - 8 };
    CHECK(grants_map(&mapper->drivers->p2m, &m, &they, 1, GRANT_READONLY) == 0);

    /* A transfer that nobody makes is taken back, and the entry is free again. */
    kernel_runs(domu);
    CHECK(!grants_accept(gr, they.ref, id, KERNEL_GPFNS - 9));
    CHECK(grants_end_transfer(gr, they.ref, &frame) == -GUEST_ENOENT);
    grants_put(gr, they.ref);
    CHECK(grants_access(gr, 1u << 30, 0, pfn, 0) == -GUEST_EINVAL);
    kernel_give_page(domu, pfn);
    kernel_runs(NULL);
}

void part_grants(void)
{
    grants_of(flow_dom0(0), 1);
    kernel_runs(NULL);
    flow_says("version 1: ended when unmapped, not before");
}

static int copy_from(struct kernel *k, const struct grants_foreign *they, uint64_t pfn,
                     uint16_t offset, uint16_t bytes)
{
    gnttab_copy_t copy = { .source.domid = they->domid, .source.u.ref = they->ref,
                           .source.offset = offset, .dest.domid = DOMID_SELF,
                           .dest.offset = offset, .len = bytes, .flags = GNTCOPY_source_gref };
    uint64_t frame;

    if ( guest_p2m_frame(&k->drivers->p2m, pfn, &frame) )
        return -GUEST_EINVAL;
    copy.dest.u.gmfn = frame;
    if ( hc_grant_table_copy(&copy, 1) )
        return -GUEST_EIO;
    return guest_grant_error(copy.status);
}

/* Version 2: a part of a page, and what was granted passed on to a third one. */
void part_grants_v2(void)
{
    struct kernel *middle, *third;
    struct grants_foreign part, passed;
    struct grants *gr, *on;
    uint64_t pfn, to;

    grants_of(flow_domu(2, 0, 1), 2);
    middle = flow_domu(3, 0, 2);
    third = flow_domu(4, 0, 2);
    gr = &middle->drivers->grants;
    on = &third->drivers->grants;
    kernel_runs(middle);
    pfn = kernel_take_page(middle);
    kernel_fill(middle, pfn, 0, 512, 9);
    part.domid = 3;
    passed.domid = 4;
    CHECK(!grants_get(gr, &part.ref) && !grants_sub_page(gr, part.ref, 4, pfn, GTF_readonly, 64, 128));

    kernel_runs(third);
    to = kernel_take_page(third);
    CHECK(!copy_from(third, &part, to, 64, 128));
    CHECK(kernel_byte(9, 64) == ((uint8_t *)guest_page(&third->guest, to, false))[64]);
    CHECK(copy_from(third, &part, to, 63, 2) && copy_from(third, &part, to, 128, 65));

    /* The third passes on, to the middle itself, what a full grant gives it. */
    kernel_runs(middle);
    CHECK(!grants_end_access(gr, part.ref) && !grants_access(gr, part.ref, 4, pfn, GTF_readonly));
    kernel_runs(third);
    CHECK(!grants_get(on, &passed.ref) &&
          !grants_transitive(on, passed.ref, 0, GTF_readonly, 3, part.ref));
    {
        struct kernel *dom0 = flow_boot(&(struct machine_domain){
            .id = 5, .hvm = FLOW_HVM, .layout = LAYOUT_SCATTERED }, 1);
        uint64_t at;

        kernel_runs(third);
        CHECK(!grants_end_access(on, passed.ref) &&
              !grants_transitive(on, passed.ref, 5, GTF_readonly, 3, part.ref));
        kernel_runs(dom0);
        at = kernel_take_page(dom0);
        CHECK(!copy_from(dom0, &passed, at, 0, 512));
        CHECK(kernel_holds(dom0, at, 0, 512, 9));
    }
    kernel_runs(third);
    CHECK(!grants_end_access(on, passed.ref));
    kernel_runs(middle);
    CHECK(!grants_end_access(gr, part.ref));
    kernel_runs(NULL);
    flow_says("version 2: in status frames; parts of a page; passed on to a third domain");
}

/* ---- balloon --------------------------------------------------------------------- */

/* What is done in part is done from the start, and the rest can follow. */
void part_balloon(void)
{
    struct kernel *dom0 = flow_dom0(0), *domu = flow_domu(1, 0, 1), *k;
    uint64_t pfn[100], hole;
    unsigned int i;
    long done;

    for ( i = 0; i < 2; i++ )
    {
        struct balloon *b;

        k = i ? domu : dom0;
        b = &k->drivers->balloon;
        kernel_runs(k);
        for ( unsigned int j = 0; j < 100; j++ )
            pfn[j] = kernel_take_page(k);
        /* Something in the list that is not there. */
        hole = pfn[70];
        pfn[70] = KERNEL_GPFNS - 5;
        CHECK(balloon_decrease(b, pfn, 100) == 70);
        pfn[70] = hole;
        CHECK(guest_page(&k->guest, pfn[70], true) && guest_page(&k->guest, pfn[99], true));
        CHECK(!guest_page(&k->guest, pfn[69], false));
        CHECK(balloon_decrease(b, pfn + 70, 30) == 30);
        /* The machine has no more than so many. */
        machine_plan_reset();
        machine_plan.fail_page_at = 80;
        done = balloon_populate(b, pfn, 100);
        CHECK(done == 80);
        machine_plan.fail_page_at = MACHINE_NEVER;
        CHECK(guest_page(&k->guest, pfn[79], true) && !guest_page(&k->guest, pfn[80], true));
        CHECK(balloon_populate(b, pfn + 80, 20) == 20);
        for ( unsigned int j = 0; j < 100; j++ )
            kernel_give_page(k, pfn[j]);
    }
    kernel_runs(NULL);
    flow_says("70 of 100 gone, then all; 80 of 100 back, then all");
}

/* ---- an older hypervisor --------------------------------------------------------- */

/* Without pmt_op a disk is served all the same, by the classic calls; a flip is not. */
void part_older(void)
{
    struct kernel *driver = flow_domu(5, 0, 1), *domu = flow_domu(6, 0, 1);
    struct drivers *d = driver->drivers;
    struct storage s;

    driver->guest.pmt = driver->guest.loans = false;
    if ( !storage_up(&s, driver, domu, 0) )
        return;
    CHECK(storage_write(&s, 0, 4, 800));
    CHECK(storage_read(&s, 0, 4, 800));
    kernel_runs(driver);
    CHECK(net_back_start(&d->net_back, &d->p2m, &d->balloon, 6, s.ring.address, NET_BEST) == -GUEST_ENOSYS);
    CHECK(net_back_start(&d->net_back, &d->p2m, &d->balloon, 6, s.ring.address, NET_DONATE) == -GUEST_ENOSYS);
    storage_down(&s);
    flow_says("%u requests by the classic calls", (unsigned int)s.requests);
}
