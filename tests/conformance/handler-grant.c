/* SPDX-License-Identifier: MIT */
/* The rows of handler-grant.def, but for copy and what comes behind: see handler-copy.c. */
#include "handler-rows.h"

static struct mapping what;

static long map_with(unsigned int entry, unsigned int flags)
{
    grant(g, FIRST_REF, m, DATA, entry);
    what = mapping_of(g, FIRST_REF, m, 0, flags);
    return map(m, &what);
}

/* ---- map ------------------------------------------------------------------------- */

long row_map_for_devices(void)
{
    return map_with(0, GNTMAP_host_map | GNTMAP_device_map);
}

long row_map_application(void)
{
    return map_with(0, GNTMAP_host_map | GNTMAP_application_map);
}

long row_map_entry(void)
{
    return map_with(0, GNTMAP_host_map | GNTMAP_contains_pte);
}

static long map_of(domid_t dom)
{
    grant(g, FIRST_REF, m, DATA, 0);
    what = mapping_of(g, FIRST_REF, m, 0, GNTMAP_host_map);
    what.dom = dom;
    return map(m, &what);
}

long row_map_unknown(void)
{
    return map_of(NOBODY);
}

long row_map_self(void)
{
    return map_of(DOMID_SELF);
}

long row_map_denied(void)
{
    machine_plan.denied = "grant_mapref";
    return map_of(G_ID);
}

/* One frame of handles, and as many maps as it takes. */
long row_map_no_handle(void)
{
    unsigned int i, ref;
    long rc;

    begin_with(&(struct scene){ .maptrack_frames = 1 });
    for ( ref = 0; ref < 400; ref++ )
        grant(g, FIRST_REF + ref, m, DATA, GTF_readonly);
    for ( i = 0; i < 3000; i++ )
    {
        what = mapping_of(g, FIRST_REF + i % 400, m, i, GNTMAP_host_map | GNTMAP_readonly);
        rc = map(m, &what);
        if ( rc )
            return rc;
    }
    return 0;
}

static unsigned int refs_of(struct domain *d)
{
    return grant_nr_frames(d, false) * PAGE_SIZE / sizeof(struct grant_entry_v1);
}

long row_map_beyond(void)
{
    what = mapping_of(g, refs_of(g), m, 0, GNTMAP_host_map);
    return map(m, &what);
}

long row_map_empty(void)
{
    what = mapping_of(g, FIRST_REF, m, 0, GNTMAP_host_map);
    return map(m, &what);
}

long row_map_of_another(void)
{
    grant(g, FIRST_REF, x, DATA, 0);
    what = mapping_of(g, FIRST_REF, m, 0, GNTMAP_host_map);
    return map(m, &what);
}

long row_map_acceptor(void)
{
    accept(g, FIRST_REF, m, FREE_GFN);
    what = mapping_of(g, FIRST_REF, m, 0, GNTMAP_host_map);
    return map(m, &what);
}

long row_map_part(void)
{
    set_version(g, 2);
    part(g, FIRST_REF, m, DATA, 0, 64);
    what = mapping_of(g, FIRST_REF, m, 0, GNTMAP_host_map | GNTMAP_readonly);
    return map(m, &what);
}

long row_map_transitive(void)
{
    set_version(g, 2);
    grant(x, FIRST_REF, g, DATA, 0);
    transitive(g, FIRST_REF, m, x, FIRST_REF);
    what = mapping_of(g, FIRST_REF, m, 0, GNTMAP_host_map | GNTMAP_readonly);
    return map(m, &what);
}

long row_map_readonly_to_write(void)
{
    return map_with(GTF_readonly, GNTMAP_host_map);
}

long row_map_readonly(void)
{
    return map_with(GTF_readonly, GNTMAP_host_map | GNTMAP_readonly);
}

long row_map_readonly_flags(void)
{
    map_with(GTF_readonly, GNTMAP_host_map | GNTMAP_readonly);
    return flags_of(g, FIRST_REF);
}

long row_map_absent(void)
{
    grant(g, FIRST_REF, m, DATA, 0);
    entry_of(g, FIRST_REF)->frame = g->is_pv ? 0x7fffffff : FREE_GFN;
    what = mapping_of(g, FIRST_REF, m, 0, GNTMAP_host_map);
    return map(m, &what);
}

/* What g has mapped of x's it cannot pass on. */
long row_map_foreign(void)
{
    struct mapping theirs;

    grant(x, FIRST_REF, g, DATA, 0);
    theirs = mapping_of(x, FIRST_REF, g, 0, GNTMAP_host_map);
    map(g, &theirs);
    grant(g, FIRST_REF, m, DATA, 0);
    entry_of(g, FIRST_REF)->frame = (uint32_t)(g->is_pv ? mfn_at(x, DATA) : theirs.where >> PAGE_SHIFT);
    what = mapping_of(g, FIRST_REF, m, 0, GNTMAP_host_map);
    return map(m, &what);
}

static long map_after(bool gone, bool back)
{
    begin_with(&(struct scene){ .pager = true });
    page_out(g, DATA, gone);
    if ( back )
        page_in(g, DATA);
    return map_with(0, GNTMAP_host_map);
}

long row_map_paged(void)
{
    return map_after(true, false);
}

long row_map_paged_flags(void)
{
    map_after(true, false);
    return flags_of(g, FIRST_REF);
}

long row_map_leaving(void)
{
    return map_after(false, false);
}

long row_map_came_back(void)
{
    return map_after(true, true);
}

static unsigned int maps_that_work(long *last)
{
    unsigned int i;

    grant(g, FIRST_REF, m, DATA, GTF_readonly);
    for ( i = 0; i < 300; i++ )
    {
        what = mapping_of(g, FIRST_REF, m, i, GNTMAP_host_map | GNTMAP_readonly);
        *last = map(m, &what);
        if ( *last )
            break;
    }
    return i;
}

long row_map_fits(void)
{
    long last;

    return maps_that_work(&last);
}

long row_map_too_often(void)
{
    long last;

    maps_that_work(&last);
    return last;
}

static struct grant_entry_v1 *changing;

static void change(const char *name, void *unused)
{
    (void)name;
    (void)unused;
    changing->flags ^= GTF_PWT;
}

long row_map_changing(void)
{
    grant(g, FIRST_REF, m, DATA, 0);
    changing = entry_of(g, FIRST_REF);
    machine_plan.at_point = change;
    what = mapping_of(g, FIRST_REF, m, 0, GNTMAP_host_map);
    return map(m, &what);
}

long row_map_no_table(void)
{
    grant(g, FIRST_REF, m, DATA, 0);
    what = mapping_of(g, FIRST_REF, m, 0, GNTMAP_host_map);
    what.where = 0xffffc00000000000ul;
    return map(m, &what);
}

long row_map_between(void)
{
    map_with(0, GNTMAP_host_map);               /* so that there is a table */
    unmap(m, &what);
    what.flags |= GNTMAP_contains_pte;
    what.where = machine_pte_address(m, place(m, 0)) + 4;
    return map(m, &what);
}

/* Refused once the entry has been looked at: nothing can be where it is to be. */
long row_map_fails_flags(void)
{
    grant(g, FIRST_REF, m, DATA, 0);
    what = mapping_of(g, FIRST_REF, m, 0, GNTMAP_host_map);
    what.where = m->is_pv ? 0xffffc00000000000ul : what.where + 8;
    if ( !map(m, &what) )
        return -1;
    return flags_of(g, FIRST_REF);
}

long row_map_handles(void)
{
    grant_handle_t handle[5];
    unsigned int i, j, different = 0;

    grant(g, FIRST_REF, m, DATA, 0);
    for ( i = 0; i < 5; i++ )
    {
        what = mapping_of(g, FIRST_REF, m, i, GNTMAP_host_map);
        map(m, &what);
        handle[i] = what.handle;
        for ( j = 0; j < i && handle[j] != handle[i]; j++ )
            ;
        different += j == i;
    }
    return different;
}

static long flags_after(unsigned int unmaps)
{
    struct mapping two[2];
    unsigned int i;

    grant(g, FIRST_REF, m, DATA, 0);
    for ( i = 0; i < 2; i++ )
    {
        two[i] = mapping_of(g, FIRST_REF, m, i, GNTMAP_host_map);
        map(m, &two[i]);
    }
    for ( i = 0; i < unmaps; i++ )
        unmap(m, &two[i]);
    return flags_of(g, FIRST_REF);
}

long row_unmap_first_of_two(void)
{
    return flags_after(1);
}

long row_unmap_last_of_two(void)
{
    return flags_after(2);
}

/* ---- unmap ------------------------------------------------------------------------ */

long row_unmap_no_handle(void)
{
    return unmap_parts(m, 0x7777777, place(m, 0), 0);
}

long row_unmap_twice(void)
{
    map_with(0, GNTMAP_host_map);
    unmap(m, &what);
    return unmap(m, &what);
}

long row_unmap_other_bus(void)
{
    map_with(0, GNTMAP_host_map | GNTMAP_device_map);
    return unmap_parts(m, what.handle, what.where, what.bus + PAGE_SIZE);
}

long row_unmap_elsewhere(void)
{
    map_with(0, GNTMAP_host_map);
    return unmap_parts(m, what.handle, what.where + PAGE_SIZE, 0);
}

long row_unmap_elsewhere_stays(void)
{
    if ( row_unmap_elsewhere() == GNTST_okay )
        return 1;
    return unmap(m, &what);
}

long row_unmap_nothing(void)
{
    map_with(0, GNTMAP_host_map);
    return unmap_parts(m, what.handle, 0, 0);
}

long row_unmap_nothing_stays(void)
{
    row_unmap_nothing();
    return flags_of(g, FIRST_REF);
}

long row_unmap_half(void)
{
    map_with(0, GNTMAP_host_map | GNTMAP_device_map);
    return unmap_parts(m, what.handle, what.where, 0);
}

long row_unmap_half_flags(void)
{
    row_unmap_half();
    return flags_of(g, FIRST_REF);
}

long row_unmap_other_half(void)
{
    row_unmap_half();
    return unmap_parts(m, what.handle, 0, what.bus);
}

long row_unmap_third_half(void)
{
    row_unmap_other_half();
    return unmap_parts(m, what.handle, what.where, 0);
}

/* Nothing that a guest can do brings this about: the machine forgets the granter's number. */
long row_unmap_of_gone(void)
{
    long rc;

    map_with(0, GNTMAP_host_map);
    machine_hide(g, true);
    rc = unmap(m, &what);
    machine_hide(g, false);
    return rc == GNTST_okay ? -1 : machine_crashed(m);
}

long row_unmap_of_living(void)
{
    map_with(0, GNTMAP_host_map);
    return unmap(m, &what) ? -1 : machine_crashed(m);
}

long row_replace_entry(void)
{
    struct gnttab_unmap_and_replace op = { .new_addr = place(m, 1), .status = 1 };

    map_with(0, GNTMAP_host_map);
    unmap(m, &what);
    what.flags |= GNTMAP_contains_pte;
    what.where = machine_pte_address(m, place(m, 0));
    if ( map(m, &what) )
        return 1;
    op.host_addr = what.where;
    op.handle = what.handle;
    hc_grant_table_unmap_and_replace(&op, 1);
    return op.status;
}

/* ---- tables ------------------------------------------------------------------------- */

static long setup_of(unsigned int frames, unsigned long *list)
{
    struct gnttab_setup_table op = { .dom = DOMID_SELF, .nr_frames = frames, .status = 1 };
    long rc;

    set_xen_guest_handle(op.frame_list, list);
    as(m);
    rc = hc_grant_table_setup_table(&op, 1);
    return rc ? rc : op.status;
}

long row_setup_too_many(void)
{
    unsigned long list[FRAMES + 1];

    return setup_of(FRAMES + 1, list);
}

long row_setup_fault(void)
{
    unsigned long list[1];

    as(m);
#ifdef PORT_IA64
    machine_plan.hole = machine_guest_physical(m, list);
#else
    machine_plan.hole = (unsigned long)list;
#endif
    machine_plan.hole_is_for_writes = true;
    machine_plan.hole_bytes = sizeof(list);
    return setup_of(1, list);
}

/* ---- devices ---------------------------------------------------------------------------- */

static long map_device_of(struct domain *granter)
{
    grant(granter, FIRST_REF, m, DATA, 0);
    entry_of(granter, FIRST_REF)->frame = MACHINE_IO_MFN;
    what = mapping_of(granter, FIRST_REF, m, 0, GNTMAP_host_map);
    return map(m, &what);
}

long row_map_device(void)
{
    return map_device_of(p);
}

long row_map_device_of_another(void)
{
    return map_device_of(g);
}
