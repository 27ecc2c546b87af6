/* SPDX-License-Identifier: MIT */
/* Addresses for devices, and bounce buffers: see dma.h. */
#include "dma.h"

#include "hc-pmt.h"

static uint64_t pages_of(const struct guest *g, uint64_t bytes)
{
    return (bytes + guest_page_size(g) - 1) >> g->page_shift;
}

static uint64_t machine_of(const struct guest *g, uint64_t entry)
{
    return PMTE_mfn(entry) << g->granule_shift;
}

static bool reachable(uint64_t machine, uint64_t bytes, unsigned int address_bits)
{
    return !address_bits || address_bits >= 64 ||
           (machine + bytes - 1) >> address_bits == 0;
}

/* ---- contiguity ------------------------------------------------------------------ */

static int pin_all(struct guest_p2m *p2m, uint64_t pfn, uint64_t nr)
{
    uint64_t i;
    int rc = 0;

    for ( i = 0; i < nr && !rc; i++ )
        rc = guest_p2m_pin(p2m, pfn + i);
    if ( rc )
        for ( i--; i > 0; i-- )
            guest_p2m_unpin(p2m, pfn + i - 1);
    return rc;
}

static void unpin_all(struct guest_p2m *p2m, uint64_t pfn, uint64_t nr)
{
    while ( nr-- )
        guest_p2m_unpin(p2m, pfn + nr);
}

/*
 * A PV guest's page table shows pages that are about to go, or that have come. All that
 * can be done is done; the first error is returned.
 */
static int show(struct dma *d, uint64_t pfn, uint64_t nr, bool there)
{
    uint64_t i, entry;
    int rc = 0, one;

    if ( d->guest->translated )
        return 0;
    while ( nr )
    {
        uint64_t now = nr < GUEST_BATCH ? nr : GUEST_BATCH;

        guest_pv_begin(&d->pv, d->guest);
        for ( i = 0; i < now; i++ )
        {
            one = there ? guest_p2m_lookup(d->p2m, pfn + i, &entry) : 0;
            if ( one )
                rc = rc ? rc : one;
            else if ( there )
                guest_pv_map(&d->pv, pfn + i, PMTE_mfn(entry));
            else
                guest_pv_unmap(&d->pv, pfn + i);
        }
        one = guest_pv_commit(&d->pv);
        rc = rc ? rc : one;
        pfn += now;
        nr -= now;
    }
    return rc;
}

int dma_make_contiguous(struct dma *d, uint64_t pfn, unsigned int order,
                        unsigned int address_bits)
{
    pmt_exchange_t x = { .gpfn = pfn, .order = order, .address_bits = address_bits };
    uint64_t i, entry, nr = (uint64_t)1 << order;
    long rc = 0;
    int shown;

    if ( !d->guest->xen )
        return -GUEST_ENOSYS;
    if ( order > d->guest->max_order )
        return -GUEST_EINVAL;
    for ( i = 0; i < nr; i++ )
        if ( guest_p2m_pinned(d->p2m, pfn + i) )
            return -GUEST_EBUSY;
    /* Who cannot look up could not show again what goes. */
    if ( !d->guest->translated )
        rc = guest_p2m_lookup(d->p2m, pfn, &entry);
    if ( rc )
        return (int)rc;
    rc = show(d, pfn, nr, false);
    if ( !rc )
        rc = hc_pmt_exchange(&x, 1);
    if ( !rc )
        rc = guest_pmt_error(x.status);
    /* Whatever came of it, what is there is shown. */
    shown = show(d, pfn, nr, true);
    return rc ? (int)rc : shown;
}

/* ---- the pool -------------------------------------------------------------------- */

static int pool_exchange(struct dma *d)
{
    uint64_t entry, run, nr = (uint64_t)1 << d->pool_order;
    int rc;

    rc = guest_p2m_run(d->p2m, d->pool_pfn, nr, &entry, &run);
    if ( rc )
        return rc;
    if ( run < nr || !reachable(machine_of(d->guest, entry), nr << d->guest->page_shift,
                                d->pool_bits) )
    {
        rc = dma_make_contiguous(d, d->pool_pfn, d->pool_order, d->pool_bits);
        if ( rc )
            return rc;
        rc = guest_p2m_lookup(d->p2m, d->pool_pfn, &entry);
    }
    d->pool_machine = machine_of(d->guest, entry);
    return rc;
}

int dma_start(struct dma *d, struct guest_p2m *p2m, unsigned int order, unsigned int address_bits)
{
    struct guest *g = p2m->guest;
    int rc;

    *d = (struct dma){ .guest = g, .p2m = p2m, .pool_order = order, .pool_bits = address_bits };
    if ( g->xen && !g->right )
        return -GUEST_EPERM;
    if ( 1u << order > DMA_MAX_SLOTS )
        return -GUEST_EINVAL;
    rc = g->kernel->pages_get(g, order, g->xen ? 0 : address_bits, &d->pool_pfn);
    if ( rc )
        return rc;
    rc = pool_exchange(d);
    if ( !rc )
        rc = pin_all(p2m, d->pool_pfn, (uint64_t)1 << order);
    if ( rc )
    {
        g->kernel->pages_put(g, order, d->pool_pfn);
        return rc;
    }
    d->nr_slots = 1u << order;
    return 0;
}

int dma_stop(struct dma *d)
{
    unsigned int i;

    for ( i = 0; i < d->nr_slots; i++ )
        if ( d->used[i] )
            return -GUEST_EBUSY;
    if ( d->nr_slots )
    {
        unpin_all(d->p2m, d->pool_pfn, d->nr_slots);
        d->guest->kernel->pages_put(d->guest, d->pool_order, d->pool_pfn);
    }
    d->nr_slots = 0;
    return 0;
}

/* nr slots in a row, or -1. */
static int slots_get(struct dma *d, uint64_t nr)
{
    unsigned int i, row = 0;

    for ( i = 0; i < d->nr_slots; i++ )
    {
        row = d->used[i] ? 0 : row + 1;
        if ( row == nr )
            break;
    }
    if ( i == d->nr_slots )
        return -1;
    for ( row = 0; row < nr; row++ )
        d->used[i - row] = 1;
    return (int)(i - nr + 1);
}

/* Between buffer and pool, a page of the buffer at a time: only within pages do
 * pointers reach. */
static int copy(struct dma *d, const struct dma_buffer *b, bool to_pool)
{
    struct guest *g = d->guest;
    uint64_t done = 0, page = guest_page_size(g);

    while ( done < b->bytes )
    {
        uint64_t at = b->address + done, to = done;
        uint64_t left = page - (at & (page - 1)), room = page - (to & (page - 1)), i;
        uint64_t n = b->bytes - done;
        uint8_t *mine = g->kernel->reach(g, at, !to_pool);
        uint8_t *pool = guest_page(g, d->pool_pfn + (uint64_t)b->slot + (to >> g->page_shift),
                                   to_pool);

        if ( !mine || !pool )
            return -GUEST_EFAULT;
        pool += to & (page - 1);
        n = n < left ? n : left;
        n = n < room ? n : room;
        for ( i = 0; i < n; i++ )
            *(to_pool ? &pool[i] : &mine[i]) = to_pool ? mine[i] : pool[i];
        done += n;
    }
    return 0;
}

static int bounce(struct dma *d, struct dma_buffer *b, unsigned int address_bits)
{
    int rc;

    if ( !reachable(d->pool_machine, (uint64_t)d->nr_slots << d->guest->page_shift,
                    address_bits) )
        return -GUEST_ENOMEM;
    b->slot = slots_get(d, pages_of(d->guest, b->bytes));
    if ( b->slot < 0 )
        return -GUEST_ENOMEM;
    b->machine = d->pool_machine + ((uint64_t)b->slot << d->guest->page_shift);
    /* What the device does not write comes back as it was, and not as another left it here. */
    rc = copy(d, b, true);
    d->bounced++;
    return rc;
}

/*
 * All pages of a buffer: what a device may do there, it may only do where the kernel may.
 * lent: some are another's, who can take them back, whatever is pinned here.
 */
static int look_at_pages(struct dma *d, const struct dma_buffer *b, bool *lent)
{
    uint64_t done, entry, run;
    int rc;

    *lent = false;
    for ( done = 0; done < b->pinned; done += run )
    {
        rc = guest_p2m_run(d->p2m, b->pfn + done, b->pinned - done, &entry, &run);
        if ( rc )
            return rc;
        if ( (entry & PMTE_io) ||
             ((b->direction & DMA_FROM_DEVICE) && !(entry & PMTE_writable)) )
            return -GUEST_EINVAL;
        if ( entry & PMTE_foreign )
            *lent = true;
    }
    return 0;
}

static int direct_or_bounce(struct dma *d, struct dma_buffer *b, uint64_t offset,
                            unsigned int address_bits)
{
    uint64_t entry, run;
    bool lent;
    int rc = look_at_pages(d, b, &lent);

    if ( !rc )
        rc = guest_p2m_run(d->p2m, b->pfn, b->pinned, &entry, &run);
    if ( rc )
        return rc;
    b->machine = machine_of(d->guest, entry) + offset;
    if ( lent || run < b->pinned || !reachable(b->machine, b->bytes, address_bits) )
        return bounce(d, b, address_bits);
    d->direct++;
    return 0;
}

int dma_map(struct dma *d, struct dma_buffer *b, uint64_t pfn, uint64_t offset,
            uint64_t bytes, unsigned int address_bits, enum dma_direction direction)
{
    struct guest *g = d->guest;
    int rc;

    if ( !bytes || offset + bytes < offset )
        return -GUEST_EINVAL;
    pfn += offset >> g->page_shift;
    offset &= guest_page_size(g) - 1;
    *b = (struct dma_buffer){ .pfn = pfn, .pinned = pages_of(g, offset + bytes),
                              .address = guest_address(g, pfn) + offset, .bytes = bytes,
                              .direction = direction, .slot = -1 };
    /* Pinned first: what is looked up then stays true. */
    rc = pin_all(d->p2m, pfn, b->pinned);
    if ( rc )
        return rc;
    rc = direct_or_bounce(d, b, offset, address_bits);
    if ( rc )
    {
        b->direction = DMA_TO_DEVICE;   /* nothing came */
        dma_unmap(d, b);
    }
    return rc;
}

int dma_unmap(struct dma *d, struct dma_buffer *b)
{
    uint64_t i;
    int rc = 0;

    if ( b->slot >= 0 )
    {
        if ( b->direction & DMA_FROM_DEVICE )
            rc = copy(d, b, false);
        for ( i = 0; i < pages_of(d->guest, b->bytes); i++ )
            d->used[(uint64_t)b->slot + i] = 0;
        b->slot = -1;
    }
    unpin_all(d->p2m, b->pfn, b->pinned);
    return rc;
}

int dma_map_foreign(struct dma *d, struct dma_buffer *b, uint64_t address, uint64_t machine,
                    uint64_t bytes, unsigned int address_bits, enum dma_direction direction)
{
    int rc = 0;

    *b = (struct dma_buffer){ .address = address, .machine = machine, .bytes = bytes,
                              .direction = direction, .slot = -1 };
    if ( reachable(machine, bytes, address_bits) )
        d->direct++;
    else
        rc = bounce(d, b, address_bits);
    if ( rc )
    {
        b->direction = DMA_TO_DEVICE;
        dma_unmap(d, b);
    }
    return rc;
}
