/* SPDX-License-Identifier: MIT */
/*
 * Unions whose members have other widths: the tag picks the one that is moved.
 *
 * Needs a checked model: every tag is a field in reach.  Gives a chain of
 * conditions, each a list of alternatives, each a list of tests.
 */
#include <string.h>

#include "plan-compat-move.h"

/* A tag: a field, or a bit of one. */
struct tag {
    const char *path;                   /* of the field, in C */
    const struct set *set;              /* its values have names; NULL: numbers */
    const struct constant *bit;         /* NULL: the whole field */
    bool is_bits;
};

static const struct member *own_member(const struct aggregate *aggregate, const char *name)
{
    size_t length = strcspn(name, ".");

    LIST_EACH(member, &aggregate->members)
        if ( member->type && member->name && !strncmp(member->name, name, length) &&
             !member->name[length] )
            return member;
    return NULL;
}

static const struct constant *set_constant(const struct set *set, const char *name,
                                           size_t length, const struct constant **part)
{
    *part = NULL;
    LIST_EACH(constant, &set->constants)
    {
        if ( constant->kind != CONSTANT_MACRO && !strncmp(constant->name, name, length) &&
             !constant->name[length] )
            return constant;
        LIST_EACH(value, &constant->values)
            if ( value->kind == CONSTANT_VALUE && !strncmp(value->name, name, length) &&
                 !value->name[length] )
            {
                *part = constant;
                return value;
            }
    }
    return NULL;
}

static bool is_bits(const struct type *type)
{
    while ( type->kind == TYPE_UNCHECKED || type->kind == TYPE_MACHINE ||
            type->kind == TYPE_RESERVED )
        type = type->element;
    return type->kind == TYPE_NAMED && type->name.decl && type->name.decl->kind == DECL_bits;
}

/* 'by' looks outwards: the structure around the union, what is around that, ... */
static struct tag find_tag(struct move *move, const char *name, const struct place_of *place)
{
    const struct constant *part;
    const struct member *member = NULL;
    const struct place_of *around = place->around ? place->around : place;
    struct tag tag = { 0 };

    while ( around && (!around->aggregate || !(member = own_member(around->aggregate, name))) )
        around = around->around;
    if ( !member )
        return tag;
    tag.path = around->path;
    for ( ;; )
    {
        tag.path = arena_format(move->compat->arena, *tag.path ? "%s.%s" : "%s%s", tag.path,
                                member->name);
        name += strcspn(name, ".");
        name += *name == '.';
        if ( !*name || !model_type_aggregate(member->type) )
            break;
        member = own_member(model_type_aggregate(member->type), name);
        if ( !member )
            return tag;
    }
    tag.set = model_type_set(member->type);
    tag.is_bits = is_bits(member->type);
    if ( *name && tag.set )
        tag.bit = set_constant(tag.set, name, strlen(name), &part);
    return tag;
}

/* ---- conditions ------------------------------------------------------------------------ */

static node_t new_test(struct move *move, struct node_list *list, const char *kind,
                       const struct tag *tag)
{
    node_t node = defs_node(move->compat->header.defs, kind);

    defs_text(move->compat->header.defs, node, "path", tag->path);
    *LIST_ADD(move->compat->arena, list) = node;
    return node;
}

static void test_name(struct move *move, struct node_list *list, const struct tag *tag,
                      const char *name, size_t length)
{
    struct defs *defs = move->compat->header.defs;
    struct arena *arena = move->compat->arena;
    const struct constant *part, *constant = NULL;
    node_t node;

    if ( tag->set )
        constant = set_constant(tag->set, name, length, &part);
    if ( !constant )
        defs_text(defs, new_test(move, list, "test_equal", tag), "value",
                  arena_copy(arena, name, length));
    else if ( !tag->is_bits )
        defs_text(defs, new_test(move, list, "test_equal", tag), "value",
                  model_constant_name(arena, tag->set, constant));
    else if ( !part )
        defs_text(defs, new_test(move, list, "test_bit", tag), "value",
                  model_constant_name(arena, tag->set, constant));
    else
    {
        node = new_test(move, list, "test_part", tag);
        defs_number(defs, node, "low", (uint64_t)part->low);
        defs_number(defs, node, "mask", ((uint64_t)2 << (part->high - part->low)) - 1);
        defs_number(defs, node, "value", constant->value);
    }
}

/* a.b: all of them. */
static void test_value(struct move *move, struct node_list *list, const struct tag *tag,
                       const char *value)
{
    struct defs *defs = move->compat->header.defs;
    struct node_list tests = { 0 };
    node_t node = defs_node(defs, "all");

    if ( tag->bit )
        defs_text(defs, new_test(move, &tests, strcmp(value, "0") ? "test_bit" : "test_no_bit",
                                 tag), "value",
                  model_constant_name(move->compat->arena, tag->set, tag->bit));
    else
        for ( ; *value; value += strcspn(value, "."), value += *value == '.' )
            test_name(move, &tests, tag, value, strcspn(value, "."));
    defs_list(defs, node, "tests", &tests);
    *LIST_ADD(move->compat->arena, list) = node;
}

/* ---- arms -------------------------------------------------------------------------------- */

/* One of which nothing is moved stands there only to keep others out. */
static void move_arm(struct move *move, struct node_list *arms, const struct tag *tag,
                     const struct member *member, const struct place_of *place,
                     bool keeps_out)
{
    struct defs *defs = move->compat->header.defs;
    struct node_list body = { 0 }, alternatives = { 0 };
    unsigned int compounds = move->compounds;
    node_t arm;

    move_member(move, &body, member, place, -1);
    if ( !body.count && !keeps_out )
        return;
    arm = defs_node(defs, "arm");
    /* Of a bit the second value is the other one. */
    for ( size_t i = 0; !member->otherwise && !(tag->bit && arms->count) &&
                        i < member->when.count; i++ )
        test_value(move, &alternatives, tag, member->when.at[i].text);
    defs_text(defs, arm, "word", arms->count ? "else" : "");
    defs_text(defs, arm, "several", member->when.count > 1 ? "1" : "");
    defs_text(defs, arm, "braces",
              body.count > 1 || move->compounds != compounds ? "1" : "");
    defs_list(defs, arm, "alternatives", &alternatives);
    defs_list(defs, arm, "body", &body);
    *LIST_ADD(move->compat->arena, arms) = arm;
}

void move_union(struct move *move, struct node_list *list, const struct aggregate *aggregate,
                const struct place_of *place)
{
    const struct layout *layout = layout_of_aggregate(move->compat->layouts, aggregate);
    struct defs *defs = move->compat->header.defs;
    const struct member *rest = NULL;
    struct node_list arms = { 0 };
    struct tag tag;
    node_t node;

    if ( !layout->slots.count )
        return;
    if ( !aggregate->by.count )
    {
        move_member(move, list, layout->slots.at[0].member, place, -1);
        return;
    }
    tag = find_tag(move, aggregate->by.at[aggregate->by.count > 1 ? place->name : 0].text,
                   place);
    LIST_EACH(slot, &layout->slots)
        if ( slot->member->otherwise )
            rest = slot->member;
    LIST_EACH(slot, &layout->slots)
        if ( slot->member->when.count )
            move_arm(move, &arms, &tag, slot->member, place, rest != NULL);
    if ( rest )
        move_arm(move, &arms, &tag, rest, place, false);
    if ( !arms.count )
        return;
    move->compounds++;
    node = defs_node(defs, "choice");
    defs_list(defs, node, "arms", &arms);
    *LIST_ADD(move->compat->arena, list) = node;
}
