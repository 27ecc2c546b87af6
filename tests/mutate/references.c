/* SPDX-License-Identifier: MIT */
/*
 * Where a description names a member of a structure: in clauses, lengths, tags
 * of unions, lines of direction, aliases.
 */
#include <string.h>

#include "names.h"

/* ---- which words are paths ---------------------------------------------- */

static bool is_tail(const struct statement *statement, size_t word)
{
    static const char *const tails[] = {
        "when", "otherwise", "since", "before", "for", "except", "as",
    };

    for ( size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++ )
        if ( is(statement, word, tails[i]) )
            return true;
    return false;
}

/* In a length, or behind 'by'. */
static bool stands_in_member(const struct statement *statement, size_t word)
{
    size_t from = statement->kind == MEMBER ? statement->colon : statement->name;
    int depth = 0;
    bool by = false;

    if ( word < from )
        return false;
    for ( size_t i = from; i < word; i++ )
    {
        depth += is(statement, i, "[");
        depth -= is(statement, i, "]");
        by |= is(statement, i, "by");
        by &= !is_tail(statement, i);
    }
    return depth > 0 || (by && !is_tail(statement, word));
}

static bool stands_in_clause(const struct statement *statement, size_t word)
{
    size_t first = statement->first;

    if ( word == first || is(statement, first, "error") || is(statement, first, "only") ||
         is(statement, first, "legacy") || is(statement, first, "stub") ||
         is(statement, first, "structs") || is(statement, first, "ops") )
        return false;
    if ( is(statement, first, "xsm") && (word == first + 1 || is(statement, word - 1, "(")) )
        return false;
    return !is(statement, word - 1, "else") && !(statement->colon && word > statement->colon);
}

static bool is_path(const struct statement *statement, size_t word)
{
    if ( word_at(statement, word)->kind != 'w' ||
         (word > statement->first && is(statement, word - 1, ".")) )
        return false;
    switch ( statement->kind )
    {
    case MEMBER:
    case UNION:
        return stands_in_member(statement, word);
    case CLAUSE:
        return stands_in_clause(statement, word);
    case DIRECTION:
        return word > statement->first;
    case ALIAS:
        return word > statement->equals;
    case OP:
        return is(statement, word - 1, "<") && is(statement, word - 2, "count");
    default:
        return false;
    }
}

/* ---- which member a path can be about ----------------------------------- */

/* The op or structure whose members a statement names. */
static struct statement *scope_of(struct statement *statement)
{
    if ( statement->kind == OP || statement->kind == UNION )
        return statement;
    for ( statement = statement->parent; statement; statement = statement->parent )
        if ( statement->kind != MEMBER && statement->kind != GROUP )
            break;
    return statement;
}

/* op x (TAG): it has the members of that structure. */
bool borrows(const struct statement *op, const char *tag)
{
    size_t bracket;

    if ( op->kind != OP )
        return false;
    for ( bracket = op->equals; bracket < op->last && !is(op, bracket, "("); )
        bracket++;
    return bracket + 2 < op->last && is(op, bracket + 1, tag) && is(op, bracket + 2, ")");
}

bool extends(const struct statement *statement, const struct statement *op)
{
    return statement->kind == EXTEND && op->kind == OP &&
           is(statement, statement->name, text_at(op, op->name));
}

bool xsm_is_repeated(struct statement *xsm)
{
    EACH_STATEMENT(other, xsm->file)
        if ( other->kind == CLAUSE && other != xsm && is(other, other->first, "xsm") &&
             is(other, other->first + 1, text_at(xsm, xsm->first + 1)) &&
             (extends(other->parent, xsm->parent) || extends(xsm->parent, other->parent)) )
            return true;
    return false;
}

bool holds_structure(const struct statement *member, const char *tag)
{
    size_t type = unwrapped(member, member->colon + 1);

    type += is(member, type, "struct") || is(member, type, "union");
    return is(member, type, tag) || is(member, type, name("%s_t", tag));
}

static bool path_begins(const struct statement *statement, size_t word, const char *path)
{
    struct tokens parts = tokens_of(path);

    for ( size_t i = 0; i < parts.count; i++ )
        if ( word + i > statement->last || !is(statement, word + i, parts.at[i]) )
            return false;
    return true;
}

static size_t path_length(const char *path)
{
    return tokens_of(path).count;
}

static void note(struct references *references, struct statement *statement, size_t word)
{
    LIST_EACH(reference, references)
        if ( reference->statement == statement && reference->word == word )
            return;
    *LIST_ADD(arena, references) = (struct reference){ statement, word };
}

/* Paths in the statement that begin with this one, or are its last part alone. */
static void find_path(struct references *references, struct statement *statement,
                      const char *path, bool alone)
{
    const char *last = strrchr(path, ' ') ? strrchr(path, ' ') + 1 : path;

    for ( size_t i = statement->first; i < statement->last; i++ )
    {
        if ( !is_path(statement, i) )
            continue;
        if ( path_begins(statement, i, path) )
            note(references, statement, i + path_length(path) - 1);
        else if ( alone && is(statement, i, last) )
        {
            note(references, statement, i);
            references->by_part |= last != path;
        }
    }
}

static void find_through(struct references *references, struct statement *statement,
                         struct statement *scope, const char *tag, const char *path)
{
    EACH_STATEMENT(member, scope->file)
    {
        if ( member->kind != MEMBER || scope_of(member) != scope ||
             is(member, member->last, "{") || !holds_structure(member, tag) )
            continue;
        for ( size_t i = member->name; i < member->colon; i += 2 )
        {
            struct names ways = paths_of(member, text_at(member, i));

            for ( size_t j = 0; j < ways.count; j++ )
                find_path(references, statement, name("%s . %s", ways.at[j], path), false);
        }
    }
}

static void find_in(struct references *references, struct statement *statement,
                    struct statement *owner, const char *tag, const char *path)
{
    struct statement *scope = scope_of(statement);

    if ( statement->kind == ALIAS && strstr(path, " . ") )
        find_path(references, statement, path, false);
    else if ( !scope )
        return;
    else if ( scope == owner || borrows(scope, tag) || extends(scope, owner) )
        find_path(references, statement, path, statement->kind != ALIAS || scope == owner);
    else if ( scope->kind != INTERFACE )
        find_through(references, statement, scope, tag, path);
}

struct references references_to(struct statement *owner, struct statement *member,
                                const char *member_name)
{
    struct references references = { 0 };
    struct names paths = paths_of(member, member_name);
    const char *tag = tag_of(owner);

    EACH_FILE(file)
        EACH_STATEMENT(statement, *file)
            for ( size_t i = 0; i < paths.count; i++ )
                find_in(&references, statement, owner, tag, paths.at[i]);
    return references;
}
