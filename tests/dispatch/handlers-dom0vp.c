/* SPDX-License-Identifier: MIT */
/* The handlers of ia64_dom0vp_op: they tell what they were given. */
#include "hd-dom0vp.h"

#include "harness.h"
#include "registers.h"

struct registers registers;

static long record(struct hd_call *call, unsigned long a0, unsigned long a1, unsigned long a2,
                   unsigned long a3)
{
    registers.calls++;
    registers.op = call->op;
    registers.given[0] = a0;
    registers.given[1] = a1;
    registers.given[2] = a2;
    registers.given[3] = a3;
    return registers.answer;
}

#define AT(handle) ((unsigned long)(handle).p)

long hv_ia64_dom0vp_ioremap(struct hd_call *call, unsigned long mpaddr, unsigned long size)
{
    return record(call, mpaddr, size, 0, 0);
}

long hv_ia64_dom0vp_phystomach(struct hd_call *call, xen_pfn_t gpfn)
{
    return record(call, gpfn, 0, 0, 0);
}

long hv_ia64_dom0vp_machtophys(struct hd_call *call, xen_pfn_t mfn)
{
    return record(call, mfn, 0, 0, 0);
}

long hv_ia64_dom0vp_zap_physmap(struct hd_call *call, xen_pfn_t gpfn, unsigned int extent_order)
{
    return record(call, gpfn, extent_order, 0, 0);
}

long hv_ia64_dom0vp_add_physmap(struct hd_call *call, xen_pfn_t gpfn, xen_pfn_t mfn,
                                unsigned long flags, domid_t domid)
{
    return record(call, gpfn, mfn, flags, domid);
}

long hv_ia64_dom0vp_add_physmap_with_gmfn(struct hd_call *call, xen_pfn_t gpfn, xen_pfn_t gmfn,
                                          unsigned long flags, domid_t domid)
{
    return record(call, gpfn, gmfn, flags, domid);
}

long hv_ia64_dom0vp_expose_p2m(struct hd_call *call, xen_pfn_t conv_start_gpfn,
                               xen_pfn_t assign_start_gpfn, unsigned long expose_size,
                               unsigned long granule_pfn)
{
    return record(call, conv_start_gpfn, assign_start_gpfn, expose_size, granule_pfn);
}

long hv_ia64_dom0vp_expose_foreign_p2m(struct hd_call *call, xen_pfn_t dest_gpfn, domid_t domid,
                                       XEN_GUEST_HANDLE_PARAM(void) memmap,
                                       unsigned long flags)
{
    return record(call, dest_gpfn, domid, AT(memmap), flags);
}

long hv_ia64_dom0vp_unexpose_foreign_p2m(struct hd_call *call, xen_pfn_t dest_gpfn,
                                         domid_t domid)
{
    return record(call, dest_gpfn, domid, 0, 0);
}

long hv_ia64_dom0vp_get_memmap(struct hd_call *call, domid_t domid,
                               XEN_GUEST_HANDLE_PARAM(void) buffer,
                               struct domain *d)
{
    return record(call, domid, AT(buffer), d->domain_id, 0);
}

long hv_ia64_dom0vp_perfmon(struct hd_call *call, unsigned long command,
                            XEN_GUEST_HANDLE_PARAM(void) arg, unsigned long count)
{
    return record(call, command, AT(arg), count, 0);
}

long hv_ia64_dom0vp_fpswa_revision(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(uint) revision)
{
    return record(call, AT(revision), 0, 0, 0);
}

long hv_ia64_dom0vp_add_io_space(struct hd_call *call, unsigned long phys_base,
                                 unsigned long sparse, unsigned long space_number)
{
    return record(call, phys_base, sparse, space_number, 0);
}
