/* SPDX-License-Identifier: MIT */
/******************************************************************************
 * physdev.h
 *
 * Interrupts, PCI devices and port access of a domain that drives hardware.
 *
 * Generated from idl/physdev.idl by "make"; edit that, not this.
 *
 * Copyright (c) 2006, Keir Fraser
 */

#ifndef __XEN_PUBLIC_PHYSDEV_H__
#define __XEN_PUBLIC_PHYSDEV_H__

#include "xen.h"

/*
 * Do cmd with the structure at arg.
 */

/*
 * PHYSDEVOP_eoi
 *
 * An interrupt has been served.
 *
 * Errors:
 *   -EINVAL                  the caller has no such interrupt
 */
#define PHYSDEVOP_eoi 12
struct physdev_eoi {
    /* IN */
    uint32_t irq;
};
typedef struct physdev_eoi physdev_eoi_t;
DEFINE_XEN_GUEST_HANDLE(physdev_eoi_t);

/*
 * PHYSDEVOP_pirq_eoi_gmfn_v1
 *
 * Where Xen shall say, a bit for each interrupt, that an eoi is needed. From
 * then on an eoi unmasks its event channel as well.
 *
 * Errors:
 *   -EINVAL                  gmfn is no page of the caller's that can be
 *                            written
 *   -EBUSY                   there is such a page already
 *   -ENOSPC                  the page cannot be mapped
 */
#define PHYSDEVOP_pirq_eoi_gmfn_v1 17

/*
 * PHYSDEVOP_pirq_eoi_gmfn_v2
 *
 * The same, without a change in what eoi does.
 *
 * Errors:
 *   -EINVAL                  gmfn is no page of the caller's that can be
 *                            written
 *   -EBUSY                   there is such a page already
 *   -ENOSPC                  the page cannot be mapped
 */
#define PHYSDEVOP_pirq_eoi_gmfn_v2 28
struct physdev_pirq_eoi_gmfn {
    /* IN */
    xen_pfn_t gmfn;
};
typedef struct physdev_pirq_eoi_gmfn physdev_pirq_eoi_gmfn_t;
DEFINE_XEN_GUEST_HANDLE(physdev_pirq_eoi_gmfn_t);

/*
 * PHYSDEVOP_irq_status_query
 *
 * Whether an interrupt needs an eoi, and whether others have it too.
 *
 * Errors:
 *   -EINVAL                  the caller has no such interrupt
 */
#define PHYSDEVOP_irq_status_query 5
struct physdev_irq_status_query {
    /* IN */
    uint32_t irq;
    /* OUT */
    uint32_t flags;
};
typedef struct physdev_irq_status_query physdev_irq_status_query_t;
DEFINE_XEN_GUEST_HANDLE(physdev_irq_status_query_t);

#define _XENIRQSTAT_needs_eoi (0)
#define XENIRQSTAT_needs_eoi  (1U << _XENIRQSTAT_needs_eoi)
#define _XENIRQSTAT_shared    (1)
#define XENIRQSTAT_shared     (1U << _XENIRQSTAT_shared)

/*
 * PHYSDEVOP_set_iopl
 *
 * From which level on the vcpu may access ports.
 */
#define PHYSDEVOP_set_iopl 6
struct physdev_set_iopl {
    /* IN */
    uint32_t iopl;
};
typedef struct physdev_set_iopl physdev_set_iopl_t;
DEFINE_XEN_GUEST_HANDLE(physdev_set_iopl_t);

/*
 * PHYSDEVOP_set_iobitmap
 *
 * Which ports the vcpu may access below that level, a bit for each; 1 is no.
 * Xen reads the bitmap at each access.
 */
#define PHYSDEVOP_set_iobitmap 7
struct physdev_set_iobitmap {

#if __XEN_INTERFACE_VERSION__ >= 0x00030205
    /* IN */
    XEN_GUEST_HANDLE(uint8) bitmap;
#else /* __XEN_INTERFACE_VERSION__ >= 0x00030205 */
    uint8_t *bitmap;
#endif /* __XEN_INTERFACE_VERSION__ >= 0x00030205 */
    uint32_t nr_ports;
};
typedef struct physdev_set_iobitmap physdev_set_iobitmap_t;
DEFINE_XEN_GUEST_HANDLE(physdev_set_iobitmap_t);

/*
 * PHYSDEVOP_apic_read
 *
 * Read a register of an interrupt controller.
 *
 * Errors:
 *   -EINVAL                  there is no such controller
 */
#define PHYSDEVOP_apic_read 8

/*
 * PHYSDEVOP_apic_write
 *
 * Write one. Xen takes what the rest of the machine can bear.
 *
 * Errors:
 *   -EINVAL                  there is no such controller, or the interrupt is
 *                            not to be changed
 */
#define PHYSDEVOP_apic_write 9

struct physdev_apic {
    unsigned long apic_physbase;
    uint32_t reg;
    uint32_t value;
};
typedef struct physdev_apic physdev_apic_t;
DEFINE_XEN_GUEST_HANDLE(physdev_apic_t);

/*
 * PHYSDEVOP_alloc_irq_vector
 *
 * Returns irq as the vector: Xen keeps the real ones to itself.
 */
#define PHYSDEVOP_alloc_irq_vector 10

/*
 * PHYSDEVOP_free_irq_vector
 *
 * Never had any code behind it.
 */
#define PHYSDEVOP_free_irq_vector 11

struct physdev_irq {
    uint32_t irq;
    uint32_t vector;
};
typedef struct physdev_irq physdev_irq_t;
DEFINE_XEN_GUEST_HANDLE(physdev_irq_t);

#define MAP_PIRQ_TYPE_MSI       0x0
#define MAP_PIRQ_TYPE_GSI       0x1
#define MAP_PIRQ_TYPE_UNKNOWN   0x2
#define MAP_PIRQ_TYPE_MSI_SEG   0x3
#define MAP_PIRQ_TYPE_MULTI_MSI 0x4

/*
 * PHYSDEVOP_map_pirq
 *
 * Give a domain an interrupt, of a line or of a device. An hvm domain needs
 * no leave for its own.
 *
 * Errors:
 *   -EINVAL                  MULTI_MSI with a table_base; before domid, and
 *                            nothing is written
 *   -EINVAL                  the caller is hvm, names itself, and cannot have
 *                            such interrupts
 *   -EINVAL                  there is no such type, interrupt, or place for it
 *   -EPERM                   the caller may not give this interrupt
 *   -ENODEV                  there is no such device
 *   -EBUSY                   the interrupt is in use
 *   -EEXIST                  the domain has it already, as another pirq
 *   -EDOM                    MULTI_MSI: there are not so many at once; before
 *                            the device is looked for
 *   -EOPNOTSUPP              MULTI_MSI: the machine cannot do several
 *   -ENFILE                  MULTI_MSI: the device has not as many; entry_nr
 *                            says how many
 *   -ENOSPC                  no interrupt is left
 *   -ENOMEM                  there is no memory for it
 */
#define PHYSDEVOP_map_pirq 13
struct physdev_map_pirq {
    /* IN */
    domid_t domid;
    int type;
    /* INOUT */
    int index; /* Out for MSI; not looked at for MULTI_MSI. */
    int pirq;
    /* IN */
    int bus; /* MSI_SEG and MULTI_MSI: the segment in bits 31..16. */
    int devfn;
    /* INOUT */
    int entry_nr; /* Out for MULTI_MSI only. */
    /* IN */
    uint64_t table_base;
};
typedef struct physdev_map_pirq physdev_map_pirq_t;
DEFINE_XEN_GUEST_HANDLE(physdev_map_pirq_t);

/*
 * PHYSDEVOP_unmap_pirq
 *
 * Take it away again. hvm domains need no leave for their own.
 *
 * Errors:
 *   -EINVAL                  the domain has no such interrupt
 *   -EBUSY                   it is not the first of several of a device
 */
#define PHYSDEVOP_unmap_pirq 14
struct physdev_unmap_pirq {
    /* IN */
    domid_t domid;
    int pirq;
};
typedef struct physdev_unmap_pirq physdev_unmap_pirq_t;
DEFINE_XEN_GUEST_HANDLE(physdev_unmap_pirq_t);

/*
 * PHYSDEVOP_manage_pci_add
 *
 * There is a new PCI device, in segment 0.
 *
 * Errors:
 *   -ENOMEM                  there is no memory for it
 *   -ENODEV                  the IOMMU does not take it
 */
#define PHYSDEVOP_manage_pci_add 15

/*
 * PHYSDEVOP_manage_pci_remove
 *
 * It is gone.
 *
 * Errors:
 *   -ENODEV                  there is no such device
 */
#define PHYSDEVOP_manage_pci_remove 16
struct physdev_manage_pci {
    /* IN */
    uint8_t bus;
    uint8_t devfn;
};
typedef struct physdev_manage_pci physdev_manage_pci_t;
DEFINE_XEN_GUEST_HANDLE(physdev_manage_pci_t);

/*
 * PHYSDEVOP_restore_msi
 *
 * Write a device's interrupt messages again, after it lost them.
 *
 * Errors:
 *   -ENODEV                  there is no such device; before xsm
 *   -EOPNOTSUPP              the hypervisor was told to do without; before xsm
 *   -ENXIO                   the device does not answer: its memory is
 *                            switched off
 */
#define PHYSDEVOP_restore_msi 19
struct physdev_restore_msi {
    /* IN */
    uint8_t bus;
    uint8_t devfn;
};
typedef struct physdev_restore_msi physdev_restore_msi_t;
DEFINE_XEN_GUEST_HANDLE(physdev_restore_msi_t);

/*
 * PHYSDEVOP_manage_pci_add_ext
 *
 * There is a new PCI device, which may be an extended or a virtual function.
 *
 * Errors:
 *   -ENOMEM                  there is no memory for it
 *   -ENODEV                  the IOMMU does not take it
 */
#define PHYSDEVOP_manage_pci_add_ext 20
struct physdev_manage_pci_ext {
    /* IN */
    uint8_t bus;
    uint8_t devfn;
    uint32_t is_extfn;
    uint32_t is_virtfn;
    struct {
        uint8_t bus;
        uint8_t devfn;
    } physfn;
};
typedef struct physdev_manage_pci_ext physdev_manage_pci_ext_t;
DEFINE_XEN_GUEST_HANDLE(physdev_manage_pci_ext_t);

/* The argument of physdev_op_compat. */
struct physdev_op {
    uint32_t cmd;
    union {
        physdev_irq_status_query_t irq_status_query;
        physdev_set_iopl_t set_iopl;
        physdev_set_iobitmap_t set_iobitmap;
        physdev_apic_t apic_op;
        physdev_irq_t irq_op;
    } u;
};
typedef struct physdev_op physdev_op_t;
DEFINE_XEN_GUEST_HANDLE(physdev_op_t);

/*
 * PHYSDEVOP_setup_gsi
 *
 * How an interrupt line is wired.
 *
 * Errors:
 *   -EINVAL                  there is no such line; before xsm
 *   -EEXIST                  the line is set up already
 */
#define PHYSDEVOP_setup_gsi 21
struct physdev_setup_gsi {
    /* IN */
    int gsi;
    uint8_t triggering;
    uint8_t polarity;
};
typedef struct physdev_setup_gsi physdev_setup_gsi_t;
DEFINE_XEN_GUEST_HANDLE(physdev_setup_gsi_t);

/* 22 was never_used_22: left free. */

/*
 * PHYSDEVOP_get_free_pirq
 *
 * Reserve a number for an interrupt of the caller's. Any type but GSI is MSI.
 *
 * Errors:
 *   -ENOSPC                  no number is left
 *   -ENOMEM                  there is no memory for it
 */
#define PHYSDEVOP_get_free_pirq 23
struct physdev_get_free_pirq {
    /* IN */
    int type;
    /* OUT */
    uint32_t pirq;
};
typedef struct physdev_get_free_pirq physdev_get_free_pirq_t;
DEFINE_XEN_GUEST_HANDLE(physdev_get_free_pirq_t);

#define XEN_PCI_MMCFG_RESERVED 0x1

/*
 * PHYSDEVOP_pci_mmcfg_reserved
 *
 * Whether firmware has kept an area of memory-mapped configuration free.
 *
 * Errors:
 *   -ENODEV                  there is no such area
 *   -EIO                     the area is at another address
 */
#define PHYSDEVOP_pci_mmcfg_reserved 24
struct physdev_pci_mmcfg_reserved {
    /* IN */
    uint64_t address;
    uint16_t segment;
    uint8_t start_bus;
    uint8_t end_bus;
    uint32_t flags;
};
typedef struct physdev_pci_mmcfg_reserved physdev_pci_mmcfg_reserved_t;
DEFINE_XEN_GUEST_HANDLE(physdev_pci_mmcfg_reserved_t);

#define XEN_PCI_DEV_EXTFN  0x1
#define XEN_PCI_DEV_VIRTFN 0x2

/* optarr[0] says which NUMA node. */
#define XEN_PCI_DEV_PXM 0x4

/*
 * PHYSDEVOP_pci_device_add
 *
 * There is a new PCI device.
 *
 * Errors:
 *   -EOPNOTSUPP              the hypervisor hands out no devices; before the
 *                            structure is read
 *   -ENOMEM                  there is no memory for it
 *   -ENODEV                  the IOMMU does not take it
 */
#define PHYSDEVOP_pci_device_add 25
struct physdev_pci_device_add {
    /* IN */
    uint16_t seg;
    uint8_t bus;
    uint8_t devfn;
    uint32_t flags;
    struct {
        uint8_t bus;
        uint8_t devfn;
    } physfn;
    uint32_t
        optarr[XEN_FLEX_ARRAY_DIM]; /* Its first element is read, with PXM. */
};
typedef struct physdev_pci_device_add physdev_pci_device_add_t;
DEFINE_XEN_GUEST_HANDLE(physdev_pci_device_add_t);

/*
 * PHYSDEVOP_pci_device_remove
 *
 * It is gone.
 *
 * Errors:
 *   -EOPNOTSUPP              the hypervisor hands out no devices; before the
 *                            structure is read
 *   -ENODEV                  there is no such device
 */
#define PHYSDEVOP_pci_device_remove 26

/*
 * PHYSDEVOP_restore_msi_ext
 *
 * Write its interrupt messages again, after it lost them.
 *
 * Errors:
 *   -ENODEV                  there is no such device; before xsm
 *   -EOPNOTSUPP              the hypervisor was told to do without; before xsm
 *   -ENXIO                   the device does not answer: its memory is
 *                            switched off
 */
#define PHYSDEVOP_restore_msi_ext 27

/*
 * PHYSDEVOP_prepare_msix
 *
 * The device's memory will not change from now on.
 *
 * Errors:
 *   -ENODEV                  there is no such device
 *   -EBUSY                   its interrupts are in use
 */
#define PHYSDEVOP_prepare_msix 30

/*
 * PHYSDEVOP_release_msix
 *
 * It may change again.
 *
 * Errors:
 *   -ENODEV                  there is no such device
 *   -EBUSY                   its interrupts are in use, or it was not prepared
 */
#define PHYSDEVOP_release_msix 31
struct physdev_pci_device {
    /* IN */
    uint16_t seg;
    uint8_t bus;
    uint8_t devfn;
};
typedef struct physdev_pci_device physdev_pci_device_t;
DEFINE_XEN_GUEST_HANDLE(physdev_pci_device_t);

#define PHYSDEVOP_DBGP_RESET_PREPARE 1
#define PHYSDEVOP_DBGP_RESET_DONE    2

#define PHYSDEVOP_DBGP_BUS_UNKNOWN 0
#define PHYSDEVOP_DBGP_BUS_PCI     1

/*
 * PHYSDEVOP_dbgp_op
 *
 * The controller that serves as debug port is about to be reset, or has been;
 * then 1 says that it works again.
 *
 * Errors:
 *   -ENOSYS                  there is no such op
 */
#define PHYSDEVOP_dbgp_op 29
struct physdev_dbgp_op {
    /* IN */
    uint8_t op;
    uint8_t bus;
    union {
        physdev_pci_device_t pci;
    } u;
};
typedef struct physdev_dbgp_op physdev_dbgp_op_t;
DEFINE_XEN_GUEST_HANDLE(physdev_dbgp_op_t);

/*
 * PHYSDEVOP_IRQ_UNMASK_NOTIFY
 *
 * Event channels of interrupts have been unmasked.
 *
 * Deprecated: eoi does more, since 3.2.2.
 */
#define PHYSDEVOP_IRQ_UNMASK_NOTIFY 4

/*
 * Names of Xen 3.0
 * ----------------
 */

#if __XEN_INTERFACE_VERSION__ < 0x00040600
#define PHYSDEVOP_IRQ_STATUS_QUERY        PHYSDEVOP_irq_status_query
#define PHYSDEVOP_SET_IOPL                PHYSDEVOP_set_iopl
#define PHYSDEVOP_SET_IOBITMAP            PHYSDEVOP_set_iobitmap
#define PHYSDEVOP_APIC_READ               PHYSDEVOP_apic_read
#define PHYSDEVOP_APIC_WRITE              PHYSDEVOP_apic_write
#define PHYSDEVOP_ASSIGN_VECTOR           PHYSDEVOP_alloc_irq_vector
#define PHYSDEVOP_FREE_VECTOR             PHYSDEVOP_free_irq_vector
#define PHYSDEVOP_IRQ_NEEDS_UNMASK_NOTIFY XENIRQSTAT_needs_eoi
#define PHYSDEVOP_IRQ_SHARED              XENIRQSTAT_shared
#endif /* __XEN_INTERFACE_VERSION__ < 0x00040600 */

#if __XEN_INTERFACE_VERSION__ < 0x00040200
#define PHYSDEVOP_pirq_eoi_gmfn PHYSDEVOP_pirq_eoi_gmfn_v1
#else /* __XEN_INTERFACE_VERSION__ < 0x00040200 */
#define PHYSDEVOP_pirq_eoi_gmfn PHYSDEVOP_pirq_eoi_gmfn_v2
#endif /* __XEN_INTERFACE_VERSION__ < 0x00040200 */

#endif /* __XEN_PUBLIC_PHYSDEV_H__ */

/*
 * Local variables:
 * mode: C
 * c-file-style: "BSD"
 * c-basic-offset: 4
 * tab-width: 4
 * indent-tabs-mode: nil
 * End:
 */
