/* SPDX-License-Identifier: MIT */
/* Files and folders of the command line; each mistake is an error in diag. */
#ifndef CODEGEN_READ_H
#define CODEGEN_READ_H

#include "base/file.h"
#include "front/tree.h"

/* NULL, with an error: it cannot be read. */
struct source *read_source(struct arena *arena, struct diag *diag, const char *path);
/* All files in folder whose names end so, appended in order. */
bool read_folder(struct arena *arena, struct diag *diag, const char *folder,
                 const char *suffix, struct path_list *list);
/* The descriptions that path stands for: itself, or those in the folder. */
void read_list(struct arena *arena, struct diag *diag, const char *path,
               struct path_list *list);
/* A description in the notation that its name says; NULL as above. */
struct tree *read_description(struct arena *arena, struct diag *diag, const char *path);

#endif
