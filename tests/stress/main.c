/* SPDX-License-Identifier: MIT */
/*
 * stress SECONDS [SEED]: all processors at once, and a domain that is born and dies
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
};
#define NR_ACTORS (sizeof(actors) / sizeof(actors[0]))

static atomic_bool stop, pause_all;
static atomic_uint waiting;
static bool failed;

static void say(const char *what, const char *why)
{
    printf("FAIL %s: %s\n", what, why);
    failed = true;
}

/* ---- domains ---------------------------------------------------------------------- */

static struct domain *build(unsigned int id)
{
    struct machine_domain how = {
        .id = (domid_t)id, .pages = OWN_FIRST + OWN_NR, .max_pages = 4096, .vcpus = 4,
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
        return say("a day", "the domain cannot be built");
    grants[8].domid = OTHER;
    grants[8].frame = OWN_FIRST + (uint32_t)(day % OWN_NR);
    __atomic_store_n(&grants[8].flags, GTF_permit_access, __ATOMIC_RELEASE);
    machine_run_as(machine_vcpu(stress_domain[OTHER], 3));
    {
        struct gnttab_map_grant_ref map = { .host_addr = (MAPPED_FIRST + 512ull) << PAGE_SHIFT,
                                            .flags = GNTMAP_host_map, .dom = GUEST_OF_A_DAY, .ref = 8 };
        struct gnttab_unmap_grant_ref unmap = { .host_addr = map.host_addr };

        if ( hc_grant_table_map_grant_ref(&map, 1) || map.status != GNTST_okay )
            say("a day", "its grant cannot be mapped");
        unmap.handle = map.handle;
        if ( day & 1 )
            rc = machine_kill(d);
        if ( hc_grant_table_unmap_grant_ref(&unmap, 1) || unmap.status != GNTST_okay )
            say("a day", "its grant cannot be unmapped");
    }
    /* Once it is dead it may be gone. */
    if ( rc && machine_kill(d) )
        say("a day", "it does not die");
}

/* ---- everybody ------------------------------------------------------------------------ */

static void run(void *argument)
{
    struct actor *a = argument;

    while ( !stop )
    {
        if ( pause_all )
        {
            waiting++;
            while ( pause_all )
                usleep(50);
            waiting--;
        }
        a->act(a);
        a->acts++;
    }
}

static void count_everything(void)
{
    const char *wrong;

    pause_all = true;
    while ( waiting < NR_ACTORS )
        usleep(50);
    wrong = machine_audit();
    if ( wrong )
        say("audit", wrong);
    if ( machine_leaks() )
        say("a frame number is where it must not be", machine_leak_text());
    pause_all = false;
    while ( waiting )
        usleep(50);
}

static void begin(uint64_t seed)
{
    unsigned int i;

    machine_start(NULL);
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

int main(int argc, char **argv)
{
    time_t end = time(NULL) + (argc > 1 ? atol(argv[1]) : 2);
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : (uint64_t)time(NULL) ^ (uint64_t)getpid();
    uint64_t days = 0, audits = 0;
    const char *left;
    unsigned int i;

    printf("seed %lu\n", (unsigned long)seed);
    begin(seed);
    while ( !failed && time(NULL) < end )
    {
        live_a_day(days++);
        usleep(20000);
        count_everything();
        audits++;
    }
    stop = true;
    for ( i = 0; i < NR_ACTORS; i++ )
        machine_join(actors[i].v);
    for ( i = 0; i < NR_ACTORS; i++ )
    {
        printf("%s: %lu tried, %lu done\n", actors[i].name, (unsigned long)actors[i].acts,
               (unsigned long)actors[i].done);
        if ( !actors[i].done )
            say(actors[i].name, "nothing ever came of it");
    }
    left = machine_stop();
    if ( left )
        say("afterwards", left);
    printf("%s: %lu audits, %lu domains lived and died\n", failed ? "FAILED" : "passed",
           (unsigned long)audits, (unsigned long)days);
    return failed;
}
