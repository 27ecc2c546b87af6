/* SPDX-License-Identifier: MIT */
/* The calls that operations are: memory_op, and a guest at its own pages. */
#include <string.h>

#include "hv.h"
#include "machine.h"
#include "real.h"

#include <hc-memory.h>

#define MOST_EXTENTS 16

/* ---- guests ---------------------------------------------------------------------- */

CALL_OP(WRITE)
{
    char note[NOTE];

    (void)nr;
    memset(note, op->x, sizeof(note));
    out->result = machine_write(real_vcpu[op->caller],
                                real_gfn(op->caller, op->gfn) << world.party[op->caller].shift, note, sizeof(note));
}

CALL_OP(READ)
{
    (void)nr;
    out->result = machine_read(real_vcpu[op->caller],
                               real_gfn(op->caller, op->gfn) << world.party[op->caller].shift, out->list, NOTE);
}

/* ---- reservations ---------------------------------------------------------------- */

static void reservation(struct xen_memory_reservation *r, const struct operation *op,
                        xen_pfn_t *list)
{
    memset(r, 0, sizeof(*r));
    r->nr_extents = op->x;
    r->extent_order = op->order;
    r->domid = real_domid(op->other);
    set_xen_guest_handle(r->extent_start, list);
}

static void told(struct outcome *out, const xen_pfn_t *list)
{
    unsigned int i;

    for ( i = 0; i < MOST_EXTENTS; i++ )
        out->list[i] = list[i];
}

CALL_OP(POPULATE)
{
    struct xen_memory_reservation r;
    xen_pfn_t list[MOST_EXTENTS] = {};
    unsigned int i;

    (void)nr;
    reservation(&r, op, list);
    for ( i = 0; i < op->x; i++ )
        list[i] = real_gfn(op->caller, op->gfn + i * op->y);
    out->result = hc_memory_populate_physmap(&r);
    told(out, list);
}

CALL_OP(INCREASE)
{
    struct xen_memory_reservation r;
    xen_pfn_t list[MOST_EXTENTS] = {};

    (void)nr;
    reservation(&r, op, list);
    out->result = hc_memory_increase_reservation(&r);
    told(out, list);
}

CALL_OP(DECREASE)
{
    struct xen_memory_reservation r;
    xen_pfn_t list[MOST_EXTENTS] = {};
    int other = model_other(op);
    unsigned int i;

    (void)nr;
    reservation(&r, op, list);
    for ( i = 0; i < op->x; i++ )
        list[i] = real_frame(other < 0 ? 0 : other, op->gfn + i * op->y);
    out->result = hc_memory_decrease_reservation(&r);
    told(out, list);
}

CALL_OP(MEM_EXCHANGE)
{
    struct xen_memory_exchange e;
    xen_pfn_t in[MOST_EXTENTS] = {}, fresh[MOST_EXTENTS] = {};
    unsigned int i, pages = op->order < 8 ? 1u << op->order : 1;
    int other = model_other(op);

    (void)nr;
    memset(&e, 0, sizeof(e));
    e.in.domid = e.out.domid = real_domid(op->other);
    e.in.nr_extents = pages;
    e.in.extent_order = pages == 1 ? op->order : 0;
    e.out.nr_extents = 1;
    e.out.extent_order = op->order;
    for ( i = 0; i < pages; i++ )
        in[i] = real_frame(other < 0 ? 0 : other, op->gfn + i);
    fresh[0] = real_gfn(0, op->gfn2);
    set_xen_guest_handle(e.in.extent_start, in);
    set_xen_guest_handle(e.out.extent_start, fresh);
    out->result = hc_memory_exchange(&e);
    told(out, fresh);
}

/* ---- where things appear ----------------------------------------------------------- */

CALL_OP(PHYSMAP)
{
    struct xen_add_to_physmap e = {
        .domid = real_domid(op->other), .space = XENMAPSPACE_gmfn,
        .idx = real_gfn(op->caller, op->gfn), .gpfn = real_gfn(op->caller, op->gfn2),
    };

    (void)nr;
    out->result = hc_memory_add_to_physmap(&e);
}

CALL_OP(PHYSMAP_TABLE)
{
    struct xen_add_to_physmap e = {
        .domid = real_domid(op->other), .space = XENMAPSPACE_grant_table,
        .idx = op->x % 5, .gpfn = real_gfn(op->caller, op->gfn2),
    };

    (void)nr;
    out->result = hc_memory_add_to_physmap(&e);
}

CALL_OP(PHYSMAP_REMOVE)
{
    struct xen_remove_from_physmap e = {
        .domid = real_domid(op->other), .gpfn = real_gfn(op->caller, op->gfn),
    };

    (void)nr;
    out->result = hc_memory_remove_from_physmap(&e);
}

CALL_OP(RESERVATION)
{
    struct xen_memory_domain e = { .domid = real_domid(op->other) };

    (void)nr;
    out->result = hc_memory_current_reservation(&e);
}
