/* SPDX-License-Identifier: MIT */
/*
 * Four domains on the simulated machine, and what they do to each other.
 *
 * Needs machine.h (-I hv-impl/port-host) and the guest stubs. Gives a scene with
 * domains of one kind, the calls that recipes make again and again with few words,
 * and ways to run them: with each failure, with interruptions at each place, and
 * with another vcpu's call at each place in between. Used by tests/advisories, and
 * by tests/conformance for the rows that handlers decide.
 */
#ifndef ACTORS_H
#define ACTORS_H

#include "machine.h"

#include "grant.h"
#include "p2m.h"

#include "hc-grant_table.h"
#include "hc-memory.h"
#include "hc-pmt.h"
#include "hc-xen.h"
#ifdef PORT_IA64
#include "hc-dom0vp.h"
#endif

/* ---- who there is ------------------------------------------------------------------ */

/* What kind of domains a scene has. Dom0 is PV on x86, translated on ia64. */
enum kind { PV = 1, HVM = 2, ITANIUM = 4 };
#define TRANSLATED (HVM | ITANIUM)
#define ALL        (PV | HVM | ITANIUM)
#define STEALS     PV                   /* transfer is not for translated callers */

extern enum kind kind;

/* The control domain, who grants, who maps, and a third. */
extern struct domain *p, *g, *m, *x;
enum { P_ID = 0, G_ID = 1, M_ID = 2, X_ID = 3, NOBODY = 77 };

#define PAGES      96                   /* each domain's, at guest frames 0 and up */
#define SPARE      32                   /* more that it may have */
#define DATA       64                   /* from this frame on a recipe may do what it likes */
#define FREE_GFN   200                  /* nothing is there, and up to MOST_GFNS */
#define MOST_GFNS  4096
#define FRAMES     8                    /* of a grant table, at most */

/* The scene. begin() ends the one before, and looks whether all is as it should be. */
struct scene {
    uint64_t frames;                    /* of the machine; 0: 16384 */
    uint64_t pages, max_pages, max_gpfns;
    unsigned int grant_frames, maptrack_frames, version_max, vcpus;
    bool right;                         /* ITANIUM: g, m and x may know frames; nobody looks for leaks then */
    bool pager;                         /* a tool may page g's, m's and x's memory out */
    bool no_transfer;                   /* the machine was told so */
    bool other_maps;                    /* HVM: g, m and x have nested HVM, or altp2m */
};

/* A frame number that is told in each scene, for who has no right: somebody has to see it. */
extern enum machine_leak planted_leak;

void begin(void);
void begin_with(const struct scene *how);
void end(void);

/* This thread is the domain's vcpu from now on: of that number. */
extern __thread unsigned int as_which;
void as(struct domain *d);
void as_vcpu(struct domain *d, unsigned int nr);
/* To its end; frees nothing that others still have. */
void kill_domain(struct domain **d);

/* ---- frames, and what they hold ---------------------------------------------------- */

/* How d writes its page gfn in calls, and the other way round where d is translated. */
uint64_t frame_at(struct domain *d, uint64_t gfn);
uint64_t mfn_at(struct domain *d, uint64_t gfn);
/* The first word of its page, as the machine has it. */
uint64_t *word_at(struct domain *d, uint64_t gfn);

/* Where the n-th of d's empty places for a mapping is, and what it sees there. */
uint64_t place(struct domain *d, unsigned int n);
bool can_read(struct domain *d, uint64_t where, uint64_t *word);
bool can_write(struct domain *d, uint64_t where, uint64_t word);

long pages_of(struct domain *d);        /* XENMEM_current_reservation, seen from outside */
void references(uint64_t mfn, unsigned int *all, unsigned int *writers);

/* ---- grants -------------------------------------------------------------------------- */

#define FIRST_REF 8                     /* those before survive a change of version */

/* Entries, as the granter sees them, and may change them at any time. */
struct grant_entry_v1 *entry_of(struct domain *d, grant_ref_t ref);
union grant_entry_v2 *entry2_of(struct domain *d, grant_ref_t ref);
uint16_t *status_of(struct domain *d, grant_ref_t ref);
/* flags of either version, reading and writing included. */
unsigned int flags_of(struct domain *d, grant_ref_t ref);

/* d lets `to` use its page gfn; what already stands there goes. */
void grant(struct domain *d, grant_ref_t ref, struct domain *to, uint64_t gfn, unsigned int more);
void accept(struct domain *d, grant_ref_t ref, struct domain *from, uint64_t gfn);
void part(struct domain *d, grant_ref_t ref, struct domain *to, uint64_t gfn,
          unsigned int offset, unsigned int length);
void transitive(struct domain *d, grant_ref_t ref, struct domain *to, struct domain *from,
                grant_ref_t theirs);
/* The granter's own end: true if nothing was in use. */
bool end_access(struct domain *d, grant_ref_t ref);

/* Each is one call of one element; the answer is its status, or the call's error. */
struct mapping {
    domid_t dom;                        /* the granter, as the call says it */
    grant_ref_t ref;
    unsigned int flags;
    uint64_t where, bus;
    grant_handle_t handle;
};

struct mapping mapping_of(struct domain *granter, grant_ref_t ref, struct domain *mapper,
                          unsigned int n, unsigned int flags);
long map(struct domain *mapper, struct mapping *what);
long unmap(struct domain *mapper, const struct mapping *what);  /* all halves */
long unmap_parts(struct domain *mapper, grant_handle_t handle, uint64_t where, uint64_t bus);
/* Maps g's DATA page by ref for m at place 0. */
struct mapping mapped(grant_ref_t ref, unsigned int flags);

/* One end of a copy: a reference of a domain's, or a frame of the caller's own. */
struct side { bool by_ref; domid_t domid; uint64_t what; unsigned int offset; };
#define BY_REF(d, ref, offset)    ((struct side){ true, (d)->domain_id, ref, offset })
#define OWN(d, gfn, offset)       ((struct side){ false, DOMID_SELF, frame_at(d, gfn), offset })
struct gnttab_copy copy_of(struct side from, struct side to, unsigned int len);
long copy(struct domain *caller, struct side from, struct side to, unsigned int len);

long transfer(struct domain *giver, uint64_t gfn, struct domain *taker, grant_ref_t ref);
long set_version(struct domain *d, unsigned int version);
long swap_refs(struct domain *d, grant_ref_t a, grant_ref_t b);
long setup(struct domain *d, unsigned int frames);

/* ---- memory -------------------------------------------------------------------------- */

long populate(struct domain *d, uint64_t gfn, unsigned int order);
long decrease(struct domain *d, uint64_t gfn, unsigned int order);
long add_to_physmap(struct domain *d, unsigned int space, uint64_t index, uint64_t gfn);
long remove_from_physmap(struct domain *d, uint64_t gfn);
/* One page of d's for another one. */
long exchange(struct domain *d, uint64_t gfn);

/* ---- ways to run ----------------------------------------------------------------------- */

/* Says so, and the recipe is red. */
#define EXPECT(holds) expect(holds, #holds, __FILE__, __LINE__)
#define EXPECT_IS(got, wanted) expect_is((long)(got), (long)(wanted), #got, __FILE__, __LINE__)
bool expect(bool holds, const char *text, const char *file, int line);
bool expect_is(long got, long wanted, const char *text, const char *file, int line);
extern unsigned int expected, missed;

/* Counts, tables, marks and locks, now. */
void all_well(void);

typedef void run_fn(void);

/*
 * first() with second(), of another vcpu, at each place between two steps of it,
 * one place at a time, each time with prepare() before and verify() behind.
 * Says at how many places.
 */
unsigned int interleaved(run_fn *prepare, run_fn *first, struct domain **whose,
                         run_fn *second, run_fn *verify);

/* op() with the n-th memory, page, window, device entry or copy failing, for each n. */
enum failing { FAIL_ALLOC = 1, FAIL_PAGE = 2, FAIL_WINDOW = 4, FAIL_COPY = 8, FAIL_DEVICE = 16,
               FAIL_ALL = 31 };
unsigned int failing(unsigned int which, run_fn *prepare, run_fn *op, run_fn *verify);

/* op() with an interruption at each look, and then at the n-th alone, for each n. */
unsigned int interrupted(run_fn *prepare, run_fn *op, run_fn *verify);

/* In an own thread, until stopped; the machine's own ones are joined by end(). */
void meanwhile(struct domain *d, unsigned int vcpu, void (*run)(void *), void *argument);
void join_all(void);

#endif
