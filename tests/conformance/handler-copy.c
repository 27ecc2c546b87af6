/* SPDX-License-Identifier: MIT */
/* The rows of handler-grant.def from transfer on. */
#include "handler-rows.h"

static long had;

static long give(uint64_t frame, domid_t to, grant_ref_t ref)
{
    struct gnttab_transfer op = { .mfn = frame, .domid = to, .ref = ref, .status = 1 };
    long rc;

    had = pages_of(g);
    as(g);
    rc = hc_grant_table_transfer(&op, 1);
    return rc ? rc : op.status;
}

static long went(void)
{
    return had - pages_of(g);
}

static uint64_t page(void)
{
    accept(x, FIRST_REF, g, FREE_GFN);
    return frame_at(g, DATA);
}

long row_transfer_off(void)
{
    begin_with(&(struct scene){ .no_transfer = true });
    return give(page(), X_ID, FIRST_REF);
}

long row_transfer_off_keeps(void)
{
    row_transfer_off();
    return went();
}

long row_transfer_no_frame(void)
{
    page();
    return give(0x7fffffff, X_ID, FIRST_REF);
}

long row_transfer_of_another(void)
{
    page();
    return give(mfn_at(m, DATA), X_ID, FIRST_REF);
}

long row_transfer_mapped(void)
{
    mapped(FIRST_REF, GNTMAP_host_map);
    return give(page(), X_ID, FIRST_REF);
}

long row_transfer_special(void)
{
    page();
    return give(g->hv->shared_info, X_ID, FIRST_REF);
}

long row_transfer_keeps(void)
{
    long all = 0;

    row_transfer_no_frame();
    all += went();
    row_transfer_of_another();
    all += went();
    row_transfer_special();
    all += went();
    row_transfer_mapped();
    return all + went();
}

long row_transfer_unknown(void)
{
    return give(page(), NOBODY, FIRST_REF);
}

long row_transfer_unknown_lost(void)
{
    row_transfer_unknown();
    return went();
}

long row_transfer_denied(void)
{
    machine_plan.denied = "grant_transfer";
    return give(page(), X_ID, FIRST_REF);
}

long row_transfer_denied_lost(void)
{
    row_transfer_denied();
    return went();
}

long row_transfer_to_lender(void)
{
    grant(x, FIRST_REF, g, DATA, 0);
    return give(frame_at(g, DATA), X_ID, FIRST_REF);
}

long row_transfer_to_lender_lost(void)
{
    row_transfer_to_lender();
    return went();
}

long row_transfer_to_full(void)
{
    x->max_pages = x->tot_pages;
    return give(page(), X_ID, FIRST_REF);
}

long row_transfer_from_third(void)
{
    accept(x, FIRST_REF, m, FREE_GFN);
    return give(frame_at(g, DATA), X_ID, FIRST_REF);
}

/* X reaches less than any page has. */
long row_transfer_too_high(void)
{
    x->address_bits = PAGE_SHIFT + 1;
    return give(page(), X_ID, FIRST_REF);
}

long row_transfer_too_high_lost(void)
{
    row_transfer_too_high();
    return went();
}

long row_transfer_one(void)
{
    if ( give(page(), X_ID, FIRST_REF) )
        return -1;
    return went();
}

long row_transfer_one_came(void)
{
    long before = pages_of(x);

    give(page(), X_ID, FIRST_REF);
    return pages_of(x) - before;
}

static unsigned int refs_of(struct domain *d)
{
    return grant_nr_frames(d, false) * PAGE_SIZE / sizeof(struct grant_entry_v1);
}

long row_transfer_beyond(void)
{
    return give(page(), X_ID, refs_of(x));
}

/* ---- copy ---------------------------------------------------------------------------- */

long row_copy_nothing(void)
{
    return copy(m, OWN(m, DATA, 0), OWN(m, DATA + 1, 0), 0);
}

static struct side of_frame(domid_t domid)
{
    return (struct side){ false, domid, frame_at(g, DATA), 0 };
}

long row_copy_nothing_bad(void)
{
    return copy(m, of_frame(G_ID), OWN(m, DATA, 0), 0);
}

long row_copy_frame_of_another(void)
{
    return copy(m, of_frame(G_ID), OWN(m, DATA, 0), 64);
}

long row_copy_frame_of_nobody(void)
{
    return copy(m, of_frame(NOBODY), OWN(m, DATA, 0), 64);
}

long row_copy_unknown(void)
{
    return copy(m, (struct side){ true, NOBODY, FIRST_REF, 0 }, OWN(m, DATA, 0), 64);
}

long row_copy_beyond(void)
{
    return copy(m, BY_REF(g, refs_of(g), 0), OWN(m, DATA, 0), 64);
}

long row_copy_into_readonly(void)
{
    grant(g, FIRST_REF, m, DATA, GTF_readonly);
    return copy(m, OWN(m, DATA, 0), BY_REF(g, FIRST_REF, 0), 64);
}

long row_copy_across(void)
{
    grant(g, FIRST_REF, m, DATA, 0);
    return copy(m, BY_REF(g, FIRST_REF, PAGE_SIZE - 63), OWN(m, DATA, 0), 64);
}

static long copy_part(unsigned int len)
{
    set_version(g, 2);
    part(g, FIRST_REF, m, DATA, 128, 64);
    return copy(m, BY_REF(g, FIRST_REF, 128), OWN(m, DATA, 0), len);
}

long row_copy_outside(void)
{
    return copy_part(65);
}

long row_copy_inside(void)
{
    return copy_part(64);
}

long row_copy_absent(void)
{
    return copy(m, (struct side){ false, DOMID_SELF, 0x7fffffff, 0 }, OWN(m, DATA, 0), 64);
}

/* Between G's page, by a grant, and M's own; one of the two is paged out. */
static long copy_paged(struct domain **d, bool to_grant)
{
    begin_with(&(struct scene){ .pager = true });
    grant(g, FIRST_REF, m, DATA, 0);
    page_out(*d, DATA, true);
    return to_grant ? copy(m, OWN(m, DATA, 0), BY_REF(g, FIRST_REF, 0), 64)
                    : copy(m, BY_REF(g, FIRST_REF, 0), OWN(m, DATA, 0), 64);
}

long row_copy_from_paged(void)
{
    return copy_paged(&g, false);
}

long row_copy_to_paged(void)
{
    return copy_paged(&g, true);
}

long row_copy_from_own_paged(void)
{
    return copy_paged(&m, true);
}

long row_copy_to_own_paged(void)
{
    return copy_paged(&m, false);
}

long row_copy_lets_go(void)
{
    struct gnttab_copy two[2];

    grant(g, FIRST_REF, m, DATA, 0);
    two[0] = copy_of(BY_REF(g, FIRST_REF, 0), OWN(m, DATA, 0), 64);
    two[1] = copy_of(BY_REF(g, FIRST_REF, 0), OWN(m, DATA, PAGE_SIZE - 1), 64);
    as(m);
    if ( hc_grant_table_copy(two, 2) || two[0].status || !two[1].status )
        return -1;
    return flags_of(g, FIRST_REF);
}

/* ---- versions, swap --------------------------------------------------------------------- */

long row_version_limit(void)
{
    begin_with(&(struct scene){ .version_max = 1 });
    return set_version(g, 2);
}

long row_version_busy(void)
{
    mapped(FIRST_REF, GNTMAP_host_map);
    return set_version(g, 2);
}

long row_version_same(void)
{
    return set_version(g, 1);
}

long row_swap_beyond(void)
{
    return swap_refs(g, FIRST_REF, refs_of(g));
}

long row_swap_in_use(void)
{
    mapped(FIRST_REF, GNTMAP_host_map);
    return swap_refs(g, FIRST_REF + 1, FIRST_REF);
}

long row_swap_same(void)
{
    return swap_refs(g, FIRST_REF, FIRST_REF);
}
