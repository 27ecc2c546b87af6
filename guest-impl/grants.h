/* SPDX-License-Identifier: MIT */
/*
 * Grants: entries of the table that a guest shares with Xen, versions 1 and 2,
 * and pages that others have granted.
 *
 * An entry is written domid first, then frame, and then with release the
 * flags that make it valid; Xen reads the flags first. It is taken back by
 * changing flags to 0 with a 16-bit compare and exchange, which fails while the
 * page is mapped. Where reading and writing stand is the only difference: in
 * the flags of version 1, in the status frames of version 2.
 */
#ifndef GRANTS_H
#define GRANTS_H

#include "guest-p2m.h"

#define GRANT_MAX_FRAMES    16
#define GRANT_NONE          (~(grant_ref_t)0)

struct grants {
    struct guest *guest;
    struct guest_p2m *p2m;
    unsigned int version;
    unsigned int nr_frames;
    uint32_t nr_entries;
    uint64_t frames_pfn;        /* the hole that shared frames appear in; then status frames */
    unsigned int nr_status;
    uint32_t *next;             /* free entries, linked; GRANT_NONE ends */
    uint32_t first_free, nr_free;
};

/*
 * version is asked for; what there is then is in gr->version: 1 where Xen has no other, and
 * 2 where it cannot be left, as status frames are in use.
 */
int grants_start(struct grants *gr, struct guest_p2m *p2m, unsigned int version,
                 unsigned int nr_frames);
void grants_stop(struct grants *gr);

/* A free entry; -GUEST_ENOMEM. */
int grants_get(struct grants *gr, grant_ref_t *ref);
void grants_put(struct grants *gr, grant_ref_t ref);

/* Let domid use pfn; flags: GTF_readonly or 0. */
int grants_access(struct grants *gr, grant_ref_t ref, domid_t domid, uint64_t pfn,
                 uint16_t flags);
/* Version 2: a part of a page, for copies; and what another has granted to us. */
int grants_sub_page(struct grants *gr, grant_ref_t ref, domid_t domid, uint64_t pfn,
                   uint16_t flags, uint16_t offset, uint16_t length);
int grants_transitive(struct grants *gr, grant_ref_t ref, domid_t domid, uint16_t flags,
                     domid_t from, grant_ref_t theirs);
/* No more; -GUEST_EBUSY while it is mapped, and nothing has changed. */
int grants_end_access(struct grants *gr, grant_ref_t ref);

/*
 * Accept a page from domid, at pfn, where nothing is. grants_end_transfer() takes
 * the entry back: 0 and the frame as guest_p2m_frame() means it, or pfn itself where PMTOP_flip
 * brought it; -GUEST_ENOENT, none came; -GUEST_EAGAIN, one is on its way; -GUEST_EINVAL, none is
 * accepted there.
 */
int grants_accept(struct grants *gr, grant_ref_t ref, domid_t domid, uint64_t pfn);
int grants_end_transfer(struct grants *gr, grant_ref_t ref, uint64_t *frame);

/* ---- pages of others ------------------------------------------------------------- */

struct grants_mapping {
    uint64_t pfn;               /* where it was asked for: a hole of ours */
    uint64_t address;           /* where it is */
    uint64_t machine;           /* address for devices; 0: none was told */
    grant_handle_t handle;
    int error;                  /* of this one: 0 or negative */
};

#define GRANT_READONLY      (1u << 0)
#define GRANT_DEVICE        (1u << 1)

struct grants_foreign {
    domid_t domid;
    grant_ref_t ref;
};

/*
 * In one hypercall, up to GUEST_BATCH. Returns how many were mapped; an error if that is
 * none and the call as a whole failed. Each one's error is set either way.
 */
int grants_map(struct guest_p2m *p2m, struct grants_mapping m[], const struct grants_foreign of[],
              unsigned int nr, unsigned int flags);
int grants_unmap(struct guest_p2m *p2m, struct grants_mapping m[], unsigned int nr,
                unsigned int flags);

#endif /* GRANTS_H */
