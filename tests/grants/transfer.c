/* SPDX-License-Identifier: MIT */
/* GNTTABOP_transfer: who gives what to whom, who has the page then, and what is lost. */
#include "world.h"

enum page { ALONE, MAPPED, NO_PAGE, OTHERS, TABLE, BEYOND };
enum entry { ACCEPTS, REFUSES, FOR_ANOTHER, COMMITTED, TAKEN, OUTSIDE };

struct row {
    const char *what;
    enum who giver, taker;
    enum page page;
    enum entry entry;
    int dom;                            /* 0: the taker */
    grant_ref_t ref;                    /* 0: the usual one */
    const char *denied;
    unsigned int address_bits;          /* the taker's */
    bool no_low, full, dying;
    int status;
    bool kept;                          /* if not okay: by the giver; else it is lost */
};

#define OK ACCEPTS, 0, 0, NULL, 0, false, false, false, GNTST_okay, false
#define TO(entry, status) entry, 0, 0, NULL, 0, false, false, false, status, false

static const struct row rows[] = {
#ifndef PORT_IA64
    { "to a translated domain", DOM0, GRANTER, ALONE, OK },
    { "to a PV domain", DOM0, PV, ALONE, OK },
    { "from a PV domain without privilege", PV, GRANTER, ALONE, OK },
    { "to oneself", PV, PV, ALONE, OK },
    { "a page in use", DOM0, GRANTER, MAPPED, ACCEPTS, 0, 0, NULL, 0, false, false, false,
      GNTST_bad_page, true },
    { "no such frame", DOM0, GRANTER, NO_PAGE, ACCEPTS, 0, 0, NULL, 0, false, false, false,
      GNTST_bad_page, true },
    { "no frame of the machine's", DOM0, GRANTER, BEYOND, ACCEPTS, 0, 0, NULL, 0, false, false,
      false, GNTST_bad_page, true },
    { "another's page", DOM0, GRANTER, OTHERS, ACCEPTS, 0, 0, NULL, 0, false, false, false,
      GNTST_bad_page, true },
    { "a page table", DOM0, GRANTER, TABLE, ACCEPTS, 0, 0, NULL, 0, false, false, false,
      GNTST_bad_page, true },
    { "no such domain", DOM0, GRANTER, ALONE, ACCEPTS, 0x7001, 0, NULL, 0, false, false, false,
      GNTST_bad_domain, false },
    { "DOMID_SELF", DOM0, GRANTER, ALONE, ACCEPTS, DOMID_SELF, 0, NULL, 0, false, false, false,
      GNTST_bad_domain, false },
    { "denied", DOM0, GRANTER, ALONE, ACCEPTS, 0, 0, "grant_transfer", 0, false, false, false,
      GNTST_permission_denied, false },
    { "no acceptance", DOM0, GRANTER, ALONE, TO(REFUSES, GNTST_general_error) },
    { "accepted from another", DOM0, GRANTER, ALONE, TO(FOR_ANOTHER, GNTST_general_error) },
    { "accepted and given already", DOM0, GRANTER, ALONE, TO(COMMITTED, GNTST_general_error) },
    { "where a page is", DOM0, GRANTER, ALONE, TO(TAKEN, GNTST_general_error) },
    { "where none can be", DOM0, GRANTER, ALONE, TO(OUTSIDE, GNTST_general_error) },
    { "to PV, where a page is", DOM0, PV, ALONE, TO(TAKEN, GNTST_okay) },
    { "beyond the table", DOM0, GRANTER, ALONE, ACCEPTS, 0, 1000000, NULL, 0, false, false, false,
      GNTST_general_error, false },
    { "to who is full", DOM0, GRANTER, ALONE, ACCEPTS, 0, 0, NULL, 0, false, true, false,
      GNTST_general_error, false },
    { "to who is dying", DOM0, GRANTER, ALONE, ACCEPTS, 0, 0, NULL, 0, false, false, true,
      GNTST_general_error, false },
    { "to who sees low memory only", DOM0, GRANTER, ALONE, ACCEPTS, 0, 0, NULL, MACHINE_LOW_BITS,
      false, false, false, GNTST_okay, false },
    { "to that, and there is none", DOM0, GRANTER, ALONE, ACCEPTS, 0, 0, NULL, MACHINE_LOW_BITS,
      true, false, false, GNTST_address_too_big, false },
#else
    { "translated", DOM0, GRANTER, ALONE, ACCEPTS, 0, 0, NULL, 0, false, false, false, -ENOSYS,
      true },
#endif
    { "not PV", MAPPER, GRANTER, ALONE, ACCEPTS, 0, 0, NULL, 0, false, false, false, -ENOSYS, true },
};

/* One that needs more address bits than low memory has. */
static uint64_t gfn_high(enum who who)
{
    uint64_t gfn = GFN_RAM;

    while ( gfn < 64 && !(p2m_gfn_to_mfn(world[who], gfn) << PAGE_SHIFT >> MACHINE_LOW_BITS) )
        gfn++;
    CHECK(gfn < 64, "no high page");
    return gfn;
}

static uint64_t gfn_given(const struct row *row)
{
    return row->address_bits ? gfn_high(row->giver) : GFN_RAM;
}

/* What is to be given: alone, at no linear address. */
static uint64_t given(const struct row *row)
{
    switch ( row->page )
    {
    case NO_PAGE:
        return 5;
    case BEYOND:
        return port_max_mfn() + 1;
    case OTHERS:
        return p2m_gfn_to_mfn(world[THIRD], GFN_RAM);
    default:
        return p2m_gfn_to_mfn(world[row->giver], gfn_given(row));
    }
}

static uint64_t entry_make(const struct row *row)
{
    uint16_t flags = GTF_accept_transfer;
    enum who from = row->giver;
    uint64_t gfn = GFN_HOLE;

    switch ( row->entry )
    {
    case REFUSES:
        flags = GTF_permit_access;
        break;
    case FOR_ANOTHER:
        from = THIRD;
        break;
    case COMMITTED:
        flags |= GTF_transfer_committed;
        break;
    case TAKEN:
        gfn = GFN_OTHER;
        break;
    case OUTSIDE:
        gfn = GFN_MAX + 100;
        break;
    default:
        break;
    }
    entry_write(row->taker, REF, flags, domid_of(from), gfn);
    return gfn;
}

static void page_prepare(const struct row *row, uint64_t mfn, grant_handle_t *handle)
{
    if ( row->page == TABLE )
        CHECK(machine_make_table(world[row->giver], mfn, true), "no page table");
    if ( row->page != MAPPED )
        return;
    entry_write(row->giver, REF, GTF_permit_access, domid_of(MAPPER), mfn);
    as(MAPPER);
    {
        struct gnttab_map_grant_ref op = {
            .host_addr = place(MAPPER, 0), .flags = GNTMAP_host_map, .ref = REF,
            .dom = domid_of(row->giver),
        };
        CHECK_EQUAL(map_one(MAPPER, &op), GNTST_okay);
        *handle = op.handle;
    }
}

/* The taker's entry says what it got, and the page is there. */
static void check_given(const struct row *row, uint64_t mfn, uint64_t gfn, uint64_t word)
{
    struct domain *taker = world[row->taker];
    uint64_t told = entry_frame(row->taker, REF), now;

    CHECK_EQUAL(entry_flags(row->taker, REF),
                GTF_accept_transfer | GTF_transfer_committed | GTF_transfer_completed);
    now = taker->is_pv ? told : p2m_gfn_to_mfn(taker, gfn);
    if ( !taker->is_pv )
        CHECK_EQUAL(told, gfn);
    if ( row->address_bits )
        CHECK(now != mfn && (((now + 1) << PAGE_SHIFT) - 1) >> row->address_bits == 0, "too high");
    else
        CHECK_EQUAL(now, mfn);
    CHECK(port_page_owner(now) == taker, "somebody else's");
    CHECK_EQUAL(*(uint64_t *)port_page_address(now), word);
    if ( row->taker != row->giver || row->address_bits )
        CHECK_EQUAL(taker->tot_pages, 64 + (row->taker != row->giver));
}

static void check_refused(const struct row *row, uint64_t mfn, uint16_t flags)
{
    CHECK_EQUAL(entry_flags(row->taker, REF), flags);
    if ( row->kept && row->page == ALONE )
        CHECK(port_page_owner(mfn) == world[row->giver], "not kept");
    if ( !row->kept )
        CHECK(!port_page_owner(mfn), "not lost");
}

/* There is no low memory: somebody has it. */
static void low_memory_use(void)
{
    uint64_t mfn;

    while ( !port_page_alloc(world[THIRD], 0, MACHINE_LOW_BITS, &mfn) )
        ;
}

static void test_row(const struct row *row)
{
    struct gnttab_transfer op = { .status = 99 };
    const uint64_t word = 0x1234567890abcdefull;
    uint64_t mfn, gfn, giver_pages;
    grant_handle_t handle = NO_HANDLE;
    uint16_t flags;
    long rc;

    world_how[row->taker].address_bits = row->address_bits;
    if ( row->full )
        world_how[row->taker].max_pages = 64;
    if ( row->no_low )
        world_how[THIRD].max_pages = 1 << 20;
    world_begin("transfer, version %u: %s", world_version, row->what);
    mfn = given(row);
    if ( row->page == ALONE )
        *(uint64_t *)page_at(row->giver, gfn_given(row)) = word;
    gfn = entry_make(row);
    page_prepare(row, mfn, &handle);
    flags = entry_flags(row->taker, REF);
    if ( row->no_low )
        low_memory_use();
    if ( row->dying )
        machine_dying(world[row->taker]);
    giver_pages = world[row->giver]->tot_pages;

    op.mfn = world[row->giver]->is_pv ? mfn : GFN_RAM;
    op.domid = row->dom ? row->dom : domid_of(row->taker);
    op.ref = row->ref ? row->ref : REF;
    as(row->giver);
    machine_plan.denied = row->denied;
    rc = hc_grant_table_transfer(&op, 1);
    machine_plan.denied = NULL;
    CHECK_EQUAL(rc ? rc : op.status, row->status);
    if ( !row->status )
        check_given(row, mfn, gfn, word);
    else
        check_refused(row, mfn, flags);
    CHECK_EQUAL(world[row->giver]->tot_pages,
                giver_pages - (!row->kept && row->giver != row->taker));
    if ( handle != NO_HANDLE )
        CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, 0), 0, handle), GNTST_okay);
    if ( row->page == TABLE )
        CHECK(machine_make_table(world[row->giver], mfn, false), "still in use");
    world_end();
}

/* What the processors of the giver still saw is gone before the taker has the page. */
static void test_batch(bool interrupted)
{
    enum { NR = 20 };
    struct gnttab_transfer *op;
    const enum who giver = IA64 ? MAPPER : DOM0;

    world_begin("transfer: a batch%s", interrupted ? ", interrupted" : "");
    op = machine_guest_alloc(world[giver], NR * sizeof(*op));
    for ( unsigned int i = 0; i < NR; i++ )
    {
        entry_write(GRANTER, REF + i, GTF_accept_transfer, domid_of(giver), GFN_HOLE + i);
        op[i].mfn = frame_of_gfn(giver, GFN_RAM + i);
        op[i].domid = domid_of(GRANTER);
        op[i].ref = i % 7 == 3 ? REF - 1 : REF + i;
        op[i].status = 99;
    }
    as(giver);
    machine_plan_reset();
    machine_plan.preempt_always = interrupted;
    CHECK_EQUAL(hc_grant_table_transfer(op, NR), IA64 ? -ENOSYS : 0);
    machine_plan_reset();
    for ( unsigned int i = 0; !IA64 && i < NR; i++ )
        CHECK_EQUAL(op[i].status, i % 7 == 3 ? GNTST_general_error : GNTST_okay);
    world_end();
}

void test_transfer(void)
{
    for ( unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++ )
        test_row(&rows[i]);
    world_version = 2;
    for ( unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++ )
        if ( rows[i].taker == GRANTER )
            test_row(&rows[i]);
    world_version = 1;
    test_batch(false);
    test_batch(true);
}
