/* SPDX-License-Identifier: MIT */
/*
 * Attached windows: which domain sees which part of whose table, and where.
 *
 * Needs the table (pmt_window_base) and the flush. Gives attaching and detaching
 * by page, what a TLB asks to see such a page, and what has to go when the
 * viewer dies, loses the right, or the table's domain dies.
 *
 * A window shows the very memory of the table, so what the table gets there later
 * appears by itself, and where it has nothing a page of 0 shows. Nobody is asked
 * about a window but through its viewer: the list of a viewer knows the tables,
 * each table's domain knows its viewers, and one lock (HV_RANK_WINDOW) covers
 * both, so neither needs a reference to the other. All is bounded by the 64
 * pages of a chunk, WINDOW_MOST chunks for a viewer.
 */
#ifndef HV_WINDOW_H
#define HV_WINDOW_H

#include "hv.h"

/* Where Xen keeps windows of PV domains, in their address space. */
#define WINDOW_PV_BASE   UINT64_C(0xffff828000000000)
#define WINDOW_PV_SIZE   (UINT64_C(1) << 38)

/* Chunks of up to 64 pages that one viewer may have. */
#define WINDOW_MOST      65536

/* One request: nr pages of what, from first on, at address. */
struct window_part {
    struct hv_domain *whose;
    uint32_t what;                      /* PMTW_* */
    uint64_t first, nr;                 /* pages of the viewer */
    uint64_t address;                   /* PV: 0 asks for one, and is told */
};

/* The machine's own: before the first domain. */
void window_start(void);

/* First page that a part of this kind does not have any more. */
uint64_t window_pages(const struct hv_domain *viewer,
                      const struct hv_domain *whose, uint32_t what);

/*
 * Attach at least one page of part, the one at place and up to 63 more, and say
 * how many. -EINVAL: beyond the window, or PV asks for an address; -ENOENT:
 * address is not the start of an empty range; -EBUSY: attached already; -ENOMEM.
 * At place 0 a PV domain's part gets its address.
 */
int window_attach(struct hv_domain *viewer, struct window_part *part,
                  uint64_t place);

/*
 * Detach at least one page, at address, and up to nr. Says how many, or -ENOENT.
 * The caller flushes address for as many pages of the viewer.
 */
int window_detach(struct hv_domain *viewer, uint64_t address, uint64_t nr);

/*
 * What the viewer sees at address, read-only: the bytes of one page, whose size
 * is its own. NULL if there is no window. Whoever keeps the answer in a TLB asks
 * once more when it is in there, and drops it if the answer is another.
 */
const void *window_page(struct hv_domain *viewer, uint64_t address,
                        unsigned int *page_shift);

/* Something of a window is at gfn: nothing else may be. */
bool window_covers(struct hv_domain *viewer, uint64_t gfn);

/* The right is taken away: all windows go. 0 or -ERESTART. */
int window_revoke(struct hv_domain *viewer);

/*
 * A domain dies: its own windows go, and those into its table show 0 from now
 * on. 0 or -ERESTART. May be called for a domain that has none.
 */
int window_kill(struct hv_domain *hd);

/* What is attached, and how many chunks that takes; for tests and the audit. */
uint64_t window_count(const struct hv_domain *viewer, uint64_t *chunks);

#endif /* HV_WINDOW_H */
