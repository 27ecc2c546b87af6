/* SPDX-License-Identifier: MIT */
/* JSON Schemas of the YAML files: what the schema-*.c files share. */
#ifndef CODEGEN_SCHEMA_H
#define CODEGEN_SCHEMA_H

#include "dump-json.h"

/* {"type": ...}, closed by schema_close. */
void schema_open(struct json *json, const char *key, const char *type);
void schema_close(struct json *json);
/* {"type": "string", "pattern": ...}; pattern NULL: any */
void schema_text(struct json *json, const char *key, const char *pattern);
/* {"$ref": "#/definitions/NAME"} */
void schema_reference(struct json *json, const char *key, const char *name);
/* {"enum": [...]}, up to a NULL */
void schema_words(struct json *json, const char *key, const char *const *words);
/* A list of texts. */
void schema_list(struct json *json, const char *key, const char *const *texts, size_t count);
/* The keys that a whole schema begins with. */
void schema_head(struct json *json, const char *title);

/* schema-interface.c: of a description. */
void schema_interface(struct json *json);

#endif
