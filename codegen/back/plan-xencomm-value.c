/* SPDX-License-Identifier: MIT */
/*
 * Numbers that marshalling looks at: how many a handle counts, and which
 * member of a union counts.
 *
 * Needs checked expressions and tags; gives nodes that the template prints.
 */
#include <string.h>

#include "plan-xencomm.h"

static struct defs *defs_of(const struct marshal *marshal)
{
    return marshal->stub->header.defs;
}

static struct arena *arena_of(const struct marshal *marshal)
{
    return marshal->stub->header.arena;
}

static void set_one(struct marshal *marshal, node_t node, const char *key, node_t one)
{
    struct node_list list = { 0 };

    *LIST_ADD(arena_of(marshal), &list) = one;
    defs_list(defs_of(marshal), node, key, &list);
}

static node_t leaf(struct marshal *marshal, const char *kind, const char *text)
{
    node_t node = defs_node(defs_of(marshal), kind);

    defs_text(defs_of(marshal), node, "text", text);
    return node;
}

/* ---- fields ------------------------------------------------------------------------ */

struct found {
    const struct member *member;        /* NULL: there is no such field */
    const char *path;                   /* from the structure that the function has */
    const char *rest;                   /* behind it, a value of its set; NULL: nothing */
};

/* As much of a.b.c as names members, a being looked for from the inside out. */
static struct found find_field(struct marshal *marshal, const struct place *place,
                               const char *path)
{
    for ( ; place; place = place->around )
    {
        const struct aggregate *aggregate = place->aggregate;
        struct found found = { .path = place->path, .rest = path };

        while ( aggregate && found.rest )
        {
            size_t length = strcspn(found.rest, ".");
            const char *name = arena_copy(arena_of(marshal), found.rest, length);
            const struct member *member = model_find_member(aggregate, name);

            if ( !member )
                break;
            found.member = member;
            found.path = *found.path ? arena_format(arena_of(marshal), "%s.%s", found.path, name)
                                     : name;
            found.rest = found.rest[length] ? found.rest + length + 1 : NULL;
            aggregate = member->type ? model_type_aggregate(member->type) : NULL;
        }
        if ( found.member )
            return found;
    }
    return (struct found){ NULL, path, NULL };
}

/* ---- counts ------------------------------------------------------------------------ */

node_t marshal_number(struct marshal *marshal, const char *text)
{
    return leaf(marshal, "text", text);
}

node_t marshal_argument(struct marshal *marshal, const struct parameter_value *parameter,
                        size_t index)
{
    node_t node = defs_node(defs_of(marshal), "argument");

    plan_type(&marshal->stub->header, node, parameter->type);
    if ( parameter->type->kind == TYPE_BASE && parameter->type->base == BASE_ulong )
        defs_text(defs_of(marshal), node, "is_word", "1");
    defs_number(defs_of(marshal), node, "index", index);
    return node;
}

static node_t count_name(struct marshal *marshal, const char *name, const struct place *place,
                         const struct hypercall *hypercall)
{
    struct found found = find_field(marshal, place, name);

    if ( found.member && !found.rest )
        return leaf(marshal, "member", found.path);
    for ( size_t i = 0; hypercall && i < hypercall->parameters.count; i++ )
        if ( !strcmp(hypercall->parameters.at[i].name, name) )
            return marshal_argument(marshal, &hypercall->parameters.at[i], i);
    if ( text_ends(name, ".bits") )
        return leaf(marshal, "bits_of", arena_copy(arena_of(marshal), name, strlen(name) - 5));
    return leaf(marshal, "text", name);
}

static node_t count(struct marshal *marshal, const struct expression *e,
                    const struct place *place, const struct hypercall *hypercall, bool is_first)
{
    node_t node, left;

    switch ( e->kind )
    {
    case EXPRESSION_NAME:
        node = count_name(marshal, e->text, place, hypercall);
        break;
    case EXPRESSION_BITS:
        node = defs_node(defs_of(marshal), "bits");
        left = count(marshal, e->left, place, hypercall, false);
        set_one(marshal, node, "left", left);
        defs_number(defs_of(marshal), node, "low", e->low);
        if ( e->high >= 0 )
            defs_text(defs_of(marshal), node, "mask", arena_format(arena_of(marshal), "0x%llx",
                      (2ull << (e->high - e->low)) - 1));
        break;
    case EXPRESSION_BINARY:
        node = defs_node(defs_of(marshal), "binary");
        set_one(marshal, node, "left", count(marshal, e->left, place, hypercall, true));
        defs_text(defs_of(marshal), node, "operator", operator_text(e->operator));
        set_one(marshal, node, "right", count(marshal, e->right, place, hypercall, false));
        break;
    default:
        node = marshal_number(marshal, e->text);
        break;
    }
    /* What begins an expression gives it its width. */
    defs_text(defs_of(marshal), node, "is_first", is_first ? "1" : "");
    return node;
}

node_t marshal_count(struct marshal *marshal, const struct expression *expression,
                     const struct place *place, const struct hypercall *hypercall)
{
    return expression ? count(marshal, expression, place, hypercall, false)
                      : marshal_number(marshal, "1");
}

/* ---- tags ---------------------------------------------------------------------------- */

/* Where a union's tag is: a field, and perhaps a bit or a part of it. */
struct tag {
    const char *path;
    const struct decl *set;             /* NULL: a number */
    const struct constant *constant;    /* NULL: the whole field */
};

/* The declaration of a set that a type names, or NULL. */
static const struct decl *set_of(const struct type *type)
{
    while ( type && (type->kind == TYPE_UNCHECKED || type->kind == TYPE_MACHINE) )
        type = type->element;
    return model_type_set(type) ? type->name.decl : NULL;
}

/* Several tags belong to several names, in the same order. */
static struct tag find_tag(struct marshal *marshal, const struct aggregate *aggregate,
                           const struct place *place)
{
    const struct constant *part;
    struct tag tag = { NULL };
    struct found found;
    size_t index = 0;

    for ( const struct place *at = place; at && !index && aggregate->by.count > 1;
          at = at->around )
        index = at->name;
    found = find_field(marshal, place, aggregate->by.at[index].text);
    tag.path = found.path;
    if ( found.member )
        tag.set = set_of(found.member->type);
    if ( found.rest )
        tag.constant = set_find_part(tag.set ? tag.set->set : NULL, found.rest, &part);
    return tag;
}

/* Some bits of the tag's field are a value; a mask of 0 means all of it. */
static node_t test_bits(struct marshal *marshal, const struct tag *tag, uint64_t low,
                        uint64_t mask, const char *value)
{
    node_t node = defs_node(defs_of(marshal), "test");

    defs_text(defs_of(marshal), node, "path", tag->path);
    defs_number(defs_of(marshal), node, "low", low);
    if ( mask )
        defs_text(defs_of(marshal), node, "mask",
                  arena_format(arena_of(marshal), "0x%llx", (unsigned long long)mask));
    defs_text(defs_of(marshal), node, "text", value);
    return node;
}

static node_t test_part(struct marshal *marshal, const struct tag *tag,
                        const struct constant *part, const char *value)
{
    return test_bits(marshal, tag, (uint64_t)part->low,
                     (2ull << (part->high - part->low)) - 1, value);
}

/* The numbers of ops are values of fields that have no set. */
static const char *value_name(struct marshal *marshal, const char *name)
{
    const struct interface *interface = marshal->stub->header.interface;

    LIST_EACH(hypercall, &interface->hypercalls)
        LIST_EACH(op, &(*hypercall)->ops)
            if ( !strcmp((*op)->name, name) )
                return arena_format(arena_of(marshal), "%s%s", (*hypercall)->op_prefix, name);
    return name;
}

/* The whole field is this one name, or has it. */
static node_t test_name(struct marshal *marshal, const struct tag *tag, const char *name)
{
    const struct constant *part;
    const struct constant *constant = set_find_part(tag->set ? tag->set->set : NULL, name, &part);

    if ( part )
        return test_part(marshal, tag, part, constant->text);
    if ( !constant )
        return test_bits(marshal, tag, 0, 0, value_name(marshal, name));
    if ( tag->set->kind == DECL_bits )
        return test_bits(marshal, tag, constant->value, 1, "1");
    return test_bits(marshal, tag, 0, 0,
                     model_constant_name(arena_of(marshal), tag->set->set, constant));
}

/* A bit is 0 or 1, a part has a number or one of its names. */
static node_t test_constant(struct marshal *marshal, const struct tag *tag, const char *value)
{
    const struct constant *constant = tag->constant;

    if ( constant->kind != CONSTANT_FIELD )
        return test_bits(marshal, tag, constant->value, 1, value);
    LIST_EACH(named, &constant->values)
        if ( named->kind == CONSTANT_VALUE && !strcmp(named->name, value) )
            return test_part(marshal, tag, constant, named->text);
    return test_part(marshal, tag, constant, value);
}

/* a.b: both. */
static node_t plan_all(struct marshal *marshal, const struct tag *tag, const char *value)
{
    node_t node = defs_node(defs_of(marshal), "all");
    struct node_list tests = { 0 };

    if ( tag->constant )
        *LIST_ADD(arena_of(marshal), &tests) = test_constant(marshal, tag, value);
    while ( !tag->constant && value )
    {
        size_t length = strcspn(value, ".");

        *LIST_ADD(arena_of(marshal), &tests) =
            test_name(marshal, tag, arena_copy(arena_of(marshal), value, length));
        value = value[length] ? value + length + 1 : NULL;
    }
    defs_list(defs_of(marshal), node, "tests", &tests);
    defs_text(defs_of(marshal), node, "several", tests.count > 1 ? "1" : "");
    return node;
}

bool marshal_when(struct marshal *marshal, node_t node, const struct aggregate *aggregate,
                  const struct member *member, const struct place *place)
{
    struct tag tag = find_tag(marshal, aggregate, place);
    struct node_list any = { 0 };

    LIST_EACH(other, &aggregate->members)
        if ( member->otherwise ? other != member : other == member )
            LIST_EACH(value, &other->when)
                *LIST_ADD(arena_of(marshal), &any) = plan_all(marshal, &tag, value->text);
    defs_list(defs_of(marshal), node, "any", &any);
    defs_text(defs_of(marshal), node, "negated", member->otherwise ? "1" : "");
    return any.count != 0;
}
