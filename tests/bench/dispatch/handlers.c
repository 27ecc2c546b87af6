/* SPDX-License-Identifier: MIT */
/*
 * What an op does at the least: looks up an entry, checks it, fills in the
 * result.  All dispatchers call these through the linker, never inlined.
 */
#include "reference.h"

#include "../no-ahead.h"

/* What dispatchers with checks call finds the status preset. */
#define succeed(op)                             \
    do {                                        \
        if ( !CHECKS )                          \
            (op)->status = GNTST_okay;          \
    } while ( 0 )

#define ENTRIES 512

struct entry { uint16_t flags; domid_t domid; uint32_t frame; };

static struct entry entries[ENTRIES] = {
    [0 ... ENTRIES - 1] = { .flags = GTF_permit_access, .frame = 0x1234 },
};
static uint32_t pins[ENTRIES];
static uint32_t next_handle;
static unsigned char frames[2][4096];

int hv_grant_table_map_grant_ref(struct hd_call *call, struct gnttab_map_grant_ref *op)
{
    const struct entry *entry = &entries[op->ref];

    (void)call;
    if ( unlikely(op->ref >= ENTRIES) )
        op->status = GNTST_bad_gntref;
    else if ( unlikely(entry->flags != GTF_permit_access) )
        op->status = GNTST_general_error;
    else
    {
        op->handle = next_handle++;
        op->dev_bus_addr = (uint64_t)entry->frame << 12;
        succeed(op);
    }
    return 0;
}

int hv_grant_table_unmap_grant_ref(struct hd_call *call, struct gnttab_unmap_grant_ref *op)
{
    (void)call;
    if ( unlikely(op->handle >= ENTRIES) )
        op->status = GNTST_bad_handle;
    else
    {
        pins[op->handle]--;
        succeed(op);
    }
    return 0;
}

/* They look at nothing: what telling costs is what is counted. */
NO_AHEAD(hv_grant_table_map_grant_ref_ahead, struct gnttab_map_grant_ref)
NO_AHEAD(hv_grant_table_unmap_grant_ref_ahead, struct gnttab_unmap_grant_ref)

static inline bool refused(uint32_t ref)
{
    return unlikely(ref >= ENTRIES) || unlikely(entries[ref].flags != GTF_permit_access);
}

int hv_grant_table_copy(struct hd_call *call, struct gnttab_copy *op)
{
    (void)call;
    if ( ((op->flags & GNTCOPY_source_gref) && refused(op->source.u.ref)) ||
         ((op->flags & GNTCOPY_dest_gref) && refused(op->dest.u.ref)) )
        op->status = GNTST_bad_gntref;
    else if ( unlikely(op->source.offset + op->len > 4096) ||
              unlikely(op->dest.offset + op->len > 4096) || unlikely(op->len != 8) )
        op->status = GNTST_bad_copy_arg;
    else
    {
        memcpy(frames[1] + op->dest.offset, frames[0] + op->source.offset, 8);
        succeed(op);
    }
    return 0;
}

void hv_grant_table_op_end(struct hd_call *call)
{
    (void)call;
}

static struct domain domain = { .is_pv = true };
struct domain *current_domain = &domain;
volatile unsigned int somebody_waits;

long continue_later(unsigned int cmd, void *uop, unsigned int count)
{
    (void)cmd;
    (void)uop;
    (void)count;
    return -EAGAIN;
}
