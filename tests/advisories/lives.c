/* SPDX-License-Identifier: MIT */
/* Tables: windows, readers, growth, and how domains come and go. */
#include "recipes.h"
#include "host.h"

static long answer;

/* ---- windows -------------------------------------------------------------------------- */

static uint64_t window_at;

static void no_window(void)
{
    begin_with(&(struct scene){ .max_gpfns = 1 << 16 });
    machine_right(g, true);
    answer = -1;
}

static void attach_five(void)
{
    struct pmt_attach op = {
        .domid = DOMID_SELF, .window = PMTW_leaf, .nr = 5, .address = g->is_pv ? 0 : 2048 * PAGE_SIZE,
    };

    as(g);
    answer = hc_pmt_attach(&op, 1);
    if ( !answer )
        answer = op.status;
    window_at = op.address;
}

/* Nothing or all; and if nothing, the same works now. */
static void attached_or_not(void)
{
    struct pmt_detach op = { .nr = 5 };

    if ( answer )
        attach_five();
    EXPECT_IS(answer, PMTST_okay);
    op.address = window_at;
    as(g);
    EXPECT_IS(hc_pmt_detach(&op, 1), 0);
    EXPECT_IS(op.status, PMTST_okay);
    if ( !g->is_pv )
        EXPECT_IS(populate(g, 2048, 0), 1);
}

void recipe_windows_fail(void)
{
    failing(FAIL_ALL & ~FAIL_COPY, no_window, attach_five, attached_or_not);
    EXPECT(answer == PMTST_okay);
}

/* ---- cursors ----------------------------------------------------------------------------- */

/* done from the guest: beyond, at the end, in the middle: an error, or only its own range suffers. */
void recipe_cursor_edited(void)
{
    static const uint32_t done[] = { 0, 1, 7, 8, 9, 0x7fffffff, ~0u };

    for each( i, done )
    {
        struct pmt_protect op = { .gpfn = DATA, .nr = 8, .rights = PMTR_read, .done = done[i] };
        struct pmt_attach attach = { .domid = DOMID_SELF, .window = PMTW_leaf, .nr = 8, .done = done[i],
                                     .address = 2048 * PAGE_SIZE };
        struct pmt_detach detach = { .address = 2048 * PAGE_SIZE, .nr = 8, .done = done[i] };
        uint64_t word;

        begin_with(&(struct scene){ .max_gpfns = 1 << 16 });
        if ( g->is_pv )
            attach.address = 0;
        machine_plan.preempt_always = true;
        as(g);
        EXPECT_IS(hc_pmt_protect(&op, 1), 0);
        EXPECT_IS(op.status, done[i] <= 8 ? PMTST_okay : PMTST_bad_argument);
        EXPECT_IS(op.done, done[i] <= 8 ? 8 : done[i]);
        if ( !g->is_pv )
        {
            EXPECT(can_write(g, (DATA + 8) * PAGE_SIZE, 1));
            EXPECT(can_read(g, (DATA + 7) * PAGE_SIZE, &word));
            EXPECT_IS(can_write(g, DATA * PAGE_SIZE, 1), done[i] != 0);
        }
        machine_right(g, true);
        EXPECT_IS(hc_pmt_attach(&attach, 1), 0);
        EXPECT(attach.status <= 0 && attach.status >= PMTST_not_done);
        if ( done[i] > 8 )
            EXPECT_IS(attach.status, PMTST_bad_argument);
        if ( g->is_pv )
            detach.address = attach.address;
        EXPECT_IS(hc_pmt_detach(&detach, 1), 0);
        EXPECT(detach.status <= 0 && detach.status >= PMTST_not_done);
        if ( done[i] > 8 )
            EXPECT_IS(detach.status, PMTST_bad_argument);
        all_well();
    }
}

/* ---- readers ------------------------------------------------------------------------------- */

static bool stop_reading, half_seen;
static uint64_t first_mfn;

/* Every page of a run is there, or is the one hole that comes and goes. */
static void read_all(void *unused)
{
    uint64_t gfn;

    (void)unused;
    while ( !port_load(&stop_reading) )
        for ( gfn = 512; gfn < 1024; gfn++ )
        {
            uint64_t entry = pmt_lookup(&g->hv->pmt, gfn);
            bool present = entry & PMTE_present;

            if ( gfn != 700 && (!present || p2m_entry_mfn(entry) != first_mfn + gfn) )
                port_store(&half_seen, true);
            if ( present && gfn == 700 && port_page_owner(p2m_entry_mfn(entry)) != g
                 && pmt_lookup(&g->hv->pmt, gfn) == entry )
                port_store(&half_seen, true);
        }
}

/* A run is split and merged again, and others look at it all the time. */
void recipe_readers_see_whole(void)
{
    unsigned int i;

    begin_with(&(struct scene){ .pages = 64, .max_pages = 2000, .max_gpfns = 1 << 16 });
    EXPECT_IS(populate(g, 512, 9), 1);
    first_mfn = mfn_at(g, 512) - 512;
    stop_reading = half_seen = false;
    meanwhile(g, 1, read_all, NULL);
    meanwhile(g, 2, read_all, NULL);
    for ( i = 0; i < 100; i++ )
    {
        EXPECT_IS(decrease(g, 700, 0), 1);
        EXPECT_IS(populate(g, 700, 0), 1);
        pmt_merge(&g->hv->pmt, 4096);
    }
    port_store(&stop_reading, true);
    join_all();
    EXPECT(!half_seen);
}

/* A part of the table goes; what it was used for next is not seen through a window. */
void recipe_table_parts_reused(void)
{
    uint64_t gfn, word;
    unsigned int round;

    begin_with(&(struct scene){ .pages = 64, .max_pages = 2000, .max_gpfns = 1 << 16 });
    machine_right(g, true);
    attach_five();
    EXPECT_IS(answer, PMTST_okay);
    for ( round = 0; round < 3; round++ )
    {
        for ( gfn = 1024; gfn < 1536; gfn++ )
            EXPECT_IS(populate(g, gfn, 0), 1);
        for ( gfn = 0; gfn < 5; gfn++ )
            can_read(g, window_at + gfn * PAGE_SIZE, &word);
        for ( gfn = 1024; gfn < 1536; gfn++ )
            EXPECT_IS(decrease(g, gfn, 0), 1);
        pmt_merge(&g->hv->pmt, 4096);
        for ( gfn = 0; gfn < 512; gfn++ )
            populate(m, 4000 + gfn, 0);
        all_well();
        for ( gfn = 0; gfn < 512; gfn++ )
            decrease(m, 4000 + gfn, 0);
    }
}

/* ---- death ----------------------------------------------------------------------------------- */

/* One page at the top of a large table: death costs what is there, not what could be. */
void recipe_kill_sparse(void)
{
    uint64_t few;

    begin();
    machine_plan_reset();
    kill_domain(&g);
    few = machine_counters.looks;
    begin_with(&(struct scene){ .max_gpfns = 1ull << 24 });
    EXPECT_IS(populate(g, (1ull << 24) - 1, 0), 1);
    machine_plan_reset();
    kill_domain(&g);
    EXPECT(machine_counters.looks <= few + 200);
    EXPECT(machine_counters.steps_most < 5000);
}

/* Pages as far from each other as they can be: pages end it, at the limit, and nothing is left. */
void recipe_sparse_is_bounded(void)
{
    uint64_t gfn, step = 1ull << 15;
    unsigned int n = 0;

    begin_with(&(struct scene){ .max_gpfns = 1ull << 24 });
    for ( gfn = step; gfn < 1ull << 24; gfn += step )
        n += populate(g, gfn, 0) == 1;
    EXPECT_IS(n, SPARE);
    EXPECT_IS(pages_of(g), PAGES + SPARE);
    EXPECT_IS(populate(g, 1ull << 24, 0), 0);
    kill_domain(&g);
}

static void many_ways_in(void)
{
    unsigned long list = FREE_GFN, index = DATA, at = FREE_GFN + 1, room[1] = { FREE_GFN + 3 };
    struct xen_memory_reservation r = { .nr_extents = 1, .domid = G_ID };
    struct xen_add_to_physmap add = {
        .domid = G_ID, .space = XENMAPSPACE_gmfn, .idx = DATA, .gpfn = FREE_GFN + 2,
    };
    struct xen_add_to_physmap_batch batch = {
        .domid = G_ID, .space = XENMAPSPACE_gmfn_foreign, .size = 1, .u.foreign_domid = M_ID,
    };
    struct pmt_donate donate = { .gpfn = DATA, .dest_gpfn = FREE_GFN + 4, .domid = G_ID, .rights = PMTR_read };
    struct xen_mem_acquire_resource resource = {
        .domid = G_ID, .type = XENMEM_resource_grant_table, .nr_frames = 1,
    };
    int error = 0;

    (void)resource;
    (void)room;
    set_xen_guest_handle(r.extent_start, &list);
    set_xen_guest_handle(batch.idxs, &index);
    set_xen_guest_handle(batch.gpfns, &at);
    set_xen_guest_handle(batch.errs, &error);
    as(p);
    EXPECT_IS(hc_memory_populate_physmap(&r), 0);
    list = FREE_GFN;
    EXPECT_IS(hc_memory_increase_reservation(&r), 0);
    EXPECT(hc_memory_add_to_physmap(&add) < 0);
    EXPECT(hc_memory_op(XENMEM_add_to_physmap_batch, &batch) < 0 || error < 0);
    EXPECT_IS(hc_pmt_donate(&donate, 1), 0);
    EXPECT_IS(donate.status, PMTST_bad_domain);
    if ( (kind & STEALS) )
        EXPECT(transfer(m, DATA, g, FIRST_REF) < 0);
}

static void ways_in_now(void)
{
    if ( !g->is_dying )
        return;
    many_ways_in();
    answer++;
}

static void about_to_die(void)
{
    begin();
    accept(g, FIRST_REF, m, FREE_GFN + 5);
}

static struct domain *going;

static void dies_in_steps(void)
{
    machine_plan.preempt_always = true;
    going = g;
    machine_kill(g);
    g = NULL;
}

static void gone(void)
{
    EXPECT_IS(machine_nr_domains(), 3);
}

/* A dying domain gets nothing, by any way in, at any place within its death. */
void recipe_nothing_after_death(void)
{
    about_to_die();
    machine_dying(g);
    many_ways_in();
    kill_domain(&g);
    answer = 0;
    EXPECT(interleaved(about_to_die, dies_in_steps, &g, ways_in_now, gone) > 0);
    EXPECT(answer > 0);
}

static struct domain *new_one;

static void without_the_fourth(void)
{
    begin();
    kill_domain(&x);
    EXPECT_IS(machine_nr_domains(), 3);
    new_one = NULL;
}

static void make_it(void)
{
    const struct machine_domain how = {
        .id = 9, .pv = kind == PV, .hvm = kind == HVM, .pages = 64, .layout = LAYOUT_SCATTERED,
    };

    new_one = machine_domain(&how);
}

static void there_or_nothing(void)
{
    EXPECT_IS(machine_nr_domains(), new_one ? 4 : 3);
    if ( new_one )
        kill_domain(&new_one);
    EXPECT_IS(machine_nr_domains(), 3);
}

/* A new domain, with each thing it needs failing: nothing is left of it. */
void recipe_creation_fails(void)
{
    EXPECT(failing(FAIL_ALL & ~FAIL_COPY, without_the_fourth, make_it, there_or_nothing) > 3);
}

/* ---- rights -------------------------------------------------------------------------------- */

static struct vcpu *writer;

static void written_before(void)
{
    uint64_t word = 1;

    begin();
    writer = machine_vcpu(g, 3);
    EXPECT(!machine_write(writer, DATA * PAGE_SIZE, &word, sizeof(word)));
}

static void make_readonly(void)
{
    struct pmt_protect op = { .gpfn = DATA, .nr = 1, .rights = PMTR_read };

    as(g);
    EXPECT_IS(hc_pmt_protect(&op, 1), 0);
    answer = op.status;
}

static void write_again(void)
{
    uint64_t word = 2;

    machine_write(writer, DATA * PAGE_SIZE, &word, sizeof(word));
    copy(m, OWN(m, DATA, 0), BY_REF(g, FIRST_REF, 0), 8);
}

static void cannot_write(void)
{
    uint64_t word = 3;

    EXPECT_IS(answer, PMTST_okay);
    EXPECT(machine_write(writer, DATA * PAGE_SIZE, &word, sizeof(word)) != 0);
    EXPECT(!machine_read(writer, DATA * PAGE_SIZE, &word, sizeof(word)));
    grant(g, FIRST_REF, m, DATA, 0);
    EXPECT(copy(m, OWN(m, DATA, 0), BY_REF(g, FIRST_REF, 0), 8) < 0);
}

/* A page becomes read-only while another vcpu writes it at each place within: then it cannot. */
void recipe_protect_then_write(void)
{
    EXPECT(interleaved(written_before, make_readonly, &m, write_again, cannot_write) > 0);
}
