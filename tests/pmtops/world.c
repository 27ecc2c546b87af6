/* SPDX-License-Identifier: MIT */
/* The world of the tests, and what they count. */
#include "pmtops.h"

unsigned int passed, failed;
const char *testing = "";
struct world world;

static grant_entry_v1_t *entries[NR_DOMAINS];

bool check_at(bool okay, const char *file, int line, const char *text)
{
    if ( okay )
        passed++;
    else
    {
        failed++;
        printf("FAILED: %s (%u, %u): %s:%d: %s\n", testing, world.page_shift, world.pv, file, line, text);
    }
    return okay;
}

bool equal_at(long long is, long long wanted, const char *file, int line, const char *text)
{
    if ( is != wanted )
        printf("  %lld, not %lld\n", is, wanted);
    return check_at(is == wanted, file, line, text);
}

/* ---- domains ---------------------------------------------------------------------- */

static struct domain *domain(unsigned int who, struct machine_domain how)
{
    how.id = who;
    how.pages = PAGES;
    how.max_pages = PAGES + 32;
    how.max_gpfns = GPFNS;
    how.kernel_pages = FREE;
    how.max_order = 4;
    return machine_domain(&how);
}

void world_start(unsigned int page_shift, enum machine_layout layout)
{
    unsigned int other = page_shift == 16 ? PAGE_SHIFT : 16;
    struct machine_config config = { .frames = 32768, .seed = 1 };

    world.page_shift = page_shift;
    memset(entries, 0, sizeof(entries));
#ifndef PORT_IA64
    world.pv = page_shift == PAGE_SHIFT;
#endif
    machine_start(&config);
    world.d[DOM0] = domain(DOM0, (struct machine_domain){
        .pv = world.pv, .privileged = true, .hardware = true, .has_pmt = true,
        .page_shift = page_shift, .layout = layout });
    world.d[GUEST] = domain(GUEST, (struct machine_domain){
        .hvm = PAGE_SHIFT == 12, .page_shift = page_shift, .layout = layout });
    world.d[DRIVER] = domain(DRIVER, (struct machine_domain){
        .hvm = PAGE_SHIFT == 12, .has_pmt = true, .page_shift = page_shift, .layout = layout });
    world.d[OTHER] = domain(OTHER, (struct machine_domain){
        .hvm = PAGE_SHIFT == 12, .page_shift = other, .layout = layout });
    machine_plan_reset();
}

void world_stop(void)
{
    const char *left = machine_stop();

    if ( left )
        printf("  %s\n", left);
    CHECK(!left);
}

void world_audit(const char *file, int line)
{
    const char *wrong = machine_audit();
    char what[200];
    unsigned int i;

    if ( wrong )
        printf("  %s\n", wrong);
    check_at(!wrong, file, line, "audit");
    check_at(!machine_leaks(), file, line, machine_leaks() ? machine_leak_text() : "leaks");
    for ( i = 0; i < NR_DOMAINS; i++ )
        if ( world.d[i] && world.d[i]->hv )
        {
            if ( window_audit(world.d[i], what, sizeof(what)) ||
                 loan_audit(world.d[i], NULL, NULL, what, sizeof(what)) )
                check_at(false, file, line, what);
            else
                passed++;
        }
}

void as(unsigned int who)
{
    machine_run_as(machine_vcpu(world.d[who], 0));
}

bool guest_goes_at(const char *name)
{
    if ( strcmp(name, "window-detached") || !world.d[GUEST] )
        return false;
    as(OTHER);
    EQUAL(machine_kill(world.d[GUEST]), 0);
    world.d[GUEST] = NULL;
    return true;
}

/* ---- pages ------------------------------------------------------------------------- */

uint64_t word_of(unsigned int who, uint64_t gpfn)
{
    return pmt_lookup(&world.d[who]->hv->pmt, gpfn);
}

uint64_t mfn_of(unsigned int who, uint64_t gpfn)
{
    uint64_t word = word_of(who, gpfn);

    return p2m_entry_holds(word) ? p2m_entry_mfn(word) : HV_INVALID_MFN;
}

uint64_t *page_of(unsigned int who, uint64_t gpfn)
{
    return port_page_address(mfn_of(who, gpfn));
}

uint64_t address_of(unsigned int who, uint64_t gpfn)
{
    return gpfn << world.d[who]->page_shift;
}

/* ---- grants ------------------------------------------------------------------------- */

/* Looked up once in a world: it may be asked for with locks held. */
static grant_entry_v1_t *entry_of(unsigned int who, grant_ref_t ref)
{
    grant_entry_v1_t *entry = entries[who];
    uint64_t mfn;

    if ( entry )
        return entry + ref;
    if ( grant_frame(world.d[who], false, 0, false, &mfn) )
        abort();
    entry = port_page_address(mfn);
    port_page_put(mfn);
    entries[who] = entry;
    return entry + ref;
}

static uint64_t frame_of(unsigned int who, uint64_t gpfn)
{
    return is_pv_domain(world.d[who]) ? mfn_of(who, gpfn) : gpfn;
}

void grant_access(unsigned int who, grant_ref_t ref, unsigned int to, uint64_t gpfn, bool readonly)
{
    grant_entry_v1_t *entry = entry_of(who, ref);

    entry->frame = frame_of(who, gpfn);
    entry->domid = ID(to);
    entry->flags = GTF_permit_access | (readonly ? GTF_readonly : 0);
}

void grant_accepts(unsigned int who, grant_ref_t ref, unsigned int from, uint64_t gpfn)
{
    grant_entry_v1_t *entry = entry_of(who, ref);

    entry->frame = gpfn;
    entry->domid = ID(from);
    entry->flags = GTF_accept_transfer;
}

void grant_end(unsigned int who, grant_ref_t ref)
{
    memset(entry_of(who, ref), 0, sizeof(grant_entry_v1_t));
}

uint16_t grant_flags(unsigned int who, grant_ref_t ref)
{
    return entry_of(who, ref)->flags;
}

uint32_t grant_frame_told(unsigned int who, grant_ref_t ref)
{
    return entry_of(who, ref)->frame;
}

grant_handle_t map_for_driver(grant_ref_t ref, uint64_t gpfn, bool readonly)
{
    struct gnttab_map_grant_ref map = {
        .host_addr = address_of(DRIVER, gpfn),
        .flags = GNTMAP_host_map | (readonly ? GNTMAP_readonly : 0),
        .ref = ref, .dom = ID(GUEST),
    };

    as(DRIVER);
    EQUAL(hc_grant_table_map_grant_ref(&map, 1), 0);
    EQUAL(map.status, GNTST_okay);
    return map.handle;
}

void unmap_for_driver(grant_handle_t handle, uint64_t gpfn)
{
    struct gnttab_unmap_grant_ref unmap = {
        .host_addr = address_of(DRIVER, gpfn), .handle = handle,
    };

    as(DRIVER);
    EQUAL(hc_grant_table_unmap_grant_ref(&unmap, 1), 0);
    EQUAL(unmap.status, GNTST_okay);
}

/* ---- state --------------------------------------------------------------------------- */

static uint64_t mix(uint64_t state, uint64_t word)
{
    state = (state ^ word) * 0x9e3779b97f4a7c15ull;
    return state ^ state >> 29;
}

/* A page by its contents, whoever's it is, and what can be done with it. */
static uint64_t page_state(uint64_t gpfn, uint64_t word)
{
    const uint64_t keep = PMTE_present | PMTE_writable | PMTE_io | PMTE_foreign | P2M_SOFTWARE;
    uint64_t state = mix(gpfn, word & keep);

    if ( p2m_kind(word) != P2M_DEVICE && gpfn >= FREE )
        state = mix(state, *(uint64_t *)port_page_address(p2m_entry_mfn(word)));
    return state;
}

uint64_t world_state(void)
{
    uint64_t state = 0, chunks;
    unsigned int i, gpfn, taken;

    for ( i = 0; i < NR_DOMAINS; i++ )
    {
        struct domain *d = world.d[i];

        if ( !d || !d->hv )
            continue;
        for ( gpfn = 0; gpfn < GPFNS; gpfn++ )
            if ( p2m_entry_holds(pmt_lookup(&d->hv->pmt, gpfn)) )
                state = mix(state, page_state(gpfn, pmt_lookup(&d->hv->pmt, gpfn)));
        state = mix(state, d->tot_pages);
        state = mix(state, loan_count(d, &taken));
        state = mix(state, taken);
        state = mix(state, window_count(d, &chunks));
        state = mix(state, grant_handles(d, &taken) - taken);
    }
    return state;
}
