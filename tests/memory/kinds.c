/* SPDX-License-Identifier: MIT */
/*
 * What each call does to each kind of entry: the matrix of p2m.h, through the calls.
 */
#include "scene.h"

/* How an entry of the kind comes to DOMU's frame 40. */
static void bring_ram(void)
{
}

static void bring_special(void)
{
    struct xen_add_to_physmap *op;

    as(DOMU);
    op = guest(sizeof(*op));
    op->domid = DOMID_SELF;
    op->space = XENMAPSPACE_shared_info;
    op->gpfn = 40;
    if ( hc_memory_add_to_physmap(op) )
        abort();
}

static void give_up(enum who who, uint64_t gfn)
{
    if ( p2m_discard(scene[who], gfn, P2M_DECREASE) )
        abort();
}

static void bring_foreign(void)
{
    uint64_t mfn;

    give_up(DOMU, 40);
    if ( p2m_get_page(scene[DOMX], 41, false, &mfn, NULL) ||
         p2m_add_page(scene[DOMU], 40, mfn, p2m_attributes(P2M_FOREIGN, true)) )
        abort();
}

static struct gnttab_map_grant_ref mapped;

static void bring_grant(void)
{
    struct gnttab_map_grant_ref *op;
    struct gnttab_setup_table *setup;
    xen_pfn_t *list;
    uint64_t mfn;
    grant_entry_v1_t *entry;

    as(DOMX);
    setup = guest(sizeof(*setup));
    list = guest(sizeof(*list));
    setup->dom = DOMID_SELF;
    setup->nr_frames = 1;
    set_xen_guest_handle(setup->frame_list, list);
    if ( hc_grant_table_setup_table(setup, 1) || setup->status ||
         grant_frame(scene[DOMX], false, 0, true, &mfn) )
        abort();
    entry = port_page_address(mfn);
    entry[9].domid = scene[DOMU]->domain_id;
    entry[9].frame = 41;
    entry[9].flags = GTF_permit_access;
    port_page_put(mfn);

    as(DOMU);
    give_up(DOMU, 40);
    op = guest(sizeof(*op));
    op->ref = 9;
    op->dom = scene[DOMX]->domain_id;
    op->flags = GNTMAP_host_map;
    op->host_addr = 40ul << scene[DOMU]->page_shift;
    if ( hc_grant_table_map_grant_ref(op, 1) || op->status )
        abort();
    mapped = *op;
}

static void end_grant(void)
{
    struct gnttab_unmap_grant_ref *op;

    as(DOMU);
    op = guest(sizeof(*op));
    op->host_addr = mapped.host_addr;
    op->handle = mapped.handle;
    CHECK_EQUAL(hc_grant_table_unmap_grant_ref(op, 1), 0);
    CHECK_EQUAL(op->status, 0);
}

static uint64_t loan;

static void bring_loan(void)
{
    give_up(DOMU, 40);
    if ( loan_give(scene[DOMX], 41, scene[DOMU], 40, true, &loan) )
        abort();
}

static void bring_lent(void)
{
    if ( loan_give(scene[DOMU], 40, scene[DOMX], HOLE, true, &loan) )
        abort();
}

static void end_loan(enum who lender)
{
    struct loan_back back = { 0 };

    CHECK_EQUAL(loan_take_back(scene[lender], loan, &back), 0);
    loan_end(&back, 1);
}

static void end_loan_taken(void)
{
    end_loan(DOMX);
}

static void end_loan_given(void)
{
    end_loan(DOMU);
}

static void bring_device(void)
{
    give_up(DOMU, 40);
    if ( p2m_add_page(scene[DOMU], 40, MACHINE_IO_MFN, p2m_attributes(P2M_DEVICE, true)) )
        abort();
}

static void bring_leaving(void)
{
    if ( p2m_page_leave(scene[DOMU], 40) )
        abort();
}

static void bring_paged(void)
{
    bring_leaving();
    if ( p2m_page_out(scene[DOMU], 40) )
        abort();
}

/* ---- the calls --------------------------------------------------------------------------------- */

static long call_decrease(void)
{
    struct xen_memory_reservation *op = guest(sizeof(*op));
    xen_pfn_t *frame = guest(sizeof(*frame));

    *frame = 40;
    op->nr_extents = 1;
    op->domid = DOMID_SELF;
    set_xen_guest_handle(op->extent_start, frame);
    return hc_memory_decrease_reservation(op) == 1 ? 0 : -EPERM;
}

static long call_add(unsigned int space, uint64_t idx, uint64_t gfn)
{
    struct xen_add_to_physmap *op = guest(sizeof(*op));

    op->domid = DOMID_SELF;
    op->space = space;
    op->idx = idx;
    op->gpfn = gfn;
    return hc_memory_add_to_physmap(op);
}

/* Something else comes to the place. */
static long call_replace(void)
{
    return call_add(XENMAPSPACE_gmfn, 50, 40);
}

static long call_replace_special(void)
{
    return call_add(XENMAPSPACE_grant_table, 0, 40);
}

/* It goes elsewhere itself. */
static long call_move(void)
{
    return call_add(XENMAPSPACE_gmfn, 40, HOLE + 1);
}

static long call_remove(void)
{
    struct xen_remove_from_physmap *op = guest(sizeof(*op));

    op->domid = DOMID_SELF;
    op->gpfn = 40;
    return hc_memory_remove_from_physmap(op);
}

static long call_populate(void)
{
    struct xen_memory_reservation *op = guest(sizeof(*op));
    xen_pfn_t *frame = guest(sizeof(*frame));

    *frame = 40;
    op->nr_extents = 1;
    op->domid = DOMID_SELF;
    set_xen_guest_handle(op->extent_start, frame);
    return hc_memory_populate_physmap(op) == 1 ? 0 : -EPERM;
}

enum { DECREASE, REPLACE, REPLACE_SPECIAL, MOVE, REMOVE, POPULATE, NR_CALLS };

static const struct {
    const char *name;
    long (*call)(void);
} calls[NR_CALLS] = {
    { "decrease", call_decrease }, { "replace", call_replace },
    { "replace by Xen's", call_replace_special }, { "move", call_move },
    { "remove", call_remove }, { "populate", call_populate },
};

/* What each call answers; how the entry ends where it stays. */
static const struct {
    const char *name;
    enum p2m_kind kind;
    void (*bring)(void);
    void (*end)(void);
    long answer[NR_CALLS];
} kinds[] = {
    { "memory",  P2M_RAM,     bring_ram,     NULL, { 0, 0, 0, 0, 0, -EPERM } },
    { "special", P2M_SPECIAL, bring_special, NULL, { 0, 0, 0, -EACCES, 0, -EPERM } },
    { "foreign", P2M_FOREIGN, bring_foreign, NULL, { -EPERM, -EPERM, -EPERM, -EACCES, 0, -EPERM } },
    { "grant",   P2M_GRANT,   bring_grant,   end_grant,
      { -EPERM, -EPERM, -EPERM, -EACCES, -EPERM, -EPERM } },
    { "loan",    P2M_LOAN,    bring_loan,    end_loan_taken,
      { -EPERM, -EPERM, -EPERM, -EACCES, -EPERM, -EPERM } },
    { "lent",    P2M_LENT,    bring_lent,    end_loan_given,
      { -EPERM, -EPERM, -EPERM, -EACCES, -EPERM, -EPERM } },
    { "device",  P2M_DEVICE,  bring_device,  NULL,
      { -EPERM, -EPERM, -EPERM, -EACCES, -EPERM, -EPERM } },
    { "leaving", P2M_LEAVING, bring_leaving, NULL, { 0, 0, 0, -EACCES, 0, -EPERM } },
    { "paged out", P2M_PAGED, bring_paged,   NULL, { 0, 0, 0, -EINVAL, -ENOENT, 0 } },
};

static void run_cell(unsigned int k, unsigned int c)
{
    char what[80];
    uint64_t entry;
    long answer;

    snprintf(what, sizeof(what), "kinds: %s of %s (pages of %u)", calls[c].name, kinds[k].name,
             1u << scene_shift);
    scene_what = what;
    scene_build();
    kinds[k].bring();
    as(DOMU);
    entry = entry_of(DOMU, 40);
    CHECK_EQUAL(p2m_kind(entry), kinds[k].kind);
    answer = calls[c].call();
    CHECK(answer == kinds[k].answer[c], "answers %ld, not %ld", answer, kinds[k].answer[c]);
    if ( answer )
        CHECK(entry_of(DOMU, 40) == entry, "refused, but the entry has changed");
    else if ( c != REPLACE && c != REPLACE_SPECIAL && c != POPULATE )
        CHECK(pmt_is_nothing(entry_of(DOMU, 40)), "it is still there");
    if ( kinds[k].end )
        kinds[k].end();
    scene_end("matrix");
}

void test_kinds(void)
{
    unsigned int k, c;

    for ( scene_shift = PAGE_SHIFT; scene_shift <= 16; scene_shift += 2 )
        for ( k = 0; k < sizeof(kinds) / sizeof(*kinds); k++ )
            for ( c = 0; c < NR_CALLS; c++ )
                run_cell(k, c);
    scene_shift = PAGE_SHIFT;
}
