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
 * was measured before there was a generated one.
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

/* Addresses below are the guest's. */
#define GUEST_END (1ul << 47)

static inline bool range_is_guests(const void *address, size_t bytes)
{
    return (unsigned long)address < GUEST_END &&
           GUEST_END - (unsigned long)address >= bytes;
}

struct hd_call;

/* The handlers, of all dispatchers: a file of their own, never inlined. */
int hv_grant_table_map_grant_ref(struct hd_call *call, struct gnttab_map_grant_ref *op);
int hv_grant_table_unmap_grant_ref(struct hd_call *call, struct gnttab_unmap_grant_ref *op);
int hv_grant_table_copy(struct hd_call *call, struct gnttab_copy *op);

long xen_like_grant_table_op(unsigned int cmd, void *uop, unsigned int count);
long careful_grant_table_op(unsigned int cmd, void *uop, unsigned int count);
/* No dispatcher: the handlers, for each element where it lies. */
long bare_grant_table_op(unsigned int cmd, void *uop, unsigned int count);

#endif
