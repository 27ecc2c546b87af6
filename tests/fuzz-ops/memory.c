/* SPDX-License-Identifier: MIT */
/* Memory ops from bytes. */
#include <string.h>

#include "hv.h"
#include "machine.h"
#include "fuzz-ops.h"
#include "../naive/real.h"

#include <hc-memory.h>
#include <hc-xen.h>

#define MOST_EXTENTS 8

void *room(unsigned int caller, size_t bytes)
{
    return machine_guest_alloc(real_domain[caller], bytes);
}

void memory_call(unsigned long cmd, void *arg, size_t bytes)
{
    input_spoil(arg, bytes);
    hostile_arguments(arg, bytes);
    hc_memory_op(cmd, arg);
}

static void reservation(struct xen_memory_reservation *r, unsigned int caller, bool frames)
{
    xen_pfn_t *list = room(caller, MOST_EXTENTS * sizeof(*list));
    unsigned int i;

    r->nr_extents = input_byte() % MOST_EXTENTS;
    /* What follows a frame in the machine may be a kernel. */
    r->extent_order = frames ? 0 : input_byte() & 3;
    r->mem_flags = input_byte() & 0x80 ? input_byte() : 0;
    r->domid = input_domid();
    for ( i = 0; i < r->nr_extents; i++ )
    {
        list[i] = frames ? input_frame(caller) : input_gfn();
        if ( frames )
            input_know(list[i]);        /* given back, it may be named again */
    }
    set_xen_guest_handle(r->extent_start, list);
}

/* A PV domain says where its frames are: those at some place, and those that were. */
static void machphys(unsigned int caller)
{
    struct mmu_update *list = room(caller, MOST_ELEMENTS * sizeof(*list));
    unsigned int nr = input_byte() % MOST_ELEMENTS, i;
    uint64_t mfn;

    for ( i = 0; i < nr; i++ )
    {
        mfn = input_byte() & 1 ? input_known() : input_frame(caller);
        list[i].ptr = mfn << PAGE_SHIFT | MMU_MACHPHYS_UPDATE;
        list[i].val = input_gfn();
    }
    hostile_arguments(list, nr * sizeof(*list));
    hc_mmu_update(list, nr, room(caller, sizeof(unsigned int)), input_domid());
}

static void exchange(unsigned int caller)
{
    struct xen_memory_exchange *e = room(caller, sizeof(*e));

    reservation(&e->in, caller, true);
    reservation(&e->out, caller, false);
    if ( input_byte() < 0xf0 )
    {
        e->out.domid = e->in.domid;
        e->out.nr_extents = e->in.nr_extents;
        e->out.extent_order = e->in.extent_order;
    }
    memory_call(XENMEM_exchange, e, sizeof(*e));
}

static void physmap(unsigned int caller)
{
    struct xen_add_to_physmap *e = room(caller, sizeof(*e));
    bool own = input_byte() & 1;

    e->domid = input_domid();
    e->space = input_byte() % 7;
    e->size = input_byte() % 8;
    e->idx = own ? input_gfn() : input_byte() % 6 | (own ? 0 : (input_byte() & 1ul) << 31);
    e->gpfn = input_gfn();
    memory_call(XENMEM_add_to_physmap, e, sizeof(*e));
}

static void batch(unsigned int caller)
{
    struct xen_add_to_physmap_batch *e = room(caller, sizeof(*e));
    xen_ulong_t *idxs = room(caller, 64);
    xen_pfn_t *gpfns = room(caller, 64);
    unsigned int i;

    e->domid = input_domid();
    e->space = input_byte() % 7;
    e->size = input_byte() % 8;
    e->u.foreign_domid = input_domid();
    for ( i = 0; i < e->size; i++ )
    {
        idxs[i] = input_gfn();
        gpfns[i] = input_gfn();
    }
    set_xen_guest_handle(e->idxs, idxs);
    set_xen_guest_handle(e->gpfns, gpfns);
    set_xen_guest_handle(e->errs, room(caller, 64));
    memory_call(XENMEM_add_to_physmap_batch, e, sizeof(*e));
}

static void acquire(unsigned int caller)
{
    struct xen_mem_acquire_resource *e = room(caller, sizeof(*e));
    xen_pfn_t *list = room(caller, 64);
    unsigned int i;

    e->domid = input_domid();
    e->type = input_byte() & 3;
    e->id = input_byte() & 1;
    e->nr_frames = input_byte() % 5;
    e->frame = input_byte() % 5;
    for ( i = 0; i < 8; i++ )
        list[i] = input_gfn();
    if ( input_byte() & 7 )
        set_xen_guest_handle(e->frame_list, list);
    memory_call(XENMEM_acquire_resource, e, sizeof(*e));
}

static void one_domain(unsigned int caller, unsigned long cmd)
{
    struct xen_remove_from_physmap *e = room(caller, sizeof(*e));

    e->domid = input_domid();
    e->gpfn = input_gfn();
    memory_call(cmd, e, sizeof(*e));
}

void step_memory(unsigned int caller)
{
    static const unsigned long simple[] = {
        XENMEM_current_reservation, XENMEM_maximum_reservation, XENMEM_maximum_gpfn,
        XENMEM_remove_from_physmap, XENMEM_remove_from_physmap, XENMEM_maximum_ram_page,
    };
    struct xen_memory_reservation *r;
    uint8_t b = input_byte();

    switch ( b % 10 )
    {
    case 0: case 1: case 2:
        r = room(caller, sizeof(*r));
        reservation(r, caller, b % 10 == 1);
        memory_call(b % 10 == 0 ? XENMEM_populate_physmap : b % 10 == 1 ? XENMEM_decrease_reservation
                                                                        : XENMEM_increase_reservation,
                    r, sizeof(*r));
        break;
    case 3:
        exchange(caller);
        break;
    case 4: case 5:
        physmap(caller);
        break;
    case 6:
        batch(caller);
        break;
    case 7:
        acquire(caller);
        break;
    case 9:
        machphys(caller);
        break;
    default:
        one_domain(caller, simple[b / 10 % 6]);
    }
}
