/* SPDX-License-Identifier: MIT */
/*
 * Blocks whose elements are looked at before their turn: nothing about them is checked
 * then, so most of them are wrong in all ways there are, and end as each alone does.
 */
#include <string.h>

#include "world.h"

#define NR   70                         /* three blocks, the last of them short */
#define KINDS 8

/* What is wrong with element i; 0: nothing. */
static struct gnttab_map_grant_ref map_of(unsigned int kind, unsigned int i)
{
    struct gnttab_map_grant_ref op;

    memset(&op, 0xcc, sizeof(op));
    op.host_addr = place(MAPPER, i);
    op.flags = GNTMAP_host_map;
    op.ref = REF;
    op.dom = domid_of(GRANTER);
    switch ( kind )
    {
    case 1: op.ref = 0xffffffff; break;
    case 2: op.dom = 0x1234; break;
    case 3: op.host_addr = ~(uint64_t)0 << 16; break;
    case 4: op.ref = REF + 1; break;    /* made to somebody else */
    case 5: op.ref = REF + 2; break;    /* of a frame that cannot be */
    case 6: op.dom = DOMID_SELF; break;
    case 7: op.host_addr += 1; op.dom = domid_of(THIRD); break;
    }
    return op;
}

static struct gnttab_unmap_grant_ref unmap_of(unsigned int kind, unsigned int i,
                                              grant_handle_t handle)
{
    struct gnttab_unmap_grant_ref op;

    memset(&op, 0xcc, sizeof(op));
    op.host_addr = place(MAPPER, i);
    op.dev_bus_addr = 0;
    op.handle = handle;
    switch ( kind )
    {
    case 1: op.handle = NO_HANDLE; break;
    case 2: op.handle = 0x7fffffff; break;
    case 3: op.handle = 3000; break;
    case 4: op.host_addr = ~(uint64_t)0 << 16; break;
    case 5: op.host_addr ^= 1; break;
    case 6: op.handle = NO_HANDLE - 1; break;
    case 7: op.host_addr = 0; break;    /* it stays mapped */
    }
    return op;
}

static void entries_write(void)
{
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(MAPPER), GFN_RAM);
    entry_write(GRANTER, REF + 1, GTF_permit_access, domid_of(THIRD), GFN_RAM);
    entry_write(GRANTER, REF + 2, GTF_permit_access, domid_of(MAPPER), 0xfffffffe);
}

static void test_blocks(bool interrupted)
{
    struct gnttab_map_grant_ref *map, one;
    struct gnttab_unmap_grant_ref *unmap;
    int wanted[KINDS];
    unsigned int i, mapped = 0;

    world_begin("ahead: elements that are wrong%s", interrupted ? ", interrupted" : "");
    entries_write();
    for ( i = 1; i < KINDS; i++ )
    {
        one = map_of(i, NR);
        wanted[i] = map_one(MAPPER, &one);
        CHECK(wanted[i] < 0, "map, kind %u: %d", i, wanted[i]);
    }
    map = machine_guest_alloc(world[MAPPER], NR * sizeof(*map));
    unmap = machine_guest_alloc(world[MAPPER], NR * sizeof(*unmap));
    for ( i = 0; i < NR; i++ )
        map[i] = map_of(i % 3 ? 0 : i / 3 % KINDS, i);
    as(MAPPER);
    machine_plan.preempt_always = interrupted;
    CHECK_EQUAL(hc_grant_table_map_grant_ref(map, NR), 0);
    machine_plan_reset();
    for ( i = 0; i < NR; i++ )
    {
        unsigned int kind = i % 3 ? 0 : i / 3 % KINDS;

        CHECK(map[i].status == (kind ? wanted[kind] : GNTST_okay), "map %u, kind %u: %d", i, kind,
              map[i].status);
        mapped += map[i].status == GNTST_okay;
    }
    CHECK_EQUAL(counts_of(GRANTER, GFN_RAM).references, 2 + 2 * mapped);

    for ( i = 0; i < NR; i++ )
        unmap[i] = unmap_of(i % 3 ? 0 : i / 3 % KINDS, i, map[i].handle);
    machine_plan.preempt_always = interrupted;
    CHECK_EQUAL(hc_grant_table_unmap_grant_ref(unmap, NR), 0);
    machine_plan_reset();
    for ( i = 0; i < NR; i++ )
    {
        bool good = map[i].status == GNTST_okay;

        if ( i % 3 )
            CHECK(good && unmap[i].status == GNTST_okay, "unmap %u: %d", i, unmap[i].status);
        else if ( good && unmap[i].status != GNTST_okay )
            CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, i), 0, map[i].handle), GNTST_okay);
        else if ( good && unmap[i].host_addr == 0 )
            CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, i), 0, map[i].handle), GNTST_okay);
        else if ( !good )
            CHECK(unmap[i].status < 0, "unmap %u: %d", i, unmap[i].status);
    }
    CHECK_EQUAL(counts_of(GRANTER, GFN_RAM).references, 2);
    CHECK_EQUAL(entry_use(GRANTER, REF), 0);
    world_end();
}

/* The same kinds of wrong, for PMTOP_map. */
static struct pmt_map pmt_map_of(unsigned int kind, unsigned int i)
{
    struct gnttab_map_grant_ref op = map_of(kind, i);

    return (struct pmt_map){ .address = op.host_addr, .ref = op.ref, .domid = op.dom };
}

static void test_pmt_blocks(void)
{
    struct pmt_map *map, *one;
    int wanted[KINDS] = { PMTST_okay };
    unsigned int i, mapped = 0;

    world_begin("ahead: elements of PMTOP_map that are wrong");
    entries_write();
    one = machine_guest_alloc(world[MAPPER], sizeof(*one));
    map = machine_guest_alloc(world[MAPPER], NR * sizeof(*map));
    as(MAPPER);
    for ( i = 1; i < KINDS; i++ )
    {
        *one = pmt_map_of(i, NR);
        CHECK_EQUAL(hc_pmt_map(one, 1), 0);
        wanted[i] = one->status;
        CHECK(wanted[i] != PMTST_okay, "PMTOP_map, kind %u", i);
    }
    for ( i = 0; i < NR; i++ )
        map[i] = pmt_map_of(i % 3 ? 0 : i / 3 % KINDS, i);
    CHECK_EQUAL(hc_pmt_map(map, NR), 0);
    for ( i = 0; i < NR; i++ )
    {
        CHECK_EQUAL(map[i].status, wanted[i % 3 ? 0 : i / 3 % KINDS]);
        mapped += map[i].status == PMTST_okay;
    }
    CHECK_EQUAL(counts_of(GRANTER, GFN_RAM).references, 2 + 2 * mapped);
    for ( i = 0; i < NR; i++ )
        if ( map[i].status == PMTST_okay )
            CHECK_EQUAL(unmap_one(MAPPER, map[i].address, 0, map[i].handle), GNTST_okay);
    CHECK_EQUAL(counts_of(GRANTER, GFN_RAM).references, 2);
    world_end();
}

/* Guest memory ends inside a block: on ia64 what a xencomm handle stands for. */
static void test_hole(unsigned int at)
{
    struct gnttab_map_grant_ref *map;
    unsigned int i;

    world_begin("ahead: element %u cannot be read", at);
    entries_write();
    map = machine_guest_alloc(world[MAPPER], NR * sizeof(*map));
    for ( i = 0; i < NR; i++ )
        map[i] = map_of(0, i);
    as(MAPPER);
    machine_plan.hole_bytes = 1;
#ifdef PORT_IA64
    machine_plan.hole = machine_guest_physical(world[MAPPER], &map[at].ref);
#else
    machine_plan.hole = (unsigned long)&map[at].ref;
#endif
    CHECK_EQUAL(hc_grant_table_map_grant_ref(map, NR), -EFAULT);
    machine_plan_reset();
    for ( i = 0; i < NR; i++ )
        CHECK(map[i].status == (i < at ? GNTST_okay : (int16_t)0xcccc), "map %u: %d", i,
              map[i].status);
    CHECK_EQUAL(counts_of(GRANTER, GFN_RAM).references, 2 + 2 * at);
    for ( i = 0; i < at; i++ )
        CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, i), 0, map[i].handle), GNTST_okay);
    world_end();
}

void test_ahead(void)
{
    static const unsigned int holes[] = { 0, 1, 31, 32, 33, 50, 63, 64, 69 };

    for ( world_version = 1; world_version <= 2; world_version++ )
    {
        test_blocks(false);
        test_blocks(true);
        test_pmt_blocks();
    }
    world_version = 1;
    for ( unsigned int i = 0; i < sizeof(holes) / sizeof(holes[0]); i++ )
        test_hole(holes[i]);
}
