/* SPDX-License-Identifier: MIT */
/* Pages that others have granted: see grants.h. */
#include "grants.h"

#include "hc-grant_table.h"
#include "hc-pmt.h"

/*
 * PMTOP_map where there is one: the page may be here already, and then that is where it
 * is; who has the right gets the word for devices. Older hypervisors have the classic
 * call, which tells a bus address where there is one to tell.
 */
union map_op {
    pmt_map_t in_out;
    gnttab_map_grant_ref_t classic;
};

static int map_in_out(struct guest_p2m *p2m, pmt_map_t op[], struct grants_mapping m[],
                      const struct grants_foreign of[], unsigned int nr, unsigned int flags)
{
    struct guest *g = p2m->guest;
    unsigned int i;
    long rc;

    for ( i = 0; i < nr; i++ )
        op[i] = (pmt_map_t){
            .status = PMTST_not_done,
            .address = guest_address(g, m[i].pfn),
            .ref = of[i].ref,
            .domid = of[i].domid,
            .flags = (flags & GRANT_READONLY ? PMTM_readonly : 0) |
                     (flags & GRANT_DEVICE ? PMTM_device : 0),
        };
    rc = hc_pmt_map(op, nr);
    for ( i = 0; i < nr; i++ )
    {
        m[i].error = guest_pmt_error(op[i].status);
        m[i].address = op[i].address;
        m[i].handle = op[i].handle;
        /* An entry of 0 to who has no right, or none any more. */
        m[i].machine = PMTE_mfn(op[i].entry) << g->granule_shift;
        /* It may be a page that was here all along. */
        if ( g->translated && !m[i].error )
            m[i].pfn = m[i].address >> g->page_shift;
    }
    return (int)rc;
}

static int map_classic(struct guest_p2m *p2m, gnttab_map_grant_ref_t op[],
                       struct grants_mapping m[],
                       const struct grants_foreign of[], unsigned int nr, unsigned int flags)
{
    struct guest *g = p2m->guest;
    unsigned int i;
    long rc;

    for ( i = 0; i < nr; i++ )
        op[i] = (gnttab_map_grant_ref_t){
            .host_addr = guest_address(g, m[i].pfn),
            .ref = of[i].ref,
            .dom = of[i].domid,
            .flags = GNTMAP_host_map | (flags & GRANT_READONLY ? GNTMAP_readonly : 0) |
                     (flags & GRANT_DEVICE ? GNTMAP_device_map : 0),
            .status = GNTST_general_error,
        };
    rc = hc_grant_table_map_grant_ref(op, nr);
    for ( i = 0; i < nr; i++ )
    {
        m[i].error = guest_grant_error(op[i].status);
        m[i].address = op[i].host_addr;
        m[i].handle = op[i].handle;
        /* A translated guest's bus address is its own, and no machine's. */
        m[i].machine = g->translated ? 0 : op[i].dev_bus_addr;
    }
    return (int)rc;
}

static unsigned int count_good(const struct grants_mapping m[], unsigned int nr)
{
    unsigned int i, good = 0;

    for ( i = 0; i < nr; i++ )
        good += !m[i].error;
    return good;
}

/* A call that broke off has done what stands before. */
static int some_good(const struct grants_mapping m[], unsigned int nr, int rc)
{
    unsigned int good = count_good(m, nr);

    return rc < 0 && !good ? rc : (int)good;
}

static int all_fail(struct grants_mapping m[], unsigned int nr, int rc)
{
    unsigned int i;

    for ( i = 0; i < nr; i++ )
        m[i].error = rc;
    return rc;
}

int grants_map(struct guest_p2m *p2m, struct grants_mapping m[], const struct grants_foreign of[],
              unsigned int nr, unsigned int flags)
{
    struct guest *g = p2m->guest;
    union map_op *op;
    int rc;

    if ( !g->xen )
        return -GUEST_ENODEV;
    if ( !nr || nr > GUEST_BATCH )
        return -GUEST_EINVAL;
    op = g->kernel->allocate(g, nr * sizeof(*op));
    if ( !op )
        return all_fail(m, nr, -GUEST_ENOMEM);
    rc = g->pmt ? map_in_out(p2m, &op->in_out, m, of, nr, flags)
                : map_classic(p2m, &op->classic, m, of, nr, flags);
    g->kernel->release(g, op, nr * sizeof(*op));
    return some_good(m, nr, rc);
}

int grants_unmap(struct guest_p2m *p2m, struct grants_mapping m[], unsigned int nr,
                unsigned int flags)
{
    struct guest *g = p2m->guest;
    gnttab_unmap_grant_ref_t *op;
    unsigned int i;
    long rc;

    if ( !nr || nr > GUEST_BATCH )
        return -GUEST_EINVAL;
    op = g->kernel->allocate(g, nr * sizeof(*op));
    if ( !op )
        return all_fail(m, nr, -GUEST_ENOMEM);
    for ( i = 0; i < nr; i++ )
        op[i] = (gnttab_unmap_grant_ref_t){
            .host_addr = m[i].address,
            .dev_bus_addr = flags & GRANT_DEVICE ? m[i].machine : 0,
            .handle = m[i].handle,
            .status = GNTST_general_error,
        };
    rc = hc_grant_table_unmap_grant_ref(op, nr);
    for ( i = 0; i < nr; i++ )
        m[i].error = guest_grant_error(op[i].status);
    g->kernel->release(g, op, nr * sizeof(*op));
    return some_good(m, nr, (int)rc);
}
