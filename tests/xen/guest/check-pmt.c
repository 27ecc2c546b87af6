/* SPDX-License-Identifier: MIT */
/* pmt_op: no Xen that is released has it, and each says so. */
#include "guest.h"

void check_pmt(void)
{
    fails(hc_pmt_op, "6.1 arch_3", "stock Xen has no pmt_op",
          hc_pmt_op(0, NULL, 0), EQ, -XEN_ENOSYS);
    fails(hc_pmt_op, "6.1 arch_3", "whatever the arguments",
          hc_pmt_op(11, NO_ADDRESS, 1), EQ, -XEN_ENOSYS);
}
