/* SPDX-License-Identifier: MIT */
/* Ops that ask, maps, and dom0vp_op from bytes. */
#include <string.h>

#include "hv.h"
#include "machine.h"
#include "fuzz-ops.h"
#include "../naive/real.h"

#include <hc-memory.h>
#ifdef PORT_IA64
#include <hc-dom0vp.h>
#endif

static void map(unsigned int caller, bool set)
{
    struct xen_foreign_memory_map *e = room(caller, sizeof(*e));

    e->domid = input_domid();
    e->map.nr_entries = input_byte() % 12;
    set_xen_guest_handle(e->map.buffer, room(caller, 256));
    if ( set )
        memory_call(XENMEM_set_memory_map, e, sizeof(*e));
    else
        memory_call(input_byte() & 1 ? XENMEM_memory_map : XENMEM_machine_memory_map, &e->map,
                    sizeof(e->map));
}

static void target(unsigned int caller)
{
    struct xen_pod_target *e = room(caller, sizeof(*e));

    e->domid = input_domid();
    e->target_pages = input_byte();
    memory_call(input_byte() & 1 ? XENMEM_set_pod_target : XENMEM_get_pod_target, e, sizeof(*e));
}

static void claim(unsigned int caller)
{
    struct xen_memory_reservation *e = room(caller, sizeof(*e));

    e->domid = input_domid();
    e->nr_extents = input_byte();
    memory_call(XENMEM_claim_pages, e, sizeof(*e));
}

static void nodes(unsigned int caller)
{
    struct xen_vnuma_topology_info *e = room(caller, sizeof(*e));
    char *list = room(caller, 512);

    e->domid = input_domid();
    e->nr_vnodes = e->nr_vcpus = e->nr_vmemranges = input_byte() % 5;
    set_xen_guest_handle(e->vdistance.h, (void *)list);
    set_xen_guest_handle(e->vcpu_to_vnode.h, (void *)(list + 128));
    set_xen_guest_handle(e->vmemrange.h, (void *)(list + 256));
    memory_call(XENMEM_get_vnumainfo, e, sizeof(*e));
}

static void table(unsigned int caller)
{
    struct xen_machphys_mfn_list *e = room(caller, sizeof(*e));

    e->max_extents = input_byte() % 5;
    set_xen_guest_handle(e->extent_start, room(caller, 64));
    memory_call(XENMEM_machphys_mfn_list, e, sizeof(*e));
}

static void step_asking(unsigned int caller)
{
    uint8_t b = input_byte();

    switch ( b % 6 )
    {
    case 0: case 1:
        map(caller, b % 6);
        break;
    case 2:
        target(caller);
        break;
    case 3:
        claim(caller);
        break;
    case 4:
        nodes(caller);
        break;
    default:
        table(caller);
    }
}

#ifdef PORT_IA64
/* A map as firmware has it, with one range. */
struct memory_map {
    struct xen_ia64_memmap_info head;
    struct { uint32_t type, pad; uint64_t physical, virtual, pages, attribute; } range;
};

/* A place for a table: beyond all else, but now and then. */
static uint64_t input_place(void)
{
    uint8_t b = input_byte();

    return b < 0xf0 ? 2048u * (1 + b % 3) : input_gfn();
}

static void step_table(unsigned int op, unsigned int caller)
{
    struct memory_map *map = room(caller, sizeof(*map));

    map->head.efi_memmap_size = map->head.efi_memdesc_size = sizeof(map->range);
    map->range.type = 7;
    map->range.pages = input_byte() * 4;
    input_spoil(map, sizeof(*map));
    hostile_arguments(map, sizeof(*map));
    switch ( op )
    {
    case IA64_DOM0VP_expose_p2m:
        hc_ia64_dom0vp_op(op, 0, input_place(), 1ul << 25, 2048);
        break;
    case IA64_DOM0VP_expose_foreign_p2m:
        hc_ia64_dom0vp_expose_foreign_p2m(input_place(), input_domid(), &map->head, input_byte());
        break;
    case IA64_DOM0VP_unexpose_foreign_p2m:
        hc_ia64_dom0vp_op(op, input_place(), input_domid(), 0, 0);
        break;
    default:
        hc_ia64_dom0vp_get_memmap(input_domid(), &map->head);
    }
}

static void step_dom0vp(unsigned int caller)
{
    unsigned int op = input_byte() % 16;
    uint64_t device = MACHINE_IO_MFN + input_byte() % (MACHINE_IO_FRAMES + 1);

    switch ( op )
    {
    case IA64_DOM0VP_ioremap:
        hc_ia64_dom0vp_op(op, device << PAGE_SHIFT, input_byte() << PAGE_SHIFT, 0, 0);
        break;
    case IA64_DOM0VP_add_physmap:
    case IA64_DOM0VP_add_physmap_with_gmfn:
        if ( input_byte() < 0x20 )
            hc_ia64_dom0vp_op(op, input_gfn(), device, 0, DOMID_IO);
        else
            hc_ia64_dom0vp_op(op, input_gfn(), op == IA64_DOM0VP_add_physmap
                                               ? input_frame(input_byte() % DOMAINS) : input_gfn(),
                              input_byte() & 0x1f, input_domid());
        break;
    case IA64_DOM0VP_expose_p2m:
    case IA64_DOM0VP_expose_foreign_p2m:
    case IA64_DOM0VP_unexpose_foreign_p2m:
    case IA64_DOM0VP_get_memmap:
        step_table(op, caller);
        break;
    default:
        hc_ia64_dom0vp_op(op, input_gfn(), input_byte() & 1, input_byte() % 4, 0);
    }
}
#else
#define step_dom0vp step_asking
#endif

void step_more(unsigned int caller)
{
    if ( input_byte() & 1 )
        step_asking(caller);
    else
        step_dom0vp(caller);
}
