/* SPDX-License-Identifier: MIT */
/*
 * Sizes, alignments and offsets, from the descriptions alone.
 *
 * Needs a resolved model and the architectures.  What is measured depends on
 * the view: members come and go with since, before, for and except.
 */
#ifndef CODEGEN_MODEL_LAYOUT_H
#define CODEGEN_MODEL_LAYOUT_H

#include <stdio.h>

#include "arch.h"

/* ---- views --------------------------------------------------------------- */

struct view {
    const struct arch *arch;        /* NULL: everything exists, and nothing has a size */
    uint32_t version;               /* of the interface */
    const char *const *names;       /* views that are compiled, up to a NULL */
};

#define VERSION_LATEST UINT32_MAX

/* What the toolstack sees of the latest version. */
struct view view_latest(const struct arch *arch);
bool view_holds(const struct view *view, const struct condition_list *conditions);
/* The declaration itself and the interface that it stands in. */
bool view_has(const struct view *view, const struct decl *decl);

/* ---- layouts ------------------------------------------------------------- */

#define LAYOUT_UNKNOWN UINT64_MAX

/* A member at its place. */
struct slot {
    const struct member *member;
    const struct layout *layout;    /* of its type, as stored */
    uint64_t offset;                /* LAYOUT_UNKNOWN: behind something unknown */
    uint64_t hole;                  /* bytes that nobody named, right before it */
};

struct layout {
    const struct aggregate *aggregate;  /* NULL: no structure, no union */
    uint64_t size;                  /* LAYOUT_UNKNOWN: an extern length or structure */
    unsigned int align;             /* 0: not known */
    bool is_flexible;               /* an array without length, or one at its end */
    struct { struct slot *at; size_t count, room; } slots;
    uint64_t tail;                  /* bytes that nobody named, at the end */
    struct { uint32_t *at; size_t count, room; } versions;  /* where it may change */
};

/* All layouts of one view; each is measured once. */
struct layouts;
struct layouts *layouts_new(const struct model *model, const struct view *view);
/* The same view at another version; says nothing about mistakes. */
struct layouts *layouts_at(struct layouts *latest, uint32_t version);
const struct view *layouts_view(const struct layouts *layouts);
const struct model *layouts_model(const struct layouts *layouts);

/* Never NULL; what cannot be measured has size LAYOUT_UNKNOWN. */
const struct layout *layout_of(struct layouts *layouts, const struct type *type);
const struct layout *layout_of_aggregate(struct layouts *layouts,
                                         const struct aggregate *aggregate);

/* Of an array or an expression that does not change; false: not known here. */
bool layout_length(struct layouts *layouts, const struct expression *length,
                   uint64_t *value);

/* ---- what there is to measure -------------------------------------------- */

/* A structure or union that has a name in C. */
struct structure {
    const struct decl *decl;        /* struct, union, or the op that it belongs to */
    const struct aggregate *aggregate;
    const char *word;               /* "struct", "union", "": it has a typedef alone */
    const char *name;
};
struct structure_list { struct structure *at; size_t count, room; };

/* All declarations, those in bodies too, in the order of the files. */
void layout_decls(const struct model *model, struct decl_list *list);
/* All that have members, extern ones left out. */
void layout_structures(const struct model *model, struct structure_list *list);

/* A member at any depth of the structures written out in place. */
struct layout_field {
    const struct member *member;
    const struct layout *layout;
    const char *path;               /* source.u.ref */
    unsigned int depth;             /* 0: a member of the whole */
    bool is_element;                /* within an array: the offset is element 0's */
    enum direction direction;       /* with that of the members around it */
    uint64_t offset, size;          /* LAYOUT_UNKNOWN; the offset is the whole's */
    uint64_t hole;
};
struct layout_field_list { struct layout_field *at; size_t count, room; };

/* Members in the order of the text, each before its own members. */
void layout_fields(struct layouts *layouts, const struct aggregate *aggregate,
                   struct layout_field_list *list);

/* ---- rows for assertions ------------------------------------------------- */

enum layout_row_kind {
    ROW_SIZE,                       /* sizeof: word name */
    ROW_OFFSET,                     /* offsetof: word name, field */
    ROW_FIELD_SIZE,                 /* sizeof of the field */
    ROW_VALUE,                      /* a constant: name */
};

struct layout_row {
    enum layout_row_kind kind;
    const char *word, *name;        /* as in struct structure; of a value: NULL, its name */
    const char *field;              /* path in C, with [0] behind arrays */
    uint64_t value;                 /* of a negative constant: its two's complement */
    bool is_negative;
    const struct decl *decl;        /* its conditions hold in the view */
    struct span where;
};
struct layout_rows { struct layout_row *at; size_t count, room; };

/* Everything that has a known size, offset or value in this view. */
void layout_collect(struct layouts *layouts, struct layout_rows *rows);

/* ---- passes -------------------------------------------------------------- */

/*
 * [padding], [layout], and [version] for what moves when the version changes.
 * Needs all architectures in the model, and that no type contains itself.
 */
void layout_check(struct model *model);

/*
 * hcgen layout NAME [--abi ABI]: a structure, an op, a set or a type, as a
 * table.  Returns 0, or 1 with an error: there is no such name.
 */
int layout_print(struct model *model, const char *name, const char *abi,
                 FILE *stream);

/* ---- between the files of layout-*.c ------------------------------------- */

/* What was reported already; several views find the same mistake. */
struct layout_reports { const void **at; size_t count, room; };
void layouts_report_to(struct layouts *layouts, struct diag *diag,
                       struct layout_reports *reports);
/* True the first time. */
bool layout_report_once(struct arena *arena, struct layout_reports *reports,
                        const void *what);
/* layout-text.c: a type as a description spells it. */
void layout_type_text(const struct type *type, struct text *text);
const char *layout_type_string(struct arena *arena, const struct type *type,
                               const struct type *stored_as);

#endif
