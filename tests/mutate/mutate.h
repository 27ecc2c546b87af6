/* SPDX-License-Identifier: MIT */
/*
 * Mutations of the descriptions, and what each has to change.
 *
 * The descriptions are read here a second time, as text, with no line of the
 * compiler's: what is predicted is not what the compiler thinks.
 */
#ifndef TESTS_MUTATE_H
#define TESTS_MUTATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "../../codegen/base/arena.h"
#include "../../codegen/base/text.h"

/* Everything lives as long as the program. */
extern struct arena *arena;

/* The one copy of this text: equal texts are equal pointers. */
const char *intern(const char *text, size_t length);
/* The same of a formatted text. */
const char *name(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The file's bytes and a NUL; NULL if there is none. */
char *file_bytes(const char *path, size_t *length);
void fatal(const char *format, ...)
    __attribute__((noreturn, format(printf, 1, 2)));

/* ---- describe.c: descriptions as words and statements ------------------- */

struct word {
    const char *text;               /* interned; of a string: without quotes */
    size_t at, length;              /* its bytes in the file */
    int line;
    char kind;                      /* w word, n number, s string, . sign, 0 end */
};

struct remark { size_t at, length; int line; };     /* what follows a /// */

enum statement_kind {
    IN_HEAD, INTERFACE, HYPERCALL, OP, REMOVED_OP, EXTEND, STRUCT, UNION, TYPEDEF_STRUCT,
    TYPEDEF_ENUM, BITS, ENUM, STATUS, TYPE, HANDLE, CONST, MACRO, ALIAS, EXTERN, SECTION,
    CONTENTS, LIST_OPS, GROUP, MEMBER, DIRECTION, VALUE, REMOVED_VALUE, CLAUSE,
};

struct statement {
    enum statement_kind kind;
    struct description *file;
    struct statement *parent;       /* NULL: of the file */
    size_t first, last, end;        /* words: from, to the ; or {, to the } */
    size_t name;                    /* the word that is declared */
    size_t colon, equals;           /* 0: there is none */
    struct { struct statement **at; size_t count, room; } body;
};

struct description {
    const char *path;               /* below the folder of the descriptions */
    char *bytes;
    size_t length;
    LIST(struct word) words;
    LIST(struct remark) remarks;
    LIST(struct statement *) statements;    /* all, in the order of the text */
    const char *header;             /* "xen.h" */
    const char *interface;
    int families;                   /* how many have the header */
};

struct descriptions { struct description **at; size_t count, room; };
extern struct descriptions files;
/* Where they are, and arch/ and flavour/ with them. */
extern const char *folder;

void describe_all(void);

/* ---- lookup.c: what statements mean ------------------------------------- */

#define EACH_FILE(each) \
    for ( struct description **each = files.at; each != files.at + files.count; each++ )
#define EACH_STATEMENT(each, of)                                                          \
    for ( struct statement **each##_at = (of)->statements.at, *each;                      \
          each##_at != (of)->statements.at + (of)->statements.count &&                    \
          (each = *each##_at, true); each##_at++ )

static inline struct word *word_at(const struct statement *statement, size_t index)
{
    return &statement->file->words.at[index];
}

static inline const char *text_at(const struct statement *statement, size_t index)
{
    return word_at(statement, index)->text;
}

bool is(const struct statement *statement, size_t index, const char *text);
/* The first word of the statement itself that has this text, from there on; 0: none. */
size_t find_word(const struct statement *statement, size_t from, const char *text);

/* The struct, union or op whose structure this is a member of. */
struct statement *owner_of(struct statement *member);
/* "gnttab_copy"; NULL: the op has no structure of its own. */
const char *tag_of(const struct statement *owner);
const char *word_before_tag(const struct statement *owner);     /* struct, union */
/* "source.u.ref", one for each way there. */
struct names { const char **at; size_t count, room; };
struct names paths_of(struct statement *member, const char *member_name);
bool is_strict(const struct statement *statement);

struct statement *hypercall_of(const struct statement *op);
const char *op_prefix(const struct statement *hypercall);       /* "GNTTABOP_" */
const char *op_c_name(const struct statement *op);
const char *op_stub_name(const struct statement *op);           /* "hc_memory_exchange" */

/* The set of a value, and how it comes out. */
struct statement *set_of(struct statement *value);
const char *set_prefix(const struct statement *set);
const char *value_c_name(struct statement *value);
const char *value_pattern(struct statement *value);
/* What a define of the value says, were its number that. */
const char *value_spelled(struct statement *value, const char *number);

/* "(1u << $n)" of "bit", as the flavour has it. */
const char *flavour_spelling(const char *key);
/* $N, $n and $v filled in. */
const char *spell(const char *pattern, const char *c_name, const char *number,
                  const char *value);

/* ---- types.c: types as C spells them ------------------------------------ */

/* Of the type that begins with this word. */
const char *c_type(const struct statement *statement, size_t at);
const char *member_c_type(const struct statement *member);
const char *base_c_name(const char *type);
/* The first word behind reserved<, unchecked<, machine<. */
size_t unwrapped(const struct statement *statement, size_t at);
/* The word behind the type that begins with this one. */
size_t type_end(const struct statement *statement, size_t at);
struct statement *find_structure(const char *tag);
struct statement *find_set(const char *set_name);

/* ---- tokens.c: generated C ---------------------------------------------- */

/* Comments and blanks are gone; "\n" ends a directive. */
struct tokens { const char **at; size_t count, room; };
struct tokens tokens_of(const char *text);
bool tokens_equal(const struct tokens *a, const struct tokens *b);
void tokens_add(struct tokens *to, const struct tokens *from, size_t first, size_t last);
/* Tokens first to last become others. */
struct tokens tokens_replaced(const struct tokens *in, size_t first, size_t last,
                              const struct tokens *others);
/* Where the pattern is, from there on; count: nowhere. */
size_t tokens_find(const struct tokens *in, const struct tokens *what, size_t from);
/* The token behind the } that closes the first { at or behind from. */
size_t tokens_close(const struct tokens *in, size_t from);
/* From struct TAG { to its }, or to the } of } TAG; */
bool tokens_structure(const struct tokens *in, const char *tag, size_t *from, size_t *to);

/* One guard for each token: what has to hold for it; no directive is left. */
struct guarded { struct tokens tokens, guards; };
struct guarded guarded_of(const struct tokens *tokens);

/* ---- predict.c ---------------------------------------------------------- */

enum rule_kind {
    RULE_TOKENS,    /* from becomes to, everywhere or in what follows scope */
    RULE_MEMBER,    /* of the nth member 'name' of structure 'scope': type, name, length */
    RULE_DROP_ROWS, /* the rows that begin so are gone from layout.c */
    RULE_GUARD,     /* guard becomes new_guard for a member, or from 'from' up to 'to' */
};

struct rule {
    enum rule_kind kind;
    const char *files;              /* the path ends so; "": any */
    const char *scope;              /* up to the } of the first { behind it */
    const char *from, *to;          /* of a member: the tokens before its name */
    const char *name;
    unsigned int nth;               /* of the members of that name, from 0 */
    const char *new_name;
    const char *new_length;         /* what follows the name, up to ; or , */
    const char *guard, *new_guard;
    int least;                      /* in how many files it has to apply, at least */
};

struct edit { struct description *file; size_t at, length; const char *text; };

#define KINDS                                                                             \
    KIND(op_name,         "an op's name, with its references",               8)           \
    KIND(field_name,      "a member's name, with its references",            40)          \
    KIND(value_name,      "a value's name, with its references",             40)          \
    KIND(const_name,      "a constant's name",                               4)           \
    KIND(tag,             "a structure's tag, with its references",          8)           \
    KIND(type_name,       "a typedef's name, with its references",           4)           \
    KIND(parameter_name,  "a parameter's name, with its references",         6)           \
    KIND(alias_name,      "an alias's name",                                 6)           \
    KIND(macro_name,      "a macro's name",                                  4)           \
    KIND(op_number,       "an op's number",                                  12)          \
    KIND(hypercall_number, "a hypercall's number, in both places",           3)           \
    KIND(value_number,    "the number of an enum's or status's value",       30)          \
    KIND(bit_number,      "a bit's number",                                  12)          \
    KIND(part_value,      "the number of a value within a part of a word",   4)           \
    KIND(part_range,      "the bits of a part of a word",                    3)           \
    KIND(const_number,    "a constant's number",                             5)           \
    KIND(macro_text,      "the text of a macro",                             8)           \
    KIND(field_type,      "a member's type, of the same width",              12)          \
    KIND(field_width,     "a member's width",                                30)          \
    KIND(set_width,       "the width of a set",                              5)           \
    KIND(typedef_type,    "what a typedef stands for",                       4)           \
    KIND(handle_type,     "what a handle points to, or how wide it is",      10)          \
    KIND(array_length,    "the length of an array",                          4)           \
    KIND(parameter_type,  "a parameter's type",                              4)           \
    KIND(form,            "which of tag, typedef and handle a structure has", 6)          \
    KIND(direction,       "a member's direction",                            30)          \
    KIND(direction_line,  "the direction of a member in one op",             3)           \
    KIND(version,         "the number of a version",                         10)          \
    KIND(since_before,    "since instead of before, and the other way round", 5)          \
    KIND(view,            "for whom something is compiled",                  3)           \
    KIND(text,            "documentation, titles, reasons: comments only",   30)          \
    KIND(clause,          "a clause, which no header shows",                 20)          \
    KIND(register,        "an argument's register",                          5)           \
    KIND(number_reused,   "refused: a number that is in use, or was",        12)          \
    KIND(unknown,         "refused: a name that nothing has",                20)          \
    KIND(duplicate,       "refused: a name twice",                           12)          \
    KIND(reference_lost,  "refused: renamed, its references not",            12)          \
    KIND(version_gap,     "refused: one of two neighbours has another version", 4)        \
    KIND(misdirected,     "refused: a direction that a clause contradicts",  6)           \
    KIND(unpadded,        "refused: a width that leaves a hole in a strict structure", 6) \
    KIND(damaged,         "refused: a word, a clause or a sign is missing",  20)

enum kind {
#define KIND(name, text, least) KIND_##name,
    KINDS
#undef KIND
    NR_KINDS
};

struct mutation {
    enum kind kind;
    const char *place;              /* file:line */
    const char *what;               /* "u32 -> u64" */
    LIST(struct edit) edits;
    LIST(struct rule) rules;        /* none: no token changes */
    struct names refusals;          /* ids, one of which has to come first; none: accepted */
    struct names layout;            /* tags: the numbers of these may change in layout.c */
    bool by_guards;                 /* compare what each token depends on, not the #ifs */
    const char *comment;            /* words that some header's text has to have */
    const char *dump_from, *dump_to;    /* what of one line of 'hcgen dump' changes */
};

struct mutations { struct mutation **at; size_t count, room; };
extern struct mutations mutations;

/* ---- make-*.c: candidates ----------------------------------------------- */

struct mutation *mutation_new(enum kind kind, const struct statement *statement, size_t word);
void mutation_edit(struct mutation *mutation, const struct statement *statement, size_t word,
                   const char *text);
/* From one word to another. */
void mutation_words(struct mutation *mutation, const struct statement *statement, size_t first,
                    size_t last, const char *text);
void mutation_cut(struct mutation *mutation, struct description *file, size_t at,
                  size_t length, const char *text);
struct rule *mutation_rule(struct mutation *mutation, enum rule_kind kind);
/* from becomes to in every file whose path ends so; at least so many have it. */
void mutation_tokens(struct mutation *mutation, const char *suffix, int least,
                     const char *from, const char *to);
void mutation_refused(struct mutation *mutation, const char *id);
/* It is the last, and nothing can be predicted of it: it is left out, and counted. */
void mutation_drop(struct mutation *mutation);
extern size_t left_out[NR_KINDS];
const char *header_of(const struct statement *statement);   /* suffixes of paths */
const char *stubs_of(const struct statement *statement);

void make_names(void);
void make_parameters(void);
void make_values(void);
void make_numbers(void);
void make_types(void);
void make_versions(void);
void make_texts(void);
void make_directions(void);
void make_refused(void);

#endif
