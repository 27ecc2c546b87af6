/* SPDX-License-Identifier: MIT */
/*
 * Who makes a call: structures with patterns of their own, and buffers behind
 * all of their pointers.
 */
#ifndef TESTS_XENCOMM_CALLER_H
#define TESTS_XENCOMM_CALLER_H

#include "ops.h"

#define MAX_ELEMENTS 8
#define MAX_POINTERS 4

/*
 * Where objects lie: their first unit ends a page, or their last word begins one,
 * or they end with a page and nothing is behind it.
 */
enum lies { FIRST_UNIT_BEFORE, LAST_WORD_BEHIND, NOTHING_BEHIND, NR_LIES };
extern enum lies lies;

/* A pointer of an element, and what it points at. */
struct buffer {
    const struct pointer *pointer;      /* NULL: there is none */
    unsigned char *at;                  /* NULL too */
    unsigned long bytes;
    unsigned char seed;
};

struct caller {
    const struct call *call;
    unsigned char *array;
    unsigned int count, elements;       /* as passed; that are looked at */
    struct buffer buffers[MAX_ELEMENTS][MAX_POINTERS];
    unsigned int *other;
    unsigned char after[4096];          /* elements as they shall be */
};

/*
 * count elements are passed, and of an op that looks at one alone one is there; n
 * says how many things each pointer has.
 */
void set_caller(struct caller *caller, const struct call *of, unsigned int count,
                unsigned int n, bool null);
/* The caller's own pointers are where they were. */
bool has_pointers(const struct caller *caller);
/* All buffers have their pattern, with so much added. */
bool has_buffers(const struct caller *caller, unsigned char plus);

unsigned char byte_of(unsigned char seed, size_t i);
void set_word(unsigned char *element, size_t offset, const void *value);
uint64_t word_at(const unsigned char *element, size_t offset);

#endif
