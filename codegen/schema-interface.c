/* SPDX-License-Identifier: MIT */
/*
 * The JSON Schema of a description, from the tables that its reader goes by:
 * forms.def says which keys a statement has, placement.def which it needs.
 * Types, expressions and numbers are texts to it.  Gives schema_interface.
 */
#include <string.h>

#include "front/yaml-form.h"
#include "schema.h"

#define ONE_LINE "^[^\"\\u0000\\n\\r\\u007f-\\uffff]*$"
#define ANY_LINES "^[^\\u0000\\r\\u007f-\\uffff]*$"

/* ---- values ------------------------------------------------------------------------ */

static void put_types(struct json *json, const char *first, const char *second)
{
    json_open(json, "type", '[');
    json_text(json, NULL, first);
    json_text(json, NULL, second);
    json_close(json, ']');
}

/* One value, or a list of several. */
static void put_several(struct json *json, const char *key)
{
    json_open(json, key, '{');
    json_open(json, "anyOf", '[');
    json_open(json, NULL, '{');
    put_types(json, "string", "integer");
    schema_close(json);
    schema_open(json, NULL, "array");
    json_number(json, "minItems", 1);
    json_open(json, "items", '{');
    put_types(json, "string", "integer");
    schema_close(json);
    schema_close(json);
    json_close(json, ']');
    schema_close(json);
}

static void put_parameters(struct json *json)
{
    static const char *const needed[] = { "name" };

    json_open(json, "parameters", '{');
    json_open(json, "anyOf", '[');
    schema_text(json, NULL, ONE_LINE);
    schema_open(json, NULL, "array");
    json_number(json, "minItems", 1);
    json_open(json, "items", '{');
    json_open(json, "anyOf", '[');
    schema_text(json, NULL, ONE_LINE);
    schema_open(json, NULL, "object");
    schema_list(json, "required", needed, 1);
    json_bool(json, "additionalProperties", false);
    json_open(json, "properties", '{');
    schema_text(json, "name", ONE_LINE);
    schema_reference(json, "type", "type");
    schema_reference(json, FORM_DIRECTION, "direction");
    json_close(json, '}');
    schema_close(json);
    json_close(json, ']');
    schema_close(json);
    schema_close(json);
    json_close(json, ']');
    schema_close(json);
}

static void put_true(struct json *json, const char *key)
{
    json_open(json, key, '{');
    json_bool(json, "const", true);
    schema_close(json);
}

static void put_values(struct json *json)
{
    static const char *const directions[] = { "in", "out", "inout", NULL };

    put_several(json, "names");
    schema_text(json, "text", ONE_LINE);
    schema_text(json, "lines", ANY_LINES);
    schema_text(json, "type", "^[A-Za-z_][ -~\\n]*$");
    schema_text(json, "version", "^[0-9]+(\\.[0-9]+){1,2}$");
    json_open(json, "number", '{');
    put_types(json, "integer", "string");
    schema_close(json);
    schema_words(json, "direction", directions);
    put_true(json, "true");
    json_open(json, "reason", '{');
    json_open(json, "anyOf", '[');
    put_true(json, NULL);
    schema_text(json, NULL, ONE_LINE);
    json_close(json, ']');
    schema_close(json);
    put_parameters(json);
}

/* The definition above that a key's value follows. */
static const char *tail_value(const struct form_tail *tail)
{
    static const char *const values[] = {
        [FORM_NAMES] = "names", [FORM_VERSION] = "version", [FORM_MARK] = "true",
        [FORM_SPELLING] = "text", [FORM_STEPS] = "names", [FORM_EXPRESSION] = "number",
        [FORM_RESULT] = "type", [FORM_PARAMETERS] = "parameters",
    };

    return tail->word == KEYWORD_deprecated ? "reason" : values[tail->kind];
}

static const char *main_value(const struct yaml_form *form)
{
    static const char *const values[] = {
        [MAIN_NAMES] = "names", [MAIN_TEXT] = "text", [MAIN_TRUE] = "true",
        [MAIN_CODE] = "lines", [MAIN_RANGE] = "text",
    };

    return form->main == MAIN_TAIL ? tail_value(form_tail_find(form->key))
                                   : values[form->main];
}

/* ---- a statement --------------------------------------------------------------------- */

/* A definition's name has no blanks; a constant shares its key with a member. */
static const char *form_name(struct json *json, const struct yaml_form *form)
{
    char *name;

    if ( form->kind == STATEMENT_constant || form->kind == STATEMENT_member )
        return form->kind == STATEMENT_member ? "a-field" : "a-value";
    name = arena_format(json->arena, "%s%s", form->flat ? "its-" : "a-",
                        form->key ? form->key : "group");
    for ( char *at = name; *at; at++ )
        if ( *at == ' ' )
            *at = '-';
    return name;
}

/* Without a type it says in which direction a member goes. */
static void put_either(struct json *json, const char *one, const char *other)
{
    json_open(json, "anyOf", '[');
    json_open(json, NULL, '{');
    schema_list(json, "required", &one, 1);
    json_close(json, '}');
    json_open(json, NULL, '{');
    schema_list(json, "required", &other, 1);
    json_close(json, '}');
    json_close(json, ']');
}

static bool has_number(const struct yaml_form *form)
{
    return (placement_parts(form->kind) & (NEEDS_NUMBER | MAY_NUMBER) &&
            !form_text_is_number(form)) || form_number_is_tail(form);
}

static void put_required(struct json *json, const struct yaml_form *form, const char *main)
{
    unsigned int parts = placement_parts(form->kind);

    json_open(json, "required", '[');
    json_text(json, NULL, main);
    if ( parts & NEEDS_TYPE && form->kind != STATEMENT_member )
        json_text(json, NULL, form->type);
    if ( parts & NEEDS_NUMBER )
        json_text(json, NULL, form_text_is_number(form) ? form->text : form->number);
    if ( parts & NEEDS_COUNT )
        json_text(json, NULL, form->number);
    if ( parts & NEEDS_TEXT && form->main != MAIN_TEXT )
        json_text(json, NULL, form->text);
    if ( parts & NEEDS_ELSE )
        json_text(json, NULL, "else");
    if ( form->kind == STATEMENT_interface )
        json_text(json, NULL, "header");
    if ( form->kind == STATEMENT_header )
        json_text(json, NULL, "guard");
    json_close(json, ']');
}

static void put_bodies(struct json *json, const struct yaml_form *form, unsigned int list)
{
    for ( unsigned int i = 0; i < NR_BODIES; i++ )
        if ( form->body & 1u << i && (!list || list == 1u << i) )
            schema_reference(json, form_body_key(i), form_body_key(i));
    for ( size_t i = 0; i < nr_forms; i++ )
        if ( form_is_flat_in(&forms[i], form) )
            schema_reference(json, forms[i].key, form_name(json, &forms[i]));
}

/* list: in which a group stands, whose map has that list alone. */
static void put_keys(struct json *json, const struct yaml_form *form, const char *main,
                     unsigned int list)
{
    unsigned int parts = placement_parts(form->kind), tails = placement_tails(form->kind);

    put_required(json, form, main);
    if ( form->kind == STATEMENT_member )
        put_either(json, form->type, FORM_DIRECTION);
    json_bool(json, "additionalProperties", false);
    json_open(json, "properties", '{');
    if ( form->main != MAIN_NONE )
        schema_reference(json, main, main_value(form));
    if ( parts & (NEEDS_TYPE | MAY_TYPE) )
        schema_reference(json, form->type, "type");
    if ( form->kind == STATEMENT_member )
        schema_reference(json, FORM_DIRECTION, "direction");
    if ( has_number(form) )
        schema_reference(json, form->number, "number");
    if ( form->text )
        schema_reference(json, form->text, "text");
    for ( size_t i = 0; i < nr_form_tails; i++ )
        if ( form_tails[i].bit & tails && (!main || strcmp(form_tails[i].key, main)) )
            schema_reference(json, form_tails[i].key, tail_value(&form_tails[i]));
    if ( form->key )
        schema_reference(json, FORM_DOC, "lines");
    put_bodies(json, form, list);
    json_close(json, '}');
}

static void put_form(struct json *json, const struct yaml_form *form)
{
    schema_open(json, form_name(json, form), "object");
    put_keys(json, form, form->key, 0);
    schema_close(json);
}

/* The value alone, a map with more, or a list of such maps. */
static void put_flat(struct json *json, const struct yaml_form *form)
{
    json_open(json, form_name(json, form), '{');
    json_open(json, "anyOf", '[');
    if ( form->kind != STATEMENT_header && form->kind != STATEMENT_contents )
        schema_reference(json, NULL, main_value(form));
    schema_open(json, NULL, "object");
    put_keys(json, form, form->flat, 0);
    schema_close(json);
    schema_open(json, NULL, "array");
    schema_open(json, "items", "object");
    put_keys(json, form, form->flat, 0);
    schema_close(json);
    schema_close(json);
    json_close(json, ']');
    schema_close(json);
}

/* ---- lists of statements ---------------------------------------------------------------- */

static bool opens(const struct yaml_form *form, unsigned int list)
{
    return form->key && (form_lists(form) & list);
}

/* No key of the list that opens a statement is there; tails count only if asked for. */
static void put_none_of(struct json *json, unsigned int list, bool with_tails)
{
    json_open(json, "not", '{');
    json_open(json, "anyOf", '[');
    for ( size_t i = 0; i < nr_forms; i++ )
    {
        if ( !opens(&forms[i], list) || (!with_tails && forms[i].main == MAIN_TAIL) )
            continue;
        json_open(json, NULL, '{');
        schema_list(json, "required", &forms[i].key, 1);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_close(json, '}');
}

/* 'resume' is a tail where another key opens. */
static void put_condition(struct json *json, const struct yaml_form *form, unsigned int list)
{
    schema_list(json, "required", &form->key, 1);
    if ( form->main == MAIN_TAIL )
        put_none_of(json, list, false);
}

static void put_group(struct json *json, unsigned int list, const char *key)
{
    const struct yaml_form *group = forms;

    while ( group->kind != STATEMENT_group )
        group++;
    json_open(json, NULL, '{');
    json_open(json, "if", '{');
    put_none_of(json, list, true);
    json_close(json, '}');
    json_open(json, "then", '{');
    put_keys(json, group, list & BODY_VALUES ? form_body_key(3) : key, list);
    json_close(json, '}');
    json_close(json, '}');
}

/* Which key is there says which keys there may be: so mistakes are named exactly. */
static void put_list(struct json *json, unsigned int body)
{
    unsigned int list = 1u << body;

    schema_open(json, form_body_key(body), "array");
    schema_open(json, "items", "object");
    json_open(json, "allOf", '[');
    for ( size_t i = 0; i < nr_forms; i++ )
    {
        if ( !opens(&forms[i], list) )
            continue;
        json_open(json, NULL, '{');
        json_open(json, "if", '{');
        put_condition(json, &forms[i], list);
        json_close(json, '}');
        schema_reference(json, "then", form_name(json, &forms[i]));
        json_close(json, '}');
    }
    put_group(json, list, form_body_key(body));
    json_close(json, ']');
    schema_close(json);
    schema_close(json);
}

void schema_interface(struct json *json)
{
    const struct yaml_form *interface = forms;

    schema_head(json, "a description");
    json_text(json, "type", "object");
    put_keys(json, interface, interface->key, 0);
    json_open(json, "definitions", '{');
    put_values(json);
    for ( unsigned int i = 0; i < NR_BODIES; i++ )
        put_list(json, i);
    for ( size_t i = 0; i < nr_forms; i++ )
    {
        if ( forms[i].flat )
            put_flat(json, &forms[i]);
        else if ( forms[i].key && forms[i].kind != STATEMENT_interface )
            put_form(json, &forms[i]);
    }
    json_close(json, '}');
}
