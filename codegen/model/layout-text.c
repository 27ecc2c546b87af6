/* SPDX-License-Identifier: MIT */
/* Types as a description spells them.  Needs the model alone. */
#include "layout.h"

static const char *wrapper(const struct type *type)
{
    switch ( type->kind )
    {
    case TYPE_HANDLE:    return type->is_64 ? "handle64" : "handle";
    case TYPE_POINTER:   return "pointer";
    case TYPE_RESERVED:  return "reserved";
    case TYPE_UNCHECKED: return "unchecked";
    case TYPE_MACHINE:   return "machine";
    default:             return NULL;
    }
}

static void aggregate_text(const struct aggregate *aggregate, struct text *text)
{
    const char *comma = " by ";

    text_add(text, aggregate->is_union ? "union" : "struct");
    if ( aggregate->tag )
        text_format(text, " %s", aggregate->tag);
    LIST_EACH(tag, &aggregate->by)
    {
        text_format(text, "%s%s", comma, tag->text);
        comma = ", ";
    }
}

static void named_text(const struct type *type, struct text *text)
{
    const struct decl *decl = type->name.decl;

    if ( type->is_tagged )
        text_add(text, decl && decl->kind == DECL_union ? "union " : "struct ");
    text_add(text, type->name.text ? type->name.text : "?");
}

void layout_type_text(const struct type *type, struct text *text)
{
    const char *around = wrapper(type);

    if ( around )
    {
        text_format(text, "%s<%s", around, type->is_const ? "const " : "");
        layout_type_text(type->element, text);
        text_add(text, ">");
    }
    switch ( type->kind )
    {
    case TYPE_BASE:      text_add(text, base_type_name(type->base)); break;
    case TYPE_NAMED:     named_text(type, text); break;
    case TYPE_AGGREGATE: aggregate_text(type->aggregate, text); break;
    case TYPE_ARRAY:     layout_type_text(type->element, text); break;
    case TYPE_OP:        text_add(text, "op"); break;
    case TYPE_COUNT:     text_format(text, "count<%s>", type->name.text); break;
    default:             break;
    }
    if ( type->kind == TYPE_ARRAY || type->length )
    {
        text_add(text, "[");
        if ( type->length )
            expression_print(type->length, text);
        text_add(text, "]");
    }
    if ( type->may_be_null )
        text_add(text, "?");
}

const char *layout_type_string(struct arena *arena, const struct type *type,
                               const struct type *stored_as)
{
    struct text text = { .arena = arena };

    layout_type_text(type, &text);
    if ( stored_as )
    {
        text_add(&text, " as ");
        layout_type_text(stored_as, &text);
    }
    return text_string(&text);
}

