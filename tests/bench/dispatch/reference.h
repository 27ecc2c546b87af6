/* SPDX-License-Identifier: MIT */
/*
 * Two dispatchers of grant_table_op written by hand, to compare the generated
 * one with, and what both are made of.  Needs the generated public headers.
 *
 * A, xen-like.c: as Xen's own is written.  Each element is fetched by a call of
 *    a function that checks its range and copies with "rep movs", and each field
 *    goes back by a checked store.
 * B, careful.c: as one would who counts.  One range check for the array, copies
 *    of a constant size that the compiler sees, plain stores back.
 *
 * Both handle map_grant_ref (32 bytes, three fields go back), unmap_grant_ref
 * (24, the status) and copy (40, the status).  What README.md says they cost
 * was measured before there was a generated one; then both were given the checks
 * that the description asks for: who may call, nospec, bits, preemption; B also reads
 * maps and unmaps in blocks and tells of them, as the description has it now.
 *
 * What is counted: all instructions from the entry of the dispatcher to its
 * return, handlers included; gcc -O2 without SSE, as Xen builds itself.
 */
#ifndef REFERENCE_H
#define REFERENCE_H

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stddef.h>
#include <string.h>
#include <xen/xen.h>
#include <xen/grant_table.h>

#define unlikely(x) __builtin_expect(!!(x), 0)
#define always_inline __inline__ __attribute__((__always_inline__))

/* Addresses below are the guest's. */
#define GUEST_END (1ul << 47)

static inline bool range_is_guests(const void *address, size_t bytes)
{
    return (unsigned long)address < GUEST_END &&
           GUEST_END - (unsigned long)address >= bytes;
}

/* What the elements of one call share: the handlers are given it. */
struct domain { bool is_pv, is_translated; };

struct hd_call
{
    struct domain *caller;
    unsigned int op;
    bool compat;
    unsigned long place;
    void *data;
};

extern struct domain *current_domain;

/* Somebody waits for the processor. */
extern volatile unsigned int somebody_waits;

/* The caller goes on later, with these arguments. */
long continue_later(unsigned int cmd, void *uop, unsigned int count);

/* A number below the limit, or 0, also where the processor guesses ahead. */
static inline unsigned int clamped(unsigned int number, unsigned int limit)
{
    unsigned int mask;

    asm volatile ( "cmp %1, %2; sbb %0, %0" : "=r" (mask) : "ri" (limit), "r" (number) : "cc" );
    return number & mask;
}

#define PLACE_SHIFT 12
#define OPS 13
/* Elements of map and unmap that are read at once. */
#define AHEAD 32u

/* 0: without the checks below, as the references were calibrated. */
#ifndef CHECKS
#define CHECKS 1
#endif

/* Who may call which op at all, and with what; the same for both. */
static inline long refuse_call(unsigned int cmd, unsigned int count)
{
    const struct domain *caller = current_domain;

    if ( !CHECKS )
        return 0;
    if ( unlikely(!caller->is_pv) )
        switch ( cmd )
        {
        case GNTTABOP_transfer:
        case GNTTABOP_unmap_and_replace:
        case GNTTABOP_get_status_frames:
        case GNTTABOP_cache_flush:
            return -ENOSYS;
        }
    if ( unlikely(caller->is_translated) && unlikely(cmd >> PLACE_SHIFT) )
        return -ENOSYS;
    if ( unlikely(count > 0x7fffffff) )
        return -EINVAL;
    return 0;
}

/* The number of the op, or one that there is not. */
static inline unsigned int op_of(unsigned int cmd)
{
    unsigned int op = cmd & ((1u << PLACE_SHIFT) - 1);

    if ( !CHECKS )
        return cmd;
    return unlikely(op >= OPS) ? OPS : clamped(op, OPS);
}

/* An element is okay until somebody says otherwise. */
#define preset(op)                              \
    do {                                        \
        if ( CHECKS )                           \
            (op).status = GNTST_okay;           \
    } while ( 0 )

static inline bool must_wait(unsigned int done)
{
    return CHECKS && done && unlikely(somebody_waits);
}

/* The handlers, of all dispatchers: a file of their own, never inlined. */
int hv_grant_table_map_grant_ref(struct hd_call *call, struct gnttab_map_grant_ref *op);
int hv_grant_table_unmap_grant_ref(struct hd_call *call, struct gnttab_unmap_grant_ref *op);
int hv_grant_table_copy(struct hd_call *call, struct gnttab_copy *op);
/* Of what comes next; here they do nothing. */
void hv_grant_table_map_grant_ref_ahead(const struct hd_call *call,
                                        const struct gnttab_map_grant_ref *ops, unsigned int nr);
void hv_grant_table_unmap_grant_ref_ahead(const struct hd_call *call,
                                          const struct gnttab_unmap_grant_ref *ops,
                                          unsigned int nr);
/* Once more at the end, and after each 32 unmaps: there translations are flushed. */
void hv_grant_table_op_end(struct hd_call *call);

long xen_like_grant_table_op(unsigned int cmd, void *uop, unsigned int count);
long careful_grant_table_op(unsigned int cmd, void *uop, unsigned int count);
/* No dispatcher: the handlers, for each element where it lies. */
long bare_grant_table_op(unsigned int cmd, void *uop, unsigned int count);

#endif
