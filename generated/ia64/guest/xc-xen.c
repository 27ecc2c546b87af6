/* SPDX-License-Identifier: MIT */
/*
 * The calls of hc-xen.h that have pointers: each becomes a handle for as
 * long as the call takes, also in structures, and is put back.
 *
 * Generated from idl/xen.idl by "make"; edit that, not this.
 */
#include <xen/xen.h>

#include "hc-xen.h"
#include "xc.h"

void xc_mmu_update(struct xencomm *xc, unsigned long reg[])
{
    xencomm_handle(xc, &reg[0], (uint32_t)reg[1], sizeof(struct mmu_update));
    xencomm_handle(xc, &reg[2], 1, sizeof(unsigned int));
}

long hc_mmu_update(struct mmu_update *reqs, uint32_t count, unsigned int *done,
                   uint32_t foreigndom)
{
    unsigned long reg[] = {(unsigned long)reqs, count, (unsigned long)done,
                           foreigndom};
    struct xencomm xc;
    long rc;

    xencomm_begin(&xc);
    xc_mmu_update(&xc, reg);
    rc = xencomm_error(&xc);
    if ( !rc )
        rc = HC_CALL4(__HYPERVISOR_mmu_update, reg[0], reg[1], reg[2], reg[3]);
    xencomm_end(&xc);
    return rc;
}

static void convert_mmuext_op(struct xencomm *xc, void *element)
{
    struct mmuext_op *s = element;

#if __XEN_INTERFACE_VERSION__ >= 0x00030205
    if ( s->cmd == MMUEXT_TLB_FLUSH_MULTI || s->cmd == MMUEXT_INVLPG_MULTI )
    {
        xencomm_handle(xc, &s->arg2.vcpumask, 1, 1);
    }
#else /* __XEN_INTERFACE_VERSION__ >= 0x00030205 */
    if ( s->cmd == MMUEXT_TLB_FLUSH_MULTI || s->cmd == MMUEXT_INVLPG_MULTI )
    {
        xencomm_handle(xc, &s->arg2.vcpumask, 1, 1);
    }
#endif /* __XEN_INTERFACE_VERSION__ >= 0x00030205 */
}

void xc_mmuext_op(struct xencomm *xc, unsigned long reg[])
{
    xencomm_elements(xc, &reg[0], (uint32_t)reg[1], sizeof(struct mmuext_op),
                     convert_mmuext_op);
    xencomm_handle(xc, &reg[2], 1, sizeof(unsigned int));
}

long hc_mmuext_op(struct mmuext_op *uops, uint32_t count, unsigned int *done,
                  uint32_t foreigndom)
{
    unsigned long reg[] = {(unsigned long)uops, count, (unsigned long)done,
                           foreigndom};
    struct xencomm xc;
    long rc;

    xencomm_begin(&xc);
    xc_mmuext_op(&xc, reg);
    rc = xencomm_error(&xc);
    if ( !rc )
        rc = HC_CALL4(__HYPERVISOR_mmuext_op, reg[0], reg[1], reg[2], reg[3]);
    xencomm_end(&xc);
    return rc;
}

static void convert_multicall_entry(struct xencomm *xc, void *element)
{
    struct multicall_entry *s = element;

    xc_call(xc, s->op, s->args);
}

void xc_multicall(struct xencomm *xc, unsigned long reg[])
{
    xencomm_elements(xc, &reg[0], (uint32_t)reg[1],
                     sizeof(struct multicall_entry), convert_multicall_entry);
}

long hc_multicall(struct multicall_entry *call_list, uint32_t nr_calls)
{
    unsigned long reg[] = {(unsigned long)call_list, nr_calls};
    struct xencomm xc;
    long rc;

    xencomm_begin(&xc);
    xc_multicall(&xc, reg);
    rc = xencomm_error(&xc);
    if ( !rc )
        rc = HC_CALL2(__HYPERVISOR_multicall, reg[0], reg[1]);
    xencomm_end(&xc);
    return rc;
}
