/* SPDX-License-Identifier: MIT */
/*
 * Items: what a header says, in order, as the preprocessor's output shows it.
 * Needs nothing.  Gives a list of items for each header from the text that
 * `gcc -E -dDI` prints, with or without -fdirectives-only.
 */
#ifndef TESTS_HEADERS_ITEMS_H
#define TESTS_HEADERS_ITEMS_H

#include <stdbool.h>

#define HEADERS(X) X(xen) X(physdev) X(grant_table) X(memory)

enum header {
#define X(name) HEADER_##name,
    HEADERS(X)
#undef X
    HEADER_COUNT
};

extern const char *const header_name[HEADER_COUNT];     /* "xen.h", ... */

enum item_kind {
    ITEM_TOKEN,         /* of a declaration */
    ITEM_DEFINE,        /* the macro's name */
    ITEM_PARAMETERS,    /* '(' that touches the name: its parameters follow */
    ITEM_BODY,          /* of a macro, parameters included */
    ITEM_UNDEF,         /* the macro's name */
    ITEM_INCLUDE,       /* the file, with its quotes */
};

struct item {
    enum item_kind kind;
    const char *text;   /* into the text that was read */
    int length;
    int line;           /* in the header */
};

struct items {
    struct item *list;
    int count;
    int room;
};

/* Fill items[] from text; headers are those that lie in folder itself. */
void items_read(struct items items[HEADER_COUNT], const char *text,
                const char *folder);
void items_free(struct items items[HEADER_COUNT]);
bool item_same(const struct item *a, const struct item *b);
bool item_is(const struct item *item, const char *text);

#endif /* TESTS_HEADERS_ITEMS_H */
