/* SPDX-License-Identifier: MIT */
/*
 * The model as JSON: what the dump-json*.c files share.  Keys come in a fixed
 * order; what something does not have is left out, and so is what is false.
 */
#ifndef CODEGEN_DUMP_JSON_H
#define CODEGEN_DUMP_JSON_H

#include "model/arch.h"

struct json {
    struct arena *arena;
    FILE *stream;
    unsigned int depth;
    bool fresh;                 /* nothing stands within the innermost yet */
};

/* ---- dump-json-write.c: the notation; key NULL within a list -------------------- */

void json_open(struct json *json, const char *key, char bracket);
void json_close(struct json *json, char bracket);
void json_text(struct json *json, const char *key, const char *text);   /* NULL: left out */
void json_number(struct json *json, const char *key, uint64_t value);
void json_signed(struct json *json, const char *key, uint64_t value, bool is_negative);
void json_bool(struct json *json, const char *key, bool value);
void json_true(struct json *json, const char *key, bool value);         /* false: left out */

/* ---- dump-json-parts.c: what declarations are made of ---------------------------- */

void json_place(struct json *json, const struct span *where);
void json_names(struct json *json, const char *key, const struct reference_list *names);
void json_conditions(struct json *json, const struct condition_list *conditions);
/* As the language spells it; "body" is what stands in its braces. */
void json_type(struct json *json, const char *key, const struct type *type);
void json_parameters(struct json *json, const struct parameter_values *values);
void json_members(struct json *json, const char *key, const struct member_list *members);
void json_clauses(struct json *json, const struct clause_list *clauses);
void json_aggregate(struct json *json, const char *key, const struct aggregate *aggregate);
void json_set(struct json *json, const struct set *set);

/* ---- dump-json.c -------------------------------------------------------------------- */

void json_decl(struct json *json, const char *key, const struct decl *decl);

/* ---- dump-json-arch.c: architectures and flavours ---------------------------------- */

void json_tables(struct json *json, const struct model *model);

#endif
