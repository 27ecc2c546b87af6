/* SPDX-License-Identifier: MIT */
/* Between the files that print messages; for nobody else. */
#ifndef CODEGEN_BASE_DIAG_ORDER_H
#define CODEGEN_BASE_DIAG_ORDER_H

#include "diag.h"

/* An error or a warning, and the notes and helps that follow it. */
struct group {
    const struct message *first, *end;
    size_t source;              /* the how-manieth source to be mentioned */
};

void diag_print_json(const struct group *groups, size_t count, FILE *stream);

const char *severity_name(enum severity severity);

#endif
