/* SPDX-License-Identifier: MIT */
/*
 * How each port begins that is for the table alone: tests/table, tests/explore and
 * tests/bench/table go on from here with their own idea of words, locks and windows.
 */
#ifndef PORT_SMALL_H
#define PORT_SMALL_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

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

#define likely(x)       __builtin_expect(!!(x), 1)
#define unlikely(x)     __builtin_expect(!!(x), 0)
#define BUILD_BUG_ON(x) _Static_assert(!(x), #x)
#define __maybe_unused  __attribute__((unused))
/* i, or 0 from n on, as Xen's. */
#define array_index_nospec(i, n) ((i) < (n) ? (i) : 0)

struct domain;

#endif /* PORT_SMALL_H */
