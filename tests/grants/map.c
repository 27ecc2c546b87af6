/* SPDX-License-Identifier: MIT */
/* GNTTABOP_map_grant_ref: each row is a grant, a call, a status, and what has changed. */
#include "world.h"

enum where { FREE, TAKEN, ODD, BEYOND, PTE, PTE_ODD, NO_PTE };
enum frame { RAM, HOLE, FAR, SPECIAL, MAPPED, DEVICE };

#define RW   GNTMAP_host_map
#define RO   (GNTMAP_host_map | GNTMAP_readonly)
#define DEV  GNTMAP_device_map
#define BOTH (GNTMAP_host_map | GNTMAP_device_map)
#define BITS_RO GTF_reading
#define BITS_RW (GTF_reading | GTF_writing)
#define OTHERS  0x7001                  /* domains that are not there */
#define BEYOND_TABLE 1000000

struct row {
    const char *what;
    enum who caller;
    uint32_t flags;
    enum where where;
    uint16_t gtf;
    enum frame frame;
    grant_ref_t ref;                    /* 0: the usual one */
    int dom;                            /* 0: the granter */
    const char *denied;
    int status;
    /* if okay: what the page has more, what the granter sees, and the pins */
    unsigned int references, writers;
    uint16_t use;
    uint32_t pins;
};

#define HSTW 1u
#define HSTR 0x100u
#define DEVW 0x10000u
#define DEVR 0x1000000u

#define REFUSED(status) status, 0, 0, 0, 0

/* Translated callers, on both architectures: the mapping is one reference, its entry another. */
static const struct row rows[] = {
    { "write", MAPPER, RW, FREE, GTF_permit_access, RAM, 0, 0, NULL, 0, 2, 1, BITS_RW, HSTW },
    { "read", MAPPER, RO, FREE, GTF_permit_access, RAM, 0, 0, NULL, 0, 2, 0, BITS_RO, HSTR },
    { "read what may be read", MAPPER, RO, FREE, GTF_permit_access | GTF_readonly, RAM, 0, 0, NULL,
      0, 2, 0, BITS_RO, HSTR },
    { "the guest's own bits", MAPPER, RW | 1u << 16, FREE, GTF_permit_access, RAM, 0, 0, NULL,
      0, 2, 1, BITS_RW, HSTW },
    { "cache attributes in the entry", MAPPER, RW, FREE, GTF_permit_access | GTF_PWT, RAM, 0, 0,
      NULL, 0, 2, 1, BITS_RW, HSTW },
    { "write what may be read", MAPPER, RW, FREE, GTF_permit_access | GTF_readonly, RAM, 0, 0, NULL,
      REFUSED(GNTST_general_error) },
    { "neither half", MAPPER, 0, FREE, GTF_permit_access, RAM, 0, 0, NULL, REFUSED(GNTST_bad_gntref) },
    { "read only, and neither half", MAPPER, GNTMAP_readonly, FREE, GTF_permit_access, RAM, 0, 0,
      NULL, REFUSED(GNTST_bad_gntref) },
    { "for a device", MAPPER, DEV, FREE, GTF_permit_access, RAM, 0, 0, NULL, REFUSED(GNTST_general_error) },
    { "both halves", MAPPER, BOTH, FREE, GTF_permit_access, RAM, 0, 0, NULL, REFUSED(GNTST_general_error) },
    { "for the application", MAPPER, RW | GNTMAP_application_map, FREE, GTF_permit_access, RAM, 0,
      0, NULL, REFUSED(GNTST_general_error) },
    { "an entry of a page table", MAPPER, RW | GNTMAP_contains_pte, FREE, GTF_permit_access, RAM, 0,
      0, NULL, REFUSED(GNTST_general_error) },
    { "a flag without a name", MAPPER, RW | 1u << 9, FREE, GTF_permit_access, RAM, 0, 0, NULL,
      REFUSED(GNTST_general_error) },
    { "no such domain", MAPPER, RW, FREE, GTF_permit_access, RAM, 0, OTHERS, NULL,
      REFUSED(GNTST_bad_domain) },
    { "DOMID_SELF", MAPPER, RW, FREE, GTF_permit_access, RAM, 0, DOMID_SELF, NULL,
      REFUSED(GNTST_bad_domain) },
    { "denied", MAPPER, RW, FREE, GTF_permit_access, RAM, 0, 0, "grant_mapref",
      REFUSED(GNTST_permission_denied) },
    { "beyond the table", MAPPER, RW, FREE, GTF_permit_access, RAM, BEYOND_TABLE, 0, NULL,
      REFUSED(GNTST_bad_gntref) },
    { "the last reference there can be", MAPPER, RW, FREE, GTF_permit_access, RAM, ~0u, 0, NULL,
      REFUSED(GNTST_bad_gntref) },
    { "invalid", MAPPER, RW, FREE, GTF_invalid, RAM, 0, 0, NULL, REFUSED(GNTST_general_error) },
    { "accepts a page", MAPPER, RW, FREE, GTF_accept_transfer, RAM, 0, 0, NULL,
      REFUSED(GNTST_general_error) },
    { "has accepted a page", MAPPER, RW, FREE,
      GTF_accept_transfer | GTF_transfer_committed | GTF_transfer_completed, RAM, 0, 0, NULL,
      REFUSED(GNTST_general_error) },
    { "nothing, and the guest says it is in use", MAPPER, RW, FREE,
      GTF_permit_access | GTF_reading, HOLE, 0, 0, NULL, REFUSED(GNTST_bad_page) },
    { "through another", MAPPER, RW, FREE, GTF_transitive, RAM, 0, 0, NULL, REFUSED(GNTST_general_error) },
    { "a part", MAPPER, RW, FREE, GTF_permit_access | GTF_sub_page, RAM, 0, 0, NULL,
      REFUSED(GNTST_general_error) },
    { "for somebody else", THIRD, RW, FREE, GTF_permit_access, RAM, 0, 0, NULL,
      REFUSED(GNTST_general_error) },
    { "where nothing is", MAPPER, RW, FREE, GTF_permit_access, HOLE, 0, 0, NULL, REFUSED(GNTST_bad_page) },
    { "beyond the granter", MAPPER, RW, FREE, GTF_permit_access, FAR, 0, 0, NULL, REFUSED(GNTST_bad_page) },
    { "another's page", MAPPER, RW, FREE, GTF_permit_access, MAPPED, 0, 0, NULL, REFUSED(GNTST_bad_page) },
    { "where a page is", MAPPER, RW, TAKEN, GTF_permit_access, RAM, 0, 0, NULL,
      REFUSED(GNTST_general_error) },
    { "not the start of a page", MAPPER, RW, ODD, GTF_permit_access, RAM, 0, 0, NULL,
      REFUSED(GNTST_general_error) },
    { "beyond the table of frames", MAPPER, RW, BEYOND, GTF_permit_access, RAM, 0, 0, NULL,
      REFUSED(GNTST_general_error) },
#ifdef PORT_IA64
    { "dom0, write", DOM0, RW, FREE, GTF_permit_access, RAM, 0, 0, NULL, 0, 2, 1, BITS_RW, HSTW },
    { "dom0, for a device", DOM0, BOTH, FREE, GTF_permit_access, RAM, 0, 0, NULL,
      REFUSED(GNTST_general_error) },
#else
    /* PV: no entry of a table of frames. */
    { "PV write", DOM0, RW, FREE, GTF_permit_access, RAM, 0, 0, NULL, 0, 1, 1, BITS_RW, HSTW },
    { "PV read", DOM0, RO, FREE, GTF_permit_access, RAM, 0, 0, NULL, 0, 1, 0, BITS_RO, HSTR },
    { "PV device", DOM0, DEV, FREE, GTF_permit_access, RAM, 0, 0, NULL, 0, 1, 1, BITS_RW, DEVW },
    { "PV device reads", DOM0, DEV | GNTMAP_readonly, FREE, GTF_permit_access, RAM, 0, 0, NULL,
      0, 1, 0, BITS_RO, DEVR },
    { "PV both", DOM0, BOTH, FREE, GTF_permit_access, RAM, 0, 0, NULL, 0, 1, 1, BITS_RW,
      HSTW | DEVW },
    { "PV both, read", DOM0, BOTH | GNTMAP_readonly, FREE, GTF_permit_access, RAM, 0, 0, NULL,
      0, 1, 0, BITS_RO, HSTR | DEVR },
    { "PV, the entry itself", DOM0, RW | GNTMAP_contains_pte, PTE, GTF_permit_access, RAM, 0, 0,
      NULL, 0, 1, 1, BITS_RW, HSTW },
    { "PV, half an entry", DOM0, RW | GNTMAP_contains_pte, PTE_ODD, GTF_permit_access, RAM, 0, 0,
      NULL, REFUSED(GNTST_general_error) },
    { "PV, no page table", DOM0, RW, NO_PTE, GTF_permit_access, RAM, 0, 0, NULL,
      REFUSED(GNTST_general_error) },
    { "PV both, no page table", DOM0, BOTH, NO_PTE, GTF_permit_access, RAM, 0, 0, NULL,
      REFUSED(GNTST_general_error) },
    { "PV, invalid", DOM0, RW, FREE, GTF_invalid, RAM, 0, 0, NULL, REFUSED(GNTST_general_error) },
#endif
};

static uint64_t where_is(const struct row *row)
{
    switch ( row->where )
    {
    case TAKEN:
        return (uint64_t)GFN_RAM << PAGE_SHIFT;
    case ODD:
        return place(row->caller, 0) + 8;
    case BEYOND:
        return (uint64_t)(GFN_MAX + 10) << PAGE_SHIFT;
    case PTE:
        return machine_pte_address(world[row->caller], place(row->caller, 0));
    case PTE_ODD:
        return machine_pte_address(world[row->caller], place(row->caller, 0)) + 4;
    case NO_PTE:
        return 0x1000;
    default:
        return place(row->caller, 0);
    }
}

/* Another domain's page in the granter's table: a grant that it has mapped itself. */
static void third_page(void)
{
    struct gnttab_map_grant_ref op = {
        .host_addr = place(GRANTER, 7), .flags = RW, .ref = REF, .dom = domid_of(THIRD),
    };

    entry_write(THIRD, REF, GTF_permit_access, domid_of(GRANTER), frame_of_gfn(THIRD, GFN_RAM));
    CHECK_EQUAL(map_one(GRANTER, &op), GNTST_okay);
}

static uint64_t frame_is(const struct row *row)
{
    switch ( row->frame )
    {
    case HOLE:
        return GFN_HOLE;
    case FAR:
        return 0xfffffff0;
    case MAPPED:
        third_page();
        return GFN_HOLE + 7;
    default:
        return GFN_RAM;
    }
}

/* A machine frame is told to who may know it, and to nobody else. */
static void check_told(const struct row *row, const struct gnttab_map_grant_ref *op)
{
    uint64_t told = p2m_gfn_to_mfn(world[GRANTER], GFN_RAM) << PAGE_SHIFT;

    CHECK_EQUAL(op->dev_bus_addr, row->caller == DOM0 ? told : 0);
}

static void check_okay(const struct row *row, struct gnttab_map_grant_ref *op, grant_ref_t ref,
                       struct counts before)
{
    struct counts now = counts_of(GRANTER, GFN_RAM);
    uint64_t bus = row->flags & DEV ? op->dev_bus_addr : 0;

    CHECK_EQUAL(now.references, before.references + row->references);
    CHECK_EQUAL(now.writers, before.writers + row->writers);
    CHECK_EQUAL(entry_use(GRANTER, ref), row->use);
    CHECK_EQUAL(grant_pins(world[GRANTER], ref), row->pins);
    CHECK(op->handle != NO_HANDLE, "no handle");
    check_told(row, op);
    CHECK_EQUAL(unmap_one(row->caller, op->host_addr, bus, op->handle), GNTST_okay);
    CHECK_EQUAL(unmap_one(row->caller, op->host_addr, bus, op->handle), GNTST_bad_handle);
}

static void test_row(const struct row *row)
{
    struct gnttab_map_grant_ref op;
    grant_ref_t ref = row->ref ? row->ref : REF;
    enum who to = row->caller == THIRD ? MAPPER : row->caller;
    struct counts before, now;
    uint16_t flags, use;
    int status;

    world_begin("map, version %u: %s", world_version, row->what);
    entry_write(GRANTER, REF, row->gtf, domid_of(to), frame_is(row));
    flags = entry_flags(GRANTER, REF);
    use = entry_use(GRANTER, REF);
    before = counts_of(GRANTER, GFN_RAM);
    memset(&op, 0xee, sizeof(op));
    op.host_addr = where_is(row);
    op.flags = row->flags;
    op.ref = ref;
    op.dom = row->dom ? row->dom : domid_of(GRANTER);

    machine_plan.denied = row->denied;
    status = map_one(row->caller, &op);
    machine_plan.denied = NULL;
    CHECK_EQUAL(status, row->status);
    if ( !status )
        check_okay(row, &op, ref, before);
    now = counts_of(GRANTER, GFN_RAM);
    CHECK_EQUAL(now.references, before.references);
    CHECK_EQUAL(now.writers, before.writers);
    CHECK_EQUAL(entry_flags(GRANTER, REF), flags);
    CHECK_EQUAL(entry_use(GRANTER, REF), use);
    CHECK_EQUAL(grant_pins(world[GRANTER], REF), 0);
    world_end();
}

/* ---- more than one ---------------------------------------------------------------- */

/* 128 times, and not once more; each has a handle of its own. */
static void test_full(void)
{
    grant_handle_t handle[129];
    unsigned int i;

    world_begin("map, version %u: too often", world_version);
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(MAPPER), GFN_RAM);
    for ( i = 0; i < 128; i++ )
        CHECK_EQUAL(map_simple(MAPPER, REF, RW, i, &handle[i]), GNTST_okay);
    CHECK_EQUAL(map_simple(MAPPER, REF, RW, i, &handle[i]), GNTST_general_error);
    CHECK_EQUAL(map_simple(MAPPER, REF, RO, i, &handle[i]), GNTST_general_error);
    CHECK_EQUAL(counts_of(GRANTER, GFN_RAM).references, 2 + 2 * 128);
    for ( i = 0; i < 128; i++ )
    {
        CHECK_EQUAL(entry_use(GRANTER, REF), GTF_reading | GTF_writing);
        CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, i), 0, handle[i]), GNTST_okay);
    }
    CHECK_EQUAL(entry_use(GRANTER, REF), 0);
    world_end();
}

/* Readers and a writer: writing goes when its last pin goes, reading with the last one. */
static void test_bits(void)
{
    grant_handle_t ro, rw;

    world_begin("map, version %u: a reader, then a writer", world_version);
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(MAPPER), GFN_RAM);
    CHECK_EQUAL(map_simple(MAPPER, REF, RO, 0, &ro), GNTST_okay);
    CHECK_EQUAL(entry_use(GRANTER, REF), GTF_reading);
    CHECK_EQUAL(map_simple(MAPPER, REF, RW, 1, &rw), GNTST_okay);
    CHECK_EQUAL(entry_use(GRANTER, REF), GTF_reading | GTF_writing);
    CHECK_EQUAL(grant_pins(world[GRANTER], REF), HSTR | HSTW);
    CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, 1), 0, rw), GNTST_okay);
    CHECK_EQUAL(entry_use(GRANTER, REF), GTF_reading);
    CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, 0), 0, ro), GNTST_okay);
    CHECK_EQUAL(entry_use(GRANTER, REF), 0);
    world_end();
}

/* What was granted when the first came is what later ones get. */
static void test_rewritten(void)
{
    grant_handle_t first, again, writer;

    world_begin("map, version %u: the entry is written anew", world_version);
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(MAPPER), GFN_RAM);
    CHECK_EQUAL(map_simple(MAPPER, REF, RO, 0, &first), GNTST_okay);
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(MAPPER), GFN_OTHER);
    CHECK_EQUAL(map_simple(MAPPER, REF, RW, 1, &writer), GNTST_general_error);
    CHECK_EQUAL(map_simple(MAPPER, REF, RO, 1, &again), GNTST_okay);
    CHECK_EQUAL(counts_of(GRANTER, GFN_RAM).references, 2 + 2 * 2);
    CHECK_EQUAL(counts_of(GRANTER, GFN_RAM).writers, 0);
    CHECK_EQUAL(counts_of(GRANTER, GFN_OTHER).references, 2);
    CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, 0), 0, first), GNTST_okay);
    CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, 1), 0, again), GNTST_okay);
    world_end();
}

/* The granter takes its own rights away: nobody gets more than it has. */
static void test_protected(void)
{
    struct pmt_protect op = { .gpfn = GFN_RAM, .nr = 1, .rights = PMTR_read };
    grant_handle_t first, second;

    world_begin("map: of what is protected meanwhile");
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(MAPPER), GFN_RAM);
    CHECK_EQUAL(map_simple(MAPPER, REF, RO, 0, &first), GNTST_okay);
    as(GRANTER);
    CHECK_EQUAL(hc_pmt_protect(&op, 1), 0);
    CHECK_EQUAL(op.status, PMTST_okay);
    CHECK_EQUAL(map_simple(MAPPER, REF, RW, 1, &second), GNTST_general_error);
    CHECK_EQUAL(entry_use(GRANTER, REF), GTF_reading);
    CHECK_EQUAL(map_simple(MAPPER, REF, RO, 1, &second), GNTST_okay);
    CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, 1), 0, second), GNTST_okay);
    op.rights = 0;
    op.done = 0;
    as(GRANTER);
    CHECK_EQUAL(hc_pmt_protect(&op, 1), 0);
    CHECK_EQUAL(op.status, PMTST_okay);
    CHECK_EQUAL(map_simple(MAPPER, REF, RW, 1, &second), GNTST_general_error);
    CHECK_EQUAL(map_simple(MAPPER, REF, RO, 1, &second), GNTST_general_error);
    CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, 0), 0, first), GNTST_okay);
    world_end();
}

/* The granter changes the word whenever it was looked at: five times, then it is over. */
static unsigned int looked;

static void point_change(const char *name, void *context)
{
    uint16_t *flags = context;

    if ( strcmp(name, "grant looked at") )
        return;
    looked++;
    *flags ^= GTF_PWT;
}

static void test_changing(void)
{
    grant_handle_t handle;

    world_begin("map, version %u: of what keeps changing", world_version);
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(MAPPER), GFN_RAM);
    machine_plan.context = entry_at(GRANTER, world_version, REF);
    machine_plan.at_point = point_change;
    looked = 0;
    CHECK_EQUAL(map_simple(MAPPER, REF, RW, 0, &handle), GNTST_general_error);
    machine_plan.at_point = NULL;
    CHECK_EQUAL(looked, 5);
    CHECK_EQUAL(entry_use(GRANTER, REF), 0);
    world_end();
}

/* Handles are as many as the limit says; a failure that comes later costs none. */
static void test_handles(void)
{
    enum { MOST = PAGE_SIZE / 32, AT_ONCE = 64 };
    grant_handle_t handle[MOST], no;
    unsigned int i, nr_free;

    world_how[MAPPER].maptrack_frames = 1;
    world_begin("map: handles");
    for ( i = 0; i < MOST; i++ )
    {
        entry_write(GRANTER, REF + i / AT_ONCE, GTF_permit_access, domid_of(MAPPER), GFN_RAM);
        CHECK_EQUAL(map_simple(MAPPER, REF + 100, RO, i, &no), GNTST_general_error);
        CHECK_EQUAL(map_simple(MAPPER, REF + i / AT_ONCE, RO, i, &handle[i]), GNTST_okay);
    }
    CHECK_EQUAL(map_simple(MAPPER, REF, RO, i, &no), GNTST_no_space);
    CHECK_EQUAL(grant_handles(world[MAPPER], &nr_free), MOST);
    CHECK_EQUAL(nr_free, 0);
    as_vcpu(MAPPER, 1);
    while ( i-- )
        CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, i), 0, handle[i]), GNTST_okay);
    CHECK_EQUAL(grant_handles(world[MAPPER], &nr_free), MOST);
    CHECK_EQUAL(nr_free, MOST);
    world_end();
}

/* Each thing that can fail fails once; nothing is left of it. */
static void test_faults(enum who caller, uint32_t flags)
{
    uint64_t *const fail[] = {
        &machine_plan.fail_alloc_at, &machine_plan.fail_page_at, &machine_plan.fail_window_at,
        &machine_plan.fail_device_at,
    };

    for ( unsigned int kind = 0; kind < sizeof(fail) / sizeof(fail[0]); kind++ )
    {
        int status = -1;

        for ( unsigned int at = 0; at < 20 && status; at++ )
        {
            struct gnttab_map_grant_ref op = { .flags = flags, .ref = REF };
            struct counts before, now;

            world_begin("map: failure %u of kind %u", at, kind);
            entry_write(GRANTER, REF, GTF_permit_access, domid_of(caller), GFN_RAM);
            op.host_addr = place(caller, 0);
            op.dom = domid_of(GRANTER);
            before = counts_of(GRANTER, GFN_RAM);
            machine_plan_reset();
            *fail[kind] = at;
            status = map_one(caller, &op);
            machine_plan_reset();
            now = counts_of(GRANTER, GFN_RAM);
            if ( status )
            {
                CHECK(status < 0 && status >= GNTST_no_space, "status %d", status);
                CHECK_EQUAL(now.references, before.references);
                CHECK_EQUAL(now.writers, before.writers);
                CHECK_EQUAL(entry_use(GRANTER, REF), 0);
            }
            else
                CHECK_EQUAL(unmap_one(caller, op.host_addr, op.dev_bus_addr, op.handle), 0);
            world_end();
        }
    }
}

void test_map(void)
{
    for ( world_version = 1; world_version <= 2; world_version++ )
    {
        for ( unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++ )
            test_row(&rows[i]);
        test_full();
        test_bits();
        test_rewritten();
        test_changing();
    }
    world_version = 1;
    test_protected();
    test_handles();
    test_faults(MAPPER, RW);
    test_faults(DOM0, IA64 ? RW : BOTH);
}
