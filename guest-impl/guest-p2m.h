/* SPDX-License-Identifier: MIT */
/*
 * From guest frame to machine frame: the table that Xen keeps, read in place.
 *
 * With the right and windows a lookup makes no hypercall: up to three loads,
 * by the rules at enum pmt_window of idl/pmt.idl. What is 0 is looked at again,
 * GUEST_P2M_TRIES times, and then PMTOP_translate is asked; without windows it is
 * asked at once. Without a hypervisor a page is its own machine frame. Without
 * the right there are no machine frames: -GUEST_EPERM.
 *
 * The rules are read here anew, rather than shared with the hypervisor's own reader
 * (hv-impl/pmt-lookup.h), so that each can be compared with the other: flow 9 does.
 *
 * A word that was read was true once. It stays true while the page cannot go
 * elsewhere, and that is up to who owns it: guest_p2m_pin() before the lookup, and
 * everything in here that gives pages away (balloon, net, exchange for dma)
 * refuses a page that is pinned. A machine frame that leaves this module for a
 * device comes from a pinned page.
 */
#ifndef GUEST_P2M_H
#define GUEST_P2M_H

#include "guest.h"

#include <xen/pmt.h>

#define GUEST_P2M_TRIES       4

struct guest_p2m {
    struct guest *guest;
    uint64_t hole;              /* where windows were asked to appear; GUEST_NO_FRAME: nowhere */
    uint64_t hole_pages;
    uint64_t window[4];         /* addresses, by PMTW_*; 0: not attached */
    uint32_t pages[4];
    uint64_t covered;           /* gpfns that the windows reach */
    uint8_t *pins;              /* for each pfn, how many pins */
    uint64_t nr_pins;
    uint64_t asked;             /* hypercalls that lookups made */
};

/* For pfns below limit. Without the right it works, and finds nothing. */
int guest_p2m_start(struct guest_p2m *p, struct guest *g, uint64_t limit);
void guest_p2m_stop(struct guest_p2m *p);

/*
 * PMTE word of a pfn; or -GUEST_EPERM, -GUEST_ENOENT nothing is there,
 * -GUEST_EINVAL, -GUEST_EFAULT.
 */
int guest_p2m_lookup(struct guest_p2m *p, uint64_t pfn, uint64_t *entry);

/*
 * How many pages, up to limit, lie behind each other in the machine from pfn on,
 * pfn included; at least 1. Other bits but the order are equal.
 */
int guest_p2m_run(struct guest_p2m *p, uint64_t pfn, uint64_t limit, uint64_t *entry, uint64_t *run);

/* The pfn of a machine frame of one's own. */
int guest_p2m_reverse(struct guest_p2m *p, uint64_t mfn, uint64_t *pfn);

/* -GUEST_EINVAL: pfn is not below limit; -GUEST_EBUSY: pinned 255 times. */
int guest_p2m_pin(struct guest_p2m *p, uint64_t pfn);
void guest_p2m_unpin(struct guest_p2m *p, uint64_t pfn);
bool guest_p2m_pinned(const struct guest_p2m *p, uint64_t pfn);

/*
 * What interfaces older than the table mean by the frame of pfn: machine frames
 * of PV guests, and the guest's own of all others.
 */
int guest_p2m_frame(struct guest_p2m *p, uint64_t pfn, uint64_t *frame);

#endif /* GUEST_P2M_H */
