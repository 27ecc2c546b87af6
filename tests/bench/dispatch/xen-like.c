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

static long map(struct gnttab_map_grant_ref *uop, unsigned int count)
{
    struct gnttab_map_grant_ref op;
    unsigned int i;
    int rc;

    for ( i = 0; i < count; i++ )
    {
        if ( unlikely(fetch(&op, uop + i, sizeof(op))) )
            return -EFAULT;
        rc = hv_grant_table_map_grant_ref(NULL, &op);
        if ( unlikely(rc) )
            return rc;
        if ( unlikely(store(&uop[i].status, op.status)) ||
             unlikely(store(&uop[i].handle, op.handle)) ||
             unlikely(store(&uop[i].dev_bus_addr, op.dev_bus_addr)) )
            return -EFAULT;
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
        if ( unlikely(fetch(&op, uop + i, sizeof(op))) )
            return -EFAULT;
        rc = hv_grant_table_unmap_grant_ref(NULL, &op);
        if ( unlikely(rc) )
            return rc;
        if ( unlikely(store(&uop[i].status, op.status)) )
            return -EFAULT;
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
        if ( unlikely(fetch(&op, uop + i, sizeof(op))) )
            return -EFAULT;
        rc = hv_grant_table_copy(NULL, &op);
        if ( unlikely(rc) )
            return rc;
        if ( unlikely(store(&uop[i].status, op.status)) )
            return -EFAULT;
    }
    return 0;
}

long xen_like_grant_table_op(unsigned int cmd, void *uop, unsigned int count)
{
    switch ( cmd )
    {
    case GNTTABOP_map_grant_ref:
        return map(uop, count);
    case GNTTABOP_unmap_grant_ref:
        return unmap(uop, count);
    case GNTTABOP_copy:
        return copy(uop, count);
    default:
        return -ENOSYS;
    }
}
