/* SPDX-License-Identifier: MIT */
/* memory_op about the machine, its maps and its figures, called by a 32-bit guest. */
#include "calls.h"

static uint64_t told;

/* ---- the machine ------------------------------------------------------------------------ */

static long tell_number(struct hd_call *call, void *arg, struct domain *d)
{
    (void)call;
    (void)arg;
    (void)d;
    return (long)told;
}

/* What is more than an int says so by being the largest. */
static void numbers(void)
{
    begin(tell_number);
    told = 0x7ffffffe;
    expect(memory_call(XENMEM_maximum_ram_page) == 0x7ffffffe);
    told = 0x123456789;
    expect(memory_call(XENMEM_maximum_ram_page) == 0x7fffffff);
    told = 0x80000000;
    expect(memory_call(XENMEM_maximum_ram_page) == 0x7fffffff);
    told = (uint64_t)-EPERM;
    expect(memory_call(XENMEM_maximum_ram_page) == -EPERM);
    put16(ARG, DOMID_SELF);
    told = 0xffffffff;
    expect(memory_call(XENMEM_maximum_gpfn) == 0x7fffffff);
}

static long tell_mapping(struct hd_call *call, void *arg, struct domain *d)
{
    struct xen_machphys_mapping *op = arg;

    (void)d;
    expect(call->compat);
    op->v_start = 0xf5800000;
    op->v_end = 0xf6800000;
    op->max_mfn = told;
    return 0;
}

static void machphys_mapping(void)
{
    begin(tell_mapping);
    told = 0x3ffff;
    expect(memory_call(XENMEM_machphys_mapping) == 0);
    expect(get32(ARG) == 0xf5800000 && get32(ARG + 4) == 0xf6800000);
    expect(get32(ARG + 8) == 0x3ffff && untouched(ARG + 12, 64));
    begin(tell_mapping);
    told = 0x100000000;
    expect(memory_call(XENMEM_machphys_mapping) == -ERANGE);
    expect(untouched(ARG, 64));
}

static long tell_extents(struct hd_call *call, void *arg, struct domain *d)
{
    struct xen_machphys_mfn_list *op = arg;

    (void)d;
    for ( op->nr_extents = 0; op->nr_extents < op->max_extents && op->nr_extents < 2;
          op->nr_extents++ )
        if ( hd_memory_machphys_mfn_list_put_extent_start(call, op, op->nr_extents,
                                                          told + op->nr_extents) )
            return -EFAULT;
    return 0;
}

static void machphys_mfn_list(void)
{
    begin(tell_extents);
    put32(ARG, 5);
    put32(ARG + 4, LIST);
    told = 0xfffffff0;
    expect(memory_call(XENMEM_machphys_mfn_list) == 0);
    expect(get32(ARG) == 5 && get32(ARG + 4) == LIST && get32(ARG + 8) == 2);
    expect(get32(LIST) == 0xfffffff0 && get32(LIST + 4) == 0xfffffff1);
    expect(untouched(LIST + 8, 64) && untouched(ARG + 12, 64));
}

/* ---- maps ----------------------------------------------------------------------------------- */

static long tell_map(struct hd_call *call, void *arg, struct domain *d)
{
    static const unsigned char entry[20] = { 1, 2, 3, [19] = 4 };
    struct xen_memory_map *op = arg;

    (void)d;
    expect(op->nr_entries == 9);
    op->nr_entries = 2;
    for ( unsigned int i = 0; i < 2; i++ )
        if ( hd_memory_memory_map_put_buffer(call, op, i * 20, entry, 20) )
            return -EFAULT;
    return 0;
}

static void memory_map(void)
{
    begin(tell_map);
    put32(ARG, 9);
    put32(ARG + 4, LIST);
    expect(memory_call(XENMEM_memory_map) == 0);
    expect(get32(ARG) == 2 && get32(ARG + 4) == LIST && untouched(ARG + 8, 64));
    expect(get32(LIST) == 0x30201 && get32(LIST + 36) == 0x4000000);
    expect(untouched(LIST + 40, 64));
}

static long see_map(struct hd_call *call, void *arg, struct domain *d)
{
    struct xen_foreign_memory_map *op = arg;
    unsigned char entry[20] = { 0 };

    (void)d;
    expect(op->domid == TRANSLATED && op->map.nr_entries == 2);
    expect(!hd_memory_set_memory_map_get_map_buffer(call, op, 20, entry, 20));
    expect(entry[0] == 7 && entry[19] == GUARD);
    return 0;
}

static void set_memory_map(void)
{
    begin(see_map);
    put16(ARG, TRANSLATED);
    put32(ARG + 4, 2);
    put32(ARG + 8, LIST);
    put16(LIST + 20, 7);
    expect(memory_call(XENMEM_set_memory_map) == 0);
    expect(script.calls == 1);
}

static long tell_devices(struct hd_call *call, void *arg, struct domain *d)
{
    struct xen_reserved_device_memory_map *op = arg;
    struct xen_reserved_device_memory entry = { 0xfffffff0, told };
    int rc;

    (void)d;
    rc = hd_memory_reserved_device_memory_map_put_buffer(call, op, 1, &entry);
    op->nr_entries = 6;
    return rc;
}

static void devices(void)
{
    begin(tell_devices);
    put32(ARG, 1);
    put32(ARG + 4, 4);
    put32(ARG + 8, LIST);
    put32(ARG + 12, 0x87654321);
}

/* Its elements are structures that differ, too. */
static void reserved_device_memory_map(void)
{
    devices();
    told = 5;
    expect(memory_call(XENMEM_reserved_device_memory_map) == 0);
    expect(get32(ARG + 4) == 6 && get32(ARG + 8) == LIST && get32(ARG + 12) == 0x87654321);
    expect(untouched(LIST, 8) && get32(LIST + 8) == 0xfffffff0 && get32(LIST + 12) == 5);
    expect(untouched(LIST + 16, 64) && untouched(ARG + 16, 64));
    devices();
    told = 0x100000000;
    expect(memory_call(XENMEM_reserved_device_memory_map) == -ERANGE);
    expect(untouched(LIST, 64) && get32(ARG + 4) == 6);
}

/* ---- figures ----------------------------------------------------------------------------------- */

static long tell_pod(struct hd_call *call, void *arg, struct domain *d)
{
    struct xen_pod_target *op = arg;

    (void)call;
    (void)d;
    expect(op->target_pages == 0x1122334455667788);
    op->tot_pages = 0x8000000000000001;
    op->pod_cache_pages = 2;
    op->pod_entries = 3;
    return 0;
}

/* 36 bytes of the guest's, and not 40. */
static void get_pod_target(void)
{
    begin(tell_pod);
    put64(ARG, 0x1122334455667788);
    put16(ARG + 32, TRANSLATED);
    expect(memory_call(XENMEM_get_pod_target) == 0);
    expect(get64(ARG) == 0x1122334455667788 && get64(ARG + 8) == 0x8000000000000001);
    expect(get64(ARG + 16) == 2 && get64(ARG + 24) == 3 && get16(ARG + 32) == TRANSLATED);
    expect(untouched(ARG + 34, 64));
}

static long tell_access(struct hd_call *call, void *arg, struct domain *d)
{
    struct xen_mem_access_op *op = arg;

    (void)call;
    (void)d;
    expect(op->pfn == 0x1122334455667788 && op->nr == 3);
    expect((unsigned long)op->pfn_list.p == 0xf0000000 && op->access_list.p == NULL);
    op->access = 5;
    return 0;
}

static void access_op(void)
{
    begin(tell_access);
    put16(ARG, XENMEM_access_op_get_access);
    put16(ARG + 2, TRANSLATED);
    put32(ARG + 4, 3);
    put64(ARG + 8, 0x1122334455667788);
    put32(ARG + 16, 0xf0000000);
    put32(ARG + 20, 0);
    expect(memory_call(XENMEM_access_op) == 0);
    expect(get16(ARG) == (5 << 8 | XENMEM_access_op_get_access));
    expect(untouched(ARG + 24, 64));
}

static long tell_nodes(struct hd_call *call, void *arg, struct domain *d)
{
    struct xen_vnuma_topology_info *op = arg;
    struct xen_vmemrange range = { 0x1122334455667788, 2, 3, 4 };

    (void)d;
    expect(op->nr_vnodes == 2 && op->nr_vcpus == 3 && op->nr_vmemranges == 1);
    op->nr_vnodes = 1;
    if ( told )
        return -(long)told;
    expect(!hd_memory_get_vnumainfo_put_vdistance_h(call, op, 3, 10));
    expect(!hd_memory_get_vnumainfo_put_vcpu_to_vnode_h(call, op, 2, 20));
    expect(!hd_memory_get_vnumainfo_put_vmemrange_h(call, op, 0, &range));
    return 0;
}

static void nodes(void)
{
    begin(tell_nodes);
    put16(ARG, DOMID_SELF);
    put16(ARG + 2, 0);
    put32(ARG + 4, 2);
    put32(ARG + 8, 3);
    put32(ARG + 12, 1);
    put32(ARG + 16, LIST);
    put32(ARG + 24, LIST + 64);
    put32(ARG + 32, LIST + 128);
}

/* Beside each handle lie four bytes that are nobody's: they come back as they were. */
static void get_vnumainfo(void)
{
    nodes();
    told = 0;
    expect(memory_call(XENMEM_get_vnumainfo) == 0);
    expect(get32(LIST + 12) == 10 && get32(LIST + 72) == 20);
    expect(get64(LIST + 128) == 0x1122334455667788 && get32(LIST + 148) == 4);
    expect(get32(ARG + 4) == 1 && get32(ARG + 16) == LIST && untouched(ARG + 20, 4));
    expect(untouched(ARG + 28, 4) && untouched(ARG + 36, 64));
    nodes();
    told = ENOBUFS;
    expect(memory_call(XENMEM_get_vnumainfo) == -ENOBUFS);
    expect(get32(ARG + 4) == 1 && get32(ARG + 8) == 3);
}

void test_maps(void)
{
    numbers();
    machphys_mapping();
    machphys_mfn_list();
    memory_map();
    set_memory_map();
    reserved_device_memory_map();
    get_pod_target();
    access_op();
    get_vnumainfo();
}
