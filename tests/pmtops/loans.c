/* SPDX-License-Identifier: MIT */
/* PMTOP_donate and reclaim: pages that appear elsewhere and stay the lender's. */
#include "pmtops.h"

static uint64_t lend(unsigned int to, uint64_t gpfn, uint64_t dest, uint32_t rights)
{
    struct pmt_donate l = { .gpfn = gpfn, .dest_gpfn = dest, .domid = ID(to), .rights = rights };

    as(DOM0);
    EQUAL(call_donate(&l), PMTST_okay);
    CHECK(l.loan != 0);
    return l.loan;
}

static int touch(unsigned int who, uint64_t gpfn, bool write)
{
    struct vcpu *v = machine_vcpu(world.d[who], 0);
    uint64_t word = 8;

    as(who);
    return write ? machine_write(v, address_of(who, gpfn), &word, 8)
                 : machine_read(v, address_of(who, gpfn), &word, 8);
}

void test_donate(void)
{
    uint64_t loan, mfn = mfn_of(DOM0, 40), charged = world.d[GUEST]->tot_pages;

    *page_of(DOM0, 40) = 4711;
    loan = lend(GUEST, 40, HOLES, PMTR_read | PMTR_write);
    EQUAL(mfn_of(GUEST, HOLES), mfn);
    EQUAL(mfn_of(DOM0, 40), mfn);
    EQUAL(p2m_mfn_to_gfn(mfn), 40);
    EQUAL(world.d[GUEST]->tot_pages, charged);
    EQUAL(touch(GUEST, HOLES, true), 0);
    EQUAL(*page_of(DOM0, 40), 8);
    AUDIT();
    as(DOM0);
    row(reclaim, PMTST_okay, .loan = loan);
    CHECK(touch(GUEST, HOLES, false));
    EQUAL(mfn_of(DOM0, 40), mfn);
    EQUAL(p2m_kind(word_of(DOM0, 40)), P2M_RAM);
    AUDIT();

    /* For reading alone. */
    loan = lend(GUEST, 40, HOLES, PMTR_read);
    EQUAL(touch(GUEST, HOLES, false), 0);
    CHECK(touch(GUEST, HOLES, true));
    as(DOM0);
    row(reclaim, PMTST_okay, .loan = loan);
    AUDIT();
}

void test_donate_refused(void)
{
    as(DOM0);
    row(donate, PMTST_bad_argument, .gpfn = 40, .dest_gpfn = HOLES, .domid = ID(GUEST));
    row(donate, PMTST_bad_argument, .gpfn = 40, .dest_gpfn = HOLES, .domid = ID(GUEST), .rights = 5);
    row(donate, PMTST_bad_argument, .gpfn = 40, .dest_gpfn = HOLES, .domid = ID(GUEST), .rights = 1,
        .pad1 = 1);
    row(donate, PMTST_bad_domain, .gpfn = 40, .dest_gpfn = HOLES, .domid = 77, .rights = 1);
    row(donate, PMTST_bad_domain, .gpfn = 40, .dest_gpfn = HOLES, .domid = ID(DOM0), .rights = 1);
    row(donate, PMTST_bad_frame, .gpfn = HOLES, .dest_gpfn = HOLES, .domid = ID(GUEST), .rights = 1);
    row(donate, PMTST_bad_frame, .gpfn = ~0ull, .dest_gpfn = HOLES, .domid = ID(GUEST), .rights = 1);
    row(donate, PMTST_bad_frame, .gpfn = 40, .dest_gpfn = GPFNS, .domid = ID(GUEST), .rights = 1);
    row(donate, PMTST_busy, .gpfn = 40, .dest_gpfn = 40, .domid = ID(GUEST), .rights = 1);
    row(protect, PMTST_okay, .gpfn = 41, .nr = 1, .rights = PMTR_read);
    row(donate, PMTST_denied, .gpfn = 41, .dest_gpfn = HOLES, .domid = ID(GUEST), .rights = 3);
    row(donate, PMTST_okay, .gpfn = 41, .dest_gpfn = HOLES, .domid = ID(GUEST), .rights = 1);
    row(donate, PMTST_bad_frame, .gpfn = 41, .dest_gpfn = HOLES + 1, .domid = ID(GUEST), .rights = 1);
    machine_plan_reset();
    machine_plan.fail_alloc_at = 0;
    row(donate, PMTST_no_memory, .gpfn = 42, .dest_gpfn = HOLES + 1, .domid = ID(GUEST), .rights = 1);
    machine_plan_reset();
    /* Not without being told to, by whoever is in charge. */
    as(GUEST);
    row(donate, PMTST_denied, .gpfn = 40, .dest_gpfn = HOLES, .domid = ID(DRIVER), .rights = 1);
    row(reclaim, PMTST_bad_argument, .loan = 1, .pad0 = 1);
    AUDIT();
}

/* While a page is lent it stays where it is, on both sides. */
void test_donate_busy(void)
{
    uint64_t loan = lend(GUEST, 40, HOLES, 3), state = world_state(), frame;
    struct xen_memory_reservation give = { .nr_extents = 1, .domid = DOMID_SELF };

    grant_accepts(DRIVER, 9, DOM0, HOLES);
    grant_accepts(DRIVER, 10, GUEST, HOLES);
    as(DOM0);
    row(flip, PMTST_busy, .gpfn = 40, .ref = 9, .domid = ID(DRIVER));
    row(exchange, PMTST_busy, .gpfn = 40);
    frame = world.pv ? mfn_of(DOM0, 40) : 40;
    set_xen_guest_handle(give.extent_start, (xen_pfn_t *)&frame);
    EQUAL(hc_memory_decrease_reservation(&give), 0);
    EQUAL(world_state(), state);
    as(GUEST);
    row(flip, PMTST_bad_frame, .gpfn = HOLES, .ref = 10, .domid = ID(DRIVER));
    row(exchange, PMTST_bad_frame, .gpfn = HOLES);
    frame = HOLES;
    EQUAL(hc_memory_decrease_reservation(&give), 0);
    EQUAL(world_state(), state);
    AUDIT();

    /* Granted to somebody else, it is none to lend. */
    as(DOM0);
    row(reclaim, PMTST_okay, .loan = loan);
    {
        struct pmt_map m = { .address = address_of(DRIVER, HOLES), .ref = 12, .domid = ID(DOM0) };

        grant_access(DOM0, 12, DRIVER, 40, false);
        as(DRIVER);
        EQUAL(call_map(&m), PMTST_okay);
        as(DOM0);
        row(donate, PMTST_busy, .gpfn = 40, .dest_gpfn = HOLES, .domid = ID(GUEST), .rights = 1);
    }
    AUDIT();
}

static uint64_t loan_to_end;

/* The lender takes back what the taker, who dies, has just let go. */
static void lender_ends_it(const char *name, void *context)
{
    (void)context;
    if ( strcmp(name, "loan-not-taken") || !loan_to_end )
        return;
    as(DOM0);
    row(reclaim, PMTST_okay, .loan = loan_to_end);
    loan_to_end = 0;
    as(DRIVER);
}

void test_lender_is_quick(void)
{
    loan_to_end = lend(GUEST, 40, HOLES, 3);
    as(DRIVER);
    machine_plan_reset();
    machine_plan.at_point = lender_ends_it;
    EQUAL(machine_kill(world.d[GUEST]), 0);
    machine_plan_reset();
    world.d[GUEST] = NULL;
    EQUAL(loan_to_end, 0);
    EQUAL(loan_count(world.d[DOM0], NULL), 0);
    AUDIT();
}

void test_lender_dies(void)
{
    struct xen_memory_reservation give = { .nr_extents = 1, .domid = DOMID_SELF };
    struct pmt_donate l = { .gpfn = 40, .dest_gpfn = HOLES, .domid = ID(GUEST), .rights = 3 };
    uint64_t frame = HOLES;
    unsigned int taken;

    /* DRIVER is GUEST's device model: then it may lend to it. */
    world.d[DRIVER]->target = ID(GUEST);
    *page_of(DRIVER, 40) = 4711;
    as(DRIVER);
    EQUAL(call_donate(&l), PMTST_okay);
    set_xen_guest_handle(give.extent_start, (xen_pfn_t *)&frame);
    as(GUEST);
    EQUAL(hc_memory_decrease_reservation(&give), 0);
    EQUAL(machine_kill(world.d[DRIVER]), 0);
    world.d[DRIVER] = NULL;
    as(GUEST);
    EQUAL(*page_of(GUEST, HOLES), 4711);
    EQUAL(touch(GUEST, HOLES, true), 0);
    loan_count(world.d[GUEST], &taken);
    EQUAL(taken, 1);
    /* Now it can be let go, and then the lender is gone. */
    EQUAL(machine_nr_domains(), NR_DOMAINS);
    EQUAL(hc_memory_decrease_reservation(&give), 1);
    EQUAL(word_of(GUEST, HOLES) & PMTE_present, 0);
    loan_count(world.d[GUEST], &taken);
    EQUAL(taken, 0);
    EQUAL(machine_nr_domains(), NR_DOMAINS - 1);
    AUDIT();
}

/* A PV domain names what it was lent as all its memory: by the machine frame. */
void test_lender_of_pv(void)
{
    struct machine_domain how = { .id = 9, .hvm = PAGE_SHIFT == 12, .privileged = true,
                                  .page_shift = world.page_shift, .pages = PAGES };
    struct xen_memory_reservation give = { .nr_extents = 1, .domid = DOMID_SELF };
    struct pmt_donate l = { .gpfn = 40, .dest_gpfn = HOLES, .domid = ID(DOM0), .rights = 3 };
    struct domain *lender;
    uint64_t frame;

    if ( !world.pv )
        return;
    lender = machine_domain(&how);
    if ( !CHECK(lender) )
        return;
    machine_run_as(machine_vcpu(lender, 0));
    EQUAL(call_donate(&l), PMTST_okay);
    as(DOM0);
    frame = mfn_of(DOM0, HOLES);
    set_xen_guest_handle(give.extent_start, (xen_pfn_t *)&frame);
    EQUAL(hc_memory_decrease_reservation(&give), 0);
    EQUAL(machine_kill(lender), 0);
    as(DOM0);
    EQUAL(machine_nr_domains(), NR_DOMAINS + 1);
    /* Not by the place: that number may be a frame of its own. */
    frame = HOLES;
    EQUAL(hc_memory_decrease_reservation(&give), 0);
    frame = mfn_of(DOM0, HOLES);
    EQUAL(hc_memory_decrease_reservation(&give), 1);
    EQUAL(hc_memory_decrease_reservation(&give), 0);
    EQUAL(word_of(DOM0, HOLES) & PMTE_present, 0);
    EQUAL(machine_nr_domains(), NR_DOMAINS);
    AUDIT();
}

void test_taker_dies(void)
{
    uint64_t loan = lend(DRIVER, 40, HOLES, 3);

    EQUAL(machine_kill(world.d[DRIVER]), 0);
    world.d[DRIVER] = NULL;
    as(DOM0);
    EQUAL(p2m_kind(word_of(DOM0, 40)), P2M_RAM);
    row(exchange, PMTST_okay, .gpfn = 40);
    row(reclaim, PMTST_okay, .loan = loan);
    row(reclaim, PMTST_bad_loan, .loan = loan);
    AUDIT();
}

void test_loan_numbers(void)
{
    uint64_t first = lend(GUEST, 40, HOLES, 3), second;

    as(DOM0);
    row(reclaim, PMTST_okay, .loan = first);
    second = lend(GUEST, 40, HOLES, 3);
    CHECK(second != first);
    row(reclaim, PMTST_bad_loan, .loan = first);
    row(reclaim, PMTST_bad_loan, .loan = 0);
    row(reclaim, PMTST_bad_loan, .loan = second + 64);
    row(reclaim, PMTST_bad_loan, .loan = ~0ull);
    /* Another's number is none of one's own. */
    as(GUEST);
    row(reclaim, PMTST_bad_loan, .loan = second);
    /* Without the right, too. */
    machine_right(world.d[DOM0], false);
    as(DOM0);
    row(reclaim, PMTST_okay, .loan = second);
    machine_right(world.d[DOM0], true);
    AUDIT();
}

/* The flush of a group comes before anything of it is done with. */
void test_reclaim_group(void)
{
    struct pmt_reclaim r[40];
    int wanted[40] = { 0 };
    unsigned int i;
    uint64_t flushes;

    for ( i = 0; i < 40; i++ )
    {
        r[i] = (struct pmt_reclaim){ .loan = lend(GUEST, 40 + i, HOLES + i, 3) };
        EQUAL(touch(GUEST, HOLES + i, true), 0);
    }
    r[7].loan = 12345;
    wanted[7] = PMTST_bad_loan;
    as(DOM0);
    machine_plan_reset();
    flushes = machine_counters.flushes;
    batch_reclaim(r, 40, wanted, __FILE__, __LINE__);
    CHECK(machine_counters.flushes - flushes <= 4);
    for ( i = 0; i < 40; i++ )
        EQUAL(!touch(GUEST, HOLES + i, false), i == 7);
    AUDIT();
}

/* Both sides of many loans, and windows on both sides: killed a step at a time. */
void test_killed_in_steps(void)
{
    uint64_t page = 1ull << world.page_shift;
    unsigned int i, taken;

    world.d[DRIVER]->target = ID(GUEST);
    for ( i = 0; i < 50; i++ )
    {
        struct pmt_donate l = { .gpfn = 40 + i, .dest_gpfn = HOLES + 100 + i, .domid = ID(GUEST),
                                .rights = 3 };

        lend(DRIVER, 40 + i, HOLES + i, 1 + 2 * (i & 1));
        as(DRIVER);
        EQUAL(call_donate(&l), PMTST_okay);
    }
    for ( i = 0; i < 8; i++ )
    {
        as(DRIVER);
        row(attach, i * page < GPFNS * 8 ? PMTST_okay : PMTST_bad_argument, .domid = DOMID_SELF,
            .window = PMTW_leaf, .first = i, .nr = 1, .address = address_of(DRIVER, 1024 + 3 * i));
    }
    as(DOM0);
    row(attach, PMTST_okay, .domid = ID(DRIVER), .window = PMTW_state, .nr = 1,
        .address = world.pv ? 0 : address_of(DOM0, 1024));
    AUDIT();
    machine_plan_reset();
    machine_plan.preempt_always = true;
    EQUAL(machine_kill(world.d[DRIVER]), 0);
    machine_plan_reset();
    world.d[DRIVER] = NULL;
    EQUAL(loan_count(world.d[DOM0], &taken), 50);
    EQUAL(loan_count(world.d[GUEST], &taken), 0);
    EQUAL(taken, 50);
    for ( i = 0; i < 50; i++ )
    {
        EQUAL(p2m_kind(word_of(DOM0, 40 + i)), P2M_RAM);
        EQUAL(touch(GUEST, HOLES + 100 + i, true), 0);
    }
    AUDIT();
    /* The other side goes, too: then nothing is left of either. */
    machine_plan.preempt_always = true;
    EQUAL(machine_kill(world.d[GUEST]), 0);
    machine_plan_reset();
    world.d[GUEST] = NULL;
    EQUAL(machine_nr_domains(), NR_DOMAINS - 2);
    AUDIT();
}
