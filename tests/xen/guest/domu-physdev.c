/* SPDX-License-Identifier: MIT */
/* physdev_op from a domain that drives no hardware. */
#include "guest.h"

#define DOM0 0

static void interrupts(void)
{
    struct physdev_pirq_eoi_gmfn eoi = { .gmfn = mfn_of(page_take()) };
    struct physdev_pirq_eoi_gmfn none = { .gmfn = 0x7ffffff0 };
    struct physdev_map_pirq map = {
        .domid = DOMID_SELF, .type = MAP_PIRQ_TYPE_GSI, .index = 20, .pirq = -1,
    };
    struct physdev_unmap_pirq unmap = { .domid = DOM0, .pirq = 20 };
    struct physdev_setup_gsi setup = { .gsi = 20 };
    struct physdev_apic apic = { .apic_physbase = 0xfec00000 };
    struct physdev_irq irq = { .irq = 20 };

    fails(hc_physdev_pirq_eoi_gmfn_v1, "idl", "no such frame",
          hc_physdev_pirq_eoi_gmfn_v1(&none), EQ, -XEN_EINVAL);
    succeeds(hc_physdev_pirq_eoi_gmfn_v1, "idl", "an own page",
             hc_physdev_pirq_eoi_gmfn_v1(&eoi), EQ, 0);
    fails(hc_physdev_map_pirq, "idl", "for oneself, without the right",
          hc_physdev_map_pirq(&map), EQ, -XEN_EPERM);
    fails(hc_physdev_unmap_pirq, "idl", "of dom0",
          hc_physdev_unmap_pirq(&unmap), EQ, -XEN_EPERM);
    fails(hc_physdev_setup_gsi, "idl", "without the right",
          hc_physdev_setup_gsi(&setup), EQ, -XEN_EPERM);
    fails(hc_physdev_apic_read, "idl", "without the right",
          hc_physdev_apic_read(&apic), EQ, -XEN_EPERM);
    fails(hc_physdev_apic_write, "idl", "without the right",
          hc_physdev_apic_write(&apic), EQ, -XEN_EPERM);
    fails(hc_physdev_alloc_irq_vector, "idl", "without the right",
          hc_physdev_alloc_irq_vector(&irq), EQ, -XEN_EPERM);
}

static void devices(void)
{
    struct physdev_manage_pci manage = { .devfn = 0 };
    struct physdev_manage_pci_ext ext = { .devfn = 0 };
    struct physdev_pci_device_add add = { .devfn = 0 };
    struct physdev_pci_device device = { .devfn = 0 };
    struct physdev_restore_msi restore = { .devfn = 29 << 3 };
    struct physdev_pci_mmcfg_reserved range = { .address = 0xb0000000 };
    struct physdev_dbgp_op op = { .op = PHYSDEVOP_DBGP_RESET_DONE };

    fails(hc_physdev_manage_pci_add, "idl", "without the right",
          hc_physdev_manage_pci_add(&manage), EQ, -XEN_EPERM);
    fails(hc_physdev_manage_pci_remove, "idl", "without the right",
          hc_physdev_manage_pci_remove(&manage), EQ, -XEN_EPERM);
    fails(hc_physdev_manage_pci_add_ext, "idl", "without the right",
          hc_physdev_manage_pci_add_ext(&ext), EQ, -XEN_EPERM);
    fails(hc_physdev_pci_device_add, "idl", "without the right",
          hc_physdev_pci_device_add(&add), EQ, -XEN_EPERM);
    fails(hc_physdev_pci_device_remove, "idl", "without the right",
          hc_physdev_pci_device_remove(&device), EQ, -XEN_EPERM);
    fails(hc_physdev_prepare_msix, "idl", "without the right",
          hc_physdev_prepare_msix(&device), EQ, -XEN_EPERM);
    fails(hc_physdev_release_msix, "idl", "without the right",
          hc_physdev_release_msix(&device), EQ, -XEN_EPERM);
    fails(hc_physdev_restore_msi, "idl", "of no device, which is seen first",
          hc_physdev_restore_msi(&restore), EQ, -XEN_ENODEV);
    fails(hc_physdev_pci_mmcfg_reserved, "idl", "without the right",
          hc_physdev_pci_mmcfg_reserved(&range), EQ, -XEN_EPERM);
    fails(hc_physdev_dbgp_op, "idl", "without the right",
          hc_physdev_dbgp_op(&op), EQ, -XEN_EPERM);
}

void check_domu_physdev(void)
{
    interrupts();
    devices();
}
