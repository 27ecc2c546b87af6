/* SPDX-License-Identifier: MIT */
/* Between the files that print layouts; for nobody else. */
#ifndef CODEGEN_MODEL_LAYOUT_PRINT_H
#define CODEGEN_MODEL_LAYOUT_PRINT_H

#include "layout.h"

/* Architectures with the same layout. */
struct column {
    struct layouts *layouts;        /* of the first of them */
    const char *names;
    int width;                      /* of offset and size together */
    const struct layout *layout;
    struct layout_field_list fields;
    size_t next;                    /* field that comes next */
};

struct layout_print {
    struct model *model;
    FILE *stream;
    struct layouts **of;            /* one for each architecture that is wanted */
    size_t nr_arches;
    struct { struct column *at; size_t count, room; } columns;
    int name_width, type_width;
    bool is_found;
};

/* layout-table.c: a structure or union that decl holds. */
void layout_print_table(struct layout_print *print, const struct decl *decl,
                        const struct aggregate *aggregate);

#endif
