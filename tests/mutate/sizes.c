/* SPDX-License-Identifier: MIT */
/* Strict structures need no more than this: fixed widths, one after the other. */
#include <string.h>

#include "names.h"
#include "sizes.h"

static int size_of_type(const char *type)
{
    static const struct { const char *type; int size; } sizes[] = {
        { "u8", 1 }, { "s8", 1 }, { "char", 1 }, { "u16", 2 }, { "s16", 2 }, { "u32", 4 },
        { "s32", 4 }, { "u64", 8 }, { "s64", 8 }, { "u64_aligned", 8 }, { "handle64", 8 },
    };
    const struct statement *set = find_set(type);

    for ( size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++ )
        if ( !strcmp(sizes[i].type, type) )
            return sizes[i].size;
    if ( set && set->colon )
        return size_of_type(text_at(set, set->colon + 1));
    EACH_FILE(file)
        EACH_STATEMENT(statement, *file)
            if ( statement->kind == TYPE && is(statement, statement->name, type) )
                return size_of_type(text_at(statement, statement->colon + 1));
    return 0;
}

bool sizes_fit(struct statement *owner, const struct statement *changed, const char *type)
{
    int offset = 0;

    EACH_STATEMENT(member, owner->file)
    {
        size_t at;
        int size;

        if ( member->kind != MEMBER || owner_of(member) != owner )
            continue;
        at = unwrapped(member, member->colon + 1);
        size = size_of_type(member == changed ? type : text_at(member, at));
        if ( !size )
            fatal("%s: '%s' in a strict structure has no size that is known here",
                  member->file->path, text_at(member, at));
        for ( size_t i = member->name; i < member->colon; i += 2 )
        {
            if ( offset % size )
                return false;
            offset += size;
        }
    }
    return offset % 8 == 0;
}

/* ---- what is in what ---------------------------------------------------- */

static bool has_tag(const struct names *tags, const char *tag)
{
    for ( size_t i = 0; i < tags->count; i++ )
        if ( !strcmp(tags->at[i], tag) )
            return true;
    return false;
}

static void add_tag(struct names *tags, const char *tag)
{
    if ( !tag || has_tag(tags, tag) )
        return;
    *LIST_ADD(arena, tags) = tag;
    EACH_FILE(file)
        EACH_STATEMENT(member, *file)
            if ( member->kind == MEMBER && !is(member, member->last, "{") &&
                 holds_structure(member, tag) )
                sizes_affected(tags, member);
}

void sizes_affected(struct names *tags, struct statement *member)
{
    for ( struct statement *at = member->parent; at; at = at->parent )
    {
        size_t type = at->colon + 1;

        /* A structure with a tag of its own, written out in place. */
        if ( at->kind == MEMBER && !is(at, type + 1, "{") && !is(at, type + 1, "by") )
            add_tag(tags, text_at(at, type + 1));
        else if ( at->kind == STRUCT || at->kind == UNION || at->kind == TYPEDEF_STRUCT ||
                  at->kind == OP )
        {
            add_tag(tags, tag_of(at));
            return;
        }
    }
}
