/* SPDX-License-Identifier: MIT */
/*
 * What Xen sees first where two things are wrong at once: the order in which
 * the clauses of a description stand.
 */
#include "guest.h"

#define NO_REF 1000000
#define NO_FRAME 0x7ffffff0UL
#define XEN_ADDRESS ((void *)0xffff830000000000UL)

/* Ops that take no place to resume from, and have nothing to read. */
#define PLACE(op, error)                                                        \
    fails_as("hc_memory_" #op, "9.5 start_extent", "before anything is read",   \
             hc_memory_op(XENMEM_##op | 1 << 6, NO_ADDRESS), EQ, error)

static void places(void)
{
    PLACE(exchange, -XEN_EINVAL);
    PLACE(current_reservation, -XEN_EINVAL);
    PLACE(maximum_reservation, -XEN_EINVAL);
    PLACE(maximum_gpfn, -XEN_EINVAL);
    PLACE(remove_from_physmap, -XEN_EINVAL);
    PLACE(claim_pages, -XEN_EINVAL);
    PLACE(get_vnumainfo, -XEN_EINVAL);
    PLACE(reserved_device_memory_map, -XEN_EINVAL);
    PLACE(machphys_mfn_list, -XEN_ENOSYS);
    PLACE(machphys_compat_mfn_list, -XEN_ENOSYS);
    PLACE(machphys_mapping, -XEN_ENOSYS);
    PLACE(memory_map, -XEN_ENOSYS);
    PLACE(machine_memory_map, -XEN_ENOSYS);
    PLACE(set_memory_map, -XEN_ENOSYS);
    PLACE(set_pod_target, -XEN_ENOSYS);
    PLACE(get_pod_target, -XEN_ENOSYS);
    fails(hc_memory_add_to_physmap, "9.5 start_extent", "wider than size",
          hc_memory_op(XENMEM_add_to_physmap | 0x10000 << 6, NO_ADDRESS), EQ, -XEN_EDOM);
}

static void exchange(void)
{
    struct xen_memory_exchange exchange = {
        .in = { .extent_order = 30, .domid = NO_DOMAIN },
        .out = { .domid = NO_DOMAIN },
        .nr_exchanged = 1,
    };

    fails(hc_memory_exchange, "9.7 order > max", "of no domain, and more done than asked",
          hc_memory_exchange(&exchange), EQ, -XEN_EPERM);
    exchange.in.extent_order = 0;
    fails(hc_memory_exchange, "9.7 nr_exchanged > nr_extents", "of no domain",
          hc_memory_exchange(&exchange), EQ, -XEN_EINVAL);
    exchange.in.nr_extents = exchange.out.nr_extents = 1;
    succeeds(hc_memory_exchange, "9.7 nr_exchanged == nr_extents", "of no domain",
             hc_memory_exchange(&exchange), EQ, 0);
    exchange.nr_exchanged = 0;
    set_xen_guest_handle(exchange.in.extent_start, XEN_ADDRESS);
    fails(hc_memory_exchange, "9.7 list fault", "of no domain",
          hc_memory_exchange(&exchange), EQ, -XEN_EFAULT);
}

static void for_the_toolstack(void)
{
    struct xen_mem_acquire_resource resource = {
        .domid = NO_DOMAIN, .frame = 1ULL << 32, .nr_frames = 1,
    };
    struct xen_reserved_device_memory_map map = { .flags = 2, .nr_entries = 1 };
    struct xen_vnuma_topology_info numa = { .domid = NO_DOMAIN, .pad = 1 };
    struct xen_foreign_memory_map set = { .domid = NO_DOMAIN, .map.nr_entries = 100000 };

    fails(hc_memory_acquire_resource, "4.4 frame >> 32", "of no domain",
          hc_memory_acquire_resource(&resource), EQ, -XEN_EINVAL);
    resource.frame = 0;
    fails(hc_memory_acquire_resource, "9.7 unknown", "and no list for its frames",
          hc_memory_acquire_resource(&resource), EQ, -XEN_ESRCH);
    set_xen_guest_handle(map.buffer, XEN_ADDRESS);
    fails(hc_memory_reserved_device_memory_map, "idl", "a wrong flag, and Xen's own memory",
          hc_memory_reserved_device_memory_map(&map), EQ, -XEN_EFAULT);
    fails(hc_memory_get_vnumainfo, "4.2 pad", "of no domain",
          hc_memory_get_vnumainfo(&numa), EQ, -XEN_EINVAL);
    fails(hc_memory_set_memory_map, "4.4 nr_entries > E820MAX", "of no domain",
          hc_memory_set_memory_map(&set), EQ, -XEN_EINVAL);
}

static void grants_of_nobody(void)
{
    struct gnttab_map_grant_ref map = { .ref = NO_REF, .dom = NO_DOMAIN };
    struct gnttab_copy copy = {
        .source = { .u.ref = NO_REF, .domid = DOMID_SELF, .offset = 4000 },
        .dest = { .u.gmfn = NO_FRAME, .domid = DOMID_SELF },
        .len = 200, .flags = GNTCOPY_source_gref,
    };

    fails(hc_grant_table_map_grant_ref, "9.2 neither map flag", "of no domain",
          grant_map(&map), EQ, GNTST_bad_gntref);
    map.flags = GNTMAP_host_map;
    fails(hc_grant_table_map_grant_ref, "9.2 unknown dom", "beyond its table",
          grant_map(&map), EQ, GNTST_bad_domain);
    fails(hc_grant_table_copy, "9.4 ref out of range", "and beyond the page",
          grant_copy(&copy), EQ, GNTST_bad_gntref);
    copy.flags = 0;
    copy.source.u.gmfn = NO_FRAME;
    fails(hc_grant_table_copy, "9.4 gmfn bad", "and beyond the page",
          grant_copy(&copy), EQ, GNTST_bad_page);
}

static void page_tables(void)
{
    uint64_t *slot = page_take();
    unsigned long va = (unsigned long)slot;

    fails(hc_mmu_update, "5.3 guest handle", "of no domain",
          hc_mmu_update(XEN_ADDRESS, 1, NULL, NO_DOMAIN), EQ, -XEN_EFAULT);
    fails(hc_mmuext_op, "5.3 guest handle", "of no domain",
          hc_mmuext_op(XEN_ADDRESS, 1, NULL, NO_DOMAIN), EQ, -XEN_EFAULT);
    succeeds(hc_update_va_mapping, "5.3 flags", "a way to flush that does not exist",
             hc_update_va_mapping(va, pte_make(mfn_of(slot), PTE_RW), UVMF_FLUSHTYPE_MASK),
             EQ, 0);
    fails(hc_update_va_mapping, "5.3 mod_l1_entry", "a frame beyond all memory",
          hc_update_va_mapping(va, pte_make(NO_FRAME, PTE_RW), UVMF_INVLPG), EQ, -XEN_EPERM);
    slot_restore(slot);
}

void check_order(void)
{
    places();
    exchange();
    for_the_toolstack();
    grants_of_nobody();
    page_tables();
}

/* The same from a domain without rights: is the structure read before xsm? */
void check_order_without_rights(void)
{
    uint64_t *slot = page_take();
    struct physdev_setup_gsi gsi = { .gsi = 1 << 20 };
    struct physdev_manage_pci_ext ext = { .is_extfn = 2 };

    fails(hc_physdev_apic_read, "idl", "unreadable, without the right",
          hc_physdev_apic_read(NO_ADDRESS), EQ, -XEN_EFAULT);
    fails(hc_physdev_alloc_irq_vector, "idl", "unreadable, without the right",
          hc_physdev_alloc_irq_vector(NO_ADDRESS), EQ, -XEN_EFAULT);
    fails(hc_physdev_manage_pci_add, "idl", "unreadable, without the right",
          hc_physdev_manage_pci_add(NO_ADDRESS), EQ, -XEN_EFAULT);
    fails(hc_physdev_pci_device_remove, "idl", "unreadable, without the right",
          hc_physdev_pci_device_remove(NO_ADDRESS), EQ, -XEN_EFAULT);
    fails(hc_physdev_release_msix, "idl", "unreadable, without the right",
          hc_physdev_release_msix(NO_ADDRESS), EQ, -XEN_EFAULT);
    fails(hc_physdev_setup_gsi, "idl", "no such line, without the right",
          hc_physdev_setup_gsi(&gsi), EQ, -XEN_EINVAL);
    fails(hc_physdev_manage_pci_add_ext, "idl", "a wrong flag, without the right",
          hc_physdev_manage_pci_add_ext(&ext), EQ, -XEN_EINVAL);
    fails(hc_physdev_pci_mmcfg_reserved, "idl", "unreadable: the right comes first",
          hc_physdev_pci_mmcfg_reserved(NO_ADDRESS), EQ, -XEN_EPERM);
    fails(hc_physdev_dbgp_op, "idl", "unreadable: the right comes first",
          hc_physdev_dbgp_op(NO_ADDRESS), EQ, -XEN_EPERM);
    fails(hc_memory_machine_memory_map, "4.1 PRIV", "unreadable: the right comes first",
          hc_memory_machine_memory_map(NO_ADDRESS), EQ, -XEN_EPERM);
    fails(hc_update_va_mapping, "5.3 mod_l1_entry", "caching that is not its own to choose",
          hc_update_va_mapping((unsigned long)slot, pte_make(mfn_of(slot), PTE_RW | 0x10),
                               UVMF_INVLPG), EQ, -XEN_EINVAL);
    fails(hc_update_va_mapping, "5.3 mod_l1_entry", "no memory, and no device of its own",
          hc_update_va_mapping((unsigned long)slot, pte_make(0xfee00, PTE_RW),
                               UVMF_INVLPG), EQ, -XEN_EPERM);
}
