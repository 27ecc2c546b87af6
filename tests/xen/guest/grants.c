/* SPDX-License-Identifier: MIT */
/* The guest's own grant table (version 1), and calls on a single element. */
#include "guest.h"

grant_entry_v1_t *grants;

void grants_init(void)
{
    xen_pfn_t frame;
    struct gnttab_setup_table setup = { .dom = DOMID_SELF, .nr_frames = 1 };

    set_xen_guest_handle(setup.frame_list, &frame);
    must_be("setup_table", status_of(hc_grant_table_setup_table(&setup, 1), setup), 0);
    if ( !grants )
        grants = page_take();
    must_be("map the grant table", slot_set(grants, pte_make(frame, PTE_RW)), 0);
}

/* The flags make the entry valid, so they come last. */
void grant_give(grant_ref_t ref, domid_t domain, unsigned long frame, uint16_t flags)
{
    grants[ref].domid = domain;
    grants[ref].frame = frame;
    asm volatile("" ::: "memory");
    *(volatile uint16_t *)&grants[ref].flags = flags;
}

void grant_take_back(grant_ref_t ref)
{
    must_be("grant still in use", grants[ref].flags & (GTF_reading | GTF_writing), 0);
    grants[ref].flags = 0;
}

long grant_map(struct gnttab_map_grant_ref *map)
{
    return status_of(hc_grant_table_map_grant_ref(map, 1), *map);
}

long grant_unmap(uint64_t host_addr, grant_handle_t handle)
{
    struct gnttab_unmap_grant_ref unmap = { .host_addr = host_addr, .handle = handle };
    return status_of(hc_grant_table_unmap_grant_ref(&unmap, 1), unmap);
}

long grant_copy(struct gnttab_copy *copy)
{
    return status_of(hc_grant_table_copy(copy, 1), *copy);
}
