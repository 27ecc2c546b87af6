/* SPDX-License-Identifier: MIT */
/* copy, within dom0: by frame and by reference. Other domains: check-paused.c. */
#include "guest.h"

#define OWN_DOMAIN 0
#define REF FIRST_REF

static uint64_t *from, *to;

static struct gnttab_copy by_frame(uint16_t length)
{
    return (struct gnttab_copy){
        .source = { .u.gmfn = mfn_of(from), .domid = DOMID_SELF },
        .dest = { .u.gmfn = mfn_of(to), .domid = DOMID_SELF },
        .len = length,
    };
}

static void frames(void)
{
    struct gnttab_copy copy = by_frame(16);

    from[0] = 0x11;
    from[1] = 0x22;
    from[2] = 0x33;
    succeeds(hc_grant_table_copy, "3.1 copy", "from frame to frame",
             grant_copy(&copy), EQ, GNTST_okay);
    shows(hc_grant_table_copy, "3.1 copy", "all of it", to[1], EQ, 0x22);
    shows(hc_grant_table_copy, "3.1 copy", "and no more", to[2], EQ, 0);

    copy.dest.offset = PAGE_SIZE - 15;
    fails(hc_grant_table_copy, "9.4 offset+len > PAGE_SIZE", "beyond the page",
          grant_copy(&copy), EQ, GNTST_bad_copy_arg);
    copy = by_frame(16);
    copy.source.domid = OWN_DOMAIN;
    fails(hc_grant_table_copy, "9.4 gmfn with domid != SELF", "a frame, and a domain's number",
          grant_copy(&copy), EQ, GNTST_permission_denied);
    copy.source.domid = NO_DOMAIN;
    fails(hc_grant_table_copy, "9.4 unknown domain", "a frame of no domain",
          grant_copy(&copy), EQ, GNTST_bad_domain);
    copy = by_frame(16);
    copy.dest.u.gmfn = 0x7ffffff0;
    fails(hc_grant_table_copy, "9.4 gmfn bad", "no such frame",
          grant_copy(&copy), EQ, GNTST_bad_page);
}

static void references(void)
{
    struct gnttab_copy copy = by_frame(8);

    copy.source = (struct gnttab_copy_ptr){ .u.ref = REF, .domid = OWN_DOMAIN, .offset = 16 };
    copy.flags = GNTCOPY_source_gref;
    grant_give(REF, OWN_DOMAIN, mfn_of(from), GTF_permit_access | GTF_readonly);
    succeeds(hc_grant_table_copy, "3.1 copy", "from a reference",
             grant_copy(&copy), EQ, GNTST_okay);
    shows(hc_grant_table_copy, "3.1 copy", "from its offset", to[0], EQ, 0x33);
    shows(hc_grant_table_copy, "3.1 copy", "and the entry is free again",
          grants[REF].flags, EQ, GTF_permit_access | GTF_readonly);

    copy.source.u.ref = 100000;
    fails(hc_grant_table_copy, "9.4 ref out of range", "beyond the table",
          grant_copy(&copy), EQ, GNTST_bad_gntref);
    copy.source.domid = NO_DOMAIN;
    fails(hc_grant_table_copy, "9.4 unknown domain", "of no domain",
          grant_copy(&copy), EQ, GNTST_bad_domain);

    copy = by_frame(8);
    copy.dest = (struct gnttab_copy_ptr){ .u.ref = REF, .domid = OWN_DOMAIN };
    copy.flags = GNTCOPY_dest_gref;
    fails(hc_grant_table_copy, "9.4 read-only dest", "into what may be read",
          grant_copy(&copy), EQ, GNTST_general_error);
    grant_take_back(REF);
}

/* Xen 4.17 looks at the arguments of an empty copy, later versions do not. */
static void nothing(void)
{
    struct gnttab_copy copy = by_frame(0);

    succeeds(hc_grant_table_copy, "9.4 len 0", "of nothing", grant_copy(&copy), EQ, GNTST_okay);
    copy.source.domid = OWN_DOMAIN;
    fails(hc_grant_table_copy, "9.4 len 0", "of nothing, with bad arguments",
          grant_copy(&copy), EQ, GNTST_permission_denied);
}

static void batch(void)
{
    struct gnttab_copy copy[3] = { by_frame(8), by_frame(8), by_frame(8) };

    copy[1].source.domid = OWN_DOMAIN;
    copy[2].dest.offset = 64;
    succeeds(hc_grant_table_copy, "9.4 later elements run", "a batch with a bad element",
             hc_grant_table_copy(copy, 3), EQ, 0);
    shows(hc_grant_table_copy, "9.4 later elements run", "bad",
          copy[1].status, EQ, GNTST_permission_denied);
    shows(hc_grant_table_copy, "9.4 later elements run", "last",
          copy[2].status, EQ, GNTST_okay);
    shows(hc_grant_table_copy, "9.4 later elements run", "is done", to[8], EQ, 0x11);
}

void check_grant_copy(void)
{
    from = page_take();
    to = page_take();
    frames();
    references();
    nothing();
    batch();
}
