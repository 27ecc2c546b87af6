/* SPDX-License-Identifier: MIT */
/* Declarations without members, and sets of values. */
#include <string.h>

#include "build.h"

/* A declaration between the members of a structure is a member without a name. */
static struct decl *place_decl(struct builder *builder, const struct statement *statement,
                               enum decl_kind kind, const struct name *name,
                               struct decl *owner, struct member_list *members)
{
    struct decl *decl = build_decl(builder, statement, kind, name, owner);

    if ( members )
        *LIST_ADD(builder->arena, members) =
            (struct member){ .where = decl->where, .decl = decl,
                             .conditions = decl->conditions };
    return decl;
}

static void build_macro(struct builder *builder, const struct statement *s, struct decl *decl)
{
    const struct tail *parameters = build_tail_kind(s, TAIL_PARAMETERS);

    decl->is_fallback = build_tail(s, KEYWORD_otherwise) != NULL;
    if ( s->number->kind != PLACE_TEXT )
        diag_error(builder->diag, CHECK_misplaced, s->number->where,
                   "a macro is given as text: macro %s = \"...\";", decl->name);
    else
        decl->text = s->number->value.text;
    if ( !parameters )
        return;
    decl->has_parameters = true;
    LIST_EACH(parameter, &parameters->parameters)
        *LIST_ADD(builder->arena, &decl->parameters) = build_reference(&parameter->name);
}

static void build_const(struct builder *builder, const struct statement *s, struct decl *decl)
{
    const struct tail *as = build_tail(s, KEYWORD_as);

    if ( s->number->kind != PLACE_VALUE || !s->number->is_number )
        diag_error(builder->diag, CHECK_misplaced, s->number->where,
                   "a const is given as a number: const %s = 1;", decl->name);
    else
    {
        decl->value = build_number(builder, &s->number->value, &decl->is_negative);
        decl->value_text = s->number->value.text;
    }
    if ( as )
        decl->spelling = as->name.text;
}

static void build_alias(struct builder *builder, const struct statement *s, struct decl *decl)
{
    if ( s->number->kind != PLACE_VALUE || s->number->is_number )
        diag_error(builder->diag, CHECK_misplaced, s->number->where,
                   "an alias is given as another name: alias %s = OTHER;", decl->name);
    else
        decl->target = build_reference(&s->number->value);
}

static void build_extern(struct builder *builder, const struct statement *s, struct decl *decl)
{
    decl->is_extern = true;
    decl->kind = build_has_head(s, KEYWORD_struct) ? DECL_struct
                 : build_has_head(s, KEYWORD_type) ? DECL_type : DECL_const;
    if ( decl->kind == DECL_struct )
        decl->form = FORM_TAG_ONLY;
    else if ( !s->type )
        diag_error(builder->diag, CHECK_misplaced, decl->where,
                   "say what '%s' is: extern %s: TYPE;", decl->name, decl->name);
}

void build_simple(struct builder *builder, const struct statement *s,
                  enum statement_kind kind, struct decl *owner,
                  struct member_list *members)
{
    static const enum decl_kind decl_of[NR_STATEMENT_KINDS] = {
        [STATEMENT_section] = DECL_section, [STATEMENT_code] = DECL_code,
        [STATEMENT_list] = DECL_list, [STATEMENT_const] = DECL_const,
        [STATEMENT_macro] = DECL_macro, [STATEMENT_type] = DECL_type,
        [STATEMENT_handle] = DECL_handle, [STATEMENT_alias] = DECL_alias,
        [STATEMENT_extern] = DECL_const,
    };
    const struct name *name = s->subjects.count ? &s->subjects.at[0] : NULL;
    struct decl *decl = place_decl(builder, s, decl_of[kind], name, owner, members);
    const struct tail *text = build_tail_kind(s, TAIL_TEXT);

    if ( s->type )
        decl->type = build_type(builder, s->type, NULL, decl);
    switch ( kind )
    {
    case STATEMENT_code:
        decl->text = s->code;
        decl->text_at = s->code_at;
        decl->text_indent = s->code_indent;
        break;
    case STATEMENT_section: decl->reason = text ? text->name.text : ""; break;
    case STATEMENT_const:   build_const(builder, s, decl); break;
    case STATEMENT_macro:   build_macro(builder, s, decl); break;
    case STATEMENT_alias:   build_alias(builder, s, decl); break;
    case STATEMENT_extern:  build_extern(builder, s, decl); break;
    default: break;
    }
}

/* ---- sets ------------------------------------------------------------------ */

/* PREFIX_* and the pattern behind it, from 'as'; else the name. */
static void set_spelling(struct builder *builder, const struct statement *s,
                         struct set *set, const char *name)
{
    const struct tail *as = build_tail(s, KEYWORD_as);
    const char *star = as ? strchr(as->name.text, '*') : NULL;
    const char *blank = as ? strpbrk(as->name.text, " (") : NULL;

    if ( star && star > as->name.text && star[-1] == '_' && (!blank || star < blank) )
    {
        /* As a text it can have anything before the star. */
        if ( (*as->name.text >= '0' && *as->name.text <= '9') ||
             text_name_length(as->name.text) != (size_t)(star - as->name.text) )
            diag_error(builder->diag, CHECK_syntax, as->where,
                       "what stands before '*' is no beginning of a name");
        set->prefix = arena_copy(builder->arena, as->name.text,
                                 (size_t)(star - as->name.text));
        set->spelling = star[1] ? star + 1 + strspn(star + 1, " ") : NULL;
        return;
    }
    if ( as )
        set->spelling = as->name.text;
    set->prefix = arena_format(builder->arena, "%s_", name);
}

static void constant_number(struct builder *builder, const struct statement *s,
                            struct constant *constant)
{
    const struct place *place = s->number;

    constant->high = constant->low = -1;
    if ( place->kind == PLACE_RANGE )
    {
        constant->kind = CONSTANT_FIELD;
        constant->high = (int)build_number(builder, &place->high, NULL);
        constant->low = (int)build_number(builder, &place->low, NULL);
        if ( place->shift.text )
            constant->shift = (int)build_number(builder, &place->shift, NULL);
        if ( constant->high < constant->low )
            diag_error(builder->diag, CHECK_number, place->where,
                       "this range is upside down: the higher bit comes first");
        return;
    }
    if ( place->kind != PLACE_VALUE || !place->is_number )
    {
        diag_error(builder->diag, CHECK_misplaced, place->where,
                   "'%s' is given as a number", constant->name);
        constant->text = "0";
        return;
    }
    constant->text = place->value.text;
    constant->value = build_number(builder, &place->value, &constant->is_negative);
}

static void constant_macro(struct builder *builder, const struct statement *s,
                           struct constant *constant)
{
    const struct tail *parameters = build_tail_kind(s, TAIL_PARAMETERS);
    const struct tail *otherwise = build_tail(s, KEYWORD_otherwise);

    if ( otherwise )
        diag_error(builder->diag, CHECK_misplaced, otherwise->where,
                   "'otherwise' has no place on a macro within a set");
    constant->kind = CONSTANT_MACRO;
    constant->text = s->number->value.text;
    if ( s->number->kind != PLACE_TEXT )
        diag_error(builder->diag, CHECK_misplaced, s->number->where,
                   "a macro is given as text: macro %s = \"...\";", constant->name);
    if ( !parameters )
        return;
    constant->has_parameters = true;
    LIST_EACH(parameter, &parameters->parameters)
        *LIST_ADD(builder->arena, &constant->parameters) = build_reference(&parameter->name);
}

static void build_constants(struct builder *builder, const struct statement_list *body,
                            struct constant_list *list, enum container container)
{
    size_t count = 0;

    TREE_EACH(s, body)
        count++;
    LIST_RESERVE(builder->arena, list, count);
    TREE_EACH(s, body)
    {
        int kind = placement_check(builder, s, container);
        const struct tail *text = build_tail_kind(s, TAIL_TEXT);
        const struct tail *as = build_tail(s, KEYWORD_as);
        const struct tail *when = build_tail(s, KEYWORD_when);
        struct constant constant = { 0 };

        if ( kind < 0 )
            continue;
        constant.name = s->subjects.at[0].text;
        constant.where = s->subjects.at[0].where;
        constant.doc = s->doc;
        constant.conditions = build_conditions(builder, s);
        constant.message = text ? text->name.text : NULL;
        constant.spelling = as ? as->name.text : NULL;
        constant.is_deprecated = build_tail(s, KEYWORD_deprecated) != NULL;
        if ( when )
            build_references(builder, &constant.when, &when->names);
        if ( s->type )
            constant.type = build_type(builder, s->type, NULL, NULL);
        if ( kind == STATEMENT_macro )
            constant_macro(builder, s, &constant);
        else
            constant_number(builder, s, &constant);
        if ( kind == STATEMENT_removed_constant )
            constant.kind = CONSTANT_REMOVED;
        if ( s->has_body )
        {
            struct constant_list values = { 0 };

            if ( constant.kind != CONSTANT_FIELD )
                diag_error(builder->diag, CHECK_misplaced, s->subjects.at[0].where,
                           "only a field of bits has values of its own: %s = 1..0 { }",
                           constant.name);
            build_constants(builder, &s->body, &values, IN_FIELD);
            constant.values.at = values.at;
            constant.values.count = values.count;
            constant.values.room = values.room;
        }
        *LIST_ADD(builder->arena, list) = constant;
    }
}

void build_set(struct builder *builder, const struct statement *s,
               enum statement_kind kind, struct decl *owner,
               struct member_list *members)
{
    enum decl_kind decl_kind = kind == STATEMENT_bits ? DECL_bits
                               : kind == STATEMENT_status ? DECL_status : DECL_enum;
    struct decl *decl = place_decl(builder, s, decl_kind, &s->subjects.at[0], owner, members);
    const struct tail *messages = build_tail(s, KEYWORD_messages);
    struct condition_list around = builder->around;

    decl->set = arena_alloc(builder->arena, sizeof(*decl->set));
    decl->set->is_c_enum = build_has_head(s, KEYWORD_typedef);
    decl->set->messages = messages ? messages->names.at[0].text : NULL;
    if ( s->type )
        decl->set->width = build_type(builder, s->type, NULL, decl);
    set_spelling(builder, s, decl->set, decl->name);
    builder->around = (struct condition_list){ 0 };
    build_constants(builder, &s->body, &decl->set->constants, IN_SET);
    builder->around = around;
}
