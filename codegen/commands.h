/* SPDX-License-Identifier: MIT */
/* What the commands print. */
#ifndef CODEGEN_COMMANDS_H
#define CODEGEN_COMMANDS_H

#include <stdio.h>

#include "back/back.h"
#include "options.h"

/* explain.c: what a diagnostic means; an error for an unknown id. */
void explain(struct diag *diag, const char *id, FILE *stream);

/* dump-text.c: the model, in the language's own words; notes of its only interface, or none. */
void dump_text(const struct model *model, const struct note_list *notes, FILE *stream);
/* convert.c: descriptions in the other notation, into --output or to stream. */
void convert(struct arena *arena, struct diag *diag, const struct options *options,
             FILE *stream);
/* dump-json.c: all of the model. */
void dump_json(const struct model *model, FILE *stream);
/* schema.c: JSON Schemas of all that is YAML, as outputs without a template. */
void schema_outputs(struct back *back);
/* dump-defs.c: the definitions of every planned output. */
void dump_defs(const struct back *back, FILE *stream);

/* What hcgen diff has counted. */
struct diff_totals {
    struct arena *arena;
    size_t ops, rules, layouts, files;
    size_t broken;              /* elements that were published, and are not as they were */
};
/* diff-model.c: ops, their rules and layouts in which the two differ. */
void diff_models(const struct model *then, const struct model *now, FILE *stream,
                 struct diff_totals *totals);
/* diff-files.c: the files in which they differ, both rendered. */
void diff_files(const struct back *then, const struct back *now, FILE *stream,
                struct diff_totals *totals);

#endif
