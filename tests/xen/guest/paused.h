/* SPDX-License-Identifier: MIT */
/* A PV domain that never runs: dom0 writes its grant table for it. */
#ifndef PAUSED_H
#define PAUSED_H

#include "domain.h"

#define PAUSED_PAGES 16

struct paused
{
    domid_t domain;
    xen_pfn_t frames[PAUSED_PAGES];     /* Of its pages. */
    grant_entry_v1_t *grants;           /* A window. */
};

/* An entry for dom0. */
static inline void paused_grant(struct paused *paused, grant_ref_t ref,
                                unsigned long frame, uint16_t flags)
{
    paused->grants[ref].domid = 0;
    paused->grants[ref].frame = frame;
    asm volatile("" ::: "memory");
    *(volatile uint16_t *)&paused->grants[ref].flags = flags;
}

/* check-foreign.c, check-transfer.c, check-resource.c */
void check_foreign_grants(struct paused *paused);
void check_foreign_pages(struct paused *paused);
void check_transfer(struct paused *paused);
void check_resource(struct paused *paused);
void check_paused_toolstack(struct paused *paused);

#endif
