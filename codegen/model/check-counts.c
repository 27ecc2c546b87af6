/* SPDX-License-Identifier: MIT */
/* [count]: lengths and counts name numbers that the caller hands in. */
#include <string.h>

#include "checks.h"

struct length {
    const struct use *use;
    const char *what;                   /* "a list", "an array", "count<>" */
};

/* 'xen_ulong_t.bits': the width of a type. */
static bool is_width_of_type(struct checker *checker, const struct expression *name)
{
    const char *dot = strchr(name->text, '.');
    struct decl *decl;

    if ( !dot || strcmp(dot + 1, "bits") )
        return false;
    decl = map_find(&checker->model->types,
                    arena_copy(checker->arena, name->text, (size_t)(dot - name->text)));
    if ( decl && (!decl->type || !type_is_integer(decl->type)) )
        diag_error(checker->diag, CHECK_type, name->where,
                   "'%s' is no integer, and has no number of bits", decl->name);
    return decl != NULL;
}

static bool is_constant(const struct decl *decl)
{
    return decl && (decl->kind == DECL_const || decl->set || decl->kind == DECL_alias ||
                    decl->kind == DECL_macro) && !type_is_right(decl->type);
}

static const char *nearest_integer(struct checker *checker, const struct body *body,
                                   const char *name)
{
    struct map names = { .arena = checker->arena };

    for ( ; body; body = body->parent )
        LIST_EACH(member, &body->aggregate->members)
            if ( member->name && type_is_integer(member->type) )
                map_add(&names, member->name, member);
    return map_nearest(&names, name);
}

static void check_field(struct checker *checker, const struct length *length,
                        struct span where, const char *name, const struct place *place)
{
    const char *near;

    if ( place->type && !place->constant && type_is_integer(place->type) )
    {
        if ( place->direction == DIRECTION_OUT )
        {
            diag_error(checker->diag, length->use->type->kind == TYPE_COUNT
                       ? CHECK_direction : CHECK_count, where,
                       "%s needs an in field, and '%s' is out", length->what, name);
            check_note(checker, place->where, "'%s' is here", name);
        }
        return;
    }
    near = nearest_integer(checker, length->use->body, name);
    if ( place->type )
    {
        check_error(checker, where, "%s needs a number, and '%s' is none", length->what,
                    name);
        check_note(checker, place->where, "'%s' is here", name);
    }
    else
        check_error(checker, where,
                    near ? "%s needs a number, and there is no '%s'; did you mean '%s'?"
                         : "%s needs a number, and there is no '%s'", length->what, name,
                    near);
}

static void check_name(struct checker *checker, const struct length *length,
                       const struct expression *name, bool is_array)
{
    const struct use *use = length->use;
    struct place place = body_find(checker, use->decl, use->body, name->text);

    if ( is_width_of_type(checker, name) )
        return;
    if ( is_constant(map_find(&checker->model->macros, name->text)) && !place.type )
        return;
    if ( is_array && place.type )
    {
        check_error(checker, name->where,
                    "the length of an array is fixed, and '%s' is a field", name->text);
        check_help(checker, name->where, "memory of the caller's whose length varies is a "
                   "handle64<T>[%s]", name->text);
        return;
    }
    check_field(checker, length, name->where, name->text, &place);
}

static void check_expression(struct checker *checker, const struct length *length,
                             const struct expression *expression, bool is_array)
{
    switch ( expression->kind )
    {
    case EXPRESSION_NUMBER:
        break;
    case EXPRESSION_NAME:
        check_name(checker, length, expression, is_array);
        break;
    case EXPRESSION_BITS:
        check_expression(checker, length, expression->left, is_array);
        break;
    case EXPRESSION_BINARY:
        check_expression(checker, length, expression->left, is_array);
        check_expression(checker, length, expression->right, is_array);
        break;
    }
}

/* count<nr>: nr is in the structure, or an argument. */
static void check_count_of(struct checker *checker, const struct use *use)
{
    const struct reference *name = &use->type->name;
    const struct op *op = use->decl->op;
    struct length length = { use, arena_format(checker->arena, "count<%s>", name->text) };
    struct body body = { .aggregate = op ? model_op_structure(op) : NULL,
                         .decl = use->decl };
    struct use of_structure = *use;
    struct place place;

    if ( op && op->structure.text && !op->structure.decl )
        return;
    of_structure.body = body.aggregate ? &body : NULL;
    length.use = &of_structure;
    place = body_find(checker, use->decl, of_structure.body, name->text);
    check_field(checker, &length, name->where, name->text, &place);
}

void check_lengths(struct checker *checker, const struct use *use)
{
    struct length length = { use, NULL };

    if ( use->type->kind == TYPE_COUNT && use->role == ROLE_CALL_RESULT )
        check_count_of(checker, use);
    for ( const struct type *type = use->type; type; type = type->element )
    {
        if ( !type->length )
            continue;
        length.what = type->kind == TYPE_ARRAY ? "an array" : "a list";
        check_expression(checker, &length, type->length, type->kind == TYPE_ARRAY);
    }
}
