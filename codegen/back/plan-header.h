/* SPDX-License-Identifier: MIT */
/* What the parts of the header plan share. */
#ifndef CODEGEN_BACK_PLAN_HEADER_H
#define CODEGEN_BACK_PLAN_HEADER_H

#include "../model/flavour.h"
#include "back.h"

struct header {
    struct back *back;
    struct arena *arena;
    struct defs *defs;
    const struct flavour *flavour;
    const struct interface *interface;
    bool ops_are_listed;        /* 'list ops' has printed the numbers */
};

/* A list of items in the making: of a file, or between the braces of a structure. */
struct body {
    struct header *header;
    struct node_list items;
    struct condition_list open;  /* what holds here, #if by #if */
    struct condition_list named; /* what stands behind the #ifs, and so behind #else and #endif:
                                  * Xen's compat scripts look for the same words in all three */
};

/* plan-header.c: a new item under its conditions; opens and closes #ifs as needed. */
node_t body_add(struct body *body, const char *kind, const struct condition_list *conditions);
/* Close what is open, and make the items the node's list. */
void body_end(struct body *body, node_t node, const char *key);

/* Both conditions, the outer ones first. */
struct condition_list header_join(struct header *header, const struct condition_list *outer,
                                  const struct condition_list *inner);
/* The parameters of a macro. */
void header_parameters(struct header *header, node_t node,
                       const struct reference_list *parameters);
/* Documentation as a list of lines; NULL: none. */
void header_doc(struct header *header, node_t node, const char *key, const char *doc);
/* The flavour's spelling of key with $T (and $N) filled in. */
const char *header_spell(struct header *header, const char *key, const char *name,
                         const char *type);
/* Whether a structure has a typedef, and the name that it goes by: x_t, or x. */
bool header_has_typedefs(const struct header *header);
const char *header_structure_name(struct header *header, const char *tag);
/* Whether docs/xen-headers reads what the flavour has at all. */
bool header_has_markers(const struct header *header);
bool header_has_marker(const struct header *header, const char *name);

/* plan-type.c: type, tag and declarators of a node that declares something. */
void plan_type(struct header *header, node_t node, const struct type *type);
/* The lengths of an array, outermost first. */
void plan_lengths(struct header *header, node_t node, const struct type *type);
/* The name of a handle's target as the handle macros take it. */
const char *plan_handle_name(struct header *header, const struct type *target, bool is_const);
/* True where both come out as the same text. */
bool plan_same_type(const struct type *a, const struct type *b);

/* plan-member.c */
void plan_members(struct body *body, const struct aggregate *aggregate, bool with_directions);
/* Declarations at the front of an aggregate, before its first member. */
void plan_leading(struct body *body, const struct aggregate *aggregate,
                  const struct condition_list *conditions);

/* plan-set.c */
void plan_set(struct body *body, const struct decl *decl, const struct condition_list *conditions);

/* plan-item.c: one declaration. */
void plan_decl(struct body *body, const struct decl *decl);
void plan_simple(struct body *body, const struct decl *decl,
                 const struct condition_list *conditions);
void plan_structure(struct body *body, const struct decl *decl,
                    const struct aggregate *aggregate, enum form form,
                    const struct condition_list *conditions, bool with_directions);

#endif
