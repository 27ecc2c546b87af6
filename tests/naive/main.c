/* SPDX-License-Identifier: MIT */
/*
 * Random lists of operations on the machine and on the model.
 *
 * naive [kinds=1] [operations=N] [seed=N] [length=N] [interval=N] [bug=NAME] [most=N]
 *     runs lists of that length until N operations are done. A list that fails is
 *     made shorter and printed, and the status is 1. With a bug planted the
 *     status is 0 if it was found, with a list of at most "most" operations.
 * naive replay=FILE
 *     runs a list as it was printed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#include "hv-bug.h"
#include "machine.h"
#include "run.h"

static struct options {
    uint64_t operations, seed;
    unsigned int length, interval, most, kinds;
    const char *bug, *replay;
} options = { .operations = 100000, .seed = 1, .length = 2000, .interval = 500 };

/* Mistakes of the hypervisor, and frame numbers that the machine lets out. */
static const struct planted { const char *name; unsigned int bug, leak; } bugs[] = {
    { "reverse", HV_BUG_REVERSE, 0 }, { "flush", HV_BUG_FLUSH, 0 }, { "leak", HV_BUG_LEAK, 0 },
    { "pin", HV_BUG_PIN, 0 }, { "merge", HV_BUG_MERGE, 0 }, { "status", HV_BUG_STATUS, 0 },
    { "pager", HV_BUG_PAGER, 0 }, { "said", HV_BUG_SAID, 0 }, { "late", HV_BUG_LATE, 0 },
    { "told-in-memory", 0, 1 }, { "told-in-register", 0, 2 }, { "told-in-table", 0, 3 },
};

static bool option(const char *text)
{
    const char *value = strchr(text, '=');
    size_t length = value ? (size_t)(value - text) : 0;

#define OPTION(name, place, convert) \
    if ( length == strlen(name) && !strncmp(text, name, length) ) \
    { \
        place = convert; \
        return true; \
    }
    OPTION("operations", options.operations, strtoull(value + 1, NULL, 0))
    OPTION("seed", options.seed, strtoull(value + 1, NULL, 0))
    OPTION("length", options.length, strtoul(value + 1, NULL, 0))
    OPTION("interval", options.interval, strtoul(value + 1, NULL, 0))
    OPTION("most", options.most, strtoul(value + 1, NULL, 0))
    OPTION("kinds", options.kinds, strtoul(value + 1, NULL, 0))
    OPTION("bug", options.bug, value + 1)
    OPTION("replay", options.replay, value + 1)
#undef OPTION
    return false;
}

static struct planted planted(const char *name)
{
    size_t i;

    for ( i = 0; name && i < sizeof(bugs) / sizeof(bugs[0]); i++ )
        if ( !strcmp(name, bugs[i].name) )
            return bugs[i];
    if ( name )
    {
        fprintf(stderr, "naive: no bug is named %s\n", name);
        exit(2);
    }
    return (struct planted){};
}

/* ---- lists on paper -------------------------------------------------------------- */

static void print_list(struct operation *list, unsigned int nr, const struct plan *plan)
{
    const uint8_t *bytes;
    unsigned int i, k;
    char text[200];

    printf("setting %llu %d %d %d %u %u %u\n", (unsigned long long)plan->setting.seed,
           plan->setting.driver_privileged, plan->setting.preempt, plan->setting.full,
           plan->setting.leak, plan->bug, plan->setting.large);
    for ( i = 0; i < nr; i++ )
    {
        operation_print(&list[i], text, sizeof(text));
        bytes = (const uint8_t *)&list[i];
        for ( k = 0; k < sizeof(list[i]); k++ )
            printf("%02x", bytes[k]);
        printf("  %2u. %s: %s\n", i + 1, operation_name(list[i].kind), text);
    }
}

static int replay(const char *path)
{
    static struct operation list[65536];
    struct plan plan = { .interval = 1 };
    struct finding found;
    unsigned long long seed;
    unsigned int nr = 0, k, byte;
    unsigned int leak, large;
    int privileged, preempt, full;
    char line[512];
    FILE *file = fopen(path, "r");

    if ( !file || fscanf(file, "setting %llu %d %d %d %u %u %u ", &seed, &privileged, &preempt,
                         &full, &leak, &plan.bug, &large) != 7 )
        return fprintf(stderr, "naive: %s is no list\n", path), 2;
    plan.setting = (struct setting){ .seed = seed, .driver_privileged = privileged,
                                     .preempt = preempt, .full = full,
                                     .leak = leak, .large = large };
    while ( nr < 65536 && fgets(line, sizeof(line), file) )
        for ( k = 0; k < sizeof(list[0]) && sscanf(line + 2 * k, "%2x", &byte) == 1; k++ )
        {
            ((uint8_t *)&list[nr])[k] = byte;
            nr += k + 1 == sizeof(list[0]);
        }
    fclose(file);
    print_list(list, nr, &plan);
    run_list(list, nr, &plan, &found);
    printf("%u operations: %s\n", nr, found.failed ? found.why : "as the model says");
    return found.failed;
}

/* ---- lists at random ------------------------------------------------------------- */

static void report(struct operation *list, unsigned int nr, const struct plan *plan,
                   struct finding *found, unsigned int *left)
{
    struct finding again;

    printf("operation %u of a list: %s\n", found->at + 1, found->why);
    fflush(stdout);
    *left = shrink(list, nr, plan, found);
    printf("%u operations are enough: %s\n", *left, found->why);
    print_list(list, *left, plan);
    if ( !plan->quiet )
        run_apart(list, *left, plan, &again);       /* to see what it says */
}

/* How often each operation was done, and was not. */
static uint64_t did[OPERATIONS], did_not[OPERATIONS], called[MACHINE_CALLS];

static void count(const struct finding *found)
{
    unsigned int i;

    for ( i = 0; i < MACHINE_CALLS; i++ )
        called[i] |= found->called[i];
    for ( i = 0; i < OPERATIONS; i++ )
    {
        did[i] += found->did[i];
        did_not[i] += found->did_not[i];
    }
}

static void summary(uint64_t performed, uint64_t lists, double seconds)
{
    uint64_t done = 0;
    unsigned int i;

    if ( options.kinds )
        machine_print_called(called);
    for ( i = 0; i < OPERATIONS; i++ )
    {
        done += did[i];
        if ( options.kinds )
            printf("%-16s %10llu done %10llu not\n", operation_name(i),
                   (unsigned long long)did[i], (unsigned long long)did_not[i]);
    }
    printf("%llu operations in %llu lists, seed %#llx: %llu done; %.1f s, %.0f a second\n",
           (unsigned long long)performed, (unsigned long long)lists,
           (unsigned long long)options.seed, (unsigned long long)done, seconds,
           performed / seconds);
}

static int search(void)
{
    struct operation *list = mmap(NULL, options.length * sizeof(*list), PROT_READ | PROT_WRITE,
                                  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    struct planted wrong = planted(options.bug);
    struct plan plan = { .interval = options.interval, .bug = wrong.bug };
    uint64_t seed = options.seed, performed = 0, lists = 0;
    struct timespec from, to;
    struct finding found;
    unsigned int left;
    double seconds;

    clock_gettime(CLOCK_MONOTONIC, &from);
    plan.quiet = wrong.name;
    for ( ; performed < options.operations; lists++ )
    {
        plan.setting = (struct setting){ .seed = random_next(&seed),
                                         .driver_privileged = lists & 1, .full = lists % 3 == 2,
                                         .leak = wrong.leak,
                                         .large = lists % 12 == 1 ? 1 : lists % 12 == 7 ? 2 : 0,
                                         .preempt = lists % 4 == 3 };
        plan.draw = true;
        run_apart(list, options.length, &plan, &found);
        if ( found.failed )
        {
            report(list, options.length, &plan, &found, &left);
            munmap(list, options.length * sizeof(*list));
            return wrong.name ? left > options.most : 1;
        }
        performed += found.performed;
        count(&found);
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    seconds = to.tv_sec - from.tv_sec + (to.tv_nsec - from.tv_nsec) / 1e9;
    summary(performed, lists, seconds);
    munmap(list, options.length * sizeof(*list));
    if ( wrong.name )
        printf("the bug %s is not found\n", options.bug);
    return wrong.name != NULL;
}

int main(int argc, char **argv)
{
    int i;

    for ( i = 1; i < argc; i++ )
        if ( !option(argv[i]) )
        {
            fprintf(stderr, "naive: what is '%s'?\n", argv[i]);
            return 2;
        }
    return options.replay ? replay(options.replay) : search();
}
