/* SPDX-License-Identifier: MIT */
/*
 * The part of a module that calls Xen through a page that the kernel exports,
 * as Linux did until XSA-466: hypercall_page is all that it needs.  For today's
 * Linux see tests/readme/linux.
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
