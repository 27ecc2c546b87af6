/* SPDX-License-Identifier: MIT */
/*
 * What is wrong with layouts.
 *
 * Needs a resolved model and all architectures.  In strict structures every
 * byte has a name, and a place that is the same everywhere; in all structures
 * what stays from one version to the next stays where it is.
 */
#include "layout-check.h"

const char *layout_title(struct arena *arena, const struct aggregate *aggregate)
{
    if ( aggregate->tag )
        return arena_format(arena, "'%s'", aggregate->tag);
    return aggregate->is_union ? "this union" : "this structure";
}

static void make_layouts(struct layout_check *check)
{
    size_t count = check->model->arches.count;

    check->nr_arches = count;
    check->of = arena_alloc(check->model->arena, (count + 1) * sizeof(*check->of));
    for ( size_t i = 0; i < count; i++ )
    {
        struct view view = view_latest(check->model->arches.at[i]);

        check->of[i] = layouts_new(check->model, &view);
        layouts_report_to(check->of[i], check->model->diag, &check->reports);
    }
}

/* One structure after the other, on all architectures: it is in the cache then. */
static void check_structure(struct layout_check *check, const struct structure *structure)
{
    for ( size_t i = 0; i < check->nr_arches; i++ )
        layout_of_aggregate(check->of[i], structure->aggregate);
    if ( !structure->decl->is_legacy )
        layout_check_strict(check, structure->decl, structure->aggregate);
}

void layout_check(struct model *model)
{
    struct view everything = { 0 };
    struct layout_check check = { .model = model, .all = layouts_new(model, &everything) };
    struct structure_list structures = { 0 };

    layout_structures(model, &structures);
    make_layouts(&check);
    LIST_EACH(structure, &structures)
        check_structure(&check, structure);
    layout_check_versions(&check, &structures);
}
