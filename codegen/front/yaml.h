/* SPDX-License-Identifier: MIT */
/*
 * Architectures and flavours, and descriptions in their second notation, read
 * from YAML.  Every mistake is an error at
 * its line and column; a file with several has several.
 */
#ifndef CODEGEN_FRONT_YAML_H
#define CODEGEN_FRONT_YAML_H

#include "../model/arch.h"
#include "tree.h"

/*
 * NULL only if nothing can be made of the file; else what was right in it, and
 * the errors in diag say whether it may be used.  Names of other files
 * (compat_of, interfaces, markers) are for the caller to check.
 */
struct arch *yaml_arch(struct arena *arena, struct diag *diag,
                       struct source *source);
struct flavour *yaml_flavour(struct arena *arena, struct diag *diag,
                             struct source *source);

/* How the names of such descriptions end. */
#define YAML_IDL_SUFFIX ".idl.yaml"

/* As parse_description: errors go to diag, the tree holds what could be read. */
struct tree *yaml_description(struct arena *arena, struct diag *diag,
                              struct source *source);

#endif
