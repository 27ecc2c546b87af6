/* SPDX-License-Identifier: MIT */
/*
 * Two layouts of one structure: are they equal, and if not, why.
 *
 * Needs the layouts of a caller's architecture and of the hypervisor's own.
 * Nothing here asks for a name; sizes and places decide.
 */
#include <string.h>

#include "plan-compat.h"

static bool same_members(struct compat *compat, const struct layout *theirs,
                         const struct layout *ours);

static const struct type *stored(const struct member *member)
{
    return member->stored_as ? member->stored_as : member->type;
}

static bool same_slot(struct compat *compat, const struct slot *theirs,
                      const struct slot *ours)
{
    const struct aggregate *inner = model_type_aggregate(stored(theirs->member));

    if ( theirs->member != ours->member || theirs->offset != ours->offset ||
         theirs->layout->size != ours->layout->size )
        return false;
    return !inner || compat_is_equal(compat, inner);
}

static bool same_members(struct compat *compat, const struct layout *theirs,
                         const struct layout *ours)
{
    if ( theirs->size != ours->size || theirs->slots.count != ours->slots.count )
        return false;
    for ( size_t i = 0; i < theirs->slots.count; i++ )
        if ( !same_slot(compat, &theirs->slots.at[i], &ours->slots.at[i]) )
            return false;
    return true;
}

bool compat_is_equal(struct compat *compat, const struct aggregate *aggregate)
{
    return same_members(compat, layout_of_aggregate(compat->layouts, aggregate),
                        layout_of_aggregate(compat->native_layouts, aggregate));
}

bool compat_is_same(struct compat *compat, const struct type *type)
{
    const struct layout *theirs = layout_of(compat->layouts, type);
    const struct layout *ours = layout_of(compat->native_layouts, type);
    const struct aggregate *inner = model_type_aggregate(type);

    return theirs->size == ours->size && theirs->align == ours->align &&
           (!inner || compat_is_equal(compat, inner));
}

const struct slot *compat_native_slot(struct compat *compat, const struct aggregate *aggregate,
                                      const struct member *member)
{
    const struct layout *layout = layout_of_aggregate(compat->native_layouts, aggregate);

    LIST_EACH(slot, &layout->slots)
        if ( slot->member == member )
            return slot;
    return NULL;
}

bool compat_has_gaps(struct layouts *layouts, const struct aggregate *aggregate)
{
    const struct layout *layout = layout_of_aggregate(layouts, aggregate);

    if ( layout->tail || aggregate->is_union )
        return true;
    LIST_EACH(slot, &layout->slots)
    {
        const struct aggregate *inner = model_type_aggregate(stored(slot->member));

        if ( slot->hole || (inner && compat_has_gaps(layouts, inner)) )
            return true;
    }
    return false;
}

/* ---- numbers --------------------------------------------------------------------- */

/* The base type that a name stands for; what is no number is -1. */
static int base_of(const struct arch *arch, const struct type *type)
{
    while ( type )
    {
        const struct decl *decl = type->name.decl;

        switch ( type->kind )
        {
        case TYPE_BASE:
            return type->base;
        case TYPE_NAMED:
            if ( !decl )
                return -1;
            if ( decl->kind == DECL_type && pair_value(&arch->aliases, decl->name) )
                return base_type_find(pair_value(&arch->aliases, decl->name));
            if ( decl->set && !decl->set->width )
                return BASE_int;
            type = decl->set ? decl->set->width : decl->type;
            break;
        case TYPE_ARRAY:
        case TYPE_RESERVED:
        case TYPE_UNCHECKED:
        case TYPE_MACHINE:
            type = type->element;
            break;
        default:
            return -1;
        }
    }
    return -1;
}

struct scalar compat_scalar(struct compat *compat, const struct type *type)
{
    const struct layout *layout;
    int base = base_of(compat->arch, type);
    struct scalar scalar = { .is_signed = base >= 0 && base_type_is_signed((enum base_type)base) };

    while ( type->kind == TYPE_ARRAY )
        type = type->element;
    layout = layout_of(compat->layouts, type);
    scalar.is_handle = type->kind == TYPE_HANDLE || type->kind == TYPE_POINTER;
    scalar.extent = (struct extent){ (unsigned int)layout->size, layout->align };
    return scalar;
}

const char *compat_scalar_type(struct compat *compat, struct scalar scalar)
{
    for ( int base = BASE_u8; base <= BASE_s64; base++ )
    {
        const char *name = base_type_c_name((enum base_type)base);
        struct extent theirs = arch_base(compat->arch, (enum base_type)base);
        struct extent ours = arch_base(compat->native, (enum base_type)base);

        if ( theirs.size != scalar.extent.size ||
             base_type_is_signed((enum base_type)base) != scalar.is_signed )
            continue;
        return scalar.extent.align == ours.align
               ? name : arena_format(compat->arena, "%s%s", compat->prefix, name);
    }
    return "";
}

/* ---- reasons ---------------------------------------------------------------------- */

static void add_reason(struct compat *compat, struct reason_list *list, struct reason reason,
                       const char *path)
{
    LIST_EACH(known, list)
        if ( known->kind == reason.kind && known->theirs == reason.theirs &&
             known->ours == reason.ours && !strcmp(known->type, reason.type) )
        {
            *LIST_ADD(compat->arena, &known->paths) = path;
            return;
        }
    *LIST_ADD(compat->arena, &reason.paths) = path;
    *LIST_ADD(compat->arena, list) = reason;
}

static const struct type *element_of(const struct type *type)
{
    while ( type->kind == TYPE_ARRAY || type->kind == TYPE_RESERVED ||
            type->kind == TYPE_UNCHECKED || type->kind == TYPE_MACHINE )
        type = type->element;
    return type;
}

static const char *reason_type(struct compat *compat, const struct type *type)
{
    type = element_of(type);
    if ( type->kind == TYPE_HANDLE )
        return type->is_64 ? "handle64" : "handle";
    return layout_type_string(compat->arena, type, NULL);
}

static void reasons_of(struct compat *compat, const struct aggregate *aggregate,
                       const char *around, uint64_t offset, struct reason_list *list);

static void slot_reasons(struct compat *compat, const struct slot *theirs,
                         const struct slot *ours, const char *around, uint64_t offset,
                         struct reason_list *list)
{
    const struct member *member = theirs->member;
    const struct aggregate *inner = model_type_aggregate(stored(member));
    const char *path = arena_format(compat->arena, "%s%s", around, member->name);
    struct reason reason = { .type = reason_type(compat, stored(member)) };

    offset += theirs->offset;
    if ( inner )
    {
        reasons_of(compat, inner, arena_format(compat->arena, "%s.", path), offset, list);
        return;
    }
    if ( theirs->layout->size != ours->layout->size )
    {
        const struct type *element = element_of(stored(member));

        reason.kind = DIFFERENCE_size;
        reason.theirs = (unsigned int)layout_of(compat->layouts, element)->size;
        reason.ours = (unsigned int)layout_of(compat->native_layouts, element)->size;
        add_reason(compat, list, reason, path);
    }
    else if ( theirs->layout->align != ours->layout->align )
    {
        reason.kind = DIFFERENCE_align;
        reason.theirs = theirs->layout->align;
        reason.ours = ours->layout->align;
        add_reason(compat, list, reason, path);
    }
}

static void reasons_of(struct compat *compat, const struct aggregate *aggregate,
                       const char *around, uint64_t offset, struct reason_list *list)
{
    const struct layout *theirs = layout_of_aggregate(compat->layouts, aggregate);
    const struct layout *ours = layout_of_aggregate(compat->native_layouts, aggregate);

    LIST_EACH(slot, &theirs->slots)
    {
        const struct slot *other = compat_native_slot(compat, aggregate, slot->member);

        if ( other )
            slot_reasons(compat, slot, other, around, offset, list);
        else
            add_reason(compat, list, (struct reason){ .kind = DIFFERENCE_member, .theirs = 1,
                                                      .type = "" },
                       arena_format(compat->arena, "%s%s", around, slot->member->name));
    }
    if ( ours->slots.count > theirs->slots.count )
        add_reason(compat, list, (struct reason){ .kind = DIFFERENCE_member, .ours = 1,
                                                  .type = "" }, around);
}

void compat_reasons(struct compat *compat, const struct aggregate *aggregate,
                    struct reason_list *list)
{
    reasons_of(compat, aggregate, "", 0, list);
}

/* ---- what there is ---------------------------------------------------------------- */

struct collect {
    struct compat *compat;
    struct structure_list all;
    struct compat_structures *list;
};

static struct compat_structure *listed(struct compat_structures *list,
                                       const struct aggregate *aggregate)
{
    LIST_EACH(structure, list)
        if ( structure->structure.aggregate == aggregate )
            return structure;
    return NULL;
}

static void collect(struct collect *all, const struct aggregate *aggregate, bool is_element);

static void collect_type(struct collect *all, const struct type *type, bool is_element)
{
    while ( type && type->kind != TYPE_HANDLE && type->kind != TYPE_NAMED &&
            type->kind != TYPE_AGGREGATE )
        type = type->element;
    if ( !type )
        return;
    if ( type->kind == TYPE_HANDLE )
        collect_type(all, type->element, true);
    else if ( model_type_aggregate(type) )
        collect(all, model_type_aggregate(type), is_element);
}

/* What a structure needs comes before it. */
static void collect(struct collect *all, const struct aggregate *aggregate, bool is_element)
{
    const struct layout *layout = layout_of_aggregate(all->compat->layouts, aggregate);
    struct compat_structure *known = listed(all->list, aggregate);

    if ( !known )
    {
        LIST_EACH(slot, &layout->slots)
            collect_type(all, stored(slot->member), is_element);
        LIST_EACH(structure, &all->all)
            if ( structure->aggregate == aggregate )
                *LIST_ADD(all->compat->arena, all->list) =
                    (struct compat_structure){ .structure = *structure };
        known = listed(all->list, aggregate);
    }
    if ( !known )
        return;
    known->is_element |= is_element;
    known->is_argument |= !is_element;
}

void compat_collect(struct compat *compat, const struct interface *interface,
                    struct compat_structures *list)
{
    struct collect all = { .compat = compat, .list = list };
    const struct view *view = layouts_view(compat->layouts);

    layout_structures(compat->header.back->model, &all.all);
    for ( size_t i = 0; i < interface->hypercalls.count; i++ )
        for ( size_t j = 0; j < interface->hypercalls.at[i]->ops.count; j++ )
        {
            const struct decl *op = interface->hypercalls.at[i]->ops.at[j];

            if ( !op->is_removed && view_has(view, op) && model_op_structure(op->op) )
                collect(&all, model_op_structure(op->op), false);
        }
}
