/* SPDX-License-Identifier: MIT */
/*
 * libyaml's events -> a tree in which every node and key knows its place.
 * What tables do without (anchors, aliases, tags, directives, a second
 * document) is refused here.  Needs libyaml and base; gives yaml-tree.h.
 */
#include <stdint.h>
#include <string.h>

#include <yaml.h>

#include "yaml-syntax.h"
#include "yaml-tree.h"

struct reading {
    struct arena *arena;
    struct diag *diag;
    struct yaml_places places;
    yaml_parser_t parser;
    unsigned int depth, depth_limit;
    bool failed;                /* reported; there is nothing more to read */
};

static struct span span_of(struct reading *reading, const yaml_event_t *event)
{
    return yaml_span(&reading->places, event->start_mark.index,
                     event->end_mark.index);
}

static bool next_event(struct reading *reading, yaml_event_t *event)
{
    if ( reading->failed )
        return false;
    if ( yaml_parser_parse(&reading->parser, event) )
        return true;
    reading->failed = true;
    yaml_syntax_error(&reading->places, reading->diag, &reading->parser);
    return false;
}

static struct node *node_new(struct reading *reading, enum node_kind kind,
                             struct span where)
{
    struct node *node = arena_alloc(reading->arena, sizeof(*node));

    node->kind = kind;
    node->where = where;
    return node;
}

static void refuse_mark(struct reading *reading, struct span where,
                        const yaml_char_t *anchor, const yaml_char_t *tag)
{
    if ( anchor )
        diag_error(reading->diag, CHECK_yaml_syntax, where,
                   "no anchors ('&') here: every value is written out");
    if ( tag )
        diag_error(reading->diag, CHECK_yaml_syntax, where,
                   "no tags ('!') here: the key says which type a value has");
}

static struct node *read_node(struct reading *reading, yaml_event_t *event);

static struct node *read_scalar(struct reading *reading,
                                const yaml_event_t *event)
{
    struct node *node = node_new(reading, NODE_SCALAR, span_of(reading, event));

    refuse_mark(reading, node->where, event->data.scalar.anchor,
                event->data.scalar.tag);
    node->length = event->data.scalar.length;
    node->text = arena_copy(reading->arena,
                            (const char *)event->data.scalar.value,
                            node->length);
    node->is_plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    node->is_block = event->data.scalar.style == YAML_LITERAL_SCALAR_STYLE ||
                     event->data.scalar.style == YAML_FOLDED_SCALAR_STYLE;
    return node;
}

static struct node *read_alias(struct reading *reading,
                               const yaml_event_t *event)
{
    struct node *node = node_new(reading, NODE_REFUSED,
                                 span_of(reading, event));

    diag_error(reading->diag, CHECK_yaml_syntax, node->where,
               "no aliases ('*') here: every value is written out");
    return node;
}

/* In brackets, up to the closing one; else up to the end of the last part. */
static void end_node(struct reading *reading, struct node *node,
                     const struct node *last, bool in_brackets,
                     const yaml_event_t *end)
{
    if ( in_brackets )
        node->where.last = span_of(reading, end).last;
    else if ( last )
        node->where.last = last->where.last;
}

static bool enter(struct reading *reading, struct span where)
{
    if ( ++reading->depth <= reading->depth_limit )
        return true;
    diag_error(reading->diag, CHECK_yaml_syntax, where,
               "lists and maps are nested more than %u deep",
               reading->depth_limit);
    reading->failed = true;
    return false;
}

static struct node *read_list(struct reading *reading,
                              const yaml_event_t *event)
{
    struct node *list = node_new(reading, NODE_LIST, span_of(reading, event));
    bool in_brackets = event->data.sequence_start.style ==
                       YAML_FLOW_SEQUENCE_STYLE;
    struct node *item = NULL;
    yaml_event_t part;

    refuse_mark(reading, list->where, event->data.sequence_start.anchor,
                event->data.sequence_start.tag);
    if ( !enter(reading, list->where) )
        return list;
    while ( next_event(reading, &part) )
    {
        if ( part.type == YAML_SEQUENCE_END_EVENT )
        {
            end_node(reading, list, item, in_brackets, &part);
            yaml_event_delete(&part);
            break;
        }
        item = read_node(reading, &part);
        *LIST_ADD(reading->arena, &list->items) = item;
    }
    reading->depth--;
    return list;
}

/* NULL: reported, and its value is of no use. */
static const char *key_text(struct reading *reading, const struct node *key)
{
    const char *wrong = NULL;

    if ( key->kind == NODE_REFUSED )
        return NULL;
    if ( key->kind != NODE_SCALAR )
        wrong = "a key is a word, not a list or a map";
    else if ( !key->length )
        wrong = "a key is missing here";
    else if ( yaml_has_control(key->text, key->length) )
        wrong = "a key is one word without control characters";
    if ( wrong )
        diag_error(reading->diag, CHECK_yaml_syntax, key->where, "%s", wrong);
    return wrong ? NULL : key->text;
}

static void add_pair(struct reading *reading, struct node *map,
                     struct map *known, const struct node *key,
                     const struct node *value)
{
    const char *text = key_text(reading, key);
    struct node_pair pair = { text, key->where, value };
    const struct span *before;

    if ( !text )
        return;
    before = map_find(known, text);
    if ( before )
    {
        diag_error(reading->diag, CHECK_yaml_duplicate, key->where,
                   "'%s' is there twice", text);
        diag_note(reading->diag, *before, "the first is here");
        return;
    }
    map_add(known, text, (void *)&key->where);
    *LIST_ADD(reading->arena, &map->pairs) = pair;
}

static struct node *read_map(struct reading *reading,
                             const yaml_event_t *event)
{
    struct node *map = node_new(reading, NODE_MAP, span_of(reading, event));
    bool in_brackets = event->data.mapping_start.style ==
                       YAML_FLOW_MAPPING_STYLE;
    struct map known = { .arena = reading->arena };
    struct node *key, *value = NULL;
    yaml_event_t part;

    refuse_mark(reading, map->where, event->data.mapping_start.anchor,
                event->data.mapping_start.tag);
    if ( !enter(reading, map->where) )
        return map;
    while ( next_event(reading, &part) )
    {
        if ( part.type == YAML_MAPPING_END_EVENT )
        {
            end_node(reading, map, value, in_brackets, &part);
            yaml_event_delete(&part);
            break;
        }
        key = read_node(reading, &part);
        if ( !next_event(reading, &part) )
            break;
        value = read_node(reading, &part);
        add_pair(reading, map, &known, key, value);
    }
    reading->depth--;
    return map;
}

/* Takes the event over.  After a failure the node is not whole. */
static struct node *read_node(struct reading *reading, yaml_event_t *event)
{
    struct node *node;

    switch ( event->type )
    {
    case YAML_SCALAR_EVENT:
        node = read_scalar(reading, event);
        break;
    case YAML_SEQUENCE_START_EVENT:
        node = read_list(reading, event);
        break;
    case YAML_MAPPING_START_EVENT:
        node = read_map(reading, event);
        break;
    default:                    /* no other event stands where a node does */
        node = read_alias(reading, event);
        break;
    }
    yaml_event_delete(event);
    return node;
}

static void refuse_directives(struct reading *reading,
                              const yaml_event_t *event)
{
    if ( event->data.document_start.version_directive ||
         event->data.document_start.tag_directives.start !=
         event->data.document_start.tag_directives.end )
        diag_error(reading->diag, CHECK_yaml_syntax, span_of(reading, event),
                   "no directives ('%%') here");
}

/* The events around the one document: its start, its end, the file's end. */
static const struct node *read_document(struct reading *reading)
{
    const struct node *root = NULL;
    yaml_event_t event;
    bool done = false;

    while ( !done && next_event(reading, &event) )
    {
        switch ( event.type )
        {
        case YAML_DOCUMENT_START_EVENT:
            refuse_directives(reading, &event);
            if ( root )
            {
                diag_error(reading->diag, CHECK_yaml_syntax,
                           span_of(reading, &event),
                           "a second document; a file describes one thing");
                done = true;
            }
            break;
        case YAML_STREAM_START_EVENT:
        case YAML_DOCUMENT_END_EVENT:
            break;
        case YAML_STREAM_END_EVENT:
            done = true;
            break;
        default:
            root = read_node(reading, &event);
            continue;
        }
        yaml_event_delete(&event);
    }
    return reading->failed ? NULL : root;
}

const struct node *yaml_tree(struct arena *arena, struct diag *diag,
                             const struct source *source, unsigned int depth_limit)
{
    struct reading reading = { .arena = arena, .diag = diag,
                               .depth_limit = depth_limit,
                               .places = { .source = source } };
    const struct node *root;

    if ( !yaml_bytes_are_text(&reading.places, diag) )
        return NULL;
    if ( !yaml_parser_initialize(&reading.parser) )
        arena_alloc(arena, SIZE_MAX / 2);       /* says that memory is out */
    yaml_parser_set_encoding(&reading.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reading.parser,
                                 (const unsigned char *)source->text,
                                 source->size);
    root = read_document(&reading);
    yaml_parser_delete(&reading.parser);
    if ( !root && !reading.failed )
        diag_error(diag, CHECK_input, yaml_span(&reading.places, 0, 0),
                   "the file says nothing: there are only comments in it");
    return root;
}
