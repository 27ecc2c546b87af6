/* SPDX-License-Identifier: MIT */
/* Questions about types.  None of them minds a name that nobody declared. */
#include <string.h>

#include "checks.h"

/* Longer chains of names lead back to themselves: [cycle] says so. */
#define LONGEST_CHAIN 64

static const char base_kinds[] = {
#define BASE(name, c_name, kind, bits, legacy) #kind[0],
#include "base-types.def"
#undef BASE
};
static const unsigned int base_bits[] = {
#define BASE(name, c_name, kind, bits, legacy) bits,
#include "base-types.def"
#undef BASE
};

/* Without rules (reserved, machine, ...) and without names of 'type'. */
const struct type *type_plain(const struct type *type)
{
    for ( int i = 0; type && i < LONGEST_CHAIN; i++ )
    {
        const struct decl *decl = type->name.decl;

        if ( type->kind == TYPE_RESERVED || type->kind == TYPE_UNCHECKED ||
             type->kind == TYPE_MACHINE )
            type = type->element;
        else if ( type->kind == TYPE_NAMED && decl &&
                  (decl->kind == DECL_type || decl->kind == DECL_handle) && decl->type )
            type = decl->type;
        else
            return type;
    }
    return type;
}

static const struct type *number_type(const struct type *type)
{
    for ( int i = 0; i < LONGEST_CHAIN; i++ )
    {
        type = type_plain(type);
        if ( !type || type->kind != TYPE_NAMED )
            return type && type->kind == TYPE_BASE ? type : NULL;
        if ( !type->name.decl || !type->name.decl->set )
            return NULL;
        if ( !type->name.decl->set->width )
            return type;
        type = type->name.decl->set->width;
    }
    return NULL;
}

bool type_is_integer(const struct type *type)
{
    return type_width(type) != 0;
}

unsigned int type_width(const struct type *type)
{
    const struct type *number = number_type(type);

    if ( !number )
        return 0;
    if ( number->kind == TYPE_NAMED )
        return 32;              /* a C enum */
    if ( base_kinds[number->base] == 'V' )
        return 0;
    return base_bits[number->base] ? base_bits[number->base] : 64;
}

bool type_is_signed(const struct type *type)
{
    const struct type *number = number_type(type);

    return number && (number->kind == TYPE_NAMED || base_kinds[number->base] == 'S');
}

bool type_is_domain(const struct type *type)
{
    for ( int i = 0; type && i < LONGEST_CHAIN; i++ )
    {
        if ( type->kind == TYPE_UNCHECKED || type->kind == TYPE_RESERVED )
            type = type->element;
        else if ( type->kind != TYPE_NAMED || !type->name.text )
            return false;
        else if ( !strcmp(type->name.text, DOMAIN_TYPE) )
            return true;
        else if ( !type->name.decl || type->name.decl->kind != DECL_type )
            return false;
        else
            type = type->name.decl->type;
    }
    return false;
}

bool type_is_right(const struct type *type)
{
    return type && type->kind == TYPE_NAMED && type->name.text &&
           !strcmp(type->name.text, RIGHT_TYPE);
}

/* ---- as text ------------------------------------------------------------- */

static void add_type(struct text *text, const struct type *type, int depth)
{
    static const char *const wrappers[] = {
        [TYPE_POINTER] = "pointer", [TYPE_RESERVED] = "reserved",
        [TYPE_UNCHECKED] = "unchecked", [TYPE_MACHINE] = "machine",
    };

    if ( !type || depth > LONGEST_CHAIN )
        return;
    switch ( type->kind )
    {
    case TYPE_BASE:
        text_add(text, base_type_name(type->base));
        break;
    case TYPE_NAMED:
        text_add(text, type->name.text ? type->name.text : "");
        break;
    case TYPE_AGGREGATE:
        text_add(text, type->aggregate->is_union ? "union" : "struct");
        break;
    case TYPE_ARRAY:
        add_type(text, type->element, depth + 1);
        text_add(text, "[");
        if ( type->length )
            expression_print(type->length, text);
        text_add(text, "]");
        break;
    case TYPE_OP:
        text_add(text, "op");
        break;
    case TYPE_COUNT:
        text_format(text, "count<%s>", type->name.text);
        break;
    default:
        text_format(text, "%s<%s", type->kind == TYPE_HANDLE
                    ? type->is_64 ? "handle64" : "handle" : wrappers[type->kind],
                    type->is_const ? "const " : "");
        add_type(text, type->element, depth + 1);
        text_add(text, ">");
        break;
    }
}

const char *type_text(struct arena *arena, const struct type *type)
{
    struct text text = { .arena = arena };

    add_type(&text, type, 0);
    return text_string(&text);
}
