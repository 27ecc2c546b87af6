/* SPDX-License-Identifier: MIT */
/* The handlers of grant_table_op: they record, and do as they are told. */
#include "hd-grant_table.h"

#include "harness.h"

#define SIMPLE(op)                                                             \
    int hv_grant_table_##op(struct hd_call *call, struct gnttab_##op *arg)     \
    {                                                                          \
        return (int)step_end(step_begin(call, arg, NULL, NULL), call, arg, 0); \
    }

#define ABOUT(op)                                                              \
    int hv_grant_table_##op(struct hd_call *call, struct gnttab_##op *arg,     \
                            struct domain *d)                                  \
    {                                                                          \
        return (int)step_end(step_begin(call, arg, d, NULL), call, arg, 0);    \
    }

SIMPLE(map_grant_ref)
SIMPLE(unmap_grant_ref)
SIMPLE(transfer)
SIMPLE(copy)
ABOUT(query_size)
SIMPLE(unmap_and_replace)
SIMPLE(set_version)
ABOUT(get_version)
SIMPLE(swap_grant_ref)
SIMPLE(cache_flush)

#define AHEAD(op)                                                              \
    void hv_grant_table_##op##_ahead(const struct hd_call *call,               \
                                     const struct gnttab_##op *ops, unsigned int nr) \
    {                                                                          \
        record_ahead(call, ops, sizeof(*ops), nr);                             \
    }

AHEAD(map_grant_ref)
AHEAD(unmap_grant_ref)
AHEAD(unmap_and_replace)

/* A frame that cannot be told is a status: bad_virt_addr, or the op's own. */
#define FRAMES(op)                                                                       \
    int hv_grant_table_##op(struct hd_call *call, struct gnttab_##op *arg,               \
                            struct domain *d)                                            \
    {                                                                                    \
        struct step *step = step_begin(call, arg, d, NULL);                              \
        unsigned int i;                                                                  \
                                                                                         \
        for ( i = 0; !step->result && i < arg->nr_frames; i++ )                          \
        {                                                                                \
            int rc = hd_grant_table_##op##_put_frame_list(call, arg, i,                  \
                                                          step_value(step) + i);         \
                                                                                         \
            if ( rc == -EFAULT )                                                         \
                arg->status = GNTST_bad_virt_addr;                                       \
            if ( rc )                                                                    \
                break;                                                                   \
        }                                                                                \
        return (int)step_end(step, call, arg, 0);                                        \
    }

FRAMES(setup_table)
FRAMES(get_status_frames)

void hv_grant_table_op_end(struct hd_call *call)
{
    record_end(call);
}
