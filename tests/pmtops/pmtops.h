/* SPDX-License-Identifier: MIT */
/*
 * The handlers of pmt_op, loans, windows and dom0vp_op on the simulated machine:
 * what tests share.
 *
 * All calls go through stub and dispatcher. Needs machine.h. Gives a world of four
 * domains, rows of calls with the status each is to have, and a word for the state
 * of the world that says the same whatever the machine's numbers are.
 */
#ifndef PMTOPS_H
#define PMTOPS_H

#include <stdio.h>
#include <stdlib.h>

#include "machine.h"
#include "hv.h"
#include "grant.h"
#include "loan.h"
#include "op.h"
#include "p2m.h"
#include "window.h"

#include "hc-pmt.h"
#include "hc-grant_table.h"
#include "hc-memory.h"

/* ---- counting ------------------------------------------------------------------- */

extern unsigned int passed, failed;
extern const char *testing;

bool check_at(bool okay, const char *file, int line, const char *text);
bool equal_at(long long is, long long wanted, const char *file, int line, const char *text);

#define CHECK(x)         check_at(x, __FILE__, __LINE__, #x)
#define EQUAL(is, want)  equal_at((long long)(is), (long long)(want), __FILE__, __LINE__, #is)

/* ---- the world -------------------------------------------------------------------- */

enum { DOM0, GUEST, DRIVER, OTHER, NR_DOMAINS };

/* Frames of each domain: kernels have those below FREE; nothing is at HOLES and up. */
#define FREE   32u
#define PAGES  96u
#define HOLES  128u
#define GPFNS  4096u

struct world {
    unsigned int page_shift;            /* of all; OTHER has another one */
    bool pv;                            /* the first domain */
    struct domain *d[NR_DOMAINS];
};

extern struct world world;

/*
 * DOM0 has the right and is privileged, PV where the profile has that. GUEST is
 * translated and has no right. DRIVER is translated and has it. OTHER is as
 * GUEST, but its pages have another size.
 */
void world_start(unsigned int page_shift, enum machine_layout layout);
void world_stop(void);
/* At the end of each step: what the audit says, and whether anything leaked. */
void world_audit(const char *file, int line);
#define AUDIT() world_audit(__FILE__, __LINE__)

/* The next calls are this domain's. */
void as(unsigned int who);
/* At a plan's point: where a window has been detached OTHER ends GUEST, once; has he now? */
bool guest_goes_at(const char *name);

/* What stands at a guest frame: word of the table, machine frame, first word of the page. */
uint64_t word_of(unsigned int who, uint64_t gpfn);
uint64_t mfn_of(unsigned int who, uint64_t gpfn);
uint64_t *page_of(unsigned int who, uint64_t gpfn);
uint64_t address_of(unsigned int who, uint64_t gpfn);

/* Entries of version 1, written as the guest would. */
void grant_access(unsigned int who, grant_ref_t ref, unsigned int to, uint64_t gpfn, bool readonly);
void grant_accepts(unsigned int who, grant_ref_t ref, unsigned int from, uint64_t gpfn);
void grant_end(unsigned int who, grant_ref_t ref);
uint16_t grant_flags(unsigned int who, grant_ref_t ref);
uint32_t grant_frame_told(unsigned int who, grant_ref_t ref);

/* A grant of GUEST's is mapped by DRIVER with GNTTABOP, and unmapped. */
grant_handle_t map_for_driver(grant_ref_t ref, uint64_t gpfn, bool readonly);
void unmap_for_driver(grant_handle_t handle, uint64_t gpfn);

/* All that tables, rights, quotas, loans and windows are, without machine numbers. */
uint64_t world_state(void);

/* ---- calls ------------------------------------------------------------------------ */

/* Which statuses of which ops were seen; every call below notes them. */
void saw(unsigned int op, int status);
int covered(void);

#define OPS(X) X(info) X(attach) X(detach) X(translate) X(reverse) X(map) X(exchange) \
               X(protect) X(flip) X(donate) X(reclaim)

/* One element: its status, or the call's errno below -100. */
#define DECLARE(op)                                                            \
    int call_##op(struct pmt_##op *args);                                      \
    void batch_##op(struct pmt_##op *args, unsigned int nr, const int *status, \
                    const char *file, int line);
OPS(DECLARE)
#undef DECLARE

/* row(op, status, fields...): such a call has this status. */
#define row(op, want, ...)                                                     \
    do {                                                                       \
        struct pmt_##op args_ = { __VA_ARGS__ };                               \
        equal_at(call_##op(&args_), want, __FILE__, __LINE__, #op " " #__VA_ARGS__); \
    } while ( 0 )

#define ID(who) (world.d[who]->domain_id)

/* ---- tests ------------------------------------------------------------------------- */

/* Each in a fresh world. */
#define TESTS(T)                                                               \
    T(info) T(translate) T(reverse) T(reading_is_refused)                      \
    T(attach) T(attach_refused) T(attach_grows) T(attach_dies) T(attach_right) \
    T(attach_pv) T(detach_parts) T(viewer_dies) T(seen_to_the_end) T(area)      \
    T(map) T(map_refused) T(map_in_place) T(map_lent) T(map_guess) T(map_untold) T(map_at_0) \
    T(exchange) T(exchange_refused) T(exchange_width) T(exchange_quota)        \
    T(protect) T(protect_refused) T(protect_splits) T(protect_loan) T(protect_busy)              \
    T(flip) T(flip_refused) T(flip_quota) T(flip_order) T(flip_batch)          \
    T(donate) T(donate_refused) T(donate_busy) T(lender_dies) T(lender_of_pv) T(taker_dies) T(lender_is_quick) \
    T(loan_numbers) T(killed_in_steps) T(reclaim_group)                                           \
    T(other_size) T(width) T(right_taken) T(right_goes) T(dying) T(dies_meanwhile) \
    T(used_meanwhile) T(protect_meanwhile) T(foreign_writes) T(long_runs) T(mixed) \
    T(preempted) T(memory_fails) T(copies_fail)

#ifdef PORT_IA64
#define IA64_TESTS(T)                                                          \
    T(phystomach) T(machtophys) T(zap) T(zap_meanwhile) T(add_physmap) T(add_gmfn) T(ioremap) T(ioremap_works) \
    T(io_spaces) T(memmap) T(expose) T(expose_foreign) T(unexpose) T(exposed_to_the_end) \
    T(expose_large) T(no_right) T(unknown)
#else
#define IA64_TESTS(T)
#endif

#define DECLARE(name) void test_##name(void);
TESTS(DECLARE)
IA64_TESTS(DECLARE)
#undef DECLARE

#endif /* PMTOPS_H */
