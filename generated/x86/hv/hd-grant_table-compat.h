/* SPDX-License-Identifier: MIT */
/*
 * grant_table: structures of x86_32 callers that x86_64 lays out in another way.
 *
 * Generated from idl/grant_table.idl by "make"; edit that, not this.
 */
#ifndef HD_GRANT_TABLE_COMPAT_H
#define HD_GRANT_TABLE_COMPAT_H

#include "hd-compat.h"

struct x86_32_gnttab_setup_table {
    domid_t dom;
    uint32_t nr_frames;
    int16_t status;
    uint32_t frame_list;
};
typedef struct x86_32_gnttab_setup_table x86_32_gnttab_setup_table_t;
DEFINE_XEN_GUEST_HANDLE(x86_32_gnttab_setup_table_t);

static inline void
x86_32_get_gnttab_setup_table(struct gnttab_setup_table *to,
                              const struct x86_32_gnttab_setup_table *from)
{
    memset(to, 0, sizeof(*to));
    to->dom = from->dom;
    to->nr_frames = from->nr_frames;
    to->status = from->status;
    set_xen_guest_handle(to->frame_list,
                         (void *)(unsigned long)from->frame_list);
}

static inline int
x86_32_put_gnttab_setup_table(struct x86_32_gnttab_setup_table *to,
                              const struct gnttab_setup_table *from)
{
    to->status = from->status;

    return 0;
}

struct x86_32_gnttab_transfer {
    uint32_t mfn;
    domid_t domid;
    grant_ref_t ref;
    int16_t status;
};
typedef struct x86_32_gnttab_transfer x86_32_gnttab_transfer_t;
DEFINE_XEN_GUEST_HANDLE(x86_32_gnttab_transfer_t);

static inline void
x86_32_get_gnttab_transfer(struct gnttab_transfer *to,
                           const struct x86_32_gnttab_transfer *from)
{
    memset(to, 0, sizeof(*to));
    to->mfn = from->mfn;
    to->domid = from->domid;
    to->ref = from->ref;
    to->status = from->status;
}

static inline int x86_32_put_gnttab_transfer(struct x86_32_gnttab_transfer *to,
                                             const struct gnttab_transfer *from)
{
    to->status = from->status;

    return 0;
}

struct x86_32_gnttab_copy {
    struct x86_32_gnttab_copy_ptr {
        union {
            grant_ref_t ref;
            uint32_t gmfn;
        } u;
        domid_t domid;
        uint16_t offset;
    } source, dest;
    uint16_t len;
    uint16_t flags;
    int16_t status;
};
typedef struct x86_32_gnttab_copy x86_32_gnttab_copy_t;
DEFINE_XEN_GUEST_HANDLE(x86_32_gnttab_copy_t);

static inline void x86_32_get_gnttab_copy(struct gnttab_copy *to,
                                          const struct x86_32_gnttab_copy *from)
{
    memset(to, 0, sizeof(*to));
    if ( from->flags & GNTCOPY_source_gref )
        to->source.u.ref = from->source.u.ref;
    else
        to->source.u.gmfn = from->source.u.gmfn;
    to->source.domid = from->source.domid;
    to->source.offset = from->source.offset;
    if ( from->flags & GNTCOPY_dest_gref )
        to->dest.u.ref = from->dest.u.ref;
    else
        to->dest.u.gmfn = from->dest.u.gmfn;
    to->dest.domid = from->dest.domid;
    to->dest.offset = from->dest.offset;
    to->len = from->len;
    to->flags = from->flags;
    to->status = from->status;
}

static inline int x86_32_put_gnttab_copy(struct x86_32_gnttab_copy *to,
                                         const struct gnttab_copy *from)
{
    to->status = from->status;

    return 0;
}

struct x86_32_gnttab_get_status_frames {
    uint32_t nr_frames;
    domid_t dom;
    int16_t status;
    uint32_t frame_list;
};
typedef struct x86_32_gnttab_get_status_frames
    x86_32_gnttab_get_status_frames_t;
DEFINE_XEN_GUEST_HANDLE(x86_32_gnttab_get_status_frames_t);

static inline void x86_32_get_gnttab_get_status_frames(
    struct gnttab_get_status_frames *to,
    const struct x86_32_gnttab_get_status_frames *from)
{
    to->nr_frames = from->nr_frames;
    to->dom = from->dom;
    to->status = from->status;
    set_xen_guest_handle(to->frame_list,
                         (void *)(unsigned long)from->frame_list);
}

static inline int
x86_32_put_gnttab_get_status_frames(struct x86_32_gnttab_get_status_frames *to,
                                    const struct gnttab_get_status_frames *from)
{
    to->status = from->status;

    return 0;
}

#endif /* HD_GRANT_TABLE_COMPAT_H */
