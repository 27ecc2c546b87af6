/* SPDX-License-Identifier: MIT */
/*
 * Everything that has a size, a place or a value in C, as rows that a template
 * turns into assertions.  Needs layouts of one view.
 */
#include <string.h>

#include "layout.h"

struct rows {
    struct layouts *layouts;
    struct arena *arena;
    struct layout_rows *list;
    const struct decl *decl;        /* what the next rows are about */
};

/* A path in C: [0] behind what is an array and has members. */
static const char *c_path(struct rows *rows, const struct layout_field_list *fields, size_t i,
                          const char **paths)
{
    const struct layout_field *field = &fields->at[i];
    const struct type *around = NULL;
    size_t outer = i;

    if ( !field->depth )
        return field->path;
    while ( fields->at[outer].depth >= field->depth )
        outer--;
    around = fields->at[outer].member->type;
    return arena_format(rows->arena, around->kind == TYPE_ARRAY ? "%s[0].%s" : "%s.%s",
                        paths[outer], field->member->name);
}

static void add_row(struct rows *rows, const struct structure *structure,
                    enum layout_row_kind kind, const char *field, uint64_t value,
                    struct span where)
{
    *LIST_ADD(rows->arena, rows->list) = (struct layout_row){
        .kind = kind, .word = structure->word, .name = structure->name, .field = field,
        .value = value, .decl = structure->decl, .where = where,
    };
}

static void add_structure(struct rows *rows, const struct structure *structure)
{
    const struct layout *layout = layout_of_aggregate(rows->layouts, structure->aggregate);
    struct layout_field_list fields = { 0 };
    const char **paths;

    if ( layout->size != LAYOUT_UNKNOWN )
        add_row(rows, structure, ROW_SIZE, NULL, layout->size, structure->decl->where);
    layout_fields(rows->layouts, structure->aggregate, &fields);
    paths = arena_alloc(rows->arena, (fields.count + 1) * sizeof(*paths));
    for ( size_t i = 0; i < fields.count; i++ )
    {
        const struct layout_field *field = &fields.at[i];

        paths[i] = c_path(rows, &fields, i, paths);
        if ( field->offset != LAYOUT_UNKNOWN )
            add_row(rows, structure, ROW_OFFSET, paths[i], field->offset,
                    field->member->where);
        /* C has no size for an array without length. */
        if ( field->size != LAYOUT_UNKNOWN && !field->layout->is_flexible )
            add_row(rows, structure, ROW_FIELD_SIZE, paths[i], field->size,
                    field->member->where);
    }
}

/* ---- values -------------------------------------------------------------- */

static void add_value(struct rows *rows, const char *name, uint64_t value,
                      bool is_negative, struct span where)
{
    *LIST_ADD(rows->arena, rows->list) = (struct layout_row){
        .kind = ROW_VALUE, .name = name, .value = value, .is_negative = is_negative,
        .decl = rows->decl, .where = where,
    };
}

static bool exists(const struct rows *rows, const struct constant *constant)
{
    return constant->kind == CONSTANT_VALUE &&
           view_holds(layouts_view(rows->layouts), &constant->conditions);
}

/* A value of a part has its place in the word. */
static void add_part(struct rows *rows, const struct set *set, const struct constant *part)
{
    for ( size_t i = 0; i < part->values.count; i++ )
    {
        const struct constant *constant = &part->values.at[i];

        if ( exists(rows, constant) )
            add_value(rows, model_constant_name(rows->arena, set, constant),
                      constant->value << part->low, false, constant->where);
    }
}

static void add_set(struct rows *rows, const struct decl *decl)
{
    const struct set *set = decl->set;

    LIST_EACH(constant, &set->constants)
    {
        if ( constant->kind == CONSTANT_FIELD &&
             view_holds(layouts_view(rows->layouts), &constant->conditions) )
            add_part(rows, set, constant);
        if ( !exists(rows, constant) )
            continue;
        if ( decl->kind != DECL_bits )
            add_value(rows, model_constant_name(rows->arena, set, constant),
                      constant->value, constant->is_negative, constant->where);
        else if ( constant->value < 64 )
            add_value(rows, model_constant_name(rows->arena, set, constant),
                      (uint64_t)1 << constant->value, false, constant->where);
    }
}

/* Of a text only this is known here: it shifts a bit to the place, or not. */
static uint64_t const_value(const struct decl *decl)
{
    if ( decl->spelling && decl->value < 64 && strstr(decl->spelling, "<<") )
        return (uint64_t)1 << decl->value;
    return decl->value;
}

static void add_decl(struct rows *rows, const struct decl *decl)
{
    rows->decl = decl;
    if ( decl->set )
        add_set(rows, decl);
    else if ( decl->kind == DECL_const && !decl->is_extern )
        add_value(rows, decl->name, const_value(decl), decl->is_negative, decl->where);
    else if ( decl->kind == DECL_op && !decl->is_removed && decl->op->hypercall )
        add_value(rows, arena_format(rows->arena, "%s%s",
                                     decl->op->hypercall->op_prefix, decl->name),
                  decl->op->number, false, decl->where);
}

void layout_collect(struct layouts *layouts, struct layout_rows *list)
{
    const struct model *model = layouts_model(layouts);
    struct rows rows = { .layouts = layouts, .arena = model->arena, .list = list };
    struct structure_list structures = { 0 };
    struct decl_list decls = { 0 };

    layout_structures(model, &structures);
    LIST_EACH(structure, &structures)
        if ( view_has(layouts_view(layouts), structure->decl) )
            add_structure(&rows, structure);
    layout_decls(model, &decls);
    LIST_EACH(decl, &decls)
        if ( view_has(layouts_view(layouts), *decl) )
            add_decl(&rows, *decl);
}
