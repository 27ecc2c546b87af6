/* SPDX-License-Identifier: MIT */
/*
 * A PV guest of 32 bits: structures laid out by hand as its compiler does, pointers and
 * frames of four bytes, dispatchers for callers of its width, and the real handlers.
 *
 * What is not like a real one: its page tables are the simulated machine's, so linear
 * addresses in structures have 64 bits. "wide" in front of a name is the twin: the same
 * through the dispatchers of 64 bits, which has to go wrong.
 */
#include <stdio.h>
#include <stdlib.h>

#include "machine.h"
#include "grant.h"
#include "p2m.h"

unsigned long hc_host_call(unsigned int nr, unsigned long reg[5]);

/* Prototypes are with the dispatchers; under Xen they are Xen's own. */
int compat_grant_table_op(unsigned int cmd, XEN_GUEST_HANDLE_PARAM(void) uop, unsigned int count);
int compat_memory_op(unsigned int cmd, XEN_GUEST_HANDLE_PARAM(void) arg);
int compat_pmt_op(unsigned int cmd, XEN_GUEST_HANDLE_PARAM(void) args, unsigned int count);

enum { GRANTER = 1, NARROW = 2 };
enum { PAGES = 64, REF = 9, PAGE = 40, FREE = 200 };

static struct domain *granter, *narrow;
static unsigned int missed;

#define EQUAL(is, wanted) equal((long)(is), (long)(wanted), #is, __LINE__)

static void equal(long is, long wanted, const char *text, int line)
{
    if ( is == wanted )
        return;
    missed++;
    printf("FAILED narrow.c:%d: %s is %ld (%#lx), not %ld\n", line, text, is,
           (unsigned long)is, wanted);
}

/* ---- the guest, by the byte ------------------------------------------------------------- */

typedef uint64_t __attribute__((aligned(4))) u64_4;

struct narrow_setup { uint16_t dom, pad; uint32_t nr_frames; int16_t status, pad1; uint32_t list; };
struct narrow_map {
    u64_4 host_addr;
    uint32_t flags, ref;
    uint16_t dom;
    int16_t status;
    uint32_t handle;
    u64_4 bus;
};
struct narrow_unmap { u64_4 host_addr, bus; uint32_t handle; int16_t status, pad; };
struct narrow_end { uint32_t what; uint16_t domid, offset; };
struct narrow_copy { struct narrow_end from, to; uint16_t len, flags; int16_t status, pad; };
struct narrow_reservation { uint32_t list, nr, order, flags; uint16_t domid, pad; };
struct narrow_exchange { struct narrow_reservation in, out; uint32_t done; };

_Static_assert(sizeof(struct narrow_setup) == 16 && sizeof(struct narrow_map) == 32 &&
               sizeof(struct narrow_unmap) == 24 && sizeof(struct narrow_copy) == 24 &&
               sizeof(struct narrow_reservation) == 20 && sizeof(struct narrow_exchange) == 44,
               "as gcc -m32 has Xen's structures");

/* Its registers hold 32 bits, at first and when a call goes on. */
static unsigned long enter(unsigned int nr, const unsigned long reg[5])
{
    XEN_GUEST_HANDLE_PARAM(void) handle = { (void *)reg[1] };
    unsigned int i;

    for ( i = 0; i < 3; i++ )
        EQUAL(reg[i] >> 32, 0);
    switch ( nr )
    {
    case __HYPERVISOR_grant_table_op:
        return (unsigned long)compat_grant_table_op((unsigned int)reg[0], handle,
                                                    (unsigned int)reg[2]);
    case __HYPERVISOR_memory_op:
        return (unsigned long)compat_memory_op((unsigned int)reg[0], handle);
    case __HYPERVISOR_pmt_op:
        return (unsigned long)compat_pmt_op((unsigned int)reg[0], handle, (unsigned int)reg[2]);
    }
    return -(unsigned long)ENOSYS;
}

static uint32_t address(const void *p)
{
    if ( (unsigned long)p >> 32 )
        abort();
    return (uint32_t)(unsigned long)p;
}

static void *guest(size_t bytes)
{
    void *p = machine_guest_alloc(narrow, bytes);

    if ( !p )
        abort();
    return p;
}

static long call(unsigned int nr, unsigned int cmd, void *arg, unsigned int count)
{
    unsigned long reg[5] = { cmd, address(arg), count };

    machine_run_as(machine_vcpu(narrow, 0));
    return (int)hc_host_call(nr, reg);
}

static long grant_op(unsigned int cmd, void *op, unsigned int count)
{
    return call(__HYPERVISOR_grant_table_op, cmd, op, count);
}

static long memory_op(unsigned int cmd, void *op)
{
    return call(__HYPERVISOR_memory_op, cmd, op, 0);
}

/* ---- the scene ------------------------------------------------------------------------------ */

static uint64_t place(unsigned int n)
{
    return MACHINE_PV_BASE + ((uint64_t)(FREE + n) << PAGE_SHIFT);
}

static void begin(bool wide)
{
    const struct machine_config config = { .frames = 4096, .low = true };
    struct machine_domain one = { .id = GRANTER, .hvm = true, .pages = PAGES };
    struct machine_domain two = {
        .id = NARROW, .pv = true, .has_pmt = true, .mapped = true, .pages = PAGES,
        .max_gpfns = 4096,
        .layout = LAYOUT_SCATTERED, .entry = wide ? NULL : enter,
    };

    machine_start(&config);
    granter = machine_domain(&one);
    narrow = machine_domain(&two);
    if ( !granter || !narrow )
        abort();
    machine_plan_reset();
}

static void end(void)
{
    const char *wrong = machine_audit();

    if ( wrong )
        printf("FAILED %s\n", wrong);
    missed += wrong != NULL;
    wrong = machine_stop();
    if ( wrong )
        printf("FAILED %s\n", wrong);
    missed += wrong != NULL;
}

static void grant(void)
{
    struct grant_entry_v1 *entry;
    uint64_t mfn;

    if ( grant_frame(granter, false, 0, true, &mfn) )
        abort();
    entry = (struct grant_entry_v1 *)port_page_address(mfn) + REF;
    entry->domid = NARROW;
    entry->frame = PAGE;
    entry->flags = GTF_permit_access;
    port_page_put(mfn);
    *(uint64_t *)port_page_address(p2m_gfn_to_mfn(granter, PAGE)) = 0x1234;
}

/* ---- the parts ---------------------------------------------------------------------------- */

static void part_setup(void)
{
    struct narrow_setup *op = guest(sizeof(*op));
    uint32_t *list = guest(3 * sizeof(*list));

    list[2] = 0x77777777;
    *op = (struct narrow_setup){ .dom = DOMID_SELF, .nr_frames = 2, .status = 1,
                                  .list = address(list) };
    EQUAL(grant_op(GNTTABOP_setup_table, op, 1), 0);
    EQUAL(op->status, GNTST_okay);
    EQUAL(port_page_owner(list[0]) == narrow, true);
    EQUAL(port_page_owner(list[1]) == narrow && list[0] != list[1], true);
    EQUAL(list[2], 0x77777777);
    op->nr_frames = 3;
    op->list = 0xfffffffc;
    EQUAL(grant_op(GNTTABOP_setup_table, op, 1) == 0 && op->status == GNTST_okay, false);
}

static void part_map(void)
{
    struct narrow_map *map = guest(2 * sizeof(*map));
    struct narrow_unmap *unmap = guest(2 * sizeof(*unmap));
    struct narrow_setup *op = guest(sizeof(*op));
    struct vcpu *v = machine_vcpu(narrow, 0);
    uint64_t word = 0;
    unsigned int i;

    grant();
    for ( i = 0; i < 2; i++ )
        map[i] = (struct narrow_map){ .host_addr = place(i), .flags = GNTMAP_host_map,
                                     .ref = REF + i, .dom = GRANTER };
    EQUAL(grant_op(GNTTABOP_map_grant_ref, map, 2), 0);
    EQUAL(map[0].status, GNTST_okay);
    EQUAL(map[1].status, GNTST_general_error);
    EQUAL(map[0].bus, p2m_gfn_to_mfn(granter, PAGE) << PAGE_SHIFT);
    EQUAL(machine_va_read(v, place(0), &word, sizeof(word)), 0);
    EQUAL(word, 0x1234);
    for ( i = 0; i < 2; i++ )
        unmap[i] = (struct narrow_unmap){ .host_addr = place(0), .handle = map[0].handle };
    EQUAL(grant_op(GNTTABOP_unmap_grant_ref, unmap, 2), 0);
    EQUAL(unmap[0].status, GNTST_okay);
    EQUAL(unmap[1].status, GNTST_bad_handle);
    EQUAL(machine_va_read(v, place(0), &word, sizeof(word)), -EFAULT);
    EQUAL(grant_pins(granter, REF), 0);
    /* Equal structures are no twin: one that is not, too. */
    *op = (struct narrow_setup){ .dom = DOMID_SELF, .nr_frames = 1, .status = 1,
                                  .list = address(unmap) };
    EQUAL(grant_op(GNTTABOP_setup_table, op, 1), 0);
    EQUAL(op->status, GNTST_okay);
}

static void part_copy(void)
{
    struct narrow_copy *copy = guest(2 * sizeof(*copy));
    uint64_t mfn = p2m_gfn_to_mfn(narrow, PAGE);

    grant();
    copy[0] = (struct narrow_copy){
        .from = { REF, GRANTER, 0 }, .to = { (uint32_t)mfn, DOMID_SELF, 16 }, .len = 8,
        .flags = GNTCOPY_source_gref, .status = 1,
    };
    copy[1] = copy[0];
    copy[1].to.what++;
    copy[1].to.what |= 0x80000000;
    EQUAL(grant_op(GNTTABOP_copy, copy, 2), 0);
    EQUAL(copy[0].status, GNTST_okay);
    EQUAL(copy[1].status, GNTST_bad_page);
    EQUAL(*((uint64_t *)port_page_address(mfn) + 2), 0x1234);
}

/* Four-byte lists, there and back; interrupted at each look it is the same. */
static void part_reservation(void)
{
    struct narrow_reservation *op = guest(sizeof(*op));
    uint32_t *list = guest(101 * sizeof(*list));
    uint64_t had = narrow->tot_pages;
    unsigned int round, i;

    for ( round = 0; round < 2; round++ )
    {
        machine_plan_reset();
        machine_plan.preempt_always = round;
        for ( i = 0; i < 100; i++ )
            list[i] = FREE + i;
        list[100] = 0x77777777;
        *op = (struct narrow_reservation){ .list = address(list), .nr = 100, .domid = DOMID_SELF };
        EQUAL(memory_op(XENMEM_populate_physmap, op), 100);
        EQUAL(narrow->tot_pages, had + 100);
        for ( i = 0; i < 100; i++ )
            EQUAL(p2m_gfn_to_mfn(narrow, FREE + i), list[i]);
        EQUAL(memory_op(XENMEM_decrease_reservation, op), 100);
        EQUAL(narrow->tot_pages, had);
        EQUAL(list[100], 0x77777777);
        EQUAL(machine_counters.continuations > 0, round);
    }
    machine_plan_reset();
    op->domid = 77;
    EQUAL(memory_op(XENMEM_current_reservation, &op->domid), -ESRCH);
    op->domid = DOMID_SELF;
    EQUAL(memory_op(XENMEM_current_reservation, &op->domid), had);
}

/* Two pages for one of order 1. */
static void part_exchange(void)
{
    struct narrow_exchange *op = guest(sizeof(*op));
    uint32_t *in = guest(2 * sizeof(*in)), *out = guest(2 * sizeof(*out));
    uint64_t had = narrow->tot_pages;

    in[0] = (uint32_t)p2m_gfn_to_mfn(narrow, PAGE);
    in[1] = (uint32_t)p2m_gfn_to_mfn(narrow, PAGE + 1);
    out[0] = FREE;
    out[1] = 0x77777777;
    *op = (struct narrow_exchange){
        .in = { .list = address(in), .nr = 2, .domid = DOMID_SELF },
        .out = { .list = address(out), .nr = 1, .order = 1, .domid = DOMID_SELF },
    };
    /* Its page tables have them: they cannot go. */
    EQUAL(memory_op(XENMEM_exchange, op), -EINVAL);
    EQUAL(op->done, 0);
    op->in.domid = GRANTER;
    EQUAL(memory_op(XENMEM_exchange, op), -EINVAL);
    EQUAL(out[0], FREE);
    EQUAL(out[1], 0x77777777);
    EQUAL(narrow->tot_pages, had);
    /* Fresh ones are in no page table yet. */
    op->in.domid = DOMID_SELF;
    in[0] = FREE;
    in[1] = FREE + 1;
    EQUAL(memory_op(XENMEM_populate_physmap, &op->in), 2);
    out[0] = FREE + 8;
    EQUAL(memory_op(XENMEM_exchange, op), 0);
    EQUAL(op->done, 2);
    EQUAL(p2m_gfn_to_mfn(narrow, FREE + 8), out[0]);
    EQUAL(p2m_gfn_to_mfn(narrow, FREE + 9), out[0] + 1);
    EQUAL(p2m_gfn_to_mfn(narrow, FREE), HV_INVALID_MFN);
    EQUAL(out[1], 0x77777777);
    EQUAL(narrow->tot_pages, had + 2);
}

static const struct { const char *name; void (*run)(void); } parts[] = {
    { "setup", part_setup }, { "map", part_map }, { "copy", part_copy },
    { "reservation", part_reservation }, { "exchange", part_exchange },
};

int main(int argc, char **argv)
{
    bool wide = argc > 1 && !strcmp(argv[1], "wide"), names = argc > 1 && !strcmp(argv[1], "names");
    unsigned int i, failed = 0;

    for ( i = 0; i < sizeof(parts) / sizeof(parts[0]); i++ )
    {
        if ( names )
            puts(parts[i].name);
        if ( names || (argc > 2 && strcmp(argv[2], parts[i].name)) )
            continue;
        missed = 0;
        begin(wide);
        parts[i].run();
        end();
        if ( !missed )
            printf("ok %s\n", parts[i].name);
        failed += missed != 0;
    }
    return failed != 0;
}
