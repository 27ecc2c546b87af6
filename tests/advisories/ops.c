/* SPDX-License-Identifier: MIT */
/* One call of each kind: see ops.h. */
#include "ops.h"

void ops_scene(void)
{
    unsigned int i;

    begin();
    machine_right(m, true);
    for ( i = 0; i < ELEMENTS; i++ )
    {
        grant(g, FIRST_REF + i, m, DATA + i, 0);
        accept(g, FIRST_REF + ELEMENTS + i, m, FREE_GFN + i);
        *word_at(g, DATA + i) = 0xd0 + i;
    }
}

static struct call fill_map(struct room *r)
{
    unsigned int i;

    for ( i = 0; i < ELEMENTS; i++ )
        r->args.map[i] = (struct gnttab_map_grant_ref){
            .host_addr = place(m, i), .flags = GNTMAP_host_map, .ref = FIRST_REF + (i == 2 ? 400 : i), .dom = G_ID,
        };
    return (struct call){ __HYPERVISOR_grant_table_op, GNTTABOP_map_grant_ref, ELEMENTS };
}

static struct call fill_unmap(struct room *r)
{
    unsigned int i;

    for ( i = 0; i < ELEMENTS; i++ )
    {
        struct mapping what = mapping_of(g, FIRST_REF + i, m, i, GNTMAP_host_map);

        map(m, &what);
        r->args.unmap[i] = (struct gnttab_unmap_grant_ref){ .host_addr = what.where, .handle = what.handle };
    }
    r->args.unmap[3].handle = 0x7777;
    return (struct call){ __HYPERVISOR_grant_table_op, GNTTABOP_unmap_grant_ref, ELEMENTS };
}

static struct call fill_copy(struct room *r)
{
    unsigned int i;

    for ( i = 0; i < ELEMENTS; i++ )
        r->args.copy[i] = copy_of(BY_REF(g, FIRST_REF + i, 0), OWN(m, DATA + i, 0), i == 1 ? 0xffff : 64);
    return (struct call){ __HYPERVISOR_grant_table_op, GNTTABOP_copy, ELEMENTS };
}

static struct call fill_swap(struct room *r)
{
    unsigned int i;

    setup(m, 2);
    for ( i = 0; i < ELEMENTS; i++ )
        r->args.swap[i] = (struct gnttab_swap_grant_ref){ .ref_a = FIRST_REF + i, .ref_b = i == 4 ? ~0u : FIRST_REF + 9 };
    return (struct call){ __HYPERVISOR_grant_table_op, GNTTABOP_swap_grant_ref, ELEMENTS };
}

static struct call fill_transfer(struct room *r)
{
    unsigned int i;

    for ( i = 0; i < ELEMENTS; i++ )
        r->args.transfer[i] = (struct gnttab_transfer){
            .mfn = frame_at(m, DATA + i), .domid = G_ID, .ref = FIRST_REF + ELEMENTS + i,
        };
    return (struct call){ __HYPERVISOR_grant_table_op, GNTTABOP_transfer, ELEMENTS };
}

static void fill_list(struct room *r, uint64_t first, bool frames)
{
    unsigned int i;

    r->args.reservation = (struct xen_memory_reservation){ .nr_extents = ELEMENTS, .domid = DOMID_SELF };
    set_xen_guest_handle(r->args.reservation.extent_start, r->list);
    for ( i = 0; i < ELEMENTS; i++ )
        r->list[i] = frames ? frame_at(m, first + i) : first + i;
}

static struct call fill_populate(struct room *r)
{
    fill_list(r, FREE_GFN, false);
    return (struct call){ __HYPERVISOR_memory_op, XENMEM_populate_physmap, 1 };
}

static struct call fill_increase(struct room *r)
{
    fill_list(r, FREE_GFN, false);
    return (struct call){ __HYPERVISOR_memory_op, XENMEM_increase_reservation, 1 };
}

static struct call fill_decrease(struct room *r)
{
    fill_list(r, DATA, true);
    r->list[3] = ~0ul;
    return (struct call){ __HYPERVISOR_memory_op, XENMEM_decrease_reservation, 1 };
}

static struct call fill_exchange(struct room *r)
{
    unsigned int i;

    fill_list(r, DATA, true);
    r->args.exchange = (struct xen_memory_exchange){
        .in = { .nr_extents = ELEMENTS, .domid = DOMID_SELF }, .out = { .nr_extents = ELEMENTS, .domid = DOMID_SELF },
    };
    set_xen_guest_handle(r->args.exchange.in.extent_start, r->list);
    set_xen_guest_handle(r->args.exchange.out.extent_start, r->more);
    for ( i = 0; i < ELEMENTS; i++ )
        r->more[i] = DATA + i;
    return (struct call){ __HYPERVISOR_memory_op, XENMEM_exchange, 1 };
}

static struct call fill_range(struct room *r)
{
    r->args.add = (struct xen_add_to_physmap){
        .domid = DOMID_SELF, .size = ELEMENTS, .space = XENMAPSPACE_gmfn_range, .idx = DATA, .gpfn = FREE_GFN,
    };
    return (struct call){ __HYPERVISOR_memory_op, XENMEM_add_to_physmap, 1 };
}

static struct call fill_batch(struct room *r)
{
    unsigned int i;

    r->args.batch = (struct xen_add_to_physmap_batch){
        .domid = DOMID_SELF, .space = XENMAPSPACE_gmfn, .size = ELEMENTS,
    };
    set_xen_guest_handle(r->args.batch.idxs, r->list);
    set_xen_guest_handle(r->args.batch.gpfns, r->more);
    set_xen_guest_handle(r->args.batch.errs, r->errors);
    for ( i = 0; i < ELEMENTS; i++ )
    {
        r->list[i] = i == 1 ? ~0ul >> 8 : DATA + i;
        r->more[i] = FREE_GFN + i;
    }
    return (struct call){ __HYPERVISOR_memory_op, XENMEM_add_to_physmap_batch, 1 };
}

static struct call fill_current(struct room *r)
{
    r->args.domain.domid = DOMID_SELF;
    return (struct call){ __HYPERVISOR_memory_op, XENMEM_current_reservation, 1 };
}

static struct call fill_protect(struct room *r)
{
    unsigned int i;

    for ( i = 0; i < ELEMENTS; i++ )
        r->args.protect[i] = (struct pmt_protect){ .gpfn = DATA + 2 * i, .nr = i == 4 ? 1000 : 2, .rights = PMTR_read };
    return (struct call){ __HYPERVISOR_pmt_op, PMTOP_protect, ELEMENTS };
}

static struct call fill_translate(struct room *r)
{
    unsigned int i;

    for ( i = 0; i < ELEMENTS; i++ )
        r->args.translate[i] = (struct pmt_translate){ .gpfn = DATA + 40 * i, .domid = DOMID_SELF };
    return (struct call){ __HYPERVISOR_pmt_op, PMTOP_translate, ELEMENTS };
}

static struct call fill_pmt_map(struct room *r)
{
    unsigned int i;

    for ( i = 0; i < ELEMENTS; i++ )
        r->args.pmt_map[i] = (struct pmt_map){ .address = place(m, i), .ref = FIRST_REF + i, .domid = G_ID };
    return (struct call){ __HYPERVISOR_pmt_op, PMTOP_map, ELEMENTS };
}

static struct call fill_pmt_exchange(struct room *r)
{
    unsigned int i;

    for ( i = 0; i < ELEMENTS; i++ )
        r->args.pmt_exchange[i] = (struct pmt_exchange){ .gpfn = DATA + i, .order = i == 3 };
    return (struct call){ __HYPERVISOR_pmt_op, PMTOP_exchange, ELEMENTS };
}

static struct call fill_flip(struct room *r)
{
    unsigned int i;

    for ( i = 0; i < ELEMENTS; i++ )
        r->args.flip[i] = (struct pmt_flip){ .gpfn = DATA + i, .domid = G_ID, .ref = FIRST_REF + ELEMENTS + i };
    return (struct call){ __HYPERVISOR_pmt_op, PMTOP_flip, ELEMENTS };
}

static struct call fill_attach(struct room *r)
{
    unsigned int i;

    for ( i = 0; i < 2; i++ )
        r->args.attach[i] = (struct pmt_attach){
            .domid = DOMID_SELF, .window = i ? PMTW_dir : PMTW_leaf, .nr = i + 1,
            .address = kind == PV ? 0 : (2048 + 8 * i) * PAGE_SIZE,
        };
    return (struct call){ __HYPERVISOR_pmt_op, PMTOP_attach, 2 };
}

/* Those whose second PV call would be of one's own frames are for the kinds they are for. */
const struct op ops[] = {
    { "map", ALL, fill_map }, { "unmap", ALL, fill_unmap }, { "copy", ALL, fill_copy },
    { "swap", ALL, fill_swap }, { "transfer", STEALS, fill_transfer }, { "populate", ALL, fill_populate },
    { "increase", ALL, fill_increase }, { "decrease", ALL, fill_decrease }, { "exchange", PV, fill_exchange },
    { "range", TRANSLATED, fill_range }, { "batch", TRANSLATED, fill_batch }, { "current", ALL, fill_current },
    { "protect", ALL, fill_protect }, { "translate", ALL, fill_translate }, { "pmt map", ALL, fill_pmt_map },
    { "pmt exchange", ALL, fill_pmt_exchange }, { "flip", ALL, fill_flip }, { "attach", ALL, fill_attach },
};

const unsigned int nr_ops = sizeof(ops) / sizeof(ops[0]);

long ops_go(const struct call *call, struct room *r)
{
    as(m);
    switch ( call->nr )
    {
    case __HYPERVISOR_grant_table_op:
        return hc_grant_table_op(call->cmd, &r->args, call->count);
    case __HYPERVISOR_memory_op:
        return hc_memory_op(call->cmd, &r->args);
    default:
        return hc_pmt_op(call->cmd, &r->args, call->count);
    }
}
