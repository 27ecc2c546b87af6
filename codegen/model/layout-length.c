/* SPDX-License-Identifier: MIT */
/*
 * Lengths of arrays: numbers, constants, TYPE.bits, and sums of them.  Needs
 * layouts for the last; gives layout_length.
 */
#include <string.h>

#include "layout.h"

/* A constant, or one that the architecture's interface gives. */
static bool constant_length(struct layouts *layouts, const char *name, uint64_t *value)
{
    const struct decl *decl = map_find(&layouts_model(layouts)->macros, name);

    if ( decl && decl->is_extern && decl->target.decl )
        decl = decl->target.decl;
    if ( !decl || decl->kind != DECL_const || decl->is_extern || decl->is_negative ||
         !view_has(layouts_view(layouts), decl) )
        return false;
    *value = decl->value;
    return true;
}

/* TYPE.bits */
static bool bits_of(struct layouts *layouts, const char *path, uint64_t *value)
{
    const struct model *model = layouts_model(layouts);
    const char *name = arena_copy(model->arena, path, strlen(path) - strlen(".bits"));
    int base = base_type_find(name);
    struct type type = { .kind = base < 0 ? TYPE_NAMED : TYPE_BASE };
    const struct layout *layout;

    if ( base >= 0 )
        type.base = (enum base_type)base;
    type.name.decl = map_find(&model->types, name);
    layout = layout_of(layouts, &type);
    if ( layout->size == LAYOUT_UNKNOWN )
        return false;
    *value = layout->size * 8;
    return true;
}

static bool binary_length(struct layouts *layouts, const struct expression *e,
                          uint64_t *value)
{
    uint64_t left, right;

    if ( !layout_length(layouts, e->left, &left) ||
         !layout_length(layouts, e->right, &right) )
        return false;
    switch ( e->operator )
    {
    case OPERATOR_multiply:
        return !__builtin_mul_overflow(left, right, value);
    case OPERATOR_add:
        return !__builtin_add_overflow(left, right, value);
    case OPERATOR_subtract:
        return !__builtin_sub_overflow(left, right, value);
    case OPERATOR_shift_left:
        if ( right > 63 || left > UINT64_MAX >> right )
            return false;
        *value = left << right;
        return true;
    default:
        return false;
    }
}

bool layout_length(struct layouts *layouts, const struct expression *length,
                   uint64_t *value)
{
    switch ( length->kind )
    {
    case EXPRESSION_NUMBER:
        *value = length->value;
        return true;
    case EXPRESSION_NAME:
        if ( text_ends(length->text, ".bits") )
            return bits_of(layouts, length->text, value);
        return constant_length(layouts, length->text, value);
    case EXPRESSION_BINARY:
        return binary_length(layouts, length, value);
    default:
        return false;
    }
}
