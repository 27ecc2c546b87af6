/* SPDX-License-Identifier: MIT */
/*
 * The descriptions as one flavour has them.
 *
 * What differs is data, in the flavour's table: versions that are settled,
 * views that are never compiled, names that are left out, called otherwise, of
 * another type, or back again.  Nothing of the model changes: what differs is a
 * copy.
 */
#ifndef CODEGEN_MODEL_FLAVOUR_H
#define CODEGEN_MODEL_FLAVOUR_H

#include "arch.h"

/* The one that stubs and assertions are made for; NULL: there are no flavours. */
const struct flavour *flavour_reference(const struct model *model);

/* What the flavour has otherwise in the interface; empty where there is nothing. */
const struct variant *flavour_variant(const struct flavour *flavour,
                                      const struct interface *interface);

/* A copy of the interface, with what the flavour has of it. */
const struct interface *flavour_interface(struct arena *arena, const struct model *model,
                                          const struct flavour *flavour,
                                          const struct interface *interface);

/* The flavour's name for what decl declares under name. */
const char *flavour_name(const struct flavour *flavour, const struct decl *decl,
                         const char *name);

/* NAME or handle<NAME>, as 'retype' says it; NULL: there is no such type. */
const struct type *flavour_type(struct arena *arena, const struct model *model,
                                const char *text);

#endif
