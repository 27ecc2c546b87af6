/* SPDX-License-Identifier: MIT */
/*
 * The machine and its domains are built, and taken down.
 */
#include <stdio.h>
#include <stdlib.h>

#include "host.h"
#include "p2m.h"

#define OR(value, usual) ((value) ? (value) : (usual))

void machine_start(const struct machine_config *how)
{
    uint64_t frames = how && how->frames ? how->frames : 16384;
    const struct hv_options options = { .no_transfer = how && how->no_transfer };

    host.random = how && how->seed ? how->seed : 0x9e3779b97f4a7c15ul;
    machine_plan_reset();
    machine_forget();
    host.io = (struct domain){ .domain_id = DOMID_IO };
    frames_start(frames, how && how->low);
    if ( hv_start(&options) )
        port_unreachable(__FILE__, __LINE__);
    host.started = true;
}

/* ---- what is at a domain's frames when it begins --------------------------------------- */

static bool add_pages(struct domain *d, uint64_t gfn, uint64_t nr, uint64_t mfn)
{
    unsigned int order = page_order_of(d);

    for ( ; nr; nr--, gfn++, mfn += 1ul << order )
    {
        if ( !port_page_get(mfn, d) )
            return false;
        if ( p2m_add_page(d, gfn, mfn, p2m_attributes(P2M_RAM, true)) )
        {
            port_page_put(mfn);
            return false;
        }
    }
    return true;
}

/* In runs of 2^order pages, as long as there are any; smaller ones behind. */
static bool add_runs(struct domain *d, uint64_t gfn, uint64_t end, unsigned int most)
{
    while ( gfn < end )
    {
        unsigned int order = most == ~0u ? (unsigned int)(host_random() % 5) : most;
        uint64_t mfn;

        while ( order && (end - gfn) >> order == 0 )
            order--;
        while ( port_page_alloc(d, order + page_order_of(d), d->address_bits, &mfn) )
            if ( !order-- )
                return false;
        if ( !add_pages(d, gfn, 1ul << order, mfn) )
            return false;
        gfn += 1ul << order;
    }
    return true;
}

/* One by one, in an order by chance. */
static bool add_scattered(struct domain *d, uint64_t gfn, uint64_t end)
{
    uint64_t nr = end - gfn, i, *mfn = calloc(nr + 1, sizeof(*mfn));
    bool done = mfn != NULL;

    for ( i = 0; done && i < nr; i++ )
        done = !port_page_alloc(d, page_order_of(d), d->address_bits, &mfn[i]);
    for ( i = nr; done && i > 1; i-- )
    {
        uint64_t other = host_random() % i, was = mfn[i - 1];

        mfn[i - 1] = mfn[other];
        mfn[other] = was;
    }
    for ( i = 0; done && i < nr; i++ )
        done = add_pages(d, gfn + i, 1, mfn[i]);
    free(mfn);
    return done;
}

static bool add_kernel(struct domain *d, unsigned int pages)
{
    unsigned int order = (unsigned int)__builtin_ctz(pages);
    uint64_t mfn;

    if ( port_page_alloc(d, order + page_order_of(d), d->address_bits, &mfn) ||
         !add_pages(d, 0, pages, mfn) )
        return false;
    d->port->kernel = host_address(mfn);
    d->port->kernel_bytes = (uint64_t)pages << d->page_shift;
    return true;
}

static bool add_memory(struct domain *d, const struct machine_domain *how, uint64_t pages,
                       unsigned int kernel)
{
    if ( !add_kernel(d, kernel) )
        return false;
    switch ( how->layout )
    {
    case LAYOUT_RUN:
        return add_runs(d, kernel, pages, 9);
    case LAYOUT_FRAGMENTS:
        return add_runs(d, kernel, pages, ~0u);
    case LAYOUT_SCATTERED:
        return add_scattered(d, kernel, pages);
    }
    return false;
}

static bool map_linear(struct domain *d, uint64_t pages)
{
    uint64_t pfn;

    for ( pfn = 0; pfn < pages; pfn++ )
    {
        uint64_t *slot = pv_slot(d, MACHINE_PV_BASE + (pfn << PAGE_SHIFT), true);
        uint64_t pte = p2m_gfn_to_mfn(d, pfn) << PAGE_SHIFT | MACHINE_PTE_PRESENT |
                       MACHINE_PTE_WRITABLE;

        if ( !slot || pv_write(d, slot, pte, d) )
            return false;
    }
    return true;
}

/* ---- domains ------------------------------------------------------------------------------ */

static struct domain *make_structure(const struct machine_domain *how, uint64_t pages)
{
    struct port_domain *p = calloc(1, sizeof(*p));
    unsigned int i;

    if ( !p )
        port_unreachable(__FILE__, __LINE__);
    p->d = (struct domain){
        .domain_id = how->id, .is_pv = how->pv, .is_hvm = how->hvm, .is_translated = !how->pv,
        .is_hardware = how->hardware, .is_privileged = how->privileged, .has_pmt = how->has_pmt || how->pv,
        .target = DOMID_INVALID, .max_order = OR(how->max_order, 9),
        .page_shift = OR(how->page_shift, PAGE_SHIFT), .address_bits = how->address_bits,
        .max_pages = OR(how->max_pages, pages + 256), .port = p,
    };
    p->entry = how->entry;
    p->first = p->first_special = NO_FRAME;
    p->nr_vcpus = OR(how->vcpus, 1);
    p->vcpu = calloc(p->nr_vcpus, sizeof(*p->vcpu));
    if ( !p->vcpu )
        port_unreachable(__FILE__, __LINE__);
    pthread_mutex_init(&p->page_lock, NULL);
    pthread_mutex_init(&p->pv_lock, NULL);
    pthread_mutex_init(&p->device_lock, NULL);
    pthread_mutex_init(&p->kernel_lock, NULL);
    tlb_start(&p->dma);
    for ( i = 0; i < p->nr_vcpus; i++ )
    {
        p->vcpu[i].vcpu = (struct vcpu){ .domain = &p->d, .vcpu_id = i, .port = &p->vcpu[i] };
        tlb_start(&p->vcpu[i].tlb);
    }
    return &p->d;
}

struct domain *machine_domain(const struct machine_domain *how)
{
    unsigned int kernel = OR(how->kernel_pages, 32);
    uint64_t pages = OR(how->pages, 64);
    struct domain *d;
    bool built;
    struct hv_domain_config config = {
        .max_gpfns = OR(how->max_gpfns, 65536), .grant_frames = OR(how->grant_frames, 4),
        .maptrack_frames = OR(how->maptrack_frames, 4),
        .grant_version_max = OR(how->grant_version_max, 2), .other_maps = how->other_maps,
        .pager = how->pager,
    };

    if ( pages < kernel )
        pages = kernel;
    port_assert(host.started && !(kernel & (kernel - 1)) && how->vcpus <= MOST_VCPUS);
    d = make_structure(how, pages);
    d->port->built = !hv_domain_create(d, &config);
    built = d->port->built && pv_start(d, config.max_gpfns) && add_memory(d, how, pages, kernel) &&
            (!how->pv || !how->mapped || map_linear(d, pages));
    domains_add(d);
    if ( built )
        return d;
    machine_kill(d);
    return NULL;
}

const char *machine_stop(void)
{
    static char left[512];
    unsigned int round, i, alive = 1;
    struct domain *d;

    machine_plan_reset();
    for ( round = 0; round < 4 && alive; round++ )
    {
        alive = 0;
        for_each_domain(d, i)
            if ( !d->port->killed )
                alive += machine_kill(d) != 0;
        domains_reap();
        alive += machine_nr_domains();
    }
    snprintf(left, sizeof(left), "%s", machine_violation() ? machine_violation() : "");
    hv_stop();
    if ( !left[0] && alive )
        snprintf(left, sizeof(left), "%u domains are left", machine_nr_domains());
    else if ( !left[0] && host.nr_free != host.nr_frames )
        snprintf(left, sizeof(left), "%lu of %lu frames are free at the end",
                 (unsigned long)host.nr_free, (unsigned long)host.nr_frames);
    else if ( !left[0] && (host.memory_allocated || host.windows) )
        snprintf(left, sizeof(left), "%lu bytes and %lu windows are left",
                 (unsigned long)host.memory_allocated, (unsigned long)host.windows);
    domains_bury();
    frames_stop();
    host.started = false;
    host.nr_domains = 0;
    memset(host.domain, 0, sizeof(host.domain));
    host.memory_allocated = host.windows = host.killed = 0;
    port_current = NULL;
    machine_forget();
    return left[0] ? left : NULL;
}
