/* SPDX-License-Identifier: MIT */
/*
 * What Linux's asm/xen/hypercall.h takes from the rest of Linux, as little of
 * it as the calls need.  Everything about registers is its own.
 */
#ifndef LINUX_NAMES_H
#define LINUX_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef uint8_t __u8;
typedef uint16_t __u16;
typedef uint32_t __u32;
typedef uint64_t __u64;
typedef int8_t s8;
typedef int16_t s16;
typedef int32_t s32;
typedef int64_t s64;
typedef int8_t __s8;
typedef int32_t __s32;
typedef struct { unsigned long pte; } pte_t;
struct desc_struct { u64 words; };

#define __packed __attribute__((packed))
#define __always_inline inline __attribute__((always_inline))
#define __must_check
#define __nonstring
#define __aligned(bytes) __attribute__((aligned(bytes)))
#define BITS_PER_LONG (8 * (int)sizeof(long))
#define CONFIG_XEN_PV 1

#define __stringify_1(x...) #x
#define __stringify(x...) __stringify_1(x)

/* include/linux/static_call_types.h, arch/x86/include/asm/asm.h */
#define STATIC_CALL_KEY(name) __SCK__##name
#define STATIC_CALL_TRAMP(name) __SCT__##name
#define DECLARE_STATIC_CALL(name, function) extern int STATIC_CALL_KEY(name)
register unsigned long current_stack_pointer asm("rsp");
#define ASM_CALL_CONSTRAINT "+r" (current_stack_pointer)

#define ANNOTATE_IGNORE_ALTERNATIVE
#define ASM_STAC ""
#define ASM_CLAC ""
#define trace_xen_mc_entry(entry, count) ((void)(entry))

#endif
