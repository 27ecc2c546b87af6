/* SPDX-License-Identifier: MIT */
/* What scanner and parser share; nobody else includes this. */
#ifndef CODEGEN_FRONT_SCAN_H
#define CODEGEN_FRONT_SCAN_H

#include "tree.h"

/* One '///' line. */
struct doc_line {
    struct span where;
    const char *text;
    bool is_tail;               /* something stands before it on its line */
};
struct doc_list { struct doc_line *at; size_t count, room; };

#define LETTER(c) ((unsigned char)(c) % 32)

struct scan {
    struct arena *arena;
    struct diag *diag;
    struct source *source;
    struct tree *tree;
    struct point at;            /* where the next token begins */
    size_t offset;              /* the same, in the source's text */
    unsigned int links;         /* of this statement: operators, brackets, dots */
    struct span open;           /* of the comment or C text being read */
    struct span previous, last; /* the last two tokens given to the grammar */
    const char *word;           /* the last of them, in the source */
    int word_length;
    bool name_next;             /* the next word is a name, keyword or not */
    unsigned char letters[32];  /* the first keyword with each letter */
    struct doc_list docs;
};

/* A number with the tails that stand behind it. */
struct valued {
    const struct place *place;
    struct tail_list tails;
};

/* A path of names, as a text and as an expression. */
struct path {
    struct name name;
    const struct expression *bits;      /* NULL: no bits of it */
    bool is_number;
};

void scan_advance(struct scan *scan, struct span *span, const char *text, int length);
void scan_word(struct scan *scan, const struct span *where, int length);
void scan_doc(struct scan *scan, const struct span *where, const char *text, int length);
struct span span_join(const struct span *part, int n);

/* Give each '///' to the statement that it documents. */
void doc_attach(struct scan *scan);

#endif
