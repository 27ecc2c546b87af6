/* SPDX-License-Identifier: MIT */
/* The other side of a ring is another domain, and may say anything. */
#include "flow.h"

static struct ring_page *shared(struct kernel *k, uint64_t pfn)
{
    return guest_page(&k->guest, pfn, true);
}

static void ask(struct ring_page *page, uint32_t i, struct ring_slot slot)
{
    page->request[i % RING_SLOTS] = slot;
    page->requests = i + 1;
}

/* Counters that cannot be, answers without requests. */
void part_ring(void)
{
    struct kernel *k = flow_domu(1, 0, 1);
    uint64_t pfn;
    struct ring front, back;
    struct ring_slot slot = { .id = 1 };
    struct ring_page *page;
    unsigned int i;

    kernel_runs(k);
    pfn = kernel_take_page(k);
    ring_start(&front, &k->guest, guest_address(&k->guest, pfn), true);
    ring_start(&back, &k->guest, guest_address(&k->guest, pfn), false);
    page = shared(k, pfn);
    CHECK(ring_put(&back, &slot) == -GUEST_EAGAIN);     /* there is no request */
    for ( i = 0; i < RING_SLOTS; i++ )
        CHECK(!ring_put(&front, &slot));
    CHECK(ring_put(&front, &slot) == -GUEST_EAGAIN && ring_room(&front) == 0);
    CHECK(ring_take(&back, &slot) == -GUEST_EAGAIN);    /* not pushed yet */
    ring_push(&front);
    for ( i = 0; i < RING_SLOTS; i++ )
        CHECK(!ring_take(&back, &slot));
    CHECK(ring_take(&back, &slot) == -GUEST_EAGAIN);
    page->requests = front.produced + 1;                /* more than fit */
    CHECK(ring_take(&back, &slot) == -GUEST_EIO);
    page->requests = front.produced - 1;                /* backwards */
    CHECK(ring_take(&back, &slot) == -GUEST_EIO);
    page->answers = RING_SLOTS + 1;                     /* more answers than requests */
    CHECK(ring_take(&front, &slot) == -GUEST_EIO);
    page->answers = 0;
    for ( i = 0; i < RING_SLOTS; i++ )
        CHECK(!ring_put(&back, &slot));
    CHECK(ring_put(&back, &slot) == -GUEST_EAGAIN);
    kernel_give_page(k, pfn);
    CHECK(balloon_decrease(&k->drivers->balloon, &pfn, 1) == 1);
    CHECK(ring_take(&front, &slot) == -GUEST_EFAULT && ring_put(&back, &slot) == -GUEST_EFAULT);
    ring_push(&back);
    CHECK(balloon_populate(&k->drivers->balloon, &pfn, 1) == 1);
    kernel_runs(NULL);
    flow_says("full, empty, backwards, too far, gone");
}

/* A frontend that posts what is none, twice, or sends back what it was not lent. */
void part_frontend(void)
{
    struct kernel *dom0 = flow_dom0(0), *domu = flow_domu(1, 0, 1);
    struct net_back *back = &dom0->drivers->net_back;
    struct net_front *front = &domu->drivers->net_front;
    struct net_packet packet[4];
    uint64_t reclaimed[GUEST_BATCH];
    struct ring_page *page;
    struct ring_slot good;
    struct network w;
    uint32_t n = 0;
    uint64_t frame;

    if ( !network_up(&w, dom0, domu, NET_DONATE) )
        return;
    kernel_runs(domu);
    CHECK(net_front_post(front, 1) == 1);
    page = shared(domu, front->ring_pfn);
    good = page->request[0];
    ask(page, ++n, good);                                               /* twice */
    ask(page, ++n, (struct ring_slot){ .id = 99, .word = { 70, NET_POST } });
    ask(page, ++n, (struct ring_slot){ .id = 5, .word = { 70, NET_RETURN } });
    ask(page, ++n, (struct ring_slot){ .id = ~0u, .word = { 70, NET_RETURN } });
    ask(page, ++n, (struct ring_slot){ .id = 6, .word = { 70, NET_POST } });    /* no hole */
    kernel_runs(dom0);
    for ( unsigned int i = 0; i < 4; i++ )
    {
        packet[i] = (struct net_packet){ .pfn = w.pfn[i], .bytes = 100 };
        kernel_fill(dom0, w.pfn[i], 0, 100, i);
    }
    CHECK(net_back_deliver(back, packet, 4) == 2);
    CHECK(!packet[0].error && packet[1].error == -GUEST_EBUSY);
    CHECK(back->nr_lent == 1 && back->lent[6].state == NET_HERE);
    CHECK(net_back_reclaim(back, reclaimed, GUEST_BATCH) == 0);
    /* Sent back twice: taken back once. */
    kernel_runs(domu);
    ask(page, ++n, (struct ring_slot){ .id = good.id, .word = { 0, NET_RETURN } });
    ask(page, ++n, (struct ring_slot){ .id = good.id, .word = { 0, NET_RETURN } });
    kernel_runs(dom0);
    CHECK(net_back_reclaim(back, reclaimed, GUEST_BATCH) == 1 && reclaimed[0] == w.pfn[0]);
    CHECK(net_back_reclaim(back, reclaimed, GUEST_BATCH) == 0 && back->nr_lent == 0);
    CHECK(kernel_holds(dom0, w.pfn[0], 0, 100, 0) && kernel_holds(dom0, w.pfn[1], 0, 100, 1));
    CHECK(!net_back_stop(back) && grants_unmap(&dom0->drivers->p2m, &w.ring, 1, 0) == 1);
    kernel_runs(domu);
    CHECK(grants_end_transfer(&domu->drivers->grants, good.ref, &frame) == -GUEST_ENOENT);
    kernel_runs(NULL);
    flow_says("one of seven requests is answered with a page, and it comes back");
}

/* A buffer that was taken back: that packet stays, the others go. */
void part_flip_refused(void)
{
    struct kernel *dom0 = flow_dom0(0), *domu = flow_domu(1, 0, 1);
    static const enum net_way ways[] = { NET_FLIP, NET_TRANSFER };
    unsigned int good = 0, bad = 0;

    for ( unsigned int i = 0; i < 2; i++ )
    {
        struct net_packet packet[4];
        struct net_buffer *buffer;
        struct network w;
        uint64_t frame;

        if ( !network_up(&w, dom0, domu, ways[i]) )
            return;
        kernel_runs(domu);
        CHECK(net_front_post(&domu->drivers->net_front, 4) == 4);
        CHECK(grants_end_transfer(&domu->drivers->grants,
                                  domu->drivers->net_front.buffer[1].ref, &frame) == -GUEST_ENOENT);
        kernel_runs(dom0);
        for ( unsigned int j = 0; j < 4; j++ )
        {
            packet[j] = (struct net_packet){ .pfn = w.pfn[j], .bytes = 100 };
            CHECK(!nic_receive(dom0, w.pfn[j], 0, 100, j));
        }
        CHECK(net_back_deliver(&dom0->drivers->net_back, packet, 4) == 4);
        CHECK(!net_back_show(&dom0->drivers->net_back));
        for ( unsigned int j = 0; j < 4; j++ )
            *(packet[j].error ? &bad : &good) += 1;
        CHECK(packet[1].error);
        /* What was not flipped is still there; a transfer loses it, as Xen says. */
        CHECK(dom0->drivers->net_back.way == NET_TRANSFER || kernel_holds(dom0, w.pfn[1], 0, 100, 1));
        kernel_runs(domu);
        for ( unsigned int j = 0; j < 4; j++ )
        {
            int rc = net_front_receive(&domu->drivers->net_front, &buffer);

            if ( !CHECK(j == 1 ? rc == -GUEST_EIO : !rc) || rc )
                continue;
            CHECK(!net_front_show(&domu->drivers->net_front));
            CHECK(kernel_holds(domu, buffer->pfn, 0, 100, j));
            CHECK(!net_front_done(&domu->drivers->net_front, buffer));
        }
        network_down(&w);
    }
    CHECK(good == 6 && bad == 2);
    flow_says("%u packets go, %u do not", good, bad);
}

/* Requests that ask for the impossible; each is answered, nothing stays mapped. */
void part_requests(void)
{
    struct kernel *dom0 = flow_dom0(0), *domu = flow_domu(1, 0, 1);
    struct blk_front *front = &domu->drivers->blk_front;
    uint64_t page = kernel_page_size(domu), pfn, sectors = DISK_SECTORS;
    struct ring_page *ring;
    struct storage s;
    uint32_t id;
    int error = 0;

    if ( !storage_up(&s, dom0, domu, 0) )
        return;
    kernel_runs(domu);
    pfn = kernel_take_page(domu);
    CHECK(blk_front_submit(front, 0, pfn, 0, (uint32_t)page + 512, true, &id) == -GUEST_EINVAL);
    CHECK(blk_front_submit(front, 0, pfn, 100, 512, true, &id) == -GUEST_EINVAL);
    CHECK(blk_front_submit(front, 0, pfn, 0, 0, true, &id) == -GUEST_EINVAL);
    CHECK(!blk_front_submit(front, sectors, pfn, 0, 512, true, &id));           /* beyond the disk */
    CHECK(!blk_front_submit(front, 0, pfn, 0, 512, false, &id));
    CHECK(!blk_front_submit(front, 1, pfn, 512, 512, false, &id));
    CHECK(!blk_front_submit(front, 2, pfn, 512, 512, false, &id));
    ring = shared(domu, front->ring_pfn);
    ring->request[1].ref = 1u << 20;                    /* no grant */
    ring->request[2].word[1] = ~0ull;                   /* beyond its page */
    blk_front_push(front);
    kernel_runs(dom0);
    CHECK(blk_back_serve(&dom0->drivers->blk_back) == 4);
    CHECK(dom0->drivers->blk_back.done == 1 && dom0->drivers->blk_back.failed == 3);
    kernel_runs(domu);
    for ( unsigned int i = 0; i < 4; i++ )
        CHECK(!blk_front_reap(front, &id, &error) && (error != 0) == (id != 3));
    kernel_give_page(domu, pfn);
    storage_down(&s);
    flow_says("three of four requests fail, each with an answer");
}

/* A pool that is too small, and one that is in use. */
void part_pool(void)
{
    struct kernel *dom0 = flow_dom0(0);
    struct dma *d = &dom0->drivers->dma;
    struct dma_buffer b[5];
    uint64_t pfn, page = kernel_page_size(dom0);
    unsigned int i;

    kernel_runs(dom0);
    CHECK(!dom0->guest.kernel->pages_get(&dom0->guest, 4, 0, &pfn));
    for ( i = 0; i < 4; i++ )
        CHECK(!dma_map(d, &b[i], pfn + i, 0, page, MACHINE_LOW_BITS, DMA_BOTH));
    CHECK(dma_map(d, &b[4], pfn + 4, 0, page, MACHINE_LOW_BITS, DMA_BOTH) == -GUEST_ENOMEM);
    CHECK(dma_map(d, &b[4], pfn + 4, 0, page, 20, DMA_BOTH) == -GUEST_ENOMEM);
    CHECK(dma_map(d, &b[4], KERNEL_GPFNS - 1, 0, page, 0, DMA_BOTH) == -GUEST_ENOENT);
    CHECK(dma_map(d, &b[4], pfn, 0, 0, 0, DMA_BOTH) == -GUEST_EINVAL);
    CHECK(!guest_p2m_pinned(&dom0->drivers->p2m, pfn + 4));
    CHECK(dma_stop(d) == -GUEST_EBUSY);
    CHECK(dma_make_contiguous(d, pfn, 4, 0) == -GUEST_EBUSY);
    for ( i = 0; i < 4; i++ )
        dma_unmap(d, &b[i]);
    CHECK(!dma_make_contiguous(d, pfn, 4, 0));
    CHECK(dma_make_contiguous(d, pfn, 60, 0) == -GUEST_EINVAL);
    CHECK(!dma_stop(d));
    kernel_runs(NULL);
    flow_says("five buffers, room for four");
}

static void tell(struct ring_page *page, uint32_t i, struct ring_slot slot)
{
    page->answer[i % RING_SLOTS] = slot;
    page->answers = i + 1;
}

/* A backend that answers what was not asked, and says there is a page where none is. */
void part_backend(void)
{
    struct kernel *dom0 = flow_dom0(0), *domu = flow_domu(1, 0, 1);
    struct net_front *net = &domu->drivers->net_front;
    struct blk_front *blk = &domu->drivers->blk_front;
    struct net_buffer *buffer;
    struct ring_page *page;
    uint64_t pfn;
    uint32_t id;
    int error;

    kernel_runs(domu);
    CHECK(!net_front_start(net, &domu->drivers->grants, &domu->drivers->balloon, 0));
    CHECK(net_front_post(net, 5) == 5);
    page = shared(domu, net->ring_pfn);
    tell(page, 0, (struct ring_slot){ .id = 0, .word = { 64, NET_MOVED } });    /* it has not */
    CHECK(net_front_receive(net, &buffer) == -GUEST_EIO);
    tell(page, 1, (struct ring_slot){ .id = 0, .word = { 64, NET_MOVED } });    /* once more */
    CHECK(net_front_receive(net, &buffer) == -GUEST_EIO);
    tell(page, 2, (struct ring_slot){ .id = 1, .word = { 64, NET_STAYS } });    /* nothing is there */
    CHECK(net_front_receive(net, &buffer) == -GUEST_EIO);
    tell(page, 3, (struct ring_slot){ .id = 77, .word = { 64, NET_MOVED } });
    CHECK(net_front_receive(net, &buffer) == -GUEST_EIO);
    tell(page, 4, (struct ring_slot){ .id = 30, .word = { 64, NET_RECLAIMED } });
    CHECK(net_front_receive(net, &buffer) == -GUEST_EIO);
    CHECK(net_front_receive(net, &buffer) == -GUEST_EAGAIN && net->received == 0);
    CHECK(!net_front_stop(net));

    CHECK(!blk_front_start(blk, &domu->drivers->grants, 0));
    pfn = kernel_take_page(domu);
    for ( unsigned int i = 0; i < 3; i++ )
        CHECK(!blk_front_submit(blk, i, pfn, 0, 512, false, &id));
    blk_front_push(blk);
    page = shared(domu, blk->ring_pfn);
    tell(page, 0, (struct ring_slot){ .id = 0, .ref = 0x80000000u });
    CHECK(!blk_front_reap(blk, &id, &error) && error == -GUEST_EIO);
    tell(page, 1, (struct ring_slot){ .id = 0 });
    CHECK(blk_front_reap(blk, &id, &error) == -GUEST_EIO);
    tell(page, 2, (struct ring_slot){ .id = RING_SLOTS });
    CHECK(blk_front_reap(blk, &id, &error) == -GUEST_EIO);
    CHECK(blk_front_stop(blk) == -GUEST_EBUSY);
    kernel_give_page(domu, pfn);
    kernel_runs(dom0);
    kernel_runs(NULL);
    flow_says("eight answers, none is believed");
}
