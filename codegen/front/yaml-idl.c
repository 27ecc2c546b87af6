/* SPDX-License-Identifier: MIT */
/*
 * A description in YAML -> the same tree of statements that the parser makes.
 * What stands where it may not is placement's to say, in both notations; what
 * no table knows is refused here.  Needs yaml-tree, yaml-form, yaml-idl-part;
 * gives yaml_description.
 */
#include <string.h>

#include "yaml.h"
#include "yaml-idl.h"
#include "yaml-table.h"

/* A map on its way to a statement. */
struct item {
    const struct node *map;
    const struct yaml_form *form;
    const char *main;           /* the key that says what it is */
    struct statement *statement;
    const struct node_pair *bodies[NR_BODIES];
    const struct node_pair **flats;     /* one for each form, or NULL */
    bool is_whole;              /* nothing in it was refused */
};

static void read_list(struct yaml_idl *idl, const struct node_pair *pair, unsigned int list,
                      struct statement_list *to);
static struct statement *read_map(struct yaml_idl *idl, const struct node *map,
                                  const struct yaml_form *form, const char *main);

/* ---- which form ------------------------------------------------------------------ */

static const struct node_pair *find_pair(const struct node *map, const char *key)
{
    LIST_EACH(pair, &map->pairs)
        if ( !strcmp(pair->key, key) )
            return pair;
    return NULL;
}

/* The forms of a list come before all others: 'name' is in two. */
static const struct yaml_form *form_of_key(const char *key, unsigned int list, bool is_tail)
{
    const struct yaml_form *found = NULL;

    for ( size_t i = 0; i < nr_forms; i++ )
    {
        if ( !forms[i].key || forms[i].flat || strcmp(forms[i].key, key) ||
             (forms[i].main == MAIN_TAIL) != is_tail )
            continue;
        if ( form_lists(&forms[i]) & list )
            return &forms[i];
        found = found ? found : &forms[i];
    }
    return found;
}

/* All keys that may stand in some map of the list. */
static const char *nearest_opening(struct yaml_idl *idl, const char *wrong, unsigned int list)
{
    const char **keys = arena_alloc(idl->scan.arena,
                                    (nr_forms + nr_form_tails + NR_BODIES) * sizeof(*keys));
    size_t count = 0;

    for ( size_t i = 0; i < nr_forms; i++ )
        if ( forms[i].key && (form_lists(&forms[i]) & list) )
            keys[count++] = forms[i].key;
    for ( unsigned int i = 0; i < NR_BODIES; i++ )
        if ( list != BODY_VALUES )
            keys[count++] = form_body_key(i);
    for ( size_t i = 0; i < nr_form_tails; i++ )
        keys[count++] = form_tails[i].key;
    return text_nearest(wrong, keys, count);
}

/* Of a map whose first key is missing. */
static bool is_part_key(const char *key)
{
    for ( size_t i = 0; i < nr_forms; i++ )
        if ( !strcmp(key, forms[i].type) || !strcmp(key, forms[i].number) ||
             (forms[i].text && !strcmp(key, forms[i].text)) )
            return true;
    return !strcmp(key, FORM_DIRECTION);
}

static bool is_group_key(const char *key)
{
    for ( unsigned int i = 0; i < NR_BODIES; i++ )
        if ( !strcmp(key, form_body_key(i)) )
            return true;
    return form_tail_find(key) || !strcmp(key, FORM_DOC);
}

/* No key opens it: a group, or a mistake in the key that was to. */
static const struct yaml_form *unopened(struct yaml_idl *idl, const struct node *map,
                                   unsigned int list)
{
    bool has_body = false;

    LIST_EACH(pair, &map->pairs)
    {
        const char *near;

        has_body |= is_group_key(pair->key) && !form_tail_find(pair->key) &&
                    strcmp(pair->key, FORM_DOC);
        if ( is_group_key(pair->key) || is_part_key(pair->key) )
            continue;
        near = nearest_opening(idl, pair->key, list);
        diag_error(idl->scan.diag, CHECK_yaml_key, pair->where,
                   near ? "no statement has the key '%s'" : "no statement begins with '%s'",
                   pair->key);
        if ( near )
            diag_help(idl->scan.diag, pair->where, "did you mean '%s'?", near);
        return NULL;
    }
    for ( size_t i = 0; i < nr_forms && has_body; i++ )
        if ( !forms[i].key )
            return &forms[i];
    diag_error(idl->scan.diag, CHECK_yaml_missing, map->where,
               "no key here says what this is: %s, for one",
               list & (BODY_FIELDS | BODY_VALUES) ? "'name'"
               : list & BODY_CLAUSES ? "'require'" : "'op'");
    return NULL;
}

static const struct yaml_form *find_form(struct yaml_idl *idl, const struct node *map,
                                    unsigned int list)
{
    const struct yaml_form *form = NULL, *other;

    for ( int is_tail = 0; is_tail < 2 && !form; is_tail++ )
    {
        LIST_EACH(pair, &map->pairs)
        {
            other = form_of_key(pair->key, list, is_tail);
            if ( !other )
                continue;
            if ( form )
            {
                diag_error(idl->scan.diag, CHECK_yaml_key, pair->where,
                           "'%s' is a statement of its own, and this one is '%s'", pair->key,
                           form->key);
                return NULL;
            }
            form = other;
        }
    }
    return form ? form : unopened(idl, map, list);
}

/* ---- keys -------------------------------------------------------------------------- */

static void add_key(const char **keys, size_t *count, const struct node *map, const char *key)
{
    if ( key && !find_pair(map, key) )
        keys[(*count)++] = key;
}

static bool unknown_key(struct yaml_idl *idl, const struct item *item,
                        const struct node_pair *pair)
{
    const struct yaml_form *form = item->form;
    size_t count = 0, most = 6 + NR_BODIES + nr_form_tails + nr_forms;
    const char **keys = arena_alloc(idl->scan.arena, most * sizeof(*keys));
    unsigned int parts = placement_parts(form->kind);
    const char *near;

    add_key(keys, &count, item->map, item->main);
    add_key(keys, &count, item->map, FORM_DOC);
    add_key(keys, &count, item->map, form->text);
    if ( parts & (NEEDS_TYPE | MAY_TYPE) )
        add_key(keys, &count, item->map, form->type);
    if ( (parts & NEEDS_NUMBER && !form_text_is_number(form)) || form_number_is_tail(form) )
        add_key(keys, &count, item->map, form->number);
    if ( form->kind == STATEMENT_member )
        add_key(keys, &count, item->map, FORM_DIRECTION);
    for ( unsigned int i = 0; i < NR_BODIES; i++ )
        if ( form->body & 1u << i )
            add_key(keys, &count, item->map, form_body_key(i));
    for ( size_t i = 0; i < nr_form_tails; i++ )
        if ( form_tails[i].bit & placement_tails(form->kind) )
            add_key(keys, &count, item->map, form_tails[i].key);
    for ( size_t i = 0; i < nr_forms; i++ )
        if ( form_is_flat_in(&forms[i], form) )
            add_key(keys, &count, item->map, forms[i].key);
    near = text_nearest(pair->key, keys, count);
    diag_error(idl->scan.diag, CHECK_yaml_key, pair->where, "%s has no key '%s'",
               placement_name(form->kind), pair->key);
    if ( near )
        diag_help(idl->scan.diag, pair->where, "did you mean '%s'?", near);
    else
        diag_help(idl->scan.diag, pair->where, "it may have %s",
                  words_list(idl->scan.arena, keys, count, " and "));
    return false;
}

static bool read_main(struct yaml_idl *idl, const struct item *item,
                      const struct node_pair *pair)
{
    struct statement *s = item->statement;

    switch ( item->form->main )
    {
    case MAIN_NAMES: return idl_names(idl, pair, &s->subjects);
    case MAIN_TEXT:  return idl_tail_text(idl, pair, s);
    case MAIN_TRUE:  return idl_true(idl, pair);
    case MAIN_TAIL:  return idl_tail(idl, pair, form_tail_find(pair->key), s);
    case MAIN_CODE:  return idl_code(idl, pair, s);
    case MAIN_RANGE: return idl_tail_number(idl, pair, s);
    case MAIN_NONE:  break;
    }
    return false;
}

static bool read_number(struct yaml_idl *idl, const struct item *item,
                        const struct node_pair *pair, bool is_text)
{
    if ( !is_text && form_number_is_tail(item->form) )
        return idl_tail_number(idl, pair, item->statement);
    return idl_number(idl, pair, is_text, &item->statement->number);
}

static bool add_direction(struct yaml_idl *idl, const struct item *item,
                          const struct node_pair *pair)
{
    struct word word;

    if ( item->form->kind != STATEMENT_member )
        return unknown_key(idl, item, pair);
    if ( !idl_direction(idl, pair, &word) )
        return false;
    *LIST_ADD(idl->scan.arena, &item->statement->heads) = word;
    return true;
}

/* Lists of statements, and keys that are statements, wait until all else is read. */
static bool keep_for_later(struct item *item, const struct node_pair *pair)
{
    for ( unsigned int i = 0; i < NR_BODIES; i++ )
    {
        if ( !(item->form->body & 1u << i) || strcmp(pair->key, form_body_key(i)) )
            continue;
        item->bodies[i] = pair;
        return true;
    }
    for ( size_t i = 0; i < nr_forms; i++ )
    {
        if ( !form_is_flat_in(&forms[i], item->form) || strcmp(pair->key, forms[i].key) )
            continue;
        item->flats[i] = pair;
        return true;
    }
    return false;
}

static bool read_key(struct yaml_idl *idl, struct item *item, const struct node_pair *pair)
{
    const struct yaml_form *form = item->form;
    const struct form_tail *tail = form_tail_find(pair->key);

    if ( item->main && !strcmp(pair->key, item->main) )
        return read_main(idl, item, pair);
    if ( !strcmp(pair->key, FORM_DOC) )
        return idl_doc(idl, pair, item->statement);
    if ( !strcmp(pair->key, FORM_DIRECTION) )
        return add_direction(idl, item, pair);
    if ( keep_for_later(item, pair) )
        return true;
    if ( form->text && !strcmp(pair->key, form->text) )
        return form_text_is_number(form) ? read_number(idl, item, pair, true)
                                         : idl_tail_text(idl, pair, item->statement);
    if ( !strcmp(pair->key, form->type) )
        return idl_type(idl, pair, &item->statement->type);
    if ( !strcmp(pair->key, form->number) )
        return read_number(idl, item, pair, false);
    return tail ? idl_tail(idl, pair, tail, item->statement) : unknown_key(idl, item, pair);
}

/* ---- statements within statements ----------------------------------------------------- */

static struct statement *read_flat(struct yaml_idl *idl, const struct yaml_form *form,
                                   const struct node_pair *pair, const struct node *value)
{
    struct node_pair main = { form->flat, pair->where, value };
    struct node *map;

    if ( value->kind == NODE_MAP )
        return read_map(idl, value, form, form->flat);
    map = arena_alloc(idl->scan.arena, sizeof(*map));
    *map = (struct node){ .kind = NODE_MAP, .where = value->where };
    *LIST_ADD(idl->scan.arena, &map->pairs) = main;
    return read_map(idl, map, form, form->flat);
}

/* A list of maps is several statements, a list of names is one. */
static void read_flats(struct yaml_idl *idl, const struct yaml_form *form,
                       const struct node_pair *pair, struct statement_list *to)
{
    const struct node *value = pair->value;
    size_t count = value->kind == NODE_LIST && value->items.count &&
                   value->items.at[0]->kind == NODE_MAP ? value->items.count : 0;

    for ( size_t i = 0; i < (count ? count : 1); i++ )
    {
        struct statement *s = read_flat(idl, form, pair, count ? value->items.at[i] : value);

        if ( !s )
            continue;
        LIST_EACH(head, &s->heads)
            head->where = pair->where;
        TREE_ADD(to, s);
    }
}

static void read_list(struct yaml_idl *idl, const struct node_pair *pair, unsigned int list,
                      struct statement_list *to)
{
    if ( pair->value->kind != NODE_LIST )
    {
        idl_refuse(idl, pair, "a list");
        return;
    }
    LIST_EACH(item, &pair->value->items)
    {
        const struct yaml_form *form;
        struct statement *s;

        if ( (*item)->kind != NODE_MAP )
        {
            struct node_pair element = { pair->key, pair->where, *item };

            idl_refuse(idl, &element, "a list of maps");
            continue;
        }
        form = find_form(idl, *item, list);
        s = form ? read_map(idl, *item, form, form->key) : NULL;
        if ( s )
            TREE_ADD(to, s);
    }
}

static void read_bodies(struct yaml_idl *idl, struct item *item)
{
    struct statement *s = item->statement;

    for ( size_t i = 0; i < nr_forms; i++ )
    {
        if ( !item->flats[i] )
            continue;
        s->has_body = true;
        read_flats(idl, &forms[i], item->flats[i], &s->body);
    }
    for ( unsigned int i = 0; i < NR_BODIES; i++ )
    {
        if ( !item->bodies[i] )
            continue;
        s->has_body = true;
        read_list(idl, item->bodies[i], 1u << i, &s->body);
    }
    s->body.has_braces = s->has_body;
}

bool idl_is_name(struct yaml_idl *idl, const struct name *name)
{
    if ( !scan_is_keyword(&idl->scan, name->text) )
        return true;
    diag_error(idl->scan.diag, CHECK_syntax, name->where,
               "'%s' is a keyword, and no name here", name->text);
    return false;
}

/* What the other notation could not say is no description. */
static bool is_named(struct yaml_idl *idl, const struct item *item)
{
    const struct statement *s = item->statement;
    bool has_parameters = build_tail_kind(s, TAIL_PARAMETERS) != NULL;

    if ( !s->subjects.count || s->type ||
         (s->number->kind != PLACE_NONE &&
          !(form_text_is_number(item->form) && has_parameters)) )
        return true;
    return idl_is_name(idl, &s->subjects.at[s->subjects.count - 1]);
}

/* NULL, with errors, where a part of it is wrong: then it is nothing to look at. */
static struct statement *read_map(struct yaml_idl *idl, const struct node *map,
                                  const struct yaml_form *form, const char *main)
{
    static const struct place no_place;
    struct arena *arena = idl->scan.arena;
    struct item item = { .map = map, .form = form, .main = main, .is_whole = true };
    struct statement *s = arena_alloc(arena, sizeof(*s));
    const struct node_pair *opening = main ? find_pair(map, main) : NULL;
    enum keyword heads[2];
    size_t nr_heads = form_heads(form, heads);

    item.statement = s;
    item.flats = arena_alloc(arena, nr_forms * sizeof(*item.flats));
    s->where = map->where;
    s->number = &no_place;
    for ( size_t i = 0; i < nr_heads; i++ )
        *LIST_ADD(arena, &s->heads) = (struct word){ heads[i], opening ? opening->where
                                                                       : map->where };
    if ( main && !opening )
    {
        diag_error(idl->scan.diag, CHECK_yaml_missing, map->where, "'%s' is missing here", main);
        item.is_whole = false;
    }
    LIST_EACH(pair, &map->pairs)
        item.is_whole &= pair->value->kind != NODE_REFUSED && read_key(idl, &item, pair);
    read_bodies(idl, &item);
    return item.is_whole && is_named(idl, &item) ? s : NULL;
}

/* ---- a file ------------------------------------------------------------------------------ */

/* The lists at the top are the file's, all else is the interface's. */
static void read_root(struct yaml_idl *idl, const struct node *root)
{
    const struct yaml_form *form = form_of_key("interface", 0, false);
    struct statement_list *file = &idl->scan.tree->statements;
    struct node *head = arena_alloc(idl->scan.arena, sizeof(*head));
    struct statement *interface;

    *head = (struct node){ .kind = NODE_MAP, .where = table_place(root) };
    LIST_EACH(pair, &root->pairs)
        if ( strcmp(pair->key, form_body_key(0)) )
            *LIST_ADD(idl->scan.arena, &head->pairs) = *pair;
    interface = read_map(idl, head, form, form->key);
    if ( interface )
    {
        interface->has_body = interface->body.has_braces = true;
        TREE_ADD(file, interface);
    }
    LIST_EACH(pair, &root->pairs)
        if ( !strcmp(pair->key, form_body_key(0)) )
            read_list(idl, pair, BODY_DECLARATIONS, file);
    /* One mistake, one message: what stands behind is not the first then. */
    if ( !interface )
        *file = (struct statement_list){ 0 };
}

struct tree *yaml_description(struct arena *arena, struct diag *diag, struct source *source)
{
    struct tree *tree = arena_alloc(arena, sizeof(*tree));
    struct yaml_idl idl = { .scan = { .arena = arena, .diag = diag, .source = source,
                                      .tree = tree } };
    struct reader reader = { arena, diag };
    const struct node *root = table_root(&reader, source, "a description",
                                         YAML_IDL_DEPTH_LIMIT);

    tree->source = source;
    tree->is_table = true;
    if ( !root )
        return tree;
    part_open(&idl.scan);
    read_root(&idl, root);
    idl_notes(&idl, root);
    part_close(&idl.scan);
    return tree;
}
