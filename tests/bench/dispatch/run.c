/* SPDX-License-Identifier: MIT */
/*
 * run count   each dispatcher, op and batch 10 times; callgrind writes down what
 *             each took, under the name "OP BATCH DISPATCHER"
 * run time    nanoseconds for one element, a line for each: the same three names,
 *             median, least.  The dispatchers take turns, in one process.
 *
 * Exit status 1: one of them does not do what it is asked to.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#if __has_include(<valgrind/callgrind.h>)
#include <valgrind/callgrind.h>
#else
#define CALLGRIND_DUMP_STATS_AT(name) ((void)(name))
#endif

#include "reference.h"

#define LENGTH(list) (sizeof(list) / sizeof((list)[0]))
#define MOST 256
#define ROUNDS 21
#define ELEMENTS_OF_A_ROUND 4096

/* With -DGENERATED: the generated one, see generated.c. */
void generated_start(void);
long generated_grant_table_op(unsigned int cmd, void *uop, unsigned int count);

static const struct
{
    const char *name;
    long (*call)(unsigned int cmd, void *uop, unsigned int count);
} dispatchers[] = {
    { "bare", bare_grant_table_op },
    { "xen-like", xen_like_grant_table_op },
    { "careful", careful_grant_table_op },
#ifdef GENERATED
    { "generated", generated_grant_table_op },
#endif
};

static union
{
    struct gnttab_map_grant_ref map[MOST];
    struct gnttab_unmap_grant_ref unmap[MOST];
    struct gnttab_copy copy[MOST];
} elements;

static void fill_map(unsigned int i)
{
    elements.map[i] = (struct gnttab_map_grant_ref){
        .host_addr = 0x1000, .flags = GNTMAP_host_map, .ref = i, .status = 1 };
}

static void fill_unmap(unsigned int i)
{
    elements.unmap[i] = (struct gnttab_unmap_grant_ref){
        .host_addr = 0x1000, .handle = i, .status = 1 };
}

static void fill_copy(unsigned int i)
{
    elements.copy[i] = (struct gnttab_copy){
        .source.u.ref = i, .dest.u.ref = i, .dest.offset = 64, .len = 8, .status = 1,
        .source.domid = DOMID_SELF, .dest.domid = DOMID_SELF,
        .flags = GNTCOPY_source_gref | GNTCOPY_dest_gref };
}

static int map_status(unsigned int i) { return elements.map[i].status; }
static int unmap_status(unsigned int i) { return elements.unmap[i].status; }
static int copy_status(unsigned int i) { return elements.copy[i].status; }

static const struct op
{
    const char *name;
    unsigned int cmd;
    void (*fill)(unsigned int i);
    int (*status)(unsigned int i);
} ops[] = {
    { "map", GNTTABOP_map_grant_ref, fill_map, map_status },
    { "unmap", GNTTABOP_unmap_grant_ref, fill_unmap, unmap_status },
    { "copy", GNTTABOP_copy, fill_copy, copy_status },
};

static const unsigned int batches[] = { 1, 32, MOST };

static void fill(const struct op *op)
{
    unsigned int i;

    memset(&elements, 0, sizeof(elements));
    for ( i = 0; i < MOST; i++ )
        op->fill(i);
}

/* All of the batch was done, and nothing behind it. */
static void must_be_done(const struct op *op, unsigned int batch, unsigned int which)
{
    unsigned int i;

    for ( i = 0; i < MOST; i++ )
        if ( op->status(i) != (i < batch ? GNTST_okay : 1) )
        {
            printf("%s: %s of element %u in %u is %d\n", dispatchers[which].name,
                   op->name, i, batch, op->status(i));
            exit(1);
        }
}

static void call(unsigned int which, const struct op *op, unsigned int batch, unsigned int times)
{
    while ( times-- )
        if ( dispatchers[which].call(op->cmd, &elements, batch) )
        {
            printf("%s: %s of %u fails\n", dispatchers[which].name, op->name, batch);
            exit(1);
        }
}

static void count(const struct op *op, unsigned int batch)
{
    unsigned int which;
    char name[64];

    for ( which = 0; which < LENGTH(dispatchers); which++ )
    {
        fill(op);
        call(which, op, batch, 10);
        must_be_done(op, batch, which);
        snprintf(name, sizeof(name), "%s %u %s", op->name, batch, dispatchers[which].name);
        CALLGRIND_DUMP_STATS_AT(name);
    }
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;

    return a < b ? -1 : a > b;
}

static void measure(const struct op *op, unsigned int batch)
{
    static double times[LENGTH(dispatchers)][ROUNDS];
    unsigned int which, round, calls = ELEMENTS_OF_A_ROUND / batch;
    double start;

    fill(op);
    for ( round = 0; round < ROUNDS; round++ )
        for ( which = 0; which < LENGTH(dispatchers); which++ )
        {
            start = now();
            call(which, op, batch, calls);
            times[which][round] = (now() - start) / calls / batch;
        }
    for ( which = 0; which < LENGTH(dispatchers); which++ )
    {
        qsort(times[which], ROUNDS, sizeof(double), compare);
        printf("%s %u %s %.2f %.2f\n", op->name, batch, dispatchers[which].name,
               times[which][ROUNDS / 2], times[which][0]);
    }
}

int main(int argc, char **argv)
{
    void (*step)(const struct op *op, unsigned int batch) =
        argc != 2 ? NULL : !strcmp(argv[1], "count") ? count
        : !strcmp(argv[1], "time") ? measure : NULL;
    unsigned int op, batch;

    if ( !step )
    {
        fputs("usage: run count|time\n", stderr);
        return 2;
    }
#ifdef GENERATED
    generated_start();
#endif
    for ( op = 0; op < LENGTH(ops); op++ )
        for ( batch = 0; batch < LENGTH(batches); batch++ )
            step(&ops[op], batches[batch]);
    return 0;
}
