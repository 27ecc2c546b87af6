/* SPDX-License-Identifier: MIT */
/*
 * What every machine behind port.h says alike: domains by their numbers, and who may.
 *
 * Needs rcu_lock_domain_by_id() and rcu_unlock_domain(). Included by one file of each
 * machine, since it has the functions themselves.
 */
#ifndef PORT_LOOKUPS_H
#define PORT_LOOKUPS_H

#include "port.h"

struct domain *rcu_lock_domain_by_any_id(domid_t id)
{
    return rcu_lock_domain_by_id(id == DOMID_SELF ? current->domain->domain_id : id);
}

int rcu_lock_remote_domain_by_id(domid_t id, struct domain **d)
{
    *d = rcu_lock_domain_by_id(id);
    if ( !*d )
        return -ESRCH;
    if ( *d != current->domain )
        return 0;
    rcu_unlock_domain(*d);
    return -EPERM;
}

int rcu_lock_live_remote_domain_by_id(domid_t id, struct domain **d)
{
    int rc = rcu_lock_remote_domain_by_id(id, d);

    if ( rc || !(*d)->is_dying )
        return rc;
    rcu_unlock_domain(*d);
    return -EINVAL;
}

/* Xen's dummy policy: who may with no other module there. denied: a hook's name, or "*". */
static int policy(const char *denied, const char *hook, enum port_rule rule,
                  const struct domain *caller, const struct domain *d)
{
    if ( denied && (!strcmp(denied, "*") || !strcmp(denied, hook)) )
        return -EPERM;
    switch ( rule )
    {
    case PORT_HOOK:
        return 0;
    case PORT_TARGET:
        if ( caller == d )
            return 0;
        /* fall through */
    case PORT_DM_PRIV:
        if ( d && caller->target == d->domain_id )
            return 0;
        /* fall through */
    case PORT_PRIV:
        return caller->is_privileged ? 0 : -EPERM;
    }
    return -EPERM;
}

#endif /* PORT_LOOKUPS_H */
