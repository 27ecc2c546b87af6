/* SPDX-License-Identifier: MIT */
/*
 * What generated dispatchers, and the handlers behind them, take from the
 * hypervisor, for a simulated machine. The names are Xen's; the door for
 * handlers alone is ../port-names.h.
 *
 * Three machines stand behind these names. That of machine.h has frames, domains
 * and processors; the recorder of tests/recorder notes what a dispatcher does and
 * has no handlers of its own; with PORT_DIRECT guest addresses are host addresses
 * and all is inlined: for measuring dispatchers.
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
#define PAGE_SHIFT 14
#else
#define PAGE_SHIFT 12
#endif
#define PAGE_SIZE (1UL << PAGE_SHIFT)

#define likely(x)            __builtin_expect(!!(x), 1)
#define unlikely(x)          __builtin_expect(!!(x), 0)
#define ASSERT_UNREACHABLE() port_unreachable(__FILE__, __LINE__)
#define BUILD_BUG_ON(x)      _Static_assert(!(x), #x)
#define __maybe_unused       __attribute__((unused))
#define port_assert(x)       (likely(x) ? (void)0 : port_unreachable(__FILE__, __LINE__))

void port_unreachable(const char *file, int line) __attribute__((noreturn));

/* ---- domains ------------------------------------------------------------------ */

struct hv_domain;
struct port_domain;

struct domain {
    domid_t domain_id;
    bool is_pv, is_hvm, is_translated, is_hardware, is_privileged;
    _Atomic bool is_dying, has_pmt;     /* change while others look */
    domid_t target;                     /* whose device model this is, or DOMID_INVALID */
    unsigned int max_order;
    unsigned int page_shift;            /* of its pages: 12, 14 or 16, and not below the machine's */
    unsigned int address_bits;          /* what it can address; 0: all */
    uint64_t tot_pages, max_pages;      /* what it is charged for, in its pages */
    int locks;                          /* RCU */
    struct hv_domain *hv;
    struct port_domain *port;           /* the machine's own */
};

struct port_vcpu;

struct vcpu {
    struct domain *domain;
    unsigned int vcpu_id;
    struct port_vcpu *port;
};

#ifdef PORT_DIRECT                      /* one processor, and everybody knows where it is */
extern struct vcpu port_vcpu;
#define current                  (&port_vcpu)
#else
extern __thread struct vcpu *port_current;

#define current                  port_current
#endif
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

/* Between two steps, where tests let somebody else run. */
void port_point(const char *name);
#ifdef PORT_QUICK                       /* for measuring: see host.h */
#define PORT_POINT(name) ((void)0)
#else
#define PORT_POINT(name) port_point(name)
#endif

/* ---- guest memory -------------------------------------------------------------- */

/* As Xen's: how many bytes could not be copied. */
bool port_okay(unsigned long address, unsigned long count, unsigned long size);
unsigned long port_read(void *to, unsigned long from, unsigned long bytes, bool checked);
unsigned long port_write(unsigned long to, const void *from, unsigned long bytes, bool checked);

/* The same behind a xencomm handle; adding gives another handle for the same buffer. */
unsigned long port_read_handle(void *to, unsigned long handle, unsigned long offset,
                               unsigned long bytes);
unsigned long port_write_handle(unsigned long handle, unsigned long offset, const void *from,
                                unsigned long bytes);
unsigned long port_handle_add(unsigned long handle, unsigned long bytes);
bool port_handle_is_null(unsigned long handle);

#ifdef PORT_DIRECT
#include "direct.h"
#else
#define hypercall_preempt_check() port_preempt_check()
#define array_index_nospec(i, n)  port_nospec(i, n)
#endif

#include "../port-handles.h"

/* ---- the door ------------------------------------------------------------------ */

/* Rank and order are looked at where machine.h's machine is. */
struct port_lock {
    uint32_t word;                      /* 0: free, 1: held, 2: and somebody waits */
    uint32_t rank;                      /* rank << 24 | order */
};

#include "../port-names.h"
#include "../pmt-gate.h"

#endif /* PORT_H */
