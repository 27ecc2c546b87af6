/* SPDX-License-Identifier: MIT */
/*
 * One value of a map -> a member of a C structure, as its field says.  Needs
 * yaml-text; gives value_read and its helpers of yaml-table.h.
 */
#include <string.h>

#include "yaml-table.h"

const char *node_kind_text(const struct node *node)
{
    unsigned int value;

    switch ( node->kind )
    {
    case NODE_LIST:
        return "a list";
    case NODE_MAP:
        return "a map";
    default:
        if ( node_is_nothing(node) )
            return "nothing";
        return number_read(node, &value) == NUMBER_NONE ? "a text"
                                                        : "a number";
    }
}

/* What is reported already is not reported again. */
static void type_error(struct reader *reader, const char *subject,
                       const char *key, const char *wanted,
                       const struct node *node)
{
    if ( node->kind != NODE_REFUSED )
        diag_error(reader->diag, CHECK_yaml_type, node->where,
                   "%s'%s' must be %s, not %s", subject, key, wanted,
                   node_kind_text(node));
}

static void value_error(struct reader *reader, const struct field *field,
                        const struct node *node, const char *wrong)
{
    diag_error(reader->diag, CHECK_yaml_value, node->where, "'%s' must be %s",
               field->key, wrong);
}

/* ---- one value -------------------------------------------------------------- */

static bool is_text(const struct node *node)
{
    return node->kind == NODE_SCALAR && !node_is_nothing(node);
}

static bool is_one_of(struct reader *reader, const struct field *field,
                      const struct node *node)
{
    size_t count = words_count(field->words);
    const char *near;

    if ( words_hold(field->words, node->text) &&
         strlen(node->text) == node->length )
        return true;
    near = text_nearest(node->text, field->words, count);
    value_error(reader, field, node,
                arena_format(reader->arena, "%s, not '%s'",
                             words_list(reader->arena, field->words, count,
                                        " or "), node->text));
    if ( near )
        diag_help(reader->diag, node->where, "did you mean '%s'?", near);
    return false;
}

const char *value_text(struct reader *reader, const struct field *field,
                       const struct node *node)
{
    const char *wrong, *place;

    wrong = shape_wrong(reader->arena, field->shape, node);
    if ( wrong )
    {
        value_error(reader, field, node, wrong);
        return NULL;
    }
    if ( field->words )
        return is_one_of(reader, field, node) ? node->text : NULL;
    place = place_unknown(node->text, field->places);
    if ( !place )
        return node->text;
    diag_error(reader->diag, CHECK_yaml_value, node->where,
               "nothing is put in the place of '%.8s' in '%s'", place,
               field->key);
    if ( field->places )
        diag_help(reader->diag, node->where, "there is %s",
                  words_list(reader->arena, field->places,
                             words_count(field->places), " and "));
    return NULL;
}

static void read_text(struct reader *reader, const struct field *field,
                      const struct node *node, const char **to)
{
    if ( is_text(node) )
        *to = value_text(reader, field, node);
    else
        type_error(reader, "", field->key, "a text", node);
}

static const char *range_text(struct reader *reader, const struct field *field,
                              const struct node *node)
{
    if ( field->low == field->high )
        return arena_format(reader->arena, "%u, not %s", field->low,
                            node->text);
    return arena_format(reader->arena, "from %u to %u, not %s", field->low,
                        field->high, node->text);
}

static bool number_in_range(struct reader *reader, const struct field *field,
                            const struct node *node, unsigned int *to)
{
    unsigned int value = 0;
    enum number number = number_read(node, &value);

    if ( number == NUMBER_OCTAL )
        value_error(reader, field, node, "written without a zero in front");
    else if ( number == NUMBER_TOO_LARGE || value < field->low ||
              value > field->high )
        value_error(reader, field, node, range_text(reader, field, node));
    else if ( !field->words || is_one_of(reader, field, node) )
    {
        *to = value;
        return true;
    }
    return false;
}

static bool read_number(struct reader *reader, const struct field *field,
                        const char *subject, const struct node *node,
                        unsigned int *to)
{
    unsigned int value;

    if ( node->kind == NODE_SCALAR && number_read(node, &value) != NUMBER_NONE )
        return number_in_range(reader, field, node, to);
    type_error(reader, subject, field->key, "a number", node);
    return false;
}

/* ---- lists ------------------------------------------------------------------- */

static bool is_list(struct reader *reader, const struct field *field,
                    const char *key, const struct node *node)
{
    const char *what = field->kind == VALUE_NUMBERS ? "a list of numbers"
                                                    : "a list of texts";

    if ( node->kind != NODE_LIST )
    {
        type_error(reader, "", key, what, node);
        if ( is_text(node) )
            diag_help(reader->diag, node->where, "a list of one is [%s]",
                      node->text);
        return false;
    }
    if ( !node->items.count && !field->optional )
        diag_error(reader->diag, CHECK_yaml_value, node->where,
                   "'%s' must not be empty", key);
    if ( field->most && node->items.count > field->most )
        diag_error(reader->diag, CHECK_yaml_value,
                   node->items.at[field->most]->where,
                   "'%s' holds %zu, and %u is the most", key,
                   node->items.count, field->most);
    return true;
}

/* All lists here are sets. */
static bool is_new(struct reader *reader, const char *key, struct map *known,
                   const char *text, const struct node *item)
{
    const struct node *before = map_find(known, text);

    if ( !before )
        return map_add(known, text, (void *)item);
    diag_error(reader->diag, CHECK_yaml_value, item->where,
               "'%s' holds %s twice", key, text);
    diag_note(reader->diag, before->where, "the first is here");
    return false;
}

/* The next text of a list from *at on, NULL: there is none. */
static const struct node *next_text(struct reader *reader,
                                    const struct field *field, const char *key,
                                    const struct node *list, size_t *at,
                                    struct map *known)
{
    while ( *at < list->items.count )
    {
        const struct node *item = list->items.at[(*at)++];

        if ( !is_text(item) )
            type_error(reader, "an element of ", key, "a text", item);
        else if ( value_text(reader, field, item) &&
                  is_new(reader, key, known, item->text, item) )
            return item;
    }
    return NULL;
}

static void read_texts(struct reader *reader, const struct field *field,
                       const struct node *node, struct text_list *to)
{
    struct map known = { .arena = reader->arena };
    const struct node *item;
    struct span *where;
    size_t at = 0;

    if ( !is_list(reader, field, field->key, node) )
        return;
    to->where = where = arena_alloc(reader->arena,
                                    node->items.count * sizeof(*where));
    while ( (item = next_text(reader, field, field->key, node, &at, &known)) )
    {
        where[to->count] = item->where;
        *LIST_ADD(reader->arena, to) = item->text;
    }
}

static void read_numbers(struct reader *reader, const struct field *field,
                         const struct node *node, struct number_list *to)
{
    struct map known = { .arena = reader->arena };
    unsigned int value;

    if ( !is_list(reader, field, field->key, node) )
        return;
    LIST_EACH(item, &node->items)
        if ( read_number(reader, field, "an element of ", *item, &value) &&
             is_new(reader, field->key, &known,
                    arena_format(reader->arena, "%u", value), *item) )
            *LIST_ADD(reader->arena, to) = value;
}

/* ---- maps -------------------------------------------------------------------- */

bool value_is_map(struct reader *reader, const char *key,
                  const struct node *node)
{
    if ( node->kind == NODE_MAP )
        return true;
    type_error(reader, "", key, "a map", node);
    return false;
}

static void add_pair(struct reader *reader, const struct node_pair *pair,
                     const struct node *value, struct pair_list *to)
{
    *LIST_ADD(reader->arena, to) = (struct pair){
        .key = pair->key, .where = pair->where,
        .value = value->text, .value_where = value->where,
    };
}

static void read_pair(struct reader *reader, const struct field *field,
                      const struct node_pair *pair, struct pair_list *to)
{
    const char *value = NULL;

    read_text(reader, field, pair->value, &value);
    if ( value )
        add_pair(reader, pair, pair->value, to);
}

/* The keys are not known beforehand; messages name them all the same. */
static void read_pairs(struct reader *reader, const struct field *field,
                       const struct node *node, struct pair_list *to)
{
    struct field element = *field;

    if ( !value_is_map(reader, field->key, node) )
        return;
    LIST_EACH(pair, &node->pairs)
    {
        element.key = pair->key;
        read_pair(reader, &element, pair, to);
    }
}

static bool is_power(struct reader *reader, const struct field *field,
                     const char *part, unsigned int value,
                     const struct node_pair *pair)
{
    if ( value && !(value & (value - 1)) )
        return true;
    diag_error(reader->diag, CHECK_yaml_value, pair->value->where,
               "'%s' of '%s' must be a power of two, not %u", part,
               field->key, value);
    return false;
}

static void read_extent(struct reader *reader, const struct field *field,
                        const struct node *node, struct span key,
                        struct extent *to)
{
    const struct field parts[] = {
        { "size", VALUE_NUMBER, TYPED(unsigned int, struct extent, size),
          .low = field->low, .high = field->high },
        { "align", VALUE_NUMBER, TYPED(unsigned int, struct extent, align),
          .low = 1, .high = field->high },
    };
    const struct table table = { .noun = "the extent", .fields = parts, .count = 2 };

    if ( node->kind != NODE_MAP )
    {
        type_error(reader, "", field->key, "{size: BYTES, align: BYTES}", node);
        return;
    }
    if ( !table_read(reader, &table, node, key, to) )
        return;
    LIST_EACH(pair, &node->pairs)
        is_power(reader, field, pair->key,
                 pair->key[0] == 's' ? to->size : to->align, pair);
}

/* ---- all of them ------------------------------------------------------------- */

void value_read(struct reader *reader, const struct field *field,
                const struct node_pair *pair, void *structure)
{
    const struct node *node = pair->value;
    void *to = (char *)structure + field->to;

    if ( field->where )
        *(struct span *)((char *)structure + field->where) = node->where;
    switch ( field->kind )
    {
    case VALUE_TEXT:
        read_text(reader, field, node, to);
        break;
    case VALUE_NUMBER:
        read_number(reader, field, "", node, to);
        break;
    case VALUE_TEXTS:
        read_texts(reader, field, node, to);
        break;
    case VALUE_NUMBERS:
        read_numbers(reader, field, node, to);
        break;
    case VALUE_EXTENT:
        read_extent(reader, field, node, pair->where, to);
        break;
    case VALUE_PAIR:
        read_pair(reader, field, pair, to);
        break;
    case VALUE_PAIRS:
        read_pairs(reader, field, node, to);
        break;
    case VALUE_MAP:
        if ( value_is_map(reader, field->key, node) )
            field->read(reader, node, pair->where, structure);
        break;
    }
}
