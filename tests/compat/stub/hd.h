/* SPDX-License-Identifier: MIT */
/* The least that the structures of other callers need of a hypervisor. */
#ifndef HD_H
#define HD_H

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define __XEN__ 1
#define __XEN_TOOLS__ 1
#include <xen/xen.h>
#include <xen/physdev.h>
#include <xen/grant_table.h>
#include <xen/memory.h>
#include <xen/pmt.h>

#define inline          __inline__
#define __maybe_unused  __attribute__((__unused__))
#define BUILD_BUG_ON(x) ((void)sizeof(char[(x) ? -1 : 1]))

#endif /* HD_H */
