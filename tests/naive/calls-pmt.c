/* SPDX-License-Identifier: MIT */
/* The calls that operations are: pmt_op. */
#include <string.h>

#include "hv.h"
#include "machine.h"
#include "real.h"

#include <hc-pmt.h>

#define MOST_ELEMENTS 8

CALL_OP(INFO)
{
    struct pmt_info e[MOST_ELEMENTS] = {};
    unsigned int i;
    long result;

    for ( i = 0; i < nr; i++ )
        e[i].domid = real_domid(op[i].other);
    result = hc_pmt_info(e, nr);
    for ( i = 0; i < nr; i++ )
        out[i] = (struct outcome){ .result = result, .status = e[i].status, .value = {
            e[i].nr_gpfns, e[i].nr_mapped, e[i].features & PMTF_right } };
}

CALL_OP(ATTACH)
{
    struct pmt_attach e = {
        .domid = real_domid(op->other), .window = op->x,
        .first = op->flags & FLAG_WRONG ? 0xfffffff0 : 0, .nr = 1,
        .address = world.party[op->caller].pv ? 0 : real_gfn(op->caller, op->gfn) << world.party[op->caller].shift,
    };

    (void)nr;
    out->result = hc_pmt_attach(&e, 1);
    out->status = e.status;
    out->value[0] = e.address;
    out->value[1] = e.done;
}

static uint64_t window_address(const struct operation *op)
{
    const struct party *caller = &world.party[op->caller];

    if ( !caller->pv )
        return real_gfn(op->caller, op->gfn) << world.party[op->caller].shift;
    return op->gfn % 8 < WINDOWS && caller->window[op->gfn % 8].used
           ? caller->window[op->gfn % 8].address : 0x7000;
}

CALL_OP(DETACH)
{
    struct pmt_detach e = { .address = window_address(op), .nr = 1 };

    (void)nr;
    out->result = hc_pmt_detach(&e, 1);
    out->status = e.status;
    out->value[0] = e.done;
}

CALL_OP(TRANSLATE)
{
    struct pmt_translate e[MOST_ELEMENTS] = {};
    unsigned int i;
    long result;

    for ( i = 0; i < nr; i++ )
    {
        e[i].gpfn = real_gfn(op->caller, op[i].gfn);
        e[i].domid = real_domid(op[i].other);
        e[i].limit = op[i].x;
    }
    result = hc_pmt_translate(e, nr);
    for ( i = 0; i < nr; i++ )
        out[i] = (struct outcome){ .result = result, .status = e[i].status, .value = {
            e[i].entry, e[i].run } };
}

CALL_OP(REVERSE)
{
    struct pmt_reverse e[MOST_ELEMENTS] = {};
    struct place *place;
    unsigned int i;
    long result;
    int frame;

    for ( i = 0; i < nr; i++ )
    {
        frame = model_other(&op[i]) < 0 ? NO_FRAME
                : model_frame_of(model_other(&op[i]), op[i].gfn, &place);
        e[i].mfn = frame < 0 || frame >= FRAMES ? 0x7fffffff : world.frame[frame].mfn;
    }
    result = hc_pmt_reverse(e, nr);
    for ( i = 0; i < nr; i++ )
        out[i] = (struct outcome){ .result = result, .status = e[i].status, .value = {
            e[i].gpfn } };
}

CALL_OP(PMT_MAP)
{
    struct pmt_map e[MOST_ELEMENTS] = {};
    unsigned int i;
    long result;

    for ( i = 0; i < nr; i++ )
    {
        e[i].address = real_host_address(op->caller, op[i].gfn);
        e[i].ref = real_ref(op[i].ref);
        e[i].domid = real_domid(op[i].other);
        e[i].flags = (op[i].flags & FLAG_READONLY ? PMTM_readonly : 0) |
                     (op[i].flags & FLAG_DEVICE ? PMTM_device : 0);
    }
    result = hc_pmt_map(e, nr);
    for ( i = 0; i < nr; i++ )
        out[i] = (struct outcome){ .result = result, .status = e[i].status, .value = {
            e[i].address, e[i].handle, e[i].entry } };
}

CALL_OP(EXCHANGE)
{
    struct pmt_exchange e[MOST_ELEMENTS] = {};
    unsigned int i;
    long result;

    for ( i = 0; i < nr; i++ )
    {
        e[i].gpfn = real_gfn(op->caller, op[i].gfn);
        e[i].order = op[i].order;
        e[i].address_bits = op[i].x;
    }
    result = hc_pmt_exchange(e, nr);
    for ( i = 0; i < nr; i++ )
        out[i] = (struct outcome){ .result = result, .status = e[i].status, .value = {
            e[i].entry } };
}

CALL_OP(PROTECT)
{
    struct pmt_protect e[MOST_ELEMENTS] = {};
    unsigned int i;
    long result;

    for ( i = 0; i < nr; i++ )
    {
        e[i].gpfn = real_gfn(op->caller, op[i].gfn);
        e[i].nr = op[i].x;
        e[i].rights = op[i].y & 3;
    }
    result = hc_pmt_protect(e, nr);
    for ( i = 0; i < nr; i++ )
        out[i] = (struct outcome){ .result = result, .status = e[i].status, .value = {
            e[i].done } };
}

CALL_OP(FLIP)
{
    struct pmt_flip e[MOST_ELEMENTS] = {};
    unsigned int i;
    long result;

    for ( i = 0; i < nr; i++ )
    {
        e[i].gpfn = real_gfn(op->caller, op[i].gfn);
        e[i].ref = real_ref(op[i].ref);
        e[i].domid = real_domid(op[i].other);
    }
    result = hc_pmt_flip(e, nr);
    for ( i = 0; i < nr; i++ )
        out[i] = (struct outcome){ .result = result, .status = e[i].status, .value = {
            e[i].entry } };
}

CALL_OP(DONATE)
{
    struct pmt_donate e[MOST_ELEMENTS] = {};
    unsigned int i;
    long result;

    for ( i = 0; i < nr; i++ )
    {
        e[i].gpfn = real_gfn(op->caller, op[i].gfn);
        e[i].dest_gpfn = real_gfn(op->caller, op[i].gfn2);
        e[i].domid = real_domid(op[i].other);
        e[i].rights = op[i].y & 3;
    }
    result = hc_pmt_donate(e, nr);
    for ( i = 0; i < nr; i++ )
        out[i] = (struct outcome){ .result = result, .status = e[i].status, .value = {
            e[i].loan } };
}

CALL_OP(RECLAIM)
{
    struct pmt_reclaim e[MOST_ELEMENTS] = {};
    unsigned int i;
    long result;

    for ( i = 0; i < nr; i++ )
    {
        const struct loan *loan = &world.party[op->caller].loan[op[i].slot % LOANS];

        /* A number that was never given; one that is back is as it was. */
        e[i].loan = loan->used || loan->taker ? loan->number : UINT64_C(0x123456789abc);
        if ( op[i].flags & FLAG_WRONG )
            e[i].loan ^= UINT64_C(1) << 50;
    }
    result = hc_pmt_reclaim(e, nr);
    for ( i = 0; i < nr; i++ )
        out[i] = (struct outcome){ .result = result, .status = e[i].status };
}
