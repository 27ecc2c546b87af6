/* SPDX-License-Identifier: MIT */
/*
 * What moves a caller's structure to the hypervisor's own, and back.
 *
 * Needs both layouts.  There and back are lists of statements, a node each: a
 * member is assigned, moved by its own structure's function, or member by
 * member.  Back goes only what Xen writes in some op, and no handle.
 */
#include <string.h>

#include "plan-compat-move.h"

static const struct type *stored(const struct member *member)
{
    return member->stored_as ? member->stored_as : member->type;
}

static const struct type *bare(const struct type *type)
{
    while ( type->kind == TYPE_RESERVED || type->kind == TYPE_UNCHECKED ||
            type->kind == TYPE_MACHINE )
        type = type->element;
    return type;
}

static node_t statement(struct move *move, struct node_list *list, const char *kind,
                        const char *path)
{
    node_t node = defs_node(move->compat->header.defs, kind);

    move->compounds += !strcmp(kind, "loop") || (move->is_back && (!strcmp(kind, "narrow") ||
                                                                 !strcmp(kind, "call")));
    defs_text(move->compat->header.defs, node, "path", path);
    *LIST_ADD(move->compat->arena, list) = node;
    return node;
}

/* ---- what Xen writes ------------------------------------------------------------------ */

static bool is_out(enum direction direction)
{
    return direction == DIRECTION_OUT || direction == DIRECTION_INOUT;
}

/* A line of direction in the text of an op, about this path: 1 out, 0 in, -1 none. */
static int said_in(const struct member_list *members, const char *path)
{
    int said = -1;

    LIST_EACH(member, members)
        if ( !member->type && !member->decl && member->refines.text &&
             !strcmp(member->refines.text, path) )
            said = said == 1 || is_out(member->direction);
    return said;
}

/* The direction of the root's member at path, in the op that has most to say. */
static bool is_written_in_some_op(const struct move *move, const char *path, bool declared)
{
    const struct model *model = move->compat->header.back->model;
    bool seen = false;

    LIST_EACH(interface, &model->interfaces)
        LIST_EACH(at, &(*interface)->decls)
        {
            const struct op *op = (*at)->kind == DECL_op && !(*at)->is_removed ? (*at)->op : NULL;
            int said = -1;

            if ( !op || model_op_structure(op) != move->root )
                continue;
            seen = true;
            said = said_in(&op->refinements, path);
            if ( said == 1 || (said < 0 && declared) )
                return true;
        }
    return !seen && declared;
}

static bool writes_type(const struct move *move, const struct type *type, const char *path,
                        bool around);

static bool writes(const struct move *move, const struct member *member, const char *path,
                   bool around)
{
    bool declared = member->direction == DIRECTION_NONE ? around : is_out(member->direction);

    return writes_type(move, stored(member), path,
                       is_written_in_some_op(move, path, declared));
}

static bool writes_type(const struct move *move, const struct type *type, const char *path,
                        bool around)
{
    const struct aggregate *inner = model_type_aggregate(type);

    while ( type->kind == TYPE_ARRAY )
        type = bare(type->element);
    if ( !inner )
        return around && type->kind != TYPE_HANDLE;
    if ( !around )
        return false;
    LIST_EACH(member, &inner->members)
        if ( member->type &&
             writes(move, member, arena_format(move->compat->arena, "%s.%s", path,
                                               member->name), around) )
            return true;
    return false;
}

bool compat_is_written(struct compat *compat, const struct structure *structure)
{
    struct move move = { .compat = compat, .root = structure->aggregate };

    LIST_EACH(member, &structure->aggregate->members)
        if ( member->type && writes(&move, member, member->name, true) )
            return true;
    return false;
}

/* ---- members ---------------------------------------------------------------------------- */

static void move_type(struct move *move, struct node_list *list, const struct type *type,
                      const struct place_of *place);

/* Each element of an array; as a whole where both have the same. */
static void move_array(struct move *move, struct node_list *list, const struct type *type,
                       const struct place_of *place)
{
    static const char *const indices[] = { "i", "j", "k" };
    const struct layout *layout = layout_of(move->compat->layouts, type);
    const struct layout *element = layout_of(move->compat->layouts, type->element);
    const char *index = indices[move->depth % 3];
    struct place_of inner = *place;
    struct node_list body = { 0 };
    node_t node;

    if ( compat_is_same(move->compat, type->element) )
    {
        statement(move, list, "bytes", place->path);
        return;
    }
    node = statement(move, list, "loop", place->path);
    inner.path = arena_format(move->compat->arena, "%s[%s]", place->path, index);
    move->depth++;
    move->loops = move->loops > move->depth ? move->loops : move->depth;
    move_type(move, &body, bare(type->element), &inner);
    move->depth--;
    defs_text(move->compat->header.defs, node, "index", index);
    defs_number(move->compat->header.defs, node, "count",
                element->size ? layout->size / element->size : 0);
    defs_list(move->compat->header.defs, node, "body", &body);
}

static void move_scalar(struct move *move, struct node_list *list, const struct type *type,
                        const struct place_of *place)
{
    struct scalar scalar = compat_scalar(move->compat, type);
    bool is_narrower = scalar.extent.size < layout_of(move->compat->native_layouts, type)->size;

    if ( !scalar.is_handle )
        statement(move, list, move->is_back && is_narrower ? "narrow" : "assign", place->path);
    else if ( !move->is_back )
        statement(move, list, is_narrower ? "handle" : "assign", place->path);
}

static void move_structure(struct move *move, struct node_list *list,
                           const struct aggregate *inner, const struct place_of *place)
{
    const char *tag = inner->decl && inner->decl->kind == DECL_op
                      ? inner->decl->op->aggregate->tag : inner->tag;
    node_t node = statement(move, list, "call", place->path);

    if ( !tag && inner->decl )
        tag = inner->decl->name;
    defs_text(move->compat->header.defs, node, "prefix", move->compat->prefix);
    defs_text(move->compat->header.defs, node, "tag", tag);
}

static void move_type(struct move *move, struct node_list *list, const struct type *type,
                      const struct place_of *place)
{
    const struct aggregate *inner = model_type_aggregate(type);

    if ( type->kind == TYPE_ARRAY )
        move_array(move, list, type, place);
    else if ( !inner )
        move_scalar(move, list, type, place);
    else if ( compat_is_same(move->compat, type) && (type->kind == TYPE_NAMED || inner->tag) )
        statement(move, list, "assign", place->path);
    else if ( compat_is_same(move->compat, type) )
        statement(move, list, "bytes", place->path);
    else if ( type->kind == TYPE_NAMED )
        move_structure(move, list, inner, place);
    else if ( inner->is_union )
        move_union(move, list, inner, place);
    else
        move_members(move, list, inner, place);
}

void move_member(struct move *move, struct node_list *list, const struct member *member,
                 const struct place_of *around, int name)
{
    const char *dot = *around->path ? "." : "";
    struct place_of place = {
        .path = arena_format(move->compat->arena, "%s%s%s", around->path, dot, member->name),
        .plain = arena_format(move->compat->arena, "%s%s%s", around->plain, dot, member->name),
        .around = around, .aggregate = model_type_aggregate(stored(member)),
        .name = name < 0 ? around->name : (unsigned int)name,
    };

    if ( move->is_back && !writes(move, member, place.plain, true) )
        return;
    move_type(move, list, bare(stored(member)), &place);
}

/* Names declared together are counted: each may have a tag of its own. */
void move_members(struct move *move, struct node_list *list, const struct aggregate *aggregate,
                  const struct place_of *place)
{
    const struct layout *layout = layout_of_aggregate(move->compat->layouts, aggregate);

    for ( size_t i = 0; i < layout->slots.count; i++ )
    {
        const struct member *member = layout->slots.at[i].member;
        bool leads = i + 1 < layout->slots.count &&
                     layout->slots.at[i + 1].member->joins_previous;
        int name = leads || member->joins_previous ? 0 : -1;

        for ( size_t j = i; layout->slots.at[j].member->joins_previous; j-- )
            name++;
        if ( compat_native_slot(move->compat, aggregate, member) )
            move_member(move, list, member, place, name);
    }
}

/* ---- the two functions ------------------------------------------------------------------ */

static void plan_way(struct compat *compat, const struct compat_structure *structure,
                     node_t node, bool is_back)
{
    const struct aggregate *root = structure->structure.aggregate;
    struct place_of place = { .path = "", .plain = "", .aggregate = root };
    struct move move = { .compat = compat, .root = root, .is_back = is_back };
    struct layouts *target = is_back ? compat->layouts : compat->native_layouts;
    struct defs *defs = compat->header.defs;
    node_t way = defs_node(defs, is_back ? "put_way" : "get_way");
    struct node_list body = { 0 }, ways = { 0 };

    defs_text(defs, way, "prefix", compat->prefix);
    defs_text(defs, way, "what", root->is_union ? "union" : "struct");
    defs_text(defs, way, "tag", structure->structure.name);
    defs_text(defs, way, "native", compat_native_name(compat, &structure->structure));
    /* A caller's own bytes stay as they were read; what is new has none. */
    if ( compat_has_gaps(target, root) && (!is_back || !structure->is_argument) )
        statement(&move, &body, "clear", "");
    if ( root->is_union )
        move_union(&move, &body, root, &place);
    else
        move_members(&move, &body, root, &place);
    defs_list(defs, way, "body", &body);
    defs_number(defs, way, "loops", move.loops);
    *LIST_ADD(compat->arena, &ways) = way;
    defs_list(defs, node, is_back ? "put" : "get", &ways);
}

void compat_moves(struct compat *compat, const struct compat_structure *structure,
                  node_t node)
{
    if ( structure->is_argument )
        plan_way(compat, structure, node, false);
    if ( compat_is_written(compat, &structure->structure) )
        plan_way(compat, structure, node, true);
}
