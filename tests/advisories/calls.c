/* SPDX-License-Identifier: MIT */
/* Calls that are interrupted, alone and in a multicall; registers; reverse entries of PV domains. */
#include "recipes.h"
#include "host.h"

/* ---- one call of each kind, with more than one step where there are any ----------------- */

#define ELEMENTS 5

union args {
    struct gnttab_map_grant_ref map[ELEMENTS];
    struct gnttab_unmap_grant_ref unmap[ELEMENTS];
    struct gnttab_copy copy[ELEMENTS];
    struct gnttab_swap_grant_ref swap[ELEMENTS];
    struct gnttab_transfer transfer[ELEMENTS];
    struct gnttab_query_size query;
    struct xen_memory_reservation reservation;
    struct xen_memory_exchange exchange;
    struct xen_add_to_physmap add;
    struct xen_add_to_physmap_batch batch;
    struct xen_memory_domain domain;
    struct pmt_info info[ELEMENTS];
    struct pmt_translate translate[ELEMENTS];
    struct pmt_reverse reverse[ELEMENTS];
    struct pmt_map pmt_map[ELEMENTS];
    struct pmt_exchange pmt_exchange[ELEMENTS];
    struct pmt_protect protect[ELEMENTS];
    struct pmt_flip flip[ELEMENTS];
    struct pmt_attach attach[2];
};

struct room {
    union args args;
    unsigned long list[ELEMENTS], more[ELEMENTS];
    int errors[ELEMENTS];
};

struct call { unsigned int nr; unsigned long cmd; unsigned int count; };

static void granted_all(void)
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
static const struct op { const char *name; unsigned int who; struct call (*fill)(struct room *); } ops[] = {
    { "map", ALL, fill_map }, { "unmap", ALL, fill_unmap }, { "copy", ALL, fill_copy },
    { "swap", ALL, fill_swap }, { "transfer", STEALS, fill_transfer }, { "populate", ALL, fill_populate },
    { "increase", ALL, fill_increase }, { "decrease", ALL, fill_decrease }, { "exchange", PV, fill_exchange },
    { "range", TRANSLATED, fill_range }, { "batch", TRANSLATED, fill_batch }, { "current", ALL, fill_current },
    { "protect", ALL, fill_protect }, { "translate", ALL, fill_translate }, { "pmt map", ALL, fill_pmt_map },
    { "pmt exchange", ALL, fill_pmt_exchange }, { "flip", ALL, fill_flip }, { "attach", ALL, fill_attach },
};

static long go(const struct call *call, struct room *r)
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

/* What came of it, frame numbers apart: those differ from run to run of an allocator only if ops do. */
struct outcome { long result; struct room room; long pages_m, pages_g; uint64_t there, bytes; };

static void note(struct outcome *o, long result, const struct room *r)
{
    uint64_t gfn, *word = (uint64_t *)&o->room.args;
    unsigned int i;

    o->result = result;
    o->room = *r;
    memset(&o->room.list, 0, sizeof(o->room.list));
    for ( i = 0; i < sizeof(o->room.args) / sizeof(*word); i++ )
        if ( word[i] >= (uint64_t)(unsigned long)r && word[i] < (uint64_t)(unsigned long)(r + 1) )
            word[i] = 0;                        /* where the lists are, in this run */
    if ( kind == PV )
        memset(&o->room.more, 0, sizeof(o->room.more));
    o->pages_m = pages_of(m);
    o->pages_g = pages_of(g);
    o->there = o->bytes = 0;
    for ( gfn = 0; gfn < FREE_GFN + 20; gfn++ )
        if ( mfn_at(m, gfn) != HV_INVALID_MFN )
        {
            o->there = o->there * 31 + gfn;
            if ( gfn >= 32 )                    /* the kernel's own memory has the arguments */
                o->bytes = o->bytes * 31 + *word_at(m, gfn);
        }
}

/* Fields of addresses in the room itself: the stack's, which a second run has at another place. */
static bool same(const struct outcome *a, const struct outcome *b)
{
    return a->result == b->result && a->pages_m == b->pages_m && a->pages_g == b->pages_g &&
           a->there == b->there && a->bytes == b->bytes && !memcmp(&a->room, &b->room, sizeof(a->room));
}

static struct room *fresh(struct call *call, const struct op *op)
{
    struct room *r;

    granted_all();
    r = machine_guest_alloc(m, sizeof(*r));
    if ( !r )
        exit(1);
    *call = op->fill(r);
    machine_plan_reset();
    return r;
}

static void run_op(const struct op *op, struct outcome *o, void (*plan)(unsigned int n), unsigned int n)
{
    struct call call;
    struct room *r = fresh(&call, op);

    if ( plan )
        plan(n);
    note(o, go(&call, r), r);
}

static void plan_always(unsigned int n)
{
    (void)n;
    machine_plan.preempt_always = true;
}

static void plan_at(unsigned int n)
{
    machine_plan.preempt_at = n;
}

/* Each op alone, then interrupted at every look, then at each one: the same comes of it. */
void recipe_every_op_interrupted(void)
{
    static struct outcome clean, other;
    uint64_t looks;
    unsigned int n, in_all = 0;

    for each( i, ops )
    {
        if ( !(ops[i].who & kind) )
            continue;
        run_op(&ops[i], &clean, NULL, 0);
        looks = machine_counters.looks;
        all_well();
        run_op(&ops[i], &other, plan_always, 0);
        in_all += machine_counters.continuations;
        if ( !EXPECT(same(&clean, &other)) )
            printf("  (%s, interrupted at each look: %ld, %ld)\n", ops[i].name, clean.result, other.result);
        for ( n = 0; n < looks; n++ )
        {
            run_op(&ops[i], &other, plan_at, n);
            if ( !EXPECT(same(&clean, &other)) )
                printf("  (%s, interrupted at look %u)\n", ops[i].name, n);
            all_well();
        }
    }
    EXPECT(in_all > 20);
}

/* Batches of 1, 2 and many, interrupted at every look: entered again as often as there are elements, at most. */
void recipe_counts_grow(void)
{
    static const unsigned int counts[] = { 1, 2, 60 };
    unsigned int i;

    for each( c, counts )
    {
        struct gnttab_copy *batch;

        begin();
        grant(g, FIRST_REF, m, DATA, 0);
        batch = machine_guest_alloc(m, counts[c] * sizeof(*batch));
        for ( i = 0; i < counts[c]; i++ )
            batch[i] = copy_of(BY_REF(g, FIRST_REF, 0), OWN(m, DATA, 0), 8);
        machine_plan_reset();
        machine_plan.preempt_always = true;
        as(m);
        EXPECT_IS(hc_grant_table_copy(batch, counts[c]), 0);
        EXPECT(machine_counters.continuations <= counts[c]);
        for ( i = 0; i < counts[c]; i++ )
            EXPECT_IS(batch[i].status, GNTST_okay);
    }
}

#ifndef PORT_IA64
/* Registers whose upper halves hold rubbish, where the description says 32 bits: as without. */
void recipe_upper_halves(void)
{
    static struct outcome clean, other;
    unsigned int preempted;

    for each( i, ops )
        for ( preempted = 0; preempted < 2; preempted++ )
        {
            struct call call;
            struct room *r;
            unsigned long reg[5] = { 0 };

            if ( !(ops[i].who & kind) )
                continue;
            run_op(&ops[i], &clean, preempted ? plan_always : NULL, 0);
            r = fresh(&call, &ops[i]);
            if ( call.nr == __HYPERVISOR_memory_op )
                continue;
            reg[0] = call.cmd | 0xdead0000bad00000ul << 16;
            reg[0] = (reg[0] & ~0xfffffffful) | call.cmd;
            reg[1] = (unsigned long)&r->args;
            reg[2] = call.count | 0xdeadbeeful << 32;
            machine_plan.preempt_always = preempted;
            as(m);
            note(&other, (long)hc_host_call(call.nr, reg), r);
            /* pmt_op is strict: such a count is none. */
            if ( !EXPECT(call.nr == __HYPERVISOR_pmt_op ? other.result < 0 : same(&clean, &other)) )
                printf("  (%s: %ld)\n", ops[i].name, other.result);
        }
}

/* Each op as the first, a middle and the last element of a multicall, interrupted: as alone, and the others run. */
void recipe_inside_multicall(void)
{
    static struct outcome clean, other;
    unsigned int position, j;

    for each( i, ops )
        for ( position = 0; position < 3; position++ )
        {
            struct call call;
            struct room *r, *q;
            struct multicall_entry *list;

            if ( !(ops[i].who & kind) )
                continue;
            run_op(&ops[i], &clean, NULL, 0);
            r = fresh(&call, &ops[i]);
            q = machine_guest_alloc(m, 64);
            list = machine_guest_alloc(m, 3 * sizeof(*list));
            ((struct gnttab_query_size *)q)->dom = DOMID_SELF;
            for ( j = 0; j < 3; j++ )
            {
                list[j].op = __HYPERVISOR_grant_table_op;
                list[j].result = 0x77;
                list[j].args[0] = GNTTABOP_query_size;
                list[j].args[1] = (unsigned long)q;
                list[j].args[2] = 1;
            }
            list[position].op = call.nr;
            list[position].args[0] = call.cmd;
            list[position].args[1] = (unsigned long)&r->args;
            list[position].args[2] = call.count;
            machine_plan.preempt_always = true;
            as(m);
            EXPECT_IS(hc_multicall(list, 3), 0);
            note(&other, (long)list[position].result, r);
            if ( !EXPECT(same(&clean, &other)) )
                printf("  (%s at %u: %ld, %ld; %d %d %d %d %d)\n", ops[i].name, position, clean.result, other.result,
                       clean.pages_m == other.pages_m, clean.pages_g == other.pages_g, clean.there == other.there,
                       clean.bytes == other.bytes, memcmp(&clean.room, &other.room, sizeof(clean.room)));
            for ( j = 0; j < 3; j++ )
                if ( j != position )
                    EXPECT_IS(list[j].result, 0);
        }
}
#endif

/* Each copy of each op fails: an error, nothing of the stack, and all is in order. */
void recipe_each_copy_fails(void)
{
    static struct outcome o;
    uint64_t copies;
    unsigned int n;

    for each( i, ops )
    {
        if ( !(ops[i].who & kind) )
            continue;
        run_op(&ops[i], &o, NULL, 0);
        copies = machine_counters.copies;
        EXPECT(copies > 0);
        for ( n = 0; n < copies; n++ )
        {
            struct call call;
            struct room *r = fresh(&call, &ops[i]);
            long result;

            machine_plan.fail_copy_at = n;
            result = go(&call, r);
            EXPECT(result >= -ERESTART || result == 0 || result > 0);
            machine_plan_reset();
            all_well();
        }
    }
}
