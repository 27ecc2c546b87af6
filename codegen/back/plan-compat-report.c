/* SPDX-License-Identifier: MIT */
/*
 * The report: for each structure, in each view and interface version, whether
 * callers' and hypervisor's layouts are equal, and if not, why.
 */
#include <string.h>

#include "plan-compat.h"

struct report {
    struct back *back;
    const char *family;
    struct defs *defs;
    struct node_list rows;
};

/* What a caller is compiled as. */
static const struct caller {
    const char *name;
    const char *names[3];
} callers[] = {
    { "guest", { "c", NULL } },
    { "tools", { "c", "tools", NULL } },
};
enum { NR_CALLERS = sizeof(callers) / sizeof(callers[0]) };

/* One structure, from one version on, in one view. */
struct row {
    const struct compat_structure *structure;
    bool exists, is_equal;
    uint64_t theirs, ours;
    struct reason_list reasons;
    uint32_t from, to;                  /* versions */
};
struct row_list { struct row *at; size_t count, room; };

static struct layouts *layouts_for(const struct report *report, const struct arch *arch,
                                   const struct caller *caller, uint32_t version)
{
    struct view view = { .arch = arch, .version = version, .names = caller->names };

    return layouts_new(report->back->model, &view);
}

static bool same_reasons(const struct reason_list *a, const struct reason_list *b)
{
    if ( a->count != b->count )
        return false;
    for ( size_t i = 0; i < a->count; i++ )
    {
        const struct reason *x = &a->at[i], *y = &b->at[i];

        if ( x->kind != y->kind || strcmp(x->type, y->type) || x->theirs != y->theirs ||
             x->ours != y->ours || x->paths.count != y->paths.count )
            return false;
        for ( size_t j = 0; j < x->paths.count; j++ )
            if ( strcmp(x->paths.at[j], y->paths.at[j]) )
                return false;
    }
    return true;
}

static bool same_row(const struct row *a, const struct row *b)
{
    return a->exists == b->exists && a->is_equal == b->is_equal && a->theirs == b->theirs &&
           a->ours == b->ours && same_reasons(&a->reasons, &b->reasons);
}

static struct row measure(struct report *report, const struct compat *base,
                          const struct compat_structure *structure,
                          const struct caller *caller, uint32_t version)
{
    const struct aggregate *aggregate = structure->structure.aggregate;
    struct compat compat = *base;
    struct row row = { .structure = structure };

    compat.layouts = layouts_for(report, base->arch, caller, version);
    compat.native_layouts = layouts_for(report, base->native, caller, version);
    row.exists = view_has(layouts_view(compat.layouts), structure->structure.decl);
    if ( !row.exists )
        return row;
    row.theirs = layout_of_aggregate(compat.layouts, aggregate)->size;
    row.ours = layout_of_aggregate(compat.native_layouts, aggregate)->size;
    row.is_equal = compat_is_equal(&compat, aggregate);
    if ( !row.is_equal )
        compat_reasons(&compat, aggregate, &row.reasons);
    return row;
}

/* ---- versions ------------------------------------------------------------------------ */

struct versions { uint32_t *at; size_t count, room; };

static void add_version(struct report *report, struct versions *list, uint32_t version)
{
    size_t i = 0;

    for ( ; i < list->count && list->at[i] <= version; i++ )
        if ( list->at[i] == version )
            return;
    (void)LIST_ADD(report->back->arena, list);
    for ( size_t j = list->count - 1; j > i; j-- )
        list->at[j] = list->at[j - 1];
    list->at[i] = version;
}

static void add_conditions(struct report *report, struct versions *list,
                           const struct condition_list *conditions)
{
    LIST_EACH(condition, conditions)
        if ( condition->kind == CONDITION_SINCE || condition->kind == CONDITION_BEFORE )
            add_version(report, list, condition->version);
}

/* Where anything that the structure is made of comes or goes. */
static void versions_of(struct report *report, struct versions *list,
                        const struct aggregate *aggregate)
{
    LIST_EACH(member, &aggregate->members)
    {
        const struct aggregate *inner = member->type ? model_type_aggregate(member->type) : NULL;

        add_conditions(report, list, &member->conditions);
        if ( inner )
            versions_of(report, list, inner);
    }
}

static void rows_of(struct report *report, const struct compat *compat,
                    const struct compat_structure *structure, const struct caller *caller,
                    struct row_list *rows)
{
    struct versions versions = { 0 };

    add_version(report, &versions, 0);
    for ( const struct decl *decl = structure->structure.decl; decl; decl = decl->owner )
        add_conditions(report, &versions, &decl->conditions);
    versions_of(report, &versions, structure->structure.aggregate);
    LIST_EACH(version, &versions)
    {
        struct row row = measure(report, compat, structure, caller, *version);

        row.from = *version;
        row.to = version + 1 < versions.at + versions.count ? version[1] : VERSION_LATEST;
        if ( rows->count && same_row(&rows->at[rows->count - 1], &row) )
            rows->at[rows->count - 1].to = row.to;
        else
            *LIST_ADD(report->back->arena, rows) = row;
    }
}

/* ---- definitions --------------------------------------------------------------------- */

static node_t plan_reason(struct report *report, const struct reason *reason)
{
    static const char *const kinds[] = {
        [DIFFERENCE_size] = "reason_size", [DIFFERENCE_align] = "reason_align",
        [DIFFERENCE_member] = "reason_member",
    };
    node_t node = defs_node(report->defs, kinds[reason->kind]);
    struct node_list paths = { 0 };

    defs_text(report->defs, node, "type", reason->type);
    defs_number(report->defs, node, "theirs", reason->theirs);
    defs_number(report->defs, node, "ours", reason->ours);
    LIST_EACH(path, &reason->paths)
    {
        node_t name = defs_node(report->defs, "path");

        defs_text(report->defs, name, "text", *path);
        *LIST_ADD(report->back->arena, &paths) = name;
    }
    defs_list(report->defs, node, "paths", &paths);
    return node;
}

static void plan_row(struct report *report, struct compat *compat, const struct row *row,
                     const char *caller)
{
    struct defs *defs = report->defs;
    struct arena *arena = report->back->arena;
    node_t node = defs_node(defs, "row");
    struct node_list reasons = { 0 };

    defs_text(defs, node, "name", compat_native_name(compat, &row->structure->structure));
    defs_text(defs, node, "caller", caller);
    defs_text(defs, node, "since", row->from ? version_text(arena, row->from) : "");
    defs_text(defs, node, "before",
              row->to == VERSION_LATEST ? "" : version_text(arena, row->to));
    defs_text(defs, node, "equal", row->is_equal ? "1" : "");
    defs_number(defs, node, "theirs", row->theirs);
    defs_number(defs, node, "ours", row->ours);
    LIST_EACH(reason, &row->reasons)
        *LIST_ADD(arena, &reasons) = plan_reason(report, reason);
    defs_list(defs, node, "reasons", &reasons);
    *LIST_ADD(arena, &report->rows) = node;
}

static bool same_rows(const struct row_list *a, const struct row_list *b)
{
    if ( a->count != b->count )
        return false;
    for ( size_t i = 0; i < a->count; i++ )
        if ( a->at[i].from != b->at[i].from || !same_row(&a->at[i], &b->at[i]) )
            return false;
    return true;
}

/* One row where all callers see the same. */
static void report_structure(struct report *report, struct compat *compat,
                           const struct compat_structure *structure)
{
    struct row_list rows[NR_CALLERS] = { { 0 } };
    bool is_same = true;

    for ( size_t i = 0; i < NR_CALLERS; i++ )
    {
        rows_of(report, compat, structure, &callers[i], &rows[i]);
        is_same &= same_rows(&rows[0], &rows[i]);
    }
    for ( size_t i = 0; i < (is_same ? 1 : NR_CALLERS); i++ )
        LIST_EACH(row, &rows[i])
            if ( row->exists )
                plan_row(report, compat, row, is_same ? "all" : callers[i].name);
}

void compat_report(struct back *back, const char *family,
                   const struct interface_list *interfaces)
{
    struct compat *compat = compat_new(back, family);
    struct report report = { .back = back, .family = family };
    const char *path = arena_format(back->arena, "%s/hv/compat.txt", family);
    struct node_list groups = { 0 };
    node_t root;

    report.defs = back_output(back, path, "compat-report", "report", &root);
    back->outputs.at[back->outputs.count - 1].cause = CAUSE_width;
    defs_text(report.defs, root, "arch", compat->arch->name);
    defs_text(report.defs, root, "native", compat->native->name);
    LIST_EACH(interface, interfaces)
    {
        struct compat_structures all = { 0 };
        node_t group = defs_node(report.defs, "group");

        report.rows = (struct node_list){ 0 };
        compat_collect(compat, *interface, &all);
        LIST_EACH(structure, &all)
            report_structure(&report, compat, structure);
        defs_text(report.defs, group, "name", (*interface)->name);
        defs_list(report.defs, group, "rows", &report.rows);
        *LIST_ADD(back->arena, &groups) = group;
    }
    defs_list(report.defs, root, "groups", &groups);
}
