/* SPDX-License-Identifier: MIT */
/* Members of structures: which declarations are one member, and the how-manieth. */
#include <string.h>

#include "names.h"

static const char *first_path(struct statement *member, size_t word)
{
    return paths_of(member, text_at(member, word)).at[0];
}

static const char *lengths_of(const struct statement *member)
{
    size_t at = unwrapped(member, member->colon + 1), end = type_end(member, member->colon + 1);
    struct text text = { .arena = arena };

    if ( is(member, at, "handle") || is(member, at, "handle64") )
        return "";
    for ( ; at < end && !is(member, at, "["); )
        at++;
    for ( ; at < end; at++ )
        text_add(&text, text_at(member, at));
    return text_string(&text);
}

static bool same_in_c(const struct statement *a, const struct statement *b)
{
    const char *x, *y;

    if ( is(a, a->last, "{") || is(b, b->last, "{") )
        return false;
    x = member_c_type(a);
    y = member_c_type(b);
    return x && y && !strcmp(x, y) && !strcmp(lengths_of(a), lengths_of(b));
}

struct twins twins_of(struct statement *owner, struct statement *member, size_t word)
{
    struct twins twins = { 0 };
    const char *path = first_path(member, word);
    const struct statement *last = NULL;

    EACH_STATEMENT(other_member, owner->file)
    {
        if ( other_member->kind != MEMBER || owner_of(other_member) != owner )
            continue;
        for ( size_t i = other_member->name; i < other_member->colon; i += 2 )
        {
            bool is_twin;

            if ( !is(other_member, i, text_at(member, word)) )
                continue;
            is_twin = !strcmp(first_path(other_member, i), path);
            if ( is_twin )
            {
                *LIST_ADD(arena, &twins) = (struct reference){ other_member, i };
                twins.is_one |= last && same_in_c(last, other_member);
                last = other_member;
            }
            /* In C a name stands behind its body. */
            else if ( other_member->end < member->end )
                twins.nth++;
        }
    }
    return twins;
}

size_t members_named(struct statement *owner, const char *member_name)
{
    struct names paths = { 0 };

    EACH_STATEMENT(member, owner->file)
    {
        if ( member->kind != MEMBER || owner_of(member) != owner )
            continue;
        for ( size_t i = member->name; i < member->colon; i += 2 )
        {
            bool known = !is(member, i, member_name);

            for ( size_t j = 0; j < paths.count; j++ )
                known |= !strcmp(paths.at[j], first_path(member, i));
            if ( !known )
                *LIST_ADD(arena, &paths) = first_path(member, i);
        }
    }
    return paths.count;
}

bool is_emitted(struct statement *owner)
{
    return owner && owner->kind != EXTERN && tag_of(owner);
}
