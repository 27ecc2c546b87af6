/* SPDX-License-Identifier: MIT */
/* Grants: references, versions, and the frames of a table. */
#include "recipes.h"

static unsigned int limit(struct domain *d)
{
    return grant_nr_frames(d, false) * PAGE_SIZE / sizeof(struct grant_entry_v1);
}

/* G swaps with references at and beyond the end, in both versions: bad_gntref, and nothing moves. */
void recipe_swap_beyond(void)
{
    unsigned int version;

    begin();
    for ( version = 1; version <= 2; version++ )
    {
        unsigned int end = limit(g) / version;
        const grant_ref_t pair[][2] = {
            { end, FIRST_REF }, { FIRST_REF, end }, { ~0u, ~0u }, { end, end }, { 1u << 31, FIRST_REF },
        };

        as(g);
        EXPECT_IS(set_version(g, version), 0);
        grant(g, FIRST_REF, m, DATA, 0);
        for each( i, pair )
            EXPECT_IS(swap_refs(g, pair[i][0], pair[i][1]), GNTST_bad_gntref);
        EXPECT_IS(flags_of(g, FIRST_REF), GTF_permit_access);
        EXPECT_IS(swap_refs(g, end - 1, FIRST_REF), GNTST_okay);
        EXPECT_IS(flags_of(g, end - 1), GTF_permit_access);
    }
}

/* Each op once on a table that nobody has set up: errors, and the table still works. */
void recipe_never_set_up(void)
{
    unsigned char op[64];
    unsigned int cmd;

    begin();
    as(g);
    for ( cmd = GNTTABOP_map_grant_ref; cmd <= GNTTABOP_cache_flush; cmd++ )
    {
        memset(op, 0, sizeof(op));
        hc_grant_table_op(cmd, op, 1);
        all_well();
    }
    EXPECT_IS(copy(g, BY_REF(m, FIRST_REF, 0), OWN(g, DATA, 0), 8), GNTST_general_error);
    EXPECT_IS(setup(g, 1), GNTST_okay);
    mapped(FIRST_REF, GNTMAP_host_map);
}

static long flush_cache(struct domain *d, uint64_t address, unsigned int length)
{
    struct gnttab_cache_flush op = {
        .a.dev_bus_addr = address, .length = length, .op = GNTTAB_CACHE_CLEAN,
    };

    as(d);
    return hc_grant_table_cache_flush(&op, 1);
}

/* M cleans caches of frames that are Xen's, nobody's, X's: an error each, and nobody stays locked. */
void recipe_flush_of_nobody(void)
{
    begin();
    EXPECT_IS(flush_cache(m, mfn_at(m, DATA) * PAGE_SIZE, 64), 0);
    EXPECT_IS(flush_cache(m, 0, 64), -EINVAL);
    EXPECT_IS(flush_cache(m, (port_max_mfn() + 1) * PAGE_SIZE, 64), -EINVAL);
    EXPECT_IS(flush_cache(m, mfn_at(x, DATA) * PAGE_SIZE, 64), -EINVAL);
    EXPECT(flush_cache(m, m->hv->shared_info * PAGE_SIZE, 64) <= 0);
    EXPECT_IS(flush_cache(m, ~0ull << PAGE_SHIFT, 64), -EINVAL);
    grant(x, FIRST_REF, m, DATA, 0);
    EXPECT_IS(flush_cache(m, mfn_at(x, DATA) * PAGE_SIZE, 64), -EINVAL);
    {
        struct mapping what = mapping_of(x, FIRST_REF, m, 0, GNTMAP_host_map);

        EXPECT_IS(map(m, &what), GNTST_okay);
        EXPECT_IS(flush_cache(m, mfn_at(x, DATA) * PAGE_SIZE, 64), 0);
    }
}

/* ---- growth ------------------------------------------------------------------------ */

static unsigned int frames_before, version_now;

static void small_table(void)
{
    begin();
    EXPECT_IS(set_version(g, version_now), 0);
    frames_before = grant_nr_frames(g, false);
}

static long grown;

static void grow(void)
{
    grown = setup(g, FRAMES);
}

static void as_before_or_grown(void)
{
    EXPECT_IS(grant_nr_frames(g, false), grown == GNTST_okay ? FRAMES : frames_before);
    EXPECT_IS(setup(g, FRAMES), GNTST_okay);
}

/* G grows its table, and each allocation fails in turn: the size is the old one. */
void recipe_grow_fails(void)
{
    for ( version_now = 1; version_now <= 2; version_now++ )
        EXPECT(failing(FAIL_ALLOC | FAIL_PAGE | FAIL_WINDOW, small_table, grow, as_before_or_grown) > 0);
}

static void to_two_and_back(void)
{
    unsigned int i;

    for ( i = 0; i < 3; i++ )
    {
        set_version(g, 2);
        setup(g, 2 + i);
        set_version(g, 1);
    }
}

static void still_works(void)
{
    EXPECT_IS(set_version(g, 1), 0);
    mapped(FIRST_REF, GNTMAP_host_map);
}

/* 2, 1, 2 and so on, with and without failures: lists of pages stay as they were. */
void recipe_version_loop(void)
{
    version_now = 1;
    failing(FAIL_ALLOC | FAIL_PAGE | FAIL_WINDOW, small_table, to_two_and_back, still_works);
}

/* ---- frames that are mapped ------------------------------------------------------------ */

#define STATUS(index) ((index) | XENMAPIDX_grant_table_status)

/* G maps status frame 0 at a frame of its own, and goes to version 1: busy, or it is gone. */
void recipe_status_frame_mapped(void)
{
    uint64_t word;
    long result;

    begin();
    EXPECT_IS(set_version(g, 2), 0);
    EXPECT_IS(add_to_physmap(g, XENMAPSPACE_grant_table, 0, FREE_GFN), 0);
    EXPECT_IS(add_to_physmap(g, XENMAPSPACE_grant_table, STATUS(0), FREE_GFN + 1), 0);
    EXPECT(mfn_at(g, FREE_GFN) != mfn_at(g, FREE_GFN + 1));
    EXPECT(can_read(g, FREE_GFN * PAGE_SIZE, &word) && can_read(g, (FREE_GFN + 1) * PAGE_SIZE, &word));
    result = set_version(g, 1);
    EXPECT(result == 0 || result == -EBUSY || result == -EAGAIN);
    EXPECT_IS(can_read(g, (FREE_GFN + 1) * PAGE_SIZE, &word), result != 0);
    EXPECT(can_read(g, FREE_GFN * PAGE_SIZE, &word));
    all_well();
    if ( result )
    {
        EXPECT_IS(remove_from_physmap(g, FREE_GFN + 1), 0);
        EXPECT_IS(set_version(g, 1), 0);
    }
}

static void version_two(void)
{
    begin();
    EXPECT_IS(set_version(g, 2), 0);
}

static long answer, other_answer;

static void status_here(void)
{
    answer = add_to_physmap(g, XENMAPSPACE_grant_table, STATUS(0), FREE_GFN);
}

static void status_there(void)
{
    other_answer = add_to_physmap(g, XENMAPSPACE_grant_table, STATUS(0), FREE_GFN + 1);
}

static void back_to_one(void)
{
    other_answer = set_version(g, 1);
}

static bool there(uint64_t gfn)
{
    uint64_t word;

    return can_read(g, gfn * PAGE_SIZE, &word);
}

/* One frame at one place at most, and what is there keeps the version. */
static void at_one_place(void)
{
    EXPECT(there(FREE_GFN) + there(FREE_GFN + 1) <= 1);
    if ( there(FREE_GFN) || there(FREE_GFN + 1) )
        EXPECT(set_version(g, 1) != 0);
    remove_from_physmap(g, FREE_GFN);
    remove_from_physmap(g, FREE_GFN + 1);
    EXPECT_IS(set_version(g, 1), 0);
    EXPECT(!there(FREE_GFN) && !there(FREE_GFN + 1));
}

static void either_way(void)
{
    EXPECT_IS(there(FREE_GFN), answer == 0);
    EXPECT(answer || other_answer);
    if ( !other_answer )
        EXPECT_IS(answer, -EINVAL);
}

/* V1 maps a status frame; V2 maps it too, or changes the version, at each place in between. */
void recipe_status_frame_race(void)
{
    EXPECT(interleaved(version_two, status_here, &g, status_there, at_one_place) > 0);
    EXPECT(interleaved(version_two, status_here, &g, back_to_one, either_way) > 0);
    EXPECT(interleaved(version_two, back_to_one, &g, status_here, either_way) > 0);
}

/* Frames at index 0, last, one beyond and ~0, of both kinds and versions; then another op. */
void recipe_frame_numbers(void)
{
    unsigned int version, kinds;

    for ( version = 1; version <= 2; version++ )
    {
        begin();
        EXPECT_IS(set_version(g, version), 0);
        for ( kinds = 0; kinds < 2; kinds++ )
        {
            unsigned int more = kinds ? XENMAPIDX_grant_table_status : 0;
            const struct { uint64_t index; bool fine; } want[] = {
                { 0, !kinds || version == 2 }, { FRAMES - 1, !kinds }, { FRAMES, false },
                { 0x7fffffff, false },
            };

            for each( i, want )
            {
                EXPECT_IS(add_to_physmap(g, XENMAPSPACE_grant_table, want[i].index | more,
                                         FREE_GFN + 8 * kinds + i), want[i].fine ? 0 : -EINVAL);
                EXPECT_IS(there(FREE_GFN + 8 * kinds + i), want[i].fine);
                all_well();
            }
        }
        EXPECT_IS(add_to_physmap(g, XENMAPSPACE_grant_table, ~0ull, FREE_GFN + 20), -EINVAL);
        as_vcpu(g, 1);
        EXPECT_IS(setup(g, FRAMES), GNTST_okay);
    }
}

/* Version 2 where it is switched off: an error, version 1 works, and all ops agree. */
void recipe_version_2_off(void)
{
    struct gnttab_get_version which = { .dom = DOMID_SELF };
    uint64_t frames[4];
    struct gnttab_get_status_frames status = { .nr_frames = 1, .dom = DOMID_SELF };

    begin_with(&(struct scene){ .version_max = 1 });
    EXPECT_IS(set_version(g, 2), -ENOSYS);
    as(g);
    EXPECT_IS(hc_grant_table_get_version(&which, 1), 0);
    EXPECT_IS(which.version, 1);
    EXPECT_IS(add_to_physmap(g, XENMAPSPACE_grant_table, STATUS(0), FREE_GFN), kind == PV ? -EACCES : -EINVAL);
    set_xen_guest_handle(status.frame_list, frames);
    if ( kind == PV )
    {
        as(g);
        EXPECT_IS(hc_grant_table_get_status_frames(&status, 1), 0);
        EXPECT_IS(status.status, GNTST_general_error);
    }
    mapped(FIRST_REF, GNTMAP_host_map);
}

/* More status frames than there are, and an array with a guard behind it. */
void recipe_status_frames_many(void)
{
    uint64_t frames[32];
    unsigned int count, i;

    begin();
    EXPECT_IS(set_version(g, 2), 0);
    EXPECT_IS(setup(g, FRAMES), GNTST_okay);
    for ( count = 0; count <= 16; count++ )
    {
        struct gnttab_get_status_frames op = { .nr_frames = count, .dom = DOMID_SELF };

        memset(frames, 0x5a, sizeof(frames));
        set_xen_guest_handle(op.frame_list, frames);
        as(g);
        EXPECT_IS(hc_grant_table_get_status_frames(&op, 1), 0);
        EXPECT_IS(op.status, count <= grant_nr_frames(g, true) ? GNTST_okay : GNTST_general_error);
        for ( i = op.status == GNTST_okay ? count : 0; i < 32; i++ )
            EXPECT_IS(frames[i], 0x5a5a5a5a5a5a5a5aull);
    }
}

/* All frames of a table of which none is mapped: their numbers, 0, or the invalid one. */
void recipe_setup_shows_nothing(void)
{
    unsigned long frames[FRAMES + 1];
    struct gnttab_setup_table op = { .dom = DOMID_SELF, .nr_frames = FRAMES };
    unsigned int i;

    begin();
    memset(frames, 0x5a, sizeof(frames));
    set_xen_guest_handle(op.frame_list, frames);
    as(g);
    EXPECT_IS(hc_grant_table_setup_table(&op, 1), 0);
    EXPECT_IS(op.status, GNTST_okay);
    for ( i = 0; i < FRAMES; i++ )
        if ( kind == HVM )
            EXPECT(frames[i] == 0 || frames[i] == ~0ul);
        else
            EXPECT(frames[i] == 0 || frames[i] == ~0ul || port_page_owner(frames[i]) == g);
    EXPECT_IS(frames[FRAMES], 0x5a5a5a5a5a5a5a5aul);
}

/* ---- versions while ops go on ------------------------------------------------------------ */

static void (*op_in_flight)(void);
static struct mapping held;

static void two_and_granted(void)
{
    begin();
    EXPECT_IS(set_version(g, 2), 0);
    grant(g, FIRST_REF, m, DATA, 0);
    if ( kind != HVM )
        accept(g, FIRST_REF + 1, m, FREE_GFN);
    EXPECT_IS(set_version(x, 2), 0);
    grant(g, FIRST_REF + 2, x, DATA + 1, 0);
    transitive(x, FIRST_REF, m, g, FIRST_REF + 2);
    held = mapping_of(g, FIRST_REF, m, 0, GNTMAP_host_map);
}

static void two_and_mapped(void)
{
    two_and_granted();
    EXPECT_IS(map(m, &held), GNTST_okay);
}

static void map_it(void)
{
    answer = map(m, &held);
}

static void map_nowhere(void)
{
    struct mapping bad = held;

    bad.where = 0;
    bad.flags |= GNTMAP_contains_pte;
    answer = map(m, &bad);
}

static void unmap_it(void)
{
    answer = unmap(m, &held);
}

static void copy_it(void)
{
    answer = copy(m, BY_REF(g, FIRST_REF, 0), OWN(m, DATA, 0), 64);
}

static void copy_through(void)
{
    answer = copy(m, BY_REF(x, FIRST_REF, 0), OWN(m, DATA, 0), 64);
}

static void transfer_it(void)
{
    answer = transfer(m, DATA + 2, g, FIRST_REF + 1);
}

static void flip_version(void)
{
    other_answer = set_version(g, 1);
    if ( !other_answer )
        other_answer = set_version(g, 2);
}

static void nothing_in_use(void)
{
    EXPECT(other_answer == 0 || other_answer == -EAGAIN || other_answer == -EBUSY);
    EXPECT(answer <= 0);
    if ( op_in_flight == map_it && answer == GNTST_okay )
        EXPECT_IS(unmap(m, &held), GNTST_okay);
    EXPECT_IS(set_version(g, 1), 0);
}

/* At each place within map, unmap, copy and transfer G tries to change the version. */
void recipe_version_in_flight(void)
{
    static run_fn *const granted[] = { map_it, map_nowhere, copy_it, copy_through, transfer_it };
    unsigned int places = 0;

    for each( i, granted )
    {
        if ( granted[i] == transfer_it && !(kind & STEALS) )
            continue;
        op_in_flight = granted[i];
        places += interleaved(two_and_granted, granted[i], &g, flip_version, nothing_in_use);
    }
    op_in_flight = unmap_it;
    places += interleaved(two_and_mapped, unmap_it, &g, flip_version, nothing_in_use);
    two_and_mapped();                           /* and while nothing goes on, and something is in use */
    EXPECT(set_version(g, 1) < 0);
    EXPECT(flags_of(g, FIRST_REF) & GTF_reading);
    EXPECT_IS(unmap(m, &held), GNTST_okay);
    EXPECT(places >= 5);
}
