/* SPDX-License-Identifier: MIT */
/*
 * What processors do, one step at a time. Nearly all may be refused, since somebody
 * else is quicker; what matters is what is there when all of them stop.
 */
#include "stress.h"

/* ---- reading ---------------------------------------------------------------------- */

/* Batches of questions, about own pages. */
void act_translate(struct actor *a)
{
    struct pmt_translate op[32] = { 0 };
    unsigned int i;

    for ( i = 0; i < 32; i++ )
    {
        op[i].domid = DOMID_SELF;
        op[i].gpfn = OWN_FIRST + any(a, OWN_NR);
        op[i].limit = 1u << any(a, 8);
    }
    if ( !hc_pmt_translate(op, 32) )
        for ( i = 0; i < 32; i++ )
            a->done += op[i].status == PMTST_okay;
}

/* As the hypervisor looks up, without a lock, in whichever table. */
void act_look_up(struct actor *a)
{
    struct pmt *t = &stress_domain[any(a, DRIVER + 1)]->hv->pmt;
    uint64_t gpfn[48], entry[48], first;
    unsigned int i;

    for ( i = 0; i < 48; i++ )
        gpfn[i] = any(a, 4) ? any(a, OWN_FIRST + OWN_NR) : any(a, GROW_FIRST + GROW_NR);
    pmt_lookup_batch(t, gpfn, entry, 48);
    for ( i = 0; i < 48; i++ )
        a->done += pmt_lookup(t, gpfn[i]) == entry[i];
    (void)pmt_run(t, gpfn[0], 512, &first);
    (void)pmt_next(t, gpfn[1]);
    if ( !any(a, 16) )
        (void)pmt_merge(t, 8);          /* built small, a table does not by itself */
}

/* ---- changing hands ----------------------------------------------------------------- */

void act_flip(struct actor *a)
{
    struct pmt_flip op[8] = { 0 };
    unsigned int i;

    for ( i = 0; i < 8; i++ )
    {
        op[i].gpfn = OWN_FIRST + any(a, OWN_NR);
        op[i].domid = GUEST;
        op[i].ref = ACCEPT_FIRST + (grant_ref_t)any(a, ACCEPT_NR);
    }
    if ( !hc_pmt_flip(op, 8) )
        for ( i = 0; i < 8; i++ )
            a->done += op[i].status == PMTST_okay;
}

static long give_back(uint64_t gfn, unsigned int order)
{
    xen_pfn_t frame = gfn;
    struct xen_memory_reservation r = { .nr_extents = 1, .extent_order = order, .domid = DOMID_SELF };

    set_xen_guest_handle(r.extent_start, &frame);
    return hc_memory_decrease_reservation(&r);
}

static long get(uint64_t gfn, unsigned int order)
{
    xen_pfn_t frame = gfn;
    struct xen_memory_reservation r = { .nr_extents = 1, .extent_order = order, .domid = DOMID_SELF };

    set_xen_guest_handle(r.extent_start, &frame);
    return hc_memory_populate_physmap(&r);
}

/* Offer places for pages, take what came, and give it back. */
void act_accept(struct actor *a)
{
    grant_ref_t ref = ACCEPT_FIRST + (grant_ref_t)any(a, ACCEPT_NR);
    struct grant_entry_v1 *e = &a->grants[ref];
    uint16_t flags = __atomic_load_n(&e->flags, __ATOMIC_ACQUIRE);

    if ( !flags )
    {
        __atomic_store_n(&e->domid, FIRST, __ATOMIC_RELAXED);
        __atomic_store_n(&e->frame, TAKEN_FIRST + ref, __ATOMIC_RELAXED);
        __atomic_store_n(&e->flags, GTF_accept_transfer, __ATOMIC_RELEASE);
    }
    else if ( flags & GTF_transfer_completed )
    {
        a->done += give_back(TAKEN_FIRST + ref, 0) == 1;
        __atomic_store_n(&e->flags, 0, __ATOMIC_RELEASE);
    }
    else if ( !any(a, 16) && flags == GTF_accept_transfer )
        (void)__atomic_compare_exchange_n(&e->flags, &flags, 0, false, __ATOMIC_SEQ_CST,
                                          __ATOMIC_SEQ_CST);
}

void act_lend(struct actor *a)
{
    unsigned int i = (unsigned int)any(a, 16);
    struct pmt_donate give = { .gpfn = OWN_FIRST + any(a, OWN_NR), .dest_gpfn = LENT_FIRST + i,
                               .domid = OTHER, .rights = (uint32_t)(any(a, 2) ? PMTR_read : PMTR_read | PMTR_write) };
    struct pmt_reclaim take = { .loan = a->mine[i] };

    if ( a->mine[i] )
    {
        if ( !hc_pmt_reclaim(&take, 1) && take.status == PMTST_okay )
            a->mine[i] = 0;
    }
    else if ( !hc_pmt_donate(&give, 1) && give.status == PMTST_okay )
    {
        a->mine[i] = give.loan;
        a->done++;
    }
}

/* ---- grants --------------------------------------------------------------------------- */

void act_grant(struct actor *a)
{
    grant_ref_t ref = ACCESS_FIRST + (grant_ref_t)any(a, ACCESS_NR);
    struct grant_entry_v1 *e = &a->grants[ref];
    uint16_t flags = __atomic_load_n(&e->flags, __ATOMIC_ACQUIRE);

    if ( !flags )
    {
        __atomic_store_n(&e->domid, any(a, 2) ? OTHER : DRIVER, __ATOMIC_RELAXED);
        __atomic_store_n(&e->frame, OWN_FIRST + any(a, OWN_NR), __ATOMIC_RELAXED);
        __atomic_store_n(&e->flags, GTF_permit_access | (any(a, 2) ? GTF_readonly : 0),
                         __ATOMIC_RELEASE);
    }
    else if ( !(flags & (GTF_reading | GTF_writing)) )
        a->done += __atomic_compare_exchange_n(&e->flags, &flags, 0, false, __ATOMIC_SEQ_CST,
                                               __ATOMIC_SEQ_CST);
}

/* Map a few, look at them, and let them go. */
void act_map(struct actor *a)
{
    struct gnttab_map_grant_ref map[8] = { 0 };
    struct gnttab_unmap_grant_ref unmap[8] = { 0 };
    unsigned int i, nr = 0;
    uint64_t word;

    for ( i = 0; i < 8; i++ )
        map[i] = (struct gnttab_map_grant_ref){
            .host_addr = (MAPPED_FIRST + 64 * a->vcpu + 8 * any(a, 8) + i) << PAGE_SHIFT,
            .flags = GNTMAP_host_map | (any(a, 2) ? GNTMAP_readonly : 0), .dom = GUEST,
            .ref = ACCESS_FIRST + (grant_ref_t)any(a, ACCESS_NR) };
    if ( hc_grant_table_map_grant_ref(map, 8) )
        return;
    for ( i = 0; i < 8; i++ )
    {
        if ( map[i].status != GNTST_okay )
            continue;
        (void)machine_read(a->v, map[i].host_addr, &word, sizeof(word));
        unmap[nr].host_addr = map[i].host_addr;
        unmap[nr++].handle = map[i].handle;
    }
    (void)hc_grant_table_unmap_grant_ref(unmap, nr);
    for ( i = 0; i < nr; i++ )
        a->done += unmap[i].status == GNTST_okay;
}

void act_copy(struct actor *a)
{
    struct gnttab_copy copy[4] = { 0 };
    unsigned int i;

    for ( i = 0; i < 4; i++ )
    {
        copy[i].source.u.ref = ACCESS_FIRST + (grant_ref_t)any(a, ACCESS_NR);
        copy[i].source.domid = GUEST;
        copy[i].dest.u.gmfn = OWN_FIRST + any(a, OWN_NR);
        copy[i].dest.domid = DOMID_SELF;
        copy[i].len = (uint16_t)any(a, 512);
        copy[i].flags = GNTCOPY_source_gref;
    }
    if ( !hc_grant_table_copy(copy, 4) )
        for ( i = 0; i < 4; i++ )
            a->done += copy[i].status == GNTST_okay;
}

/* ---- memory --------------------------------------------------------------------------- */

/* Pages far out, in extents, so that the table grows, splits and merges. */
void act_grow(struct actor *a)
{
    unsigned int i = (unsigned int)any(a, 64), order = (unsigned int)any(a, 3);
    uint64_t gfn = GROW_FIRST + (any(a, GROW_NR) & ~7ull);

    if ( a->mine[i] )
    {
        a->done += give_back(a->mine[i] >> 4, a->mine[i] & 15) == 1;
        a->mine[i] = 0;
    }
    else if ( get(gfn, order) == 1 )
        a->mine[i] = gfn << 4 | order;
}

void act_window(struct actor *a)
{
    static const uint32_t window[] = { PMTW_top, PMTW_dir, PMTW_leaf, PMTW_state };
    struct pmt_attach in = { .domid = DOMID_SELF, .window = window[any(a, 4)],
                             .nr = 1, .address = (LENT_FIRST + any(a, 16)) << PAGE_SHIFT };
    struct pmt_detach out = { .nr = 1 };
    uint64_t word;

    if ( hc_pmt_attach(&in, 1) || in.status != PMTST_okay )
        return;
    (void)machine_read(a->v, in.address + 8 * any(a, 64), &word, sizeof(word));
    out.address = in.address;
    if ( !hc_pmt_detach(&out, 1) )
        a->done += out.status == PMTST_okay;
}

void act_exchange(struct actor *a)
{
    struct pmt_exchange other = { .order = (uint32_t)any(a, 3) };
    struct pmt_protect less = { .gpfn = OWN_FIRST + any(a, OWN_NR), .nr = 1 + (uint32_t)any(a, 4),
                                .rights = any(a, 3) ? PMTR_read | PMTR_write : PMTR_read };

    other.gpfn = (OWN_FIRST + any(a, OWN_NR)) & ~((1ull << other.order) - 1);
    if ( !hc_pmt_exchange(&other, 1) )
        a->done += other.status == PMTST_okay;
    (void)hc_pmt_protect(&less, 1);
}
