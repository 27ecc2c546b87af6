/* SPDX-License-Identifier: MIT */
/*
 * stress SECONDS [SEED [MISTAKE]]: all processors at once, and domains that come and go
 * meanwhile. Again and again everybody stops, and everything is counted: audit, marks.
 * The last line says how often something came of what was tried.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "stress.h"

struct domain *stress_domain[NR_DOMAINS];

static struct actor actors[] = {
    { .name = "translate", .domain = FIRST, .vcpu = 0, .act = act_translate },
    { .name = "flip", .domain = FIRST, .vcpu = 1, .act = act_flip },
    { .name = "lend", .domain = FIRST, .vcpu = 2, .act = act_lend },
    { .name = "accept", .domain = GUEST, .vcpu = 0, .act = act_accept },
    { .name = "grant", .domain = GUEST, .vcpu = 1, .act = act_grant },
    { .name = "map", .domain = OTHER, .vcpu = 0, .act = act_map },
    { .name = "grow", .domain = OTHER, .vcpu = 1, .act = act_grow },
    { .name = "copy", .domain = OTHER, .vcpu = 2, .act = act_copy },
    { .name = "window", .domain = DRIVER, .vcpu = 0, .act = act_window },
    { .name = "exchange", .domain = DRIVER, .vcpu = 1, .act = act_exchange },
    { .name = "map too", .domain = DRIVER, .vcpu = 2, .act = act_map },
    { .name = "look up", .domain = DRIVER, .vcpu = 3, .act = act_look_up },
    { .name = "see", .domain = FIRST, .vcpu = 3, .act = act_see },
    { .name = "lend to mortals", .domain = FIRST, .vcpu = 4, .act = act_lend_mortals },
    { .name = "flip to mortals", .domain = FIRST, .vcpu = 5, .act = act_flip_mortals },
    { .name = "map of mortals", .domain = OTHER, .vcpu = 3, .act = act_map_mortals },
    { .name = "copy from mortals", .domain = DRIVER, .vcpu = 4, .act = act_copy_mortals },
    { .name = "expose", .domain = FIRST, .vcpu = 6, .act = act_expose },
};
#define NR_ACTORS (sizeof(actors) / sizeof(actors[0]))

static atomic_bool stop, pause_all;
static atomic_uint waiting;
static atomic_bool failed;

void stress_says(const char *what, const char *why)
{
    printf("FAIL %s: %s\n", what, why);
    failed = true;
}

/* ---- domains ---------------------------------------------------------------------- */

static struct domain *build(unsigned int id)
{
    struct machine_domain how = {
        .id = (domid_t)id, .pages = OWN_FIRST + OWN_NR, .max_pages = 4096, .vcpus = 8,
        .layout = id & 1 ? LAYOUT_SCATTERED : LAYOUT_FRAGMENTS,
        .has_pmt = id == FIRST || id == DRIVER, .privileged = id == FIRST, .hardware = id == FIRST,
    };

#ifndef PORT_IA64
    how.pv = id == FIRST;
    how.hvm = id != FIRST;
#endif
    return machine_domain(&how);
}

/* The grant table of a translated domain, where its kernel sees it. */
static struct grant_entry_v1 *grants_of(struct domain *d)
{
    struct xen_add_to_physmap add = { .domid = DOMID_SELF, .space = XENMAPSPACE_grant_table,
                                      .idx = 0, .gpfn = GRANT_FRAME };

    machine_run_as(machine_vcpu(d, 0));
    if ( hc_memory_add_to_physmap(&add) )
        return NULL;
    return machine_at(machine_vcpu(d, 0), (uint64_t)GRANT_FRAME << PAGE_SHIFT, true);
}

/* A domain of a day: it grants a page, another maps it, and it dies. */
static void live_a_day(uint64_t day)
{
    struct domain *d = build(GUEST_OF_A_DAY);
    struct grant_entry_v1 *grants = d ? grants_of(d) : NULL;
    int rc = -EBUSY;

    if ( !grants )
        return stress_says("a day", "the domain cannot be built");
    grants[8].domid = OTHER;
    grants[8].frame = OWN_FIRST + (uint32_t)(day % OWN_NR);
    __atomic_store_n(&grants[8].flags, GTF_permit_access, __ATOMIC_RELEASE);
    machine_run_as(machine_vcpu(stress_domain[OTHER], 7));
    {
        struct gnttab_map_grant_ref map = { .host_addr = (MAPPED_FIRST + 512ull) << PAGE_SHIFT,
                                            .flags = GNTMAP_host_map, .dom = GUEST_OF_A_DAY, .ref = 8 };
        struct gnttab_unmap_grant_ref unmap = { .host_addr = map.host_addr };

        if ( hc_grant_table_map_grant_ref(&map, 1) || map.status != GNTST_okay )
            stress_says("a day", "its grant cannot be mapped");
        unmap.handle = map.handle;
        if ( day & 1 )
            rc = machine_kill(d);
        if ( hc_grant_table_unmap_grant_ref(&unmap, 1) || unmap.status != GNTST_okay )
            stress_says("a day", "its grant cannot be unmapped");
    }
    /* Once it is dead it may be gone. */
    if ( rc && machine_kill(d) )
        stress_says("a day", "it does not die");
}

/* ---- everybody ------------------------------------------------------------------------ */

void stress_may_pause(void)
{
    if ( !pause_all )
        return;
    waiting++;
    while ( pause_all )
        usleep(50);
    waiting--;
}

static void run(void *argument)
{
    struct actor *a = argument;

    while ( !stop )
    {
        stress_may_pause();
        a->act(a);
        a->acts++;
        /* Those who make no calls would leave no time to others. */
        if ( a->act == act_grant || a->act == act_accept || a->act == act_look_up )
            usleep(1);
    }
}

static void count_everything(void)
{
    const char *wrong;

    pause_all = true;
    while ( waiting < NR_ACTORS + mortals_running() )
        usleep(50);
    wrong = machine_audit();
    if ( wrong )
        stress_says("audit", wrong);
    if ( machine_leaks() )
        stress_says("a frame number is where it must not be", machine_leak_text());
    pause_all = false;
    while ( waiting )
        usleep(50);
}

/* Here and there somebody is slow, and others are quicker. */
static void linger(const char *name, void *context)
{
    static __thread uint64_t times;

    (void)context;
    times = times * 6364136223846793005ull + (unsigned char)*name;
    if ( !(times >> 33 & 31) )
        usleep(times >> 40 & 127);
}

static void begin(uint64_t seed)
{
    unsigned int i;

    machine_start(NULL);
    machine_plan_reset();
    machine_plan.at_point = linger;
    for ( i = 0; i < GUEST_OF_A_DAY; i++ )
        stress_domain[i] = build(i);
    for ( i = 0; i < NR_ACTORS; i++ )
    {
        struct actor *a = &actors[i];

        a->d = stress_domain[a->domain];
        a->v = machine_vcpu(a->d, a->vcpu);
        a->seed = seed * 31 + i;
        if ( a->domain == GUEST )
            a->grants = i && actors[i - 1].domain == GUEST ? actors[i - 1].grants : grants_of(a->d);
    }
    for ( i = 0; i < NR_ACTORS; i++ )
        machine_thread(actors[i].v, run, &actors[i]);
}

static unsigned int bug_number(const char *name)
{
    if ( !strcmp(name, "VIEWER") )
        return HV_BUG_VIEWER;
    if ( !strcmp(name, "RECORD") )
        return HV_BUG_RECORD;
    fprintf(stderr, "no such mistake: %s\n", name);
    exit(2);
}

int main(int argc, char **argv)
{
    time_t end = time(NULL) + (argc > 1 ? atol(argv[1]) : 2);
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : (uint64_t)time(NULL) ^ (uint64_t)getpid();
    struct actor dice = { .seed = seed };
    uint64_t days = 0, births = 0, audits = 0;
    const char *left;
    unsigned int i;

    if ( argc > 1 && !strcmp(argv[1], "levels") )
        return printf("2^%u, 2^%u\n", PMT_TOP_SHIFT, PMT_DIR_SHIFT), 0;
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("seed %lu\n", (unsigned long)seed);
    hv_bug = argc > 3 ? bug_number(argv[3]) : HV_BUG_NONE;
    begin(seed);
    while ( !failed && time(NULL) < end )
    {
        for ( i = 0; i < NR_MORTALS && !failed; i++ )
            if ( !mortals[i].d )
                mortal_begin(&mortals[i], seed + births++);
        live_a_day(days++);
        usleep((useconds_t)(2000 + any(&dice, 20000)));
        mortals_die(any(&dice, 1u << NR_MORTALS), any(&dice, 1u << NR_MORTALS));
        count_everything();
        audits++;
    }
    mortals_die(~0ull, 0);
    stop = true;
    for ( i = 0; i < NR_ACTORS; i++ )
        machine_join(actors[i].v);
    for ( i = 0; i < NR_ACTORS; i++ )
    {
        printf("%s: %lu tried, %lu done\n", actors[i].name, (unsigned long)actors[i].acts,
               (unsigned long)actors[i].done);
        if ( !actors[i].done )
            stress_says(actors[i].name, "nothing ever came of it");
    }
    printf("%s: %lu done\n", mortals[0].actor[0].name, (unsigned long)mortals_done);
    if ( !mortals_done )
        stress_says(mortals[0].actor[0].name, "nothing ever came of it");
    left = machine_stop();
    if ( left )
        stress_says("afterwards", left);
    printf("%s: %lu audits, %lu domains lived and died\n", failed ? "FAILED" : "passed",
           (unsigned long)audits, (unsigned long)(days + births));
    return failed;
}
