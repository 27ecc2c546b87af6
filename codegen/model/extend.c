/* SPDX-License-Identifier: MIT */
/* Extensions of ops: see extend.h. */
#include <string.h>

#include "extend.h"

static bool same_names(const struct reference_list *a, const struct reference_list *b)
{
    bool same = a->count == b->count;

    for ( size_t i = 0; same && i < a->count; i++ )
        same = !strcmp(a->at[i].text, b->at[i].text);
    return same;
}

bool extend_asks_same(const struct clause *a, const struct clause *b)
{
    return a->kind == CLAUSE_xsm && b->kind == CLAUSE_xsm && same_names(&a->names, &b->names) &&
           same_names(&a->arguments, &b->arguments);
}

/* An arm's is the arm's alone. */
static bool is_own(const struct op *op, const struct clause *xsm)
{
    LIST_EACH(clause, &op->clauses)
        if ( clause == xsm )
            return true;
    return false;
}

/* The line about it; view NULL: in any. */
static const struct clause *find(const struct view *view, const struct op *op,
                                 const struct clause *xsm)
{
    if ( op->extensions.count && is_own(op, xsm) )
        LIST_EACH(extension, &op->extensions)
            LIST_EACH(clause, &(*extension)->op->clauses)
                if ( extend_asks_same(clause, xsm) &&
                     (!view || (view_has(view, *extension) &&
                                view_holds(view, &clause->conditions))) )
                    return clause;
    return NULL;
}

bool extend_refuses(const struct op *op, const struct clause *xsm)
{
    return find(NULL, op, xsm) != NULL;
}

const char *extend_refusal(const struct view *view, const struct op *op,
                           const struct clause *xsm)
{
    const struct clause *otherwise = find(view, op, xsm);

    return (otherwise ? otherwise : xsm)->otherwise.text;
}
