/* SPDX-License-Identifier: MIT */
/*
 * Calls of 32-bit guests on the simulated machine: what a test may use. Arguments
 * are written by hand, bytes at offsets, as a 32-bit compiler would lay them out.
 */
#ifndef CALLS_H
#define CALLS_H

#include "recorder.h"

#include "hd.h"
#include "hd-grant_table.h"
#include "hd-memory.h"
#include "hd-pmt.h"

#define ARG  (GUEST_BASE + 0x1000)      /* where the structures are */
#define LIST (GUEST_BASE + 0x2004)      /* where arrays are: no multiple of 8 */
#define GUARD 0x5a                      /* what all other memory holds */

enum { CALLER = 5, OTHER = 1, TRANSLATED = 2 };

/* What handlers do, and were told. */
struct script {
    long (*act)(struct hd_call *call, void *op, struct domain *d);
    const char *handler;                /* the last one */
    unsigned int calls, ends;
    bool compat;                        /* what it said of the caller, each time */
};
extern struct script script;
long handled(const char *handler, struct hd_call *call, void *op);

/* A machine with nothing done yet, and what the handlers shall do. */
void begin(long (*act)(struct hd_call *call, void *op, struct domain *d));
void caller_is(domid_t id);
struct domain *domain_of(domid_t id);

void put16(unsigned long at, uint16_t value);
void put32(unsigned long at, uint32_t value);
void put64(unsigned long at, uint64_t value);
uint16_t get16(unsigned long at);
uint32_t get32(unsigned long at);
uint64_t get64(unsigned long at);
/* All of it is still as it was laid out. */
bool untouched(unsigned long at, unsigned long bytes);

long grant_call(unsigned int cmd, unsigned int count);
long memory_call(unsigned int cmd);
long pmt_call(unsigned int cmd, unsigned int count);

void test_failed(const char *file, int line, const char *text);
#define expect(x) ((x) ? (void)0 : test_failed(__FILE__, __LINE__, #x))

void test_grants(void);
void test_memory(void);
void test_maps(void);

#endif /* CALLS_H */
