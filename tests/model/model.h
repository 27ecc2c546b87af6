/* SPDX-License-Identifier: MIT */
/* A model from a description in a test, and its messages as one text. */
#ifndef TESTS_MODEL_MODEL_H
#define TESTS_MODEL_MODEL_H

#include "../unit/unit.h"

#include "../../codegen/front/build.h"
#include "../../codegen/model/layout.h"
#include "../../codegen/model/lock.h"

/* Made of the text alone, with the architectures of model.c; resolved. */
struct model *model_read(struct arena *arena, const char *path, const char *text);
/* The same from the files of a folder: *.idl, arch/ (*.yaml). */
struct model *model_read_folder(struct arena *arena, const char *folder);

/* The architecture of that name in the model. */
const struct arch *model_arch(const struct model *model, const char *name);
/* The layout of a type, by name, at a version; as the toolstack sees it. */
const struct layout *model_layout(struct model *model, const char *arch,
                                  const char *type, uint32_t version);

/* All messages, one on each line: PATH:LINE:COLUMN: error: TEXT [ID] */
const char *model_messages(const struct model *model);
void model_forget_messages(struct model *model);

/* As assert_string_equal, but shows long texts whole. */
#define assert_text(actual, expected) assert_text_at(actual, expected, __FILE__, __LINE__)
void assert_text_at(const char *actual, const char *expected, const char *file, int line);

#define assert_messages(model, expected) assert_text(model_messages(model), expected)

#endif
