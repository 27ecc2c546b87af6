/* SPDX-License-Identifier: MIT */
/* GNTTABOP_copy: by frame, by grant, parts, through others; what it keeps, and lets go. */
#include "world.h"

#define S GNTCOPY_source_gref
#define D GNTCOPY_dest_gref

/* What each side is. */
enum side {
    OWN,                                /* the caller's frame */
    OWN_HOLE,
    OWN_BY_NUMBER,                      /* its own domid, not DOMID_SELF */
    NOBODYS_FRAME,                      /* a frame, of a domain that is not there */
    GRANT,                              /* written and read */
    GRANT_RO,
    GRANT_NO_DOMAIN,
    GRANT_BEYOND,
    GRANT_OTHERS,                       /* for somebody else */
    GRANT_INVALID,
    GRANT_ACCEPT,
    GRANT_HOLE,
    PART,                               /* bytes 64 to 127; version 2 */
    THROUGH,                            /* of THIRD's, by GRANTER; version 2 */
    THROUGH_RO,
    THROUGH_NOBODY,
    THROUGH_SELF,
    THROUGH_TWICE,
    THROUGH_BEYOND,
};

struct row {
    const char *what;
    unsigned int version;               /* 0: both */
    enum side source, dest;
    uint16_t from, to, len;
    const char *denied;
    int status;
};

static const struct row rows[] = {
    { "own to own", 0, OWN, OWN, 0, 0, 100, NULL, GNTST_okay },
    { "within a page, forwards", 0, OWN, OWN, 0, 10, 100, NULL, GNTST_okay },
    { "nothing", 0, OWN, OWN, 0, 0, 0, NULL, GNTST_okay },
    { "nothing, with a bad frame", 0, OWN_HOLE, OWN, 0, 0, 0, NULL, GNTST_bad_page },
    { "to a grant", 0, OWN, GRANT, 1, 2, 300, NULL, GNTST_okay },
    { "from a grant", 0, GRANT, OWN, 3, 4, 300, NULL, GNTST_okay },
    { "from a grant for reading", 0, GRANT_RO, OWN, 3, 4, 300, NULL, GNTST_okay },
    { "a whole page", 0, GRANT, OWN, 0, 0, PAGE_SIZE, NULL, GNTST_okay },
    { "to a grant for reading", 0, OWN, GRANT_RO, 0, 0, 10, NULL, GNTST_general_error },
    { "denied", 0, GRANT, OWN, 0, 0, 10, "grant_copy", GNTST_permission_denied },
    { "own, by number", 0, OWN_BY_NUMBER, OWN, 0, 0, 10, NULL, GNTST_permission_denied },
    { "to own, by number", 0, OWN, OWN_BY_NUMBER, 0, 0, 10, NULL, GNTST_permission_denied },
    { "nobody's frame", 0, NOBODYS_FRAME, OWN, 0, 0, 10, NULL, GNTST_bad_domain },
    { "to nobody's frame", 0, OWN, NOBODYS_FRAME, 0, 0, 10, NULL, GNTST_bad_domain },
    { "nobody's grant", 0, GRANT_NO_DOMAIN, OWN, 0, 0, 10, NULL, GNTST_bad_domain },
    { "to nobody's grant", 0, OWN, GRANT_NO_DOMAIN, 0, 0, 10, NULL, GNTST_bad_domain },
    { "nothing there", 0, OWN_HOLE, OWN, 0, 0, 10, NULL, GNTST_bad_page },
    { "to nothing", 0, OWN, OWN_HOLE, 0, 0, 10, NULL, GNTST_bad_page },
    { "a grant of nothing", 0, GRANT_HOLE, OWN, 0, 0, 10, NULL, GNTST_bad_page },
    { "beyond the table", 0, GRANT_BEYOND, OWN, 0, 0, 10, NULL, GNTST_bad_gntref },
    { "to beyond the table", 0, OWN, GRANT_BEYOND, 0, 0, 10, NULL, GNTST_bad_gntref },
    { "another's", 0, GRANT_OTHERS, OWN, 0, 0, 10, NULL, GNTST_general_error },
    { "no grant", 0, GRANT_INVALID, OWN, 0, 0, 10, NULL, GNTST_general_error },
    { "accepts a page", 0, OWN, GRANT_ACCEPT, 0, 0, 10, NULL, GNTST_general_error },
    { "over the source's end", 0, GRANT, OWN, PAGE_SIZE - 9, 0, 10, NULL, GNTST_bad_copy_arg },
    { "over the destination's end", 0, OWN, GRANT, 0, PAGE_SIZE - 9, 10, NULL,
      GNTST_bad_copy_arg },
    { "up to the end", 0, OWN, GRANT, 0, PAGE_SIZE - 10, 10, NULL, GNTST_okay },
    { "over the end, of nothing", 0, OWN_HOLE, OWN, PAGE_SIZE - 9, 0, 10, NULL, GNTST_bad_page },
    { "offset beyond the page", 0, OWN, OWN, 0xffff, 0, 0xffff, NULL, GNTST_bad_copy_arg },
    { "a part", 2, PART, OWN, 64, 0, 64, NULL, GNTST_okay },
    { "to a part", 2, OWN, PART, 0, 70, 10, NULL, GNTST_okay },
    { "before a part", 2, PART, OWN, 63, 0, 10, NULL, GNTST_general_error },
    { "behind a part", 2, OWN, PART, 0, 127, 2, NULL, GNTST_general_error },
    { "over the end, and out of a part", 2, PART, OWN, PAGE_SIZE - 1, 0, 10, NULL,
      GNTST_bad_copy_arg },
    { "through another", 2, THROUGH, OWN, 0, 0, 200, NULL, GNTST_okay },
    { "to one through another", 2, OWN, THROUGH, 0, 0, 200, NULL, GNTST_okay },
    { "to one that may be read, through another", 2, OWN, THROUGH_RO, 0, 0, 200, NULL,
      GNTST_general_error },
    { "from that", 2, THROUGH_RO, OWN, 0, 0, 200, NULL, GNTST_okay },
    { "through nobody", 2, THROUGH_NOBODY, OWN, 0, 0, 2, NULL, GNTST_general_error },
    { "through oneself", 2, THROUGH_SELF, OWN, 0, 0, 2, NULL, GNTST_general_error },
    { "through two", 2, THROUGH_TWICE, OWN, 0, 0, 2, NULL, GNTST_general_error },
    { "through a grant that is not there", 2, THROUGH_BEYOND, OWN, 0, 0, 2, NULL,
      GNTST_bad_gntref },
};

#define REF_THIRD 12

/* GRANTER's entry, and what it leads to; which page that is, of whom. */
static void side_make(enum side side, struct gnttab_copy_ptr *ptr, bool dest, enum who *whose)
{
    const enum who caller = MAPPER;
    const uint16_t ro = side == THROUGH_RO ? GTF_readonly : 0;
    const grant_ref_t ref = dest ? REF + 1 : REF;
    uint16_t flags = GTF_permit_access;
    uint64_t gfn = GFN_RAM;
    enum who to = caller;

    *whose = caller;
    if ( side <= NOBODYS_FRAME )
    {
        ptr->u.gmfn = frame_of_gfn(caller, side == OWN_HOLE ? GFN_HOLE : dest ? GFN_OTHER : GFN_RAM);
        ptr->domid = side == OWN_BY_NUMBER ? domid_of(caller)
                     : side == NOBODYS_FRAME ? 0x7001 : DOMID_SELF;
        return;
    }
    *whose = side >= THROUGH ? THIRD : GRANTER;
    ptr->u.ref = side == GRANT_BEYOND ? 1000000 : ref;
    ptr->domid = side == GRANT_NO_DOMAIN ? 0x7001 : domid_of(GRANTER);
    if ( side >= THROUGH )
    {
        if ( side == THROUGH_TWICE )
            entry_write_through(THIRD, REF_THIRD, 0, domid_of(GRANTER), domid_of(DOM0), REF);
        else
            entry_write(THIRD, REF_THIRD, GTF_permit_access | ro, domid_of(GRANTER),
                        dest ? GFN_OTHER : GFN_RAM);
        entry_write_through(GRANTER, ref, 0, domid_of(caller),
                            side == THROUGH_NOBODY ? 0x7001
                            : side == THROUGH_SELF ? domid_of(GRANTER) : domid_of(THIRD),
                            side == THROUGH_BEYOND ? 1000000 : REF_THIRD);
        return;
    }
    if ( dest )
        gfn = GFN_OTHER;
    if ( side == GRANT_RO )
        flags |= GTF_readonly;
    if ( side == GRANT_INVALID )
        flags = GTF_invalid;
    if ( side == GRANT_ACCEPT )
        flags = GTF_accept_transfer;
    if ( side == GRANT_OTHERS )
        to = THIRD;
    if ( side == GRANT_HOLE )
        gfn = GFN_HOLE;
    if ( side == PART )
        entry_write_part(GRANTER, ref, flags | GTF_sub_page, domid_of(to), gfn, 64, 64);
    else
        entry_write(GRANTER, ref, flags, domid_of(to), gfn);
}

static uint16_t flags_of(const struct row *row)
{
    return (row->source > NOBODYS_FRAME ? S : 0) | (row->dest > NOBODYS_FRAME ? D : 0);
}

static void bytes_fill(uint8_t *page, uint8_t seed)
{
    for ( unsigned int i = 0; i < PAGE_SIZE; i++ )
        page[i] = (uint8_t)(i * 7 + (i >> 8) + seed);
}

static void check_unused(void)
{
    static const enum who both[] = { GRANTER, THIRD };

    for ( unsigned int w = 0; w < 2; w++ )
        for ( grant_ref_t ref = REF; ref <= REF_THIRD; ref++ )
        {
            CHECK_EQUAL(grant_pins(world[both[w]], ref), 0);
            CHECK_EQUAL(entry_use(both[w], ref), 0);
        }
    for ( unsigned int w = GRANTER; w <= THIRD; w++ )
        for ( unsigned int gfn = GFN_RAM; gfn <= GFN_OTHER; gfn++ )
        {
            CHECK_EQUAL(counts_of(w, gfn).references, 2);
            CHECK_EQUAL(counts_of(w, gfn).writers, 0);
        }
}

static void test_row(const struct row *row)
{
    struct gnttab_copy op = { .len = row->len, .flags = flags_of(row), .status = 99 };
    uint8_t *from, *to, is[PAGE_SIZE];
    enum who source, dest;
    bool overlap;

    world_begin("copy, version %u: %s", world_version, row->what);
    if ( world_version == 2 )
        CHECK_EQUAL(set_version(THIRD, 2), 0);
    side_make(row->source, &op.source, false, &source);
    side_make(row->dest, &op.dest, true, &dest);
    overlap = source == dest && row->source == OWN && row->from != row->to;
    if ( overlap )
        op.dest.u.gmfn = op.source.u.gmfn;
    op.source.offset = row->from;
    op.dest.offset = row->to;
    from = page_at(source, GFN_RAM);
    to = page_at(dest, overlap ? GFN_RAM : GFN_OTHER);
    bytes_fill(to, 99);
    bytes_fill(from, 1);
    memcpy(is, to, PAGE_SIZE);
    if ( !row->status )
        memmove(is + row->to, overlap ? is + row->from : from + row->from, row->len);

    as(MAPPER);
    machine_plan.denied = row->denied;
    CHECK_EQUAL(hc_grant_table_copy(&op, 1), 0);
    machine_plan.denied = NULL;
    CHECK_EQUAL(op.status, row->status);
    CHECK(!memcmp(is, to, PAGE_SIZE), "other bytes");
    check_unused();
    world_end();
}

/* ---- several elements ---------------------------------------------------------------- */

/*
 * Of 40 elements some fail; those behind are done all the same. Pages are kept
 * from one to the next, and none is when the call is left. Interrupted after each
 * look, the same.
 */
static void test_batch(bool interrupted, bool no_memory)
{
    enum { NR = 40 };
    struct gnttab_copy *op;
    uint8_t *to, *from;

    world_begin("copy: a batch%s%s", interrupted ? ", interrupted" : "",
                no_memory ? ", without memory" : "");
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(MAPPER), GFN_RAM);
    op = machine_guest_alloc(world[MAPPER], NR * sizeof(*op));
    for ( unsigned int i = 0; i < NR; i++ )
    {
        op[i].source.u.ref = i % 10 == 7 ? REF + 5 : REF;
        op[i].source.domid = domid_of(GRANTER);
        op[i].source.offset = i * 4;
        op[i].dest.u.gmfn = frame_of_gfn(MAPPER, i % 3 ? GFN_RAM : GFN_OTHER);
        op[i].dest.domid = DOMID_SELF;
        op[i].dest.offset = i * 8;
        op[i].len = 4;
        op[i].flags = S;
        op[i].status = 77;
    }
    from = page_at(GRANTER, GFN_RAM);
    bytes_fill(from, 5);
    as(MAPPER);
    machine_plan_reset();
    machine_plan.preempt_always = interrupted;
    machine_plan.fail_alloc_at = no_memory ? 0 : MACHINE_NEVER;
    CHECK_EQUAL(hc_grant_table_copy(op, NR), 0);
    machine_plan_reset();
    for ( unsigned int i = 0; i < NR; i++ )
    {
        to = page_at(MAPPER, i % 3 ? GFN_RAM : GFN_OTHER);
        CHECK_EQUAL(op[i].status, i % 10 == 7 ? GNTST_general_error : GNTST_okay);
        if ( i % 10 != 7 )
            CHECK(!memcmp(to + i * 8, from + i * 4, 4), "bytes of element %u", i);
    }
    check_unused();
    world_end();
}

/* A grant that is mapped for reading: what its entry says now counts for nothing. */
static void test_record(void)
{
    struct gnttab_copy op = { .len = 8, .flags = S };
    grant_handle_t handle;

    world_begin("copy, version %u: from a grant that was written anew", world_version);
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(MAPPER), GFN_RAM);
    bytes_fill(page_at(GRANTER, GFN_RAM), 3);
    bytes_fill(page_at(GRANTER, GFN_OTHER), 4);
    CHECK_EQUAL(map_simple(MAPPER, REF, GNTMAP_host_map | GNTMAP_readonly, 0, &handle), GNTST_okay);
    entry_write(GRANTER, REF, GTF_permit_access, domid_of(MAPPER), GFN_OTHER);
    op.source.u.ref = REF;
    op.source.domid = domid_of(GRANTER);
    op.dest.u.gmfn = frame_of_gfn(MAPPER, GFN_OTHER);
    op.dest.domid = DOMID_SELF;
    as(MAPPER);
    CHECK_EQUAL(hc_grant_table_copy(&op, 1), 0);
    CHECK_EQUAL(op.status, GNTST_okay);
    CHECK(!memcmp(page_at(MAPPER, GFN_OTHER), page_at(GRANTER, GFN_RAM), 8), "the other page");

    op.dest.u.ref = REF;
    op.dest.domid = domid_of(GRANTER);
    op.source.u.gmfn = frame_of_gfn(MAPPER, GFN_OTHER);
    op.source.domid = DOMID_SELF;
    op.flags = D;
    CHECK_EQUAL(hc_grant_table_copy(&op, 1), 0);
    CHECK_EQUAL(op.status, GNTST_general_error);
    CHECK_EQUAL(counts_of(GRANTER, GFN_OTHER).references, 2);
    CHECK_EQUAL(counts_of(GRANTER, GFN_RAM).writers, 0);
    CHECK_EQUAL(unmap_one(MAPPER, place(MAPPER, 0), 0, handle), GNTST_okay);
    world_end();
}

void test_copy(void)
{
    for ( world_version = 1; world_version <= 2; world_version++ )
    {
        for ( unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++ )
            if ( !rows[i].version || rows[i].version == world_version )
                test_row(&rows[i]);
        test_record();
    }
    world_version = 1;
    test_batch(false, false);
    test_batch(true, false);
    test_batch(false, true);
}
