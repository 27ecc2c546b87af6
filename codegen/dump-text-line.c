/* SPDX-License-Identifier: MIT */
/*
 * Lines of the language, and the parts that many statements have.  Needs the
 * model; gives the first part of dump-text.h.
 */
#include <string.h>

#include "dump-text.h"

/* ---- lines ------------------------------------------------------------------- */

struct text dump_line(const struct dump *dump)
{
    struct text line = { .arena = dump->arena };

    for ( size_t i = 0; i < (size_t)dump->depth * COLUMN_INDENT; i++ )
        text_add(&line, " ");
    return line;
}

void dump_pad(struct text *line, size_t column)
{
    do
        text_add(line, " ");
    while ( line->length < column );
}

void dump_doc(const struct dump *dump, const char *doc)
{
    struct text blank = dump_line(dump);
    const char *indent = text_string(&blank);

    while ( doc )
    {
        size_t length = strcspn(doc, "\n");

        fprintf(dump->stream, "%s///%s%.*s\n", indent, length ? " " : "", (int)length, doc);
        doc = doc[length] ? doc + length + 1 : NULL;
    }
}

/* Notes have no place in the model, only in the source: all up to this line. */
void dump_notes(struct dump *dump, const struct span *where)
{
    struct text blank = dump_line(dump);
    const char *indent = text_string(&blank);

    for ( ; dump->notes && dump->next_note < dump->notes->count; dump->next_note++ )
    {
        const struct note *note = &dump->notes->at[dump->next_note];

        if ( where && note->where.first.line > where->first.line )
            return;
        fprintf(dump->stream, "%s/*", indent);
        for ( const char *line = note->text; line; )
        {
            size_t length = strcspn(line, "\n");

            fprintf(dump->stream, "%s %.*s", line == note->text ? "" :
                    arena_format(dump->arena, "\n%s *", indent), (int)length, line);
            line = line[length] ? line + length + 1 : NULL;
        }
        fprintf(dump->stream, " */\n%s", note->is_apart ? "\n" : "");
    }
}

/* Documentation of one line stands behind its statement, where there is room. */
static bool fits_behind(const struct dump *dump, const struct text *line, const char *doc)
{
    size_t column = line->length + 2 > COLUMN_DOC ? line->length + 2 : COLUMN_DOC;

    return dump->depth && !strchr(doc, '\n') && !strchr(text_string(line), '\n') &&
           column + strlen("/// ") + strlen(doc) <= COLUMN_LAST;
}

void dump_end(struct dump *dump, struct text *line, const char *doc)
{
    text_add(line, ";");
    dump->fresh = false;
    if ( doc && fits_behind(dump, line, doc) )
    {
        text_add(line, " ");
        dump_pad(line, COLUMN_DOC);
        text_format(line, "///%s%s", *doc ? " " : "", doc);
    }
    else if ( doc )
        dump_doc(dump, doc);
    fprintf(dump->stream, "%s\n", text_string(line));
}

void dump_open(struct dump *dump, struct text *line, const char *doc)
{
    if ( doc )
        dump_doc(dump, doc);
    fprintf(dump->stream, "%s {\n", text_string(line));
    dump->depth++;
    dump->fresh = true;
}

void dump_close(struct dump *dump)
{
    struct text line;

    dump->depth--;
    dump->fresh = false;
    line = dump_line(dump);
    fprintf(dump->stream, "%s}\n", text_string(&line));
}

void dump_gap(struct dump *dump)
{
    if ( !dump->fresh )
        fputc('\n', dump->stream);
    dump->fresh = true;
}

/* ---- conditions ---------------------------------------------------------------- */

static void add_condition(struct text *line, struct arena *arena,
                          const struct condition *condition)
{
    static const char *const words[] = {
        [CONDITION_SINCE] = "since", [CONDITION_BEFORE] = "before",
        [CONDITION_FOR] = "for", [CONDITION_EXCEPT] = "except",
    };

    if ( condition->kind == CONDITION_SINCE || condition->kind == CONDITION_BEFORE )
        text_format(line, "%s %s", words[condition->kind],
                    version_text(arena, condition->version));
    else
        dump_references(line, words[condition->kind], &condition->names);
}

size_t dump_outer(const struct condition_list *conditions, bool tails)
{
    unsigned int seen = 0;
    size_t i = conditions->count;

    if ( !tails )
        return i;
    while ( i && !(seen & 1u << conditions->at[i - 1].kind) )
        seen |= 1u << conditions->at[--i].kind;
    return i;
}

bool dump_is_grouped(const struct dump *dump, const struct condition_list *conditions,
                     size_t count)
{
    if ( dump->groups.count != count )
        return false;
    for ( size_t i = 0; i < count; i++ )
        if ( !conditions_equal(&dump->groups.at[i], &conditions->at[i]) )
            return false;
    return true;
}

void dump_groups(struct dump *dump, const struct condition_list *conditions, size_t count)
{
    if ( dump_is_grouped(dump, conditions, count) )
        return;
    for ( ; dump->groups.count; dump->groups.count-- )
        dump_close(dump);
    for ( size_t i = 0; i < count; i++ )
    {
        struct text line = dump_line(dump);

        if ( !i )
            dump_gap(dump);
        add_condition(&line, dump->arena, &conditions->at[i]);
        dump_open(dump, &line, NULL);
        *LIST_ADD(dump->arena, &dump->groups) = conditions->at[i];
    }
}

void dump_conditions(struct dump *dump, struct text *line,
                     const struct condition_list *conditions, size_t from)
{
    for ( size_t i = from; i < conditions->count; i++ )
    {
        text_add(line, " ");
        add_condition(line, dump->arena, &conditions->at[i]);
    }
}

/* ---- parts of statements ---------------------------------------------------------- */

void dump_references(struct text *line, const char *word, const struct reference_list *list)
{
    if ( list->count )
        text_add(line, word);
    LIST_EACH(name, list)
        text_format(line, "%s%s", name != list->at ? ", " : *word ? " " : "", name->text);
}

void dump_string(struct text *line, const char *word, const char *string)
{
    if ( string )
        text_format(line, " %s%s\"%s\"", word, *word ? " " : "", string);
}

static void add_length(struct text *line, const struct expression *length)
{
    text_add(line, "[");
    if ( length )
        expression_print(length, line);
    text_add(line, "]");
}

static void add_name(struct text *line, const struct type *type)
{
    bool is_union = type->name.decl ? type->name.decl->kind == DECL_union : type->is_union;

    if ( type->is_tagged )
        text_add(line, is_union ? "union " : "struct ");
    text_add(line, type->name.text);
}

static void add_aggregate(struct text *line, const struct aggregate *aggregate)
{
    text_add(line, aggregate->is_union ? "union" : "struct");
    if ( aggregate->tag )
        text_format(line, " %s", aggregate->tag);
}

/* NAME<T>, and of a handle its length and '?'. */
static void add_wrapper(struct text *line, const char *wrapper, const struct type *type)
{
    text_format(line, "%s<%s", wrapper, type->is_const ? "const " : "");
    dump_type(line, type->element);
    text_add(line, ">");
    if ( type->length )
        add_length(line, type->length);
    if ( type->may_be_null )
        text_add(line, "?");
}

void dump_type(struct text *line, const struct type *type)
{
    switch ( type->kind )
    {
    case TYPE_BASE:      text_add(line, base_type_name(type->base)); break;
    case TYPE_NAMED:     add_name(line, type); break;
    case TYPE_AGGREGATE: add_aggregate(line, type->aggregate); break;
    case TYPE_HANDLE:    add_wrapper(line, type->is_64 ? "handle64" : "handle", type); break;
    case TYPE_POINTER:   add_wrapper(line, "pointer", type); break;
    case TYPE_RESERVED:  add_wrapper(line, "reserved", type); break;
    case TYPE_UNCHECKED: add_wrapper(line, "unchecked", type); break;
    case TYPE_MACHINE:   add_wrapper(line, "machine", type); break;
    case TYPE_OP:        text_add(line, "op"); break;
    case TYPE_COUNT:     text_format(line, "count<%s>", type->name.text); break;
    case TYPE_ARRAY:
        dump_type(line, type->element);
        add_length(line, type->length);
        break;
    }
}

static const char *parameter_text(struct arena *arena, const struct parameter_value *value)
{
    struct text text = { .arena = arena };

    if ( value->direction )
        text_format(&text, "%s ", direction_text(value->direction));
    text_add(&text, value->name);
    if ( value->type )
    {
        text_add(&text, ": ");
        dump_type(&text, value->type);
    }
    return text_string(&text);
}

void dump_parameters(struct text *line, const struct parameter_values *values)
{
    size_t column = line->length + 2, at = column;

    if ( !values->count )
        return;
    text_add(line, " (");
    LIST_EACH(value, values)
    {
        const char *text = parameter_text(line->arena, value);

        if ( value != values->at )
        {
            text_add(line, ",");
            /* Room for ") -> errno {" stays behind the last. */
            if ( at + strlen(text) + 15 > COLUMN_LAST )
                text_format(line, "\n%*s", (int)column, ""), at = column;
            else
                text_add(line, " "), at++;
        }
        text_add(line, text);
        at += strlen(text) + 1;
    }
    text_add(line, ")");
}
