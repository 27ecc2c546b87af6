/* SPDX-License-Identifier: MIT */
/* Grants: handles, and how much work there is when there are many. */
#include "recipes.h"
#include "host.h"

static struct mapping held;
static unsigned int all_before, writers_before;

/* ---- handles ------------------------------------------------------------------------------ */

#define HANDLES_ROUNDS 40

static int handle_taken[1u << 16];
static bool taken_twice;

static void take_and_give(void *argument)
{
    unsigned int n = *(unsigned int *)argument, round;
    struct gnttab_map_grant_ref op;
    struct gnttab_unmap_grant_ref back;

    for ( round = 0; round < HANDLES_ROUNDS; round++ )
    {
        op = (struct gnttab_map_grant_ref){
            .host_addr = place(m, n), .flags = GNTMAP_host_map, .ref = FIRST_REF + n, .dom = G_ID,
        };
        if ( hc_grant_table_map_grant_ref(&op, 1) || op.status )
            continue;
        if ( op.handle >= 1u << 16 || port_fetch_add(&handle_taken[op.handle], 1) )    /* pairs with the next */
            port_store(&taken_twice, true);
        port_fetch_add(&handle_taken[op.handle], -1);   /* pairs with the one before: a count */
        back = (struct gnttab_unmap_grant_ref){ .host_addr = place(m, n), .handle = op.handle };
        hc_grant_table_unmap_grant_ref(&back, 1);
    }
}

static unsigned int fill_tracker(unsigned int leave)
{
    unsigned int handles = 0, all, nr_free;
    struct mapping one;

    all = grant_handles(m, &nr_free);
    for ( ;; )
    {
        one = mapping_of(g, FIRST_REF + 20 + handles % 64, m, 20 + handles, GNTMAP_host_map | GNTMAP_readonly);
        grant_handles(m, &nr_free);
        if ( handles && all == grant_handles(m, &nr_free) && nr_free <= leave )
            return handles;
        all = grant_handles(m, &nr_free);
        if ( flags_of(g, one.ref) == 0 )
            grant(g, one.ref, m, DATA, GTF_readonly);
        if ( map(m, &one) != GNTST_okay )
            return handles;
        handles++;
    }
}

/* Few handles are left; three vcpus take and give them. */
void recipe_handles_by_threads(void)
{
    unsigned int numbers[3] = { 0, 1, 2 }, i, before, free_before, free_behind;

    begin_with(&(struct scene){ .maptrack_frames = 1 });
    fill_tracker(2);
    before = grant_handles(m, &free_before);
    for ( i = 0; i < 3; i++ )
        grant(g, FIRST_REF + i, m, DATA + i, 0);
    taken_twice = false;
    for ( i = 0; i < 3; i++ )
        meanwhile(m, 1 + i, take_and_give, &numbers[i]);
    join_all();
    EXPECT(!taken_twice);
    EXPECT(grant_handles(m, &free_behind) >= before);
    EXPECT(free_behind >= free_before);
}

/* ---- bounded work ------------------------------------------------------------------------------------ */

static uint64_t steps_of_unmap(void)
{
    held = mapping_of(g, FIRST_REF, m, 0, GNTMAP_host_map);
    grant(g, FIRST_REF, m, DATA, 0);
    EXPECT_IS(map(m, &held), GNTST_okay);
    machine_plan_reset();
    EXPECT_IS(unmap(m, &held), GNTST_okay);
    return machine_counters.steps_most;
}

/* One handle more or less makes no difference to what an unmap does. */
void recipe_unmap_costs_one(void)
{
    uint64_t few, many;
    unsigned int filled;

    begin_with(&(struct scene){ .maptrack_frames = 2 });
    few = steps_of_unmap();
    filled = fill_tracker(1);
    EXPECT(filled > 100);
    many = steps_of_unmap();
    EXPECT(few > 0);
    EXPECT(many <= few + 2);
}

/* M dies with every handle in use, and is interrupted whenever it looks. */
void recipe_kill_full_tracker(void)
{
    unsigned int all, writers, filled;

    begin_with(&(struct scene){ .maptrack_frames = 1 });
    references(mfn_at(g, DATA), &all_before, &writers_before);
    filled = fill_tracker(0);
    EXPECT(filled > 100);
    machine_plan_reset();
    machine_plan.preempt_always = true;
    kill_domain(&m);
    EXPECT(machine_counters.steps_most < 200);
    /* It does look. */
    EXPECT(machine_counters.looks > filled / 64);
    machine_plan_reset();
    references(mfn_at(g, DATA), &all, &writers);
    EXPECT(all == all_before && writers == writers_before);
    EXPECT(end_access(g, FIRST_REF + 20));
}

