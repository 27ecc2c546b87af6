/* SPDX-License-Identifier: MIT */
/* What the commands print. */
#ifndef CODEGEN_COMMANDS_H
#define CODEGEN_COMMANDS_H

#include <stdio.h>

#include "back/back.h"

/* explain.c: what a diagnostic means; an error for an unknown id. */
void explain(struct diag *diag, const char *id, FILE *stream);

/* dump-text.c: the model, in the language's own words. */
void dump_text(const struct model *model, FILE *stream);
/* dump-json.c: all of the model. */
void dump_json(const struct model *model, FILE *stream);
/* dump-defs.c: the definitions of every planned output. */
void dump_defs(const struct back *back, FILE *stream);

#endif
