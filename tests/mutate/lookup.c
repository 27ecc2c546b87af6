/* SPDX-License-Identifier: MIT */
/* What statements of a description mean: names in C, structures, sets. */
#include <ctype.h>
#include <string.h>

#include "mutate.h"

size_t find_word(const struct statement *statement, size_t from, const char *text)
{
    for ( size_t i = from > statement->first ? from : statement->first; i < statement->last; i++ )
        if ( word_at(statement, i)->kind == 'w' && is(statement, i, text) )
            return i;
    return 0;
}

bool is_strict(const struct statement *statement)
{
    const struct statement *head = statement->file->statements.at[0];

    for ( size_t i = 0; i < head->body.count; i++ )
        if ( is(head->body.at[i], head->body.at[i]->first, "legacy") )
            return false;
    return true;
}

/* ---- structures --------------------------------------------------------- */

struct statement *owner_of(struct statement *member)
{
    struct statement *owner = member->parent;

    while ( owner && (owner->kind == MEMBER || owner->kind == GROUP) )
        owner = owner->parent;
    return owner;
}

static bool has_members(const struct statement *statement)
{
    for ( size_t i = 0; i < statement->body.count; i++ )
        if ( statement->body.at[i]->kind == MEMBER ||
             (statement->body.at[i]->kind == GROUP && has_members(statement->body.at[i])) )
            return true;
    return false;
}

const char *tag_of(const struct statement *owner)
{
    size_t as;

    if ( owner->kind != OP )
        return text_at(owner, owner->name);
    as = find_word(owner, owner->name, "as");
    if ( as )
        return text_at(owner, as + 2);
    if ( !has_members(owner) )
        return NULL;
    for ( size_t i = 0; i < hypercall_of(owner)->body.count; i++ )
    {
        const struct statement *clause = hypercall_of(owner)->body.at[i];

        if ( is(clause, clause->first, "structs") )
            return name("%s%s", text_at(clause, clause->first + 1),
                        text_at(owner, owner->name));
    }
    return NULL;
}

const char *word_before_tag(const struct statement *owner)
{
    return owner->kind == UNION ? "union" : "struct";
}

static void add_paths(struct names *paths, struct statement *member, const char *tail)
{
    struct statement *outer = member->parent;

    while ( outer && outer->kind == GROUP )
        outer = outer->parent;
    if ( !outer || outer->kind != MEMBER )
    {
        *LIST_ADD(arena, paths) = tail;
        return;
    }
    for ( size_t i = outer->name; i < outer->colon; i += 2 )
        add_paths(paths, outer, name("%s . %s", text_at(outer, i), tail));
}

struct names paths_of(struct statement *member, const char *member_name)
{
    struct names paths = { 0 };

    add_paths(&paths, member, member_name);
    return paths;
}

/* ---- hypercalls and ops ------------------------------------------------- */

static const struct statement *clause_of(const struct statement *statement, const char *word)
{
    for ( size_t i = 0; i < statement->body.count; i++ )
        if ( is(statement->body.at[i], statement->body.at[i]->first, word) )
            return statement->body.at[i];
    return NULL;
}

struct statement *hypercall_of(const struct statement *op)
{
    struct statement *last = NULL;

    EACH_STATEMENT(statement, op->file)
    {
        if ( statement == op )
            break;
        if ( statement->kind == HYPERCALL && clause_of(statement, "ops") )
            last = statement;
    }
    if ( !last )
        fatal("%s: op '%s' belongs to no hypercall", op->file->path, text_at(op, op->name));
    return last;
}

const char *op_prefix(const struct statement *hypercall)
{
    const struct statement *ops = clause_of(hypercall, "ops");

    return text_at(ops, ops->first + 1);
}

const char *op_c_name(const struct statement *op)
{
    return name("%s%s", op_prefix(hypercall_of(op)), text_at(op, op->name));
}

const char *op_stub_name(const struct statement *op)
{
    const struct statement *hypercall = hypercall_of(op);
    const char *text = text_at(hypercall, hypercall->name);
    int length = (int)strlen(text);

    if ( text_ends(text, "_op") )
        length -= 3;
    return name("hc_%.*s_%s", length, text, text_at(op, op->name));
}

/* ---- sets --------------------------------------------------------------- */

struct statement *set_of(struct statement *value)
{
    while ( value->kind == VALUE || value->kind == REMOVED_VALUE || value->kind == MACRO )
        value = value->parent;
    return value;
}

/* The text behind 'as', quoted or not; NULL: there is none. */
static const struct word *as_of(const struct statement *statement)
{
    size_t as = find_word(statement, statement->name + 1, "as");

    return as ? word_at(statement, as + 1) : NULL;
}

/* How much of "GNTST_* ($n)" is before the star; 0: it has no such part. */
static size_t prefix_length(const struct word *as)
{
    size_t length = 0;

    while ( isalnum((unsigned char)as->text[length]) || as->text[length] == '_' )
        length++;
    return as->kind == 'w' ? length : as->text[length] == '*' ? length : 0;
}

const char *set_prefix(const struct statement *set)
{
    const struct word *as = as_of(set);
    size_t length = as ? prefix_length(as) : 0;

    return length ? intern(as->text, length) : name("%s_", text_at(set, set->name));
}

const char *value_c_name(struct statement *value)
{
    return name("%s%s", set_prefix(set_of(value)), text_at(value, value->name));
}

static const char *own_pattern(const struct statement *statement)
{
    const struct word *as = as_of(statement);
    size_t length;

    if ( !as || as->kind != 's' )
        return NULL;
    length = prefix_length(as);
    if ( length )
        length++;
    while ( as->text[length] == ' ' )
        length++;
    return as->text[length] ? as->text + length : NULL;
}

const char *value_pattern(struct statement *value)
{
    struct statement *set = set_of(value);
    bool is_part = value->parent->kind == VALUE;
    const char *pattern = NULL;

    for ( struct statement *at = value; !pattern; at = at->parent )
    {
        pattern = own_pattern(at);
        if ( at == set )
            break;
    }
    if ( pattern )
        return pattern;
    if ( set->kind != BITS )
    {
        pattern = set->kind == STATUS ? flavour_spelling("status") : NULL;
        return pattern ? pattern : "$n";
    }
    if ( text_starts(text_at(set, set->colon + 1), "u64") )
        return flavour_spelling(is_part ? "field64" : "bit64");
    return flavour_spelling(is_part ? "field" : "bit");
}

const char *spell(const char *pattern, const char *c_name, const char *number,
                  const char *value)
{
    struct text text = { .arena = arena };

    for ( ; *pattern; pattern++ )
    {
        if ( *pattern != '$' || !pattern[1] || !strchr("Nnv", pattern[1]) )
        {
            text_add_bytes(&text, pattern, 1);
            continue;
        }
        pattern++;
        text_add(&text, *pattern == 'N' ? c_name : *pattern == 'n' ? number : value);
    }
    return text_string(&text);
}

const char *value_spelled(struct statement *value, const char *number)
{
    const struct statement *part = value->parent;
    const char *low = number;

    /* h..l = of the part: l is what $n says. */
    if ( part->kind == VALUE )
        low = text_at(part, part->equals + 3);
    return spell(value_pattern(value), value_c_name(value), low, number);
}

/* key: "text" of the flavour, which is the one there is. */
const char *flavour_spelling(const char *key)
{
    static const char *flavour;
    const char *at, *end;

    if ( !flavour )
        flavour = file_bytes(name("%s/flavour/xen-4.17.yaml", folder), NULL);
    if ( !flavour )
        fatal("no flavour xen-4.17.yaml");
    at = strstr(flavour, name("\n  %s:", key));
    if ( !at )
        return NULL;
    at = strchr(at, '"');
    end = at ? strchr(at + 1, '"') : NULL;
    return end ? intern(at + 1, (size_t)(end - at) - 1) : NULL;
}
