/* SPDX-License-Identifier: MIT */
/* Tables: entries and reverse entries, numbers beyond, special kinds. */
#include "recipes.h"
#include "host.h"

static long answer, other_answer;

/* ---- in step ------------------------------------------------------------------------- */

static uint64_t snapshot[MOST_GFNS / 8];
#define SNAPSHOT (sizeof(snapshot) / sizeof(snapshot[0]))

static void take_snapshot(void)
{
    uint64_t gfn;

    for ( gfn = 0; gfn < SNAPSHOT; gfn++ )
        snapshot[gfn] = mfn_at(g, gfn);
}

static unsigned int differences(void)
{
    unsigned int n = 0;
    uint64_t gfn;

    for ( gfn = 0; gfn < SNAPSHOT; gfn++ )
        n += snapshot[gfn] != mfn_at(g, gfn);
    return n;
}

static void before_changes(void)
{
    begin();
    take_snapshot();
}

static void populate_eight(void)
{
    answer = populate(g, FREE_GFN, 3) == 1 ? 0 : -1;
}

static void move_one(void)
{
    answer = add_to_physmap(g, XENMAPSPACE_gmfn, DATA, FREE_GFN);
}

static void add_table(void)
{
    answer = add_to_physmap(g, XENMAPSPACE_grant_table, 0, FREE_GFN);
}

static void exchange_eight(void)
{
    struct pmt_exchange op = { .gpfn = DATA, .order = 3 };

    as(g);
    answer = hc_pmt_exchange(&op, 1);
    if ( !answer )
        answer = op.status;
}

static void changed_or_not(void)
{
    if ( answer )
        EXPECT_IS(differences(), 0);
    EXPECT(pages_of(g) <= PAGES + 8);
}

/* Whatever puts pages somewhere, with each thing it needs failing: as before, or done. */
void recipe_set_fails(void)
{
    EXPECT(failing(FAIL_ALL & ~FAIL_COPY, before_changes, populate_eight, changed_or_not) > 0);
    EXPECT(failing(FAIL_ALL & ~FAIL_COPY, before_changes, exchange_eight, changed_or_not) > 0);
    if ( kind == PV )
        return;
    failing(FAIL_ALL & ~FAIL_COPY, before_changes, move_one, changed_or_not);
    failing(FAIL_ALL & ~FAIL_COPY, before_changes, add_table, changed_or_not);
}

static void mixed_range(void)
{
    begin();
    EXPECT_IS(populate(g, 512 + 3, 0), 1);
    EXPECT_IS(populate(g, 512 + 9, 0), 1);
    take_snapshot();
}

static void populate_over(void)
{
    answer = populate(g, 512, 4);
}

static void decrease_over(void)
{
    answer = decrease(g, 512, 4);
}

static void protect_over(void)
{
    struct pmt_protect op = { .gpfn = 512, .nr = 16, .rights = PMTR_read };

    as(g);
    answer = hc_pmt_protect(&op, 1);
    EXPECT(op.done <= 16);
}

static void all_in_step(void)
{
    EXPECT(pages_of(g) <= PAGES + 18);
}

/* A range of which parts are there: what is done of it has its books, what is not has none. */
void recipe_part_of_a_range(void)
{
    failing(FAIL_ALL, mixed_range, populate_over, all_in_step);
    failing(FAIL_ALL, mixed_range, decrease_over, all_in_step);
    failing(FAIL_ALL, mixed_range, protect_over, all_in_step);
    mixed_range();
    populate_over();
    EXPECT_IS(answer, 0);
    EXPECT_IS(pages_of(g), PAGES + 2);
}

/* ---- numbers beyond --------------------------------------------------------------------- */

/* The ops that PV and translated domains have instead of each other. */
static void physmap_beyond(unsigned long frame, const struct xen_memory_reservation *r)
{
    unsigned long list = frame, out = FREE_GFN;
    struct xen_memory_exchange x_op = { .in = *r, .out = *r };

    if ( kind == PV )
    {
        set_xen_guest_handle(x_op.in.extent_start, &list);
        set_xen_guest_handle(x_op.out.extent_start, &out);
        EXPECT_IS(hc_memory_exchange(&x_op), -EINVAL);
        return;
    }
    EXPECT(add_to_physmap(g, XENMAPSPACE_gmfn, DATA, frame) < 0);
    EXPECT(add_to_physmap(g, XENMAPSPACE_gmfn, frame, FREE_GFN) < 0);
    EXPECT(remove_from_physmap(g, frame) < 0);
}

/* Frames around the last, and of all widths, into each op that takes one. */
void recipe_frames_beyond(void)
{
    struct mapping theirs;
    uint64_t frames[] = {
        MOST_GFNS, MOST_GFNS + 1, 1ull << 28, 1ull << 32, 1ull << 40, 1ull << 52, ~0ull - 1, ~0ull,
        port_max_mfn() + 1, 0,
    };

    begin();
    frames[9] = port_max_mfn() + 1;
    frames[8] = kind == PV ? PORT_MFN_BASE - 1 : MOST_GFNS * 2;
    take_snapshot();
    as(g);
    for each( i, frames )
    {
        struct gnttab_copy c = copy_of(OWN(g, DATA, 0), OWN(g, DATA, 0), 8);
        unsigned long list = frames[i];
        struct xen_memory_reservation r = { .nr_extents = 1, .domid = DOMID_SELF };
        struct gnttab_transfer t = { .mfn = frames[i], .domid = X_ID, .ref = FIRST_REF };
        struct pmt_translate translate = { .gpfn = frames[i], .domid = DOMID_SELF };
        struct pmt_exchange e = { .gpfn = frames[i] };
        struct pmt_flip f = { .gpfn = frames[i], .domid = X_ID, .ref = FIRST_REF };
        struct pmt_protect pr = { .gpfn = frames[i], .nr = 1, .rights = PMTR_read };

        set_xen_guest_handle(r.extent_start, &list);
        as(g);
        EXPECT_IS(hc_memory_decrease_reservation(&r), 0);
        list = kind == PV && frames[i] < MOST_GFNS * 4 ? ~0ull : frames[i];
        EXPECT_IS(hc_memory_populate_physmap(&r), 0);
        c.source.u.gmfn = frames[i];
        EXPECT_IS(hc_grant_table_copy(&c, 1), 0);
        EXPECT_IS(c.status, GNTST_bad_page);
        if ( frames[i] == (uint32_t)frames[i] )
        {
            entry_of(x, FIRST_REF)->domid = G_ID;
            entry_of(x, FIRST_REF)->frame = (uint32_t)frames[i];
            entry_of(x, FIRST_REF)->flags = GTF_permit_access;
            EXPECT_IS(copy(g, BY_REF(x, FIRST_REF, 0), OWN(g, DATA, 0), 8), GNTST_bad_page);
            theirs = mapping_of(x, FIRST_REF, g, 0, GNTMAP_host_map);
            EXPECT_IS(map(g, &theirs), GNTST_bad_page);
            as(g);
        }
        if ( (kind & STEALS) )
        {
            EXPECT_IS(hc_grant_table_transfer(&t, 1), 0);
            EXPECT_IS(t.status, GNTST_bad_page);
        }
        EXPECT_IS(hc_pmt_translate(&translate, 1), 0);
        EXPECT(translate.status != PMTST_okay || (translate.entry & 1) == 0);
        EXPECT_IS(hc_pmt_exchange(&e, 1), 0);
        EXPECT_IS(e.status, PMTST_bad_frame);
        EXPECT_IS(hc_pmt_flip(&f, 1), 0);
        EXPECT(f.status < 0);
        EXPECT_IS(hc_pmt_protect(&pr, 1), 0);
        EXPECT(pr.status < 0);
        physmap_beyond(frames[i], &r);
        EXPECT_IS(differences(), 0);
        EXPECT_IS(pages_of(g), PAGES);
        all_well();
    }
}

/* A frame and its alias with another upper bit are not the same; the last is there, one more is not. */
void recipe_frames_alias(void)
{
    unsigned int bit;

    begin();
    EXPECT_IS(populate(g, MOST_GFNS - 1, 0), 1);
    EXPECT(mfn_at(g, MOST_GFNS - 1) != HV_INVALID_MFN);
    EXPECT_IS(populate(g, MOST_GFNS, 0), 0);
    EXPECT(mfn_at(g, MOST_GFNS) == HV_INVALID_MFN);
    for ( bit = 12; bit < 64; bit++ )
    {
        EXPECT(mfn_at(g, DATA | 1ull << bit) == HV_INVALID_MFN);
        EXPECT(!p2m_gfn_valid(g, DATA | 1ull << bit));
        EXPECT_IS(populate(g, FREE_GFN | 1ull << bit, 0), 0);
    }
    EXPECT(mfn_at(g, FREE_GFN) == HV_INVALID_MFN);
    kill_domain(&g);
}

/* ---- foreign ---------------------------------------------------------------------------- */

static long map_foreign(struct domain *d, struct domain *of, uint64_t theirs, uint64_t gfn)
{
    unsigned long index = theirs, at = gfn;
    int foreign_error = 0;
    long rc;
    struct xen_add_to_physmap_batch op = {
        .domid = d->domain_id, .space = XENMAPSPACE_gmfn_foreign, .size = 1,
        .u.foreign_domid = of->domain_id,
    };

    set_xen_guest_handle(op.idxs, &index);
    set_xen_guest_handle(op.gpfns, &at);
    set_xen_guest_handle(op.errs, &foreign_error);
    as(p);
    rc = hc_memory_op(XENMEM_add_to_physmap_batch, &op);
    return rc ? rc : foreign_error;
}

static void x_can_be_seen(void)
{
    begin();
    m->target = X_ID;
    grant(x, FIRST_REF, g, DATA, 0);
    *word_at(x, DATA) = 0x600d;
    *word_at(g, DATA) = 0;
}

static void map_page_of_x(void)
{
    answer = map_foreign(m, x, DATA, FREE_GFN);
}

static void copy_page_of_x(void)
{
    answer = copy(g, BY_REF(x, FIRST_REF, 0), OWN(g, DATA, 0), 64);
}

/* The page goes, and the frame comes back to X at another place, with something else in it. */
static void x_frees_it(void)
{
    uint64_t was = mfn_at(x, DATA), gfn;

    other_answer = decrease(x, DATA, 0);
    for ( gfn = FREE_GFN; gfn < FREE_GFN + SPARE; gfn++ )
        if ( populate(x, gfn, 0) == 1 && mfn_at(x, gfn) == was )
            *word_at(x, gfn) = 0x5ec3e7;
}

static void old_or_nothing(void)
{
    if ( !answer && mfn_at(m, FREE_GFN) != HV_INVALID_MFN )
    {
        EXPECT(port_page_owner(mfn_at(m, FREE_GFN)) == x);
        EXPECT(*word_at(m, FREE_GFN) != 0x5ec3e7);
    }
    EXPECT(*word_at(g, DATA) != 0x5ec3e7);
    EXPECT(end_access(x, FIRST_REF));
}

/* A page of X's is mapped by M, or copied by G; X frees it, and has it again, at each place within. */
void recipe_foreign_goes_away(void)
{
    x_can_be_seen();
    map_page_of_x();
    EXPECT_IS(answer, 0);
    EXPECT_IS(mfn_at(m, FREE_GFN), mfn_at(x, DATA));
    EXPECT(interleaved(x_can_be_seen, map_page_of_x, &x, x_frees_it, old_or_nothing) > 0);
    EXPECT(interleaved(x_can_be_seen, copy_page_of_x, &x, x_frees_it, old_or_nothing) > 0);
}

/* ---- special kinds --------------------------------------------------------------------------- */

/* Makes a special page appear at FREE_GFN of g's. */
static struct mapping special_map;

static void put_grant(void)
{
    grant(m, FIRST_REF, g, DATA, 0);
    special_map = mapping_of(m, FIRST_REF, g, 0, GNTMAP_host_map);
    special_map.where = FREE_GFN * PAGE_SIZE;
    EXPECT_IS(map(g, &special_map), GNTST_okay);
}

static void put_window(void)
{
    struct pmt_attach op = { .domid = DOMID_SELF, .window = PMTW_leaf, .nr = 1, .address = FREE_GFN * PAGE_SIZE };

    machine_right(g, true);
    as(g);
    EXPECT_IS(hc_pmt_attach(&op, 1), 0);
    EXPECT_IS(op.status, PMTST_okay);
}

static pmt_loan_t loan;

static void put_loan(void)
{
    struct pmt_donate op = { .gpfn = DATA, .dest_gpfn = FREE_GFN, .domid = G_ID, .rights = PMTR_read };

    as(p);
    p->target = G_ID;
    EXPECT_IS(hc_pmt_donate(&op, 1), 0);
    EXPECT_IS(op.status, PMTST_okay);
    loan = op.loan;
}

static void try_all(uint64_t gfn)
{
    uint64_t there = mfn_at(g, gfn);
    struct pmt_exchange e = { .gpfn = gfn };
    struct pmt_flip f = { .gpfn = gfn, .domid = X_ID, .ref = FIRST_REF };
    struct pmt_donate d = { .gpfn = gfn, .dest_gpfn = FREE_GFN + 9, .domid = X_ID, .rights = PMTR_read };

    accept(x, FIRST_REF, g, FREE_GFN);
    EXPECT_IS(decrease(g, gfn, 0), 0);
    EXPECT(remove_from_physmap(g, gfn) < 0);
    EXPECT(add_to_physmap(g, XENMAPSPACE_gmfn, DATA + 3, gfn) < 0);
    EXPECT(add_to_physmap(g, XENMAPSPACE_gmfn, gfn, FREE_GFN + 5) < 0);
    EXPECT_IS(populate(g, gfn, 0), 0);
    as(g);
    EXPECT_IS(hc_pmt_exchange(&e, 1), 0);
    EXPECT(e.status < 0);
    EXPECT_IS(hc_pmt_flip(&f, 1), 0);
    EXPECT(f.status < 0);
    EXPECT_IS(hc_pmt_donate(&d, 1), 0);
    EXPECT(d.status < 0);
    EXPECT_IS(mfn_at(g, gfn), there);
    all_well();
}

/* Each kind that calls of its own put there: ordinary calls leave it as it is. */
void recipe_special_stays(void)
{
    static run_fn *const kinds[] = { put_grant, put_window, put_loan };

    for each( i, kinds )
    {
        begin();
        kinds[i]();
        try_all(FREE_GFN);
        if ( i == 0 )
            EXPECT_IS(unmap(g, &special_map), GNTST_okay);
        if ( i == 1 )
        {
            struct pmt_detach op = { .address = FREE_GFN * PAGE_SIZE, .nr = 1 };

            as(g);
            EXPECT_IS(hc_pmt_detach(&op, 1), 0);
            EXPECT_IS(op.status, PMTST_okay);
        }
        if ( i == 2 )
        {
            struct pmt_reclaim op = { .loan = loan };

            as(p);
            EXPECT_IS(hc_pmt_reclaim(&op, 1), 0);
            EXPECT_IS(op.status, PMTST_okay);
        }
        EXPECT_IS(populate(g, FREE_GFN, 0), 1);
    }
}

/* shared_info and a grant frame in a block that is given back: unhooked at most, never freed. */
void recipe_special_in_extent(void)
{
    uint64_t info, frame;

    begin();
    EXPECT_IS(add_to_physmap(g, XENMAPSPACE_shared_info, 0, 512 + 3), 0);
    EXPECT_IS(add_to_physmap(g, XENMAPSPACE_grant_table, 0, 512 + 7), 0);
    EXPECT_IS(populate(g, 512, 1), 1);
    info = g->hv->shared_info;
    EXPECT_IS(grant_frame(g, false, 0, false, &frame), 0);
    port_page_put(frame);
    decrease(g, 512, 4);
    all_well();
    EXPECT(port_page_owner(info) == g && port_page_owner(frame) == g);
    EXPECT(port_page_is_special(info) && port_page_is_special(frame));
    mapped(FIRST_REF, GNTMAP_host_map);
}

/* Every start from 0 to 16 and every order to 5, against the same in steps of one page. */
void recipe_extents_anywhere(void)
{
    unsigned int order, start;

    for ( order = 0; order <= 5; order++ )
        for ( start = 0; start <= 16; start += 1 + order )
        {
            uint64_t gfn = 512 + start, i, n = 1ull << order;

            begin();
            EXPECT_IS(populate(g, gfn, order), 1);
            EXPECT_IS(pages_of(g), PAGES + n);
            for ( i = 0; i < n; i++ )
                EXPECT(mfn_at(g, gfn + i) != HV_INVALID_MFN);
            EXPECT(mfn_at(g, gfn + n) == HV_INVALID_MFN && mfn_at(g, gfn - 1) == HV_INVALID_MFN);
            if ( kind != PV )
                EXPECT_IS(decrease(g, gfn, order), 1);
            else
                for ( i = 0; i < n; i++ )
                    EXPECT_IS(decrease(g, gfn + i, 0), 1);
            EXPECT_IS(pages_of(g), PAGES);
            for ( i = 0; i < n; i++ )
                EXPECT(mfn_at(g, gfn + i) == HV_INVALID_MFN);
        }
}

/* populate_on_demand of oneself, for another, over a page; set_pod_target: errors, and then an op. */
void recipe_on_demand_refused(void)
{
    unsigned long list = FREE_GFN;
    struct xen_memory_reservation op = {
        .nr_extents = 1, .mem_flags = XENMEMF_populate_on_demand, .domid = DOMID_SELF,
    };
    struct xen_pod_target target = { .target_pages = 10, .domid = G_ID };

    begin();
    set_xen_guest_handle(op.extent_start, &list);
    as(g);
    EXPECT_IS(hc_memory_populate_physmap(&op), 0);
    list = DATA;
    EXPECT_IS(hc_memory_populate_physmap(&op), 0);
    op.domid = G_ID;
    as(p);
    EXPECT_IS(hc_memory_populate_physmap(&op), 0);
    EXPECT(hc_memory_op(XENMEM_set_pod_target, &target) <= 0);
    EXPECT_IS(pages_of(g), PAGES);
    as(g);
    EXPECT(hc_memory_op(XENMEM_set_pod_target, &target) < 0);
    EXPECT(hc_memory_op(XENMEM_get_pod_target, &target) < 0);
    all_well();
    EXPECT_IS(populate(g, FREE_GFN, 0), 1);
}
