/* SPDX-License-Identifier: MIT */
/* From one notation of the language to the other: what convert-*.c share. */
#ifndef CODEGEN_CONVERT_H
#define CODEGEN_CONVERT_H

#include "front/yaml-form.h"

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
bool scalar_is_block(const char *lines);
/* What stands there in the source, its blanks as one and without its notes. */
const char *scalar_source(struct arena *arena, struct span where);

/* ---- convert-keys.c --------------------------------------------------------------- */

/* One key of a map: scalars, parameters, or a text of several lines. */
struct entry {
    const char *key;
    enum entry_kind {
        ENTRY_SCALARS,          /* one, or a list of several */
        ENTRY_TRUE,
        ENTRY_LINES,            /* values.at[0] ends with its last newline */
        ENTRY_PARAMETERS,
    } kind;
    enum scalar scalar;
    struct { const char **at; size_t count, room; } values;
    const struct parameter_list *parameters;
};

struct map_text {
    const struct yaml_form *form;
    const char *main;           /* the key of what it is about */
    const struct statement *statement;
    LIST(struct entry) entries;
};

/* Without what stands in its braces; form is that of the statement. */
struct map_text convert_keys(struct arena *arena, const struct statement *statement,
                             const struct yaml_form *form);

/* ---- convert-yaml.c ----------------------------------------------------------------- */

/* From idl/ on, where descriptions are. */
#define SCHEMA_PLACE "../generated/schema/interface.schema.json"

/* The whole file in YAML; it begins with its interface and has no errors. */
const char *convert_yaml(struct arena *arena, const struct tree *tree);

/* ---- convert.c ------------------------------------------------------------------------ */

/* The whole file as text; model is what build_interface made of it. */
const char *convert_text(const struct model *model, const struct tree *tree);

#endif
