/* SPDX-License-Identifier: MIT */
/*
 * What the handlers of ia64's dom0vp_op share.
 *
 * Needs p2m.h. All ia64 domains are translated, and Xen owns their tables. Who has
 * the right has_pmt may know machine frames; to anybody else a frame of the machine
 * is the guest frame itself, as for all that a translated domain is told.
 */
#ifndef HV_DOM0VP_H
#define HV_DOM0VP_H

#include "hd-dom0vp.h"

#include "hv.h"
#include "p2m.h"

/*
 * Put a page at gfn in place of what ordinary calls may take away, all or nothing:
 * the caller's reference becomes the entry's. 0; -EINVAL: no such frame, or what
 * is there has to stay; -ENOMEM.
 */
int dom0vp_replace(struct domain *d, uint64_t gfn, uint64_t mfn,
                   uint64_t attributes);

/* The table in the processor's form, for windows: there from now on. 0 or -ENOMEM. */
int dom0vp_shadow_make(struct domain *d);

/* One descriptor of a memory map, as firmware has it. */
struct dom0vp_memory {
    uint32_t type, pad;
    uint64_t physical, virtual, pages, attribute;   /* pages of 4 KiB */
};

#define DOM0VP_MEMORY_CONVENTIONAL 7
#define DOM0VP_MEMORY_WB           8

#endif /* HV_DOM0VP_H */
