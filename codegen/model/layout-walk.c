/* SPDX-License-Identifier: MIT */
/*
 * What there is to measure: declarations, structures, members at any depth.
 * Needs the model; gives lists in the order of the text.
 */
#include <string.h>

#include "layout.h"

/* ---- views --------------------------------------------------------------- */

struct view view_latest(const struct arch *arch)
{
    static const char *const names[] = { "c", "tools", NULL };

    return (struct view){ .arch = arch, .version = VERSION_LATEST, .names = names };
}

/* CONFIG_X is about how the hypervisor is built; the layout holds for all. */
static bool view_provides(const struct view *view, const char *name)
{
    if ( text_starts(name, "CONFIG_") || arch_provides(view->arch, name) )
        return true;
    for ( const char *const *at = view->names; *at; at++ )
        if ( !strcmp(*at, name) )
            return true;
    return false;
}

static bool view_provides_any(const struct view *view, const struct reference_list *names)
{
    LIST_EACH(name, names)
        if ( view_provides(view, name->text) )
            return true;
    return false;
}

bool view_holds(const struct view *view, const struct condition_list *conditions)
{
    if ( !view->arch )
        return true;
    LIST_EACH(condition, conditions)
    {
        bool holds = false;

        switch ( condition->kind )
        {
        case CONDITION_SINCE:  holds = view->version >= condition->version; break;
        case CONDITION_BEFORE: holds = view->version < condition->version; break;
        case CONDITION_FOR:    holds = view_provides_any(view, &condition->names); break;
        case CONDITION_EXCEPT: holds = !view_provides_any(view, &condition->names); break;
        }
        if ( !holds )
            return false;
    }
    return true;
}

bool view_has(const struct view *view, const struct decl *decl)
{
    for ( const struct decl *outer = decl; outer; outer = outer->owner )
        if ( !view_holds(view, &outer->conditions) )
            return false;
    return view_holds(view, &decl->interface->conditions);
}

/* ---- declarations -------------------------------------------------------- */

/* The structure written out at a member, perhaps in an array. */
static const struct aggregate *inline_aggregate(const struct type *type, bool *is_element)
{
    for ( ; type && type->kind == TYPE_ARRAY; type = type->element )
        *is_element = true;
    return type && type->kind == TYPE_AGGREGATE ? type->aggregate : NULL;
}

static void add_decl(const struct model *model, struct decl_list *list, struct decl *decl);

static void add_member_decls(const struct model *model, struct decl_list *list,
                             const struct aggregate *aggregate)
{
    bool is_element = false;

    if ( !aggregate )
        return;
    LIST_EACH(member, &aggregate->members)
    {
        if ( member->decl )
            add_decl(model, list, member->decl);
        else if ( !member->joins_previous )
            add_member_decls(model, list, inline_aggregate(member->type, &is_element));
    }
}

/* What a body holds comes out before what it is the body of. */
static void add_decl(const struct model *model, struct decl_list *list, struct decl *decl)
{
    add_member_decls(model, list, decl->aggregate);
    if ( decl->op )
        add_member_decls(model, list, decl->op->aggregate);
    *LIST_ADD(model->arena, list) = decl;
}

void layout_decls(const struct model *model, struct decl_list *list)
{
    LIST_EACH(interface, &model->interfaces)
        LIST_EACH(decl, &(*interface)->decls)
            add_decl(model, list, *decl);
}

void layout_structures(const struct model *model, struct structure_list *list)
{
    struct decl_list decls = { 0 };

    layout_decls(model, &decls);
    LIST_EACH(at, &decls)
    {
        const struct decl *decl = *at;
        struct structure structure = { .decl = decl, .name = decl->name };

        structure.aggregate = decl->aggregate;
        if ( decl->kind == DECL_op && decl->op->owns_structure )
        {
            structure.aggregate = decl->op->aggregate;
            structure.name = structure.aggregate->tag;
        }
        if ( !structure.aggregate )
            continue;
        structure.word = decl->kind != DECL_op && decl->form == FORM_NO_TAG ? ""
                         : structure.aggregate->is_union ? "union" : "struct";
        *LIST_ADD(model->arena, list) = structure;
    }
}

/* ---- members ------------------------------------------------------------- */

struct walk {
    struct layouts *layouts;
    struct arena *arena;
    struct layout_field_list *list;
};

static void add_fields(struct walk *walk, const struct layout *layout,
                       const struct layout_field *around);

static void add_field(struct walk *walk, const struct slot *slot,
                      const struct layout_field *around)
{
    struct layout_field field = {
        .member = slot->member, .layout = slot->layout, .path = slot->member->name,
        .direction = slot->member->direction,
        .offset = slot->offset, .size = slot->layout->size, .hole = slot->hole,
    };
    bool is_element = false;
    const struct aggregate *inner = inline_aggregate(slot->member->type, &is_element);

    if ( around )
    {
        field.path = arena_format(walk->arena, "%s.%s", around->path, slot->member->name);
        field.depth = around->depth + 1;
        field.is_element = around->is_element;
        if ( field.direction == DIRECTION_NONE )
            field.direction = around->direction;
        if ( around->offset == LAYOUT_UNKNOWN || slot->offset == LAYOUT_UNKNOWN )
            field.offset = LAYOUT_UNKNOWN;
        else
            field.offset += around->offset;
    }
    *LIST_ADD(walk->arena, walk->list) = field;
    field.is_element |= is_element;
    if ( inner )
        add_fields(walk, layout_of_aggregate(walk->layouts, inner), &field);
}

static void add_fields(struct walk *walk, const struct layout *layout,
                       const struct layout_field *around)
{
    LIST_EACH(slot, &layout->slots)
        add_field(walk, slot, around);
}

void layout_fields(struct layouts *layouts, const struct aggregate *aggregate,
                   struct layout_field_list *list)
{
    const struct layout *layout = layout_of_aggregate(layouts, aggregate);
    struct walk walk = { .layouts = layouts, .arena = layouts_model(layouts)->arena,
                         .list = list };

    add_fields(&walk, layout, NULL);
}
