/* SPDX-License-Identifier: MIT */
/*
 * Several processors at once, on real threads. What comes out is checked by counts
 * at the end, and by the thread sanitizer where that is on.
 */
#include "world.h"

#define ROUNDS 300

static volatile bool stop;
static unsigned int done_maps[4];

struct job {
    unsigned int nr, at;
    grant_ref_t ref;
};

static void map_and_unmap(void *argument)
{
    const struct job *job = argument;
    grant_handle_t handle;

    for ( unsigned int i = 0; i < ROUNDS; i++ )
    {
        struct gnttab_map_grant_ref map = {
            .host_addr = place(MAPPER, job->at), .ref = job->ref, .dom = domid_of(GRANTER),
            .flags = GNTMAP_host_map | (i % 3 ? 0 : GNTMAP_readonly),
        };
        struct gnttab_unmap_grant_ref unmap = { .host_addr = map.host_addr };

        if ( hc_grant_table_map_grant_ref(&map, 1) || map.status )
            continue;
        done_maps[job->nr]++;
        handle = map.handle;
        unmap.handle = handle;
        if ( hc_grant_table_unmap_grant_ref(&unmap, 1) || unmap.status )
            check_at(false, __FILE__, __LINE__, "unmap says %d", unmap.status);
    }
}

static void copy_around(void *argument)
{
    const struct job *job = argument;

    for ( unsigned int i = 0; i < ROUNDS; i++ )
    {
        struct gnttab_copy op = { .len = 64, .flags = GNTCOPY_source_gref };

        op.source.u.ref = job->ref;
        op.source.domid = domid_of(GRANTER);
        op.dest.u.gmfn = GFN_OTHER;
        op.dest.domid = DOMID_SELF;
        op.dest.offset = job->nr * 64;
        (void)hc_grant_table_copy(&op, 1);
        done_maps[job->nr] += op.status == GNTST_okay;
    }
}

/* The granter goes to the other version and back, whatever its grants are used for. */
static void change_version(void *argument)
{
    (void)argument;
    for ( unsigned int i = 0; !port_load(&stop); i++ ) /* until the others are done */
    {
        struct gnttab_set_version op = { .version = 2 - i % 2 };

        (void)hc_grant_table_set_version(&op, 1);
    }
}

/* A guest that rewrites the word while Xen wants to change it. */
static void flip_word(void *argument)
{
    uint16_t *flags = argument;

    for ( unsigned int i = 0; !port_load(&stop); i++ ) /* until the others are done */
        port_store(flags, (uint16_t)(GTF_permit_access | (i % 2 ? GTF_PWT : 0)));
}

/* The granter swaps two entries, back and forth. */
static void swap_entries(void *argument)
{
    (void)argument;
    while ( !port_load(&stop) ) /* until the others are done */
    {
        struct gnttab_swap_grant_ref op = { .ref_a = REF, .ref_b = REF + 1 };

        (void)hc_grant_table_swap_grant_ref(&op, 1);
    }
}

/* Frame by frame, while others look for entries in what is not there yet. */
static void grow_table(void *argument)
{
    (void)argument;
    for ( unsigned int nr = 1; nr <= 64 && !port_load(&stop); nr++ ) /* as above */
    {
        struct gnttab_query_size size = { .dom = DOMID_SELF };
        struct gnttab_setup_table op = { .dom = DOMID_SELF, .nr_frames = nr };
        xen_pfn_t list[64];

        set_xen_guest_handle(op.frame_list, list);
        (void)hc_grant_table_setup_table(&op, 1);
        (void)hc_grant_table_query_size(&size, 1);
    }
}

static void run_two(void (*first)(void *), void (*second)(void *), const struct job job[2],
                    void (*meanwhile)(void *), void *argument)
{
    struct vcpu *m0 = machine_vcpu(world[MAPPER], 0), *m1 = machine_vcpu(world[MAPPER], 1);
    struct vcpu *g0 = machine_vcpu(world[GRANTER], 1);

    memset(done_maps, 0, sizeof(done_maps));
    port_store(&stop, false); /* before the threads */
    if ( meanwhile )
        machine_thread(g0, meanwhile, argument);
    machine_thread(m0, first, (void *)&job[0]);
    machine_thread(m1, second, (void *)&job[1]);
    machine_join(m0);
    machine_join(m1);
    port_store(&stop, true); /* the third thread looks */
    if ( meanwhile )
        machine_join(g0);
}

static void test_same(bool same, bool copies)
{
    const struct job job[2] = { { 0, 0, REF }, { 1, 1, same ? REF : REF + 1 } };

    world_begin("race: %s and map of %s entr%s", copies ? "copy" : "map", same ? "the same" : "two",
                same ? "y" : "ies");
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(MAPPER), GFN_RAM);
    entry_write(GRANTER, REF + 1, GTF_permit_access, domid_of(MAPPER), GFN_OTHER);
    run_two(copies ? copy_around : map_and_unmap, map_and_unmap, job, NULL, NULL);
    CHECK_EQUAL(done_maps[0], ROUNDS);
    CHECK_EQUAL(done_maps[1], ROUNDS);
    CHECK_EQUAL(grant_pins(world[GRANTER], REF), 0);
    CHECK_EQUAL(entry_use(GRANTER, REF), 0);
    CHECK_EQUAL(counts_of(GRANTER, GFN_RAM).references, 2);
    CHECK_EQUAL(counts_of(GRANTER, GFN_RAM).writers, 0);
    world_end();
}

/* Reserved entries keep what they say, and what they are in use for. */
static void test_version_changes(void)
{
    const struct job job[2] = { { 0, 0, 3 }, { 1, 1, 4 } };
    struct gnttab_set_version op = { .version = 1 };

    world_begin("race: the version changes meanwhile");
    entry_write(GRANTER, 3, GTF_permit_access, domid_of(MAPPER), GFN_RAM);
    entry_write(GRANTER, 4, GTF_permit_access, domid_of(MAPPER), GFN_OTHER);
    run_two(map_and_unmap, copy_around, job, change_version, NULL);
    CHECK_EQUAL(done_maps[0], ROUNDS);
    CHECK_EQUAL(done_maps[1], ROUNDS);
    as(GRANTER);
    CHECK_EQUAL(hc_grant_table_set_version(&op, 1), 0);
    CHECK_EQUAL(op.version, 1);
    CHECK_EQUAL(entry_use(GRANTER, 3), 0);
    CHECK_EQUAL(entry_frame(GRANTER, 3), GFN_RAM);
    world_end();
}

/* The word changes all the time: each call ends, and nothing is left of any. */
static void test_word(void)
{
    const struct job job[2] = { { 0, 0, REF }, { 1, 1, REF + 1 } };

    world_begin("race: the granter rewrites flags meanwhile");
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(MAPPER), GFN_RAM);
    entry_write(GRANTER, REF + 1, GTF_permit_access, domid_of(MAPPER), GFN_OTHER);
    run_two(map_and_unmap, map_and_unmap, job, flip_word, entry_at(GRANTER, 1, REF));
    CHECK_EQUAL(done_maps[1], ROUNDS);
    CHECK_EQUAL(grant_pins(world[GRANTER], REF), 0);
    CHECK_EQUAL(counts_of(GRANTER, GFN_RAM).references, 2);
    world_end();
}

static void test_swap_meanwhile(void)
{
    const struct job job[2] = { { 0, 0, REF }, { 1, 1, REF + 1 } };
    uint64_t frames;

    world_begin("race: two entries are swapped meanwhile");
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(MAPPER), GFN_RAM);
    entry_write(GRANTER, REF + 1, GTF_permit_access, domid_of(MAPPER), GFN_OTHER);
    run_two(map_and_unmap, copy_around, job, swap_entries, NULL);
    CHECK_EQUAL(done_maps[0], ROUNDS);
    CHECK_EQUAL(done_maps[1], ROUNDS);
    frames = entry_frame(GRANTER, REF) + entry_frame(GRANTER, REF + 1);
    CHECK_EQUAL(frames, GFN_RAM + GFN_OTHER);
    CHECK_EQUAL(entry_use(GRANTER, REF) | entry_use(GRANTER, REF + 1), 0);
    world_end();
}

static void test_growth(void)
{
    const struct job job[2] = { { 0, 0, REF }, { 1, 1, 40 * PAGE_SIZE / 8 } };

    world_how[GRANTER].grant_frames = 64;
    world_begin("race: the table grows meanwhile");
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(MAPPER), GFN_RAM);
    run_two(map_and_unmap, map_and_unmap, job, grow_table, NULL);
    CHECK_EQUAL(done_maps[0], ROUNDS);
    CHECK_EQUAL(done_maps[1], 0);
    CHECK_EQUAL(entry_use(GRANTER, REF), 0);
    world_end();
}

/* What was mapped before stays until it is unmapped; then nothing is left. */
static void test_death(void)
{
    const struct job job[2] = { { 0, 0, REF }, { 1, 1, REF + 1 } };
    struct vcpu *m0, *m1;

    world_begin("race: the granter dies meanwhile");
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(MAPPER), GFN_RAM);
    entry_write(GRANTER, REF + 1, GTF_permit_access, domid_of(MAPPER), GFN_OTHER);
    m0 = machine_vcpu(world[MAPPER], 0);
    m1 = machine_vcpu(world[MAPPER], 1);
    memset(done_maps, 0, sizeof(done_maps));
    machine_thread(m0, map_and_unmap, (void *)&job[0]);
    machine_thread(m1, map_and_unmap, (void *)&job[1]);
    CHECK_EQUAL(machine_kill(world[GRANTER]), 0);
    machine_join(m0);
    machine_join(m1);
    world[GRANTER] = NULL;
    world_end();
}

void test_race(void)
{
    test_same(true, false);
    test_same(false, false);
    test_same(true, true);
    test_version_changes();
    test_word();
    test_swap_meanwhile();
    test_growth();
    for ( unsigned int i = 0; i < 10; i++ )
        test_death();
}
