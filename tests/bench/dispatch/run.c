/* SPDX-License-Identifier: MIT */
/*
 * run DISPATCHER OP BATCH CALLS: so many calls of one dispatcher, for callgrind
 * to count.
 */
#include <stdio.h>
#include <stdlib.h>

#include "reference.h"

#define MOST 256

typedef long dispatcher(unsigned int cmd, void *uop, unsigned int count);

static const struct { const char *name; dispatcher *call; } dispatchers[] = {
    { "bare", bare_grant_table_op },
    { "xen-like", xen_like_grant_table_op },
    { "careful", careful_grant_table_op },
};

static const struct { const char *name; unsigned int cmd; } ops[] = {
    { "map", GNTTABOP_map_grant_ref },
    { "unmap", GNTTABOP_unmap_grant_ref },
    { "copy", GNTTABOP_copy },
};

static union
{
    struct gnttab_map_grant_ref map[MOST];
    struct gnttab_unmap_grant_ref unmap[MOST];
    struct gnttab_copy copy[MOST];
} elements;

static void fill(unsigned int cmd)
{
    unsigned int i;

    memset(&elements, 0, sizeof(elements));
    for ( i = 0; i < MOST; i++ )
        if ( cmd == GNTTABOP_map_grant_ref )
            elements.map[i] = (struct gnttab_map_grant_ref){
                .host_addr = 0x1000, .flags = GNTMAP_host_map, .ref = i, .status = 1 };
        else if ( cmd == GNTTABOP_unmap_grant_ref )
            elements.unmap[i] = (struct gnttab_unmap_grant_ref){
                .host_addr = 0x1000, .handle = i, .status = 1 };
        else
            elements.copy[i] = (struct gnttab_copy){
                .source.u.ref = i, .dest.u.ref = i, .dest.offset = 64, .len = 8, .status = 1,
                .flags = GNTCOPY_source_gref | GNTCOPY_dest_gref };
}

/* Every element was done, and said so. */
static bool done(unsigned int cmd, unsigned int batch)
{
    unsigned int i;

    for ( i = 0; i < batch; i++ )
        if ( cmd == GNTTABOP_map_grant_ref ? elements.map[i].status
             : cmd == GNTTABOP_unmap_grant_ref ? elements.unmap[i].status
             : elements.copy[i].status )
            return false;
    return true;
}

int main(int argc, char **argv)
{
    unsigned int which, op, batch = argc == 5 ? (unsigned int)atoi(argv[3]) : 0;
    unsigned int calls = argc == 5 ? (unsigned int)atoi(argv[4]) : 0;

    for ( which = 0; which < 3 && argc == 5; which++ )
        if ( !strcmp(argv[1], dispatchers[which].name) )
            break;
    for ( op = 0; op < 3 && argc == 5; op++ )
        if ( !strcmp(argv[2], ops[op].name) )
            break;
    if ( which == 3 || op == 3 || !batch || batch > MOST || !calls )
    {
        fputs("usage: run DISPATCHER OP BATCH CALLS\n", stderr);
        return 2;
    }
    while ( calls-- )
    {
        fill(ops[op].cmd);
        if ( dispatchers[which].call(ops[op].cmd, &elements, batch) ||
             !done(ops[op].cmd, batch) )
        {
            fprintf(stderr, "run: %s of %s does not work\n", argv[2], argv[1]);
            return 1;
        }
    }
    return 0;
}
