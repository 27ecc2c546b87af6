/* SPDX-License-Identifier: MIT */
/* Guest memory: results where nothing may be written, words that change, reverse entries of one's own. */
#include "recipes.h"
#include "host.h"

static long answer;

/* ---- results --------------------------------------------------------------------------- */

/* A page of g's that m may only read; results are to go there. */
void recipe_results_to_readonly(void)
{
    struct mapping what;
    unsigned char *page;
    unsigned long *there;
    unsigned int i;

    begin();
    what = mapped(FIRST_REF, GNTMAP_host_map | GNTMAP_readonly);
    page = (unsigned char *)word_at(g, DATA);
    memset(page, 0, PAGE_SIZE);
    there = (unsigned long *)what.where;
    {
        struct gnttab_setup_table op = { .dom = DOMID_SELF, .nr_frames = 1 };

        set_xen_guest_handle(op.frame_list, there);
        as(m);
        answer = hc_grant_table_setup_table(&op, 1);
        EXPECT(answer == -EFAULT || op.status == GNTST_bad_virt_addr);
    }
    EXPECT_IS(hc_grant_table_op(GNTTABOP_query_size, there, 1), -EFAULT);
    EXPECT_IS(hc_pmt_op(PMTOP_info, there, 1), -EFAULT);
    EXPECT_IS(hc_grant_table_op(GNTTABOP_set_version, there, 1), -EFAULT);
    {
        struct xen_memory_reservation op = { .nr_extents = 1, .domid = DOMID_SELF };

        set_xen_guest_handle(op.extent_start, there);
        EXPECT(hc_memory_increase_reservation(&op) <= 1);
        EXPECT(hc_memory_populate_physmap(&op) <= 1);
    }
    EXPECT_IS(hc_memory_op(XENMEM_machphys_mapping, there), -EFAULT);
    for ( i = 0; i < PAGE_SIZE; i++ )
        EXPECT_IS(page[i], 0);
    EXPECT_IS(unmap(m, &what), GNTST_okay);
}

/* ---- words that change -------------------------------------------------------------------- */

static struct gnttab_copy *shared_copy;
static struct gnttab_map_grant_ref *shared_map;

/* As soon as Xen has read something, the guest makes something else of it. */
static void change_arguments(unsigned long address, unsigned long bytes, bool write)
{
    (void)address;
    (void)bytes;
    if ( write )
        return;
    shared_copy->source.u.ref ^= 1;
    shared_copy->source.offset ^= 8;
    shared_copy->len ^= 0xff00;
    shared_copy->flags ^= GNTCOPY_source_gref;
    shared_map->ref ^= 1;
    shared_map->flags ^= GNTMAP_readonly;
    shared_map->dom ^= 3;
}

static bool stop_flipping;

/* The entry names one page and then the other, whole or in part. */
static void flip_pages(void *unused)
{
    unsigned int turn;

    (void)unused;
    for ( turn = 0; !port_load(&stop_flipping); turn++ )
    {
        union grant_entry_v2 *entry = entry2_of(g, FIRST_REF);

        port_store(&entry->full_page.frame, frame_at(g, DATA + (turn & 1)));
        port_store(&entry->hdr.flags, (uint16_t)(GTF_permit_access | (turn & 2 ? GTF_readonly : 0)));
    }
}

/* Arguments and entries change while they are looked at: what comes is of one of the two, never of both. */
void recipe_shared_words_flip(void)
{
    unsigned int i;
    uint64_t got;

    begin();
    EXPECT_IS(set_version(g, 2), 0);
    grant(g, FIRST_REF, m, DATA, 0);
    grant(g, FIRST_REF + 1, m, DATA + 1, 0);
    memset(word_at(g, DATA), 0x11, PAGE_SIZE);
    memset(word_at(g, DATA + 1), 0x22, PAGE_SIZE);
    shared_copy = machine_guest_alloc(m, sizeof(*shared_copy));
    shared_map = machine_guest_alloc(m, sizeof(*shared_map));
    for ( i = 0; i < 2; i++ )
    {
        *shared_copy = copy_of(BY_REF(g, FIRST_REF, 0), OWN(m, DATA, 0), 64);
        as(m);
        machine_plan.adversary = change_arguments;
        EXPECT_IS(hc_grant_table_copy(shared_copy, 1), 0);
        *shared_map = (struct gnttab_map_grant_ref){
            .host_addr = place(m, 0), .flags = GNTMAP_host_map, .ref = FIRST_REF, .dom = G_ID,
        };
        EXPECT_IS(hc_grant_table_map_grant_ref(shared_map, 1), 0);
        machine_plan_reset();
        EXPECT_IS(shared_copy->status, GNTST_okay);
        EXPECT_IS(*word_at(m, DATA), 0x1111111111111111);
        EXPECT_IS(shared_map->status, GNTST_okay);
        EXPECT_IS(unmap_parts(m, shared_map->handle, place(m, 0), 0), GNTST_okay);
        EXPECT(end_access(g, FIRST_REF) && end_access(g, FIRST_REF + 1));
        grant(g, FIRST_REF, m, DATA, 0);
        grant(g, FIRST_REF + 1, m, DATA + 1, 0);
    }
    entry2_of(g, FIRST_REF);
    stop_flipping = false;
    meanwhile(g, 1, flip_pages, NULL);
    for ( i = 0; i < 300; i++ )
    {
        answer = copy(m, BY_REF(g, FIRST_REF, 0), OWN(m, DATA, 0), 64);
        EXPECT(answer <= 0);
        got = *word_at(m, DATA);
        if ( answer == GNTST_okay )
            EXPECT(got == 0x1111111111111111 || got == 0x2222222222222222);
        answer = copy(m, OWN(m, DATA, 0), BY_REF(g, FIRST_REF, 128), 64);
        EXPECT(answer <= 0);
    }
    port_store(&stop_flipping, true);
    join_all();
    grant(g, FIRST_REF, m, DATA, 0);
}

/* ---- reverse entries, by the guest -------------------------------------------------------------- */

#ifndef PORT_IA64
static long machphys(struct domain *d, uint64_t mfn, uint64_t value, uint32_t of)
{
    struct mmu_update update = { .ptr = mfn * PAGE_SIZE | MMU_MACHPHYS_UPDATE, .val = value };
    unsigned int done;

    as(d);
    return hc_mmu_update(&update, 1, &done, of);
}

/* Each special number as the place of a frame, then the ops that look there: errors at most. */
void recipe_reverse_by_guest(void)
{
    static const uint64_t values[] = {
        0, DATA, DATA + 1, MOST_GFNS - 1, MOST_GFNS, ~0ull, ~0ull - 1, 1ull << 63, 0x5555555555555555,
        0xffffffff, 1ull << 32,
    };

    for each( i, values )
    {
        uint64_t mfn;
        unsigned long list;
        struct xen_memory_reservation op = { .nr_extents = 1, .domid = DOMID_SELF };
        struct pmt_reverse reverse = { .status = 1 };

        begin();
        mfn = mfn_at(g, DATA);
        list = mfn;
        EXPECT(machphys(g, mfn, values[i], DOMID_SELF) <= 0);
        all_well();
        reverse.mfn = mfn;
        as(g);
        EXPECT_IS(hc_pmt_reverse(&reverse, 1), 0);
        exchange(g, DATA + 1);
        set_xen_guest_handle(op.extent_start, &list);
        as(g);
        hc_memory_decrease_reservation(&op);
        all_well();
        grant(g, FIRST_REF, m, DATA + 2, 0);
        EXPECT(machphys(g, mfn_at(g, DATA + 2), values[i], DOMID_SELF) <= 0);
        all_well();
        kill_domain(&g);
    }
}

/* Updates that are refused: another's frame, no frame, of another domain: counts as before. */
void recipe_reverse_refused(void)
{
    uint64_t frames[4];
    unsigned int all[4], writers[4], now, now_writers;

    begin();
    frames[0] = mfn_at(x, DATA);
    frames[1] = g->hv->shared_info;
    frames[2] = mfn_at(g, DATA);
    frames[3] = x->hv->shared_info;
    for each( i, frames )
        references(frames[i], &all[i], &writers[i]);
    EXPECT(machphys(g, frames[0], DATA, DOMID_SELF) < 0);
    EXPECT(machphys(g, port_max_mfn() + 1, DATA, DOMID_SELF) < 0);
    EXPECT(machphys(g, 0, DATA, DOMID_SELF) < 0);
    EXPECT(machphys(g, frames[0], DATA, X_ID) < 0);
    EXPECT(machphys(g, frames[2], DATA, NOBODY) < 0);
    EXPECT(machphys(g, frames[2], DATA, DOMID_SELF | (X_ID + 1) << 16) < 0);
    EXPECT(machphys(g, frames[3], DATA, DOMID_SELF) < 0);
    for each( i, frames )
    {
        references(frames[i], &now, &now_writers);
        EXPECT(now == all[i] && now_writers == writers[i]);
    }
    EXPECT_IS(mfn_at(g, DATA), frames[2]);
}
#endif
