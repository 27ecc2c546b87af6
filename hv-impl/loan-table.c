/* SPDX-License-Identifier: MIT */
/*
 * The records of loans, and their audit.
 */
#include "loan-table.h"

#include "p2m.h"

int loan_table_create(struct domain *d)
{
    d->hv->loans = port_alloc(sizeof(struct loan_table));
    return d->hv->loans ? 0 : -ENOMEM;
}

void loan_table_destroy(struct domain *d)
{
    if ( !d->hv->loans )
        return;
    port_free(d->hv->loans, sizeof(struct loan_table));
    d->hv->loans = NULL;
}

/* The frame by which a taker names it in calls; a page is lent to one at a time. */
static uint64_t taken_as(const struct loan *loan)
{
    return is_pv_domain(loan->taker) ? loan->mfn : loan->dest;
}

static struct loan **taken_bucket(const struct loan *loan)
{
    return &loan->taker->hv->loans->taken[taken_as(loan) % LOAN_BUCKETS];
}

void loan_insert(struct loan *loan)
{
    struct loan_table *given = loan->lender->hv->loans;
    struct loan_table *taken = loan->taker->hv->loans;
    struct loan **bucket;

    loan->number = ++given->last;
    bucket = &given->given[loan->number % LOAN_BUCKETS];
    loan->next_given = *bucket;
    *bucket = loan;
    given->nr_given++;

    bucket = taken_bucket(loan);
    loan->next_taken = *bucket;
    *bucket = loan;
    taken->nr_taken++;
}

void loan_remove_given(struct loan *loan)
{
    struct loan_table *table = loan->lender->hv->loans;
    struct loan **at = &table->given[loan->number % LOAN_BUCKETS];

    while ( *at != loan )
        at = &(*at)->next_given;
    *at = loan->next_given;
    table->nr_given--;
    loan->lender = NULL;
}

void loan_remove_taken(struct loan *loan)
{
    struct loan_table *table = loan->taker->hv->loans;
    struct loan **at = taken_bucket(loan);

    while ( *at != loan )
        at = &(*at)->next_taken;
    *at = loan->next_taken;
    table->nr_taken--;
    loan->taker = NULL;
}

void loan_remove(struct loan *loan)
{
    if ( loan->lender )
        loan_remove_given(loan);
    if ( loan->taker )
        loan_remove_taken(loan);
}

struct loan *loan_find(const struct domain *lender, uint64_t number)
{
    struct loan *loan = lender->hv->loans->given[number % LOAN_BUCKETS];

    while ( loan && loan->number != number )
        loan = loan->next_given;
    return loan;
}

struct loan *loan_find_taken(const struct domain *taker, uint64_t frame)
{
    struct loan *loan = taker->hv->loans->taken[frame % LOAN_BUCKETS];

    while ( loan && taken_as(loan) != frame )
        loan = loan->next_taken;
    return loan;
}

struct loan *loan_first_given(const struct domain *d)
{
    struct loan *first = NULL;
    unsigned int i;

    for ( i = 0; !first && i < LOAN_BUCKETS; i++ )
        first = d->hv->loans->given[i];
    return first;
}

struct loan *loan_first_taken(const struct domain *d)
{
    struct loan *first = NULL;
    unsigned int i;

    for ( i = 0; !first && i < LOAN_BUCKETS; i++ )
        first = d->hv->loans->taken[i];
    return first;
}

unsigned int loan_count(const struct domain *d, unsigned int *taken)
{
    const struct loan_table *table = d->hv->loans;

    if ( taken )
        *taken = table ? table->nr_taken : 0;
    return table ? table->nr_given : 0;
}

/* ---- audit -------------------------------------------------------------------------- */

static const char *audit_given(const struct domain *d, const struct loan *loan)
{
    uint64_t entry = pmt_lookup(&d->hv->pmt, loan->gpfn);

    if ( loan->lender != d )
        return "a loan is in the table of another lender";
    if ( !loan->taker )
        return NULL;
    if ( p2m_kind(entry) != P2M_LENT || p2m_entry_mfn(entry) != loan->mfn )
        return "what is lent is not marked in the lender's table";
    return NULL;
}

static const char *audit_taken(const struct domain *d, const struct loan *loan)
{
    uint64_t entry = pmt_lookup(&d->hv->pmt, loan->dest);

    if ( loan->taker != d )
        return "a loan is in the table of another taker";
    if ( p2m_kind(entry) != P2M_LOAN || p2m_entry_mfn(entry) != loan->mfn )
        return "what was lent is not at the taker's frame";
    if ( loan->writable == !!(entry & P2M_READ_ONLY) )
        return "a loan's rights are not those it was given with";
    return NULL;
}

static const char *audit_all(const struct domain *d,
                             void (*holds)(void *, uint64_t, bool),
                             void *context)
{
    const struct loan_table *table = d->hv->loans;
    unsigned int i, given = 0, taken = 0;
    const struct loan *loan;
    const char *wrong = NULL;

    for ( i = 0; !wrong && i < LOAN_BUCKETS; i++ )
    {
        for ( loan = table->given[i]; !wrong && loan; loan = loan->next_given, given++ )
            wrong = audit_given(d, loan);
        for ( loan = table->taken[i]; !wrong && loan; loan = loan->next_taken, taken++ )
        {
            wrong = audit_taken(d, loan);
            if ( !wrong && holds )
                holds(context, loan->mfn, loan->writable);
        }
    }
    if ( !wrong && (given != table->nr_given || taken != table->nr_taken) )
        wrong = "loans are counted wrongly";
    return wrong;
}

int loan_audit(struct domain *d,
               void (*holds)(void *context, uint64_t mfn, bool writable),
               void *context, char *what, size_t size)
{
    return hv_says(d->hv->loans ? audit_all(d, holds, context) : NULL, what, size);
}
