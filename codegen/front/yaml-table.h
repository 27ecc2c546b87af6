/* SPDX-License-Identifier: MIT */
/*
 * Tables of keys: which keys a map may have, what their values are, and where
 * in a C structure they go.  Between the files of yaml-*.c only.
 */
#ifndef CODEGEN_FRONT_YAML_TABLE_H
#define CODEGEN_FRONT_YAML_TABLE_H

#include "../model/arch.h"
#include "yaml-tree.h"

enum value_kind {
    VALUE_TEXT,                 /* const char * */
    VALUE_NUMBER,               /* unsigned int */
    VALUE_TEXTS,                /* struct text_list, all different */
    VALUE_NUMBERS,              /* struct number_list, all different */
    VALUE_EXTENT,               /* struct extent: {size: 8, align: 4} */
    VALUE_PAIR,                 /* struct pair_list: gains this key and text */
    VALUE_PAIRS,                /* struct pair_list: a map of texts */
    VALUE_MAP,                  /* what 'read' makes of a map */
};

/* What a text must look like. */
enum shape {
    SHAPE_LINE,                 /* one line, not empty */
    SHAPE_NAME,                 /* xen-4.17; fit for the name of a file */
    SHAPE_WORD,                 /* a name in C, a register */
    SHAPE_PATH,                 /* names with '/' between them */
    SHAPE_VERSION,              /* since 0, up to 4.1, latest */
};

struct reader {
    struct arena *arena;
    struct diag *diag;
};

struct table;

struct field {
    const char *key;
    enum value_kind kind;
    size_t to;                  /* offset in the structure */
    bool optional;
    enum shape shape;           /* of a text, or of each text */
    const char *const *words;   /* the only values there are, NULL: any */
    const char *const *places;  /* what '$' may begin, NULL: nothing */
    unsigned int low, high;     /* of a number, or of an extent's size */
    unsigned int most;          /* elements of a list, 0: any number */
    size_t where;               /* offset of a struct span for the value, or 0 */
    void (*read)(struct reader *reader, const struct node *map, struct span key,
                 void *structure);
    const struct table *of;     /* the keys of that map */
    bool is_each;               /* or those of each map in it, whatever its key */
};

struct table {
    const char *noun;           /* the architecture */
    const struct field *fields;
    size_t count;
    /* Takes a key that is no field; NULL or false: there is no such key. */
    bool (*other)(struct reader *reader, const struct node_pair *pair,
                  void *structure);
    const char *const *other_words;     /* the values that such keys may have */
};

/*
 * An offset that compiles only if the member has the type: comparing pointers
 * to different types is an error here.
 */
#define TYPED(member_type, type, member)                                    \
    (offsetof(type, member) +                                               \
     0 * sizeof((member_type *)0 == &((type *)0)->member))

/*
 * Fill a structure from a map.  key is the place to name when something is
 * missing: the key whose value the map is.  True if nothing is wrong in it.
 */
bool table_read(struct reader *reader, const struct table *table,
                const struct node *map, struct span key, void *structure);

/* All keys of these files; yaml-arch.c, yaml-flavour.c. */
extern const struct table arch_table, flavour_table;

/* A top-level map: NULL, and an error, if the file is none. */
const struct node *table_root(struct reader *reader,
                              const struct source *source, const char *noun,
                              unsigned int depth_limit);
/* Where the whole is said to be: its first key. */
struct span table_place(const struct node *root);

/* yaml-value.c: what pair says into the member that field names. */
void value_read(struct reader *reader, const struct field *field,
                const struct node_pair *pair, void *structure);
/* The text, if it is what the field wants; else NULL and an error. */
const char *value_text(struct reader *reader, const struct field *field,
                       const struct node *node);
/* True for a map; else an error about key. */
bool value_is_map(struct reader *reader, const char *key,
                  const struct node *node);
/* "a list" */
const char *node_kind_text(const struct node *node);

/* yaml-text.c: what is wrong with a text, NULL: nothing; without its subject. */
const char *shape_wrong(struct arena *arena, enum shape shape,
                        const struct node *node);
/* The '$' in text that begins none of the places, NULL: there is none. */
const char *place_unknown(const char *text, const char *const *places);
bool words_hold(const char *const *words, const char *word);
size_t words_count(const char *const *words);
/* "a, b or c" */
const char *words_list(struct arena *arena, const char *const *words,
                       size_t count, const char *before_last);

enum number { NUMBER_NONE, NUMBER_OCTAL, NUMBER_TOO_LARGE, NUMBER_RIGHT };
enum number number_read(const struct node *node, unsigned int *value);
/* No value at all: nothing behind the ':', ~ or null. */
bool node_is_nothing(const struct node *node);

#endif
