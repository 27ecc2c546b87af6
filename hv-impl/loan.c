/* SPDX-License-Identifier: MIT */
/*
 * Loans: giving, taking back, letting go.
 *
 * Needs loan-table.h, where records are found. The order of locks: loans, then
 * both tables, that of the lower domain first.
 */
#include "loan-table.h"

#include "grant.h"
#include "p2m.h"

struct port_lock loan_lock;

void loan_start(void)
{
    port_lock_init(&loan_lock, HV_RANK_LOAN, 0);
}

/*
 * Somebody uses the page beside "allocated", its own entry, and so many others. A
 * PV domain's own mappings count like anybody's: of its pages grants alone say it.
 */
static bool page_in_use(const struct domain *owner, uint64_t mfn,
                        unsigned int others)
{
    unsigned int references, writers;

    if ( is_pv_domain(owner) )
        return grant_page_in_use(mfn);
    port_page_counts(mfn, &references, &writers);
    return references > 2 + others;
}

static uint64_t with_kind(uint64_t entry, enum p2m_kind kind)
{
    return (entry & ~P2M_KIND_MASK) | (uint64_t)kind << P2M_KIND_SHIFT;
}

/*
 * The taker's entry is a reference, and the record is one, with a writable type if
 * the taker may write: as a grant that is mapped.
 */
static int page_hold(uint64_t mfn, struct domain *owner, bool writable)
{
    if ( !port_page_get(mfn, owner) )
        return -ENOENT;
    if ( !writable || port_page_get_type(mfn, true) )
    {
        if ( port_page_get(mfn, owner) )
            return 0;
        if ( writable )
            port_page_put_type(mfn, true);
    }
    port_page_put(mfn);
    return -EBUSY;
}

static void page_let_go(uint64_t entry)
{
    p2m_put_page(p2m_entry_mfn(entry), !(entry & P2M_READ_ONLY));
    p2m_drop(entry);
}

/* ---- giving ------------------------------------------------------------------------- */

/* Whether the page at gpfn can be lent like that. */
static int give_check(const struct domain *lender, uint64_t entry,
                      bool writable)
{
    if ( p2m_is_paged(entry) )
        return -EBUSY;
    if ( !p2m_entry_holds(entry) || p2m_kind(entry) != P2M_RAM ||
         port_page_is_special(p2m_entry_mfn(entry)) )
        return -ENOENT;
    if ( !(entry & PMTE_present) || (writable && !(entry & PMTE_writable)) )
        return -EACCES;
    return page_in_use(lender, p2m_entry_mfn(entry), 0) ? -EBUSY : 0;
}

/* With all three locks. */
static int give_locked(struct domain *lender, struct domain *taker,
                       struct loan *loan)
{
    struct pmt *from = &lender->hv->pmt;
    uint64_t entry = pmt_lookup(from, loan->gpfn), mfn = p2m_entry_mfn(entry);
    uint64_t attributes = p2m_attributes(P2M_LOAN, loan->writable) |
                          (loan->writable ? 0 : P2M_READ_ONLY);
    int rc;

    if ( HV_RULE(DYING) && taker->is_dying )
        return -ESRCH;
    if ( HV_RULE(WIDTH) && !p2m_can_address(taker, mfn) )
        return -ENOENT;
    if ( HV_RULE(QUOTA) && lender->hv->loans->nr_given >= LOAN_MOST )
        return -ENOMEM;
    rc = give_check(lender, entry, loan->writable);
    if ( !rc )
        rc = p2m_prepare_locked(taker, loan->dest);
    if ( !rc )
        rc = pmt_prepare_locked(from, loan->gpfn, 1);
    if ( !rc )
        rc = page_hold(mfn, lender, loan->writable);
    if ( rc )
        return rc == -EINVAL ? -ENOENT : rc;

    loan->mfn = mfn;
    pmt_set_locked(from, loan->gpfn, with_kind(entry, P2M_LENT));
    p2m_set_prepared(taker, loan->dest, p2m_entry_make(mfn, attributes));
    return 0;
}

int loan_give(struct domain *lender, uint64_t gpfn, struct domain *taker,
              uint64_t dest, bool writable, uint64_t *number)
{
    struct loan *loan;
    int rc;

    if ( HV_RULE(WIDTH) && (lender->page_shift != taker->page_shift ||
                            !p2m_gfn_valid(lender, gpfn) ||
                            !p2m_gfn_valid(taker, dest)) )
        return -ENOENT;
    loan = port_alloc(sizeof(*loan));
    if ( !loan )
        return -ENOMEM;
    loan->lender = lender;
    loan->taker = taker;
    loan->gpfn = gpfn;
    loan->dest = dest;
    loan->writable = writable;

    PORT_POINT("loan-give");
    port_lock(&loan_lock);
    pmt_lock_pair(&lender->hv->pmt, &taker->hv->pmt);
    /* Whose death has been seen to gives nothing more. */
    rc = HV_RULE(DYING) && lender->is_dying ? -ESRCH : give_locked(lender, taker, loan);
    pmt_unlock_pair(&lender->hv->pmt, &taker->hv->pmt);
    if ( !rc )
    {
        loan_insert(loan);
        *number = loan->number;
    }
    port_unlock(&loan_lock);
    if ( rc )
        port_free(loan, sizeof(*loan));
    return rc;
}

/* ---- it ends ------------------------------------------------------------------------- */

/*
 * Out of the taker's table; the lender's page is as any other again, if there is
 * a lender. What the entry holds is the caller's to let go.
 */
static int end_locked(struct loan *loan, uint64_t *old, bool even_in_use)
{
    struct domain *lender = loan->lender, *taker = loan->taker;
    struct pmt *to = &taker->hv->pmt, *from;
    uint64_t entry;
    int rc = p2m_remove_locked(taker, loan->dest, loan->mfn, old);

    if ( rc )
        return rc;
    /* H3: pairs with H4; who looks from now on finds nothing, who has found it has a reference */
    port_fence();
    PORT_POINT("loan-removed");
    if ( !even_in_use && page_in_use(lender, loan->mfn, 2) )
    {
        pmt_set_locked(to, loan->dest, *old);
        return -EBUSY;
    }
    if ( !lender )
        return 0;
    from = &lender->hv->pmt;
    entry = pmt_lookup(from, loan->gpfn);
    if ( p2m_kind(entry) == P2M_LENT && p2m_entry_mfn(entry) == loan->mfn )
        pmt_set_locked(from, loan->gpfn, with_kind(entry, P2M_RAM));
    return 0;
}

/* The same, with the tables' locks; both tables are prepared. */
static int loan_end_both(struct loan *loan, uint64_t *old, bool even_in_use)
{
    struct pmt *to = &loan->taker->hv->pmt;
    struct pmt *from = loan->lender ? &loan->lender->hv->pmt : to;
    int rc;

    pmt_lock_pair(from, to);
    /* Both have leaves there already, as kinds do. */
    rc = pmt_prepare_locked(to, loan->dest, 1);
    if ( !rc && loan->lender )
        rc = pmt_prepare_locked(from, loan->gpfn, 1);
    if ( !rc )
        rc = end_locked(loan, old, even_in_use);
    pmt_unlock_pair(from, to);
    return rc;
}

/* Out of the taker's table; he is held until the flush. */
static int take_back_locked(struct loan *loan, struct loan_back *back)
{
    struct domain *taker = loan->taker;
    int rc;

    if ( !taker )
        return 0;                       /* he has died, and it has ended */
    if ( !port_domain_hold(taker) )
        return -EBUSY;
    rc = loan_end_both(loan, &back->entry, false);
    back->gpfn = loan->dest;
    if ( !rc )
        back->taker = taker;
    else
        port_domain_release(taker);
    return rc;
}

int loan_take_back(struct domain *lender, uint64_t number,
                   struct loan_back *back)
{
    struct loan *loan;
    int rc = -ENOENT;

    back->taker = NULL;
    port_lock(&loan_lock);
    loan = loan_find(lender, number);
    if ( loan )
        rc = take_back_locked(loan, back);
    if ( !rc )
        loan_remove(loan);
    port_unlock(&loan_lock);
    if ( !rc )
        port_free(loan, sizeof(*loan));
    return rc;
}

void loan_end(struct loan_back back[], unsigned int nr)
{
    unsigned int i, j;
    uint64_t low, high;

    PORT_POINT("loan-before-flush");
    for ( i = 0; i < nr; i = j )
    {
        low = high = back[i].gpfn;
        for ( j = i + 1; j < nr && back[j].taker == back[i].taker; j++ )
        {
            low = back[j].gpfn < low ? back[j].gpfn : low;
            high = back[j].gpfn > high ? back[j].gpfn : high;
        }
        if ( high - low < LOAN_GROUP )
            port_flush_page(back[i].taker, low, high - low + 1);
        else
            port_flush_page(back[i].taker, 0, PMT_NO_GPFN);
    }
    for ( i = 0; i < nr; i++ )
    {
        page_let_go(back[i].entry);
        port_domain_release(back[i].taker);
        back[i].taker = NULL;
    }
}

int loan_let_go(struct domain *taker, uint64_t frame)
{
    uint64_t old = 0;
    struct loan *loan;
    int rc = -ENOENT;

    port_lock(&loan_lock);
    loan = loan_find_taken(taker, frame);
    if ( loan )
        rc = loan->lender ? -EBUSY : loan_end_both(loan, &old, true);
    if ( !rc )
        loan_remove(loan);
    port_unlock(&loan_lock);
    if ( rc )
        return rc;
    port_flush_page(taker, loan->dest, 1);
    page_let_go(old);
    port_free(loan, sizeof(*loan));
    return 0;
}

/* ---- death ---------------------------------------------------------------------------- */

/*
 * What it has taken: the lender has it back, and asks when he likes. Nobody runs
 * in a dying domain, so it need not be in use for long.
 */
static int kill_taken(struct domain *d)
{
    uint64_t old = 0, dest;
    struct loan *loan;
    bool orphan;

    port_lock(&loan_lock);
    loan = loan_first_taken(d);
    if ( !loan )
    {
        port_unlock(&loan_lock);
        return 0;
    }
    if ( loan_end_both(loan, &old, true) )
        old = 0;
    /* From here on a lender that lives may end the record at any time. */
    dest = loan->dest;
    orphan = !loan->lender;
    loan_remove_taken(loan);
    port_unlock(&loan_lock);
    PORT_POINT("loan-not-taken");

    if ( old )
    {
        port_flush_page(d, HV_BUG(RECORD) ? loan->dest : dest, 1);
        page_let_go(old);
    }
    if ( orphan )
        port_free(loan, sizeof(*loan));
    return 1;
}

/* What it has given: the record is the taker's, until he lets go. */
static int kill_given(struct domain *d)
{
    struct loan *loan;
    bool ended;

    port_lock(&loan_lock);
    loan = loan_first_given(d);
    if ( !loan )
    {
        port_unlock(&loan_lock);
        return 0;
    }
    ended = !loan->taker;
    loan_remove_given(loan);
    port_unlock(&loan_lock);
    if ( ended )
        port_free(loan, sizeof(*loan));
    return 1;
}

int loan_kill(struct domain *d)
{
    unsigned int done = 0;

    if ( !d->hv->loans )
        return 0;
    while ( kill_taken(d) || kill_given(d) )
        if ( HV_RULE(STEP) && !(++done % LOAN_GROUP) && hypercall_preempt_check() )
            return -ERESTART;
    return 0;
}
