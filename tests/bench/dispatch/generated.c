/* SPDX-License-Identifier: MIT */
/*
 * The generated dispatcher of grant_table_op, where guest memory is memory
 * (PORT_DIRECT), and the handlers that the table does not need.
 */
#include "recorder.h"

#include "hd.h"
#include "hd-grant_table.h"

#include "../no-ahead.h"

void generated_start(void);
long generated_grant_table_op(unsigned int cmd, void *uop, unsigned int count);

void generated_start(void)
{
    struct domain *caller = machine_add_domain(7);

    caller->is_pv = true;
    machine_run(caller);
}

long generated_grant_table_op(unsigned int cmd, void *uop, unsigned int count)
{
    XEN_GUEST_HANDLE_PARAM(void) handle;

    handle.p = uop;
    return do_grant_table_op(cmd, handle, count);
}

/* Never called. */
#define OTHERS(X)                                                       \
    X(setup_table, (struct hd_call *call, struct gnttab_setup_table *op, struct domain *dom)) \
    X(transfer, (struct hd_call *call, struct gnttab_transfer *op))     \
    X(query_size, (struct hd_call *call, struct gnttab_query_size *op, struct domain *dom)) \
    X(unmap_and_replace, (struct hd_call *call, struct gnttab_unmap_and_replace *op)) \
    X(set_version, (struct hd_call *call, struct gnttab_set_version *op)) \
    X(get_status_frames, (struct hd_call *call, struct gnttab_get_status_frames *op, \
                          struct domain *dom))                          \
    X(get_version, (struct hd_call *call, struct gnttab_get_version *op, struct domain *dom)) \
    X(swap_grant_ref, (struct hd_call *call, struct gnttab_swap_grant_ref *op)) \
    X(cache_flush, (struct hd_call *call, struct gnttab_cache_flush *op))

#define X(op_name, parameters)                                          \
    int hv_grant_table_##op_name parameters                             \
    {                                                                   \
        return -ENOSYS;                                                 \
    }
OTHERS(X)

NO_AHEAD(hv_grant_table_unmap_and_replace_ahead, struct gnttab_unmap_and_replace)
