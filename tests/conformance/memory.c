/* SPDX-License-Identifier: MIT */
/* The rows of memory.def, but for those that are about counts: see extents.c. */
#include "conformance.h"

/* ---- 9.5 ------------------------------------------------------------------------ */

long row_op_unknown(void)
{
    return hc_memory_op(63, at(guest_memory(128)));
}

long row_op_unknown_place(void)
{
    return hc_memory_op(63 | 1 << 6, at(guest_memory(128)));
}

#define PLACE(name, op)                                                         \
    long row_place_##name(void)                                                 \
    {                                                                           \
        return hc_memory_op(XENMEM_##op | 1 << 6, at(guest_memory(128)));       \
    }

PLACE(exchange, exchange)
PLACE(ram_page, maximum_ram_page)
PLACE(current, current_reservation)
PLACE(maximum, maximum_reservation)
PLACE(gpfn, maximum_gpfn)
PLACE(remove, remove_from_physmap)
PLACE(claim, claim_pages)
PLACE(vnuma, get_vnumainfo)
PLACE(devices, reserved_device_memory_map)
PLACE(mfn_list, machphys_mfn_list)
PLACE(compat_list, machphys_compat_mfn_list)
PLACE(mapping, machphys_mapping)
PLACE(map, memory_map)
PLACE(machine_map, machine_memory_map)
PLACE(set_map, set_memory_map)
PLACE(set_target, set_pod_target)
PLACE(get_target, get_pod_target)
PLACE(freed, get_sharing_freed_pages)
PLACE(shared, get_sharing_shared_pages)
PLACE(paging, paging_op)
PLACE(sharing, sharing_op)

long row_place_add(void)
{
    return hc_memory_op(XENMEM_add_to_physmap | 0x10000ul << 6, NOWHERE);
}

long row_place_batch(void)
{
    return hc_memory_op(XENMEM_add_to_physmap_batch | 0x10000ul << 6, NOWHERE);
}

/* ---- 9.7: exchange ---------------------------------------------------------------- */

static struct xen_memory_exchange *new_exchange(unsigned int count)
{
    struct xen_memory_exchange *exchange = guest_new(struct xen_memory_exchange, 1);

    exchange->in.domid = exchange->out.domid = OTHER;
    exchange->in.nr_extents = exchange->out.nr_extents = count;
    set_xen_guest_handle(exchange->in.extent_start, at(guest_new(xen_pfn_t, count)));
    set_xen_guest_handle(exchange->out.extent_start, at(guest_new(xen_pfn_t, count)));
    script.result = 1;
    return exchange;
}

long row_exchange_order_in(void)
{
    struct xen_memory_exchange *exchange = new_exchange(1);

    exchange->in.extent_order = 30;
    return hc_memory_exchange(at(exchange));
}

long row_exchange_order_out(void)
{
    struct xen_memory_exchange *exchange = new_exchange(1);

    exchange->out.extent_order = 30;
    return hc_memory_exchange(at(exchange));
}

long row_exchange_totals(void)
{
    struct xen_memory_exchange *exchange = new_exchange(2);

    exchange->in.nr_extents = 1;
    return hc_memory_exchange(at(exchange));
}

long row_exchange_domids(void)
{
    struct xen_memory_exchange *exchange = new_exchange(1);

    exchange->in.domid = DOMID_SELF;
    return hc_memory_exchange(at(exchange));
}

long row_exchange_beyond(void)
{
    struct xen_memory_exchange *exchange = new_exchange(1);

    exchange->nr_exchanged = 2;
    return hc_memory_exchange(at(exchange));
}

long row_exchange_list(void)
{
    struct xen_memory_exchange *exchange = new_exchange(1);

    set_xen_guest_handle(exchange->in.extent_start, (xen_pfn_t *)XENS_OWN);
    return hc_memory_exchange(at(exchange));
}

long row_exchange_unknown(void)
{
    struct xen_memory_exchange *exchange = new_exchange(1);

    exchange->in.domid = exchange->out.domid = NOBODY;
    return hc_memory_exchange(at(exchange));
}

long row_exchange_denied(void)
{
    machine.denied = "*";
    return hc_memory_exchange(at(new_exchange(1)));
}

static long exchange_second_refused(struct hd_call *call, void *op)
{
    (void)op;
    return call->place == 1 ? -EINVAL : 1;
}

static struct xen_memory_exchange *exchange_bad_frame(long *result)
{
    struct xen_memory_exchange *exchange = new_exchange(3);

    script.act = exchange_second_refused;
    *result = hc_memory_exchange(at(exchange));
    return exchange;
}

long row_exchange_bad_frame(void)
{
    long result;

    exchange_bad_frame(&result);
    return result;
}

long row_exchange_bad_frame_done(void)
{
    long result;

    return (long)exchange_bad_frame(&result)->nr_exchanged;
}

long row_exchange_done(void)
{
    struct xen_memory_exchange *exchange = new_exchange(2);

    exchange->nr_exchanged = 2;
    exchange->in.domid = exchange->out.domid = NOBODY;
    return hc_memory_exchange(at(exchange)) + script.calls;
}

/* ---- 9.7: sizes --------------------------------------------------------------------- */

long row_ram_page(void)
{
    script.result = 0x1234;
    return hc_memory_op(XENMEM_maximum_ram_page, NOWHERE);
}

/* The three that ask how much a domain has. */
#define SIZE(name, op)                                                          \
    static long name##_of(domid_t domid)                                        \
    {                                                                           \
        struct xen_memory_domain *domain = guest_new(struct xen_memory_domain, 1); \
                                                                                \
        domain->domid = domid;                                                  \
        return hc_memory_##op(at(domain));                                      \
    }                                                                           \
    long row_##name##_fault(void)                                               \
    {                                                                           \
        return hc_memory_##op(NOWHERE);                                         \
    }                                                                           \
    long row_##name##_unknown(void)                                             \
    {                                                                           \
        return name##_of(NOBODY);                                               \
    }                                                                           \
    long row_##name##_denied(void)                                              \
    {                                                                           \
        machine.denied = "*";                                                   \
        return name##_of(OTHER);                                                \
    }

SIZE(current, current_reservation)
SIZE(maximum, maximum_reservation)
SIZE(gpfn, maximum_gpfn)

long row_mapping_hvm(void)
{
    caller_is_translated();
    return hc_memory_machphys_mapping(at(guest_new(struct xen_machphys_mapping, 1)));
}

long row_machine_map_denied(void)
{
    machine.denied = "*";
    return hc_memory_machine_memory_map(at(guest_new(struct xen_memory_map, 1)));
}

/* ---- 9.7: physical map ---------------------------------------------------------------- */

static long add_of(domid_t domid, unsigned int space)
{
    struct xen_add_to_physmap *add = guest_new(struct xen_add_to_physmap, 1);

    add->domid = domid;
    add->space = space;
    return hc_memory_add_to_physmap(at(add));
}

long row_add_pv(void)
{
    return add_of(OTHER, XENMAPSPACE_shared_info);
}

long row_add_foreign(void)
{
    return add_of(TRANSLATED, XENMAPSPACE_gmfn_foreign);
}

long row_add_unknown(void)
{
    return add_of(NOBODY, XENMAPSPACE_shared_info);
}

long row_add_denied(void)
{
    machine.denied = "*";
    return add_of(TRANSLATED, XENMAPSPACE_shared_info);
}

long row_remove_pv(void)
{
    struct xen_remove_from_physmap *remove = guest_new(struct xen_remove_from_physmap, 1);

    remove->domid = OTHER;
    return hc_memory_remove_from_physmap(at(remove));
}

static int *errs;

static struct xen_add_to_physmap_batch *new_batch(uint16_t size)
{
    struct xen_add_to_physmap_batch *batch = guest_new(struct xen_add_to_physmap_batch, 1);
    int *list = guest_new(int, 3);

    batch->domid = TRANSLATED;
    batch->space = XENMAPSPACE_gmfn;
    batch->size = size;
    set_xen_guest_handle(batch->idxs, at(guest_new(xen_ulong_t, 3)));
    set_xen_guest_handle(batch->gpfns, at(guest_new(xen_pfn_t, 3)));
    set_xen_guest_handle(batch->errs, at(list));
    list[0] = list[1] = list[2] = 99;
    errs = list;
    return batch;
}

/* As a handler would: each index has a result of its own, and what cannot be read ends all. */
static long batch_step(struct hd_call *call, void *op)
{
    struct xen_add_to_physmap_batch *batch = op;
    xen_ulong_t idx;

    if ( call->place >= batch->size )
        return 0;
    if ( hd_memory_add_to_physmap_batch_get_idxs(call, batch, call->place, &idx) )
        return -EFAULT;
    if ( hd_memory_add_to_physmap_batch_put_errs(call, batch, call->place,
                                                 call->place == 1 ? -EINVAL : 0) )
        return -EFAULT;
    return 1;
}

long row_batch_range(void)
{
    struct xen_add_to_physmap_batch *batch = new_batch(1);

    batch->space = XENMAPSPACE_gmfn_range;
    return hc_memory_add_to_physmap_batch(at(batch));
}

long row_batch_none(void)
{
    script.act = batch_step;
    return hc_memory_add_to_physmap_batch(at(new_batch(0)));
}

long row_batch_errs(void)
{
    script.act = batch_step;
    return hc_memory_add_to_physmap_batch(at(new_batch(3)));
}

long row_batch_second(void)
{
    script.act = batch_step;
    hc_memory_add_to_physmap_batch(at(new_batch(3)));
    return errs[1];
}

long row_batch_third(void)
{
    script.act = batch_step;
    hc_memory_add_to_physmap_batch(at(new_batch(3)));
    return errs[2];
}

static long batch_with_fault(void)
{
    struct xen_add_to_physmap_batch *batch = new_batch(3);

    script.act = batch_step;
    machine.hole = (unsigned long)batch->idxs.p + sizeof(xen_ulong_t);
    machine.hole_bytes = 1;
    return hc_memory_add_to_physmap_batch(at(batch));
}

long row_batch_fault(void)
{
    return batch_with_fault();
}

long row_batch_fault_first(void)
{
    batch_with_fault();
    return errs[0];
}

/* ---- 9.7: resources --------------------------------------------------------------------- */

static struct xen_mem_acquire_resource *new_resource(domid_t domid, uint32_t frames)
{
    struct xen_mem_acquire_resource *resource = guest_new(struct xen_mem_acquire_resource, 1);

    resource->domid = domid;
    resource->type = XENMEM_resource_grant_table;
    resource->nr_frames = frames;
    if ( frames )
        set_xen_guest_handle(resource->frame_list, at(guest_new(xen_pfn_t, frames)));
    return resource;
}

/* As a handler would: the size, where no list is given; else the rest of the frames. */
static long acquire_all(struct hd_call *call, void *op)
{
    struct xen_mem_acquire_resource *resource = op;

    if ( guest_handle_is_null(resource->frame_list) )
        resource->nr_frames = 9;
    else if ( resource->nr_frames > call->place )
        return resource->nr_frames - call->place;
    return 0;
}

static long acquire(struct xen_mem_acquire_resource *resource)
{
    script.act = acquire_all;
    return hc_memory_acquire_resource(at(resource));
}

long row_acquire_self(void)
{
    return acquire(new_resource(CALLER, 1));
}

long row_acquire_self_name(void)
{
    return acquire(new_resource(DOMID_SELF, 1));
}

long row_acquire_pad(void)
{
    struct xen_mem_acquire_resource *resource = new_resource(OTHER, 1);

    resource->pad = 1;
    return acquire(resource);
}

long row_acquire_size(void)
{
    return acquire(new_resource(OTHER, 0));
}

long row_acquire_size_told(void)
{
    struct xen_mem_acquire_resource *resource = new_resource(OTHER, 0);

    acquire(resource);
    return resource->nr_frames;
}

static long acquire_and_damage(struct hd_call *call, void *op)
{
    long result = acquire_all(call, op);

    ((struct xen_mem_acquire_resource *)op)->nr_frames = 5;
    return result;
}

long row_acquire_size_list(void)
{
    struct xen_mem_acquire_resource *resource = new_resource(OTHER, 2);

    script.act = acquire_and_damage;
    hc_memory_acquire_resource(at(resource));
    return resource->nr_frames;
}

long row_acquire_beyond(void)
{
    script.act = acquire_all;
    return hc_memory_op(XENMEM_acquire_resource | 2 << 6, at(new_resource(OTHER, 2)));
}

long row_acquire_none(void)
{
    struct xen_mem_acquire_resource *resource = new_resource(OTHER, 1);

    resource->nr_frames = 0;
    return acquire(resource);
}
