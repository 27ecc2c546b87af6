/* SPDX-License-Identifier: MIT */
/*
 * The payload: what its files share. The files of checks are built twice, with
 * WAY "page" and with WAY "vmmcall", once for each way into the hypervisor.
 */
#ifndef PAYLOAD_H
#define PAYLOAD_H

#include <stddef.h>
#include <stdint.h>

#include "hc-grant_table.h"
#include "hc-memory.h"
#include "hc-physdev.h"
#include "hc-pmt.h"
#include "hc-xen.h"

#include <xen/errno.h>

#include "../checks.h"
#include "pvh.h"

#define PAGE_SIZE 4096
#define NO_DOMAIN 4321
#define DOM0 0
#define SELF_PAGES PVH_PAGES

/* The bits and the way: what a check says begins with them. */
#ifdef __x86_64__
#define HERE "PVH 64 " WAY ": "
#else
#define HERE "PVH 32 " WAY ": "
#endif

/* A frame, seen from here. */
static inline void *gfn_at(unsigned long gfn)
{
    return (void *)(gfn * PAGE_SIZE);
}

#define CALL_ERROR(error) (-1000L + (error))
#define status_of(call, element) \
    ({ long error_ = (call); error_ ? CALL_ERROR(error_) : (element).status; })

#define meeting ((volatile struct pvh_meeting *)gfn_at(PVH_MEETING_GFN))

void *memset(void *to, int value, size_t size);
void *memcpy(void *to, const void *from, size_t size);

/* Each file of checks defines one of these, twice. */
#define GROUPS(X) X(grants) X(memory) X(physmap) X(refused)
#define NAME_(group, way) group##_by_##way
#define NAME(group, way) NAME_(group, way)
#define X(group) void NAME(group, page)(void); void NAME(group, vmmcall)(void);
GROUPS(X)
#undef X

/* leave.c */
void grant_to_dom0(void);

#endif
