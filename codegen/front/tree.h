/* SPDX-License-Identifier: MIT */
/*
 * What was read, as it was written: statements of words, nothing understood
 * yet.  The parser makes this tree; build.c turns it into the model.  Both
 * notations of the language end in this tree.
 */
#ifndef CODEGEN_FRONT_TREE_H
#define CODEGEN_FRONT_TREE_H

#include <stdint.h>

#include "../base/diag.h"
#include "../model/expression.h"

/* Every keyword, in the order of keywords.def. */
enum keyword {
#define K(word, token) KEYWORD_##word,
#include "keywords.def"
#undef K
    NR_KEYWORDS
};

const char *keyword_text(enum keyword keyword);

/* A keyword where it stands. */
struct word {
    enum keyword keyword;
    struct span where;
};

/* A name with its place; names in paths, globs (PREFIX_*) and strings too. */
struct name {
    const char *text;
    struct span where;
};
struct name_list { struct name *at; size_t count, room; };

struct tree_type;

enum tree_type_kind {
    TREE_NAMED,                 /* name */
    TREE_AGGREGATE,             /* struct or union, with a name or a body to come */
    TREE_GENERIC,               /* name < argument > */
    TREE_OP,                    /* the argument 'op' of a handle */
    TREE_ARRAY,                 /* element [ length ]; no length: flexible */
    TREE_OPTIONAL,              /* element ? */
};

struct tree_type {
    enum tree_type_kind kind;
    struct span where;
    struct name name;           /* of what is named; text NULL: none */
    struct word word;           /* TREE_AGGREGATE: struct or union */
    bool is_const;              /* of an argument: const T */
    const struct tree_type *element;    /* argument, or what there is an array of */
    const struct expression *length;
};

/* What stands behind '='. */
enum place_kind { PLACE_NONE, PLACE_VALUE, PLACE_TEXT, PLACE_RANGE };
struct place {
    enum place_kind kind;
    struct span where;
    struct name value;          /* a name, a number as written, or a text */
    bool is_number;
    struct name high, low;      /* PLACE_RANGE, as written */
    struct name shift;          /* text NULL: none */
};

enum tail_kind {
    TAIL_AGE,                   /* since, before: name is the version */
    TAIL_WITH,                  /* for, except, by, when, else, ...: names */
    TAIL_MARK,                  /* otherwise, deprecated */
    TAIL_AS,                    /* name is a path, a string or a tag */
    TAIL_RESUME,                /* steps */
    TAIL_REQUIRE,               /* expression */
    TAIL_RESULT,                /* -> type */
    TAIL_PARAMETERS,            /* parameters */
    TAIL_TEXT,                  /* name is the string */
    TAIL_NUMBER,                /* name is the number */
    TAIL_RANGE,                 /* range */
};

struct step {                   /* path = expression, path += expression, ... */
    struct name target;
    enum { STEP_SET, STEP_ADD, STEP_SUBTRACT } how;
    const struct expression *target_path;
    const struct expression *value;
    struct span where;
};
struct step_list { struct step *at; size_t count, room; };

struct parameter {
    struct { struct word *at; size_t count, room; } heads;
    struct name name;
    const struct tree_type *type;       /* NULL: none was given */
};
struct parameter_list { struct parameter *at; size_t count, room; };

struct tail {
    struct tail *next;
    enum tail_kind kind;
    struct word word;           /* of the kinds that begin with a word */
    struct span where;
    struct name name;
    bool is_string, is_tag;     /* TAIL_AS */
    struct name_list names;
    const struct place *range;  /* of TAIL_RANGE */
    const struct expression *expression;
    const struct tree_type *type;
    struct step_list steps;
    struct parameter_list parameters;
};
/* Statements and tails are chained: one has few, and nobody counts them. */
#define TREE_EACH(node, list)                                               \
    for ( __typeof__((list)->first + 0) node = (list)->first; node; node = node->next )
#define TREE_ADD(list, node)                                                \
    do {                                                                    \
        if ( (list)->last )                                                 \
            (list)->last->next = (node);                                    \
        else                                                                \
            (list)->first = (node);                                         \
        (list)->last = (node);                                              \
    } while ( 0 )

struct tail_list { struct tail *first, *last; };

struct statement;
struct statement_list {
    struct statement *first, *last;
    bool has_braces;            /* none: there is no list, not an empty one */
};

struct statement {
    struct statement *next;
    struct span where;
    struct { struct word *at; size_t count, room; } heads;
    struct name_list subjects;
    const struct tree_type *type;       /* NULL: none */
    const struct place *number; /* never NULL */
    struct tail_list tails;
    bool has_body;
    struct statement_list body;
    const char *doc;            /* documentation, NULL if none */
    struct span doc_where;
    bool doc_is_tail;           /* stood at the end of a line */
    const char *code;           /* of '%{ %}'; then all else is empty */
    struct point code_at;       /* where it begins */
    int code_indent;            /* of its other lines; -1: their places are not known */
};

struct tree {
    struct source *source;
    struct statement_list statements;
    bool is_table;              /* read from YAML */
    struct note_list notes;     /* in the order of the source */
};

/*
 * Read a description in the C-like notation.  Errors go to diag; the tree
 * then holds what could be read.
 */
struct tree *parse_description(struct arena *arena, struct diag *diag,
                               struct source *source);

/* The number that text says: decimal, 0x, '-' or '~' before it. False if it is none. */
bool tree_number(const char *text, uint64_t *value, bool *negative);

#endif
