/* SPDX-License-Identifier: MIT */
/*
 * Two headers side by side, each a list of items or a text.  Needs items.
 * Every function gives true for "equal", else it has written what differs,
 * where, and how each of the two spells it.
 */
#ifndef TESTS_HEADERS_DIFFER_H
#define TESTS_HEADERS_DIFFER_H

#include "items.h"

struct difference {
    char text[1536];
    int line;           /* in the candidate; 0: it has no such line */
};

/* The macros that are defined at the end: names, parameters, bodies. */
bool differ_macros(const struct items *reference,
                   const struct items *candidate, struct difference *out);
/* The tokens of the declarations, in order. */
bool differ_tokens(const struct items *reference,
                   const struct items *candidate, struct difference *out);
/* Everything, in order: declarations, #define, #undef, #include. */
bool differ_order(const struct items *reference,
                  const struct items *candidate, struct difference *out);

/* The same for whole texts, no compiler asked. */
bool differ_guards(const char *reference, const char *candidate,
                   struct difference *out);
bool differ_markers(const char *reference, const char *candidate,
                    struct difference *out);
bool differ_versions(const char *reference, const char *candidate,
                     struct difference *out);

#endif /* TESTS_HEADERS_DIFFER_H */
