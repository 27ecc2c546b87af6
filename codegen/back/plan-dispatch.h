/* SPDX-License-Identifier: MIT */
/*
 * What the parts of the plan for dispatchers share.
 *
 * A dispatcher is planned for the hypervisor's own architecture, and once more
 * for callers of another width where the family has such: there numbers and
 * handles are theirs, and all else is the same.
 */
#ifndef CODEGEN_BACK_PLAN_DISPATCH_H
#define CODEGEN_BACK_PLAN_DISPATCH_H

#include "plan-compat.h"
#include "plan-stub.h"

struct dispatch {
    struct header header;       /* how types and comments come out */
    struct arena *arena;
    struct defs *defs;
    const char *family;
    const struct arch *arch;    /* the hypervisor's own */
    struct view view;
    struct compat *compat;      /* callers of another width; NULL: none */
    bool is_compat;             /* this is for them */
};

/* Where names are looked up, from the inside out. */
struct scope {
    const struct aggregate *aggregate;
    const char *prefix;         /* how its members are reached: "in." */
    const struct scope *outer;
};

/* A domain that a clause looks up. */
struct looked_up {
    const struct clause *clause;
    const char *path;           /* of the field */
    const char *name;           /* in C */
    const struct aggregate *arm;
};
struct looked_up_list { struct looked_up *at; size_t count, room; };

/* An arm of a tagged union that has clauses of its own. */
struct arm {
    const struct aggregate *aggregate;
    const struct member *member;
    struct scope *scope;
    const struct member *tag;   /* of the structure */
};
struct arm_list { struct arm *at; size_t count, room; };

enum returns { RETURNS_ERRNO, RETURNS_VALUE, RETURNS_COUNT };
/* Where an interrupted op keeps its place. */
enum place { PLACE_NONE, PLACE_CMD, PLACE_FIELD };

/* One op, understood. */
struct work {
    struct dispatch *dispatch;
    const struct decl *decl;
    const struct op *op;
    const struct hypercall *hypercall;
    const struct aggregate *structure;  /* NULL: none */
    struct scope scope;
    const char *access;         /* of a field of the structure: "op." */
    bool is_batch;              /* one element of the hypercall's array */
    bool is_single, is_count_ignored, is_strict;
    bool writes_whole, writes_on_error, writes_nothing;
    const struct member *status;
    const struct set *statuses;
    enum returns returns;
    unsigned int ahead;         /* elements that are read at once; 0: each alone */
    const struct clause *stub, *preempt, *narrow;
    const struct scope *preempt_scope;
    enum place place;
    const struct resume_step *step;     /* of the place; NULL: none */
    struct looked_up_list domains;
    struct arm_list arms;
};

/* A handle somewhere in the structure. */
struct list_field {
    const struct member *member;
    const struct type *type;
    const char *path;
    enum direction direction;   /* in this op */
    const struct reference_list *when;  /* of its 'out'; NULL: always */
    const struct scope *scope;
};
struct list_fields { struct list_field *at; size_t count, room; };

/* plan-dispatch.c: an interface that has a dispatcher. */
bool dispatch_has(const struct interface *interface);

/* ---- plan-dispatch-work.c ------------------------------------------------------- */

/* False: no caller here can have the op. */
bool work_is_here(struct dispatch *dispatch, const struct decl *decl);
bool work_is_everywhere(struct dispatch *dispatch, const struct decl *decl);
struct work *work_new(struct dispatch *dispatch, const struct decl *decl);
/* Something of its structure goes in. */
bool work_reads(const struct work *work);
/* Its handles, those in inner structures too. */
struct list_fields work_lists(struct work *work);
enum direction work_direction(const struct work *work, const char *path,
                              enum direction declared, const struct reference_list **when);
/* "grant_table": the hypercall without its ending. */
const char *dispatch_stem(struct dispatch *dispatch, const struct hypercall *hypercall);
/* PATH with _ for each dot. */
const char *dispatch_flat(struct dispatch *dispatch, const char *path);
bool work_has_domain(const struct work *work, const char *path, const char **name);
/* The structure has the same layout for callers of another width. */
bool work_is_shared(const struct work *work);
/* It may be called with a place in the argument that says which op. */
bool work_takes_place(const struct work *work);
/* Nothing to read and nothing to ask: its handler is all of it. */
bool work_is_plain(const struct work *work);
/* The handle of the hypercall that names whichever op's structure; NULL: none. */
const struct parameter_value *dispatch_handle(const struct hypercall *hypercall);
const struct parameter_value *dispatch_count(const struct hypercall *hypercall);

/* ---- plan-dispatch-name.c -------------------------------------------------------- */

enum named_kind {
    NAMED_NOTHING,
    NAMED_FIELD,                /* of the structure, or an argument */
    NAMED_PLACE,                /* the argument that says which op */
    NAMED_EXTERN,               /* the hypervisor knows: max_order */
    NAMED_PROPERTY,             /* of the caller, or of a domain */
    NAMED_NULL,                 /* a handle's property */
    NAMED_TEST,                 /* a value or bit of a field */
};

struct named {
    enum named_kind kind;
    const char *path;           /* of the field; of a property: NULL for the caller */
    const char *text;           /* extern's name; "x86.pv" */
    const struct type *type;
    const struct set *set;
    const struct constant *constant;
    bool is_bits;               /* of NAMED_TEST: the set is one of bits */
};

struct named dispatch_find(struct dispatch *dispatch, const struct scope *scope,
                           const struct hypercall *hypercall, const struct op *op,
                           const char *path);
const struct member *dispatch_member(struct dispatch *dispatch,
                                     const struct aggregate *aggregate, const char *name);
/* How many bits a number has. */
unsigned int dispatch_width(const struct dispatch *dispatch, const struct type *type);
bool dispatch_is_handle(const struct type *type);
bool dispatch_is_bits(const struct type *type);
/* The handle, through what C does not see. */
const struct type *dispatch_plain(const struct type *type);
const struct type *dispatch_element(struct dispatch *dispatch, const struct type *handle);

/* ---- plan-dispatch-condition.c --------------------------------------------------- */

/* What a condition came to be. */
struct truth { enum { TRUTH_NO, TRUTH_YES, TRUTH_ASK } is; node_t node; };

extern const struct truth truth_yes, truth_no;
struct truth truth_ask(node_t node);
struct truth truth_negated(struct truth truth, bool negate);
/* A node's only child of this name. */
void plan_child(struct dispatch *dispatch, node_t node, const char *key, node_t child);

struct condition_scope {
    struct work *work;          /* NULL: of the hypercall */
    struct dispatch *dispatch;
    const struct hypercall *hypercall;
    const struct scope *scope;
};

/* Whether it holds, or, negated, whether it does not. */
struct truth plan_condition(const struct condition_scope *scope,
                            const struct expression *expression, bool negate);
struct truth plan_property(const struct condition_scope *scope, const char *path,
                           const char *properties, bool negate);
/* Any of these properties. */
struct truth plan_any(const struct condition_scope *scope, const struct reference_list *names,
                      bool negate);
/* It asks for something that the architecture says. */
bool plan_asks_architecture(const struct condition_scope *scope,
                            const struct expression *expression);
bool plan_names_architecture(const struct reference_list *names);
struct truth truth_join(struct dispatch *dispatch, struct truth a, struct truth b, bool is_or);
/* An expression's value. */
node_t plan_value(const struct condition_scope *scope, const struct expression *expression);
/* The same for a number of elements, which is exact. */
node_t plan_count(const struct condition_scope *scope, const struct expression *expression);
void plan_truth(struct dispatch *dispatch, node_t node, const char *key, struct truth truth);

/* ---- plan-dispatch-clause.c ------------------------------------------------------ */

/* The statements of an op in the making. */
struct steps {
    struct work *work;
    struct node_list list;
    const struct scope *scope;
    const struct clause_list *clauses;
    size_t next;                /* of them, behind the one that is planned now */
    bool is_read;               /* the structure */
    bool is_locked;             /* a domain is: there is something to undo */
    bool is_checked;            /* an arm's own fields are */
    bool is_at_end_checked;
    bool uses_out;              /* somebody goes to out */
};

void plan_clauses(struct steps *steps);
/* Fails where it holds: always, never, or when asked. */
void plan_fail_where(struct steps *steps, struct truth truth, const char *name,
                     const char *otherwise);
void plan_clause(struct steps *steps, const struct clause *clause);
/* The clauses from one on, and what has to be seen to behind the last. */
void plan_list(struct steps *steps, const struct clause_list *clauses, size_t from);
/* In an arm what is checked on its own comes with what is required. */
void plan_arm_checks(struct steps *steps);
/* plan-dispatch-arm.c: behind the clauses of the op. */
void plan_arms(struct steps *steps);
/* plan-dispatch-check.c: of the fields in scope. */
void plan_checks(struct steps *steps);
/* How far an op is that goes on, and how far it goes. */
void plan_place(const struct condition_scope *scope, node_t node);
node_t steps_add(struct steps *steps, const char *kind);
/* How it ends, at a node: an errno, a status, the place. */
void plan_failure(struct steps *steps, node_t node, const char *name, const char *otherwise);

/* ---- plan-dispatch-op.c, -entry.c, -handler.c, -access.c ------------------------- */

void plan_op(struct dispatch *dispatch, struct node_list *items, struct work *work);
void plan_entry(struct dispatch *dispatch, struct node_list *items,
                const struct hypercall *hypercall);
void plan_handler(struct dispatch *dispatch, struct node_list *items, struct work *work);
void plan_accessors(struct dispatch *dispatch, struct node_list *items, struct work *work);
void plan_end(struct dispatch *dispatch, struct node_list *items,
              const struct hypercall *hypercall);
void plan_entry_head(struct dispatch *dispatch, node_t node, const struct hypercall *hypercall);
const char *work_function(const struct work *work);
const char *work_handler(const struct work *work);
/* Whom to tell of the elements to come. */
const char *work_ahead(const struct work *work);

/* The elements of a handle that callers of another width have otherwise. */
void plan_element(struct dispatch *dispatch, node_t node, const struct type *handle);
/* What it points at is nobody's business but the handler's. */
bool plan_is_bytes(struct dispatch *dispatch, const struct type *handle);
/* The op's place counts the elements of this array. */
bool work_counts(struct work *work, const struct list_field *list);

/* Why only one family has it. */
void plan_cause(struct dispatch *dispatch, node_t node, const struct decl *decl);
/* One more parameter of a list; type NULL: kind says all. */
node_t plan_argument(struct dispatch *dispatch, struct node_list *list, const char *kind,
                     const struct type *type, const char *name);

#endif
