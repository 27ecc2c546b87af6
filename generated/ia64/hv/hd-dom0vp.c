/* SPDX-License-Identifier: MIT */
/*
 * The calls of <public/arch-ia64.h>.
 *
 * Who may ask for what, with which data, in which order it is refused, what is
 * written back, and how an interrupted call goes on.
 *
 * Generated from idl/dom0vp.idl by "make"; edit that, not this.
 */
#include "hd-dom0vp.h"

static long hd_ia64_dom0vp_zap_physmap(struct hd_call *call, xen_pfn_t gpfn,
                                       unsigned int extent_order)
{
    if ( extent_order )
        return -ENOSYS;

    return hv_ia64_dom0vp_zap_physmap(call, gpfn, extent_order);
}

static long hd_ia64_dom0vp_add_physmap(struct hd_call *call, xen_pfn_t gpfn,
                                       xen_pfn_t mfn, unsigned long flags,
                                       domid_t domid)
{
    if ( hd_xsm(dom0vp_add_physmap, PRIV, call->caller, NULL) )
        return -EPERM;

    if ( (flags & 0x2) || (flags & 0x8) )
        return -EINVAL;

    return hv_ia64_dom0vp_add_physmap(call, gpfn, mfn, flags, domid);
}

static long hd_ia64_dom0vp_add_physmap_with_gmfn(struct hd_call *call,
                                                 xen_pfn_t gpfn, xen_pfn_t gmfn,
                                                 unsigned long flags,
                                                 domid_t domid)
{
    if ( hd_xsm(dom0vp_add_physmap, PRIV, call->caller, NULL) )
        return -EPERM;

    if ( (flags & 0x2) || (flags & 0x8) )
        return -EINVAL;

    return hv_ia64_dom0vp_add_physmap_with_gmfn(call, gpfn, gmfn, flags, domid);
}

static long hd_ia64_dom0vp_expose_p2m(struct hd_call *call,
                                      xen_pfn_t conv_start_gpfn,
                                      xen_pfn_t assign_start_gpfn,
                                      unsigned long expose_size,
                                      unsigned long granule_pfn)
{
    if ( granule_pfn & 0x7ff )
        return -EINVAL;

    if ( conv_start_gpfn & 0x7ff )
        return -EINVAL;

    if ( assign_start_gpfn & 0x7ff )
        return -EINVAL;

    if ( expose_size & 0x1ffffff )
        return -EINVAL;

    if ( granule_pfn != 2048u )
        return -ENOSYS;

    return hv_ia64_dom0vp_expose_p2m(call, conv_start_gpfn, assign_start_gpfn,
                                     expose_size, granule_pfn);
}

static long hd_ia64_dom0vp_get_memmap(struct hd_call *call, domid_t domid,
                                      XEN_GUEST_HANDLE_PARAM(void) buffer)
{
    struct domain *d;
    long rc = 0;

    d = rcu_lock_domain_by_any_id(domid);
    if ( !d )
        return -ESRCH;

    if ( hd_xsm(dom0vp_get_memmap, TARGET, call->caller, d) )
    {
        rc = -EPERM;
        goto out;
    }

    rc = hv_ia64_dom0vp_get_memmap(call, domid, buffer, d);

out:
    rcu_unlock_domain(d);

    return rc;
}

unsigned long do_ia64_dom0vp_op(unsigned long cmd, unsigned long a0,
                                unsigned long a1, unsigned long a2,
                                unsigned long a3)
{
    struct hd_call call;
    long rc;

    call.caller = current->domain;
    call.op = cmd;
    call.compat = false;
    call.place = 0;
    call.data = NULL;

    if ( cmd >= 15 )
        return -EPERM;

    switch ( array_index_nospec(call.op, 15) )
    {
    case IA64_DOM0VP_ioremap:
        rc = hv_ia64_dom0vp_ioremap(&call, a0, a1);
        break;

    case IA64_DOM0VP_phystomach:
        rc = hv_ia64_dom0vp_phystomach(&call, a0);
        if ( rc < 0 )
            rc = ~0;
        break;

    case IA64_DOM0VP_machtophys:
        rc = hv_ia64_dom0vp_machtophys(&call, a0);
        if ( rc < 0 )
            rc = ~0;
        break;

    case IA64_DOM0VP_iounmap:
        return -EPERM;

    case IA64_DOM0VP_zap_physmap:
        rc = hd_ia64_dom0vp_zap_physmap(&call, a0, a1);
        break;

    case IA64_DOM0VP_add_physmap:
        rc = hd_ia64_dom0vp_add_physmap(&call, a0, a1, a2, a3);
        break;

    case IA64_DOM0VP_add_physmap_with_gmfn:
        rc = hd_ia64_dom0vp_add_physmap_with_gmfn(&call, a0, a1, a2, a3);
        break;

    case IA64_DOM0VP_expose_p2m:
        rc = hd_ia64_dom0vp_expose_p2m(&call, a0, a1, a2, a3);
        break;

    case IA64_DOM0VP_expose_foreign_p2m:
        rc = hv_ia64_dom0vp_expose_foreign_p2m(
            &call, a0, a1, guest_handle_from_ptr(a2, void), a3);
        break;

    case IA64_DOM0VP_unexpose_foreign_p2m:
        rc = hv_ia64_dom0vp_unexpose_foreign_p2m(&call, a0, a1);
        break;

    case IA64_DOM0VP_get_memmap:
        rc = hd_ia64_dom0vp_get_memmap(&call, a0,
                                       guest_handle_from_ptr(a1, void));
        break;

    case IA64_DOM0VP_perfmon:
        rc = hv_ia64_dom0vp_perfmon(&call, a0, guest_handle_from_ptr(a1, void),
                                    a2);
        break;

    case IA64_DOM0VP_fpswa_revision:
        rc = hv_ia64_dom0vp_fpswa_revision(&call,
                                           guest_handle_from_ptr(a0, uint));
        break;

    case IA64_DOM0VP_add_io_space:
        rc = hv_ia64_dom0vp_add_io_space(&call, a0, a1, a2);
        break;

    default:
        return -EPERM;
    }

    return rc;
}
