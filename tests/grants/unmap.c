/* SPDX-License-Identifier: MIT */
/*
 * GNTTABOP_unmap_grant_ref and _unmap_and_replace: the matrix of halves, rights and
 * ways to end them, each twice; and what is wrong with an address or a handle.
 */
#include "world.h"

#define HOST GNTMAP_host_map
#define DEV  GNTMAP_device_map
#define BOTH (HOST | DEV)

/* Which addresses a call gives. */
enum give { NONE, GIVE_HOST, GIVE_DEV, GIVE_BOTH, WRONG_HOST, WRONG_DEV, ODD_DEV, NR_GIVE };

static const char *const give_name[NR_GIVE] = {
    "neither", "the host's", "the device's", "both", "another host's", "another device's",
    "an odd device's",
};

static struct gnttab_map_grant_ref mapped;

static uint64_t host_given(enum give give)
{
    switch ( give )
    {
    case GIVE_HOST:
    case GIVE_BOTH:
        return mapped.host_addr;
    case WRONG_HOST:
        return mapped.host_addr + PAGE_SIZE;
    default:
        return 0;
    }
}

static uint64_t device_given(enum give give)
{
    switch ( give )
    {
    case GIVE_DEV:
    case GIVE_BOTH:
        return mapped.dev_bus_addr ? mapped.dev_bus_addr : 0x123000;
    case WRONG_DEV:
        return mapped.dev_bus_addr + PAGE_SIZE;
    case ODD_DEV:
        return mapped.dev_bus_addr + 8;
    default:
        return 0;
    }
}

/* What has to come back, and which halves are left. */
static int expected(enum give give, uint32_t *halves)
{
    const bool host = host_given(give), device = device_given(give);

    if ( !*halves )
        return GNTST_bad_handle;
    if ( device && (*halves & DEV) && (give == WRONG_DEV || give == ODD_DEV) )
        return GNTST_bad_dev_addr;
    if ( host && (*halves & HOST) && give == WRONG_HOST )
        return GNTST_general_error;
    if ( host )
        *halves &= ~HOST;
    if ( device )
        *halves &= ~DEV;
    return GNTST_okay;
}

static void check_left(enum who caller, uint32_t halves, bool writable, struct counts before)
{
    struct counts now = counts_of(GRANTER, GFN_RAM);
    unsigned int in_table = !world[caller]->is_pv && (halves & HOST);
    uint32_t pins = (halves & HOST ? (writable ? 1u : 0x100u) : 0) |
                    (halves & DEV ? (writable ? 0x10000u : 0x1000000u) : 0);

    CHECK_EQUAL(now.references, before.references + (halves ? 1 : 0) + in_table);
    CHECK_EQUAL(now.writers, before.writers + (halves && writable));
    CHECK_EQUAL(grant_pins(world[GRANTER], REF), pins);
    CHECK_EQUAL(entry_use(GRANTER, REF),
                (halves ? GTF_reading : 0) | (halves && writable ? GTF_writing : 0));
}

static void test_cell(enum who caller, uint32_t flags, enum give first, enum give second)
{
    uint32_t halves = flags & BOTH;
    const bool writable = !(flags & GNTMAP_readonly);
    struct counts before;

    world_begin("unmap, version %u, domain %u, flags %u: %s, then %s", world_version, caller, flags,
                give_name[first], give_name[second]);
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(caller), GFN_RAM);
    before = counts_of(GRANTER, GFN_RAM);
    memset(&mapped, 0, sizeof(mapped));
    mapped.host_addr = place(caller, 0);
    mapped.flags = flags;
    mapped.ref = REF;
    mapped.dom = domid_of(GRANTER);
    CHECK_EQUAL(map_one(caller, &mapped), GNTST_okay);
    check_left(caller, halves, writable, before);

    for ( unsigned int i = 0; i < 4; i++ )
    {
        enum give give = i < 2 ? first : second;
        int status = expected(give, &halves);

        CHECK_EQUAL(unmap_one(caller, host_given(give), device_given(give), mapped.handle), status);
        check_left(caller, halves, writable, before);
    }
    /* What is left goes in whatever order. */
    if ( halves & DEV )
        CHECK_EQUAL(unmap_one(caller, 0, mapped.dev_bus_addr, mapped.handle), GNTST_okay);
    if ( halves & HOST )
        CHECK_EQUAL(unmap_one(caller, mapped.host_addr, 0, mapped.handle), GNTST_okay);
    check_left(caller, 0, writable, before);
    world_end();
}

static void test_matrix(enum who caller, uint32_t halves)
{
    for ( enum give first = 0; first < NR_GIVE; first++ )
        for ( enum give second = 0; second < NR_GIVE; second++ )
            for ( uint32_t rights = 0; rights <= GNTMAP_readonly; rights += GNTMAP_readonly )
                test_cell(caller, halves | rights, first, second);
}

/* ---- handles ------------------------------------------------------------------------ */

static void test_wrong(void)
{
    grant_handle_t handle;

    world_begin("unmap: handles that are none, and who may not");
    CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, 0), 0, 0), GNTST_bad_handle);
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(MAPPER), GFN_RAM);
    CHECK_EQUAL(map_simple(MAPPER, REF, HOST, 0, &handle), GNTST_okay);
    CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, 0), 0, handle + 1), GNTST_bad_handle);
    CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, 0), 0, 77777), GNTST_bad_handle);
    CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, 0), 0, ~0u), GNTST_bad_handle);
    CHECK_EQUAL(unmap_one(MAPPER, 0, 0, handle + 1), GNTST_bad_handle);
    CHECK_EQUAL(unmap_one(THIRD, place(THIRD, 0), 0, handle), GNTST_bad_handle);
    machine_plan.denied = "grant_unmapref";
    CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, 0), 0, handle + 1), GNTST_bad_handle);
    CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, 0), 0, handle), GNTST_permission_denied);
    machine_plan.denied = NULL;
    CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, 0), 0, handle), GNTST_okay);
    world_end();
}

/* ---- batches -------------------------------------------------------------------------- */

/*
 * 70 mappings, one call: three groups, and in none a page is free before its flush.
 * Interrupted after each look: the same end.
 */
static void test_batch(bool interrupted, bool no_memory)
{
    enum { NR = 70 };
    static struct gnttab_unmap_grant_ref wanted[NR];
    struct gnttab_unmap_grant_ref *arg;
    uint64_t flushes;

    world_begin("unmap: a batch%s%s", interrupted ? ", interrupted" : "",
                no_memory ? ", without memory" : "");
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(MAPPER), GFN_RAM);
    for ( unsigned int i = 0; i < NR; i++ )
    {
        memset(&wanted[i], 0xcc, sizeof(wanted[i]));
        wanted[i].host_addr = place(MAPPER, i);
        wanted[i].dev_bus_addr = 0;
        CHECK_EQUAL(map_simple(MAPPER, REF, HOST, i, &wanted[i].handle), GNTST_okay);
    }
    arg = machine_guest_alloc(world[MAPPER], sizeof(wanted));
    memcpy(arg, wanted, sizeof(wanted));
    as(MAPPER);
    machine_plan_reset();
    machine_plan.preempt_always = interrupted;
    machine_plan.fail_alloc_at = no_memory ? 0 : MACHINE_NEVER;
    flushes = machine_counters.flushes;
    CHECK_EQUAL(hc_grant_table_unmap_grant_ref(arg, NR), 0);
    flushes = machine_counters.flushes - flushes;
    machine_plan_reset();
    for ( unsigned int i = 0; i < NR; i++ )
        CHECK(arg[i].status == GNTST_okay, "status %d of %u", arg[i].status, i);
    CHECK(no_memory || flushes <= 3, "%llu flushes", (unsigned long long)flushes);
    CHECK_EQUAL(counts_of(GRANTER, GFN_RAM).references, 2);
    CHECK_EQUAL(entry_use(GRANTER, REF), 0);
    world_end();
}

/* What was mapped is read no more, and the granter's bits go after that. */
static void test_stale(void)
{
    uint32_t word = 0;
    grant_handle_t handle;

    world_begin("unmap: nothing is seen through the old translation");
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(MAPPER), GFN_RAM);
    CHECK_EQUAL(map_simple(MAPPER, REF, HOST, 0, &handle), GNTST_okay);
    *(uint32_t *)page_at(GRANTER, GFN_RAM) = 0x5eed;
    for ( unsigned int nr = 0; nr < 2; nr++ )
    {
        CHECK_EQUAL(machine_read(machine_vcpu(world[MAPPER], nr), place(MAPPER, 0), &word, 4), 0);
        CHECK_EQUAL(word, 0x5eed);
    }
    CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, 0), 0, handle), GNTST_okay);
    for ( unsigned int nr = 0; nr < 2; nr++ )
        CHECK(machine_read(machine_vcpu(world[MAPPER], nr), place(MAPPER, 0), &word, 4),
              "still seen by processor %u", nr);
    world_end();
}

/* Who may not know bus addresses ends the device's half with the host's. */
static void one_untold(enum who who)
{
    struct pmt_map op = { .ref = REF, .flags = PMTM_device };

    world_begin("unmap: both halves, and no bus address was told");
    machine_right(world[who], false);
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(who), GFN_RAM);
    op.address = place(who, 0);
    op.domid = domid_of(GRANTER);
    as(who);
    CHECK_EQUAL(hc_pmt_map(&op, 1), 0);
    CHECK_EQUAL(op.status, PMTST_okay);
    CHECK_EQUAL(op.entry, 0);
    CHECK_EQUAL(grant_pins(world[GRANTER], REF), 0x10001u);
    CHECK_EQUAL(unmap_one(who, op.address + PAGE_SIZE, 0, op.handle), GNTST_general_error);
    CHECK_EQUAL(grant_pins(world[GRANTER], REF), 0x10001u);
    CHECK_EQUAL(unmap_one(who, op.address, 0, op.handle), GNTST_okay);
    CHECK_EQUAL(grant_pins(world[GRANTER], REF), 0);
    CHECK_EQUAL(entry_use(GRANTER, REF), 0);
    CHECK_EQUAL(unmap_one(who, op.address, 0, op.handle), GNTST_bad_handle);
    world_end();
}

static void test_untold(void)
{
    one_untold(MAPPER);
    if ( world[PV] )
        one_untold(PV);
}

/* ---- replace ----------------------------------------------------------------------------- */

static int replace_one(enum who who, uint64_t host_addr, uint64_t new_addr, grant_handle_t handle)
{
    struct gnttab_unmap_and_replace arg = {
        .host_addr = host_addr, .new_addr = new_addr, .handle = handle, .status = 99,
    };
    long rc;

    as(who);
    rc = hc_grant_table_unmap_and_replace(&arg, 1);
    return rc ? (int)rc : arg.status;
}

#ifndef PORT_IA64
static void test_replace_pv(void)
{
    uint64_t own, pte;
    grant_handle_t handle;

    world_how[DOM0].mapped = true;
    world_begin("replace: another page comes in the place of the grant");
    own = MACHINE_PV_BASE + (GFN_OTHER << PAGE_SHIFT);
    pte = machine_pte(world[DOM0], own);
    CHECK(pte & MACHINE_PTE_PRESENT, "no page of its own");
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(DOM0), GFN_RAM);
    CHECK_EQUAL(map_simple(DOM0, REF, HOST, 0, &handle), GNTST_okay);
    CHECK_EQUAL(replace_one(DOM0, place(DOM0, 0), own, handle + 1), GNTST_bad_handle);
    CHECK_EQUAL(replace_one(DOM0, place(DOM0, 1), own, handle), GNTST_general_error);
    CHECK_EQUAL(replace_one(DOM0, place(DOM0, 0), 0x1000, handle), GNTST_general_error);
    machine_plan.denied = "grant_unmapref";
    CHECK_EQUAL(replace_one(DOM0, place(DOM0, 0), own, handle), GNTST_permission_denied);
    machine_plan.denied = NULL;
    CHECK_EQUAL(entry_use(GRANTER, REF), GTF_reading | GTF_writing);
    CHECK_EQUAL(replace_one(DOM0, place(DOM0, 0), own, handle), GNTST_okay);
    CHECK_EQUAL(machine_pte(world[DOM0], place(DOM0, 0)), pte);
    CHECK_EQUAL(machine_pte(world[DOM0], own), 0);
    CHECK_EQUAL(entry_use(GRANTER, REF), 0);
    CHECK_EQUAL(replace_one(DOM0, place(DOM0, 0), own, handle), GNTST_bad_handle);
    world_end();
}

/* A guest that rewrote its entry gets nothing dropped for it. */
static void test_pte_changed(void)
{
    struct gnttab_map_grant_ref op = {
        .host_addr = 0, .flags = HOST, .ref = REF, .dom = domid_of(GRANTER),
    };
    uint64_t *pte;

    world_begin("unmap: the page table says something else");
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(DOM0), GFN_RAM);
    op.host_addr = place(DOM0, 0);
    CHECK_EQUAL(map_one(DOM0, &op), GNTST_okay);
    pte = (uint64_t *)((char *)port_page_address(
              machine_pte_address(world[DOM0], op.host_addr) >> PAGE_SHIFT) +
              (machine_pte_address(world[DOM0], op.host_addr) & (PAGE_SIZE - 1)));
    *pte &= ~MACHINE_PTE_WRITABLE;
    CHECK_EQUAL(unmap_one(DOM0, op.host_addr, 0, op.handle), GNTST_general_error);
    CHECK_EQUAL(counts_of(GRANTER, GFN_RAM).writers, 1);
    *pte |= MACHINE_PTE_WRITABLE;
    CHECK_EQUAL(unmap_one(DOM0, op.host_addr, 0, op.handle), GNTST_okay);
    world_end();
}
#endif

static void test_replace_translated(void)
{
    grant_handle_t handle;

    world_begin("replace: not for translated domains");
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(MAPPER), GFN_RAM);
    CHECK_EQUAL(map_simple(MAPPER, REF, HOST, 0, &handle), GNTST_okay);
    CHECK_EQUAL(replace_one(MAPPER, place(MAPPER, 0), 0, handle), -ENOSYS);
    CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, 0), 0, handle), GNTST_okay);
    world_end();
}

void test_unmap(void)
{
    test_wrong();
    test_stale();
    test_untold();
    test_batch(false, false);
    test_batch(true, false);
    test_batch(false, true);
    for ( world_version = 1; world_version <= 2; world_version++ )
    {
        test_matrix(MAPPER, HOST);
#ifndef PORT_IA64
        test_matrix(DOM0, HOST);
        test_matrix(DOM0, DEV);
        test_matrix(DOM0, BOTH);
#endif
    }
    world_version = 1;
    test_replace_translated();
#ifndef PORT_IA64
    test_replace_pv();
    test_pte_changed();
#endif
}
