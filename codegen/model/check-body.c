/* SPDX-License-Identifier: MIT */
/*
 * What a path means in a body: a member of it, of a body around it, or an
 * argument; and behind that members of members, and values of sets.
 */
#include <string.h>

#include "checks.h"

static enum direction direction_of(const struct body *body, enum direction own)
{
    enum direction direction = own;

    for ( ; body; body = body->parent )
        if ( body->member && body->member->direction )
            direction = direction ? direction & body->member->direction
                                  : body->member->direction;
    return direction;
}

static const struct member *member_named(const struct aggregate *aggregate,
                                         const char *name)
{
    LIST_EACH(member, &aggregate->members)
        if ( member->name && !strcmp(member->name, name) )
            return member;
    return NULL;
}

/* What follows the first part of a path. */
static void look_behind(struct checker *checker, struct place *place, const char *rest)
{
    while ( rest )
    {
        size_t length = strcspn(rest, ".");
        const char *name = arena_copy(checker->arena, rest, length);
        const struct aggregate *inside = model_type_aggregate(place->type);
        const struct member *member = inside ? member_named(inside, name) : NULL;
        const struct set *set = model_type_set(place->type);

        rest = rest[length] ? rest + length + 1 : NULL;
        if ( member )
        {
            place->type = member->type;
            place->where = member->where;
            continue;
        }
        place->constant = set_find(set, name);
        if ( !place->constant || rest )
            *place = (struct place){ .near = set ? set_nearest(checker, set, name) : NULL };
        return;
    }
}

static const struct parameter_value *argument_named(const struct parameter_values *list,
                                                    const char *name)
{
    LIST_EACH(parameter, list)
        if ( !strcmp(parameter->name, name) )
            return parameter;
    return NULL;
}

static struct place argument_find(const struct decl *decl, const char *name)
{
    const struct hypercall *hypercall = decl->op ? decl->op->hypercall : decl->hypercall;
    const struct parameter_value *argument =
        decl->op ? argument_named(&decl->op->parameters, name) : NULL;

    if ( !argument && hypercall )
        argument = argument_named(&hypercall->parameters, name);
    if ( !argument )
        return (struct place){ 0 };
    return (struct place){ .type = argument->type, .where = argument->where,
                           .direction = argument->direction };
}

static const char *nearest_member(struct checker *checker, const struct body *body,
                                  const char *name)
{
    struct map names = { .arena = checker->arena };

    for ( ; body; body = body->parent )
        LIST_EACH(member, &body->aggregate->members)
            if ( member->name )
                map_add(&names, member->name, member);
    return map_nearest(&names, name);
}

struct place body_find(struct checker *checker, const struct decl *decl,
                       const struct body *body, const char *path)
{
    size_t length = strcspn(path, ".[");
    const char *name = arena_copy(checker->arena, path, length);
    const char *rest = path[length] == '.' ? path + length + 1 : NULL;
    struct place place = { 0 };

    for ( const struct body *at = body; at && !place.type; at = at->parent )
    {
        const struct member *member = member_named(at->aggregate, name);

        if ( member )
            place = (struct place){ .type = member->type, .where = member->where,
                                    .direction = direction_of(at, member->direction) };
    }
    if ( !place.type )
        place = argument_find(decl, name);
    if ( place.type )
        look_behind(checker, &place, rest);
    else
        place.near = nearest_member(checker, body, name);
    return place;
}
