/* SPDX-License-Identifier: MIT */
/* When and where things exist: versions that meet, views that there are. */
#include <string.h>

#include "arch.h"
#include "checks.h"

/* ---- [version] ----------------------------------------------------------- */

static void check_order(struct checker *checker, const struct condition_list *conditions)
{
    const struct condition *since = NULL, *before = NULL, *last;

    LIST_EACH(condition, conditions)
    {
        if ( condition->kind == CONDITION_SINCE &&
             (!since || condition->version > since->version) )
            since = condition;
        if ( condition->kind == CONDITION_BEFORE &&
             (!before || condition->version < before->version) )
            before = condition;
    }
    if ( !since || !before || since->version < before->version )
        return;
    last = since > before ? since : before;
    if ( !check_first_at(checker, last->where) )
        return;
    check_error(checker, last->where, "no version is since %s and before %s",
                version_text(checker->arena, since->version),
                version_text(checker->arena, before->version));
    check_note(checker, (last == since ? before : since)->where, "the other bound is here");
}

/* What has a name and conditions: a declaration, a member, a value. */
struct item {
    const char *name;
    struct span where;
    const struct condition_list *conditions;
};

static const char *range_text(struct arena *arena, uint32_t from, uint32_t to)
{
    if ( to == UINT32_MAX )
        return arena_format(arena, "since %s", version_text(arena, from));
    if ( !from )
        return arena_format(arena, "before %s", version_text(arena, to));
    return arena_format(arena, "since %s and before %s", version_text(arena, from),
                        version_text(arena, to));
}

static void check_neighbours(struct checker *checker, const struct item *before,
                             const struct item *item)
{
    struct version_range a = conditions_versions(before->conditions);
    struct version_range b = conditions_versions(item->conditions);
    bool first_is_older = a.from < b.from;
    uint32_t end = first_is_older ? a.to : b.to;
    uint32_t start = first_is_older ? b.from : a.from;

    if ( strcmp(before->name, item->name) || !a.is_bound || !b.is_bound ||
         end == start || a.from >= a.to || b.from >= b.to ||
         conditions_exclude(before->conditions, item->conditions) )
        return;
    if ( end > start )
        check_error(checker, item->where, "there are two '%s' %s", item->name,
                    range_text(checker->arena, start, a.to < b.to ? a.to : b.to));
    else
        check_error(checker, item->where, "there is no '%s' %s", item->name,
                    range_text(checker->arena, end, start));
    check_note(checker, before->where, "the other '%s' is here", item->name);
    check_help(checker, item->where, "where one ends with 'before V', the other begins "
               "with 'since V'");
}

static void visit_constants(struct checker *checker, const struct constant_list *list)
{
    struct item before = { .name = "" };

    LIST_EACH(constant, list)
    {
        struct item item = { constant->name, constant->where, &constant->conditions };

        check_order(checker, &constant->conditions);
        if ( before.conditions )
            check_neighbours(checker, &before, &item);
        before = item;
    }
}

static void visit_bodies(struct checker *checker)
{
    for ( size_t i = 0; i < checker->bodies.count; i++ )
    {
        struct item before = { .name = "" };

        LIST_EACH(member, &checker->bodies.at[i]->aggregate->members)
        {
            struct item item = { member->name, member->where, &member->conditions };

            check_order(checker, &member->conditions);
            if ( before.conditions && item.name )
                check_neighbours(checker, &before, &item);
            if ( item.name )
                before = item;
        }
    }
}

static bool has_a_name_of_its_own(const struct decl *decl)
{
    return decl->name && !decl->is_removed && decl->kind != DECL_extend &&
           decl->kind != DECL_contents;
}

void check_versions(struct checker *checker)
{
    struct item before = { .name = "" };

    for ( size_t i = 0; i < checker->decls.count; i++ )
    {
        const struct decl *decl = checker->decls.at[i];
        struct item item = { decl->name, decl->where, &decl->conditions };

        check_order(checker, &decl->conditions);
        if ( decl->set )
            visit_constants(checker, &decl->set->constants);
        if ( !has_a_name_of_its_own(decl) )
            item = (struct item){ .name = "" };
        else if ( before.conditions && i &&
                  checker->decls.at[i - 1]->kind == decl->kind )
            check_neighbours(checker, &before, &item);
        before = item;
    }
    visit_bodies(checker);
}

/* ---- [condition] --------------------------------------------------------- */

static struct map provided_names(struct checker *checker)
{
    const struct model *model = checker->model;
    struct map names = { .arena = checker->arena };

    for ( size_t i = 0; i < model->arches.count; i++ )
    {
        map_add(&names, model->arches.at[i]->name, (void *)model->arches.at[i]);
        LIST_EACH(provided, &model->arches.at[i]->provides)
            map_add(&names, *provided, (void *)model->arches.at[i]);
    }
    for ( size_t i = 0; i < model->flavours.count; i++ )
        LIST_EACH(view, &model->flavours.at[i]->views)
            map_add(&names, view->key, (void *)model->flavours.at[i]);
    return names;
}

struct views {
    struct checker *checker;
    struct map names;
    const struct condition_list *around;        /* of the interface */
};

static void check_known(struct views *views, const struct reference *name)
{
    struct checker *checker = views->checker;
    const char *near;

    if ( !views->names.entries.count || map_find(&views->names, name->text) ||
         text_starts(name->text, "CONFIG_") || !check_first_at(checker, name->where) )
        return;
    near = map_nearest(&views->names, name->text);
    check_error(checker, name->where,
                near ? "no architecture or flavour provides '%s'; did you mean '%s'?"
                     : "no architecture or flavour provides '%s'", name->text, near);
}

static bool is_of_architectures(const struct model *model, const char *name)
{
    for ( size_t i = 0; i < model->arches.count; i++ )
        if ( arch_provides(model->arches.at[i], name) )
            return true;
    return false;
}

/* Whether the condition can hold on the architecture, in some view. */
static bool can_hold(const struct model *model, const struct arch *arch,
                     const struct condition *condition)
{
    if ( condition->kind == CONDITION_FOR )
    {
        LIST_EACH(name, &condition->names)
            if ( arch_provides(arch, name->text) ||
                 !is_of_architectures(model, name->text) )
                return true;
        return false;
    }
    LIST_EACH(name, &condition->names)
        if ( arch_provides(arch, name->text) )
            return false;
    return true;
}

static bool can_all_hold(const struct model *model, const struct arch *arch,
                         const struct condition_list *conditions)
{
    LIST_EACH(condition, conditions)
        if ( (condition->kind == CONDITION_FOR || condition->kind == CONDITION_EXCEPT) &&
             !can_hold(model, arch, condition) )
            return false;
    return true;
}

static bool some_architecture_is_left(const struct views *views,
                                      const struct condition_list *conditions)
{
    const struct model *model = views->checker->model;

    for ( size_t i = 0; i < model->arches.count; i++ )
        if ( can_all_hold(model, model->arches.at[i], conditions) &&
             can_all_hold(model, model->arches.at[i], views->around) )
            return true;
    return !model->arches.count;
}

static const struct condition *contradiction(const struct condition_list *conditions)
{
    LIST_EACH(a, conditions)
        for ( const struct condition *b = conditions->at; b != a; b++ )
            if ( a->kind != b->kind && condition_excludes(a, b) )
                return a;
    return NULL;
}

static void check_views(struct views *views, const struct condition_list *conditions)
{
    struct checker *checker = views->checker;
    const struct condition *last = NULL;
    const struct condition *wrong = contradiction(conditions);
    bool takes_in = views->around->count != 0;

    LIST_EACH(condition, conditions)
    {
        if ( condition->kind != CONDITION_FOR && condition->kind != CONDITION_EXCEPT )
            continue;
        last = condition;
        takes_in |= condition->kind == CONDITION_FOR;
        LIST_EACH(name, &condition->names)
            check_known(views, name);
    }
    if ( wrong || (last && takes_in && !some_architecture_is_left(views, conditions)) )
    {
        struct span where = (wrong ? wrong : last)->where;

        if ( check_first_at(checker, where) )
            check_error(checker, where, "no architecture and no view is in all of these "
                        "conditions");
    }
}

static void views_of_constants(struct views *views, const struct constant_list *list)
{
    LIST_EACH(constant, list)
        check_views(views, &constant->conditions);
}

void check_conditions(struct checker *checker)
{
    struct views views = { checker, provided_names(checker), NULL };
    static const struct condition_list none;

    views.around = &none;
    for ( size_t i = 0; i < checker->model->interfaces.count; i++ )
        check_views(&views, &checker->model->interfaces.at[i]->conditions);
    for ( size_t i = 0; i < checker->decls.count; i++ )
    {
        const struct decl *decl = checker->decls.at[i];

        views.around = &decl->interface->conditions;
        check_views(&views, &decl->conditions);
        if ( decl->set )
            views_of_constants(&views, &decl->set->constants);
    }
    for ( size_t i = 0; i < checker->bodies.count; i++ )
    {
        const struct body *body = checker->bodies.at[i];

        views.around = &body->decl->interface->conditions;
        LIST_EACH(member, &body->aggregate->members)
            check_views(&views, &member->conditions);
    }
    for ( size_t i = 0; i < checker->calls.count; i++ )
    {
        views.around = &checker->calls.at[i]->decl->interface->conditions;
        LIST_EACH(scope, &checker->calls.at[i]->scopes)
            LIST_EACH(clause, scope->clauses)
                check_views(&views, &clause->conditions);
    }
}
