/* SPDX-License-Identifier: MIT */
/*
 * A kernel for the flows: the smallest one that guest-impl can be part of. The
 * same one in each domain of the simulated machine, and on a machine of its own
 * without a hypervisor. Its hypercalls are those of guest-impl: it makes none.
 */
#ifndef KERNEL_H
#define KERNEL_H

#include "machine.h"

#include "guest.h"
#include "guest-p2m.h"
#include "balloon.h"
#include "blk.h"
#include "dma.h"
#include "grants.h"
#include "net.h"

#define KERNEL_PAGES    64u             /* of its own, at pfn 0 */
#define KERNEL_MEMORY   160u            /* free pages behind them */
#define KERNEL_GPFNS    4096u           /* holes up to here */

/* What drivers keep; in guest memory, as hypercalls read and write it. */
struct drivers {
    struct guest_p2m p2m;
    struct balloon balloon;
    struct dma dma;
    struct grants grants;
    struct net_back net_back;
    struct net_front net_front;
    struct blk_back blk_back;
    struct blk_front blk_front;
};

enum kernel_page { PAGE_KERNEL, PAGE_FREE, PAGE_TAKEN, PAGE_HOLE, PAGE_HOLE_TAKEN };

struct kernel {
    struct guest guest;
    struct domain *d;                   /* NULL: no hypervisor */
    struct vcpu *v;
    unsigned int flags;                 /* what it is told when it starts */
    struct drivers *drivers;
    unsigned char page[KERNEL_GPFNS];   /* enum kernel_page */
    struct { void *memory; unsigned long bytes; } spare[64];
    unsigned int nr_spare;
    unsigned char *bare;                /* its memory without a hypervisor */
    uint64_t hypercalls;                /* that it has made */
    uint64_t no_address;                /* a pfn that the page table cannot show; 0: none */
    unsigned int no_memory_at;          /* that allocation from now on fails, once; 0: none */
    struct kernel *next;
};

/* A domain with a kernel. extra: what differs from an ordinary one. */
struct kernel *kernel_domain(const struct machine_domain *how);
struct kernel *kernel_bare(unsigned int page_shift);
/* The machine has the domain. kernel_free_all() at the end does it for all that are left. */
void kernel_free(struct kernel *k);
void kernel_free_all(void);

/*
 * Everything from here to the next one is done by this kernel, and its hypercalls
 * are counted as its own. NULL: by nobody.
 */
void kernel_runs(struct kernel *k);

/* guest_start() and what each kernel sets up, whatever it runs on. */
int kernel_boot(struct kernel *k, unsigned int grant_version);

static inline uint64_t kernel_page_size(const struct kernel *k)
{
    return guest_page_size(&k->guest);
}

/* Bytes of a page as the kernel sees them: false, it faults or they are others. */
void kernel_fill(struct kernel *k, uint64_t pfn, uint64_t offset, uint64_t bytes, uint64_t seed);
bool kernel_holds(struct kernel *k, uint64_t pfn, uint64_t offset, uint64_t bytes,
                  uint64_t seed);
uint8_t kernel_byte(uint64_t seed, uint64_t i);
uint64_t kernel_take_page(struct kernel *k);
void kernel_give_page(struct kernel *k, uint64_t pfn);

/* The frontend's ring at the backend: maps it, and says where. 0: it cannot be. */
uint64_t kernel_map_ring(struct kernel *k, domid_t domid, grant_ref_t ref,
                         struct grants_mapping *m);

/* ---- devices --------------------------------------------------------------------- */

#define DISK_SECTORS    2048u

struct disk {
    struct disk *next;
    struct blk_disk blk;
    struct kernel *owner;
    uint8_t sector[DISK_SECTORS][512];
    uint64_t dma, programmed, beyond;   /* transfers; addresses it cannot have */
};
/* Freed with the kernels. */
struct disk *disk_of(struct kernel *k, unsigned int address_bits);
uint8_t *disk_bytes(struct disk *disk, uint64_t sector);

/* A packet comes in: by DMA into a page of the kernel's, or for one without DMA by hand. */
int nic_receive(struct kernel *k, uint64_t pfn, uint64_t offset, uint64_t bytes, uint64_t seed);

#endif /* KERNEL_H */
