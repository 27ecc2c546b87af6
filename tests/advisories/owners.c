/* SPDX-License-Identifier: MIT */
/* Pages and who has them: resources, limits, death, and what a new page holds. */
#include "recipes.h"
#include "host.h"

static long answer, other_answer;

/* ---- resources ----------------------------------------------------------------------- */

/* P asks for frames of G's grant table; a translated P says where they shall appear. */
static struct xen_mem_acquire_resource resource_of(struct domain *d, unsigned int type, unsigned int id,
                                                   unsigned long *list, unsigned int nr)
{
    struct xen_mem_acquire_resource op = {
        .domid = d->domain_id, .type = type, .id = id, .nr_frames = nr,
    };

    set_xen_guest_handle(op.frame_list, list);
    return op;
}

/* P has a frame of G's table; G gives back what it sees of it, and dies, in each order. */
void recipe_resource_then_decrease(void)
{
    unsigned int order;
    uint64_t mfn;

    for ( order = 0; order < 3; order++ )
    {
        unsigned long list[1] = { FREE_GFN };
        struct xen_mem_acquire_resource op;

        begin();
        setup(g, 1);
        op = resource_of(g, XENMEM_resource_grant_table, XENMEM_resource_grant_table_id_shared, list, 1);
        as(p);
        EXPECT_IS(hc_memory_acquire_resource(&op), 0);
        EXPECT_IS(grant_frame(g, false, 0, false, &mfn), 0);
        port_page_put(mfn);
        if ( kind != PV )
            EXPECT_IS(add_to_physmap(g, XENMAPSPACE_grant_table, 0, FREE_GFN), 0);
        if ( order == 0 )
        {
            unsigned long frame = kind == PV ? mfn : FREE_GFN;
            struct xen_memory_reservation give = { .nr_extents = 1, .domid = DOMID_SELF };

            set_xen_guest_handle(give.extent_start, &frame);
            as(g);
            hc_memory_decrease_reservation(&give);
            EXPECT(port_page_owner(mfn) == g);
            EXPECT(port_page_is_special(mfn));
        }
        if ( order == 1 && kind == ITANIUM )
            EXPECT_IS(remove_from_physmap(p, FREE_GFN), 0);
        all_well();
        kill_domain(&g);
        if ( kind == ITANIUM )
            remove_from_physmap(p, FREE_GFN);
    }
}

/* Each field wrong, the wrong caller, size query and real one: errors, and nobody stays locked. */
void recipe_resource_refused(void)
{
    unsigned long list[4] = { FREE_GFN, FREE_GFN + 1, FREE_GFN + 2, FREE_GFN + 3 };
    struct xen_mem_acquire_resource good, op;
    unsigned int type, id;

    begin();
    good = resource_of(g, XENMEM_resource_grant_table, XENMEM_resource_grant_table_id_shared, list, 1);
    as(p);
    op = good, op.domid = NOBODY;
    EXPECT_IS(hc_memory_acquire_resource(&op), -ESRCH);
    op = good, op.domid = P_ID;
    EXPECT_IS(hc_memory_acquire_resource(&op), -EPERM);
    op = good, op.pad = 1;
    EXPECT_IS(hc_memory_acquire_resource(&op), -EINVAL);
    op = good, op.frame = 1ull << 32;
    EXPECT_IS(hc_memory_acquire_resource(&op), -EINVAL);
    op = good, op.frame = 0xffffffff;
    EXPECT_IS(hc_memory_acquire_resource(&op), -EINVAL);
    op = good, op.nr_frames = 0;
    EXPECT_IS(hc_memory_acquire_resource(&op), -EINVAL);
    for ( type = 0; type < 6; type++ )
        for ( id = 0; id < 4; id++ )
        {
            unsigned long room[1] = { FREE_GFN + 20 + type * 4 + id };

            op = resource_of(g, type, id, room, 1);
            as(p);
            answer = hc_memory_acquire_resource(&op);
            EXPECT(answer <= 0);
            if ( !answer )
                EXPECT(type == XENMEM_resource_grant_table && id == 0);
            op = resource_of(g, type, id, NULL, 0);
            hc_memory_acquire_resource(&op);
            all_well();
        }
    as(m);
    op = good;
    EXPECT_IS(hc_memory_acquire_resource(&op), -EPERM);
    kill_domain(&g);
}

/* ---- limits -------------------------------------------------------------------------------- */

/* Each domain populates until it fails: exactly at what it may have, with each size of extent. */
void recipe_quota_of_each(void)
{
    unsigned int order;
    struct domain *d[4];

    for ( order = 0; order < 4; order += 3 )
    {
        begin();
        d[0] = p, d[1] = g, d[2] = m, d[3] = x;
        for each( i, d )
        {
            uint64_t gfn = 1024;

            while ( gfn < 1024 + 4 * SPARE && populate(d[i], gfn, order) == 1 )
                gfn += 1u << order;
            EXPECT_IS(pages_of(d[i]), PAGES + SPARE);
            EXPECT_IS(d[i]->tot_pages, d[i]->max_pages);
            EXPECT_IS(populate(d[i], gfn, 0), 0);
        }
        accept(x, FIRST_REF, g, FREE_GFN);
        if ( (kind & STEALS) )
        {
            EXPECT_IS(transfer(g, DATA, x, FIRST_REF), GNTST_general_error);
            EXPECT_IS(pages_of(x), PAGES + SPARE);
        }
    }
}

/* Totals near the largest number there is: nothing wraps, nothing changes. */
void recipe_quota_at_the_top(void)
{
    static const uint64_t tops[] = { ~0u, ~0ull };
    uint64_t had;

    for each( i, tops )
    {
        begin();
        had = g->tot_pages;
        g->max_pages = tops[i];
        g->tot_pages = tops[i];
        EXPECT_IS(populate(g, FREE_GFN, 0), 0);
        EXPECT_IS(populate(g, 512, 9), 0);
        EXPECT_IS(g->tot_pages == tops[i], 1);
        if ( (kind & STEALS) )
        {
            accept(g, FIRST_REF, m, FREE_GFN);
            EXPECT_IS(transfer(m, DATA, g, FIRST_REF), GNTST_general_error);
        }
        EXPECT_IS(g->tot_pages == tops[i], 1);
        g->tot_pages = had;
        g->max_pages = had + 3;
        EXPECT_IS(populate(g, 512, 2), 0);
        EXPECT_IS(populate(g, FREE_GFN, 1), 1);
        EXPECT_IS(pages_of(g), had + 2);
    }
}

/* ---- death -------------------------------------------------------------------------------- */

static unsigned long frames_of_g[16];

static void dying_with_frames(void)
{
    unsigned int i;

    begin();
    for ( i = 0; i < 16; i++ )
        frames_of_g[i] = frame_at(g, DATA + i);
}

static void g_is_killed(void)
{
    struct domain *dead = g;

    machine_plan.preempt_always = true;
    machine_kill(dead);
    g = NULL;
}

/* P gives back G's pages for it. */
static void p_decreases(void)
{
    unsigned long frames[16];
    struct xen_memory_reservation op = { .nr_extents = 16, .domid = G_ID };

    memcpy(frames, frames_of_g, sizeof(frames));
    set_xen_guest_handle(op.extent_start, frames);
    as(p);
    other_answer = hc_memory_decrease_reservation(&op);
}

static void nothing_is_left(void)
{
    EXPECT_IS(machine_nr_domains(), 3);
    EXPECT(other_answer >= 0);
}

static void g_begins_to_die(void)
{
    if ( g && !g->is_dying )
        machine_dying(g);
}

static void decreased_and_dead(void)
{
    kill_domain(&g);
    EXPECT_IS(machine_nr_domains(), 3);
}

/* P gives back G's pages at each place within its death, and it dies at each place within that. */
void recipe_decrease_while_dying(void)
{
    EXPECT(interleaved(dying_with_frames, g_is_killed, &p, p_decreases, nothing_is_left) > 0);
    EXPECT(interleaved(dying_with_frames, p_decreases, &p, g_begins_to_die, decreased_and_dead) > 0);
}

static unsigned int distance[1] = { 10 }, node_of_vcpu[1] = { 0 };
static struct hv_vnuma_range vnuma_range = { 0, PAGES * PAGE_SIZE, 0, 0 };

static void with_vnuma(void)
{
    struct hv_vnuma vnuma = { 1, 1, 1, distance, node_of_vcpu, &vnuma_range };

    begin();
    EXPECT_IS(hv_domain_set_vnuma(g, &vnuma), 0);
}

static void ask_vnuma(void)
{
    unsigned int d[4], n[4];
    xen_vmemrange_t ranges[4];
    struct xen_vnuma_topology_info op = {
        .domid = G_ID, .nr_vnodes = 2, .nr_vcpus = 2, .nr_vmemranges = 2,
    };

    set_xen_guest_handle(op.vdistance.h, d);
    set_xen_guest_handle(op.vcpu_to_vnode.h, n);
    set_xen_guest_handle(op.vmemrange.h, ranges);
    as(p);
    answer = hc_memory_get_vnumainfo(&op);
    if ( !answer )
        EXPECT(op.nr_vnodes == 1 && d[0] == 10 && ranges[0].end == PAGES * PAGE_SIZE);
}

static void kill_g(void)
{
    if ( g )
        kill_domain(&g);
}

static void vnuma_or_error(void)
{
    EXPECT(answer == 0 || answer == -ESRCH || answer == -EOPNOTSUPP || answer == -EAGAIN);
    if ( g )
        kill_domain(&g);
    EXPECT_IS(machine_nr_domains(), 3);
}

/* The domain dies to its end at each place within a question about it. */
void recipe_map_while_dying(void)
{
    with_vnuma();
    ask_vnuma();
    EXPECT_IS(answer, 0);
    EXPECT(interleaved(with_vnuma, ask_vnuma, &p, kill_g, vnuma_or_error) > 0);
}

/* ---- lists ------------------------------------------------------------------------------------- */

/* Whatever gives lists, with counts of 0 to as many as there can be: no lock in a copy, no end missing. */
void recipe_no_copy_under_lock(void)
{
    static const unsigned int counts[] = { 0, 1, 64, 1000, 0x7fffffff, ~0u };
    static unsigned char room[64 * 1024];
    void *list;

    begin();
    as(p);
    list = machine_guest_alloc(p, 8 * PAGE_SIZE);
    EXPECT(list != NULL);
    for each( i, counts )
    {
        struct xen_machphys_mfn_list m2p = { .max_extents = counts[i] };
        struct xen_memory_map map_op = { .nr_entries = counts[i] };
        struct gnttab_setup_table frames = { .dom = G_ID, .nr_frames = counts[i] };

        set_xen_guest_handle(m2p.extent_start, list);
        set_xen_guest_handle(map_op.buffer, list);
        set_xen_guest_handle(frames.frame_list, list);
        as(p);
        EXPECT(hc_memory_op(XENMEM_machphys_mfn_list, &m2p) <= 0);
        EXPECT(hc_memory_machine_memory_map(&map_op) <= 0);
        map_op.nr_entries = counts[i];
        EXPECT(hc_memory_memory_map(&map_op) <= 0);
        EXPECT(hc_grant_table_setup_table(&frames, 1) <= 0);
        all_well();
    }
    (void)room;
}

/* Counts of 64, 65 and very many where a count is taken: bounded steps, refused or done in pieces. */
void recipe_long_counts(void)
{
    static const unsigned int counts[] = { 64, 65, 4000, ~0u };

    begin();
    for each( i, counts )
    {
        struct pmt_protect op = { .gpfn = 0, .nr = counts[i], .rights = PMTR_read | PMTR_write };
        struct pmt_attach window = { .domid = DOMID_SELF, .window = PMTW_leaf, .nr = counts[i],
                                     .address = kind == PV ? 0 : 2048 * PAGE_SIZE };
        struct pmt_detach back = { .nr = counts[i] };

        machine_plan_reset();
        as(g);
        EXPECT_IS(hc_pmt_protect(&op, 1), 0);
        EXPECT_IS(op.status, counts[i] <= PAGES ? PMTST_okay : PMTST_bad_frame);
        EXPECT(op.done <= PAGES);
        EXPECT_IS(hc_pmt_attach(&window, 1), 0);
        back.address = window.address;
        back.nr = window.done;
        if ( window.done )
            EXPECT_IS(hc_pmt_detach(&back, 1), 0);
        EXPECT(machine_counters.steps_most < 1000);
        all_well();
    }
}

/* ---- what a page holds --------------------------------------------------------------------------- */

static bool all_zero(const void *at, size_t bytes)
{
    const unsigned char *byte = at;

    while ( bytes-- )
        if ( *byte++ )
            return false;
    return true;
}

/* Every free page has been used by the hypervisor or a domain that died; each comes back cleared. */
void recipe_pages_come_clean(void)
{
    uint64_t mfn[64], gfn;
    unsigned int i;

    begin_with(&(struct scene){ .max_pages = 2000, .max_gpfns = 1 << 16 });
    for ( i = 0; i < 64; i++ )
    {
        EXPECT_IS(port_page_adopt(g, &mfn[i]), 0);
        memset(port_page_address(mfn[i]), 0xa5, PAGE_SIZE);
    }
    for ( i = 0; i < 64; i++ )
        port_page_free(mfn[i]);
    for ( gfn = 0; gfn < PAGES; gfn++ )
        memset(word_at(x, gfn), 0x5a, PAGE_SIZE);
    kill_domain(&x);
    for ( gfn = 1024; gfn < 1024 + 1500; gfn++ )
    {
        EXPECT_IS(populate(g, gfn, 0), 1);
        EXPECT(all_zero(word_at(g, gfn), PAGE_SIZE));
    }
    for ( gfn = 4096; gfn < 4096 + 64; gfn += 16 )
    {
        EXPECT_IS(populate(g, gfn, 4), 1);
        EXPECT(all_zero(word_at(g, gfn + 15), PAGE_SIZE));
    }
    {
        struct pmt_exchange op = { .gpfn = DATA };

        memset(word_at(g, DATA), 0x5a, PAGE_SIZE);
        as(g);
        EXPECT_IS(hc_pmt_exchange(&op, 1), 0);
        EXPECT_IS(op.status, PMTST_okay);
        EXPECT(all_zero(word_at(g, DATA), PAGE_SIZE));
    }
}

static bool still_there;
static struct vcpu *reader;
static uint64_t reads_at;

static void page_is_seen(void)
{
    uint64_t word;

    begin();
    reader = machine_vcpu(g, 3);
    reads_at = DATA * PAGE_SIZE;
    EXPECT(!machine_read(reader, reads_at, &word, sizeof(word)));
}

static void give_back(void)
{
    answer = decrease(g, DATA, 0);
}

/* Somebody else gets what is free. */
static void take_all_free(void)
{
    uint64_t gfn;

    for ( gfn = FREE_GFN; gfn < FREE_GFN + SPARE; gfn++ )
        populate(m, gfn, 0);
}

static void nobody_sees_it(void)
{
    uint64_t word;

    EXPECT(machine_read(reader, reads_at, &word, sizeof(word)));
    still_there = false;
    EXPECT_IS(answer, 1);
}

/* A page is freed while another vcpu has it in its TLB; whoever gets it, gets it alone. */
void recipe_freed_then_flushed(void)
{
    EXPECT(interleaved(page_is_seen, give_back, &m, take_all_free, nobody_sees_it) > 0);
    (void)still_there;
}

/* ---- what a guest is told -------------------------------------------------------------------------- */

/* The poison that structures begin with, on the stack of the hypervisor and in the guest. */
static __attribute__((noinline)) void poison_stack(void)
{
    volatile unsigned char bytes[16384];
    unsigned int i;

    for ( i = 0; i < sizeof(bytes); i++ )
        bytes[i] = 0xc7;
}

/* Four bytes of poison where the guest had none. */
static bool has_poison(const void *at, size_t bytes)
{
    const unsigned char *byte = at;
    size_t i;

    for ( i = 0; i + 4 <= bytes; i++ )
        if ( byte[i] == 0xc7 && byte[i + 1] == 0xc7 && byte[i + 2] == 0xc7 && byte[i + 3] == 0xc7 )
            return true;
    return false;
}

/* Every op of the three interfaces on structures of zeros, and of small numbers. */
void recipe_nothing_unset_is_told(void)
{
    static const unsigned int calls[] = {
        __HYPERVISOR_grant_table_op, __HYPERVISOR_memory_op, __HYPERVISOR_pmt_op,
    };
    unsigned int op, fill;
    struct domain *who[2];

    begin();
    who[0] = p, who[1] = g;
    for each( w, who )
        for each( c, calls )
            for ( op = 0; op < 32; op++ )
                for ( fill = 0; fill < 4; fill++ )
                {
                    unsigned char args[512];

                    memset(args, fill & 1, sizeof(args));
                    if ( fill & 2 )
                        memset(args + 16, 0, sizeof(args) - 16);
                    as(who[w]);
                    poison_stack();
                    if ( calls[c] == __HYPERVISOR_memory_op )
                        hc_memory_op(op, args);
                    else if ( calls[c] == __HYPERVISOR_pmt_op )
                        hc_pmt_op(op, args, 1);
                    else
                        hc_grant_table_op(op, args, 1);
                    if ( !EXPECT(!has_poison(args, sizeof(args))) )
                        printf("  (call %u, op %u)\n", calls[c], op);
                }
}
