/* SPDX-License-Identifier: MIT */
/* PMTOP_attach and detach: who sees which part of whose table. */
#include "pmtops.h"

#define AT 1024u                        /* guest frame where windows are put */

static uint64_t read_word(unsigned int who, uint64_t address, int *rc)
{
    struct vcpu *v = machine_vcpu(world.d[who], 0);
    uint64_t word = ~0ull;

    if ( is_pv_domain(world.d[who]) )
        *rc = machine_va_read(v, address, &word, sizeof(word));
    else
        *rc = machine_read(v, address, &word, sizeof(word));
    return word;
}

static uint64_t leaf_seen(unsigned int who, uint64_t address, uint64_t gpfn)
{
    int rc;
    uint64_t word = read_word(who, address + gpfn * 8, &rc);

    return rc ? ~0ull : word;
}

/* The leaf of whose's table, at AT; how many pages that is. */
static unsigned int attach_leaf(unsigned int who, unsigned int whose, uint64_t *address)
{
    unsigned int nr = (GPFNS * 8 + (1u << world.page_shift) - 1) >> world.page_shift;
    struct pmt_attach a = {
        .domid = ID(whose), .window = PMTW_leaf, .nr = nr,
        .address = is_pv_domain(world.d[who]) ? 0 : address_of(who, AT),
    };

    as(who);
    EQUAL(call_attach(&a), PMTST_okay);
    EQUAL(a.done, nr);
    *address = a.address;
    return nr;
}

void test_attach(void)
{
    uint64_t at, entry;
    unsigned int nr = attach_leaf(DRIVER, DRIVER, &at), gpfn;
    int rc;

    EQUAL(at, address_of(DRIVER, AT));
    /* Pages that have a leaf: protect sees to it. */
    row(protect, PMTST_okay, .gpfn = 40, .nr = 8, .rights = PMTR_read);
    for ( gpfn = 40; gpfn < 48; gpfn++ )
    {
        entry = leaf_seen(DRIVER, at, gpfn);
        EQUAL(PMTE_mfn(entry), mfn_of(DRIVER, gpfn));
        CHECK((entry & PMTE_present) && !(entry & PMTE_writable));
    }
    /* Read-only. */
    CHECK(machine_write(machine_vcpu(world.d[DRIVER], 0), at, &entry, 8));
    AUDIT();
    row(detach, PMTST_okay, .address = at, .nr = nr);
    read_word(DRIVER, at, &rc);
    CHECK(rc);
    row(detach, PMTST_bad_frame, .address = at, .nr = 1);
    AUDIT();
}

void test_attach_refused(void)
{
    uint64_t at = address_of(DRIVER, AT), page = 1ull << world.page_shift;
    unsigned int most = (GPFNS * 8 + (unsigned int)page - 1) / page;

    as(GUEST);
    row(attach, PMTST_denied, .domid = DOMID_SELF, .nr = 1, .address = at);
    as(DRIVER);
    row(attach, PMTST_denied, .domid = ID(GUEST), .nr = 1, .address = at);
    row(attach, PMTST_bad_domain, .domid = 77, .nr = 1, .address = at);
    row(attach, PMTST_bad_argument, .domid = DOMID_SELF, .window = 4, .nr = 1, .address = at);
    row(attach, PMTST_bad_argument, .domid = DOMID_SELF, .nr = 1, .done = 2, .address = at);
    row(attach, PMTST_bad_argument, .domid = DOMID_SELF, .window = PMTW_state, .nr = 2, .address = at);
    row(attach, PMTST_bad_argument, .domid = DOMID_SELF, .window = PMTW_leaf, .first = most, .nr = 1,
        .address = at);
    row(attach, PMTST_bad_argument, .domid = DOMID_SELF, .window = PMTW_leaf, .first = ~0u, .nr = 2,
        .address = at);
    row(attach, PMTST_bad_frame, .domid = DOMID_SELF, .nr = 1, .address = at + 8);
    row(attach, PMTST_bad_frame, .domid = DOMID_SELF, .nr = 1, .address = address_of(DRIVER, 40));
    row(attach, PMTST_bad_frame, .domid = DOMID_SELF, .nr = 1, .address = 1ull << 60);
    row(attach, PMTST_okay, .domid = DOMID_SELF, .nr = 1, .address = at);
    row(attach, PMTST_busy, .domid = DOMID_SELF, .nr = 1, .address = at + page);
    row(attach, PMTST_bad_frame, .domid = DOMID_SELF, .window = PMTW_state, .nr = 1, .address = at);
    row(attach, PMTST_okay, .domid = DOMID_SELF, .nr = 0, .address = at + 1);
    row(detach, PMTST_bad_argument, .address = at, .nr = 1, .pad0 = 1);
    row(detach, PMTST_bad_argument, .address = at, .nr = 1, .done = 2);
    row(detach, PMTST_bad_frame, .address = at + 8, .nr = 1);
    row(detach, PMTST_bad_frame, .address = ~0ull << world.page_shift, .nr = 3, .done = 2);
    AUDIT();

    /* Where a window is, nothing else can come: a loan, a grant. */
    as(DOM0);
    row(donate, PMTST_busy, .gpfn = 40, .dest_gpfn = AT, .domid = ID(DRIVER), .rights = PMTR_read);
    grant_access(GUEST, 9, DRIVER, 40, false);
    as(DRIVER);
    row(map, PMTST_bad_frame, .address = at, .ref = 9, .domid = ID(GUEST));
    machine_plan_reset();
    machine_plan.fail_alloc_at = 0;
    row(attach, PMTST_no_memory, .domid = DOMID_SELF, .window = PMTW_state, .nr = 1,
        .address = at + 9 * page);
    machine_plan_reset();
    AUDIT();
}

/* What the table gets later appears by itself. */
void test_attach_grows(void)
{
    uint64_t at, far = 3000;
    unsigned int nr = attach_leaf(DOM0, DRIVER, &at);

    EQUAL(leaf_seen(DOM0, at, far), 0);
    row(donate, PMTST_okay, .gpfn = 40, .dest_gpfn = far, .domid = ID(DRIVER), .rights = PMTR_read);
    EQUAL(PMTE_mfn(leaf_seen(DOM0, at, far)), mfn_of(DOM0, 40));
    AUDIT();
    row(detach, PMTST_okay, .address = at, .nr = nr);
    AUDIT();
}

void test_attach_dies(void)
{
    uint64_t at, state;
    unsigned int nr = attach_leaf(DOM0, DRIVER, &at);

    as(DRIVER);
    row(protect, PMTST_okay, .gpfn = 40, .nr = 1, .rights = PMTR_read);
    as(DOM0);
    CHECK(leaf_seen(DOM0, at, 40) != 0);
    EQUAL(machine_kill(world.d[DRIVER]), 0);
    world.d[DRIVER] = NULL;
    EQUAL(leaf_seen(DOM0, at, 40), 0);
    /* It stays, with zeros, until it is detached. */
    EQUAL(window_count(world.d[DOM0], &state), nr);
    row(detach, PMTST_okay, .address = at, .nr = nr);
    EQUAL(window_count(world.d[DOM0], &state), 0);
    EQUAL(state, 0);
    AUDIT();
}

void test_attach_right(void)
{
    uint64_t at, chunks;
    int rc;

    attach_leaf(DRIVER, DRIVER, &at);
    machine_right(world.d[DRIVER], false);
    read_word(DRIVER, at, &rc);
    CHECK(rc);
    EQUAL(window_count(world.d[DRIVER], &chunks), 0);
    row(attach, PMTST_denied, .domid = DOMID_SELF, .nr = 1, .address = at);
    machine_right(world.d[DRIVER], true);
    row(attach, PMTST_okay, .domid = DOMID_SELF, .nr = 1, .address = at);
    AUDIT();
}

void test_attach_pv(void)
{
    struct pmt_attach a = { .domid = DOMID_SELF, .window = PMTW_state, .nr = 1 };
    struct pmt_attach b = { .domid = ID(GUEST), .window = PMTW_state, .nr = 1 };
    uint64_t word;
    int rc;

    if ( !world.pv )
        return;
    as(DOM0);
    EQUAL(call_attach(&a), PMTST_okay);
    CHECK(a.address >= WINDOW_PV_BASE && a.address < WINDOW_PV_BASE + WINDOW_PV_SIZE);
    EQUAL(call_attach(&b), PMTST_okay);
    CHECK(a.address != b.address);
    word = read_word(DOM0, a.address, &rc);
    EQUAL(rc, 0);
    EQUAL(word, PAGES);
    CHECK(machine_va_write(machine_vcpu(world.d[DOM0], 0), a.address, &word, 8));
    /* A PV domain asks for no address, not by pretending to go on either. */
    row(attach, PMTST_bad_argument, .domid = DOMID_SELF, .nr = 1, .address = a.address);
    row(attach, PMTST_bad_argument, .domid = ID(GUEST), .window = PMTW_leaf, .nr = 2, .done = 1,
        .address = 0x7000000000ull);
    row(attach, PMTST_busy, .domid = DOMID_SELF, .window = PMTW_state, .nr = 1);
    row(detach, PMTST_okay, .address = a.address, .nr = 1);
    row(detach, PMTST_okay, .address = b.address, .nr = 1);
    AUDIT();
}

/* Parts are taken away in any order, and need no memory. */
void test_detach_parts(void)
{
    uint64_t at, page = 1ull << world.page_shift, chunks;
    unsigned int nr, i;

    nr = attach_leaf(DRIVER, DRIVER, &at);
    machine_plan_reset();
    machine_plan.fail_alloc_at = 0;
    for ( i = 0; i < nr; i += 2 )
        row(detach, PMTST_okay, .address = at + i * page, .nr = 1);
    machine_plan_reset();
    for ( i = 1; i < nr; i += 2 )
        row(detach, PMTST_okay, .address = at + i * page, .nr = 1);
    EQUAL(window_count(world.d[DRIVER], &chunks), 0);
    EQUAL(chunks, 0);
    AUDIT();
}

/* Three pages of GUEST's table in front of the viewer, whatever he is allowed to ask. */
static void see_guest(unsigned int viewer, uint64_t gpfn)
{
    struct window_part part = { .whose = world.d[GUEST], .what = PMTW_leaf, .nr = 1,
                                .address = address_of(viewer, gpfn) };

    EQUAL(window_attach(world.d[viewer], &part, 0), 1);
    part.first = 1;
    part.address = address_of(viewer, gpfn + 64);
    if ( GPFNS * 8 >> world.page_shift > 1 )
        EQUAL(window_attach(world.d[viewer], &part, 0), 1);
}

/* The table of a domain goes while one of its viewers is dying: others see nothing of it. */
void test_viewer_dies(void)
{
    unsigned int nr, last;
    uint64_t at;

    for ( last = 0; last < 2; last++ )
    {
        if ( last )
        {
            world_stop();
            world_start(world.page_shift, LAYOUT_RUN);
        }
        /* He is in front of the others, or behind. */
        if ( last )
            see_guest(DRIVER, AT);
        nr = attach_leaf(DOM0, GUEST, &at);
        if ( !last )
            see_guest(DRIVER, AT);
        as(OTHER);
        machine_dying(world.d[DRIVER]);
        EQUAL(machine_kill(world.d[GUEST]), 0);
        world.d[GUEST] = NULL;
        EQUAL(leaf_seen(DOM0, at, 40), 0);
        EQUAL(window_count(world.d[DOM0], NULL), nr);
        AUDIT();
        EQUAL(machine_kill(world.d[DRIVER]), 0);
        world.d[DRIVER] = NULL;
        as(DOM0);
        row(detach, PMTST_okay, .address = at, .nr = nr);
        EQUAL(window_count(world.d[DOM0], NULL), 0);
        AUDIT();
    }
}

/* As soon as the viewer's call lets go of the lock the table goes, and he looks once more. */
static uint64_t looks_at;

static void looks(const char *name, void *context)
{
    int rc;

    (void)context;
    if ( !guest_goes_at(name) )
        return;
    (void)read_word(DRIVER, looks_at, &rc);
    EQUAL(rc, -EFAULT);
    as(DRIVER);
}

void test_seen_to_the_end(void)
{
    unsigned int revoked;

    for ( revoked = 0; revoked < 2; revoked++ )
    {
        if ( revoked )
        {
            world_stop();
            world_start(world.page_shift, LAYOUT_RUN);
        }
        see_guest(DRIVER, AT);
        looks_at = address_of(DRIVER, AT);
        CHECK(leaf_seen(DRIVER, looks_at, 0) != ~0ull);
        as(DRIVER);
        machine_plan_reset();
        machine_plan.at_point = looks;
        if ( revoked )
            machine_right(world.d[DRIVER], false);
        else
            row(detach, PMTST_okay, .address = looks_at, .nr = 1);
        machine_plan_reset();
        CHECK(!world.d[GUEST]);
        AUDIT();
    }
}

/* A window of d's table as a whole, or its first pages: its address, 0 if there is none. */
static uint64_t pv_window(struct domain *d, uint64_t first, uint64_t nr)
{
    struct window_part part = { .whose = d, .what = PMTW_leaf, .first = first, .nr = nr };

    return window_attach(world.d[DOM0], &part, 0) > 0 ? part.address : 0;
}

/* Addresses come back: windows of 2 GiB, a thousand times as many as there is room for. */
void test_area(void)
{
    const uint64_t giant = 2ul << 30, step = 64 * PAGE_SIZE;
    struct machine_domain how = { .id = 9, .hvm = true, .pages = 64, .max_gpfns = 1ul << 28,
                                  .page_shift = world.page_shift };
    struct window_part resumed = { .what = PMTW_leaf, .nr = 128 };
    uint64_t own, at[4], nr = giant >> world.page_shift, i, chunks;
    struct domain *d;

    if ( !world.pv || world.page_shift != PAGE_SHIFT )
        return;
    d = machine_domain(&how);
    if ( !CHECK(d) )
        return;
    own = pv_window(world.d[DOM0], 0, 1);
    EQUAL(own, WINDOW_PV_BASE);
    for ( i = 0; i < 128000; i++ )
    {
        at[0] = pv_window(d, 0, nr);
        if ( at[0] != own + step || window_detach(world.d[DOM0], at[0], 64) != 64 )
            break;
    }
    EQUAL(i, 128000);
    /* There is room for 127 of them beside the own one, one behind the other. */
    for ( i = 0; i < 128; i++ )
    {
        at[0] = pv_window(d, 64 * i, nr - 64 * 128);
        if ( at[0] != own + step + i * (giant - 64 * step * 2) )
            break;
    }
    EQUAL(i, 128);
    EQUAL(window_revoke(world.d[DOM0]), 0);
    EQUAL(window_count(world.d[DOM0], &chunks), 0);

    /* The first place where it fits; a page in the middle of 64 is in the middle. */
    for ( i = 0; i < 4; i++ )
        at[i] = pv_window(d, 128 * i + 3, 64);
    EQUAL(at[0], WINDOW_PV_BASE + 3 * PAGE_SIZE);
    EQUAL(at[1], at[0] + 2 * step);
    EQUAL(window_detach(world.d[DOM0], at[1], 61), 61);
    EQUAL(window_detach(world.d[DOM0], at[2], 61), 61);
    EQUAL(pv_window(d, 1024, 5 * 64), WINDOW_PV_BASE + 8 * step);
    EQUAL(pv_window(d, 2048, 4 * 64), WINDOW_PV_BASE + 2 * step);
    AUDIT();

    /* What is interrupted goes on in its area, or not at all. */
    EQUAL(window_revoke(world.d[DOM0]), 0);
    resumed.whose = d;
    EQUAL(window_attach(world.d[DOM0], &resumed, 0), 64);
    EQUAL(resumed.address, WINDOW_PV_BASE);
    EQUAL(window_detach(world.d[DOM0], resumed.address, 64), 64);
    EQUAL(window_attach(world.d[DOM0], &resumed, 64), -EINVAL);
    EQUAL(pv_window(d, 0, 64), WINDOW_PV_BASE);
    EQUAL(window_attach(world.d[DOM0], &resumed, 64), -EINVAL);
    EQUAL(window_detach(world.d[DOM0], resumed.address, 64), 64);
    resumed.address = 0;
    EQUAL(window_attach(world.d[DOM0], &resumed, 0), 64);
    EQUAL(window_attach(world.d[DOM0], &resumed, 64), 64);
    AUDIT();
    EQUAL(window_revoke(world.d[DOM0]), 0);
    EQUAL(machine_kill(d), 0);
    AUDIT();
}
