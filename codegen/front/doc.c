/* SPDX-License-Identifier: MIT */
/*
 * Documentation finds its statement.
 *
 * Needs all statements and all '///' lines of one file, both in order.  A line
 * of its own documents what follows it; a line behind something documents
 * what it stands behind: the statement that ends there or whose body begins
 * there.
 */
#include <string.h>

#include "scan.h"

struct attach {
    struct scan *scan;
    size_t next;                /* the first line not given away yet */
    struct text text;           /* what the owner has, if it is several lines */
    struct statement *owner;
};

static bool point_before(struct point a, struct point b)
{
    return a.line < b.line || (a.line == b.line && a.column < b.column);
}

static void document(struct attach *attach, struct statement *statement,
                     const struct doc_line *line)
{
    if ( !statement->doc )
    {
        statement->doc = line->text;
        statement->doc_where = line->where;
        statement->doc_is_tail = line->is_tail;
        return;
    }
    if ( attach->owner != statement )
    {
        attach->owner = statement;
        attach->text = (struct text){ .arena = attach->scan->arena };
        text_add(&attach->text, statement->doc);
    }
    text_add(&attach->text, "\n");
    text_add(&attach->text, line->text);
    statement->doc = text_string(&attach->text);
    statement->doc_where.last = line->where.last;
}

static void document_nothing(struct attach *attach, const struct doc_line *line)
{
    diag_error(attach->scan->diag, CHECK_misplaced, line->where,
               "this documents nothing: no statement follows");
}

/*
 * Lines up to the place 'until'.  Tails go to behind, the others to next; one
 * of them may be missing.
 */
static void give(struct attach *attach, struct point until,
                 struct statement *behind, struct statement *next)
{
    struct doc_list *docs = &attach->scan->docs;

    for ( ; attach->next < docs->count; attach->next++ )
    {
        struct doc_line *line = &docs->at[attach->next];
        struct statement *owner;

        if ( !point_before(line->where.first, until) )
            return;
        /* A second line below a tail goes on with it. */
        owner = line->is_tail && behind ? behind : next;
        if ( owner )
            document(attach, owner, line);
        else
            document_nothing(attach, line);
    }
}

static void attach_list(struct attach *attach, struct statement_list *list,
                        struct statement *parent)
{
    struct statement *previous = parent;

    TREE_EACH(statement, list)
    {
        give(attach, statement->where.first, previous, statement);
        if ( statement->has_body )
            attach_list(attach, &statement->body, statement);
        /* What stands within a statement on several lines is its own. */
        give(attach, statement->where.last, statement->body.last
             ? statement->body.last : statement, NULL);
        previous = statement;
    }
    if ( parent )
        give(attach, parent->where.last, previous, NULL);
}

void doc_attach(struct scan *scan)
{
    struct attach attach = { .scan = scan };
    struct point end = { scan->at.line + 1, 1 };
    struct statement_list *all = &scan->tree->statements;

    attach_list(&attach, all, NULL);
    give(&attach, end, all->last, NULL);
}
