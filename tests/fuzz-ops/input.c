/* SPDX-License-Identifier: MIT */
/* What the bytes say. Past their end there are zeros. */
#include <string.h>

#include "hv.h"
#include "machine.h"
#include "fuzz-ops.h"
#include "../naive/real.h"

static const uint8_t *at, *end;
static uint64_t known[16];
static unsigned int nr_known;

void input_begin(const uint8_t *bytes, size_t size)
{
    at = bytes;
    end = bytes + size;
    nr_known = 0;
    memset(known, 0, sizeof(known));
}

bool input_left(void)
{
    return at < end;
}

uint8_t input_byte(void)
{
    return at < end ? *at++ : 0;
}

uint64_t input_word(void)
{
    uint64_t word = 0;
    unsigned int i;

    for ( i = 0; i < 8; i++ )
        word = word << 8 | input_byte();
    return word;
}

domid_t input_domid(void)
{
    static const domid_t odd[] = { DOMID_SELF, 77, 0x7ff1, 0xffff };
    uint8_t b = input_byte();

    return b < 0xe0 ? (domid_t)(b % DOMAINS) : odd[b % 4];
}

uint32_t input_ref(void)
{
    uint8_t b = input_byte();

    return b < 0xf0 ? b % (uint32_t)REFS : b < 0xf8 ? 511u + b % 4 : (uint32_t)input_word();
}

uint64_t input_gfn(void)
{
    uint8_t b = input_byte();

    /* Kernels are at the first 8: arguments are there. */
    return b < 0xf8 ? 8u + b % PAGES : 8u + PAGES + (input_word() >> (b % 8 * 8));
}

uint64_t input_frame(unsigned int caller)
{
    uint64_t gfn = input_gfn(), entry;

    if ( !real_domain[caller]->is_pv )
        return gfn;
    entry = pmt_lookup(&real_domain[caller]->hv->pmt, gfn);
    return entry & PMTE_present ? PMTE_mfn(entry) : 0x7fffff00u + input_byte();
}

uint64_t input_address(unsigned int caller)
{
    uint64_t address = input_gfn() << PAGE_SHIFT;
    uint8_t b = input_byte();

    if ( real_domain[caller]->is_pv )
        address += MACHINE_PV_BASE;
    return b < 0xf0 ? address : b < 0xf8 ? address + b : 0;
}

uint64_t input_known(void)
{
    uint8_t b = input_byte();

    return b < 0xf0 ? known[b % 16] : b < 0xf8 ? known[b % 16] + b : input_word();
}

void input_know(uint64_t word)
{
    known[nr_known++ % 16] = word;
}

void input_spoil(void *what, size_t bytes)
{
    uint8_t b = input_byte();

    if ( b < 0xf0 || !bytes )
        return;
    ((uint8_t *)what)[input_byte() * 7 % bytes] = input_byte();
}
