/* SPDX-License-Identifier: MIT */
/* Grants: copies, directly and through a third domain, and transfer. */
#include "recipes.h"
#include "host.h"

static long answer, other_answer;

/* ---- transitive ----------------------------------------------------------------------- */

/* X grants to G, and G passes it on to M. */
static void chain(void)
{
    begin();
    EXPECT_IS(set_version(x, 2), 0);
    EXPECT_IS(set_version(g, 2), 0);
    grant(x, FIRST_REF, g, DATA, 0);
    transitive(g, FIRST_REF, m, x, FIRST_REF);
    *word_at(x, DATA) = 0x3d3d;
}

static long copy_out(unsigned int to)
{
    return copy(m, BY_REF(g, FIRST_REF, 0), OWN(m, DATA + to, 0), 64);
}

/* A thousand times, with and without success; then the owner can go. */
void recipe_transitive_often(void)
{
    unsigned int i;

    chain();
    for ( i = 0; i < 1000; i++ )
        EXPECT_IS(copy(m, BY_REF(g, FIRST_REF, 0), OWN(m, DATA, i % 3 == 2 ? PAGE_SIZE - 8 : 0), 64),
                  i % 3 == 2 ? GNTST_bad_copy_arg : GNTST_okay);
    EXPECT_IS(*word_at(m, DATA), 0x3d3d);
    /* And where the far end passes on, too, which is one step too many: by then it is held. */
    transitive(x, FIRST_REF, g, p, FIRST_REF);
    for ( i = 0; i < 1000; i++ )
        EXPECT_IS(copy_out(0), GNTST_general_error);
    EXPECT(end_access(x, FIRST_REF) && end_access(g, FIRST_REF));
    kill_domain(&x);
    EXPECT_IS(machine_nr_domains(), 3);
    EXPECT(copy_out(0) < 0);
}

static void first_out(void)
{
    answer = copy_out(0);
}

static void second_out(void)
{
    other_answer = copy_out(1);
}

/* The entry in the middle names another grant now, which is not one. */
static void middle_changes(void)
{
    transitive(g, FIRST_REF, m, x, FIRST_REF + 1);
    other_answer = 0;
}

static void version_of_owner(void)
{
    other_answer = set_version(x, 1);
}

static void no_pin_left(void)
{
    EXPECT(answer <= 0);
    EXPECT_IS(grant_pins(g, FIRST_REF), 0);
    EXPECT_IS(grant_pins(x, FIRST_REF), 0);
    EXPECT(end_access(g, FIRST_REF));
    EXPECT_IS(set_version(g, 1), 0);
    EXPECT_IS(set_version(x, 1), 0);
}

/* A second copy, another middle, another version, at each place within a copy: pins are 0 at the end. */
void recipe_transitive_pinned(void)
{
    EXPECT(interleaved(chain, first_out, &m, second_out, no_pin_left) > 0);
    EXPECT(interleaved(chain, first_out, &g, middle_changes, no_pin_left) > 0);
    EXPECT(interleaved(chain, first_out, &x, version_of_owner, no_pin_left) > 0);
}

static void chains_both_ways(void)
{
    begin();
    EXPECT_IS(set_version(x, 2), 0);
    EXPECT_IS(set_version(g, 2), 0);
    grant(x, FIRST_REF, g, DATA, GTF_readonly);
    grant(g, FIRST_REF + 1, x, DATA, GTF_readonly);
    transitive(g, FIRST_REF, m, x, FIRST_REF);
    transitive(x, FIRST_REF + 1, m, g, FIRST_REF + 1);
}

static void copy_from_g(void *unused)
{
    unsigned int i;

    (void)unused;
    for ( i = 0; i < 200; i++ )
        copy(m, BY_REF(g, FIRST_REF, 0), OWN(m, DATA, i & 1 ? PAGE_SIZE - 8 : 0), 64);
}

static void copy_from_x(void *unused)
{
    unsigned int i;

    (void)unused;
    for ( i = 0; i < 200; i++ )
        copy(m, BY_REF(x, FIRST_REF + 1, 0), OWN(m, DATA + 1, i & 1 ? PAGE_SIZE - 8 : 0), 64);
}

/* Through g to x and through x to g, failing at times, on two vcpus at once: both come to an end. */
void recipe_transitive_both_ways(void)
{
    chains_both_ways();
    meanwhile(m, 1, copy_from_g, NULL);
    meanwhile(m, 2, copy_from_x, NULL);
    join_all();
    EXPECT_IS(grant_pins(g, FIRST_REF) | grant_pins(x, FIRST_REF + 1), 0);
    EXPECT(end_access(g, FIRST_REF) && end_access(x, FIRST_REF + 1));
}

/* ---- interrupted ------------------------------------------------------------------------ */

static struct gnttab_copy batch[3];

static void three_copies(void)
{
    unsigned int i;

    begin();
    for ( i = 0; i < 3; i++ )
    {
        grant(g, FIRST_REF + i, m, DATA + i, 0);
        *word_at(g, DATA + i) = 0x100 + i;
    }
}

static void run_batch(void)
{
    unsigned int i;
    struct gnttab_copy here_now[3];

    for ( i = 0; i < 3; i++ )
        here_now[i] = copy_of(BY_REF(g, FIRST_REF + i, 0), OWN(m, DATA + i, 0), 64);
    as(m);
    answer = hc_grant_table_copy(here_now, 3);
    memcpy(batch, here_now, sizeof(batch));
}

static void all_three_done(void)
{
    unsigned int i;

    EXPECT_IS(answer, 0);
    for ( i = 0; i < 3; i++ )
    {
        EXPECT_IS(batch[i].status, GNTST_okay);
        EXPECT_IS(*word_at(m, DATA + i), 0x100 + i);
    }
}

/* A batch of three, interrupted at the first look, and at each other one. */
void recipe_interrupted_at_once(void)
{
    EXPECT(interrupted(three_copies, run_batch, all_three_done) > 0);
}

/* No bytes: nothing moves, and nothing stays in use, whatever is named. */
void recipe_zero_length(void)
{
    begin();
    grant(g, FIRST_REF, m, DATA, 0);
    *word_at(g, DATA) = 1;
    *word_at(m, DATA) = 2;
    EXPECT_IS(copy(m, BY_REF(g, FIRST_REF, 0), OWN(m, DATA, 0), 0), GNTST_okay);
    EXPECT(copy(m, BY_REF(g, FIRST_REF, PAGE_SIZE), OWN(m, DATA, 0), 0) <= 0);
    EXPECT(copy(m, BY_REF(g, FIRST_REF, 0xffff), OWN(m, DATA, 0xffff), 0) <= 0);
    EXPECT_IS(*word_at(m, DATA), 2);
    EXPECT(end_access(g, FIRST_REF));
}

/* ---- what the entry says, and what the record says -------------------------------------------- */

static struct mapping pinned;

static void read_pinned(void)
{
    begin();
    EXPECT_IS(set_version(g, 2), 0);
    grant(g, FIRST_REF, m, DATA, 0);
    pinned = mapping_of(g, FIRST_REF, m, 0, GNTMAP_host_map | GNTMAP_readonly);
    EXPECT_IS(map(m, &pinned), GNTST_okay);
    memset(word_at(g, DATA), 0x11, PAGE_SIZE);
    memset(word_at(g, DATA + 1), 0x22, PAGE_SIZE);
    memset(word_at(m, DATA), 0x33, PAGE_SIZE);
}

static unsigned int refs[2], writes[2];

static void counts_of_both(unsigned int r[2], unsigned int w[2])
{
    references(mfn_at(g, DATA), &r[0], &w[0]);
    references(mfn_at(g, DATA + 1), &r[1], &w[1]);
}

/* Which bytes of a page are 0x33. */
static bool only_between(uint64_t gfn, unsigned int from, unsigned int to)
{
    const unsigned char *at = (unsigned char *)word_at(g, gfn);
    unsigned int i;

    for ( i = 0; i < PAGE_SIZE; i++ )
        if ( at[i] == 0x33 && (i < from || i >= to) )
            return false;
    return true;
}

static void check_counts(void)
{
    unsigned int now[2], writers[2];

    counts_of_both(now, writers);
    EXPECT(now[0] == refs[0] && now[1] == refs[1]);
    EXPECT(writers[0] == writes[0] && writers[1] == writes[1]);
}

static union grant_entry_v2 *looked_at;

static void look_away(const char *name, void *unused)
{
    static unsigned int turn;

    (void)name;
    (void)unused;
    looked_at->full_page.frame = frame_at(g, DATA + (turn++ & 1));
}

/* The page is mapped to read; G points the entry elsewhere, and M copies into it, and out of it. */
void recipe_copy_into_read_pin(void)
{
    static const unsigned int more[] = { 0, GTF_sub_page, GTF_readonly };

    for each( i, more )
    {
        read_pinned();
        counts_of_both(refs, writes);
        if ( more[i] == GTF_sub_page )
            part(g, FIRST_REF, m, DATA + 1, 128, 64);
        else
            entry2_of(g, FIRST_REF)->full_page.frame = frame_at(g, DATA + 1);
        entry2_of(g, FIRST_REF)->hdr.flags = (uint16_t)(GTF_permit_access | more[i]);
        EXPECT(copy(m, OWN(m, DATA, 0), BY_REF(g, FIRST_REF, 256), 64) < 0);
        check_counts();
        EXPECT(only_between(DATA, 0, 0) && only_between(DATA + 1, 0, 0));
        /* A copy out of it is served from the record, or not at all. */
        answer = copy(m, BY_REF(g, FIRST_REF, 0), OWN(m, DATA + 1, 0), 64);
        if ( answer == GNTST_okay )
            EXPECT_IS(*word_at(m, DATA + 1), 0x1111111111111111);
        check_counts();
        EXPECT_IS(unmap(m, &pinned), GNTST_okay);
        EXPECT_IS(flags_of(g, FIRST_REF) & (GTF_reading | GTF_writing), 0);
    }
    /* And while somebody turns it to and fro: from one page or the other, and no page stays in use. */
    begin();
    EXPECT_IS(set_version(g, 2), 0);
    grant(g, FIRST_REF, m, DATA, 0);
    counts_of_both(refs, writes);
    looked_at = entry2_of(g, FIRST_REF);
    machine_plan.at_point = look_away;
    pinned = mapping_of(g, FIRST_REF, m, 0, GNTMAP_host_map);
    answer = map(m, &pinned);
    if ( answer == GNTST_okay )
        EXPECT_IS(unmap(m, &pinned), GNTST_okay);
    copy(m, OWN(m, DATA, 0), BY_REF(g, FIRST_REF, 0), 64);
    machine_plan_reset();
    check_counts();
}

