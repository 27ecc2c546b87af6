/* SPDX-License-Identifier: MIT */
/* What devices get to see, and to write: of others' pages, and once the right has gone. */
#include <string.h>

#include "flow.h"

#include "hc-pmt.h"

/* ---- what the device does not write --------------------------------------------------- */

/* It says so, or does not. */
static int writes_nothing(struct blk_disk *blk, uint64_t sector, uint64_t machine, uint64_t bytes,
                          bool write)
{
    (void)blk, (void)machine, (void)bytes, (void)write;
    return sector ? -GUEST_EIO : 0;
}

static void reads_nothing(struct storage *s, uint64_t sector, uint64_t old)
{
    struct blk_front *front = &s->front->drivers->blk_front;
    uint32_t bytes = (uint32_t)kernel_page_size(s->front), id;
    uint64_t pfn, bounced = s->back->drivers->dma.bounced;
    int error = 0;

    kernel_runs(s->front);
    pfn = kernel_take_page(s->front);
    kernel_fill(s->front, pfn, 0, bytes, old);
    CHECK(!blk_front_submit(front, sector, pfn, 0, bytes, false, &id));
    blk_front_push(front);
    kernel_runs(s->back);
    CHECK(blk_back_serve(&s->back->drivers->blk_back) == 1);
    CHECK(s->back->drivers->dma.bounced == bounced + 1);
    kernel_runs(s->front);
    CHECK(!blk_front_reap(front, &id, &error) && (error != 0) == (sector != 0));
    CHECK(kernel_holds(s->front, pfn, 0, bytes, old));
    kernel_give_page(s->front, pfn);
}

/* One domain's sectors have been in the pool; another's read that brings nothing brings none of them. */
void part_unwritten(void)
{
    struct kernel *dom0 = flow_dom0(0), *first = flow_domu(1, 0, 1), *second = flow_domu(2, 0, 1);
    struct dma *dma = &dom0->drivers->dma;
    struct storage s;
    uint64_t sector;

    if ( !storage_up(&s, dom0, first, MACHINE_LOW_BITS) )
        return;
    CHECK(storage_write(&s, 0, 4, 200) && dma->bounced == 4);
    storage_down(&s);
    if ( !storage_up(&s, dom0, second, MACHINE_LOW_BITS) )
        return;
    s.disk->blk.transfer = writes_nothing;
    for ( sector = 0; sector < 2; sector++ )
        reads_nothing(&s, sector, 300 + sector);
    storage_down(&s);
    flow_says("two reads bring nothing, and nothing of another's");
}

/* ---- pages that are not one's own ------------------------------------------------------- */

static struct kernel *driver_domain(domid_t id)
{
    const struct machine_domain how = { .id = id, .hvm = FLOW_HVM, .hardware = true,
                                        .has_pmt = true, .layout = LAYOUT_SCATTERED };

    return flow_boot(&how, 1);
}

static bool lends(struct kernel *lender, struct kernel *borrower, uint64_t hole, uint64_t pfn,
                  unsigned int rights, pmt_loan_t *loan)
{
    pmt_donate_t d = { .gpfn = pfn, .dest_gpfn = hole, .domid = borrower->d->domain_id,
                       .rights = rights };

    kernel_runs(lender);
    if ( !CHECK(!hc_pmt_donate(&d, 1)) || !CHECK(!d.status) )
        return false;
    *loan = d.loan;
    return true;
}

static bool takes_back(struct kernel *lender, pmt_loan_t loan)
{
    pmt_reclaim_t r = { .loan = loan };

    kernel_runs(lender);
    return CHECK(!hc_pmt_reclaim(&r, 1)) && CHECK(!r.status);
}

/* A page that its owner takes back while the device has its address: it has another. */
static void lent(struct kernel *lender, struct kernel *borrower)
{
    struct dma *dma = &borrower->drivers->dma;
    uint64_t pool_end = dma->pool_machine + 4 * kernel_page_size(borrower), pfn, hole;
    struct dma_buffer b;
    pmt_loan_t loan;
    uint64_t direct;
    uint8_t word[8];

    kernel_runs(lender);
    pfn = kernel_take_page(lender);
    kernel_fill(lender, pfn, 0, 512, 4);
    kernel_runs(borrower);
    CHECK(!borrower->guest.kernel->hole_get(&borrower->guest, 1, &hole));
    direct = dma->direct;

    if ( !lends(lender, borrower, hole, pfn, PMTR_read, &loan) )
        return;
    kernel_runs(borrower);
    CHECK(dma_map(dma, &b, hole, 0, 512, 0, DMA_FROM_DEVICE) == -GUEST_EINVAL);
    CHECK(dma_map(dma, &b, hole, 0, 512, 0, DMA_BOTH) == -GUEST_EINVAL);
    CHECK(!guest_p2m_pinned(&borrower->drivers->p2m, hole));
    CHECK(!dma_map(dma, &b, hole, 0, 512, 0, DMA_TO_DEVICE));
    CHECK(b.machine >= dma->pool_machine && b.machine + 512 <= pool_end);
    takes_back(lender, loan);
    kernel_runs(borrower);
    CHECK(!machine_device_read(borrower->d, b.machine, word, sizeof(word)));
    for ( unsigned int i = 0; i < sizeof(word); i++ )
        CHECK(word[i] == kernel_byte(4, i));
    CHECK(!dma_unmap(dma, &b));

    if ( !lends(lender, borrower, hole, pfn, PMTR_read | PMTR_write, &loan) )
        return;
    kernel_runs(borrower);
    CHECK(!dma_map(dma, &b, hole, 0, 512, 0, DMA_FROM_DEVICE));
    CHECK(b.machine >= dma->pool_machine && b.machine + 512 <= pool_end);
    takes_back(lender, loan);
    kernel_runs(borrower);
    memset(word, 0, sizeof(word));
    CHECK(!machine_device_write(borrower->d, b.machine, word, sizeof(word)));
    CHECK(dma_unmap(dma, &b) == -GUEST_EFAULT && dma->direct == direct);
    CHECK(kernel_holds(lender, pfn, 0, 512, 4));
    kernel_runs(lender);
    kernel_give_page(lender, pfn);
}

/* One page of two is to be read alone. */
static void read_only(struct kernel *k)
{
    struct dma *dma = &k->drivers->dma;
    pmt_protect_t p = { .nr = 1, .rights = PMTR_read };
    struct dma_buffer b;
    uint64_t pfn;

    kernel_runs(k);
    CHECK(!k->guest.kernel->pages_get(&k->guest, 1, 0, &pfn));
    p.gpfn = pfn + 1;
    CHECK(!hc_pmt_protect(&p, 1) && !p.status);
    CHECK(dma_map(dma, &b, pfn, 0, 2 * kernel_page_size(k), 0, DMA_FROM_DEVICE) == -GUEST_EINVAL);
    CHECK(!dma_map(dma, &b, pfn, 0, kernel_page_size(k), 0, DMA_FROM_DEVICE) && !dma_unmap(dma, &b));
    CHECK(!dma_map(dma, &b, pfn, 0, 2 * kernel_page_size(k), 0, DMA_TO_DEVICE));
    CHECK(!dma_unmap(dma, &b));
    p = (pmt_protect_t){ .gpfn = pfn + 1, .nr = 1, .rights = PMTR_read | PMTR_write };
    CHECK(!hc_pmt_protect(&p, 1) && !p.status);
    k->guest.kernel->pages_put(&k->guest, 1, pfn);
}

void part_borrowed(void)
{
    const struct machine_domain how = { .id = 1, .hvm = FLOW_HVM, .privileged = true,
                                        .layout = LAYOUT_SCATTERED };
    struct kernel *lender = flow_boot(&how, 1), *borrower = driver_domain(2);

    lent(lender, borrower);
    read_only(borrower);
    kernel_runs(NULL);
    flow_says("no device is told where a borrowed page is, or writes what its kernel may not");
}

/* ---- the right goes ------------------------------------------------------------------- */

static unsigned int reads_one(struct storage *s, bool programmed)
{
    struct blk_front *front = &s->front->drivers->blk_front;
    int error = 0;
    uint64_t pfn;
    uint32_t id;

    s->disk->blk.programmed = programmed ? s->disk->blk.programmed : NULL;
    kernel_runs(s->front);
    pfn = kernel_take_page(s->front);
    CHECK(!blk_front_submit(front, 8, pfn, 512, 512, false, &id));
    blk_front_push(front);
    kernel_runs(s->back);
    CHECK(blk_back_serve(&s->back->drivers->blk_back) == 1);
    kernel_runs(s->front);
    CHECK(!blk_front_reap(front, &id, &error));
    if ( !error )
        CHECK(!memcmp((uint8_t *)guest_page(&s->front->guest, pfn, false) + 512,
                      disk_bytes(s->disk, 8), 512));
    kernel_give_page(s->front, pfn);
    return (unsigned int)-error;
}

/* No address was told, so the device gets none; and what is mapped can still be unmapped. */
static void disk_without(struct kernel *dom0, struct kernel *domu)
{
    struct storage s;

    if ( !storage_up(&s, dom0, domu, 0) )
        return;
    CHECK(storage_write(&s, 8, 1, 50) && s.disk->dma == 1);
    machine_right(dom0->d, false);
    CHECK(reads_one(&s, true) == 0 && s.disk->programmed == 1);
    CHECK(reads_one(&s, false) == GUEST_EPERM && s.disk->dma == 1);
    machine_right(dom0->d, true);
    CHECK(reads_one(&s, false) == 0 && s.disk->dma == 2);
    storage_down(&s);
}

static void take_right(const char *name, void *context)
{
    struct kernel *k = context;

    if ( !strcmp(name, "flip-claimed") )
        machine_right(k->d, false);
}

/* The fresh page is there, and a PV kernel shows it once it can find out which one it is. */
static void flip_without(struct kernel *dom0, struct kernel *domu)
{
    struct net_back *net = &dom0->drivers->net_back;
    struct net_packet packet[2];
    struct net_buffer *buffer;
    struct network w;

    if ( !network_up(&w, dom0, domu, NET_FLIP) )
        return;
    kernel_runs(domu);
    CHECK(net_front_post(&domu->drivers->net_front, 2) == 2);
    kernel_runs(dom0);
    for ( unsigned int i = 0; i < 2; i++ )
    {
        packet[i] = (struct net_packet){ .pfn = w.pfn[i], .bytes = 100 };
        CHECK(!nic_receive(dom0, w.pfn[i], 0, 100, i));
    }
    machine_plan.at_point = take_right;
    machine_plan.context = dom0;
    CHECK(net_back_deliver(net, packet, 1) == 1 && !packet[0].error);
    machine_plan.at_point = NULL;
    if ( !dom0->guest.translated )
    {
        CHECK(net_back_show(net) == -GUEST_EPERM && net->nr_unmapped == 1);
        CHECK(!guest_page(&dom0->guest, w.pfn[0], false));
        CHECK(net_back_deliver(net, packet + 1, 1) < 0);
        CHECK(dma_make_contiguous(&dom0->drivers->dma, w.pfn[1], 0, 0) == -GUEST_EPERM);
        CHECK(kernel_holds(dom0, w.pfn[1], 0, 100, 1));
    }
    machine_right(dom0->d, true);
    CHECK(net_back_deliver(net, packet + 1, 1) == 1 && !packet[1].error);
    CHECK(!net_back_show(net));
    for ( unsigned int i = 0; i < 2; i++ )
    {
        kernel_runs(dom0);
        kernel_fill(dom0, w.pfn[i], 0, 100, 20 + i);
        CHECK(kernel_holds(dom0, w.pfn[i], 0, 100, 20 + i));
        kernel_runs(domu);
        if ( CHECK(!net_front_receive(&domu->drivers->net_front, &buffer)) )
            CHECK(kernel_holds(domu, buffer->pfn, 0, 100, i) &&
                  !net_front_done(&domu->drivers->net_front, buffer));
    }
    network_down(&w);
}

void part_right_gone(void)
{
    struct kernel *dom0 = flow_dom0(0), *domu = flow_domu(1, 0, 1);

    disk_without(dom0, domu);
    flip_without(dom0, domu);
    flow_says("no device is told an address that nobody was told, and no page is lost");
}
