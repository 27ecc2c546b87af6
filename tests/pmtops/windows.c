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
