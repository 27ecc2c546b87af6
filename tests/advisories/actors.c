/* SPDX-License-Identifier: MIT */
/* Domains, and what they do to each other: see actors.h. */
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "actors.h"
#include "host.h"
#include "hv-bug.h"
#include "rules.h"

enum kind kind;
struct domain *p, *g, *m, *x;
unsigned int expected, missed;

static bool running;
__thread unsigned int as_which;

/* ---- what is expected ------------------------------------------------------------- */

/* With something switched off or planted the first one is enough. */
static void miss(void)
{
    missed++;
    if ( !hv_rule_off && !hv_bug )
        return;
    fflush(stdout);
    _exit(1);
}

bool expect(bool holds, const char *text, const char *file, int line)
{
    expected++;
    if ( holds )
        return true;
    printf("  %s:%d: not so: %s\n", file, line, text);
    miss();
    return false;
}

bool expect_is(long got, long wanted, const char *text, const char *file, int line)
{
    expected++;
    if ( got == wanted )
        return true;
    printf("  %s:%d: %s is %ld (%#lx), not %ld\n", file, line, text, got, (unsigned long)got, wanted);
    miss();
    return false;
}

static void found(const char *what)
{
    expected++;
    if ( !what )
        return;
    printf("  %s\n", what);
    miss();
}

void all_well(void)
{
    found(machine_audit());
    found(machine_leaks() ? machine_leak_text() : NULL);
}

/* ---- the scene ---------------------------------------------------------------------- */

static struct domain *one(domid_t id, const struct scene *how)
{
    struct machine_domain domain = {
        .id = id, .pv = kind == PV, .hvm = kind == HVM,
        .has_pmt = kind == PV || (kind == ITANIUM && how->right),
        .pages = how->pages ? how->pages : PAGES,
        .max_pages = how->max_pages ? how->max_pages : (how->pages ? how->pages : PAGES) + SPARE,
        .max_gpfns = how->max_gpfns ? how->max_gpfns : MOST_GFNS,
        .grant_frames = how->grant_frames ? how->grant_frames : FRAMES,
        .maptrack_frames = how->maptrack_frames,
        .grant_version_max = how->version_max ? how->version_max : 2,
        .layout = LAYOUT_FRAGMENTS,
        .vcpus = how->vcpus ? how->vcpus : 4,
        .pager = how->pager && kind != PV && id != P_ID,
        .other_maps = how->other_maps && kind == HVM && id != P_ID,
    };

    if ( id == P_ID )
    {
        domain.pv = kind != ITANIUM;
        domain.hvm = false;
        domain.privileged = domain.hardware = domain.has_pmt = true;
    }
    return machine_domain(&domain);
}

enum machine_leak planted_leak;

void begin_with(const struct scene *how)
{
    const struct machine_config machine = { .frames = how->frames, .seed = 7,
                                             .no_transfer = how->no_transfer };

    end();
    machine_start(&machine);
    machine_plan_reset();
    machine_plan.plant_leak = planted_leak;
    running = true;
    p = one(P_ID, how);
    g = one(G_ID, how);
    m = one(M_ID, how);
    x = one(X_ID, how);
    if ( !p || !g || !m || !x )
    {
        printf("  the scene cannot be built\n");
        exit(1);
    }
    as(p);
}

void begin(void)
{
    begin_with(&(struct scene){ .pages = 0 });
}

void end(void)
{
    if ( !running )
        return;
    machine_plan_reset();
    all_well();
    running = false;
    found(machine_stop());
}

void as_vcpu(struct domain *d, unsigned int nr)
{
    machine_run_as(machine_vcpu(d, nr));
}

void as(struct domain *d)
{
    as_vcpu(d, as_which);
}

void kill_domain(struct domain **d)
{
    struct domain *dead = *d;

    as(p);
    *d = NULL;
    machine_kill(dead);
}

/* ---- frames -------------------------------------------------------------------------- */

uint64_t mfn_at(struct domain *d, uint64_t gfn)
{
    return p2m_gfn_to_mfn(d, gfn);
}

uint64_t frame_at(struct domain *d, uint64_t gfn)
{
    return d->is_pv ? mfn_at(d, gfn) : gfn;
}

uint64_t *word_at(struct domain *d, uint64_t gfn)
{
    return port_page_address(mfn_at(d, gfn));
}

uint64_t place(struct domain *d, unsigned int n)
{
    uint64_t page = FREE_GFN + 100 + n;

    return d->is_pv ? MACHINE_PV_BASE + page * PAGE_SIZE : page * PAGE_SIZE;
}

bool can_read(struct domain *d, uint64_t where, uint64_t *word)
{
    struct vcpu *v = machine_vcpu(d, 0);

    if ( where >= MACHINE_PV_BASE )
        return !machine_va_read(v, where, word, sizeof(*word));
    return !machine_read(v, where, word, sizeof(*word));
}

bool can_write(struct domain *d, uint64_t where, uint64_t word)
{
    struct vcpu *v = machine_vcpu(d, 0);

    if ( where >= MACHINE_PV_BASE )
        return !machine_va_write(v, where, &word, sizeof(word));
    return !machine_write(v, where, &word, sizeof(word));
}

long pages_of(struct domain *d)
{
    return (long)d->tot_pages;
}

void references(uint64_t mfn, unsigned int *all, unsigned int *writers)
{
    port_page_counts(mfn, all, writers);
}

/* ---- entries --------------------------------------------------------------------------- */

/* The granter's own view; the frame stays as long as the table does. */
static void *table_of(struct domain *d, bool status, uint64_t byte)
{
    uint64_t mfn;

    if ( grant_frame(d, status, byte / PAGE_SIZE, true, &mfn) )
    {
        printf("  no frame %lu of a table\n", (unsigned long)(byte / PAGE_SIZE));
        exit(1);
    }
    port_page_put(mfn);
    return (char *)port_page_address(mfn) + byte % PAGE_SIZE;
}

struct grant_entry_v1 *entry_of(struct domain *d, grant_ref_t ref)
{
    return table_of(d, false, (uint64_t)ref * sizeof(struct grant_entry_v1));
}

union grant_entry_v2 *entry2_of(struct domain *d, grant_ref_t ref)
{
    return table_of(d, false, (uint64_t)ref * sizeof(union grant_entry_v2));
}

uint16_t *status_of(struct domain *d, grant_ref_t ref)
{
    return table_of(d, true, (uint64_t)ref * sizeof(uint16_t));
}

static bool version_2(struct domain *d)
{
    return grant_nr_frames(d, true) != 0;
}

unsigned int flags_of(struct domain *d, grant_ref_t ref)
{
    if ( !version_2(d) )
        return port_load(&entry_of(d, ref)->flags);
    return port_load(&entry2_of(d, ref)->hdr.flags) | port_load(status_of(d, ref));
}

static void entry_write(struct domain *d, grant_ref_t ref, struct domain *to, uint64_t frame,
                        unsigned int flags)
{
    if ( !version_2(d) )
    {
        struct grant_entry_v1 *entry = entry_of(d, ref);

        port_store(&entry->flags, 0);
        port_store(&entry->domid, to->domain_id);
        port_store(&entry->frame, (uint32_t)frame);
        port_store_release(&entry->flags, (uint16_t)flags);
    }
    else
    {
        union grant_entry_v2 *entry = entry2_of(d, ref);

        port_store(&entry->hdr.flags, 0);
        port_store(&entry->hdr.domid, to->domain_id);
        if ( flags & GTF_sub_page )
            port_store(&entry->sub_page.frame, frame);
        else
            port_store(&entry->full_page.frame, frame);
        port_store_release(&entry->hdr.flags, (uint16_t)flags);
    }
}

void grant(struct domain *d, grant_ref_t ref, struct domain *to, uint64_t gfn, unsigned int more)
{
    entry_write(d, ref, to, frame_at(d, gfn), GTF_permit_access | more);
}

/* The frame where a page is wanted: of a PV domain a number that it will find there. */
void accept(struct domain *d, grant_ref_t ref, struct domain *from, uint64_t gfn)
{
    entry_write(d, ref, from, gfn, GTF_accept_transfer);
}

void part(struct domain *d, grant_ref_t ref, struct domain *to, uint64_t gfn,
          unsigned int offset, unsigned int length)
{
    union grant_entry_v2 *entry = entry2_of(d, ref);

    port_store(&entry->sub_page.page_off, (uint16_t)offset);
    port_store(&entry->sub_page.length, (uint16_t)length);
    entry_write(d, ref, to, frame_at(d, gfn), GTF_permit_access | GTF_sub_page);
}

void transitive(struct domain *d, grant_ref_t ref, struct domain *to, struct domain *from,
                grant_ref_t theirs)
{
    union grant_entry_v2 *entry = entry2_of(d, ref);

    port_store(&entry->hdr.flags, 0);
    port_store(&entry->hdr.domid, to->domain_id);
    port_store(&entry->transitive.trans_domid, from->domain_id);
    port_store(&entry->transitive.gref, theirs);
    port_store_release(&entry->hdr.flags, GTF_transitive);
}

bool end_access(struct domain *d, grant_ref_t ref)
{
    uint16_t *flags = version_2(d) ? &entry2_of(d, ref)->hdr.flags : &entry_of(d, ref)->flags;
    uint16_t was = port_load(flags);

    if ( flags_of(d, ref) & (GTF_reading | GTF_writing) )
        return false;
    return port_cmpxchg(flags, was, 0) == was;
}

/* ---- calls on grants ---------------------------------------------------------------------- */

struct mapping mapping_of(struct domain *granter, grant_ref_t ref, struct domain *mapper,
                          unsigned int n, unsigned int flags)
{
    return (struct mapping){ granter->domain_id, ref, flags, place(mapper, n), 0, ~0u };
}

long map(struct domain *mapper, struct mapping *what)
{
    struct gnttab_map_grant_ref op = {
        .host_addr = what->where, .flags = what->flags, .ref = what->ref, .dom = what->dom,
        .status = 1, .handle = ~0u,
    };
    long rc;

    as(mapper);
    rc = hc_grant_table_map_grant_ref(&op, 1);
    what->handle = op.handle;
    what->bus = op.dev_bus_addr;
    return rc ? rc : op.status;
}

long unmap_parts(struct domain *mapper, grant_handle_t handle, uint64_t where, uint64_t bus)
{
    struct gnttab_unmap_grant_ref op = {
        .host_addr = where, .dev_bus_addr = bus, .handle = handle, .status = 1,
    };
    long rc;

    as(mapper);
    rc = hc_grant_table_unmap_grant_ref(&op, 1);
    return rc ? rc : op.status;
}

long unmap(struct domain *mapper, const struct mapping *what)
{
    return unmap_parts(mapper, what->handle, what->flags & GNTMAP_host_map ? what->where : 0,
                       what->flags & GNTMAP_device_map ? what->bus : 0);
}

struct mapping mapped(grant_ref_t ref, unsigned int flags)
{
    struct mapping what = mapping_of(g, ref, m, 0, flags);

    grant(g, ref, m, DATA, flags & GNTMAP_readonly ? GTF_readonly : 0);
    EXPECT_IS(map(m, &what), GNTST_okay);
    return what;
}

struct gnttab_copy copy_of(struct side from, struct side to, unsigned int len)
{
    struct gnttab_copy op = {
        .source = { .domid = from.domid, .offset = from.offset },
        .dest = { .domid = to.domid, .offset = to.offset },
        .len = len, .status = 1,
        .flags = (from.by_ref ? GNTCOPY_source_gref : 0) | (to.by_ref ? GNTCOPY_dest_gref : 0),
    };

    if ( from.by_ref )
        op.source.u.ref = from.what;
    else
        op.source.u.gmfn = from.what;
    if ( to.by_ref )
        op.dest.u.ref = to.what;
    else
        op.dest.u.gmfn = to.what;
    return op;
}

long copy(struct domain *caller, struct side from, struct side to, unsigned int len)
{
    struct gnttab_copy op = copy_of(from, to, len);
    long rc;

    as(caller);
    rc = hc_grant_table_copy(&op, 1);
    return rc ? rc : op.status;
}

long transfer(struct domain *giver, uint64_t gfn, struct domain *taker, grant_ref_t ref)
{
    struct gnttab_transfer op = {
        .mfn = frame_at(giver, gfn), .domid = taker->domain_id, .ref = ref, .status = 1,
    };
    long rc;

    as(giver);
    rc = hc_grant_table_transfer(&op, 1);
    return rc ? rc : op.status;
}

long set_version(struct domain *d, unsigned int version)
{
    struct gnttab_set_version op = { .version = version };

    as(d);
    return hc_grant_table_set_version(&op, 1);
}

long swap_refs(struct domain *d, grant_ref_t a, grant_ref_t b)
{
    struct gnttab_swap_grant_ref op = { .ref_a = a, .ref_b = b, .status = 1 };
    long rc;

    as(d);
    rc = hc_grant_table_swap_grant_ref(&op, 1);
    return rc ? rc : op.status;
}

long setup(struct domain *d, unsigned int frames)
{
    unsigned long list[64];
    struct gnttab_setup_table op = { .dom = DOMID_SELF, .nr_frames = frames, .status = 1 };
    long rc;

    set_xen_guest_handle(op.frame_list, list);
    as(d);
    rc = hc_grant_table_setup_table(&op, 1);
    return rc ? rc : op.status;
}
