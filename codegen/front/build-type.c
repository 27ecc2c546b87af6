/* SPDX-License-Identifier: MIT */
/* Types, and the parameters that have them. */
#include <string.h>

#include "build.h"

/* NAME<argument>: the types that wrap another. */
static const struct {
    const char *name;
    enum type_kind kind;
    bool is_64;
} wrappers[] = {
    { "handle", TYPE_HANDLE, false },
    { "handle64", TYPE_HANDLE, true },
    { "pointer", TYPE_POINTER, false },
    { "reserved", TYPE_RESERVED, false },
    { "unchecked", TYPE_UNCHECKED, false },
    { "machine", TYPE_MACHINE, false },
    { "count", TYPE_COUNT, false },
};

static struct type *new_type(struct builder *builder, enum type_kind kind, struct span where)
{
    struct type *type = arena_alloc(builder->arena, sizeof(*type));

    type->kind = kind;
    type->where = where;
    return type;
}

static struct type *named_type(struct builder *builder, const struct tree_type *tree)
{
    int base = tree->kind == TREE_NAMED ? base_type_find(tree->name.text) : -1;
    struct type *type = new_type(builder, base >= 0 ? TYPE_BASE : TYPE_NAMED, tree->where);

    if ( base >= 0 )
        type->base = (enum base_type)base;
    type->name = build_reference(&tree->name);
    type->is_tagged = tree->kind == TREE_AGGREGATE;
    type->is_union = type->is_tagged && tree->word.keyword == KEYWORD_union;
    return type;
}

static struct type *wrapped_type(struct builder *builder, const struct tree_type *tree,
                                 struct decl *owner)
{
    const char *names[sizeof(wrappers) / sizeof(wrappers[0])];
    size_t count = sizeof(wrappers) / sizeof(wrappers[0]);
    const char *near;
    struct type *type;

    for ( size_t i = 0; i < count; i++ )
    {
        names[i] = wrappers[i].name;
        if ( strcmp(wrappers[i].name, tree->name.text) )
            continue;
        type = new_type(builder, wrappers[i].kind, tree->where);
        type->is_64 = wrappers[i].is_64;
        type->is_const = tree->element->is_const;
        if ( type->kind == TYPE_COUNT )
            type->name = build_reference(&tree->element->name);
        else
            type->element = build_type(builder, tree->element, NULL, owner);
        return type;
    }
    near = text_nearest(tree->name.text, names, count);
    diag_error(builder->diag, CHECK_unknown_name, tree->name.where,
               near ? "no type '%s<>'; did you mean '%s<>'?" : "no type '%s<>'",
               tree->name.text, near);
    return new_type(builder, TYPE_BASE, tree->where);
}

static struct type *aggregate_type(struct builder *builder, const struct tree_type *tree,
                                   const struct statement *body, struct decl *owner)
{
    struct type *type = new_type(builder, TYPE_AGGREGATE, tree->where);
    struct aggregate *aggregate = arena_alloc(builder->arena, sizeof(*aggregate));
    const struct tail *by = build_tail(body, KEYWORD_by);

    type->aggregate = aggregate;
    aggregate->is_union = tree->word.keyword == KEYWORD_union;
    aggregate->where = tree->where;
    aggregate->tag = tree->name.text;
    if ( by )
        build_references(builder, &aggregate->by, &by->names);
    if ( by && !aggregate->is_union )
        diag_error(builder->diag, CHECK_misplaced, by->word.where,
                   "'by' belongs on a union, and '%s' is a struct",
                   body->subjects.at[0].text);
    build_members(builder, &body->body, aggregate, owner, NULL);
    return type;
}

const struct type *build_type(struct builder *builder, const struct tree_type *tree,
                              const struct statement *body, struct decl *owner)
{
    struct type *type;

    switch ( tree->kind )
    {
    case TREE_NAMED:
        return named_type(builder, tree);
    case TREE_AGGREGATE:
        if ( body && body->has_body )
            return aggregate_type(builder, tree, body, owner);
        if ( !tree->name.text )
            diag_error(builder->diag, CHECK_type, tree->where,
                       "'%s' needs a name or a body", keyword_text(tree->word.keyword));
        return named_type(builder, tree);
    case TREE_GENERIC:
        return wrapped_type(builder, tree, owner);
    case TREE_OP:
        return new_type(builder, TYPE_OP, tree->where);
    case TREE_OPTIONAL:
        type = (struct type *)build_type(builder, tree->element, body, owner);
        if ( type->kind != TYPE_HANDLE )
            diag_error(builder->diag, CHECK_type, tree->where,
                       "only a handle may be NULL ('?')");
        type->may_be_null = true;
        return type;
    case TREE_ARRAY:
        type = (struct type *)build_type(builder, tree->element, body, owner);
        /* handle<T>[n] is one handle to n of T. */
        if ( type->kind == TYPE_HANDLE && !type->length && tree->length &&
             tree->element->kind == TREE_GENERIC )
        {
            type->length = tree->length;
            return type;
        }
        {
            struct type *array = new_type(builder, TYPE_ARRAY, tree->where);

            array->element = type;
            array->length = tree->length;
            return array;
        }
    }
    return NULL;
}

void build_parameters(struct builder *builder, const struct parameter_list *from,
                      struct parameter_values *to)
{
    LIST_EACH(parameter, from)
    {
        struct parameter_value *value = LIST_ADD(builder->arena, to);

        *value = (struct parameter_value){ .name = parameter->name.text,
                                           .where = parameter->name.where };
        LIST_EACH(head, &parameter->heads)
        {
            switch ( head->keyword )
            {
            case KEYWORD_in:    value->direction = DIRECTION_IN; break;
            case KEYWORD_out:   value->direction = DIRECTION_OUT; break;
            case KEYWORD_inout: value->direction = DIRECTION_INOUT; break;
            default:
                diag_error(builder->diag, CHECK_misplaced, head->where,
                           "'%s' has no place before an argument",
                           keyword_text(head->keyword));
            }
        }
        if ( parameter->type )
            value->type = build_type(builder, parameter->type, NULL, NULL);
    }
}
