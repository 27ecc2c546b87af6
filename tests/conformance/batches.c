/* SPDX-License-Identifier: MIT */
/* The rows of grant.def about batches that are interrupted. */
#include "conformance.h"

static long map_done(struct hd_call *call, void *op)
{
    struct gnttab_map_grant_ref *map = op;

    (void)call;
    map->handle = map->ref + 100;
    map->dev_bus_addr = map->host_addr + 0x10000;
    map->status = map->ref == 3 ? GNTST_bad_page : GNTST_okay;
    return 0;
}

#define BATCH 5

static struct gnttab_map_grant_ref *map_five(bool interrupted, long *result)
{
    struct gnttab_map_grant_ref *maps = new_maps(BATCH);

    script.act = map_done;
    machine.preempt_always = interrupted;
    *result = hc_grant_table_map_grant_ref(at(maps), BATCH);
    return maps;
}

long row_map_goes_back(void)
{
    long result;

    map_five(true, &result);
    return script.goes_back + (script.entries == 0);
}

long row_unmap_goes_back(void)
{
    struct gnttab_unmap_grant_ref *unmaps = guest_new(struct gnttab_unmap_grant_ref, 70);

    machine.preempt_always = true;
    hc_grant_table_unmap_grant_ref(at(unmaps), 70);
    return script.goes_back + (script.entries == 0);
}

long row_map_ends_same(void)
{
    struct gnttab_map_grant_ref without[BATCH], *maps;
    long result, result_without;

    maps = map_five(false, &result_without);
    memcpy(without, maps, sizeof(without));
    maps = map_five(true, &result);
    return (result != result_without) + (memcmp(maps, without, sizeof(without)) != 0) +
           (maps[BATCH - 1].handle != BATCH - 1 + 100);
}

long row_map_entries(void)
{
    long result;

    map_five(true, &result);
    return script.entries;
}

/* Entry number e begins with element e: what lies before is done. */
long row_map_never_again(void)
{
    unsigned int i, again = 0;
    unsigned long base;
    long result;

    base = guest_address(map_five(true, &result));
    for ( i = 0; i < machine.accesses; i++ )
        again += machine.access[i].address < base +
                 machine.access[i].entry * sizeof(struct gnttab_map_grant_ref);
    return again + (machine.entries != BATCH);
}
