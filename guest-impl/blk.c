/* SPDX-License-Identifier: MIT */
/* Sectors of a disk, for others and for oneself: see blk.h. */
#include "blk.h"

#define SECTOR  512u

/* word[0] of a request: sector; word[1]: offset << 33 | bytes << 1 | write. */
static uint64_t pack(uint32_t offset, uint32_t bytes, bool write)
{
    return (uint64_t)offset << 33 | (uint64_t)bytes << 1 | write;
}

static uint32_t offset_of(const struct ring_slot *slot)
{
    return (uint32_t)(slot->word[1] >> 33);
}

static uint32_t bytes_of(const struct ring_slot *slot)
{
    return (uint32_t)(slot->word[1] >> 1);
}

static bool is_write(const struct ring_slot *slot)
{
    return slot->word[1] & 1;
}

/* Whole sectors, within a page. */
static bool possible(const struct guest *g, uint32_t offset, uint32_t bytes)
{
    return bytes && !(bytes % SECTOR) && !(offset % SECTOR) &&
           (uint64_t)offset + bytes <= guest_page_size(g);
}

/* ---- backend --------------------------------------------------------------------- */

int blk_back_start(struct blk_back *b, struct dma *dma, struct blk_disk *disk, domid_t domid,
                   uint64_t ring)
{
    unsigned int i;

    b->guest = dma->guest;
    b->p2m = dma->p2m;
    b->dma = dma;
    b->disk = disk;
    b->domid = domid;
    b->done = b->failed = 0;
    for ( i = 0; i < GUEST_BATCH; i++ )
        b->stuck[i] = false;
    if ( !b->guest->xen )
        return -GUEST_ENODEV;
    ring_start(&b->ring, b->guest, ring, false);
    return b->guest->kernel->hole_get(b->guest, GUEST_BATCH, &b->holes);
}

static unsigned int device_flag(const struct blk_back *b)
{
    return b->guest->right ? GRANT_DEVICE : 0;
}

/* What could not be unmapped before; how many of them still cannot. */
static unsigned int unmap_stuck(struct blk_back *b)
{
    unsigned int i, left = 0;

    for ( i = 0; i < GUEST_BATCH; i++ )
    {
        if ( b->stuck[i] )
            b->stuck[i] = grants_unmap(b->p2m, &b->left[i], 1, device_flag(b)) != 1;
        left += b->stuck[i];
    }
    return left;
}

/*
 * Reads of the disk write memory, so only writes can do with a grant to read. What finds
 * no hole, as something else is stuck there, is not done.
 */
static unsigned int list(struct blk_back *b, bool write)
{
    unsigned int i, nr = 0, place = 0;

    for ( i = 0; i < b->nr_requests; i++ )
    {
        if ( is_write(&b->request[i]) != write || b->error[i] )
            continue;
        while ( place < GUEST_BATCH && b->stuck[place] )
            place++;
        if ( place == GUEST_BATCH )
        {
            b->error[i] = -GUEST_EBUSY;
            continue;
        }
        b->of[nr] = (struct grants_foreign){ b->domid, b->request[i].ref };
        b->mapping[nr] = (struct grants_mapping){ .pfn = b->holes + place };
        b->place[nr] = place++;
        b->index[nr++] = i;
    }
    return nr;
}

/*
 * A domain that may not know machine frames has no DMA: the processor moves the bytes. The right
 * may have gone since the domain started; the mapping then tells no address.
 */
static int programmed(struct blk_back *b, const struct grants_mapping *m,
                      const struct ring_slot *slot)
{
    bool write = is_write(slot);
    void *at = b->guest->kernel->reach(b->guest, m->address + offset_of(slot), !write);

    if ( !at )
        return -GUEST_EFAULT;
    if ( !b->disk->programmed )
        return -GUEST_EPERM;
    return b->disk->programmed(b->disk, slot->word[0], at, bytes_of(slot), write);
}

/*
 * The page is another domain's, mapped: it stays where it is until we unmap it. What
 * the device cannot address goes through the pool.
 */
static int transfer(struct blk_back *b, const struct grants_mapping *m,
                    const struct ring_slot *slot)
{
    struct dma_buffer buffer;
    bool write = is_write(slot);
    int rc, copied;

    if ( !b->guest->right || !m->machine )
        return programmed(b, m, slot);
    rc = dma_map_foreign(b->dma, &buffer, m->address + offset_of(slot),
                         m->machine + offset_of(slot), bytes_of(slot), b->disk->address_bits,
                         write ? DMA_TO_DEVICE : DMA_FROM_DEVICE);
    if ( rc )
        return rc;
    rc = b->disk->transfer(b->disk, slot->word[0], buffer.machine, bytes_of(slot), write);
    copied = dma_unmap(b->dma, &buffer);
    return rc ? rc : copied;
}

/*
 * Map, I/O, unmap; what was not mapped keeps its error. What cannot be unmapped stays in
 * its hole, which nothing else is mapped at until it can.
 */
static void serve(struct blk_back *b, bool write)
{
    unsigned int i, mapped = 0, nr = list(b, write), flags = write ? GRANT_READONLY : 0;

    if ( !nr )
        return;
    grants_map(b->p2m, b->mapping, b->of, nr, flags | device_flag(b));
    for ( i = 0; i < nr; i++ )
    {
        unsigned int index = b->index[i];

        b->error[index] = b->mapping[i].error;
        if ( b->error[index] )
            continue;
        b->error[index] = transfer(b, &b->mapping[i], &b->request[index]);
        b->place[mapped] = b->place[i];
        b->mapping[mapped++] = b->mapping[i];
    }
    if ( mapped )
        grants_unmap(b->p2m, b->mapping, mapped, device_flag(b));
    for ( i = 0; i < mapped; i++ )
        if ( b->mapping[i].error )
        {
            b->stuck[b->place[i]] = true;
            b->left[b->place[i]] = b->mapping[i];
        }
}

static void answer(struct blk_back *b)
{
    unsigned int i;

    for ( i = 0; i < b->nr_requests; i++ )
    {
        const struct ring_slot slot = { .id = b->request[i].id,
                                        .ref = (uint32_t)-b->error[i] };

        ring_put(&b->ring, &slot);
        *(b->error[i] ? &b->failed : &b->done) += 1;
    }
    ring_push(&b->ring);
}

int blk_back_serve(struct blk_back *b)
{
    int rc = 0;

    for ( b->nr_requests = 0; b->nr_requests < GUEST_BATCH; b->nr_requests++ )
    {
        struct ring_slot *slot = &b->request[b->nr_requests];

        rc = ring_take(&b->ring, slot);
        if ( rc )
            break;
        b->error[b->nr_requests] =
            possible(b->guest, offset_of(slot), bytes_of(slot)) ? 0 : -GUEST_EINVAL;
    }
    /* What came before the ring went wrong is answered all the same. */
    if ( rc && rc != -GUEST_EAGAIN && !b->nr_requests )
        return rc;
    unmap_stuck(b);
    serve(b, true);
    serve(b, false);
    answer(b);
    return (int)b->nr_requests;
}

int blk_back_stop(struct blk_back *b)
{
    if ( unmap_stuck(b) )
        return -GUEST_EBUSY;
    b->guest->kernel->hole_put(b->guest, GUEST_BATCH, b->holes);
    return 0;
}

/* ---- frontend -------------------------------------------------------------------- */

int blk_front_start(struct blk_front *f, struct grants *gr, domid_t domid)
{
    struct guest *g = gr->guest;
    unsigned int i;
    int rc;

    f->guest = g;
    f->grants = gr;
    f->domid = domid;
    f->nr_answered = 0;
    for ( i = 0; i < RING_SLOTS; i++ )
    {
        f->ref[i] = GRANT_NONE;
        f->answered[i] = false;
    }
    rc = g->kernel->pages_get(g, 0, 0, &f->ring_pfn);
    if ( rc )
        return rc;
    rc = grants_get(gr, &f->ring_ref);
    if ( !rc && (rc = grants_access(gr, f->ring_ref, domid, f->ring_pfn, 0)) )
        grants_put(gr, f->ring_ref);
    if ( rc )
        g->kernel->pages_put(g, 0, f->ring_pfn);
    ring_start(&f->ring, g, guest_address(g, f->ring_pfn), true);
    return rc;
}

static int request(struct blk_front *f, const struct ring_slot *slot, uint64_t pfn)
{
    int rc = grants_access(f->grants, slot->ref, f->domid, pfn,
                           is_write(slot) ? GTF_readonly : 0);

    if ( rc )
        return rc;
    rc = ring_put(&f->ring, slot);
    if ( rc )
        grants_end_access(f->grants, slot->ref);
    return rc;
}

int blk_front_submit(struct blk_front *f, uint64_t sector, uint64_t pfn, uint32_t offset,
                     uint32_t bytes, bool write, uint32_t *id)
{
    struct ring_slot slot = { .word = { sector, pack(offset, bytes, write) } };
    int rc;

    if ( !possible(f->guest, offset, bytes) )
        return -GUEST_EINVAL;
    while ( slot.id < RING_SLOTS && f->ref[slot.id] != GRANT_NONE )
        slot.id++;
    if ( slot.id == RING_SLOTS )
        return -GUEST_EAGAIN;
    rc = grants_get(f->grants, &slot.ref);
    if ( rc )
        return rc;
    rc = request(f, &slot, pfn);
    if ( rc )
    {
        grants_put(f->grants, slot.ref);
        return rc;
    }
    f->ref[slot.id] = slot.ref;
    *id = slot.id;
    return 0;
}

void blk_front_push(struct blk_front *f)
{
    ring_push(&f->ring);
}

/* It was answered, and is over when the page is ours alone. */
static int over(struct blk_front *f, uint32_t id)
{
    int rc = grants_end_access(f->grants, f->ref[id]);

    if ( rc )
        return rc;
    grants_put(f->grants, f->ref[id]);
    f->ref[id] = GRANT_NONE;
    f->answered[id] = false;
    f->nr_answered--;
    return 0;
}

int blk_front_reap(struct blk_front *f, uint32_t *id, int *error)
{
    struct ring_slot slot;
    uint32_t i;
    int rc;

    for ( i = 0; f->nr_answered && i < RING_SLOTS; i++ )
        if ( f->answered[i] && !over(f, i) )
        {
            *id = i;
            *error = f->error[i];
            return 0;
        }
    while ( !(rc = ring_take(&f->ring, &slot)) )
    {
        if ( slot.id >= RING_SLOTS || f->ref[slot.id] == GRANT_NONE || f->answered[slot.id] )
            return -GUEST_EIO;
        /* What it says is an errno or nothing that we know. */
        f->error[slot.id] = slot.ref < 4096 ? -(int)slot.ref : -GUEST_EIO;
        f->answered[slot.id] = true;
        f->nr_answered++;
        if ( over(f, slot.id) )
            continue;
        *id = slot.id;
        *error = f->error[slot.id];
        return 0;
    }
    return rc == -GUEST_EAGAIN && f->nr_answered ? -GUEST_EBUSY : rc;
}

int blk_front_stop(struct blk_front *f)
{
    unsigned int i;
    int rc;

    for ( i = 0; i < RING_SLOTS; i++ )
        if ( f->ref[i] != GRANT_NONE && (!f->answered[i] || over(f, i)) )
            return -GUEST_EBUSY;
    rc = grants_end_access(f->grants, f->ring_ref);
    if ( rc )
        return rc;
    grants_put(f->grants, f->ring_ref);
    f->guest->kernel->pages_put(f->guest, 0, f->ring_pfn);
    return 0;
}

/* ---- one's own disk -------------------------------------------------------------- */

int blk_local(struct dma *dma, struct blk_disk *disk, uint64_t sector, uint64_t pfn,
              uint64_t offset, uint64_t bytes, bool write)
{
    struct dma_buffer buffer;
    int rc = dma_map(dma, &buffer, pfn, offset, bytes, disk->address_bits,
                     write ? DMA_TO_DEVICE : DMA_FROM_DEVICE), copied;

    if ( rc )
        return rc;
    rc = disk->transfer(disk, sector, buffer.machine, bytes, write);
    copied = dma_unmap(dma, &buffer);
    return rc ? rc : copied;
}
