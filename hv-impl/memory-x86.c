/* SPDX-License-Identifier: MIT */
/*
 * Memory ops that only x86 has: the table from machine to guest frames as PV guests
 * know it, and what a hypervisor may be built without.
 *
 * Needs the reverse map. The last four answer as a hypervisor without paging to a
 * pager and without sharing does: that is what the interface says for it, and no
 * place for something still to come.
 */
#include "hv.h"
#include "hd-memory.h"

/* Told in pieces of as many bytes, whatever frames they are made of. */
#define MACHPHYS_PIECE (UINT64_C(2) << 20)

long hv_memory_machphys_mfn_list(struct hd_call *call,
                                 struct xen_machphys_mfn_list *op)
{
    const char *base = (const char *)hv_reverse.word;
    uint64_t pieces = (hv_reverse.bytes + MACHPHYS_PIECE - 1) / MACHPHYS_PIECE;
    uint64_t mfn, last = 0;
    uint32_t i;

    for ( i = 0; i < op->max_extents && i < pieces; i++ )
    {
        mfn = port_window_frame(base + i * MACHPHYS_PIECE);
        /* A hole is told as what comes before it. */
        if ( mfn != HV_INVALID_MFN )
            last = mfn;
        if ( hd_memory_machphys_mfn_list_put_extent_start(call, op, i, last) )
            return -EFAULT;
    }
    op->nr_extents = i;
    return 0;
}

/* There is one table, for all: 32-bit PV guests have none of their own. */
long hv_memory_machphys_compat_mfn_list(struct hd_call *call,
                                        struct xen_machphys_mfn_list *op)
{
    (void)call;
    (void)op;
    return -EOPNOTSUPP;
}

/* Where PV guests' address spaces have room for it, as in Xen. */
#define MACHPHYS_START  UINT64_C(0xffff800000000000)
#define MACHPHYS_END    UINT64_C(0xffff804000000000)
#define MACHPHYS_START_COMPAT UINT64_C(0xf5800000)
#define MACHPHYS_END_COMPAT   UINT64_C(0xf6800000)

long hv_memory_machphys_mapping(struct hd_call *call,
                                struct xen_machphys_mapping *op)
{
    op->v_start = call->compat ? MACHPHYS_START_COMPAT : MACHPHYS_START;
    op->v_end = call->compat ? MACHPHYS_END_COMPAT : MACHPHYS_END;
    op->max_mfn = port_max_mfn();
    return 0;
}

/* ---- built without ------------------------------------------------------------------- */

/* Nothing is shared, so nothing is freed by it. */
long hv_memory_get_sharing_freed_pages(struct hd_call *call)
{
    (void)call;
    return 0;
}

long hv_memory_get_sharing_shared_pages(struct hd_call *call)
{
    (void)call;
    return 0;
}

/* Without MEM_PAGING. */
long hv_memory_paging_op(struct hd_call *call, struct xen_mem_paging_op *op,
                         struct domain *domain)
{
    (void)call;
    (void)op;
    (void)domain;
    return -ENOSYS;
}

/* Without MEM_SHARING. */
long hv_memory_sharing_op(struct hd_call *call, struct xen_mem_sharing_op *op,
                          struct domain *domain, struct domain *client_domain)
{
    (void)call;
    (void)op;
    (void)domain;
    (void)client_domain;
    return -ENOSYS;
}
