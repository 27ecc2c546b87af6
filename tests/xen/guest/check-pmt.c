/* SPDX-License-Identifier: MIT */
/* pmt_op: no Xen that is released has it, and it says so for each op. */
#include "guest.h"

#define OPS(X) \
    X(info) X(attach) X(detach) X(translate) X(reverse) X(map) \
    X(exchange) X(protect) X(flip) X(donate) X(reclaim)

static void each_op(void)
{
#define X(op)                                                               \
    {                                                                       \
        struct pmt_##op element = { 0 };                                    \
                                                                            \
        fails_as("hc_pmt_" #op, "6.1 arch_3", "stock Xen has no pmt_op",    \
                 hc_pmt_##op(&element, 1), EQ, -XEN_ENOSYS);                \
    }
    OPS(X)
#undef X
}

void check_pmt(void)
{
    fails(hc_pmt_op, "6.1 arch_3", "stock Xen has no pmt_op",
          hc_pmt_op(0, NULL, 0), EQ, -XEN_ENOSYS);
    fails(hc_pmt_op, "6.1 arch_3", "whatever the arguments",
          hc_pmt_op(PMTOP_reclaim, NO_ADDRESS, 1), EQ, -XEN_ENOSYS);
    each_op();
}
