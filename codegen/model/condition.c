/* SPDX-License-Identifier: MIT */
/* When and where things exist: whether two conditions meet. */
#include <string.h>

#include "model.h"

static bool same_names(const struct reference_list *a, const struct reference_list *b)
{
    if ( a->count != b->count )
        return false;
    for ( size_t i = 0; i < a->count; i++ )
        if ( strcmp(a->at[i].text, b->at[i].text) )
            return false;
    return true;
}

static bool same_matter(const struct condition *a, const struct condition *b)
{
    if ( a->kind == CONDITION_SINCE || a->kind == CONDITION_BEFORE )
        return a->version == b->version;
    return same_names(&a->names, &b->names);
}

bool conditions_equal(const struct condition *a, const struct condition *b)
{
    return a->kind == b->kind && same_matter(a, b);
}

bool conditions_complement(const struct condition *a, const struct condition *b)
{
    /* since and before are 0 and 1, for and except 2 and 3. */
    return ((unsigned int)a->kind ^ 1u) == (unsigned int)b->kind && same_matter(a, b);
}

struct version_range conditions_versions(const struct condition_list *conditions)
{
    struct version_range versions = { 0, UINT32_MAX, false };

    LIST_EACH(condition, conditions)
    {
        if ( condition->kind == CONDITION_SINCE && condition->version > versions.from )
            versions.from = condition->version;
        if ( condition->kind == CONDITION_BEFORE && condition->version < versions.to )
            versions.to = condition->version;
        versions.is_bound |= condition->kind == CONDITION_SINCE ||
                             condition->kind == CONDITION_BEFORE;
    }
    return versions;
}

static bool names_have(const struct reference_list *names, const char *name)
{
    LIST_EACH(other, names)
        if ( !strcmp(other->text, name) )
            return true;
    return false;
}

static bool names_within(const struct reference_list *inner,
                         const struct reference_list *outer)
{
    LIST_EACH(name, inner)
        if ( !names_have(outer, name->text) )
            return false;
    return true;
}

static bool names_meet(const struct reference_list *a, const struct reference_list *b)
{
    LIST_EACH(name, a)
        if ( names_have(b, name->text) )
            return true;
    return false;
}

bool condition_excludes(const struct condition *a, const struct condition *b)
{
    if ( a->kind == CONDITION_FOR && b->kind == CONDITION_EXCEPT )
        return names_within(&a->names, &b->names);
    if ( a->kind == CONDITION_EXCEPT && b->kind == CONDITION_FOR )
        return names_within(&b->names, &a->names);
    return a->kind == CONDITION_FOR && b->kind == CONDITION_FOR &&
           !names_meet(&a->names, &b->names);
}

bool conditions_exclude(const struct condition_list *a, const struct condition_list *b)
{
    LIST_EACH(x, a)
        LIST_EACH(y, b)
            if ( condition_excludes(x, y) )
                return true;
    return false;
}

bool conditions_disjoint(const struct condition_list *a, const struct condition_list *b)
{
    struct version_range x = conditions_versions(a), y = conditions_versions(b);

    return x.from >= y.to || y.from >= x.to || conditions_exclude(a, b);
}
