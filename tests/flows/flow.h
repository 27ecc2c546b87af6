/* SPDX-License-Identifier: MIT */
/* What the nine flows have in common, and how one of them is told to go wrong. */
#ifndef FLOW_H
#define FLOW_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#include "kernel.h"

#ifdef PORT_IA64
#define FLOW_HVM    false
#define FLOW_DOM0S  1u          /* no PV page tables there: translated, with the right */
#define FLOW_NAME   "ia64"
#else
#define FLOW_HVM    true
#define FLOW_DOM0S  2u          /* also one with PV page tables */
#define FLOW_NAME   "x86"
#endif

/* What dom0 is in this run. */
extern bool flow_pv;

#define FLOW_BATCH  32u

/* A flow is wrong from the first check that fails on; the rest is still done. */
#define CHECK(what)         flow_check((what), #what, __FILE__, __LINE__)
bool flow_check(bool good, const char *what, const char *file, int line);

/* The one line that says what was counted. */
void flow_says(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Mistakes that a twin makes on purpose. */
enum flow_twin {
    TWIN_NONE,
    TWIN_LEAK_MEMORY, TWIN_LEAK_REGISTER, TWIN_LEAK_SHARED,
    TWIN_CONTENTS,                      /* a byte of a packet or sector changes on its way */
    TWIN_EXTRA_CALL,                    /* one hypercall more than needed */
    TWIN_IMAGE,                         /* a frame number is in the memory that is saved */
    TWIN_OF_XEN,
    TWIN_LAST,
};
extern enum flow_twin flow_twin;
/* From here on: the mistakes that the hypervisor is to make. */
void flow_plant(void);
/* Setting up is done: what is to fail counts from here. */
void flow_arm(void);

/* The first domain, and one that it serves, both booted; dom0 as the architecture has it. */
struct kernel *flow_dom0(unsigned int page_shift);
struct kernel *flow_domu(domid_t id, unsigned int page_shift, unsigned int grant_version);
struct kernel *flow_boot(const struct machine_domain *how, unsigned int grant_version);

/* ---- a network between two kernels ------------------------------------------------- */

struct network {
    struct kernel *back, *front;
    struct grants_mapping ring;
    uint32_t bytes;                     /* of a packet: a page, but for what makes it odd */
    unsigned int batches, packets;
    uint64_t pfn[GUEST_BATCH];          /* receive buffers of the network card */
    uint64_t back_calls, front_calls;   /* hypercalls for packets, not for setting up */
    uint64_t set_up_calls;
};

bool network_up(struct network *w, struct kernel *back, struct kernel *front, enum net_way way);
/* One batch, from the card to what the frontend's user reads; frees what was received. */
bool network_batch(struct network *w);
bool network_down(struct network *w);

/* ---- a disk between two kernels ---------------------------------------------------- */

struct storage {
    struct kernel *back, *front;
    struct disk *disk;
    struct grants_mapping ring;
    uint64_t back_calls, requests, dma, programmed;     /* the last two when it is down */
};

bool storage_up(struct storage *s, struct kernel *back, struct kernel *front,
                unsigned int address_bits);
/* nr pages of the frontend's, from sector on; each page is filled by, or must hold, seed + i. */
bool storage_write(struct storage *s, uint64_t sector, unsigned int nr, uint64_t seed);
bool storage_read(struct storage *s, uint64_t sector, unsigned int nr, uint64_t seed);
bool storage_down(struct storage *s);

/* ---- the nine ---------------------------------------------------------------------- */

#define FLOWS(F)                                                                 \
    F(1, x86_transfer, "transfer, as x86 does it")                               \
    F(2, donation, "donation")                                                   \
    F(2, all_memory, "donation by a dom0 that sees all memory")                  \
    F(3, flip, "flip, in one call for a batch")                                  \
    F(4, disk, "disk, by machine addresses")                                     \
    F(5, driver_domain, "a driver domain that is not dom0")                      \
    F(6, translated, "a domain that knows nothing, with drivers")                \
    F(7, save, "save, elsewhere, restore")                                       \
    F(8, same_binary, "one binary: dom0, domU, no hypervisor")                   \
    F(9, page_sizes, "large pages that are not 1:1")

/* What drivers do where the other side, or the machine, does not do its part. */
#define PARTS(F)                                                                 \
    F(1, lookup, "lookups")                                                      \
    F(2, pins, "pins")                                                           \
    F(3, grants, "grants")                                                       \
    F(4, grants_v2, "grants")                                                    \
    F(5, balloon, "a balloon in part")                                           \
    F(6, ring, "a ring")                                                         \
    F(7, frontend, "a frontend that lies")                                       \
    F(8, flip_refused, "a flip that is refused")                                 \
    F(9, requests, "requests that cannot be")                                    \
    F(10, pool, "bounce buffers")                                                \
    F(11, threads, "two processors")                                               \
    F(12, older, "without pmt_op")                                                 \
    F(13, backend, "a backend that lies")                                        \
    F(14, versions, "a kernel after another")                                    \
    F(15, page_tables, "page tables that fail")                                  \
    F(16, broken_off, "batches that break off")                                  \
    F(17, loans_in_use, "loans in use")                                          \
    F(18, disk_stuck, "what cannot be unmapped")                                 \
    F(19, unfilled, "holes that are not filled")                                 \
    F(20, unwritten, "what a device does not write")                             \
    F(21, borrowed, "pages that are another's")                                \
    F(22, right_gone, "the right goes")

#define PART_DECLARE(number, name, text) void part_##name(void);
PARTS(PART_DECLARE)
#undef PART_DECLARE

#define FLOW_DECLARE(number, name, text) void flow_##name(void);
FLOWS(FLOW_DECLARE)
#undef FLOW_DECLARE

#endif /* FLOW_H */
