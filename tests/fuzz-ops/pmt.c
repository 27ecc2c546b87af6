/* SPDX-License-Identifier: MIT */
/* Ops of the physical to machine table from bytes. */
#include <string.h>

#include "hv.h"
#include "machine.h"
#include "fuzz-ops.h"
#include "../naive/real.h"

#include <hc-pmt.h>

union element {
    struct pmt_info info;
    struct pmt_attach attach;
    struct pmt_detach detach;
    struct pmt_translate translate;
    struct pmt_reverse reverse;
    struct pmt_map map;
    struct pmt_exchange exchange;
    struct pmt_protect protect;
    struct pmt_flip flip;
    struct pmt_donate donate;
    struct pmt_reclaim reclaim;
};

static const size_t size_of[11] = {
    sizeof(struct pmt_info), sizeof(struct pmt_attach), sizeof(struct pmt_detach),
    sizeof(struct pmt_translate), sizeof(struct pmt_reverse), sizeof(struct pmt_map),
    sizeof(struct pmt_exchange), sizeof(struct pmt_protect), sizeof(struct pmt_flip),
    sizeof(struct pmt_donate), sizeof(struct pmt_reclaim),
};

static void fill_reading(unsigned int op, union element *e, unsigned int caller)
{
    switch ( op )
    {
    case PMTOP_info:
        e->info.domid = input_domid();
        break;
    case PMTOP_attach:
        e->attach.domid = input_domid();
        e->attach.window = input_byte() % 5;
        e->attach.nr = input_byte() % 3;
        e->attach.first = input_byte() & 1;
        e->attach.address = real_domain[caller]->is_pv ? 0 : input_address(caller);
        break;
    case PMTOP_detach:
        e->detach.address = input_byte() & 1 ? input_known() : input_address(caller);
        e->detach.nr = input_byte() % 3;
        break;
    case PMTOP_translate:
        e->translate.domid = input_domid();
        e->translate.gpfn = input_gfn();
        e->translate.limit = input_byte();
        break;
    case PMTOP_reverse:
        e->reverse.mfn = input_frame(input_byte() % DOMAINS);
        break;
    }
}

static void fill_changing(unsigned int op, union element *e, unsigned int caller)
{
    switch ( op )
    {
    case PMTOP_map:
        e->map.address = input_address(caller);
        e->map.ref = input_ref();
        e->map.domid = input_domid();
        e->map.flags = input_byte() & 3;
        break;
    case PMTOP_exchange:
        e->exchange.gpfn = input_gfn();
        e->exchange.order = input_byte() & 3;
        e->exchange.address_bits = input_byte() & 0x80 ? input_byte() : 0;
        break;
    case PMTOP_protect:
        e->protect.gpfn = input_gfn();
        e->protect.nr = input_byte() % 8;
        e->protect.rights = input_byte() & 3;
        break;
    case PMTOP_flip:
        e->flip.gpfn = input_gfn();
        e->flip.ref = input_ref();
        e->flip.domid = input_domid();
        break;
    case PMTOP_donate:
        e->donate.gpfn = input_gfn();
        e->donate.dest_gpfn = input_gfn();
        e->donate.domid = input_domid();
        e->donate.rights = input_byte() & 3;
        break;
    case PMTOP_reclaim:
        e->reclaim.loan = input_known();
        break;
    }
}

static void learn(unsigned int op, const union element *e)
{
    if ( op == PMTOP_map )
    {
        input_know(e->map.handle);
        input_know(e->map.address);
    }
    else if ( op == PMTOP_attach )
        input_know(e->attach.address);
    else if ( op == PMTOP_donate )
        input_know(e->donate.loan);
}

void step_pmt(unsigned int caller)
{
    unsigned int op = input_byte() % 12, nr = 1 + input_byte() % MOST_ELEMENTS, i;
    size_t size = size_of[op < 11 ? op : 0];
    unsigned char *elements = room(caller, MOST_ELEMENTS * sizeof(union element));
    union element e;

    for ( i = 0; i < nr; i++ )
    {
        memset(&e, 0, sizeof(e));
        fill_reading(op, &e, caller);
        fill_changing(op, &e, caller);
        memcpy(elements + i * size, &e, size);
    }
    input_spoil(elements, nr * size);
    hostile_arguments(elements, nr * size);
    hc_pmt_op(op, elements, nr);
    for ( i = 0; i < nr; i++ )
    {
        memcpy(&e, elements + i * size, size);
        learn(op, &e);
    }
}
