/* SPDX-License-Identifier: MIT */
/*
 * exchange: a PV domain's frames for others.
 *
 * Needs memory.h. One step is the larger of the two extents. What the caller says is
 * read first; then new frames are allocated, the old ones taken, and the new ones
 * made the domain's. Where anything fails the new ones are free again, and the old
 * ones are where they were.
 */
#include "memory.h"

/* What an extent needs to be known by. */
struct exchange_frame {
    uint64_t mfn, gfn, entry;           /* entry: of an old one, for its rights */
};

struct exchange {
    struct domain *d;
    unsigned int in_order, out_order;
    uint64_t nr_pages, nr_in, nr_out;   /* of this step: extents */
    uint64_t first_in, first_out;
    uint64_t nr_taken, nr_new;
    struct exchange_frame *old;         /* nr_pages, taken; mfn as asked for before */
    struct exchange_frame *new;         /* nr_out, the first of each */
};

/* The step that place is in. */
static void exchange_step(struct exchange *x, struct domain *d,
                          const struct xen_memory_exchange *op,
                          unsigned long place)
{
    unsigned int larger;

    *x = (struct exchange){ .d = d, .in_order = op->in.extent_order,
                            .out_order = op->out.extent_order };
    larger = x->in_order > x->out_order ? x->in_order : x->out_order;
    x->nr_pages = UINT64_C(1) << larger;
    x->nr_in = UINT64_C(1) << (larger - x->in_order);
    x->nr_out = UINT64_C(1) << (larger - x->out_order);
    x->first_in = place;
    x->first_out = (place >> (larger - x->in_order)) << (larger - x->out_order);
}

static int exchange_begin(struct exchange *x)
{
    x->old = port_alloc(x->nr_pages * sizeof(*x->old));
    x->new = port_alloc(x->nr_out * sizeof(*x->new));
    return x->old && x->new ? 0 : -ENOMEM;
}

static void exchange_end(struct exchange *x)
{
    if ( x->old )
        port_free(x->old, x->nr_pages * sizeof(*x->old));
    if ( x->new )
        port_free(x->new, x->nr_out * sizeof(*x->new));
}

static int exchange_read(struct exchange *x, const struct hd_call *call,
                         const struct xen_memory_exchange *op)
{
    uint64_t i, j, pages = UINT64_C(1) << x->in_order;
    xen_pfn_t frame;

    for ( i = 0; i < x->nr_in; i++ )
    {
        if ( hd_memory_exchange_get_in_extent_start(call, op, x->first_in + i,
                                                    &frame) )
            return -EFAULT;
        for ( j = 0; j < pages; j++ )
            x->old[i * pages + j].mfn = frame + j;
    }
    for ( i = 0; i < x->nr_out; i++ )
    {
        if ( hd_memory_exchange_get_out_extent_start(call, op, x->first_out + i,
                                                     &frame) )
            return -EFAULT;
        x->new[i].gfn = frame;
        if ( !p2m_gfn_valid(x->d, frame) ||
             !p2m_gfn_valid(x->d, frame + (UINT64_C(1) << x->out_order) - 1) )
            return -EINVAL;
    }
    return 0;
}

static int exchange_alloc(struct exchange *x, struct memory_want *want)
{
    want->instead = true;
    for ( ; x->nr_new < x->nr_out; x->nr_new++ )
        if ( memory_alloc(x->d, x->out_order, want, &x->new[x->nr_new].mfn) )
            return -ENOMEM;
    return 0;
}

static int exchange_take(struct exchange *x)
{
    struct exchange_frame *old;
    int rc;

    for ( ; x->nr_taken < x->nr_pages; x->nr_taken++ )
    {
        old = &x->old[x->nr_taken];
        PORT_POINT("exchange-take");
        rc = p2m_take_frame(x->d, old->mfn, &old->mfn, &old->gfn, &old->entry);
        if ( rc )
            return rc == -ENOMEM ? -ENOMEM : -EINVAL;
    }
    return 0;
}

static uint64_t new_page(const struct exchange *x, uint64_t i)
{
    return x->new[i >> x->out_order].mfn +
           memory_granules(x->d, i & ((UINT64_C(1) << x->out_order) - 1));
}

static uint64_t new_gfn(const struct exchange *x, uint64_t i)
{
    return x->new[i >> x->out_order].gfn +
           (i & ((UINT64_C(1) << x->out_order) - 1));
}

/* Nothing can fail once all places are prepared. */
static int exchange_commit(struct exchange *x)
{
    const uint64_t all = p2m_entry_make(0, p2m_attributes(P2M_RAM, true));
    struct domain *d = x->d;
    uint64_t i, gfn;
    int rc = 0;

    pmt_lock(&d->hv->pmt);
    for ( i = 0; i < x->nr_pages && !rc; i++ )
        rc = p2m_prepare_locked(d, new_gfn(x, i));
    for ( i = 0; i < x->nr_pages && !rc; i++ )
    {
        gfn = new_gfn(x, i);
        /* Who asks for two pages at one place has the second nowhere. */
        if ( p2m_gfn_to_mfn(d, gfn) != HV_INVALID_MFN )
            gfn = PMT_NO_GPFN;
        p2m_return_prepared(d, new_page(x, i), gfn, all);
    }
    pmt_unlock(&d->hv->pmt);
    return rc == 0 || rc == -ENOMEM ? rc : -EINVAL;
}

/* Which frames they are, or, when they will not be, what the caller had written. */
static int exchange_tell(const struct exchange *x, const struct hd_call *call,
                         const struct xen_memory_exchange *op, bool new)
{
    uint64_t i;

    for ( i = 0; i < x->nr_out; i++ )
        if ( hd_memory_exchange_put_out_extent_start(call, op, x->first_out + i,
                                                     new ? p2m_told(call->caller, x->new[i].mfn)
                                                         : x->new[i].gfn,
                                                     x->d) )
            return -EFAULT;
    return 0;
}

/* As it was before. */
static void exchange_undo(struct exchange *x)
{
    const struct exchange_frame *old;

    while ( x->nr_new )
        memory_free(x->d, x->new[--x->nr_new].mfn, UINT64_C(1) << x->out_order);
    while ( x->nr_taken )
    {
        old = &x->old[--x->nr_taken];
        /* Its place may be taken meanwhile; for a dying domain it is the machine's. */
        if ( p2m_return_page(x->d, old->mfn, old->gfn, old->entry) &&
             p2m_return_page(x->d, old->mfn, PMT_NO_GPFN, 0) )
        {
            port_assert(HV_RULE(NO_FATAL));     /* Xen had an assertion here, once */
            (void)port_page_assign(old->mfn, x->d, true);
            PORT_POINT("exchange-undone");
            /* From here on killing may find it: of the two one gives it back. */
            (void)p2m_discard_machine_frame(x->d, old->mfn);
        }
    }
}

static int exchange_do(struct exchange *x, const struct hd_call *call,
                       const struct xen_memory_exchange *op,
                       struct memory_want *want)
{
    uint64_t i;
    int rc = exchange_read(x, call, op);

    if ( !rc )
        rc = exchange_alloc(x, want);
    if ( !rc )
        rc = exchange_take(x);
    PORT_POINT("exchange-taken");
    if ( !rc )
    {
        rc = exchange_tell(x, call, op, true);
        PORT_POINT("exchange-told");
        if ( !rc )
            rc = exchange_commit(x);
        if ( rc )
            exchange_tell(x, call, op, false);
    }
    if ( rc )
    {
        exchange_undo(x);
        return rc;
    }
    for ( i = 0; i < x->nr_pages; i++ )
        port_page_free(x->old[i].mfn);
    return 0;
}

long hv_memory_exchange(struct hd_call *call, struct xen_memory_exchange *op,
                        struct domain *out_domid)
{
    struct memory_want want;
    struct exchange x;
    int rc;

    if ( memory_want(call, out_domid, op->out.mem_flags, &want) )
        return -EINVAL;
    if ( !is_pv_domain(out_domid) )
        return -EOPNOTSUPP;
    /* Done before: 0 steps are left. */
    if ( call->place >= op->in.nr_extents )
        return 0;
    exchange_step(&x, out_domid, op, call->place);
    /* What lies before place was not looked at: a step begins there, or nowhere. */
    if ( HV_RULE(RESUME) && (call->place & (x.nr_in - 1)) )
        return -EINVAL;
    rc = exchange_begin(&x);
    if ( !rc )
        rc = exchange_do(&x, call, op, &want);
    exchange_end(&x);
    return rc ? rc : (long)x.nr_in;
}
