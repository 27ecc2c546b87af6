/* SPDX-License-Identifier: MIT */
/* What other processors of a guest do while it is in a call. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hv.h"
#include "grant.h"
#include "machine.h"
#include "fuzz-ops.h"
#include "../naive/real.h"

#include <hc-grant_table.h>

/* Changes that wait for their moment: so many copies, or points, from now. */
static struct change {
    unsigned int after;
    bool at_copy, to_arguments;
    uint8_t domain, ref, part;
    uint16_t value;
} change[4];

static unsigned char *arguments;
static size_t arguments_bytes;

static uint16_t *words_of[DOMAINS];     /* found before: no lock can be taken in a call */

void find_words(void)
{
    unsigned int i;
    uint64_t mfn;

    for ( i = 0; i < DOMAINS; i++ )
    {
        words_of[i] = NULL;
        if ( grant_frame(real_domain[i], false, 0, false, &mfn) )
            continue;
        port_page_put(mfn);
        words_of[i] = port_page_address(mfn);
    }
}

static void happens(struct change *c)
{
    uint16_t *words;

    if ( c->to_arguments )
    {
        if ( arguments && arguments_bytes >= 2 )
            memcpy(arguments + c->part * 2 % (arguments_bytes - 1), &c->value, 2);
        return;
    }
    words = words_of[c->domain];
    if ( words )
        __atomic_store_n(&words[(c->ref * 4 + c->part % 8) % (REFS * 8)], c->value,
                         __ATOMIC_RELAXED);
}

static void look(bool at_copy)
{
    unsigned int i;

    for ( i = 0; i < 4; i++ )
        if ( change[i].after && change[i].at_copy == at_copy && --change[i].after == 0 )
            happens(&change[i]);
}

static void after_copy(unsigned long address, unsigned long bytes, bool write)
{
    (void)address;
    (void)bytes;
    (void)write;
    look(true);
}

static void at_point(const char *name, void *context)
{
    (void)name;
    (void)context;
    look(false);
}

void hostile_begin(void)
{
    memset(change, 0, sizeof(change));
    arguments = NULL;
    find_words();
    machine_plan_reset();
    machine_plan.adversary = after_copy;
    machine_plan.at_point = at_point;
}

void hostile_arguments(void *at, size_t bytes)
{
    arguments = at;
    arguments_bytes = bytes;
}

static unsigned int version_of(unsigned int domain)
{
    struct gnttab_get_version e = { .dom = domain };

    machine_run_as(real_vcpu[0]);
    return hc_grant_table_get_version(&e, 1) ? 0 : e.version;
}

/* As a guest may: no order, no care. Entries of 8 and of 16 bytes look alike. */
void step_entry(unsigned int caller)
{
    static const uint16_t flags[] = { 0, 1, 2, 3, 5, 0x101, 0x105, 7, 0x19, 6, 0xe };
    uint16_t *words = words_of[caller];
    unsigned int size = input_byte() & 1 ? 8 : 4, at = input_byte() % REFS * size;
    uint64_t frame = input_frame(caller);
    uint8_t b = input_byte();

    if ( !words )
        return;
    if ( size == 4 )
        memcpy(&words[at + 2], &frame, 4);
    else
        memcpy(&words[at + 4], &frame, 8);
    words[at + 1] = input_domid();
    if ( size == 8 && b & 0x80 )
    {
        words[at + 2] = input_byte();
        words[at + 3] = input_byte();
    }
    words[at] = b & 0x40 ? input_byte() : flags[b % (sizeof(flags) / sizeof(flags[0]))];
}

void step_plan(unsigned int caller)
{
    uint8_t b = input_byte(), n = input_byte();
    struct change *c = &change[b % 4];

    switch ( b >> 4 )
    {
    case 0:
        hostile_begin();
        machine_plan.fail_alloc_at = n % 16;
        break;
    case 1:
        hostile_begin();
        machine_plan.fail_page_at = n % 16;
        break;
    case 2:
        hostile_begin();
        machine_plan.fail_window_at = n % 8;
        break;
    case 3:
        hostile_begin();
        machine_plan.fail_copy_at = n % 16;
        break;
    case 4:
        machine_plan.preempt_always = n & 1;
        break;
    case 5:
        hostile_begin();
        break;
    case 6:
        if ( n % 16 == 0 )
            machine_right(real_domain[caller], n & 16);
        break;
    default:
        *c = (struct change){ .after = 1 + n % 32, .at_copy = b & 4, .to_arguments = b & 8,
                              .domain = input_byte() % DOMAINS, .ref = input_byte(),
                              .part = input_byte(), .value = input_byte() };
        if ( n & 0x80 )
            c->value |= input_byte() << 8;
    }
}

/* What a guest has made of the bits that say "in use" is its own affair: as they were. */
void hostile_repair(void)
{
    unsigned int d, ref;
    uint32_t pins;

    for ( d = 0; d < DOMAINS; d++ )
        for ( ref = 0; ref < REFS * 2 && words_of[d] && version_of(d) == 1; ref++ )
        {
            pins = grant_pins(real_domain[d], ref);
            words_of[d][ref * 4] = !pins ? 0 : GTF_permit_access | GTF_reading |
                                   (pins & 0x00ff00ff ? GTF_writing : 0);
        }
}

static const uint16_t *status_of(unsigned int d)
{
    uint64_t mfn;

    if ( grant_frame(real_domain[d], true, 0, false, &mfn) )
        abort();
    port_page_put(mfn);
    return port_page_address(mfn);
}

void hostile_show(void)
{
    unsigned int d, ref;

    for ( d = 0; d < DOMAINS; d++ )
        for ( ref = 0; ref < 256 && words_of[d]; ref++ )
            if ( (version_of(d) == 2 && status_of(d)[ref]) || grant_pins(real_domain[d], ref) )
                fprintf(stderr, "d%u version %u reference %u: pins %#x, flags %#x, status %#x\n", d,
                        version_of(d), ref, grant_pins(real_domain[d], ref),
                        words_of[d][ref * (version_of(d) == 1 ? 4 : 8)],
                        version_of(d) == 2 ? status_of(d)[ref] : 0);
}
