/* SPDX-License-Identifier: MIT */
/* Calls that a PVH guest has no use for; and multicall, which it may use. */
#include "payload.h"

static void page_tables(void)
{
    mmu_update_t request = { .ptr = 0 };
    mmuext_op_t op = { .cmd = MMUEXT_TLB_FLUSH_LOCAL };

    fails(hc_mmu_update, "5.3 HVM", HERE "not for it",
          hc_mmu_update(&request, 1, NULL, DOMID_SELF), EQ, -XEN_ENOSYS);
    fails(hc_update_va_mapping, "5.3 HVM", HERE "not for it",
          hc_update_va_mapping(0, 0, 0), EQ, -XEN_ENOSYS);
    fails(hc_update_va_mapping_otherdomain, "5.3 HVM", HERE "not for it",
          hc_update_va_mapping_otherdomain(0, 0, 0, DOM0), EQ, -XEN_ENOSYS);
    fails(hc_mmuext_op, "5.3 HVM", HERE "on itself",
          hc_mmuext_op(&op, 1, NULL, DOMID_SELF), EQ, -XEN_EINVAL);
    fails(hc_mmuext_op, "5.3 TARGET", HERE "on dom0",
          hc_mmuext_op(&op, 1, NULL, DOM0), EQ, -XEN_EPERM);
}

static void hardware(void)
{
    struct physdev_eoi eoi = { .irq = 1 };
    struct physdev_irq_status_query query = { .irq = 1 };
    struct physdev_set_iopl iopl = { .iopl = 1 };
    struct physdev_map_pirq map = { .domid = DOMID_SELF };
    struct physdev_dbgp_op op = { .op = PHYSDEVOP_DBGP_RESET_DONE };

    fails(hc_physdev_eoi, "idl", HERE "it has no interrupts",
          hc_physdev_eoi(&eoi), EQ, -XEN_ENOSYS);
    fails(hc_physdev_irq_status_query, "idl", HERE "it has no interrupts",
          hc_physdev_irq_status_query(&query), EQ, -XEN_ENOSYS);
    fails(hc_physdev_set_iopl, "idl", HERE "its processor does that",
          hc_physdev_set_iopl(&iopl), EQ, -XEN_ENOSYS);
    fails(hc_physdev_map_pirq, "idl", HERE "it has no interrupts",
          hc_physdev_map_pirq(&map), EQ, -XEN_ENOSYS);
    fails(hc_physdev_IRQ_UNMASK_NOTIFY, "idl", HERE "it has no interrupts",
          hc_physdev_IRQ_UNMASK_NOTIFY(), EQ, -XEN_ENOSYS);
    fails(hc_physdev_dbgp_op, "idl", HERE "only for dom0",
          hc_physdev_dbgp_op(&op), EQ, -XEN_ENOSYS);
}

static void not_there(void)
{
    fails(hc_pmt_op, "6.1 arch_3", HERE "stock Xen has no pmt_op",
          hc_pmt_op(0, NULL, 0), EQ, -XEN_ENOSYS);
    fails(hc_memory_op, "9.5 unknown op", HERE "no such op",
          hc_memory_op(0x3f, NULL), EQ, -XEN_ENOSYS);
    fails(hc_grant_table_op, "9.1 unknown cmd", HERE "no such op",
          hc_grant_table_op(0x7f, NULL, 1), EQ, -XEN_ENOSYS);
    fails(hc_physdev_op, "idl", HERE "no such op",
          hc_physdev_op(99, NULL), EQ, -XEN_ENOSYS);
}

static void multicall(void)
{
    struct gnttab_query_size query = { .dom = DOMID_SELF };
    struct xen_memory_domain unknown = { .domid = NO_DOMAIN };
    multicall_entry_t calls[2];

    hc_multi_grant_table_query_size(&calls[0], &query, 1);
    hc_multi_memory_current_reservation(&calls[1], &unknown);
    succeeds(hc_multicall, "6.2", HERE "two calls", hc_multicall(calls, 2), EQ, 0);
    shows(hc_multicall, "6.2 result", HERE "query_size", calls[0].result, EQ, 0);
    shows(hc_multicall, "6.2 result", HERE "and its structure", query.nr_frames, GE, 1);
    shows(hc_multicall, "9.8 sub-op error only in result", HERE "of no domain",
          (long)calls[1].result, EQ, -XEN_ESRCH);
    fails(hc_multicall, "9.8 unreadable", HERE "beyond its memory",
          hc_multicall((void *)0xfff00000, 1), EQ, -XEN_EFAULT);
}

void NAME(refused, HOW)(void)
{
    page_tables();
    hardware();
    not_there();
    multicall();
}
