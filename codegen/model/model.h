/* SPDX-License-Identifier: MIT */
/*
 * The model: what the descriptions say, understood.
 *
 * front/ makes it, resolve.c binds the names in it, check.c judges it,
 * layout.c measures it, back/ writes it down.  Everything lives in one arena
 * until the program ends; nothing is freed or changed after its pass.  Every
 * node knows its place in the source.
 */
#ifndef CODEGEN_MODEL_MODEL_H
#define CODEGEN_MODEL_MODEL_H

#include <stdint.h>

#include "../base/diag.h"
#include "expression.h"

struct decl;
struct interface;
struct hypercall;

/* A name in the text, and what it names once resolve.c has looked. */
struct reference {
    const char *text;
    struct span where;
    struct decl *decl;          /* NULL: nothing, or no declaration (an errno, a view) */
};
struct reference_list { struct reference *at; size_t count, room; };

/* ---- when something exists ------------------------------------------------ */

enum condition_kind {
    CONDITION_SINCE,            /* version: the interface version is at least this */
    CONDITION_BEFORE,           /* version: it is lower */
    CONDITION_FOR,              /* names: one of these views is compiled */
    CONDITION_EXCEPT,           /* names: none of them */
};

struct condition {
    enum condition_kind kind;
    struct span where;
    uint32_t version;           /* 3.2.10 is 0x0003020a */
    struct reference_list names;
};
/* All must hold; of a declaration in groups: the outermost group's first. */
struct condition_list { struct condition *at; size_t count, room; };

/* ---- types ------------------------------------------------------------------ */

/* The types that need no declaration: base-types.def. */
enum base_type {
#define BASE(name, c_name, kind, bits, legacy) BASE_##name,
#include "base-types.def"
#undef BASE
    NR_BASE_TYPES
};
const char *base_type_name(enum base_type base);
const char *base_type_c_name(enum base_type base);
bool base_type_is_legacy(enum base_type base);
bool base_type_is_signed(enum base_type base);
int base_type_find(const char *name);           /* -1: none */

enum type_kind {
    TYPE_BASE,
    TYPE_NAMED,                 /* a declared type, set, structure or union */
    TYPE_AGGREGATE,             /* a structure or union with its body here */
    TYPE_ARRAY,                 /* element[length]; no length: flexible */
    TYPE_HANDLE,                /* guest handle of element[count] */
    TYPE_POINTER,               /* legacy C pointer */
    TYPE_RESERVED,              /* element that must be 0 */
    TYPE_UNCHECKED,             /* element that may have any value */
    TYPE_MACHINE,               /* element that is a machine frame or address */
    TYPE_OP,                    /* in handle<op>: the structure of whichever op */
    TYPE_COUNT,                 /* count<member>: how many are done */
};

struct type {
    enum type_kind kind;
    struct span where;
    enum base_type base;        /* TYPE_BASE */
    struct reference name;      /* TYPE_NAMED, and the member of TYPE_COUNT */
    bool is_tagged;             /* was written 'struct x' or 'union x' */
    bool is_union;              /* the latter */
    struct aggregate *aggregate;        /* TYPE_AGGREGATE */
    const struct type *element;
    const struct expression *length;    /* of an array or a handle */
    bool is_const, is_64, may_be_null;  /* of a handle */
};

/* ---- clauses ------------------------------------------------------------------ */

/* Lines of an op or hypercall that are no members: clauses.def. */
enum clause_kind {
#define CLAUSE(name) CLAUSE_##name,
#include "clauses.def"
#undef CLAUSE
    NR_CLAUSES
};
const char *clause_text(enum clause_kind kind);

struct resume_step {
    const struct expression *target, *value;
    enum { RESUME_SET, RESUME_ADD, RESUME_SUBTRACT } how;
    struct span where;
};
struct resume_list { struct resume_step *at; size_t count, room; };

struct clause {
    enum clause_kind kind;
    struct span where;
    const char *doc;
    struct reference_list names;        /* behind the keyword */
    struct reference_list arguments;    /* in parentheses; of domain: its kind */
    const struct expression *condition; /* require */
    struct reference otherwise;         /* else; text NULL: none */
    const char *text;                   /* reason */
    const struct expression *by;        /* preempt ... by */
    unsigned int every;                 /* preempt every N; 0: not said */
    uint64_t ahead;                     /* ahead N */
    struct resume_list resume;
    struct condition_list conditions;
};
struct clause_list { struct clause *at; size_t count, room; };

/* ---- structures -------------------------------------------------------------- */

enum direction { DIRECTION_NONE, DIRECTION_IN, DIRECTION_OUT, DIRECTION_INOUT };
const char *direction_text(enum direction direction);

/* Names, numbers and marks that pick a union's member, and the like. */
struct member {
    const char *name;           /* NULL: a declaration in the body, see decl */
    struct span where;          /* of the name */
    const char *doc;
    enum direction direction;   /* DIRECTION_NONE: as the whole */
    const struct type *type;    /* NULL: refines a member declared elsewhere */
    const struct type *stored_as;       /* 'as u16': the set in another width */
    bool joins_previous;        /* 'a, b: T': declared with the one before */
    struct condition_list conditions;
    struct reference_list when; /* picks this member of a union, or who sees it */
    bool otherwise;
    struct decl *decl;          /* a declaration between the members */
    struct aggregate *parent;
    struct reference refines;   /* path of what a refinement line is about */
};
struct member_list { struct member *at; size_t count, room; };

struct aggregate {
    bool is_union;
    struct span where;
    const char *tag;            /* NULL: unnamed */
    struct decl *decl;          /* the declaration, NULL: within another */
    struct aggregate *parent;
    struct reference_list by;   /* tag fields of a union, one for each name */
    struct member_list members;
    struct clause_list clauses; /* of an arm that acts as an op */
};

/* ---- declarations --------------------------------------------------------------- */

/* kinds.def: every kind of declaration, once. */
enum decl_kind {
#define DECL(name) DECL_##name,
#include "decls.def"
#undef DECL
    NR_DECLS
};
const char *decl_kind_text(enum decl_kind kind);

/* How a structure appears in C. */
enum form {
    FORM_FULL,                  /* tag, typedef, handle */
    FORM_NO_HANDLE,             /* tag, typedef */
    FORM_TAG_ONLY,              /* tag */
    FORM_NO_TAG,                /* typedef of an unnamed structure */
    FORM_TYPEDEF,               /* typedef struct tag { } tag_t */
};

/* A constant of a set, or a field of a word that has values of its own. */
struct constant {
    const char *name;
    struct span where;
    const char *doc;
    enum { CONSTANT_VALUE, CONSTANT_FIELD, CONSTANT_REMOVED, CONSTANT_MACRO } kind;
    const char *text;           /* the number as written; of a macro: its text */
    uint64_t value;             /* of a bit: its number */
    bool is_negative;
    int high, low, shift;       /* CONSTANT_FIELD: its bits, and 'field << shift' */
    const struct type *type;    /* of a field that holds a typed number */
    const char *spelling;       /* 'as "..."', NULL: the set's */
    const char *message;        /* of a status; why removed; why deprecated */
    bool is_deprecated;
    struct reference_list when;
    struct reference_list parameters;   /* CONSTANT_MACRO with arguments */
    bool has_parameters;
    struct condition_list conditions;
    struct { struct constant *at; size_t count, room; } values; /* of a field */
};
struct constant_list { struct constant *at; size_t count, room; };

struct set {
    const struct type *width;   /* NULL for a set of bare numbers */
    const char *prefix;         /* of the names in C, with its '_' */
    const char *spelling;       /* pattern of the value in C, NULL: plain */
    const char *messages;       /* name of the table of messages, NULL: none */
    bool is_c_enum;             /* typedef enum */
    struct constant_list constants;
};

struct parameter_value {        /* an argument in a register */
    const char *name;
    struct span where;
    enum direction direction;
    const struct type *type;    /* NULL in 'op x = 1 (structure)' */
    bool may_be_null;
};
struct parameter_values { struct parameter_value *at; size_t count, room; };

struct op {
    struct hypercall *hypercall;
    uint64_t number;
    const char *number_text;
    struct reference structure; /* one declared elsewhere; text NULL: none or its own */
    struct aggregate *aggregate;        /* its body: members, declarations; NULL: none */
    bool owns_structure;        /* the body has members: it is the op's structure */
    struct parameter_values parameters; /* in registers */
    const struct type *result;  /* NULL: errno */
    struct reference result_else;       /* '-> T else ~0' */
    struct member_list refinements;     /* directions of members declared elsewhere */
    struct clause_list clauses; /* in the order written: it is ABI */
    struct { struct decl **at; size_t count, room; } extensions;        /* set by resolve.c */
};

struct hypercall {
    struct decl *decl;
    uint64_t number;
    const char *number_text;
    struct parameter_values parameters;
    const struct type *result;  /* NULL: errno */
    const char *op_prefix;      /* GNTTABOP_; NULL: a call of its own */
    const char *struct_prefix;  /* gnttab_ */
    const char *ops_doc, *structs_doc;  /* of the lines that say so */
    struct clause_list clauses;
    struct { struct decl **at; size_t count, room; } ops;
};

struct decl {
    enum decl_kind kind;
    const char *name;           /* NULL for what has none */
    struct span where;          /* of the name, or of the first word */
    const char *doc;
    struct interface *interface;
    struct condition_list conditions;
    bool is_removed, is_deprecated, is_extern;
    const char *reason;         /* of those; the title of a section */
    bool is_legacy;             /* set by resolve.c: the legacy rules hold */
    bool used_by_legacy, used_by_strict;        /* by an op; set by resolve.c */
    struct decl *owner;         /* the op or structure whose body holds it */

    /* By kind: */
    const char *text;           /* DECL_code; a macro's or constant's text in C */
    struct point text_at;       /* DECL_code: where it begins */
    int text_indent;            /* of its other lines; -1: their places are not known */
    const char *spelling;       /* const: as "..." */
    uint64_t value;             /* const, contents */
    const char *value_text;
    bool is_negative;
    bool has_parameters;        /* macro */
    bool is_fallback;           /* macro ... otherwise: unless it is defined already */
    struct reference_list parameters;
    const struct type *type;    /* type, handle, extern */
    struct reference target;    /* alias, extend */
    enum form form;             /* structure, union */
    struct aggregate *aggregate;
    struct set *set;            /* bits, enum, status */
    struct op *op;              /* op, extend */
    struct hypercall *hypercall;
};
struct decl_list { struct decl **at; size_t count, room; };

struct range { uint64_t low, high; };

struct interface {
    const char *name;
    struct source *source;
    struct span where;
    const char *doc;
    const char *header, *guard, *copyright;
    struct head_line {          /* of no use but to be written again */
        struct span where;
        const char *doc;
    } header_line, copyright_line, legacy_line, uses_lines[2];  /* in front of the guard, behind */
    struct condition_list conditions;   /* interface dom0vp for ia64 */
    struct reference_list uses;         /* names of other interfaces */
    struct map reaches;         /* by name: itself, and what it uses, however far */
    size_t uses_before_guard;           /* how many of them stood before 'header' */
    bool has_legacy;
    struct range legacy;                /* op numbers */
    const char *legacy_reason;
    struct decl_list decls;     /* all, in the order of the file, groups flattened */
    struct { struct hypercall **at; size_t count, room; } hypercalls;
};
struct interface_list { struct interface **at; size_t count, room; };

struct model {
    struct arena *arena;
    struct diag *diag;
    struct interface_list interfaces;
    struct map types;           /* types, sets, structures (ops' by tag) -> struct decl */
    struct map macros;          /* names in C of what becomes a macro -> struct decl */
    struct map handles;         /* names that handles may have -> struct decl */
    struct map rights;          /* extern NAME: right -> struct decl */
    struct { const struct arch **at; size_t count, room; } arches;
    struct { const struct flavour **at; size_t count, room; } flavours;
};

/* ---- passes, in their order ------------------------------------------------------ */

/* resolve.c: needs all interfaces; binds references. */
void resolve_model(struct model *model);
/* legacy.c: a part of it, for names that are bound. */
void legacy_mark(struct model *model);

/* check.c: needs a resolved model; only reports. */
void check_model(struct model *model);

/* model.c */
struct interface *model_find_interface(const struct model *model, const char *name);
/* NAME.idl, in whichever notation it was read: output does not depend on that. */
const char *interface_file(struct arena *arena, const struct interface *interface);
/* The structure an op works on, its own or a borrowed one; NULL: none. */
const struct aggregate *model_op_structure(const struct op *op);
/* What a type has members of: itself, or what it names; through reserved<> and the like. */
const struct aggregate *model_type_aggregate(const struct type *type);
/* The set that a type names, or NULL. */
const struct set *model_type_set(const struct type *type);
/* A value or bit of a set (NULL: none), or a value of one of its parts. */
const struct constant *set_find(const struct set *set, const char *name);
/* The same; *part is the part, or NULL. */
const struct constant *set_find_part(const struct set *set, const char *name,
                                     const struct constant **part);
/* The member at a dotted path below aggregate, or NULL. */
const struct member *model_find_member(const struct aggregate *aggregate, const char *path);
/* The name in C of a value of a set: its prefix and its name. */
const char *model_constant_name(struct arena *arena, const struct set *set,
                                const struct constant *constant);
const char *version_text(struct arena *arena, uint32_t version);        /* "3.2.10" */

/* condition.c */
bool conditions_equal(const struct condition *a, const struct condition *b);
/* True where one holds exactly when the other does not. */
bool conditions_complement(const struct condition *a, const struct condition *b);
/* Two views that never hold together: for and except of the same, or different ones. */
bool condition_excludes(const struct condition *a, const struct condition *b);
/* No view has both. */
bool conditions_exclude(const struct condition_list *a, const struct condition_list *b);
/* No version and no view has both. */
bool conditions_disjoint(const struct condition_list *a, const struct condition_list *b);
/* From the first interface version to the one after the last. */
struct version_range { uint32_t from, to; bool is_bound; };
struct version_range conditions_versions(const struct condition_list *conditions);

#endif
