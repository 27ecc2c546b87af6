/* SPDX-License-Identifier: MIT */
/*
 * Strict structures: [padding], [layout].
 *
 * Needs their layouts on all architectures.  Each member is judged as if all
 * before it were right, so that one mistake is one message.
 */
#include <string.h>

#include "layout-check.h"

/* A strict structure is made of whole words of this many bytes. */
#define STRICT_ALIGN 8

static const struct arch *arch_of(const struct layout_check *check, size_t i)
{
    return layouts_view(check->of[i])->arch;
}

/* "ia64 and x86_64" */
static const char *arch_names(struct layout_check *check, const bool *chosen)
{
    struct text text = { .arena = check->model->arena };
    size_t left = 0;

    for ( size_t i = 0; i < check->nr_arches; i++ )
        left += chosen[i];
    for ( size_t i = 0; i < check->nr_arches; i++ )
    {
        if ( !chosen[i] )
            continue;
        text_add(&text, arch_of(check, i)->name);
        left--;
        if ( left )
            text_add(&text, left == 1 ? " and " : ", ");
    }
    return text_string(&text);
}

/* ---- members that there are, on each architecture ------------------------ */

/* One member of a structure as each architecture has it. */
struct row {
    const struct member *member;
    const struct slot **slots;      /* NULL: it does not have it */
    unsigned int align;             /* the largest */
    uint64_t size;                  /* the largest */
};

static void read_slot(struct row *row, const struct slot *slot)
{
    if ( slot->layout->align > row->align )
        row->align = slot->layout->align;
    if ( slot->layout->size > row->size )
        row->size = slot->layout->size;
}

/* True where any two that have the structure differ about the member's size. */
static bool sizes_differ(const struct layout_check *check, const struct row *row)
{
    for ( size_t i = 0; i < check->nr_arches; i++ )
        if ( row->slots[i] && row->slots[i]->layout->size != row->size )
            return true;
    return false;
}

/* ---- [layout] ------------------------------------------------------------ */

static uint64_t slot_value(const struct slot *slot, bool offset)
{
    return offset ? slot->offset : slot->layout->size;
}

/* "on x86_32 (12) than on ia64 and x86_64 (16)": the last against those unlike it. */
static void report_differing(struct layout_check *check, const struct row *row, bool offset)
{
    bool *odd = arena_alloc(check->model->arena, check->nr_arches);
    bool *rest = arena_alloc(check->model->arena, check->nr_arches);
    const struct slot *most = NULL, *other = NULL;

    for ( size_t i = 0; i < check->nr_arches; i++ )
        if ( row->slots[i] &&
             (!most || slot_value(row->slots[i], offset) > slot_value(most, offset)) )
            most = row->slots[i];
    for ( size_t i = 0; i < check->nr_arches; i++ )
    {
        if ( !row->slots[i] )
            continue;
        if ( slot_value(row->slots[i], offset) == slot_value(most, offset) )
            rest[i] = true;
        else if ( !other || slot_value(row->slots[i], offset) == slot_value(other, offset) )
        {
            odd[i] = true;
            other = row->slots[i];
        }
    }
    if ( !other )
        return;
    diag_error(check->model->diag, CHECK_layout, row->member->where,
               "'%s' has another %s on %s (%llu) than on %s (%llu)",
               row->member->name, offset ? "offset" : "size", arch_names(check, odd),
               (unsigned long long)slot_value(other, offset), arch_names(check, rest),
               (unsigned long long)slot_value(most, offset));
}

static void help_size(struct layout_check *check, const struct row *row)
{
    const struct type *type = row->member->type;

    while ( type->kind == TYPE_ARRAY || type->kind == TYPE_RESERVED ||
            type->kind == TYPE_UNCHECKED || type->kind == TYPE_MACHINE )
        type = type->element;
    if ( type->kind == TYPE_HANDLE )
        diag_help(check->model->diag, type->where, "a strict structure holds handle64<>");
    else
        diag_help(check->model->diag, type->where,
                  "a strict structure holds types of a fixed width: u32, u64, ...");
}

static bool offsets_differ(const struct layout_check *check, const struct row *row)
{
    const struct slot *first = NULL;

    for ( size_t i = 0; i < check->nr_arches; i++ )
    {
        if ( !row->slots[i] )
            continue;
        if ( first && row->slots[i]->offset != first->offset )
            return true;
        first = row->slots[i];
    }
    return false;
}

/* ---- [padding] ----------------------------------------------------------- */

/* A name for a member that nobody has yet: pad0, pad1, ... */
static const char *pad_name(struct layout_check *check, const struct aggregate *aggregate,
                            unsigned int *next)
{
    for ( ;; )
    {
        const char *name = arena_format(check->model->arena, "pad%u", (*next)++);
        bool is_taken = false;

        LIST_EACH(member, &aggregate->members)
            is_taken |= member->name && !strcmp(member->name, name);
        if ( !is_taken )
            return name;
    }
}

/* size bytes that start at offset, in the widest type that fits. */
static const char *pad_type(struct layout_check *check, uint64_t offset, uint64_t size)
{
    unsigned int width = 4;

    while ( offset % width || size % width )
        width /= 2;
    if ( size == width )
        return arena_format(check->model->arena, "reserved<u%u>", width * 8);
    return arena_format(check->model->arena, "reserved<u%u>[%llu]", width * 8,
                        (unsigned long long)(size / width));
}

static void help_padding(struct layout_check *check, const struct aggregate *aggregate,
                         const struct member *before, uint64_t offset, uint64_t size,
                         unsigned int *next)
{
    const char *direction = before->direction == DIRECTION_NONE ? "" : "in ";

    if ( aggregate->is_union )
    {
        diag_help(check->model->diag, before->where,
                  "let every member of this union have the same size");
        return;
    }
    diag_help(check->model->diag, before->where, "after '%s' add: %s%s: %s;",
              before->name, direction, pad_name(check, aggregate, next),
              pad_type(check, offset, size));
}

/* ---- one strict structure ------------------------------------------------ */

struct strict {
    struct layout_check *check;
    const struct aggregate *aggregate;
    const struct layout **layouts;  /* NULL: the architecture does not have it */
    size_t *next;                   /* in each, the slot to look at */
    const struct member *before;
    uint64_t end;                   /* with the pads that are missing added */
    unsigned int align, pads;
};

static bool type_is_checked(const struct type *type);

/* False: only some architectures have the member. */
static bool collect_row(struct strict *strict, struct row *row)
{
    struct layout_check *check = strict->check;
    const struct layout *without = NULL;
    bool is_there = false, is_known = true;

    for ( size_t i = 0; i < check->nr_arches; i++ )
    {
        const struct layout *layout = strict->layouts[i];

        row->slots[i] = NULL;
        if ( !layout )
            continue;
        if ( strict->next[i] < layout->slots.count &&
             layout->slots.at[strict->next[i]].member == row->member )
        {
            row->slots[i] = &layout->slots.at[strict->next[i]++];
            read_slot(row, row->slots[i]);
            is_known &= row->slots[i]->layout->size != LAYOUT_UNKNOWN;
            is_there = true;
        }
        else
            without = layout;
    }
    if ( !is_there )
        return false;
    if ( !without )
        return is_known;
    diag_error(check->model->diag, CHECK_layout, row->member->where,
               "'%s' is not there on every architecture", row->member->name);
    diag_help(check->model->diag, row->member->where,
              "a strict structure has the same members everywhere");
    return false;
}

static void check_row(struct strict *strict, const struct row *row)
{
    struct layout_check *check = strict->check;
    uint64_t end = strict->aggregate->is_union ? 0 : strict->end;
    uint64_t hole = row->align ? (row->align - end % row->align) % row->align : 0;

    if ( sizes_differ(check, row) )
    {
        /* What is written out here says so at its own members. */
        if ( !type_is_checked(row->member->type) )
        {
            report_differing(check, row, offsets_differ(check, row));
            help_size(check, row);
        }
    }
    else if ( hole )
    {
        diag_error(check->model->diag, CHECK_padding, row->member->where,
                   "'%s' needs %llu byte%s of padding before it", row->member->name,
                   (unsigned long long)hole, hole == 1 ? "" : "s");
        help_padding(check, strict->aggregate, strict->before, end, hole, &strict->pads);
    }
    end += hole + row->size;
    if ( end > strict->end )
        strict->end = end;
    if ( row->align > strict->align )
        strict->align = row->align;
    strict->before = row->member;
}

/* A name in C: the size has to be whole.  Without one only its own alignment counts. */
static void check_end(struct strict *strict, bool has_name)
{
    struct layout_check *check = strict->check;
    unsigned int align = has_name && strict->align < STRICT_ALIGN ? STRICT_ALIGN
                                                                  : strict->align;
    uint64_t tail = align ? (align - strict->end % align) % align : 0;
    const struct aggregate *aggregate = strict->aggregate;

    if ( !tail || !strict->before )
        return;
    diag_error(check->model->diag, CHECK_padding, aggregate->where,
               "%s needs %llu byte%s of padding at its end",
               layout_title(check->model->arena, aggregate), (unsigned long long)tail,
               tail == 1 ? "" : "s");
    help_padding(check, aggregate, strict->before, strict->end, tail, &strict->pads);
}

/* The structures written out in this one. */
static void check_inner(struct layout_check *check, const struct decl *decl,
                        const struct aggregate *aggregate)
{
    LIST_EACH(member, &aggregate->members)
    {
        const struct type *type = member->type;

        while ( type && type->kind == TYPE_ARRAY )
            type = type->element;
        if ( type && type->kind == TYPE_AGGREGATE && !member->joins_previous )
            layout_check_strict(check, decl, type->aggregate);
    }
}

void layout_check_strict(struct layout_check *check, const struct decl *decl,
                         const struct aggregate *aggregate)
{
    struct arena *arena = check->model->arena;
    struct strict strict = { .check = check, .aggregate = aggregate };
    const struct slot **slots = arena_alloc(arena, check->nr_arches * sizeof(*slots));
    bool has_name = aggregate->decl != NULL, is_flexible = false;

    check_inner(check, decl, aggregate);
    strict.layouts = arena_alloc(arena, check->nr_arches * sizeof(*strict.layouts));
    strict.next = arena_alloc(arena, check->nr_arches * sizeof(*strict.next));
    for ( size_t i = 0; i < check->nr_arches; i++ )
        if ( view_has(layouts_view(check->of[i]), decl) )
            strict.layouts[i] = layout_of_aggregate(check->of[i], aggregate);
    for ( size_t i = 0; i < check->nr_arches; i++ )
        is_flexible |= strict.layouts[i] && strict.layouts[i]->is_flexible;
    LIST_EACH(member, &aggregate->members)
    {
        struct row row = { .member = member, .slots = slots };

        if ( member->type && collect_row(&strict, &row) )
            check_row(&strict, &row);
    }
    if ( !is_flexible )
        check_end(&strict, has_name);
}

/* Its own members were looked at, as those of a strict structure. */
static bool type_is_checked(const struct type *type)
{
    while ( type->kind == TYPE_ARRAY )
        type = type->element;
    if ( type->kind == TYPE_AGGREGATE )
        return true;
    return type->kind == TYPE_NAMED && type->name.decl && !type->name.decl->is_legacy &&
           model_type_aggregate(type);
}
