/* SPDX-License-Identifier: MIT */
/* Types as the flavour spells them. */
#include <string.h>

#include "plan-header.h"

/* Through what C does not see. */
static const struct type *visible(const struct type *type)
{
    while ( type->kind == TYPE_RESERVED || type->kind == TYPE_UNCHECKED ||
            type->kind == TYPE_MACHINE )
        type = type->element;
    return type;
}

/* True where the type names a structure, with or without its keyword. */
static bool is_structure(const struct type *type)
{
    const struct decl *decl = type->name.decl;

    if ( !decl || decl->kind == DECL_type || decl->set )
        return false;
    return !strcmp(decl->kind == DECL_op ? decl->op->aggregate->tag : decl->name,
                   type->name.text);
}

/* A structure's name in a member: with the typedef's ending, or as it stands. */
static const char *member_name(struct header *header, const struct type *type)
{
    const struct decl *decl = type->name.decl;
    const char *name = decl ? flavour_name(header->flavour, decl, type->name.text)
                            : type->name.text;

    return type->is_tagged || !is_structure(type) ? name : header_structure_name(header, name);
}

const char *plan_handle_name(struct header *header, const struct type *target, bool is_const)
{
    const char *name;

    target = visible(target);
    if ( target->kind == TYPE_BASE )
    {
        name = base_type_c_name(target->base);
        if ( strchr(name, ' ') )
            name = base_type_name(target->base);
    }
    else if ( target->kind == TYPE_NAMED && target->name.decl &&
              target->name.decl->kind == DECL_handle )
        name = target->name.text;
    else if ( target->kind == TYPE_NAMED )
        name = member_name(header, target);
    else
        name = "void";
    return is_const ? header_spell(header, "const-handle", "", name) : name;
}

static void plan_named(struct header *header, node_t node, const struct type *type)
{
    const struct decl *decl = type->name.decl;

    if ( decl && decl->set && !decl->set->is_c_enum )
    {
        if ( decl->set->width )
            plan_type(header, node, decl->set->width);
        return;
    }
    if ( type->is_tagged || (is_structure(type) && !header_has_typedefs(header)) )
        defs_text(header->defs, node, "tagged",
                  decl && decl->kind == DECL_union ? "union" : "struct");
    defs_text(header->defs, node, "type", member_name(header, type));
}

void plan_type(struct header *header, node_t node, const struct type *type)
{
    type = visible(type);
    while ( type->kind == TYPE_ARRAY )
        type = visible(type->element);
    switch ( type->kind )
    {
    case TYPE_BASE:
        defs_text(header->defs, node, "type", base_type_c_name(type->base));
        break;
    case TYPE_HANDLE:
        defs_text(header->defs, node, "type",
                  header_spell(header, type->is_64 ? "handle64" : "handle", "",
                               plan_handle_name(header, type->element, type->is_const)));
        break;
    case TYPE_POINTER:
        plan_type(header, node, type->element);
        defs_text(header->defs, node, "pointer", "1");
        defs_text(header->defs, node, "const", type->is_const ? "1" : "");
        break;
    case TYPE_NAMED:
        plan_named(header, node, type);
        break;
    default:
        break;
    }
}

void plan_lengths(struct header *header, node_t node, const struct type *type)
{
    struct node_list lengths = { 0 };

    for ( type = visible(type); type->kind == TYPE_ARRAY; type = visible(type->element) )
    {
        node_t length = defs_node(header->defs, "length");
        struct text text = { .arena = header->arena };

        if ( !type->length )
            text_add(&text, header_spell(header, "flexible", "", ""));
        else
            expression_print(type->length, &text);
        /* x.bits: as many as the type x has bits. */
        if ( text_ends(text_string(&text), ".bits") )
        {
            defs_text(header->defs, length, "bits_of",
                      arena_copy(header->arena, text_string(&text), text.length - 5));
            text.length = 0;
        }
        else
            defs_text(header->defs, length, "text", text_string(&text));
        *LIST_ADD(header->arena, &lengths) = length;
    }
    defs_list(header->defs, node, "lengths", &lengths);
}

static bool same_length(const struct type *a, const struct type *b)
{
    struct arena *arena;
    struct text x, y;
    bool same;

    if ( !a->length || !b->length )
        return !a->length && !b->length;
    arena = arena_new();
    x = (struct text){ .arena = arena };
    y = (struct text){ .arena = arena };
    expression_print(a->length, &x);
    expression_print(b->length, &y);
    same = !strcmp(text_string(&x), text_string(&y));
    arena_free(arena);
    return same;
}

bool plan_same_type(const struct type *a, const struct type *b)
{
    a = visible(a);
    b = visible(b);
    if ( a->kind != b->kind || a->is_const != b->is_const || a->is_64 != b->is_64 ||
         a->is_tagged != b->is_tagged )
        return false;
    switch ( a->kind )
    {
    case TYPE_BASE:
        return a->base == b->base;
    case TYPE_NAMED:
        return !strcmp(a->name.text, b->name.text);
    case TYPE_HANDLE:
    case TYPE_POINTER:
        return plan_same_type(a->element, b->element);
    case TYPE_ARRAY:
        return same_length(a, b) && plan_same_type(a->element, b->element);
    default:
        return a == b;
    }
}
