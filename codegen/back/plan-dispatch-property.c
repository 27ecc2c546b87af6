/* SPDX-License-Identifier: MIT */
/*
 * What a condition came to be, and the properties of domains: those that the
 * architecture decides are not asked for.
 */
#include <string.h>

#include "plan-dispatch.h"

const struct truth truth_yes = { .is = TRUTH_YES }, truth_no = { .is = TRUTH_NO };

struct truth truth_ask(node_t node)
{
    return (struct truth){ .is = TRUTH_ASK, .node = node };
}

struct truth truth_negated(struct truth truth, bool negate)
{
    if ( !negate || truth.is == TRUTH_ASK )
        return truth;
    return truth.is == TRUTH_YES ? truth_no : truth_yes;
}

struct truth truth_join(struct dispatch *dispatch, struct truth a, struct truth b, bool is_or)
{
    struct node_list list = { 0 };
    node_t node;

    if ( a.is != TRUTH_ASK )
        return (a.is == TRUTH_YES) == is_or ? a : b;
    if ( b.is != TRUTH_ASK )
        return (b.is == TRUTH_YES) == is_or ? b : a;
    node = defs_node(dispatch->defs, is_or ? "any_of" : "all_of");
    *LIST_ADD(dispatch->arena, &list) = a.node;
    *LIST_ADD(dispatch->arena, &list) = b.node;
    defs_list(dispatch->defs, node, "terms", &list);
    return truth_ask(node);
}

void plan_truth(struct dispatch *dispatch, node_t node, const char *key, struct truth truth)
{
    struct node_list list = { 0 };

    *LIST_ADD(dispatch->arena, &list) = truth.node;
    if ( truth.is == TRUTH_ASK )
        defs_list(dispatch->defs, node, key, &list);
}

void plan_child(struct dispatch *dispatch, node_t node, const char *key, node_t child)
{
    plan_truth(dispatch, node, key, truth_ask(child));
}

/* ---- properties ------------------------------------------------------------------- */

/* What a domain is because of the architecture that it runs on. */
static bool is_about_arch(const char *name)
{
    enum { OF_DOMAIN, OF_HANDLE, OF_TYPE, GROUP_OF_ARCHITECTURES = 2 };
    static const struct { const char *name; int group; } properties[] = {
#define PROPERTY(name, subject, group, side) { #name, subject == OF_DOMAIN ? group : 0 },
#include "../model/properties.def"
#undef PROPERTY
    };

    for ( size_t i = 0; i < sizeof(properties) / sizeof(properties[0]); i++ )
        if ( !strcmp(properties[i].name, name) )
            return properties[i].group == GROUP_OF_ARCHITECTURES;
    return false;
}

static bool mentions(const char *path)
{
    char name[32];

    while ( *path )
    {
        size_t length = strcspn(path, ".");

        if ( length < sizeof(name) )
        {
            memcpy(name, path, length);
            name[length] = '\0';
            if ( is_about_arch(name) )
                return true;
        }
        path += length + (path[length] == '.');
    }
    return false;
}

bool plan_names_architecture(const struct reference_list *names)
{
    LIST_EACH(name, names)
        if ( mentions(name->text) )
            return true;
    return false;
}

bool plan_asks_architecture(const struct condition_scope *scope,
                            const struct expression *expression)
{
    if ( expression->kind == EXPRESSION_BINARY )
        return plan_asks_architecture(scope, expression->left) ||
               plan_asks_architecture(scope, expression->right);
    return expression->kind == EXPRESSION_NAME && mentions(expression->text);
}

static node_t plan_domain(const struct condition_scope *scope, const char *path)
{
    struct dispatch *dispatch = scope->dispatch;
    node_t node = defs_node(dispatch->defs, path ? "name" : "caller");
    const char *name = path;

    if ( path && scope->work )
        work_has_domain(scope->work, path, &name);
    defs_text(dispatch->defs, node, "text", path ? name : "");
    defs_text(dispatch->defs, node, "outside", scope->work ? "" : "1");
    return node;
}

static struct truth one_property(const struct condition_scope *scope, const char *path,
                                 const char *name, bool negate)
{
    struct dispatch *dispatch = scope->dispatch;
    bool is_right = map_find(&dispatch->header.back->model->rights, name) != NULL;
    node_t node;

    if ( is_about_arch(name) )
        return truth_negated(arch_provides(dispatch->arch, name) ? truth_yes : truth_no, negate);
    node = defs_node(dispatch->defs, is_right ? "right"
                     : arena_format(dispatch->arena, "is_%s", name));
    defs_text(dispatch->defs, node, "name", name);
    defs_text(dispatch->defs, node, "not", negate ? "1" : "");
    plan_child(dispatch, node, "domain", plan_domain(scope, path));
    return truth_ask(node);
}

/* "x86.pv": both must hold. */
struct truth plan_property(const struct condition_scope *scope, const char *path,
                           const char *properties, bool negate)
{
    struct truth all = negate ? truth_no : truth_yes;

    while ( *properties )
    {
        size_t length = strcspn(properties, ".");
        const char *name = arena_copy(scope->dispatch->arena, properties, length);

        all = truth_join(scope->dispatch, all, one_property(scope, path, name, negate), negate);
        properties += length + (properties[length] == '.');
    }
    return all;
}

