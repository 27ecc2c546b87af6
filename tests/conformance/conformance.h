/* SPDX-License-Identifier: MIT */
/*
 * Rows of the conformance table, run on the simulated machine: what a row may
 * use. A row is a function that makes one call through the stubs, and returns
 * what the table has a result for.
 */
#ifndef CONFORMANCE_H
#define CONFORMANCE_H

#include "recorder.h"

#include "hd.h"
#include "hd-grant_table.h"
#include "hd-memory.h"

#include "hc-grant_table.h"
#include "hc-memory.h"

/* Domains there are. The caller is CALLER, or who was told so. */
enum { CALLER = 5, OTHER = 1, TRANSLATED = 2, NOBODY = 77 };

struct domain *domain_of(domid_t id);
void caller_is_translated(void);

/* Guest memory that holds nothing, and one that nobody can reach. */
void *guest_memory(unsigned long bytes);
unsigned long guest_address(const void *host);
#define guest_new(type, count) ((type *)guest_memory(sizeof(type) * (count)))
#define at(pointer)            ((typeof(pointer))guest_address(pointer))
#ifdef PORT_IA64
#define IS_IA64 true
#else
#define IS_IA64 false
#endif
#define NOWHERE                ((void *)0x8000)
#define XENS_OWN               ((void *)(GUEST_LIMIT + 0x1000))

/* Maps that go through, as a guest prepares them. */
#define STATUS_BEFORE 1
struct gnttab_map_grant_ref *new_maps(unsigned int count);

/* What the handlers do, and what was done. */
struct script {
    long result;                                /* what they return, if nobody acts */
    long (*act)(struct hd_call *call, void *op);
    unsigned int calls, ends;
    unsigned long goes_back;                    /* resumed at a place that is not further */
    unsigned int entries;                       /* after the first */
};

extern struct script script;

long handled(const char *handler, struct hd_call *call, void *op);

#endif
