/* SPDX-License-Identifier: MIT */
/* Names and what refers to them. */
#ifndef TESTS_MUTATE_NAMES_H
#define TESTS_MUTATE_NAMES_H

#include "mutate.h"

struct reference { struct statement *statement; size_t word; };
struct references {
    struct reference *at;
    size_t count, room;
    bool by_part;                   /* one of them gives the last part of the path alone */
};

/* references.c: where the member's own name stands, the declaration left out. */
struct references references_to(struct statement *owner, struct statement *member,
                                const char *member_name);
/* op x (TAG): its members are that structure's. */
bool borrows(const struct statement *op, const char *tag);
/* extend op x. */
bool extends(const struct statement *statement, const struct statement *op);
/* An extension of the op has the same hook, or this is of one. */
bool xsm_is_repeated(struct statement *xsm);
/* The member's type is that structure, by value. */
bool holds_structure(const struct statement *member, const char *tag);

/* members.c: the same member may be declared once for each of several versions. */
struct twins {
    struct reference *at;           /* the statements and the words that declare it */
    size_t count, room;
    size_t nth;                     /* of the members of that name in the structure, in C */
    bool is_one;                    /* they look the same in C, and come out once */
};
struct twins twins_of(struct statement *owner, struct statement *member, size_t word);
/* How many members of the structure have that name, twins counted once. */
size_t members_named(struct statement *owner, const char *member_name);
/* The structure comes out in headers; name of a rule's scope. */
bool is_emitted(struct statement *owner);

/* make-values.c: some clause or condition names the value. */
bool value_is_named(struct statement *value);

/* make-types.c: a type of the same width, of another one; NULL: none is known. */
const char *same_width(const char *type);
const char *other_width(const char *type);

/* The new name of something that is renamed. */
static inline const char *other(const char *old)
{
    return name("other_%s", old);
}

#endif
