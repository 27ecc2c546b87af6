/* SPDX-License-Identifier: MIT */
/*
 * Statements as maps of YAML: what reads well on one line stands on one line.
 * Needs the tables of yaml-form.h and convert-scalar.c; gives convert_yaml.
 */
#include <string.h>

#include "convert.h"

enum { INDENT = 2, LAST_COLUMN = 100 };

struct writer {
    struct arena *arena;
    struct text text;
    const struct note_list *notes;
    size_t next_note;
};

/* ---- which form ------------------------------------------------------------------------ */

static bool has_heads(const struct yaml_form *form, const struct statement *s)
{
    enum keyword heads[2];
    size_t count = form_heads(form, heads);

    for ( size_t i = 0; i < count; i++ )
        if ( i >= s->heads.count || s->heads.at[i].keyword != heads[i] )
            return false;
    return true;
}

/* around: whose keys flat ones are; NULL: an element of a list. */
static const struct yaml_form *form_of(const struct statement *s, bool is_value,
                                       const struct yaml_form *around)
{
    int kind = placement_kind(s, is_value ? IN_SET : IN_FILE);

    if ( kind == STATEMENT_refinement )
        kind = STATEMENT_member;
    for ( size_t i = 0; i < nr_forms; i++ )
        if ( (int)forms[i].kind == kind && has_heads(&forms[i], s) &&
             (around ? form_is_flat_in(&forms[i], around) : !forms[i].flat) )
            return &forms[i];
    return NULL;
}

/* ---- one line, or several --------------------------------------------------------------- */

/* A name may be a number, and must not be taken for true. */
static enum scalar kind_of_name(const struct parameter *parameter)
{
    return form_is_odd_word(parameter->name.text) ? SCALAR_TEXT : SCALAR_NUMBER;
}

static void add_parameter(struct text *to, const struct parameter *parameter,
                          struct arena *arena)
{
    if ( !parameter->type && !parameter->heads.count )
    {
        scalar_add(to, parameter->name.text, kind_of_name(parameter), true);
        return;
    }
    text_add(to, "{name: ");
    scalar_add(to, parameter->name.text, kind_of_name(parameter), true);
    if ( parameter->type )
    {
        text_add(to, ", type: ");
        scalar_add(to, scalar_source(arena, parameter->type->where), SCALAR_TEXT, true);
    }
    LIST_EACH(head, &parameter->heads)
        text_format(to, ", " FORM_DIRECTION ": %s", keyword_text(head->keyword));
    text_add(to, "}");
}

/* A value of one line. */
static void add_line(struct text *to, const struct entry *entry, bool in_flow)
{
    const struct parameter_list *parameters = entry->parameters;
    bool is_list = entry->values.count > 1;

    if ( entry->kind == ENTRY_TRUE )
        text_add(to, "true");
    text_add(to, is_list || parameters ? "[" : "");
    LIST_EACH(value, &entry->values)
    {
        text_add(to, value != entry->values.at ? ", " : "");
        scalar_add(to, *value, entry->scalar, in_flow || is_list);
    }
    for ( size_t i = 0; parameters && i < parameters->count; i++ )
    {
        text_add(to, i ? ", " : "");
        add_parameter(to, &parameters->at[i], to->arena);
    }
    text_add(to, is_list || parameters ? "]" : "");
}

/* {key: value, ...}; NULL where it does not fit on a line from there on. */
static const char *flow_text(struct writer *writer, const struct map_text *map, size_t column)
{
    struct text line = { .arena = writer->arena };

    if ( map->statement->has_body )
        return NULL;
    text_add(&line, "{");
    LIST_EACH(entry, &map->entries)
    {
        if ( entry->kind == ENTRY_LINES )
            return NULL;
        text_format(&line, "%s%s: ", entry != map->entries.at ? ", " : "", entry->key);
        add_line(&line, entry, true);
    }
    text_add(&line, "}");
    return column + line.length <= LAST_COLUMN ? text_string(&line) : NULL;
}

static void indent_to(struct writer *writer, size_t indent)
{
    text_format(&writer->text, "%*s", (int)indent, "");
}

/* Notes before the statement, and behind it on its line; NULL: all that are left. */
static void put_notes(struct writer *writer, const struct statement *s, size_t indent)
{
    bool follows = false;

    for ( ; writer->next_note < writer->notes->count; writer->next_note++ )
    {
        const struct note *note = &writer->notes->at[writer->next_note];

        if ( s && note->where.first.line > (s->has_body ? s->where.first.line
                                                        : s->where.last.line) )
            return;
        /* Else the two would be one when they are read. */
        if ( follows )
            text_format(&writer->text, "%*s#\n", (int)indent, "");
        follows = !note->is_apart;
        for ( const char *line = note->text; line; )
        {
            size_t length = strcspn(line, "\n");

            indent_to(writer, indent);
            text_format(&writer->text, "# %.*s\n", (int)length, line);
            line = line[length] ? line + length + 1 : NULL;
        }
        text_add(&writer->text, note->is_apart ? "\n" : "");
    }
}

/* 'KEY: VALUE' and a newline; what is too long for a line is a list of lines. */
static void put_entry(struct writer *writer, const struct entry *entry, size_t indent)
{
    struct text line = { .arena = writer->arena };

    text_format(&writer->text, "%s: ", entry->key);
    if ( entry->kind == ENTRY_LINES )
    {
        scalar_add_lines(&writer->text, entry->values.at[0], indent + INDENT);
        return;
    }
    add_line(&line, entry, false);
    if ( entry->kind != ENTRY_PARAMETERS ||
         indent + strlen(entry->key) + 2 + line.length <= LAST_COLUMN )
    {
        text_format(&writer->text, "%s\n", text_string(&line));
        return;
    }
    writer->text.length--;      /* no blank at the end of the line */
    text_add(&writer->text, "\n");
    LIST_EACH(parameter, entry->parameters)
    {
        indent_to(writer, indent + INDENT);
        text_add(&writer->text, "- ");
        add_parameter(&writer->text, parameter, writer->arena);
        text_add(&writer->text, "\n");
    }
}

/* ---- lists of statements -------------------------------------------------------------------- */

static void put_bodies(struct writer *writer, const struct statement *s,
                       const struct yaml_form *form, size_t indent, unsigned int list);

static bool is_group(const struct statement *s)
{
    return !s->heads.count && !s->subjects.count && s->has_body && !s->code &&
           placement_kind(s, IN_FILE) == STATEMENT_group;
}

/* Fields and clauses are two lists; a group that holds both stands in both. */
static bool belongs(const struct statement *s, unsigned int list)
{
    bool is_clause;

    if ( list & ~(BODY_FIELDS | BODY_CLAUSES) )
        return true;
    if ( is_group(s) )
    {
        TREE_EACH(inner, &s->body)
            if ( belongs(inner, list) )
                return true;
        return !s->body.first && list == BODY_FIELDS;
    }
    is_clause = form_is_clause((enum statement_kind)placement_kind(s, IN_FILE));
    return is_clause == (list == BODY_CLAUSES);
}

static bool is_one_line(const struct map_text *map, const char *flow)
{
    return flow || (map->entries.count == 1 && !map->statement->has_body &&
                    map->entries.at[0].kind != ENTRY_LINES);
}

static void put_item(struct writer *writer, const struct statement *s, size_t indent,
                     unsigned int list, bool is_first, bool *was_line)
{
    const struct yaml_form *form = form_of(s, list == BODY_VALUES, NULL);
    struct map_text map;
    const char *flow;
    bool is_line;

    if ( !form )
        return;
    map = convert_keys(writer->arena, s, form);
    flow = map.entries.count > 1 ? flow_text(writer, &map, indent + INDENT) : NULL;
    is_line = is_one_line(&map, flow);
    if ( list == BODY_DECLARATIONS && !is_first &&
         (!*was_line || !is_line || form->main == MAIN_TEXT) )
        text_add(&writer->text, "\n");
    *was_line = is_line && form->main != MAIN_TEXT;
    put_notes(writer, s, indent);
    indent_to(writer, indent);
    text_add(&writer->text, "- ");
    if ( flow )
    {
        text_format(&writer->text, "%s\n", flow);
        return;
    }
    LIST_EACH(entry, &map.entries)
    {
        if ( entry != map.entries.at )
            indent_to(writer, indent + INDENT);
        put_entry(writer, entry, indent + INDENT);
    }
    put_bodies(writer, s, form, indent + INDENT, is_group(s) ? list : 0);
}

static void put_list(struct writer *writer, const struct statement *s, unsigned int body,
                     size_t indent)
{
    bool was_line = true, is_first = true, any = false;

    TREE_EACH(inner, &s->body)
        any |= belongs(inner, body);
    if ( !any && (s->body.first || body == BODY_CLAUSES) )
        return;
    indent_to(writer, indent);
    for ( unsigned int i = 0; i < NR_BODIES; i++ )
        if ( body == 1u << i )
            text_format(&writer->text, "%s:%s\n", form_body_key(i), any ? "" : " []");
    TREE_EACH(inner, &s->body)
        if ( belongs(inner, body) )
        {
            put_item(writer, inner, indent + INDENT, body, is_first, &was_line);
            is_first = false;
        }
}

/* What stands in front of the header says so. */
static const struct yaml_form *flat_form(const struct statement *s, const struct statement *inner,
                                         const struct yaml_form *around)
{
    const struct yaml_form *form = form_of(inner, false, around), *next = form + 1;
    bool is_before = false;

    TREE_EACH(line, &s->body)
    {
        if ( line == inner )
            is_before = true;
        if ( is_before && placement_kind(line, IN_INTERFACE) == STATEMENT_header )
            return form;
    }
    for ( ; form && next < forms + nr_forms; next++ )
        if ( next->kind == form->kind && next->flat )
            return next;
    return form;
}

static void put_flat(struct writer *writer, const struct map_text *map, size_t indent,
                     bool is_element)
{
    const char *flow = flow_text(writer, map, indent + 20);

    put_notes(writer, map->statement, indent);
    indent_to(writer, indent);
    if ( is_element && flow )
        text_format(&writer->text, "- %s\n", flow);
    else if ( map->entries.count == 1 && !is_element )
    {
        struct entry entry = map->entries.at[0];

        entry.key = map->form->key;
        put_entry(writer, &entry, indent);
    }
    else if ( flow )
        text_format(&writer->text, "%s: %s\n", map->form->key, flow);
    else
    {
        text_format(&writer->text, is_element ? "- " : "%s:\n", map->form->key);
        LIST_EACH(entry, &map->entries)
        {
            if ( !is_element || entry != map->entries.at )
                indent_to(writer, indent + INDENT);
            put_entry(writer, entry, indent + INDENT);
        }
    }
}

/* Keys of the map that are statements, in the order of their table. */
static void put_flats(struct writer *writer, const struct statement *s,
                      const struct yaml_form *around, size_t indent)
{
    for ( const struct yaml_form *form = forms; form < forms + nr_forms; form++ )
    {
        LIST(struct map_text) maps = { 0 };
        bool is_list;

        if ( !form_is_flat_in(form, around) )
            continue;
        TREE_EACH(inner, &s->body)
            if ( form_of(inner, false, around) && flat_form(s, inner, around) == form )
                *LIST_ADD(writer->arena, &maps) = convert_keys(writer->arena, inner, form);
        is_list = maps.count > 1;
        if ( is_list )
        {
            indent_to(writer, indent);
            text_format(&writer->text, "%s:\n", form->key);
        }
        LIST_EACH(map, &maps)
            put_flat(writer, map, indent + (is_list ? INDENT : 0), is_list);
    }
}

/* list: of a group, what of it stands here; 0: all that there is. */
static void put_bodies(struct writer *writer, const struct statement *s,
                       const struct yaml_form *form, size_t indent, unsigned int list)
{
    if ( !s->has_body )
        return;
    put_flats(writer, s, form, indent);
    for ( unsigned int i = 0; i < NR_BODIES; i++ )
        if ( form->body & 1u << i && (!list || list == 1u << i) )
            put_list(writer, s, 1u << i, indent);
}

/* ---- a file ------------------------------------------------------------------------------------ */

static void put_head(struct writer *writer, const struct statement *interface)
{
    const struct yaml_form *form = form_of(interface, false, NULL);
    struct map_text map = convert_keys(writer->arena, interface, form);

    put_notes(writer, interface, 0);
    LIST_EACH(entry, &map.entries)
        put_entry(writer, entry, 0);
    put_flats(writer, interface, form, 0);
}

const char *convert_yaml(struct arena *arena, const struct tree *tree)
{
    struct writer writer = { .arena = arena, .text.arena = arena,
                             .notes = &tree->notes };
    struct statement rest = { .body = tree->statements, .has_body = true };

    text_add(&writer.text, "# yaml-language-server: $schema=" SCHEMA_PLACE "\n");
    put_head(&writer, tree->statements.first);
    rest.body.first = tree->statements.first->next;
    if ( rest.body.first )
    {
        text_add(&writer.text, "\n");
        put_list(&writer, &rest, BODY_DECLARATIONS, 0);
    }
    put_notes(&writer, NULL, 0);
    return text_string(&writer.text);
}
