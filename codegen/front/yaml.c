/* SPDX-License-Identifier: MIT */
/*
 * A map of a YAML file -> a C structure, as a table of its keys says.  Every
 * mistake is an error at its place, and the rest is still looked at.  Needs
 * yaml-tree and yaml-value; gives table_... of yaml-table.h.
 */
#include <string.h>

#include "yaml-table.h"

static const struct field *find_field(const struct table *table,
                                      const char *key)
{
    for ( size_t i = 0; i < table->count; i++ )
        if ( !strcmp(table->fields[i].key, key) )
            return &table->fields[i];
    return NULL;
}

/* The key that was meant: rather one that is missing than one that is there. */
static const char *nearest_key(struct reader *reader, const struct table *table,
                               const struct node *map, const char *wrong)
{
    const char **absent = arena_alloc(reader->arena,
                                      table->count * sizeof(*absent));
    const char **keys = arena_alloc(reader->arena, table->count * sizeof(*keys));
    size_t nr_absent = 0;
    const char *near;

    for ( size_t i = 0; i < table->count; i++ )
    {
        bool is_there = false;

        keys[i] = table->fields[i].key;
        LIST_EACH(pair, &map->pairs)
            is_there |= !strcmp(pair->key, keys[i]);
        if ( !is_there )
            absent[nr_absent++] = keys[i];
    }
    near = text_nearest(wrong, absent, nr_absent);
    return near ? near : text_nearest(wrong, keys, table->count);
}

static void unknown_key(struct reader *reader, const struct table *table,
                        const struct node *map, const struct node_pair *pair,
                        struct map *given)
{
    const char **keys = arena_alloc(reader->arena, table->count * sizeof(*keys));
    const char *near = NULL;

    diag_error(reader->diag, CHECK_yaml_key, pair->where,
               "%s has no key '%s'", table->noun, pair->key);
    /* What is not shown needs no help. */
    if ( !reader->diag->dropped )
        near = nearest_key(reader, table, map, pair->key);
    for ( size_t i = 0; i < table->count; i++ )
        keys[i] = table->fields[i].key;
    if ( near )
    {
        diag_help(reader->diag, pair->where, "did you mean '%s'?", near);
        map_add(given, near, (void *)pair);     /* not missing, but misspelt */
    }
    else if ( map_add(given, "", (void *)pair) )        /* once is enough */
        diag_help(reader->diag, pair->where, "its keys are %s",
                  words_list(reader->arena, keys, table->count, " and "));
}

/* One error names them all. */
static void missing_keys(struct reader *reader, const struct table *table,
                         const struct map *given, struct span key)
{
    const char **keys = arena_alloc(reader->arena, table->count * sizeof(*keys));
    size_t count = 0;

    for ( size_t i = 0; i < table->count; i++ )
        if ( !table->fields[i].optional &&
             !map_find(given, table->fields[i].key) )
            keys[count++] = arena_format(reader->arena, "'%s'",
                                         table->fields[i].key);
    if ( count )
        diag_error(reader->diag, CHECK_yaml_missing, key, "%s needs %s",
                   table->noun, words_list(reader->arena, keys, count, " and "));
}

bool table_read(struct reader *reader, const struct table *table,
                const struct node *map, struct span key, void *structure)
{
    struct map given = { .arena = reader->arena };
    unsigned int errors = reader->diag->errors;
    bool is_whole = true;

    LIST_EACH(pair, &map->pairs)
    {
        const struct field *field = find_field(table, pair->key);

        is_whole &= pair->value->kind != NODE_REFUSED;
        if ( field )
        {
            map_add(&given, field->key, (void *)pair);
            value_read(reader, field, pair, structure);
        }
        else if ( !table->other || !table->other(reader, pair, structure) )
            unknown_key(reader, table, map, pair, &given);
    }
    missing_keys(reader, table, &given, key);
    return is_whole && reader->diag->errors == errors;
}

struct span table_place(const struct node *root)
{
    return root->pairs.count ? root->pairs.at[0].where : root->where;
}

const struct node *table_root(struct reader *reader,
                              const struct source *source, const char *noun,
                              unsigned int depth_limit)
{
    const struct node *root = yaml_tree(reader->arena, reader->diag, source,
                                        depth_limit);

    if ( !root || root->kind == NODE_MAP )
        return root;
    if ( root->kind != NODE_REFUSED )
        diag_error(reader->diag, CHECK_yaml_type, root->where,
                   "%s must be a map of keys, not %s", noun, node_kind_text(root));
    return NULL;
}
