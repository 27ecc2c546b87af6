/* SPDX-License-Identifier: MIT */
/*
 * Measuring.
 *
 * Needs a resolved model and one view of it.  Gives sizes and places of types
 * and members; every declaration and structure is measured once, so the whole
 * takes linear time.
 */
#include <string.h>

#include "layout.h"

/* No C compiler has larger types where pointers have 32 bits. */
#define LARGEST 0x7fffffffu

/* Types through which a type may be declared; more is a mistake, or worse. */
#define DEEPEST 1000

/* The same for all versions. */
struct scalars {
    struct layout bases[NR_BASE_TYPES], handle, handle64;
};

struct layouts {
    const struct model *model;
    struct arena *arena;
    struct view view;
    struct layouts *latest;         /* for another version: what does not change */
    struct diag *diag;              /* NULL: somebody else reports */
    struct layout_reports *reports;
    struct { const void *key; const struct layout *layout; } *slots;
    size_t nr_slots, used;
    unsigned int depth;
    const struct scalars *scalars;
};

static const struct layout unknown = { .size = LAYOUT_UNKNOWN };

static const struct layout *layout_of_decl(struct layouts *layouts, const struct decl *decl);

/* ---- the layouts there are already --------------------------------------- */

static struct layout extent_layout(struct extent extent)
{
    return (struct layout){ .size = extent.align ? extent.size : LAYOUT_UNKNOWN,
                            .align = extent.align };
}

static const struct scalars *new_scalars(struct arena *arena, const struct arch *arch)
{
    struct scalars *scalars = arena_alloc(arena, sizeof(*scalars));

    for ( int base = 0; base < NR_BASE_TYPES; base++ )
        scalars->bases[base] = arch && base != BASE_void
                               ? extent_layout(arch_base(arch, (enum base_type)base))
                               : unknown;
    scalars->handle = arch ? extent_layout(arch->handle) : unknown;
    scalars->handle64 = arch ? extent_layout(arch->handle64) : unknown;
    return scalars;
}

struct layouts *layouts_new(const struct model *model, const struct view *view)
{
    struct layouts *layouts = arena_alloc(model->arena, sizeof(*layouts));

    layouts->model = model;
    layouts->arena = model->arena;
    layouts->view = *view;
    layouts->scalars = new_scalars(model->arena, view->arch);
    return layouts;
}

struct layouts *layouts_at(struct layouts *latest, uint32_t version)
{
    struct layouts *layouts = arena_alloc(latest->arena, sizeof(*layouts));

    layouts->model = latest->model;
    layouts->arena = latest->arena;
    layouts->view = latest->view;
    layouts->view.version = version;
    layouts->latest = latest;
    layouts->scalars = latest->scalars;
    return layouts;
}

const struct view *layouts_view(const struct layouts *layouts)
{
    return &layouts->view;
}

const struct model *layouts_model(const struct layouts *layouts)
{
    return layouts->model;
}

void layouts_report_to(struct layouts *layouts, struct diag *diag,
                       struct layout_reports *reports)
{
    layouts->diag = diag;
    layouts->reports = reports;
}

bool layout_report_once(struct arena *arena, struct layout_reports *reports,
                        const void *what)
{
    LIST_EACH(before, reports)
        if ( *before == what )
            return false;
    *LIST_ADD(arena, reports) = what;
    return true;
}

static bool is_news(struct layouts *layouts, const void *what)
{
    return layouts->diag && !diag_is_full(layouts->diag) &&
           layout_report_once(layouts->arena, layouts->reports, what);
}

static size_t find_slot(const struct layouts *layouts, const void *key)
{
    size_t mask = layouts->nr_slots - 1;
    size_t slot = (size_t)((uintptr_t)key / 16 * 0x9e3779b97f4a7c15u >> 20) & mask;

    while ( layouts->slots[slot].key && layouts->slots[slot].key != key )
        slot = (slot + 1) & mask;
    return slot;
}

static const struct layout *find_layout(const struct layouts *layouts, const void *key)
{
    return layouts->nr_slots ? layouts->slots[find_slot(layouts, key)].layout : NULL;
}

static void widen(struct layouts *layouts)
{
    size_t old_count = layouts->nr_slots;
    __typeof__(layouts->slots) old = layouts->slots;

    layouts->nr_slots = old_count ? old_count * 2 : 16;
    layouts->slots = arena_alloc(layouts->arena,
                                 layouts->nr_slots * sizeof(*layouts->slots));
    for ( size_t i = 0; i < old_count; i++ )
        if ( old[i].key )
            layouts->slots[find_slot(layouts, old[i].key)] = old[i];
}

static void remember(struct layouts *layouts, const void *key, const struct layout *layout)
{
    size_t slot;

    if ( (layouts->used + 1) * 2 > layouts->nr_slots )
        widen(layouts);
    slot = find_slot(layouts, key);
    layouts->used += !layouts->slots[slot].key;
    layouts->slots[slot].key = key;
    layouts->slots[slot].layout = layout;
}

/* ---- what is too much ---------------------------------------------------- */

static void report_large(struct layouts *layouts, const void *key, struct span where)
{
    if ( is_news(layouts, key) )
        diag_error(layouts->diag, CHECK_number, where,
                   "this has more than 0x%x bytes", LARGEST);
}

/* ---- structures ---------------------------------------------------------- */

static void add_version(struct layouts *layouts, struct layout *layout, uint32_t version)
{
    LIST_EACH(known, &layout->versions)
        if ( *known == version )
            return;
    *LIST_ADD(layouts->arena, &layout->versions) = version;
}

/* A member that this version does not have is in another one. */
static void add_versions(struct layouts *layouts, struct layout *layout,
                         const struct member *member)
{
    LIST_EACH(condition, &member->conditions)
        if ( condition->kind == CONDITION_SINCE || condition->kind == CONDITION_BEFORE )
            add_version(layouts, layout, condition->version);
}

static uint64_t round_up(uint64_t offset, unsigned int align)
{
    return (offset + align - 1) / align * align;
}

/* The next member of a structure; at is where the one before ended. */
static uint64_t place(struct slot *slot, uint64_t at)
{
    if ( at == LAYOUT_UNKNOWN || !slot->layout->align )
    {
        slot->offset = LAYOUT_UNKNOWN;
        return LAYOUT_UNKNOWN;
    }
    slot->offset = round_up(at, slot->layout->align);
    slot->hole = slot->offset - at;
    if ( slot->layout->size == LAYOUT_UNKNOWN )
        return LAYOUT_UNKNOWN;
    return slot->offset + slot->layout->size;
}

static uint64_t larger(uint64_t a, uint64_t b)
{
    return a > b ? a : b;           /* LAYOUT_UNKNOWN is the largest */
}

static void measure_members(struct layouts *layouts, struct layout *layout)
{
    const struct aggregate *aggregate = layout->aggregate;
    unsigned int align = 1;
    uint64_t end = 0;

    LIST_EACH(member, &aggregate->members)
    {
        struct slot *slot;

        if ( !member->type )
            continue;
        add_versions(layouts, layout, member);
        if ( !view_holds(&layouts->view, &member->conditions) )
            continue;
        slot = &layout->slots.at[layout->slots.count++];
        slot->member = member;
        slot->layout = layout_of(layouts, member->stored_as ? member->stored_as
                                                            : member->type);
        LIST_EACH(version, &slot->layout->versions)
            add_version(layouts, layout, *version);
        if ( aggregate->is_union )
            end = larger(end, slot->layout->size);
        else
            end = place(slot, end);
        if ( !slot->layout->align || !align )
            align = 0;
        else if ( slot->layout->align > align )
            align = slot->layout->align;
        layout->is_flexible = slot->layout->is_flexible;
        if ( end != LAYOUT_UNKNOWN && end > LARGEST )
        {
            report_large(layouts, aggregate, member->where);
            end = LAYOUT_UNKNOWN;
        }
    }
    layout->align = align;
    if ( !align || end == LAYOUT_UNKNOWN )
        return;
    layout->size = round_up(end, align);
    layout->tail = layout->size - end;
}

const struct layout *layout_of_aggregate(struct layouts *layouts,
                                         const struct aggregate *aggregate)
{
    const struct layout *known = find_layout(layouts, aggregate);
    struct layout *layout;

    if ( known )
        return known;
    known = layouts->latest ? layout_of_aggregate(layouts->latest, aggregate) : &unknown;
    if ( known->size != LAYOUT_UNKNOWN && !known->versions.count )
        return known;
    /* Of unknown size as long as it is being measured: a cycle has an end. */
    layout = arena_alloc(layouts->arena, sizeof(*layout));
    layout->aggregate = aggregate;
    layout->size = LAYOUT_UNKNOWN;
    layout->slots.room = aggregate->members.count;
    layout->slots.at = arena_alloc(layouts->arena,
                                   layout->slots.room * sizeof(*layout->slots.at));
    remember(layouts, aggregate, layout);
    measure_members(layouts, layout);
    return layout;
}

/* ---- types --------------------------------------------------------------- */

static const struct layout *array_layout(struct layouts *layouts, const struct type *type)
{
    const struct layout *known = find_layout(layouts, type), *element;
    struct layout *layout;
    uint64_t count = 0, size;

    if ( known )
        return known;
    element = layout_of(layouts, type->element);
    layout = arena_alloc(layouts->arena, sizeof(*layout));
    remember(layouts, type, layout);
    layout->size = LAYOUT_UNKNOWN;
    layout->align = element->align;
    layout->versions.at = element->versions.at;
    layout->versions.count = layout->versions.room = element->versions.count;
    layout->is_flexible = !type->length;
    if ( element->size == LAYOUT_UNKNOWN ||
         (type->length && !layout_length(layouts, type->length, &count)) )
        return layout;
    if ( type->length && !count && is_news(layouts, type) )
        diag_error(layouts->diag, CHECK_number, type->length->where,
                   "an array has an element at least; one of any length is written []");
    if ( __builtin_mul_overflow(count, element->size, &size) || size > LARGEST )
        report_large(layouts, type, type->where);
    else
        layout->size = size;
    return layout;
}

/* What the architecture says itself goes before what a description says. */
static const char *arch_alias(const struct layouts *layouts, const struct decl *decl)
{
    if ( !layouts->view.arch || decl->kind != DECL_type )
        return NULL;
    return pair_value(&layouts->view.arch->aliases, decl->name);
}

/* A type may lead back to itself: while it is looked at it is unknown. */
static const struct layout *typedef_layout(struct layouts *layouts, const struct decl *decl)
{
    const struct layout *layout = find_layout(layouts, decl);
    int base;

    if ( layout )
        return layout;
    remember(layouts, decl, &unknown);
    base = base_type_find(arch_alias(layouts, decl));
    if ( base >= 0 )
        layout = &layouts->scalars->bases[base];
    else if ( decl->type && view_holds(&layouts->view, &decl->interface->conditions) )
        layout = layout_of(layouts, decl->type);
    else
        layout = &unknown;
    remember(layouts, decl, layout);
    return layout;
}

static const struct layout *layout_of_decl(struct layouts *layouts, const struct decl *decl)
{
    const struct aggregate *aggregate = decl->kind == DECL_op ? model_op_structure(decl->op)
                                                              : decl->aggregate;

    if ( decl->kind == DECL_type )
        return typedef_layout(layouts, decl);
    if ( !view_holds(&layouts->view, &decl->interface->conditions) )
        return &unknown;
    if ( aggregate )
        return layout_of_aggregate(layouts, aggregate);
    if ( decl->set && decl->set->width )
        return layout_of(layouts, decl->set->width);
    return decl->set ? &layouts->scalars->bases[BASE_int] : &unknown;
}

static const struct layout *find_type(struct layouts *layouts, const struct type *type)
{
    for ( ; type; type = type->element )
    {
        switch ( type->kind )
        {
        case TYPE_BASE:
            return &layouts->scalars->bases[type->base];
        case TYPE_NAMED:
            return type->name.decl ? layout_of_decl(layouts, type->name.decl)
                                   : &unknown;
        case TYPE_AGGREGATE:
            return layout_of_aggregate(layouts, type->aggregate);
        case TYPE_ARRAY:
            return array_layout(layouts, type);
        case TYPE_HANDLE:
            return type->is_64 ? &layouts->scalars->handle64 : &layouts->scalars->handle;
        case TYPE_POINTER:          /* as wide as a long everywhere */
            return &layouts->scalars->bases[BASE_ulong];
        case TYPE_RESERVED:
        case TYPE_UNCHECKED:
        case TYPE_MACHINE:
            break;
        case TYPE_OP:
        case TYPE_COUNT:
            return &unknown;
        }
    }
    return &unknown;
}

const struct layout *layout_of(struct layouts *layouts, const struct type *type)
{
    const struct layout *layout;

    if ( layouts->depth == DEEPEST )
    {
        if ( is_news(layouts, layouts->model) )
            diag_error(layouts->diag, CHECK_type, type->where,
                       "this type is %d types deep in others", DEEPEST);
        return &unknown;
    }
    layouts->depth++;
    layout = find_type(layouts, type);
    layouts->depth--;
    return layout;
}
