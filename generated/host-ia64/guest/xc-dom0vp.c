/* SPDX-License-Identifier: MIT */
/*
 * The calls of hc-dom0vp.h that have pointers: each becomes a handle for as
 * long as the call takes, also in structures, and is put back.
 *
 * Generated from idl/dom0vp.idl by "make"; edit that, not this.
 */
#include <xen/arch-ia64.h>

#include "hc-dom0vp.h"
#include "xc.h"

void xc_ia64_dom0vp_op(struct xencomm *xc, unsigned long reg[])
{
    switch ( reg[0] )
    {
    case IA64_DOM0VP_expose_foreign_p2m:
        xencomm_handle(xc, &reg[3], 1, sizeof(struct xen_ia64_memmap_info));
        break;
    case IA64_DOM0VP_get_memmap:
        xencomm_handle(xc, &reg[2], 1, sizeof(struct xen_ia64_memmap_info));
        break;
    case IA64_DOM0VP_perfmon:
        xencomm_handle(xc, &reg[2], 1, 1);
        break;
    case IA64_DOM0VP_fpswa_revision:
        xencomm_handle(xc, &reg[1], 1, sizeof(unsigned int));
        break;
    default:
        break;
    }
}

unsigned long hc_ia64_dom0vp_op(unsigned long cmd, unsigned long a1,
                                unsigned long a2, unsigned long a3,
                                unsigned long a4)
{
    unsigned long reg[] = {cmd, a1, a2, a3, a4};
    struct xencomm xc;
    unsigned long rc;

    xencomm_begin(&xc);
    xc_ia64_dom0vp_op(&xc, reg);
    rc = xencomm_error(&xc);
    if ( !rc )
        rc = HC_CALL5(__HYPERVISOR_ia64_dom0vp_op, reg[0], reg[1], reg[2],
                      reg[3], reg[4]);
    xencomm_end(&xc);
    return rc;
}
