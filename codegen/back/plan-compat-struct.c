/* SPDX-License-Identifier: MIT */
/*
 * Structures as a caller has them, and assertions about where their members
 * lie.
 *
 * Needs the caller's layout.  What is the same for caller and hypervisor keeps
 * its own type; all else gets types of a fixed width, or the caller's structure.
 */
#include <string.h>

#include "plan-compat.h"

static const struct type *element_of(const struct type *type)
{
    while ( type->kind == TYPE_ARRAY || type->kind == TYPE_RESERVED ||
            type->kind == TYPE_UNCHECKED || type->kind == TYPE_MACHINE )
        type = type->element;
    return type;
}

const char *compat_native_name(struct compat *compat, const struct structure *structure)
{
    return *structure->word ? arena_format(compat->arena, "%s %s", structure->word,
                                           structure->name) : structure->name;
}

const char *compat_name(struct compat *compat, const struct structure *structure)
{
    return arena_format(compat->arena, "%s %s%s",
                        structure->aggregate->is_union ? "union" : "struct", compat->prefix,
                        structure->name);
}

/* ---- members ------------------------------------------------------------------------ */

static void plan_members_of(struct compat *compat, node_t node,
                            const struct aggregate *aggregate);

/* The name that a structure has in C, without what may stand before it. */
static const char *tag_of(const struct type *type)
{
    const struct decl *decl = type->name.decl;

    return decl->kind == DECL_op ? decl->op->aggregate->tag
           : decl->kind == DECL_type ? tag_of(element_of(decl->type)) : decl->name;
}

static void plan_member_type(struct compat *compat, node_t node, const struct type *type)
{
    struct defs *defs = compat->header.defs;
    const struct aggregate *inner = model_type_aggregate(type);

    if ( compat_is_same(compat, element_of(type)) )
        plan_type(&compat->header, node, type);
    else if ( inner )
    {
        defs_text(defs, node, "tagged", inner->is_union ? "union" : "struct");
        defs_text(defs, node, "type", arena_format(compat->arena, "%s%s", compat->prefix,
                                                   tag_of(element_of(type))));
    }
    else
        defs_text(defs, node, "type",
                  compat_scalar_type(compat, compat_scalar(compat, type)));
}

/* One that is written out in place: by its name, if it has one that fits. */
static node_t plan_inner(struct compat *compat, const struct type *type)
{
    struct defs *defs = compat->header.defs;
    const struct aggregate *inner = type->aggregate;
    bool is_same = compat_is_same(compat, type);
    node_t node = defs_node(defs, inner->tag && is_same ? "field" : "nested");
    const char *what = inner->is_union ? "union" : "struct";

    if ( inner->tag && is_same )
    {
        defs_text(defs, node, "tagged", what);
        defs_text(defs, node, "type", inner->tag);
        return node;
    }
    defs_text(defs, node, "what", what);
    if ( inner->tag )
        defs_text(defs, node, "tag", arena_format(compat->arena, "%s%s", compat->prefix,
                                                  inner->tag));
    plan_members_of(compat, node, inner);
    return node;
}

static void plan_declarator(struct compat *compat, struct node_list *list,
                            const struct member *member)
{
    node_t node = defs_node(compat->header.defs, "declarator");

    defs_text(compat->header.defs, node, "name", member->name);
    plan_lengths(&compat->header, node, member->type);
    *LIST_ADD(compat->arena, list) = node;
}

static void plan_members_of(struct compat *compat, node_t node,
                            const struct aggregate *aggregate)
{
    const struct layout *layout = layout_of_aggregate(compat->layouts, aggregate);
    struct defs *defs = compat->header.defs;
    struct node_list members = { 0 };

    for ( size_t i = 0; i < layout->slots.count; i++ )
    {
        const struct member *member = layout->slots.at[i].member;
        const struct type *type = member->stored_as ? member->stored_as : member->type;
        struct node_list names = { 0 };
        node_t field;

        if ( element_of(type)->kind == TYPE_AGGREGATE )
            field = plan_inner(compat, element_of(type));
        else
        {
            field = defs_node(defs, "field");
            plan_member_type(compat, field, type);
        }
        plan_declarator(compat, &names, member);
        while ( i + 1 < layout->slots.count && layout->slots.at[i + 1].member->joins_previous )
            plan_declarator(compat, &names, layout->slots.at[++i].member);
        defs_list(defs, field, "declarators", &names);
        *LIST_ADD(compat->arena, &members) = field;
    }
    defs_list(defs, node, "members", &members);
}

node_t compat_structure(struct compat *compat, const struct compat_structure *structure)
{
    struct defs *defs = compat->header.defs;
    const struct structure *what = &structure->structure;
    node_t node = defs_node(defs, "structure");

    defs_text(defs, node, "what", what->aggregate->is_union ? "union" : "struct");
    defs_text(defs, node, "prefix", compat->prefix);
    defs_text(defs, node, "tag", what->name);
    defs_text(defs, node, "native", compat_native_name(compat, what));
    plan_members_of(compat, node, what->aggregate);
    compat_moves(compat, structure, node);
    return node;
}

/* ---- assertions ------------------------------------------------------------------------ */

static void add_assert(struct compat *compat, struct node_list *list, const char *kind,
                       const char *name, const char *field, uint64_t value)
{
    struct defs *defs = compat->header.defs;
    node_t node = defs_node(defs, kind);

    defs_text(defs, node, "name", name);
    defs_text(defs, node, "field", field);
    defs_number(defs, node, "value", value);
    *LIST_ADD(compat->arena, list) = node;
}

/* A path in C: [0] behind what is an array and has members. */
static const char *field_path(struct compat *compat, const struct layout_field_list *fields,
                              size_t i, const char **paths)
{
    const struct layout_field *field = &fields->at[i];
    size_t outer = i;

    if ( !field->depth )
        return field->path;
    while ( fields->at[outer].depth >= field->depth )
        outer--;
    return arena_format(compat->arena, fields->at[outer].member->type->kind == TYPE_ARRAY
                                       ? "%s[0].%s" : "%s.%s",
                        paths[outer], field->member->name);
}

void compat_asserts(struct compat *compat, const struct structure *structure,
                    struct node_list *list)
{
    const struct layout *layout = layout_of_aggregate(compat->layouts, structure->aggregate);
    bool is_equal = compat_is_equal(compat, structure->aggregate);
    const char *name = is_equal ? compat_native_name(compat, structure)
                                : compat_name(compat, structure);
    node_t node = defs_node(compat->header.defs, "group");
    struct layout_field_list fields = { 0 };
    struct node_list rows = { 0 };
    const char **paths;

    add_assert(compat, &rows, "assert_size", name, NULL, layout->size);
    layout_fields(compat->layouts, structure->aggregate, &fields);
    paths = arena_alloc(compat->arena, (fields.count + 1) * sizeof(*paths));
    for ( size_t i = 0; i < fields.count; i++ )
    {
        paths[i] = field_path(compat, &fields, i, paths);
        add_assert(compat, &rows, "assert_offset", name, paths[i], fields.at[i].offset);
        if ( !fields.at[i].layout->aggregate )
            add_assert(compat, &rows, "assert_field_size", name, paths[i], fields.at[i].size);
    }
    defs_list(compat->header.defs, node, "rows", &rows);
    *LIST_ADD(compat->arena, list) = node;
}
