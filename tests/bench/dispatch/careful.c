/* SPDX-License-Identifier: MIT */
/* Reference B; see reference.h. */
#include "reference.h"

/*
 * Up to AHEAD elements at once, of which the handler is told, as the description asks
 * for; one alone in a copy of a constant size. How many: there are no faults here.
 */
#define read_block(block, uop, left, ahead)                             \
    ({                                                                  \
        unsigned int nr_ = (left) < AHEAD ? (left) : AHEAD;             \
                                                                        \
        if ( nr_ > 1 )                                                  \
        {                                                               \
            memcpy(block, uop, nr_ * sizeof(*(block)));                 \
            ahead(call, block, nr_);                                    \
        }                                                               \
        else                                                            \
            memcpy(block, uop, sizeof(*(block)));                       \
        nr_;                                                            \
    })

/* Each returns 0, a negative errno, or how many are done where it has to wait. */
static always_inline long map(struct hd_call *call, struct gnttab_map_grant_ref *uop, unsigned int count)
{
    struct gnttab_map_grant_ref block[CHECKS ? AHEAD : 1], *op = block, *end = block;
    unsigned int i;
    int rc;

    for ( i = 0; i < count; i++ )
    {
        if ( must_wait(i) )
            return i;
        if ( !CHECKS )
            memcpy(op, uop + i, sizeof(*op));
        else if ( op == end )
        {
            op = block;
            end = block + read_block(block, uop + i, count - i, hv_grant_table_map_grant_ref_ahead);
        }
        preset(*op);
        if ( CHECKS && unlikely(!(op->flags & (GNTMAP_device_map | GNTMAP_host_map))) )
        {
            uop[i].status = GNTST_bad_gntref;
            op++;
            continue;
        }
        rc = hv_grant_table_map_grant_ref(call, op);
        if ( unlikely(rc) )
            return rc;
        if ( CHECKS )
            memcpy(uop + i, op, offsetof(struct gnttab_map_grant_ref, status));
        uop[i].status = op->status;
        uop[i].handle = op->handle;
        uop[i].dev_bus_addr = op->dev_bus_addr;
        op += CHECKS;
    }
    return 0;
}

static always_inline long unmap(struct hd_call *call, struct gnttab_unmap_grant_ref *uop, unsigned int count)
{
    struct gnttab_unmap_grant_ref block[CHECKS ? AHEAD : 1], *op = block, *end = block;
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
        if ( !CHECKS )
            memcpy(op, uop + i, sizeof(*op));
        else if ( op == end )
        {
            op = block;
            end = block + read_block(block, uop + i, count - i,
                                     hv_grant_table_unmap_grant_ref_ahead);
        }
        preset(*op);
        rc = hv_grant_table_unmap_grant_ref(call, op);
        if ( unlikely(rc) )
            return rc;
        uop[i].status = op->status;
        op += CHECKS;
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
