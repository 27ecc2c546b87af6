/* SPDX-License-Identifier: MIT */
/*
 * Domains: who is there, who holds them, who may do what to whom, and how they go.
 */
#include <stdlib.h>

#include "host.h"
#include "lookups.h"
#include "window.h"

/* ---- found by number ------------------------------------------------------------- */

/* Held while a domain is found and locked, and while one goes. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static struct domain *find(domid_t id)
{
    unsigned int i;

    for ( i = 0; i < __atomic_load_n(&host.nr_domains, __ATOMIC_ACQUIRE); i++ )
    {
        struct domain *d = __atomic_load_n(&host.domain[i], __ATOMIC_ACQUIRE);

        if ( d && d->domain_id == id )
            return d;
    }
    return NULL;
}

/* It is found from now on. */
void domains_add(struct domain *d)
{
    unsigned int i;

    pthread_mutex_lock(&lock);
    for ( i = 0; i < host.nr_domains && host.domain[i]; i++ )
        ;
    port_assert(i < MOST_DOMAINS);
    __atomic_store_n(&host.domain[i], d, __ATOMIC_RELEASE);
    if ( i == host.nr_domains )
        __atomic_store_n(&host.nr_domains, i + 1, __ATOMIC_RELEASE);
    pthread_mutex_unlock(&lock);
}

#ifdef PORT_QUICK                        /* as cheap as RCU is: who measures kills nobody */
struct domain *rcu_lock_domain_by_id(domid_t id)
{
    return find(id);
}

void rcu_unlock_domain(struct domain *d)
{
    (void)d;
}
#else
struct domain *rcu_lock_domain_by_id(domid_t id)
{
    struct domain *d;

    host_step();
    pthread_mutex_lock(&lock);
    d = find(id);
    if ( d )
    {
        __atomic_fetch_add(&d->locks, 1, __ATOMIC_SEQ_CST);
        here.rcu++;
    }
    pthread_mutex_unlock(&lock);
    return d;
}

void rcu_unlock_domain(struct domain *d)
{
    __atomic_fetch_sub(&d->locks, 1, __ATOMIC_SEQ_CST);
    here.rcu--;
}
#endif

bool port_domain_hold(struct domain *d)
{
    if ( d->is_dying )
        return false;
    __atomic_fetch_add(&d->port->holds, 1, __ATOMIC_SEQ_CST);
    return true;
}

void port_domain_release(struct domain *d)
{
    if ( !__atomic_fetch_sub(&d->port->holds, 1, __ATOMIC_SEQ_CST) )
        violation("domain %u is released more often than held", d->domain_id);
}

void port_domain_crash(struct domain *d)
{
    __atomic_store_n(&d->port->crashed, true, __ATOMIC_RELEASE);
}

bool machine_crashed(const struct domain *d)
{
    return __atomic_load_n(&d->port->crashed, __ATOMIC_ACQUIRE);
}

void machine_hide(struct domain *d, bool hidden)
{
    unsigned int i;

    if ( !hidden )
    {
        domains_add(d);
        return;
    }
    pthread_mutex_lock(&lock);
    for ( i = 0; i < host.nr_domains; i++ )
        if ( host.domain[i] == d )
            __atomic_store_n(&host.domain[i], NULL, __ATOMIC_RELEASE);
    pthread_mutex_unlock(&lock);
}

unsigned int machine_nr_domains(void)
{
    unsigned int i, nr = 0;
    struct domain *d;

    for_each_domain(d, i)
        nr++;
    return nr;
}

/* ---- who may ------------------------------------------------------------------------ */

int port_xsm(const char *hook, enum port_rule rule, const struct domain *caller,
             const struct domain *d)
{
    return policy(machine_plan.denied, hook, rule, caller, d);
}

/* ---- the end ------------------------------------------------------------------------- */

void machine_dying(struct domain *d)
{
    /* As a pause: who is in the middle of an access has ended it, and nobody begins one. */
    __atomic_store_n(&d->port->paused, true, __ATOMIC_SEQ_CST);
    port_flush_page(d, 0, NOWHERE);
    d->is_dying = true;
}

void machine_right(struct domain *d, bool has_pmt)
{
    d->has_pmt = has_pmt;
    if ( has_pmt )
        return;
    while ( window_revoke(d) == -ERESTART )
        ;
    /* Its devices reached its own pages by their frames. */
    port_flush_page(d, 0, NOWHERE);
}

/* Freed when no thread of a guest can look at it any more. */
static struct port_domain *gone;

void domains_bury(void)
{
    struct port_domain *p;

    while ( (p = gone) )
    {
        gone = p->gone;
        free(p->vcpu);
        free(p->l1);
        free(p);
    }
}

/* A page of the domain's that is not like others is still mapped somewhere. */
static bool special_is_used(const struct domain *d)
{
    uint32_t i;
    bool used = false;

    pthread_mutex_lock(&d->port->page_lock);
    for ( i = d->port->first_special; i != NO_FRAME; i = host.frame[i].next )
        used |= (__atomic_load_n(&host.frame[i].references, __ATOMIC_ACQUIRE) & ~ALLOCATED) > 1;
    pthread_mutex_unlock(&d->port->page_lock);
    return used;
}

static void structure_goes(struct domain *d)
{
    struct port_domain *p = d->port;

    if ( p->built )
        hv_domain_destroy(d);
    while ( p->first_special != NO_FRAME )
    {
        host.frame[p->first_special].type = 0;
        if ( !port_page_free(index_mfn(p->first_special)) )
            break;
    }
    while ( p->device )
    {
        struct device_map *map = p->device;

        p->device = map->next;
        free(map);
    }
    pthread_mutex_lock(&lock);
    p->gone = gone;
    gone = p;
    pthread_mutex_unlock(&lock);
    if ( !__atomic_load_n(&host.threads, __ATOMIC_ACQUIRE) )
        domains_bury();
}

/* One that nobody holds is found no more; NULL: none. */
static struct domain *take_one(void)
{
    struct domain *d, *found = NULL;
    unsigned int i;

    pthread_mutex_lock(&lock);
    for_each_domain(d, i)
        if ( !found && __atomic_load_n(&d->port->killed, __ATOMIC_ACQUIRE) &&
             !__atomic_load_n(&d->locks, __ATOMIC_ACQUIRE) &&
             !__atomic_load_n(&d->port->holds, __ATOMIC_ACQUIRE) &&
             !__atomic_load_n(&d->port->nr_pages, __ATOMIC_ACQUIRE) && !special_is_used(d) )
        {
            found = d;
            __atomic_store_n(&host.domain[i], NULL, __ATOMIC_RELEASE);
        }
    pthread_mutex_unlock(&lock);
    return found;
}

void domains_reap(void)
{
    struct domain *d;

    if ( here.in_point )
        return;                         /* somebody stands between two steps */
    while ( __atomic_load_n(&host.killed, __ATOMIC_ACQUIRE) && (d = take_one()) )
    {
        __atomic_fetch_sub(&host.killed, 1, __ATOMIC_SEQ_CST);
        structure_goes(d);
    }
}

/* How often is too often. */
#define MOST_TRIES 1000000

int machine_kill(struct domain *d)
{
    unsigned int tries;
    int rc = 0;
    bool in_call = here.in_call;        /* somebody else's, in the middle of which this is */

    machine_dying(d);
    pv_stop(d);
    if ( d->port->built )
    {
        here.in_call = true;
        for ( tries = 0; tries < MOST_TRIES; tries++ )
        {
            here.steps = 0;
            rc = hv_domain_kill(d);
            if ( here.locks )
                violation("a lock is held after a step of killing");
            if ( rc != -ERESTART )
                break;
            port_point("kill");
        }
        here.in_call = in_call;
        if ( rc == -ERESTART )
            violation("killing domain %u does not end", d->domain_id);
    }
    if ( rc )
        return rc;
    port_flush_page(d, 0, NOWHERE);
    /* From here on whoever leaves a call may bury it. */
    if ( !__atomic_exchange_n(&d->port->killed, true, __ATOMIC_SEQ_CST) )
        __atomic_fetch_add(&host.killed, 1, __ATOMIC_SEQ_CST);
    domains_reap();
    return 0;
}
