/* SPDX-License-Identifier: MIT */
/* The calls that operations are: a pager's, and what a PV domain says about its frames. */
#include <string.h>

#include "hv.h"
#include "machine.h"
#include "real.h"

#include <hc-memory.h>
#include <hc-xen.h>

#define MOST_ELEMENTS 8

/* ---- a pager ------------------------------------------------------------------------ */

static long paging(const struct operation *op, unsigned int what, const void *buffer)
{
    struct xen_mem_paging_op e = {
        .op = what, .domain = real_domid(op->other), .gfn = real_gfn(op->caller, op->gfn),
    };

    set_xen_guest_handle(e.buffer, buffer);
    return hc_memory_paging_op(&e);
}

CALL_OP(NOMINATE)
{
    (void)nr;
    out->result = paging(op, XENMEM_paging_op_nominate, NULL);
}

CALL_OP(EVICT)
{
    (void)nr;
    out->result = paging(op, XENMEM_paging_op_evict, NULL);
}

CALL_OP(PREP)
{
    char contents[4096];
    const void *buffer = op->flags & FLAG_WRONG ? (const void *)0x7000 : contents;

    (void)nr;
    memset(contents, op->x, sizeof(contents));
    out->result = paging(op, XENMEM_paging_op_prep, op->flags & FLAG_READONLY ? buffer : NULL);
}

/* ---- where a PV domain has its frames ------------------------------------------------- */

/* One list, of which what comes after the first failure is not looked at. */
CALL_OP(MACHPHYS)
{
    struct mmu_update e[MOST_ELEMENTS] = {};
    unsigned int i, done = 0;
    struct place *place;
    long result;
    int frame;

    for ( i = 0; i < nr; i++ )
    {
        int other = model_other(&op[i]);

        frame = other < 0 ? NO_FRAME
                : op[i].flags & FLAG_DEVICE ? model_frame_given_back(other, op[i].gfn % 4)
                : model_frame_of(other, op[i].gfn, &place);
        e[i].ptr = (frame < 0 || frame >= FRAMES ? 0x7fffffff : world.frame[frame].mfn)
                   << PAGE_SHIFT | MMU_MACHPHYS_UPDATE;
        e[i].val = real_gfn(op->caller, op[i].gfn2);
    }
#ifdef PORT_IA64
    (void)e;
    result = -ENOSYS;
#else
    result = hc_mmu_update(e, nr, &done, real_domid(op->other));
#endif
    if ( !result && done != nr )
        differ("%u updates of %u are done, and it is no error", done, nr);
    for ( i = 0; i < nr; i++ )
        out[i].result = i < done ? 0 : i == done ? result : NOT_REACHED;
}
