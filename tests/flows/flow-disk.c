/* SPDX-License-Identifier: MIT */
/* Flow 4: a virtual block device, its real one reads and writes machine addresses. */

#include "flow.h"

/* Buffers of dom0's own: as they are, bounced, and made contiguous. */
static void own_buffers(struct kernel *dom0)
{
    struct drivers *d = dom0->drivers;
    struct disk *disk = disk_of(dom0, 0), *narrow = disk_of(dom0, MACHINE_LOW_BITS);
    uint64_t page = kernel_page_size(dom0), pfn, entry, run, direct;

    kernel_runs(dom0);
    if ( !CHECK(!dom0->guest.kernel->pages_get(&dom0->guest, 2, 0, &pfn)) )
        return;
    /* Scattered in the machine: a buffer in two of them is none for a device. */
    CHECK(!guest_p2m_run(&d->p2m, pfn, 4, &entry, &run) && run < 4);
    kernel_fill(dom0, pfn, 0, page, 5);
    kernel_fill(dom0, pfn + 1, 0, page, 6);
    direct = d->dma.direct;
    CHECK(!blk_local(&d->dma, &disk->blk, 8, pfn, 0, 2 * page, true));
    CHECK(d->dma.direct == direct && d->dma.bounced > 0);
    /* One page is contiguous by itself, but may be too high for the device. */
    CHECK(!blk_local(&d->dma, &disk->blk, 8 + page / 512, pfn + 2, 0, page, false));
    CHECK(d->dma.direct == direct + 1 && kernel_holds(dom0, pfn + 2, 0, page, 6));
    CHECK(!blk_local(&d->dma, &narrow->blk, 8, pfn, 0, page, true) && !narrow->beyond);

    /* Made contiguous, and low: no bouncing any more. */
    CHECK(!dma_make_contiguous(&d->dma, pfn, 2, MACHINE_LOW_BITS));
    CHECK(!guest_p2m_run(&d->p2m, pfn, 4, &entry, &run) && run == 4);
    kernel_fill(dom0, pfn, 0, page, 7);
    kernel_fill(dom0, pfn + 3, 0, page, 8);
    direct = d->dma.direct;
    CHECK(!blk_local(&d->dma, &narrow->blk, 64, pfn, 0, 4 * page, true));
    CHECK(d->dma.direct == direct + 1 && !narrow->beyond);
    for ( uint64_t i = 0; i < page; i++ )
        if ( !CHECK(disk_bytes(narrow, 64)[i] == kernel_byte(7, i) &&
                    disk_bytes(narrow, 64)[3 * page + i] == kernel_byte(8, i)) )
            break;
    dom0->guest.kernel->pages_put(&dom0->guest, 2, pfn);
}

/*
 * 4. The frontend grants its buffers; the backend maps them, gives the device
 * their machine addresses, and unmaps them when the device is done. dom0's own buffers
 * that the device needs contiguous, or below an address, are exchanged for
 * such, or go through some that are.
 */
void flow_disk(void)
{
    struct kernel *dom0 = flow_dom0(0), *domu = flow_domu(1, 0, 1);
    struct storage s, low;
    uint64_t asked;

    if ( !storage_up(&s, dom0, domu, 0) )
        return;
    asked = dom0->drivers->p2m.asked;
    CHECK(storage_write(&s, 0, 16, 100));
    CHECK(storage_read(&s, 0, 16, 100));
    CHECK(s.disk->dma == 32 && dom0->drivers->dma.bounced == 0);
    /* A batch is mapped by one call and unmapped by one; addresses cost none. */
    CHECK(s.back_calls == 4);
    CHECK(dom0->drivers->p2m.asked == asked);
    storage_down(&s);

    /* A device that does not reach all memory: pages of others bounce, too. */
    if ( storage_up(&low, dom0, domu, MACHINE_LOW_BITS) )
    {
        CHECK(storage_write(&low, 0, 4, 200));
        CHECK(storage_read(&low, 0, 4, 200));
        CHECK(!low.disk->beyond);
        storage_down(&low);
    }
    own_buffers(dom0);
    kernel_runs(NULL);
    flow_says("%u requests, %.3f hypercalls each, lookups of machine addresses made none; %u bounced, "
              "%u as they are", (unsigned int)s.requests, (double)s.back_calls / s.requests,
              (unsigned int)dom0->drivers->dma.bounced, (unsigned int)dom0->drivers->dma.direct);
}
