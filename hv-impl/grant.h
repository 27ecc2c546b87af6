/* SPDX-License-Identifier: MIT */
/*
 * Grant tables: what other parts of hv-impl need of them.
 *
 * Needs domains (hv.h) and entries with references (p2m.h). Gives tables that come
 * and go with their domains, the frames of a table for those who map them, the
 * pieces of mapping and accepting that pmt_op is made of, and an audit.
 *
 * What is granted is in use as long as its page has references: each mapping of a
 * grant and each copy in flight holds one, and a writable type where it may
 * write. "Is this page granted to somebody right now" is port_page_counts(),
 * of a PV domain's page grant_page_in_use().
 *
 * Locks: one for each entry (HV_RANK_GRANT_ENTRY), so that maps and unmaps of
 * different entries share none, beside a translated mapper's own: what it maps goes into
 * its table, whose lock (HV_RANK_P2M) each of its processors takes. One more for a grant
 * table's size and version (HV_RANK_GRANT_TABLE). Under an entry's lock tables of frames
 * are changed (HV_RANK_P2M), never another grant table. Handles are found without a lock.
 */
#ifndef HV_GRANT_H
#define HV_GRANT_H

#include "hv.h"

struct grant_entry;

/* ---- tables -------------------------------------------------------------------- */

/* A table of one frame, version 1. 0, -ENOMEM, or -EINVAL: limits that cannot be. */
int grant_table_create(struct domain *d, const struct hv_domain_config *how);

/*
 * A domain dies. What it has mapped of others ends, flushed and put, in steps:
 * 0 or -ERESTART. May be called for a domain without a table. Its table needs no
 * step: pages leave the domain and are found no more, so it grants nothing new but, of a
 * PV domain, what somebody holds already;
 * what others have mapped, and what says so, stays until the last mapping ends.
 */
int grant_kill_maps(struct domain *d);

/* Nobody refers to the domain any more, no mapping of its grants is left. */
void grant_table_destroy(struct domain *d);

/*
 * Frame idx of the table, or of its status words, with a reference; grow makes the
 * table large enough, up to its limit. As long as somebody has the reference of a
 * status frame the table cannot leave version 2. 0, -EINVAL: no such frame,
 * -ENOMEM.
 */
int grant_frame(struct domain *d, bool status, unsigned int idx, bool grow,
                uint64_t *mfn);
unsigned int grant_nr_frames(const struct domain *d, bool status);
/* The most there can be. */
unsigned int grant_max_frames(const struct domain *d, bool status);

/*
 * Whether somebody has mapped a grant of this page, or copies through one. Of pages of
 * PV domains alone: their own mappings count as references, too, so those do not say it.
 */
bool grant_page_in_use(uint64_t mfn);

/* The machine's own: such pages are counted, 4 bytes for each frame. 0 or -ENOMEM. */
int grant_start(void);
void grant_stop(void);

/* ---- hints ------------------------------------------------------------------------- */

/* As many elements as the language lets a block have. */
#define AHEAD_MOST 64u

/* Without a lock: an entry is sent for. The granter is RCU-locked. */
void grant_ahead(const struct domain *granter, grant_ref_t ref);
/* The frame that it names, if it is of this type (GTF_*) and made to user; else PMT_NO_GPFN. */
uint64_t grant_ahead_frame(const struct domain *granter, grant_ref_t ref,
                           const struct domain *user, uint16_t type);

/* A page that the mapper is about to map, as its op says. */
struct grant_ahead_map {
    uint64_t address;
    grant_ref_t ref;
    domid_t granter;
};

/* A block of them, AHEAD_MOST at most: their words, and then their pages'. */
void grant_ahead_maps(const struct domain *mapper, const struct grant_ahead_map map[],
                      unsigned int nr);

/* ---- mapping, for PMTOP_map ------------------------------------------------------ */

/*
 * Where the mapper has the page already, if he does: true, and the address. Called
 * with the entry's lock held, once the page is known and cannot go away.
 */
typedef bool grant_seen_fn(struct domain *mapper, uint64_t mfn,
                           uint64_t *address);

struct grant_request {
    struct domain *mapper, *granter;
    grant_ref_t ref;
    uint32_t flags;                     /* GNTMAP_* */
    uint64_t host_addr;                 /* in: where; out: where it is seen */
    grant_seen_fn *seen;                /* NULL: a place of its own, always */
    /* out */
    grant_handle_t handle;
    uint64_t mfn;
    bool writable;
};

/*
 * Map. GNTST_okay or a negative status; then nothing has changed (bad_virt_addr: no place
 * at host_addr). Where seen says
 * so the page is pinned, and nothing is inserted; GNTTABOP_unmap_grant_ref with
 * the address ends either. The caller asks xsm.
 */
int grant_map(struct grant_request *want);

/* ---- accepting a page, for transfer and PMTOP_flip --------------------------------- */

struct grant_accept {
    struct domain *taker;
    struct grant_entry *entry;
    grant_ref_t ref;
    uint64_t gfn;                       /* where the taker wants it */
};

/*
 * Claim the taker's entry for a page of the giver's: its guest cannot take it back
 * until it is completed, or undone. One of the two has to follow. 0, -EINVAL: the
 * entry accepts nothing from the giver.
 */
int grant_accept_claim(struct domain *taker, struct domain *giver,
                       grant_ref_t ref, struct grant_accept *claim);
/* Tells the taker which frame it got: his machine frame, or claim->gfn again. */
void grant_accept_complete(struct grant_accept *claim, uint64_t frame_told);
void grant_accept_undo(struct grant_accept *claim);

/* ---- audit ------------------------------------------------------------------------- */

/* One mapping that a domain has made, or one half of a copy that goes on. */
struct grant_use {
    domid_t granter;
    grant_ref_t ref;
    grant_handle_t handle;
    uint64_t mfn, host_addr;
    bool host, device, writable;        /* which halves are mapped */
    bool seen;                          /* host, but nothing was inserted */
};

/* Each mapping of d's: references it holds are one to the page, and one type if writable. */
int grant_for_each_use(struct domain *d, int (*fn)(void *, const struct grant_use *),
                       void *context);

/* Which pins an entry has: hstw, hstr, devw, devr from low to high; 8 bits each. */
uint32_t grant_pins(const struct domain *d, grant_ref_t ref);

/* How many handles exist, and how many are free; for a domain at rest. */
unsigned int grant_handles(const struct domain *d, unsigned int *nr_free);

/*
 * The table of a domain at rest against the handles of those who use it; holds() is
 * told each reference that its own mappings have, beside those of its entries. 0, or
 * -1 and a sentence.
 */
typedef void grant_holds_fn(void *context, uint64_t mfn, bool writable);
int grant_audit(struct domain *d, grant_holds_fn *holds, void *context,
                char *what, size_t size);

#endif /* HV_GRANT_H */
