/* SPDX-License-Identifier: MIT */
/* PMTOP_info, translate and reverse: what is told, and to whom. */
#include "pmtops.h"

void test_info(void)
{
    struct pmt_info info = { .domid = DOMID_SELF };

    as(DOM0);
    EQUAL(call_info(&info), PMTST_okay);
    EQUAL(info.nr_gpfns, PAGES);
    EQUAL(info.nr_mapped, PAGES);
    EQUAL(info.page_shift, world.page_shift);
    EQUAL(info.granule_shift, PAGE_SHIFT);
    EQUAL(info.max_order, 4);
    EQUAL(info.features, PMTF_right | PMTF_windows | PMTF_runs | PMTF_loans);

    row(info, PMTST_okay, .domid = ID(GUEST));
    row(info, PMTST_bad_domain, .domid = 77);
    row(info, PMTST_bad_argument, .domid = DOMID_SELF, .pad0 = 1);

    as(GUEST);
    info = (struct pmt_info){ .domid = DOMID_SELF };
    EQUAL(call_info(&info), PMTST_okay);
    EQUAL(info.features, PMTF_runs | PMTF_loans);
    info = (struct pmt_info){ .domid = ID(DOM0) };
    EQUAL(call_info(&info), PMTST_denied);
    EQUAL(info.nr_gpfns, 0);
}

void test_translate(void)
{
    struct pmt_translate t;
    unsigned int gpfn;

    as(DOM0);
    for ( gpfn = 0; gpfn < PAGES; gpfn++ )
    {
        t = (struct pmt_translate){ .domid = ID(GUEST), .gpfn = gpfn };
        EQUAL(call_translate(&t), PMTST_okay);
        EQUAL(PMTE_mfn(t.entry), mfn_of(GUEST, gpfn));
        EQUAL(t.entry & (PMTE_present | PMTE_writable | PMTE_absent), PMTE_present | PMTE_writable);
        EQUAL(PMTE_software(t.entry), 0);
        EQUAL(t.run, 1);
    }
    /* The run is as long as frames go on, and no longer than asked for. */
    for ( gpfn = 0; gpfn < PAGES; gpfn++ )
    {
        unsigned int run = 1, step = 1u << (world.page_shift - PAGE_SHIFT);

        t = (struct pmt_translate){ .domid = ID(GUEST), .gpfn = gpfn, .limit = 9 };
        EQUAL(call_translate(&t), PMTST_okay);
        while ( run < 9 && gpfn + run < PAGES &&
                mfn_of(GUEST, gpfn + run) == mfn_of(GUEST, gpfn) + run * step )
            run++;
        EQUAL(t.run, run);
    }
    row(translate, PMTST_bad_frame, .domid = ID(GUEST), .gpfn = PAGES);
    row(translate, PMTST_bad_frame, .domid = ID(GUEST), .gpfn = GPFNS);
    row(translate, PMTST_bad_frame, .domid = ID(GUEST), .gpfn = 1ull << 40);
    row(translate, PMTST_bad_frame, .domid = ID(GUEST), .gpfn = ~0ull);
    row(translate, PMTST_bad_domain, .domid = 77);
    row(translate, PMTST_bad_argument, .domid = ID(GUEST), .pad0 = 1);

    /* A hole below the end of the table. */
    as(DRIVER);
    row(protect, PMTST_okay, .gpfn = 40, .nr = 1, .rights = 0);
    as(DOM0);
    t = (struct pmt_translate){ .domid = ID(DRIVER), .gpfn = 40 };
    EQUAL(call_translate(&t), PMTST_okay);
    EQUAL(t.entry, PMTE_absent);
    EQUAL(t.run, 1);
    AUDIT();
}

void test_reverse(void)
{
    struct pmt_reverse r;
    unsigned int gpfn, step = 1u << (world.page_shift - PAGE_SHIFT), i;

    as(DOM0);
    for ( gpfn = 0; gpfn < PAGES; gpfn++ )
        for ( i = 0; i < step; i++ )
        {
            r = (struct pmt_reverse){ .mfn = mfn_of(DOM0, gpfn) + i };
            EQUAL(call_reverse(&r), PMTST_okay);
            EQUAL(r.gpfn, gpfn);
        }
    row(reverse, PMTST_bad_frame, .mfn = mfn_of(GUEST, 5));
    row(reverse, PMTST_bad_frame, .mfn = 0);
    row(reverse, PMTST_bad_frame, .mfn = port_max_mfn() + 1);
    row(reverse, PMTST_bad_frame, .mfn = 1ull << 52);
    row(reverse, PMTST_bad_frame, .mfn = ~0ull);
    row(reverse, PMTST_bad_argument, .mfn = 1, .pad0 = 1);
    AUDIT();
}

void test_reading_is_refused(void)
{
    struct pmt_translate t = { .domid = DOMID_SELF, .gpfn = 1 };
    struct pmt_reverse r = { .mfn = mfn_of(GUEST, 1) };

    as(GUEST);
    EQUAL(call_translate(&t), PMTST_denied);
    EQUAL(t.entry, 0);
    EQUAL(t.run, 0);
    EQUAL(call_reverse(&r), PMTST_denied);
    EQUAL(r.gpfn, 0);

    /* With the right, but about somebody else. */
    as(DRIVER);
    row(translate, PMTST_denied, .domid = ID(GUEST));
    row(translate, PMTST_okay, .domid = DOMID_SELF);
    AUDIT();
}
