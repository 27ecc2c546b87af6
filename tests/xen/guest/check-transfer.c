/* SPDX-License-Identifier: MIT */
/* transfer: dom0 gives pages away, and loses some of them. */
#include "paused.h"

#define REF (FIRST_REF + 4)
#define FREE_PFN PAUSED_PAGES           /* Where the domain has no page. */

static long own_pages(void)
{
    return domain_pages(DOMID_SELF);
}

static long transfer(unsigned long mfn, domid_t domain, grant_ref_t ref)
{
    struct gnttab_transfer transfer = { .mfn = mfn, .domid = domain, .ref = ref };

    return status_of(hc_grant_table_transfer(&transfer, 1), transfer);
}

/* A frame that nothing maps: all that can be given away. */
static unsigned long unmapped_page(void *page)
{
    must_be("unmap", slot_set(page, 0), 0);
    return mfn_of(page);
}

/* The page is lost: put another one in its place. */
static void replace_page(void *page)
{
    xen_pfn_t frame = pfn_of(page);

    domain_populate(DOMID_SELF, &frame, 1);
    p2m_set(page, frame);
    slot_restore(page);
}

static void kept(struct paused *paused, void *page)
{
    long pages = own_pages();

    fails(hc_grant_table_transfer, "9.4 mfn invalid", "no such frame",
          transfer(0x7ffffff0, paused->domain, REF), EQ, GNTST_bad_page);
    fails(hc_grant_table_transfer, "9.4 extra references", "a page that is mapped",
          transfer(mfn_of(page), paused->domain, REF), EQ, GNTST_bad_page);
    fails(hc_grant_table_transfer, "9.4 page not owned", "a page of the domain itself",
          transfer(paused->frames[4], paused->domain, REF), EQ, GNTST_bad_page);
    shows(hc_grant_table_transfer, "9.4 page kept", "all three", own_pages(), EQ, pages);
}

static void lost(struct paused *paused, void *page)
{
    long pages = own_pages();

    fails(hc_grant_table_transfer, "9.4 unknown domid", "to no domain",
          transfer(unmapped_page(page), NO_DOMAIN, REF), EQ, GNTST_bad_domain);
    shows(hc_grant_table_transfer, "9.4 page lost", "to no domain",
          own_pages(), EQ, pages - 1);
    replace_page(page);

    paused_grant(paused, REF, FREE_PFN, GTF_permit_access);
    fails(hc_grant_table_transfer, "9.4 not accept_transfer", "to an entry that lends",
          transfer(unmapped_page(page), paused->domain, REF), EQ, GNTST_general_error);
    shows(hc_grant_table_transfer, "9.4 page lost", "to an entry that lends",
          own_pages(), EQ, pages - 1);
    replace_page(page);

    fails(hc_grant_table_transfer, "9.4 bad ref included", "beyond the table",
          transfer(unmapped_page(page), paused->domain, 100000), EQ, GNTST_general_error);
    replace_page(page);
}

static void given(struct paused *paused, uint64_t *page)
{
    unsigned long mfn = mfn_of(page);
    long pages = own_pages();

    page[0] = 0xd00d;
    paused_grant(paused, REF, FREE_PFN, GTF_accept_transfer);
    succeeds(hc_grant_table_transfer, "3.7 transfer", "a page to a domain that accepts",
             transfer(unmapped_page(page), paused->domain, REF), EQ, GNTST_okay);
    shows(hc_grant_table_transfer, "3.3 committed, completed", "the entry says so",
          paused->grants[REF].flags, EQ,
          GTF_accept_transfer | GTF_transfer_committed | GTF_transfer_completed);
    shows(hc_grant_table_transfer, "5.5 entry.frame = mfn", "and which it is",
          paused->grants[REF].frame, EQ, mfn);
    shows(hc_grant_table_transfer, "5.5 tot_pages", "dom0 has one page less",
          own_pages(), EQ, pages - 1);
    shows(hc_grant_table_transfer, "5.5 tot_pages", "the domain one more",
          domain_pages(paused->domain), EQ, PAUSED_PAGES + 1);
    shows(hc_grant_table_transfer, "5.5", "dom0 cannot map it any more",
          slot_set(page, pte_make(mfn, PTE_RW)), EQ, -XEN_EBUSY);
    {
        uint64_t *window = window_open(paused->domain, mfn);

        shows(hc_grant_table_transfer, "5.5", "its content went with it",
              window[0], EQ, 0xd00d);
        window_close(window);
    }
    replace_page(page);

    paused_grant(paused, REF, FREE_PFN, GTF_accept_transfer);
    fails(hc_grant_table_transfer, "9.4 target full", "the domain may have no more",
          transfer(unmapped_page(page), paused->domain, REF), EQ, GNTST_general_error);
    replace_page(page);
}

void check_transfer(struct paused *paused)
{
    void *page = page_take();

    kept(paused, page);
    lost(paused, page);
    given(paused, page);
}
