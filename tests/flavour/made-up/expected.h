/* SPDX-License-Identifier: MIT */
/******************************************************************************
 * thing.h
 *
 * Made up: one of everything that a flavour may have otherwise.
 *
 * Generated from idl/thing.idl by "make"; edit that, not this.
 */

#ifndef THING_H
#define THING_H

#include <some/where/other.h>

/*
 * Numbers
 * -------
 */

#define THING_ready (1u << 0)
#define THING_lost  (1u << 2)
#define THING_low   (0u << 4)
#define THING_top   (3u << 4)

/*
 * Structures
 * ----------
 */
#define OLD_TIMES 1

#if VERSION < 0x00030200
#define ANCIENT 1
#endif /* VERSION < 0x00030200 */

#ifdef GUEST
#define FOR_BOTH 1
#endif /* GUEST */
#define NOT_FOR_TOOLS 1

struct thing_piece {
	uint32_t first;
	thing_name_t second;
};
DEFINE(thing_piece);

struct thing_box {
	uint32_t flags;
	uint32_t number;
	struct thing_piece part;
	struct {
		uint32_t shallow;
	} inner;
	HANDLE(uint16_t) list;
	HANDLE(thing_piece) places;
	uint16_t rights;
};
DEFINE(thing_box);
typedef uint32_t thing_name_t;

#endif /* THING_H */
