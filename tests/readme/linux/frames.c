/* SPDX-License-Identifier: MIT */
#include <linux/module.h>
#include "hc-grant_table.h"

static int __init frames_init(void)
{
    struct gnttab_query_size query = { .dom = DOMID_SELF };
    long result = hc_grant_table_query_size(&query, 1);

    if ( result < 0 )
        return result;
    pr_info("the grant table has %u frames\n", query.nr_frames);
    return query.status == GNTST_okay ? 0 : -EIO;
}
module_init(frames_init);

MODULE_LICENSE("Dual MIT/GPL");
