/* SPDX-License-Identifier: MIT */
/*
 * memory_op on the simulated machine: rows, each run in a fresh scene of three
 * domains, once as it is, and then interrupted at each point, and with each thing it
 * needs refused in turn. Needs machine.h and the stubs.
 */
#ifndef SCENE_H
#define SCENE_H

#include <stdio.h>
#include <stdlib.h>

#include "port.h"

#include "hc-grant_table.h"
#include "hc-memory.h"
#include "hc-pmt.h"
#include "hc-xen.h"

#include "grant.h"
#include "loan.h"
#include "machine.h"
#include "p2m.h"

#ifdef PORT_IA64
#define IA64 1
#else
#define IA64 0
#endif

/* dom0 is PV on x86, translated on ia64; the others are translated. */
enum who { DOM0, DOMU, DOMX, NR_WHO };
extern struct domain *scene[NR_WHO];
extern unsigned int scene_shift;        /* of the pages of DOMU and DOMX */

/* Guest frames of each domain: pages at 0..PAGES-1, nothing from there on. */
#define PAGES 64
#define SPARE 16                        /* it may have so many more */
#define MAX_GFN 4096
#define HOLE 1000                       /* nothing is there */

/* How what was done and the answer are related, whatever fails. */
enum relation {
    ANYHOW,
    COUNT_UP,                           /* row.target has result << row.order more */
    COUNT_DOWN,                         /* at least so many less */
    ALL_OR_NOTHING,                     /* after an error nothing has changed */
};

struct row {
    const char *name;
    enum who caller;
    long (*run)(const struct row *row);
    long expect;
    long pages[NR_WHO];                 /* what each domain has more than before */
    enum relation relation;
    enum who target;
    unsigned int order;
    uint64_t a, b, c;                   /* as run likes */
    unsigned int only;                  /* ONLY_* */
    void (*set)(const struct row *row); /* before: not counted, nothing fails */
};

#define ONLY_X86   1
#define ONLY_IA64  2
#define ONLY_SMALL 4                    /* the usual page size */
#define ONLY_PLAIN 8                    /* run once, not interrupted */

void rows_run(const char *part, const struct row rows[], unsigned int nr);
#define ROWS_RUN(part, rows) rows_run(part, rows, sizeof(rows) / sizeof(*(rows)))

/* What the answer is made of besides the number: part of what is compared. */
void scene_note(uint64_t value);

void scene_build(void);                 /* the fresh machine */
void scene_end(const char *what);       /* audit, leaks, nothing left */
void as(enum who who);
domid_t domid_of(enum who caller, enum who target);

void check_at(bool ok, const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
#define CHECK(ok, ...) check_at(ok, __FILE__, __LINE__, __VA_ARGS__)
#define CHECK_EQUAL(is, wanted)                                                \
    do {                                                                       \
        long long is_ = (long long)(is), wanted_ = (long long)(wanted);        \
        CHECK(is_ == wanted_, #is " is %lld, not %lld", is_, wanted_);         \
    } while ( 0 )

extern unsigned int passed, failed, skipped;
extern const char *scene_what;          /* for messages */
extern bool scene_refused;              /* something is refused in this run */

/* Memory of the running domain's kernel. */
void *guest(size_t bytes);
/* The frame number that a domain writes for its page at gfn. */
uint64_t frame_of(enum who who, uint64_t gfn);
uint64_t entry_of(enum who who, uint64_t gfn);
unsigned int references_of(uint64_t mfn);
unsigned int page_order(enum who who);

/* The parts. */
void test_reservation(void);
void test_exchange(void);
void test_physmap(void);
void test_kinds(void);
void test_info(void);
void test_pv(void);
void test_life(void);
void test_paging(void);
void test_between(void);
void test_given(void);
void test_race(void);
void test_twins(void);

#endif /* SCENE_H */
