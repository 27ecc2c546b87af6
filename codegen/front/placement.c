/* SPDX-License-Identifier: MIT */
/*
 * Every word in its place.
 *
 * Needs a statement as it was read, and where it stands.  Gives what it is, or
 * one sentence about the first word that has no place: all sentences come from
 * placement.def, so a new word brings its sentence with it.
 */
#include <string.h>

#include "yaml-form.h"

static const struct place_row {
    const char *name;
    unsigned int containers, tails, parts;
} rows[] = {
#define PLACE(kind, name, containers, tails, parts) { name, containers, tails, parts },
#include "placement.def"
#undef PLACE
};

const char *placement_name(enum statement_kind kind)
{
    return rows[kind].name;
}

unsigned int placement_containers(enum statement_kind kind)
{
    return rows[kind].containers;
}

unsigned int placement_tails(enum statement_kind kind)
{
    return rows[kind].tails;
}

unsigned int placement_parts(enum statement_kind kind)
{
    return rows[kind].parts;
}

/* CONTAINER(bit, where): as messages say it. */
static const struct { unsigned int bit; const char *where; } containers[] = {
    { IN_FILE, "a file" },
    { IN_INTERFACE, "an interface" },
    { IN_HYPERCALL, "a hypercall" },
    { IN_OP, "an op" },
    { IN_STRUCT, "a struct" },
    { IN_UNION, "a union" },
    { IN_SET, "a set" },
    { IN_FIELD, "a field of bits" },
};

/* The words that open a statement, alone or behind the one before. */
static const struct {
    int first, second;          /* keywords; -1: none */
    enum statement_kind kind;
} openings[] = {
    { KEYWORD_interface, -1, STATEMENT_interface },
    { KEYWORD_section, -1, STATEMENT_section },
    { KEYWORD_contents, -1, STATEMENT_contents },
    { KEYWORD_list, KEYWORD_ops, STATEMENT_list },
    { KEYWORD_header, -1, STATEMENT_header },
    { KEYWORD_copyright, -1, STATEMENT_copyright },
    { KEYWORD_uses, -1, STATEMENT_uses },
    { KEYWORD_legacy, KEYWORD_ops, STATEMENT_legacy_ops },
    { KEYWORD_legacy, -1, STATEMENT_quirk },
    { KEYWORD_const, -1, STATEMENT_const },
    { KEYWORD_macro, -1, STATEMENT_macro },
    { KEYWORD_type, -1, STATEMENT_type },
    { KEYWORD_handle, -1, STATEMENT_handle },
    { KEYWORD_extern, KEYWORD_type, STATEMENT_extern },
    { KEYWORD_extern, KEYWORD_struct, STATEMENT_extern },
    { KEYWORD_extern, -1, STATEMENT_extern },
    { KEYWORD_alias, -1, STATEMENT_alias },
    { KEYWORD_bits, -1, STATEMENT_bits },
    { KEYWORD_enum, -1, STATEMENT_enum },
    { KEYWORD_typedef, KEYWORD_enum, STATEMENT_enum },
    { KEYWORD_status, -1, STATEMENT_status },
    { KEYWORD_struct, -1, STATEMENT_struct },
    { KEYWORD_typedef, KEYWORD_struct, STATEMENT_struct },
    { KEYWORD_union, -1, STATEMENT_union },
    { KEYWORD_hypercall, -1, STATEMENT_hypercall },
    { KEYWORD_op, -1, STATEMENT_op },
    { KEYWORD_removed, KEYWORD_op, STATEMENT_removed_op },
    { KEYWORD_removed, -1, STATEMENT_removed_constant },
    { KEYWORD_extend, KEYWORD_op, STATEMENT_extend },
    { KEYWORD_ops, -1, STATEMENT_ops },
    { KEYWORD_structs, -1, STATEMENT_structs },
    { KEYWORD_default, -1, STATEMENT_default },
    { KEYWORD_single, -1, STATEMENT_single },
    { KEYWORD_only, -1, STATEMENT_only },
    { KEYWORD_domain, -1, STATEMENT_domain },
    { KEYWORD_handles, -1, STATEMENT_handles },
    { KEYWORD_xsm, -1, STATEMENT_xsm },
    { KEYWORD_preempt, -1, STATEMENT_preempt },
    { KEYWORD_ahead, -1, STATEMENT_ahead },
    { KEYWORD_narrow, -1, STATEMENT_narrow },
    { KEYWORD_stub, -1, STATEMENT_stub },
    { KEYWORD_error, -1, STATEMENT_error },
};

static bool is_direction(enum keyword word)
{
    return word == KEYWORD_in || word == KEYWORD_out || word == KEYWORD_inout;
}

/* A statement that no keyword opens. */
static enum statement_kind unopened(const struct statement *s, enum container container)
{
    if ( s->code )
        return STATEMENT_code;
    if ( !s->subjects.count && s->tails.first )
    {
        if ( s->tails.first->kind == TAIL_REQUIRE )
            return STATEMENT_require;
        if ( s->tails.first->kind == TAIL_RESUME )
            return STATEMENT_resume;
        return STATEMENT_group;
    }
    return container & (IN_SET | IN_FIELD) ? STATEMENT_constant : STATEMENT_member;
}

/* The kind by its opening words; *used is how many of them it takes. */
static int opened(const struct statement *s, size_t *used)
{
    int first = (int)s->heads.at[0].keyword;
    int second = s->heads.count > 1 ? (int)s->heads.at[1].keyword : -1;

    for ( size_t i = 0; i < sizeof(openings) / sizeof(openings[0]); i++ )
    {
        if ( openings[i].first != first )
            continue;
        if ( openings[i].second != -1 && openings[i].second != second )
            continue;
        *used = openings[i].second == -1 ? 1 : 2;
        return (int)openings[i].kind;
    }
    *used = 1;
    if ( is_direction((enum keyword)first) )
        return s->type ? STATEMENT_member : STATEMENT_refinement;
    return -1;
}

static unsigned int tail_bit(const struct tail *tail)
{
    static const unsigned int by_kind[] = {
        [TAIL_AGE] = T_AGE, [TAIL_AS] = T_AS, [TAIL_RESUME] = T_RESUME,
        [TAIL_REQUIRE] = T_REQUIRE, [TAIL_RESULT] = T_RESULT,
        [TAIL_PARAMETERS] = T_PARAMETERS, [TAIL_TEXT] = T_TEXT,
        [TAIL_NUMBER] = T_NUMBER, [TAIL_RANGE] = T_RANGE,
    };
    static const struct { enum keyword word; unsigned int bit; } by_word[] = {
        { KEYWORD_for, T_FOR }, { KEYWORD_except, T_FOR }, { KEYWORD_by, T_BY },
        { KEYWORD_when, T_WHEN }, { KEYWORD_else, T_ELSE },
        { KEYWORD_guard, T_GUARD }, { KEYWORD_messages, T_MESSAGES },
        { KEYWORD_otherwise, T_OTHERWISE }, { KEYWORD_deprecated, T_DEPRECATED },
    };

    if ( tail->kind != TAIL_WITH && tail->kind != TAIL_MARK )
        return by_kind[tail->kind];
    for ( size_t i = 0; i < sizeof(by_word) / sizeof(by_word[0]); i++ )
        if ( by_word[i].word == tail->word.keyword )
            return by_word[i].bit;
    return 0;
}

/* A tail as messages say it. */
static const char *tail_name(const struct tail *tail, struct arena *arena)
{
    switch ( tail->kind )
    {
    case TAIL_RESULT:     return "'->'";
    case TAIL_PARAMETERS: return "'('";
    case TAIL_TEXT:       return "a string";
    case TAIL_NUMBER:     return "a number";
    case TAIL_RANGE:      return "a range";
    default:
        return arena_format(arena, "'%s'", keyword_text(tail->word.keyword));
    }
}

/* "A, B or C" of the rows for which the bit is set. */
static const char *rows_with_tail(struct arena *arena, unsigned int bit)
{
    struct text text = { .arena = arena };
    size_t count = 0, seen = 0;

    for ( size_t i = 0; i < NR_STATEMENT_KINDS; i++ )
        count += (rows[i].tails & bit) != 0;
    for ( size_t i = 0; i < NR_STATEMENT_KINDS; i++ )
        if ( rows[i].tails & bit )
            text_format(&text, "%s%s", !seen++ ? "" : seen == count ? " or " : ", ",
                        rows[i].name);
    return text_string(&text);
}

static const char *places_of(struct arena *arena, unsigned int bits)
{
    struct text text = { .arena = arena };
    size_t count = 0, seen = 0;

    for ( size_t i = 0; i < sizeof(containers) / sizeof(containers[0]); i++ )
        count += (bits & containers[i].bit) != 0;
    for ( size_t i = 0; i < sizeof(containers) / sizeof(containers[0]); i++ )
        if ( bits & containers[i].bit )
            text_format(&text, "%s%s", !seen++ ? "" : seen == count ? " or " : ", ",
                        containers[i].where);
    return text_string(&text);
}

/* since and before, for and except: each once. */
static bool is_pair(const struct statement *s, const struct tail *tail)
{
    for ( const struct tail *other = s->tails.first; other != tail; other = other->next )
        if ( other->kind == tail->kind && other->word.keyword == tail->word.keyword )
            return false;
    return tail->kind == TAIL_AGE || tail->kind == TAIL_WITH;
}

static bool check_tails(struct builder *builder, const struct statement *s,
                        enum statement_kind kind)
{
    unsigned int seen = 0;
    bool good = true;

    TREE_EACH(tail, &s->tails)
    {
        unsigned int bit = tail_bit(tail);

        if ( !(rows[kind].tails & bit) )
        {
            struct span where = tail->word.where.source ? tail->word.where : tail->where;

            diag_error(builder->diag, CHECK_misplaced, where,
                       "%s has no place in %s; it belongs to %s",
                       tail_name(tail, builder->arena), rows[kind].name,
                       rows_with_tail(builder->arena, bit));
            good = false;
        }
        else if ( (seen & bit) && !is_pair(s, tail) )
        {
            diag_error(builder->diag, CHECK_misplaced, tail->where,
                       "%s stands here twice", tail_name(tail, builder->arena));
            good = false;
        }
        seen |= bit;
    }
    return good;
}

/* What a statement may have to have; the first of them need no search. */
static const struct part {
    unsigned int needs, may;
    const char *what, *notation;
    const char *(*key)(enum statement_kind kind);       /* in a map of YAML */
} parts[] = {
    { NEEDS_NAME, MAY_NAME, "a name", NULL, NULL },
    { NEEDS_TYPE, MAY_TYPE, "a type", "': TYPE'", form_type_key },
    { NEEDS_NUMBER, MAY_NUMBER, "a number", "'= NUMBER'", form_number_key },
    { NEEDS_BODY, MAY_BODY, "a body", "'{ }'", form_first_body },
    /* Tails stand where they may; these must not be missing. */
    { NEEDS_TEXT, 0, "a text", "'\"...\"'", form_text_key },
    { NEEDS_ELSE, 0, "'else' and what it answers", NULL, NULL },
    { NEEDS_COUNT, 0, "a number behind its name", NULL, NULL },
};
enum { NR_PLAIN_PARTS = 4, NR_PARTS = sizeof(parts) / sizeof(parts[0]) };

/* "a number ('= NUMBER')", or the key that it has in a map. */
static const char *part_text(const struct builder *builder, const struct part *part,
                             enum statement_kind kind)
{
    if ( !part->key )
        return part->what;
    return arena_format(builder->arena, builder->is_table ? "%s (the key '%s')" : "%s (%s)",
                        part->what, builder->is_table ? part->key(kind) : part->notation);
}

static unsigned int plain_parts(const struct statement *s)
{
    return (s->subjects.count ? NEEDS_NAME : 0) | (s->type ? NEEDS_TYPE : 0) |
           (s->number->kind != PLACE_NONE ? NEEDS_NUMBER : 0) | (s->has_body ? NEEDS_BODY : 0);
}

static unsigned int needed_tails(const struct statement *s)
{
    return (build_tail_kind(s, TAIL_TEXT) ? NEEDS_TEXT : 0) |
           (build_tail(s, KEYWORD_else) ? NEEDS_ELSE : 0) |
           (build_tail_kind(s, TAIL_NUMBER) ? NEEDS_COUNT : 0);
}

/* The first of the parts from..to-1 that is missing, or is there and must not be. */
static bool check_some(struct builder *builder, const struct statement *s,
                       enum statement_kind kind, unsigned int there, int from, int to)
{
    struct span where = s->where;

    if ( where.last.line != where.first.line )
        where.last = where.first, where.last.column++;
    for ( int i = from; i < to; i++ )
    {
        const struct part *part = &parts[i];
        bool is_missing = (rows[kind].parts & part->needs) && !(there & part->needs);
        bool is_extra = part->may && !(rows[kind].parts & (part->needs | part->may)) &&
                        (there & part->needs);

        if ( !is_missing && !is_extra )
            continue;
        diag_error(builder->diag, CHECK_misplaced, where, "%s %s %s", rows[kind].name,
                   is_missing ? "needs" : "has no",
                   part_text(builder, part, kind) + (is_missing ? 0 : 2));
        return false;
    }
    return true;
}

static bool check_parts(struct builder *builder, const struct statement *s,
                        enum statement_kind kind)
{
    enum { PLAIN = NEEDS_NAME | NEEDS_TYPE | NEEDS_NUMBER | NEEDS_BODY };
    unsigned int wanted = rows[kind].parts, there = plain_parts(s);
    /* The bit of what may be is the next to that of what must be. */
    unsigned int allowed = (wanted | wanted >> 1) & PLAIN;

    if ( ((wanted & PLAIN & ~there) || (there & ~allowed)) &&
         !check_some(builder, s, kind, there, 0, NR_PLAIN_PARTS) )
        return false;
    if ( s->subjects.count > 1 && !(wanted & MAY_NAMES) )
    {
        diag_error(builder->diag, CHECK_misplaced, s->subjects.at[1].where,
                   "%s has one name", rows[kind].name);
        return false;
    }
    return !(wanted & (NEEDS_TEXT | NEEDS_ELSE | NEEDS_COUNT)) ||
           check_some(builder, s, kind, needed_tails(s), NR_PLAIN_PARTS, NR_PARTS);
}

/* "'typedef' opens no statement alone: typedef enum, typedef struct". */
static int refuse_opening(struct builder *builder, struct word word)
{
    struct text text = { .arena = builder->arena };

    text_format(&text, "'%s' opens no statement", keyword_text(word.keyword));
    for ( size_t i = 0, seen = 0; i < sizeof(openings) / sizeof(openings[0]); i++ )
        if ( openings[i].first == (int)word.keyword )
            text_format(&text, "%s%s %s", seen++ ? ", " : " alone: ",
                        keyword_text(word.keyword),
                        keyword_text((enum keyword)openings[i].second));
    diag_error(builder->diag, CHECK_misplaced, word.where, "%s", text_string(&text));
    return -1;
}

int placement_kind(const struct statement *s, enum container container)
{
    size_t used;

    return s->heads.count ? opened(s, &used) : (int)unopened(s, container);
}

int placement_check(struct builder *builder, const struct statement *s,
                    enum container container)
{
    size_t used = 0;
    int kind;

    /* What the parser could not read has had its error. */
    if ( !s->heads.count && !s->subjects.count && !s->tails.first && !s->code &&
         !s->has_body && !s->type )
        return -1;
    kind = s->heads.count ? opened(s, &used) : (int)unopened(s, container);
    if ( kind < 0 )
        return refuse_opening(builder, s->heads.at[0]);
    if ( used < s->heads.count )
    {
        diag_error(builder->diag, CHECK_misplaced, s->heads.at[used].where,
                   "'%s' has no place behind '%s'",
                   keyword_text(s->heads.at[used].keyword),
                   keyword_text(s->heads.at[used - 1].keyword));
        return -1;
    }
    if ( !(rows[kind].containers & container) )
    {
        struct span where = s->heads.count ? s->heads.at[0].where
                            : s->subjects.count ? s->subjects.at[0].where : s->where;

        diag_error(builder->diag, CHECK_misplaced, where,
                   "%s has no place in %s; it belongs in %s", rows[kind].name,
                   places_of(builder->arena, container),
                   places_of(builder->arena, rows[kind].containers));
        return -1;
    }
    if ( !check_tails(builder, s, (enum statement_kind)kind) ||
         !check_parts(builder, s, (enum statement_kind)kind) )
        return -1;
    return kind;
}
