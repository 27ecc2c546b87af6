/* SPDX-License-Identifier: MIT */
/* The handlers of pmt_op: they record, and do as they are told. */
#include "hd-pmt.h"

#include "harness.h"

#define SIMPLE(op, result)                                                             \
    int hv_pmt_##op(struct hd_call *call, struct pmt_##op *arg)                        \
    {                                                                                  \
        return (int)step_end(step_begin(call, arg, NULL, NULL), call, arg, result);    \
    }

#define ABOUT(op, result)                                                              \
    int hv_pmt_##op(struct hd_call *call, struct pmt_##op *arg, struct domain *d)      \
    {                                                                                  \
        return (int)step_end(step_begin(call, arg, d, NULL), call, arg, result);       \
    }

ABOUT(info, 0)
ABOUT(attach, 1)
SIMPLE(detach, 1)
ABOUT(translate, 0)
SIMPLE(reverse, 0)
ABOUT(map, 0)
SIMPLE(exchange, 0)
SIMPLE(protect, 1)
ABOUT(flip, 0)
ABOUT(donate, 0)
SIMPLE(reclaim, 0)

void hv_pmt_map_ahead(const struct hd_call *call, const struct pmt_map *ops, unsigned int nr)
{
    record_ahead(call, ops, sizeof(*ops), nr);
}

void hv_pmt_flip_ahead(const struct hd_call *call, const struct pmt_flip *ops, unsigned int nr)
{
    record_ahead(call, ops, sizeof(*ops), nr);
}

void hv_pmt_op_end(struct hd_call *call)
{
    record_end(call);
}
