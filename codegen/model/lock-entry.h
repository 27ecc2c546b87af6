/* SPDX-License-Identifier: MIT */
/* Elements of the published ABI: for the files of lock*.c, and for hcgen diff. */
#ifndef CODEGEN_MODEL_LOCK_ENTRY_H
#define CODEGEN_MODEL_LOCK_ENTRY_H

#include "lock.h"

/* KIND(kind, word in the file, has a scope), sorted by word. */
#define LOCK_KINDS \
    KIND(abi,           "abi",           false) \
    KIND(argument,      "argument",      true)  \
    KIND(bit,           "bit",           true)  \
    KIND(constant,      "constant",      false) \
    KIND(field,         "field",         true)  \
    KIND(hypercall,     "hypercall",     false) \
    KIND(op,            "op",            true)  \
    KIND(removed_bit,   "removed-bit",   true)  \
    KIND(removed_op,    "removed-op",    true)  \
    KIND(removed_value, "removed-value", true)  \
    KIND(set,           "set",           false) \
    KIND(structure,     "structure",     false) \
    KIND(type,          "type",          false) \
    KIND(use,           "use",           true)  \
    KIND(value,         "value",         true)

enum lock_kind {
#define KIND(kind, word, has_scope) LOCK_##kind,
    LOCK_KINDS
#undef KIND
    NR_LOCK_KINDS
};

struct lock_attribute { const char *label, *value; };
struct lock_attributes { struct lock_attribute *at; size_t count, room; };

struct lock_entry {
    enum lock_kind kind;
    const char *scope, *name;   /* scope NULL: a kind without one */
    const char *key;            /* word, scope and name */
    struct span where;          /* in a description, or in the file */
    bool *is_there;             /* for each ABI */
    struct lock_attributes *on; /* for each ABI */
    bool is_matched;            /* the other side has it, or was told of it */
};

/* What there is, by key; from the model, or from a file. */
struct lock {
    struct arena *arena;
    const char **abis;          /* their names, sorted */
    size_t nr_abis;
    struct map entries;
};

const char *lock_word(enum lock_kind kind);
bool lock_has_scope(enum lock_kind kind);
int lock_find_kind(const char *word);           /* -1: none */
/* LOCK_removed_op for LOCK_op, and so on; -1: such numbers may be used again. */
int lock_removed_kind(enum lock_kind kind);

const char *lock_key(struct arena *arena, enum lock_kind kind, const char *scope,
                     const char *name);
/* The entry with that key, made if there is none. */
struct lock_entry *lock_add(struct lock *lock, const char *key, enum lock_kind kind,
                            const char *scope, const char *name, struct span where);
const char *lock_value(const struct lock_attributes *attributes, const char *label);
/* The first ABI that has the entry. */
size_t lock_first_abi(const struct lock *lock, const struct lock_entry *entry);
/* An ABI's place among the names, or nr_abis. */
size_t lock_find_abi(const struct lock *lock, const char *name);

/* lock-model.c: everything the model publishes. */
struct lock *lock_of_model(const struct model *model);
/* lock-file.c: what a file says; mistakes in it are reported. */
struct lock *lock_of_file(struct model *model, const struct source *file);
/* The line for an entry. */
const char *lock_line(const struct lock *lock, const struct lock_entry *entry);
/* All lines, sorted, behind the head of the file. */
const char *lock_lines(const struct lock *lock);

#endif
