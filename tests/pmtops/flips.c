/* SPDX-License-Identifier: MIT */
/* PMTOP_flip: a page for another domain, and a fresh one instead. */
#include "pmtops.h"

static uint64_t charged(unsigned int who)
{
    return world.d[who]->tot_pages;
}

/* One flip that works, from one to another. */
static void flip_works(unsigned int from, unsigned int to, uint64_t gpfn, uint64_t dest,
                       grant_ref_t ref)
{
    struct pmt_flip f = { .gpfn = gpfn, .ref = ref, .domid = ID(to) };
    uint64_t old = mfn_of(from, gpfn), was = charged(from), theirs = charged(to);

    *page_of(from, gpfn) = 4711;
    grant_accepts(to, ref, from, dest);
    as(from);
    EQUAL(call_flip(&f), PMTST_okay);
    EQUAL(mfn_of(to, dest), old);
    EQUAL(*page_of(to, dest), 4711);
    EQUAL(p2m_mfn_to_gfn(old), dest);
    CHECK(port_page_owner(old) == world.d[to]);
    CHECK(mfn_of(from, gpfn) != old);
    EQUAL(*page_of(from, gpfn), 0);
    EQUAL(p2m_mfn_to_gfn(mfn_of(from, gpfn)), gpfn);
    EQUAL(f.entry, domain_has_pmt(world.d[from]) ? p2m_entry_answer(word_of(from, gpfn)) : 0);
    EQUAL(charged(from), was);
    EQUAL(charged(to), theirs + 1);
    CHECK(grant_flags(to, ref) & GTF_transfer_completed);
    EQUAL(grant_frame_told(to, ref), dest);
    AUDIT();
    grant_end(to, ref);
}

void test_flip(void)
{
    flip_works(DOM0, GUEST, 40, HOLES, 9);
    flip_works(DRIVER, GUEST, 40, HOLES + 1, 9);
    flip_works(GUEST, DOM0, HOLES, HOLES + 7, 10);
    flip_works(GUEST, DRIVER, 50, HOLES, 11);
}

void test_flip_refused(void)
{
    uint64_t state;
    grant_handle_t handle;

    grant_accepts(DRIVER, 9, GUEST, HOLES);
    grant_accepts(DRIVER, 10, DOM0, HOLES);
    grant_accepts(DRIVER, 11, GUEST, 40);
    grant_accepts(DRIVER, 12, GUEST, GPFNS);
    grant_access(DRIVER, 13, GUEST, 40, false);
    grant_access(GUEST, 9, DRIVER, 41, true);
    as(GUEST);
    state = world_state();
    row(flip, PMTST_bad_argument, .gpfn = 40, .ref = 9, .domid = ID(DRIVER), .pad0 = 1);
    row(flip, PMTST_bad_argument, .gpfn = 40, .ref = 9, .domid = ID(DRIVER), .pad1 = 1);
    row(flip, PMTST_bad_domain, .gpfn = 40, .ref = 9, .domid = 77);
    row(flip, PMTST_bad_domain, .gpfn = 40, .ref = 9, .domid = ID(GUEST));
    row(flip, PMTST_bad_domain, .gpfn = 40, .ref = 9, .domid = DOMID_SELF);
    row(flip, PMTST_bad_frame, .gpfn = PAGES, .ref = 9, .domid = ID(DRIVER));
    row(flip, PMTST_bad_frame, .gpfn = ~0ull, .ref = 9, .domid = ID(DRIVER));
    row(flip, PMTST_bad_grant, .gpfn = 40, .ref = 10, .domid = ID(DRIVER));
    row(flip, PMTST_bad_grant, .gpfn = 40, .ref = 11, .domid = ID(DRIVER));
    row(flip, PMTST_bad_grant, .gpfn = 40, .ref = 12, .domid = ID(DRIVER));
    row(flip, PMTST_bad_grant, .gpfn = 40, .ref = 13, .domid = ID(DRIVER));
    row(flip, PMTST_bad_grant, .gpfn = 40, .ref = 14, .domid = ID(DRIVER));
    row(flip, PMTST_bad_grant, .gpfn = 40, .ref = ~0u, .domid = ID(DRIVER));
    machine_plan_reset();
    machine_plan.denied = "grant_transfer";
    row(flip, PMTST_denied, .gpfn = 40, .ref = 9, .domid = ID(DRIVER));
    machine_plan_reset();
    EQUAL(world_state(), state);
    /* What failed left the entry as it was: it accepts still. */
    EQUAL(grant_flags(DRIVER, 11), GTF_accept_transfer);
    EQUAL(grant_flags(DRIVER, 12), GTF_accept_transfer);
    AUDIT();

    handle = map_for_driver(9, HOLES + 9, true);
    as(GUEST);
    row(flip, PMTST_busy, .gpfn = 41, .ref = 9, .domid = ID(DRIVER));
    EQUAL(grant_flags(DRIVER, 9), GTF_accept_transfer);
    unmap_for_driver(handle, HOLES + 9);
    as(GUEST);
    row(flip, PMTST_okay, .gpfn = 41, .ref = 9, .domid = ID(DRIVER));
    /* It accepts one page. */
    row(flip, PMTST_bad_grant, .gpfn = 42, .ref = 9, .domid = ID(DRIVER));
    AUDIT();
}

void test_flip_quota(void)
{
    struct domain *giver = world.d[GUEST], *taker = world.d[DRIVER];
    uint64_t state;

    grant_accepts(DRIVER, 9, GUEST, HOLES);
    as(GUEST);
    taker->max_pages = taker->tot_pages;
    state = world_state();
    row(flip, PMTST_no_memory, .gpfn = 40, .ref = 9, .domid = ID(DRIVER));
    EQUAL(world_state(), state);
    EQUAL(grant_flags(DRIVER, 9), GTF_accept_transfer);
    AUDIT();
    /* The giver at its own limit: it gets one for one. */
    taker->max_pages++;
    giver->max_pages = giver->tot_pages;
    row(flip, PMTST_okay, .gpfn = 40, .ref = 9, .domid = ID(DRIVER));
    EQUAL(giver->tot_pages, giver->max_pages);
    AUDIT();
}

/* What is to happen before what: seen from between two steps. */
static struct {
    unsigned int flushed, wrong;
    uint64_t mfn;
} order;

static void between(const char *name, void *context)
{
    (void)context;
    if ( strcmp(name, "flip-before-flush") )
        return;
    order.flushed++;
    /* The taker does not see it, nobody owns it, the giver's place has another. */
    if ( p2m_entry_holds(word_of(DRIVER, HOLES)) || port_page_owner(order.mfn) ||
         mfn_of(GUEST, 40) == order.mfn || !(grant_flags(DRIVER, 9) & GTF_transfer_committed) )
        order.wrong++;
}

void test_flip_order(void)
{
    uint64_t word = 1;

    order.flushed = order.wrong = 0;
    order.mfn = mfn_of(GUEST, 40);
    grant_accepts(DRIVER, 9, GUEST, HOLES);
    as(GUEST);
    /* In the giver's TLB, to be written. */
    EQUAL(machine_write(machine_vcpu(world.d[GUEST], 0), address_of(GUEST, 40), &word, 8), 0);
    machine_plan_reset();
    machine_plan.at_point = between;
    row(flip, PMTST_okay, .gpfn = 40, .ref = 9, .domid = ID(DRIVER));
    machine_plan_reset();
    EQUAL(order.flushed, 1);
    EQUAL(order.wrong, 0);
    word = 2;
    EQUAL(machine_write(machine_vcpu(world.d[GUEST], 0), address_of(GUEST, 40), &word, 8), 0);
    EQUAL(*page_of(DRIVER, HOLES), 1);
    EQUAL(*page_of(GUEST, 40), 2);
    AUDIT();
}

void test_flip_batch(void)
{
    static const int wanted[] = { 0, PMTST_bad_frame, 0, PMTST_bad_grant, PMTST_bad_domain, 0 };
    struct pmt_flip f[6];
    unsigned int i;

    for ( i = 0; i < 6; i++ )
    {
        f[i] = (struct pmt_flip){ .gpfn = 40 + i, .ref = 9 + i, .domid = ID(DRIVER) };
        grant_accepts(DRIVER, 9 + i, GUEST, HOLES + i);
    }
    f[1].gpfn = PAGES + 3;
    f[3].ref = 30;
    f[4].domid = 99;
    as(GUEST);
    batch_flip(f, 6, wanted, __FILE__, __LINE__);
    AUDIT();
}
