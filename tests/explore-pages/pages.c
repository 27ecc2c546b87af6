/* SPDX-License-Identifier: MIT */
/*
 * Pages as port-names.h describes them, each with a count of references and one of
 * writers: what gets one is a full barrier.
 */
#include "pages.h"

struct vcpu port_vcpu;

static struct domain *owner;
static uint32_t references[PAGES_MOST], writers[PAGES_MOST];

void pages_reset(struct domain *d)
{
    unsigned int i;

    owner = d;
    for ( i = 0; i < PAGES_MOST; i++ )
    {
        references[i] = 2;
        writers[i] = 0;
    }
}

bool port_mfn_valid(uint64_t mfn)
{
    return mfn < PAGES_MOST;
}

bool port_page_get(uint64_t mfn, struct domain *d)
{
    if ( d && d != owner )
        return false;
    /* H4: pairs with H1 and H3, as each port's does */
    (void)port_fetch_add(&references[mfn], 1);
    return true;
}

void port_page_put(uint64_t mfn)
{
    (void)port_fetch_add(&references[mfn], -1);
}

bool port_page_get_type(uint64_t mfn, bool writable)
{
    /* H5: pairs with H2, as each port's does */
    if ( writable )
        (void)port_fetch_add(&writers[mfn], 1);
    return true;
}

void port_page_put_type(uint64_t mfn, bool writable)
{
    if ( writable )
        (void)port_fetch_add(&writers[mfn], -1);
}

bool port_page_counts(uint64_t mfn, unsigned int *nr_references, unsigned int *nr_writers)
{
    *nr_references = port_load(&references[mfn]);
    *nr_writers = port_load(&writers[mfn]);
    return true;
}

bool port_page_is_special(uint64_t mfn)
{
    (void)mfn;
    return false;
}

bool port_page_is_io(uint64_t mfn)
{
    (void)mfn;
    return false;
}

struct domain *port_page_owner(uint64_t mfn)
{
    (void)mfn;
    return owner;
}

/* What the threads do first is explored, and not what comes after the last look. */
void port_flush_page(struct domain *d, uint64_t gpfn, uint64_t nr)
{
    (void)d;
    (void)gpfn;
    (void)nr;
}

bool port_domain_hold(struct domain *d)
{
    (void)d;
    return true;
}

void port_domain_release(struct domain *d)
{
    (void)d;
}
