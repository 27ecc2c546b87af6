/* SPDX-License-Identifier: MIT */
/*
 * The simulated machine, as those who run it see it: what a guest's memory
 * holds, what goes wrong and when, and what the hypervisor did. Needs port.h.
 */
#ifndef MACHINE_H
#define MACHINE_H

#include "port.h"

#define GUEST_BASE   0x10000000UL       /* where guest memory begins for the guest */
#define GUEST_SIZE   0x40000UL
#define GUEST_LIMIT  0xf0000000UL       /* addresses from here on are the hypervisor's */

#define MOST_ACCESSES 4096
#define MOST_DOMAINS  8

/* One copy from or to guest memory. */
struct access {
    unsigned long address, bytes;
    unsigned int entry;                 /* which entry into the hypervisor, from 0 */
    bool write, failed;
    uint64_t data;                      /* a digest of what was copied */
};

/* What the hypervisor asked for; the harness runs it as the guest would. */
struct continuation {
    bool wanted;
    unsigned int nr, arguments;
    unsigned long reg[5];
};

struct machine {
    unsigned char *memory;              /* guest address GUEST_BASE */
    unsigned char *reads;               /* per byte: how often read since the entry began */

    /* What is to happen. Accesses, looks and entries count from 0; ~0u is never. */
    unsigned int fault_at;              /* this access fails; a read once more if tried again */
    unsigned long lost;                 /* no byte from here on can be read; ~0 is never */
    bool tells;                         /* a copy says how much of it failed, or else all */
    unsigned long hole, hole_bytes;     /* accesses to here fail */
    bool hole_is_for_writes;            /* and reads do not */
    bool refuse_second;                 /* reading a byte twice in an entry fails */
    void (*adversary)(struct machine *m, unsigned long address, unsigned long bytes);
    unsigned int preempt_at;            /* this look finds something pending */
    bool preempt_always;
    const char *denied;                 /* this hook says no; "*" is all */

    /* What happened. */
    struct access access[MOST_ACCESSES];
    unsigned int accesses, looks, entries, asked;
    unsigned int read_twice;            /* bytes */
    unsigned int not_checked;           /* accesses nobody had checked the range of */
    struct { unsigned long address, bytes; } okay[64];
    unsigned int okays;
    struct continuation next;
    char hooks[256];                    /* those asked, in order: "name(rule) " */
    domid_t about[64];                  /* and about whom; DOMID_INVALID: the machine */
    unsigned int clamped;               /* indices that went through the nospec helper */

    struct domain domains[MOST_DOMAINS];
    unsigned int nr_domains;
};

extern struct machine machine;

/* Memory of zeros, no domains, no plans. Once, with room for it, before all else. */
void machine_start(void);
void machine_reset(void);
/* A hypercall is entered: counts per entry begin anew. */
void machine_enter(void);

struct domain *machine_add_domain(domid_t id);
void machine_run(struct domain *d);
int machine_locks(void);

/* Guest memory as the guest sees it: NULL if not all of it is there. */
void *machine_memory(unsigned long address, unsigned long bytes);
uint64_t machine_digest(const void *from, unsigned long bytes, uint64_t seed);

#endif /* MACHINE_H */
