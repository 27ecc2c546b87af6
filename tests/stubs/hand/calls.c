/* SPDX-License-Identifier: MIT */
/* Calls with constants, to compare with the same ones written by hand in *.S. */
#include <stddef.h>
#include <stdint.h>

#include "hc-grant_table.h"
#include "hc-memory.h"
#include "hc-physdev.h"
#include "hc-xen.h"

#define AT(address) ((void *)(unsigned long)(address))

long none(void);
long one(void);
long physdev(void);
long memory(void);
long grant_table(void);
long page_tables(void);
long mapping(void);
long mapping_of_other(void);
long five(void);

long none(void)
{
    return HC_CALL0(__HYPERVISOR_arch_7);
}

long one(void)
{
    return HC_CALL1(__HYPERVISOR_arch_6, 0x101);
}

long physdev(void)
{
    return hc_physdev_op(-2, AT(0x102));
}

long memory(void)
{
    return hc_memory_populate_physmap(AT(0x102));
}

long grant_table(void)
{
    return hc_grant_table_query_size(AT(0x102), 0x80000003);
}

long page_tables(void)
{
    return hc_mmu_update(AT(0x101), 0x102, AT(0x103), 0x104);
}

long mapping(void)
{
    return hc_update_va_mapping(0x101, 0x1122334455667788, 0x103);
}

long mapping_of_other(void)
{
    return hc_update_va_mapping_otherdomain(0x101, 0x1122334455667788, 0x103, 0x7ff0);
}

long five(void)
{
    return HC_CALL5(__HYPERVISOR_arch_5, 0x101, 0x102, 0x103, 0x104, 0x105);
}
