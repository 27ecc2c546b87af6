/* SPDX-License-Identifier: MIT */
/*
 * Scenarios of a grant table with two frames of 16 bytes: entries while the version
 * changes, entries of a frame that comes, handles that come, and a handle that gets
 * another entry. The numbers are those of hv-impl/grant-table.h.
 */
#include "grant-table.h"
#include "pins.h"
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
static struct grant_request again;

static void prepare_again(void)
{
    prepare(1, 1);
    table.nr_tracks = 2;
    ended = begun = false;
    again = (struct grant_request){ .flags = GNTMAP_host_map, .ref = 1, .granter = &domain, .mapper = &domain };
    tracks[0] = (struct grant_track){ .flags = GNTMAP_host_map, .whose = grant_whose(domain.domain_id, 0) };
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
    e = grant_entry_lock(&table, grant_whose_ref(was.whose), &s);
    explore_require(e, "a handle names no entry");
    if ( grant_track_is_still(&tracks[0], &was) )
        explore_require(grant_whose_ref(was.whose) ? begun : !ended, "another entry's mapping is taken for this one's");
    grant_entry_unlock(e);
}

/* ---- a handle gets another entry, and is free again ----------------------------------------- */

/* Handle 0 is a mapping of entry 1; handle 1 is free, the first of its list. */
static bool lives;

static void prepare_link(void)
{
    prepare(1, 1);
    table.nr_tracks = 2;
    again = (struct grant_request){ .flags = GNTMAP_host_map, .granter = &domain, .mapper = &domain };
    tracks[0] = (struct grant_track){ .flags = GNTMAP_host_map, .whose = grant_whose(domain.domain_id, 1) };
    tracks[1] = (struct grant_track){ .next = GRANT_NO_HANDLE };
    table.lane[0].free = 1;
    lives = true;
}

/* As grant_ended() does. */
static void mapping_ends(grant_ref_t at)
{
    struct grant_shared s;
    struct grant_entry *e = grant_entry_lock(&table, at, &s);

    port_store_release(&tracks[0].flags, 0);
    if ( at == 1 )
        lives = false;
    grant_entry_unlock(e);
}

static void mapping_begins(grant_ref_t at)
{
    struct grant_shared s;
    struct grant_entry *e = grant_entry_lock(&table, at, &s);

    again.ref = at;
    grant_track_begin(&tracks[0], &again, false);
    grant_entry_unlock(e);
}

/* The link of a free handle is the number of the next one: 1. */
static void handle_is_used_again(void)
{
    mapping_ends(1);
    grant_handle_put(&table, &table.lane[0], 0);
    explore_require(grant_handle_get(&table, &table.lane[0]) == 0, "another handle");
    mapping_begins(0);
    mapping_ends(0);
    grant_handle_put(&table, &table.lane[0], 0);
}

static void first_is_ended(void)
{
    struct grant_track was;
    struct grant_shared s;
    struct grant_entry *e;

    if ( !grant_track_seen(&tracks[0], &was) || grant_whose_ref(was.whose) != 1 )
        return;
    e = grant_entry_lock(&table, 1, &s);
    if ( grant_track_is_still(&tracks[0], &was) )
        explore_require(lives, "a free handle's link is taken for its entry");
    grant_entry_unlock(e);
}

/* Of domain 8's entry 1 first, whose lock another entry lends, then of this domain's entry 2. */
static void prepare_halves(void)
{
    prepare_link();
    table.nr_frames = 0;
    explore_require(!grant_grow_locked(&table, 2), "no table");
    state[1] = GRANT_OPEN;
    tracks[0].whose = grant_whose(8, 1);
}

static void handle_gets_other_domain(void)
{
    mapping_ends(0);
    mapping_begins(2);
}

/* It was this domain's entry 1 once. */
static void neither_is_it(void)
{
    const struct grant_track was = { .flags = GNTMAP_host_map,
                                     .whose = grant_whose(domain.domain_id, 1) };
    struct grant_shared s;
    struct grant_entry *e = grant_entry_lock(&table, 1, &s);

    explore_require(!grant_track_is_still(&tracks[0], &was), "halves of two entries are taken for a third");
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
    struct grant_shared s;

    prepare(1, 1);
    grant_shared_at(&table, 1, &s);
    *s.v1 = (struct grant_entry_v1){ .flags = GTF_permit_access, .domid = domain.domain_id };
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
    { "link", "a mapping ends whose handle is free again after another one", prepare_link,
      { handle_is_used_again, first_is_ended }, NULL, false },
    { "halves", "a handle goes from one domain's entry to another's", prepare_halves,
      { handle_gets_other_domain, neither_is_it }, NULL, true },
    { "anew", "an entry of version 2 is made anew while it is pinned", prepare_pin,
      { entry_is_pinned, entry_is_made_anew }, page_is_right, false },
};
const unsigned int nr_other_scenarios = sizeof(other_scenarios) / sizeof(other_scenarios[0]);
const char explored_numbers[] = "DEF";

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
    { "mark_status", "mark_status", "it is read again, after F1" },
    { 0 },
};
