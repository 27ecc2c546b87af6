/* SPDX-License-Identifier: MIT */
/*
 * Domains that come and go. What ties domains to each other is there when they die: grants
 * that are mapped, offers to take pages, loans both ways, windows onto tables both
 * ways. Their processors are in calls while they are taken down.
 */
#include <stdio.h>
#include <unistd.h>

#include "stress.h"
#include "p2m.h"
#include "grant.h"
#include "window.h"

#include "hc-xen.h"
#ifdef PORT_IA64
#include "hc-dom0vp.h"
#endif

struct mortal mortals[NR_MORTALS];
uint64_t mortals_done;
static _Atomic domid_t next_id = 100;

/* Anybody's number, who may be dead by now. */
static domid_t any_mortal(struct actor *a)
{
    return __atomic_load_n(&mortals[any(a, NR_MORTALS)].id, __ATOMIC_RELAXED);
}

/* Where a domain has something at a guest frame: guest-physical, or linear of PV. */
static uint64_t address_of(const struct domain *d, uint64_t gfn)
{
    return (is_pv_domain(d) ? MACHINE_PV_BASE : 0) + (gfn << PAGE_SHIFT);
}

static void look_at(struct actor *a, uint64_t address)
{
    uint64_t word;

    if ( is_pv_domain(a->d) )
        (void)machine_va_read(a->v, address, &word, sizeof(word));
    else
        (void)machine_read(a->v, address, &word, sizeof(word));
}

/* ---- what binds them --------------------------------------------------------------- */

/* A window onto the table of somebody, for a while. */
static void see(struct actor *a, domid_t whose)
{
    static const struct { uint32_t window, nr; } what[] = {
        { PMTW_leaf, 3 }, { PMTW_dir, 1 }, { PMTW_state, 1 },
    };
    unsigned int i = (unsigned int)any(a, 8), w = (unsigned int)any(a, 3);
    struct pmt_attach in = { .domid = whose, .window = what[w].window, .nr = what[w].nr };
    struct pmt_detach out = { .address = a->window[i].address, .nr = a->window[i].nr };

    if ( out.address )
    {
        look_at(a, out.address + 8 * any(a, 64));
        if ( any(a, 2) )
            return;
        if ( !hc_pmt_detach(&out, 1) )
            a->done += out.status == PMTST_okay;
        a->window[i].address = 0;
        return;
    }
    if ( !is_pv_domain(a->d) )
        in.address = (SEEN_FIRST + 8ull * (8 * a->vcpu + i)) << PAGE_SHIFT;
    if ( hc_pmt_attach(&in, 1) || !in.done )
        return;
    a->window[i].address = in.address;
    a->window[i].nr = in.done;
    look_at(a, in.address + 8 * any(a, 64));
}

/* A page is lent to somebody, for a while. */
static void lend(struct actor *a, domid_t taker)
{
    unsigned int i = (unsigned int)any(a, 16);
    struct pmt_donate give = { .gpfn = OWN_FIRST + any(a, OWN_NR), .domid = taker,
                               .dest_gpfn = LENT_FIRST + 64 + 16 * a->vcpu + any(a, 16),
                               .rights = (uint32_t)(any(a, 2) ? PMTR_read : PMTR_read | PMTR_write) };
    struct pmt_reclaim take = { .loan = a->loan[i] };

    if ( !take.loan )
    {
        if ( !hc_pmt_donate(&give, 1) && give.status == PMTST_okay )
            a->loan[i] = give.loan;
    }
    else if ( !hc_pmt_reclaim(&take, 1) && take.status != PMTST_busy )
    {
        a->done += take.status == PMTST_okay;
        a->loan[i] = 0;
    }
}

/* A grant of somebody is mapped, for a while. */
static void map(struct actor *a, domid_t granter)
{
    unsigned int i = (unsigned int)any(a, 8);
    uint64_t at = address_of(a->d, MAPPED_FIRST + 256 + 8 * a->vcpu + i);
    struct gnttab_map_grant_ref in = {
        .host_addr = at, .flags = GNTMAP_host_map | (any(a, 2) ? GNTMAP_readonly : 0), .dom = granter,
        .ref = ACCESS_FIRST + (grant_ref_t)any(a, ACCESS_NR),
    };
    struct gnttab_unmap_grant_ref out = { .host_addr = at, .handle = a->handle[i] };

    if ( a->is_mapped[i] )
    {
        look_at(a, at);
        if ( !hc_grant_table_unmap_grant_ref(&out, 1) && out.status == GNTST_okay )
            a->done++;
        else if ( !a->d->is_dying )
            stress_says(a->name, "what it has mapped cannot be unmapped");
        a->is_mapped[i] = false;
    }
    else if ( !hc_grant_table_map_grant_ref(&in, 1) && in.status == GNTST_okay )
    {
        a->is_mapped[i] = true;
        a->handle[i] = in.handle;
        look_at(a, at);
    }
}

static void flip(struct actor *a, domid_t to)
{
    struct pmt_flip op = { .gpfn = OWN_FIRST + any(a, OWN_NR), .domid = to,
                           .ref = ACCEPT_FIRST + (grant_ref_t)any(a, ACCEPT_NR) };

    if ( !hc_pmt_flip(&op, 1) )
        a->done += op.status == PMTST_okay;
}

static void copy(struct actor *a, domid_t from)
{
    struct gnttab_copy op = {
        .source = { .u.ref = ACCESS_FIRST + (grant_ref_t)any(a, ACCESS_NR), .domid = from },
        .dest = { .u.gmfn = p2m_gfn_to_mfn(a->d, OWN_FIRST), .domid = DOMID_SELF },
        .len = (uint16_t)any(a, 512), .flags = GNTCOPY_source_gref,
    };

    if ( !is_pv_domain(a->d) )
        op.dest.u.gmfn = OWN_FIRST;
    if ( !hc_grant_table_copy(&op, 1) )
        a->done += op.status == GNTST_okay;
}

#ifdef PORT_IA64
/* The old call for the same as a window, of the first 64 pages of a table. */
static void expose(struct actor *a, domid_t whose)
{
    struct {
        struct xen_ia64_memmap_info head;
        struct { uint32_t type, pad; uint64_t physical, virtual, pages, attribute; } range;
    } memory = {
        { .efi_memmap_size = 40, .efi_memdesc_size = 40, .efi_memdesc_version = 1 },
        { .type = 7, .pages = 64 },
    };
    unsigned int i = (unsigned int)any(a, 4);
    uint64_t dest = SEEN_FIRST + 512 + 8 * a->vcpu + i;

    if ( a->exposed[i] )
    {
        look_at(a, address_of(a->d, dest) + 8 * any(a, 64));
        a->done += !hc_ia64_dom0vp_unexpose_foreign_p2m(dest, a->exposed[i]);
        a->exposed[i] = 0;
    }
    else if ( !hc_ia64_dom0vp_expose_foreign_p2m(dest, whose, &memory.head, 0) )
        a->exposed[i] = whose;
}
#else
/* PV: where one of its pages is; it may be there already. */
static void expose(struct actor *a, domid_t whose)
{
    uint64_t gfn = OWN_FIRST + any(a, OWN_NR), mfn;
    struct mmu_update op;

    (void)whose;
    if ( !is_pv_domain(a->d) )
        return;
    mfn = p2m_gfn_to_mfn(a->d, gfn);
    op.ptr = mfn << PAGE_SHIFT | MMU_MACHPHYS_UPDATE;
    op.val = a->mortal && any(a, 2) ? GROW_FIRST + any(a, 64) : gfn;
    a->done += !hc_mmu_update(&op, 1, NULL, DOMID_SELF);
}
#endif

/* What the dead have lent stays, and keeps them, until who has it gives it back. */
static void let_go(struct actor *a)
{
    xen_pfn_t gfn = LENT_FIRST + 64 + any(a, 16 * MORTAL_VCPUS);
    struct xen_memory_reservation r = { .nr_extents = 1, .domid = DOMID_SELF };

    set_xen_guest_handle(r.extent_start, &gfn);
    (void)hc_memory_decrease_reservation(&r);
}

/* Residents: with any of those who come and go. */
void act_see(struct actor *a)
{
    see(a, any_mortal(a));
}

void act_lend_mortals(struct actor *a)
{
    lend(a, any_mortal(a));
}

void act_map_mortals(struct actor *a)
{
    let_go(a);
    map(a, any_mortal(a));
}

void act_flip_mortals(struct actor *a)
{
    flip(a, any_mortal(a));
}

void act_copy_mortals(struct actor *a)
{
    let_go(a);
    copy(a, any_mortal(a));
}

void act_expose(struct actor *a)
{
    expose(a, any_mortal(a));
}

/* They themselves: with each other, and with residents. */
static void act_mortal(struct actor *a)
{
    static const domid_t resident[] = { FIRST, GUEST, OTHER, DRIVER };
    domid_t who = any(a, 3) ? any_mortal(a) : resident[any(a, 4)];

    switch ( any(a, 9) )
    {
    case 0:
    case 1: return see(a, who);
    case 2: return lend(a, who == FIRST || who == GUEST ? (domid_t)DRIVER : who);
    case 3: return map(a, any(a, 2) ? who : GUEST);
    case 4: return flip(a, who);
    case 5: return copy(a, any(a, 2) ? who : GUEST);
    case 6: return expose(a, who);
    case 7: return act_exchange(a);
    default: return is_pv_domain(a->d) ? act_translate(a) : act_grow(a);
    }
}

/* ---- a life ---------------------------------------------------------------------------- */

/* As a guest does it: somebody may look already. */
static void put_grant(struct grant_entry_v1 *e, domid_t to, uint32_t frame, uint16_t flags)
{
    __atomic_store_n(&e->domid, to, __ATOMIC_RELAXED);
    __atomic_store_n(&e->frame, frame, __ATOMIC_RELAXED);
    __atomic_store_n(&e->flags, flags, __ATOMIC_RELEASE);
}

/* Grants to whoever is there, and offers to take pages of anybody. */
static bool grant_all(struct domain *d, const domid_t to[], unsigned int nr)
{
    struct grant_entry_v1 *e;
    uint64_t mfn;
    unsigned int i;

    if ( grant_frame(d, false, 0, false, &mfn) )
        return false;
    e = port_page_address(mfn);
    for ( i = 0; i < ACCESS_NR; i++ )
        put_grant(&e[ACCESS_FIRST + i], to[i % nr],
                  (uint32_t)(is_pv_domain(d) ? p2m_gfn_to_mfn(d, OWN_FIRST + i) : OWN_FIRST + i),
                  GTF_permit_access | (i & 1 ? GTF_readonly : 0));
    for ( i = 0; i < ACCEPT_NR; i++ )
        put_grant(&e[ACCEPT_FIRST + i], to[i % nr], TAKEN_FIRST + i, GTF_accept_transfer);
    port_page_put(mfn);
    return true;
}

static void live(void *argument)
{
    struct actor *a = argument;
    struct mortal *m = a->mortal;

    while ( !m->stop )
    {
        stress_may_pause();
        act_mortal(a);
        a->acts++;
    }
    m->running--;
}

void mortal_begin(struct mortal *m, uint64_t seed)
{
    const unsigned int kind = (unsigned int)(seed % 4);
    domid_t to[4 + NR_MORTALS] = { FIRST, GUEST, OTHER, DRIVER };
    struct machine_domain how = {
        .id = next_id++, .pages = OWN_FIRST + OWN_NR, .max_pages = 4096, .vcpus = MORTAL_VCPUS,
        .layout = kind & 1 ? LAYOUT_SCATTERED : LAYOUT_FRAGMENTS,
        .has_pmt = kind != 1, .privileged = kind != 1,
    };
    unsigned int i;

#ifndef PORT_IA64
    how.pv = kind & 2;
    how.hvm = !how.pv;
    how.mapped = how.pv && m == &mortals[0];
#endif
    m->d = machine_domain(&how);
    for ( i = 0; i < NR_MORTALS; i++ )
        to[4 + i] = &mortals[i] == m ? how.id + 1 : mortals[i].id;
    if ( !m->d || !grant_all(m->d, to, 4 + NR_MORTALS) )
    {
        stress_says("a domain that comes", "it cannot be built");
        m->d = NULL;
        return;
    }
    m->stop = false;
    m->running = MORTAL_VCPUS;
    __atomic_store_n(&m->id, how.id, __ATOMIC_RELAXED);
    for ( i = 0; i < MORTAL_VCPUS; i++ )
    {
        m->actor[i] = (struct actor){
            .name = "a domain that goes", .vcpu = i, .v = machine_vcpu(m->d, i), .d = m->d,
            .seed = seed * 7 + i, .mortal = m,
        };
        machine_thread(m->actor[i].v, live, &m->actor[i]);
    }
}

static void join(struct mortal *m)
{
    unsigned int i;

    m->stop = true;
    for ( i = 0; i < MORTAL_VCPUS && !m->joined; i++ )
    {
        machine_join(m->actor[i].v);
        mortals_done += m->actor[i].done;
    }
    m->joined = true;
}


/* Everything that it takes; some stay a while, since others have something of them. */
static void take_down(struct mortal *m, bool in_calls)
{
    struct domain *d = m->d;
    int rc = machine_kill(d);

    if ( in_calls )
    {
        join(m);
        port_domain_release(d);
    }
    m->d = rc ? d : NULL;
}

/*
 * Some of them die at once, while their processors are in calls, or stopped: no structure
 * goes before its processors have.
 */
void mortals_die(uint64_t chosen, uint64_t in_calls)
{
    unsigned int i;

    for ( i = 0; i < NR_MORTALS; i++ )
    {
        struct mortal *m = &mortals[i];

        if ( !m->d || m->dying || !(chosen >> i & 1) )
            continue;
        m->joined = false;
        m->in_calls = in_calls >> i & 1;
        if ( !m->in_calls )
            join(m);
        else if ( !port_domain_hold(m->d) )
            stress_says("a domain that goes", "it cannot be held");
        m->dying = true;
        machine_dying(m->d);
    }
    for ( i = 0; i < NR_MORTALS; i++ )
    {
        struct mortal *m = &mortals[i];

        if ( !m->d || !m->dying )
            continue;
        take_down(m, m->in_calls);
        m->in_calls = false;
        m->dying = m->d;
    }
}

unsigned int mortals_running(void)
{
    unsigned int i, nr = 0;

    for ( i = 0; i < NR_MORTALS; i++ )
        nr += mortals[i].running;
    return nr;
}
