/* SPDX-License-Identifier: MIT */
/* Hypercalls, ops, and their clauses. */
#include <string.h>

#include "build.h"

/* ---- clauses ------------------------------------------------------------------ */

static void clause_resume(struct builder *builder, const struct statement *s,
                          struct clause *clause)
{
    const struct tail *resume = build_tail_kind(s, TAIL_RESUME);

    if ( !resume )
        return;
    LIST_EACH(step, &resume->steps)
        *LIST_ADD(builder->arena, &clause->resume) = (struct resume_step){
            .target = step->target_path, .value = step->value,
            .how = step->how == STEP_ADD ? RESUME_ADD
                   : step->how == STEP_SUBTRACT ? RESUME_SUBTRACT : RESUME_SET,
            .where = step->where,
        };
}

/* preempt each; every 32; restart; each with 'by' and 'resume'. */
static void clause_preempt(struct builder *builder, const struct statement *s,
                           struct clause *clause)
{
    const struct tail *number = build_tail_kind(s, TAIL_NUMBER);
    const struct tail *by = build_tail(s, KEYWORD_by);
    const char *how = s->subjects.at[0].text;

    clause->every = 1;
    if ( !strcmp(how, "every") )
    {
        if ( number )
            clause->every = (unsigned int)build_number(builder, &number->name, NULL);
        if ( !number || !clause->every )
            diag_error(builder->diag, CHECK_preempt, s->subjects.at[0].where,
                       "say how often: preempt every 32;");
    }
    else if ( strcmp(how, "each") && strcmp(how, "restart") )
        diag_error(builder->diag, CHECK_preempt, s->subjects.at[0].where,
                   "preempt is 'each', 'every N' or 'restart', not '%s'", how);
    if ( by )
    {
        struct expression *path = arena_alloc(builder->arena, sizeof(*path));

        path->kind = EXPRESSION_NAME;
        path->where = by->names.at[0].where;
        path->text = by->names.at[0].text;
        clause->by = path;
    }
}

/* What stands in parentheses: xsm HOOK(DEFAULT, FIELD). */
static void clause_arguments(struct builder *builder, const struct statement *s,
                             struct clause *clause)
{
    const struct tail *parameters = build_tail_kind(s, TAIL_PARAMETERS);

    if ( !parameters )
        return;
    LIST_EACH(parameter, &parameters->parameters)
        *LIST_ADD(builder->arena, &clause->arguments) = build_reference(&parameter->name);
}

void build_clause(struct builder *builder, const struct statement *s,
                  enum statement_kind kind, struct clause_list *clauses)
{
    static const enum clause_kind clause_of[NR_STATEMENT_KINDS] = {
        [STATEMENT_single] = CLAUSE_single, [STATEMENT_only] = CLAUSE_only,
        [STATEMENT_domain] = CLAUSE_domain, [STATEMENT_require] = CLAUSE_require,
        [STATEMENT_handles] = CLAUSE_handles, [STATEMENT_xsm] = CLAUSE_xsm,
        [STATEMENT_preempt] = CLAUSE_preempt, [STATEMENT_resume] = CLAUSE_resume,
        [STATEMENT_narrow] = CLAUSE_narrow, [STATEMENT_stub] = CLAUSE_stub,
        [STATEMENT_error] = CLAUSE_error, [STATEMENT_quirk] = CLAUSE_legacy,
        [STATEMENT_default] = CLAUSE_default, [STATEMENT_ahead] = CLAUSE_ahead,
    };
    const struct tail *otherwise = build_tail(s, KEYWORD_else);
    const struct tail *text = build_tail_kind(s, TAIL_TEXT);
    const struct tail *require = build_tail_kind(s, TAIL_REQUIRE);
    struct clause clause = { .kind = clause_of[kind], .doc = s->doc };

    clause.where = s->heads.count ? s->heads.at[0].where : s->tails.first->word.where;
    clause.conditions = build_conditions(builder, s);
    build_references(builder, &clause.names, &s->subjects);
    if ( otherwise )
        clause.otherwise = build_reference(&otherwise->names.at[0]);
    if ( text )
        clause.text = text->name.text;
    if ( require )
        clause.condition = require->expression;
    if ( s->type )
    {
        if ( s->type->kind == TREE_NAMED )
            *LIST_ADD(builder->arena, &clause.arguments) = build_reference(&s->type->name);
        else
            diag_error(builder->diag, CHECK_misplaced, s->type->where,
                       "a kind of domain is one word");
    }
    if ( kind == STATEMENT_ahead )
        clause.ahead = build_number(builder, &build_tail_kind(s, TAIL_NUMBER)->name, NULL);
    clause_arguments(builder, s, &clause);
    clause_resume(builder, s, &clause);
    if ( kind == STATEMENT_preempt )
        clause_preempt(builder, s, &clause);
    *LIST_ADD(builder->arena, clauses) = clause;
}

/* ---- hypercalls ----------------------------------------------------------------- */

/* The prefix that PREFIX_* stands for. */
static void set_prefix(struct builder *builder, const struct statement *s, const char **prefix)
{
    const struct name *name = &s->subjects.at[0];

    if ( *prefix )
        diag_error(builder->diag, CHECK_duplicate, s->heads.at[0].where,
                   "'%s' stands in this hypercall before",
                   keyword_text(s->heads.at[0].keyword));
    if ( !text_ends(name->text, "_*") )
    {
        diag_error(builder->diag, CHECK_misplaced, name->where,
                   "this is a pattern of names: %s_*", name->text);
        *prefix = name->text;
        return;
    }
    *prefix = arena_copy(builder->arena, name->text, strlen(name->text) - 1);
}

static const struct type *build_result(struct builder *builder, const struct statement *s)
{
    const struct tail *result = build_tail_kind(s, TAIL_RESULT);

    if ( !result ||
         (result->type->kind == TREE_NAMED && !strcmp(result->type->name.text, "errno")) )
        return NULL;
    return build_type(builder, result->type, NULL, NULL);
}

static void number_of(struct builder *builder, const struct statement *s,
                      uint64_t *value, const char **text)
{
    if ( s->number->kind != PLACE_VALUE || !s->number->is_number )
    {
        diag_error(builder->diag, CHECK_misplaced, s->number->where,
                   "'%s' is given a number", s->subjects.at[0].text);
        *text = "0";
        return;
    }
    *value = build_number(builder, &s->number->value, NULL);
    *text = s->number->value.text;
}

void build_hypercall(struct builder *builder, const struct statement *s)
{
    struct decl *decl = build_decl(builder, s, DECL_hypercall, &s->subjects.at[0], NULL);
    struct hypercall *hypercall = arena_alloc(builder->arena, sizeof(*hypercall));
    const struct tail *parameters = build_tail_kind(s, TAIL_PARAMETERS);
    struct condition_list around = builder->around;

    decl->hypercall = hypercall;
    hypercall->decl = decl;
    number_of(builder, s, &hypercall->number, &hypercall->number_text);
    if ( parameters )
        build_parameters(builder, &parameters->parameters, &hypercall->parameters);
    hypercall->result = build_result(builder, s);
    /* The conditions around the whole are the whole's. */
    builder->around = (struct condition_list){ 0 };
    TREE_EACH(line, &s->body)
    {
        int kind = placement_check(builder, line, IN_HYPERCALL);

        if ( kind == STATEMENT_ops )
        {
            set_prefix(builder, line, &hypercall->op_prefix);
            hypercall->ops_doc = line->doc;
        }
        else if ( kind == STATEMENT_structs )
        {
            set_prefix(builder, line, &hypercall->struct_prefix);
            hypercall->structs_doc = line->doc;
        }
        else if ( kind >= 0 )
            build_clause(builder, line, (enum statement_kind)kind, &hypercall->clauses);
    }
    builder->around = around;
    *LIST_ADD(builder->arena, &builder->interface->hypercalls) = hypercall;
    builder->hypercall = hypercall->op_prefix ? hypercall : builder->hypercall;
}

/* ---- ops ------------------------------------------------------------------------- */

/* 'as struct TAG': a name of its own for the structure. */
static const char *structure_tag(struct builder *builder, const struct statement *s)
{
    const struct tail *as = build_tail(s, KEYWORD_as);

    if ( as && !as->is_tag )
        diag_error(builder->diag, CHECK_misplaced, as->where,
                   "an op's structure is spelled 'as struct NAME'");
    if ( as && as->is_tag )
        return as->name.text;
    if ( !builder->hypercall || !builder->hypercall->struct_prefix )
        return s->subjects.at[0].text;
    return arena_format(builder->arena, "%s%s", builder->hypercall->struct_prefix,
                        s->subjects.at[0].text);
}

/* (name) names a structure; (name: type, ...) are arguments in registers. */
static void op_parameters(struct builder *builder, const struct statement *s, struct op *op)
{
    const struct tail *parameters = build_tail_kind(s, TAIL_PARAMETERS);
    const struct parameter *first = parameters ? &parameters->parameters.at[0] : NULL;

    if ( !first )
        return;
    if ( parameters->parameters.count == 1 && !first->type && !first->heads.count )
        op->structure = build_reference(&first->name);
    else
        build_parameters(builder, &parameters->parameters, &op->parameters);
}

void build_op(struct builder *builder, const struct statement *s)
{
    struct decl *decl = build_decl(builder, s, DECL_op, &s->subjects.at[0], NULL);
    struct op *op = arena_alloc(builder->arena, sizeof(*op));
    const struct tail *text = build_tail_kind(s, TAIL_TEXT);
    const struct tail *otherwise = build_tail(s, KEYWORD_else);

    decl->op = op;
    decl->is_removed = build_has_head(s, KEYWORD_removed);
    decl->is_deprecated = build_tail(s, KEYWORD_deprecated) != NULL;
    decl->reason = text ? text->name.text : NULL;
    if ( !decl->is_removed && decl->is_deprecated != (text != NULL) )
        diag_error(builder->diag, CHECK_misplaced, decl->where,
                   text ? "a text behind op '%s' belongs to 'deprecated'"
                        : "'deprecated' needs a reason: op %s = ... deprecated \"why\"",
                   decl->name);
    op->hypercall = builder->hypercall;
    number_of(builder, s, &op->number, &op->number_text);
    op_parameters(builder, s, op);
    op->result = build_result(builder, s);
    if ( otherwise )
        op->result_else = build_reference(&otherwise->names.at[0]);
    if ( !op->hypercall )
    {
        diag_error(builder->diag, CHECK_misplaced, decl->where,
                   "op '%s' belongs to no hypercall: a hypercall with 'ops' comes first",
                   decl->name);
        return;
    }
    if ( s->has_body )
    {
        op->aggregate = arena_alloc(builder->arena, sizeof(*op->aggregate));
        op->aggregate->where = decl->where;
        op->aggregate->tag = structure_tag(builder, s);
        op->aggregate->decl = decl;
        build_members(builder, &s->body, op->aggregate, decl, op);
    }
    if ( op->owns_structure && op->structure.text )
        diag_error(builder->diag, CHECK_misplaced, op->structure.where,
                   "op '%s' has a structure of its own and borrows another", decl->name);
    *LIST_ADD(builder->arena, &op->hypercall->ops) = decl;
}

/* More clauses for an op that is declared elsewhere, under a condition. */
void build_extend(struct builder *builder, const struct statement *s)
{
    struct decl *decl = build_decl(builder, s, DECL_extend, &s->subjects.at[0], NULL);
    struct op *op = arena_alloc(builder->arena, sizeof(*op));

    decl->op = op;
    decl->target = build_reference(&s->subjects.at[0]);
    op->hypercall = builder->hypercall;
    op->aggregate = arena_alloc(builder->arena, sizeof(*op->aggregate));
    op->aggregate->where = decl->where;
    op->aggregate->decl = decl;
    build_members(builder, &s->body, op->aggregate, decl, op);
    if ( op->owns_structure )
        diag_error(builder->diag, CHECK_misplaced, decl->where,
                   "'extend' adds to an op and cannot add members");
}
