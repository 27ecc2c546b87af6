/* SPDX-License-Identifier: MIT */
/*
 * Memory ops that only x86 has: the table from machine to guest frames as PV guests
 * know it, a pager's ops, and what a hypervisor may be built without.
 *
 * Needs the reverse map, and p2m-page.c. The last three answer as a hypervisor without
 * sharing does: that is what the interface says for it, and no place for something
 * still to come.
 */
#include "memory.h"

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

/* ---- a pager's ops --------------------------------------------------------------------- */

/* What the pager has saved; without a buffer the page comes back cleared. */
static int paging_read(const struct hd_call *call, const struct xen_mem_paging_op *op,
                       uint8_t *page)
{
    unsigned long i;

    if ( guest_handle_is_null(op->buffer) )
        return 0;
    for ( i = 0; i < PAGE_SIZE; i++ )
        if ( hd_memory_paging_op_get_buffer(call, op, i, &page[i]) )
            return -EFAULT;
    return 0;
}

/* A page that has not left yet stays; another one is filled before anybody sees it. */
static int paging_prep(const struct hd_call *call, const struct xen_mem_paging_op *op,
                       struct domain *d)
{
    struct memory_want want;
    uint64_t mfn;
    int rc = p2m_page_stay(d, op->gfn);

    if ( rc != -ENOENT || !p2m_gfn_valid(d, op->gfn) ||
         p2m_kind(pmt_lookup(&d->hv->pmt, op->gfn)) != P2M_PAGED )
        return rc;
    if ( memory_want(call, d, 0, &want) || memory_alloc(d, 0, &want, &mfn) )
        return -ENOMEM;
    rc = paging_read(call, op, port_page_address(mfn));
    PORT_POINT("paging-filled");
    if ( !rc )
        rc = p2m_page_in(d, op->gfn, mfn);
    if ( rc && !HV_BUG(UNFILLED) )
        memory_free(d, mfn, 1);
    return rc == -ENOSPC ? -ENOMEM : rc;
}

long hv_memory_paging_op(struct hd_call *call, struct xen_mem_paging_op *op,
                         struct domain *domain)
{
    if ( !domain->hv->pager )
        return -ENODEV;
    switch ( op->op )
    {
    case XENMEM_paging_op_nominate:
        /* The buffer that brings it back is one granule. */
        return p2m_page_order(domain) ? -EINVAL : p2m_page_leave(domain, op->gfn);
    case XENMEM_paging_op_evict:
        return p2m_page_out(domain, op->gfn);
    case XENMEM_paging_op_prep:
        return paging_prep(call, op, domain);
    default:
        return -ENOSYS;
    }
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
