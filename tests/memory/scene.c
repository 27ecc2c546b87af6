/* SPDX-License-Identifier: MIT */
/*
 * Scenes: a fresh machine for each run of a row, and what is compared between runs.
 */
#include <stdarg.h>

#include "scene.h"

struct domain *scene[NR_WHO];
unsigned int scene_shift;
unsigned int passed, failed, skipped;
const char *scene_what = "";
bool scene_refused;

static uint64_t noted;

void check_at(bool ok, const char *file, int line, const char *format, ...)
{
    va_list args;

    if ( ok )
    {
        passed++;
        return;
    }
    failed++;
    if ( failed > 40 )
        return;
    printf("FAILED: %s: ", scene_what);
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    printf(" (%s:%d)\n", file, line);
}

void scene_note(uint64_t value)
{
    noted = (noted ^ value) * 0x100000001b3ul;
}

void *guest(size_t bytes)
{
    void *p = machine_guest_alloc(current->domain, bytes);

    if ( !p )
        abort();
    return p;
}

uint64_t entry_of(enum who who, uint64_t gfn)
{
    return pmt_lookup(&scene[who]->hv->pmt, gfn);
}

uint64_t frame_of(enum who who, uint64_t gfn)
{
    return is_pv_domain(scene[who]) ? p2m_entry_mfn(entry_of(who, gfn)) : gfn;
}

unsigned int references_of(uint64_t mfn)
{
    unsigned int references, writers;

    port_page_counts(mfn, &references, &writers);
    return references;
}

unsigned int page_order(enum who who)
{
    return p2m_page_order(scene[who]);
}

void as(enum who who)
{
    machine_run_as(machine_vcpu(scene[who], 0));
}

domid_t domid_of(enum who caller, enum who target)
{
    return caller == target ? DOMID_SELF : scene[target]->domain_id;
}

/* ---- the machine -------------------------------------------------------------------------- */

void scene_build(void)
{
    static const struct machine_config config = { .frames = 8192 };
    struct machine_domain how = {
        .pv = !IA64, .privileged = true, .hardware = true, .has_pmt = true,
        .pages = PAGES, .max_pages = PAGES + SPARE, .max_gpfns = MAX_GFN,
        .layout = LAYOUT_SCATTERED, .max_order = 12,
    };
    unsigned int i;

    noted = 0;
    machine_start(&config);
    for ( i = 0; i < NR_WHO; i++ )
    {
        how.id = i;
        scene[i] = machine_domain(&how);
        if ( !scene[i] )
            abort();
        how.pv = how.privileged = how.hardware = how.has_pmt = false;
        how.hvm = !IA64;
        how.page_shift = scene_shift;
        how.max_order = 9;
        how.layout = LAYOUT_FRAGMENTS;
        how.vcpus = 2;
        how.pager = true;
    }
    machine_plan_reset();
}

void scene_end(const char *what)
{
    const char *wrong = machine_audit();

    CHECK(!wrong, "%s: %s", what, wrong ? wrong : "");
    CHECK(!machine_leaks(), "%s: leak: %s", what, machine_leaks() ? machine_leak_text() : "");
    wrong = machine_stop();
    CHECK(!wrong, "%s: left: %s", what, wrong ? wrong : "");
}

/* ---- what is compared ------------------------------------------------------------------------ */

struct seen {
    long result;
    uint64_t tot[NR_WHO], table[NR_WHO], note;
};

/* Which frames are behind a table may differ from run to run; what kind they are may not. */
static uint64_t table_seen(const struct domain *d)
{
    uint64_t hash = 0xcbf29ce484222325ul, gfn, entry;

    for ( gfn = 0; gfn < MAX_GFN; gfn++ )
    {
        entry = pmt_lookup(&d->hv->pmt, gfn);
        if ( !p2m_entry_holds(entry) )
            continue;
        hash = (hash ^ gfn) * 0x100000001b3ul;
        hash = (hash ^ (entry & (PMTE_present | PMTE_writable | PMTE_io | PMTE_foreign |
                                 P2M_SOFTWARE))) * 0x100000001b3ul;
    }
    return hash;
}

static void look(struct seen *seen, long result)
{
    unsigned int i;

    seen->result = result;
    seen->note = noted;
    for ( i = 0; i < NR_WHO; i++ )
    {
        seen->tot[i] = scene[i]->tot_pages;
        seen->table[i] = table_seen(scene[i]);
    }
}

/* ---- running rows ------------------------------------------------------------------------------ */

/* Which of the plan's numbers a run sets. */
#define FAULTS(X)                                                              \
    X("preempted",   preempt_at,     looks)                                    \
    X("no memory",   fail_alloc_at,  allocs)                                   \
    X("no page",     fail_page_at,   pages)                                    \
    X("no window",   fail_window_at, windows)                                  \
    X("no copy",     fail_copy_at,   copies)

static void check_relation(const struct row *row, const struct seen *before,
                           const struct seen *after, const char *how)
{
    long more = (long)(after->tot[row->target] - before->tot[row->target]);
    bool same;

    switch ( row->relation )
    {
    case COUNT_UP:
        CHECK(more == (long)((uint64_t)after->result << (row->order & 63)),
              "%s: %ld extents, but %ld pages", how, after->result, more);
        break;
    case COUNT_DOWN:
        CHECK(-more >= (long)((uint64_t)after->result << (row->order & 63)),
              "%s: %ld extents, but %ld pages", how, after->result, more);
        break;
    case ALL_OR_NOTHING:
        same = !memcmp(before->tot, after->tot, sizeof(before->tot)) &&
               !memcmp(before->table, after->table, sizeof(before->table));
        CHECK(after->result >= 0 || same, "%s: %ld, and something has changed", how, after->result);
        break;
    default:
        break;
    }
}

static void run_once(const struct row *row, const struct machine_plan *plan,
                     struct seen *before, struct seen *after, const char *how)
{
    scene_build();
    as(row->caller);
    if ( row->set )
        row->set(row);
    machine_plan_reset();
    look(before, 0);
    if ( plan )
        machine_plan = *plan;
    look(after, row->run(row));
    if ( plan )
    {
        struct machine_counters seen = machine_counters;

        machine_plan_reset();
        machine_counters = seen;
    }
    check_relation(row, before, after, how);
}

static void check_plain(const struct row *row, struct seen *after, struct machine_counters *counters)
{
    struct seen before;
    unsigned int i;

    run_once(row, NULL, &before, after, "plain");
    *counters = machine_counters;
    CHECK(after->result == row->expect, "answers %ld, not %ld", after->result, row->expect);
    for ( i = 0; i < NR_WHO; i++ )
        CHECK((long)(after->tot[i] - before.tot[i]) == row->pages[i],
              "domain %u has %ld more pages, not %ld", i,
              (long)(after->tot[i] - before.tot[i]), row->pages[i]);
    scene_end("plain");
}

/* Interrupted, it ends as without. */
static void check_same(const struct row *row, const struct seen *plain,
                       const struct machine_plan *plan, const char *how)
{
    struct seen before, after;

    run_once(row, plan, &before, &after, how);
    CHECK(after.result == plain->result, "%s: answers %ld, not %ld", how, after.result,
          plain->result);
    CHECK(!memcmp(after.tot, plain->tot, sizeof(after.tot)) &&
          !memcmp(after.table, plain->table, sizeof(after.table)) &&
          after.note == plain->note, "%s: something else has become of it", how);
    scene_end(how);
}

static void run_row(const char *part, const struct row *row)
{
    struct machine_plan nothing;
    struct machine_counters counters;
    struct seen plain, before, after;
    char what[120], how[40];
    uint64_t i, most;

    snprintf(what, sizeof(what), "%s: %s (pages of %u)", part, row->name, 1u << scene_shift);
    scene_what = what;
    scene_build();
    nothing = machine_plan;
    machine_stop();

    check_plain(row, &plain, &counters);
    if ( row->only & ONLY_PLAIN )
        return;
    nothing.preempt_always = true;
    check_same(row, &plain, &nothing, "always preempted");
    nothing.preempt_always = false;
    if ( scene_shift != PAGE_SHIFT )
        return;

#define RUN_FAULT(name, plan, counter)                                         \
    most = counters.counter < 24 ? counters.counter : 24;                      \
    for ( i = 0; i < most; i++ )                                               \
    {                                                                          \
        struct machine_plan one = nothing;                                     \
                                                                               \
        one.plan = i;                                                          \
        snprintf(how, sizeof(how), name " at %lu", (unsigned long)i);          \
        if ( &one.plan == (void *)&one.preempt_at )                            \
            check_same(row, &plain, &one, how);                                \
        else                                                                   \
        {                                                                      \
            scene_refused = true;                                              \
            run_once(row, &one, &before, &after, how);                         \
            scene_refused = false;                                             \
            scene_end(how);                                                    \
        }                                                                      \
    }
    FAULTS(RUN_FAULT)
#undef RUN_FAULT
}

void rows_run(const char *part, const struct row rows[], unsigned int nr)
{
    static const unsigned int shifts[] = { 12, 14, 16 };
    unsigned int i, s;

    for ( s = 0; s < sizeof(shifts) / sizeof(*shifts); s++ )
    {
        if ( shifts[s] < PAGE_SHIFT )
            continue;
        scene_shift = shifts[s];
        for ( i = 0; i < nr; i++ )
            if ( !(rows[i].only & (IA64 ? ONLY_X86 : ONLY_IA64)) &&
                 (scene_shift == PAGE_SHIFT || !(rows[i].only & ONLY_SMALL)) )
                run_row(part, &rows[i]);
    }
    scene_shift = PAGE_SHIFT;
}
