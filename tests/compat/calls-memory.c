/* SPDX-License-Identifier: MIT */
/* memory_op about extents and physical maps, called by a 32-bit guest. */
#include "calls.h"

static uint64_t told;

static void reservation(unsigned long at, uint32_t list, uint32_t nr, uint32_t order,
                        domid_t domid)
{
    put32(at, list);
    put32(at + 4, nr);
    put32(at + 8, order);
    put32(at + 12, 0);
    put16(at + 16, domid);
}

/* ---- extents -------------------------------------------------------------------------- */

static long populate(struct hd_call *call, void *arg, struct domain *d)
{
    struct xen_memory_reservation *op = arg;
    xen_pfn_t frame = 0;
    int rc = hd_memory_populate_physmap_get_extent_start(call, op, call->place, &frame);

    (void)d;
    expect(rc || frame == 0xfffffff0 + call->place);
    if ( !rc )
        rc = hd_memory_populate_physmap_put_extent_start(call, op, call->place,
                                                         told + call->place, current->domain);
    return rc ? rc : 1;
}

static void populate_physmap(void)
{
    begin(populate);
    reservation(ARG, LIST, 3, 0, DOMID_SELF);
    for ( unsigned int i = 0; i < 3; i++ )
        put32(LIST + i * 4, 0xfffffff0 + i);
    told = 0x40;
    machine.preempt_always = true;
    expect(memory_call(XENMEM_populate_physmap) == 3);
    expect(script.calls == 3 && script.compat && machine.entries == 3);
    expect(get32(LIST) == 0x40 && get32(LIST + 4) == 0x41 && get32(LIST + 8) == 0x42);
    expect(untouched(LIST + 12, 64) && untouched(ARG + 18, 64));
}

/* A frame that does not fit: so many are done. */
static void populate_too_big(void)
{
    begin(populate);
    reservation(ARG, LIST, 3, 0, DOMID_SELF);
    for ( unsigned int i = 0; i < 3; i++ )
        put32(LIST + i * 4, 0xfffffff0 + i);
    told = 0xffffffff;
    expect(memory_call(XENMEM_populate_physmap) == 1);
    expect(get32(LIST) == 0xffffffff && get32(LIST + 4) == 0xfffffff1);
}

/* The range of a list is that of 4 bytes for each element. */
static void list_at_the_end(void)
{
    begin(NULL);
    reservation(ARG, GUEST_LIMIT - 16, 4, 0, DOMID_SELF);
    memory_call(XENMEM_decrease_reservation);
    expect(script.calls == 1);
    begin(NULL);
    reservation(ARG, GUEST_LIMIT - 16, 5, 0, DOMID_SELF);
    expect(memory_call(XENMEM_decrease_reservation) == 0);
    expect(!script.calls);
}

/* ---- exchange ---------------------------------------------------------------------------- */

static long exchange(struct hd_call *call, void *arg, struct domain *d)
{
    struct xen_memory_exchange *op = arg;
    xen_pfn_t in = 0;
    int rc = hd_memory_exchange_get_in_extent_start(call, op, call->place, &in);

    (void)d;
    expect(rc || in == 0x80000000 + call->place);
    if ( !rc )
        rc = hd_memory_exchange_put_out_extent_start(call, op, call->place, told + call->place,
                                                     current->domain);
    return rc ? rc : 1;
}

static void exchange_frames(void)
{
    begin(exchange);
    reservation(ARG, LIST, 3, 0, DOMID_SELF);
    reservation(ARG + 20, LIST + 64, 3, 0, DOMID_SELF);
    put32(ARG + 40, 0);
    for ( unsigned int i = 0; i < 3; i++ )
        put32(LIST + i * 4, 0x80000000 + i);
    told = 0x30;
    machine.preempt_always = true;
    expect(memory_call(XENMEM_exchange) == 0);
    expect(script.calls == 3 && machine.entries == 3);
    expect(get32(ARG + 40) == 3 && untouched(ARG + 44, 64));
    expect(get32(LIST + 64) == 0x30 && get32(LIST + 72) == 0x32 && untouched(LIST + 76, 64));
}

/* 2^31 pages of 2 are none in 32 bits: neither side may wrap. */
static void exchange_wraps(void)
{
    begin(exchange);
    reservation(ARG, LIST, 0x80000000, 1, DOMID_SELF);
    reservation(ARG + 20, LIST + 64, 0, 0, DOMID_SELF);
    put32(ARG + 40, 0);
    expect(memory_call(XENMEM_exchange) == -EINVAL);
    begin(exchange);
    reservation(ARG, LIST, 0x80000000, 1, DOMID_SELF);
    reservation(ARG + 20, LIST + 64, 0x80000000, 1, DOMID_SELF);
    put32(ARG + 40, 0);
    expect(memory_call(XENMEM_exchange) == -EINVAL);
    expect(!script.calls && get32(ARG + 40) == 0);
}

/* ---- physical maps -------------------------------------------------------------------------- */

static long add_one(struct hd_call *call, void *arg, struct domain *d)
{
    struct xen_add_to_physmap *op = arg;

    (void)call;
    (void)d;
    expect(op->domid == TRANSLATED && op->space == XENMAPSPACE_gmfn);
    expect(op->idx == 0x80000001 && op->gpfn == 0xfffffffe);
    return 0;
}

static void add_to_physmap(void)
{
    begin(add_one);
    put16(ARG, TRANSLATED);
    put16(ARG + 2, 0);
    put32(ARG + 4, XENMAPSPACE_gmfn);
    put32(ARG + 8, 0x80000001);
    put32(ARG + 12, 0xfffffffe);
    expect(memory_call(XENMEM_add_to_physmap) == 0);
    expect(script.calls == 1);
}

static long add_batch(struct hd_call *call, void *arg, struct domain *d)
{
    struct xen_add_to_physmap_batch *op = arg;
    xen_ulong_t idx = 0;
    xen_pfn_t gpfn = 0;

    (void)d;
    expect(!hd_memory_add_to_physmap_batch_get_idxs(call, op, call->place, &idx));
    expect(!hd_memory_add_to_physmap_batch_get_gpfns(call, op, call->place, &gpfn));
    expect(idx == 0xfffffff0 + call->place && gpfn == 0xf0000000 + call->place);
    expect(!hd_memory_add_to_physmap_batch_put_errs(call, op, call->place,
                                                    -(int)call->place));
    return 1;
}

static void add_to_physmap_batch(void)
{
    begin(add_batch);
    put16(ARG, TRANSLATED);
    put16(ARG + 2, XENMAPSPACE_gmfn);
    put16(ARG + 4, 3);
    put16(ARG + 6, 0);
    put32(ARG + 8, LIST);
    put32(ARG + 12, LIST + 64);
    put32(ARG + 16, LIST + 128);
    for ( unsigned int i = 0; i < 3; i++ )
    {
        put32(LIST + i * 4, 0xfffffff0 + i);
        put32(LIST + 64 + i * 4, 0xf0000000 + i);
    }
    machine.preempt_at = 1;
    expect(memory_call(XENMEM_add_to_physmap_batch) == 0);
    expect(script.calls == 3 && machine.entries == 2);
    expect(get32(LIST + 128) == 0 && get32(LIST + 132) == (uint32_t)-1);
    expect(get32(LIST + 136) == (uint32_t)-2 && untouched(LIST + 140, 64));
}

static long remove(struct hd_call *call, void *arg, struct domain *d)
{
    const struct xen_remove_from_physmap *op = arg;

    (void)call;
    (void)d;
    expect(op->gpfn == 0xfffffffd);
    return 0;
}

static void remove_from_physmap(void)
{
    begin(remove);
    put16(ARG, TRANSLATED);
    put32(ARG + 4, 0xfffffffd);
    expect(memory_call(XENMEM_remove_from_physmap) == 0);
    expect(script.calls == 1);
}

/* ---- resources -------------------------------------------------------------------------------- */

static long acquire(struct hd_call *call, void *arg, struct domain *d)
{
    struct xen_mem_acquire_resource *op = arg;
    int rc;

    (void)d;
    expect(op->frame == 0x12345678 && op->domid == OTHER);
    if ( guest_handle_is_null(op->frame_list) )
    {
        op->nr_frames = 40;
        return 0;
    }
    rc = hd_memory_acquire_resource_put_frame_list(call, op, call->place, told + call->place);
    return rc ? rc : 1;
}

static void resource(uint32_t list, uint32_t nr)
{
    begin(acquire);
    put16(ARG, OTHER);
    put16(ARG + 2, XENMEM_resource_grant_table);
    put32(ARG + 4, 0);
    put32(ARG + 8, nr);
    put32(ARG + 12, 0);
    put64(ARG + 16, 0x12345678);
    put32(ARG + 24, list);
}

static void acquire_resource(void)
{
    resource(LIST, 40);
    told = 0x500;
    machine.preempt_always = true;
    expect(memory_call(XENMEM_acquire_resource) == 0);
    expect(script.calls == 40 && machine.entries == 2);
    expect(get32(LIST) == 0x500 && get32(LIST + 156) == 0x527 && untouched(LIST + 160, 64));
    expect(get32(ARG + 8) == 40 && untouched(ARG + 28, 64));

    /* A frame that does not fit. */
    resource(LIST, 3);
    told = 0xffffffff;
    expect(memory_call(XENMEM_acquire_resource) == -ERANGE);
    expect(get32(LIST) == 0xffffffff && untouched(LIST + 4, 64));

    resource(0, 0);
    expect(memory_call(XENMEM_acquire_resource) == 0);
    expect(get32(ARG + 8) == 40 && get32(ARG + 12) == 0 && get32(ARG + 24) == 0);
}

void test_memory(void)
{
    populate_physmap();
    populate_too_big();
    list_at_the_end();
    exchange_frames();
    exchange_wraps();
    add_to_physmap();
    add_to_physmap_batch();
    remove_from_physmap();
    acquire_resource();
}
