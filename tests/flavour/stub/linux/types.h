/* SPDX-License-Identifier: MIT */
/* Stands in for the kernel's: the types that interface headers use. */
#ifndef FLAVOUR_TYPES_H
#define FLAVOUR_TYPES_H

#include <stdint.h>

typedef uint8_t u8, __u8;
typedef uint16_t u16, __u16;
typedef uint32_t u32, __u32;
typedef uint64_t u64, __u64;
typedef int8_t s8;

#endif
