/* SPDX-License-Identifier: MIT */
/* physdev_op: interrupts and ports, from dom0. PCI devices: check-pci.c. */
#include "guest.h"

#define NO_INTERRUPT 100000
#define IO_APIC 0xfec00000UL            /* Where every PC has it. */
#define PORT 0x80                       /* Its writes have no effect. */

static void the_call(void)
{
    fails(hc_physdev_op, "idl", "no such op", hc_physdev_op(99, NULL), EQ, -XEN_ENOSYS);
    fails(hc_physdev_op, "idl", "nothing to read",
          hc_physdev_op(PHYSDEVOP_set_iopl, NO_ADDRESS), EQ, -XEN_EFAULT);
    succeeds(hc_physdev_op, "idl", "an op by number",
             hc_physdev_op(PHYSDEVOP_set_iopl, &(struct physdev_set_iopl){ .iopl = 0 }),
             EQ, 0);
}

static void ports(void)
{
    static uint8_t all_open[8192];
    struct physdev_set_iopl iopl = { .iopl = 1 };
    struct physdev_set_iobitmap map = { .nr_ports = 65536 };

    shows(hc_physdev_set_iopl, "idl", "closed at first", probe_out(PORT), EQ, 1);
    succeeds(hc_physdev_set_iopl, "idl", "1, for a kernel",
             hc_physdev_set_iopl(&iopl), EQ, 0);
    shows(hc_physdev_set_iopl, "idl", "all are open", probe_out(PORT), EQ, 0);
    iopl.iopl = 0;
    must_be("set_iopl", hc_physdev_set_iopl(&iopl), 0);
    iopl.iopl = 4;
    fails(hc_physdev_set_iopl, "idl", "there is no 4",
          hc_physdev_set_iopl(&iopl), EQ, -XEN_EINVAL);

    set_xen_guest_handle(map.bitmap, all_open);
    succeeds(hc_physdev_set_iobitmap, "idl", "a bit for each port",
             hc_physdev_set_iobitmap(&map), EQ, 0);
    shows(hc_physdev_set_iobitmap, "idl", "a clear bit opens", probe_out(PORT), EQ, 0);
    all_open[PORT / 8] = 1;
    shows(hc_physdev_set_iobitmap, "idl", "a set bit closes", probe_out(PORT), EQ, 1);
    map.nr_ports = 65537;
    fails(hc_physdev_set_iobitmap, "idl", "more ports than there are",
          hc_physdev_set_iobitmap(&map), EQ, -XEN_EINVAL);
    map.nr_ports = 0;
    must_be("close the ports", hc_physdev_set_iobitmap(&map), 0);
}

/* Xen 3.0's way to say which interrupts to look at again. */
static void unmask_notify(void)
{
    succeeds(hc_physdev_IRQ_UNMASK_NOTIFY, "idl", "nothing is pending",
             hc_physdev_IRQ_UNMASK_NOTIFY(), EQ, 0);
}

static void apic(void)
{
    struct physdev_apic apic = { .apic_physbase = IO_APIC, .reg = 1 };

    succeeds(hc_physdev_apic_read, "idl", "the version register",
             hc_physdev_apic_read(&apic), EQ, 0);
    shows(hc_physdev_apic_read, "idl", "24 entries, counted from 0",
          apic.value >> 16 & 0xff, EQ, 23);
    apic.reg = 0;
    succeeds(hc_physdev_apic_write, "idl", "a register that keeps its value",
             hc_physdev_apic_write(&apic), EQ, 0);
    apic.apic_physbase = 0x1000;
    fails(hc_physdev_apic_read, "idl", "no APIC there",
          hc_physdev_apic_read(&apic), EQ, -XEN_EINVAL);
    fails(hc_physdev_apic_write, "idl", "no APIC there",
          hc_physdev_apic_write(&apic), EQ, -XEN_EINVAL);
}

static void vectors(void)
{
    struct physdev_irq irq = { .irq = 20 };

    succeeds(hc_physdev_alloc_irq_vector, "idl", "Xen keeps the real one",
             hc_physdev_alloc_irq_vector(&irq), EQ, 0);
    shows(hc_physdev_alloc_irq_vector, "idl", "and echoes the irq", irq.vector, EQ, 20);
    fails(hc_physdev_alloc_irq_vector, "idl", "nothing to read",
          hc_physdev_alloc_irq_vector(NO_ADDRESS), EQ, -XEN_EFAULT);
    fails(hc_physdev_free_irq_vector, "idl", "Xen has no code for it",
          hc_physdev_free_irq_vector(&irq), EQ, -XEN_ENOSYS);
}

static void setup_gsi(void)
{
    struct physdev_setup_gsi setup = { .gsi = 20, .triggering = 1, .polarity = 1 };

    succeeds(hc_physdev_setup_gsi, "idl", "an input of the IO-APIC",
             hc_physdev_setup_gsi(&setup), EQ, 0);
    fails(hc_physdev_setup_gsi, "idl", "a second time, another way",
          hc_physdev_setup_gsi(&setup), EQ, -XEN_EEXIST);
    setup.gsi = -1;
    fails(hc_physdev_setup_gsi, "idl", "no such input",
          hc_physdev_setup_gsi(&setup), EQ, -XEN_EINVAL);
}

static int map_pirq(void)
{
    struct physdev_map_pirq map = {
        .domid = DOMID_SELF, .type = MAP_PIRQ_TYPE_GSI, .index = 20, .pirq = -1,
    };
    int pirq;

    succeeds(hc_physdev_map_pirq, "idl", "an input of the IO-APIC",
             hc_physdev_map_pirq(&map), EQ, 0);
    pirq = map.pirq;
    shows(hc_physdev_map_pirq, "idl", "the number is told", pirq, GE, 1);
    map.domid = NO_DOMAIN;
    fails(hc_physdev_map_pirq, "idl", "for no domain",
          hc_physdev_map_pirq(&map), EQ, -XEN_ESRCH);
    map.domid = DOMID_SELF;
    map.type = MAP_PIRQ_TYPE_UNKNOWN;
    fails(hc_physdev_map_pirq, "idl", "of no known type",
          hc_physdev_map_pirq(&map), EQ, -XEN_EINVAL);
    map.type = MAP_PIRQ_TYPE_MSI;
    map.index = map.pirq = -1;
    map.devfn = 29 << 3;
    fails(hc_physdev_map_pirq, "idl", "MSI of no device",
          hc_physdev_map_pirq(&map), EQ, -XEN_ENODEV);
    map.type = MAP_PIRQ_TYPE_MULTI_MSI;
    map.table_base = 1;
    fails(hc_physdev_map_pirq, "idl", "several MSI by table",
          hc_physdev_map_pirq(&map), EQ, -XEN_EINVAL);
    return pirq;
}

static void use_pirq(int pirq)
{
    struct physdev_irq_status_query query = { .irq = pirq };
    struct physdev_eoi eoi = { .irq = pirq };

    succeeds(hc_physdev_irq_status_query, "idl", "of the one mapped",
             hc_physdev_irq_status_query(&query), EQ, 0);
    shows(hc_physdev_irq_status_query, "idl", "it needs an end",
          query.flags, HAS, XENIRQSTAT_needs_eoi);
    query.irq = NO_INTERRUPT;
    fails(hc_physdev_irq_status_query, "idl", "of none",
          hc_physdev_irq_status_query(&query), EQ, -XEN_EINVAL);
    succeeds(hc_physdev_eoi, "idl", "of the one mapped", hc_physdev_eoi(&eoi), EQ, 0);
    eoi.irq = NO_INTERRUPT;
    fails(hc_physdev_eoi, "idl", "of none", hc_physdev_eoi(&eoi), EQ, -XEN_EINVAL);
}

static void unmap_pirq(int pirq)
{
    struct physdev_unmap_pirq unmap = { .domid = DOMID_SELF, .pirq = pirq };

    succeeds(hc_physdev_unmap_pirq, "idl", "the one mapped",
             hc_physdev_unmap_pirq(&unmap), EQ, 0);
    fails(hc_physdev_unmap_pirq, "idl", "a second time",
          hc_physdev_unmap_pirq(&unmap), EQ, -XEN_EINVAL);
    unmap.domid = NO_DOMAIN;
    fails(hc_physdev_unmap_pirq, "idl", "of no domain",
          hc_physdev_unmap_pirq(&unmap), EQ, -XEN_ESRCH);
}

static void get_free_pirq(void)
{
    struct physdev_get_free_pirq get = { .type = MAP_PIRQ_TYPE_MSI };

    succeeds(hc_physdev_get_free_pirq, "idl", "a number for MSI",
             hc_physdev_get_free_pirq(&get), EQ, 0);
    shows(hc_physdev_get_free_pirq, "idl", "beyond those of the IO-APIC",
          get.pirq, GE, 16);
    fails(hc_physdev_get_free_pirq, "idl", "nothing to read",
          hc_physdev_get_free_pirq(NO_ADDRESS), EQ, -XEN_EFAULT);
}

/* One page for each domain, and it stays. Version 1: see domu.c. */
static void eoi_pages(void)
{
    struct physdev_pirq_eoi_gmfn eoi = { .gmfn = 0x7ffffff0 };

    fails(hc_physdev_pirq_eoi_gmfn_v2, "idl", "no such frame",
          hc_physdev_pirq_eoi_gmfn_v2(&eoi), EQ, -XEN_EINVAL);
    eoi.gmfn = mfn_of(page_take());
    succeeds(hc_physdev_pirq_eoi_gmfn_v2, "idl", "an own page",
             hc_physdev_pirq_eoi_gmfn_v2(&eoi), EQ, 0);
    fails(hc_physdev_pirq_eoi_gmfn_v2, "idl", "a second one",
          hc_physdev_pirq_eoi_gmfn_v2(&eoi), EQ, -XEN_EBUSY);
    fails(hc_physdev_pirq_eoi_gmfn_v1, "idl", "a second one",
          hc_physdev_pirq_eoi_gmfn_v1(&eoi), EQ, -XEN_EBUSY);
}

void check_physdev(void)
{
    int pirq;

    the_call();
    ports();
    unmask_notify();
    apic();
    vectors();
    setup_gsi();
    pirq = map_pirq();
    use_pirq(pirq);
    unmap_pirq(pirq);
    get_free_pirq();
    eoi_pages();
}
