/* SPDX-License-Identifier: MIT */
/* Build the paused domain, run the tests that need one, destroy it. */
#include "paused.h"

static void build(struct paused *paused)
{
    struct gnttab_setup_table setup = { .nr_frames = 1 };
    xen_pfn_t frame;
    unsigned int i;

    paused->domain = domain_create(0, 0, PAUSED_PAGES + 1);
    for ( i = 0; i < PAUSED_PAGES; i++ )
        paused->frames[i] = i;
    domain_populate(paused->domain, paused->frames, PAUSED_PAGES);
    succeeds(hc_memory_current_reservation, "4.1 current_reservation", "of another domain",
             domain_pages(paused->domain), EQ, PAUSED_PAGES);

    setup.dom = paused->domain;
    set_xen_guest_handle(setup.frame_list, &frame);
    succeeds(hc_grant_table_setup_table, "3.6 TARGET", "of another domain",
             status_of(hc_grant_table_setup_table(&setup, 1), setup), EQ, GNTST_okay);
    paused->grants = window_open(paused->domain, frame);
}

void check_paused(void)
{
    struct paused paused;

    build(&paused);
    check_resource(&paused);
    check_foreign_grants(&paused);
    check_foreign_pages(&paused);
    check_transfer(&paused);
    check_paused_toolstack(&paused);
    window_close(paused.grants);
    domain_destroy(paused.domain);
}
