/* SPDX-License-Identifier: MIT */
/*
 * What the files of the simulated machine share. Needs machine.h and what is
 * implemented above the door.
 */
#ifndef PORT_HOST_H
#define PORT_HOST_H

#include <pthread.h>

#include "machine.h"
#include "hv.h"

#define MOST_DOMAINS   64
#define MOST_VCPUS     16
#define TLB_ENTRIES    64
#define NOWHERE        (~(uint64_t)0)

/* For measuring: the machine looks for no mistakes, and nothing goes wrong as planned. */
#ifdef PORT_QUICK
enum { QUICK = 1 };
#else
enum { QUICK = 0 };
#endif

/* ---- frames (frames.c, pages.c) ---------------------------------------------------- */

/* One granule. What a page has stands in its first. */
struct frame {
    uint32_t references;                /* with "allocated", which is ALLOCATED, too */
    uint32_t type;                      /* enum frame_type << 24 | how often */
    struct domain *owner, *last;        /* who had it before it was stolen */
    uint32_t next, before;              /* of the owner's, or of the free ones */
    uint8_t order;                      /* of the page, or of the free block */
    uint8_t state;                      /* enum frame_state */
    bool special, io, dirty;
};

#define ALLOCATED  0x80000000u
#define NO_FRAME   (~(uint32_t)0)

enum frame_type { TYPE_NONE, TYPE_WRITABLE, TYPE_TABLE };
enum frame_state { FRAME_INSIDE, FRAME_FREE, FRAME_USED, FRAME_STOLEN };

/* Whose frame it is decides; that of a neighbour, which others decide, may be asked, too. */
static inline enum frame_state frame_state(const struct frame *frame)
{
    return (enum frame_state)__atomic_load_n(&frame->state, __ATOMIC_RELAXED);
}

static inline void frame_becomes(struct frame *frame, enum frame_state state)
{
    __atomic_store_n(&frame->state, (uint8_t)state, __ATOMIC_RELAXED);
}

struct host {
    struct frame *frame;
    unsigned char *memory;
    uint64_t nr_frames;                 /* without device memory */
    uint64_t nr_free;
    uint64_t random;
    pthread_mutex_t lock;               /* free blocks; taken last */
    struct domain *domain[MOST_DOMAINS];
    unsigned int nr_domains;            /* places in use; some may be NULL */
    struct domain io;                   /* owns device memory */
    uint64_t hypercalls;
    uint64_t memory_allocated, windows;
    unsigned int threads, killed;       /* processors that run; domains that go */
    bool started;
};
extern struct host host;

/* Index in host.frame: low memory, high memory, devices. */
static inline struct frame *frame_of(uint64_t mfn)
{
    uint64_t low = mfn - PORT_MFN_BASE, high = mfn - MACHINE_HIGH_BASE, io = mfn - MACHINE_IO_MFN;

    if ( low < MACHINE_LOW_FRAMES )
        return low < host.nr_frames ? &host.frame[low] : NULL;
    high += MACHINE_LOW_FRAMES;
    if ( high >= MACHINE_LOW_FRAMES && high < host.nr_frames )
        return &host.frame[high];
    return io < MACHINE_IO_FRAMES ? &host.frame[host.nr_frames + io] : NULL;
}

static inline uint64_t index_mfn(uint64_t i)
{
    return i < MACHINE_LOW_FRAMES && i < host.nr_frames ? PORT_MFN_BASE + i :
           i < host.nr_frames ? MACHINE_HIGH_BASE + (i - MACHINE_LOW_FRAMES) :
           MACHINE_IO_MFN + (i - host.nr_frames);
}

static inline uint64_t frame_mfn(const struct frame *frame)
{
    return index_mfn((uint64_t)(frame - host.frame));
}

/* The frame that stands for the page that a granule is in. */
struct frame *frame_head(uint64_t mfn);

void frames_start(uint64_t frames, bool low);
void frames_stop(void);
/* With host.lock held. NO_FRAME: none. */
uint32_t frames_take(unsigned int order, unsigned int address_bits);
void frames_give(uint32_t first, unsigned int order);
unsigned int page_order_of(const struct domain *d);
uint64_t host_random(void);

/* ---- domains (domains.c, build.c) ---------------------------------------------------- */

struct tlb_entry {
    uint64_t tag;                       /* page number; NOWHERE: none */
    unsigned char *at;                  /* its bytes */
    uint64_t word;                      /* the entry it came from */
    bool linear, writable, confirmed;
};

struct tlb {
    pthread_mutex_t lock;               /* held while an access goes through it */
    bool filled;                        /* once at least */
    struct tlb_entry entry[TLB_ENTRIES];
};

struct port_vcpu {
    struct vcpu vcpu;
    struct tlb tlb;
    pthread_t thread;
    void (*run)(void *argument);
    void *argument;
};

/* What the IOMMU lets a domain reach beside its own. */
struct device_map {
    uint64_t mfn;
    unsigned int readers, writers;
    struct device_map *next;
};

struct port_domain {
    struct domain d;
    struct port_vcpu *vcpu;
    unsigned int nr_vcpus;
    pthread_mutex_t page_lock;          /* of the lists, and of what tot_pages may become */
    uint32_t first, first_special;      /* lists of pages */
    uint64_t nr_pages, nr_special, nr_taken;
    unsigned int holds;
    bool crashed, killed;
    bool paused;                        /* its processors run no guest: before is_dying */
    bool built;                         /* hv_domain_create has been called */
    struct port_domain *gone;           /* the next of those that are */
    machine_entry *entry;
    /* The kernel's memory. */
    unsigned char *kernel;
    uint64_t kernel_bytes, kernel_used;
    void *kernel_free[32];              /* by size */
    pthread_mutex_t kernel_lock;
    /* Page tables of a PV domain, a page of entries each; 0: not there yet. */
    pthread_mutex_t pv_lock;
    uint64_t *l1;
    uint64_t nr_l1;
    /* Devices. */
    struct tlb dma;
    pthread_mutex_t device_lock;
    struct device_map *device;
};

void domains_add(struct domain *d);
/* Dying domains that nobody holds any more go. */
void domains_reap(void);
void domains_bury(void);
#define for_each_domain(d, i)                                                  \
    for ( (i) = 0; (i) < __atomic_load_n(&host.nr_domains, __ATOMIC_ACQUIRE); (i)++ )                              \
        if ( ((d) = __atomic_load_n(&host.domain[i], __ATOMIC_ACQUIRE)) != NULL )

/* ---- what this thread is doing ---------------------------------------------------- */

struct continuation {
    bool wanted;
    unsigned int nr;
    unsigned long reg[5];
};

struct here {
    int rcu;                            /* domains locked */
    unsigned int locks;                 /* held, the last one is the highest */
    struct port_lock *lock[16];
    unsigned long steps;                /* since the last look */
    unsigned long stack, stack_end;
    bool in_call, in_multicall, in_point;
    bool open;                          /* what is written is no secret */
    unsigned int okays;
    struct { unsigned long address, bytes; } okay[64];
    struct continuation next;
    bool planned;                       /* plans that are for one thread are for this one */
};
extern __thread struct here here;

/* One more step of the hypervisor's, towards the next look; somebody looks. */
#ifdef PORT_QUICK
#define host_step() ((void)0)
#else
void host_step(void);
#endif
void host_looked(void);

/* ---- plans and findings (plan.c) ---------------------------------------------------- */

/* Is this one, which is counted, to fail? */
#ifdef PORT_QUICK
#define plan_fails(counter, at) ((void)(counter), (void)(at), false)
#else
bool plan_fails(uint64_t *counter, uint64_t at);
#endif
void violation(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* ---- memory (tlb.c, copy.c) -------------------------------------------------------- */

/* As plain memory is copied; aligned words at once, so that threads may do it. */
void host_copy(void *to, const void *from, size_t bytes);
void host_clear(void *at, size_t bytes);
unsigned char *host_address(uint64_t mfn);

/* Somebody still goes by what the frames of a page were: I6. */
void tlb_look_for(uint64_t mfn, unsigned int order, const char *what);
void tlb_start(struct tlb *tlb);
/* Every entry is what the tables say now; a sentence goes to violation(). */
void tlb_audit(struct domain *d);

/* Bytes of a guest's kernel, stack or PV memory, up to the end of a page. */
struct guest_bytes {
    unsigned char *at;
    size_t bytes;
    uint64_t mfn;                       /* a reference is held; NOWHERE: none is needed */
};
bool guest_find(struct domain *d, unsigned long address, bool write, struct guest_bytes *found);
bool guest_find_physical(struct domain *d, uint64_t gpa, bool write, struct guest_bytes *found);
void guest_done(struct guest_bytes *found);

/* ---- page tables of PV domains (pv.c) ----------------------------------------------- */

bool pv_start(struct domain *d, uint64_t max_gpfns);
void pv_stop(struct domain *d);         /* all mappings end */
/* Where the entry for va is; NULL: no place. */
uint64_t *pv_slot(struct domain *d, uint64_t va, bool make);
/* What a domain writes into its own table; owner: of the page. 0 or -errno. */
int pv_write(struct domain *d, uint64_t *slot, uint64_t pte, struct domain *owner);
uint64_t *pv_slot_at(struct domain *d, uint64_t machine_address);
long pv_mmu_update(const unsigned long reg[5]);
long pv_update_va_mapping(const unsigned long reg[5]);

/* ---- calls (calls.c) and marks (marks.c) --------------------------------------------- */

unsigned long call_enter(unsigned int nr, const unsigned long reg[5]);
bool marks_apply(const struct domain *d);
/* What was there, and what is there now: at guest address where. */
void marks_look(const void *before, const void *now, size_t bytes, unsigned long where);
unsigned long marks_register(unsigned int nr, unsigned long cmd, unsigned long result);
bool marks_open(unsigned int nr, unsigned long cmd, unsigned long result);
void marks_shared(void);
void marks_forget(void);
void marks_plant_memory(void *at, size_t bytes);

#endif /* PORT_HOST_H */
