/* SPDX-License-Identifier: MIT */
/* Texts: documentation where there has to be some, and blocks of C. */
#include <string.h>

#include "checks.h"

/* ---- [no-doc] ------------------------------------------------------------ */

void check_interface_doc(struct checker *checker, const struct interface *interface)
{
    if ( interface->doc )
        return;
    check_error(checker, interface->where, "interface '%s' has no documentation",
                interface->name);
    check_help(checker, interface->where, "say above it in a sentence what it is for: /// ...");
}

void check_decl_doc(struct checker *checker, const struct decl *decl)
{
    if ( (decl->kind != DECL_op && decl->kind != DECL_hypercall) || decl->doc ||
         decl->is_removed )
        return;
    check_error(checker, decl->where, "%s '%s' has no documentation",
                decl_kind_text(decl->kind), decl->name);
    check_help(checker, decl->where, "say above it in a sentence what it does: /// ...");
}

/* ---- [verbatim] ---------------------------------------------------------- */

static struct span line_span(const struct decl *decl, int line, size_t from, size_t to)
{
    struct span where = decl->where;

    if ( decl->text_indent < 0 )
        return where;
    where.first.line = decl->text_at.line + line;
    where.first.column = (line ? 1 + decl->text_indent : decl->text_at.column) + (int)from;
    where.last = where.first;
    where.last.column += (int)(to - from);
    return where;
}

void check_verbatim(struct checker *checker, const struct decl *decl)
{
    const char *at = decl->text;
    bool continues = false;

    if ( decl->kind != DECL_code )
        return;
    for ( int line = 0; *at; line++ )
    {
        size_t length = strcspn(at, "\n");
        size_t from = strspn(at, " \t"), to = length;

        while ( to > from && (at[to - 1] == ' ' || at[to - 1] == '\t') )
            to--;
        if ( from < to && at[from] != '#' && !continues )
        {
            check_error(checker, line_span(decl, line, from, to),
                        "this is no preprocessor line");
            check_help(checker, line_span(decl, line, from, to),
                       "say it with macro, const, type or struct; a note goes above the "
                       "block");
            return;
        }
        continues = to && at[to - 1] == '\\';
        at += length + (at[length] == '\n');
    }
}
