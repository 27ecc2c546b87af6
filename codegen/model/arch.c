/* SPDX-License-Identifier: MIT */
/*
 * Questions to the tables of architectures and flavours, and what one of them
 * says of another.  Needs base; gives arch.h.
 */
#include <string.h>

#include "arch.h"

const char *pair_value(const struct pair_list *list, const char *key)
{
    LIST_EACH(pair, list)
        if ( !strcmp(pair->key, key) )
            return pair->value;
    return NULL;
}

struct extent arch_base(const struct arch *arch, enum base_type base)
{
    return arch->base[base];
}

bool arch_provides(const struct arch *arch, const char *view)
{
    LIST_EACH(provided, &arch->provides)
        if ( !strcmp(*provided, view) )
            return true;
    return false;
}

/* ---- names ------------------------------------------------------------------ */

/* A name that could not be read has its error already. */
static void add_name(const struct model *model, struct map *names,
                     const char *what, const char *name,
                     const struct span *where)
{
    const struct span *before = name ? map_find(names, name) : NULL;

    if ( !name || (!before && map_add(names, name, (void *)where)) )
        return;
    diag_error(model->diag, CHECK_duplicate, *where, "two %s are called '%s'",
               what, name);
    diag_note(model->diag, *before, "the first is here");
}

static void find_name(const struct model *model, const struct map *names,
                      const char *what, const char *name, struct span where)
{
    const char *near;

    if ( map_find(names, name) )
        return;
    near = map_nearest(names, name);
    diag_error(model->diag, CHECK_unknown_name, where,
               "no architecture is %s '%s'", what, name);
    if ( near )
        diag_help(model->diag, where, "did you mean '%s'?", near);
}

static void check_families(const struct model *model,
                           const struct map *families,
                           const struct flavour *flavour)
{
    for ( size_t i = 0; i < flavour->families.count; i++ )
        find_name(model, families, "of the family", flavour->families.at[i],
                  flavour->families.where[i]);
}

/* Stubs and assertions are made once, for one of the flavours. */
static void check_reference(const struct model *model)
{
    const struct flavour *first = NULL;

    LIST_EACH(flavour, &model->flavours)
    {
        if ( !(*flavour)->is_reference )
            continue;
        if ( first )
        {
            diag_error(model->diag, CHECK_duplicate, (*flavour)->where,
                       "two flavours say 'reference: true'");
            diag_note(model->diag, first->where, "this one does already");
        }
        else
            first = *flavour;
    }
    if ( !first && model->flavours.count )
    {
        diag_error(model->diag, CHECK_yaml_missing, model->flavours.at[0]->where,
                   "no flavour says 'reference: true'");
        diag_help(model->diag, model->flavours.at[0]->where,
                  "stubs and assertions are made for one flavour");
    }
}

void arch_check_names(const struct model *model)
{
    struct map arches = { .arena = model->arena };
    struct map families = { .arena = model->arena };
    struct map flavours = { .arena = model->arena };

    LIST_EACH(arch, &model->arches)
    {
        add_name(model, &arches, "architectures", (*arch)->name,
                 &(*arch)->where);
        if ( (*arch)->family )
            map_add(&families, (*arch)->family, (void *)*arch);
    }
    LIST_EACH(arch, &model->arches)
        if ( (*arch)->compat_of )
            find_name(model, &arches, "called", (*arch)->compat_of,
                      (*arch)->compat_of_where);
    LIST_EACH(flavour, &model->flavours)
    {
        add_name(model, &flavours, "flavours", (*flavour)->name,
                 &(*flavour)->where);
        check_families(model, &families, *flavour);
    }
    check_reference(model);
}
