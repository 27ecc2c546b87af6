/* SPDX-License-Identifier: MIT */
/*
 * A machine with a few domains, and grants between them. Needs the simulated
 * machine. Gives each test a fresh world, and looks when it ends whether anything
 * was left, leaked or out of step.
 */
#ifndef WORLD_H
#define WORLD_H

#include <stdio.h>
#include <stdlib.h>

#include "machine.h"

#include "hc-grant_table.h"
#include "hc-memory.h"
#include "hc-pmt.h"

#include "grant.h"
#include "p2m.h"

/* On x86 the first is PV, on ia64 translated; it has the right. The last is PV, x86 only. */
#define WORLD(X)                                                               \
    X(DOM0)                                                                    \
    X(GRANTER)                                                                 \
    X(MAPPER)                                                                  \
    X(THIRD)                                                                   \
    X(PV)
enum who {
#define WORLD_WHO(name) name,
    WORLD(WORLD_WHO)
#undef WORLD_WHO
    NR_WHO
};

#ifdef PORT_IA64
#define IA64 1
#else
#define IA64 0
#endif

/* Frames of each domain: its kernel, plain memory, and where nothing is. */
#define GFN_RAM    40
#define GFN_OTHER  41
#define GFN_HOLE   200
#define GFN_MAX    4096

#define REF        9                    /* the usual one */
#define NO_HANDLE  0xffffffffu

struct counts {
    unsigned int references, writers;
};

extern struct domain *world[NR_WHO];
extern unsigned int world_version;      /* of the granter's table, from the start */
extern struct machine_domain world_how[NR_WHO];

void world_start(void);                 /* once: world_how is as usual */
/* What is being tested, for messages. */
void world_begin(const char *format, ...) __attribute__((format(printf, 1, 2)));
void world_end(void);                   /* audit, leaks, nothing left */
int world_result(void);                 /* tells the counts; the exit status */

void check_at(bool ok, const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
#define CHECK(ok, ...) check_at(ok, __FILE__, __LINE__, __VA_ARGS__)
#define CHECK_EQUAL(is, wanted)                                                \
    do {                                                                       \
        long long is_ = (long long)(is), wanted_ = (long long)(wanted);        \
        CHECK(is_ == wanted_, #is " is %lld (%llx), not %lld (%llx)", is_,     \
              is_, wanted_, wanted_);                                          \
    } while ( 0 )

/* From now on this thread is that domain's processor nr. */
void as_vcpu(enum who who, unsigned int nr);
#define as(who) as_vcpu(who, 0)

domid_t domid_of(enum who who);

/* The granter's side, as its kernel writes it. */
void *entry_at(enum who who, unsigned int version, grant_ref_t ref);
void entry_write(enum who who, grant_ref_t ref, uint16_t flags, domid_t to, uint64_t frame);
void entry_write_part(enum who who, grant_ref_t ref, uint16_t flags, domid_t to, uint64_t frame,
                      uint16_t offset, uint16_t length);
void entry_write_through(enum who who, grant_ref_t ref, uint16_t flags, domid_t to, domid_t by,
                         grant_ref_t gref);
uint16_t entry_flags(enum who who, grant_ref_t ref);
uint64_t entry_frame(enum who who, grant_ref_t ref);
/* GTF_reading, GTF_writing: in flags or in a word of their own. */
uint16_t entry_use(enum who who, grant_ref_t ref);
int set_version(enum who who, unsigned int version);

/* A frame number as that domain writes it. */
uint64_t frame_of_gfn(enum who who, uint64_t gfn);
void *page_at(enum who who, uint64_t gfn);
struct counts counts_of(enum who who, uint64_t gfn);
struct counts counts_of_mfn(uint64_t mfn);

/* Where a domain can map: page i of a range where nothing is yet. */
uint64_t place(enum who who, unsigned int i);

/* Calls of one element: the status. */
int map_one(enum who who, struct gnttab_map_grant_ref *op);
int map_simple(enum who who, grant_ref_t ref, uint32_t flags, unsigned int at,
               grant_handle_t *handle);
int unmap_one(enum who who, uint64_t host_addr, uint64_t dev_bus_addr, grant_handle_t handle);

/* The parts. */
void test_map(void);
void test_unmap(void);
void test_copy(void);
void test_transfer(void);
void test_version(void);
void test_table(void);
void test_long(void);
void test_kill(void);
void test_race(void);
void test_ahead(void);
void test_locks(void);

#endif /* WORLD_H */
