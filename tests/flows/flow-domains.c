/* SPDX-License-Identifier: MIT */
/* Flows 5 and 6: backends that are not dom0, and domains that know no machine frame. */
#include "flow.h"

#include "hc-grant_table.h"
#include "hc-memory.h"
#include "hc-pmt.h"

/* What a domain with or without the right finds out about its own page. */
static bool knows_frames(struct kernel *k)
{
    uint64_t pfn, entry;
    bool knows;

    kernel_runs(k);
    pfn = kernel_take_page(k);
    knows = !guest_p2m_lookup(&k->drivers->p2m, pfn, &entry) && machine_marked(PMTE_mfn(entry));
    kernel_give_page(k, pfn);
    kernel_runs(NULL);
    return knows;
}

static void serves(struct kernel *driver, struct kernel *domu, struct network *w,
                   struct storage *s)
{
    if ( network_up(w, driver, domu, NET_BEST) )
    {
        for ( unsigned int i = 0; i < 4; i++ )
            network_batch(w);
        network_down(w);
    }
    if ( storage_up(s, driver, domu, 0) )
    {
        CHECK(storage_write(s, 0, 8, 300));
        CHECK(storage_read(s, 0, 8, 300));
        storage_down(s);
    }
}

/*
 * 5. Backends need not be in dom0: a domU that has the devices serves another one.
 * It runs the very same drivers. Without the right it has no table and no DMA, and the
 * processor moves what the disk has; flips work all the same, as they tell
 * no frame. Given the right, it reads its table and the device does the rest.
 */
void flow_driver_domain(void)
{
    struct kernel *driver = flow_domu(5, 0, 1), *domu = flow_domu(6, 0, 2);
    struct network without, with;
    struct storage copied, direct;

    CHECK(!driver->guest.privileged && !driver->guest.right);
    CHECK(!knows_frames(driver));
    serves(driver, domu, &without, &copied);
    CHECK(copied.programmed == 16 && copied.dma == 0);
    CHECK(machine_leaks() == 0);

    /* The right is given; a kernel that starts anew finds it. */
    kernel_runs(driver);
    grants_stop(&driver->drivers->grants);
    guest_p2m_stop(&driver->drivers->p2m);
    machine_right(driver->d, true);
    CHECK(!kernel_boot(driver, 1));
    CHECK(driver->guest.right && driver->guest.windows && knows_frames(driver));
    CHECK(driver->drivers->p2m.asked == 0);
    serves(driver, domu, &with, &direct);
    CHECK(direct.programmed == 0 && direct.dma == 16);
    CHECK(with.back_calls == without.back_calls);

    /* And taken back: the windows are gone with it. */
    kernel_runs(driver);
    dma_stop(&driver->drivers->dma);
    machine_right(driver->d, false);
    CHECK(!knows_frames(driver));
    kernel_runs(NULL);
    flow_says("%u packets at %.3f hypercalls with and without the right; %u sectors' pages by DMA, "
              "%u by the processor", with.packets + without.packets,
              (double)with.back_calls / with.packets, (unsigned int)direct.dma,
              (unsigned int)copied.programmed);
}

/* Everything that could tell it a machine frame. */
static void asks_around(struct kernel *domu)
{
    struct grants *gr = &domu->drivers->grants;
    static const uint32_t ops[] = { PMTW_top, PMTW_dir, PMTW_leaf, PMTW_state };
    uint64_t pfn, hole;

    kernel_runs(domu);
    flow_plant();
    pfn = kernel_take_page(domu);
    CHECK(!domu->guest.kernel->hole_get(&domu->guest, 8, &hole));
    {
        pmt_translate_t t = { .gpfn = pfn, .domid = DOMID_SELF, .limit = 8 };
        pmt_reverse_t r = { .mfn = PORT_MFN_BASE + 5 };
        pmt_exchange_t x = { .gpfn = pfn };
        gnttab_setup_table_t setup = { .dom = DOMID_SELF, .nr_frames = 2 };
        xen_pfn_t frame[2] = { 0 };

        CHECK(!hc_pmt_translate(&t, 1) && t.status == PMTST_denied && !t.entry);
        CHECK(!hc_pmt_reverse(&r, 1) && r.status == PMTST_denied);
        CHECK(!hc_pmt_exchange(&x, 1) && !machine_marked(x.entry));
        set_xen_guest_handle(setup.frame_list, frame);
        CHECK(!hc_grant_table_setup_table(&setup, 1));
        CHECK(!machine_marked(frame[0]) && !machine_marked(frame[1]));
        for ( unsigned int i = 0; i < 4; i++ )
        {
            pmt_attach_t a = { .domid = DOMID_SELF, .window = ops[i], .nr = 1,
                               .address = hole << domu->guest.page_shift };

            CHECK(!hc_pmt_attach(&a, 1) && a.status == PMTST_denied);
        }
    }
    CHECK(!domu->guest.right && gr->nr_entries);
    domu->guest.kernel->hole_put(&domu->guest, 8, hole);
    kernel_give_page(domu, pfn);
    kernel_runs(NULL);
}

/*
 * 6. A domain whose kernel knows nothing of all this, auto-translated, with
 * frontend drivers loaded into it. Its frames are its own from the first to the last call;
 * it gets packets by transfer, flip and loan, and its disk, and however it asks,
 * it is told no machine frame.
 */
void flow_translated(void)
{
    struct kernel *dom0 = flow_dom0(0), *domu = flow_domu(1, 0, 2);
    static const enum net_way ways[] = { NET_TRANSFER, NET_FLIP, NET_DONATE };
    unsigned int packets = 0;
    uint64_t back[GUEST_BATCH];
    struct net_buffer *buffer;
    struct network w;
    struct storage s;

    CHECK(domu->guest.translated && !domu->guest.right);
    for ( unsigned int i = 0; i < 3; i++ )
    {
        if ( !network_up(&w, dom0, domu, ways[i]) )
            continue;
        network_batch(&w);
        kernel_runs(dom0);
        if ( ways[i] == NET_DONATE )
            CHECK(net_back_reclaim(&dom0->drivers->net_back, back, GUEST_BATCH) == (int)FLOW_BATCH);
        kernel_runs(domu);
        CHECK(net_front_receive(&domu->drivers->net_front, &buffer) == -GUEST_EAGAIN);
        packets += w.packets;
        network_down(&w);
    }
    if ( storage_up(&s, dom0, domu, 0) )
    {
        CHECK(storage_write(&s, 16, 8, 400));
        CHECK(storage_read(&s, 16, 8, 400));
        storage_down(&s);
    }
    asks_around(domu);
    CHECK(machine_leaks() == 0);
    flow_says("%u packets in three ways, %u requests, %u frame numbers told", packets,
              (unsigned int)s.requests, machine_leaks());
}
