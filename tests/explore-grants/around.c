/* SPDX-License-Identifier: MIT */
/*
 * What mapping needs around it, as short as can be: one domain, whose pages are always
 * there. Nothing is inserted anywhere.
 */
#include "grant-table.h"

struct domain *rcu_lock_domain_by_id(domid_t id)
{
    (void)id;
    return port_vcpu.domain;
}

void rcu_unlock_domain(struct domain *d) { (void)d; }
bool port_domain_hold(struct domain *d) { return d != NULL; }
void port_domain_release(struct domain *d) { (void)d; }
void port_flush_page(struct domain *d, uint64_t gpfn, uint64_t nr) { (void)d, (void)gpfn, (void)nr; }
void p2m_drop(uint64_t entry) { (void)entry; }

/* ---- nobody comes here ----------------------------------------------------------------- */

#define NOWHERE(type, name, ...)        \
    type name(__VA_ARGS__);             \
    type name(__VA_ARGS__) { __builtin_trap(); }

#pragma GCC diagnostic ignored "-Wunused-parameter"
NOWHERE(int, p2m_add_page, struct domain *d, uint64_t gfn, uint64_t mfn, uint64_t attributes)
NOWHERE(int, p2m_remove_locked, struct domain *d, uint64_t gfn, uint64_t expect_mfn, uint64_t *old)
NOWHERE(void, pmt_lock, struct pmt *t)
NOWHERE(void, pmt_unlock, struct pmt *t)
NOWHERE(int, port_device, struct domain *d, uint64_t mfn, bool map, bool writable)
NOWHERE(int, port_pv_map, struct domain *d, uint64_t host_addr, uint64_t mfn, unsigned int flags)
NOWHERE(int, port_pv_unmap, struct domain *d, uint64_t host_addr, uint64_t mfn, uint64_t new_addr,
        unsigned int flags)
