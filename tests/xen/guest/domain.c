/* SPDX-License-Identifier: MIT */
/* Make, look at, run and destroy a domain. */
#include "domain.h"

#define RUN_LIMIT 200000                /* Yields; a few are what it takes. */
#define RESTART 85                      /* Not in the public list of errors. */
#define WINDOWS 4
#define SHUTDOWN_CODE(flags) \
    ((flags) >> XEN_DOMINF_shutdownshift & XEN_DOMINF_shutdownmask)

struct xen_domctl domctl_arg;

static void *windows[WINDOWS];
static unsigned int windows_open;

void domctl_clear(void)
{
    memset(&domctl_arg, 0, sizeof(domctl_arg));
}

long domctl(unsigned int command, domid_t domain)
{
    domctl_arg.cmd = command;
    domctl_arg.interface_version = XEN_DOMCTL_INTERFACE_VERSION;
    domctl_arg.domain = domain;
    return xen_call(__HYPERVISOR_domctl, &domctl_arg);
}

/* A paused domain with one vcpu and room for that many pages. */
domid_t domain_create(unsigned int flags, unsigned int emulation, unsigned int pages)
{
    domid_t domain;

    domctl_clear();
    domctl_arg.u.createdomain = (struct xen_domctl_createdomain){
        .flags = flags, .max_vcpus = 1, .max_evtchn_port = 1023,
        .max_grant_frames = DOMAIN_GRANT_FRAMES,
        .max_maptrack_frames = DOMAIN_MAPTRACK_FRAMES,
        .grant_opts = XEN_DOMCTL_GRANT_version(1),
        .arch.emulation_flags = emulation,
    };
    must_be("createdomain", domctl(XEN_DOMCTL_createdomain, 0), 0);
    domain = domctl_arg.domain;

    domctl_clear();
    domctl_arg.u.max_vcpus.max = 1;
    must_be("max_vcpus", domctl(XEN_DOMCTL_max_vcpus, domain), 0);
    domctl_clear();
    domctl_arg.u.max_mem.max_memkb = pages * (PAGE_SIZE / 1024);
    must_be("max_mem", domctl(XEN_DOMCTL_max_mem, domain), 0);
    return domain;
}

/* In: where the pages go. Out, for a PV domain: which they are. */
void domain_populate(domid_t domain, xen_pfn_t *frames, unsigned int count)
{
    struct xen_memory_reservation some = { .nr_extents = count, .domid = domain };

    set_xen_guest_handle(some.extent_start, frames);
    must_be("populate_physmap", hc_memory_populate_physmap(&some), count);
}

long domain_pages(domid_t domain)
{
    struct xen_memory_domain ask = { .domid = domain };

    return hc_memory_current_reservation(&ask);
}

unsigned int domain_flags(domid_t domain)
{
    domctl_clear();
    must_be("getdomaininfo", domctl(XEN_DOMCTL_getdomaininfo, domain), 0);
    must_be("the domain", domctl_arg.domain, domain);
    return domctl_arg.u.getdomaininfo.flags;
}

/* There is one processor: who waits for another domain lets it run. */
/* False if it ended before. */
bool domain_runs_until(domid_t domain, volatile uint32_t *stage, uint32_t wanted)
{
    unsigned int i;

    for ( i = 0; i < RUN_LIMIT && *stage != wanted; i++ )
    {
        if ( domain_flags(domain) & XEN_DOMINF_shutdown )
            return false;
        domain_yield();
    }
    must_be("stage of the domain", *stage, wanted);
    return true;
}

/* The reason it gave for its shutdown. */
unsigned int domain_run_to_end(domid_t domain)
{
    unsigned int i, flags = 0;

    for ( i = 0; i < RUN_LIMIT && !(flags & XEN_DOMINF_shutdown); i++ )
    {
        domain_yield();
        flags = domain_flags(domain);
    }
    must_be("shutdown of the domain", !!(flags & XEN_DOMINF_shutdown), 1);
    return SHUTDOWN_CODE(flags);
}

void domain_destroy(domid_t domain)
{
    long error;

    domctl_clear();
    do
        error = domctl(XEN_DOMCTL_destroydomain, domain);
    while ( error == -RESTART || error == -XEN_EAGAIN );
    must_be("destroydomain", error, 0);
}

void *window_open(domid_t domain, unsigned long frame)
{
    void **window = &windows[windows_open++];

    must_be("windows left", windows_open <= WINDOWS, 1);
    if ( !*window )
        *window = page_take();
    must_be("open a window", slot_set_foreign(*window, pte_make(frame, PTE_RW), domain), 0);
    return *window;
}

/* The last that was opened. */
void window_close(void *window)
{
    must_be("windows nest", window == windows[--windows_open], 1);
    slot_restore(window);
}
