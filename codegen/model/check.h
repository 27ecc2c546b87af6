/* SPDX-License-Identifier: MIT */
/*
 * Between the files of checks; for nobody else.
 *
 * check.c walks the model once and keeps what the checks look at in lists; the
 * others hold one theme each.  A reference without a declaration has had its
 * error: no check says anything about what hangs on it.
 */
#ifndef CODEGEN_MODEL_CHECK_H
#define CODEGEN_MODEL_CHECK_H

#include "model.h"
#include "words.h"

/* A structure or union with its body, and where that stands. */
struct body {
    const struct aggregate *aggregate;
    const struct decl *decl;            /* whose rules hold for it */
    const struct body *parent;          /* the one around it; NULL: none */
    const struct member *member;        /* the member of parent that it is */
};

enum role {
    ROLE_MEMBER,
    ROLE_STORED,                        /* 'as u16' */
    ROLE_ARGUMENT,
    ROLE_CALL_RESULT,
    ROLE_WIDTH,                         /* of a set */
    ROLE_PART,                          /* of a set of bits */
    ROLE_TYPE, ROLE_HANDLE, ROLE_EXTERN,
};

/* A type where it is written. */
struct use {
    const struct type *type;
    enum role role;
    const char *name;                   /* of what has it */
    const struct decl *decl;            /* whose rules hold for it */
    const struct member *member;        /* ROLE_MEMBER, ROLE_STORED */
    const struct body *body;            /* likewise */
};

/* What a call takes or gives: an argument, or a member at any depth. */
struct field {
    const char *name, *path;            /* c, and a.b.c */
    const struct type *type;
    struct span where;
    const struct member *member;        /* NULL: an argument */
    const struct field *around;         /* NULL: at the top */
    enum direction direction;           /* in this call; NONE: neither way */
    enum direction declared;            /* without the refinements of the call */
    const struct aggregate *inside;     /* its members; NULL: none */
    bool behind_handle;
    /* The lines of this call and of structures that refine it. */
    struct { const struct member **at; size_t count, room; } refined;
};
struct field_list { struct field **at; size_t count, room; };

/* The clauses of a call, of an 'extend', or of an arm of a union in it. */
struct scope {
    const struct callable *call;
    const struct clause_list *clauses;
    const struct field *arm;            /* NULL: of the whole call */
    const struct decl *extension;       /* NULL: what stands in the call itself */
};

/* An op, or a hypercall. */
struct callable {
    const struct decl *decl;
    const struct hypercall *hypercall;
    const struct op *op;                /* NULL: the hypercall itself */
    const struct aggregate *structure;  /* NULL: none */
    const struct type *result;          /* NULL: errno */
    bool has_ops;                       /* a hypercall that only picks the op */
    bool is_batch;                      /* all of an array of ops is handled */
    struct field_list fields;
    bool has_too_many;                  /* fields: the rest is not in the list */
    struct map paths;                   /* path -> struct field */
    struct { struct scope *at; size_t count, room; } scopes;
    struct field_list statuses;         /* at the top, of a status type */
    const struct set *status;           /* of the first of them; NULL: none */
};

/* What is known of a declaration, or of a structure. */
struct mark {
    enum { TELLS_UNKNOWN, TELLS_ASKED, TELLS_NOTHING, TELLS_FRAMES } tells;
    enum { CYCLE_UNKNOWN, CYCLE_OPEN, CYCLE_DONE } cycle;
    bool is_used, is_given, is_taken, arms_done;
    struct callable *call;              /* of an op or hypercall */
    __uint128_t size;                   /* check-overflow.c: at most; 0: not asked */
};

struct checker {
    struct model *model;
    struct diag *diag;
    struct arena *arena;
    enum check id;                      /* of the row of the table that runs */
    struct decl_list decls;             /* all, those in bodies too */
    struct { struct body **at; size_t count, room; } bodies;
    struct { struct use *at; size_t count, room; } uses;
    struct { struct callable **at; size_t count, room; } calls;
    struct { const void *key; struct mark mark; } **marks;
    size_t marks_room, nr_marks;
    struct map seen;                    /* places that had this error: check_first_at() */
    struct map tags;                    /* of structures in structures -> struct body */
    bool only_asks;                     /* path_find(): nobody is told */
};

/* check.c: false if the check that runs has said something there already. */
bool check_first_at(struct checker *checker, struct span where);

/* About the check that runs. */
#define check_error(checker, where, ...) \
    diag_error((checker)->diag, (checker)->id, (where), __VA_ARGS__)
#define check_warning(checker, where, ...) \
    diag_warning((checker)->diag, (checker)->id, (where), __VA_ARGS__)
#define check_note(checker, where, ...) \
    diag_note((checker)->diag, (where), __VA_ARGS__)
#define check_help(checker, where, ...) \
    diag_help((checker)->diag, (where), __VA_ARGS__)

/* check-collect.c: the lists. */
void collect_model(struct checker *checker);
struct mark *check_mark(struct checker *checker, const void *key);
/* The type that a handle without one is about; NULL: a type of C, or none. */
struct decl *check_type_named(const struct checker *checker, const char *name);

/* check-call.c */
void collect_calls(struct checker *checker);
const char *call_kind(const struct callable *call);         /* "op", "hypercall" */
const struct clause *call_clause(const struct callable *call, enum clause_kind kind);

/* check-path.c: what a path means in a scope. */
enum named_kind {
    NAMED_NOTHING,              /* 'unknown' is the part that means nothing */
    NAMED_FIELD,
    NAMED_BIT,                  /* 'constant' of the field's set, as 0 or 1 */
    NAMED_PROPERTY,             /* of a field, or of the caller (field NULL) */
    NAMED_CONSTANT,             /* decl: const, extern, a value of a set */
    NAMED_DONE,
};
struct named {
    enum named_kind kind;
    const struct field *field;
    const struct constant *constant;
    const struct decl *decl;
    bool has_bits;
    const char *unknown, *kind_text;    /* of NAMED_NOTHING: "no field" ... */
    const char *near;
};
struct named path_find(struct checker *checker, const struct scope *scope,
                       const char *path);
/* Every name in an expression; named is what it means. */
typedef void path_visit(struct checker *checker, const struct scope *scope,
                        const struct expression *expression,
                        const struct named *named);
void path_each(struct checker *checker, const struct scope *scope,
               const struct expression *expression, path_visit *visit);
const char *set_nearest(struct checker *checker, const struct set *set,
                        const char *name);

/* check-type.c: about types. */
const struct type *type_plain(const struct type *type);
bool type_is_integer(const struct type *type);
bool type_is_domain(const struct type *type);
bool type_is_right(const struct type *type);
/* Bits of an integer, the most that any architecture gives it; 0: no integer. */
unsigned int type_width(const struct type *type);
bool type_is_signed(const struct type *type);
const char *type_text(struct arena *arena, const struct type *type);

/* check-body.c: what a path means in a body, seen from the inside out. */
struct place {
    const struct type *type;            /* NULL: nothing has that name */
    const struct constant *constant;    /* of the set of type: x.BIT */
    struct span where;                  /* where the name is declared */
    enum direction direction;           /* declared, within what is around */
    const char *near;
};
struct place body_find(struct checker *checker, const struct decl *decl,
                       const struct body *body, const char *path);

/* check-words.c: the closed lists of words.h and properties.def. */
enum word_list {
    WORD_PROPERTY, WORD_ERROR, WORD_QUIRK, WORD_DOMAIN_KIND, WORD_XSM_DEFAULT,
};
enum property_subject { OF_DOMAIN, OF_HANDLE, OF_TYPE };
int word_find(enum word_list list, const char *name);           /* -1: none */
const char *word_nearest(enum word_list list, const char *name);
const char *word_all(struct arena *arena, enum word_list list); /* "a, b or c" */
enum property_subject property_subject(int property);
bool properties_exclude(int a, int b);
bool xsm_default_needs_domain(int xsm_default);

#endif
