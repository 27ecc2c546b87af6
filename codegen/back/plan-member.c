/* SPDX-License-Identifier: MIT */
/* What stands between the braces of a structure or union. */
#include <string.h>

#include "plan-header.h"

/* What a line with its remark may hold, and what of it a handle's type takes. */
#define LINE_WIDTH   70
#define TYPE_WIDTH   16
#define HANDLE_WIDTH 36

static void plan_declarator(struct header *header, struct node_list *list,
                            const struct member *member)
{
    node_t node = defs_node(header->defs, "declarator");

    defs_text(header->defs, node, "name", member->name);
    plan_lengths(header, node, member->type);
    *LIST_ADD(header->arena, list) = node;
}

static const struct aggregate *inline_aggregate(const struct type *type)
{
    while ( type->kind == TYPE_ARRAY )
        type = type->element;
    return type->kind == TYPE_AGGREGATE ? type->aggregate : NULL;
}

/* Documentation goes behind its member where the line has room, else above it. */
static void member_doc(struct header *header, node_t node, const struct member *member,
                       const char *doc)
{
    size_t width = member->type->kind == TYPE_HANDLE ? HANDLE_WIDTH : TYPE_WIDTH;

    if ( doc && width + strlen(member->name) + strlen(doc) <= LINE_WIDTH &&
         !strchr(doc, '\n') )
        defs_text(header->defs, node, "remark", doc);
    else
        header_doc(header, node, "doc", doc);
}

/* The member at *index, and those declared together with it. */
static void plan_member(struct body *body, const struct aggregate *aggregate, size_t *index,
                        const struct condition_list *conditions, const char *doc)
{
    struct header *header = body->header;
    const struct member *member = &aggregate->members.at[*index];
    const struct aggregate *inner = inline_aggregate(member->type);
    node_t node = body_add(body, inner ? "nested" : "field", conditions);
    struct node_list declarators = { 0 };

    member_doc(header, node, member, doc);
    if ( inner )
    {
        struct body inside = { .header = header };

        defs_text(header->defs, node, "what", inner->is_union ? "union" : "struct");
        defs_text(header->defs, node, "tag", inner->tag);
        plan_members(&inside, inner, false);
        body_end(&inside, node, "members");
    }
    else
        plan_type(header, node, member->stored_as ? member->stored_as : member->type);
    plan_declarator(header, &declarators, member);
    while ( *index + 1 < aggregate->members.count &&
            aggregate->members.at[*index + 1].joins_previous )
        plan_declarator(header, &declarators, &aggregate->members.at[++*index]);
    defs_list(header->defs, node, "declarators", &declarators);
}

/* Neighbours that exclude each other and look the same in C come out once. */
static bool is_same_as_next(const struct aggregate *aggregate, size_t index)
{
    const struct member *a = &aggregate->members.at[index], *b = a + 1;
    size_t last = a->conditions.count - 1;

    return index + 1 < aggregate->members.count && a->name && b->name && a->type &&
           b->type && a->conditions.count && a->conditions.count == b->conditions.count &&
           !strcmp(a->name, b->name) &&
           conditions_complement(&a->conditions.at[last], &b->conditions.at[last]) &&
           plan_same_type(a->type, b->type);
}

static const char *both_docs(struct header *header, const char *one, const char *other)
{
    if ( !one || !other || !strcmp(one, other) )
        return one ? one : other;
    return arena_format(header->arena, "%s\n%s", one, other);
}

static bool is_direction_change(const struct member *member, enum direction before)
{
    return member->direction != DIRECTION_NONE && member->direction != before;
}

static void plan_direction(struct body *body, const struct member *member,
                           const struct condition_list *conditions)
{
    node_t node = body_add(body, "direction", conditions);

    defs_text(body->header->defs, node, "text", direction_text(member->direction));
}

void plan_members(struct body *body, const struct aggregate *aggregate, bool with_directions)
{
    enum direction before = DIRECTION_NONE;
    bool seen = false;

    for ( size_t i = 0; i < aggregate->members.count; i++ )
    {
        const struct member *member = &aggregate->members.at[i];
        struct condition_list conditions = member->conditions;
        const char *doc = member->doc;

        if ( member->decl )
        {
            /* What leads came out before the structure. */
            if ( seen && member->decl->kind != DECL_struct )
                plan_simple(body, member->decl, &member->decl->conditions);
            continue;
        }
        if ( !member->type )
            continue;
        seen = true;
        if ( is_same_as_next(aggregate, i) )
        {
            i++;
            conditions.count--;
            doc = both_docs(body->header, doc, aggregate->members.at[i].doc);
        }
        if ( with_directions && is_direction_change(member, before) )
            plan_direction(body, member, &conditions);
        before = member->direction;
        plan_member(body, aggregate, &i, &conditions, doc);
    }
}

void plan_leading(struct body *body, const struct aggregate *aggregate,
                  const struct condition_list *conditions)
{
    bool leading = true;

    if ( !aggregate )
        return;
    LIST_EACH(member, &aggregate->members)
    {
        struct condition_list all;

        leading &= !member->type;
        if ( !member->decl || (!leading && member->decl->kind != DECL_struct) )
            continue;
        all = header_join(body->header, conditions, &member->decl->conditions);
        if ( member->decl->kind == DECL_struct )
            plan_structure(body, member->decl, member->decl->aggregate,
                           member->decl->form, &all, true);
        else
            plan_simple(body, member->decl, &all);
    }
}
