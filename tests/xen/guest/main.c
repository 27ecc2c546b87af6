/* SPDX-License-Identifier: MIT */
/* The order of events. */
#include "domu.h"

static void dom0_main(void)
{
    verdict_init((const char *)start_info->cmd_line);

    check_poison();
    check_grant_queries();
    check_grant_map();
    check_grant_unmap();
    check_grant_copy();
    check_grant_version();
    check_reservation();
    check_exchange();
    check_rows();
    check_machine();
    check_toolstack();
    check_mappings();
    check_mmu_update();
    check_mmuext();
    check_multicall();
    check_continuation();
    check_physdev();
    check_pci();
    check_pmt();
    check_order();

    check_paused();
    check_running();
    check_pvh();

    machine_exit(verdict_report());
}

void guest_main(struct start_info *info)
{
    memory_init(info);
    traps_init();
    if ( is_dom0() )
        dom0_main();
    else
        domu_main();
}
