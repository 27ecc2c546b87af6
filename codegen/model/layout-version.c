/* SPDX-License-Identifier: MIT */
/*
 * Structures that change with the interface version: [version].
 *
 * Needs the layout check's layouts.  Compares each structure right before and
 * since each version that it or a part of it mentions.
 */
#include <stdlib.h>
#include <string.h>

#include "layout-check.h"

/* ---- versions ------------------------------------------------------------ */

/* A structure, and a version in which it may look different. */
struct change {
    uint32_t version;
    const struct structure *structure;
    const struct aggregate *aggregate;      /* of it, or written out in it */
};
struct change_list { struct change *at; size_t count, room; };

static int compare_changes(const void *left, const void *right)
{
    const struct change *a = left, *b = right;

    return a->version < b->version ? -1 : a->version > b->version;
}

static void collect_changes(struct layout_check *check, struct change_list *list,
                            const struct structure *structure,
                            const struct aggregate *aggregate)
{
    const struct layout *layout = layout_of_aggregate(check->all, aggregate);

    LIST_EACH(version, &layout->versions)
        *LIST_ADD(check->model->arena, list) =
            (struct change){ *version, structure, aggregate };
    LIST_EACH(member, &aggregate->members)
    {
        const struct type *type = member->type;

        while ( type && type->kind == TYPE_ARRAY )
            type = type->element;
        if ( layout->versions.count && type && type->kind == TYPE_AGGREGATE &&
             !member->joins_previous )
            collect_changes(check, list, structure, type->aggregate);
    }
}

struct moved {
    struct layout_check *check;
    const struct change *change;
    const struct layout *old, *new;
};

static void report_moved(struct moved *moved, const struct slot *old,
                         const struct slot *new, const char *what, uint64_t before,
                         uint64_t since)
{
    struct model *model = moved->check->model;

    if ( !layout_report_once(model->arena, &moved->check->reports, new->member) )
        return;
    diag_error(model->diag, CHECK_version, new->member->where,
               "'%s' has %s %llu since %s, and had %llu before", new->member->name,
               what, (unsigned long long)since,
               version_text(model->arena, moved->change->version),
               (unsigned long long)before);
    if ( old->member != new->member )
        diag_note(model->diag, old->member->where, "it was this one");
    diag_help(model->diag, new->member->where,
              "a structure keeps its layout in both parts of since and before");
}

/* The same member, or one that takes its place under the same name. */
static void compare_slots(struct moved *moved, const struct slot *old,
                          const struct slot *new)
{
    if ( old->offset != new->offset )
        report_moved(moved, old, new, "offset", old->offset, new->offset);
    else if ( old->member != new->member && old->layout->size != new->layout->size )
        report_moved(moved, old, new, "size", old->layout->size, new->layout->size);
}

/*
 * Both are parts of one list of members, in its order.  Between two members
 * that both have, each may have others; how long these are is seen by where
 * the next one is.  True where the new one has all that the old one has.
 */
static bool compare_members(struct moved *moved, const struct view *before,
                            const struct view *since)
{
    const struct layout *old = moved->old, *new = moved->new;
    size_t i = 0, j = 0;
    bool all_there = true;

    while ( i < old->slots.count || j < new->slots.count )
    {
        size_t old_end = i, new_end = j;

        while ( old_end < old->slots.count &&
                !view_holds(since, &old->slots.at[old_end].member->conditions) )
            old_end++;
        while ( new_end < new->slots.count &&
                !view_holds(before, &new->slots.at[new_end].member->conditions) )
            new_end++;
        if ( old_end == i + 1 && new_end == j + 1 &&
             !strcmp(old->slots.at[i].member->name, new->slots.at[j].member->name) )
            compare_slots(moved, &old->slots.at[i], &new->slots.at[j]);
        else
            all_there &= old_end == i;
        i = old_end;
        j = new_end;
        if ( i < old->slots.count && j < new->slots.count )
            compare_slots(moved, &old->slots.at[i++], &new->slots.at[j++]);
    }
    return all_there;
}

static void compare_versions(struct layout_check *check, const struct change *change,
                             struct layouts *before, struct layouts *since)
{
    struct moved moved = { .check = check, .change = change };
    const struct decl *decl = change->structure->decl;
    struct model *model = check->model;
    bool all_there;

    if ( !view_has(layouts_view(before), decl) || !view_has(layouts_view(since), decl) )
        return;
    moved.old = layout_of_aggregate(before, change->aggregate);
    moved.new = layout_of_aggregate(since, change->aggregate);
    if ( moved.old->size == LAYOUT_UNKNOWN || moved.new->size == LAYOUT_UNKNOWN )
        return;
    all_there = compare_members(&moved, layouts_view(before), layouts_view(since));
    /* Legacy structures may have grown. */
    if ( moved.old->size == moved.new->size ||
         (decl->is_legacy && all_there && moved.old->size < moved.new->size) ||
         !layout_report_once(model->arena, &check->reports, change->aggregate) )
        return;
    diag_error(model->diag, CHECK_version, change->aggregate->where,
               "%s has %llu bytes since %s, and had %llu before",
               layout_title(model->arena, change->aggregate),
               (unsigned long long)moved.new->size,
               version_text(model->arena, change->version),
               (unsigned long long)moved.old->size);
    diag_help(model->diag, change->aggregate->where,
              "a structure keeps its size in both parts of since and before");
}

/* All changes of one version share the layouts before and since it. */
static void check_version(struct layout_check *check, const struct change *first,
                          const struct change *end)
{
    for ( size_t i = 0; i < check->nr_arches; i++ )
    {
        struct layouts *before = layouts_at(check->of[i], first->version - 1);
        struct layouts *since = layouts_at(check->of[i], first->version);

        for ( const struct change *change = first; change < end; change++ )
            compare_versions(check, change, before, since);
    }
}

void layout_check_versions(struct layout_check *check,
                           const struct structure_list *structures)
{
    struct change_list changes = { 0 };

    LIST_EACH(structure, structures)
        collect_changes(check, &changes, structure, structure->aggregate);
    if ( changes.count )
        qsort(changes.at, changes.count, sizeof(*changes.at), compare_changes);
    for ( size_t i = 0, end; i < changes.count; i = end )
    {
        for ( end = i; end < changes.count &&
                       changes.at[end].version == changes.at[i].version; end++ )
            continue;
        if ( changes.at[i].version )
            check_version(check, &changes.at[i], &changes.at[end]);
    }
}
