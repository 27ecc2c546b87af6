/* SPDX-License-Identifier: MIT */
/*
 * Putting something at a guest frame in place of what is there.
 *
 * Needs p2m.h. Gives steps that share one flush: what they displace is kept, with
 * its references, until that is done.
 */
#ifndef HV_PHYSMAP_H
#define HV_PHYSMAP_H

#include "p2m.h"

/* What one flush covers. */
#define PHYSMAP_STEP 16

struct physmap_flush {
    struct domain *d;
    unsigned int nr, nr_moved;
    uint64_t old[PHYSMAP_STEP];         /* entries: references to their pages */
    uint64_t moved[PHYSMAP_STEP];       /* pages that left a place, referenced */
};

void physmap_begin(struct physmap_flush *f, struct domain *d);
void physmap_end(struct physmap_flush *f);

/*
 * Another domain's page comes to gfn, as P2M_FOREIGN: the caller's reference becomes the
 * entry's, and a writable type with P2M_TYPED; both are put where this fails. 0; -EINVAL: no such frame, or the domain is dying; -EPERM:
 * what is there has to stay; -ENOMEM.
 */
int physmap_add_foreign(struct physmap_flush *f, uint64_t gfn, uint64_t mfn,
                        uint64_t attributes);

/*
 * Something can come to gfn: what is there is taken out with p2m_discard_locked(), which may
 * refuse, and p2m_set_prepared() does not fail while the lock is held. 0; -EINVAL, -EPERM,
 * -ENOMEM as above.
 */
int physmap_place_check(struct domain *d, uint64_t gfn);

#endif /* HV_PHYSMAP_H */
