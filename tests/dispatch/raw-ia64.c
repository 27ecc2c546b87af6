/* SPDX-License-Identifier: MIT */
/*
 * On ia64 a call with pointers is a function that makes xencomm handles of them
 * (generated/ia64/guest/xc-*.c; tests/xencomm). The simulated machine takes
 * addresses, so here it passes what it is given.
 */
#include <stdint.h>

#include "hc.h"         /* the host's, before the one beside the next */
#include "hc-dom0vp.h"

unsigned long hc_ia64_dom0vp_op(unsigned long cmd, unsigned long a1,
                                unsigned long a2, unsigned long a3,
                                unsigned long a4)
{
    return HC_CALL5(__HYPERVISOR_ia64_dom0vp_op, cmd, a1, a2, a3, a4);
}
