/* SPDX-License-Identifier: MIT */
/* Which locks maps and unmaps take, and which of them two processors share. */
#include "world.h"

#define MOST 16

struct taken {
    const void *lock[MOST];
    unsigned int rank[MOST], nr;
};

static void note(const void *lock, unsigned int rank, void *context)
{
    struct taken *taken = context;

    for ( unsigned int i = 0; i < taken->nr; i++ )
        if ( taken->lock[i] == lock )
            return;
    CHECK(taken->nr < MOST, "more than %u locks", MOST);
    if ( taken->nr == MOST )
        return;
    taken->lock[taken->nr] = lock;
    taken->rank[taken->nr++] = rank;
}

/* The first time handles and windows get their memory; of the second the locks are noted. */
static struct taken map_and_unmap(enum who who, unsigned int vcpu, grant_ref_t ref)
{
    struct taken taken = { .nr = 0 };

    as_vcpu(who, vcpu);
    for ( unsigned int i = 0; i < 2; i++ )
    {
        struct gnttab_map_grant_ref map = {
            .host_addr = place(who, 2 * vcpu), .ref = ref, .dom = domid_of(GRANTER),
            .flags = GNTMAP_host_map,
        };
        struct gnttab_unmap_grant_ref unmap = { .host_addr = map.host_addr };

        if ( i )
        {
            machine_plan.context = &taken;
            machine_plan.at_lock = note;
        }
        CHECK_EQUAL(hc_grant_table_map_grant_ref(&map, 1), 0);
        CHECK_EQUAL(map.status, GNTST_okay);
        unmap.handle = map.handle;
        CHECK_EQUAL(hc_grant_table_unmap_grant_ref(&unmap, 1), 0);
        CHECK_EQUAL(unmap.status, GNTST_okay);
    }
    machine_plan_reset();
    CHECK(taken.nr, "no lock is noted");
    return taken;
}

/* Of the locks that both take one has this rank, and there is no other. */
#define NO_RANK 0xffu

static void test_pair(const char *what, enum who one, enum who two, grant_ref_t ref, unsigned int shared)
{
    struct taken first, second;
    unsigned int nr = 0;

    world_how[one].vcpus = world_how[two].vcpus = 2;
    world_begin("locks: %s", what);
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(one), GFN_RAM);
    first = map_and_unmap(one, 0, REF);
    entry_write(GRANTER, ref, GTF_permit_access, domid_of(two), GFN_OTHER);
    second = map_and_unmap(two, 1, ref);
    for ( unsigned int i = 0; i < first.nr; i++ )
        for ( unsigned int j = 0; j < second.nr; j++ )
            if ( first.lock[i] == second.lock[j] )
            {
                CHECK_EQUAL(first.rank[i], shared);
                nr++;
            }
    CHECK_EQUAL(nr, shared != NO_RANK);
    world_end();
}

void test_locks(void)
{
    test_pair("two mappers, two entries", MAPPER, THIRD, REF + 1, NO_RANK);
    test_pair("two mappers, one entry", MAPPER, THIRD, REF, HV_RANK_GRANT_ENTRY);
    test_pair("one translated mapper, two entries", MAPPER, MAPPER, REF + 1, HV_RANK_P2M);
    if ( IA64 )
        return;
    test_pair("one PV mapper, two entries", PV, PV, REF + 1, NO_RANK);
}
