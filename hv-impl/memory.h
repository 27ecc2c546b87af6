/* SPDX-License-Identifier: MIT */
/*
 * What the handlers of memory_op share.
 *
 * Needs p2m.h. Gives allocation for a domain by the flags of a reservation, with
 * claims and NUMA; undoing; and the end of a claim.
 */
#ifndef HV_MEMORY_H
#define HV_MEMORY_H

#include "p2m.h"
#include "hd-memory.h"

/* What mem_flags, and the domain, ask for. */
struct memory_want {
    unsigned int address_bits;          /* 0: any */
    bool nowhere;                       /* no such memory is in this machine */
    bool instead;                       /* of pages that the domain is charged for */
};

/* 0; -EINVAL: this caller may not ask for that. */
int memory_want(const struct hd_call *call, struct domain *d,
                unsigned int mem_flags, struct memory_want *want);

/*
 * 2^order pages of the domain's size that are nobody's yet; what is claimed for
 * others is not touched. 0 or -ENOMEM. memory_free gives back what is still so.
 */
int memory_alloc(struct domain *d, unsigned int order,
                 const struct memory_want *want, uint64_t *mfn);
void memory_free(struct domain *d, uint64_t mfn, uint64_t nr);

/* Pages of the domain's, counted in granules. */
static inline uint64_t memory_granules(const struct domain *d, uint64_t pages)
{
    return pages << p2m_page_order(d);
}

/*
 * Pages that are nobody's become the domain's at gfn and up, or at no guest frame
 * (PMT_NO_GPFN). All of the extent, or -ENOSPC, -EBUSY, -EINVAL, -ENOMEM, and then all
 * of them are free, but for those that the domain has lent or given away meanwhile, or
 * whose run cannot be split for lack of memory.
 */
int memory_extent_assign(struct domain *d, unsigned int order, uint64_t gfn,
                         uint64_t mfn);
/* The first nr of them go again; whoever uses one keeps it so long. */
void memory_extent_undo(struct domain *d, uint64_t mfn, uint64_t nr);

/* The machine's own. */
void memory_start(void);

/* What is claimed and not yet taken is free again. */
void memory_claim_end(struct domain *d);
/* Granules that are claimed for anybody. */
uint64_t memory_claimed(void);

#endif /* HV_MEMORY_H */
