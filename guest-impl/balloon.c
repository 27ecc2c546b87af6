/* SPDX-License-Identifier: MIT */
/* Pages to Xen and back: see balloon.h. */
#include "balloon.h"

#include "hc-memory.h"

int balloon_start(struct balloon *b, struct guest_p2m *p2m)
{
    b->guest = p2m->guest;
    b->p2m = p2m;
    guest_pv_begin(&b->pv, p2m->guest);
    return b->guest->xen ? 0 : -GUEST_ENODEV;
}

static xen_memory_reservation_t reservation(struct balloon *b, unsigned int nr)
{
    xen_memory_reservation_t r = { .nr_extents = nr, .domid = DOMID_SELF };

    set_xen_guest_handle(r.extent_start, b->list);
    return r;
}

/* Frames of as many as can go, and nothing in the page table that shows them. */
static unsigned int list_frames(struct balloon *b, const uint64_t pfn[], unsigned int nr,
                                int *rc)
{
    unsigned int i;

    guest_pv_begin(&b->pv, b->guest);
    for ( i = 0; i < nr; i++ )
    {
        uint64_t frame;

        *rc = guest_p2m_pinned(b->p2m, pfn[i]) ? -GUEST_EBUSY
                                               : guest_p2m_frame(b->p2m, pfn[i], &frame);
        if ( *rc )
            break;
        b->list[i] = frame;
        guest_pv_unmap(&b->pv, pfn[i]);
    }
    return i;
}

/*
 * A PV guest's page table changes ride in the same multicall, and must have been
 * made before the frames go.
 */
static long decrease(struct balloon *b, xen_memory_reservation_t *r)
{
    multicall_entry_t *call;
    int rc;

    if ( b->guest->translated )
        return hc_memory_decrease_reservation(r);
    call = guest_pv_call(&b->pv);
    hc_multi_memory_decrease_reservation(call, r);
    /* What went is what the call itself says, whichever change before it failed. */
    rc = guest_pv_commit(&b->pv);
    return (long)call->result < 0 && rc ? rc : (long)call->result;
}

/* What stayed is shown again. */
static void show_again(struct balloon *b, const uint64_t pfn[], unsigned int from,
                       unsigned int nr)
{
    guest_pv_begin(&b->pv, b->guest);
    for ( ; from < nr; from++ )
        guest_pv_map(&b->pv, pfn[from], b->list[from]);
    guest_pv_commit(&b->pv);
}

static long decrease_batch(struct balloon *b, const uint64_t pfn[], unsigned int nr)
{
    xen_memory_reservation_t r;
    int rc = 0;
    unsigned int listed = list_frames(b, pfn, nr, &rc);
    long done = 0;

    if ( !listed )
        return rc;
    r = reservation(b, listed);
    done = decrease(b, &r);
    show_again(b, pfn, done < 0 ? 0 : (unsigned int)done, listed);
    return done;
}

/* Frames that came, from one on, and go back. */
static void give_back(struct balloon *b, const uint64_t pfn[], unsigned int from, unsigned int nr)
{
    xen_memory_reservation_t r = reservation(b, nr - from);
    unsigned int i;

    set_xen_guest_handle(r.extent_start, b->list + from);
    guest_pv_begin(&b->pv, b->guest);
    for ( i = from; i < nr; i++ )
        guest_pv_unmap(&b->pv, pfn[i]);
    decrease(b, &r);
}

static long populate_batch(struct balloon *b, const uint64_t pfn[], unsigned int nr)
{
    xen_memory_reservation_t r = reservation(b, nr);
    unsigned int i, shown;
    long done;
    int rc;

    for ( i = 0; i < nr; i++ )
        b->list[i] = pfn[i];
    done = hc_memory_populate_physmap(&r);
    if ( done <= 0 )
        return done;
    /* A PV guest got the frames in the list; all others know what it said. */
    guest_pv_begin(&b->pv, b->guest);
    for ( i = 0; i < (unsigned int)done; i++ )
        guest_pv_map(&b->pv, pfn[i], b->list[i]);
    rc = guest_pv_commit(&b->pv);
    if ( !rc )
        return done;
    for ( shown = 0; shown < (unsigned int)done && !guest_pv_result(&b->pv, shown); )
        shown++;
    if ( shown < (unsigned int)done )
        give_back(b, pfn, shown, (unsigned int)done);
    return shown ? (long)shown : rc;
}

static long in_batches(struct balloon *b, const uint64_t pfn[], unsigned int nr,
                       long (*batch)(struct balloon *b, const uint64_t pfn[],
                                     unsigned int nr))
{
    unsigned int done = 0;

    if ( !b->guest->xen )
        return -GUEST_ENODEV;
    while ( done < nr )
    {
        unsigned int want = nr - done < GUEST_BATCH ? nr - done : GUEST_BATCH;
        long got = batch(b, pfn + done, want);

        if ( got < 0 )
            return done ? (long)done : got;
        done += (unsigned int)got;
        if ( (unsigned int)got < want )
            break;
    }
    return done;
}

long balloon_decrease(struct balloon *b, const uint64_t pfn[], unsigned int nr)
{
    return in_batches(b, pfn, nr, decrease_batch);
}

long balloon_populate(struct balloon *b, const uint64_t pfn[], unsigned int nr)
{
    return in_batches(b, pfn, nr, populate_batch);
}
