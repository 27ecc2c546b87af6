/* SPDX-License-Identifier: MIT */
/* Between the files of yaml-idl*.c only: what reading a description needs. */
#ifndef CODEGEN_FRONT_YAML_IDL_H
#define CODEGEN_FRONT_YAML_IDL_H

#include "scan.h"
#include "yaml-form.h"
#include "yaml-tree.h"

struct yaml_idl {
    struct scan scan;           /* its arena, diag and source are everybody's */
};

/* ---- yaml-idl.c ------------------------------------------------------------------ */

/* Where no ':' or '=' says in a text that it is one; false, with an error, for a keyword. */
bool idl_is_name(struct yaml_idl *idl, const struct name *name);

/* ---- yaml-idl-part.c: scalars into the parts of statements -------------------- */

/*
 * Each returns false, with errors, where the value is none of its kind.  A list
 * may stand where several may.
 */
bool idl_names(struct yaml_idl *idl, const struct node_pair *pair, struct name_list *names);
bool idl_text(struct yaml_idl *idl, const struct node_pair *pair, struct name *text);
bool idl_doc(struct yaml_idl *idl, const struct node_pair *pair, struct statement *statement);
bool idl_code(struct yaml_idl *idl, const struct node_pair *pair, struct statement *statement);
bool idl_type(struct yaml_idl *idl, const struct node_pair *pair, const struct tree_type **type);
bool idl_number(struct yaml_idl *idl, const struct node_pair *pair, bool is_text,
                const struct place **place);
bool idl_direction(struct yaml_idl *idl, const struct node_pair *pair, struct word *word);
/* True for 'true'. */
bool idl_true(struct yaml_idl *idl, const struct node_pair *pair);

/* Appended to the statement's tails. */
bool idl_tail(struct yaml_idl *idl, const struct node_pair *pair,
              const struct form_tail *kind, struct statement *statement);
/* A number, a range or a text behind the names. */
bool idl_tail_number(struct yaml_idl *idl, const struct node_pair *pair,
                     struct statement *statement);
bool idl_tail_text(struct yaml_idl *idl, const struct node_pair *pair,
                   struct statement *statement);

/* "'KEY' must be WANTED, not a list"; what is reported already is not again. */
bool idl_refuse(struct yaml_idl *idl, const struct node_pair *pair, const char *wanted);
struct span idl_pair_span(const struct node_pair *pair);

/* ---- yaml-idl-note.c ------------------------------------------------------------ */

/* All comments of the file, into the tree. */
void idl_notes(struct yaml_idl *idl, const struct node *root);

#endif
