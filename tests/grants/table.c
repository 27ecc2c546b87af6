/* SPDX-License-Identifier: MIT */
/* setup_table, query_size, get_status_frames, cache_flush: where and how large. */
#include "world.h"

#define MOST 4

static int setup(enum who who, domid_t dom, unsigned int nr, xen_pfn_t *list)
{
    struct gnttab_setup_table op = { .dom = dom, .nr_frames = nr, .status = 99 };
    long rc;

    set_xen_guest_handle(op.frame_list, list);
    as(who);
    rc = hc_grant_table_setup_table(&op, 1);
    return rc ? (int)rc : op.status;
}

static struct gnttab_query_size query(enum who who, domid_t dom)
{
    struct gnttab_query_size op = { .dom = dom, .nr_frames = 77, .max_nr_frames = 77, .status = 99 };

    as(who);
    CHECK_EQUAL(hc_grant_table_query_size(&op, 1), 0);
    return op;
}

/* A translated domain is told its own frames, or 0; a PV domain the machine's. */
static void test_setup(enum who who)
{
    xen_pfn_t *list;
    struct domain *d;

    world_begin("setup_table, domain %u", who);
    d = world[who];
    list = machine_guest_alloc(d, (MOST + 2) * sizeof(*list));
    memset(list, 0xcc, (MOST + 2) * sizeof(*list));
    CHECK_EQUAL(setup(who, DOMID_SELF, 0, list), GNTST_okay);
    CHECK_EQUAL(query(who, DOMID_SELF).nr_frames, 1);
    CHECK_EQUAL(setup(who, DOMID_SELF, MOST + 1, list), GNTST_general_error);
    CHECK_EQUAL(setup(who, DOMID_SELF, 400, list), GNTST_general_error);
    CHECK_EQUAL(query(who, DOMID_SELF).nr_frames, 1);
    CHECK_EQUAL(setup(who, DOMID_SELF, 3, list), GNTST_okay);
    CHECK_EQUAL(query(who, DOMID_SELF).nr_frames, 3);
    CHECK_EQUAL(query(who, DOMID_SELF).max_nr_frames, MOST);
    for ( unsigned int i = 0; i < 3; i++ )
    {
        uint64_t mfn;

        CHECK_EQUAL(grant_frame(d, false, i, false, &mfn), 0);
        CHECK_EQUAL(list[i], d->is_pv ? mfn : 0);
        port_page_put(mfn);
    }
    CHECK_EQUAL(list[3], (xen_pfn_t)0xccccccccccccccccull);
    CHECK_EQUAL(setup(who, DOMID_SELF, 1, list), GNTST_okay);
    CHECK_EQUAL(query(who, DOMID_SELF).nr_frames, 3);
    world_end();
}

/* A PV domain names machine frames: it is told them, also without the right to ask for others. */
static void test_pv_is_told(void)
{
    struct gnttab_map_grant_ref map = {
        .flags = GNTMAP_host_map | GNTMAP_device_map, .ref = REF, .dom = domid_of(GRANTER),
    };
    xen_pfn_t list[2] = { 0 };
    uint64_t mfn;

    world_begin("a PV domain without the right is told where its table is");
    map.host_addr = place(PV, 0);
    machine_right(world[PV], false);
    CHECK_EQUAL(setup(PV, DOMID_SELF, 2, list), GNTST_okay);
    for ( unsigned int i = 0; i < 2; i++ )
    {
        CHECK_EQUAL(grant_frame(world[PV], false, i, false, &mfn), 0);
        CHECK_EQUAL(list[i], mfn);
        port_page_put(mfn);
    }
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(PV), GFN_RAM);
    CHECK_EQUAL(map_one(PV, &map), GNTST_okay);
    CHECK_EQUAL(map.dev_bus_addr, p2m_gfn_to_mfn(world[GRANTER], GFN_RAM) << PAGE_SHIFT);
    /* And so each half ends by its own address. */
    CHECK_EQUAL(unmap_one(PV, map.host_addr, 0, map.handle), GNTST_okay);
    CHECK_EQUAL(unmap_one(PV, 0, map.dev_bus_addr, map.handle), GNTST_okay);
    CHECK_EQUAL(entry_use(GRANTER, REF), 0);
    world_end();
}

static void test_setup_mapped(void)
{
    struct xen_add_to_physmap add = {
        .domid = DOMID_SELF, .space = XENMAPSPACE_grant_table, .idx = 1, .gpfn = GFN_HOLE + 5,
    };
    xen_pfn_t list[2];

    world_begin("setup_table tells where the guest has its table");
    as(GRANTER);
    CHECK_EQUAL(hc_memory_add_to_physmap(&add), 0);
    CHECK_EQUAL(setup(GRANTER, DOMID_SELF, 2, list), GNTST_okay);
    CHECK_EQUAL(list[0], 0);
    CHECK_EQUAL(list[1], GFN_HOLE + 5);
    world_end();
}

static void test_setup_others(void)
{
    xen_pfn_t list[MOST];

    world_begin("setup_table and query_size of others");
    CHECK_EQUAL(setup(DOM0, domid_of(GRANTER), 2, list), GNTST_okay);
    CHECK_EQUAL(query(DOM0, domid_of(GRANTER)).nr_frames, 2);
    CHECK_EQUAL(setup(MAPPER, domid_of(GRANTER), 2, list), GNTST_permission_denied);
    CHECK_EQUAL(query(MAPPER, domid_of(GRANTER)).status, GNTST_permission_denied);
    CHECK_EQUAL(setup(DOM0, 0x7001, 2, list), GNTST_bad_domain);
    CHECK_EQUAL(query(DOM0, 0x7001).status, GNTST_bad_domain);
    CHECK_EQUAL(setup(MAPPER, DOMID_SELF, 1, (xen_pfn_t *)16),
                IA64 ? -EFAULT : GNTST_bad_virt_addr);
    world_end();
}

/* Growing fails at each place: as large as before, in both versions. */
static void test_setup_faults(unsigned int version)
{
    xen_pfn_t list[MOST];
    int status = 1;

    world_version = version;
    for ( unsigned int kind = 0; kind < 2; kind++, status = 1 )
        for ( unsigned int at = 0; at < 10 && status; at++ )
        {
            world_begin("setup_table, version %u, failure %u of kind %u", version, at, kind);
            as(GRANTER);
            machine_plan_reset();
            *(kind ? &machine_plan.fail_window_at : &machine_plan.fail_page_at) = at;
            status = setup(GRANTER, DOMID_SELF, MOST, list);
            machine_plan_reset();
            CHECK_EQUAL(query(GRANTER, DOMID_SELF).nr_frames, status ? 1 : MOST);
            CHECK(!status || status == GNTST_general_error, "status %d", status);
            CHECK_EQUAL(setup(GRANTER, DOMID_SELF, MOST, list), GNTST_okay);
            entry_write(GRANTER, PAGE_SIZE / 16 * MOST - 1, GTF_permit_access, domid_of(MAPPER),
                        GFN_RAM);
            world_end();
        }
    world_version = 1;
}

/* ---- status frames ---------------------------------------------------------------------- */

static int status_frames(enum who who, domid_t dom, unsigned int nr, uint64_t *list)
{
    struct gnttab_get_status_frames op = { .dom = dom, .nr_frames = nr, .status = 99 };
    long rc;

    set_xen_guest_handle(op.frame_list, list);
    as(who);
    rc = hc_grant_table_get_status_frames(&op, 1);
    return rc ? (int)rc : op.status;
}

static void test_status(void)
{
    uint64_t list[10], mfn = 0;

    world_begin("get_status_frames");
    memset(list, 0xcc, sizeof(list));
    CHECK_EQUAL(status_frames(MAPPER, DOMID_SELF, 1, list), -ENOSYS);
    if ( IA64 )
    {
        CHECK_EQUAL(status_frames(DOM0, DOMID_SELF, 1, list), -ENOSYS);
        world_end();
        return;
    }
    CHECK_EQUAL(status_frames(DOM0, DOMID_SELF, 1, list), GNTST_general_error);
    CHECK_EQUAL(status_frames(DOM0, DOMID_SELF, 0, list), GNTST_okay);
    CHECK_EQUAL(set_version(DOM0, 2), 0);
    CHECK_EQUAL(status_frames(DOM0, DOMID_SELF, 2, list), GNTST_general_error);
    CHECK_EQUAL(status_frames(DOM0, DOMID_SELF, 8, list), GNTST_general_error);
    CHECK_EQUAL(status_frames(DOM0, DOMID_SELF, 1, list), GNTST_okay);
    CHECK_EQUAL(grant_frame(world[DOM0], true, 0, false, &mfn), 0);
    CHECK_EQUAL(list[0], mfn);
    CHECK_EQUAL(list[1], 0xccccccccccccccccull);
    port_page_put(mfn);
    CHECK_EQUAL(status_frames(DOM0, 0x7001, 1, list), GNTST_bad_domain);
    machine_plan.denied = "grant_setup";
    CHECK_EQUAL(status_frames(DOM0, domid_of(PV), 1, list), GNTST_permission_denied);
    machine_plan.denied = NULL;
    world_end();
}

/* ---- caches --------------------------------------------------------------------------------- */

static long flush(enum who who, uint64_t mfn, uint16_t offset, uint16_t length, uint32_t op)
{
    struct gnttab_cache_flush arg = {
        .a.dev_bus_addr = mfn << PAGE_SHIFT, .offset = offset, .length = length, .op = op,
    };

    as(who);
    return hc_grant_table_cache_flush(&arg, 1);
}

static void test_cache(void)
{
    const uint32_t clean = GNTTAB_CACHE_CLEAN, drop = GNTTAB_CACHE_INVAL;
    uint64_t own, granted;
    grant_handle_t handle;

    world_begin("cache_flush");
    own = p2m_gfn_to_mfn(world[DOM0], GFN_RAM);
    granted = p2m_gfn_to_mfn(world[GRANTER], GFN_RAM);
    if ( IA64 )
    {
        CHECK_EQUAL(flush(DOM0, own, 0, 8, clean), -ENOSYS);
        world_end();
        return;
    }
    CHECK_EQUAL(flush(MAPPER, own, 0, 8, clean), -ENOSYS);
    CHECK_EQUAL(flush(DOM0, own, 0, 8, clean), 0);
    CHECK_EQUAL(flush(DOM0, own, 0, 8, clean | drop), 0);
    CHECK_EQUAL(flush(DOM0, own, 0, 8, drop), -EOPNOTSUPP);
    CHECK_EQUAL(flush(DOM0, own, 0, 0, clean), 0);
    CHECK_EQUAL(flush(DOM0, own, 0, 8, 0), 0);
    CHECK_EQUAL(flush(DOM0, own, PAGE_SIZE, 0, clean), -EINVAL);
    CHECK_EQUAL(flush(DOM0, own, PAGE_SIZE - 4, 8, clean), -EINVAL);
    CHECK_EQUAL(flush(DOM0, own, 0, 8, 4), -EINVAL);
    CHECK_EQUAL(flush(DOM0, own, 0, 8, GNTTAB_CACHE_SOURCE_GREF | clean), -EINVAL);
    CHECK_EQUAL(flush(DOM0, port_max_mfn() + 1, 0, 8, clean), -EINVAL);
    CHECK_EQUAL(flush(DOM0, granted, 0, 8, clean), -EINVAL);
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(DOM0), GFN_RAM);
    CHECK_EQUAL(map_simple(DOM0, REF, GNTMAP_host_map, 0, &handle), GNTST_okay);
    CHECK_EQUAL(flush(DOM0, granted, 0, 8, clean), 0);
    CHECK_EQUAL(flush(PV, granted, 0, 8, clean), -EINVAL);
    CHECK_EQUAL(unmap_one(DOM0, place(DOM0, 0), 0, handle), GNTST_okay);
    CHECK_EQUAL(flush(DOM0, granted, 0, 8, clean), -EINVAL);
    world_end();
}

/* Nobody's page; and a place to go on from, with nothing to do. */
static void test_cache_more(void)
{
    struct gnttab_cache_flush arg = { .length = 0, .op = GNTTAB_CACHE_CLEAN };
    uint64_t mfn;

    if ( IA64 )
        return;
    world_begin("cache_flush: nobody's page, and going on");
    CHECK_EQUAL(port_page_alloc(world[THIRD], 0, 0, &mfn), 0);
    port_page_free(mfn);
    CHECK_EQUAL(flush(DOM0, mfn, 0, 8, GNTTAB_CACHE_CLEAN), -EPERM);
    as(DOM0);
    CHECK_EQUAL(hc_grant_table_op(GNTTABOP_cache_flush | 1u << 12, &arg, 1), -EILSEQ);
    world_end();
}

/* Tables of 4096 entries and more are looked through in steps. */
static void test_cache_long(void)
{
    const grant_ref_t last = 16 * 512 - 1;
    uint64_t continuations;
    grant_handle_t handle;

    if ( IA64 )
        return;
    world_how[GRANTER].grant_frames = 16;
    world_begin("cache_flush: a long table, interrupted");
    entry_write(GRANTER, last, GTF_permit_access, domid_of(DOM0), GFN_RAM);
    CHECK_EQUAL(map_simple(DOM0, last, GNTMAP_host_map, 0, &handle), GNTST_okay);
    machine_plan_reset();
    machine_plan.preempt_always = true;
    continuations = machine_counters.continuations;
    CHECK_EQUAL(flush(DOM0, p2m_gfn_to_mfn(world[GRANTER], GFN_RAM), 0, 8, GNTTAB_CACHE_CLEAN), 0);
    CHECK_EQUAL(machine_counters.continuations - continuations, 1);
    machine_plan_reset();
    CHECK_EQUAL(unmap_one(DOM0, place(DOM0, 0), 0, handle), GNTST_okay);
    world_end();
}

/* Frames of a table are pages of the domain's; so are what it grants. */
static void test_large_pages(unsigned int page_shift, unsigned int version)
{
    const grant_ref_t last = (1u << page_shift) / (version == 2 ? 16 : 8) - 1;
    uint32_t word = 0;
    grant_handle_t handle;

    world_how[GRANTER].page_shift = world_how[MAPPER].page_shift = page_shift;
    world_version = version;
    world_begin("pages of 2^%u bytes, version %u", page_shift, version);
    entry_write(GRANTER, last, GTF_permit_access, domid_of(MAPPER), GFN_RAM);
    *((uint32_t *)page_at(GRANTER, GFN_RAM) + (1u << page_shift) / 4 - 1) = 0xbeef;
    CHECK_EQUAL(map_simple(MAPPER, last, GNTMAP_host_map, 0, &handle), GNTST_okay);
    CHECK_EQUAL(query(GRANTER, DOMID_SELF).nr_frames, 1);
    CHECK_EQUAL(entry_use(GRANTER, last), GTF_reading | GTF_writing);
    CHECK_EQUAL(machine_read(machine_vcpu(world[MAPPER], 0),
                             place(MAPPER, 0) + (1u << page_shift) - 4, &word, 4), 0);
    CHECK_EQUAL(word, 0xbeef);
    CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, 0), 0, handle), GNTST_okay);
    CHECK_EQUAL(map_simple(MAPPER, last + 1, GNTMAP_host_map, 0, &handle), GNTST_bad_gntref);
    /* Who has pages of another size cannot have these. */
    entry_write(GRANTER, last, GTF_permit_access, domid_of(THIRD), GFN_RAM);
    CHECK_EQUAL(map_simple(THIRD, last, GNTMAP_host_map, 0, &handle), GNTST_bad_page);
    world_end();
    world_version = 1;
}

void test_table(void)
{
    test_setup(MAPPER);
    test_setup(DOM0);
    if ( !IA64 )
        test_pv_is_told();
    test_setup_mapped();
    test_setup_others();
    test_setup_faults(1);
    test_setup_faults(2);
    test_status();
    test_cache();
    test_cache_more();
    test_cache_long();
    for ( unsigned int version = 1; version <= 2; version++ )
        test_large_pages(16, version);
}
