/* SPDX-License-Identifier: MIT */
/*
 * The marshalling of a hypercall by its number, for calls within a call.
 *
 * Generated from idl/ by "make"; edit that, not this.
 */
#include <xen/arch-ia64.h>
#include <xen/grant_table.h>
#include <xen/memory.h>
#include <xen/physdev.h>
#include <xen/pmt.h>
#include <xen/xen.h>

#include "xc.h"

void xc_call(struct xencomm *xc, unsigned long number, unsigned long reg[])
{
    switch ( number )
    {
    case __HYPERVISOR_ia64_dom0vp_op:
        xc_ia64_dom0vp_op(xc, reg);
        break;
    case __HYPERVISOR_grant_table_op:
        xc_grant_table_op(xc, reg);
        break;
    case __HYPERVISOR_memory_op:
        xc_memory_op(xc, reg);
        break;
    case __HYPERVISOR_physdev_op:
        xc_physdev_op(xc, reg);
        break;
    case __HYPERVISOR_pmt_op:
        xc_pmt_op(xc, reg);
        break;
    case __HYPERVISOR_mmu_update:
        xc_mmu_update(xc, reg);
        break;
    case __HYPERVISOR_mmuext_op:
        xc_mmuext_op(xc, reg);
        break;
    default:
        break;
    }
}
