/* SPDX-License-Identifier: MIT */
/*
 * The door of hv-impl for measuring the table alone: windows are plain memory in
 * pages of the wanted size, locks are nothing, since one thread writes.
 */
#ifndef PORT_H
#define PORT_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifndef __XEN__
#define __XEN__ 1
#endif
#include <xen/grant_table.h>
#include <xen/memory.h>
#include <xen/pmt.h>
#include <xen/xen.h>

#define PAGE_SHIFT 12
#define PAGE_SIZE  (1UL << PAGE_SHIFT)

#define likely(x)       __builtin_expect(!!(x), 1)
#define unlikely(x)     __builtin_expect(!!(x), 0)
#define BUILD_BUG_ON(x) _Static_assert(!(x), #x)
#define __maybe_unused  __attribute__((unused))
#define array_index_nospec(i, n) ((i) < (n) ? (i) : 0)
#define ASSERT_UNREACHABLE() abort()
#define port_assert(x)  ((void)sizeof(x))
#define PORT_POINT(name) ((void)0)

struct domain;
struct port_lock { int unused; };

#include "port-names.h"

#endif /* PORT_H */
