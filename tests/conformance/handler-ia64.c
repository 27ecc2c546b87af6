/* SPDX-License-Identifier: MIT */
/* The rows of handler-tables.def that are about dom0vp. */
#include "handler-rows.h"

#ifndef PORT_IA64
#define ELSEWHERE(name) long row_##name(void) { abort(); }
ELSEWHERE(zap_nothing)
ELSEWHERE(add_of_oneself)
ELSEWHERE(add_of_nobody)
ELSEWHERE(add_of_third)
ELSEWHERE(expose_again)
ELSEWHERE(space_too_far)
ELSEWHERE(space_at_0)
ELSEWHERE(handle_misaligned)
ELSEWHERE(handle_magic)
ELSEWHERE(handle_across)
ELSEWHERE(handle_skips)
ELSEWHERE(handle_short)
ELSEWHERE(handle_short_list)
#else

long row_zap_nothing(void)
{
    as(g);
    return (long)hc_ia64_dom0vp_zap_physmap(FREE_GFN, 0);
}

static long add(uint64_t mfn, domid_t of)
{
    as(p);
    return (long)hc_ia64_dom0vp_add_physmap(FREE_GFN, mfn, 0, of);
}

long row_add_of_oneself(void)
{
    return add(mfn_at(p, DATA), P_ID);
}

long row_add_of_nobody(void)
{
    return add(mfn_at(x, DATA), NOBODY);
}

long row_add_of_third(void)
{
    return add(mfn_at(x, DATA), G_ID);
}

long row_expose_again(void)
{
    begin_with(&(struct scene){ .max_gpfns = 1 << 16, .right = true });
    as(g);
    if ( hc_ia64_dom0vp_expose_p2m(0, 2048 * 4, 32ul << 20, 2048) )
        return 1;
    return (long)hc_ia64_dom0vp_expose_p2m(0, 2048 * 4, 32ul << 20, 2048);
}

long row_space_too_far(void)
{
    as(p);
    return (long)hc_ia64_dom0vp_add_io_space(0x1000000, 0, 5);
}

long row_space_at_0(void)
{
    as(p);
    return (long)hc_ia64_dom0vp_add_io_space(0, 0, 1);
}

/* ---- handles ------------------------------------------------------------------------ */

#define MAGIC 0x58434f4du

struct described { uint32_t magic, nr; uint64_t address[3]; };

/* A structure of two bytes that lies across two pages, and a descriptor of it, somewhere. */
static unsigned char *memory;
static uint64_t physical;               /* of memory, which begins a page */
static struct described *description;

static void describe(unsigned long offset, uint32_t magic, uint32_t nr)
{
    unsigned char *all = machine_guest_alloc(g, 4 * PAGE_SIZE);
    domid_t self = DOMID_SELF;

    memory = all + (PAGE_SIZE - machine_guest_physical(g, all) % PAGE_SIZE) % PAGE_SIZE;
    physical = machine_guest_physical(g, memory);
    memcpy(memory + PAGE_SIZE - 1, &self, sizeof(self));
    description = (struct described *)(memory + PAGE_SIZE + offset);
    memcpy(description, &(struct described){ magic, nr,
               { physical + PAGE_SIZE - 1, nr == 3 ? ~0ull : physical + PAGE_SIZE, physical + PAGE_SIZE } },
           sizeof(*description));
}

static long call_with(unsigned long cmd, unsigned long offset)
{
    unsigned long reg[5] = { cmd, physical + PAGE_SIZE + offset };

    as(g);
    return (long)hc_host_call(__HYPERVISOR_memory_op, reg);
}

long row_handle_misaligned(void)
{
    describe(68, MAGIC, 2);
    return call_with(XENMEM_current_reservation, 68);
}

long row_handle_magic(void)
{
    describe(64, 0x4d4f4358, 2);
    return call_with(XENMEM_current_reservation, 64);
}

long row_handle_across(void)
{
    describe(PAGE_SIZE - 4, MAGIC, 2);
    return call_with(XENMEM_current_reservation, PAGE_SIZE - 4);
}

long row_handle_skips(void)
{
    describe(64, MAGIC, 3);
    return call_with(XENMEM_current_reservation, 64);
}

long row_handle_short(void)
{
    describe(64, MAGIC, 1);
    return call_with(XENMEM_current_reservation, 64);
}

long row_handle_short_list(void)
{
    describe(64, MAGIC, 1);
    return call_with(XENMEM_populate_physmap, 64);
}

#endif
