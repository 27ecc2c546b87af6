/* SPDX-License-Identifier: MIT */
/* Sectors of a disk at one kernel, for another. */

#include "flow.h"

bool storage_up(struct storage *s, struct kernel *back, struct kernel *front,
                unsigned int address_bits)
{
    struct drivers *b = back->drivers, *f = front->drivers;
    uint64_t at;

    *s = (struct storage){ .back = back, .front = front, .disk = disk_of(back, address_bits) };
    flow_arm();
    kernel_runs(front);
    if ( !CHECK(!blk_front_start(&f->blk_front, &f->grants, back->d->domain_id)) )
        return false;
    kernel_runs(back);
    at = kernel_map_ring(back, front->d->domain_id, f->blk_front.ring_ref, &s->ring);
    return CHECK(at) &&
           CHECK(!blk_back_start(&b->blk_back, &b->dma, &s->disk->blk, front->d->domain_id, at));
}

static bool serve(struct storage *s, unsigned int nr)
{
    uint64_t before = s->back->hypercalls;
    bool good;

    kernel_runs(s->back);
    good = CHECK(blk_back_serve(&s->back->drivers->blk_back) == (int)nr);
    if ( flow_twin == TWIN_CONTENTS )
        disk_bytes(s->disk, 3)[17] ^= 1;
    if ( flow_twin == TWIN_EXTRA_CALL )
        guest_start(&s->back->guest);
    kernel_runs(s->front);
    s->back_calls += s->back->hypercalls - before;
    s->requests += nr;
    return good;
}

/* One request for each page, all of them in one go. */
static bool pages(struct storage *s, uint64_t sector, unsigned int nr, uint64_t seed, bool write)
{
    struct blk_front *front = &s->front->drivers->blk_front;
    uint32_t bytes = (uint32_t)kernel_page_size(s->front), id;
    uint64_t pfn[RING_SLOTS];
    bool good = true;
    int error;

    kernel_runs(s->front);
    for ( unsigned int i = 0; i < nr; i++ )
    {
        pfn[i] = kernel_take_page(s->front);
        if ( write )
            kernel_fill(s->front, pfn[i], 0, bytes, seed + i);
        good &= CHECK(!blk_front_submit(front, sector + i * (bytes / 512), pfn[i], 0, bytes, write,
                                        &id));
    }
    blk_front_push(front);
    good &= serve(s, nr);
    for ( unsigned int i = 0; i < nr; i++ )
        good &= CHECK(!blk_front_reap(front, &id, &error)) && CHECK(!error);
    for ( unsigned int i = 0; i < nr; i++ )
    {
        if ( !write )
            good &= CHECK(kernel_holds(s->front, pfn[i], 0, bytes, seed + i));
        kernel_give_page(s->front, pfn[i]);
    }
    return good;
}

bool storage_write(struct storage *s, uint64_t sector, unsigned int nr, uint64_t seed)
{
    return pages(s, sector, nr, seed, true);
}

bool storage_read(struct storage *s, uint64_t sector, unsigned int nr, uint64_t seed)
{
    return pages(s, sector, nr, seed, false);
}

bool storage_down(struct storage *s)
{
    bool good;

    kernel_runs(s->back);
    good = CHECK(!blk_back_stop(&s->back->drivers->blk_back));
    good &= CHECK(grants_unmap(&s->back->drivers->p2m, &s->ring, 1, 0) == 1);
    kernel_runs(s->front);
    good &= CHECK(!blk_front_stop(&s->front->drivers->blk_front));
    kernel_runs(NULL);
    s->dma = s->disk->dma;
    s->programmed = s->disk->programmed;
    return good;
}
