/* SPDX-License-Identifier: MIT */
/*
 * faults                 all scenarios, and domains that are not built
 * faults bug=NUMBER      with a mistake planted: has to find it
 * faults most=NUMBER     with so many faults of a kind in a scenario at most: has to say if there are more
 * faults rule=NUMBER     with a rule switched off: has to find it
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/wait.h>

#include "hv.h"
#include "machine.h"
#include "run-faults.h"

static unsigned int passed, failed, faults;
static uint64_t called[MACHINE_CALLS];

/* ---- domains ------------------------------------------------------------------- */

static bool build_one(enum fault fault, uint64_t n, bool *more)
{
    static const struct machine_domain about = { .id = 9, .pages = 40, .max_gpfns = 1 << 20,
                                                 .layout = LAYOUT_FRAGMENTS };
    uint64_t pages;
    const char *wrong;
    struct domain *d;
    unsigned int nr;

    machine_start(NULL);
    nr = machine_nr_domains();
    pages = port_free_pages();
    fault_plan(fault, n);
    d = machine_domain(&about);
    *more = fault_reached(fault, n);
    machine_plan_reset();
    wrong = machine_audit();
    /* Runs of pages that cannot be had become shorter ones. */
    if ( d && *more && (fault == FAULT_ALLOC || fault == FAULT_WINDOW) )
        wrong = "it was built all the same";
    if ( !d && (machine_nr_domains() != nr || port_free_pages() != pages) )
        wrong = "something is left of it";
    if ( !wrong )
        wrong = machine_stop();
    if ( wrong )
        printf("a domain, %s %llu: %s\n", fault_name(fault), (unsigned long long)n, wrong);
    return !wrong;
}

static bool build_all(void)
{
    unsigned int fault;
    uint64_t n;
    bool more;

    for ( fault = 0; fault < FAULTS; fault++ )
        for ( n = 0, more = true; more; n++, faults += more )
            if ( !build_one(fault, n, &more) )
                return false;
    return true;
}

/* ---- all of them ---------------------------------------------------------------- */

/* In a process of its own: what ends it is a failure, too. */
static void apart(const struct scenario *s, const char *name)
{
    int channel[2], status;
    struct { unsigned int faults; uint64_t called[MACHINE_CALLS]; } told = {};
    unsigned int i;
    pid_t pid;

    fflush(NULL);
    if ( pipe(channel) || (pid = fork()) < 0 )
        exit(2);
    if ( pid == 0 )
    {
        bool right;

        faults = 0;
        right = s ? run_scenario(s, &faults, told.called) : build_all();
        told.faults = faults;
        status = write(channel[1], &told, sizeof(told)) != sizeof(told);
        fflush(NULL);
        _exit(right ? status : 1);
    }
    close(channel[1]);
    if ( read(channel[0], &told, sizeof(told)) == sizeof(told) )
        faults += told.faults;
    for ( i = 0; i < MACHINE_CALLS; i++ )
        called[i] |= told.called[i];
    close(channel[0]);
    waitpid(pid, &status, 0);
    if ( status == 0 )
        passed++;
    else
    {
        failed++;
        printf("FAILED: %s%s\n", name, WIFSIGNALED(status) ? " (the hypervisor stopped)" : "");
    }
}

static void all(const struct scenario *list, unsigned int nr)
{
    unsigned int i;

    for ( i = 0; i < nr; i++ )
        apart(&list[i], list[i].name);
}

int main(int argc, char **argv)
{
    if ( argc > 1 && !strncmp(argv[1], "bug=", 4) )
        hv_bug = atoi(argv[1] + 4);
    else if ( argc > 1 && !strncmp(argv[1], "rule=", 5) )
        hv_rule_off = atoi(argv[1] + 5);
    else if ( argc > 1 && !strncmp(argv[1], "most=", 5) )
        most_faults = (unsigned int)atoi(argv[1] + 5);
    apart(NULL, "a domain that is not built");
    all(scenarios, nr_scenarios);
#ifndef PORT_IA64
    all(pv_scenarios, nr_pv_scenarios);
#endif
    all(others, nr_others);
    machine_print_called(called);
    printf("%u scenarios, %u faults: %u failed\n", passed + failed, faults, failed);
    return failed != 0;
}
