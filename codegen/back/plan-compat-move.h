/* SPDX-License-Identifier: MIT */
/* Between the two files that plan how structures are moved. */
#ifndef CODEGEN_BACK_PLAN_COMPAT_MOVE_H
#define CODEGEN_BACK_PLAN_COMPAT_MOVE_H

#include "plan-compat.h"

/* One function in the making. */
struct move {
    struct compat *compat;
    const struct aggregate *root;
    bool is_back;                       /* to the caller: narrow, and only what is written */
    unsigned int depth, loops;          /* of loops: the present one, and the deepest */
    unsigned int compounds;             /* statements that want braces around them */
};

/* A member, seen from the root. */
struct place_of {
    const char *path;                   /* in C: a[i].b */
    const char *plain;                  /* in a description: a.b */
    const struct aggregate *aggregate;  /* its members; NULL: none */
    const struct place_of *around;
    unsigned int name;                  /* of names declared together, which one */
};

/* plan-compat-move.c */
void move_member(struct move *move, struct node_list *list, const struct member *member,
                 const struct place_of *around, int name);
void move_members(struct move *move, struct node_list *list, const struct aggregate *aggregate,
                  const struct place_of *place);
/* plan-compat-union.c: the member that the tag picks; without a tag the first. */
void move_union(struct move *move, struct node_list *list, const struct aggregate *aggregate,
                const struct place_of *place);

#endif
