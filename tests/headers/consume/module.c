/* SPDX-License-Identifier: MIT */
/*
 * The part of a Linux module that calls Xen.  The kernel has the hypercall
 * page and exports it: nothing but the stubs' include path is to be added.
 *   ccflags-y := -I$(src)/stubs -I$(src)/include
 */
#include <stdint.h>
#include "hc-grant_table.h"
#include "hc-memory.h"

long example_frames(unsigned int *frames)
{
    struct gnttab_query_size query = { .dom = DOMID_SELF };
    long result = hc_grant_table_query_size(&query, 1);

    if ( result < 0 )
        return result;
    *frames = query.nr_frames;
    return query.status;
}

long example_highest_frame(void)
{
    return hc_memory_maximum_ram_page();
}
