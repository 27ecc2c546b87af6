/* SPDX-License-Identifier: MIT */
/* The handlers without a dispatcher: what is left if dispatching costs nothing. */
#include "reference.h"

#define each(op)                                                        \
    {                                                                   \
        struct gnttab_ ## op *at = uop, *end = at + count;              \
                                                                        \
        for ( ; at < end && !rc; at++ )                                 \
        {                                                               \
            preset(*at);                                                \
            rc = hv_grant_table_ ## op(NULL, at);                       \
        }                                                               \
        break;                                                          \
    }

long bare_grant_table_op(unsigned int cmd, void *uop, unsigned int count)
{
    int rc = 0;

    switch ( cmd )
    {
    case GNTTABOP_map_grant_ref: each(map_grant_ref)
    case GNTTABOP_unmap_grant_ref: each(unmap_grant_ref)
    case GNTTABOP_copy: each(copy)
    default: rc = -ENOSYS;
    }
    return rc;
}
