/* SPDX-License-Identifier: MIT */
/* Domains die with grants and mappings, in each order; what others have stays theirs. */
#include <sched.h>

#include "grant-table.h"

#include "world.h"

#define NR 100

static grant_handle_t handle[NR];

/* Every kind of mapping that the mapper can have. */
static uint32_t kind_of(enum who who, unsigned int i)
{
    static const uint32_t pv[] = {
        GNTMAP_host_map, GNTMAP_device_map, GNTMAP_host_map | GNTMAP_device_map,
    };

    return (world[who]->is_pv ? pv[i % 3] : GNTMAP_host_map) | (i % 2 ? GNTMAP_readonly : 0);
}

static void map_many(enum who who)
{
    for ( unsigned int i = 0; i < NR; i++ )
    {
        grant_ref_t ref = REF + i % 10;

        if ( i < 10 )
            entry_write(GRANTER, ref, GTF_permit_access, domid_of(who), GFN_RAM + i);
        CHECK_EQUAL(map_simple(who, ref, kind_of(who, i), i, &handle[i]), GNTST_okay);
    }
}

static void check_free(void)
{
    for ( unsigned int i = 0; i < 10; i++ )
    {
        CHECK_EQUAL(entry_use(GRANTER, REF + i), 0);
        CHECK_EQUAL(grant_pins(world[GRANTER], REF + i), 0);
        CHECK_EQUAL(counts_of(GRANTER, GFN_RAM + i).references, 2);
        CHECK_EQUAL(counts_of(GRANTER, GFN_RAM + i).writers, 0);
    }
}

static void test_mapper(enum who who, bool interrupted)
{
    world_begin("domain %u dies with mappings, version %u%s", who, world_version,
                interrupted ? ", interrupted" : "");
    map_many(who);
    machine_plan_reset();
    machine_plan.preempt_always = interrupted;
    CHECK_EQUAL(machine_kill(world[who]), 0);
    CHECK(machine_counters.looks, "nobody looked whether others shall run");
    machine_plan_reset();
    world[who] = NULL;
    check_free();
    world_end();
}

/* The page outlives its owner for as long as it is mapped. */
static void test_granter(void)
{
    uint32_t word = 0;
    grant_handle_t one, none;
    unsigned int domains;

    world_begin("the granter dies, version %u", world_version);
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(MAPPER), GFN_RAM);
    *(uint32_t *)page_at(GRANTER, GFN_RAM) = 0xfeed;
    CHECK_EQUAL(map_simple(MAPPER, REF, GNTMAP_host_map, 0, &one), GNTST_okay);
    domains = machine_nr_domains();
    CHECK_EQUAL(machine_kill(world[GRANTER]), 0);
    CHECK_EQUAL(machine_nr_domains(), domains);
    CHECK_EQUAL(machine_read(machine_vcpu(world[MAPPER], 0), place(MAPPER, 0), &word, 4), 0);
    CHECK_EQUAL(word, 0xfeed);
    CHECK(map_simple(MAPPER, REF + 1, GNTMAP_host_map, 1, &none) < 0, "mapped of the dead");
    CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, 0), 0, one), GNTST_okay);
    CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, 0), 0, one), GNTST_bad_handle);
    CHECK_EQUAL(machine_nr_domains(), domains - 1);
    world[GRANTER] = NULL;
    CHECK_EQUAL(map_simple(MAPPER, REF, GNTMAP_host_map, 1, &none), GNTST_bad_domain);
    world_end();
}

static void test_both(bool mapper_first)
{
    world_begin("both die, the %s first", mapper_first ? "mapper" : "granter");
    map_many(MAPPER);
    if ( !mapper_first )
        CHECK_EQUAL(machine_kill(world[GRANTER]), 0);
    CHECK_EQUAL(machine_kill(world[MAPPER]), 0);
    if ( mapper_first )
        CHECK_EQUAL(machine_kill(world[GRANTER]), 0);
    world[MAPPER] = world[GRANTER] = NULL;
    world_end();
}

/* Not to be reached but by a mistake of ours: so a mistake is made. */
static void test_gone(void)
{
    struct grant_track *track;
    grant_handle_t one;
    uint64_t whose;

    world_begin("a handle whose granter is gone");
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(MAPPER), GFN_RAM);
    CHECK_EQUAL(map_simple(MAPPER, REF, GNTMAP_host_map, 0, &one), GNTST_okay);
    track = &world[MAPPER]->hv->grants->tracks[one];
    whose = track->whose;
    track->whose = grant_whose(0x7001, REF);
    CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, 0), 0, one), GNTST_general_error);
    CHECK(machine_crashed(world[MAPPER]), "the caller goes on");
    track->whose = whose;
    world_end();
}

/* Nothing is mapped for who begins to die in the middle of it. */
static void point_dying(const char *name, void *context)
{
    if ( !strcmp(name, context) )
        machine_dying(world[MAPPER]);
}

static void test_dying(const char *point)
{
    grant_handle_t one;

    world_begin("the mapper begins to die at \"%s\"", point);
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(MAPPER), GFN_RAM);
    machine_plan.at_point = point_dying;
    machine_plan.context = (void *)point;
    CHECK(map_simple(MAPPER, REF, GNTMAP_host_map, 0, &one) < 0, "mapped");
    machine_plan.at_point = NULL;
    CHECK_EQUAL(one, NO_HANDLE);
    CHECK_EQUAL(counts_of(GRANTER, GFN_RAM).references, 2);
    CHECK_EQUAL(entry_use(GRANTER, REF), 0);
    world_end();
}

/* A new domain has no grants, and a table of version 1: each op is an error, or nothing. */
static void test_fresh(void)
{
    struct gnttab_copy copy = { .len = 1, .flags = GNTCOPY_source_gref };
    struct gnttab_swap_grant_ref swap = { .ref_a = 0, .ref_b = 1 };
    grant_handle_t one;

    world_begin("a fresh domain");
    CHECK_EQUAL(map_simple(MAPPER, 0, GNTMAP_host_map, 0, &one), GNTST_general_error);
    CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, 0), 0, 0), GNTST_bad_handle);
    as(GRANTER);
    CHECK_EQUAL(hc_grant_table_swap_grant_ref(&swap, 1), 0);
    CHECK_EQUAL(swap.status, GNTST_okay);
    copy.source.domid = domid_of(MAPPER);
    copy.dest.domid = DOMID_SELF;
    copy.dest.u.gmfn = GFN_RAM;
    CHECK_EQUAL(hc_grant_table_copy(&copy, 1), 0);
    CHECK_EQUAL(copy.status, GNTST_general_error);
    world_end();
}

/* Building fails at each place: nothing is left of the domain. */
static void test_built(void)
{
    const struct machine_domain how = { .id = 9, .hvm = !IA64 };
    struct domain *d = NULL;

    for ( unsigned int kind = 0; kind < 3; kind++, d = NULL )
        for ( unsigned int at = 0; at < 40 && !d; at++ )
        {
            world_begin("building a domain, failure %u of kind %u", at, kind);
            machine_plan_reset();
            *(kind == 0 ? &machine_plan.fail_alloc_at : kind == 1 ? &machine_plan.fail_page_at
                                                                  : &machine_plan.fail_window_at) = at;
            d = machine_domain(&how);
            machine_plan_reset();
            world_end();
        }
}

/* ---- a call is under way ---------------------------------------------------------- */

/*
 * The mapper dies while its other processor ends a mapping and makes another one, which
 * gets the same handle: what death has read of it by then is about an entry that is
 * used no more. A PV domain's: into a table nothing gets any more.
 */
static struct {
    grant_handle_t handle;
    uint32_t go_on, is_there, let_go, looks;
} late;

static void wait_for(uint32_t *word)
{
    while ( !port_load_acquire(word) ) /* pairs with the other thread's store */
        sched_yield();
}

static void point_late(const char *name, void *context)
{
    const bool is_death = current->domain != world[PV];

    (void)context;
    if ( !is_death && !strcmp(name, "grant mapped") )
    {
        port_store_release(&late.is_there, 1); /* pairs with wait_for() */
        wait_for(&late.let_go);
    }
    else if ( is_death && !strcmp(name, "grant dying") && !late.looks++ )
    {
        port_store_release(&late.go_on, 1); /* pairs with wait_for() */
        wait_for(&late.is_there);
    }
    else if ( is_death )
        port_store_release(&late.let_go, 1); /* pairs with wait_for() */
}

static void map_late(void *argument)
{
    struct gnttab_unmap_grant_ref unmap = { .host_addr = place(PV, 0), .handle = late.handle };
    struct gnttab_map_grant_ref map = {
        .host_addr = place(PV, 1), .ref = REF, .dom = domid_of(THIRD), .flags = GNTMAP_host_map,
    };

    (void)argument;
    wait_for(&late.go_on);
    (void)hc_grant_table_unmap_grant_ref(&unmap, 1);
    (void)hc_grant_table_map_grant_ref(&map, 1);
    if ( unmap.status || map.status >= 0 || map.handle != GRANT_NO_HANDLE )
        check_at(false, __FILE__, __LINE__, "unmap says %d, map %d", unmap.status, map.status);
    port_store_release(&late.is_there, 1); /* pairs with wait_for() */
}

static void test_handle_again(void)
{
    unsigned int tries = 0;
    struct vcpu *v;

    world_how[PV].vcpus = 2;
    world_begin("a handle gets another entry while its domain dies");
    memset(&late, 0, sizeof(late));
    entry_write(GRANTER, REF + 1, GTF_permit_access, domid_of(PV), GFN_RAM);
    entry_write(THIRD, REF, GTF_permit_access, domid_of(PV), GFN_RAM);
    as_vcpu(PV, 1);
    CHECK_EQUAL(map_simple(PV, REF + 1, GNTMAP_host_map, 0, &late.handle), GNTST_okay);
    v = machine_vcpu(world[PV], 1);
    machine_thread(v, map_late, NULL);
    machine_dying(world[PV]);
    machine_plan.at_point = point_late;
    as(DOM0);
    while ( grant_kill_maps(world[PV]) && tries++ < 100 )
        ;
    port_store_release(&late.let_go, 1); /* pairs with wait_for() */
    machine_join(v);
    machine_plan.at_point = NULL;
    CHECK_EQUAL(machine_kill(world[PV]), 0);
    world[PV] = NULL;
    CHECK(late.looks > 1, "death has looked %u times", late.looks);
    CHECK_EQUAL(grant_pins(world[GRANTER], REF + 1), 0);
    CHECK_EQUAL(grant_pins(world[THIRD], REF), 0);
    CHECK_EQUAL(entry_use(THIRD, REF), 0);
    CHECK_EQUAL(counts_of(GRANTER, GFN_RAM).references, 2);
    CHECK_EQUAL(counts_of(THIRD, GFN_RAM).references, 2);
    CHECK_EQUAL(counts_of(THIRD, GFN_RAM).writers, 0);
    world_end();
}

void test_kill(void)
{
    if ( !IA64 )
        test_handle_again();
    for ( world_version = 1; world_version <= 2; world_version++ )
    {
        test_mapper(MAPPER, false);
        test_mapper(MAPPER, true);
        test_mapper(DOM0, true);
        test_granter();
    }
    world_version = 1;
    test_both(true);
    test_both(false);
    test_gone();
    test_dying("grant pinned");
    test_fresh();
    test_built();
}
