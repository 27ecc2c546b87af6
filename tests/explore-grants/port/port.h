/* SPDX-License-Identifier: MIT */
/*
 * The door of hv-impl for the explorer, and what grant tables need beside: domains
 * that are just there, pages that come from an array, and locks that know whether they
 * were made. Entries that guests see are plain memory: their order is the guest's.
 */
#ifndef EXPLORE_GRANTS_PORT_H
#define EXPLORE_GRANTS_PORT_H

#include <sys/types.h>

#include "../../explore/port/port.h"

uint64_t grants_load(const void *at, size_t size, enum explore_order order,
                     struct explore_site *site);
void grants_store(void *at, size_t size, uint64_t value, enum explore_order order,
                  struct explore_site *site);

uint64_t grants_exchange(void *at, size_t size, uint64_t old, uint64_t new,
                         struct explore_site *site);

#undef port_cmpxchg
#define port_cmpxchg(p, old, new)                                              \
    ((__typeof__(*(p) + 0))grants_exchange(p, sizeof(*(p)), (uint64_t)(old),   \
                                           (uint64_t)(new), explore_here(EXPLORE_FULL)))
#undef port_load_as
#define port_load_as(p, how)                                                   \
    ((__typeof__(*(p) + 0))grants_load(p, sizeof(*(p)), how, explore_here(how)))
#undef port_store_as
#define port_store_as(p, v, how)                                               \
    grants_store(p, sizeof(*(p)), (uint64_t)(v), how, explore_here(how))

/* Who takes one that was not made yet has come too early; where that can be. */
extern bool locks_come;
#undef port_lock_init
#define port_lock_init(l, r, order) port_store(&(l)->rank, (int)(r) + 1)
#undef port_lock
#define port_lock(l)                                                           \
    (locks_come ? explore_require(port_load(&(l)->rank) != 0, "a lock is not there yet") : (void)0, \
     explore_lock(l, explore_here(EXPLORE_ACQUIRE)))

struct hv_domain;

struct domain {
    domid_t domain_id;
    bool is_pv, is_translated, has_pmt, dying[2];
    unsigned int page_shift, address_bits;
    struct hv_domain *hv;
};

struct vcpu {
    struct domain *domain;
    unsigned int vcpu_id;
};

/* Whether somebody has begun to die; dying[1] says that it is this domain. */
extern uint32_t death;
#define is_dying dying[port_load(&death) != 0]

extern struct vcpu port_vcpu;

#define current                   (&port_vcpu)
#define is_pv_domain(d)           ((d)->is_pv)
#define paging_mode_translate(d)  ((d)->is_translated)
#define domain_has_pmt(d)         ((d)->has_pmt)
#define hypercall_preempt_check() false

/* Nobody copies anything here. */
unsigned long port_write(unsigned long to, const void *from, unsigned long bytes, bool checked);
struct domain *rcu_lock_domain_by_id(domid_t id);
void rcu_unlock_domain(struct domain *d);
void port_domain_crash(struct domain *d);

#include "port-handles.h"

int port_page_adopt(struct domain *d, uint64_t *mfn);
bool port_page_free(uint64_t mfn);
bool port_page_get(uint64_t mfn, struct domain *d);
void port_page_put(uint64_t mfn);
bool port_page_get_type(uint64_t mfn, bool writable);
void port_page_put_type(uint64_t mfn, bool writable);
bool port_page_is_io(uint64_t mfn);
void *port_page_address(uint64_t mfn);
void port_page_counts(uint64_t mfn, unsigned int *references, unsigned int *writers);
bool port_domain_hold(struct domain *d);
void port_domain_release(struct domain *d);
void port_flush_page(struct domain *d, uint64_t gpfn, uint64_t nr);
int port_pv_map(struct domain *d, uint64_t host_addr, uint64_t mfn, unsigned int flags);
int port_pv_unmap(struct domain *d, uint64_t host_addr, uint64_t mfn, uint64_t new_addr,
                  unsigned int flags);
int port_device(struct domain *d, uint64_t mfn, bool map, bool writable);
#define hd_xsm(...) 0

/* Tables of few words: one entry is reserved. */
#undef GNTTAB_NR_RESERVED_ENTRIES
#define GNTTAB_NR_RESERVED_ENTRIES 1

#endif /* EXPLORE_GRANTS_PORT_H */
