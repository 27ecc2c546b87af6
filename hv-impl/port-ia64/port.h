/* SPDX-License-Identifier: MIT */
/*
 * What generated dispatchers and hand-written hv-impl take from a hypervisor on
 * ia64, for which nothing else is there: no library but memcpy, memset and memcmp,
 * which compilers call by themselves. Pointers in hypercalls are xencomm handles.
 *
 * Atomics are the compiler's: a load with acquire is ld.acq, a store with release
 * st.rel, a full barrier mf. Words are naturally aligned.
 */
#ifndef PORT_H
#define PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef unsigned int uint;
typedef unsigned long ulong;

#ifndef __XEN__
#define __XEN__ 1
#endif
#include <xen/grant_table.h>
#include <xen/memory.h>
#include <xen/pmt.h>
#include <xen/xen.h>

#define PORT_IA64
#define PORT_XENCOMM

#define PAGE_SHIFT 14
#define PAGE_SIZE  (1UL << PAGE_SHIFT)

enum {
    EPERM = 1, ENOENT = 2, ESRCH = 3, EINTR = 4, EIO = 5, E2BIG = 7, EAGAIN = 11, ENOMEM = 12,
    EACCES = 13, EFAULT = 14, EBUSY = 16, EEXIST = 17, EXDEV = 18, ENODEV = 19, EINVAL = 22,
    ENOSPC = 28, EDOM = 33, ERANGE = 34, ENOSYS = 38, ENODATA = 61, EOVERFLOW = 75, EILSEQ = 84, ERESTART = 85,
    EOPNOTSUPP = 95, ENOBUFS = 105,
};

void *memcpy(void *to, const void *from, size_t bytes);
void *memset(void *at, int value, size_t bytes);
int memcmp(const void *a, const void *b, size_t bytes);

#define likely(x)            __builtin_expect(!!(x), 1)
#define unlikely(x)          __builtin_expect(!!(x), 0)
#define ASSERT_UNREACHABLE() __builtin_trap()
#define BUILD_BUG_ON(x)      _Static_assert(!(x), #x)
#define __maybe_unused       __attribute__((unused))
#define port_assert(x)       (likely(x) ? (void)0 : __builtin_trap())
#define PORT_POINT(name)     ((void)0)

/* ---- domains ------------------------------------------------------------------ */

struct hv_domain;

struct domain {
    domid_t domain_id;
    bool is_pv, is_hvm, is_translated, is_hardware, is_privileged, is_dying, has_pmt;
    unsigned int max_order;
    unsigned int page_shift;
    unsigned int address_bits;
    uint64_t tot_pages, max_pages;
    struct hv_domain *hv;
};

struct vcpu {
    struct domain *domain;
    unsigned int vcpu_id;
};

struct vcpu *port_running(void);

#define current                  port_running()
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
#define hd_xsm(hook, rule, caller, d, ...) port_xsm(#hook, PORT_##rule, caller, d)

/* ---- being interrupted --------------------------------------------------------- */

bool port_preempt_check(void);
#define hypercall_preempt_check() port_preempt_check()
unsigned long hypercall_create_continuation(unsigned int nr, const char *format, ...);

/* No load runs ahead of its branch but those the compiler marks: the index stays as it is. */
#define array_index_nospec(i, n)  ((void)(n), (i))

/* ---- guest memory -------------------------------------------------------------- */

unsigned long port_read_handle(void *to, unsigned long handle, unsigned long offset,
                               unsigned long bytes);
unsigned long port_write_handle(unsigned long handle, unsigned long offset, const void *from,
                                unsigned long bytes);
unsigned long port_handle_add(unsigned long handle, unsigned long bytes);
bool port_handle_is_null(unsigned long handle);

#include "../port-handles.h"

/* ---- the door ------------------------------------------------------------------ */

struct port_lock {
    uint32_t word;
};

#include "../port-names.h"

#endif /* PORT_H */
