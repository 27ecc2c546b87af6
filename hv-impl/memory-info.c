/* SPDX-License-Identifier: MIT */
/*
 * What domains may ask of memory: how much, and up to where.
 *
 * Needs memory.h. Gives the ops that answer a number, and the figures of populate on
 * demand.
 */
#include "memory.h"

long hv_memory_maximum_ram_page(struct hd_call *call)
{
    (void)call;
    return port_max_mfn();
}

/* What does not fit into an answer is as much as an answer can say. */
static long as_answer(uint64_t value)
{
    return value < (uint64_t)(~0UL >> 1) ? (long)value : (long)(~0UL >> 1);
}

long hv_memory_current_reservation(struct hd_call *call,
                                   struct xen_memory_domain *op,
                                   struct domain *domid)
{
    (void)call;
    (void)op;
    return as_answer(port_load(&domid->tot_pages));
}

long hv_memory_maximum_reservation(struct hd_call *call,
                                   struct xen_memory_domain *op,
                                   struct domain *domid)
{
    (void)call;
    (void)op;
    return as_answer(domid->max_pages);
}

/* Of a PV domain what it says itself in its shared info, one above the last. */
static uint64_t pv_max_pfn(const struct domain *d)
{
#ifdef __XEN_PUBLIC_ARCH_X86_XEN_H__
    const struct shared_info *info;

    info = port_page_address(d->hv->shared_info);
    /* No partner: a figure of the guest's own, looked at once. */
    return port_load(&info->arch.max_pfn);
#else
    return pmt_nr_gpfns(&d->hv->pmt);
#endif
}

long hv_memory_maximum_gpfn(struct hd_call *call, struct xen_memory_domain *op,
                            struct domain *domid)
{
    uint64_t nr = is_pv_domain(domid) ? pv_max_pfn(domid)
                                      : pmt_nr_gpfns(&domid->hv->pmt);

    (void)call;
    (void)op;
    return nr || is_pv_domain(domid) ? as_answer(nr - 1) : 0;
}

/*
 * Restricting what a guest may do with its own pages: built without MEM_ACCESS. That
 * is the answer the interface has for it, and no place for something still to come.
 */
long hv_memory_access_op(struct hd_call *call, struct xen_mem_access_op *op,
                         struct domain *domid)
{
    (void)call;
    (void)op;
    (void)domid;
    return -ENOSYS;
}

/* ---- populate on demand ------------------------------------------------------------- */

/*
 * Built without: no page is ever promised and not there. These are the answers of
 * a hypervisor that could, for a domain which has no such page.
 */
static void pod_figures(const struct domain *d, struct xen_pod_target *op)
{
    op->tot_pages = port_load(&d->tot_pages);
    op->pod_cache_pages = 0;
    op->pod_entries = 0;
}

long hv_memory_set_pod_target(struct hd_call *call, struct xen_pod_target *op,
                              struct domain *domid)
{
    (void)call;
    if ( op->target_pages > domid->max_pages )
        return -EINVAL;
    /* A domain that has pages, and none on demand, is not changed; an empty one would
     * get them in reserve. */
    if ( !port_load(&domid->tot_pages) && op->target_pages )
        return -ENOMEM;
    pod_figures(domid, op);
    return 0;
}

long hv_memory_get_pod_target(struct hd_call *call, struct xen_pod_target *op,
                              struct domain *domid)
{
    (void)call;
    pod_figures(domid, op);
    return 0;
}
