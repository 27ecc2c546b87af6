/* SPDX-License-Identifier: MIT */
/* Domains that dom0 makes with domctl alone; there is no toolstack. */
#ifndef DOMAIN_H
#define DOMAIN_H

#include "guest.h"

#include <xen/domctl.h>

/* Room of the domains that the tests make. */
#define DOMAIN_GRANT_FRAMES 8
#define DOMAIN_MAPTRACK_FRAMES 1

/* The one argument of domctl; zero it (domctl_clear) before filling it in. */
extern struct xen_domctl domctl_arg;
void domctl_clear(void);
long domctl(unsigned int command, domid_t domain);

domid_t domain_create(unsigned int flags, unsigned int emulation, unsigned int pages);
void domain_populate(domid_t domain, xen_pfn_t *frames, unsigned int count);
long domain_pages(domid_t domain);
unsigned int domain_flags(domid_t domain);
bool domain_runs_until(domid_t domain, volatile uint32_t *stage, uint32_t wanted);
unsigned int domain_run_to_end(domid_t domain);
void domain_destroy(domid_t domain);

/* Its page at an address of ours; frame is an mfn (PV) or a gfn (PVH). */
void *window_open(domid_t domain, unsigned long frame);
void window_close(void *window);

#endif
