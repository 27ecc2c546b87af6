/* SPDX-License-Identifier: MIT */
/*
 * A unikernel, no library under it: how many frames has our grant table?
 * Needs the stubs' folder and a folder whose xen/ holds the public headers:
 *   cc -ffreestanding -nostdlib -static -Istubs -Iinclude unikernel.c
 */
#include <stdint.h>
#include "hc-grant_table.h"

/* Xen fills this page before we start; see XEN_ELFNOTE_HYPERCALL_PAGE. */
char hypercall_page[4096] __attribute__((aligned(4096)));

uint32_t grant_frames(void)
{
    struct gnttab_query_size query = { .dom = DOMID_SELF };

    if ( hc_grant_table_query_size(&query, 1) || query.status != GNTST_okay )
        return 0;
    return query.nr_frames;
}

void _start(void)
{
    while ( grant_frames() )
        continue;
}
