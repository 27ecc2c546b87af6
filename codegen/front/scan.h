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

/* A part of a statement, as one of these. */
enum part_kind { PART_TAIL, PART_TYPE, PART_PLACE, PART_NAMES };
struct part {
    struct tail *tail;
    const struct tree_type *type;
    const struct place *place;
    struct name_list names;
};

#define LETTER(c) ((unsigned char)(c) % 32)

struct scan {
    struct arena *arena;
    struct diag *diag;
    struct source *source;
    const char *text;           /* what is scanned: the source's, or that of a part */
    struct tree *tree;
    struct point at;            /* where the next token begins */
    size_t offset;              /* the same, in the text */
    unsigned int links;         /* of this statement: operators, brackets, dots */
    struct span open;           /* of the comment or C text being read */
    size_t inner;               /* where its text begins */
    struct span previous, last; /* the last two tokens given to the grammar */
    const char *word;           /* the last of them, in the source */
    int word_length;
    bool name_next;             /* the next word is a name, keyword or not */
    bool type_next;             /* ':' came last: a type in a list is no keyword */
    unsigned char letters[32];  /* the first keyword with each letter */
    struct doc_list docs;

    /* Of parts alone, which come from a notation with a syntax of its own. */
    struct { int token; struct word word; } first[2];   /* stand before the text */
    unsigned int nr_first, given;
    unsigned int errors;        /* there were so many when the part began */
    const struct span *fixed;   /* places within the text are not known: all is here */
    bool names_only;            /* no word is a keyword */
    struct part part;           /* what was read */
    void *scanner;
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
void scan_note(struct scan *scan, const struct span *where);
void scan_doc(struct scan *scan, const struct span *where, const char *text, int length);
struct span span_join(const struct span *part, int n);

/*
 * Parts of statements whose words stand in a source of another notation: open,
 * read as many as there are, close.  A tail begins with its word, if it has one.  The text is 'where' in the
 * source; is_exact: byte by byte, so that each word has its own place.  False, with
 * errors: it is none.
 */
void part_open(struct scan *scan);
bool part_read(struct scan *scan, enum part_kind kind, const struct word *word,
               const char *text, struct span where, bool is_exact);
void part_close(struct scan *scan);
/* The word is no name, unless something follows that says so. */
bool scan_is_keyword(const struct scan *scan, const char *word);

/* Give each '///' to the statement that it documents. */
void doc_attach(struct scan *scan);

#endif
