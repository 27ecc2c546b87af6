/* SPDX-License-Identifier: MIT */
/*
 * From the model to files.
 *
 * Each plan_*() turns a part of the model into definitions and says which
 * template prints them; render_all() then runs the templates, formats what
 * comes out, and writes it when all of it is there.
 */
#ifndef CODEGEN_BACK_BACK_H
#define CODEGEN_BACK_BACK_H

#include "../model/arch.h"
#include "defs.h"

struct output {
    const char *path;           /* below the folder of all output */
    const char *template;       /* a file of templates/, without ".m4" */
    struct defs *defs;          /* NULL: the text is there already */
    node_t root;                /* printed by the template's h_file() */
    enum cause cause;           /* why one family has the file, and others do not */
    bool has_tabs;              /* a level is indented by a tab */
    const char *text;           /* set by render_all() */
    size_t length;
};

struct back {
    struct arena *arena;
    struct diag *diag;
    const struct model *model;
    const char *templates;      /* folder */
    const char *style;          /* clang-format's style file */
    const char *folder;         /* of all output */
    bool marked;                /* for the report of causes: lines carry their cause */
    struct { struct output *at; size_t count, room; } outputs;
};

/* The definitions of a new output file; *root is its node, of this kind. */
struct defs *back_output(struct back *back, const char *path, const char *template,
                         const char *kind, node_t *root);

/* plan-header.c: public headers, for each family and flavour. */
void plan_headers(struct back *back);
/* plan-stub.c: guest stubs, for each family. */
void plan_stubs(struct back *back);
/* plan-compat.c: structures of callers of another width, and the report about them. */
void plan_compat(struct back *back);
/* plan-dispatch.c: dispatchers and what handlers are written against, for each family. */
void plan_dispatchers(struct back *back);
/* plan-xencomm.c: handles for pointers, where an architecture wants them. */
void plan_xencomm(struct back *back);
/* plan-layout.c: asserts about the layout of what the headers declare. */
void plan_layouts(struct back *back);

/* The names of the families, each once, in the order of the architectures. */
struct text_list back_families(const struct back *back);
/* True where an architecture of the family provides one of the interface's views. */
bool back_family_has(const struct back *back, const char *family,
                     const struct interface *interface);

/* render.c: false with an error where a tool or a template fails; nothing is written then. */
bool render_all(struct back *back);
/* Write what render_all() made, where it differs; false with an error. */
bool render_write(struct back *back);

/* causes.c: for each file, below folder, the causes of each of its lines. */
bool causes_write(struct back *back, const char *folder);

/* spell.c: text with $T, $N, ... replaced; pairs of one letter and its text. */
const char *spell_pattern(struct arena *arena, const char *pattern,
                          const char *letters, const char *const *texts);
/* Documentation without the lines that are for the public header alone. */
const char *spell_own_words(struct arena *arena, const char *doc);
/* A name for a guard or a rule: in capitals, what no name has as '_'. */
const char *spell_upper(struct arena *arena, const char *name);
/*
 * Paragraphs as lines of at most width bytes, broken at blanks.  Free lines,
 * and those that begin with a blank, '*' or '`', stay as they are.
 */
struct text_list spell_wrap(struct arena *arena, const char *text, size_t width);

#endif
