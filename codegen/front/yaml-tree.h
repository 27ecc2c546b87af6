/* SPDX-License-Identifier: MIT */
/* A YAML file as a tree with places; between the files of yaml-*.c only. */
#ifndef CODEGEN_FRONT_YAML_TREE_H
#define CODEGEN_FRONT_YAML_TREE_H

#include "../base/diag.h"

enum node_kind {
    NODE_SCALAR,
    NODE_LIST,
    NODE_MAP,
    NODE_REFUSED,               /* reported already: fits everywhere */
};

struct node {
    enum node_kind kind;
    struct span where;
    const char *text;           /* of a scalar */
    size_t length;              /* a text in quotes may hold a NUL */
    bool is_plain;              /* no quotes around it */
    bool is_block;              /* lines behind a '|' or a '>' */
    LIST(struct node *) items;  /* of a list */
    LIST(struct node_pair) pairs;       /* of a map; no key is there twice */
};

struct node_pair {
    const char *key;
    struct span where;          /* of the key */
    const struct node *value;
};

/* Tables are small; more than this is a mistake. */
#define YAML_SIZE_LIMIT (1u << 20)
#define YAML_DEPTH_LIMIT 8
/* Descriptions are nested as their structures are. */
#define YAML_IDL_DEPTH_LIMIT 64

/* The one document in the file, or NULL: its syntax is wrong. */
const struct node *yaml_tree(struct arena *arena, struct diag *diag,
                             const struct source *source, unsigned int depth_limit);

/* True where text holds a line break or another control character. */
bool yaml_has_control(const char *text, size_t length);

#endif
