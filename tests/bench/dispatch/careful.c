/* SPDX-License-Identifier: MIT */
/* Reference B; see reference.h. */
#include "reference.h"

/* Each returns 0, a negative errno, or how many are done where it has to wait. */
static long map(struct hd_call *call, struct gnttab_map_grant_ref *uop, unsigned int count)
{
    struct gnttab_map_grant_ref op;
    unsigned int i;
    int rc;

    for ( i = 0; i < count; i++ )
    {
        if ( must_wait(i) )
            return i;
        memcpy(&op, uop + i, sizeof(op));
        preset(op);
        if ( CHECKS && unlikely(!(op.flags & (GNTMAP_device_map | GNTMAP_host_map))) )
        {
            uop[i].status = GNTST_bad_gntref;
            continue;
        }
        rc = hv_grant_table_map_grant_ref(call, &op);
        if ( unlikely(rc) )
            return rc;
        if ( CHECKS )
            memcpy(uop + i, &op, offsetof(struct gnttab_map_grant_ref, status));
        uop[i].status = op.status;
        uop[i].handle = op.handle;
        uop[i].dev_bus_addr = op.dev_bus_addr;
    }
    return 0;
}

static long unmap(struct hd_call *call, struct gnttab_unmap_grant_ref *uop, unsigned int count)
{
    struct gnttab_unmap_grant_ref op;
    unsigned int i;
    int rc;

    for ( i = 0; i < count; i++ )
    {
        if ( CHECKS && i && !(i % 32) )
        {
            if ( must_wait(i) )
                return i;
            hv_grant_table_op_end(call);
        }
        memcpy(&op, uop + i, sizeof(op));
        preset(op);
        rc = hv_grant_table_unmap_grant_ref(call, &op);
        if ( unlikely(rc) )
            return rc;
        uop[i].status = op.status;
    }
    return 0;
}

static long copy(struct hd_call *call, struct gnttab_copy *uop, unsigned int count)
{
    struct gnttab_copy op;
    unsigned int i;
    int rc;

    for ( i = 0; i < count; i++ )
    {
        if ( must_wait(i) )
            return i;
        memcpy(&op, uop + i, sizeof(op));
        preset(op);
        rc = hv_grant_table_copy(call, &op);
        if ( unlikely(rc) )
            return rc;
        uop[i].status = op.status;
    }
    return 0;
}

/* The array's range, its elements, and the rest of them for later. */
#define do_elements(name, type)                                         \
    if ( unlikely(!range_is_guests(uop, count * sizeof(struct type))) ) \
        return -EFAULT;                                                 \
    rc = name(&call, uop, count);                                       \
    if ( unlikely(rc > 0) )                                             \
        later = (struct type *)uop + rc;                                \
    break

long careful_grant_table_op(unsigned int cmd, void *uop, unsigned int count)
{
    struct hd_call call = { .caller = current_domain, .op = op_of(cmd) };
    void *later = NULL;
    long rc = refuse_call(cmd, count);

    if ( unlikely(rc) )
        return rc;
    if ( CHECKS && unlikely(cmd >> PLACE_SHIFT) )
        return -EINVAL;
    switch ( call.op )
    {
    case GNTTABOP_map_grant_ref:
        do_elements(map, gnttab_map_grant_ref);
    case GNTTABOP_unmap_grant_ref:
        do_elements(unmap, gnttab_unmap_grant_ref);
    case GNTTABOP_copy:
        do_elements(copy, gnttab_copy);
    default:
        return -ENOSYS;
    }
    if ( CHECKS )
        hv_grant_table_op_end(&call);
    if ( unlikely(later != NULL) )
        rc = continue_later(cmd, later, count - (unsigned int)rc);
    return rc;
}
