/* SPDX-License-Identifier: MIT */
/*
 * What the generated dispatchers and the handlers behind them share.
 *
 * Needs port.h, which says how this hypervisor calls its domains, its guest
 * memory and its permissions. Gives the call that handlers are told about, and
 * the few helpers that no hypervisor has a name for.
 */
#ifndef HD_H
#define HD_H

#include "port.h"

#ifndef always_inline
#define always_inline __inline__ __attribute__((__always_inline__))
#endif

/* What the elements of one call share. */
struct hd_call {
    struct domain *caller;
    unsigned int op;            /* the number */
    bool compat;                /* the caller's structures have 32 bits */
    unsigned long place;        /* inside an op: where to go on */
    void *data;                 /* the handlers' own; NULL at first */
};

/*
 * done more steps out of nr: 1 if there are more, 0 if that was the last, and
 * -ERESTART if others shall run first. Looks where an every-th is reached or passed.
 */
static inline int hd_advance(struct hd_call *call, unsigned long done,
                             unsigned long nr, unsigned int every)
{
    unsigned long before = call->place;

    call->place += done;
    if ( call->place >= nr || call->place < before )
        return 0;
    if ( call->place / every != before / every && hypercall_preempt_check() )
        return -ERESTART;
    return 1;
}

/* From first to last, both included. */
static inline unsigned long hd_steps(unsigned long first, unsigned long last)
{
    return last < first ? 0 : last - first < ~0UL ? last - first + 1 : ~0UL;
}

/* A place that was never set is before the first. */
static inline unsigned long hd_steps_before(unsigned long first,
                                            unsigned long place)
{
    return place < first ? 0 : place - first;
}

/* ---- arithmetic that does not wrap: fits into what has max at most ---------- */

#define HD_MAX_32 0xffffffffu
#define HD_MAX_64 (~(uint64_t)0)

static inline bool hd_add_fits(uint64_t a, uint64_t b, uint64_t max)
{
    return a <= max && b <= max - a;
}

static inline bool hd_subtract_fits(uint64_t a, uint64_t b, uint64_t max)
{
    return b <= a && a - b <= max;
}

static inline bool hd_multiply_fits(uint64_t a, uint64_t b, uint64_t max)
{
    return !a || b <= max / a;
}

static inline bool hd_shift_fits(uint64_t a, uint64_t bits, uint64_t max)
{
    return !a || (bits < 64 && a <= max >> bits);
}

/* 0 stays 0, however far it goes. */
static inline uint64_t hd_shift(uint64_t a, uint64_t bits)
{
    return bits < 64 ? a << bits : 0;
}

/* ---- domains ---------------------------------------------------------------- */

/* For strict interfaces a dying domain is like none. */
static inline struct domain *hd_unless_dying(struct domain *d)
{
    if ( !d || !d->is_dying )
        return d;
    rcu_unlock_domain(d);
    return NULL;
}

#define hd_lock_live_by_any_id(id) hd_unless_dying(rcu_lock_domain_by_any_id(id))
#define hd_lock_live_by_id(id)     hd_unless_dying(rcu_lock_domain_by_id(id))

/* What descriptions call page_size; it is the same for every domain. */
#define hd_page_size(d) PAGE_SIZE

/* ---- guest memory ----------------------------------------------------------- */

/* The bytes from one field of element i to the end of another; unchecked. */
#define hd_copy_span_to_guest_offset(h, i, ptr, first, last)                   \
    hd_copy_part_to_guest_offset(                                              \
        h, i, ptr, hd_distance(ptr, &(ptr)->first),                            \
        hd_distance(&(ptr)->first, &(ptr)->last) + sizeof((ptr)->last))

#define hd_distance(from, to)                                                  \
    ((unsigned long)((const char *)(to) - (const char *)(from)))

/* Of nr elements, those that missing bytes at the end do not touch. */
static inline unsigned int hd_whole(unsigned int nr, unsigned long missing,
                                    unsigned int size)
{
    return !missing ? nr : nr - (unsigned int)((missing + size - 1) / size);
}

/*
 * Elements i and up, as many as a block holds and as are left: how many came, each
 * of them whole; 0: not even one. What came in part is read again with those
 * behind it. A copy that cannot say how far it got is as if nothing had come; then
 * the first is read alone. Unchecked.
 */
#define hd_copy_block(block, h, i, left)                                       \
    ({                                                                         \
        const unsigned int room_ = sizeof(block) / sizeof(*(block));           \
        unsigned int came_ = 0;                                                \
                                                                               \
        if ( (left) > 1 )                                                      \
        {                                                                      \
            came_ = (left) < room_ ? (left) : room_;                           \
            came_ = hd_whole(came_, __copy_from_guest_offset(block, h, i, came_), \
                             sizeof(*(block)));                                \
        }                                                                      \
        if ( !came_ )                                                          \
            came_ = !__copy_from_guest_offset(block, h, i, 1);                 \
        came_;                                                                 \
    })

/* Elements first and up of an array of nr; none left is fine. */
#define hd_rest_okay(h, first, nr)                                             \
    ((first) >= (nr) || guest_handle_subrange_okay(h, first, (nr) - 1))

/* The same, of a caller that has another width. */
#define hd_compat_rest_okay(address, first, nr, size)                          \
    ((first) >= (nr) ||                                                        \
     hd_compat_okay((address) + (first) * (size), (nr) - (first), size))

#endif /* HD_H */
