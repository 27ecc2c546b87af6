/* SPDX-License-Identifier: MIT */
/* Flow 8: the same object files, whatever is below them. */

#include "flow.h"

/* What a kernel does when it is up: a disk that it has, or one that it is given. */
static bool uses_disk(struct kernel *k, struct disk *disk)
{
    struct drivers *d = k->drivers;
    uint64_t page = kernel_page_size(k), pfn;
    bool good;

    if ( k->guest.kernel->pages_get(&k->guest, 1, 0, &pfn) )
        return false;
    kernel_fill(k, pfn, 0, page, 21);
    kernel_fill(k, pfn + 1, 0, page, 22);
    good = !blk_local(&d->dma, &disk->blk, 4, pfn, 0, 2 * page, true);
    kernel_fill(k, pfn, 0, page, 0);
    kernel_fill(k, pfn + 1, 0, page, 0);
    good = good && !blk_local(&d->dma, &disk->blk, 4, pfn, 0, 2 * page, false) &&
           kernel_holds(k, pfn, 0, page, 21) && kernel_holds(k, pfn + 1, 0, page, 22);
    k->guest.kernel->pages_put(&k->guest, 1, pfn);
    return good;
}

/* A page is given back, and taken: without a hypervisor there is nobody to give it to. */
static long balloons(struct kernel *k)
{
    uint64_t pfn = kernel_take_page(k);
    long gone = balloon_decrease(&k->drivers->balloon, &pfn, 1);

    if ( gone == 1 && balloon_populate(&k->drivers->balloon, &pfn, 1) != 1 )
        return -1;
    kernel_give_page(k, pfn);
    return gone;
}

/*
 * 8. One binary. The functions that ran in all flows so far, the same objects
 * in memory, run as first domain, as one that it serves, and on a machine
 * without a hypervisor. Which it is they learn from what the kernel was told when it
 * started. Without a hypervisor they make no hypercall: machine frames are the
 * kernel's own, there is nobody to grant to, and the disk works.
 */
void flow_same_binary(void)
{
    struct kernel *dom0 = flow_dom0(0), *domu = flow_domu(1, 0, 1);
    struct kernel *bare = kernel_bare(PAGE_SHIFT);
    struct disk *disk = disk_of(dom0, 0), *own = disk_of(bare, 0), *low = disk_of(bare, 40);
    uint64_t before, entry = 0;
    struct storage s;

    kernel_runs(dom0);
    CHECK(dom0->guest.xen && dom0->guest.privileged && dom0->guest.right);
    CHECK(uses_disk(dom0, disk));
    CHECK(balloons(dom0) == 1);

    kernel_runs(domu);
    CHECK(domu->guest.xen && !domu->guest.privileged && !domu->guest.right);
    CHECK(balloons(domu) == 1);
    if ( storage_up(&s, dom0, domu, 0) )
    {
        CHECK(storage_write(&s, 0, 2, 31) && storage_read(&s, 0, 2, 31));
        storage_down(&s);
    }

    kernel_runs(bare);
    before = machine_hypercalls();
    CHECK(!kernel_boot(bare, 2));
    CHECK(!bare->guest.xen && bare->guest.privileged && bare->guest.translated);
    CHECK(!guest_p2m_lookup(&bare->drivers->p2m, 70, &entry) && PMTE_mfn(entry) == 70);
    CHECK(uses_disk(bare, own) && uses_disk(bare, low));
    CHECK(own->dma == 2 && bare->drivers->dma.bounced == 0);
    CHECK(balloons(bare) == -GUEST_ENODEV);
    CHECK(grants_map(&bare->drivers->p2m, NULL, NULL, 1, 0) == -GUEST_ENODEV);
    CHECK(machine_hypercalls() == before);
    dma_stop(&bare->drivers->dma);
    guest_p2m_stop(&bare->drivers->p2m);
    kernel_runs(NULL);
    flow_says("dom0, domU, and alone with %u hypercalls", (unsigned int)(machine_hypercalls() - before));
    kernel_free(bare);
}
