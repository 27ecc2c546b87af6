/* SPDX-License-Identifier: MIT */
/* Places in a YAML file, and what libyaml refuses; for yaml-tree.c only. */
#ifndef CODEGEN_FRONT_YAML_SYNTAX_H
#define CODEGEN_FRONT_YAML_SYNTAX_H

#include <yaml.h>

#include "../base/diag.h"

/*
 * libyaml counts characters, a span counts bytes: one character is known by
 * both, and the next to be looked for is mostly near it.
 */
struct yaml_places {
    const struct source *source;
    size_t index, offset;
};

struct span yaml_span(struct yaml_places *places, size_t first_index,
                      size_t last_index);

/* False, with an error: bytes that no text has, nothing at all, or too much. */
bool yaml_bytes_are_text(struct yaml_places *places, struct diag *diag);

/* What the parser has just failed at. */
void yaml_syntax_error(struct yaml_places *places, struct diag *diag,
                       const yaml_parser_t *parser);

#endif
