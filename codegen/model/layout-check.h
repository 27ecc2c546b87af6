/* SPDX-License-Identifier: MIT */
/* Between the files that check layouts; for nobody else. */
#ifndef CODEGEN_MODEL_LAYOUT_CHECK_H
#define CODEGEN_MODEL_LAYOUT_CHECK_H

#include "layout.h"

struct layout_check {
    struct model *model;
    struct layout_reports reports;
    struct layouts *all;            /* everything there is, whatever the view */
    struct layouts **of;            /* the latest, for each architecture */
    size_t nr_arches;
};

/* layout-check.c: "'gnttab_copy'", "this union". */
const char *layout_title(struct arena *arena, const struct aggregate *aggregate);
/* layout-strict.c: every byte has a name, and one place. */
void layout_check_strict(struct layout_check *check, const struct decl *decl,
                         const struct aggregate *aggregate);
/* layout-version.c: what stays in a structure stays where it is. */
void layout_check_versions(struct layout_check *check,
                           const struct structure_list *structures);

#endif
