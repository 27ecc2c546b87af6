/* SPDX-License-Identifier: MIT */
/* Grants: mapping and unmapping, what is counted, and who is told when. */
#include "recipes.h"
#include "host.h"

#define BOTH (GNTMAP_host_map | GNTMAP_device_map)

static struct mapping held;
static long answer, other_answer;
static unsigned int all_before, writers_before;

/* ---- halves ------------------------------------------------------------------------ */

static void both_halves(void)
{
    begin();
    held = mapped(FIRST_REF, BOTH);
}

static void end_host(void)
{
    answer = unmap_parts(m, held.handle, held.where, 0);
}

static void end_device(void)
{
    other_answer = unmap_parts(m, held.handle, 0, held.bus);
}

static void end_both_too(void)
{
    other_answer = unmap(m, &held);
}

static void all_over(void)
{
    uint64_t word;

    if ( flags_of(g, FIRST_REF) & (GTF_reading | GTF_writing) )
    {
        EXPECT_IS(unmap_parts(m, held.handle, 0, held.bus), GNTST_okay);
        EXPECT_IS(other_answer, GNTST_bad_handle);
    }
    EXPECT(!can_read(m, held.where, &word));
    EXPECT_IS(unmap(m, &held), GNTST_bad_handle);
    EXPECT(end_access(g, FIRST_REF));
}

static void two_over(void)
{
    EXPECT_IS(answer, GNTST_okay);
    EXPECT_IS(other_answer, GNTST_okay);
    all_over();
}

/* One vcpu ends the host half, another the devices', or both, at each place in between. */
void recipe_halves_in_any_order(void)
{
    EXPECT(interleaved(both_halves, end_host, &m, end_device, two_over) > 0);
    EXPECT(interleaved(both_halves, end_host, &m, end_both_too, all_over) > 0);
}

/* ---- who is told when ------------------------------------------------------------------ */

static bool seen_free, still_reaches;
static struct vcpu *watcher;

static void one_mapping(void)
{
    uint64_t word;

    begin();
    held = mapped(FIRST_REF, GNTMAP_host_map);
    EXPECT(can_read(m, held.where, &word));
    watcher = machine_vcpu(m, 3);
    seen_free = false;
}

/* The granter looks first, then the mapper writes: no call in between, so locks do not matter. */
static void look_and_write(const char *name, void *unused)
{
    uint64_t word = 0xbad;

    (void)name;
    (void)unused;
    if ( flags_of(g, FIRST_REF) & (GTF_reading | GTF_writing) )
        return;
    seen_free = true;
    if ( m->is_pv ? !machine_va_write(watcher, held.where, &word, sizeof(word))
                  : !machine_write(watcher, held.where, &word, sizeof(word)) )
        still_reaches = true;
}

/* At each place within unmap: if the granter sees the entry free, nobody reaches the page. */
void recipe_bits_until_flush(void)
{
    uint64_t word;

    one_mapping();
    still_reaches = false;
    EXPECT(m->is_pv ? !machine_va_read(watcher, held.where, &word, sizeof(word))
                    : !machine_read(watcher, held.where, &word, sizeof(word)));
    machine_plan_reset();
    machine_plan.at_point = look_and_write;
    EXPECT_IS(unmap(m, &held), GNTST_okay);
    machine_plan_reset();
    EXPECT(!still_reaches);
    EXPECT(end_access(g, FIRST_REF));
}

/* ---- the matrix ------------------------------------------------------------------------ */

static void counts_are_back(const char *when)
{
    unsigned int all, writers;

    references(mfn_at(g, DATA), &all, &writers);
    if ( !EXPECT(all == all_before && writers == writers_before) )
        printf("  (%s: %u references of %u, %u writers of %u)\n", when, all, all_before, writers,
               writers_before);
}

static void end_somehow(unsigned int flags, unsigned int cpu, unsigned int device)
{
    static const char *const how[] = { "left", "ended", "ended twice", "wrong" };
    const uint64_t where[] = { 0, held.where, held.where, held.where + PAGE_SIZE };
    const uint64_t bus[] = { 0, held.bus, held.bus, held.bus + PAGE_SIZE };
    char when[64];
    long once = unmap_parts(m, held.handle, where[cpu], bus[device]);

    if ( cpu == 2 || device == 2 )
        unmap_parts(m, held.handle, where[cpu], bus[device]);
    EXPECT(once <= 0);
    if ( cpu == 3 && device == 3 )
        EXPECT(once != GNTST_okay);
    all_well();
    /* Whatever is left ends now, each half for itself. */
    if ( flags & GNTMAP_host_map )
        unmap_parts(m, held.handle, held.where, 0);
    if ( flags & GNTMAP_device_map )
        unmap_parts(m, held.handle, 0, held.bus);
    snprintf(when, sizeof(when), "flags %x, host %s, device %s", flags, how[cpu], how[device]);
    counts_are_back(when);
    EXPECT_IS(unmap(m, &held), GNTST_bad_handle);
    EXPECT_IS(flags_of(g, FIRST_REF) & (GTF_reading | GTF_writing), 0);
}

/* Each half mapped or not, read-only or not; each ended, twice, left, or named wrongly. */
void recipe_halves_matrix(void)
{
    static const unsigned int ways[] = { GNTMAP_host_map, GNTMAP_device_map, BOTH };
    unsigned int readonly, cpu, device;

    begin();
    references(mfn_at(g, DATA), &all_before, &writers_before);
    for each( i, ways )
        for ( readonly = 0; readonly < 2; readonly++ )
            for ( cpu = 0; cpu < 4; cpu++ )
                for ( device = 0; device < 4; device++ )
                {
                    held = mapped(FIRST_REF, ways[i] | (readonly ? GNTMAP_readonly : 0));
                    end_somehow(ways[i], cpu, device);
                }
}

static void nothing_mapped(void)
{
    begin();
    references(mfn_at(g, DATA), &all_before, &writers_before);
    grant(g, FIRST_REF, m, DATA, 0);
    held = mapping_of(g, FIRST_REF, m, 0, BOTH);
}

static void map_both(void)
{
    answer = map(m, &held);
}

static void mapped_or_as_before(void)
{
    uint64_t word;

    if ( answer == GNTST_okay )
        EXPECT_IS(unmap(m, &held), GNTST_okay);
    EXPECT(answer <= 0);
    EXPECT(!can_read(m, held.where, &word));
    counts_are_back("a failure");
    EXPECT(end_access(g, FIRST_REF));
}

/* Each thing that map needs fails in turn, the IOMMU among them. */
void recipe_device_map_fails(void)
{
    EXPECT(failing(FAIL_DEVICE, nothing_mapped, map_both, mapped_or_as_before) > 0);
    failing(FAIL_ALLOC | FAIL_PAGE | FAIL_WINDOW, nothing_mapped, map_both, mapped_or_as_before);
}

/* ---- what a guest does to its page tables ------------------------------------------------------ */

/* M's mapping is writable; M makes it read-only, or nothing, on its own; then it unmaps. */
void recipe_entry_rewritten(void)
{
    static const uint64_t keep[] = { MACHINE_PTE_PRESENT, 0 };

    begin();
    for each( i, keep )
    {
        uint64_t was;
        long rc;

        held = mapped(FIRST_REF, GNTMAP_host_map);
        was = machine_pte(m, held.where);
        references(mfn_at(g, DATA), &all_before, &writers_before);
        as(m);
        rc = hc_update_va_mapping(held.where, keep[i] ? was & ~MACHINE_PTE_WRITABLE : 0, 2);
        if ( !rc )
        {
            EXPECT_IS(unmap(m, &held), GNTST_general_error);
            all_well();
        }
        else
        {
            counts_are_back("the change was refused");
            EXPECT_IS(unmap(m, &held), GNTST_okay);
        }
    }
}

/* contains_pte with an address between two entries: an error, and no byte has changed. */
void recipe_pte_misaligned(void)
{
    uint64_t at, before[2];
    unsigned int more;

    begin();
    grant(g, FIRST_REF, m, DATA, 0);
    held = mapping_of(g, FIRST_REF, m, 0, GNTMAP_host_map | GNTMAP_contains_pte);
    held.flags = GNTMAP_host_map;           /* once, so that there is a table */
    EXPECT_IS(map(m, &held), GNTST_okay);
    EXPECT_IS(unmap(m, &held), GNTST_okay);
    held.flags |= GNTMAP_contains_pte;
    at = machine_pte_address(m, held.where);
    before[0] = machine_pte(m, held.where);
    before[1] = machine_pte(m, held.where + PAGE_SIZE);
    for ( more = 1; more < 8; more++ )
    {
        held.where = at + more;
        EXPECT_IS(map(m, &held), GNTST_general_error);
        EXPECT_IS(machine_pte(m, place(m, 0)), before[0]);
        EXPECT_IS(machine_pte(m, place(m, 1)), before[1]);
    }
    EXPECT(end_access(g, FIRST_REF));
    grant(g, FIRST_REF, m, DATA, 0);
    held.where = at;
    EXPECT_IS(map(m, &held), GNTST_okay);
    EXPECT_IS(unmap(m, &held), GNTST_okay);
}

/* M's devices have the page; M copies by the same reference and fails: the bits stay. */
void recipe_copy_beside_device_map(void)
{
    begin();
    held = mapped(FIRST_REF, GNTMAP_device_map);
    EXPECT_IS(copy(m, BY_REF(g, FIRST_REF, PAGE_SIZE - 8), OWN(m, DATA, 0), 64), GNTST_bad_copy_arg);
    EXPECT_IS(copy(m, BY_REF(g, FIRST_REF, 0), BY_REF(x, 99, 0), 64), GNTST_general_error);
    EXPECT_IS(copy(m, BY_REF(g, FIRST_REF, 0), OWN(m, DATA, 0), 64), GNTST_okay);
    EXPECT_IS(flags_of(g, FIRST_REF), GTF_permit_access | GTF_reading | GTF_writing);
    EXPECT(!end_access(g, FIRST_REF));
    EXPECT_IS(unmap(m, &held), GNTST_okay);
    EXPECT(end_access(g, FIRST_REF));
}

/* ---- copies and death ---------------------------------------------------------------------------- */

static void granted(void)
{
    begin();
    grant(g, FIRST_REF, m, DATA, 0);
    *word_at(g, DATA) = 0x600d;
    *word_at(m, DATA + 1) = 0;
}

static void copy_first(void)
{
    answer = copy(m, BY_REF(g, FIRST_REF, 0), OWN(m, DATA, 0), 64);
}

static void copy_second(void)
{
    other_answer = copy(m, BY_REF(g, FIRST_REF, 0), OWN(m, DATA + 1, 0), 64);
}

static void granter_goes(void)
{
    if ( g )
        machine_dying(g);
    other_answer = 0;
}

static void copied_or_not(void)
{
    EXPECT(answer <= 0 && other_answer <= 0);
    if ( answer == GNTST_okay )
        EXPECT_IS(*word_at(m, DATA), 0x600d);
    if ( g->is_dying )
        kill_domain(&g);
    else
        EXPECT(end_access(g, FIRST_REF));
}

/* A second copy of the reference, and the granter's death, at each place within a copy. */
void recipe_copy_ends_copy_begins(void)
{
    EXPECT(interleaved(granted, copy_first, &m, copy_second, copied_or_not) > 0);
    EXPECT(interleaved(granted, copy_first, &p, granter_goes, copied_or_not) > 0);
}

/* Entries with each flag and domain that can be there: the status is 0, or negative and known. */
void recipe_status_is_negative(void)
{
    static const domid_t who[] = { M_ID, X_ID, G_ID, DOMID_SELF, DOMID_XEN, DOMID_INVALID, 0x7fff, 0xffff };
    unsigned int flags;

    begin();
    for each( i, who )
        for ( flags = 0; flags < 0x400; flags += i ? 7 : 1 )
        {
            entry_of(g, FIRST_REF)->domid = who[i];
            entry_of(g, FIRST_REF)->frame = (uint32_t)frame_at(g, DATA);
            entry_of(g, FIRST_REF)->flags = (uint16_t)flags;
            held = mapping_of(g, FIRST_REF, m, 0, GNTMAP_host_map);
            answer = map(m, &held);
            EXPECT(answer <= 0 && answer >= GNTST_no_space);
            if ( answer )
                EXPECT_IS(held.handle, ~0u);
            else
                EXPECT_IS(unmap(m, &held), GNTST_okay);
            answer = copy(m, BY_REF(g, FIRST_REF, 0), OWN(m, DATA, 0), 8);
            EXPECT(answer <= 0 && answer >= GNTST_no_space);
        }
}

/* ---- adversaries -------------------------------------------------------------------------------- */

static unsigned int changes;
static struct grant_entry_v1 *in_the_way;

/* Each time Xen is about to look, the guest has changed a bit that does not matter. */
static void change_entry(const char *name, void *unused)
{
    (void)name;
    (void)unused;
    if ( ++changes > 100000 )
    {
        printf("  the entry was looked at %u times\n", changes);
        exit(1);
    }
    port_store(&in_the_way->flags, (uint16_t)(port_load(&in_the_way->flags) ^ GTF_PWT));
}

static bool stop_flipping;

static void flip_entry(void *unused)
{
    struct grant_entry_v1 *entry = entry_of(g, FIRST_REF);

    (void)unused;
    while ( !port_load(&stop_flipping) )
        /* Pairs with nothing: it is in the way. */
        port_fetch_add(&entry->flags, port_load(&entry->flags) & GTF_PWT ? -GTF_PWT : GTF_PWT);
}

void recipe_entry_keeps_changing(void)
{
    unsigned int i;

    begin();
    grant(g, FIRST_REF, m, DATA, 0);
    changes = 0;
    in_the_way = entry_of(g, FIRST_REF);
    machine_plan.at_point = change_entry;
    held = mapping_of(g, FIRST_REF, m, 0, GNTMAP_host_map);
    EXPECT_IS(map(m, &held), GNTST_general_error);
    EXPECT(changes > 1 && changes < 100);
    machine_plan_reset();
    grant(g, FIRST_REF, m, DATA, 0);
    entry_of(g, FIRST_REF);
    stop_flipping = false;
    meanwhile(g, 1, flip_entry, NULL);
    for ( i = 0; i < 200; i++ )
    {
        held = mapping_of(g, FIRST_REF, m, 0, GNTMAP_host_map);
        answer = map(m, &held);
        EXPECT(answer <= 0);
        if ( answer == GNTST_okay )
            EXPECT_IS(unmap(m, &held), GNTST_okay);
    }
    port_store(&stop_flipping, true);
    join_all();
    grant(g, FIRST_REF, m, DATA, 0);
}

/* A page that is mapped to write goes from its owner, then the mapping ends; and the other way. */
void recipe_type_goes_with_reference(void)
{
    unsigned int order;

    for ( order = 0; order < 3; order++ )
    {
        begin();
        held = mapped(FIRST_REF, GNTMAP_host_map);
        if ( order == 0 )
        {
            decrease(g, DATA, 0);
            EXPECT_IS(unmap(m, &held), GNTST_okay);
        }
        if ( order == 1 )
        {
            EXPECT_IS(unmap(m, &held), GNTST_okay);
            EXPECT_IS(decrease(g, DATA, 0), 1);
        }
        if ( order == 2 )
        {
            kill_domain(&g);
            EXPECT_IS(unmap(m, &held), GNTST_okay);
            EXPECT_IS(machine_nr_domains(), 3);
        }
        all_well();
    }
}
