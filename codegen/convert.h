/* SPDX-License-Identifier: MIT */
/* From one notation of the language to the other: what convert-*.c share. */
#ifndef CODEGEN_CONVERT_H
#define CODEGEN_CONVERT_H

#include "front/tree.h"

/* What may stand without quotes differs by what it is, and by what is around. */
enum scalar {
    SCALAR_TEXT,                /* nobody may take it for a number or for true */
    SCALAR_NUMBER,              /* as written */
};

/* ---- convert-scalar.c ------------------------------------------------------------- */

/* A value on one line; in_flow: within braces or brackets. */
void scalar_add(struct text *to, const char *value, enum scalar kind, bool in_flow);
/*
 * A value of several lines behind 'KEY:'.  lines: as a block where it can be
 * one, indented by so much; else in quotes.
 */
void scalar_add_lines(struct text *to, const char *lines, size_t indent);
/* What stands there in the source, its blanks as one and without its notes. */
const char *scalar_source(struct arena *arena, struct span where);

/* ---- convert-yaml.c ----------------------------------------------------------------- */

/* From idl/ on, where descriptions are. */
#define SCHEMA_PLACE "../generated/schema/interface.schema.json"

/* The whole file in YAML; it begins with its interface and has no errors. */
const char *convert_yaml(struct arena *arena, const struct tree *tree);

#endif
