/* SPDX-License-Identifier: MIT */
/*
 * Attached windows: which domain sees which part of whose table, and where.
 *
 * Needs the table (pmt_window_base) and the flush. Gives attaching and detaching
 * by page, what a TLB asks to see such a page, and what has to go when the
 * viewer dies, loses the right, or the table's domain dies.
 *
 * A window shows the very memory of the table, so what the table gets there later
 * appears by itself, and where it has nothing a page of 0 shows. The list of a
 * viewer knows the tables, each table's domain knows its viewers, and one lock
 * (HV_RANK_WINDOW) covers both, so neither needs a reference to the other. All is
 * done by chunks of up to 64 pages, of which a viewer has at most WINDOW_MOST.
 */
#ifndef HV_WINDOW_H
#define HV_WINDOW_H

#include "hv.h"

/* Where Xen keeps windows of PV domains, in their address space. */
#define WINDOW_PV_BASE   UINT64_C(0xffff828000000000)
#define WINDOW_PV_SIZE   (UINT64_C(1) << 38)

/* Beyond this there are no guest-physical addresses. */
#define WINDOW_ADDRESS_BITS 50

/* Chunks that one viewer may have. */
#define WINDOW_MOST      65536

/* Beside PMTW_*: the entries as old ia64 guests know them, of dom0vp. */
#define WINDOW_IA64_P2M  4

/*
 * Another form of a table that windows show (WINDOW_IA64_P2M): page() gives a page of
 * it as it is now and from now on, or NULL; without any lock. drop() frees it, when
 * nobody sees it any more.
 */
struct window_shadow {
    const void *(*page)(struct domain *whose, uint64_t page);
    void (*drop)(struct domain *whose);
};

/* One request: nr pages of what, from first on, at address. */
struct window_part {
    struct domain *whose;
    uint32_t what;                      /* PMTW_*, WINDOW_IA64_P2M */
    uint64_t first, nr;                 /* pages of the viewer */
    uint64_t address;                   /* PV: 0 asks for one, and is told */
};

/* The machine's own lock: before the first domain. */
void window_start(void);

/* A domain without any: 0 or -ENOMEM; and none left of it. */
int window_list_create(struct domain *d);
void window_list_destroy(struct domain *d);

/* How many pages of the viewer's a part of this kind has. */
uint64_t window_pages(const struct domain *viewer, const struct domain *whose,
                      uint32_t what);

/*
 * Attach at least one page of part, that at place and up to 63 more, and say how
 * many. -EINVAL: beyond the window, or PV asks for an address; -ENOENT: address is
 * not the start of an empty range; -EBUSY: attached already; -EACCES: the right
 * has gone; -ESRCH: whose is dying; -ENOMEM. At place 0 a PV domain's part gets its
 * address.
 */
int window_attach(struct domain *viewer, struct window_part *part,
                  uint64_t place);

/*
 * The pages of a window of this kind that begins at address, of that domain by number:
 * how many; -ERESTART: others shall run first, and more are left; and flush. -ENOENT:
 * there are none, -EINVAL: they are not of domid.
 */
int window_detach_all(struct domain *viewer, uint64_t address, uint32_t what,
                      domid_t domid);

/* Detach nr pages or less, at address, and flush. Says how many, or -ENOENT. */
int window_detach(struct domain *viewer, uint64_t address, uint64_t nr);

/*
 * What the viewer sees at address, read-only: the bytes of one page, whose size
 * is its own. NULL if there is no window. Whoever keeps the answer in a TLB asks
 * once more when it is in there, and drops it if the answer is another.
 */
const void *window_page(struct domain *viewer, uint64_t address);

/* Something of a window is at gfn: nothing else may be. */
bool window_covers(struct domain *viewer, uint64_t gfn);

/* The right is taken away: all windows go, in steps. 0 or -ERESTART. */
int window_revoke(struct domain *viewer);

/*
 * A domain dies: its own windows go, and those into its table show 0 from now
 * on. 0 or -ERESTART.
 */
int window_kill(struct domain *d);

/* Pages attached, and chunks that takes; for tests and the audit. */
uint64_t window_count(const struct domain *viewer, uint64_t *chunks);

/* The list against itself: 0, or -1 and a sentence. For domains at rest. */
int window_audit(const struct domain *d, char *what, size_t size);

#endif /* HV_WINDOW_H */
