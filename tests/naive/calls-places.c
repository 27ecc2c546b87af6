/* SPDX-License-Identifier: MIT */
/* The calls that operations are: what appears where, of other kinds than own memory. */
#include <string.h>

#include "hv.h"
#include "grant.h"
#include "machine.h"
#include "real.h"

#include <hc-grant_table.h>
#include <hc-memory.h>
#include <hc-xen.h>

#define MOST_ELEMENTS 8

/* ---- PV: linear addresses ---------------------------------------------------------- */

CALL_OP(VA)
{
    uint64_t pte = 0;

    (void)nr;
    if ( !(op->flags & FLAG_WRONG) )
        pte = real_frame(op->caller, op->gfn) << PAGE_SHIFT | MACHINE_PTE_PRESENT |
              (op->flags & FLAG_READONLY ? 0 : MACHINE_PTE_WRITABLE);
#ifdef PORT_IA64
    (void)pte;
    out->result = -ENOSYS;
#else
    out->result = hc_update_va_mapping(real_host_address(op->caller, op->gfn2), pte, 0);
#endif
}

CALL_OP(REPLACE)
{
    struct gnttab_unmap_and_replace e[MOST_ELEMENTS] = {};
    unsigned int i;
    long result;

    for ( i = 0; i < nr; i++ )
    {
        const struct mapping *m = &world.party[op->caller].mapping[op[i].slot];

        e[i].handle = m->used ? m->handle : 0x7fff0000;
        e[i].host_addr = m->address + (op[i].flags & FLAG_WRONG ? PAGE_SIZE : 0);
        if ( !(op[i].flags & FLAG_READONLY) )
            e[i].new_addr = real_host_address(op->caller, op[i].gfn2);
    }
    result = hc_grant_table_unmap_and_replace(e, nr);
    for ( i = 0; i < nr; i++ )
        out[i] = (struct outcome){ .result = result, .status = e[i].status };
}

/* What stands at the linear addresses that lists are about. */
void real_compare_addresses(unsigned int domain)
{
    const struct party *party = &world.party[domain];
    unsigned int i;

    for ( i = 0; i < PAGES && party->pv && !world.failed; i++ )
    {
        const struct address *at = &party->va[i];
        uint64_t pte = machine_pte(real_domain[domain], real_host_address(domain, i));
        uint64_t is = at->kind == VA_NOTHING ? 0
                      : world.frame[at->frame].mfn << PAGE_SHIFT | MACHINE_PTE_PRESENT |
                        (at->readonly ? 0 : MACHINE_PTE_WRITABLE) |
                        (at->kind == VA_GRANT ? MACHINE_PTE_GRANT : 0);

        if ( pte != is )
            differ("at the linear address of d%u %u is %#lx, the model has %#lx", domain, i,
                   (unsigned long)pte, (unsigned long)is);
    }
}

CALL_OP(CACHE_FLUSH)
{
    const struct mapping *m = &world.party[op->caller].mapping[op->slot];
    struct gnttab_cache_flush e = { .offset = op->order, .length = op->x, .op = op->y };
    int other = model_other(op), frame = NO_FRAME;
    struct place *place;

    (void)nr;
    if ( op->flags & FLAG_DEVICE )
        frame = m->used ? m->frame : NO_FRAME;
    else if ( other >= 0 )
        frame = model_frame_of(other, op->gfn, &place);
    e.a.dev_bus_addr = (frame < 0 || frame >= FRAMES ? 0x7fffffff : world.frame[frame].mfn)
                       << PAGE_SHIFT;
    out->value[0] = frame;
    out->result = hc_grant_table_cache_flush(&e, 1);
}

CALL_OP(GET_STATUS)
{
    uint64_t list[4] = {};
    struct gnttab_get_status_frames e = { .dom = real_domid(op->other), .nr_frames = op->x };

    (void)nr;
    set_xen_guest_handle(e.frame_list, list);
    out->result = hc_grant_table_get_status_frames(&e, 1);
    out->status = e.status;
    out->value[0] = list[0];
}

/* ---- pages that are Xen's ------------------------------------------------------------ */

static long add(const struct operation *op, unsigned int space, uint64_t index)
{
    struct xen_add_to_physmap e = {
        .domid = real_domid(op->other), .space = space, .idx = index,
        .gpfn = real_gfn(op->caller, op->gfn2), .size = op->x,
    };

    return hc_memory_add_to_physmap(&e);
}

CALL_OP(PHYSMAP_STATUS)
{
    (void)nr;
    out->result = add(op, XENMAPSPACE_grant_table, op->x | XENMAPIDX_grant_table_status);
}

CALL_OP(PHYSMAP_INFO)
{
    (void)nr;
    out->result = add(op, XENMAPSPACE_shared_info, op->x);
}

CALL_OP(PHYSMAP_RANGE)
{
    (void)nr;
    out->result = add(op, XENMAPSPACE_gmfn_range, real_gfn(op->caller, op->gfn));
}

/* ---- other domains' -------------------------------------------------------------------- */

CALL_OP(FOREIGN)
{
    xen_ulong_t idxs[4] = {};
    xen_pfn_t gpfns[4] = {};
    int errs[4] = { 1, 1, 1, 1 };
    struct xen_add_to_physmap_batch e = {
        .domid = real_domid(op->other), .space = XENMAPSPACE_gmfn_foreign, .size = op->x,
    };
    struct operation of = *op;
    unsigned int i;
    int whose;

    (void)nr;
    of.other = op->y;
    whose = model_other(&of);
    e.u.foreign_domid = real_domid(op->y);
    for ( i = 0; i < op->x; i++ )
    {
        idxs[i] = real_frame(whose < 0 ? op->caller : whose, op->gfn + i);
        gpfns[i] = real_gfn(op->caller, op->gfn2 + i);
    }
    set_xen_guest_handle(e.idxs, idxs);
    set_xen_guest_handle(e.gpfns, gpfns);
    set_xen_guest_handle(e.errs, errs);
    out->result = hc_memory_add_to_physmap_batch(&e);
    for ( i = 0; i < op->x; i++ )
        out->list[i] = (int64_t)errs[i];
}

CALL_OP(ACQUIRE)
{
    xen_pfn_t list[1] = { real_gfn(op->caller, op->gfn2) };
    struct xen_mem_acquire_resource e = {
        .domid = real_domid(op->other), .type = XENMEM_resource_grant_table,
        .id = op->flags & FLAG_READONLY ? XENMEM_resource_grant_table_id_status
                                        : XENMEM_resource_grant_table_id_shared,
        .frame = op->x, .nr_frames = 1,
    };

    (void)nr;
    if ( op->flags & FLAG_WRONG )
        e.nr_frames = 0;                /* how many there are */
    else
        set_xen_guest_handle(e.frame_list, list);
    out->result = hc_memory_acquire_resource(&e);
    out->value[0] = list[0];
    out->value[1] = e.nr_frames;
}
