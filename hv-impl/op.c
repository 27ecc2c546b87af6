/* SPDX-License-Identifier: MIT */
/*
 * What the handlers of pmt_op share, and the end of a group of elements.
 */
#include "op.h"

/* More pages than this apart, all of the domain is flushed. */
#define FLUSH_PAGES 512

struct op_pending {
    uint64_t first, end;                /* guest frames to flush; none: the same */
    unsigned int nr_back;
    struct loan_back back[LOAN_GROUP];
};

static struct op_pending *op_pending(struct hd_call *call)
{
    if ( !call->data )
        call->data = port_alloc(sizeof(struct op_pending));
    return call->data;
}

static void flush_range(struct domain *d, uint64_t first, uint64_t end)
{
    if ( first == end )
        return;
    if ( end - first <= FLUSH_PAGES )
        port_flush_page(d, first, end - first);
    else
        port_flush_page(d, 0, PMT_NO_GPFN);
}

void op_flush_later(struct hd_call *call, uint64_t gpfn, uint64_t nr)
{
    struct op_pending *pending = op_pending(call);

    if ( !pending )
        flush_range(call->caller, gpfn, gpfn + nr);
    else if ( pending->first == pending->end )
    {
        pending->first = gpfn;
        pending->end = gpfn + nr;
    }
    else
    {
        pending->first = gpfn < pending->first ? gpfn : pending->first;
        pending->end = gpfn + nr > pending->end ? gpfn + nr : pending->end;
    }
}

void op_end_loan(struct hd_call *call, struct loan_back *back)
{
    struct op_pending *pending;

    if ( !back->taker )
        return;
    pending = op_pending(call);
    if ( !pending )
    {
        loan_end(back, 1);
        return;
    }
    pending->back[pending->nr_back++] = *back;
    if ( pending->nr_back == LOAN_GROUP )
    {
        loan_end(pending->back, LOAN_GROUP);
        pending->nr_back = 0;
    }
}

void hv_pmt_op_end(struct hd_call *call)
{
    struct op_pending *pending = call->data;

    if ( !pending )
        return;
    PORT_POINT("op-end");
    flush_range(call->caller, pending->first, pending->end);
    if ( pending->nr_back )
        loan_end(pending->back, pending->nr_back);
    port_free(pending, sizeof(*pending));
    call->data = NULL;
}

int op_status(int rc)
{
    switch ( rc )
    {
    case 0:
        return PMTST_okay;
    case -EACCES:
    case -EPERM:
        return PMTST_denied;
    case -ESRCH:
        return PMTST_bad_domain;
    case -ENOENT:
        return PMTST_bad_frame;
    case -EBUSY:
        return PMTST_busy;
    case -ENOMEM:
    case -ENOSPC:
        return PMTST_no_memory;
    default:
        return PMTST_bad_argument;
    }
}

uint64_t op_answer(const struct domain *caller, uint64_t entry)
{
    return domain_has_pmt(caller) ? p2m_entry_answer(entry) : 0;
}

/* Nobody refers to the page but "allocated" and its entry, as far as can be seen now. */
static bool op_is_alone(uint64_t entry)
{
    unsigned int references, writers;

    port_page_counts(p2m_entry_mfn(entry), &references, &writers);
    return !HV_RULE(ALONE) || references <= 2;
}

int op_check_own(uint64_t entry)
{
    if ( p2m_is_paged(entry) )
        return PMTST_busy;
    if ( !p2m_entry_holds(entry) )
        return PMTST_bad_frame;
    if ( p2m_kind(entry) == P2M_LENT )
        return PMTST_busy;
    if ( (HV_RULE(KIND) && p2m_kind(entry) != P2M_RAM) ||
         port_page_is_special(p2m_entry_mfn(entry)) )
        return PMTST_bad_frame;
    return op_is_alone(entry) ? PMTST_okay : PMTST_busy;
}

uint64_t op_fresh_entry(uint64_t mfn, uint64_t entry)
{
    uint64_t given = entry & P2M_READ_ONLY;

    return p2m_entry_make(mfn, p2m_attributes(P2M_RAM, !given) | given);
}
