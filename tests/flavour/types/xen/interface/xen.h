/* SPDX-License-Identifier: MIT */
/*
 * Stands in for the tree's where there is none: the kernel has no ia64 port for
 * Xen any more.  Types as every LP64 architecture has them, handles as plain
 * pointers.
 */
#ifndef FLAVOUR_XEN_H
#define FLAVOUR_XEN_H

#include <linux/types.h>

#define __DEFINE_GUEST_HANDLE(name, type) typedef type *__guest_handle_##name
#define DEFINE_GUEST_HANDLE_STRUCT(name)  __DEFINE_GUEST_HANDLE(name, struct name)
#define DEFINE_GUEST_HANDLE(name)         __DEFINE_GUEST_HANDLE(name, name)
#define GUEST_HANDLE(name)                __guest_handle_##name

typedef unsigned long xen_pfn_t;
typedef unsigned long xen_ulong_t;
typedef uint16_t domid_t;
DEFINE_GUEST_HANDLE(int);
DEFINE_GUEST_HANDLE(void);
DEFINE_GUEST_HANDLE(uint64_t);
DEFINE_GUEST_HANDLE(xen_pfn_t);
DEFINE_GUEST_HANDLE(xen_ulong_t);

#define __HYPERVISOR_arch_3 51

#endif
