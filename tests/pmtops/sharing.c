/* SPDX-License-Identifier: MIT */
/* PMTOP_map: a grant, where it was asked for, or where the page is already. */
#include "pmtops.h"

static void unmap(unsigned int who, uint64_t address, grant_handle_t handle)
{
    struct gnttab_unmap_grant_ref u = { .host_addr = address, .handle = handle };

    as(who);
    EQUAL(hc_grant_table_unmap_grant_ref(&u, 1), 0);
    EQUAL(u.status, GNTST_okay);
}

void test_map(void)
{
    uint64_t at = address_of(DRIVER, HOLES), word = 0;
    struct pmt_map m = { .address = at, .ref = 9, .domid = ID(GUEST) };

    *page_of(GUEST, 40) = 4711;
    grant_access(GUEST, 9, DRIVER, 40, false);
    as(DRIVER);
    EQUAL(call_map(&m), PMTST_okay);
    EQUAL(m.address, at);
    EQUAL(PMTE_mfn(m.entry), mfn_of(GUEST, 40));
    CHECK(m.entry & PMTE_foreign);
    EQUAL(machine_read(machine_vcpu(world.d[DRIVER], 0), at, &word, 8), 0);
    EQUAL(word, 4711);
    AUDIT();
    unmap(DRIVER, at, m.handle);
    EQUAL(word_of(DRIVER, HOLES) & PMTE_present, 0);
    grant_end(GUEST, 9);

    /* Who has no right is told no frame. */
    grant_access(DRIVER, 9, GUEST, 40, true);
    m = (struct pmt_map){ .address = at, .ref = 9, .domid = ID(DRIVER), .flags = PMTM_readonly };
    as(GUEST);
    EQUAL(call_map(&m), PMTST_okay);
    EQUAL(m.entry, 0);
    CHECK(machine_write(machine_vcpu(world.d[GUEST], 0), at, &word, 8));
    unmap(GUEST, at, m.handle);
    AUDIT();
}

void test_map_refused(void)
{
    uint64_t at = address_of(DRIVER, HOLES);

    grant_access(GUEST, 9, DRIVER, 40, true);
    grant_access(GUEST, 10, DOM0, 40, true);
    grant_access(GUEST, 11, DRIVER, GPFNS + 5, false);
    as(DRIVER);
    row(map, PMTST_bad_argument, .address = at, .ref = 9, .domid = ID(GUEST), .flags = 4);
    row(map, PMTST_bad_argument, .address = at, .ref = 9, .domid = ID(GUEST), .pad1 = 1);
    row(map, PMTST_bad_domain, .address = at, .ref = 9, .domid = 77);
    row(map, PMTST_bad_grant, .address = at, .ref = 9, .domid = ID(GUEST));
    row(map, PMTST_bad_grant, .address = at, .ref = 10, .domid = ID(GUEST), .flags = PMTM_readonly);
    row(map, PMTST_bad_grant, .address = at, .ref = 1u << 20, .domid = ID(GUEST));
    row(map, PMTST_bad_frame, .address = at, .ref = 11, .domid = ID(GUEST));
    row(map, PMTST_bad_frame, .address = at + 8, .ref = 9, .domid = ID(GUEST), .flags = PMTM_readonly);
    row(map, PMTST_bad_frame, .address = address_of(DRIVER, 40), .ref = 9, .domid = ID(GUEST),
        .flags = PMTM_readonly);
    row(map, PMTST_bad_frame, .address = address_of(DRIVER, GPFNS), .ref = 9, .domid = ID(GUEST),
        .flags = PMTM_readonly);
    if ( world.pv )
    {
        as(DOM0);
        row(map, PMTST_bad_frame, .address = 0x7fff0072ull << 12, .ref = 10, .domid = ID(GUEST),
            .flags = PMTM_readonly);
        as(DRIVER);
    }
    machine_plan_reset();
    machine_plan.denied = "grant_mapref";
    row(map, PMTST_denied, .address = at, .ref = 9, .domid = ID(GUEST), .flags = PMTM_readonly);
    machine_plan_reset();
    machine_plan.fail_window_at = 0;
    row(map, PMTST_no_memory, .address = address_of(DRIVER, 3000), .ref = 9, .domid = ID(GUEST),
        .flags = PMTM_readonly);
    machine_plan_reset();
    AUDIT();
}

/* One's own page, by a grant to oneself: it is told where it is already. */
void test_map_in_place(void)
{
    struct pmt_map m = { .address = address_of(DRIVER, HOLES), .ref = 9, .domid = ID(DRIVER) };
    uint64_t mapped;

    grant_access(DRIVER, 9, DRIVER, 40, false);
    as(DRIVER);
    mapped = pmt_nr_mapped(&world.d[DRIVER]->hv->pmt);
    EQUAL(call_map(&m), PMTST_okay);
    EQUAL(m.address, address_of(DRIVER, 40));
    EQUAL(PMTE_mfn(m.entry), mfn_of(DRIVER, 40));
    EQUAL(pmt_nr_mapped(&world.d[DRIVER]->hv->pmt), mapped);
    AUDIT();
    /* It is pinned all the same. */
    row(exchange, PMTST_busy, .gpfn = 40);
    unmap(DRIVER, m.address, m.handle);
    row(exchange, PMTST_okay, .gpfn = 40);
    AUDIT();
}

/* A page that was lent, and granted back to its lender. */
void test_map_lent(void)
{
    struct pmt_donate lend = { .gpfn = 40, .dest_gpfn = HOLES, .domid = ID(GUEST),
                               .rights = PMTR_read | PMTR_write };
    struct pmt_map m;

    machine_plan.denied = NULL;
    as(DOM0);
    EQUAL(call_donate(&lend), PMTST_okay);
    grant_access(GUEST, 9, DOM0, HOLES, false);
    grant_access(GUEST, 10, DRIVER, HOLES, false);
    m = (struct pmt_map){ .address = world.pv ? MACHINE_PV_BASE + (3000ull << 12)
                                              : address_of(DOM0, 3000),
                          .ref = 9, .domid = ID(GUEST) };
    as(DOM0);
    EQUAL(call_map(&m), PMTST_okay);
    if ( !world.pv )
        EQUAL(m.address, address_of(DOM0, 40));
    row(reclaim, PMTST_busy, .loan = lend.loan);
    AUDIT();
    unmap(DOM0, m.address, m.handle);
    row(reclaim, PMTST_okay, .loan = lend.loan);
    /* Nobody else gets it. */
    as(DRIVER);
    row(map, PMTST_bad_frame, .address = address_of(DRIVER, HOLES), .ref = 10, .domid = ID(GUEST));
    AUDIT();
}

/* What he is told of machine frames he can check; who is told none learns none this way. */
static void ends_by_address(unsigned int who, unsigned int granter, const struct pmt_map *m)
{
    uint64_t frame = mfn_of(granter, 40) << PMT_GRANULE_SHIFT;
    struct gnttab_unmap_grant_ref u[3] = {
        { .dev_bus_addr = frame, .handle = m->handle },
        { .dev_bus_addr = frame + PAGE_SIZE, .handle = m->handle },
        { .host_addr = m->address, .dev_bus_addr = frame, .handle = m->handle },
    };
    uint32_t pins = grant_pins(world.d[granter], 9);
    unsigned int i;

    as(who);
    EQUAL(hc_grant_table_unmap_grant_ref(u, 3), 0);
    for ( i = 0; i < 3; i++ )
        EQUAL(u[i].status, GNTST_bad_dev_addr);
    EQUAL(grant_pins(world.d[granter], 9), pins);
    unmap(who, m->address, m->handle);
    EQUAL(grant_pins(world.d[granter], 9), 0);
    AUDIT();
}

void test_map_guess(void)
{
    struct pmt_map m = { .address = address_of(GUEST, HOLES), .ref = 9, .domid = ID(DRIVER),
                         .flags = PMTM_device };

    grant_access(DRIVER, 9, GUEST, 40, false);
    as(GUEST);
    EQUAL(call_map(&m), PMTST_okay);
    EQUAL(m.entry, 0);
    ends_by_address(GUEST, DRIVER, &m);

    /* He was told, and may know it no more. */
    m = (struct pmt_map){ .address = address_of(DRIVER, HOLES), .ref = 9, .domid = ID(GUEST),
                          .flags = PMTM_device };
    grant_access(GUEST, 9, DRIVER, 40, false);
    as(DRIVER);
    EQUAL(call_map(&m), PMTST_okay);
    CHECK(m.entry != 0);
    machine_right(world.d[DRIVER], false);
    ends_by_address(DRIVER, GUEST, &m);
}

static void right_ends(const char *name, void *context)
{
    (void)context;
    if ( !strcmp(name, "grant mapped") )
        machine_right(world.d[DRIVER], false);
}

/* He has the right when the mapping is made, and not when it is told. */
void test_map_untold(void)
{
    struct pmt_map m = { .address = address_of(DRIVER, HOLES), .ref = 9, .domid = ID(GUEST),
                         .flags = PMTM_device };

    grant_access(GUEST, 9, DRIVER, 40, false);
    as(DRIVER);
    machine_plan.at_point = right_ends;
    EQUAL(call_map(&m), PMTST_okay);
    machine_plan_reset();
    EQUAL(m.entry, 0);
    CHECK(grant_pins(world.d[GUEST], 9) > 0xff);
    ends_by_address(DRIVER, GUEST, &m);
}

/* A page that is at address 0 already, or is mapped there: 0 is its name, not "leave it". */
void test_map_at_0(void)
{
    struct pmt_map m = { .address = address_of(GUEST, HOLES), .ref = 9, .domid = ID(GUEST) };
    struct gnttab_unmap_grant_ref u = { .handle = 0 };
    struct gnttab_map_grant_ref g = { .ref = 9, .dom = ID(GUEST), .flags = GNTMAP_host_map };
    struct xen_remove_from_physmap r = { .domid = DOMID_SELF };

    grant_access(GUEST, 9, GUEST, 0, false);
    as(GUEST);
    EQUAL(call_map(&m), PMTST_okay);
    EQUAL(m.address, 0);
    unmap(GUEST, 0, m.handle);
    EQUAL(grant_pins(world.d[GUEST], 9), 0);

    grant_access(GUEST, 9, DRIVER, 40, false);
    as(DRIVER);
    EQUAL(hc_memory_remove_from_physmap(&r), 0);
    EQUAL(hc_grant_table_map_grant_ref(&g, 1), 0);
    EQUAL(g.status, GNTST_okay);
    unmap(DRIVER, 0, g.handle);
    EQUAL(grant_pins(world.d[GUEST], 9), 0);

    /* Each half alone: the other has an address of its own. */
    m = (struct pmt_map){ .ref = 9, .domid = ID(GUEST), .flags = PMTM_device };
    EQUAL(call_map(&m), PMTST_okay);
    u.handle = m.handle;
    u.dev_bus_addr = PMTE_mfn(m.entry) << PMT_GRANULE_SHIFT;
    EQUAL(hc_grant_table_unmap_grant_ref(&u, 1), 0);
    EQUAL(u.status, GNTST_okay);
    EQUAL(grant_pins(world.d[GUEST], 9), 1);
    unmap(DRIVER, 0, m.handle);
    EQUAL(grant_pins(world.d[GUEST], 9), 0);
    AUDIT();
}

/* DRIVER, the owner's device model, has the owner's page in front of it. */
static bool sees_writable(unsigned int owner)
{
    xen_ulong_t idx = is_pv_domain(world.d[owner]) ? mfn_of(owner, 40) : 40;
    xen_pfn_t gfn = HOLES;
    int error = -1;
    struct xen_add_to_physmap_batch b = {
        .domid = DOMID_SELF, .space = XENMAPSPACE_gmfn_foreign, .size = 1, .u.foreign_domid = ID(owner),
    };

    set_xen_guest_handle(b.idxs, &idx);
    set_xen_guest_handle(b.gpfns, &gfn);
    set_xen_guest_handle(b.errs, &error);
    world.d[DRIVER]->target = ID(owner);
    as(DRIVER);
    EQUAL(hc_memory_add_to_physmap_batch(&b), 0);
    EQUAL(error, 0);
    return word_of(DRIVER, HOLES) & PMTE_writable;
}

static void sees_no_more(void)
{
    struct xen_remove_from_physmap r = { .domid = DOMID_SELF, .gpfn = HOLES };

    as(DRIVER);
    EQUAL(hc_memory_remove_from_physmap(&r), 0);
}

static unsigned int writers(unsigned int who, uint64_t gpfn)
{
    unsigned int references, nr;

    port_page_counts(mfn_of(who, gpfn), &references, &nr);
    return nr;
}

/* Who writes another's page by his own table is counted, as by a grant. */
void test_foreign_writes(void)
{
    CHECK(sees_writable(GUEST));
    EQUAL(writers(GUEST, 40), 1);
    as(GUEST);
    row(protect, PMTST_busy, .gpfn = 40, .nr = 1, .rights = PMTR_read);
    AUDIT();
    sees_no_more();
    EQUAL(writers(GUEST, 40), 0);
    as(GUEST);
    row(protect, PMTST_okay, .gpfn = 40, .nr = 1, .rights = PMTR_read);
    CHECK(!sees_writable(GUEST));
    EQUAL(writers(GUEST, 40), 0);
    AUDIT();
    sees_no_more();
    if ( !world.pv )
        return;
    /* A page table is no memory to write, and what others write is no page table. */
    CHECK(sees_writable(DOM0));
    CHECK(!machine_make_table(world.d[DOM0], mfn_of(DOM0, 40), true));
    AUDIT();
    sees_no_more();
    CHECK(machine_make_table(world.d[DOM0], mfn_of(DOM0, 40), true));
    CHECK(!sees_writable(DOM0));
    sees_no_more();
    CHECK(machine_make_table(world.d[DOM0], mfn_of(DOM0, 40), false));
    AUDIT();
}
