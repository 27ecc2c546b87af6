/* SPDX-License-Identifier: MIT */
/*
 * The language's statements as maps of YAML: which keys there are, and what
 * they stand for.  Reader, writer and schema all go by these tables.
 */
#ifndef CODEGEN_FRONT_YAML_FORM_H
#define CODEGEN_FRONT_YAML_FORM_H

#include "build.h"

enum form_main {
    MAIN_NONE,                  /* a group: no key opens it */
    MAIN_NAMES,                 /* a name, or a list of names */
    MAIN_TEXT,
    MAIN_TRUE,                  /* a word that has no name */
    MAIN_TAIL,                  /* the key is a tail, and the first */
    MAIN_CODE,
    MAIN_RANGE,
};

/* Lists that stand for braces; in this order, whatever the map's is. */
enum form_body {
    BODY_DECLARATIONS = 1 << 0,
    BODY_FIELDS       = 1 << 1,
    BODY_CLAUSES      = 1 << 2,
    BODY_VALUES       = 1 << 3,
};
enum { NR_BODIES = 4 };
/* The key of 1 << body. */
const char *form_body_key(unsigned int body);

struct yaml_form {
    enum statement_kind kind;
    const char *key, *words;
    enum form_main main;
    const char *type, *number, *text;   /* type and number are never NULL */
    const char *flat;
    unsigned int body;
};
extern const struct yaml_form forms[];
extern const size_t nr_forms;

/* What a key that many forms have makes of its value. */
enum form_tail_kind {
    FORM_NAMES,                 /* the word, and names */
    FORM_VERSION,               /* the word, and a version */
    FORM_MARK,                  /* true; 'deprecated' may have its reason */
    FORM_SPELLING,              /* as */
    FORM_STEPS,
    FORM_EXPRESSION,
    FORM_RESULT,
    FORM_PARAMETERS,
};
struct form_tail {
    const char *key;
    enum keyword word;          /* NR_KEYWORDS: none */
    enum form_tail_kind kind;
    unsigned int bit;           /* of placement.def */
};
extern const struct form_tail form_tails[];
extern const size_t nr_form_tails;
const struct form_tail *form_tail_find(const char *key);

#define FORM_DOC "doc"
#define FORM_DIRECTION "direction"

/* The lists in which it may stand: BODY_ bits. */
unsigned int form_lists(const struct yaml_form *form);
/* A text key says what stands behind '='. */
bool form_text_is_number(const struct yaml_form *form);
/* It has the key "number" for a number behind its name. */
bool form_number_is_tail(const struct yaml_form *form);
/* It is a key of a map of the other. */
bool form_is_flat_in(const struct yaml_form *form, const struct yaml_form *around);
bool form_is_clause(enum statement_kind kind);

/* The keys of a kind, where it is given in parts. */
const char *form_type_key(enum statement_kind kind);
const char *form_number_key(enum statement_kind kind);
const char *form_text_key(enum statement_kind kind);
const char *form_first_body(enum statement_kind kind);

/* The keywords that the words of a form are; returns how many. */
size_t form_heads(const struct yaml_form *form, enum keyword heads[2]);

/* Plain words that other readers of YAML take for true, false or nothing. */
bool form_is_odd_word(const char *text);
/* What they would take for a number. */
bool form_looks_like_number(const char *text);

#endif
