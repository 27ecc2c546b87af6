/* SPDX-License-Identifier: MIT */
/* A second processor of dom0 looks up pages while the first one flips them. */
#include <stdatomic.h>

#include "flow.h"

struct reader {
    struct kernel *k;                   /* dom0, as its second processor sees it */
    struct guest_p2m p2m;
    uint64_t first, pinned, word;       /* pages in use, and one that stays */
    atomic_bool started, stop;
    unsigned int looks, wrong, moved;
};

/*
 * A page that is flipped is there at any time, with its old frame or its new one; one
 * that is pinned has the same frame all the while.
 */
static void reads(void *argument)
{
    struct reader *r = argument;
    uint64_t entry, last[FLOW_BATCH] = { 0 };

    while ( !r->stop || r->looks < 64 )
    {
        uint64_t i = r->looks++ % FLOW_BATCH;

        if ( guest_p2m_lookup(&r->p2m, r->first + i, &entry) || !machine_marked(PMTE_mfn(entry)) )
            r->wrong++;
        r->moved += last[i] && last[i] != PMTE_mfn(entry);
        last[i] = PMTE_mfn(entry);
        if ( guest_p2m_lookup(&r->p2m, r->pinned, &entry) || entry != r->word )
            r->wrong++;
        r->started = true;
    }
}

void part_threads(void)
{
    const struct machine_domain how = {
        .id = 0, .privileged = true, .hardware = true, .has_pmt = true, .vcpus = 2,
        .layout = LAYOUT_SCATTERED };
    struct kernel *dom0 = flow_boot(&how, 1), *domu = flow_domu(1, 0, 1), second;
    static struct reader r;
    struct network w;

    if ( !network_up(&w, dom0, domu, NET_FLIP) )
        return;
    second = *dom0;
    second.guest.context = &second;
    second.v = machine_vcpu(dom0->d, 1);
    kernel_runs(dom0);
    r = (struct reader){ .k = &second, .p2m = dom0->drivers->p2m, .first = w.pfn[0],
                         .pinned = kernel_take_page(dom0) };
    r.p2m.guest = &second.guest;
    CHECK(!guest_p2m_pin(&dom0->drivers->p2m, r.pinned));
    CHECK(!guest_p2m_lookup(&dom0->drivers->p2m, r.pinned, &r.word));
    machine_thread(second.v, reads, &r);
    while ( !r.started )
        ;
    for ( unsigned int i = 0; i < 24; i++ )
        network_batch(&w);
    r.stop = true;
    machine_join(second.v);
    guest_p2m_unpin(&dom0->drivers->p2m, r.pinned);
    kernel_give_page(dom0, r.pinned);
    CHECK(r.wrong == 0 && r.looks >= 64);
    network_down(&w);
    flow_says("%u packets flipped meanwhile, no lookup was wrong", w.packets);
}
