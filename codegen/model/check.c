/* SPDX-License-Identifier: MIT */
/*
 * What is wrong with a description that can be read and whose names are bound.
 *
 * Needs a resolved model; only reports.  One row for each function: under which
 * id it reports, and what it looks at.  All rows look at a few things before
 * they go on to the next few: a model of many megabytes comes into the cache
 * once, not once for each row.  The end is the end, or too many errors.
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

#define EACH_ROW(row) \
    for ( const struct row *row = rows; row < rows + sizeof(rows) / sizeof(rows[0]); row++ )

/* Every row that looks at these, from number first up to number last. */
#define RUN_ROWS(what, list, of)                                            \
static void run_##what(struct checker *checker, size_t first, size_t last)  \
{                                                                           \
    EACH_ROW(row)                                                           \
    {                                                                       \
        checker->id = row->id;                                              \
        for ( size_t i = first; row->what && !full(checker) && i < last; i++ ) \
            row->what(checker, of checker->list.at[i]);                     \
    }                                                                       \
}
RUN_ROWS(interface, model->interfaces, )
RUN_ROWS(decl, decls, )
RUN_ROWS(body, bodies, )
RUN_ROWS(use, uses, &)
#undef RUN_ROWS

static void run_clauses(struct checker *checker, const struct row *row,
                        const struct callable *call)
{
    LIST_EACH(scope, &call->scopes)
        LIST_EACH(clause, scope->clauses)
            row->clause(checker, scope, clause);
}

static void run_call(struct checker *checker, size_t first, size_t last)
{
    EACH_ROW(row)
    {
        checker->id = row->id;
        for ( size_t i = first; row->call && !full(checker) && i < last; i++ )
            row->call(checker, checker->calls.at[i]);
        for ( size_t i = first; row->clause && !full(checker) && i < last; i++ )
            run_clauses(checker, row, checker->calls.at[i]);
    }
}

static void run_few(struct checker *checker, size_t count,
                    void (*run)(struct checker *, size_t first, size_t last))
{
    enum { FEW = 128 };

    for ( size_t first = 0; first < count; first += FEW )
        run(checker, first, count - first < FEW ? count : first + FEW);
}

static void run_all(struct checker *checker)
{
    run_few(checker, checker->model->interfaces.count, run_interface);
    run_few(checker, checker->decls.count, run_decl);
    run_few(checker, checker->bodies.count, run_body);
    run_few(checker, checker->uses.count, run_use);
    run_few(checker, checker->calls.count, run_call);
    EACH_ROW(row)
    {
        checker->id = row->id;
        if ( row->model && !full(checker) )
            row->model(checker);
    }
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
    run_all(&checker);
}
