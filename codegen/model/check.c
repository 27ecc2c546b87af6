/* SPDX-License-Identifier: MIT */
/*
 * What is wrong with a description that can be read and whose names are bound.
 *
 * Needs a resolved model; only reports.  One row for each function: under which
 * id it reports, and what it looks at.  Rows run one after the other, each over
 * the whole model, until there are too many errors.
 */
#include "checks.h"

static const struct row {
    enum check id;
    check_of_model *model;
    check_of_interface *interface;
    check_of_decl *decl;
    check_of_body *body;
    check_of_use *use;
    check_of_call *call;
    check_of_clause *clause;
} rows[] = {
#define ROW(id, what, function) { CHECK_##id, .what = function },
    CHECK_ROWS
#undef ROW
};

bool check_first_at(struct checker *checker, struct span where)
{
    const char *key = arena_format(checker->arena, "%d:%s:%d:%d", (int)checker->id,
                                   where.source ? where.source->path : "",
                                   where.first.line, where.first.column);

    return map_add(&checker->seen, key, checker);
}

/* Too many errors: what follows would only be counted. */
static bool full(const struct checker *checker)
{
    return diag_is_full(checker->diag);
}

static void run_clauses(struct checker *checker, const struct row *row)
{
    for ( size_t i = 0; !full(checker) && i < checker->calls.count; i++ )
        LIST_EACH(scope, &checker->calls.at[i]->scopes)
            LIST_EACH(clause, scope->clauses)
                row->clause(checker, scope, clause);
}

static void run(struct checker *checker, const struct row *row)
{
    const struct model *model = checker->model;

    checker->id = row->id;
    if ( row->model )
        row->model(checker);
    for ( size_t i = 0; row->interface && !full(checker) && i < model->interfaces.count; i++ )
        row->interface(checker, model->interfaces.at[i]);
    for ( size_t i = 0; row->decl && !full(checker) && i < checker->decls.count; i++ )
        row->decl(checker, checker->decls.at[i]);
    for ( size_t i = 0; row->body && !full(checker) && i < checker->bodies.count; i++ )
        row->body(checker, checker->bodies.at[i]);
    for ( size_t i = 0; row->use && !full(checker) && i < checker->uses.count; i++ )
        row->use(checker, &checker->uses.at[i]);
    for ( size_t i = 0; row->call && !full(checker) && i < checker->calls.count; i++ )
        row->call(checker, checker->calls.at[i]);
    if ( row->clause )
        run_clauses(checker, row);
}

void check_model(struct model *model)
{
    struct checker checker = { .model = model, .diag = model->diag,
                               .arena = model->arena };

    checker.seen.arena = checker.tags.arena = model->arena;
    collect_model(&checker);
    checker.id = CHECK_cycle;
    check_type_cycles(&checker);
    /* What leads back to itself has no end to walk to. */
    if ( model->diag->errors )
        return;
    collect_calls(&checker);
    for ( size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++ )
        if ( !diag_is_full(model->diag) )
            run(&checker, &rows[i]);
}
