/* SPDX-License-Identifier: MIT */
/*
 * Public headers.
 *
 * Needs the checked model.  Gives, for each family and flavour, one output a
 * interface: a flat list of items in the order of the description, with the
 * #ifs that their conditions ask for.
 */
#include <string.h>

#include "plan-header.h"

#define DOC_WIDTH 75

/* ---- conditions ------------------------------------------------------------ */

/* X of "defined(X)", or of "!defined(X)" where negated; else NULL. */
static const char *only_macro(struct arena *arena, const char *text, bool *negated)
{
    static const char defined[] = "defined(";
    size_t length;

    *negated = *text == '!';
    text += *negated;
    if ( !text_starts(text, defined) )
        return NULL;
    text += sizeof(defined) - 1;
    length = strcspn(text, ")");
    return text[length] == ')' && !text[length + 1] ? arena_copy(arena, text, length) : NULL;
}

static node_t version_node(struct header *header, const struct condition *condition)
{
    node_t node = defs_node(header->defs,
                            condition->kind == CONDITION_SINCE ? "since" : "before");

    defs_text(header->defs, node, "version",
              arena_format(header->arena, "0x%08x", (unsigned int)condition->version));
    defs_text(header->defs, node, "macro", header_spell(header, "version", "", ""));
    return node;
}

static node_t view_node(struct header *header, const char *view)
{
    const char *text = pair_value(&header->flavour->views, view);
    node_t node = defs_node(header->defs, "view");

    text = text ? text : view;
    defs_text(header->defs, node, "text", text);
    defs_text(header->defs, node, "compound", strpbrk(text, "|&!") ? "1" : "");
    return node;
}

static node_t condition_node(struct header *header, const struct condition *condition)
{
    bool is_for = condition->kind == CONDITION_FOR, negated = false;
    const char *first, *macro = NULL;
    struct node_list views = { 0 };
    node_t node;

    if ( condition->kind == CONDITION_SINCE || condition->kind == CONDITION_BEFORE )
        return version_node(header, condition);
    first = pair_value(&header->flavour->views, condition->names.at[0].text);
    if ( condition->names.count == 1 && first )
        macro = only_macro(header->arena, first, &negated);
    if ( macro )
    {
        node = defs_node(header->defs, is_for != negated ? "given" : "not_given");
        defs_text(header->defs, node, "macro", macro);
        return node;
    }
    LIST_EACH(name, &condition->names)
        *LIST_ADD(header->arena, &views) = view_node(header, name->text);
    node = defs_node(header->defs, is_for ? "views" : "not_views");
    defs_list(header->defs, node, "views", &views);
    return node;
}

static node_t bare_item(struct body *body, const char *kind)
{
    node_t node = defs_node(body->header->defs, kind);

    *LIST_ADD(body->header->arena, &body->items) = node;
    return node;
}

static void directive(struct body *body, const char *kind, const struct condition *condition)
{
    struct node_list conditions = { 0 };
    node_t node = bare_item(body, kind);

    *LIST_ADD(body->header->arena, &conditions) = condition_node(body->header, condition);
    defs_list(body->header->defs, node, "condition", &conditions);
}

static void close_to(struct body *body, size_t depth)
{
    while ( body->open.count > depth )
    {
        body->open.count--;
        directive(body, "endif", &body->named.at[--body->named.count]);
    }
}

static void enter(struct body *body, const struct condition_list *want)
{
    size_t same = 0;

    while ( same < want->count && same < body->open.count &&
            conditions_equal(&want->at[same], &body->open.at[same]) )
        same++;
    if ( same < want->count && same < body->open.count &&
         conditions_complement(&want->at[same], &body->open.at[same]) )
    {
        close_to(body, same + 1);
        directive(body, "else", &body->named.at[same]);
        body->open.at[same] = want->at[same];
        same++;
    }
    else
        close_to(body, same);
    for ( ; same < want->count; same++ )
    {
        directive(body, "if_item", &want->at[same]);
        *LIST_ADD(body->header->arena, &body->open) = want->at[same];
        *LIST_ADD(body->header->arena, &body->named) = want->at[same];
    }
}

node_t body_add(struct body *body, const char *kind, const struct condition_list *conditions)
{
    enter(body, conditions);
    return bare_item(body, kind);
}

void body_end(struct body *body, node_t node, const char *key)
{
    close_to(body, 0);
    defs_list(body->header->defs, node, key, &body->items);
}

/* ---- small helpers ------------------------------------------------------------ */

struct condition_list header_join(struct header *header, const struct condition_list *outer,
                                  const struct condition_list *inner)
{
    struct condition_list all = { 0 };

    LIST_EACH(condition, outer)
        *LIST_ADD(header->arena, &all) = *condition;
    LIST_EACH(condition, inner)
        *LIST_ADD(header->arena, &all) = *condition;
    return all;
}

void header_parameters(struct header *header, node_t node,
                       const struct reference_list *parameters)
{
    struct node_list list = { 0 };

    LIST_EACH(parameter, parameters)
    {
        node_t name = defs_node(header->defs, "name");

        defs_text(header->defs, name, "text", parameter->text);
        *LIST_ADD(header->arena, &list) = name;
    }
    defs_text(header->defs, node, "has_parameters", "1");
    defs_list(header->defs, node, "parameters", &list);
}

static void list_of_lines(struct header *header, node_t node, const char *key,
                          const struct text_list *lines)
{
    struct node_list list = { 0 };

    for ( size_t i = 0; i < lines->count; i++ )
    {
        node_t line = defs_node(header->defs, "line");

        defs_text(header->defs, line, "text", lines->at[i]);
        *LIST_ADD(header->arena, &list) = line;
    }
    defs_list(header->defs, node, key, &list);
    defs_text(header->defs, node, arena_format(header->arena, "%s_lines", key),
              lines->count > 1 ? "several" : "");
}

/* docs/xen-headers reads lines that begin with a backtick; other trees have none. */
static struct text_list without_markers(struct header *header,
                                        const struct text_list *lines)
{
    struct text_list left = { 0 };

    for ( size_t i = 0; i < lines->count; i++ )
        if ( *lines->at[i] != '`' )
            *LIST_ADD(header->arena, &left) = lines->at[i];
    return left;
}

void header_doc(struct header *header, node_t node, const char *key, const char *doc)
{
    struct text_list lines = spell_wrap(header->arena, doc, DOC_WIDTH);

    if ( !header_has_markers(header) )
        lines = without_markers(header, &lines);
    if ( lines.count )
        list_of_lines(header, node, key, &lines);
}

const char *header_spell(struct header *header, const char *key, const char *name,
                         const char *type)
{
    const char *pattern = pair_value(&header->flavour->spelling, key);
    const char *const texts[] = { name, type };

    return pattern ? spell_pattern(header->arena, pattern, "NT", texts) : "";
}

static bool list_has(const struct text_list *list, const char *text)
{
    for ( size_t i = 0; i < list->count; i++ )
        if ( !strcmp(list->at[i], text) )
            return true;
    return false;
}

bool header_has_markers(const struct header *header)
{
    return header->flavour->markers.count;
}

bool header_has_typedefs(const struct header *header)
{
    return pair_value(&header->flavour->spelling, "typedef-name");
}

const char *header_structure_name(struct header *header, const char *tag)
{
    return header_has_typedefs(header) ? header_spell(header, "typedef-name", "", tag) : tag;
}

bool header_has_marker(const struct header *header, const char *name)
{
    return list_has(&header->flavour->markers, name);
}

/* ---- files ------------------------------------------------------------------------ */

static node_t include_node(struct header *header, const char *name, const char *path)
{
    node_t include = defs_node(header->defs, "include");

    defs_text(header->defs, include, "name", name);
    defs_text(header->defs, include, "path", path);
    return include;
}

/* What the flavour has in place of the headers that the interface uses. */
static void plan_own_includes(struct header *header, node_t root,
                              const struct text_list *includes)
{
    struct node_list list = { 0 };

    for ( size_t i = 0; i < includes->count; i++ )
    {
        const char *name = strrchr(includes->at[i], '/');
        size_t length = name ? (size_t)(name - includes->at[i]) : 0;

        *LIST_ADD(header->arena, &list) =
            include_node(header, name ? name + 1 : includes->at[i],
                         arena_copy(header->arena, includes->at[i], length));
    }
    defs_list(header->defs, root, "includes", &list);
}

static void plan_includes(struct header *header, node_t root)
{
    const struct interface *interface = header->interface;
    struct node_list before = { 0 }, after = { 0 };
    const struct text_list *own = &flavour_variant(header->flavour, interface)->includes;

    for ( size_t i = 0; i < interface->uses.count; i++ )
    {
        const struct interface *other =
            model_find_interface(header->back->model, interface->uses.at[i].text);

        *LIST_ADD(header->arena, i < interface->uses_before_guard ? &before : &after) =
            include_node(header, other->header, header->flavour->include_path);
    }
    defs_list(header->defs, root, "includes_before", &before);
    if ( own->count )
        plan_own_includes(header, root, own);
    else
        defs_list(header->defs, root, "includes", &after);
}

static void plan_file(struct back *back, const char *family,
                      const struct flavour *flavour, const struct interface *described)
{
    const struct interface *interface = flavour_interface(back->arena, back->model, flavour,
                                                          described);
    struct header header = { .back = back, .arena = back->arena, .flavour = flavour,
                             .interface = interface };
    struct body body = { .header = &header };
    const char *path = arena_format(back->arena, "%s/%s/%s", family, flavour->path,
                                    interface->header);
    node_t root;

    header.defs = back_output(back, path, "header", "header", &root);
    back->outputs.at[back->outputs.count - 1].has_tabs = flavour->has_tabs;
    if ( interface->conditions.count )
        back->outputs.at[back->outputs.count - 1].cause = CAUSE_arch;
    defs_text(header.defs, root, "name", interface->header);
    defs_text(header.defs, root, "guard", interface->guard);
    defs_text(header.defs, root, "source",
              interface_file(back->arena, interface));
    defs_text(header.defs, root, "licence", flavour->licence);
    defs_text(header.defs, root, "closing", flavour->closing);
    defs_text(header.defs, root, "copyright", interface->copyright);
    header_doc(&header, root, "doc", interface->doc);
    plan_includes(&header, root);
    for ( size_t i = 0; i < interface->decls.count; i++ )
        plan_decl(&body, interface->decls.at[i]);
    body_end(&body, root, "items");
}

/* What only one architecture has is in the folder of its family alone. */
static bool flavour_has(const struct back *back, const struct flavour *flavour,
                        const char *family, const struct interface *interface)
{
    return list_has(&flavour->families, family) &&
           list_has(&flavour->interfaces, interface->name) &&
           (!interface->conditions.count || back_family_has(back, family, interface));
}

void plan_headers(struct back *back)
{
    struct text_list families = back_families(back);
    const struct model *model = back->model;

    for ( size_t i = 0; i < families.count; i++ )
        for ( size_t j = 0; j < model->flavours.count; j++ )
            for ( size_t k = 0; k < model->interfaces.count; k++ )
                if ( flavour_has(back, model->flavours.at[j], families.at[i],
                                 model->interfaces.at[k]) )
                    plan_file(back, families.at[i], model->flavours.at[j],
                              model->interfaces.at[k]);
}
