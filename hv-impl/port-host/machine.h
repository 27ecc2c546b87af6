/* SPDX-License-Identifier: MIT */
/*
 * The simulated machine, as tests see it: frames, domains with processors that
 * are threads, what goes wrong and when, and what was found out. Needs port.h;
 * what a guest's kernel may touch of it is in the part "guests".
 */
#ifndef MACHINE_H
#define MACHINE_H

#include "port.h"

/* ---- the machine ---------------------------------------------------------------- */

/*
 * Frame numbers are above all guest frames, so that one is known when it is seen; written
 * as an address they are no two small numbers side by side. Low memory has addresses of
 * MACHINE_LOW_BITS, the rest needs more. Devices are where guests can have them, too.
 */
#define PORT_MFN_BASE       0x1fffe000ul
#define MACHINE_LOW_FRAMES  0x1000ul
#define MACHINE_HIGH_BASE   0x20002000ul
#define MACHINE_LOW_BITS    (29 + PAGE_SHIFT)
#define MACHINE_IO_MFN      0x0fff0000ul
#define MACHINE_IO_FRAMES   16ul

struct machine_config {
    uint64_t frames;                    /* granules; 0: 16384 */
    uint64_t seed;                      /* of the order of scattered frames */
    bool no_transfer;                   /* gnttab=no-transfer */
    bool low;                           /* pointers to memory, guests' too, have 32 bits */
};

void machine_start(const struct machine_config *how);   /* NULL: as usual */
/* All domains die. NULL, or what was left over (I11). All plans and findings end. */
const char *machine_stop(void);

/* ---- domains -------------------------------------------------------------------- */

enum machine_layout {
    LAYOUT_RUN,                         /* one machine frame after the other */
    LAYOUT_SCATTERED,                   /* no two of them */
    LAYOUT_FRAGMENTS,                   /* runs of 1 to 16 pages */
};

/* From registers into a dispatcher: the result. */
typedef unsigned long machine_entry(unsigned int nr, const unsigned long reg[5]);

struct machine_domain {
    domid_t id;
    bool pv, hvm, privileged, hardware, has_pmt;        /* not pv: translated */
    bool mapped;                        /* PV: each page at its linear address from the start */
    unsigned int page_shift;            /* 0: the machine's */
    uint64_t pages;                     /* at gfn 0 and up; at least kernel_pages; 0: 64 */
    uint64_t max_pages;                 /* 0: 256 more */
    uint64_t max_gpfns;                 /* 0: 65536 */
    enum machine_layout layout;
    unsigned int kernel_pages;          /* a power of two; 0: 32 */
    unsigned int grant_frames, maptrack_frames, grant_version_max;      /* 0: 4, 4, 2 */
    unsigned int max_order;             /* 0: 9 */
    unsigned int address_bits;          /* 0: all */
    unsigned int vcpus;                 /* 0: 1 */
    bool other_maps;                    /* HVM: as if nested HVM, or altp2m, were on */
    bool pager;                         /* a tool may page its memory out and in */
    machine_entry *entry;               /* its own way in, of guests of another width; NULL: ours */
};

/* NULL if it cannot be built, and then nothing is left of it. */
struct domain *machine_domain(const struct machine_domain *how);

/*
 * It dies, and is taken down as far as it goes: 0, or -EBUSY while others hold
 * something of it: call again when they have let go. Its processors do not run.
 */
int machine_kill(struct domain *d);
/* Nobody finds it by its number, as if it were gone; and again. For a machine at rest. */
void machine_hide(struct domain *d, bool hidden);
/* Its processors run no guest from now on, calls apart; is_dying is set, and no more. */
void machine_dying(struct domain *d);
/* The right is given, or taken back, with its windows. */
void machine_right(struct domain *d, bool has_pmt);
bool machine_crashed(const struct domain *d);
/* Domains whose structure is there, dying ones too. */
unsigned int machine_nr_domains(void);

/* ---- processors ------------------------------------------------------------------ */

struct vcpu *machine_vcpu(struct domain *d, unsigned int nr);
/* This thread is that processor from now on: what it does, it does as a guest. */
void machine_run_as(struct vcpu *v);
/* A thread for it. */
void machine_thread(struct vcpu *v, void (*run)(void *argument), void *argument);
void machine_join(struct vcpu *v);

/* Entries from guests; those that go on are not counted again. */
uint64_t machine_hypercalls(void);

/* ---- guests ---------------------------------------------------------------------- */

/*
 * The kernel's memory: guest frames from 0 on, where plain pointers reach. That,
 * and the stack of the running thread, is where arguments of hypercalls may be;
 * of a PV domain also in linear memory.
 */
void *machine_guest_alloc(struct domain *d, size_t bytes);      /* zeroed, 64-aligned; NULL: none left */
void machine_guest_free(struct domain *d, void *p, size_t bytes);
void machine_guest_reset(struct domain *d);                     /* frees all of it */
/* Guest-physical address of a byte in the kernel's memory or on the stack; ~0: neither. */
uint64_t machine_guest_physical(struct domain *d, const void *p);

/*
 * Any other page, through the processor's TLB with the rights that the table
 * gives: 0 or -EFAULT. Aligned words are read and written at once.
 */
int machine_read(struct vcpu *v, uint64_t gpa, void *to, size_t bytes);
int machine_write(struct vcpu *v, uint64_t gpa, const void *from, size_t bytes);
/* A pointer to it, good to the page's end and until the next flush; NULL: a fault. */
void *machine_at(struct vcpu *v, uint64_t gpa, bool write);

/* PV: linear addresses. Page number pfn has its place at MACHINE_PV_BASE and up. */
#define MACHINE_PV_BASE 0xffff880000000000ul
int machine_va_read(struct vcpu *v, uint64_t va, void *to, size_t bytes);
int machine_va_write(struct vcpu *v, uint64_t va, const void *from, size_t bytes);
void *machine_va_at(struct vcpu *v, uint64_t va, bool write);
/* Machine address of the page table entry for va; ~0: none. What it says; 0: nothing. */
uint64_t machine_pte_address(struct domain *d, uint64_t va);
uint64_t machine_pte(struct domain *d, uint64_t va);
#define MACHINE_PTE_PRESENT  1ul
#define MACHINE_PTE_WRITABLE 2ul
#define MACHINE_PTE_GRANT    0x200ul    /* what a grant put there */

/* DMA, through what the IOMMU lets the domain reach: 0 or -EFAULT. */
int machine_device_read(struct domain *d, uint64_t machine_address, void *to, size_t bytes);
int machine_device_write(struct domain *d, uint64_t machine_address, const void *from,
                         size_t bytes);

/* A page of a domain becomes a page table, or plain memory again; false: it is in use. */
bool machine_make_table(struct domain *d, uint64_t mfn, bool table);

/* ---- plans ----------------------------------------------------------------------- */

#define MACHINE_NEVER (~0ull)

enum machine_leak { MACHINE_NO_LEAK, MACHINE_LEAK_MEMORY, MACHINE_LEAK_REGISTER, MACHINE_LEAK_SHARED };

/* Numbers count from machine_plan_reset(), the first is 0. */
struct machine_plan {
    uint64_t fail_alloc_at;             /* port_alloc */
    uint64_t fail_page_at;              /* port_page_alloc, port_page_adopt */
    uint64_t fail_window_at;            /* port_window_create, _commit */
    uint64_t fail_copy_at;              /* one copy from or to a guest */
    uint64_t fail_device_at;            /* port_device */
    uint64_t preempt_at;                /* this look finds something pending */
    bool preempt_always;
    bool only_current;                  /* all of these: in this thread alone */
    unsigned int most_steps;            /* between two looks; 0: 20000 */
    const char *denied;                 /* this hook says no; "*" is all */
    unsigned long hole, hole_bytes;     /* guest addresses that cannot be copied from or to */
    bool hole_is_for_writes;            /* and can be read */
    void (*at_point)(const char *name, void *context);  /* see PORT_POINT; not from within itself */
    /* A lock is about to be taken: which, and its rank. */
    void (*at_lock)(const void *lock, unsigned int rank, void *context);
    void *context;
    /* A guest copy is done: somebody may change the guest's memory now. */
    void (*adversary)(unsigned long address, unsigned long bytes, bool write);
    enum machine_leak plant_leak;       /* once, in the next call of a domain without has_pmt */
};

enum machine_call { CALL_GRANT_TABLE, CALL_MEMORY, CALL_PMT, CALL_DOM0VP, MACHINE_CALLS };

struct machine_counters {
    uint64_t allocs, pages, windows, copies, devices, looks;
    uint64_t flushes, continuations, steps_most;
    uint64_t called[MACHINE_CALLS];     /* by interface: a bit for each op that was asked for */};

extern struct machine_plan machine_plan;
extern struct machine_counters machine_counters;

/* Nothing is planned, all counters are 0. */
void machine_plan_reset(void);
/* "called INTERFACE NUMBER...", a line for each interface. */
void machine_print_called(const uint64_t called[MACHINE_CALLS]);

/* ---- findings -------------------------------------------------------------------- */

/*
 * What must hold at rest (docs/security.md): references and types of pages, table and reverse,
 * pins and what granters see, lists and charges, TLBs: NULL, or a sentence. Whatever was seen
 * to go wrong before comes first: a stale translation, a lock that is kept, a step without
 * end. Not here: what was written beside a caller's arrays, for there are no guard pages around
 * them; and what a guest was told (machine_leaks()).
 */
const char *machine_audit(void);
/* The first such thing so far, or NULL; forgotten with machine_forget(). */
const char *machine_violation(void);
void machine_forget(void);

/* Frame numbers that reached a domain without has_pmt: how many, and where the first. */
unsigned int machine_leaks(void);
const char *machine_leak_text(void);
/* Is this word a frame number, in any way it is written? */
bool machine_marked(uint64_t word);

#endif /* MACHINE_H */
