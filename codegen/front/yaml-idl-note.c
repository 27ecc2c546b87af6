/* SPDX-License-Identifier: MIT */
/*
 * Comments of a YAML file -> notes.  libyaml drops them, so they are looked for
 * where no key and no scalar stands.  Needs the tree of nodes; gives idl_notes.
 */
#include <string.h>

#include "yaml-idl.h"

struct gaps {
    struct yaml_idl *idl;
    size_t at;                  /* so much of the source has been looked at */
};

static size_t offset_of(const struct source *source, struct point point)
{
    return source->lines.at[point.line - 1] + (size_t)point.column - 1;
}

static struct point point_of(const struct source *source, size_t offset, int line)
{
    while ( (size_t)line < source->lines.count && source->lines.at[line] <= offset )
        line++;
    return (struct point){ line, (int)(offset - source->lines.at[line - 1]) + 1 };
}

/* Lines that follow each other at one column are one note. */
static bool goes_on(const struct note *last, struct span where)
{
    return last->where.last.line == where.first.line - 1 && !last->is_apart &&
           last->where.first.column == where.first.column;
}

static void add_note(struct yaml_idl *idl, const char *hash, size_t offset)
{
    struct note_list *notes = &idl->scan.tree->notes;
    struct note *last = notes->count ? &notes->at[notes->count - 1] : NULL;
    size_t length = strcspn(hash, "\n"), marks = strspn(hash, "#");
    const char *text = hash + marks + strspn(hash + marks, " \t"), *end = hash + length;
    struct span where = { idl->scan.source, { 1, 1 }, { 1, 1 } };

    where.first = point_of(idl->scan.source, offset, last ? last->where.last.line : 1);
    where.last = (struct point){ where.first.line, where.first.column + (int)length };
    while ( end > text && (end[-1] == ' ' || end[-1] == '\t') )
        end--;
    text = arena_copy(idl->scan.arena, text, (size_t)(end - text));
    /* For editors alone; whoever converts gives each file its own.  C's notes end so. */
    if ( text_starts(text, "yaml-language-server:") || strstr(text, "*/") || !*text )
        return;
    if ( last && goes_on(last, where) )
    {
        last->text = arena_format(idl->scan.arena, "%s\n%s", last->text, text);
        last->where.last = where.last;
    }
    else
    {
        last = LIST_ADD(idl->scan.arena, notes);
        *last = (struct note){ where, text, false };
    }
    last->is_apart = text_starts(hash + length, "\n\n");
}

static void look(struct gaps *gaps, size_t end)
{
    const char *text = gaps->idl->scan.source->text;

    while ( gaps->at < end )
    {
        if ( text[gaps->at] == '#' )
        {
            add_note(gaps->idl, text + gaps->at, gaps->at);
            gaps->at += strcspn(text + gaps->at, "\n");
        }
        else
            gaps->at++;
    }
}

static void pass(struct gaps *gaps, struct span where)
{
    size_t end = offset_of(gaps->idl->scan.source, where.last);

    look(gaps, offset_of(gaps->idl->scan.source, where.first));
    gaps->at = end > gaps->at ? end : gaps->at;
}

static void walk(struct gaps *gaps, const struct node *node)
{
    if ( node->kind == NODE_SCALAR )
        pass(gaps, node->where);
    LIST_EACH(item, &node->items)
        walk(gaps, *item);
    LIST_EACH(pair, &node->pairs)
    {
        pass(gaps, pair->where);
        walk(gaps, pair->value);
    }
}

void idl_notes(struct yaml_idl *idl, const struct node *root)
{
    struct gaps gaps = { .idl = idl };

    walk(&gaps, root);
    look(&gaps, idl->scan.source->size);
}
