/* SPDX-License-Identifier: MIT */
/*
 * The invariants, by walking everything: who refers to each page, who is charged,
 * what TLBs hold. For a machine at rest.
 */
#include <stdlib.h>

#include "host.h"
#include "grant.h"
#include "loan.h"
#include "p2m.h"
#include "window.h"

/* Who should have references, and writable types. */
struct expected {
    uint32_t references, writers;
};

struct audit {
    struct expected *page;
    const struct domain *d;
};

static void expect(struct audit *audit, uint64_t mfn, bool reference, bool writable)
{
    const struct frame *frame = frame_of(mfn);

    if ( !frame )
    {
        violation("domain %u has something of frame %#lx, which does not exist",
                  audit->d->domain_id, (unsigned long)mfn);
        return;
    }
    audit->page[frame - host.frame].references += reference;
    audit->page[frame - host.frame].writers += writable;
}

/* ---- who refers to pages -------------------------------------------------------------- */

static int expect_entry(void *context, uint64_t gpfn, uint64_t entry)
{
    struct audit *audit = context;

    (void)gpfn;
    /* What killing had to leave is no reference. */
    if ( audit->d->is_dying && !(entry & PMTE_foreign) && p2m_entry_holds(entry) &&
         port_page_owner(p2m_entry_mfn(entry)) != audit->d )
        return 0;
    if ( p2m_entry_holds(entry) && !port_page_is_io(p2m_entry_mfn(entry)) )
        expect(context, p2m_entry_mfn(entry), true, entry & P2M_TYPED);
    return 0;
}

static void expect_held(void *context, uint64_t mfn, bool writable)
{
    expect(context, mfn, true, writable);
}

static void expect_ptes(struct audit *audit, const struct domain *d)
{
    uint64_t i, j;

    for ( i = 0; i < d->port->nr_l1; i++ )
    {
        const uint64_t *pte = d->port->l1[i] ? port_page_address(d->port->l1[i]) : NULL;

        for ( j = 0; pte && j < PAGE_SIZE / 8; j++ )
            if ( (pte[j] & MACHINE_PTE_PRESENT) && !(pte[j] & MACHINE_PTE_GRANT) )
            {
                uint64_t mfn = (pte[j] & ~(1ul << 63)) >> PAGE_SHIFT;

                expect(audit, mfn, true, (pte[j] & MACHINE_PTE_WRITABLE) && !port_page_is_special(mfn));
            }
    }
}

static void look(int rc, const char *what)
{
    if ( rc )
        violation("%s", what);
}

static void audit_domain(struct audit *audit, struct domain *d)
{
    char what[256] = "";

    audit->d = d;
    if ( !d->port->built )
        return;
    look(pmt_audit(&d->hv->pmt, expect_entry, audit) != 0, "a table is wrong by itself");
    look(hv_audit(d, what, sizeof(what)), what);
    look(grant_audit(d, expect_held, audit, what, sizeof(what)), what);
    look(loan_audit(d, expect_held, audit, what, sizeof(what)), what);
    look(window_audit(d, what, sizeof(what)), what);
    expect_ptes(audit, d);
}

/* ---- I1: as many as there are ------------------------------------------------------------- */

static void audit_frame(const struct frame *frame, const struct expected *expected)
{
    uint32_t references = frame->references & ~ALLOCATED, writers;
    uint32_t all = expected->references + !!(frame->references & ALLOCATED);
    unsigned long mfn = (unsigned long)frame_mfn(frame);

    if ( frame->state != FRAME_USED )
    {
        if ( expected->references || expected->writers )
            violation("frame %#lx is nobody's, and %u refer to it", mfn, expected->references);
        if ( frame->state == FRAME_STOLEN )
            violation("frame %#lx is lost between two owners", mfn);
        return;
    }
    if ( references != all )
        violation("frame %#lx of domain %u has %u references, and %u are found", mfn,
                  frame->owner->domain_id, references, all);
    writers = frame->type >> 24 == TYPE_WRITABLE ? frame->type & 0xffffff : 0;
    if ( writers != expected->writers )
        violation("frame %#lx of domain %u has %u writers, and %u are found", mfn,
                  frame->owner->domain_id, writers, expected->writers);
}

/* ---- I5: lists and charges -------------------------------------------------------------------- */

static uint64_t list_length(uint32_t i, const struct domain *d)
{
    uint64_t nr = 0;

    for ( ; i != NO_FRAME && nr <= host.nr_frames; i = host.frame[i].next, nr++ )
        if ( host.frame[i].owner != d )
            violation("frame %#lx is in the list of domain %u, and not its", (unsigned long)index_mfn(i),
                      d->domain_id);
    return nr;
}

static void audit_lists(const struct domain *d)
{
    const struct port_domain *p = d->port;

    if ( list_length(p->first, d) != p->nr_pages || list_length(p->first_special, d) != p->nr_special )
        violation("the lists of domain %u do not have as many pages as they say", d->domain_id);
    if ( d->tot_pages != p->nr_pages )
        violation("domain %u is charged for %lu pages, and has %lu", d->domain_id,
                  (unsigned long)d->tot_pages, (unsigned long)p->nr_pages);
    if ( d->tot_pages > d->max_pages )
        violation("domain %u has %lu pages, and may have %lu", d->domain_id,
                  (unsigned long)d->tot_pages, (unsigned long)d->max_pages);
    if ( p->nr_taken )
        violation("%lu pages of domain %u are taken, and nothing came for them",
                  (unsigned long)p->nr_taken, d->domain_id);
}

const char *machine_audit(void)
{
    struct audit audit = { calloc(host.nr_frames + MACHINE_IO_FRAMES, sizeof(struct expected)), NULL };
    struct domain *d;
    unsigned int i;
    uint64_t f;

    if ( !audit.page )
        port_unreachable(__FILE__, __LINE__);
    if ( here.locks )
        violation("%u locks are held", here.locks);
    for_each_domain(d, i)
        audit_domain(&audit, d);
    for ( f = 0; f < host.nr_frames; f++ )
        if ( host.frame[f].state != FRAME_INSIDE )
            audit_frame(&host.frame[f], &audit.page[f]);
    for_each_domain(d, i)
    {
        audit_lists(d);
        tlb_audit(d);
    }
    free(audit.page);
    if ( !machine_violation() && machine_leaks() )
        return machine_leak_text();
    return machine_violation();
}
