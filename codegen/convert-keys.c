/* SPDX-License-Identifier: MIT */
/*
 * A statement as the keys of a map: the same for each of its parts, whatever it
 * is.  Needs the tables of yaml-form.h; gives convert_keys of convert.h.
 */
#include <string.h>

#include "convert.h"

static struct entry *entry_new(struct arena *arena, struct map_text *map, const char *key,
                               enum entry_kind kind)
{
    struct entry *entry = LIST_ADD(arena, &map->entries);

    *entry = (struct entry){ .key = key, .kind = kind };
    return entry;
}

static void add_value(struct arena *arena, struct entry *entry, const char *value)
{
    *LIST_ADD(arena, &entry->values) = value;
}

static void add_scalar(struct arena *arena, struct map_text *map, const char *key,
                       const char *value, enum scalar scalar)
{
    struct entry *entry = entry_new(arena, map, key, ENTRY_SCALARS);

    entry->scalar = scalar;
    add_value(arena, entry, value);
}

static void add_names(struct arena *arena, struct map_text *map, const char *key,
                      const struct name_list *names)
{
    struct entry *entry = entry_new(arena, map, key, ENTRY_SCALARS);

    entry->scalar = SCALAR_NUMBER;      /* a name may be one; odd words are not */
    LIST_EACH(name, names)
    {
        if ( form_is_odd_word(name->text) )
            entry->scalar = SCALAR_TEXT;
        add_value(arena, entry, name->text);
    }
}

static void add_doc(struct arena *arena, struct map_text *map, const char *doc)
{
    if ( !strchr(doc, '\n') )
        add_scalar(arena, map, FORM_DOC, doc, SCALAR_TEXT);
    else
        add_value(arena, entry_new(arena, map, FORM_DOC, ENTRY_LINES),
                  arena_format(arena, "%s\n", doc));
}

static const char *tail_key(const struct tail *tail)
{
    for ( size_t i = 0; i < nr_form_tails; i++ )
        if ( tail->kind == TAIL_RESULT ? form_tails[i].kind == FORM_RESULT
             : tail->kind == TAIL_PARAMETERS ? form_tails[i].kind == FORM_PARAMETERS
             : form_tails[i].word == tail->word.keyword )
            return form_tails[i].key;
    return "";
}

/* The reason of 'deprecated' is a text behind it, or before it. */
static void add_mark(struct arena *arena, struct map_text *map, const struct tail *mark)
{
    const struct tail *text = build_tail_kind(map->statement, TAIL_TEXT);

    if ( mark->word.keyword == KEYWORD_deprecated && text )
        add_scalar(arena, map, tail_key(mark), text->name.text, SCALAR_TEXT);
    else
        entry_new(arena, map, tail_key(mark), ENTRY_TRUE);
}

static void add_steps(struct arena *arena, struct map_text *map, const struct tail *tail)
{
    struct entry *entry = entry_new(arena, map, tail_key(tail), ENTRY_SCALARS);

    LIST_EACH(step, &tail->steps)
        add_value(arena, entry, scalar_source(arena, step->where));
}

static void add_text(struct arena *arena, struct map_text *map, const struct tail *tail)
{
    const char *key = map->form->main == MAIN_TEXT ? map->main : map->form->text;

    if ( !build_tail(map->statement, KEYWORD_deprecated) )
        add_scalar(arena, map, key, tail->name.text, SCALAR_TEXT);
}

static void add_tail(struct arena *arena, struct map_text *map, const struct tail *tail)
{
    const char *range = map->form->main == MAIN_RANGE ? map->main : map->form->number;

    switch ( tail->kind )
    {
    case TAIL_AGE:
        add_scalar(arena, map, tail_key(tail), tail->name.text, SCALAR_TEXT);
        break;
    case TAIL_WITH: add_names(arena, map, tail_key(tail), &tail->names); break;
    case TAIL_MARK: add_mark(arena, map, tail); break;
    case TAIL_AS:
        add_scalar(arena, map, tail_key(tail), tail->is_tag
                   ? arena_format(arena, "struct %s", tail->name.text)
                   : tail->name.text, SCALAR_TEXT);
        break;
    case TAIL_RESUME: add_steps(arena, map, tail); break;
    case TAIL_REQUIRE:
        add_scalar(arena, map, tail_key(tail),
                   scalar_source(arena, tail->expression->where), SCALAR_TEXT);
        break;
    case TAIL_RESULT:
        add_scalar(arena, map, tail_key(tail),
                   scalar_source(arena, tail->type->where), SCALAR_TEXT);
        break;
    case TAIL_PARAMETERS:
        entry_new(arena, map, tail_key(tail), ENTRY_PARAMETERS)->parameters =
            &tail->parameters;
        break;
    case TAIL_TEXT: add_text(arena, map, tail); break;
    case TAIL_NUMBER:
        add_scalar(arena, map, map->form->number, tail->name.text, SCALAR_NUMBER);
        break;
    case TAIL_RANGE:
        add_scalar(arena, map, range, scalar_source(arena, tail->range->where),
                   SCALAR_NUMBER);
        break;
    }
}

/* What stands before the tails: what it is, its type, its number. */
static void add_parts(struct arena *arena, struct map_text *map)
{
    const struct statement *s = map->statement;
    const struct yaml_form *form = map->form;

    if ( form->main == MAIN_NAMES )
        add_names(arena, map, map->main, &s->subjects);
    else if ( form->main == MAIN_TRUE )
        entry_new(arena, map, map->main, ENTRY_TRUE);
    else if ( form->main == MAIN_CODE && s->code[0] == '\n' && scalar_is_block(s->code + 1) )
        add_value(arena, entry_new(arena, map, map->main, ENTRY_LINES), s->code + 1);
    else if ( form->main == MAIN_CODE )
        add_value(arena, entry_new(arena, map, map->main, ENTRY_LINES), s->code);
    if ( s->type )
        add_scalar(arena, map, form->type, scalar_source(arena, s->type->where),
                   SCALAR_TEXT);
    if ( form->kind == STATEMENT_member || form->kind == STATEMENT_refinement )
        LIST_EACH(head, &s->heads)
            add_scalar(arena, map, FORM_DIRECTION, keyword_text(head->keyword), SCALAR_TEXT);
    if ( s->number->kind == PLACE_TEXT )
        add_scalar(arena, map, form->text, s->number->value.text, SCALAR_TEXT);
    else if ( s->number->kind != PLACE_NONE )
        add_scalar(arena, map, form->number,
                   scalar_source(arena, s->number->where), SCALAR_NUMBER);
}

struct map_text convert_keys(struct arena *arena, const struct statement *s,
                                const struct yaml_form *form)
{
    struct map_text map = { .form = form, .main = form->flat ? form->flat : form->key,
                            .statement = s };

    add_parts(arena, &map);
    TREE_EACH(tail, &s->tails)
        add_tail(arena, &map, tail);
    if ( s->doc )
        add_doc(arena, &map, s->doc);
    return map;
}
