/* SPDX-License-Identifier: MIT */
/*
 * What a path means: a.b, a.bit, a[7..0], a.property, or a name of its own.
 *
 * Needs a scope.  Names are looked up from the inside out: the arm of a union
 * that the clause stands in, what is around it, the structure, the arguments,
 * then what is declared in files.
 */
#include <string.h>

#include "checks.h"

/* One part of a path, without its bits. */
struct part { const char *text; const char *rest; bool has_bits; };

static struct part first_part(struct checker *checker, const char *path)
{
    size_t length = strcspn(path, ".[");
    const char *rest = path + length;
    struct part part = { arena_copy(checker->arena, path, length), NULL, *rest == '[' };

    if ( part.has_bits )
    {
        rest = strchr(rest, ']');
        rest = rest ? rest + 1 : "";
    }
    part.rest = *rest == '.' ? rest + 1 : NULL;
    return part;
}

const char *set_nearest(struct checker *checker, const struct set *set, const char *name)
{
    struct map names = { .arena = checker->arena };

    LIST_EACH(constant, &set->constants)
    {
        if ( constant->kind != CONSTANT_MACRO )
            map_add(&names, constant->name, (void *)constant);
        LIST_EACH(value, &constant->values)
            if ( value->kind == CONSTANT_VALUE )
                map_add(&names, value->name, value);
    }
    return map_nearest(&names, name);
}

/* ---- fields -------------------------------------------------------------- */

static const char *joined(struct checker *checker, const struct field *around,
                          const char *name)
{
    return around ? arena_format(checker->arena, "%s.%s", around->path, name) : name;
}

/* The field that the first part names, seen from 'arm'. */
static const struct field *field_outwards(struct checker *checker,
                                          const struct scope *scope, const char *name)
{
    const struct field *around = scope->arm, *field;

    for ( ; ; around = around->around )
    {
        field = map_find(&scope->call->paths, joined(checker, around, name));
        if ( field || !around )
            return field;
    }
}

/* Names of the fields beside the one that was meant. */
static const char *nearest_field(struct checker *checker, const struct scope *scope,
                                 const struct field *around, const char *name)
{
    struct map names = { .arena = checker->arena };

    for ( size_t i = 0; i < scope->call->fields.count; i++ )
    {
        struct field *field = scope->call->fields.at[i];

        if ( field->around == around || (!around && field->around == scope->arm) )
            map_add(&names, field->name, field);
    }
    return map_nearest(&names, name);
}

static struct named unknown(const char *what, const char *name, const char *near)
{
    return (struct named){ .kind = NAMED_NOTHING, .kind_text = what, .unknown = name,
                           .near = near };
}

/* A property of what the field is, or of the domain that it names. */
static struct named find_property(struct checker *checker, const struct field *field,
                                  const char *path, bool has_bits)
{
    const struct type *plain = type_plain(field->type);
    bool is_handle = plain && (plain->kind == TYPE_HANDLE || plain->kind == TYPE_POINTER);
    struct named named = { .kind = NAMED_PROPERTY, .field = field };

    while ( path )
    {
        struct part part = first_part(checker, path);
        int property = word_find(WORD_PROPERTY, part.text);
        bool fits = property >= 0 &&
                    property_subject(property) == (is_handle ? OF_HANDLE : OF_DOMAIN);

        if ( !is_handle && !type_is_domain(field->type) && !has_bits )
            return unknown(arena_format(checker->arena, "part of '%s'", field->name),
                           part.text, NULL);
        if ( !fits && (is_handle || !map_find(&checker->model->rights, part.text)) )
            return unknown(is_handle ? "property of a handle" : "property of a domain",
                           part.text, word_nearest(WORD_PROPERTY, part.text));
        path = part.rest;
    }
    return named;
}

/* What follows a field: a member of it, a value of its set, a property. */
static struct named find_behind(struct checker *checker, const struct scope *scope,
                                const struct field *field, const char *path,
                                bool has_bits)
{
    struct part part = first_part(checker, path);
    const struct set *set = model_type_set(field->type);
    const struct field *inner =
        map_find(&scope->call->paths, joined(checker, field, part.text));
    struct named named = { .kind = NAMED_BIT, .field = field };

    if ( inner && part.rest )
        return find_behind(checker, scope, inner, part.rest, part.has_bits);
    if ( inner )
        return (struct named){ .kind = NAMED_FIELD, .field = inner,
                               .has_bits = part.has_bits };
    if ( field->inside )
        return unknown(arena_format(checker->arena, "field of '%s'", field->name),
                       part.text, nearest_field(checker, scope, field, part.text));
    if ( set )
    {
        named.constant = set_find(set, part.text);
        return named.constant && !part.rest
               ? named : unknown("value of its set", part.text,
                                 set_nearest(checker, set, part.text));
    }
    return find_property(checker, field, path, has_bits);
}

/* ---- names that are no fields -------------------------------------------- */

static struct named find_caller(struct checker *checker, const char *path)
{
    while ( path )
    {
        struct part part = first_part(checker, path);
        int property = word_find(WORD_PROPERTY, part.text);

        if ( (property < 0 || property_subject(property) != OF_DOMAIN) &&
             !map_find(&checker->model->rights, part.text) )
            return unknown("property", part.text, word_nearest(WORD_PROPERTY, part.text));
        path = part.rest;
    }
    return (struct named){ .kind = NAMED_PROPERTY };
}

static struct named find_constant(struct checker *checker, const struct scope *scope,
                                  const char *name)
{
    struct decl *decl = map_find(&checker->model->macros, name);
    const char *near;

    if ( decl )
        return (struct named){ .kind = NAMED_CONSTANT, .decl = decl };
    if ( checker->only_asks )
        return unknown("field or constant", name, NULL);
    near = nearest_field(checker, scope, NULL, name);
    return unknown("field or constant", name,
                   near ? near : map_nearest(&checker->model->macros, name));
}

struct named path_find(struct checker *checker, const struct scope *scope,
                       const char *path)
{
    struct part part = first_part(checker, path);
    const struct field *field = field_outwards(checker, scope, part.text);
    struct named named;

    if ( field && part.rest )
        return find_behind(checker, scope, field, part.rest, part.has_bits);
    if ( field )
        return (struct named){ .kind = NAMED_FIELD, .field = field,
                               .has_bits = part.has_bits };
    if ( !strcmp(part.text, DONE_NAME) && !part.rest )
        return (struct named){ .kind = NAMED_DONE, .has_bits = part.has_bits };
    named = find_caller(checker, path);
    if ( named.kind == NAMED_PROPERTY )
        return named;
    return find_constant(checker, scope, part.text);
}

/* ---- expressions --------------------------------------------------------- */

/* Nobody is told: what may have been meant need not be found. */
static struct named ask(struct checker *checker, const struct scope *scope,
                        const char *path)
{
    struct named named;

    checker->only_asks = true;
    named = path_find(checker, scope, path);
    checker->only_asks = false;
    return named;
}

static const struct set *set_of(struct checker *checker, const struct scope *scope,
                                const struct expression *expression)
{
    struct named named;

    if ( expression->kind != EXPRESSION_NAME )
        return NULL;
    named = ask(checker, scope, expression->text);
    return named.kind == NAMED_FIELD ? model_type_set(named.field->type) : NULL;
}

static void each_name(struct checker *checker, const struct scope *scope,
                      const struct expression *expression, const struct set *beside,
                      path_visit *visit);

static bool is_unknown(struct checker *checker, const struct scope *scope,
                       const struct expression *expression)
{
    return expression->kind == EXPRESSION_NAME &&
           ask(checker, scope, expression->text).kind == NAMED_NOTHING;
}

static void each_operand(struct checker *checker, const struct scope *scope,
                         const struct expression *expression, path_visit *visit)
{
    bool compares = expression->operator == OPERATOR_equal ||
                    expression->operator == OPERATOR_unequal;

    each_name(checker, scope, expression->left,
              compares ? set_of(checker, scope, expression->right) : NULL, visit);
    /* Of what is it a value?  One error is enough. */
    if ( compares && is_unknown(checker, scope, expression->left) &&
         is_unknown(checker, scope, expression->right) )
        return;
    each_name(checker, scope, expression->right,
              compares ? set_of(checker, scope, expression->left) : NULL, visit);
}

/* beside: the set of what this is compared with, whose values are names here. */
static void each_name(struct checker *checker, const struct scope *scope,
                      const struct expression *expression, const struct set *beside,
                      path_visit *visit)
{
    struct named named;

    switch ( expression->kind )
    {
    case EXPRESSION_NUMBER:
        break;
    case EXPRESSION_BITS:
        each_name(checker, scope, expression->left, NULL, visit);
        break;
    case EXPRESSION_BINARY:
        each_operand(checker, scope, expression, visit);
        break;
    case EXPRESSION_NAME:
        if ( beside && set_find(beside, expression->text) &&
             ask(checker, scope, expression->text).kind == NAMED_NOTHING )
            return;
        named = path_find(checker, scope, expression->text);
        if ( beside && named.kind == NAMED_NOTHING )
        {
            const char *near = set_nearest(checker, beside, expression->text);

            named = unknown("value of its set", expression->text, near ? near : named.near);
        }
        visit(checker, scope, expression, &named);
        break;
    }
}

void path_each(struct checker *checker, const struct scope *scope,
               const struct expression *expression, path_visit *visit)
{
    if ( expression )
        each_name(checker, scope, expression, NULL, visit);
}
