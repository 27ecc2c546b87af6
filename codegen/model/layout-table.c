/* SPDX-License-Identifier: MIT */
/*
 * A structure as a table: what is where, and what has no name.
 *
 * Needs layouts.  Architectures that agree share their columns; members of
 * structures written out in place are indented below them.
 */
#include <string.h>

#include "layout-print.h"

/* ---- columns -------------------------------------------------------------------------- */

static bool columns_equal(const struct column *a, const struct column *b)
{
    if ( a->layout->size != b->layout->size || a->layout->align != b->layout->align ||
         a->fields.count != b->fields.count )
        return false;
    for ( size_t i = 0; i < a->fields.count; i++ )
        if ( a->fields.at[i].member != b->fields.at[i].member ||
             a->fields.at[i].offset != b->fields.at[i].offset ||
             a->fields.at[i].size != b->fields.at[i].size )
            return false;
    return true;
}

static void add_column(struct layout_print *print, struct layouts *layouts,
                       const struct aggregate *aggregate)
{
    struct column column = { .layouts = layouts, .names = layouts_view(layouts)->arch->name };

    column.layout = layout_of_aggregate(layouts, aggregate);
    layout_fields(layouts, aggregate, &column.fields);
    LIST_EACH(other, &print->columns)
    {
        if ( !columns_equal(other, &column) )
            continue;
        other->names = arena_format(print->model->arena, "%s, %s", other->names,
                                    column.names);
        return;
    }
    *LIST_ADD(print->model->arena, &print->columns) = column;
}

static void put_number(struct layout_print *print, uint64_t number, bool is_there)
{
    if ( !is_there )
        fprintf(print->stream, "%8s", "-");
    else if ( number == LAYOUT_UNKNOWN )
        fprintf(print->stream, "%8s", "?");
    else
        fprintf(print->stream, "%8llu", (unsigned long long)number);
}

static void put_gap(struct layout_print *print, const struct column *column)
{
    if ( column > print->columns.at )
        fputs("   ", print->stream);
}

/* ---- one line of the table --------------------------------------------------------------- */

static const struct field *column_field(const struct column *column,
                                        const struct field *master)
{
    const struct field *field = column->fields.at + column->next;

    return column->next < column->fields.count && field->member == master->member &&
           !strcmp(field->path, master->path) ? field : NULL;
}

/* The hole before a member, or at the end of a structure. */
static void put_padding(struct layout_print *print, const uint64_t *offsets,
                        const uint64_t *sizes, unsigned int depth)
{
    bool is_there = false;

    for ( size_t i = 0; i < print->columns.count; i++ )
        is_there |= sizes[i] != 0;
    if ( !is_there )
        return;
    LIST_EACH(column, &print->columns)
    {
        size_t i = (size_t)(column - print->columns.at);

        put_gap(print, column);
        put_number(print, offsets[i], sizes[i] != 0);
        put_number(print, sizes[i], sizes[i] != 0);
    }
    fprintf(print->stream, "   %*s(padding)\n", (int)depth * 2, "");
}

static void put_hole(struct layout_print *print, const struct field *master)
{
    uint64_t *offsets = arena_alloc(print->model->arena,
                                    print->columns.count * sizeof(*offsets));
    uint64_t *sizes = arena_alloc(print->model->arena,
                                  print->columns.count * sizeof(*sizes));

    LIST_EACH(column, &print->columns)
    {
        size_t i = (size_t)(column - print->columns.at);
        const struct field *field = column_field(column, master);

        if ( !field || field->offset == LAYOUT_UNKNOWN )
            continue;
        sizes[i] = field->hole;
        offsets[i] = field->offset - field->hole;
    }
    put_padding(print, offsets, sizes, master->depth);
}

static void put_field(struct layout_print *print, const struct field *master)
{
    const struct member *member = master->member;

    put_hole(print, master);
    LIST_EACH(column, &print->columns)
    {
        const struct field *field = column_field(column, master);

        put_gap(print, column);
        put_number(print, field ? field->offset : 0, field != NULL);
        put_number(print, field ? field->size : 0, field != NULL);
        column->next += field != NULL;
    }
    fprintf(print->stream, "   %*s%-*s  ", (int)master->depth * 2, "",
            print->name_width - (int)master->depth * 2, member->name);
    if ( master->direction == DIRECTION_NONE )
        fprintf(print->stream, "%s\n", layout_type_string(print->model->arena, member->type, member->stored_as));
    else
        fprintf(print->stream, "%-*s  %s\n", print->type_width,
                layout_type_string(print->model->arena, member->type, member->stored_as),
                direction_text(master->direction));
}

/* What no member covers at the end of each structure that ends here. */
static void put_tail(struct layout_print *print, const struct aggregate *aggregate,
                     const struct field *around)
{
    uint64_t *offsets = arena_alloc(print->model->arena,
                                    print->columns.count * sizeof(*offsets));
    uint64_t *sizes = arena_alloc(print->model->arena,
                                  print->columns.count * sizeof(*sizes));

    LIST_EACH(column, &print->columns)
    {
        size_t i = (size_t)(column - print->columns.at);
        const struct layout *layout = layout_of_aggregate(column->layouts, aggregate);
        uint64_t start = 0;

        if ( layout->size == LAYOUT_UNKNOWN )
            continue;
        LIST_EACH(field, &column->fields)
            if ( around && field->member == around->member &&
                 !strcmp(field->path, around->path) )
                start = field->offset;
        if ( start == LAYOUT_UNKNOWN )
            continue;
        sizes[i] = layout->tail;
        offsets[i] = start + layout->size - layout->tail;
    }
    put_padding(print, offsets, sizes, around ? around->depth + 1 : 0);
}

static void put_fields(struct layout_print *print, const struct aggregate *aggregate,
                       const struct field_list *master, size_t *next, const struct field *around)
{
    unsigned int depth = around ? around->depth + 1 : 0;

    while ( *next < master->count && master->at[*next].depth == depth )
    {
        const struct field *field = &master->at[(*next)++];
        const struct type *type = field->member->type;
        bool is_anywhere = false;

        LIST_EACH(column, &print->columns)
            is_anywhere |= column_field(column, field) != NULL;
        if ( is_anywhere )
            put_field(print, field);
        while ( type->kind == TYPE_ARRAY )
            type = type->element;
        if ( type->kind != TYPE_AGGREGATE )
            continue;
        if ( is_anywhere )
            put_fields(print, type->aggregate, master, next, field);
        else                        /* only older versions have it */
            while ( *next < master->count && master->at[*next].depth > depth )
                (*next)++;
    }
    put_tail(print, aggregate, around);
}

/* ---- structures ---------------------------------------------------------------------------- */

static void measure_widths(struct layout_print *print, const struct field_list *master)
{
    print->name_width = print->type_width = 0;
    LIST_EACH(field, master)
    {
        const struct member *member = field->member;
        int name = (int)strlen(member->name) + (int)field->depth * 2;
        int type = (int)strlen(layout_type_string(print->model->arena, member->type, member->stored_as));

        if ( name > print->name_width )
            print->name_width = name;
        if ( type > print->type_width )
            print->type_width = type;
    }
}

static void put_heads(struct layout_print *print)
{
    LIST_EACH(column, &print->columns)
    {
        put_gap(print, column);
        fprintf(print->stream, "%16s", column->names);
    }
    fputc('\n', print->stream);
    LIST_EACH(column, &print->columns)
    {
        put_gap(print, column);
        fprintf(print->stream, "%8s%8s", "offset", "size");
    }
    fprintf(print->stream, "   %-*s  %-*s  %s\n", print->name_width, "name",
            print->type_width, "type", "direction");
}

static void put_sizes(struct layout_print *print)
{
    LIST_EACH(column, &print->columns)
    {
        put_gap(print, column);
        put_number(print, 0, false);
        put_number(print, column->layout->size, true);
    }
    fputs("   (all", print->stream);
    LIST_EACH(column, &print->columns)
        if ( column->layout->align )
            fprintf(print->stream, "%s%u", column == print->columns.at ? ", aligned to " : ", ",
                    column->layout->align);
    fputs(")\n", print->stream);
}

void layout_print_table(struct layout_print *print, const struct decl *decl,
                        const struct aggregate *aggregate)
{
    struct view everything = { 0 };
    struct field_list master = { 0 };
    size_t next = 0;

    print->columns.count = 0;
    for ( size_t i = 0; i < print->nr_arches; i++ )
        if ( view_has(layouts_view(print->of[i]), decl) )
            add_column(print, print->of[i], aggregate);
    if ( !print->columns.count )
    {
        fputs("  (not there)\n", print->stream);
        return;
    }
    layout_fields(layouts_new(print->model, &everything), aggregate, &master);
    measure_widths(print, &master);
    put_heads(print);
    put_fields(print, aggregate, &master, &next, NULL);
    put_sizes(print);
}

