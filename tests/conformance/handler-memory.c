/* SPDX-License-Identifier: MIT */
/* The rows of handler-memory.def and handler-tables.def. */
#include "handler-rows.h"

static long reserve(unsigned int op, unsigned long *list, unsigned int nr, unsigned int order, unsigned int flags)
{
    struct xen_memory_reservation args = {
        .nr_extents = nr, .extent_order = order, .mem_flags = flags, .domid = DOMID_SELF,
    };

    set_xen_guest_handle(args.extent_start, list);
    as(g);
    return hc_memory_op(op, &args);
}

long row_populate_low(void)
{
    unsigned long at = FREE_GFN;

    return reserve(XENMEM_populate_physmap, &at, 1, 0, XENMEMF_address_bits(12));
}

long row_increase_low(void)
{
    unsigned long at = 0;

    return reserve(XENMEM_increase_reservation, &at, 1, 0, XENMEMF_address_bits(1));
}

long row_populate_taken(void)
{
    unsigned long at = DATA;

    return reserve(XENMEM_populate_physmap, &at, 1, 0, 0);
}

long row_populate_taken_stays(void)
{
    *word_at(g, DATA) = 0x1234;
    row_populate_taken();
    return (long)*word_at(g, DATA);
}

/* The second of two pages has gone before; of a PV domain, the frame behind is another's. */
long row_decrease_part(void)
{
    unsigned long frame;
    unsigned int gfn = DATA;

    if ( g->is_pv )
        while ( port_page_owner(mfn_at(g, gfn) + 1) == g )
            gfn++;
    else
        decrease(g, DATA + 1, 0);
    frame = frame_at(g, gfn);
    return reserve(XENMEM_decrease_reservation, &frame, 1, 1, 0);
}

long row_decrease_part_went(void)
{
    long had = pages_of(g);

    row_decrease_part();
    return had - pages_of(g) - !g->is_pv;
}

long row_decrease_twice(void)
{
    unsigned long list[2] = { frame_at(g, DATA), frame_at(g, DATA) };

    return reserve(XENMEM_decrease_reservation, list, 2, 0, 0);
}

long row_on_demand(void)
{
    unsigned long at = FREE_GFN;

    return reserve(XENMEM_populate_physmap, &at, 1, 0, XENMEMF_populate_on_demand);
}

long row_exchange_no_memory(void)
{
    machine_plan_reset();
    machine_plan.fail_page_at = 0;
    return exchange(g, DATA);
}

long row_exchange_no_memory_kept(void)
{
    row_exchange_no_memory();
    return PAGES - pages_of(g);
}

long row_exchange_translated(void)
{
    return exchange(g, DATA);
}

long row_add_no_frame(void)
{
    return add_to_physmap(g, XENMAPSPACE_gmfn, DATA, ~0ul);
}

long row_add_second_info(void)
{
    return add_to_physmap(g, XENMAPSPACE_shared_info, 1, FREE_GFN);
}

long row_add_grant_beyond(void)
{
    return add_to_physmap(g, XENMAPSPACE_grant_table, FRAMES, FREE_GFN);
}

long row_remove_nothing(void)
{
    return remove_from_physmap(g, FREE_GFN);
}

long row_acquire_unknown(void)
{
    unsigned long at = FREE_GFN;
    struct xen_mem_acquire_resource op = { .domid = G_ID, .type = 77, .nr_frames = 1 };

    set_xen_guest_handle(op.frame_list, &at);
    as(p);
    return hc_memory_acquire_resource(&op);
}

#ifdef PORT_IA64                         /* has no such op */
void page_out(struct domain *d, uint64_t gfn, bool gone)
{
    (void)d;
    (void)gfn;
    (void)gone;
    abort();
}

void page_in(struct domain *d, uint64_t gfn)
{
    page_out(d, gfn, false);
}
#else
static void pager(struct domain *d, uint64_t gfn, unsigned int what)
{
    struct xen_mem_paging_op op = { .op = (uint8_t)what, .domain = d->domain_id, .gfn = gfn };

    as(p);
    if ( hc_memory_paging_op(&op) )
        abort();
}

void page_out(struct domain *d, uint64_t gfn, bool gone)
{
    pager(d, gfn, XENMEM_paging_op_nominate);
    if ( gone )
        pager(d, gfn, XENMEM_paging_op_evict);
}

void page_in(struct domain *d, uint64_t gfn)
{
    pager(d, gfn, XENMEM_paging_op_prep);
}
#endif

/* M serves G, and wants its grant table. */
static long acquire_for(bool other_maps)
{
    unsigned long at = FREE_GFN;
    struct xen_mem_acquire_resource op = {
        .domid = G_ID, .type = XENMEM_resource_grant_table, .nr_frames = 1,
    };

    begin_with(&(struct scene){ .other_maps = other_maps });
    set_xen_guest_handle(op.frame_list, &at);
    m->target = G_ID;
    as(m);
    return hc_memory_acquire_resource(&op);
}

long row_acquire_other_maps(void)
{
    return acquire_for(true);
}

long row_acquire_one_map(void)
{
    return acquire_for(false);
}

long row_map_none(void)
{
    unsigned char room[64];
    struct xen_memory_map op = { .nr_entries = 1 };

    set_xen_guest_handle(op.buffer, (void *)room);
    as(g);
    return hc_memory_memory_map(&op);
}

/* ---- page tables ----------------------------------------------------------------------- */

static long update(uint64_t mfn, uint32_t of)
{
    struct mmu_update one = { .ptr = mfn * PAGE_SIZE | MMU_MACHPHYS_UPDATE, .val = DATA };
    unsigned int done;

    as(g);
    return hc_mmu_update(&one, 1, &done, of);
}

long row_update_translated(void)
{
    return update(mfn_at(g, DATA), DOMID_SELF);
}

long row_reverse_of_another(void)
{
    return update(mfn_at(x, DATA), DOMID_SELF);
}

long row_reverse_of_nobody(void)
{
    return update(port_max_mfn() + 1, DOMID_SELF);
}

long row_reverse_of_others_tables(void)
{
    as(p);
    {
        struct mmu_update one = { .ptr = mfn_at(p, DATA) * PAGE_SIZE | MMU_MACHPHYS_UPDATE, .val = DATA };
        unsigned int done;

        return hc_mmu_update(&one, 1, &done, DOMID_SELF | (uint32_t)(X_ID + 1) << 16);
    }
}

long row_update_done(void)
{
    struct mmu_update list[3];
    unsigned int i, done = 77;

    for ( i = 0; i < 3; i++ )
        list[i] = (struct mmu_update){
            .ptr = mfn_at(i == 1 ? x : g, DATA + i) * PAGE_SIZE | MMU_MACHPHYS_UPDATE, .val = DATA + i,
        };
    as(g);
    hc_mmu_update(list, 3, &done, DOMID_SELF);
    return done;
}

/* ---- multicall --------------------------------------------------------------------------- */

/* Two calls that say how many pages there are: of ia64, how many in the machine. */
static struct multicall_entry *list_of_two(void)
{
    struct multicall_entry *list = machine_guest_alloc(g, 4 * sizeof(*list));
    struct xen_memory_domain *own = machine_guest_alloc(g, 2 * sizeof(*own));
    unsigned int i;

    own[0].domid = DOMID_SELF;
    own[1].domid = NOBODY;
    for ( i = 0; i < 2; i++ )
    {
        list[i].op = __HYPERVISOR_memory_op;
        list[i].args[0] = kind == ITANIUM ? XENMEM_maximum_ram_page : XENMEM_current_reservation;
        list[i].args[1] = (unsigned long)own;
    }
    as(g);
    return list;
}

long row_multicall_nested(void)
{
    struct multicall_entry *list = list_of_two();

    list[0].op = __HYPERVISOR_multicall;
    list[0].args[0] = 0;
    list[0].args[1] = 0;
    hc_multicall(list, 1);
    return (long)list[0].result;
}

long row_multicall_unreadable(void)
{
    as(g);
    return hc_multicall((struct multicall_entry *)0x8000, 1);
}

static struct multicall_entry *one_bad(long *rc)
{
    struct multicall_entry *list = list_of_two();

    if ( kind == ITANIUM )
        list[0].args[0] = 0x3f;
    else
        list[0].args[1] += sizeof(struct xen_memory_domain);
    *rc = hc_multicall(list, 2);
    return list;
}

long row_multicall_error(void)
{
    long rc;

    one_bad(&rc);
    return rc;
}

long row_multicall_error_result(void)
{
    long rc;

    return (long)one_bad(&rc)[0].result;
}

long row_multicall_error_second(void)
{
    long rc;

    return (long)one_bad(&rc)[1].result > 0;
}

long row_multicall_no_call(void)
{
    struct multicall_entry *list = list_of_two();

    list[0].op = 63;
    hc_multicall(list, 1);
    return (long)list[0].result;
}
