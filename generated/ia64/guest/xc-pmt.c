/* SPDX-License-Identifier: MIT */
/*
 * The calls of hc-pmt.h that have pointers: each becomes a handle for as
 * long as the call takes, also in structures, and is put back.
 *
 * Generated from idl/pmt.idl by "make"; edit that, not this.
 */
#include <xen/pmt.h>

#include "hc-pmt.h"
#include "xc.h"

void xc_pmt_op(struct xencomm *xc, unsigned long reg[])
{
    switch ( (uint32_t)reg[0] )
    {
    case PMTOP_info:
        xencomm_handle(xc, &reg[1], (uint32_t)reg[2], sizeof(struct pmt_info));
        break;
    case PMTOP_attach:
        xencomm_handle(xc, &reg[1], (uint32_t)reg[2],
                       sizeof(struct pmt_attach));
        break;
    case PMTOP_detach:
        xencomm_handle(xc, &reg[1], (uint32_t)reg[2],
                       sizeof(struct pmt_detach));
        break;
    case PMTOP_translate:
        xencomm_handle(xc, &reg[1], (uint32_t)reg[2],
                       sizeof(struct pmt_translate));
        break;
    case PMTOP_reverse:
        xencomm_handle(xc, &reg[1], (uint32_t)reg[2],
                       sizeof(struct pmt_reverse));
        break;
    case PMTOP_map:
        xencomm_handle(xc, &reg[1], (uint32_t)reg[2], sizeof(struct pmt_map));
        break;
    case PMTOP_exchange:
        xencomm_handle(xc, &reg[1], (uint32_t)reg[2],
                       sizeof(struct pmt_exchange));
        break;
    case PMTOP_protect:
        xencomm_handle(xc, &reg[1], (uint32_t)reg[2],
                       sizeof(struct pmt_protect));
        break;
    case PMTOP_flip:
        xencomm_handle(xc, &reg[1], (uint32_t)reg[2], sizeof(struct pmt_flip));
        break;
    case PMTOP_donate:
        xencomm_handle(xc, &reg[1], (uint32_t)reg[2],
                       sizeof(struct pmt_donate));
        break;
    case PMTOP_reclaim:
        xencomm_handle(xc, &reg[1], (uint32_t)reg[2],
                       sizeof(struct pmt_reclaim));
        break;
    default:
        /* Whatever it points at, nobody looks. */
        xencomm_handle(xc, &reg[1], 0, 1);
        break;
    }
}

long hc_pmt_op(uint32_t cmd, void *args, uint32_t count)
{
    unsigned long reg[] = {cmd, (unsigned long)args, count};
    struct xencomm xc;
    long rc;

    xencomm_begin(&xc);
    xc_pmt_op(&xc, reg);
    rc = xencomm_error(&xc);
    if ( !rc )
        rc = HC_CALL3(__HYPERVISOR_pmt_op, reg[0], reg[1], reg[2]);
    xencomm_end(&xc);
    return rc;
}
