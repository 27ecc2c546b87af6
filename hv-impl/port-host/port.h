/* SPDX-License-Identifier: MIT */
/*
 * What generated dispatchers and their handlers take from the hypervisor, for a
 * simulated machine. The names are Xen's; those with port_ are not for them.
 *
 * Guest memory lies elsewhere than guest addresses say, so that whoever follows
 * one by hand crashes. With PORT_DIRECT guest addresses are host addresses and
 * all is inlined: for measuring.
 */
#ifndef PORT_H
#define PORT_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/types.h>                  /* uint, ulong */

#ifndef __XEN__
#define __XEN__ 1
#endif
#include <xen/grant_table.h>
#include <xen/memory.h>
#include <xen/pmt.h>
#include <xen/xen.h>

#ifdef PORT_IA64
#define PAGE_SIZE 16384UL
#else
#define PAGE_SIZE 4096UL
#endif

#define likely(x)            __builtin_expect(!!(x), 1)
#define unlikely(x)          __builtin_expect(!!(x), 0)
#define ASSERT_UNREACHABLE() port_unreachable(__FILE__, __LINE__)
#define BUILD_BUG_ON(x)      _Static_assert(!(x), #x)
#define __maybe_unused       __attribute__((unused))

void port_unreachable(const char *file, int line) __attribute__((noreturn));

/* ---- domains ------------------------------------------------------------------ */

struct domain {
    domid_t domain_id;
    bool is_pv, is_hvm, is_translated, is_hardware, is_privileged, is_dying, has_pmt;
    domid_t target;                     /* whose device model this is, or DOMID_INVALID */
    unsigned int max_order;
    int locks;
};

struct vcpu {
    struct domain *domain;
};

extern struct vcpu port_vcpu;

#define current                  (&port_vcpu)
#define is_pv_domain(d)          ((d)->is_pv)
#define is_hvm_domain(d)         ((d)->is_hvm)
#define paging_mode_translate(d) ((d)->is_translated)
#define is_hardware_domain(d)    ((d)->is_hardware)
#define domain_has_pmt(d)        ((d)->has_pmt)
#define hd_max_order(d)          ((d)->max_order)

struct domain *rcu_lock_domain_by_id(domid_t id);
struct domain *rcu_lock_domain_by_any_id(domid_t id);
int rcu_lock_remote_domain_by_id(domid_t id, struct domain **d);
int rcu_lock_live_remote_domain_by_id(domid_t id, struct domain **d);
void rcu_unlock_domain(struct domain *d);

enum port_rule { PORT_HOOK, PORT_TARGET, PORT_DM_PRIV, PORT_PRIV };

int port_xsm(const char *hook, enum port_rule rule, const struct domain *caller,
             const struct domain *d);

/*
 * hook: Xen's name without xsm_; rule: HOOK, TARGET, DM_PRIV or PRIV. What comes
 * behind d, the structure, is for real hooks.
 */
#define hd_xsm(hook, rule, caller, d, ...) port_xsm(#hook, PORT_##rule, caller, d)

/* ---- being interrupted --------------------------------------------------------- */

bool port_preempt_check(void);
unsigned long port_nospec(unsigned long i, unsigned long n);
unsigned long hypercall_create_continuation(unsigned int nr, const char *format, ...);

/* ---- guest memory -------------------------------------------------------------- */

/* As Xen's: how many bytes could not be copied. */
bool port_okay(unsigned long address, unsigned long count, unsigned long size);
unsigned long port_read(void *to, unsigned long from, unsigned long bytes, bool checked);
unsigned long port_write(unsigned long to, const void *from, unsigned long bytes, bool checked);

#ifdef PORT_DIRECT
#include "direct.h"
#else
#define hypercall_preempt_check() port_preempt_check()
#define array_index_nospec(i, n)  port_nospec(i, n)
#endif

/* Where element i, as large as *ptr, is. Integers: guest addresses may wrap. */
#define port_at(h, i, ptr) ((unsigned long)(h).p + (unsigned long)(i) * sizeof(*(ptr)))

#define guest_handle_is_null(h)       ((h).p == NULL)
#define guest_handle_okay(h, n)       port_okay(port_at(h, 0, (h).p), n, sizeof(*(h).p))
#define guest_handle_subrange_okay(h, first, last)                             \
    port_okay(port_at(h, first, (h).p), (last) - (first) + 1UL, sizeof(*(h).p))
#define hd_compat_okay(address, n, size) port_okay(address, n, size)
#define guest_handle_add_offset(h, n) ((h).p = (void *)port_at(h, n, (h).p))
#define guest_handle_cast(h, type)     ((XEN_GUEST_HANDLE_PARAM(type)){ (void *)(h).p })
#define guest_handle_from_ptr(p, type) ((XEN_GUEST_HANDLE_PARAM(type)){ (type *)(p) })

/* The comparison is for the compiler: handle and buffer are about the same type. */
#define port_from(ptr, h, i, n, checked)                                       \
    ((void)((h).p == (ptr)),                                                   \
     port_read(ptr, port_at(h, i, ptr), sizeof(*(ptr)) * (unsigned long)(n), checked))
#define port_to(h, i, ptr, n, checked)                                         \
    ((void)((h).p == (ptr)),                                                   \
     port_write(port_at(h, i, ptr), ptr, sizeof(*(ptr)) * (unsigned long)(n), checked))

#define copy_from_guest_offset(ptr, h, i, n)   port_from(ptr, h, i, n, true)
#define copy_from_guest(ptr, h, n)             port_from(ptr, h, 0, n, true)
#define copy_to_guest_offset(h, i, ptr, n)     port_to(h, i, ptr, n, true)
#define copy_to_guest(h, ptr, n)               port_to(h, 0, ptr, n, true)
#define __copy_from_guest_offset(ptr, h, i, n) port_from(ptr, h, i, n, false)
#define __copy_from_guest(ptr, h, n)           port_from(ptr, h, 0, n, false)
#define __copy_to_guest_offset(h, i, ptr, n)   port_to(h, i, ptr, n, false)
#define __copy_to_guest(h, ptr, n)             port_to(h, 0, ptr, n, false)

/* Bytes offset and up of element i. */
#define hd_copy_part_to_guest_offset(h, i, ptr, offset, bytes)                 \
    ((void)((h).p == (ptr)),                                                   \
     port_write(port_at(h, i, ptr) + (offset), (const char *)(ptr) + (offset), bytes, false))
#define hd_copy_field_to_guest_offset(h, i, ptr, field)                        \
    hd_copy_part_to_guest_offset(h, i, ptr,                                    \
        (unsigned long)((const char *)&(ptr)->field - (const char *)(ptr)), sizeof((ptr)->field))

#endif /* PORT_H */
