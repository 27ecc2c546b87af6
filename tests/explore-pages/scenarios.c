/* SPDX-License-Identifier: MIT */
/*
 * Scenarios of entries and references: somebody takes an entry away, or a right of it,
 * and then looks who has the page; somebody else takes a reference, and then looks at
 * the entry again. One of the two sees the other. The numbers are those of
 * hv-impl/p2m.h.
 */
#include "scenarios.h"
#include "../explore/small-port.h"
#include "pages.h"

#include "../../hv-impl/grant-pin.c"    /* how what was borrowed is granted back */
#include "../../hv-impl/loan-table.h"
#include "../../hv-impl/op.h"

static struct domain lender, taker;
static struct hv_domain hv[2];
static struct loan_table loans[2];
static bool got, is_gone;
static uint64_t number;

static void prepare_domain(struct domain *d, unsigned int i)
{
    memset(&hv[i], 0, sizeof(hv[i]));
    memset(&loans[i], 0, sizeof(loans[i]));
    *d = (struct domain){ .domain_id = (domid_t)(i + 1), .page_shift = PAGE_SHIFT,
                          .is_translated = true, .hv = &hv[i] };
    hv[i].d = d;
    hv[i].loans = &loans[i];
    explore_require(!pmt_create(&hv[i].pmt, i, 8, PAGE_SHIFT), "no table");
    pmt_lock(&hv[i].pmt);
    explore_require(!pmt_prepare_locked(&hv[i].pmt, 0, 2), "no page");
    pmt_unlock(&hv[i].pmt);
}

/* The lender's page 0 is frame 1. */
static void prepare(void)
{
    small_port_reset();
    pages_reset(&lender);
    got = is_gone = false;
    prepare_domain(&lender, 0);
    prepare_domain(&taker, 1);
    explore_require(!pmt_reverse_create(&hv_reverse, 0, PAGES_MOST), "no reverse map");
    explore_require(!p2m_add_page(&lender, 0, 1, p2m_attributes(P2M_RAM, true)), "no entry");
}

/* And he has lent it: it is at the taker's page 1. */
static void prepare_loan(void)
{
    prepare();
    explore_require(!loan_give(&lender, 0, &taker, 1, true, &number), "no loan");
}

/* ---- who takes away ------------------------------------------------------------------ */

static void page_leaves(void)
{
    is_gone = !p2m_page_leave(&lender, 0);
}

static void protect(struct domain *d, uint64_t gpfn)
{
    struct hd_call call = { .caller = d };
    struct pmt_protect op = { .gpfn = gpfn, .nr = 1, .rights = PMTR_read };

    is_gone = hv_pmt_protect(&call, &op) == 1;
}

static void own_page_is_protected(void) { protect(&lender, 0); }
static void loan_is_protected(void) { protect(&taker, 1); }

static void loan_is_taken_back(void)
{
    struct loan_back what;

    is_gone = !loan_take_back(&lender, number, &what);
}

void op_flush_later(struct hd_call *call, uint64_t gpfn, uint64_t nr)
{
    port_flush_page(call->caller, gpfn, nr);
}

bool window_covers(struct domain *viewer, uint64_t gfn)
{
    (void)viewer;
    (void)gfn;
    return false;
}

bool grant_page_in_use(uint64_t mfn)
{
    (void)mfn;
    return false;
}

/* ---- who gets it ---------------------------------------------------------------------- */

static void get(bool writable)
{
    uint64_t mfn, entry;

    got = !p2m_get_page(&lender, 0, writable, &mfn, &entry);
}

static void page_is_read(void) { get(false); }
static void page_is_written(void) { get(true); }

/* As a grant of what was borrowed does, to the lender. */
static void get_borrowed(bool writable)
{
    uint64_t mfn;

    got = !page_borrowed(&taker, 1, &lender, writable, &mfn);
}

static void loan_is_read(void) { get_borrowed(false); }
static void loan_is_written(void) { get_borrowed(true); }

static void not_both(void)
{
    explore_require(!(got && is_gone), "it was taken away, and somebody has it");
}

const struct explore_scenario table_scenarios[] = {
    { "leave", "a page is left to a pager, and somebody reads it", prepare,
      { page_leaves, page_is_read }, not_both, false },
    { "protect", "a page becomes read-only, and somebody writes it", prepare,
      { own_page_is_protected, page_is_written }, not_both, false },
};
const unsigned int nr_table_scenarios = sizeof(table_scenarios) / sizeof(table_scenarios[0]);

const struct explore_scenario other_scenarios[] = {
    { "loan", "a loan is taken back, and a grant of it is read", prepare_loan,
      { loan_is_taken_back, loan_is_read }, not_both, false },
    { "loan+protect", "a loan becomes read-only, and a grant of it is written", prepare_loan,
      { loan_is_protected, loan_is_written }, not_both, false },
};
const unsigned int nr_other_scenarios = sizeof(other_scenarios) / sizeof(other_scenarios[0]);
const char explored_numbers[] = "H";
const struct explored_pass explored_passes[] = { { 0 } };
