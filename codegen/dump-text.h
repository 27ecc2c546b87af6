/* SPDX-License-Identifier: MIT */
/*
 * The model in the language's own words: what the dump-text*.c files share.
 *
 * A line is built in a text, from its indent on, and then printed whole: only
 * then it is known whether its documentation fits behind it.
 */
#ifndef CODEGEN_DUMP_TEXT_H
#define CODEGEN_DUMP_TEXT_H

#include "model/model.h"

struct dump {
    struct arena *arena;
    FILE *stream;
    unsigned int depth;         /* of braces that are open */
    bool fresh;                 /* one was opened just now */
    struct condition_list groups;       /* those of the groups that are open */
    const struct note_list *notes;      /* those that are to come, in order */
    size_t next_note;
    const struct condition_list *implied;       /* by the hypercall, for its clauses */
};

/* Columns of the language, from 0.  They never depend on other lines. */
enum {
    COLUMN_INDENT = 4,          /* each body */
    COLUMN_NAME = 6,            /* of a member, behind its direction */
    COLUMN_TYPE = 26,           /* of a member; of a constant: the '=' */
    COLUMN_CLAUSE = 9,          /* what follows the word of a clause */
    COLUMN_HEAD = 15,           /* what follows the word of a line of the interface */
    COLUMN_DOC = 41,            /* documentation behind a line */
    COLUMN_LAST = 100,
};

/* ---- dump-text-line.c: lines, groups, and what many statements have ------------ */

struct text dump_line(const struct dump *dump);
/* Documentation, on lines of its own; NULL: none. */
void dump_doc(const struct dump *dump, const char *doc);
/* Notes that stand before the place, or on its line; NULL: all that are left. */
void dump_notes(struct dump *dump, const struct span *where);
/* Blanks up to the column, counted from the left; at least one. */
void dump_pad(struct text *line, size_t column);
/* The line and its ';'. */
void dump_end(struct dump *dump, struct text *line, const char *doc);
/* The line and a '{', and the '}' that belongs to it. */
void dump_open(struct dump *dump, struct text *line, const char *doc);
void dump_close(struct dump *dump);
/* An empty line, except behind a '{'. */
void dump_gap(struct dump *dump);

/*
 * How many of the conditions, from the first on, only a group can express:
 * all, where tails are not allowed; else those that would stand there twice.
 */
size_t dump_outer(const struct condition_list *conditions, bool tails);
/* Leave and enter groups, so that exactly the first count conditions are open. */
void dump_groups(struct dump *dump, const struct condition_list *conditions, size_t count);
bool dump_is_grouped(const struct dump *dump, const struct condition_list *conditions,
                     size_t count);
/* The conditions that stand behind a statement. */
void dump_conditions(struct dump *dump, struct text *line,
                     const struct condition_list *conditions, size_t from);

void dump_references(struct text *line, const char *word, const struct reference_list *list);
void dump_string(struct text *line, const char *word, const char *string);
void dump_type(struct text *line, const struct type *type);
/* '(a: T, b: U)', on several lines where one is too long. */
void dump_parameters(struct text *line, const struct parameter_values *values);

/* ---- dump-text-body.c: what stands within braces --------------------------------- */

void dump_members(struct dump *dump, const struct member_list *members);
void dump_clauses(struct dump *dump, const struct clause_list *clauses);
void dump_constants(struct dump *dump, const struct set *set);
/* Members and clauses of a structure, without its braces. */
void dump_aggregate(struct dump *dump, const struct aggregate *aggregate);
/* The structure or union with a body in this type, or NULL. */
const struct aggregate *dump_body(const struct type *type);

/* ---- dump-text-decl.c -------------------------------------------------------------- */

void dump_decl(struct dump *dump, const struct decl *decl);
/* What follows the word "contents". */
void dump_contents(struct text *line, const struct decl *decl);
/* It has a body, or may have one. */
bool dump_has_body(const struct decl *decl);
/* Conditions may stand behind it. */
bool dump_takes_tails(const struct decl *decl);

#endif
