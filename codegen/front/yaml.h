/* SPDX-License-Identifier: MIT */
/*
 * Architectures and flavours, read from YAML.  Every mistake is an error at
 * its line and column; a file with several has several.
 */
#ifndef CODEGEN_FRONT_YAML_H
#define CODEGEN_FRONT_YAML_H

#include "../model/arch.h"

/*
 * NULL only if nothing can be made of the file; else what was right in it, and
 * the errors in diag say whether it may be used.  Names of other files
 * (compat_of, interfaces, markers) are for the caller to check.
 */
struct arch *yaml_arch(struct arena *arena, struct diag *diag,
                       struct source *source);
struct flavour *yaml_flavour(struct arena *arena, struct diag *diag,
                             struct source *source);

#endif
