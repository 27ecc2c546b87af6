/* SPDX-License-Identifier: MIT */
/*
 * Scenarios of a grant table with two frames of 16 bytes: entries while the version
 * changes, entries of a frame that comes, handles that come, and a handle that gets
 * another entry. The numbers are those of hv-impl/grant-table.h.
 */
#include "grant-table.h"
#include "scenarios.h"
#include "small.h"

static struct domain domain;
static struct hv_domain hv;
static struct grant_table table;
static struct grant_entry entries[4];
static struct grant_track tracks[2];
static void *shared[2], *status[1];
static uint64_t shared_mfn[2], status_mfn[1];
static uint8_t state[2];

static void prepare(unsigned int nr_frames, unsigned int version)
{
    unsigned int i;

    small_reset();
    memset(&table, 0, sizeof(table));
    memset(entries, 0, sizeof(entries));
    memset(tracks, 0, sizeof(tracks));
    memset(state, 0, sizeof(state));
    hv.grants = &table;
    domain = (struct domain){ .domain_id = 7, .page_shift = SMALL_SHIFT, .hv = &hv };
    port_vcpu.domain = &domain;
    table.d = &domain;
    table.frame_shift = SMALL_SHIFT;
    table.version = version;
    table.max_version = 2;
    table.nr_frames = 0;
    table.max_frames = 2;
    table.max_status = 1;
    table.max_tracks = 2;
    table.shared = shared;
    table.status = status;
    table.shared_mfn = shared_mfn;
    table.status_mfn = status_mfn;
    table.state = state;
    table.entries = entries;
    table.tracks = tracks;
    port_lock_init(&table.lock, HV_RANK_GRANT_TABLE, 0);
    grant_tracks_init(&table);
    memset(shared, 0, sizeof(shared));
    explore_require(!grant_grow_locked(&table, nr_frames), "no table");
    for ( i = 0; i < nr_frames; i++ )
        state[i] = GRANT_OPEN;
    committed = 0;
}

/* ---- entries while the version changes ------------------------------------------------- */

static bool changed, used;
static int change_rc;

static void change(unsigned int version)
{
    struct hd_call call = { .caller = &domain };
    struct gnttab_set_version op = { .version = version };

    change_rc = hv_grant_table_set_version(&call, &op);
    changed = !change_rc;
}

static void prepare_change(unsigned int nr_frames, unsigned int version)
{
    prepare(nr_frames, version);
    changed = used = false;
    change_rc = 1;
}

static void prepare_version(void)
{
    prepare_change(1, 1);
}

static void version_changes(void)
{
    change(2);
}

/* The block is closed already, and is opened after the change for another entry. */
static void prepare_opened(void)
{
    prepare_change(1, 1);
    state[0] = 0;
}

static void version_changes_first(void)
{
    struct grant_shared s;

    change(2);
    if ( changed )
        grant_entry_unlock(grant_entry_lock(&table, 0, &s));
}

/* Version 2 has one entry in the frame, and this is another one. */
static void entry_is_used(void)
{
    const bool was_changed = changed;
    struct grant_shared s;
    struct grant_entry *e = grant_entry_lock(&table, 1, &s);

    if ( !e )
        return;
    explore_require(!was_changed, "an entry is used as it was before the change");
    used = true;
    e->pin = GRANT_HSTR;
    grant_entry_unlock(e);
}

static void one_of_the_two(void)
{
    explore_require(used == (change_rc == -EBUSY), "the version has changed under an entry in use");
}

static void prepare_back(void)
{
    prepare_change(2, 2);
}

static void version_goes_back(void)
{
    change(1);
}

/* An entry that version 2 has not: what is written into it stays. */
static void high_entry_is_used(void)
{
    struct grant_shared s;
    struct grant_entry *e = grant_entry_lock(&table, 3, &s);

    if ( !e )
        return;
    explore_require(s.version == 1, "version 2 has no such entry");
    *s.word = 0x1234;
    used = true;
    grant_entry_unlock(e);
}

static void it_stays(void)
{
    struct grant_shared s;

    explore_require(changed, "the version has not changed");
    grant_shared_at(&table, 3, &s);
    explore_require(!used || *s.word == 0x1234, "a word in use is cleared");
}

/* ---- what comes -------------------------------------------------------------------------- */

static void prepare_growth(void)
{
    prepare(1, 1);
    locks_come = true;
}

static void table_grows(void)
{
    port_lock(&table.lock);
    explore_require(!grant_grow_locked(&table, 2), "it does not grow");
    port_unlock(&table.lock);
}

static void new_entry_is_used(void)
{
    struct grant_shared s;
    struct grant_entry *e = grant_entry_lock(&table, 2, &s);

    if ( !e )
        return;
    explore_require(s.word, "an entry has no words");
    grant_entry_unlock(e);
}

static void handles_come(void)
{
    explore_require(grant_handle_get(&table, &table.lane[0]) == 0, "no handle");
}

static void handle_is_looked_up(void)
{
    if ( grant_track_find(&table, 1) )
        explore_require(port_load(&committed), "a handle is not there yet");
}

/* ---- a handle gets another entry ---------------------------------------------------------- */

static bool ended, begun;
static struct grant_request again = { .flags = GNTMAP_host_map, .ref = 1 };

static void prepare_again(void)
{
    prepare(1, 1);
    table.nr_tracks = 2;
    ended = begun = false;
    again.granter = again.mapper = &domain;
    tracks[0] = (struct grant_track){ .flags = GNTMAP_host_map, .domid = domain.domain_id };
}

static void handle_gets_another(void)
{
    struct grant_shared s;
    struct grant_entry *e = grant_entry_lock(&table, 0, &s);

    port_store_release(&tracks[0].flags, 0); /* as grant_ended() does */
    ended = true;
    grant_entry_unlock(e);
    e = grant_entry_lock(&table, 1, &s);
    grant_track_begin(&tracks[0], &again, false);
    begun = true;
    grant_entry_unlock(e);
}

static void handle_is_ended(void)
{
    struct grant_track was;
    struct grant_shared s;
    struct grant_entry *e;

    if ( !grant_track_seen(&tracks[0], &was) )
        return;
    e = grant_entry_lock(&table, was.ref, &s);
    explore_require(e, "a handle names no entry");
    if ( grant_track_is_still(&tracks[0], &was) )
        explore_require(was.ref ? begun : !ended, "another entry's mapping is taken for this one's");
    grant_entry_unlock(e);
}

/* ---- a mapper dies ------------------------------------------------------------------------- */

static int map_rc;

static bool is_seen(struct domain *mapper, uint64_t mfn, uint64_t *address)
{
    (void)mapper;
    (void)mfn;
    (void)address;
    return true;
}

static void prepare_death(void)
{
    prepare(1, 1);
    grant_handle_put(&table, &table.lane[0], grant_handle_get(&table, &table.lane[0]));
    table.nr_tracks = 1;                /* so that death has one to look at */
    domain.dying[1] = true;
}

/* Nothing is inserted: that is under locks. */
static void grant_is_mapped(void)
{
    struct grant_request want = { .mapper = &domain, .granter = &domain, .ref = 1,
                                  .flags = GNTMAP_host_map, .seen = is_seen };

    map_rc = grant_map(&want);
}

static void mapper_dies(void)
{
    port_store(&death, 1);
    if ( grant_kill_maps(&domain) )
        explore_give_up();
}

static void nothing_is_mapped(void)
{
    unsigned int i;

    for ( i = 0; i < table.nr_tracks; i++ )
        explore_require(!(tracks[i].flags & GRANT_TRACK_LIVE), "a mapping outlives its mapper");
    explore_require(!entries[1].pin, "an entry is in use by nobody");
}

const struct explore_scenario table_scenarios[] = {
    { "version", "an entry is used while the version changes", prepare_version,
      { version_changes, entry_is_used }, one_of_the_two, false },
    { "opened", "an entry is used after the version has changed", prepare_opened,
      { version_changes_first, entry_is_used }, NULL, true },
    { "back", "an entry that only version 1 has is used while that comes back", prepare_back,
      { version_goes_back, high_entry_is_used }, it_stays, false },
    { "growth", "an entry is used of a frame that comes", prepare_growth,
      { table_grows, new_entry_is_used }, NULL, false },
};
const unsigned int nr_table_scenarios = sizeof(table_scenarios) / sizeof(table_scenarios[0]);

const struct explore_scenario other_scenarios[] = {
    { "handles", "a handle is looked up while handles come", prepare_growth,
      { handles_come, handle_is_looked_up }, NULL, true },
    { "again", "a mapping ends whose handle gets another entry", prepare_again,
      { handle_gets_another, handle_is_ended }, NULL, false },
    { "death", "a grant is mapped while the mapper begins to die", prepare_death,
      { grant_is_mapped, mapper_dies }, nothing_is_mapped, false },
};
const unsigned int nr_other_scenarios = sizeof(other_scenarios) / sizeof(other_scenarios[0]);
const char explored_numbers[] = "DE";

#define LOCKED "under the table's lock, whose holder alone stores there"
#define ASKED  "the store is done only if the load says so"
const struct explored_pass explored_passes[] = {
    { "blocks_close", "version_change", LOCKED },
    { "block_close", "version_change", LOCKED },
    { "grant_clear_locked", "version_change", LOCKED },
    { "grant_track_seen", "list_put", ASKED },
    { "grant_track_is_still", "list_put", ASKED },
    { "map_locked", "map_too_late", ASKED },
    { "map_locked", "list_put", ASKED },
    { "list_put", "list_put", "what is stored is what was loaded" },
    { 0 },
};
