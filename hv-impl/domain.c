/* SPDX-License-Identifier: MIT */
/*
 * How a domain's part of this implementation comes and goes.
 *
 * Needs all its parts. Gives creation, which leaves nothing behind where it
 * fails, and death in bounded steps that follow pages, not frame numbers.
 */
#include "hv.h"
#include "grant.h"
#include "loan.h"
#include "memory.h"
#include "p2m.h"
#include "window.h"

/* Entries, or pages, between two looks at whether others shall run. */
#define KILL_STEP 64
/* Entries that one flush covers. */
#define KILL_FLUSH 16

struct hv_options hv_options;

int hv_start(const struct hv_options *how)
{
    int rc = pmt_reverse_create(&hv_reverse, port_min_mfn(),
                                port_max_mfn() - port_min_mfn() + 1);

    if ( rc )
        return rc;
    rc = grant_start();
    if ( rc )
    {
        pmt_reverse_destroy(&hv_reverse);
        return rc;
    }
    hv_options = how ? *how : (struct hv_options){ .no_transfer = false };
    memory_start();
    loan_start();
    window_start();
    return 0;
}

void hv_stop(void)
{
    grant_stop();
    pmt_reverse_destroy(&hv_reverse);
}

/* ---- birth ---------------------------------------------------------------------- */

int hv_domain_create(struct domain *d, const struct hv_domain_config *how)
{
    struct hv_domain *hv = port_alloc(sizeof(*hv));
    int rc;

    if ( !hv )
        return -ENOMEM;
    hv->d = d;
    hv->shared_info = HV_INVALID_MFN;
    hv->other_maps = how->other_maps;
    hv->pager = how->pager;
    port_lock_init(&hv->lock, HV_RANK_DOMAIN, d->domain_id);
    d->hv = hv;

    rc = pmt_create(&hv->pmt, d->domain_id, how->max_gpfns, d->page_shift);
    hv->pmt_made = !rc;
    if ( !rc )
        rc = port_page_adopt(d, &hv->shared_info);
    if ( !rc )
        rc = grant_table_create(d, how);
    if ( !rc )
        rc = loan_table_create(d);
    if ( !rc )
        rc = window_list_create(d);
    if ( rc )
        hv_domain_destroy(d);
    return rc;
}

/* ---- death ---------------------------------------------------------------------- */

static void kill_flush(struct domain *d, const uint64_t old[], unsigned int nr)
{
    unsigned int i;

    if ( nr )
        port_flush_page(d, 0, PMT_NO_GPFN);
    for ( i = 0; i < nr; i++ )
        p2m_drop(old[i]);
}

/* All entries, wherever they are; empty parts of the table cost nothing. */
static int kill_entries(struct domain *d)
{
    struct hv_domain *hv = d->hv;
    uint64_t old[KILL_FLUSH], gfn;
    unsigned int nr, done;

    for ( done = 0; ; done += KILL_FLUSH )
    {
        if ( HV_RULE(STEP) && done >= KILL_STEP && hypercall_preempt_check() )
            return -ERESTART;
        nr = 0;
        pmt_lock(&hv->pmt);
        for ( gfn = hv->kill_place; nr < KILL_FLUSH; gfn++, nr++ )
        {
            gfn = pmt_next(&hv->pmt, gfn);
            if ( gfn == PMT_NO_GPFN )
                break;
            old[nr] = p2m_kill_locked(d, gfn);
        }
        hv->kill_place = gfn;
        pmt_unlock(&hv->pmt);
        kill_flush(d, old, nr);
        if ( gfn == PMT_NO_GPFN )
            return 0;
    }
}

/* Pages that are at no frame of the table: the domain's devices may have them all the same. */
static int kill_pages(struct domain *d)
{
    uint64_t mfn[KILL_FLUSH];
    unsigned int nr, i, done = 0;

    do
    {
        if ( HV_RULE(STEP) && done >= KILL_STEP && hypercall_preempt_check() )
            return -ERESTART;
        for ( nr = 0; nr < KILL_FLUSH && port_page_first(d, &mfn[nr]); nr++ )
            port_page_free(mfn[nr]);
        if ( nr )
            port_flush_page(d, 0, PMT_NO_GPFN);
        for ( i = 0; i < nr; i++ )
            port_page_put(mfn[i]);
        done += nr;
    } while ( nr == KILL_FLUSH );
    return 0;
}

void hv_vnuma_free(struct hv_vnuma *vnuma)
{
    if ( !vnuma )
        return;
    if ( vnuma->distance )
        port_free(vnuma->distance,
                  sizeof(*vnuma->distance) * vnuma->nr_nodes * vnuma->nr_nodes);
    if ( vnuma->vcpu_node )
        port_free(vnuma->vcpu_node, sizeof(*vnuma->vcpu_node) * vnuma->nr_vcpus);
    if ( vnuma->range )
        port_free(vnuma->range, sizeof(*vnuma->range) * vnuma->nr_ranges);
    port_free(vnuma, sizeof(*vnuma));
}

/* Others may be looking at these: they do so under the lock. */
static int kill_rest(struct domain *d)
{
    struct hv_domain *hv = d->hv;
    struct hv_vnuma *vnuma;
    void *map;

    memory_claim_end(d);
    port_lock(&hv->lock);
    vnuma = hv->vnuma;
    map = hv->memory_map;
    hv->vnuma = NULL;
    hv->memory_map = NULL;
    port_unlock(&hv->lock);
    hv_vnuma_free(vnuma);
    if ( map )
        port_free(map, hv->memory_map_bytes);
    return 0;
}

int hv_domain_kill(struct domain *d)
{
    static int (*const step[HV_KILL_DONE])(struct domain *) = {
        [HV_KILL_GRANT_MAPS] = grant_kill_maps,
        [HV_KILL_WINDOWS]    = window_kill,
        [HV_KILL_LOANS]      = loan_kill,
        [HV_KILL_ENTRIES]    = kill_entries,
        [HV_KILL_PAGES]      = kill_pages,
        [HV_KILL_REST]       = kill_rest,
    };
    struct hv_domain *hv = d->hv;
    int rc;

    if ( !hv )
        return 0;
    if ( !d->is_dying )
        return -EINVAL;
    /* Whoever is putting something in has the lock; who comes later sees is_dying. */
    pmt_lock(&hv->pmt);
    pmt_unlock(&hv->pmt);
    for ( ; hv->kill < HV_KILL_DONE; hv->kill++ )
    {
        rc = step[hv->kill](d);
        if ( rc )
            return rc;
    }
    return 0;
}

void hv_domain_destroy(struct domain *d)
{
    struct hv_domain *hv = d->hv;

    if ( !hv )
        return;
    window_list_destroy(d);
    loan_table_destroy(d);
    grant_table_destroy(d);
    kill_rest(d);
    if ( hv->shared_info != HV_INVALID_MFN )
        port_page_free(hv->shared_info);
    if ( hv->pmt_made )
        pmt_destroy(&hv->pmt);
    d->hv = NULL;
    port_free(hv, sizeof(*hv));
}

/* ---- virtual NUMA --------------------------------------------------------------- */

/* Of this shape, all 0. */
struct hv_vnuma *hv_vnuma_new(const struct hv_vnuma *shape)
{
    struct hv_vnuma *v = port_alloc(sizeof(*v));

    if ( !v )
        return NULL;
    v->nr_nodes = shape->nr_nodes;
    v->nr_vcpus = shape->nr_vcpus;
    v->nr_ranges = shape->nr_ranges;
    v->distance = port_alloc(sizeof(*v->distance) * v->nr_nodes * v->nr_nodes);
    v->vcpu_node = port_alloc(sizeof(*v->vcpu_node) * v->nr_vcpus);
    v->range = port_alloc(sizeof(*v->range) * v->nr_ranges);
    if ( v->distance && v->vcpu_node && v->range )
        return v;
    hv_vnuma_free(v);
    return NULL;
}

int hv_domain_set_vnuma(struct domain *d, const struct hv_vnuma *what)
{
    struct hv_vnuma *made = NULL, *before;

    if ( what )
    {
        made = hv_vnuma_new(what);
        if ( !made )
            return -ENOMEM;
        memcpy(made->distance, what->distance, sizeof(*what->distance) *
               what->nr_nodes * what->nr_nodes);
        memcpy(made->vcpu_node, what->vcpu_node,
               sizeof(*what->vcpu_node) * what->nr_vcpus);
        memcpy(made->range, what->range, sizeof(*what->range) * what->nr_ranges);
    }
    port_lock(&d->hv->lock);
    before = d->hv->vnuma;
    if ( !d->is_dying )
    {
        d->hv->vnuma = made;
        made = NULL;
    }
    else
        before = NULL;
    port_unlock(&d->hv->lock);
    hv_vnuma_free(before);
    hv_vnuma_free(made);
    return 0;
}
