/* SPDX-License-Identifier: MIT */
/*
 * Pages for a domain, before they are its own.
 *
 * Needs memory.h. Gives what the flags of a reservation ask for, allocation that
 * leaves alone what is claimed for others, and claims.
 */
#include "memory.h"

/* Nodes that can be named at all; this machine has one of them, 0. */
#define NODES 64
#define NO_NODE 0xffu

/* Claims of all domains, in granules; with each hv->claimed. No domain's lock. */
static uint64_t claimed_all;
static struct port_lock claim_lock;

void memory_start(void)
{
    /* Above every domain's own of this rank. */
    port_lock_init(&claim_lock, HV_RANK_DOMAIN, 0xffff);
    claimed_all = 0;
}

/* ---- what is asked for ------------------------------------------------------------ */

/* A virtual node is the domain's; where it has none, or none of that number, no. */
static int want_virtual_node(struct domain *d, unsigned int *node)
{
    int rc = 0;

    port_lock(&d->hv->lock);
    if ( d->hv->vnuma && *node >= d->hv->vnuma->nr_nodes )
        rc = -EINVAL;
    port_unlock(&d->hv->lock);
    /* All of them are on the machine's only one. */
    *node = NO_NODE;
    return rc;
}

static int want_node(const struct hd_call *call, struct domain *d,
                     unsigned int flags, struct memory_want *want)
{
    unsigned int node = XENMEMF_get_node(flags);

    if ( flags & XENMEMF_vnode )
        return want_virtual_node(d, &node);
    if ( node == NO_NODE )
        return 0;
    if ( !call->caller->is_privileged && !call->caller->is_hardware )
        return flags & XENMEMF_exact_node_request ? -EINVAL : 0;
    if ( node >= NODES )
        return -EINVAL;
    want->nowhere = node && (flags & XENMEMF_exact_node_request);
    return 0;
}

int memory_want(const struct hd_call *call, struct domain *d,
                unsigned int mem_flags, struct memory_want *want)
{
    unsigned int bits = XENMEMF_get_address_bits(mem_flags);

    want->nowhere = want->instead = false;
    if ( HV_RULE(WIDTH) && bits && bits <= PMT_GRANULE_SHIFT )
        return -EINVAL;
    if ( d->address_bits && (!bits || bits > d->address_bits) )
        bits = d->address_bits;
    want->address_bits = bits < 64 ? bits : 0;
    return want_node(call, d, mem_flags, want);
}

/* ---- pages --------------------------------------------------------------------------- */

/* Of what is free, what others have not claimed; a claim is used up as it is taken. */
static int claim_take(struct domain *d, uint64_t granules, uint64_t *used)
{
    uint64_t own, others, free;
    int rc = 0;

    port_lock(&claim_lock);
    own = d->hv->claimed;
    others = claimed_all - own;
    free = port_free_pages();
    if ( free < others || granules > free - others )
        rc = -ENOMEM;
    else
    {
        *used = own < granules ? own : granules;
        d->hv->claimed -= *used;
        claimed_all -= *used;
    }
    port_unlock(&claim_lock);
    return rc;
}

/* There was none after all. */
static void claim_give_back(struct domain *d, uint64_t used)
{
    port_lock(&claim_lock);
    if ( !d->is_dying )
    {
        d->hv->claimed += used;
        claimed_all += used;
    }
    port_unlock(&claim_lock);
}

int memory_alloc(struct domain *d, unsigned int order,
                 const struct memory_want *want, uint64_t *mfn)
{
    unsigned int all = order + p2m_page_order(d);
    uint64_t nr = UINT64_C(1) << order, has = port_load(&d->tot_pages);
    uint64_t used = 0;
    int rc;

    /* A look before; whoever is first gets the last page when it is assigned. */
    if ( !want->instead && (has >= d->max_pages || nr > d->max_pages - has) )
        return -ENOSPC;
    if ( want->nowhere || claim_take(d, UINT64_C(1) << all, &used) )
        return -ENOMEM;
    rc = port_page_alloc_loose(d, all, want->address_bits, mfn);
    if ( rc && used )
        claim_give_back(d, used);
    return rc;
}

void memory_free(struct domain *d, uint64_t mfn, uint64_t nr)
{
    uint64_t i;

    for ( i = 0; i < nr; i++ )
        port_page_free(mfn + memory_granules(d, i));
}

/* ---- claims ---------------------------------------------------------------------------- */

/* What a domain has counts for its claim: the rest is kept back. */
static int claim_set(struct domain *d, uint64_t pages)
{
    uint64_t used = port_load(&d->tot_pages), more, free = port_free_pages();

    if ( !pages )
    {
        claimed_all -= d->hv->claimed;
        d->hv->claimed = 0;
        return 0;
    }
    if ( d->hv->claimed || pages <= used || pages > d->max_pages )
        return -EINVAL;
    more = memory_granules(d, pages - used);
    if ( free < claimed_all || more > free - claimed_all )
        return -ENOMEM;
    d->hv->claimed = more;
    claimed_all += more;
    return 0;
}

void memory_claim_end(struct domain *d)
{
    port_lock(&claim_lock);
    claim_set(d, 0);
    port_unlock(&claim_lock);
}

uint64_t memory_claimed(void)
{
    uint64_t all;

    port_lock(&claim_lock);
    all = claimed_all;
    port_unlock(&claim_lock);
    return all;
}

long hv_memory_claim_pages(struct hd_call *call,
                           struct xen_memory_reservation *op,
                           struct domain *domid)
{
    int rc;

    (void)call;
    port_lock(&claim_lock);
    rc = HV_RULE(DYING) && domid->is_dying ? -EINVAL
                                          : claim_set(domid, op->nr_extents);
    port_unlock(&claim_lock);
    return rc;
}
