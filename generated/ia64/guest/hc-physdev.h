/* SPDX-License-Identifier: MIT */
/*
 * The calls of <xen/physdev.h>, and entries for several calls in one.
 *
 * Each returns what the hypervisor does: 0 or a number, or a negative error.
 *
 * Generated from idl/physdev.idl by "make"; edit that, not this.
 */
#ifndef HC_PHYSDEV_H
#define HC_PHYSDEV_H

#include <xen/physdev.h>

#include "hc.h"

/*
 * Do cmd with the structure at arg.
 */
extern long hc_physdev_op(int cmd, void *arg);

static inline void hc_multi_physdev_op(struct multicall_entry *entry, int cmd,
                                       void *arg)
{
    entry->op = __HYPERVISOR_physdev_op;
    entry->args[0] = cmd;
    entry->args[1] = (unsigned long)arg;
}

/*
 * An interrupt has been served.
 *
 * In:     irq
 * Errors: ENOSYS, EINVAL
 */
static inline long hc_physdev_eoi(struct physdev_eoi *arg)
{
    return hc_physdev_op(PHYSDEVOP_eoi, arg);
}

static inline void hc_multi_physdev_eoi(struct multicall_entry *entry,
                                        struct physdev_eoi *arg)
{
    hc_multi_physdev_op(entry, PHYSDEVOP_eoi, arg);
}

/*
 * Where Xen shall say, a bit for each interrupt, that an eoi is needed. From
 * then on an eoi unmasks its event channel as well.
 *
 * In:     gmfn
 * Errors: ENOSYS, EINVAL, EBUSY, ENOSPC
 */
static inline long
hc_physdev_pirq_eoi_gmfn_v1(struct physdev_pirq_eoi_gmfn *arg)
{
    return hc_physdev_op(PHYSDEVOP_pirq_eoi_gmfn_v1, arg);
}

static inline void
hc_multi_physdev_pirq_eoi_gmfn_v1(struct multicall_entry *entry,
                                  struct physdev_pirq_eoi_gmfn *arg)
{
    hc_multi_physdev_op(entry, PHYSDEVOP_pirq_eoi_gmfn_v1, arg);
}

/*
 * The same, without a change in what eoi does.
 *
 * In:     gmfn
 * Errors: ENOSYS, EINVAL, EBUSY, ENOSPC
 */
static inline long
hc_physdev_pirq_eoi_gmfn_v2(struct physdev_pirq_eoi_gmfn *arg)
{
    return hc_physdev_op(PHYSDEVOP_pirq_eoi_gmfn_v2, arg);
}

static inline void
hc_multi_physdev_pirq_eoi_gmfn_v2(struct multicall_entry *entry,
                                  struct physdev_pirq_eoi_gmfn *arg)
{
    hc_multi_physdev_op(entry, PHYSDEVOP_pirq_eoi_gmfn_v2, arg);
}

/*
 * Whether an interrupt needs an eoi, and whether others have it too.
 *
 * In:     irq
 * Out:    flags
 * Errors: ENOSYS, EINVAL
 */
static inline long
hc_physdev_irq_status_query(struct physdev_irq_status_query *arg)
{
    return hc_physdev_op(PHYSDEVOP_irq_status_query, arg);
}

static inline void
hc_multi_physdev_irq_status_query(struct multicall_entry *entry,
                                  struct physdev_irq_status_query *arg)
{
    hc_multi_physdev_op(entry, PHYSDEVOP_irq_status_query, arg);
}

/*
 * From which level on the vcpu may access ports.
 *
 * In:     iopl
 * Errors: ENOSYS, EINVAL
 */
static inline long hc_physdev_set_iopl(struct physdev_set_iopl *arg)
{
    return hc_physdev_op(PHYSDEVOP_set_iopl, arg);
}

static inline void hc_multi_physdev_set_iopl(struct multicall_entry *entry,
                                             struct physdev_set_iopl *arg)
{
    hc_multi_physdev_op(entry, PHYSDEVOP_set_iopl, arg);
}

/*
 * Which ports the vcpu may access below that level, a bit for each; 1 is no.
 * Xen reads the bitmap at each access.
 *
 * In:     bitmap, nr_ports
 * Errors: ENOSYS, EINVAL
 */
static inline long hc_physdev_set_iobitmap(struct physdev_set_iobitmap *arg)
{
    return hc_physdev_op(PHYSDEVOP_set_iobitmap, arg);
}

static inline void
hc_multi_physdev_set_iobitmap(struct multicall_entry *entry,
                              struct physdev_set_iobitmap *arg)
{
    hc_multi_physdev_op(entry, PHYSDEVOP_set_iobitmap, arg);
}

/*
 * Read a register of an interrupt controller.
 *
 * In:     apic_physbase, reg
 * Out:    value
 * Errors: ENOSYS, EPERM, EINVAL
 */
static inline long hc_physdev_apic_read(struct physdev_apic *arg)
{
    return hc_physdev_op(PHYSDEVOP_apic_read, arg);
}

static inline void hc_multi_physdev_apic_read(struct multicall_entry *entry,
                                              struct physdev_apic *arg)
{
    hc_multi_physdev_op(entry, PHYSDEVOP_apic_read, arg);
}

/*
 * Write one. Xen takes what the rest of the machine can bear.
 *
 * In:     apic_physbase, reg, value
 * Errors: ENOSYS, EPERM, EINVAL
 */
static inline long hc_physdev_apic_write(struct physdev_apic *arg)
{
    return hc_physdev_op(PHYSDEVOP_apic_write, arg);
}

static inline void hc_multi_physdev_apic_write(struct multicall_entry *entry,
                                               struct physdev_apic *arg)
{
    hc_multi_physdev_op(entry, PHYSDEVOP_apic_write, arg);
}

/*
 * Returns irq as the vector: Xen keeps the real ones to itself.
 *
 * In:     irq
 * Out:    vector
 * Errors: ENOSYS, EPERM
 */
static inline long hc_physdev_alloc_irq_vector(struct physdev_irq *arg)
{
    return hc_physdev_op(PHYSDEVOP_alloc_irq_vector, arg);
}

static inline void
hc_multi_physdev_alloc_irq_vector(struct multicall_entry *entry,
                                  struct physdev_irq *arg)
{
    hc_multi_physdev_op(entry, PHYSDEVOP_alloc_irq_vector, arg);
}

/*
 * Never had any code behind it.
 *
 * In:     irq, vector
 * Errors: ENOSYS
 */
static inline long hc_physdev_free_irq_vector(struct physdev_irq *arg)
{
    return hc_physdev_op(PHYSDEVOP_free_irq_vector, arg);
}

static inline void
hc_multi_physdev_free_irq_vector(struct multicall_entry *entry,
                                 struct physdev_irq *arg)
{
    hc_multi_physdev_op(entry, PHYSDEVOP_free_irq_vector, arg);
}

/*
 * Give a domain an interrupt, of a line or of a device. An hvm domain needs
 * no leave for its own.
 *
 * In:     domid, type, index, pirq, bus, devfn, entry_nr, table_base
 * Out:    index, pirq, entry_nr
 * Errors: ENOSYS, ESRCH, EPERM, EINVAL, ENODEV, EBUSY, EEXIST, EDOM,
 *         EOPNOTSUPP, ENFILE, ENOSPC, ENOMEM
 */
static inline long hc_physdev_map_pirq(struct physdev_map_pirq *arg)
{
    return hc_physdev_op(PHYSDEVOP_map_pirq, arg);
}

static inline void hc_multi_physdev_map_pirq(struct multicall_entry *entry,
                                             struct physdev_map_pirq *arg)
{
    hc_multi_physdev_op(entry, PHYSDEVOP_map_pirq, arg);
}

/*
 * Take it away again. hvm domains need no leave for their own.
 *
 * In:     domid, pirq
 * Errors: ENOSYS, ESRCH, EPERM, EINVAL, EBUSY
 */
static inline long hc_physdev_unmap_pirq(struct physdev_unmap_pirq *arg)
{
    return hc_physdev_op(PHYSDEVOP_unmap_pirq, arg);
}

static inline void hc_multi_physdev_unmap_pirq(struct multicall_entry *entry,
                                               struct physdev_unmap_pirq *arg)
{
    hc_multi_physdev_op(entry, PHYSDEVOP_unmap_pirq, arg);
}

/*
 * There is a new PCI device, in segment 0.
 *
 * In:     bus, devfn
 * Errors: ENOSYS, EPERM, ENOMEM, ENODEV
 */
static inline long hc_physdev_manage_pci_add(struct physdev_manage_pci *arg)
{
    return hc_physdev_op(PHYSDEVOP_manage_pci_add, arg);
}

static inline void
hc_multi_physdev_manage_pci_add(struct multicall_entry *entry,
                                struct physdev_manage_pci *arg)
{
    hc_multi_physdev_op(entry, PHYSDEVOP_manage_pci_add, arg);
}

/*
 * It is gone.
 *
 * In:     bus, devfn
 * Errors: ENOSYS, EPERM, ENODEV
 */
static inline long hc_physdev_manage_pci_remove(struct physdev_manage_pci *arg)
{
    return hc_physdev_op(PHYSDEVOP_manage_pci_remove, arg);
}

static inline void
hc_multi_physdev_manage_pci_remove(struct multicall_entry *entry,
                                   struct physdev_manage_pci *arg)
{
    hc_multi_physdev_op(entry, PHYSDEVOP_manage_pci_remove, arg);
}

/*
 * Write a device's interrupt messages again, after it lost them.
 *
 * In:     bus, devfn
 * Errors: ENOSYS, EPERM, ENODEV, EOPNOTSUPP, ENXIO
 */
static inline long hc_physdev_restore_msi(struct physdev_restore_msi *arg)
{
    return hc_physdev_op(PHYSDEVOP_restore_msi, arg);
}

static inline void hc_multi_physdev_restore_msi(struct multicall_entry *entry,
                                                struct physdev_restore_msi *arg)
{
    hc_multi_physdev_op(entry, PHYSDEVOP_restore_msi, arg);
}

/*
 * There is a new PCI device, which may be an extended or a virtual function.
 *
 * In:     bus, devfn, is_extfn, is_virtfn, physfn
 * Errors: ENOSYS, EINVAL, EPERM, ENOMEM, ENODEV
 */
static inline long
hc_physdev_manage_pci_add_ext(struct physdev_manage_pci_ext *arg)
{
    return hc_physdev_op(PHYSDEVOP_manage_pci_add_ext, arg);
}

static inline void
hc_multi_physdev_manage_pci_add_ext(struct multicall_entry *entry,
                                    struct physdev_manage_pci_ext *arg)
{
    hc_multi_physdev_op(entry, PHYSDEVOP_manage_pci_add_ext, arg);
}

/*
 * How an interrupt line is wired.
 *
 * In:     gsi, triggering, polarity
 * Errors: ENOSYS, EPERM, EINVAL, EEXIST
 */
static inline long hc_physdev_setup_gsi(struct physdev_setup_gsi *arg)
{
    return hc_physdev_op(PHYSDEVOP_setup_gsi, arg);
}

static inline void hc_multi_physdev_setup_gsi(struct multicall_entry *entry,
                                              struct physdev_setup_gsi *arg)
{
    hc_multi_physdev_op(entry, PHYSDEVOP_setup_gsi, arg);
}

/*
 * Reserve a number for an interrupt of the caller's. Any type but GSI is MSI.
 *
 * In:     type
 * Out:    pirq
 * Errors: ENOSYS, ENOSPC, ENOMEM
 */
static inline long hc_physdev_get_free_pirq(struct physdev_get_free_pirq *arg)
{
    return hc_physdev_op(PHYSDEVOP_get_free_pirq, arg);
}

static inline void
hc_multi_physdev_get_free_pirq(struct multicall_entry *entry,
                               struct physdev_get_free_pirq *arg)
{
    hc_multi_physdev_op(entry, PHYSDEVOP_get_free_pirq, arg);
}

/*
 * Whether firmware has kept an area of memory-mapped configuration free.
 *
 * In:     address, segment, start_bus, end_bus, flags
 * Errors: ENOSYS, EPERM, EFAULT, EINVAL, ENODEV, EIO
 */
static inline long
hc_physdev_pci_mmcfg_reserved(struct physdev_pci_mmcfg_reserved *arg)
{
    return hc_physdev_op(PHYSDEVOP_pci_mmcfg_reserved, arg);
}

static inline void
hc_multi_physdev_pci_mmcfg_reserved(struct multicall_entry *entry,
                                    struct physdev_pci_mmcfg_reserved *arg)
{
    hc_multi_physdev_op(entry, PHYSDEVOP_pci_mmcfg_reserved, arg);
}

/*
 * There is a new PCI device.
 *
 * In:     seg, bus, devfn, flags, physfn, optarr
 * Errors: ENOSYS, EPERM, EOPNOTSUPP, ENOMEM, ENODEV
 */
static inline long hc_physdev_pci_device_add(struct physdev_pci_device_add *arg)
{
    return hc_physdev_op(PHYSDEVOP_pci_device_add, arg);
}

static inline void
hc_multi_physdev_pci_device_add(struct multicall_entry *entry,
                                struct physdev_pci_device_add *arg)
{
    hc_multi_physdev_op(entry, PHYSDEVOP_pci_device_add, arg);
}

/*
 * It is gone.
 *
 * In:     seg, bus, devfn
 * Errors: ENOSYS, EPERM, EOPNOTSUPP, ENODEV
 */
static inline long hc_physdev_pci_device_remove(struct physdev_pci_device *arg)
{
    return hc_physdev_op(PHYSDEVOP_pci_device_remove, arg);
}

static inline void
hc_multi_physdev_pci_device_remove(struct multicall_entry *entry,
                                   struct physdev_pci_device *arg)
{
    hc_multi_physdev_op(entry, PHYSDEVOP_pci_device_remove, arg);
}

/*
 * Write its interrupt messages again, after it lost them.
 *
 * In:     seg, bus, devfn
 * Errors: ENOSYS, EPERM, ENODEV, EOPNOTSUPP, ENXIO
 */
static inline long hc_physdev_restore_msi_ext(struct physdev_pci_device *arg)
{
    return hc_physdev_op(PHYSDEVOP_restore_msi_ext, arg);
}

static inline void
hc_multi_physdev_restore_msi_ext(struct multicall_entry *entry,
                                 struct physdev_pci_device *arg)
{
    hc_multi_physdev_op(entry, PHYSDEVOP_restore_msi_ext, arg);
}

/*
 * The device's memory will not change from now on.
 *
 * In:     seg, bus, devfn
 * Errors: ENOSYS, EPERM, ENODEV, EBUSY
 */
static inline long hc_physdev_prepare_msix(struct physdev_pci_device *arg)
{
    return hc_physdev_op(PHYSDEVOP_prepare_msix, arg);
}

static inline void hc_multi_physdev_prepare_msix(struct multicall_entry *entry,
                                                 struct physdev_pci_device *arg)
{
    hc_multi_physdev_op(entry, PHYSDEVOP_prepare_msix, arg);
}

/*
 * It may change again.
 *
 * In:     seg, bus, devfn
 * Errors: ENOSYS, EPERM, ENODEV, EBUSY
 */
static inline long hc_physdev_release_msix(struct physdev_pci_device *arg)
{
    return hc_physdev_op(PHYSDEVOP_release_msix, arg);
}

static inline void hc_multi_physdev_release_msix(struct multicall_entry *entry,
                                                 struct physdev_pci_device *arg)
{
    hc_multi_physdev_op(entry, PHYSDEVOP_release_msix, arg);
}

/*
 * The controller that serves as debug port is about to be reset, or has been;
 * then 1 says that it works again.
 *
 * In:     op, bus, u
 * Errors: ENOSYS, EPERM
 */
static inline long hc_physdev_dbgp_op(struct physdev_dbgp_op *arg)
{
    return hc_physdev_op(PHYSDEVOP_dbgp_op, arg);
}

static inline void hc_multi_physdev_dbgp_op(struct multicall_entry *entry,
                                            struct physdev_dbgp_op *arg)
{
    hc_multi_physdev_op(entry, PHYSDEVOP_dbgp_op, arg);
}

/*
 * Event channels of interrupts have been unmasked.
 *
 * Errors: ENOSYS
 */
static inline long hc_physdev_IRQ_UNMASK_NOTIFY(void)
{
    return hc_physdev_op(PHYSDEVOP_IRQ_UNMASK_NOTIFY, (void *)0);
}

static inline void
hc_multi_physdev_IRQ_UNMASK_NOTIFY(struct multicall_entry *entry)
{
    hc_multi_physdev_op(entry, PHYSDEVOP_IRQ_UNMASK_NOTIFY, (void *)0);
}

#endif /* HC_PHYSDEV_H */
