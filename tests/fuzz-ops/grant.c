/* SPDX-License-Identifier: MIT */
/* Grant table ops from bytes. */
#include <string.h>

#include "hv.h"
#include "machine.h"
#include "fuzz-ops.h"
#include "../naive/real.h"

#include <hc-grant_table.h>

/* One element of each op; all have room in a kernel's memory. */
union element {
    struct gnttab_map_grant_ref map;
    struct gnttab_unmap_grant_ref unmap;
    struct gnttab_setup_table setup;
    struct gnttab_transfer transfer;
    struct gnttab_copy copy;
    struct gnttab_query_size query;
    struct gnttab_unmap_and_replace replace;
    struct gnttab_set_version version;
    struct gnttab_get_status_frames status;
    struct gnttab_get_version get_version;
    struct gnttab_swap_grant_ref swap;
    struct gnttab_cache_flush flush;
};

static const size_t size_of[13] = {
    sizeof(struct gnttab_map_grant_ref), sizeof(struct gnttab_unmap_grant_ref),
    sizeof(struct gnttab_setup_table), sizeof(struct gnttab_dump_table),
    sizeof(struct gnttab_transfer), sizeof(struct gnttab_copy),
    sizeof(struct gnttab_query_size), sizeof(struct gnttab_unmap_and_replace),
    sizeof(struct gnttab_set_version), sizeof(struct gnttab_get_status_frames),
    sizeof(struct gnttab_get_version), sizeof(struct gnttab_swap_grant_ref),
    sizeof(struct gnttab_cache_flush),
};

static void copy_end(struct gnttab_copy_ptr *end, unsigned int caller, bool by_ref)
{
    end->domid = by_ref ? input_domid() : DOMID_SELF;
    if ( by_ref )
        end->u.ref = input_ref();
    else
        end->u.gmfn = input_frame(caller);
    end->offset = input_byte();
}

static void fill(unsigned int op, union element *e, unsigned int caller, void *list)
{
    switch ( op )
    {
    case GNTTABOP_map_grant_ref:
        e->map.host_addr = input_address(caller);
        e->map.flags = input_byte() & 0x17;
        e->map.ref = input_ref();
        e->map.dom = input_domid();
        break;
    case GNTTABOP_unmap_grant_ref:
        e->unmap.handle = input_known();
        e->unmap.host_addr = input_byte() & 1 ? input_known() : input_address(caller);
        e->unmap.dev_bus_addr = input_byte() & 1 ? input_known() : 0;
        break;
    case GNTTABOP_setup_table:
        e->setup.dom = input_domid();
        e->setup.nr_frames = input_byte() % 8;
        set_xen_guest_handle(e->setup.frame_list, list);
        break;
    case GNTTABOP_transfer:
        e->transfer.mfn = input_frame(caller);
        e->transfer.domid = input_domid();
        e->transfer.ref = input_ref();
        break;
    case GNTTABOP_copy:
        e->copy.flags = input_byte() & 3;
        copy_end(&e->copy.source, caller, e->copy.flags & GNTCOPY_source_gref);
        copy_end(&e->copy.dest, caller, e->copy.flags & GNTCOPY_dest_gref);
        e->copy.len = input_byte() * 16;
        break;
    case GNTTABOP_unmap_and_replace:
        e->replace.handle = input_known();
        e->replace.host_addr = input_address(caller);
        e->replace.new_addr = input_address(caller);
        break;
    case GNTTABOP_set_version:
        e->version.version = 1 + input_byte() % 3;
        break;
    case GNTTABOP_get_status_frames:
        e->status.dom = input_domid();
        e->status.nr_frames = input_byte() % 3;
        set_xen_guest_handle(e->status.frame_list, list);
        break;
    case GNTTABOP_swap_grant_ref:
        e->swap.ref_a = input_ref();
        e->swap.ref_b = input_ref();
        break;
    case GNTTABOP_cache_flush:
        e->flush.a.dev_bus_addr = input_frame(caller) << PAGE_SHIFT;
        e->flush.offset = input_byte();
        e->flush.length = input_byte();
        e->flush.op = input_byte() & 3;
        break;
    default:
        e->get_version.dom = input_domid();
    }
}

void step_grant(unsigned int caller)
{
    unsigned int op = input_byte() % 14, nr = 1 + input_byte() % MOST_ELEMENTS, i;
    size_t size = size_of[op < 13 ? op : 0];
    unsigned char *elements = room(caller, MOST_ELEMENTS * sizeof(union element));
    void *list = room(caller, 256);
    union element e;

    if ( op == GNTTABOP_setup_table || op == GNTTABOP_query_size || op == GNTTABOP_set_version )
        nr = 1;
    for ( i = 0; i < nr; i++ )
    {
        memset(&e, 0, sizeof(e));
        fill(op, &e, caller, list);
        memcpy(elements + i * size, &e, size);
    }
    input_spoil(elements, nr * size);
    hostile_arguments(elements, nr * size);
    hc_grant_table_op(op, elements, nr);
    for ( i = 0; i < nr && op == GNTTABOP_map_grant_ref; i++ )
    {
        memcpy(&e, elements + i * size, size);
        input_know(e.map.handle);
        input_know(e.map.host_addr);
    }
}
