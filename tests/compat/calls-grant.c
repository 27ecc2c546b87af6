/* SPDX-License-Identifier: MIT */
/* grant_table_op and pmt_op, called by a 32-bit guest. */
#include "calls.h"

static uint64_t told[4];

/* ---- frames ----------------------------------------------------------------------- */

static long tell_frames(struct hd_call *call, void *arg, struct domain *d)
{
    struct gnttab_setup_table *op = arg;

    (void)d;
    expect((unsigned long)op->frame_list.p == LIST);
    for ( unsigned int i = 0; i < op->nr_frames; i++ )
        if ( hd_grant_table_setup_table_put_frame_list(call, op, i, told[i]) )
            break;
    return 0;
}

static void setup_table(void)
{
    begin(tell_frames);
    put16(ARG, DOMID_SELF);
    put32(ARG + 4, 3);
    put32(ARG + 12, LIST);
    told[0] = 0x1234;
    told[1] = 0xffffffff;
    told[2] = 0;
    expect(grant_call(GNTTABOP_setup_table, 1) == 0);
    expect(script.calls == 1 && script.compat);
    expect((int16_t)get16(ARG + 8) == GNTST_okay);
    expect(get32(LIST) == 0x1234 && get32(LIST + 4) == 0xffffffff && get32(LIST + 8) == 0);
    expect(untouched(LIST + 12, 64) && untouched(LIST - 64, 64));
    expect(get32(ARG + 4) == 3 && get32(ARG + 12) == LIST);
    expect(untouched(ARG + 2, 2) && untouched(ARG + 10, 2) && untouched(ARG + 16, 64));
}

/* A frame that 32 bits do not hold. */
static void setup_table_too_big(void)
{
    begin(tell_frames);
    put16(ARG, DOMID_SELF);
    put32(ARG + 4, 3);
    put32(ARG + 12, LIST);
    told[0] = 7;
    told[1] = 0x100000000;
    expect(grant_call(GNTTABOP_setup_table, 1) == 0);
    expect((int16_t)get16(ARG + 8) == GNTST_address_too_big);
    expect(get32(LIST) == 7 && untouched(LIST + 4, 64));
}

/* The status of a list that cannot be written at all. */
static void setup_table_nowhere(void)
{
    begin(tell_frames);
    put16(ARG, DOMID_SELF);
    put32(ARG + 4, 3);
    put32(ARG + 12, 0xfffffff8);
    expect(grant_call(GNTTABOP_setup_table, 1) == -EFAULT);
    expect(!script.calls && untouched(ARG + 8, 2));
}

static long tell_status_frames(struct hd_call *call, void *arg, struct domain *d)
{
    struct gnttab_get_status_frames *op = arg;

    (void)d;
    for ( unsigned int i = 0; i < op->nr_frames; i++ )
        if ( hd_grant_table_get_status_frames_put_frame_list(call, op, i, told[i]) )
            op->status = GNTST_bad_virt_addr;
    return 0;
}

/* Its frames have 64 bits for everybody. */
static void get_status_frames(void)
{
    begin(tell_status_frames);
    put32(ARG, 2);
    put16(ARG + 4, DOMID_SELF);
    put32(ARG + 8, LIST);
    told[0] = 0x123456789abcdef0;
    told[1] = 9;
    expect(grant_call(GNTTABOP_get_status_frames, 1) == 0);
    expect((int16_t)get16(ARG + 6) == GNTST_okay);
    expect(get64(LIST) == told[0] && get64(LIST + 8) == told[1]);
    expect(untouched(LIST + 16, 64) && untouched(ARG + 12, 64));
}

/* ---- batches ------------------------------------------------------------------------- */

static long see_transfer(struct hd_call *call, void *arg, struct domain *d)
{
    struct gnttab_transfer *op = arg;
    unsigned int i = script.calls - 1;

    (void)call;
    (void)d;
    expect(op->mfn == 0xfffffff0 + i && op->domid == OTHER && op->ref == 100 + i);
    op->status = i == 1 ? GNTST_bad_page : GNTST_okay;
    return 0;
}

/* Interrupted before each element: the handle goes on by what 32 bits take. */
static void transfer(void)
{
    begin(see_transfer);
    for ( unsigned int i = 0; i < 3; i++ )
    {
        put32(ARG + i * 16, 0xfffffff0 + i);
        put16(ARG + i * 16 + 4, OTHER);
        put32(ARG + i * 16 + 8, 100 + i);
    }
    machine.preempt_always = true;
    expect(grant_call(GNTTABOP_transfer, 3) == 0);
    expect(machine.entries == 3);
    for ( unsigned int i = 0; i < 3; i++ )
    {
        expect((int16_t)get16(ARG + i * 16 + 12) == (i == 1 ? GNTST_bad_page : GNTST_okay));
        expect(untouched(ARG + i * 16 + 14, 2) && untouched(ARG + i * 16 + 6, 2));
    }
}

static long see_copy(struct hd_call *call, void *arg, struct domain *d)
{
    struct gnttab_copy *op = arg;
    unsigned int i = script.calls - 1;
    unsigned long source = 0xf0000000 + i, dest = 0xe0000000 + i;

    (void)call;
    (void)d;
    /* The member that the flag picks; beside it nothing. */
    if ( i & GNTCOPY_source_gref )
        expect(op->source.u.ref == source && op->source.u.gmfn == source);
    else
        expect(op->source.u.gmfn == source);
    expect(op->dest.u.gmfn == dest);
    expect(op->source.domid == OTHER && op->source.offset == 8 + i);
    expect(op->dest.domid == DOMID_SELF && op->dest.offset == 16 + i);
    expect(op->len == 32 + i && op->flags == i);
    return 0;
}

static void copy(void)
{
    begin(see_copy);
    for ( unsigned int i = 0; i < 4; i++ )
    {
        unsigned long at = ARG + i * 24;

        put32(at, 0xf0000000 + i);
        put16(at + 4, OTHER);
        put16(at + 6, (uint16_t)(8 + i));
        put32(at + 8, 0xe0000000 + i);
        put16(at + 12, DOMID_SELF);
        put16(at + 14, (uint16_t)(16 + i));
        put16(at + 16, (uint16_t)(32 + i));
        put16(at + 18, (uint16_t)i);
    }
    machine.preempt_at = 1;
    expect(grant_call(GNTTABOP_copy, 4) == 0);
    expect(script.calls == 4 && machine.entries == 2);
    for ( unsigned int i = 0; i < 4; i++ )
        expect(get16(ARG + i * 24 + 20) == GNTST_okay && untouched(ARG + i * 24 + 22, 2));
}

/* ---- what is equal ------------------------------------------------------------------------ */

static long see_map(struct hd_call *call, void *arg, struct domain *d)
{
    struct gnttab_map_grant_ref *op = arg;

    (void)call;
    (void)d;
    expect(op->host_addr == 0x1122334455667788 && op->ref == 3 && op->dom == OTHER);
    op->handle = 77;
    op->dev_bus_addr = 0x8877665544332211;
    return 0;
}

static void map(void)
{
    begin(see_map);
    put64(ARG, 0x1122334455667788);
    put32(ARG + 8, GNTMAP_host_map);
    put32(ARG + 12, 3);
    put16(ARG + 16, OTHER);
    expect(grant_call(GNTTABOP_map_grant_ref, 1) == 0);
    expect(script.calls == 1 && script.compat);
    expect(get16(ARG + 18) == GNTST_okay && get32(ARG + 20) == 77);
    expect(get64(ARG + 24) == 0x8877665544332211);
}

static long see_info(struct hd_call *call, void *arg, struct domain *d)
{
    struct pmt_info *op = arg;

    (void)call;
    (void)d;
    op->nr_gpfns = 0x123456789;
    return 0;
}

static void pmt(void)
{
    begin(see_info);
    memset(machine_memory(ARG, 80), 0, 80);
    put16(ARG, DOMID_SELF);
    put16(ARG + 40, DOMID_SELF);
    expect(pmt_call(PMTOP_info, 2) == 0);
    expect(script.calls == 2 && script.compat);
    expect(get64(ARG + 8) == 0x123456789 && get64(ARG + 48) == 0x123456789);
}

void test_grants(void)
{
    setup_table();
    setup_table_too_big();
    setup_table_nowhere();
    get_status_frames();
    transfer();
    copy();
    map();
    pmt();
}
