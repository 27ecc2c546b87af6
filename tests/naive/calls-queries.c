/* SPDX-License-Identifier: MIT */
/* The calls that operations are: what domains may ask, and maps they are given. */
#include <string.h>

#include "hv.h"
#include "machine.h"
#include "real.h"

#include <hc-memory.h>

#define MOST_ENTRIES 8

/* As BIOS call 0x15, 0xE820 has them. */
struct map_entry { uint64_t address, size; uint32_t type; } __attribute__((__packed__));

CALL_OP(MAX_RAM)
{
    (void)op;
    (void)nr;
    out->result = hc_memory_maximum_ram_page();
    out->value[0] = port_max_mfn();
}

CALL_OP(MAX_PAGES)
{
    struct xen_memory_domain e = { .domid = real_domid(op->other) };

    (void)nr;
    out->result = hc_memory_maximum_reservation(&e);
}

CALL_OP(MAX_GPFN)
{
    struct xen_memory_domain e = { .domid = real_domid(op->other) };

    (void)nr;
    out->result = hc_memory_maximum_gpfn(&e);
}

CALL_OP(REVERSE_TABLE)
{
    xen_pfn_t list[4] = {};
    struct xen_machphys_mfn_list e = { .max_extents = op->x };
    struct xen_machphys_mapping at = {};

    (void)nr;
    set_xen_guest_handle(e.extent_start, list);
    out->result = hc_memory_machphys_mfn_list(&e);
    out->value[0] = e.nr_extents;
    out->status = hc_memory_machphys_mapping(&at);
    out->value[1] = at.max_mfn;
    out->value[2] = at.v_end - at.v_start;
}

/* ---- maps ---------------------------------------------------------------------------- */

static struct map_entry entry_of(unsigned int mark, unsigned int i)
{
    return (struct map_entry){ .address = mark * 256 + i, .size = 4096, .type = 1 + i };
}

CALL_OP(MAP_SET)
{
    struct map_entry list[MOST_ENTRIES];
    struct xen_foreign_memory_map e = { .domid = real_domid(op->other) };
    unsigned int i;

    (void)nr;
    for ( i = 0; i < op->x; i++ )
        list[i] = entry_of(op->y, i);
    e.map.nr_entries = op->flags & FLAG_WRONG ? 1025 : op->x;
    set_xen_guest_handle(e.map.buffer, (void *)list);
    out->result = hc_memory_set_memory_map(&e);
}

CALL_OP(MAP_GET)
{
    struct map_entry list[MOST_ENTRIES] = {}, expected;
    struct xen_memory_map e = { .nr_entries = op->y };
    unsigned int i;

    (void)nr;
    set_xen_guest_handle(e.buffer, (void *)list);
    out->result = hc_memory_memory_map(&e);
    out->value[0] = e.nr_entries;
    /* Which of them are as they were set. */
    for ( i = 0; i < op->y; i++ )
    {
        expected = entry_of(world.party[op->caller].map_mark, i);
        out->list[i] = !memcmp(&list[i], &expected, sizeof(expected));
    }
}

CALL_OP(MAP_MACHINE)
{
    uint64_t list[32] = {};
    struct xen_memory_map e = {};
    unsigned int need;

    (void)nr;
    out->result = hc_memory_machine_memory_map(&e);
    need = e.nr_entries;
    out->value[0] = need;
    if ( out->result )
        return;
    e.nr_entries = op->x ? need : need - 1;
    set_xen_guest_handle(e.buffer, (void *)list);
    out->status = hc_memory_machine_memory_map(&e);
    out->value[1] = e.nr_entries;
}

/* ---- figures -------------------------------------------------------------------------- */

CALL_OP(POD_TARGET)
{
    struct xen_pod_target e = { .domid = real_domid(op->other), .target_pages = op->x };

    (void)nr;
    out->result = op->flags & FLAG_READONLY ? hc_memory_get_pod_target(&e)
                                            : hc_memory_set_pod_target(&e);
    out->value[0] = e.tot_pages;
    out->value[1] = e.pod_cache_pages + e.pod_entries;
}

CALL_OP(CLAIM)
{
    struct xen_memory_reservation e = { .nr_extents = op->x, .domid = real_domid(op->other) };

    (void)nr;
    out->result = hc_memory_claim_pages(&e);
}

CALL_OP(RESERVED_MAP)
{
    struct xen_reserved_device_memory_map e = { .flags = XENMEM_RDM_ALL, .nr_entries = 0 };

    (void)op;
    (void)nr;
    out->result = hc_memory_reserved_device_memory_map(&e);
    out->value[0] = e.nr_entries;
}

CALL_OP(VNUMA)
{
    unsigned int distance[16] = {}, node[8] = {};
    xen_vmemrange_t range[4] = {};
    struct xen_vnuma_topology_info e = {
        .domid = real_domid(op->other), .nr_vnodes = op->x, .nr_vcpus = op->x,
        .nr_vmemranges = op->x,
    };

    (void)nr;
    set_xen_guest_handle(e.vdistance.h, distance);
    set_xen_guest_handle(e.vcpu_to_vnode.h, node);
    set_xen_guest_handle(e.vmemrange.h, range);
    out->result = hc_memory_get_vnumainfo(&e);
    out->value[0] = e.nr_vnodes;
    out->value[1] = e.nr_vcpus;
    out->value[2] = e.nr_vmemranges;
    out->list[0] = distance[1];
    out->list[1] = node[1];
    out->list[2] = range[0].end;
}
