/* SPDX-License-Identifier: MIT */
/*
 * Long tables change their version in steps: 64 frames, as Xen's are, and many more.
 * The machine says when a step is too long; here others come between two steps.
 */
#include "grant-table.h"

#include "world.h"

/* References of a frame that version 1 fills. */
#define PER_FRAME (PAGE_SIZE / 8)

static void long_begin(unsigned int frames, unsigned int version, const char *what)
{
    uint64_t mfn;

    world_how[GRANTER].grant_frames = frames;
    world_version = version;
    world_begin("%u frames, version %u: %s", frames, version, what);
    CHECK_EQUAL(grant_frame(world[GRANTER], false, frames - 1, true, &mfn), 0);
    port_page_put(mfn);
}

static void long_end(void)
{
    world_end();
    world_version = 1;
}

/* Somebody has tried each block: all are open. */
static void open_all(unsigned int frames, unsigned int version)
{
    grant_handle_t handle;

    for ( unsigned int i = 0; i < frames / version; i++ )
        CHECK_EQUAL(map_simple(MAPPER, i * PER_FRAME + 77, GNTMAP_host_map, 0, &handle),
                    GNTST_general_error);
}

static bool is_clear(unsigned int frame)
{
    const grant_ref_t first = frame ? 0 : GNTTAB_NR_RESERVED_ENTRIES;
    const uint64_t *word = entry_at(GRANTER, 1, frame * PER_FRAME);

    for ( unsigned int i = first * 2; i < PER_FRAME; i++ )
        if ( word[i] )
            return false;
    return true;
}

/* Each frame has something, and none of it stays but the reserved entries. */
static void test_steps(unsigned int frames, unsigned int from, bool interrupted)
{
    const unsigned int per_frame = PER_FRAME / from;
    uint64_t continuations;

    long_begin(frames, from, interrupted ? "interrupted" : "a change");
    for ( unsigned int i = 0; i < frames; i++ )
        entry_write(GRANTER, i * per_frame + per_frame - 1, GTF_permit_access, domid_of(MAPPER),
                    GFN_RAM);
    entry_write(GRANTER, 3, GTF_permit_access, domid_of(MAPPER), GFN_RAM);
    open_all(frames, from);
    machine_plan_reset();
    machine_plan.preempt_always = interrupted;
    continuations = machine_counters.continuations;
    CHECK_EQUAL(set_version(GRANTER, 3 - from), 0);
    CHECK_EQUAL(machine_counters.continuations != continuations, interrupted);
    machine_plan_reset();
    CHECK_EQUAL(entry_flags(GRANTER, 3), GTF_permit_access);
    for ( unsigned int i = 0; i < frames; i++ )
        CHECK(is_clear(i), "frame %u is not cleared", i);
    long_end();
}

/* In use in the last block: nothing has changed, and all works on. */
static void test_busy(unsigned int frames, unsigned int from)
{
    const grant_ref_t last = frames * (PER_FRAME / from) - 1;
    grant_handle_t handle, other;

    long_begin(frames, from, "the last one is mapped");
    entry_write(GRANTER, last, GTF_permit_access, domid_of(MAPPER), GFN_RAM);
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(MAPPER), GFN_OTHER);
    open_all(frames, from);
    CHECK_EQUAL(map_simple(MAPPER, last, GNTMAP_host_map, 0, &handle), GNTST_okay);
    machine_plan_reset();
    machine_plan.preempt_always = true;
    CHECK_EQUAL(set_version(GRANTER, 3 - from), -EBUSY);
    machine_plan_reset();
    CHECK_EQUAL(map_simple(MAPPER, REF, GNTMAP_host_map, 1, &other), GNTST_okay);
    CHECK_EQUAL(entry_use(GRANTER, REF), GTF_reading | GTF_writing);
    CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, 1), 0, other), GNTST_okay);
    CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, 0), 0, handle), GNTST_okay);
    CHECK_EQUAL(entry_use(GRANTER, last), 0);
    CHECK_EQUAL(set_version(GRANTER, 3 - from), 0);
    long_end();
}

/* ---- between two steps ------------------------------------------------------------- */

static struct {
    unsigned int at, nr;                /* which step, and which one this is */
    grant_ref_t ref;
    int status;
    grant_handle_t handle;
} between;

static void map_between(const char *name, void *context)
{
    (void)context;
    if ( strcmp(name, "continuation") || between.nr++ != between.at )
        return;
    between.status = map_simple(MAPPER, between.ref, GNTMAP_host_map, 0, &between.handle);
    as(GRANTER);
}

/*
 * Somebody maps while the granter changes the version: either that comes first, and the
 * version stays, or it finds nothing. Never does it see a word of the version before.
 */
static void test_between(unsigned int at, grant_ref_t ref, unsigned int from)
{
    const unsigned int frames = 64;
    int rc;

    long_begin(frames, from, "a map between two steps");
    entry_write(GRANTER, ref, GTF_permit_access, domid_of(MAPPER), GFN_RAM);
    open_all(frames, from);
    memset(&between, 0, sizeof(between));
    between.at = at;
    between.ref = ref;
    machine_plan_reset();
    machine_plan.preempt_always = true;
    machine_plan.at_point = map_between;
    rc = set_version(GRANTER, 3 - from);
    machine_plan_reset();
    CHECK(between.nr > at, "there is no step %u", at);
    CHECK_EQUAL(between.status, rc ? GNTST_okay : GNTST_general_error);
    CHECK_EQUAL(rc, between.status ? 0 : -EBUSY);
    if ( !between.status )
    {
        CHECK_EQUAL(entry_use(GRANTER, ref), GTF_reading | GTF_writing);
        CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, 0), 0, between.handle), GNTST_okay);
    }
    CHECK_EQUAL(entry_use(GRANTER, ref), 0);
    long_end();
}

/* The guest does not come back for the rest: who needs a frame clears it. */
static void test_abandoned(void)
{
    struct gnttab_set_version op = { .version = 2 };
    const grant_ref_t ref = 50 * PER_FRAME / 2;
    struct hd_call call = { .op = GNTTABOP_set_version };
    struct gnttab_swap_grant_ref swap = { .ref_a = ref, .ref_b = ref + 1 };
    grant_handle_t handle;
    struct grant_table *t;

    long_begin(64, 1, "the rest is left");
    /* As version 2 it would be a grant for the mapper. */
    memcpy(entry_at(GRANTER, 2, ref),
           &(union grant_entry_v2){ .full_page = { .hdr = { GTF_permit_access, domid_of(MAPPER) },
                                                   .frame = GFN_RAM } }, 16);
    t = grant_table_of(world[GRANTER]);
    as(GRANTER);
    call.caller = world[GRANTER];
    machine_plan_reset();
    machine_plan.preempt_always = true;
    CHECK_EQUAL(hv_grant_table_set_version(&call, &op), -ERESTART);
    CHECK_EQUAL(op.version, 2);
    CHECK_EQUAL(t->version, 2);
    CHECK(t->nr_stale, "no frame is stale");
    machine_plan_reset();
    CHECK_EQUAL(hc_grant_table_swap_grant_ref(&swap, 1), 0);
    CHECK_EQUAL(swap.status, GNTST_okay);
    CHECK_EQUAL(map_simple(MAPPER, ref, GNTMAP_host_map, 0, &handle), GNTST_general_error);
    CHECK_EQUAL(map_simple(MAPPER, ref + 1, GNTMAP_host_map, 0, &handle), GNTST_general_error);
    CHECK(t->nr_stale, "no frame is stale");
    CHECK_EQUAL(set_version(GRANTER, 2), 0);
    CHECK_EQUAL(t->nr_stale, 0);
    CHECK(is_clear(63), "the last frame is not cleared");
    long_end();
}

/* As large as a table can be made, in one go: what the administrator allows costs that. */
static void test_growth(unsigned int frames)
{
    uint64_t mfn;

    world_how[GRANTER].grant_frames = frames;
    world_begin("add_to_physmap makes a table of %u frames", frames);
    as(GRANTER);
    CHECK_EQUAL(grant_frame(world[GRANTER], false, frames - 1, true, &mfn), 0);
    port_page_put(mfn);
    CHECK_EQUAL(grant_nr_frames(world[GRANTER], false), frames);
    CHECK_EQUAL(set_version(GRANTER, 2), 0);
    CHECK_EQUAL(set_version(GRANTER, 1), 0);
    world_end();
}

void test_long(void)
{
    static const unsigned int sizes[] = { 64, 300 };

    for ( unsigned int from = 1; from <= 2; from++ )
    {
        for ( unsigned int i = 0; i < 2; i++ )
            for ( unsigned int interrupted = 0; interrupted < 2; interrupted++ )
                test_steps(sizes[i], from, interrupted);
        test_busy(64, from);
        for ( unsigned int at = 0; at < 8; at++ )
        {
            test_between(at, 8 + PER_FRAME * 2, from);
            test_between(at, 40 * PER_FRAME / from + 8, from);
            test_between(at, 64 * PER_FRAME / from - 1, from);
        }
    }
    test_abandoned();
    test_growth(1000);
}
