/* SPDX-License-Identifier: MIT */
/* When and for whom something exists: versions and views. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "names.h"

#define LAYOUT "/check/layout.c"
#define MACRO_NAME "__XEN_INTERFACE_VERSION__"

/* ---- conditions as C has them ------------------------------------------- */

static void parse_version(const char *text, unsigned int parts[3])
{
    parts[0] = parts[1] = parts[2] = 0;
    sscanf(text, "%u.%u.%u", &parts[0], &parts[1], &parts[2]);
}

static const char *version_guard(const char *word, const char *text)
{
    unsigned int parts[3];

    parse_version(text, parts);
    return name(MACRO_NAME " %s 0x%04x%02x%02x", strcmp(word, "since") ? "<" : ">=", parts[0],
                parts[1], parts[2]);
}

static const char *later(const char *text)
{
    unsigned int parts[3];

    parse_version(text, parts);
    return name("%u.%u.%u", parts[0], parts[1], parts[2] + 1);
}

static const char *opposite(const char *word)
{
    return strcmp(word, "since") ? "since" : "before";
}

/* What 'for' says of a view, in C; NULL: a view that is not looked at here. */
static const char *view_guard(const char *word, const char *view)
{
    static const char xen[] = "defined ( __XEN__ )";
    static const char tools[] = "defined ( __XEN__ ) || defined ( __XEN_TOOLS__ )";
    const char *is_for = !strcmp(view, "tools") ? tools : xen;

    if ( strcmp(view, "tools") && strcmp(view, "hypervisor") )
        return NULL;
    if ( !strcmp(word, "for") )
        return is_for;
    return is_for == tools ? name("! ( %s )", tools) : name("! %s", xen);
}

/* ---- what a condition is about ------------------------------------------ */

struct change { struct mutation *mutation; const char *old, *new; bool drop_rows; };

static void guard_tokens(struct change *change, const char *suffix, int least,
                         const char *from, const char *to)
{
    struct rule *rule = mutation_rule(change->mutation, RULE_GUARD);

    rule->files = suffix;
    rule->least = least;
    rule->from = from;
    rule->to = to;
    rule->guard = change->old;
    rule->new_guard = *change->new ? name("[%s]", change->new) : "";
}

static void drop_rows(struct change *change, const char *from)
{
    struct rule *rule;

    if ( !change->drop_rows )
        return;
    rule = mutation_rule(change->mutation, RULE_DROP_ROWS);
    rule->files = LAYOUT;
    rule->least = 0;
    rule->from = from;
}

static void guard_define(struct change *change, const struct statement *statement,
                         const char *c_name, int least)
{
    guard_tokens(change, header_of(statement), least * statement->file->families,
                 name("#define %s", c_name), "\n");
    drop_rows(change, name("(%s,", c_name));
}

static void guard_set(struct change *change, const struct statement *holder)
{
    for ( size_t i = 0; i < holder->body.count; i++ )
    {
        struct statement *value = holder->body.at[i];

        if ( value->kind == MACRO )
            guard_define(change, value, text_at(value, value->name), 0);
        if ( value->kind != VALUE )
            continue;
        guard_define(change, value, value_c_name(value), 0);
        guard_define(change, value, name("_%s", value_c_name(value)), 0);
        guard_set(change, value);
    }
}

static void guard_structure(struct change *change, const struct statement *owner)
{
    const char *tag = tag_of(owner), *word = word_before_tag(owner);
    const char *header = header_of(owner);

    if ( !tag )
        return;
    guard_tokens(change, header, owner->file->families, name("%s %s {", word, tag), ";");
    guard_tokens(change, header, 0, name("typedef %s %s %s_t", word, tag, tag), ";");
    guard_tokens(change, header, 0, name("DEFINE_XEN_GUEST_HANDLE(%s_t)", tag), ";");
    drop_rows(change, name("(%s %s,", word, tag));
}

static void guard_item(struct change *change, struct statement *statement);

static void guard_inner(struct change *change, const struct statement *statement)
{
    for ( size_t i = 0; i < statement->body.count; i++ )
    {
        struct statement *inner = statement->body.at[i];

        /* A member comes with its structure; what is declared in its body may not. */
        if ( inner->kind == MEMBER && statement->kind != GROUP )
            guard_inner(change, inner);
        else
            guard_item(change, inner);
    }
}

static void guard_op(struct change *change, const struct statement *op)
{
    const char *stub = op_stub_name(op);

    guard_define(change, op, op_c_name(op), 1);
    guard_structure(change, op);
    guard_tokens(change, stubs_of(op), op->file->families,
                 name("static inline long %s(", stub), "}");
    guard_tokens(change, stubs_of(op), op->file->families,
                 name("static inline void hc_multi_%s(", stub + strlen("hc_")), "}");
    guard_inner(change, op);
}

static void guard_member(struct change *change, struct statement *member)
{
    struct twins twins = twins_of(owner_of(member), member, member->name);
    struct rule *rule = mutation_rule(change->mutation, RULE_GUARD);

    for ( size_t i = 0; i < twins.count && twins.at[i].statement != member; i++ )
        twins.nth++;
    rule->files = header_of(member);
    rule->least = twins.is_one ? 0 : member->file->families;
    rule->scope = tag_of(owner_of(member));
    rule->name = text_at(member, member->name);
    rule->nth = (unsigned int)twins.nth;
    rule->guard = change->old;
    rule->new_guard = name("[%s]", change->new);
}

static void guard_handle(struct change *change, const struct statement *handle)
{
    const char *text = text_at(handle, handle->name), *c = base_c_name(text);

    if ( handle->colon || (c && strchr(c, ' ')) )
        guard_tokens(change, header_of(handle), handle->file->families,
                     name("__DEFINE_XEN_GUEST_HANDLE(%s,", text), ";");
    else
        guard_tokens(change, header_of(handle), handle->file->families,
                     name("DEFINE_XEN_GUEST_HANDLE(%s)", c ? c : text), ";");
}

static void guard_item(struct change *change, struct statement *statement)
{
    const char *text = text_at(statement, statement->name);

    switch ( statement->kind )
    {
    case OP:        guard_op(change, statement); break;
    case BITS:
    case ENUM:
    case STATUS:    guard_set(change, statement); break;
    case TYPEDEF_ENUM:
        guard_tokens(change, header_of(statement), statement->file->families,
                     name("typedef enum { %s", value_c_name(statement->body.at[0])), ";");
        for ( size_t i = 0; i < statement->body.count; i++ )
            drop_rows(change, name("(%s,", value_c_name(statement->body.at[i])));
        break;
    case STRUCT:
    case UNION:
        guard_inner(change, statement);
        guard_structure(change, statement);
        break;
    case CONST:
    case MACRO:
    case ALIAS:
        guard_define(change, statement, text, 1);
        guard_tokens(change, header_of(statement), 0, name("#undef %s", text), "\n");
        break;
    case HANDLE:    guard_handle(change, statement); break;
    case TYPE:
        guard_tokens(change, header_of(statement), statement->file->families,
                     name("typedef %s %s", c_type(statement, statement->colon + 1), text), ";");
        break;
    case MEMBER:    guard_member(change, statement); break;
    case GROUP:     guard_inner(change, statement); break;
    default:        break;
    }
}

/* ---- mutations ---------------------------------------------------------- */

static size_t version_word(const struct statement *statement)
{
    size_t word = find_word(statement, statement->first, "since");

    return word ? word : find_word(statement, statement->first, "before");
}

/* A neighbour that is there when this one is not. */
static struct statement *counterpart(const struct statement *statement)
{
    size_t mine = version_word(statement);
    struct statement *found = NULL;

    EACH_STATEMENT(sibling, statement->file)
    {
        size_t its = version_word(sibling);

        if ( sibling->parent != statement->parent || sibling == statement || !its ||
             !is(sibling, its + 1, text_at(statement, mine + 1)) ||
             is(sibling, its, text_at(statement, mine)) ||
             sibling->kind != statement->kind )
            continue;
        if ( sibling->kind == MEMBER || sibling->kind == GROUP ||
             is(sibling, sibling->name, text_at(statement, statement->name)) )
            found = sibling;
    }
    return found;
}

static void change_version(struct mutation *mutation, struct statement *statement, size_t word)
{
    const char *old = text_at(statement, word + 1), *new = later(old);
    struct change change = {
        mutation, version_guard(text_at(statement, word), old),
        version_guard(text_at(statement, word), new), false,
    };

    mutation_edit(mutation, statement, word + 1, new);
    guard_item(&change, statement);
    mutation->by_guards = true;
}

static bool same_names(const struct statement *a, const struct statement *b)
{
    return a->kind == GROUP || is(a, a->name, text_at(b, b->name));
}

static void version_gap(struct statement *statement, size_t word, struct statement *pair)
{
    struct mutation *mutation = mutation_new(KIND_version_gap, statement, word + 1);

    mutation_edit(mutation, statement, word + 1, later(text_at(statement, word + 1)));
    mutation_refused(mutation, "version");
    if ( statement->kind == MACRO )
        mutation_refused(mutation, "duplicate");
    /* Of other names, whether it is a gap depends on their sizes. */
    if ( pair && !same_names(statement, pair) )
        mutation_drop(mutation);
}

static bool is_before(const char *a, const char *b)
{
    unsigned int x[3], y[3];
    int i = 0;

    parse_version(a, x);
    parse_version(b, y);
    while ( i < 2 && x[i] == y[i] )
        i++;
    return x[i] < y[i];
}

/* What stands behind the member, and is there before it is, would move. */
static bool moves_others(const struct statement *member, size_t word)
{
    const char *new = later(text_at(member, word + 1));
    bool behind = false;

    for ( size_t i = 0; member->kind == MEMBER && i < member->parent->body.count; i++ )
    {
        const struct statement *sibling = member->parent->body.at[i];
        size_t its = version_word(sibling);

        if ( behind && sibling->kind == MEMBER &&
             (!its || is_before(text_at(sibling, its + 1), new)) )
            return true;
        behind |= sibling == member;
    }
    return false;
}

static void version(struct statement *statement, size_t word)
{
    struct statement *pair = counterpart(statement);
    struct mutation *mutation;

    if ( pair || moves_others(statement, word) )
        version_gap(statement, word, pair);
    if ( !pair && moves_others(statement, word) )
        return;
    mutation = mutation_new(KIND_version, statement, word + 1);
    change_version(mutation, statement, word);
    if ( pair )
        change_version(mutation, pair, version_word(pair));
}

/* Nothing in layout.c could be there that was not. */
static bool has_no_rows(const struct statement *statement)
{
    bool none = statement->kind == ALIAS || statement->kind == HANDLE ||
                statement->kind == TYPE || statement->kind == MACRO ||
                statement->kind == GROUP;

    for ( size_t i = 0; i < statement->body.count; i++ )
        none = none && has_no_rows(statement->body.at[i]);
    return none;
}

/* An alias of a name that has a number: it would have another one. */
static bool takes_place(const struct statement *alias)
{
    EACH_STATEMENT(value, alias->file)
        if ( alias->kind == ALIAS && value->kind == VALUE &&
             !strcmp(value_c_name(value), text_at(alias, alias->name)) )
            return true;
    return false;
}

static void since_before(struct statement *statement, size_t word)
{
    const char *old = text_at(statement, word), *number = text_at(statement, word + 1);
    struct change change = {
        NULL, version_guard(old, number), version_guard(opposite(old), number), true,
    };

    if ( counterpart(statement) || takes_place(statement) ||
         (statement->kind != OP && !has_no_rows(statement)) ||
         (statement->kind == OP && strcmp(old, "since")) )
        return;
    change.mutation = mutation_new(KIND_since_before, statement, word);
    change.mutation->by_guards = true;
    mutation_edit(change.mutation, statement, word, opposite(old));
    guard_item(&change, statement);
}

/* tools become the hypervisor, and the other way round. */
static void view(struct statement *statement, const char *keyword)
{
    size_t word = find_word(statement, statement->first, keyword);
    const char *old, *new;
    struct change change = { .drop_rows = true };

    if ( !word || !view_guard(keyword, text_at(statement, word + 1)) )
        return;
    old = text_at(statement, word + 1);
    new = strcmp(old, "tools") ? "tools" : "hypervisor";
    change.old = view_guard(keyword, old);
    change.new = view_guard(keyword, new);
    change.mutation = mutation_new(KIND_view, statement, word + 1);
    change.mutation->by_guards = true;
    mutation_edit(change.mutation, statement, word + 1, new);
    guard_item(&change, statement);
}

void make_versions(void)
{
    EACH_FILE(file)
        EACH_STATEMENT(statement, *file)
        {
            size_t word = version_word(statement);

            if ( statement->kind == DIRECTION || statement->kind == CLAUSE )
                continue;
            if ( word )
            {
                version(statement, word);
                since_before(statement, word);
            }
            view(statement, "for");
            view(statement, "except");
        }
}
