/* SPDX-License-Identifier: MIT */
/*
 * What is wrong with the input, and where.  Messages are collected while a
 * stage runs and printed together; a stage that has reported an error ends the
 * run before anything is written.
 */
#ifndef CODEGEN_BASE_DIAG_H
#define CODEGEN_BASE_DIAG_H

#include <stdio.h>

#include "source.h"
#include "text.h"

/* Every check has an id; checks.def says each once, with its explanation. */
enum check {
#define CHECK(name, id, explanation) CHECK_##name,
#include "checks.def"
#undef CHECK
    NR_CHECKS
};

const char *check_id(enum check check);
const char *check_explanation(enum check check);
/* -1 where there is no such id. */
int check_find(const char *id);

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE, SEVERITY_HELP };

struct message {
    enum severity severity;
    enum check check;           /* of errors and warnings */
    struct span where;          /* where.source is NULL: no place */
    const char *text;
};

struct diag {
    struct arena *arena;
    LIST(struct message) messages;  /* notes and helps follow what they belong to */
    unsigned int errors, warnings;
    bool dropped;               /* the last error was one too many, and so are its notes */
};

/* At most this many errors are collected; the rest is counted, not kept. */
#define DIAG_LIMIT 20

/* Notes and helps belong to the error or warning reported last. */
void diag_error(struct diag *diag, enum check check, struct span where,
                const char *format, ...) __attribute__((format(printf, 4, 5)));
void diag_warning(struct diag *diag, enum check check, struct span where,
                  const char *format, ...) __attribute__((format(printf, 4, 5)));
void diag_note(struct diag *diag, struct span where, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void diag_help(struct diag *diag, struct span where, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* True when there is no use in looking further. */
bool diag_is_full(const struct diag *diag);

enum diag_format { DIAG_TEXT, DIAG_COLOUR, DIAG_JSON };

/* Print all, in order of source and place within each source. */
void diag_print(const struct diag *diag, FILE *stream, enum diag_format format);

#endif
