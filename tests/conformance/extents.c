/* SPDX-License-Identifier: MIT */
/* The rows of memory.def about ops whose result is a count, and about interruptions. */
#include "conformance.h"

#define EXTENTS 4
#define FRAME_BEFORE(i) (0x100 + (i))
#define FRAME_TOLD(i) (0x500 + (i))

static xen_pfn_t *frames;

static struct xen_memory_reservation *new_reservation(domid_t domid)
{
    struct xen_memory_reservation *some = guest_new(struct xen_memory_reservation, 1);
    unsigned int i;

    frames = guest_new(xen_pfn_t, EXTENTS);
    for ( i = 0; i < EXTENTS; i++ )
        frames[i] = FRAME_BEFORE(i);
    some->domid = domid;
    some->nr_extents = EXTENTS;
    set_xen_guest_handle(some->extent_start, at(frames));
    script.result = 1;
    return some;
}

/* ---- 9.6: the same for all three ---------------------------------------------------- */

#define COUNTS(name, op)                                                        \
    long row_##name##_unreadable(void)                                          \
    {                                                                           \
        return hc_memory_##op(NOWHERE);                                         \
    }                                                                           \
    long row_##name##_unknown(void)                                             \
    {                                                                           \
        return hc_memory_##op(at(new_reservation(NOBODY)));                     \
    }                                                                           \
    long row_##name##_denied(void)                                              \
    {                                                                           \
        machine.denied = "*";                                                   \
        return hc_memory_##op(at(new_reservation(OTHER)));                      \
    }                                                                           \
    long row_##name##_none(void)                                                \
    {                                                                           \
        struct xen_memory_reservation *some = new_reservation(OTHER);           \
                                                                                \
        some->nr_extents = 0;                                                   \
        return hc_memory_##op(at(some)) + script.calls;                         \
    }                                                                           \
    long row_##name##_order(void)                                               \
    {                                                                           \
        struct xen_memory_reservation *some = new_reservation(OTHER);           \
                                                                                \
        some->extent_order = 19;                                                \
        return hc_memory_##op(at(some));                                        \
    }                                                                           \
    long row_##name##_many(void)                                                \
    {                                                                           \
        struct xen_memory_reservation *some = new_reservation(OTHER);           \
                                                                                \
        some->nr_extents = 67108864;                                            \
        return hc_memory_##op(at(some));                                        \
    }

COUNTS(increase, increase_reservation)
COUNTS(decrease, decrease_reservation)
COUNTS(populate, populate_physmap)

/* ---- 9.6: partial results -------------------------------------------------------------- */

static struct domain *whose(const void *op)
{
    return domain_of(((const struct xen_memory_reservation *)op)->domid);
}

/* As a handler would: reads the frame, and tells the new one. */
static long populate_step(struct hd_call *call, void *op)
{
    xen_pfn_t frame;

    if ( hd_memory_populate_physmap_get_extent_start(call, op, call->place, &frame) ||
         hd_memory_populate_physmap_put_extent_start(call, op, call->place,
                                                     FRAME_TOLD(call->place), whose(op)) )
        return -EFAULT;
    return 1;
}

static long decrease_step(struct hd_call *call, void *op)
{
    xen_pfn_t frame;

    if ( hd_memory_decrease_reservation_get_extent_start(call, op, call->place, &frame) )
        return -EFAULT;
    return frame == 0 ? -EINVAL : 1;
}

static long increase_until_3(struct hd_call *call, void *op)
{
    (void)op;
    return call->place < 3 ? 1 : -ENOMEM;
}

static void third_is_a_hole(const struct xen_memory_reservation *some)
{
    machine.hole = (unsigned long)some->extent_start.p + 2 * sizeof(xen_pfn_t);
    machine.hole_bytes = sizeof(xen_pfn_t);
}

long row_populate_list_fault(void)
{
    struct xen_memory_reservation *some = new_reservation(OTHER);

    third_is_a_hole(some);
    script.act = populate_step;
    return hc_memory_populate_physmap(at(some));
}

long row_decrease_list_fault(void)
{
    struct xen_memory_reservation *some = new_reservation(OTHER);

    third_is_a_hole(some);
    script.act = decrease_step;
    return hc_memory_decrease_reservation(at(some));
}

long row_increase_no_memory(void)
{
    struct xen_memory_reservation *some = new_reservation(OTHER);

    script.act = increase_until_3;
    return hc_memory_increase_reservation(at(some));
}

long row_populate_place(void)
{
    struct xen_memory_reservation *some = new_reservation(OTHER);

    some->extent_order = 19;
    return hc_memory_op(XENMEM_populate_physmap | 2 << 6, at(some));
}

long row_populate_place_unreadable(void)
{
    return hc_memory_op(XENMEM_populate_physmap | 7 << 6, NOWHERE);
}

long row_populate_place_beyond(void)
{
    return hc_memory_op(XENMEM_populate_physmap | 9 << 6, at(new_reservation(OTHER)));
}

long row_decrease_stops(void)
{
    struct xen_memory_reservation *some = new_reservation(OTHER);

    frames[1] = 0;
    script.act = decrease_step;
    return hc_memory_decrease_reservation(at(some));
}

/* How many of the list are what the handler told. */
static unsigned int told(void)
{
    unsigned int i, count = 0;

    for ( i = 0; i < EXTENTS; i++ )
        count += frames[i] == FRAME_TOLD(i);
    return count;
}

static unsigned int changed(void)
{
    unsigned int i, count = 0;

    for ( i = 0; i < EXTENTS; i++ )
        count += frames[i] != FRAME_BEFORE(i);
    return count;
}

long row_populate_translated(void)
{
    struct xen_memory_reservation *some = new_reservation(TRANSLATED);

    script.act = populate_step;
    return hc_memory_populate_physmap(at(some)) - EXTENTS + changed();
}

long row_populate_pv(void)
{
    struct xen_memory_reservation *some = new_reservation(OTHER);

    script.act = populate_step;
    hc_memory_populate_physmap(at(some));
    return told();
}

/* ---- 9.8: interrupted -------------------------------------------------------------------- */

static long populate_all(bool interrupted)
{
    struct xen_memory_reservation *some = new_reservation(OTHER);

    script.act = populate_step;
    machine.preempt_always = interrupted;
    return hc_memory_populate_physmap(at(some));
}

/* Its place has to be beyond that of the entry before. */
long row_populate_goes_back(void)
{
    populate_all(true);
    return script.goes_back + (script.entries != EXTENTS - 1);
}

long row_populate_ends_same(void)
{
    xen_pfn_t without[EXTENTS];
    long result = populate_all(false);

    memcpy(without, frames, sizeof(without));
    return (populate_all(true) != result) + (result != EXTENTS) +
           (memcmp(without, frames, sizeof(without)) != 0);
}

/* Accesses to what entries before have done; entry number e begins with step e. */
static unsigned int accesses_to_done(unsigned long list)
{
    unsigned int i, again = 0;

    for ( i = 0; i < machine.accesses; i++ )
        again += machine.access[i].address >= list &&
                 machine.access[i].address < list + machine.access[i].entry * sizeof(xen_pfn_t);
    return again + (machine.entries != EXTENTS);
}

long row_populate_never_again(void)
{
    populate_all(true);
    return accesses_to_done(guest_address(frames));
}

static struct xen_memory_exchange *exchange;

static long exchange_step(struct hd_call *call, void *op)
{
    struct xen_memory_exchange *data = op;
    xen_pfn_t frame;

    if ( hd_memory_exchange_get_in_extent_start(call, data, call->place, &frame) ||
         hd_memory_exchange_put_out_extent_start(call, data, call->place,
                                                 FRAME_TOLD(call->place),
                                                 domain_of(data->out.domid)) )
        return -EFAULT;
    return 1;
}

static long exchange_all(bool interrupted)
{
    exchange = guest_new(struct xen_memory_exchange, 1);
    exchange->in = *new_reservation(OTHER);
    exchange->out = *new_reservation(OTHER);
    script.act = exchange_step;
    machine.preempt_always = interrupted;
    return hc_memory_exchange(at(exchange));
}

/* Its place is in the structure, which the dispatcher reads anew. */
long row_exchange_goes_back(void)
{
    exchange_all(true);
    return (script.entries != EXTENTS - 1) + (script.calls != EXTENTS) +
           (exchange->nr_exchanged != EXTENTS);
}

long row_exchange_ends_same(void)
{
    xen_pfn_t without[EXTENTS];
    long result = exchange_all(false);

    memcpy(without, frames, sizeof(without));
    return (exchange_all(true) != result) + (result != 0) + (told() != EXTENTS) +
           (memcmp(without, frames, sizeof(without)) != 0);
}

long row_exchange_never_again(void)
{
    exchange_all(true);
    return accesses_to_done(guest_address(frames));
}
