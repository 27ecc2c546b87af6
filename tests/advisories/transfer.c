/* SPDX-License-Identifier: MIT */
/* Grants: pages that change hands, and who owns them on the way. */
#include <sched.h>

#include "recipes.h"
#include "host.h"

static long answer;

static void transfers_from_g(void *unused)
{
    unsigned int i;

    (void)unused;
    for ( i = 0; i < 8; i++ )
        transfer(g, DATA + i, x, FIRST_REF + i);
}

static void transfers_from_x(void *unused)
{
    unsigned int i;

    (void)unused;
    for ( i = 0; i < 8; i++ )
        transfer(x, DATA + i, g, FIRST_REF + i);
}

static void both_accept(void)
{
    unsigned int i;

    begin();
    for ( i = 0; i < 8; i++ )
    {
        accept(g, FIRST_REF + i, x, FREE_GFN + i);
        accept(x, FIRST_REF + i, g, FREE_GFN + i);
    }
}

static void give_one(void)
{
    answer = transfer(g, DATA, x, FIRST_REF);
}

static void taker_dies(void)
{
    if ( x )
        machine_dying(x);
}

static void taker_has_all(void)
{
    x->max_pages = x->tot_pages;
}

static void went_or_gone(void)
{
    EXPECT(answer <= 0);
    if ( answer != GNTST_bad_page )
        EXPECT_IS(pages_of(g), PAGES - 1);
    EXPECT_IS(pages_of(x), PAGES + (answer == GNTST_okay));
    EXPECT_IS(!!(flags_of(x, FIRST_REF) & GTF_transfer_completed), answer == GNTST_okay);
    if ( x->is_dying )
        kill_domain(&x);
}

/* G to X and X to G at once; and the taker dies, or is full, at each place within one. */
void recipe_transfer_both_ways(void)
{
    both_accept();
    meanwhile(g, 1, transfers_from_g, NULL);
    meanwhile(x, 2, transfers_from_x, NULL);
    join_all();
    EXPECT_IS(pages_of(g), PAGES);
    EXPECT_IS(pages_of(x), PAGES);
    EXPECT(interleaved(both_accept, give_one, &p, taker_dies, went_or_gone) > 0);
    EXPECT(interleaved(both_accept, give_one, &p, taker_has_all, went_or_gone) > 0);
}

/* X reaches low frames alone: what it gets is low, counted once, and the high one is free again. */
void recipe_transfer_below_width(void)
{
    uint64_t before, mfn, gfn = DATA;
    unsigned int all, writers;

    begin();
    x->address_bits = MACHINE_LOW_BITS;
    while ( gfn < PAGES - 1 && mfn_at(g, gfn) < PORT_MFN_BASE + MACHINE_LOW_FRAMES )
        gfn++;
    if ( mfn_at(g, gfn) < PORT_MFN_BASE + MACHINE_LOW_FRAMES )
        EXPECT_IS(populate(g, gfn = FREE_GFN, 0), 1);
    accept(x, FIRST_REF, g, FREE_GFN);
    *word_at(g, gfn) = 0x717171;
    before = port_free_pages();
    answer = transfer(g, gfn, x, FIRST_REF);
    EXPECT_IS(answer, GNTST_okay);
    EXPECT_IS(port_free_pages(), before);
    mfn = kind == PV ? entry_of(x, FIRST_REF)->frame : mfn_at(x, FREE_GFN);
    EXPECT(mfn < PORT_MFN_BASE + MACHINE_LOW_FRAMES);
    EXPECT(port_page_owner(mfn) == x);
    references(mfn, &all, &writers);
    EXPECT_IS(writers, 0);
    EXPECT_IS(*(uint64_t *)port_page_address(mfn), 0x717171);
    if ( kind == ITANIUM )
        EXPECT_IS(p2m_mfn_to_gfn(mfn), FREE_GFN);
}

/* A page table cannot be given away; once it is plain memory it can, and is plain memory there. */
void recipe_transfer_typed(void)
{
    uint64_t mfn;

    begin();
    accept(x, FIRST_REF, g, FREE_GFN);
    mfn = mfn_at(g, DATA);
    EXPECT(machine_make_table(g, mfn, true));
    EXPECT_IS(transfer(g, DATA, x, FIRST_REF), GNTST_bad_page);
    EXPECT_IS(pages_of(g), PAGES);
    EXPECT(machine_make_table(g, mfn, false));
    EXPECT_IS(transfer(g, DATA, x, FIRST_REF), GNTST_okay);
    EXPECT(port_page_get(mfn, x));
    EXPECT(port_page_get_type(mfn, true));
    port_page_put_type(mfn, true);
    port_page_put(mfn);
}

/* Refused, and so is exchange; what translated domains have instead empties slot and TLBs. */
void recipe_transfer_of_translated(void)
{
    struct pmt_flip flip = { .gpfn = DATA, .ref = FIRST_REF, .domid = X_ID };
    uint64_t word;

    begin();
    accept(x, FIRST_REF, g, FREE_GFN);
    answer = transfer(g, DATA, x, FIRST_REF);
    EXPECT(answer == -ENOSYS || answer == GNTST_bad_page);
    EXPECT_IS(pages_of(g), PAGES);
    EXPECT_IS(exchange(g, DATA), -EOPNOTSUPP);
    begin();
    accept(x, FIRST_REF, g, FREE_GFN);
    *word_at(g, DATA) = 0x600d;
    EXPECT(can_read(g, DATA * PAGE_SIZE, &word) && word == 0x600d);
    as(g);
    EXPECT_IS(hc_pmt_flip(&flip, 1), 0);
    EXPECT_IS(flip.status, PMTST_okay);
    EXPECT(can_read(g, DATA * PAGE_SIZE, &word) && word == 0);
    EXPECT(can_read(x, FREE_GFN * PAGE_SIZE, &word) && word == 0x600d);
}

/* ---- owners ------------------------------------------------------------------------------------------ */

static uint64_t watched;
static bool stop_watching, wrong_owner;

/* Whoever gets a reference finds an owner, and the one he asked for. */
static void watch(void *unused)
{
    (void)unused;
    while ( !port_load(&stop_watching) )
    {
        if ( port_page_get(watched, g) )
        {
            if ( port_page_owner(watched) != g )
                port_store(&wrong_owner, true);
            port_page_put(watched);
        }
        if ( port_page_get(watched, NULL) )
        {
            if ( !port_page_owner(watched) )
                port_store(&wrong_owner, true);
            port_page_put(watched);
        }
        sched_yield();
    }
}

/* G and X give a page to each other, M looks all the time; and a mapped page does not go. */
void recipe_owner_always_true(void)
{
    struct mapping what;
    unsigned int i, refused = 0;

    begin();
    watched = mfn_at(g, DATA);
    stop_watching = wrong_owner = false;
    meanwhile(p, 1, watch, NULL);
    for ( i = 0; i < 60 && refused < 20000; i++ )
    {
        struct domain *from = i & 1 ? x : g, *to = i & 1 ? g : x;
        struct gnttab_transfer op = { .domid = to->domain_id, .ref = FIRST_REF };

        op.mfn = kind == PV ? watched : p2m_mfn_to_gfn(watched);
        accept(to, FIRST_REF, from, FREE_GFN + i);
        as(from);
        EXPECT_IS(hc_grant_table_transfer(&op, 1), 0);
        if ( op.status != GNTST_okay )          /* the watcher had it */
        {
            EXPECT_IS(op.status, GNTST_bad_page);
            refused++;
            i--;
        }
    }
    port_store(&stop_watching, true);
    join_all();
    EXPECT(!wrong_owner);
    EXPECT(i > 2);
    /* In use: it stays. */
    begin();
    what = mapped(FIRST_REF + 1, GNTMAP_host_map);
    accept(x, FIRST_REF, g, FREE_GFN);
    EXPECT_IS(transfer(g, DATA, x, FIRST_REF), GNTST_bad_page);
    EXPECT(port_page_owner(mfn_at(g, DATA)) == g);
    EXPECT_IS(unmap(m, &what), GNTST_okay);
}
