/* SPDX-License-Identifier: MIT */
/*
 * Dispatchers: what stands in the hypervisor between a call and its handlers.
 *
 * Needs the checked model and the architectures.  Gives, for each family and
 * each interface that is listed below, the header with the prototypes of
 * handlers and the functions that reach arrays, the dispatcher, and where a
 * family has callers of another width, the dispatcher for these.
 */
#include <string.h>

#include "plan-dispatch.h"

static struct dispatch dispatch_for(struct back *back, const char *family,
                                    const struct interface *interface)
{
    struct arch_list arches = stub_arches(back, family);

    return (struct dispatch){
        .header = { .back = back, .arena = back->arena, .interface = interface,
                    .flavour = flavour_reference(back->model) },
        .arena = back->arena,
        .family = family,
        .arch = arches.at[0],
        .view = view_latest(arches.at[0]),
        .compat = compat_new(back, family),
    };
}

/* A new file; its name without the folder. */
static node_t begin(struct dispatch *dispatch, const char *ending, const char *template)
{
    const struct interface *interface = dispatch->header.interface;
    struct back *back = dispatch->header.back;
    node_t root;

    dispatch->defs = back_output(back, arena_format(back->arena, "%s/hv/hd-%s%s",
                                                    dispatch->family, interface->name, ending),
                                 template, "dispatch", &root);
    dispatch->header.defs = dispatch->defs;
    if ( dispatch->compat )
    {
        dispatch->compat->header.defs = dispatch->defs;
        dispatch->compat->header.interface = interface;
    }
    if ( dispatch->is_compat )
        back->outputs.at[back->outputs.count - 1].cause = CAUSE_width;
    else if ( interface->conditions.count )
        back->outputs.at[back->outputs.count - 1].cause = CAUSE_arch;
    defs_text(dispatch->defs, root, "name", interface->name);
    defs_text(dispatch->defs, root, "guard", spell_upper(back->arena, interface->name));
    defs_text(dispatch->defs, root, "header", interface->header);
    defs_text(dispatch->defs, root, "source", interface_file(back->arena, interface));
    return root;
}

static struct work *work_at(struct dispatch *dispatch, const struct hypercall *hypercall,
                            size_t index)
{
    const struct decl *decl = hypercall->ops.at[index];

    return work_is_here(dispatch, decl) ? work_new(dispatch, decl) : NULL;
}

/* ---- the header --------------------------------------------------------------------- */

static void plan_shared(struct dispatch *dispatch, struct node_list *items,
                        const struct hypercall *hypercall)
{
    for ( size_t i = 0; i < hypercall->ops.count; i++ )
    {
        struct work *work = work_at(dispatch, hypercall, i);
        node_t node;

        if ( !work || work->stub || !work_is_shared(work) )
            continue;
        node = defs_node(dispatch->defs, "shared");
        defs_text(dispatch->defs, node, "name", work_function(work));
        *LIST_ADD(dispatch->arena, items) = node;
    }
}

/* An element behind a handle that callers of another width have otherwise. */
static bool needs_compat(struct dispatch *dispatch, struct work *work)
{
    struct list_fields lists = work_lists(work);

    LIST_EACH(list, &lists)
    {
        const struct aggregate *aggregate =
            model_type_aggregate(dispatch_element(dispatch, list->type));

        if ( dispatch->compat && aggregate && !compat_is_equal(dispatch->compat, aggregate) )
            return true;
    }
    return false;
}

static void plan_header_file(struct dispatch *dispatch)
{
    const struct interface *interface = dispatch->header.interface;
    node_t root = begin(dispatch, ".h", "dispatch-header");
    struct node_list items = { 0 }, entries = { 0 }, shared = { 0 };

    for ( size_t i = 0; i < interface->hypercalls.count; i++ )
    {
        const struct hypercall *hypercall = interface->hypercalls.at[i];
        node_t entry = defs_node(dispatch->defs, "prototype");

        for ( size_t j = 0; j < hypercall->ops.count; j++ )
        {
            struct work *work = work_at(dispatch, hypercall, j);

            if ( !work || work->stub )
                continue;
            plan_handler(dispatch, &items, work);
            plan_accessors(dispatch, &items, work);
            if ( needs_compat(dispatch, work) )
                defs_text(dispatch->defs, root, "compat", "1");
        }
        if ( dispatch_count(hypercall) )
            plan_end(dispatch, &items, hypercall);
        plan_entry_head(dispatch, entry, hypercall);
        *LIST_ADD(dispatch->arena, &entries) = entry;
        if ( dispatch->compat )
        {
            entry = defs_node(dispatch->defs, "prototype");
            dispatch->is_compat = true;
            plan_entry_head(dispatch, entry, hypercall);
            dispatch->is_compat = false;
            defs_text(dispatch->defs, entry, "cause", cause_text(CAUSE_width));
            *LIST_ADD(dispatch->arena, &entries) = entry;
            plan_shared(dispatch, &shared, hypercall);
        }
    }
    defs_list(dispatch->defs, root, "items", &items);
    defs_list(dispatch->defs, root, "entries", &entries);
    defs_list(dispatch->defs, root, "shared", &shared);
}

/* ---- the dispatcher -------------------------------------------------------------------- */

static void plan_code_file(struct dispatch *dispatch)
{
    const struct interface *interface = dispatch->header.interface;
    node_t root = begin(dispatch, dispatch->is_compat ? "-compat.c" : ".c", "dispatch");
    struct node_list items = { 0 };

    defs_text(dispatch->defs, root, "compat", dispatch->is_compat ? "1" : "");
    for ( size_t i = 0; i < interface->hypercalls.count; i++ )
    {
        const struct hypercall *hypercall = interface->hypercalls.at[i];

        for ( size_t j = 0; j < hypercall->ops.count; j++ )
        {
            struct work *work = work_at(dispatch, hypercall, j);

            if ( work && !work->stub && !(dispatch->is_compat && work_is_shared(work)) )
                plan_op(dispatch, &items, work);
        }
        plan_entry(dispatch, &items, hypercall);
    }
    defs_list(dispatch->defs, root, "items", &items);
}

/* ---- families ---------------------------------------------------------------------------- */

/* Those that have dispatchers; all of an interface's ops have a hypercall with numbers. */
bool dispatch_has(const struct interface *interface)
{
    static const char *const names[] = { "grant_table", "memory", "pmt", "dom0vp" };

    for ( size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++ )
        if ( !strcmp(names[i], interface->name) )
            return true;
    return false;
}

static void plan_interface(struct back *back, const char *family,
                           const struct interface *interface)
{
    struct dispatch dispatch = dispatch_for(back, family, interface);

    plan_header_file(&dispatch);
    plan_code_file(&dispatch);
    if ( !dispatch.compat )
        return;
    dispatch.is_compat = true;
    plan_code_file(&dispatch);
}

void plan_dispatchers(struct back *back)
{
    const struct model *model = back->model;
    const struct flavour *flavour = flavour_reference(model);

    for ( size_t i = 0; flavour && i < flavour->families.count; i++ )
        for ( size_t j = 0; j < model->interfaces.count; j++ )
            if ( dispatch_has(model->interfaces.at[j]) &&
                 stub_arches(back, flavour->families.at[i]).count &&
                 back_family_has(back, flavour->families.at[i], model->interfaces.at[j]) )
                plan_interface(back, flavour->families.at[i], model->interfaces.at[j]);
}
