/* SPDX-License-Identifier: MIT */
/* Packets from a network card at one kernel to whoever reads them at another. */
#include "flow.h"

static struct net_back *back_of(struct network *w)
{
    return &w->back->drivers->net_back;
}

static struct net_front *front_of(struct network *w)
{
    return &w->front->drivers->net_front;
}

bool network_up(struct network *w, struct kernel *back, struct kernel *front, enum net_way way)
{
    struct drivers *b = back->drivers, *f = front->drivers;
    uint64_t at, before = back->hypercalls;

    *w = (struct network){ .back = back, .front = front };
    w->bytes = (uint32_t)kernel_page_size(back) - 42;
    flow_arm();
    kernel_runs(front);
    if ( !CHECK(!net_front_start(&f->net_front, &f->grants, &f->balloon, back->d->domain_id)) )
        return false;
    kernel_runs(back);
    at = kernel_map_ring(back, front->d->domain_id, f->net_front.ring_ref, &w->ring);
    if ( !CHECK(at) ||
         !CHECK(!net_back_start(&b->net_back, &b->p2m, &b->balloon, front->d->domain_id, at, way)) )
        return false;
    for ( unsigned int i = 0; i < FLOW_BATCH; i++ )
        w->pfn[i] = kernel_take_page(back);
    kernel_runs(NULL);
    w->set_up_calls = back->hypercalls - before;
    return true;
}

/* The card writes packets into its buffers: no hypercall. */
static bool packets_arrive(struct network *w, struct net_packet packet[], unsigned int nr)
{
    bool good = true;

    for ( unsigned int i = 0; i < nr; i++ )
    {
        uint32_t offset = (w->packets + i) % 32;

        packet[i] = (struct net_packet){ .pfn = w->pfn[i], .offset = offset, .bytes = w->bytes };
        good &= CHECK(!nic_receive(w->back, packet[i].pfn, offset, w->bytes, w->packets + i));
    }
    return good;
}

static bool packets_are_read(struct network *w, unsigned int nr)
{
    struct net_front *front = front_of(w);
    struct net_buffer *buffer[FLOW_BATCH];
    unsigned int got = 0;
    bool good = true;

    while ( got < nr && !net_front_receive(front, &buffer[got]) )
        got++;
    good &= CHECK(got == nr) && CHECK(!net_front_show(front));
    for ( unsigned int i = 0; i < got; i++ )
    {
        uint64_t seed = w->packets + i + (flow_twin == TWIN_CONTENTS && w->packets + i == 40);

        good &= CHECK(buffer[i]->bytes == w->bytes) && CHECK(buffer[i]->offset == (w->packets + i) % 32) &&
                CHECK(kernel_holds(w->front, buffer[i]->pfn, buffer[i]->offset, w->bytes, seed));
        good &= CHECK(!net_front_done(front, buffer[i]));
    }
    net_front_push(front);
    return good;
}

bool network_batch(struct network *w)
{
    struct net_packet packet[FLOW_BATCH];
    uint64_t back = w->back->hypercalls, front = w->front->hypercalls;
    int delivered;
    bool good;

    kernel_runs(w->front);
    good = CHECK(net_front_post(front_of(w), FLOW_BATCH) == (int)FLOW_BATCH);
    kernel_runs(w->back);
    good &= packets_arrive(w, packet, FLOW_BATCH);
    delivered = net_back_deliver(back_of(w), packet, FLOW_BATCH);
    good &= CHECK(delivered == (int)FLOW_BATCH);
    for ( int i = 0; i < delivered; i++ )
        good &= CHECK(!packet[i].error);
    if ( flow_twin == TWIN_EXTRA_CALL )
        guest_start(&w->back->guest);
    kernel_runs(w->front);
    good &= packets_are_read(w, FLOW_BATCH);
    kernel_runs(NULL);
    w->back_calls += w->back->hypercalls - back;
    w->front_calls += w->front->hypercalls - front;
    w->packets += FLOW_BATCH;
    w->batches++;
    return good;
}

bool network_down(struct network *w)
{
    bool good;

    kernel_runs(w->back);
    good = CHECK(!net_back_stop(back_of(w)));
    good &= CHECK(grants_unmap(&w->back->drivers->p2m, &w->ring, 1, 0) == 1);
    for ( unsigned int i = 0; i < FLOW_BATCH; i++ )
        kernel_give_page(w->back, w->pfn[i]);
    kernel_runs(w->front);
    good &= CHECK(!net_front_stop(front_of(w)));
    kernel_runs(NULL);
    return good;
}
