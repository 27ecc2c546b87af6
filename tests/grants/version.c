/* SPDX-License-Identifier: MIT */
/* Versions of a table, the reserved entries, and swapping two. */
#include "world.h"

/* ---- which version ------------------------------------------------------------------- */

static void test_numbers(unsigned int most, unsigned int wanted, int rc, unsigned int now)
{
    struct gnttab_set_version op = { .version = wanted };
    struct gnttab_get_version get = { .dom = DOMID_SELF, .version = 77 };

    world_how[GRANTER].grant_version_max = most;
    world_begin("set_version(%u) where %u is the most", wanted, most);
    as(GRANTER);
    CHECK_EQUAL(hc_grant_table_set_version(&op, 1), rc);
    CHECK_EQUAL(op.version, now);
    CHECK_EQUAL(hc_grant_table_get_version(&get, 1), 0);
    CHECK_EQUAL(get.version, now);
    world_end();
}

static void test_get(void)
{
    struct gnttab_get_version get = { .dom = domid_of(GRANTER), .version = 77 };

    world_begin("get_version of others");
    as(DOM0);
    CHECK_EQUAL(hc_grant_table_get_version(&get, 1), 0);
    CHECK_EQUAL(get.version, 1);
    get.dom = 0x7001;
    CHECK_EQUAL(hc_grant_table_get_version(&get, 1), -ESRCH);
    as(MAPPER);
    get.dom = domid_of(GRANTER);
    CHECK_EQUAL(hc_grant_table_get_version(&get, 1), -EPERM);
    world_end();
}

/* ---- what is in use -------------------------------------------------------------------- */

/* A grant that is mapped: busy both ways, unless it is a reserved one. */
static void test_mapped(unsigned int from, grant_ref_t ref)
{
    const bool reserved = ref < GNTTAB_NR_RESERVED_ENTRIES;
    const uint16_t use = GTF_reading | GTF_writing;
    grant_handle_t handle;

    world_version = from;
    world_begin("set_version from %u, reference %u is mapped", from, ref);
    entry_write(GRANTER, ref, GTF_permit_access, domid_of(MAPPER), GFN_RAM);
    CHECK_EQUAL(map_simple(MAPPER, ref, GNTMAP_host_map, 0, &handle), GNTST_okay);
    CHECK_EQUAL(set_version(GRANTER, 3 - from), reserved ? 0 : -EBUSY);
    CHECK_EQUAL(entry_use(GRANTER, ref), use);
    CHECK_EQUAL(entry_frame(GRANTER, ref), GFN_RAM);
    CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, 0), 0, handle), GNTST_okay);
    CHECK_EQUAL(entry_use(GRANTER, ref), 0);
    CHECK_EQUAL(entry_flags(GRANTER, ref), GTF_permit_access);
    CHECK_EQUAL(set_version(GRANTER, from), 0);
    world_end();
    world_version = 1;
}

/* Reserved entries stay, others go. */
static void test_kept(void)
{
    world_begin("set_version keeps eight entries");
    for ( grant_ref_t ref = 0; ref < 12; ref++ )
        entry_write(GRANTER, ref, GTF_permit_access | (ref % 2 ? GTF_readonly : 0),
                    domid_of(MAPPER), GFN_RAM + ref);
    for ( unsigned int version = 2; version; version-- )
    {
        CHECK_EQUAL(set_version(GRANTER, version), 0);
        for ( grant_ref_t ref = 0; ref < 12; ref++ )
        {
            CHECK_EQUAL(entry_flags(GRANTER, ref),
                        ref >= 8 ? 0 : GTF_permit_access | (ref % 2 ? GTF_readonly : 0));
            CHECK_EQUAL(entry_frame(GRANTER, ref), ref >= 8 ? 0 : GFN_RAM + ref);
        }
    }
    world_end();
}

/* What version 1 has no words for. */
static void test_range(void)
{
    world_version = 2;
    world_begin("set_version(1) with entries that do not fit");
    entry_write(GRANTER, 3, GTF_permit_access, domid_of(MAPPER), 1ull << 32);
    CHECK_EQUAL(set_version(GRANTER, 1), -ERANGE);
    CHECK_EQUAL(entry_frame(GRANTER, 3), 1ull << 32);
    entry_write_part(GRANTER, 3, GTF_permit_access | GTF_sub_page, domid_of(MAPPER), 4, 1, 2);
    CHECK_EQUAL(set_version(GRANTER, 1), -ERANGE);
    entry_write_through(GRANTER, 3, 0, domid_of(MAPPER), domid_of(THIRD), 1);
    CHECK_EQUAL(set_version(GRANTER, 1), -ERANGE);
    entry_write(GRANTER, 3, GTF_accept_transfer, domid_of(MAPPER), 1ull << 40);
    CHECK_EQUAL(set_version(GRANTER, 1), -ERANGE);
    entry_write(GRANTER, 3, GTF_invalid, domid_of(MAPPER), 1ull << 40);
    CHECK_EQUAL(set_version(GRANTER, 1), 0);
    CHECK_EQUAL(entry_flags(GRANTER, 3), 0);
    world_end();
    world_version = 1;
}

/* Somebody has a status frame: it stays what it is. */
static void test_status_held(void)
{
    uint64_t mfn;

    world_version = 2;
    world_begin("set_version(1) while a status frame is mapped");
    CHECK_EQUAL(grant_frame(world[GRANTER], true, 0, false, &mfn), 0);
    CHECK_EQUAL(set_version(GRANTER, 1), -EBUSY);
    port_page_put(mfn);
    CHECK_EQUAL(set_version(GRANTER, 1), 0);
    CHECK_EQUAL(grant_frame(world[GRANTER], true, 0, true, &mfn), -EINVAL);
    world_end();
    world_version = 1;
}

/* A status frame in the guest's own table: busy until it is taken out. */
static void test_status_mapped(void)
{
    struct xen_add_to_physmap add = {
        .domid = DOMID_SELF, .space = XENMAPSPACE_grant_table,
        .idx = XENMAPIDX_grant_table_status, .gpfn = GFN_HOLE,
    };
    struct xen_remove_from_physmap remove = { .domid = DOMID_SELF, .gpfn = GFN_HOLE };

    world_version = 2;
    world_begin("set_version(1) while a status frame is in the table of frames");
    as(GRANTER);
    CHECK_EQUAL(hc_memory_add_to_physmap(&add), 0);
    CHECK_EQUAL(set_version(GRANTER, 1), -EBUSY);
    CHECK_EQUAL(hc_memory_remove_from_physmap(&remove), 0);
    CHECK_EQUAL(set_version(GRANTER, 1), 0);
    world_end();
    world_version = 1;
}

/* Each thing that is needed fails once: the version stays, and nothing is left. */
static void test_faults(void)
{
    for ( unsigned int at = 0, rc = 1; at < 10 && rc; at++ )
    {
        world_begin("set_version(2), failure %u", at);
        machine_plan_reset();
        machine_plan.fail_page_at = at;
        rc = set_version(GRANTER, 2);
        machine_plan_reset();
        CHECK(!rc || (int)rc == -ENOMEM, "rc %d", (int)rc);
        CHECK_EQUAL(grant_nr_frames(world[GRANTER], true), !rc);
        world_end();
    }
}

/* ---- others are in the middle ------------------------------------------------------------- */

static struct {
    const char *point;
    unsigned int version;
    int rc;
    bool done;
} meddle;

/* The granter's other processor changes the version, there. */
static void point_version(const char *name, void *context)
{
    (void)context;
    if ( meddle.done || strcmp(name, meddle.point) )
        return;
    meddle.done = true;
    meddle.rc = set_version(GRANTER, meddle.version);
    as(MAPPER);
}

static void test_between(const char *point, int rc, unsigned int version)
{
    struct gnttab_copy op = { .len = 8, .flags = GNTCOPY_source_gref };

    world_version = 2;
    world_begin("set_version(%u) at \"%s\" of a copy through another grant", version, point);
    CHECK_EQUAL(set_version(THIRD, 2), 0);
    entry_write(THIRD, REF, GTF_permit_access, domid_of(GRANTER), GFN_RAM);
    entry_write_through(GRANTER, 3, 0, domid_of(MAPPER), domid_of(THIRD), REF);
    op.source.u.ref = 3;
    op.source.domid = domid_of(GRANTER);
    op.dest.u.gmfn = frame_of_gfn(MAPPER, GFN_OTHER);
    op.dest.domid = DOMID_SELF;
    memset(&meddle, 0, sizeof(meddle));
    meddle.point = point;
    meddle.version = version;
    as(MAPPER);
    machine_plan.at_point = point_version;
    CHECK_EQUAL(hc_grant_table_copy(&op, 1), 0);
    machine_plan.at_point = NULL;
    CHECK(meddle.done, "the point was not reached");
    CHECK_EQUAL(meddle.rc, rc);
    CHECK_EQUAL(op.status, GNTST_okay);
    CHECK_EQUAL(entry_use(GRANTER, 3), 0);
    world_end();
    world_version = 1;
}

/* ---- swapping --------------------------------------------------------------------------------- */

static int swap(enum who who, grant_ref_t a, grant_ref_t b)
{
    struct gnttab_swap_grant_ref op = { .ref_a = a, .ref_b = b, .status = 99 };

    as(who);
    CHECK_EQUAL(hc_grant_table_swap_grant_ref(&op, 1), 0);
    return op.status;
}

static void test_swap(unsigned int version)
{
    const grant_ref_t limit = PAGE_SIZE / (version == 2 ? 16 : 8);
    const struct { grant_ref_t a, b; } bad[] = {
        { limit, 0 }, { 0, limit }, { ~0u, 0 }, { 0, ~0u }, { limit, limit }, { ~0u, ~0u },
        { REF, limit }, { 2 * limit, REF },
    };
    grant_handle_t handle;

    world_version = version;
    world_begin("swap, version %u", version);
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(MAPPER), GFN_RAM);
    entry_write(GRANTER, REF + 3, GTF_permit_access | GTF_readonly, domid_of(THIRD), GFN_OTHER);
    for ( unsigned int i = 0; i < sizeof(bad) / sizeof(bad[0]); i++ )
        CHECK_EQUAL(swap(GRANTER, bad[i].a, bad[i].b), GNTST_bad_gntref);
    CHECK_EQUAL(swap(GRANTER, REF, REF), GNTST_okay);
    CHECK_EQUAL(entry_frame(GRANTER, REF), GFN_RAM);
    CHECK_EQUAL(swap(GRANTER, REF + 3, REF), GNTST_okay);
    CHECK_EQUAL(entry_frame(GRANTER, REF), GFN_OTHER);
    CHECK_EQUAL(entry_flags(GRANTER, REF), GTF_permit_access | GTF_readonly);
    CHECK_EQUAL(entry_frame(GRANTER, REF + 3), GFN_RAM);
    CHECK_EQUAL(entry_flags(GRANTER, REF + 3), GTF_permit_access);
    CHECK_EQUAL(map_simple(MAPPER, REF + 3, GNTMAP_host_map, 0, &handle), GNTST_okay);
    CHECK_EQUAL(swap(GRANTER, REF + 3, REF), GNTST_eagain);
    CHECK_EQUAL(swap(GRANTER, REF, REF + 3), GNTST_eagain);
    CHECK_EQUAL(swap(GRANTER, limit - 1, limit - 2), GNTST_okay);
    CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, 0), 0, handle), GNTST_okay);
    CHECK_EQUAL(swap(GRANTER, REF, REF + 3), GNTST_okay);
    CHECK_EQUAL(entry_frame(GRANTER, REF), GFN_RAM);
    world_end();
    world_version = 1;
}

void test_version(void)
{
    test_numbers(2, 0, -EINVAL, 1);
    test_numbers(2, 1, 0, 1);
    test_numbers(2, 2, 0, 2);
    test_numbers(2, 3, -EINVAL, 1);
    test_numbers(2, ~0u, -EINVAL, 1);
    test_numbers(1, 2, -ENOSYS, 1);
    test_numbers(1, 3, -EINVAL, 1);
    test_get();
    for ( unsigned int from = 1; from <= 2; from++ )
    {
        test_mapped(from, REF);
        test_mapped(from, 2);
        test_swap(from);
    }
    test_kept();
    test_range();
    test_status_held();
    test_status_mapped();
    test_faults();
    test_between("grant through", -EAGAIN, 1);
    test_between("grant through", 0, 2);
    test_between("grant through", -EINVAL, 3);
}
