/* SPDX-License-Identifier: MIT */
/*
 * acquire_resource: what Xen keeps for a domain, for whoever serves it.
 *
 * Needs grant tables: their frames are the resource there is. A PV caller is told
 * frames, and maps them by itself; for others they appear at the guest frames that
 * they name, as another domain's pages.
 */
#include "grant.h"
#include "hd-memory.h"
#include "physmap.h"

/* 0, and whether these are status words; or why there is no such resource. */
static int resource_find(const struct domain *d, unsigned int type,
                         unsigned int id, bool *status)
{
    switch ( type )
    {
    case XENMEM_resource_grant_table:
        *status = id == XENMEM_resource_grant_table_id_status;
        return *status || id == XENMEM_resource_grant_table_id_shared ? 0 : -EINVAL;
    case XENMEM_resource_ioreq_server:
        /* Nobody emulates devices: of those who could, no server is there. */
        return d->is_hvm ? -ENOENT : -EINVAL;
    case XENMEM_resource_vmtrace_buf:
        return -EINVAL;
    default:
        return -EOPNOTSUPP;
    }
}

/* The reference that came with the frame ends here, or is the entry's. */
static int resource_map(struct hd_call *call, struct xen_mem_acquire_resource *op,
                        uint64_t mfn)
{
    struct physmap_flush flush;
    xen_pfn_t gfn;
    int rc;

    if ( is_pv_domain(call->caller) )
    {
        rc = hd_memory_acquire_resource_put_frame_list(call, op, call->place, mfn);
        port_page_put(mfn);
        return rc;
    }
    rc = hd_memory_acquire_resource_get_frame_list(call, op, call->place, &gfn);
    if ( rc )
    {
        port_page_put(mfn);
        return rc;
    }
    physmap_begin(&flush, call->caller);
    /* Xen's own pages have no type to be had. */
    rc = physmap_add_foreign(&flush, gfn, mfn, p2m_attributes(P2M_FOREIGN, true));
    physmap_end(&flush);
    return rc;
}

long hv_memory_acquire_resource(struct hd_call *call,
                                struct xen_mem_acquire_resource *op,
                                struct domain *domid)
{
    uint64_t mfn;
    bool status;
    int rc;

    /* What is entered here would be missing there, or stay there. */
    if ( call->caller->hv->other_maps )
        return -EACCES;
    rc = resource_find(domid, op->type, op->id, &status);

    if ( rc )
        return rc;
    if ( guest_handle_is_null(op->frame_list) )
    {
        op->nr_frames = grant_max_frames(domid, status);
        return 0;
    }
    rc = grant_frame(domid, status, op->frame + call->place, true, &mfn);
    if ( !rc && domid->page_shift != call->caller->page_shift &&
         !is_pv_domain(call->caller) )
    {
        port_page_put(mfn);
        rc = -EINVAL;
    }
    if ( !rc )
        rc = resource_map(call, op, mfn);
    /* What was mapped before stays: the caller is told so, and undoes it. */
    return !rc ? 1 : call->place ? -EIO : rc;
}
