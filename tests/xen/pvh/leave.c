/* SPDX-License-Identifier: MIT */
/* The page of this domain that dom0 maps by its grant. */
#define WAY "page"
#include "payload.h"

void grant_to_dom0(void)
{
    grant_entry_v1_t *entries = gfn_at(PVH_TABLE_GFN);
    volatile uint32_t *granted = gfn_at(PVH_GRANTED_GFN);

    granted[0] = PVH_OWN_WORD;
    entries[PVH_OWN_REF].domid = DOM0;
    entries[PVH_OWN_REF].frame = PVH_GRANTED_GFN;
    asm volatile("" ::: "memory");
    *(volatile uint16_t *)&entries[PVH_OWN_REF].flags = GTF_permit_access;
}
