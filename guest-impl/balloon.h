/* SPDX-License-Identifier: MIT */
/*
 * Pages that go back to Xen, and come from it.
 *
 * A pfn that was given back is a hole: it can be filled again, or a page can be
 * accepted there. Lists go in batches; a batch that Xen does in part is not
 * an error: the return value is how many of the list are done, from its start.
 * What a page held is lost. A PV guest's page table follows; a page that it cannot be
 * made to show is not populated.
 */
#ifndef BALLOON_H
#define BALLOON_H

#include "guest-p2m.h"
#include "guest-pv.h"

struct balloon {
    struct guest *guest;
    struct guest_p2m *p2m;
    xen_pfn_t list[GUEST_BATCH];
    struct guest_pv pv;         /* of PV guests: page tables follow */
};

int balloon_start(struct balloon *b, struct guest_p2m *p2m);

/*
 * pinned pages are refused: the list ends there. 0 to nr, or an error if it is
 * none at all; -GUEST_ENODEV without Xen. A frame that can neither be shown nor given back
 * stays the domain's unseen, and its place a hole that cannot be filled.
 */
long balloon_decrease(struct balloon *b, const uint64_t pfn[], unsigned int nr);
long balloon_populate(struct balloon *b, const uint64_t pfn[], unsigned int nr);

#endif /* BALLOON_H */
