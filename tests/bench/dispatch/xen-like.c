/* SPDX-License-Identifier: MIT */
/* Reference A; see reference.h. */
#include "reference.h"

/* How many bytes could not be copied. */
__attribute__((noinline))
static unsigned long fetch(void *to, const void *from, unsigned long bytes)
{
    unsigned long words = bytes / 8, rest = bytes % 8;

    if ( unlikely(!range_is_guests(from, bytes)) )
        return bytes;
    asm volatile ( "rep movsq" : "+D" (to), "+S" (from), "+c" (words) : : "memory" );
    asm volatile ( "rep movsb" : "+D" (to), "+S" (from), "+c" (rest) : : "memory" );
    return rest;
}

/* True if it cannot be stored. */
#define store(to, value)                                                \
    (!range_is_guests(to, sizeof(*(to))) ||                             \
     (*(volatile typeof(*(to)) *)(to) = (value), false))

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
        if ( unlikely(fetch(&op, uop + i, sizeof(op))) )
            return -EFAULT;
        preset(op);
        if ( CHECKS && unlikely(!(op.flags & (GNTMAP_device_map | GNTMAP_host_map))) )
            op.status = GNTST_bad_gntref;
        else
        {
            rc = hv_grant_table_map_grant_ref(call, &op);
            if ( unlikely(rc) )
                return rc;
        }
        if ( unlikely(store(&uop[i].status, op.status)) ||
             unlikely(store(&uop[i].handle, op.handle)) ||
             unlikely(store(&uop[i].dev_bus_addr, op.dev_bus_addr)) )
            return -EFAULT;
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
        if ( unlikely(fetch(&op, uop + i, sizeof(op))) )
            return -EFAULT;
        preset(op);
        rc = hv_grant_table_unmap_grant_ref(call, &op);
        if ( unlikely(rc) )
            return rc;
        if ( unlikely(store(&uop[i].status, op.status)) )
            return -EFAULT;
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
        if ( unlikely(fetch(&op, uop + i, sizeof(op))) )
            return -EFAULT;
        preset(op);
        rc = hv_grant_table_copy(call, &op);
        if ( unlikely(rc) )
            return rc;
        if ( unlikely(store(&uop[i].status, op.status)) )
            return -EFAULT;
    }
    return 0;
}

static long do_op(struct hd_call *call, void *uop, unsigned int count)
{
    switch ( call->op )
    {
    case GNTTABOP_map_grant_ref:
        return map(call, uop, count);
    case GNTTABOP_unmap_grant_ref:
        return unmap(call, uop, count);
    case GNTTABOP_copy:
        return copy(call, uop, count);
    default:
        return -ENOSYS;
    }
}

#define advance(op) uop = (struct gnttab_ ## op *)uop + done

/* The rest of a call, for later. */
static long wait(unsigned int cmd, void *uop, unsigned int count, long done)
{
    switch ( cmd )
    {
    case GNTTABOP_map_grant_ref:
        advance(map_grant_ref);
        break;
    case GNTTABOP_unmap_grant_ref:
        advance(unmap_grant_ref);
        break;
    case GNTTABOP_copy:
        advance(copy);
        break;
    }
    return continue_later(cmd, uop, count - (unsigned int)done);
}

long xen_like_grant_table_op(unsigned int cmd, void *uop, unsigned int count)
{
    struct hd_call call = { .caller = current_domain, .op = op_of(cmd) };
    long rc = refuse_call(cmd, count);

    if ( unlikely(rc) )
        return rc;
    if ( CHECKS && unlikely(cmd >> PLACE_SHIFT) )
        return -EINVAL;
    rc = do_op(&call, uop, count);
    if ( CHECKS )
        hv_grant_table_op_end(&call);
    if ( unlikely(rc > 0) )
        rc = wait(cmd, uop, count, rc);
    return rc;
}
