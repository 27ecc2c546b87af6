/* SPDX-License-Identifier: MIT */
/*
 * What every call has: where its structures are, and the pointers in them. The
 * tables come from the descriptions' text, pointers.def and calls.def.
 */
#ifndef TESTS_XENCOMM_OPS_H
#define TESTS_XENCOMM_OPS_H

enum form { ONE, MANY, SINGLE };        /* SINGLE: an array of which one is looked at */

struct call {
    const char *name, *structure;
    unsigned int number;
    long first;                         /* register 0; -1: it is no command */
    int at, count_at, other_at;         /* registers; -1: none */
    size_t size;
    enum form form;
    long (*make)(void *s, unsigned int n, unsigned int *other);
};

struct pointer {
    const char *structure;
    size_t offset, unit;
    void (*set)(void *s, unsigned int i, unsigned int n);
    unsigned long (*count)(const void *s);
    int (*when)(unsigned int i);
};

extern const struct call calls[];
extern const unsigned int nr_calls;
extern const struct pointer pointers[];
extern const unsigned int nr_pointers;

#endif
