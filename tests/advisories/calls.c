/* SPDX-License-Identifier: MIT */
/* Calls that are interrupted, alone and in a multicall; registers; two calls at once. */
#include "ops.h"
#include "host.h"

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

    ops_scene();
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
    note(o, ops_go(&call, r), r);
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

    for ( unsigned int i = 0; i < nr_ops; i++ )
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

    for ( unsigned int i = 0; i < nr_ops; i++ )
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

    for ( unsigned int i = 0; i < nr_ops; i++ )
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

    for ( unsigned int i = 0; i < nr_ops; i++ )
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
            result = ops_go(&call, r);
            EXPECT(result >= -ERESTART || result == 0 || result > 0);
            machine_plan_reset();
            all_well();
        }
    }
}

/* ---- two at once ------------------------------------------------------------------------ */

static struct { struct call call; struct room *room; } two[2];
static const struct op *op_of[2];
static void (*instead)(void);

static void two_prepared(void)
{
    unsigned int i;

    ops_scene();
    for ( i = 0; i < 2; i++ )
        if ( op_of[i] )
        {
            two[i].room = machine_guest_alloc(m, sizeof(struct room));
            two[i].call = op_of[i]->fill(two[i].room);
        }
}

static void one_of_two(void)
{
    ops_go(&two[0].call, two[0].room);
}

static void other_of_two(void)
{
    if ( instead )
        instead();
    else
        ops_go(&two[1].call, two[1].room);
}

static void nothing_more(void)
{
}

static unsigned int all_places(const struct op *one, const struct op *other, run_fn *act, struct domain **by)
{
    unsigned int before = missed, places;

    op_of[0] = one;
    op_of[1] = other;
    instead = act;
    places = interleaved(two_prepared, one_of_two, by, other_of_two, nothing_more);
    if ( missed > before )
        printf("  (%s, and %s)\n", one->name, other ? other->name : "another domain");
    return places;
}

/* What takes something away that another call may just have found. */
static bool takes_away(const char *name)
{
    static const char *const list[] = { "unmap", "transfer", "decrease", "range", "flip", "pmt exchange" };

    for each( i, list )
        if ( !strcmp(name, list[i]) )
            return true;
    return false;
}

/* Each op, and one of the same domain's that takes pages away, at each place within. */
void recipe_any_two_calls(void)
{
    unsigned int i, j, places = 0;

    for ( i = 0; i < nr_ops; i++ )
        for ( j = 0; j < nr_ops; j++ )
            if ( (ops[i].who & kind) && (ops[j].who & kind) && takes_away(ops[j].name) )
                places += all_places(&ops[i], &ops[j], NULL, &m);
    EXPECT(places > 100);
}

static void g_takes_all_back(void)
{
    unsigned int i;

    for ( i = 0; i < ELEMENTS; i++ )
    {
        end_access(g, FIRST_REF + i);
        decrease(g, DATA + i, 0);
        populate(g, FREE_GFN + 40 + i, 0);
    }
    set_version(g, 2);
}

static void g_is_dying(void)
{
    machine_dying(g);
}

static void m_is_dying(void)
{
    machine_dying(m);
}

/* Each op, and at each place within: the granter takes all back, or either dies. */
void recipe_any_call_and_more(void)
{
    static run_fn *const acts[] = { g_takes_all_back, g_is_dying, m_is_dying };
    unsigned int places = 0;

    for each( a, acts )
        for ( unsigned int i = 0; i < nr_ops; i++ )
            if ( ops[i].who & kind )
                places += all_places(&ops[i], NULL, acts[a], a ? &p : &g);
    EXPECT(places > 60);
}
