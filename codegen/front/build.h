/* SPDX-License-Identifier: MIT */
/* From statements to the model: what the build-*.c files share. */
#ifndef CODEGEN_FRONT_BUILD_H
#define CODEGEN_FRONT_BUILD_H

#include "../model/model.h"
#include "tree.h"

/* Where a statement stands. */
enum container {
    IN_FILE      = 1 << 0,
    IN_INTERFACE = 1 << 1,
    IN_HYPERCALL = 1 << 2,
    IN_OP        = 1 << 3,
    IN_STRUCT    = 1 << 4,
    IN_UNION     = 1 << 5,
    IN_SET       = 1 << 6,
    IN_FIELD     = 1 << 7,      /* values of a field of bits */
};

/* What a statement is: placement.def. */
enum statement_kind {
#define PLACE(kind, name, containers, tails, parts) STATEMENT_##kind,
#include "placement.def"
#undef PLACE
    NR_STATEMENT_KINDS
};

/* Tails that a statement may have. */
enum tail_bit {
    T_AGE        = 1 << 0,
    T_FOR        = 1 << 1,      /* for, except */
    T_BY         = 1 << 2,
    T_WHEN       = 1 << 3,
    T_ELSE       = 1 << 4,
    T_GUARD      = 1 << 5,
    T_MESSAGES   = 1 << 6,
    T_OTHERWISE  = 1 << 7,
    T_DEPRECATED = 1 << 8,
    T_AS         = 1 << 9,
    T_RESUME     = 1 << 10,
    T_REQUIRE    = 1 << 11,
    T_RESULT     = 1 << 12,
    T_PARAMETERS = 1 << 13,
    T_TEXT       = 1 << 14,
    T_NUMBER     = 1 << 15,
    T_RANGE      = 1 << 16,
};

/* Parts that a statement must have, or may have. */
enum part_bit {
    NEEDS_NAME   = 1 << 0, MAY_NAME   = 1 << 1,
    NEEDS_TYPE   = 1 << 2, MAY_TYPE   = 1 << 3,
    NEEDS_NUMBER = 1 << 4, MAY_NUMBER = 1 << 5,
    NEEDS_BODY   = 1 << 6, MAY_BODY   = 1 << 7,
    MAY_NAMES    = 1 << 8,      /* more than one */
    NEEDS_TEXT   = 1 << 9, NEEDS_ELSE = 1 << 10, NEEDS_COUNT = 1 << 11,
};

struct builder {
    struct arena *arena;
    struct diag *diag;
    struct model *model;
    struct interface *interface;
    struct hypercall *hypercall;        /* the one that ops belong to */
    struct condition_list around;       /* of the groups that are open */
    bool is_table;              /* the statements were maps of YAML */
};

/*
 * What the statement is, or -1 with an error: a word, tail or part of it has
 * no place here.
 */
int placement_check(struct builder *builder, const struct statement *statement,
                    enum container container);

/* The same of a statement that is in its place. */
int placement_kind(const struct statement *statement, enum container container);
/* The row of a kind in placement.def: IN_, T_ and NEEDS_ or MAY_ bits. */
const char *placement_name(enum statement_kind kind);
unsigned int placement_containers(enum statement_kind kind);
unsigned int placement_tails(enum statement_kind kind);
unsigned int placement_parts(enum statement_kind kind);

/* build.c: a whole file. */
struct interface *build_interface(struct model *model, const struct tree *tree);
/* The statement's own conditions behind those of the groups around it. */
struct condition_list build_conditions(struct builder *builder,
                                       const struct statement *statement);
const struct tail *build_tail(const struct statement *statement, enum keyword word);
const struct tail *build_tail_kind(const struct statement *statement, enum tail_kind kind);
bool build_has_head(const struct statement *statement, enum keyword word);
struct reference build_reference(const struct name *name);
void build_references(struct builder *builder, struct reference_list *list,
                      const struct name_list *names);
struct decl *build_decl(struct builder *builder, const struct statement *statement,
                        enum decl_kind kind, const struct name *name,
                        struct decl *owner);
uint64_t build_number(struct builder *builder, const struct name *number,
                      bool *negative);

/* build-decl.c: declarations without members.  Appended to the interface by build_decl(). */
void build_simple(struct builder *builder, const struct statement *statement,
                  enum statement_kind kind, struct decl *owner,
                  struct member_list *members);
void build_set(struct builder *builder, const struct statement *statement,
               enum statement_kind kind, struct decl *owner,
               struct member_list *members);

/* build-type.c */
const struct type *build_type(struct builder *builder, const struct tree_type *tree,
                              const struct statement *body, struct decl *owner);
void build_parameters(struct builder *builder, const struct parameter_list *from,
                      struct parameter_values *to);

/* build-struct.c */
void build_structure(struct builder *builder, const struct statement *statement,
                     enum statement_kind kind, struct decl *owner,
                     struct member_list *members);
void build_members(struct builder *builder, const struct statement_list *body,
                   struct aggregate *aggregate, struct decl *owner, struct op *op);

/* build-op.c */
void build_hypercall(struct builder *builder, const struct statement *statement);
void build_op(struct builder *builder, const struct statement *statement);
void build_extend(struct builder *builder, const struct statement *statement);
void build_clause(struct builder *builder, const struct statement *statement,
                  enum statement_kind kind, struct clause_list *clauses);

#endif
