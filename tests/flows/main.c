/* SPDX-License-Identifier: MIT */
/*
 * The nine flows, one after the other: as they are, with something pending
 * whenever the hypervisor looks, and with a mistake in them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "flow.h"
#include "hv-bug.h"
#include "rules.h"

enum flow_twin flow_twin;

bool flow_pv;

/* Where frames lie, and which look finds something pending; 0: every one. */
static uint64_t seed = 1, preempt_at;

/* What all lines begin with. */
static const char *where;
static unsigned int fresh;              /* another seed in each run */

static unsigned int wrong;              /* checks of this flow */
static bool quiet;                      /* a mistake is expected */
static unsigned int leaked;             /* frame numbers that were told */
static char said[256];

bool flow_check(bool good, const char *what, const char *file, int line)
{
    if ( !good && !wrong++ && !quiet )
        printf("%s:%d: not so: %s\n", file, line, what);
    return good;
}

void flow_says(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(said, sizeof(said), format, arguments);
    va_end(arguments);
}

/* ---- one allocation or access fails ------------------------------------------------ */

static uint64_t *arm_what, arm_at;      /* a number of machine_plan, and what it becomes */

void flow_arm(void)
{
    if ( !arm_what )
        return;
    machine_plan_reset();
    *arm_what = arm_at;
    arm_what = NULL;
}

/* Domains are built without: the machine's own tests have that. */
static void disarm(void)
{
    machine_plan.fail_alloc_at = machine_plan.fail_page_at = machine_plan.fail_window_at =
        machine_plan.fail_copy_at = machine_plan.fail_device_at = MACHINE_NEVER;
}

/* ---- domains --------------------------------------------------------------------- */

struct kernel *flow_boot(const struct machine_domain *how, unsigned int grant_version)
{
    struct kernel *k;

    disarm();
    k = kernel_domain(how);

    if ( !CHECK(k) )
    {
        printf("no domain %u\n", how->id);
        fflush(stdout);
        __builtin_trap();
    }
    kernel_runs(k);
    CHECK(!kernel_boot(k, grant_version));
    kernel_runs(NULL);
    k->hypercalls = 0;
    return k;
}

struct kernel *flow_dom0(unsigned int page_shift)
{
    const struct machine_domain how = {
        .id = 0, .pv = flow_pv && !page_shift, .hvm = FLOW_HVM && !flow_pv,
        .privileged = true, .hardware = true,
        .has_pmt = true, .page_shift = page_shift, .layout = LAYOUT_SCATTERED };

    return flow_boot(&how, 1);
}

struct kernel *flow_domu(domid_t id, unsigned int page_shift, unsigned int grant_version)
{
    const struct machine_domain how = {
        .id = id, .hvm = FLOW_HVM, .page_shift = page_shift, .layout = LAYOUT_SCATTERED };

    return flow_boot(&how, grant_version);
}

/* ---- runs ------------------------------------------------------------------------ */

static const enum machine_leak leaks[] = {
    [TWIN_LEAK_MEMORY] = MACHINE_LEAK_MEMORY, [TWIN_LEAK_REGISTER] = MACHINE_LEAK_REGISTER,
    [TWIN_LEAK_SHARED] = MACHINE_LEAK_SHARED, [TWIN_LAST] = MACHINE_NO_LEAK,
};

void flow_plant(void)
{
    machine_plan.plant_leak = leaks[flow_twin];
}

/* After each flow: nothing is out of order, nothing was told, nothing is left. */
static void aftermath(void)
{
    const char *sentence = machine_audit();

    if ( !CHECK(!sentence) && !quiet )
        printf("audit: %s\n", sentence);
    leaked = machine_leaks();
    if ( !CHECK(leaked == 0) && !quiet )
        printf("leak: %s\n", machine_leak_text());
    sentence = machine_stop();
    if ( !CHECK(!sentence) && !quiet )
        printf("left: %s\n", sentence);
}

/*
 * Flow number with the nth of something failing: whatever the drivers make of it, the
 * machine is in order afterwards. False if it never came to the nth.
 */
static bool fails(void (*flow)(void), uint64_t *what, uint64_t nth, const uint64_t *counter,
                  unsigned int *bad)
{
    bool reached;

    quiet = true;
    said[0] = '\0';
    flow_twin = TWIN_NONE;
    machine_start(&(struct machine_config){ .seed = seed });
    machine_plan_reset();
    arm_what = what;
    arm_at = nth;
    flow();
    kernel_runs(NULL);
    reached = *counter > nth && !arm_what;
    disarm();
    wrong = 0;
    quiet = *bad > 0;
    aftermath();
    kernel_free_all();
    if ( wrong && !(*bad)++ )
        printf("%s: so it is with number %u failing\n", where, (unsigned int)nth);
    return reached;
}

static bool run(void (*flow)(void), bool preempted, enum flow_twin twin)
{
    wrong = 0;
    said[0] = '\0';
    flow_twin = twin;
    quiet = twin != TWIN_NONE;
    machine_start(&(struct machine_config){ .seed = seed });
    machine_plan_reset();
    machine_plan.preempt_always = preempted && !preempt_at;
    if ( preempted && preempt_at )
        machine_plan.preempt_at = preempt_at;
    flow();
    kernel_runs(NULL);
    aftermath();
    kernel_free_all();
    return wrong == 0;
}

static unsigned int passed, failed;

static void verdict(bool good, const char *what)
{
    if ( good )
        passed++;
    else
        failed++;
    if ( !good )
        printf("FAIL %s\n", what);
}

static void one(const char *kind, unsigned int number, const char *text, void (*flow)(void))
{
    char plain[sizeof(said)], name[128];

    snprintf(name, sizeof(name), "%s %s %u, %s", where, kind, number, text);
    verdict(run(flow, false, TWIN_NONE), name);
    printf("%s: %s\n", name, said);
    strcpy(plain, said);
    snprintf(name, sizeof(name), "%s %s %u, preempted at every look", where, kind, number);
    verdict(run(flow, true, TWIN_NONE) && !strcmp(plain, said), name);
    if ( strcmp(plain, said) )
        printf("%s: %s\n", name, said);
    /* Elsewhere in the machine, and interrupted once. */
    seed = fresh;
    preempt_at = 1 + fresh % 300;
    snprintf(name, sizeof(name), "%s %s %u, with seed %u", where, kind, number, fresh);
    verdict(run(flow, true, TWIN_NONE), name);
    seed = 1;
    preempt_at = 0;
}

/* A flow that a mistake does not turn red shows nothing. */
/* A mistake of the hypervisor's own. */
static void hypervisor_twin(const char *what, void (*flow)(void), unsigned int *which,
                            unsigned int mistake)
{
    char name[128];

    *which = mistake;
    snprintf(name, sizeof(name), "%s twin: %s is seen", where, what);
    verdict(!run(flow, false, TWIN_OF_XEN), name);
    *which = 0;
}

static void twin(const char *what, void (*flow)(void), enum flow_twin mistake)
{
    char name[128];

    snprintf(name, sizeof(name), "%s twin: %s is seen", where, what);
    verdict(!run(flow, false, mistake) && (!leaks[mistake] || leaked), name);
}

#define KINDS(K)                                                                           \
    K(alloc, allocs) K(page, pages) K(window, windows) K(copy, copies) K(device, devices)

static void each_in_turn(unsigned int number, void (*flow)(void))
{
    unsigned int runs = 0, bad = 0;
    char name[128];
    uint64_t n;

#define KIND_FAILS(kind, counter)                                                          \
    for ( n = 0; n < 400 && fails(flow, &machine_plan.fail_##kind##_at, n,                 \
                                  &machine_counters.counter, &bad);                        \
          n += n < 12 ? 1 : 17 )                                                           \
        runs++;
    KINDS(KIND_FAILS)
    snprintf(name, sizeof(name), "%s flow %u, one thing failing in each of %u runs", where,
             number, runs);
    verdict(runs && !bad, name);
    printf("%s: in order after each\n", name);
}

static void flows_and_parts(unsigned int only)
{
#define FLOW_RUN(number, name, text)                 \
    if ( !only || only == number )                   \
        one("flow", number, text, flow_##name);
    FLOWS(FLOW_RUN)
#define PART_RUN(number, name, text)                 \
    if ( !only || only == 100 + number )             \
        one("part", number, text, part_##name);
    PARTS(PART_RUN)
}

static void failures(unsigned int only)
{
#define FLOW_FAILS(number, name, text)               \
    if ( !only || only == 200 + number )             \
        each_in_turn(number, flow_##name);
    FLOWS(FLOW_FAILS)
}

static void twins(void)
{
    twin("a frame number in a domain's memory", flow_translated, TWIN_LEAK_MEMORY);
    twin("a frame number in a register", flow_translated, TWIN_LEAK_REGISTER);
    twin("a frame number in a shared frame", flow_translated, TWIN_LEAK_SHARED);
    twin("a frame number in a saved image", flow_save, TWIN_IMAGE);
    twin("another packet than was sent", flow_flip, TWIN_CONTENTS);
    twin("another sector than was written", flow_disk, TWIN_CONTENTS);
    twin("a hypercall too many for packets", flow_flip, TWIN_EXTRA_CALL);
    twin("a hypercall too many for sectors", flow_disk, TWIN_EXTRA_CALL);
    twin("a frame number in a domain that dom0 sees", flow_all_memory, TWIN_LEAK_MEMORY);
    twin("another packet than was granted", flow_all_memory, TWIN_CONTENTS);
    twin("a hypercall too many for a donation", flow_all_memory, TWIN_EXTRA_CALL);
    hypervisor_twin("a page that dom0 has, at another place", flow_all_memory, &hv_bug, HV_BUG_PLACE);
    hypervisor_twin("a fresh page without its reverse entry", flow_flip, &hv_bug, HV_BUG_REVERSE);
    hypervisor_twin("a mapping that outlives its unmap", part_grants_v2, &hv_bug, HV_BUG_FLUSH);
    hypervisor_twin("what dom0 had in a page", flow_flip, &hv_rule_off, HV_RULE_CLEAN);
}

/*
 * One number alone: of a flow, 100 and that of a part, 200 and that of a flow that fails.
 * A second one is the fresh seed.
 */
int main(int argc, char **argv)
{
    static const char *const names[] = { FLOW_NAME, FLOW_NAME " with a translated dom0" };
    unsigned int only = argc > 1 ? (unsigned int)atoi(argv[1]) : 0, i;

    setvbuf(stdout, NULL, _IOLBF, 0);
    fresh = argc > 2 ? (unsigned int)atoi(argv[2]) : (unsigned int)(time(NULL) % 1000000 + 2);
    printf("%s: fresh seed %u\n", FLOW_NAME, fresh);
    for ( i = 0; i < FLOW_DOM0S; i++ )
    {
        where = names[i];
        flow_pv = FLOW_DOM0S == 2 && i == 0;
        flows_and_parts(only);
    }
    where = names[0];
    flow_pv = FLOW_DOM0S == 2;
#ifndef __SANITIZE_THREAD__     /* many runs in one thread: nothing for that one to see */
    failures(only);
#else
    (void)failures;
#endif
    if ( !only )
        twins();
    printf("%u passed, %u failed\n", passed, failed);
    return failed != 0;
}
