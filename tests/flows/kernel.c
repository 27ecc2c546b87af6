/* SPDX-License-Identifier: MIT */
/* A kernel for the flows, and its devices: see kernel.h. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kernel.h"

static struct kernel *running, *kernels;
static struct disk *disks;
static uint64_t counted_from;

void kernel_runs(struct kernel *k)
{
    if ( running )
        running->hypercalls += machine_hypercalls() - counted_from;
    counted_from = machine_hypercalls();
    running = k;
    if ( k && k->v )
        machine_run_as(k->v);
}

/* ---- what guest-impl asks for ---------------------------------------------------- */

static struct kernel *of(struct guest *g)
{
    return g->context;
}

static unsigned int start(struct guest *g)
{
    return of(g)->flags;
}

/* The machine frees only all at once: what is released is kept for the next of its size. */
static void *allocate(struct guest *g, unsigned long bytes)
{
    struct kernel *k = of(g);

    if ( k->no_memory_at && !--k->no_memory_at )
        return NULL;
    for ( unsigned int i = 0; i < k->nr_spare; i++ )
        if ( k->spare[i].bytes == bytes )
        {
            void *memory = k->spare[i].memory;

            k->spare[i] = k->spare[--k->nr_spare];
            return memset(memory, 0, bytes);
        }
    return k->d ? machine_guest_alloc(k->d, bytes) : calloc(1, bytes);
}

static void release(struct guest *g, void *memory, unsigned long bytes)
{
    struct kernel *k = of(g);

    if ( !k->d )
        free(memory);
    else if ( k->nr_spare < 64 )
    {
        k->spare[k->nr_spare].memory = memory;
        k->spare[k->nr_spare++].bytes = bytes;
    }
}

/* The first row of nr pages of a kind, or none. */
static int row_get(struct kernel *k, uint64_t nr, uint64_t align, enum kernel_page free_kind,
                   enum kernel_page taken, uint64_t *pfn)
{
    for ( uint64_t i = 0; i + nr <= KERNEL_GPFNS; i += align )
    {
        uint64_t n = 0;

        while ( n < nr && k->page[i + n] == free_kind )
            n++;
        if ( n < nr )
            continue;
        memset(k->page + i, taken, nr);
        *pfn = i;
        return 0;
    }
    return -ENOMEM;
}

static int pages_get(struct guest *g, unsigned int order, unsigned int address_bits,
                     uint64_t *pfn)
{
    (void)address_bits;     /* a machine without hypervisor has all of its memory below */
    return row_get(of(g), 1u << order, 1u << order, PAGE_FREE, PAGE_TAKEN, pfn);
}

static void pages_put(struct guest *g, unsigned int order, uint64_t pfn)
{
    memset(of(g)->page + pfn, PAGE_FREE, 1u << order);
}

static int hole_get(struct guest *g, uint64_t nr, uint64_t *pfn)
{
    return row_get(of(g), nr, 1, PAGE_HOLE, PAGE_HOLE_TAKEN, pfn);
}

static void hole_put(struct guest *g, uint64_t nr, uint64_t pfn)
{
    memset(of(g)->page + pfn, PAGE_HOLE, nr);
}

static uint64_t linear(struct guest *g, uint64_t pfn)
{
    if ( pfn && pfn == of(g)->no_address )
        pfn = KERNEL_GPFNS * 2;         /* beyond what a page table could have */
    return MACHINE_PV_BASE + (pfn << g->page_shift);
}

static void *reach(struct guest *g, uint64_t address, bool write)
{
    struct kernel *k = of(g);

    if ( !k->d )
        return address >> g->page_shift < KERNEL_PAGES + KERNEL_MEMORY ? k->bare + address : NULL;
    return g->translated ? machine_at(k->v, address, write)
                         : machine_va_at(k->v, address, write);
}

static const struct guest_kernel calls = {
    .start = start, .allocate = allocate, .release = release, .pages_get = pages_get,
    .pages_put = pages_put, .hole_get = hole_get, .hole_put = hole_put, .linear = linear,
    .reach = reach,
};

/* ---- starting -------------------------------------------------------------------- */

static struct kernel *new_kernel(unsigned int page_shift, unsigned int flags)
{
    struct kernel *k = calloc(1, sizeof(*k));

    if ( !k )
        abort();
    k->guest = (struct guest){ .kernel = &calls, .context = k, .page_shift = page_shift };
    k->flags = flags;
    k->next = kernels;
    kernels = k;
    memset(k->page, PAGE_HOLE, sizeof(k->page));
    memset(k->page, PAGE_KERNEL, KERNEL_PAGES);
    memset(k->page + KERNEL_PAGES, PAGE_FREE, KERNEL_MEMORY);
    return k;
}

struct kernel *kernel_domain(const struct machine_domain *how)
{
    struct machine_domain built = *how;
    struct kernel *k;

    built.page_shift = how->page_shift ? how->page_shift : PAGE_SHIFT;
    built.kernel_pages = KERNEL_PAGES;
    built.pages = KERNEL_PAGES + KERNEL_MEMORY;
    built.max_pages = built.pages + 128;
    built.max_gpfns = how->max_gpfns ? how->max_gpfns : KERNEL_GPFNS;
    built.mapped = how->pv;
    k = new_kernel(built.page_shift, GUEST_UNDER_XEN | (how->privileged ? GUEST_PRIVILEGED : 0) |
                                     (how->pv ? 0 : GUEST_TRANSLATED));
    k->d = machine_domain(&built);
    if ( !k->d )
    {
        kernel_free(k);
        return NULL;
    }
    k->v = machine_vcpu(k->d, 0);
    k->drivers = machine_guest_alloc(k->d, sizeof(*k->drivers));
    return k;
}

struct kernel *kernel_bare(unsigned int page_shift)
{
    struct kernel *k = new_kernel(page_shift, 0);

    k->bare = calloc(KERNEL_PAGES + KERNEL_MEMORY, (size_t)1 << page_shift);
    k->drivers = calloc(1, sizeof(*k->drivers));
    if ( !k->bare || !k->drivers )
        abort();
    return k;
}

void kernel_free(struct kernel *k)
{
    struct kernel **at = &kernels;

    while ( *at != k )
        at = &(*at)->next;
    *at = k->next;
    if ( running == k )
        running = NULL;
    if ( !k->d )
    {
        free(k->bare);
        free(k->drivers);
    }
    free(k);
}

void kernel_free_all(void)
{
    while ( disks )
    {
        struct disk *next = disks->next;

        free(disks);
        disks = next;
    }
    while ( kernels )
        kernel_free(kernels);
}

int kernel_boot(struct kernel *k, unsigned int grant_version)
{
    struct drivers *d = k->drivers;
    int rc = guest_start(&k->guest);

    if ( rc || !d )
        return rc ? rc : -ENOMEM;
    rc = guest_p2m_start(&d->p2m, &k->guest, KERNEL_GPFNS);
    if ( rc )
        return rc;
    rc = balloon_start(&d->balloon, &d->p2m);
    if ( rc && rc != -GUEST_ENODEV )
        return rc;
    rc = grants_start(&d->grants, &d->p2m, grant_version, 2);
    if ( rc && rc != -GUEST_ENODEV )
        return rc;
    /* Low enough for any device here; who may not know machine frames has no DMA. */
    rc = dma_start(&d->dma, &d->p2m, 2, MACHINE_LOW_BITS);
    return rc == -GUEST_EPERM ? 0 : rc;
}

/* ---- contents -------------------------------------------------------------------- */

/* Small numbers, so that no data looks like a frame. */
uint8_t kernel_byte(uint64_t seed, uint64_t i)
{
    uint64_t x = (seed + 1) * 0x9e3779b97f4a7c15u + i * 0xd6e8feb86659fd93u;

    return (uint8_t)(x >> 56) & 0x7f;
}

void kernel_fill(struct kernel *k, uint64_t pfn, uint64_t offset, uint64_t bytes, uint64_t seed)
{
    uint8_t *at = guest_page(&k->guest, pfn, true);

    for ( uint64_t i = 0; at && i < bytes; i++ )
        at[offset + i] = kernel_byte(seed, i);
}

bool kernel_holds(struct kernel *k, uint64_t pfn, uint64_t offset, uint64_t bytes, uint64_t seed)
{
    const uint8_t *at = guest_page(&k->guest, pfn, false);

    for ( uint64_t i = 0; at && i < bytes; i++ )
        if ( at[offset + i] != kernel_byte(seed, i) )
            return false;
    return at;
}

uint64_t kernel_take_page(struct kernel *k)
{
    uint64_t pfn;

    return pages_get(&k->guest, 0, 0, &pfn) ? GUEST_NO_FRAME : pfn;
}

void kernel_give_page(struct kernel *k, uint64_t pfn)
{
    pages_put(&k->guest, 0, pfn);
}

uint64_t kernel_map_ring(struct kernel *k, domid_t domid, grant_ref_t ref,
                         struct grants_mapping *m)
{
    const struct grants_foreign of_them = { domid, ref };

    *m = (struct grants_mapping){ .pfn = 0 };
    if ( hole_get(&k->guest, 1, &m->pfn) ||
         grants_map(&k->drivers->p2m, m, &of_them, 1, 0) != 1 )
        return 0;
    return m->address;
}

/* ---- devices --------------------------------------------------------------------- */

/* Without a hypervisor a device reaches memory as it is. */
static int device(struct kernel *k, uint64_t machine, void *at, uint64_t bytes, bool to_memory)
{
    if ( k->d )
        return to_memory ? machine_device_write(k->d, machine, at, bytes)
                         : machine_device_read(k->d, machine, at, bytes);
    if ( (machine + bytes - 1) >> k->guest.page_shift >= KERNEL_PAGES + KERNEL_MEMORY )
        return -EFAULT;
    memcpy(to_memory ? (void *)(k->bare + machine) : at, to_memory ? at : k->bare + machine, bytes);
    return 0;
}

static int disk_transfer(struct blk_disk *blk, uint64_t sector, uint64_t machine, uint64_t bytes,
                         bool write)
{
    struct disk *disk = blk->context;

    if ( sector + bytes / 512 > DISK_SECTORS )
        return -EIO;
    if ( blk->address_bits && (machine + bytes - 1) >> blk->address_bits )
        disk->beyond++;
    disk->dma++;
    return device(disk->owner, machine, disk->sector[sector], bytes, !write);
}

static int disk_programmed(struct blk_disk *blk, uint64_t sector, void *at, uint64_t bytes,
                           bool write)
{
    struct disk *disk = blk->context;

    if ( sector + bytes / 512 > DISK_SECTORS )
        return -EIO;
    disk->programmed++;
    memcpy(write ? (void *)disk->sector[sector] : at, write ? at : disk->sector[sector], bytes);
    return 0;
}

struct disk *disk_of(struct kernel *k, unsigned int address_bits)
{
    struct disk *disk = calloc(1, sizeof(*disk));

    if ( !disk )
        abort();
    disk->next = disks;
    disks = disk;
    disk->owner = k;
    disk->blk = (struct blk_disk){ .transfer = disk_transfer, .programmed = disk_programmed,
                                   .context = disk, .address_bits = address_bits };
    return disk;
}

uint8_t *disk_bytes(struct disk *disk, uint64_t sector)
{
    return disk->sector[sector];
}

int nic_receive(struct kernel *k, uint64_t pfn, uint64_t offset, uint64_t bytes, uint64_t seed)
{
    struct dma *dma = &k->drivers->dma;
    struct dma_buffer buffer;
    uint8_t *packet;
    int rc, copied;

    if ( k->guest.xen && !k->guest.right )
    {
        kernel_fill(k, pfn, offset, bytes, seed);
        return 0;
    }
    rc = dma_map(dma, &buffer, pfn, offset, bytes, 0, DMA_FROM_DEVICE);
    if ( rc )
        return rc;
    packet = malloc(bytes);
    for ( uint64_t i = 0; i < bytes; i++ )
        packet[i] = kernel_byte(seed, i);
    rc = device(k, buffer.machine, packet, bytes, true);
    free(packet);
    copied = dma_unmap(dma, &buffer);
    return rc ? rc : copied;
}
