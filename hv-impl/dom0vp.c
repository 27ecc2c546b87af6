/* SPDX-License-Identifier: MIT */
/*
 * ia64's dom0vp_op: single frames, both ways, and the machine.
 *
 * What history told about other domains nobody is told: machtophys knows the
 * caller's own frames alone. A frame is compared with the table's size before it is
 * looked up, and where nothing is the answer is ~0, not a page at 0.
 */
#include "dom0vp.h"

/* More port spaces than this no machine has. */
#define IO_SPACES 16

long hv_ia64_dom0vp_phystomach(struct hd_call *call, xen_pfn_t gpfn)
{
    struct domain *d = call->caller;
    uint64_t mfn = p2m_gfn_to_mfn(d, gpfn);

    if ( mfn == HV_INVALID_MFN )
        return -1;
    return domain_has_pmt(d) ? mfn : gpfn;
}

long hv_ia64_dom0vp_machtophys(struct hd_call *call, xen_pfn_t mfn)
{
    struct domain *d = call->caller;
    uint64_t gpfn;

    if ( !domain_has_pmt(d) )
        return p2m_gfn_to_mfn(d, mfn) == HV_INVALID_MFN ? -1 : (long)mfn;
    mfn &= ~((1UL << p2m_page_order(d)) - 1);
    if ( !port_mfn_valid(mfn) || !port_page_get(mfn, d) )
        return -1;
    gpfn = p2m_mfn_to_gfn(mfn);
    port_page_put(mfn);
    return gpfn == PMT_NO_GPFN ? -1 : (long)gpfn;
}

long hv_ia64_dom0vp_zap_physmap(struct hd_call *call, xen_pfn_t gpfn,
                                unsigned int extent_order)
{
    int rc = p2m_discard(call->caller, gpfn, P2M_ZAP);

    (void)extent_order;
    return rc == -ENOENT ? 0 : rc;
}

/* ---- the machine ------------------------------------------------------------------- */

/* No counters are let through: a profiler is told that there are none. */
long hv_ia64_dom0vp_perfmon(struct hd_call *call, unsigned long command,
                            XEN_GUEST_HANDLE_PARAM(void) arg,
                            unsigned long count)
{
    (void)call, (void)command, (void)arg, (void)count;
    return -ENOSYS;
}

long hv_ia64_dom0vp_fpswa_revision(struct hd_call *call,
                                   XEN_GUEST_HANDLE_PARAM(uint) revision)
{
    (void)call, (void)revision;
    return -ENOSYS;
}

long hv_ia64_dom0vp_add_io_space(struct hd_call *call, unsigned long phys_base,
                                 unsigned long sparse,
                                 unsigned long space_number)
{
    struct hv_domain *hv = call->caller->hv;
    long rc = -EINVAL;

    (void)sparse;
    if ( !call->caller->is_hardware )
        return -EPERM;
    /* A space that begins nowhere needs nothing. */
    if ( !phys_base )
        return 0;
    port_lock(&hv->lock);
    if ( space_number == hv->io_spaces + 1UL && space_number < IO_SPACES )
    {
        hv->io_spaces++;
        rc = 0;
    }
    port_unlock(&hv->lock);
    return rc;
}
