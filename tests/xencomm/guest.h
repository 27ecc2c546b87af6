/* SPDX-License-Identifier: MIT */
/*
 * A guest's memory: every page of this process has a guest-physical frame, and
 * which one is up to the test. Gives what guest-impl/xencomm.c needs of a guest,
 * and the way back, for the hypervisor.
 */
#ifndef TESTS_XENCOMM_GUEST_H
#define TESTS_XENCOMM_GUEST_H

#include "hv-impl/port-host/xencomm.h"

#define GUEST_ORDERS        \
    GUEST_ORDER(contiguous) \
    GUEST_ORDER(reversed)   \
    GUEST_ORDER(scattered)

enum guest_order {
#define GUEST_ORDER(name) GUEST_##name,
    GUEST_ORDERS
#undef GUEST_ORDER
    NR_GUEST_ORDERS
};

/* Begin anew: pages of 2^shift bytes, and how their frames follow each other. */
void guest_reset(unsigned int shift, enum guest_order order);
/* This page has that frame, or none; the others stay where they are. */
#define GUEST_NOTHING UINT64_MAX
void guest_put(const void *page, uint64_t frame);

/* What the hypervisor has of it. */
const struct xencomm_memory *guest_memory(void);

/*
 * An object of so many bytes, so many of them in front of the end of a page, and
 * nothing around that could be touched. All of them end with guest_reset().
 */
void *guest_object(size_t bytes, size_t before_page_end);

/* Which allocation of a descriptor fails, from 0 on; -1: none. */
extern int guest_fails;
extern unsigned int guest_allocations, guest_live;
extern unsigned long guest_asked;       /* translations so far */

#endif
