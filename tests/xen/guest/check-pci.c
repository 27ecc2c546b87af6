/* SPDX-License-Identifier: MIT */
/*
 * physdev_op: PCI devices. boot.sh puts one with MSI-X at MSIX_DEVICE; the host
 * bridge is at 0, and nothing is at NO_DEVICE.
 */
#include "guest.h"

#define BRIDGE 0
#define MSIX_DEVICE (4 << 3)
#define NO_DEVICE (29 << 3)

static void manage(void)
{
    struct physdev_manage_pci bridge = { .devfn = BRIDGE };
    struct physdev_manage_pci_ext ext = { .devfn = BRIDGE };

    succeeds(hc_physdev_manage_pci_add, "idl", "the host bridge",
             hc_physdev_manage_pci_add(&bridge), EQ, 0);
    fails(hc_physdev_manage_pci_add, "idl", "nothing to read",
          hc_physdev_manage_pci_add(NO_ADDRESS), EQ, -XEN_EFAULT);
    succeeds(hc_physdev_manage_pci_remove, "idl", "the host bridge",
             hc_physdev_manage_pci_remove(&bridge), EQ, 0);
    fails(hc_physdev_manage_pci_remove, "idl", "a second time",
          hc_physdev_manage_pci_remove(&bridge), EQ, -XEN_ENODEV);
    succeeds(hc_physdev_manage_pci_add_ext, "idl", "the host bridge",
             hc_physdev_manage_pci_add_ext(&ext), EQ, 0);
    ext.is_extfn = 2;
    fails(hc_physdev_manage_pci_add_ext, "idl", "a flag that is not a flag",
          hc_physdev_manage_pci_add_ext(&ext), EQ, -XEN_EINVAL);
}

static void devices(void)
{
    struct physdev_pci_device_add add = { .devfn = MSIX_DEVICE };
    struct physdev_pci_device remove = { .devfn = NO_DEVICE };

    succeeds(hc_physdev_pci_device_add, "idl", "a device",
             hc_physdev_pci_device_add(&add), EQ, 0);
    fails(hc_physdev_pci_device_add, "idl", "nothing to read",
          hc_physdev_pci_device_add(NO_ADDRESS), EQ, -XEN_EFAULT);
    fails(hc_physdev_pci_device_remove, "idl", "no device there",
          hc_physdev_pci_device_remove(&remove), EQ, -XEN_ENODEV);
    remove.devfn = BRIDGE;
    succeeds(hc_physdev_pci_device_remove, "idl", "the host bridge",
             hc_physdev_pci_device_remove(&remove), EQ, 0);
}

static void message_interrupts(void)
{
    struct physdev_pci_device device = { .devfn = MSIX_DEVICE };
    struct physdev_pci_device none = { .devfn = NO_DEVICE };
    struct physdev_restore_msi restore = { .devfn = MSIX_DEVICE };

    succeeds(hc_physdev_prepare_msix, "idl", "of a device that has it",
             hc_physdev_prepare_msix(&device), EQ, 0);
    fails(hc_physdev_prepare_msix, "idl", "no device there",
          hc_physdev_prepare_msix(&none), EQ, -XEN_ENODEV);
    succeeds(hc_physdev_release_msix, "idl", "of a device that has it",
             hc_physdev_release_msix(&device), EQ, 0);
    fails(hc_physdev_release_msix, "idl", "no device there",
          hc_physdev_release_msix(&none), EQ, -XEN_ENODEV);
    succeeds(hc_physdev_restore_msi, "idl", "of a device that uses none",
             hc_physdev_restore_msi(&restore), EQ, 0);
    restore.devfn = NO_DEVICE;
    fails(hc_physdev_restore_msi, "idl", "no device there",
          hc_physdev_restore_msi(&restore), EQ, -XEN_ENODEV);
    succeeds(hc_physdev_restore_msi_ext, "idl", "of a device that uses none",
             hc_physdev_restore_msi_ext(&device), EQ, 0);
    fails(hc_physdev_restore_msi_ext, "idl", "no device there",
          hc_physdev_restore_msi_ext(&none), EQ, -XEN_ENODEV);
}

/* The range is the one that the machine's MCFG table names. */
static void configuration_space(void)
{
    struct physdev_pci_mmcfg_reserved range = {
        .address = 0xb0000000, .start_bus = 0, .end_bus = 255,
        .flags = XEN_PCI_MMCFG_RESERVED,
    };

    succeeds(hc_physdev_pci_mmcfg_reserved, "idl", "the machine's own range",
             hc_physdev_pci_mmcfg_reserved(&range), EQ, 0);
    range.segment = 7;
    fails(hc_physdev_pci_mmcfg_reserved, "idl", "no such segment",
          hc_physdev_pci_mmcfg_reserved(&range), EQ, -XEN_ENODEV);
}

static void debug_port(void)
{
    struct physdev_dbgp_op op = { .op = PHYSDEVOP_DBGP_RESET_DONE };

    succeeds(hc_physdev_dbgp_op, "idl", "none is in use",
             hc_physdev_dbgp_op(&op), EQ, 0);
    fails(hc_physdev_dbgp_op, "idl", "nothing to read",
          hc_physdev_dbgp_op(NO_ADDRESS), EQ, -XEN_EFAULT);
}

void check_pci(void)
{
    manage();
    devices();
    message_interrupts();
    configuration_space();
    debug_port();
}
