/* SPDX-License-Identifier: MIT */
/*
 * The seam between the compiler and its templates.
 *
 * Everything a template may know is a flat m4 definition: nodes n1, n2, ...
 * have a kind and values ("n7.name"), and lists of other nodes ("n7.members"
 * is "n8,n9").  `hcgen dump --defs` prints them.  A value that only one
 * architecture has is set with its cause: from these the report of what
 * differs between two architectures knows why a line differs.
 */
#ifndef CODEGEN_BACK_DEFS_H
#define CODEGEN_BACK_DEFS_H

#include <stdint.h>

#include "../base/text.h"

/* Why two architectures' code may differ: causes.def. */
enum cause {
    CAUSE_none,
#define CAUSE(name, meaning) CAUSE_##name,
#include "causes.def"
#undef CAUSE
    NR_CAUSES
};
const char *cause_text(enum cause cause);
const char *cause_meaning(enum cause cause);
/* CAUSE_none where there is no such cause. */
enum cause cause_find(const char *name, size_t length);

/* In the template's output: a cause begins, and ends. */
#define MARK_BEGIN "\001"
#define MARK_NAME  "\002"
#define MARK_END   "\003"

struct defs {
    struct text text;
    bool marked;                /* values carry their causes */
    unsigned int nodes;
};

typedef unsigned int node_t;    /* 0: none */

struct defs *defs_new(struct arena *arena, bool marked);
node_t defs_node(struct defs *defs, const char *kind);
void defs_text(struct defs *defs, node_t node, const char *key, const char *value);
void defs_number(struct defs *defs, node_t node, const char *key, uint64_t value);
/* A value of the architecture's, and why it is as it is. */
void defs_cause(struct defs *defs, node_t node, const char *key, enum cause cause,
                const char *value);

/* Lists of nodes are collected in C and set when they are complete. */
struct node_list { node_t *at; size_t count, room; };
void defs_list(struct defs *defs, node_t node, const char *key,
               const struct node_list *list);

#endif
