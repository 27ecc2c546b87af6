/* SPDX-License-Identifier: MIT */
/*
 * The calls of hc-physdev.h that have pointers: each becomes a handle for as
 * long as the call takes, also in structures, and is put back.
 *
 * Generated from idl/physdev.idl by "make"; edit that, not this.
 */
#include <xen/physdev.h>

#include "hc-physdev.h"
#include "xc.h"

static void convert_physdev_set_iobitmap(struct xencomm *xc, void *element)
{
    struct physdev_set_iobitmap *s = element;

#if __XEN_INTERFACE_VERSION__ >= 0x00030205
    xencomm_handle(xc, &s->bitmap, 8192, sizeof(uint8_t));
#else /* __XEN_INTERFACE_VERSION__ >= 0x00030205 */
    xencomm_handle(xc, &s->bitmap, 8192, sizeof(uint8_t));
#endif /* __XEN_INTERFACE_VERSION__ >= 0x00030205 */
}

void xc_physdev_op(struct xencomm *xc, unsigned long reg[])
{
    switch ( (int)reg[0] )
    {
    case PHYSDEVOP_eoi:
        xencomm_handle(xc, &reg[1], 1, sizeof(struct physdev_eoi));
        break;
    case PHYSDEVOP_pirq_eoi_gmfn_v1:
    case PHYSDEVOP_pirq_eoi_gmfn_v2:
        xencomm_handle(xc, &reg[1], 1, sizeof(struct physdev_pirq_eoi_gmfn));
        break;
    case PHYSDEVOP_irq_status_query:
        xencomm_handle(xc, &reg[1], 1, sizeof(struct physdev_irq_status_query));
        break;
    case PHYSDEVOP_set_iopl:
        xencomm_handle(xc, &reg[1], 1, sizeof(struct physdev_set_iopl));
        break;
    case PHYSDEVOP_set_iobitmap:
        xencomm_elements(xc, &reg[1], 1, sizeof(struct physdev_set_iobitmap),
                         convert_physdev_set_iobitmap);
        break;
    case PHYSDEVOP_apic_read:
    case PHYSDEVOP_apic_write:
        xencomm_handle(xc, &reg[1], 1, sizeof(struct physdev_apic));
        break;
    case PHYSDEVOP_alloc_irq_vector:
    case PHYSDEVOP_free_irq_vector:
        xencomm_handle(xc, &reg[1], 1, sizeof(struct physdev_irq));
        break;
    case PHYSDEVOP_map_pirq:
        xencomm_handle(xc, &reg[1], 1, sizeof(struct physdev_map_pirq));
        break;
    case PHYSDEVOP_unmap_pirq:
        xencomm_handle(xc, &reg[1], 1, sizeof(struct physdev_unmap_pirq));
        break;
    case PHYSDEVOP_manage_pci_add:
    case PHYSDEVOP_manage_pci_remove:
        xencomm_handle(xc, &reg[1], 1, sizeof(struct physdev_manage_pci));
        break;
    case PHYSDEVOP_restore_msi:
        xencomm_handle(xc, &reg[1], 1, sizeof(struct physdev_restore_msi));
        break;
    case PHYSDEVOP_manage_pci_add_ext:
        xencomm_handle(xc, &reg[1], 1, sizeof(struct physdev_manage_pci_ext));
        break;
    case PHYSDEVOP_setup_gsi:
        xencomm_handle(xc, &reg[1], 1, sizeof(struct physdev_setup_gsi));
        break;
    case PHYSDEVOP_get_free_pirq:
        xencomm_handle(xc, &reg[1], 1, sizeof(struct physdev_get_free_pirq));
        break;
    case PHYSDEVOP_pci_mmcfg_reserved:
        xencomm_handle(xc, &reg[1], 1,
                       sizeof(struct physdev_pci_mmcfg_reserved));
        break;
    case PHYSDEVOP_pci_device_add:
        xencomm_handle(xc, &reg[1], 1, sizeof(struct physdev_pci_device_add));
        break;
    case PHYSDEVOP_pci_device_remove:
    case PHYSDEVOP_restore_msi_ext:
    case PHYSDEVOP_prepare_msix:
    case PHYSDEVOP_release_msix:
        xencomm_handle(xc, &reg[1], 1, sizeof(struct physdev_pci_device));
        break;
    case PHYSDEVOP_dbgp_op:
        xencomm_handle(xc, &reg[1], 1, sizeof(struct physdev_dbgp_op));
        break;
    default:
        /* Whatever it points at, nobody looks. */
        xencomm_handle(xc, &reg[1], 0, 1);
        break;
    }
}

long hc_physdev_op(int cmd, void *arg)
{
    unsigned long reg[] = {cmd, (unsigned long)arg};
    struct xencomm xc;
    long rc;

    xencomm_begin(&xc);
    xc_physdev_op(&xc, reg);
    rc = xencomm_error(&xc);
    if ( !rc )
        rc = HC_CALL2(__HYPERVISOR_physdev_op, reg[0], reg[1]);
    xencomm_end(&xc);
    return rc;
}
