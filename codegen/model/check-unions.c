/* SPDX-License-Identifier: MIT */
/* [union-tag]: which member of a union counts is always clear. */
#include <string.h>

#include "checks.h"

struct tag {
    const struct body *body;            /* the union */
    const struct reference *name;       /* one of those behind 'by' */
    struct place place;
    const struct set *set;              /* its values have names; NULL: a number */
    struct map picked;                  /* value -> struct member */
    const struct member *otherwise;
};

/* Names that share the union through the declaration of something around it. */
static size_t names_sharing(const struct body *body)
{
    for ( ; body && body->parent; body = body->parent )
    {
        const struct member_list *members = &body->parent->aggregate->members;
        const struct member *end = members->at + members->count;
        size_t count = 1;

        for ( const struct member *member = body->member + 1;
              member < end && member->joins_previous; member++ )
            count++;
        if ( count > 1 )
            return count;
    }
    return 1;
}

static void check_tag_count(struct checker *checker, const struct body *body)
{
    size_t tags = body->aggregate->by.count, names = names_sharing(body);

    if ( tags > 1 && tags != names )
        check_error(checker, body->aggregate->by.at[1].where,
                    "%zu tags for %zu name%s: there is one tag for all, or one for each",
                    tags, names, names == 1 ? "" : "s");
}

/* Where 'by' begins to look: around the union, or in it if nothing is around. */
static const struct body *looks_from(const struct body *body)
{
    return body->parent ? body->parent : body;
}

static bool find_tag(struct checker *checker, struct tag *tag)
{
    const struct place *place = &tag->place;

    tag->place = body_find(checker, tag->body->decl, looks_from(tag->body),
                           tag->name->text);
    if ( !place->type )
        check_error(checker, tag->name->where,
                    place->near ? "'%s' names no field in reach; did you mean '%s'?"
                                : "'%s' names no field in reach",
                    tag->name->text, place->near);
    else if ( place->direction == DIRECTION_OUT )
    {
        check_error(checker, tag->name->where,
                    "a tag is read, and '%s' is an out field", tag->name->text);
        check_note(checker, place->where, "'%s' is here", tag->name->text);
    }
    else if ( !place->constant && !type_is_integer(place->type) )
    {
        check_error(checker, tag->name->where, "a tag has a number, and '%s' has none",
                    tag->name->text);
        check_note(checker, place->where, "'%s' is here", tag->name->text);
    }
    else
    {
        const struct type *plain = type_plain(place->type);

        tag->set = plain->kind == TYPE_NAMED && plain->name.decl ? plain->name.decl->set
                                                                 : NULL;
        return true;
    }
    return false;
}

/* ---- values -------------------------------------------------------------- */

static bool is_number(const char *text)
{
    return strchr("0123456789-~", *text) != NULL;
}

static bool part_has_value(const struct constant *part, const char *name)
{
    LIST_EACH(value, &part->values)
        if ( value->kind == CONSTANT_VALUE && !strcmp(value->name, name) )
            return true;
    return false;
}

/* The ops of a hypercall of this file are numbers too. */
static bool is_op(const struct interface *interface, const char *name)
{
    for ( size_t i = 0; i < interface->hypercalls.count; i++ )
        for ( size_t j = 0; j < interface->hypercalls.at[i]->ops.count; j++ )
            if ( !strcmp(interface->hypercalls.at[i]->ops.at[j]->name, name) )
                return true;
    return false;
}

static bool set_has_number(const struct set *set, const char *text)
{
    LIST_EACH(constant, &set->constants)
        if ( constant->kind == CONSTANT_VALUE && !strcmp(constant->text, text) )
            return true;
    return false;
}

/* a.b: all of these values and bits of a set. */
static bool set_has_all(struct checker *checker, const struct set *set, const char *names)
{
    while ( names )
    {
        size_t length = strcspn(names, ".");
        const struct constant *constant =
            set_find(set, arena_copy(checker->arena, names, length));

        if ( !constant || constant->kind == CONSTANT_REMOVED )
            return false;
        names = names[length] ? names + length + 1 : NULL;
    }
    return true;
}

static bool can_be(struct checker *checker, const struct tag *tag, const char *value)
{
    const struct constant *constant = tag->place.constant;

    if ( constant && constant->kind == CONSTANT_FIELD )
        return is_number(value) || part_has_value(constant, value);
    if ( constant )
        return !strcmp(value, "0") || !strcmp(value, "1");
    if ( tag->set )
        return is_number(value) ? set_has_number(tag->set, value)
                                : set_has_all(checker, tag->set, value);
    return is_number(value) || is_op(tag->body->decl->interface, value) ||
           map_find(&checker->model->macros, value);
}

static void say_no_value(struct checker *checker, const struct tag *tag,
                         const struct reference *value)
{
    const struct constant *constant = tag->place.constant;
    const char *near = tag->set && !constant
                       ? set_nearest(checker, tag->set, value->text) : NULL;

    if ( near )
        check_error(checker, value->where, "'%s' is no value of '%s'; did you mean '%s'?",
                    value->text, tag->name->text, near);
    else
        check_error(checker, value->where, "'%s' is no value of '%s'", value->text,
                    tag->name->text);
    if ( constant && constant->kind != CONSTANT_FIELD )
        check_help(checker, value->where, "a bit is 0 or 1");
    else
        check_note(checker, tag->place.where, "'%s' is here", tag->name->text);
}

static void pick(struct checker *checker, struct tag *tag, const struct member *member,
                 const struct reference *value)
{
    const struct member *first = map_find(&tag->picked, value->text);

    map_add(&tag->picked, value->text, (void *)member);
    if ( !first || conditions_disjoint(&first->conditions, &member->conditions) )
        return;
    check_error(checker, value->where, first == member
                ? "'%s' stands here twice" : "'%s' picks '%s' already", value->text,
                first->name);
    check_note(checker, first->where, "'%s' is here", first->name);
}

static void check_member(struct checker *checker, struct tag *tag,
                         const struct member *member)
{
    LIST_EACH(value, &member->when)
    {
        if ( can_be(checker, tag, value->text) )
            pick(checker, tag, member, value);
        else
            say_no_value(checker, tag, value);
    }
    if ( !member->otherwise )
        return;
    if ( tag->otherwise && !conditions_disjoint(&tag->otherwise->conditions,
                                                &member->conditions) )
    {
        check_error(checker, member->where, "two members are for all other values");
        check_note(checker, tag->otherwise->where, "the first is here");
    }
    tag->otherwise = member;
}

/* ---- strict: nothing is left open ---------------------------------------- */

static void say_missing(struct checker *checker, const struct tag *tag, const char *value)
{
    check_error(checker, tag->body->aggregate->where,
                "no member is for value '%s' of '%s', and none is 'otherwise'", value,
                tag->name->text);
    check_help(checker, tag->body->aggregate->where,
               "add one 'when %s', or let one be 'otherwise'", value);
}

static const char *missing_of(struct checker *checker, const struct tag *tag)
{
    const struct constant *constant = tag->place.constant;

    if ( constant && constant->kind != CONSTANT_FIELD )
        return !map_find(&tag->picked, "0") ? "0"
               : !map_find(&tag->picked, "1") ? "1" : NULL;
    if ( constant )
    {
        LIST_EACH(value, &constant->values)
            if ( value->kind == CONSTANT_VALUE && !map_find(&tag->picked, value->name) )
                return value->name;
        return constant->values.count ? NULL : "0";
    }
    if ( !tag->set )
        return "0";
    LIST_EACH(value, &tag->set->constants)
        if ( value->kind == CONSTANT_VALUE && !map_find(&tag->picked, value->name) &&
             !map_find(&tag->picked, value->text) )
            return value->name;
    (void)checker;
    return NULL;
}

static void check_strict(struct checker *checker, const struct tag *tag)
{
    const char *missing;

    LIST_EACH(member, &tag->body->aggregate->members)
        if ( member->name && !member->when.count && !member->otherwise )
        {
            check_error(checker, member->where, "nothing says when '%s' counts",
                        member->name);
            check_help(checker, member->where, "write 'when VALUE' or 'otherwise'");
        }
    missing = tag->otherwise ? NULL : missing_of(checker, tag);
    if ( missing )
        say_missing(checker, tag, missing);
}

static void check_untagged(struct checker *checker, const struct body *body)
{
    if ( !body->decl->is_legacy )
    {
        check_error(checker, body->aggregate->where, "nothing says which member counts");
        check_help(checker, body->aggregate->where, "name the field that does: union by "
                   "FIELD");
    }
    LIST_EACH(member, &body->aggregate->members)
        if ( member->when.count )
            check_error(checker, member->when.at[0].where,
                        "'when' needs a tag, and the union has no 'by'");
}

void check_union(struct checker *checker, const struct body *body)
{
    if ( !body->aggregate->is_union )
        return;
    if ( !body->aggregate->by.count )
        check_untagged(checker, body);
    check_tag_count(checker, body);
    LIST_EACH(name, &body->aggregate->by)
    {
        struct tag tag = { .body = body, .name = name, .picked.arena = checker->arena };

        if ( !find_tag(checker, &tag) )
            continue;
        /* Each of several tags gives the same values: said once. */
        if ( name != body->aggregate->by.at )
            continue;
        LIST_EACH(member, &body->aggregate->members)
            if ( member->name )
                check_member(checker, &tag, member);
        if ( !body->decl->is_legacy )
            check_strict(checker, &tag);
    }
}
