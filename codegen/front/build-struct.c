/* SPDX-License-Identifier: MIT */
/* Structures and unions, and the members of op bodies. */
#include <string.h>

#include "build.h"

static enum direction statement_direction(const struct statement *s)
{
    if ( !s->heads.count )
        return DIRECTION_NONE;
    switch ( s->heads.at[0].keyword )
    {
    case KEYWORD_in:    return DIRECTION_IN;
    case KEYWORD_out:   return DIRECTION_OUT;
    case KEYWORD_inout: return DIRECTION_INOUT;
    default:            return DIRECTION_NONE;
    }
}

static void build_member(struct builder *builder, const struct statement *s,
                         struct aggregate *aggregate, struct decl *owner)
{
    const struct tail *as = build_tail(s, KEYWORD_as);
    const struct tail *when = build_tail(s, KEYWORD_when);
    const struct type *type = build_type(builder, s->type, s, owner);
    const struct type *stored = NULL, *whole;

    if ( as )
    {
        struct tree_type *width = arena_alloc(builder->arena, sizeof(*width));

        width->kind = TREE_NAMED;
        width->where = as->name.where;
        width->name = as->name;
        stored = build_type(builder, width, NULL, owner);
    }
    whole = type;
    while ( whole->kind == TYPE_ARRAY )
        whole = whole->element;
    if ( whole->kind == TYPE_AGGREGATE )
        whole->aggregate->parent = aggregate;
    else if ( s->has_body )
        diag_error(builder->diag, CHECK_misplaced, s->subjects.at[0].where,
                   "'%s' is no structure and has no body; is a ';' missing behind it?",
                   s->subjects.at[0].text);
    LIST_EACH(name, &s->subjects)
    {
        struct member *member = LIST_ADD(builder->arena, &aggregate->members);

        *member = (struct member){
            .name = name->text, .where = name->where, .doc = s->doc,
            .direction = statement_direction(s), .type = type, .stored_as = stored,
            .joins_previous = name != s->subjects.at,
            .conditions = build_conditions(builder, s),
            .otherwise = build_tail(s, KEYWORD_otherwise) != NULL,
            .parent = aggregate,
        };
        if ( when )
            build_references(builder, &member->when, &when->names);
    }
}

static void build_refinement(struct builder *builder, const struct statement *s,
                             struct member_list *list)
{
    const struct tail *when = build_tail(s, KEYWORD_when);

    LIST_EACH(name, &s->subjects)
    {
        struct member *member = LIST_ADD(builder->arena, list);

        *member = (struct member){ .where = name->where, .doc = s->doc,
                                   .direction = statement_direction(s),
                                   .conditions = build_conditions(builder, s),
                                   .refines = build_reference(name) };
        if ( when )
            build_references(builder, &member->when, &when->names);
    }
}

static void build_body_statement(struct builder *builder, const struct statement *s,
                                 struct aggregate *aggregate, struct decl *owner,
                                 struct op *op);

static void build_body(struct builder *builder, const struct statement_list *body,
                       struct aggregate *aggregate, struct decl *owner, struct op *op)
{
    TREE_EACH(s, body)
        build_body_statement(builder, s, aggregate, owner, op);
}

static void build_body_statement(struct builder *builder, const struct statement *s,
                                 struct aggregate *aggregate, struct decl *owner,
                                 struct op *op)
{
    enum container container = op ? IN_OP : aggregate->is_union ? IN_UNION : IN_STRUCT;
    int kind = placement_check(builder, s, container);

    switch ( kind )
    {
    case -1:
        break;
    case STATEMENT_group:
    {
        struct condition_list around = builder->around;

        builder->around = build_conditions(builder, s);
        build_body(builder, &s->body, aggregate, owner, op);
        builder->around = around;
        break;
    }
    case STATEMENT_member:
        build_member(builder, s, aggregate, owner);
        if ( op )
            op->owns_structure = true;
        break;
    case STATEMENT_refinement:
        build_refinement(builder, s, op ? &op->refinements : &aggregate->members);
        break;
    case STATEMENT_bits:
    case STATEMENT_enum:
        build_set(builder, s, (enum statement_kind)kind, owner, &aggregate->members);
        break;
    case STATEMENT_struct:
        build_structure(builder, s, (enum statement_kind)kind, owner, &aggregate->members);
        break;
    case STATEMENT_const:
    case STATEMENT_macro:
    case STATEMENT_alias:
        build_simple(builder, s, (enum statement_kind)kind, owner, &aggregate->members);
        break;
    default:
        build_clause(builder, s, (enum statement_kind)kind,
                     op ? &op->clauses : &aggregate->clauses);
        break;
    }
}

/* Most of what has a type is a member, and the rest is clauses. */
static void reserve(struct builder *builder, const struct statement_list *body,
                    struct member_list *members, struct clause_list *clauses)
{
    size_t nr_members = 0, nr_clauses = 0;

    TREE_EACH(s, body)
    {
        bool is_clause = !s->type || build_has_head(s, KEYWORD_domain);

        nr_members += is_clause ? 0 : s->subjects.count;
        nr_clauses += is_clause;
    }
    LIST_RESERVE(builder->arena, members, nr_members);
    LIST_RESERVE(builder->arena, clauses, nr_clauses);
}

void build_members(struct builder *builder, const struct statement_list *body,
                   struct aggregate *aggregate, struct decl *owner, struct op *op)
{
    struct condition_list around = builder->around;

    /* The conditions around the whole are the whole's. */
    builder->around = (struct condition_list){ 0 };
    reserve(builder, body, &aggregate->members, op ? &op->clauses : &aggregate->clauses);
    build_body(builder, body, aggregate, owner, op);
    builder->around = around;
}

/* 'as tag_only' and the like. */
static enum form structure_form(struct builder *builder, const struct statement *s)
{
    static const struct { const char *name; enum form form; } forms[] = {
        { "no_handle", FORM_NO_HANDLE },
        { "tag_only", FORM_TAG_ONLY },
        { "no_tag", FORM_NO_TAG },
    };
    const struct tail *as = build_tail(s, KEYWORD_as);

    if ( !as )
        return build_has_head(s, KEYWORD_typedef) ? FORM_TYPEDEF : FORM_FULL;
    for ( size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++ )
        if ( !strcmp(forms[i].name, as->name.text) )
            return forms[i].form;
    diag_error(builder->diag, CHECK_unknown_name, as->name.where,
               "a structure is spelled as no_handle, tag_only or no_tag, not as '%s'",
               as->name.text);
    return FORM_FULL;
}

void build_structure(struct builder *builder, const struct statement *s,
                     enum statement_kind kind, struct decl *owner,
                     struct member_list *members)
{
    const struct tail *by = build_tail(s, KEYWORD_by);
    struct decl *decl = build_decl(builder, s, kind == STATEMENT_union ? DECL_union
                                                                       : DECL_struct,
                                   &s->subjects.at[0], owner);
    struct aggregate *aggregate = arena_alloc(builder->arena, sizeof(*aggregate));

    decl->form = structure_form(builder, s);
    decl->aggregate = aggregate;
    aggregate->is_union = kind == STATEMENT_union;
    aggregate->where = decl->where;
    aggregate->tag = decl->name;
    aggregate->decl = decl;
    if ( by )
        build_references(builder, &aggregate->by, &by->names);
    if ( members )
        *LIST_ADD(builder->arena, members) =
            (struct member){ .where = decl->where, .decl = decl,
                             .conditions = decl->conditions };
    build_members(builder, &s->body, aggregate, decl, NULL);
}
