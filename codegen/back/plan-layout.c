/* SPDX-License-Identifier: MIT */
/*
 * Assertions about the layout of what the headers declare.
 *
 * Needs the checked model and its layouts.  Gives, for each family that has
 * headers, one file with a section for each of its architectures: sizes,
 * offsets, values.  It is compiled, not run.
 */
#include <inttypes.h>
#include <string.h>

#include "../model/flavour.h"
#include "../model/layout.h"
#include "plan-stub.h"

struct checks {
    struct back *back;
    struct arena *arena;
    struct defs *defs;
    const struct flavour *flavour;
    const char *family;
};

/* ---- what is the same elsewhere ----------------------------------------------- */

static struct layout_rows rows_of(const struct back *back, const struct arch *arch)
{
    struct view view = view_latest(arch);
    struct layout_rows rows = { 0 };

    layout_collect(layouts_new(back->model, &view), &rows);
    return rows;
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && !strcmp(a, b));
}

static bool same_subject(const struct layout_row *a, const struct layout_row *b)
{
    return a->kind == b->kind && !strcmp(a->name, b->name) && same_text(a->word, b->word) &&
           same_text(a->field, b->field);
}

/* Why the row is not in the other list too; both are in the same order. */
static enum cause row_cause(const struct layout_row *row, const struct layout_rows *others,
                            size_t *from)
{
    for ( size_t i = *from; i < others->count; i++ )
        if ( same_subject(row, &others->at[i]) )
        {
            *from = i + 1;
            return row->value == others->at[i].value ? CAUSE_none : CAUSE_layout;
        }
    return CAUSE_arch;
}

/* The rows of the first architecture of another family, if there is one. */
static struct layout_rows rows_elsewhere(const struct checks *checks)
{
    const struct text_list *families = &checks->flavour->families;

    for ( size_t i = 0; i < families->count; i++ )
        if ( strcmp(families->at[i], checks->family) )
        {
            struct arch_list arches = stub_arches(checks->back, families->at[i]);

            if ( arches.count )
                return rows_of(checks->back, arches.at[0]);
        }
    return (struct layout_rows){ 0 };
}

/* ---- rows ------------------------------------------------------------------------ */

static const char *row_kind(enum layout_row_kind kind)
{
    static const char *const kinds[] = {
        [ROW_SIZE] = "size", [ROW_OFFSET] = "offset",
        [ROW_FIELD_SIZE] = "field_size", [ROW_VALUE] = "value",
    };

    return kinds[kind];
}

static const char *row_value(struct checks *checks, const struct layout_row *row)
{
    if ( row->is_negative )
        return arena_format(checks->arena, "-%" PRIu64, -row->value);
    return arena_format(checks->arena, row->value > INT64_MAX ? "%" PRIu64 "u" : "%" PRIu64,
                        row->value);
}

static node_t plan_row(struct checks *checks, const struct layout_row *row, enum cause cause)
{
    node_t node = defs_node(checks->defs, row_kind(row->kind));

    defs_text(checks->defs, node, "word", row->word);
    defs_text(checks->defs, node, "name", row->name);
    defs_text(checks->defs, node, "field", row->field);
    defs_text(checks->defs, node, "value", row_value(checks, row));
    defs_text(checks->defs, node, "cause", cause_text(cause));
    return node;
}

/* The rows of a section, grouped by the header that they are about. */
static void plan_rows(struct checks *checks, node_t section, const struct arch *arch,
                      const struct layout_rows *others)
{
    struct layout_rows rows = rows_of(checks->back, arch);
    struct node_list groups = { 0 }, list = { 0 };
    const struct interface *interface = NULL;
    size_t from = 0;
    node_t group = 0;

    LIST_EACH(row, &rows)
    {
        if ( row->decl->interface != interface )
        {
            if ( group )
                defs_list(checks->defs, group, "rows", &list);
            list = (struct node_list){ 0 };
            interface = row->decl->interface;
            group = defs_node(checks->defs, "group");
            defs_text(checks->defs, group, "header", interface->header);
            *LIST_ADD(checks->arena, &groups) = group;
        }
        *LIST_ADD(checks->arena, &list) =
            plan_row(checks, row, others ? row_cause(row, others, &from) : CAUSE_none);
    }
    if ( group )
        defs_list(checks->defs, group, "rows", &list);
    defs_list(checks->defs, section, "groups", &groups);
}

/* ---- files ---------------------------------------------------------------------------- */

static void plan_includes(struct checks *checks, node_t root)
{
    const struct model *model = checks->back->model;
    struct node_list list = { 0 };

    for ( size_t i = 0; i < model->interfaces.count; i++ )
        if ( back_family_has(checks->back, checks->family, model->interfaces.at[i]) )
        {
            node_t node = defs_node(checks->defs, "include");

            defs_text(checks->defs, node, "header", model->interfaces.at[i]->header);
            defs_text(checks->defs, node, "cause",
                      model->interfaces.at[i]->conditions.count ? cause_text(CAUSE_arch) : "");
            *LIST_ADD(checks->arena, &list) = node;
        }
    defs_list(checks->defs, root, "includes", &list);
}

static void plan_file(struct checks *checks)
{
    const char *path = arena_format(checks->arena, "%s/check/layout.c", checks->family);
    struct arch_list arches = stub_arches(checks->back, checks->family);
    struct layout_rows others = rows_elsewhere(checks);
    struct node_list sections = { 0 };
    node_t root;

    checks->defs = back_output(checks->back, path, "layout", "layout", &root);
    plan_includes(checks, root);
    for ( size_t i = 0; i < arches.count; i++ )
    {
        node_t node = defs_node(checks->defs, "section");

        defs_text(checks->defs, node, "word", i ? "elif" : "if");
        defs_text(checks->defs, node, "condition", arches.at[i]->condition);
        /* What is not first has no counterpart in a family of one. */
        defs_text(checks->defs, node, "cause", i ? cause_text(CAUSE_width) : "");
        plan_rows(checks, node, arches.at[i], i ? NULL : &others);
        *LIST_ADD(checks->arena, &sections) = node;
    }
    defs_list(checks->defs, root, "sections", &sections);
}

void plan_layouts(struct back *back)
{
    const struct model *model = back->model;
    const struct flavour *flavour = flavour_reference(model);

    /* Layouts do not depend on how a flavour spells them. */
    if ( !flavour )
        return;
    for ( size_t i = 0; i < flavour->families.count; i++ )
    {
        struct checks checks = { .back = back, .arena = back->arena, .flavour = flavour,
                                 .family = flavour->families.at[i] };

        if ( stub_arches(back, checks.family).count )
            plan_file(&checks);
    }
}
