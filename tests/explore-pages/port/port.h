/* SPDX-License-Identifier: MIT */
/*
 * The door of hv-impl for the explorer, and what entries with references need beside:
 * domains that are just there, and pages whose references and writers are words that
 * are explored, like any other.
 */
#ifndef EXPLORE_PAGES_PORT_H
#define EXPLORE_PAGES_PORT_H

#include <sys/types.h>

#include "../../explore/port/port.h"

struct hv_domain;

struct domain {
    domid_t domain_id;
    bool is_pv, is_translated, is_dying, has_pmt;
    unsigned int page_shift, address_bits;
    struct hv_domain *hv;
};

struct vcpu {
    struct domain *domain;
    unsigned int vcpu_id;
};

extern struct vcpu port_vcpu;

#define current                   (&port_vcpu)
#define is_pv_domain(d)           ((d)->is_pv)
#define paging_mode_translate(d)  ((d)->is_translated)
#define domain_has_pmt(d)         ((d)->has_pmt)
#define hypercall_preempt_check() false

/* Nobody copies anything here. */
unsigned long port_write(unsigned long to, const void *from, unsigned long bytes, bool checked);
void rcu_unlock_domain(struct domain *d);

#include "port-handles.h"

bool port_mfn_valid(uint64_t mfn);
bool port_page_get(uint64_t mfn, struct domain *d);
void port_page_put(uint64_t mfn);
bool port_page_get_type(uint64_t mfn, bool writable);
void port_page_put_type(uint64_t mfn, bool writable);
bool port_page_counts(uint64_t mfn, unsigned int *references, unsigned int *writers);
bool port_page_is_special(uint64_t mfn);
bool port_page_is_io(uint64_t mfn);
struct domain *port_page_owner(uint64_t mfn);
int port_page_take(uint64_t mfn, struct domain *d, bool charged);
bool port_page_free(uint64_t mfn);
void port_flush_page(struct domain *d, uint64_t gpfn, uint64_t nr);
bool port_domain_hold(struct domain *d);
void port_domain_release(struct domain *d);
void port_domain_crash(struct domain *d);

#endif /* EXPLORE_PAGES_PORT_H */
