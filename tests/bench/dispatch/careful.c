/* SPDX-License-Identifier: MIT */
/* Reference B; see reference.h. */
#include "reference.h"

static long map(struct gnttab_map_grant_ref *uop, unsigned int count)
{
    struct gnttab_map_grant_ref op;
    unsigned int i;
    int rc;

    for ( i = 0; i < count; i++ )
    {
        memcpy(&op, uop + i, sizeof(op));
        rc = hv_grant_table_map_grant_ref(NULL, &op);
        if ( unlikely(rc) )
            return rc;
        uop[i].status = op.status;
        uop[i].handle = op.handle;
        uop[i].dev_bus_addr = op.dev_bus_addr;
    }
    return 0;
}

static long unmap(struct gnttab_unmap_grant_ref *uop, unsigned int count)
{
    struct gnttab_unmap_grant_ref op;
    unsigned int i;
    int rc;

    for ( i = 0; i < count; i++ )
    {
        memcpy(&op, uop + i, sizeof(op));
        rc = hv_grant_table_unmap_grant_ref(NULL, &op);
        if ( unlikely(rc) )
            return rc;
        uop[i].status = op.status;
    }
    return 0;
}

static long copy(struct gnttab_copy *uop, unsigned int count)
{
    struct gnttab_copy op;
    unsigned int i;
    int rc;

    for ( i = 0; i < count; i++ )
    {
        memcpy(&op, uop + i, sizeof(op));
        rc = hv_grant_table_copy(NULL, &op);
        if ( unlikely(rc) )
            return rc;
        uop[i].status = op.status;
    }
    return 0;
}

long careful_grant_table_op(unsigned int cmd, void *uop, unsigned int count)
{
    switch ( cmd )
    {
    case GNTTABOP_map_grant_ref:
        if ( unlikely(!range_is_guests(uop, count * sizeof(struct gnttab_map_grant_ref))) )
            return -EFAULT;
        return map(uop, count);
    case GNTTABOP_unmap_grant_ref:
        if ( unlikely(!range_is_guests(uop, count * sizeof(struct gnttab_unmap_grant_ref))) )
            return -EFAULT;
        return unmap(uop, count);
    case GNTTABOP_copy:
        if ( unlikely(!range_is_guests(uop, count * sizeof(struct gnttab_copy))) )
            return -EFAULT;
        return copy(uop, count);
    default:
        return -ENOSYS;
    }
}
