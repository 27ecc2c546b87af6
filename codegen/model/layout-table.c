/* SPDX-License-Identifier: MIT */
/*
 * A structure as a table: what is where, and what has no name.
 *
 * Needs layouts.  Architectures that agree share their columns; members of
 * structures written out in place are indented below them.
 */
#include <string.h>

#include "layout-print.h"

/* ---- columns ------------------------------------------------------------- */

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

static void put_number(struct layout_print *print, int width, uint64_t number,
                       bool is_there)
{
    if ( !is_there )
        fprintf(print->stream, "%*s", width, "-");
    else if ( number == LAYOUT_UNKNOWN )
        fprintf(print->stream, "%*s", width, "?");
    else
        fprintf(print->stream, "%*llu", width, (unsigned long long)number);
}

static void put_pair(struct layout_print *print, const struct column *column,
                     bool is_there, uint64_t offset, uint64_t size)
{
    if ( column > print->columns.at )
        fputs("   ", print->stream);
    put_number(print, column->width - 8, offset, is_there);
    put_number(print, 8, size, is_there);
}

/* ---- one line of the table ----------------------------------------------- */

static const struct layout_field *column_field(const struct column *column,
                                        const struct layout_field *master)
{
    const struct layout_field *field = column->fields.at + column->next;

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

        put_pair(print, column, sizes[i] != 0, offsets[i], sizes[i]);
    }
    fprintf(print->stream, "   %*s(padding)\n", (int)depth * 2, "");
}

static void put_hole(struct layout_print *print, const struct layout_field *master)
{
    uint64_t *offsets = arena_alloc(print->model->arena,
                                    print->columns.count * sizeof(*offsets));
    uint64_t *sizes = arena_alloc(print->model->arena,
                                  print->columns.count * sizeof(*sizes));

    LIST_EACH(column, &print->columns)
    {
        size_t i = (size_t)(column - print->columns.at);
        const struct layout_field *field = column_field(column, master);

        if ( !field || field->offset == LAYOUT_UNKNOWN )
            continue;
        sizes[i] = field->hole;
        offsets[i] = field->offset - field->hole;
    }
    put_padding(print, offsets, sizes, master->depth);
}

static void put_field(struct layout_print *print, const struct layout_field *master)
{
    const struct member *member = master->member;

    put_hole(print, master);
    LIST_EACH(column, &print->columns)
    {
        const struct layout_field *field = column_field(column, master);

        put_pair(print, column, field != NULL, field ? field->offset : 0,
                 field ? field->size : 0);
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
                     const struct layout_field *around)
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
                       const struct layout_field_list *master, size_t *next, const struct layout_field *around)
{
    unsigned int depth = around ? around->depth + 1 : 0;

    while ( *next < master->count && master->at[*next].depth == depth )
    {
        const struct layout_field *field = &master->at[(*next)++];
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

/* ---- structures ---------------------------------------------------------- */

static void measure_widths(struct layout_print *print, const struct layout_field_list *master)
{
    print->name_width = print->type_width = 4;      /* the words above them */
    LIST_EACH(field, master)
    {
        const struct member *member = field->member;
        const char *text = layout_type_string(print->model->arena, member->type,
                                              member->stored_as);
        int name = (int)strlen(member->name) + (int)field->depth * 2;
        int type = (int)strlen(text);

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
        column->width = (int)strlen(column->names);
        if ( column->width < 16 )
            column->width = 16;
        fprintf(print->stream, "%s%*s", column > print->columns.at ? "   " : "",
                column->width, column->names);
    }
    fputc('\n', print->stream);
    LIST_EACH(column, &print->columns)
        fprintf(print->stream, "%s%*s%8s", column > print->columns.at ? "   " : "",
                column->width - 8, "offset", "size");
    fprintf(print->stream, "   %-*s  %-*s  %s\n", print->name_width, "name",
            print->type_width, "type", "direction");
}

static void put_sizes(struct layout_print *print)
{
    LIST_EACH(column, &print->columns)
    {
        fprintf(print->stream, "%s%*s", column > print->columns.at ? "   " : "",
                column->width - 8, "");
        put_number(print, 8, column->layout->size, true);
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
    struct layout_field_list master = { 0 };
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

